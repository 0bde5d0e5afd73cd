import pytest
from django.core.exceptions import ValidationError

from articles.models import Article, FormerSlug, Section
from articles.writing import drafting
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


def rewrite(article, **changes):
    person = changes.pop("by", article.owner)
    form = {"reason": "edit", "seen": article.version, "sections": {}, **changes}
    return drafting.rewrite(article, by=person, **form)


def first(article):
    return str(article.sections.first().key)


def test_create_records_who_and_why():
    author = factories.user("Author")

    article = factories.article(by=author, reason="a first draft")

    rows = [article.history.last(), *(section.history.get() for section in article.sections.all())]
    rows += [citation.history.get() for citation in article.citations.all()]
    assert {(row.history_user, row.history_change_reason) for row in rows} == {(author, "a first draft")}
    assert (article.owner, article.version) == (author, 1)


def test_create_gives_an_address_of_its_own():
    one, two = (factories.article(title="How is pain treated?") for _ in range(2))
    FormerSlug.objects.create(slug="how-is-pain-treated-3", article=one)

    three = factories.article(title="How is pain treated?")

    assert [one.slug, two.slug, three.slug] == [
        "how-is-pain-treated",
        "how-is-pain-treated-2",
        "how-is-pain-treated-4",
    ]


@pytest.mark.parametrize(("title", "slug"), [("疼痛？", "article"), ("?!", "article"), ("x" * 250, "x" * 100)])
def test_free_slug_of_any_title(title, slug):
    assert drafting.free_slug(title) == slug


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "x" * 251},
        {"risk": "none"},
        {"ai_use": "assisted"},
        {"sections": [{"heading": ""}]},
        {"sections": [{"heading": "Long", "professional": "[" * 20_000}]},
        {"citations": [{"key": "no spaces"}]},
        {"citations": [{"key": "twice"}, {"key": "twice"}]},
    ],
    ids=str,
)
def test_create_what_nobody_could_type_changes_nothing(fields):
    with pytest.raises(ValidationError):
        factories.article(**fields)

    assert not Article.objects.exists()


def test_rewrite_raises_the_version_and_records_it():
    article, editor = factories.article(), factories.user("Editor")

    fresh = rewrite(article, by=editor, reason="clearer", sections={first(article): {"plain": "Clear words."}})

    section = fresh.sections.first()
    assert (fresh.version, section.plain) == (2, "Clear words.")
    assert (section.history.first().history_user, section.history.first().history_change_reason) == (editor, "clearer")


def test_rewrite_of_an_old_page_is_refused_and_loses_nothing():
    article = factories.article()
    rewrite(article, sections={first(article): {"plain": "Mine."}})

    with pytest.raises(drafting.DraftMoved) as refusal:
        rewrite(article, sections={first(article): {"plain": "Yours."}})

    assert refusal.value.article.version == 2
    assert article.sections.first().plain == "Mine."


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": ""}, ValidationError),
        ({"title": "New?", "sections": {"key": {"heading": ""}}}, ValidationError),
        (
            {"title": "New?", "sections": {"00000000-0000-4000-8000-000000000000": {"plain": "x"}}},
            Section.DoesNotExist,
        ),
    ],
    ids=["no title", "no heading", "no such section"],
)
def test_rewrite_that_fails_changes_nothing(changes, error):
    article = factories.article()
    sections = {first(article) if key == "key" else key: value for key, value in changes.pop("sections", {}).items()}

    with pytest.raises(error):
        rewrite(article, sections=sections, **changes)

    stored = Article.objects.get()
    assert (stored.version, stored.title) == (1, article.title)


def test_rewrite_does_not_touch_another_articles_section():
    article, other = factories.article(), factories.article()

    with pytest.raises(Section.DoesNotExist):
        rewrite(article, sections={first(other): {"plain": "x"}})


def test_save_does_not_repeat_a_reason():
    article, author = factories.article(), factories.user("Author")
    drafting.save(article, by=author, reason="a typing error")

    drafting.save(article, by=author, reason="")

    assert [row.history_change_reason for row in article.history.all()[:2]] == [None, "a typing error"]
