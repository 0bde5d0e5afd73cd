"""What is told when members are asked, answer, sign or send a text back."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from reviews.models import Review, Ruling
from reviews.notifications.event_facts import EventFacts, day, my_reviews
from reviews.notifications.outbox import Notification
from reviews.notifications.recipients import administrators, at_work, editors, people, signers


def _assign(now: EventFacts) -> Iterator[Notification]:
    words = _(
        "%(who)s asks you to review “%(title)s” by %(due)s. Please accept or decline. You will be asked to "
        "declare your interests before you see the text."
    )
    subject = _("Please review: %(title)s") % now.words()
    yield Notification(
        people([now.data["member"]]), subject, words % now.words(due=day(now.data["due"])), now.review_page
    )


def _release(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s released you from the review of “%(title)s”. You have nothing more to do.")
    subject = _("Released from a review: %(title)s") % now.words()
    yield Notification(people([now.data["member"]]), subject, words % now.words(), my_reviews())


def _extend(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s extended the deadline for your review of “%(title)s” to %(due)s.")
    subject = _("More time for: %(title)s") % now.words()
    yield Notification(
        people([now.data["member"]]), subject, words % now.words(due=day(now.data["due"])), now.review_page
    )


def _accept(now: EventFacts) -> Iterator[Notification]:
    if now.data.get("interests"):
        # That somebody has an interest is not for mail: the page tells those who may know.
        words = _("%(who)s answered your invitation to review “%(title)s” and can begin once an editor has decided.")
        subject = _("A member is waiting for an editor: %(title)s") % now.words()
        yield Notification(editors(), subject, words % now.words(), now.review_page)
        return
    words = _("%(who)s accepted the review of “%(title)s”.")
    subject = _("Accepted: %(title)s") % now.words()
    whose = editors() | people([now.article.owner_id])
    yield Notification(whose, subject, words % now.words(), now.review_page, is_urgent=False)


def _decline(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s will not review “%(title)s”. Please ask another member of the board.")
    subject = _("A reviewer is missing: %(title)s") % now.words()
    yield Notification(editors(), subject, words % now.words(), now.review_page)


def _rule(now: EventFacts) -> Iterator[Notification]:
    subject = _("An editor decided: %(title)s") % now.words()
    if now.data["outcome"] == Ruling.Outcome.EXCLUDED:
        words = _("%(who)s considered what you declared for “%(title)s”. You will not review this text.")
        yield Notification(people([now.data["member"]]), subject, words % now.words(), my_reviews())
    else:
        words = _("%(who)s considered what you declared for “%(title)s”. You can begin your review now.")
        yield Notification(people([now.data["member"]]), subject, words % now.words(), now.review_page)


def _approve(now: EventFacts) -> Iterator[Notification]:
    if not now.data["is_complete"]:
        return
    subject = _("Approved: %(title)s") % now.words()
    second = now.data.get("second_review")
    if second:
        words = _(
            "With the signature of %(who)s, the correction of “%(title)s” is approved, with fewer signers than "
            "its risk class requires. Its second review is due by %(due)s: please assign members who have not "
            "signed it."
        )
        subject = _("Second review due by %(due)s: %(title)s") % now.words(due=day(second["due"]))
        yield Notification(editors(), subject, words % now.words(due=day(second["due"])), now.article_page)
    words = _("With the signature of %(who)s, your text “%(title)s” is approved by the Medical Advisory Board.")
    yield Notification(people([now.article.owner_id]), subject, words % now.words(), now.public_page)
    if not second:
        words = _("With the signature of %(who)s, “%(title)s” is approved. Its next review is due by %(due)s.")
        due = day(now.data["next_review_due"])
        yield Notification(editors(), subject, words % now.words(due=due), now.public_page, is_urgent=False)


def _sign_refused(now: EventFacts) -> Iterator[Notification]:
    """21 CFR 11.300(d): attempts at unauthorised use are reported at once. One mail an hour a review says it."""
    once = f"sign_refused:article:{now.article.pk}:{now.event.actor_id}:{now.event.at:%Y%m%d%H}"
    words = _(
        "Somebody who was signed in as you tried to sign “%(title)s”, and was refused. If it was you, the page "
        "said why. If it was not, change your password now and tell an administrator."
    )
    subject = _("An attempt to sign in your name was refused: %(title)s") % now.words()
    path = now.review_page if now.data.get("review") else now.public_page
    yield Notification(people([now.event.actor_id]), subject, words % now.words(), path, once=once, notifies_actor=True)
    if now.data.get("is_wrong_password"):
        words = _(
            "A wrong password was entered when signing “%(title)s” as %(who)s. Please ask them whether it was them."
        )
        subject = _("Wrong password when signing as %(who)s") % now.words()
        yield Notification(administrators(), subject, words % now.words(), once=once)


def _rescind(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s rescinded a decision on “%(title)s”. The review continues.")
    subject = _("Decision rescinded: %(title)s") % now.words()
    yield Notification(editors(), subject, words % now.words(), now.review_page, is_urgent=False)


def _request_changes(now: EventFacts) -> Iterator[Notification]:
    subject = _("Changes asked for: %(title)s") % now.words()
    is_ended = now.data.get("state") == Review.State.CHANGES_REQUESTED
    if "suspended" in now.data:
        yield _unsafe(now, is_ended=is_ended)
    if not is_ended:
        words = _("%(who)s asked for changes to “%(title)s”. The review ends when the other members have answered.")
        yield Notification(editors(), subject, words % now.words(), now.review_page, is_urgent=False)
        return
    words = _(
        "%(who)s asked for changes to “%(title)s”. The text is back with you: please read the remarks, revise it "
        "and submit it again."
    )
    yield Notification(people([now.article.owner_id]), subject, words % now.words(), now.review_page)
    words = _(
        "%(who)s asked for changes to “%(title)s”, which ends this review. You will be asked again to review the new "
        "text."
    )
    yield Notification(at_work(now.data["review"]), subject, words % now.words(), now.review_page)
    words = _("%(who)s asked for changes to “%(title)s”. The text is back with its author.")
    yield Notification(editors(), subject, words % now.words(), now.review_page, is_urgent=False)


def _unsafe(now: EventFacts, *, is_ended: bool) -> Notification:
    words = _(
        "%(who)s asked for changes to “%(title)s” and said that the published text is unsafe: readers see a "
        "notice in its place. Please look at it now."
    )
    if is_ended:
        words = words + " " + _("The review has ended; the draft can be changed and submitted again.")
    concerned = editors() | people([now.article.owner_id]) | signers(now.publication)
    subject = _("Suspended as unsafe: %(title)s") % now.words()
    return Notification(concerned, subject, words % now.words(), now.review_page)


def _reject(now: EventFacts) -> Iterator[Notification]:
    subject = _("Rejected: %(title)s") % now.words()
    words = _("%(who)s rejected “%(title)s”. The reason is given on the review’s page.")
    yield Notification(people([now.article.owner_id]), subject, words % now.words(), now.review_page)
    words = _("%(who)s rejected “%(title)s”, which ends the review. You have nothing more to do.")
    yield Notification(at_work(now.data["review"]), subject, words % now.words(), now.review_page)
    words = _("%(who)s rejected “%(title)s”.")
    yield Notification(editors(), subject, words % now.words(), now.review_page, is_urgent=False)


NOTIFY: dict[str, Callable[[EventFacts], Iterator[Notification]]] = {
    "assign": _assign,
    "release": _release,
    "extend": _extend,
    "accept": _accept,
    "decline": _decline,
    "rule": _rule,
    "approve": _approve,
    "sign_refused": _sign_refused,
    "rescind": _rescind,
    "request_changes": _request_changes,
    "reject": _reject,
}
