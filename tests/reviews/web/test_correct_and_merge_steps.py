"""Correcting a published text and merging the correction, through the browser's door."""

import re

import pytest
from django.urls import reverse

from articles.models import Article
from reviews import workflow
from reviews.models import Event, Review
from reviews.workflow import corrections
from tests import factories, states

pytestmark = pytest.mark.django_db
NOTICE = "The dose read 300 mg; it is 30 mg."


def address(verb, article):
    return reverse(f"reviews:{verb}", args=[article.pk])


@pytest.fixture
def editor(client):
    editor = factories.user("Editor", "Edith")
    client.force_login(editor)
    return editor


@states.once_a_module
def approved():
    factories.policy(quorum_by_reason={"correction": 1})
    return factories.approved()


@pytest.fixture
def published(approved):
    return states.anew(approved)


def filled(form, **changes):
    """Return what a browser would send of a form on the page."""
    data = {form.add_prefix(name): form[name].value() for name in form.fields}
    data = {name: "on" if value is True else value for name, value in data.items() if value not in (None, False)}
    return {**data, **changes}


def opened(client, verb, article):
    page = client.get(address(verb, article))
    assert page.status_code == 200
    return page.context["form"]


def wordings(review, old="300 mg", new="30 mg", audiences=("professional", "plain")):
    section = review.revision.document["sections"][0]
    return {f"{audience}-{section['key']}": section[audience].replace(old, new) for audience in audiences}


def looked_at(client, review, **changes):
    """Send a correction for the first time and return the page that shows it word by word."""
    form = opened(client, "correct", review.article)
    return client.post(
        address("correct", review.article), filled(form, **{"notice": NOTICE, **wordings(review), **changes})
    )


def confirmed(client, page, article, **changes):
    return client.post(address("correct", article), filled(page.context["form"], confirm="1", **changes), follow=True)


# --- Correct ---


def test_correct_shows_the_published_words_in_fields_and_the_headings_to_read(client, editor, published):
    factories.edit(published.article, text="Words of the draft.")

    form = opened(client, "correct", published.article)

    section = published.revision.document["sections"][0]
    assert form[f"professional-{section['key']}"].value() == section["professional"]
    assert [part["heading"] for part in form.parts()] == ["From the guidelines", "From the research"]


def test_correct_is_shown_word_by_word_before_anything_is_done(client, editor, published):
    page = looked_at(client, published)

    assert page.status_code == 200
    shown = [(piece.kind, piece.text) for piece in page.context["preview"].changes[0].pieces]
    assert ("removed", " 300") in shown
    assert ("added", " 30") in shown
    assert re.search(r"<del>.*? 300.*?</del><ins>.*? 30.*?</ins>", page.text, re.S)
    assert NOTICE in page.context["preview"].notice
    assert not Review.objects.open().exists()


def test_correct_that_is_confirmed_leads_to_its_desk_with_the_form_to_ask_a_member(client, editor, published):
    page = looked_at(client, published)

    answer = confirmed(client, page, published.article)

    review = Review.objects.open().get()
    assert answer.redirect_chain == [(reverse("admin:reviews_review_change", args=[review.pk]), 302)]
    assert (review.reason, review.summary) == ("correction", NOTICE)
    assert (
        review.revision.document["sections"][0]["plain"]
        == wordings(published)[f"plain-{review.revision.document['sections'][0]['key']}"]
    )
    assert "assign" in answer.context["desk"].forms
    assert Event.objects.of_article(review.article_id).last().data["edits"] == [
        {"section": review.revision.document["sections"][0]["key"], "audience": audience}
        for audience in ("professional", "plain")
    ]


def test_correct_changed_after_it_was_shown_is_shown_again(client, editor, published):
    page = looked_at(client, published)

    again = confirmed(client, page, published.article, **wordings(published, new="3 mg"))

    assert again.status_code == 200
    assert ("added", " 3") in [(piece.kind, piece.text) for piece in again.context["preview"].changes[0].pieces]
    assert not Review.objects.open().exists()


def test_correct_of_one_wording_says_what_the_other_still_says(client, editor, published):
    form = opened(client, "correct", published.article)
    changes = wordings(published, audiences=("professional",))

    page = client.post(address("correct", published.article), filled(form, notice=NOTICE, **changes))

    assert "The other wording (Plain language) stays as it is. It still says:" in page.text
    assert "You start with 300 mg once a day." in page.text.split("It still says:")[1].split("</blockquote>")[0]
    assert "still says" not in looked_at(client, published).text


def test_correct_says_what_closes_and_how_many_sign_until_when(client, editor, published):
    factories.edit(published.article)
    factories.submitted(published.article)

    page = client.get(address("correct", published.article))

    assert "The review of revision 2 closes. Its people and marks are carried over" in page.text
    assert "approved when 1 member has signed each section" in page.text
    assert "requires 2: a second review is due within 72 hours" in page.text


def test_correct_beside_an_open_correction_says_that_its_words_are_not_in_this_one(client, editor, published):
    confirmed(client, looked_at(client, published), published.article)

    page = client.get(address("correct", published.article))

    assert "what it changed is not included in this one" in page.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"notice": " "}, "This field is required."), ({}, "The text does not differ from the published text.")],
    ids=["no notice", "no word"],
)
def test_correct_that_is_incomplete_keeps_what_was_typed(client, editor, published, changes, words):
    form = opened(client, "correct", published.article)
    typed = {**wordings(published), **changes} if changes else {"notice": "Words of mine."}

    answer = client.post(address("correct", published.article), filled(form, **typed))

    assert answer.status_code == 422
    assert words in answer.text
    assert ("Start with 30 mg" if changes else "Words of mine.") in answer.text


def test_correct_with_findings_that_block_shows_them_and_opens_nothing(client, editor, published):
    key = published.revision.document["sections"][0]["key"]

    page = looked_at(client, published, **{f"professional-{key}": "So they say [@nobody]."})
    answer = confirmed(client, page, published.article)

    assert "the correction cannot be opened with these" in page.text
    assert answer.status_code == 422
    assert "So they say [@nobody]." in answer.text
    assert not Review.objects.open().exists()


def test_correct_after_something_happened_tells_what_and_keeps_the_words(client, editor, published):
    page = looked_at(client, published)
    factories.edit(published.article)
    factories.submitted(published.article)

    answer = confirmed(client, page, published.article)

    assert answer.status_code == 409
    assert "submitted revision 2" in answer.text
    assert "The review of revision 2 closes." in answer.text
    assert confirmed(client, answer, published.article).status_code == 200
    assert Review.objects.open().get().reason == "correction"


def test_correct_of_words_that_were_replaced_meanwhile_never_puts_the_old_ones_back(client, editor, published):
    form = opened(client, "correct", published.article)
    again = looked_at(client, published)
    confirmed(client, again, published.article)
    review, ben = Review.objects.open().get(), factories.board_member("Ben")
    factories.accepted(review, ben)
    factories.sign(review, ben)
    second = published.revision.document["sections"][1]
    name = f"professional-{second['key']}"

    moved = client.post(
        address("correct", published.article),
        filled(form, notice="Fewer nights.", **{name: "A trial found no difference [@second]."}),
    )

    assert moved.status_code == 409
    fields = moved.context["form"]
    first = published.revision.document["sections"][0]["key"]
    assert "30 mg" in fields[f"professional-{first}"].value()
    assert "300 mg" not in fields[f"professional-{first}"].value()
    assert fields[name].value() == "A trial found no difference [@second]."
    shown = client.post(address("correct", published.article), filled(fields))
    assert [change.heading for change in shown.context["preview"].changes] == ["From the research"]


def test_correct_of_a_text_that_readers_do_not_see_says_so(client, editor):
    review = factories.submitted()

    page = client.get(address("correct", review.article))
    answer = client.post(address("correct", review.article), {"seen": "1", "base": "1", "notice": "x"})

    assert "so there is nothing to correct" in page.text
    assert "<textarea" not in page.text
    assert answer.status_code == 422


def test_correct_escapes_what_was_typed(client, editor, published):
    key = published.revision.document["sections"][0]["key"]

    page = looked_at(client, published, **{f"plain-{key}": "<script>alert(1)</script>"})

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


@pytest.mark.parametrize("verb", ["correct", "merge"])
def test_author_does_not_correct_or_merge(client, published, verb):
    client.force_login(published.article.owner)

    assert client.get(address(verb, published.article)).status_code == 403


# --- Merge ---


@pytest.fixture
def beside(published, editor):
    """An article whose draft lies beside a published correction, and changed another word of the same sentence."""
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1}, quorum_by_reason={})
    section = published.revision.document["sections"][0]
    factories.edit(published.article, text=section["professional"].replace("two weeks", "four weeks"))
    return corrected(published, editor)


def corrected(published, editor, old="300 mg", new="30 mg"):
    section = published.revision.document["sections"][0]
    texts = {audience: section[audience].replace(old, new) for audience in ("professional", "plain")}
    review = workflow.correct(
        published.article, by=editor, edits={section["key"]: texts}, notice=NOTICE, seen=factories.seen(published)
    )
    ben = factories.board_member("Ben")
    factories.accepted(review, ben)
    factories.sign(review, ben)
    return Article.objects.get(pk=published.article_id)


def now(article):
    return Article.objects.get(pk=article.pk)


def test_merge_shows_the_correction_the_draft_and_both_together(client, editor, beside):
    page = client.get(address("merge", beside))

    place = page.context["places"][0]
    assert ("added", " 30") in [(piece.kind, piece.text) for piece in place.correction]
    assert "300 mg" in place.part.draft
    assert place.merged.value() == "Start with 30 mg once daily and reassess after four weeks [@first]."
    assert place.looked is None


def test_merge_that_is_confirmed_saves_the_draft_and_leads_back_to_it(client, editor, beside):
    form = opened(client, "merge", beside)

    answer = client.post(address("merge", beside), filled(form), follow=True)

    assert answer.redirect_chain == [(reverse("admin:articles_article_change", args=[beside.pk]), 302)]
    assert "The draft now contains the correction." in answer.text
    assert "30 mg once daily and reassess after four weeks" in now(beside).sections.first().professional
    assert corrections.proposal(now(beside)) is None


@pytest.fixture
def conflict(published, editor):
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1}, quorum_by_reason={})
    factories.edit(published.article, text="Start with 100 mg once daily and reassess after two weeks [@first].")
    return corrected(published, editor)


def test_merge_of_a_conflict_asks_for_a_look(client, editor, conflict):
    page = client.get(address("merge", conflict))
    form = page.context["form"]
    name = next(name for name in form.fields if name.startswith("merged-professional"))
    mine = "Start with 30 mg once daily and reassess after two weeks [@first]."

    refused = client.post(address("merge", conflict), filled(form, **{name: mine}))
    looked = {name.replace("merged", "looked"): "on"}
    answer = client.post(address("merge", conflict), filled(refused.context["form"], **looked))

    assert "changed the same words" in page.text
    assert refused.status_code == 422
    assert "Read these words, and confirm that you did." in refused.text
    assert mine in refused.text
    assert answer.status_code == 302
    assert now(conflict).sections.first().professional == mine


def test_merge_beside_a_draft_saved_meanwhile_offers_the_fresh_merge(client, editor, beside):
    form = opened(client, "merge", beside)
    text = now(beside).sections.first().professional.replace("reassess", "reassess again")
    factories.edit(beside, text=text)

    moved = client.post(address("merge", beside), filled(form))

    assert moved.status_code == 409
    assert "saved the draft." in moved.text
    assert "30 mg once daily and reassess again after four weeks" in moved.text
    assert client.post(address("merge", beside), filled(moved.context["form"])).status_code == 302
    assert "30 mg once daily and reassess again" in now(beside).sections.first().professional


def test_merge_beside_a_draft_saved_meanwhile_keeps_what_was_typed_and_asks_for_a_look(client, editor, beside):
    form = opened(client, "merge", beside)
    name = next(name for name in form.fields if name.startswith("merged-professional"))
    factories.edit(beside, text="Another sentence of the author [@first].")

    moved = client.post(address("merge", beside), filled(form, **{name: "Words I typed [@first]."}))
    unseen = client.post(address("merge", beside), filled(moved.context["form"]))

    assert moved.status_code == 409
    assert "Words I typed [@first]." in moved.text
    assert "saved again while you had this page open" in moved.text
    assert "Another sentence of the author" in moved.text
    assert unseen.status_code == 422
    looked = {name.replace("merged", "looked"): "on"}
    assert client.post(address("merge", beside), filled(unseen.context["form"], **looked)).status_code == 302


def test_merge_names_the_sections_that_the_draft_dropped(client, editor, beside):
    now(beside).sections.first().delete()

    page = client.get(address("merge", beside))

    assert "the draft no longer has them" in page.text
    assert "From the guidelines" in page.text
    assert client.post(address("merge", beside), filled(page.context["form"])).status_code == 302
    assert corrections.proposal(now(beside)) is None


def test_merge_with_nothing_to_merge_says_so(client, editor, published):
    page = client.get(address("merge", published.article))
    answer = client.post(address("merge", published.article), {"seen": now(published.article).version})

    assert "there is nothing to merge" in page.text
    assert answer.status_code == 422
