"""What is told of the site's own record: the policy, members, campaigns, and a check that found a fault."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import SourceUpdate
from reviews.notifications.event_facts import EventFacts, day, my_reviews
from reviews.notifications.outbox import Notification
from reviews.notifications.recipients import administrators, board, editors, holders, people


def _adopt_policy(now: EventFacts) -> Iterator[Notification]:
    words = _(
        "%(who)s adopted version %(version)s of the editorial policy. Please read it: you sign under it from now on."
    )
    told = words % now.words(version=now.data["policy"])
    path = reverse("reviews:policy_version", args=[now.data["policy"]])
    yield Notification(board() | editors(), _("A new version of the editorial policy"), told, path, is_urgent=False)


def _request_lowering(now: EventFacts) -> Iterator[Notification]:
    subject = _("A second person is needed: lower requirements")
    words = _("%(who)s wants to lower what the editorial policy requires. Please agree or refuse.")
    if now.about is not None:
        subject = _("A second person is needed: %(title)s") % now.words()
        words = _("%(who)s wants to lower what “%(title)s” has to meet. Please agree or refuse.")
    yield Notification(editors() | board(), subject, words % now.words(), reverse("reviews:lowerings"))


def _confirm_lowering(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s agreed to the lower requirements that you asked for. They are in force for reviews from now on.")
    yield _to_who_asked(now, _("Agreed: lower requirements"), words)


def _refuse_lowering(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s refused the lower requirements that you asked for, with a reason. Nothing has changed.")
    yield _to_who_asked(now, _("Refused: lower requirements"), words)


def _to_who_asked(now: EventFacts, subject: str, words: str) -> Notification:
    return Notification(people([now.data["asked_by"]]), subject, words % now.words(), reverse("reviews:lowerings"))


def _member_page(now: EventFacts) -> str:
    return reverse("admin:reviews_boardmember_change", args=[now.data["member"]])


def _invite(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s invited %(name)s to the board. They can be asked when they have set their password.")
    if now.data["is_guest"]:
        words = _(
            "%(who)s invited %(name)s as a guest reviewer. They can be asked when somebody has verified who they are."
        )
    told = words % now.words(name=now.data["name"])
    subject = _("Invited: %(name)s") % now.data
    yield Notification(editors() | administrators(), subject, told, _member_page(now), is_urgent=False)


def _verify_guest(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s verified who you are. You can be asked to review single texts from now on.")
    yield Notification(people([now.data["person"]]), _("You can review now"), words % now.words(), my_reviews())


def _check_licence(now: EventFacts) -> Iterator[Notification]:
    if now.data["is_valid"]:
        return
    words = _(
        "%(who)s checked your licence and did not find it valid. You cannot sign until an editor has proof that it is."
    )
    yield Notification(
        people([now.data["person"]]), _("Your licence was not found valid"), words % now.words(), my_reviews()
    )
    words = _("%(who)s checked the licence of %(name)s and did not find it valid. They cannot sign from now on.")
    told = words % now.words(name=now.data["name"])
    subject = _("Licence not found valid: %(name)s") % now.data
    yield Notification(editors() | administrators(), subject, told, _member_page(now))


def _set_absence(now: EventFacts) -> Iterator[Notification]:
    days = now.data["to"]
    named = now.words(name=now.data["name"], **({"first": day(days[0]), "last": day(days[1])} if days else {}))
    words = _(
        "%(who)s entered that you are away from %(first)s to %(last)s. You will not be asked to review on those days."
    )
    if not days:
        words = _("%(who)s entered that you are back. You may be asked to review again.")
    yield Notification(people([now.data["person"]]), _("Your absence"), words % named, my_reviews(), is_urgent=False)
    words = _("%(name)s is away from %(first)s to %(last)s. Please check whether reviews are waiting for them.")
    if not days:
        words = _("%(name)s is back and may be asked to review again.")
    subject = _("Absence: %(name)s") % named
    yield Notification(editors(), subject, words % named, _member_page(now), is_urgent=False)


def _deactivate(now: EventFacts) -> Iterator[Notification]:
    number = now.data["open"]
    words = ngettext(
        "%(who)s removed %(name)s from the board. %(number)s open review is waiting for them: please hand it over.",
        "%(who)s removed %(name)s from the board. %(number)s open reviews are waiting for them: please hand them over.",
        number,
    )
    if not number:
        words = _("%(who)s removed %(name)s from the board. No open review is waiting for them.")
    told = words % now.words(name=now.data["name"], number=number)
    subject = _("Left the board: %(name)s") % now.data
    yield Notification(editors(), subject, told, _member_page(now), is_urgent=bool(number))
    words = _(
        "%(who)s removed you from the board: you will no longer be asked to review. What you signed remains yours."
    )
    yield Notification(
        people([now.data["person"]]), _("You left the board"), words % now.words(), reverse("reviews:policy")
    )


def _reactivate(now: EventFacts) -> Iterator[Notification]:
    words = _("%(who)s brought you back to the board. You may be asked to review again.")
    yield Notification(people([now.data["person"]]), _("Back on the board"), words % now.words(), my_reviews())


def _void_signatures(now: EventFacts) -> Iterator[Notification]:
    named = now.words(name=now.data["name"], since=day(now.data["since"]))
    words = _(
        "%(who)s found the signatures of %(name)s since %(since)s to be void. The texts are now checked one by "
        "one; you will be notified of each that is no longer approved."
    )
    subject = _("Signatures are being voided: %(name)s") % now.data
    yield Notification(editors() | administrators(), subject, words % named, _member_page(now))


def _open_campaign(now: EventFacts) -> Iterator[Notification]:
    words = _(
        "%(who)s opened the campaign “%(campaign)s”, because a source changed. The texts that cite it are "
        "listed: please help to decide on them."
    )
    subject = _("A source changed: %(title)s") % now.data
    told = words % now.words(campaign=now.data["title"])
    path = reverse("admin:reviews_campaign_change", args=[now.data["campaign"]])
    yield Notification(editors(), subject, told, path, is_urgent=False)


def _tell_of_source(now: EventFacts) -> Iterator[Notification]:
    """Urgent when readers are misled until somebody acts; the texts to be assigned follow one by one in the digest."""
    data, count = now.data, now.data["publications"]
    kind = str(SourceUpdate.Kind(data["kind"]).label)
    named = {"kind": kind.lower(), "title": data["source_title"], "count": count, "reviews": data["reviews"]}
    told = ngettext(
        "A source changed: “%(title)s” (%(kind)s). %(count)s published text cites it, and its readers are being told.",
        "A source changed: “%(title)s” (%(kind)s). %(count)s published texts cite it, and their readers are "
        "being told.",
        count,
    )
    path = reverse("admin:articles_source_change", args=[data["source"]])
    follows = _("No text relies on what changed, so no review was opened.")
    if data["campaign"]:
        path = reverse("admin:reviews_campaign_change", args=[data["campaign"]])
        follows = ngettext(
            "%(reviews)s of them relies on it. A campaign is open: please decide on its texts.",
            "%(reviews)s of them rely on it. A campaign is open: please decide on its texts.",
            data["reviews"],
        )
    elif data["reviews"]:
        follows = ngettext(
            "%(reviews)s of them relies on it and is reviewed again: please assign members of the board.",
            "%(reviews)s of them rely on it and are reviewed again: please assign members of the board.",
            data["reviews"],
        )
    subject = _("%(kind)s: %(title)s") % {"kind": kind, "title": data["source_title"]}
    is_urgent = data["kind"] in _URGENT or bool(data["campaign"])
    yield Notification(editors(), subject, f"{told} {follows}" % named, path, is_urgent=is_urgent)


_URGENT = (SourceUpdate.Kind.RETRACTION, SourceUpdate.Kind.CONCERN)


def _verify_audit(now: EventFacts) -> Iterator[Notification]:
    number = now.data["faults"]
    whose = administrators() | holders("reviews.audit_review")
    path = reverse("admin:reviews_event_changelist")
    if failure := now.data.get("failure"):
        words = _("The check of the record ended before it was done: %(failure)s Please run “verify_audit” now.")
        yield Notification(whose, _("The record could not be checked"), words % {"failure": failure}, path)
    elif number:
        words = ngettext(
            "The check of the record found %(number)s fault. Please run “verify_audit” now to see it.",
            "The check of the record found %(number)s faults. Please run “verify_audit” now to see each of them.",
            number,
        )
        yield Notification(whose, _("The record is not intact"), words % {"number": number}, path)


NOTIFY: dict[str, Callable[[EventFacts], Iterator[Notification]]] = {
    "adopt_policy": _adopt_policy,
    "request_lowering": _request_lowering,
    "confirm_lowering": _confirm_lowering,
    "refuse_lowering": _refuse_lowering,
    "invite": _invite,
    "verify_guest": _verify_guest,
    "check_licence": _check_licence,
    "set_absence": _set_absence,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
    "void_signatures": _void_signatures,
    "open_campaign": _open_campaign,
    "tell_of_source": _tell_of_source,
    "verify_audit": _verify_audit,
}
