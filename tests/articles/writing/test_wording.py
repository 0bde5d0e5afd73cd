import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Section
from articles.writing import contributors, freezing, wording
from tests import factories

# Marks that say nothing by themselves. Written down here a second time on purpose: wording has its own list.
PUNCTUATION = list("!\"#'()*,.:;?[]_`{}") + list("‘’“”„«»—…•")
WORDS = ["take", "not", "daily", "metformin", "mg", "mL", "renal", "β-blocker", "Ödem", "NO"]
UNITS = ("mg", "mL")
NUMBERS = ["5", "50", "0.5", ".5", "-2", "1,000", "1:10", "7.4", "300"]
SYMBOLS = ["%", "<", "≤", "≥", "≠", "µ", "±", "→", "↓", "°", "′", "²", "⁻", "½", "|", "^", "$", "~", "−", "×", "@"]


@st.composite
def sentences(draw):
    return draw(st.lists(st.sampled_from([*WORDS, *NUMBERS, *SYMBOLS]), min_size=1, max_size=12))


@st.composite
def dressed(draw, tokens):
    """The same words and numbers in other case, with other white space and marks between them."""
    gap = st.lists(st.sampled_from([" ", "\n", "\t", *PUNCTUATION]), max_size=3).map(
        lambda marks: f" {''.join(marks)} "
    )
    case = st.sampled_from([str.upper, str.lower, str.title, str])
    # The case of a unit says how much: mU is not MU.
    return "".join(f"{draw(gap)}{token if token in UNITS else draw(case)(token)}" for token in tokens) + draw(gap)


@given(st.data())
def test_case_space_and_punctuation_are_minor(data):
    tokens = data.draw(sentences())

    assert wording.is_minor_change(data.draw(dressed(tokens)), data.draw(dressed(tokens)))


@given(st.data())
def test_another_word_number_or_symbol_is_never_minor(data):
    tokens = data.draw(sentences())
    place = data.draw(st.integers(0, len(tokens) - 1))
    other = data.draw(st.sampled_from([*WORDS, *NUMBERS, *SYMBOLS]).filter(lambda one: one != tokens[place]))
    changed = [*tokens[:place], other, *tokens[place + 1 :]]

    assert not wording.is_minor_change(data.draw(dressed(tokens)), data.draw(dressed(changed)))


@given(st.data())
def test_a_left_out_word_number_or_symbol_is_never_minor(data):
    tokens = data.draw(sentences())
    place = data.draw(st.integers(0, len(tokens) - 1))
    shorter = tokens[:place] + tokens[place + 1 :]

    assert not wording.is_minor_change(data.draw(dressed(tokens)), data.draw(dressed(shorter)))


@given(st.text(max_size=60), st.characters(categories=["Sm", "Sc", "So", "No", "Mn", "Nd", "Lu", "Ll", "Lo"]))
def test_a_symbol_nobody_thought_of_counts(text, character):
    assert not wording.is_minor_change(text, f"{text} {character}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (".5 mg", "5 mg"),
        ("0.5 mg", "05 mg"),
        ("1·5 mg", "15 mg"),
        ("10⁻³", "10³"),
        ("5 mg", "50 mg"),
        ("5 mg", "5 mcg"),
        ("5%", "5"),
        ("< 5", "> 5"),
        ("≥ 60", "60"),
        ("pH ≠ 7", "pH 7"),
        ("-2 °C", "2 °C"),
        ("↑ the dose", "↓ the dose"),
        ("1:10", "1, 10"),
        ("10^3", "10 3"),
        ("2-3 times", "2, 3 times"),
        ("do not stop", "do stop"),
        ("| adults | | 5 mg |", "| adults | 5 mg | |"),
        ("helps [@first].", "helps [first]."),
        ("helps [@a].", "helps [@b]."),
        ("once daily", "twice daily"),
    ],
)
def test_a_change_that_could_harm_is_never_minor(old, new):
    assert not wording.is_minor_change(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Start low, go slow.", "start low — go slow"),
        ("5 mg", "5mg"),
        ("**Stop** it", "Stop it!"),
        ("a\r\nb", "a\nb"),
        ("5 µg", "5 μg"),
        ("Mu\u0308ller", "Müller"),
        ("[@a][@b]", "[@a; @b]"),
    ],
)
def test_a_change_of_dress_is_minor(old, new):
    assert wording.is_minor_change(old, new)


def content(**changes):
    section = {
        "key": "k",
        "kind": "guidelines",
        "heading": "Dose",
        "professional": "Give 5 mg.",
        "plain": "Take 5 mg.",
        "plain_missing_reason": "",
    }
    section |= {name: changes.pop(name) for name in list(changes) if name in section}
    base = {
        "schema": 1,
        "title": "How much?",
        "language": "en",
        "ai": {"declared": True, "used": False, "tool": "", "purpose": ""},
        "sections": [section],
        "citations": [],
        "glossary": [],
    }
    return {**base, **changes}


def test_change_floor_of_a_first_text_is_substantive():
    assert wording.change_floor(None, content()) == "substantive"


def test_change_floor_of_the_same_text_is_none():
    assert wording.change_floor(content(), content()) == "none"


@pytest.mark.parametrize("changes", [{"professional": "give 5 mg"}, {"plain": "Take: 5 mg!"}, {"title": "How much"}])
def test_change_floor_of_dress_is_minor(changes):
    assert wording.change_floor(content(), content(**changes)) == "minor"


@pytest.mark.parametrize(
    "changes",
    [
        {"professional": "Give 50 mg."},
        {"plain": "Do not take 5 mg."},
        {"title": "How little?"},
        {"heading": "dose"},
        {"kind": "drug_label"},
        {"key": "other"},
        {"plain_missing_reason": "not for lay readers"},
        {"language": "de"},
        {"ai": {"declared": True, "used": True, "tool": "A tool", "purpose": "wording"}},
        {"citations": [{"key": "a", "use": "discussed", "locator": "", "quote": "", "source": None}]},
        {"glossary": [{"term": "dose", "variants": [], "plain": "amount", "definition": "How much."}]},
        {"sections": []},
    ],
)
def test_change_floor_of_anything_else_is_substantive(changes):
    assert wording.change_floor(content(), content(**changes)) == "substantive"


@pytest.mark.django_db
def test_contributors_are_those_who_changed_words():
    author, editor, tidy = factories.user("Author"), factories.user("Editor"), factories.user("Editor")
    article = factories.article(by=author)
    first = article.sections.first().professional

    factories.edit(article, by=tidy, text=first.replace("Start", "*START*"))
    factories.edit(article, by=editor, text="Another sentence [@first].")

    assert contributors.of_draft(article) == sorted([author.pk, editor.pk])


@pytest.mark.django_db
def test_contributors_name_a_board_member_who_edits():
    article, member = factories.article(), factories.board_member()

    factories.edit(article, by=member.user)

    assert member.user_id in contributors.of_draft(article)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["adds a section", "removes a section", "cites", "changes a locator", "renames"])
def test_contributors_name_who(change):
    article, other = factories.article(), factories.user("Editor")

    CHANGES[change](article, other)

    assert other.pk in contributors.of_draft(article)


def _as(person, row, verb):
    row._history_user = person
    getattr(row, verb)()


def _rename(article, person):
    article.title = "Another question?"
    _as(person, article, "save")


def _relocate(article, person):
    citation = article.citations.first()
    citation.locator = "page 9"
    _as(person, citation, "save")


CHANGES = {
    "adds a section": lambda article, person: _as(
        person, Section(article=article, heading="New", professional="Words."), "save"
    ),
    "removes a section": lambda article, person: _as(person, article.sections.first(), "delete"),
    "cites": lambda article, person: _as(person, article.citations.model(article=article, key="third"), "save"),
    "changes a locator": _relocate,
    "renames": _rename,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["risk", "slug"])
def test_contributors_do_not_name_who_changed_a_fact_of_the_catalogue(name):
    article, other = factories.article(), factories.user("Editor")

    setattr(article, name, "low")
    _as(other, article, "save")

    assert other.pk not in contributors.of_draft(article)


@pytest.mark.django_db
def test_contributors_refuse_words_by_nobody():
    article = factories.article()
    section = article.sections.first()
    section.professional = "Words by a script without a name."
    section.save()

    with pytest.raises(contributors.UnknownContributor):
        contributors.of_draft(article)


@pytest.mark.django_db
def test_contributors_forgive_dress_by_nobody():
    article = factories.article()
    section = article.sections.first()
    section.professional = section.professional.replace("Start", "*START*")
    section.save()

    assert contributors.of_draft(article) == [article.owner_id]


@pytest.mark.django_db
def test_contributors_of_a_revision_do_not_change_later():
    review, editor = factories.submitted(), factories.user("Editor")

    factories.edit(review.article, by=editor)

    assert review.revision.contributors == [review.article.owner_id]
    later = freezing.freeze(Article.objects.get(pk=review.article_id), by=editor, at=review.opened_at)
    assert later.contributors == sorted([review.article.owner_id, editor.pk])
