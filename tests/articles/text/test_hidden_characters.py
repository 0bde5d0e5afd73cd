"""Characters that nobody sees, in every place that readers and signers read: forms, domain functions, frozen texts."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from articles.forms.glossary import GlossaryTermForm
from articles.forms.sources import SourceForm
from articles.library import record_intake
from articles.library.files import exchange_files
from articles.models import Article, Citation, GlossaryTerm, Section, Source, Specialty, Topic, shown_text
from articles.text import checks, hidden_characters
from articles.text.parsing.limits import TextTooComplex, check_limits
from articles.writing import drafting
from cms.accounts.forms import PersonAddForm
from reviews.models import BoardMember, Campaign, EditorialPolicy
from reviews.people import invitations
from reviews.policies import adoption, first_policy
from reviews.web.forms.board import InviteForm
from reviews.workflow.step import Refused, sentence
from tests import factories
from tests.articles.text.checks.contents import citation, content, section, source

DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = (
    "\x00\x07\t\n\x7f\x9f\u00ad\u115f\u180e\u200b\u200c\u200d\u2028\u2029\u2060\u2800\u3164\ufeff\uffa0\U000e0041"
)
TURNED = "Give 15\u202e mg"


@pytest.mark.parametrize("character", DIRECTION + INVISIBLE)
def test_line_with_a_hidden_character_is_refused_by_name_and_place(character):
    message = str(hidden_characters.in_line(f"Ann{character} Lee"))

    assert message.startswith(f"Character 4, after “Ann”, is invisible: U+{ord(character):04X}")
    assert hidden_characters.in_line(hidden_characters.without(f"Ann{character} Lee")) is None


@pytest.mark.parametrize("character", DIRECTION)
def test_text_that_turns_words_round_is_refused_by_name_and_line(character):
    message = str(hidden_characters.in_text(f"First.\nGive 15{character} mg"))

    assert message.startswith("Line 2, after “First. Give 15”, holds an invisible character that changes the order")
    assert f"U+{ord(character):04X}" in message


@pytest.mark.parametrize(
    "words",
    ["Zoë Müller-Łódź", "“5 µg” – what’s new?", "10⁹/L ≥ 5 °C", "心房細動", "عمر", "दवा", "😀", "a\u00a0b", "½ × 2"],
)
def test_what_people_type_is_no_hidden_character(words):
    assert hidden_characters.in_line(words) is None
    assert hidden_characters.in_text(f"{words}\n\tmore\u200d") is None


def test_message_names_the_character():
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in str(hidden_characters.in_line("a\u202e"))


@pytest.mark.parametrize("character", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_override_in_a_body_is_never_parsed(character):
    with pytest.raises(TextTooComplex, match=f"U\\+{ord(character):04X}"):
        check_limits(f"Give 15{character} mg")


LINES = [
    *((Article, name) for name in ("title", "ai_tool", "ai_purpose")),
    *((Section, name) for name in ("heading", "plain_missing_reason")),
    *((Source, name) for name in ("title", "marketing_category")),
    *((GlossaryTerm, name) for name in ("term", "plain", "definition")),
    *((BoardMember, name) for name in ("credentials", "licence")),
    *((Topic, "name"), (Specialty, "name"), (Citation, "locator"), (Campaign, "title")),
    (EditorialPolicy, "responsible_person"),
]
TEXTS = [
    *((Section, name) for name in ("professional", "plain")),
    *((EditorialPolicy, name) for name in ("text", "caution", "plain_safety", "plain_disclaimer", "change_note")),
    *((Citation, "quote"), (BoardMember, "biography"), (Campaign, "reason")),
]


@pytest.mark.parametrize(("model", "name"), LINES)
def test_field_of_a_line_refuses(model, name):
    with pytest.raises(ValidationError, match=r"U\+200B ZERO WIDTH SPACE"):
        model._meta.get_field(name).run_validators("a\u200bb")


@pytest.mark.parametrize(("model", "name"), [*LINES, *TEXTS])
def test_field_refuses_words_turned_round(model, name):
    with pytest.raises(ValidationError, match=r"U\+200F RIGHT-TO-LEFT MARK"):
        model._meta.get_field(name).run_validators("a\u200fb")


@pytest.mark.django_db
def test_drafting_refuses_a_title_and_a_heading():
    author = factories.user("Author")

    with pytest.raises(ValidationError, match=r"U\+202E"):
        drafting.create(by=author, title=TURNED, reason="x")
    with pytest.raises(ValidationError, match=r"U\+202E"):
        drafting.create(by=author, title="Fine?", reason="x", sections=[{"heading": TURNED, "professional": "a"}])
    assert not Article.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"name": TURNED}, {"credentials": TURNED}, {"reason": TURNED}])
def test_invitation_refuses(fields):
    asked = {"email": "new@example.org", "name": "New One", "credentials": "MD", "reason": "needed", **fields}

    with pytest.raises(Refused, match=r"U\+202E"):
        invitations.invite(by=factories.user("Administrator"), specialties=[], is_guest=False, **asked)
    assert not get_user_model().objects.filter(email="new@example.org").exists()


@pytest.mark.django_db
def test_account_refuses_a_name_in_the_form_and_in_the_function():
    form = PersonAddForm({"email": "a@example.org", "name": TURNED, "reason": "new"})

    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in str(form.errors["name"])
    with pytest.raises(ValidationError, match=r"U\+202E"):
        get_user_model().objects.create_user("a@example.org", "x", name=TURNED)


@pytest.mark.django_db
def test_policy_with_a_hidden_character_is_not_adopted():
    first_policy.adopt()
    policy = EditorialPolicy.objects.current()
    policy.responsible_person, policy.change_note = "Ann\u202eLee", "A name."

    with pytest.raises(Refused, match=r"U\+202E"):
        adoption.adopt(policy, by=factories.user("Editor"), seen=1)
    assert EditorialPolicy.objects.current().version == 1


@pytest.mark.django_db
def test_forms_say_which_field_holds_it():
    invite = InviteForm({"name": TURNED, "credentials": "MD", "reason": "a\u200fb", "email": "a@example.org"})
    term = GlossaryTermForm(
        {"term": "dose", "variants": "doses\ndo\u200bse", "plain": "amount", "definition": "It is."}
    )
    work = SourceForm({"title": "A work", "container": TURNED, "authors": "Lee, A\u202enn", "type": "document"})

    assert {"name", "reason"} <= set(invite.errors)
    assert "U+200B" in str(term.errors["variants"])
    assert {"container", "authors"} <= set(work.errors)


def test_reason_of_a_step_refuses():
    with pytest.raises(Refused, match=r"U\+202E"):
        sentence(TURNED, "Say why.")


# -- What a file or an old row brings all the same


@pytest.mark.django_db
def test_source_of_a_file_is_cleaned_and_that_is_said():
    raw = "TY  - JOUR\nTI  - Title \u202eof a work\nAU  - Le\u200fe, A\nPY  - 2020\nER  -\n"
    record = next(exchange_files.read(raw.encode()))

    outcome = record_intake.bring_in(record, by=factories.user("Author"), reason="import")

    kept = Source.objects.get()
    assert (kept.title, kept.csl["author"][0]["family"]) == ("Title of a work", "Lee")
    assert "It held invisible characters that change the order of words; they were left out." in outcome.faults
    shown_text.check_row(kept)


def found(written):
    return [str(one.message) for one in checks.run(written) if one.rule == "hidden-character"]


@pytest.mark.parametrize(
    "written",
    [
        content(section("a", "a"), title=TURNED),
        content(section("a", "a", heading="He\u200bad")),
        content(section("Give 15\u200f mg", "a")),
        content(section("a", "Give 15\u061c mg")),
        content(section("a", plain_missing_reason=TURNED)),
        content(section("a", "a"), ai={"declared": True, "used": True, "tool": TURNED, "purpose": ""}),
        content(section("a", "a"), not_applicable=[{"block": "x", "reason": TURNED}]),
        content(section("a", "a"), citations=(citation(locator=TURNED),)),
        content(section("a", "a"), citations=(citation(quote=TURNED),)),
        content(section("a", "a"), citations=(citation(of=source(title=TURNED)),)),
        content(section("a", "a"), glossary=[{"term": "a", "variants": [], "plain": TURNED, "definition": ""}]),
    ],
)
def test_frozen_content_with_a_hidden_character_has_a_finding(written):
    (message,) = found(written)

    assert "U+" in message


def test_content_without_one_has_no_finding():
    assert found(content(section("Give 15 mg.\n\n- one", "a"), citations=(citation(of=source()),))) == []


def test_no_policy_passes_a_claim_of_review_or_a_hidden_character():
    policy = EditorialPolicy(blocks_submit=["no-section"], blocks_approve=[], blocks_submit_by_reason={"import": []})
    always = ["review-claimed", "hidden-character"]

    assert policy.findings_that_block_submit("new") == ["no-section", *always]
    assert policy.findings_that_block_submit("import") == always
    assert policy.findings_that_block_approval() == always
