"""What is told when a text is submitted, corrected, taken back, talked about or filed elsewhere."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.notifications.event_facts import Happening, day
from reviews.notifications.outbox import Telling
from reviews.notifications.recipients import at_work, editors, people, talkers
from reviews.rules import waivers


def _submit(now: Happening) -> Iterator[Telling]:
    invited, handed_on = now.data.get("invited", []), now.data.get("handed_on", [])
    yield from _asked(now, invited=invited, handed_on=handed_on)
    yield Telling(
        people([now.article.owner_id]),
        _("Submitted for you: %(title)s") % now.words(),
        _("%(who)s submitted your text “%(title)s” for review. You will hear what the board says.") % now.words(),
        now.review_page,
        is_urgent=False,
    )
    yield Telling(
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
        "%(number)s member who knows the text is asked already.",
        "%(number)s members who know the text are asked already.",
        number,
    )
    return words % {"number": number}


def _asked(now: Happening, *, invited: list[int], handed_on: list[int]) -> Iterator[Telling]:
    due = now.review.due_date if now.review else None
    until = " " + _("The review is due by %s.") % day(due) if due else ""
    if handed_on:
        words = _(
            "%(who)s submitted a newer text of “%(title)s” while you were asked to review it. You are asked for the "
            "newer one instead; your marks stand where the words are the same. Please read what changed."
        )
        subject = _("A newer text to review: %(title)s") % now.words()
        yield Telling(people(handed_on), subject, words % now.words() + until, now.review_page)
    if invited:
        words = _(
            "%(who)s submitted “%(title)s” again after changes. You reviewed it before and are asked again: please "
            "accept or decline."
        )
        subject = _("Please review again: %(title)s") % now.words()
        yield Telling(people(invited), subject, words % now.words() + until, now.review_page)


def _correct(now: Happening) -> Iterator[Telling]:
    yield from _asked(now, invited=[], handed_on=now.data.get("handed_on", []))
    if "closed" in now.data:
        words = _(
            "%(who)s corrects the published text of “%(title)s”. The review you were asked for ended with that; "
            "nothing is expected of you until you are asked again."
        )
        subject = _("Review set aside for a correction: %(title)s") % now.words()
        yield Telling(at_work(now.data["closed"]["review"]), subject, words % now.words(), now.review_page)
    yield Telling(
        editors(),
        _("A correction waits for its review: %(title)s") % now.words(),
        _("%(who)s corrected words of the published text of “%(title)s”. Please assign a member at once.")
        % now.words(),
        now.review_page,
    )
    words = _(
        "%(who)s corrected words of the published text of “%(title)s”. Your draft lies beside this correction and "
        "stays as it is: when the correction is approved an editor will merge the two."
    )
    subject = _("Your text is being corrected: %(title)s") % now.words()
    yield Telling(people([now.article.owner_id]), subject, words % now.words(), now.review_page)


def _merge(now: Happening) -> Iterator[Telling]:
    yield Telling(
        people([now.article.owner_id]),
        _("Correction taken into your draft: %(title)s") % now.words(),
        _("%(who)s took the published correction into your draft of “%(title)s”. You can go on with it.") % now.words(),
        now.article_page,
    )


def _recall(now: Happening) -> Iterator[Telling]:
    words = _(
        "%(who)s took “%(title)s” out of review. Nothing is expected of you until you are asked for a new version."
    )
    subject = _("Out of review: %(title)s") % now.words()
    yield Telling(at_work(now.data.get("review")), subject, words % now.words(), now.review_page)
    words = _("%(who)s took “%(title)s” out of review. The draft can be changed and submitted again.")
    whose = people([now.article.owner_id]) | editors()
    yield Telling(whose, subject, words % now.words(), now.review_page, is_urgent=False)


def _open_thread(now: Happening) -> Iterator[Telling]:
    words = _("%(who)s made a suggestion on “%(title)s”. Please answer it at the review’s page.")
    if now.data["kind"] == "blocking":
        words = _("%(who)s made a remark on “%(title)s” that must be settled before approval. Please answer it there.")
    subject = _("A remark on: %(title)s") % now.words()
    whose = people([now.article.owner_id]) | at_work(now.data["review"])
    yield Telling(whose, subject, words % now.words(), now.review_page, is_urgent=False)


def _comment(now: Happening) -> Iterator[Telling]:
    words = _("%(who)s answered a remark on “%(title)s” in which you take part. Read it and settle it, or answer.")
    subject = _("An answer on: %(title)s") % now.words()
    whose = people([now.article.owner_id]) | talkers(now.data["thread"])
    yield Telling(whose, subject, words % now.words(), now.review_page, is_urgent=False)


def _resolve(now: Happening) -> Iterator[Telling]:
    words = _("%(who)s settled a remark on “%(title)s” in which you take part. Nothing is expected of you.")
    subject = _("A remark is settled on: %(title)s") % now.words()
    whose = people([now.article.owner_id]) | talkers(now.data["thread"])
    yield Telling(whose, subject, words % now.words(), now.review_page, is_urgent=False)


def _waive(now: Happening) -> Iterator[Telling]:
    if now.data["rule"] in waivers.NEEDS_CONCURRENCE and now.review is not None:
        words = _(
            "%(who)s let a finding on “%(title)s” stand, with a reason. It needs the agreement of a member who "
            "reviews the text: please look at it."
        )
        subject = _("Your agreement is asked: %(title)s") % now.words()
        yield Telling(at_work(now.review.pk), subject, words % now.words(), now.review_page)


def _catalogue(now: Happening) -> Iterator[Telling]:
    before = now.data["from"]
    if before["owner"] != now.data["owner"]:
        words = _("%(who)s made you the author of “%(title)s”. What the board says of it is told to you from now on.")
        subject = _("You are the author now: %(title)s") % now.words()
        yield Telling(people([now.data["owner"]]), subject, words % now.words(), now.article_page)
        words = _("%(who)s gave “%(title)s” to another author. Nothing is expected of you any more.")
        subject = _("Handed to another author: %(title)s") % now.words()
        yield Telling(people([before["owner"]]), subject, words % now.words(), now.public_page)


TELL: dict[str, Callable[[Happening], Iterator[Telling]]] = {
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
