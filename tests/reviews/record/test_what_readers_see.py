"""The table "What readers see" of DESIGN §4, line by line, as records and as pages."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Publication
from reviews import workflow
from tests import factories
from tests.articles.reading.reader_pages import text_of
from tests.reviews import steps

pytestmark = pytest.mark.django_db

FIRST, CHANGED = "Start with 300 mg once daily", "A changed sentence of substance"
CAUTION = "has not been reviewed yet"
BADGE = "Reviewed and approved by"
BEING_UPDATED = "An update has been under review since"
SENT_BACK = "update was sent back"
AGAIN = "under review again since"
OVERDUE = "Review out of date since"
SUSPENDED = "The text is hidden while the board looks into this."
HIDDEN = "The review of this text has been out of date since"
MASKED = "This section has been hidden since"
REVIEWED_NOW = "It has been under review since"
EVERYTHING = {
    *(CAUTION, BADGE, BEING_UPDATED, SENT_BACK, AGAIN, OVERDUE),
    *(SUSPENDED, HIDDEN, MASKED, REVIEWED_NOW),
}
LED_ON = 301

# Approved text, review, policy: what a reader gets, whether it may be indexed, the words that stand there and no
# others of these, and the text. "any" stands for both policies.
TABLE = [
    ("none", "draft", "any", 404, False, set(), ""),
    ("none", "submitted", "shows pending", 200, False, {CAUTION}, FIRST),
    ("none", "under review", "shows pending", 200, False, {CAUTION}, FIRST),
    ("none", "submitted", "hides pending", 404, False, set(), ""),
    ("none", "under review", "hides pending", 404, False, set(), ""),
    ("none", "changes requested", "any", 404, False, set(), ""),
    ("none", "rejected", "any", 404, False, set(), ""),
    ("none", "recalled", "any", 404, False, set(), ""),
    ("approved", "none", "any", 200, True, {BADGE}, FIRST),
    ("overdue", "none", "any", 200, True, {OVERDUE}, FIRST),
    ("approved", "submitted", "any", 200, True, {BADGE, BEING_UPDATED}, FIRST),
    ("approved", "under review", "any", 200, True, {BADGE, BEING_UPDATED}, FIRST),
    ("approved", "returned to submitted", "any", 200, True, {BADGE, BEING_UPDATED}, FIRST),
    ("overdue", "under review", "any", 200, True, {OVERDUE, BEING_UPDATED}, FIRST),
    ("approved", "changes requested", "any", 200, True, {BADGE, SENT_BACK}, FIRST),
    ("approved", "rejected", "any", 200, True, {BADGE, SENT_BACK}, FIRST),
    ("approved", "recalled", "any", 200, True, {BADGE}, FIRST),
    ("approved", "approved", "any", 200, True, {BADGE}, CHANGED),
    ("overdue", "approved", "any", 200, True, {BADGE}, CHANGED),
    ("approved", "again", "any", 200, True, {BADGE, AGAIN}, FIRST),
    ("overdue", "again", "any", 200, True, {OVERDUE, AGAIN}, FIRST),
    ("overdue", "again, approved", "any", 200, True, {BADGE}, FIRST),
    ("retracted", "none", "any", 410, False, set(), ""),
    ("retracted", "submitted", "any", 410, False, set(), ""),
    ("retracted", "under review", "any", 410, False, set(), ""),
    ("retracted", "rejected", "any", 410, False, set(), ""),
    ("retracted", "again", "any", 410, False, set(), ""),
    ("retracted", "approved", "any", 200, True, {BADGE}, CHANGED),
    ("retracted", "again, approved", "any", 200, True, {BADGE}, FIRST),
    ("suspended", "none", "any", 200, False, {SUSPENDED}, ""),
    ("suspended", "under review", "any", 200, False, {SUSPENDED, REVIEWED_NOW}, ""),
    ("suspended", "rejected", "any", 200, False, {SUSPENDED}, ""),
    ("suspended", "approved", "any", 200, False, {SUSPENDED}, ""),
    ("suspended", "again", "any", 200, False, {SUSPENDED, REVIEWED_NOW}, ""),
    ("suspended", "again, approved", "any", 200, False, {SUSPENDED}, ""),
    ("lifted", "none", "any", 200, True, {BADGE}, FIRST),
    ("masked", "none", "any", 200, False, {BADGE, MASKED}, ""),
    ("masked", "under review", "any", 200, False, {BADGE, MASKED, BEING_UPDATED}, ""),
    ("masked", "approved", "any", 200, False, {BADGE, MASKED}, ""),
    ("hidden", "none", "any", 200, False, {HIDDEN}, ""),
    ("hidden", "under review", "any", 200, False, {HIDDEN, REVIEWED_NOW}, ""),
    ("hidden", "rejected", "any", 200, False, {HIDDEN}, ""),
    ("hidden", "approved", "any", 200, True, {BADGE}, CHANGED),
    ("hidden", "again, approved", "any", 200, True, {BADGE}, FIRST),
    ("retired", "none", "any", 410, False, set(), ""),
    ("retired", "under review", "any", 410, False, set(), ""),
    ("retired", "rejected", "any", 410, False, set(), ""),
    ("retired", "approved", "any", 200, True, {BADGE}, CHANGED),
    ("merged", "none", "any", LED_ON, False, set(), ""),
    ("merged", "under review", "any", LED_ON, False, set(), ""),
    ("merged", "approved", "any", 200, True, {BADGE}, CHANGED),
]
ROWS = [
    pytest.param(approved, review, policy == "shows pending", *seen, id=f"{approved}, {review}, {policy}")
    for approved, review, policies, *seen in TABLE
    for policy in (["shows pending", "hides pending"] if policies == "any" else [policies])
]


@pytest.mark.parametrize(("approved", "review", "shows_pending", "status", "is_indexed", "words", "text"), ROWS)
def test_what_readers_see(client, approved, review, shows_pending, status, is_indexed, words, text):
    article = walk(approved, review, shows_pending)

    for audience in ("professional", "plain"):
        response = client.get(reverse(f"articles:{audience}", args=[article.slug]))

        assert response.status_code == status
        shown = text_of(response)
        assert {phrase for phrase in EVERYTHING if phrase in shown} == words
        has_page = status == 200 and not words & {SUSPENDED, HIDDEN}
        assert ("Drafted with A tool" in shown) == has_page
        assert ("not yet reviewed" in shown) == (status == 200 and approved == "none")
        assert ("The dose was wrong." in shown) == (approved == "retracted")
        assert ("The dose is being checked." in shown) == (approved in ("suspended", "masked"))
        if status not in (404, LED_ON):
            assert (response.get("X-Robots-Tag") != "noindex") == is_indexed
            assert (b'content="noindex"' not in response.content) == is_indexed
        if audience == "professional":
            assert {one for one in (FIRST, CHANGED) if one in shown} == ({text} if text else set())
    _publication_agrees(article, status, is_indexed, words, text)


def _publication_agrees(article, status, is_indexed, words, text):
    publication, today = Publication.objects.filter(article=article).first(), timezone.now().date()
    is_listed = Publication.objects.readable(today).filter(article=article).exists()
    assert is_listed == (status == 200 and not words & {SUSPENDED, HIDDEN})
    if status == 404:
        assert publication is None or not publication.is_shown
        return
    assert (publication.is_shown, publication.is_open_to_search(today)) == (True, is_indexed)
    assert (publication.status in ("retracted", "retired")) == (status in (410, LED_ON))
    assert (publication.status == "suspended") == (SUSPENDED in words)
    assert publication.is_hidden(today) == (HIDDEN in words)
    assert bool(publication.masks) == (MASKED in words)
    if is_listed:
        assert publication.revision.document["sections"][0]["professional"].startswith(text)
        assert (publication.status == "approved") == (CAUTION not in words)
        assert publication.is_overdue(today) == (OVERDUE in words)
        assert bool(publication.update) == bool(words & {BEING_UPDATED, SENT_BACK, AGAIN})


@pytest.mark.parametrize("review", ["again, changes requested", "again, rejected"])
def test_rereview_that_failed_is_not_called_an_update(client, review):
    article = walk("approved", review, False)

    shown = text_of(client.get(reverse("articles:plain", args=[article.slug])))

    assert BADGE in shown
    assert SENT_BACK not in shown


def walk(approved, review, shows_pending):
    """Bring an article to a line of the table by the real verbs, with the clock set back for what is overdue."""
    factories.policy(shows_pending=shows_pending, hide_after_days=90 if approved == "hidden" else None)
    years = 3 if approved in ("overdue", "hidden") else 0
    with time_machine.travel(timezone.now() - timedelta(366 * years), tick=True):
        article = factories.article(ai_use="assisted", ai_tool="A tool", ai_purpose="")
        if approved != "none":
            factories.approved(review=factories.submitted(article))
    _withhold(article, approved)
    again = review.startswith("again")
    if approved != "none" and review != "none" and not again:
        factories.edit(article)
    _review(Article.objects.get(pk=article.pk), review, again=again)
    return article


def _withhold(article, approved):
    editor = factories.user("Editor")
    match approved:
        case "retracted":
            steps.retract(article, editor)
        case "suspended" | "lifted":
            suspension = steps.suspend(article, editor)
            if approved == "lifted":
                steps.lift(suspension, editor)
                steps.lift(suspension, factories.board_member().user)
        case "masked":
            steps.suspend(article, editor, section_key=steps.section_keys(article)[0])
        case "retired":
            steps.retire(article, editor)
        case "merged":
            steps.retire(article, editor, factories.approved().article)


def _review(article, outcome, *, again):
    editor, ann = factories.user("Editor"), factories.board_member("Ann")
    if outcome in ("none", "draft"):
        return
    if again:
        review = workflow.rereview(article, by=editor, reason="It is time.", seen=factories.seen(article))
    else:
        review = factories.submitted(article)
    if outcome in ("submitted", "again"):
        return
    if outcome.endswith("approved"):
        factories.approved(review=review)
        return
    factories.under_review(ann, review=review)
    seen = {"seen": factories.seen(review)}
    match outcome.removeprefix("again, "):
        case "changes requested":
            workflow.request_changes(review, by=ann.user, text="Too vague.", **seen)
        case "rejected":
            workflow.reject(review, by=editor, reason="Not for us.", **seen)
        case "recalled":
            workflow.recall(review, by=editor, reason="A mistake.", **seen)
        case "returned to submitted":
            workflow.decline(review, by=ann.user, kind="time", reason="Away.", **seen)
