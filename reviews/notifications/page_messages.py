"""What is told when something befalls a published page: at once, because readers see it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reviews.models import Review
from reviews.notifications.event_facts import EventFacts, my_reviews
from reviews.notifications.outbox import Notification
from reviews.notifications.recipients import at_work, board, editors, people, signers


def _rereview(now: EventFacts) -> Iterator[Notification]:
    subject = _("To be reviewed again: %(title)s") % now.words()
    words = _("%(who)s opened a new review of the published text of “%(title)s”. Please assign members of the board.")
    is_urgent = now.data["reason"] != Review.Reason.PERIODIC
    yield Notification(editors(), subject, words % now.words(), now.review_page, is_urgent=is_urgent)
    words = _(
        "%(who)s opened a new review of the published text of “%(title)s”, which you wrote or signed. You will "
        "be notified when you need to do something."
    )
    whose = people([now.article.owner_id]) | signers(now.publication)
    yield Notification(whose, subject, words % now.words(), now.public_page, is_urgent=False)


def _alert(now: EventFacts) -> Iterator[Notification]:
    subject = _("A source changed: %(title)s") % now.words()
    is_opened = "revision" in now.data
    if not is_opened:
        words = _(
            "A source that “%(title)s” relies on has changed. There is a new remark on your review that must be "
            "settled before anybody approves the text: please read it."
        )
        yield Notification(at_work(now.data.get("review")), subject, words % now.words(), now.review_page)
    words = _("A source that “%(title)s” relies on has changed. There is a new remark on the open review.")
    if is_opened:
        words = _("A source that “%(title)s” relies on has changed. A new review is open: please assign members.")
    # Of an update that a machine found editors are told at once, with its counts; text after text in the digest.
    is_urgent = "update" not in now.data
    yield Notification(editors(), subject, words % now.words(), now.review_page, is_urgent=is_urgent)
    words = _(
        "A source that “%(title)s”, which you wrote or signed, relies on has changed. An editor is looking into it."
    )
    whose = people([now.article.owner_id]) | signers(now.publication)
    yield Notification(whose, subject, words % now.words(), now.public_page, is_urgent=False)


def _void(now: EventFacts) -> Iterator[Notification]:
    if not now.data.get("decisions"):
        return
    subject = _("A signature was voided: %(title)s") % now.words()
    words = _("%(who)s voided your signature on “%(title)s”. Ask an editor for the reason.")
    yield Notification(people([now.data["member"]]), subject, words % now.words(), my_reviews())
    words = _(
        "%(who)s voided the signature of %(member)s on “%(title)s”. The remaining signatures are enough: the "
        "approval remains valid."
    )
    if not now.data.get("still_stands", True):
        words = _(
            "%(who)s voided the signature of %(member)s on “%(title)s”. The text is no longer approved until it "
            "is signed for again."
        )
    words = words % now.words(member=now.data["name"])
    yield Notification(editors(), subject, words, now.article_page)
    yield Notification(people([now.article.owner_id]), subject, words, now.public_page)


def _all(now: EventFacts) -> Q:
    """Return everybody a page's fate concerns: editors, the author, who signed it, who reviews it."""
    review_id = now.review.pk if now.review else now.data.get("review")
    concerned = editors() | people([now.article.owner_id]) | signers(now.publication)
    return concerned | at_work(review_id) if review_id else concerned


def _page_event(subject: str, words: str, to: Callable[[EventFacts], Q] = _all) -> Any:
    """Return what tells in these words of an event on a page."""

    def notify(now: EventFacts) -> Iterator[Notification]:
        yield Notification(to(now), _(subject) % now.words(), _(words) % now.words(), now.public_page)

    return notify


def _suspend(now: EventFacts) -> Iterator[Notification]:
    words = _(
        "%(who)s suspended “%(title)s”: readers see a notice in its place. Two people have to agree to lift the "
        "suspension, one of them a member of the board."
    )
    if now.data["suspended"]["section"]:
        words = _(
            "%(who)s suspended a section of “%(title)s”: readers see a notice in its place. Two people have to "
            "agree to lift the suspension, one of them a member of the board."
        )
    yield Notification(_all(now), _("Suspended: %(title)s") % now.words(), words % now.words(), now.public_page)


def _lift(now: EventFacts) -> Iterator[Notification]:
    if not now.data["is_lifted"]:
        words = _(
            "%(who)s agreed to lift the suspension of “%(title)s”. A second person has to agree; one of the two "
            "must be a member of the board."
        )
        subject = _("A second agreement is needed: %(title)s") % now.words()
        yield Notification(editors() | board(), subject, words % now.words(), now.published_page)
        return
    words = _("%(who)s lifted the suspension of “%(title)s” as the second of two. Readers see the text again.")
    yield Notification(_all(now), _("Suspension lifted: %(title)s") % now.words(), words % now.words(), now.public_page)


def _withdraw_lift(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s no longer agrees to lift the suspension of “%(title)s”: the text stays hidden.")
    subject = _("The suspension stays: %(title)s") % now.words()
    yield Notification(editors() | board(), subject, words % now.words(), now.published_page, is_urgent=False)


NOTIFY: dict[str, Callable[[EventFacts], Iterator[Notification]]] = {
    "rereview": _rereview,
    "alert": _alert,
    "void": _void,
    "suspend": _suspend,
    "lift": _lift,
    "withdraw_lift": _withdraw_lift,
    "retract": _page_event(
        gettext_noop("Retracted: %(title)s"),
        gettext_noop("%(who)s retracted “%(title)s”: readers see a notice in its place. Any review of it has ended."),
    ),
    "retire": _page_event(
        gettext_noop("Retired: %(title)s"),
        gettext_noop("%(who)s retired “%(title)s”: readers see a notice, or are led to the text that replaced it."),
    ),
    "notice": _page_event(
        gettext_noop("A notice was placed: %(title)s"),
        gettext_noop(
            "%(who)s placed a notice on a section of “%(title)s”. Readers see it at once, as not reviewed, until a "
            "member of the board signs it."
        ),
    ),
    "sign_notice": _page_event(
        gettext_noop("A notice was signed: %(title)s"),
        gettext_noop("%(who)s signed the notice on a section of “%(title)s” for the board."),
    ),
    "withdraw_notice": _page_event(
        gettext_noop("A notice was withdrawn: %(title)s"),
        gettext_noop("%(who)s withdrew the notice on a section of “%(title)s”. Readers no longer see it."),
    ),
}
