"""What is told when a text is submitted, corrected, taken back, talked about or filed elsewhere."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.notifications.event_facts import EventFacts, day
from reviews.notifications.outbox import Notification
from reviews.notifications.recipients import at_work, editors, people, talkers
from reviews.rules import waivers


def _submit(now: EventFacts) -> Iterator[Notification]:
    invited, handed_on = now.data.get("invited", []), now.data.get("handed_on", [])
    yield from _asked(now, invited=invited, handed_on=handed_on)
    yield Notification(
        people([now.article.owner_id]),
        _("Submitted for you: %(title)s") % now.words(),
        _("%(who)s submitted your text “%(title)s” for review. You will be notified of what the board says.")
        % now.words(),
        now.review_page,
        is_urgent=False,
    )
    yield Notification(
        editors(),
        _("Submitted: %(title)s") % now.words(),
        _("%(who)s submitted “%(title)s” for review.") % now.words() + f" {_who_is_asked(len(invited + handed_on))}",
        now.review_page,
        is_urgent=False,
    )


def _who_is_asked(number: int) -> str:
    if not number:
        return _("Please assign members of the board.")
    words = ngettext(
        "%(number)s member who knows the text has already been asked.",
        "%(number)s members who know the text have already been asked.",
        number,
    )
    return words % {"number": number}


def _asked(now: EventFacts, *, invited: list[int], handed_on: list[int]) -> Iterator[Notification]:
    due = now.review.due_date if now.review else None
    until = " " + _("The review is due by %s.") % day(due) if due else ""
    if handed_on:
        words = _(
            "%(who)s submitted a newer text of “%(title)s” while you were asked to review it. You are now asked "
            "to review the newer text; your marks are kept where the words are the same. Please read what "
            "changed."
        )
        subject = _("A newer text to review: %(title)s") % now.words()
        yield Notification(people(handed_on), subject, words % now.words() + until, now.review_page)
    if invited:
        words = _(
            "%(who)s submitted “%(title)s” again after changes. You reviewed it before and are asked again: please "
            "accept or decline."
        )
        subject = _("Please review again: %(title)s") % now.words()
        yield Notification(people(invited), subject, words % now.words() + until, now.review_page)


def _correct(now: EventFacts) -> Iterator[Notification]:
    yield from _asked(now, invited=[], handed_on=now.data.get("handed_on", []))
    if "closed" in now.data:
        words = _(
            "%(who)s is correcting the published text of “%(title)s”. This ended the review you were asked for; "
            "you have nothing to do until you are asked again."
        )
        subject = _("Review set aside for a correction: %(title)s") % now.words()
        yield Notification(at_work(now.data["closed"]["review"]), subject, words % now.words(), now.review_page)
    yield Notification(
        editors(),
        _("A correction is waiting for review: %(title)s") % now.words(),
        _("%(who)s corrected words of the published text of “%(title)s”. Please assign a member at once.")
        % now.words(),
        now.review_page,
    )
    words = _(
        "%(who)s corrected words of the published text of “%(title)s”. Your draft has diverged from this "
        "correction and stays as it is: when the correction is approved, an editor will merge the two."
    )
    subject = _("Your text is being corrected: %(title)s") % now.words()
    yield Notification(people([now.article.owner_id]), subject, words % now.words(), now.review_page)


def _merge(now: EventFacts) -> Iterator[Notification]:
    yield Notification(
        people([now.article.owner_id]),
        _("Correction merged into your draft: %(title)s") % now.words(),
        _("%(who)s merged the published correction into your draft of “%(title)s”. You can continue with it.")
        % now.words(),
        now.article_page,
    )


def _recall(now: EventFacts) -> Iterator[Notification]:
    words = _(
        "%(who)s recalled “%(title)s” from review. You have nothing to do until you are asked to review a new version."
    )
    subject = _("Recalled from review: %(title)s") % now.words()
    yield Notification(at_work(now.data.get("review")), subject, words % now.words(), now.review_page)
    words = _("%(who)s recalled “%(title)s” from review. The draft can be changed and submitted again.")
    whose = people([now.article.owner_id]) | editors()
    yield Notification(whose, subject, words % now.words(), now.review_page, is_urgent=False)


def _open_thread(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s made a suggestion on “%(title)s”. Please answer it on the review’s page.")
    if now.data["kind"] == "blocking":
        words = _("%(who)s made a remark on “%(title)s” that must be settled before approval. Please answer it there.")
    subject = _("A remark on: %(title)s") % now.words()
    whose = people([now.article.owner_id]) | at_work(now.data["review"])
    yield Notification(whose, subject, words % now.words(), now.review_page, is_urgent=False)


def _comment(now: EventFacts) -> Iterator[Notification]:
    words = _(
        "%(who)s answered a remark on “%(title)s” in which you take part. Read the answer, then settle the remark or "
        "reply."
    )
    subject = _("An answer on: %(title)s") % now.words()
    whose = people([now.article.owner_id]) | talkers(now.data["thread"])
    yield Notification(whose, subject, words % now.words(), now.review_page, is_urgent=False)


def _resolve(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s settled a remark on “%(title)s” in which you take part. You have nothing more to do.")
    subject = _("A remark was settled on: %(title)s") % now.words()
    whose = people([now.article.owner_id]) | talkers(now.data["thread"])
    yield Notification(whose, subject, words % now.words(), now.review_page, is_urgent=False)


def _waive(now: EventFacts) -> Iterator[Notification]:
    if now.data["rule"] in waivers.NEEDS_CONCURRENCE and now.review is not None:
        words = _(
            "%(who)s waived a finding on “%(title)s”, with a reason. The waiver needs the agreement of a member "
            "who reviews the text: please look at it."
        )
        subject = _("Your agreement is needed: %(title)s") % now.words()
        yield Notification(at_work(now.review.pk), subject, words % now.words(), now.review_page)


def _catalogue(now: EventFacts) -> Iterator[Notification]:
    before = now.data["from"]
    if before["owner"] != now.data["owner"]:
        words = _(
            "%(who)s made you the author of “%(title)s”. From now on you are notified of what the board says about it."
        )
        subject = _("You are now the author: %(title)s") % now.words()
        yield Notification(people([now.data["owner"]]), subject, words % now.words(), now.article_page)
        words = _("%(who)s gave “%(title)s” to another author. You have nothing more to do.")
        subject = _("Handed to another author: %(title)s") % now.words()
        yield Notification(people([before["owner"]]), subject, words % now.words(), now.public_page)


NOTIFY: dict[str, Callable[[EventFacts], Iterator[Notification]]] = {
    "submit": _submit,
    "correct": _correct,
    "merge": _merge,
    "recall": _recall,
    "open_thread": _open_thread,
    "comment": _comment,
    "resolve": _resolve,
    "waive": _waive,
    "catalogue": _catalogue,
}
