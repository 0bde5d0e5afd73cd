"""The glossary: what ships with the project, how it comes in, and where its terms are used."""

import re
import statistics

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from articles import tasks
from articles.forms.glossary import GlossaryTermForm
from articles.models import GlossaryTerm, TermUse
from articles.text.checks.readability import combined, measure
from articles.text.lexicon import shipped_glossary, vocabulary
from articles.writing import drafting, terms
from tests import factories

ENTRIES = shipped_glossary.entries()


def test_shipped_glossary_is_large_and_names_each_word_once():
    names = [name.casefold() for entry in ENTRIES for name in vocabulary.names_of(entry)]

    assert len(ENTRIES) >= 300
    assert len(set(names)) == len(names)


def test_shipped_entries_are_complete():
    for entry in ENTRIES:
        assert set(entry) == {"term", "variants", "plain", "definition", "everyday"}
        assert re.fullmatch(r"[A-Z].*[^ .]\.", entry["definition"]), entry["term"]
        assert not re.search(r"[.!?] [A-Z]", entry["definition"]), entry["term"]
        assert entry["plain"].strip(), entry["term"]


def test_definitions_are_easy_to_read():
    grades = [measure(entry["definition"]).grade for entry in ENTRIES]
    plain = combined([entry["plain"] + "." for entry in ENTRIES])

    assert statistics.median(grades) <= 8
    assert sum(grade > 12 for grade in grades) <= len(grades) * 0.03
    assert combined([entry["definition"] for entry in ENTRIES]).grade <= 8
    assert plain.grade <= 8


def test_definitions_use_no_jargon_that_is_harder_than_the_term():
    for entry in ENTRIES:
        own = {name.casefold() for name in vocabulary.names_of(entry)}
        used = {use.term for use in vocabulary.jargon().uses(entry["plain"]) if use.term.casefold() not in own}
        assert not used, entry["term"]


@pytest.mark.django_db
def test_every_shipped_entry_is_one_that_a_person_could_have_typed():
    for entry in ENTRIES:
        form = GlossaryTermForm({**entry, "variants": "\n".join(entry["variants"])})
        assert form.is_valid(), (entry["term"], form.errors)


def test_term_that_is_there_in_other_letters_is_refused_in_plain_words(db):
    GlossaryTerm.objects.create(term="angina", plain="chest pain", definition="Pain from a heart short of blood.")

    form = GlossaryTermForm({"term": "Angina", "plain": "chest pain", "definition": "Pain."})

    assert form.errors["term"] == ["The glossary already has this term."]


@pytest.fixture
def few(monkeypatch, db):
    """A shipped glossary of a few entries."""
    chosen = tuple(entry for entry in ENTRIES if entry["term"] in ("angina", "aorta", "hypertension", "gout", "sepsis"))
    monkeypatch.setattr(shipped_glossary, "entries", lambda: chosen)
    return chosen


def test_load_brings_in_every_entry_to_be_approved(few):
    loaded = terms.load(by=factories.user("Editor"))

    assert (loaded.added, loaded.updated, loaded.kept) == (5, 0, 0)
    assert GlossaryTerm.objects.count() == 5
    assert not GlossaryTerm.objects.approved().exists()


def test_load_twice_changes_nothing(few):
    editor = factories.user("Editor")
    terms.load(by=editor)

    again = terms.load(by=editor)

    assert (again.added, again.updated, again.kept) == (0, 0, 0)
    assert GlossaryTerm.history.count() == 5


def test_load_keeps_what_a_person_wrote_edited_or_approved(few, monkeypatch):
    editor, member = factories.user("Editor"), factories.board_member().user
    drafting.save(GlossaryTerm(term="Hypertension", plain="our words", definition="Ours."), by=editor, reason="")
    terms.load(by=editor)
    edited = GlossaryTerm.objects.get(term="angina")
    edited.plain = "edited words"
    terms.save_wording(edited, by=editor, reason="")
    approved = GlossaryTerm.objects.get(term="aorta")
    terms.approve(approved.pk, by=member, at=timezone.now(), seen=terms.wording_digest(approved))
    monkeypatch.setattr(shipped_glossary, "entries", lambda: tuple({**entry, "plain": "new words"} for entry in few))

    loaded = terms.load(by=editor)

    assert (loaded.added, loaded.updated, loaded.kept) == (0, 2, 3)
    assert dict(GlossaryTerm.objects.values_list("term", "plain")) == {
        "Hypertension": "our words",
        "angina": "edited words",
        "aorta": approved.plain,
        "gout": "new words",
        "sepsis": "new words",
    }


def test_load_glossary_says_what_it_did(few, capsys):
    editor = factories.user("Editor")

    call_command("load_glossary", by=editor.email)

    assert "5 added, 0 updated, 0 kept" in capsys.readouterr().out
    assert TermUse.objects.count() == 5


@pytest.mark.parametrize("role", [None, "Board member"])
def test_load_glossary_by_somebody_who_may_not_is_refused(few, role):
    email = factories.user(role).email if role else "nobody@example.org"

    with pytest.raises(CommandError):
        call_command("load_glossary", by=email)


@pytest.fixture
def used(db):
    """A term that a draft and a published text use, and one that nothing uses."""
    member = factories.board_member()
    term, unused = factories.term("allodynia"), factories.term("zebra word")
    terms.approve(term.pk, by=member.user, at=timezone.now(), seen=terms.wording_digest(term))
    section = {"kind": "other", "heading": "Signs", "professional": "Pain.", "plain": "Allodynia and allodynia."}
    factories.approved(review=factories.under_review(review=factories.submitted(sections=[section], citations=[])))
    factories.article(sections=[{**section, "plain": "Pain.", "professional": "Allodynia."}], citations=[])
    return term, unused


def test_count_uses_counts_a_text_once(used):
    counted = terms.count_uses(at=timezone.now())

    assert counted == 2
    numbers = TermUse.objects.values_list("term__term", "drafts", "published")
    assert set(numbers) == {("allodynia", 1, 1), ("zebra word", 0, 0)}


def test_task_counts_uses(used):
    assert tasks.count_term_uses() == 2


def test_list_shows_uses_in_a_constant_number_of_queries(client, used, django_assert_max_num_queries):
    client.force_login(factories.user("Editor"))
    terms.count_uses(at=timezone.now())
    for number in range(40):
        TermUse.objects.create(term=factories.term(f"word {number}"), drafts=number, counted_at=timezone.now())

    with django_assert_max_num_queries(14):
        page = client.get(reverse("admin:articles_glossaryterm_changelist"))

    assert "word 39" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"used": "no"}, ["zebra word"]),
        ({"used": "yes"}, []),
        ({"q": "zebr"}, ["zebra word"]),
        ({"q": "Strip"}, ["zebra word"]),
    ],
)
def test_list_is_filtered_and_searched(client, used, query, shown):
    client.force_login(factories.user("Editor"))
    GlossaryTerm.objects.filter(term="zebra word").update(variants=["stripes"])

    page = client.get(reverse("admin:articles_glossaryterm_changelist"), query)

    listed = [term.term for term in page.context["cl"].result_list if term.term != "allodynia"]
    assert listed == shown


def test_editor_has_uses_counted_again(client, used, django_capture_on_commit_callbacks):
    client.force_login(factories.user("Editor"))
    chosen = {"action": "count_uses", "_selected_action": [used[0].pk]}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:articles_glossaryterm_changelist"), chosen)

    assert TermUse.objects.count() == 2
