"""Who contributed to a draft: each kind of save that changes what readers will see or what the checks are told."""

from datetime import timedelta

import pytest

from articles.models import Article, Extract, Source
from articles.writing import contributors, drafting
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.user("Editor")


@pytest.fixture
def article():
    return factories.article()


def save(row, person, **changes):
    for name, value in changes.items():
        setattr(row, name, value)
    drafting.save(row, by=person, reason="a change")


def fresh(article):
    return Article.objects.get(pk=article.pk)


def _section(article):
    return article.sections.first()


def _source(article):
    return Source.objects.get(pk=article.citations.get(key="first").source_id)


CHANGES = {
    "a heading": lambda article, by: save(_section(article), by, heading="From elsewhere"),
    "the order": lambda article, by: save(_section(article), by, position=7),
    "a block": lambda article, by: save(_section(article), by, blocks=["urgent_help"]),
    "a reason for a missing plain text": lambda article, by: save(_section(article), by, plain_missing_reason="Rare."),
    "the certainty": lambda article, by: save(_section(article), by, certainty="high"),
    "the AI declaration": lambda article, by: save(fresh(article), by, ai_use="assisted", ai_tool="A tool"),
    "what AI was used for": lambda article, by: save(fresh(article), by, ai_purpose="spelling"),
    "why a block is left out": lambda article, by: save(fresh(article), by, not_applicable={"urgent_help": "A test."}),
    "the language": lambda article, by: save(fresh(article), by, language="de"),
    "a locator": lambda article, by: save(article.citations.first(), by, locator="page 9"),
    "what is relied on": lambda article, by: save(article.citations.first(), by, use="discussed"),
    "the title of a cited source": lambda article, by: save(_source(article), by, title="Another trial"),
    "the year of a cited source": lambda article, by: save(
        _source(article), by, csl={"type": "book", "issued": {"date-parts": [[1999]]}}
    ),
    "the kind of a cited source": lambda article, by: save(_source(article), by, kind="other"),
    "the status of a cited source": lambda article, by: save(_source(article), by, status="current"),
    "an extract of a cited source": lambda article, by: save(
        Extract(source=_source(article), pinpoint="page 3"), by, text="Twice a day."
    ),
    "the case of a unit": lambda article, by: factories.edit(
        article, by=by, text=_section(article).professional.replace("300 mg", "300 Mg")
    ),
    "the key that is cited": lambda article, by: factories.edit(
        article, by=by, text=_section(article).professional.replace("[@first]", "[@First]")
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_contributor_is_who_changed(change, article, editor):
    CHANGES[change](article, editor)

    assert editor.pk in contributors.of_draft(fresh(article))


NO_CHANGES = {
    "the note of a cited source": lambda article, by: save(_source(article), by, note="Checked."),
    "the case of the title of a cited source": lambda article, by: save(
        _source(article), by, title="A GUIDELINE of our own"
    ),
    "a source that the text does not cite": lambda article, by: save(factories.source(), by, title="Another trial"),
    "the risk class": lambda article, by: save(fresh(article), by, risk="high"),
    "how many read it": lambda article, by: save(fresh(article), by, readers=7),
    "a comma": lambda article, by: factories.edit(
        article, by=by, text=_section(article).professional.replace("daily and", "daily, and")
    ),
}


@pytest.mark.parametrize("change", NO_CHANGES)
def test_contributor_is_not_who_changed(change, article, editor):
    NO_CHANGES[change](article, editor)

    assert editor.pk not in contributors.of_draft(fresh(article))


def test_record_of_a_source_from_before_the_draft_was_begun_names_nobody(editor):
    source = factories.source()
    save(source, editor, title="A better title")
    source.history.update(history_date=source.history.first().history_date - timedelta(days=1))

    article = factories.article(citations=[{"key": "first", "source": source}, {"key": "second"}])

    assert editor.pk not in contributors.of_draft(article)


def test_record_of_a_source_that_a_look_up_changed_names_nobody(article):
    save(_source(article), None, status="current")

    assert contributors.of_draft(fresh(article)) == [article.owner_id]


def test_record_of_a_source_in_the_approved_text_is_no_contribution_to_the_next(article, editor):
    before = factories.user("Editor")
    save(_source(article), before, title="A better title")
    approved = factories.approved(review=factories.submitted(article))
    save(_source(article), editor, title="A title that is better still")
    factories.edit(article)

    found = contributors.of_draft(fresh(article))

    assert editor.pk in found
    assert before.pk in approved.revision.contributors


def test_correction_in_between_hides_no_change_of_a_source(article, editor):
    """A correction copies its sources from the published text: what the library says is read by the next draft."""
    factories.approved(review=factories.submitted(article))
    save(_source(article), editor, title="A title that is better still")
    correction = steps.correct(fresh(article), factories.user("Editor"))
    factories.approved(review=correction)

    assert editor.pk in contributors.of_draft(fresh(article))


def test_change_while_a_review_is_open_is_of_the_next_revision(article, editor):
    review = factories.submitted(article)
    save(_source(article), editor, title="A better title")

    assert editor.pk not in review.revision.contributors
    factories.edit(article)
    assert editor.pk in factories.submitted(article).revision.contributors
