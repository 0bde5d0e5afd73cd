"""What is told of the site's own record: the policy, and a check that found a fault."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.notifications.audience import administrators, board, editors, holders
from reviews.notifications.happening import Happening
from reviews.outbox import Telling


def _adopt_policy(now: Happening) -> Iterator[Telling]:
    words = _(
        "%(who)s adopted version %(version)s of the editorial policy. Please read it: you sign under it from now on."
    )
    subject = _("A new version of the editorial policy")
    told = words % now.words(version=now.data["policy"])
    path = reverse("reviews:policy_version", args=[now.data["policy"]])
    yield Telling(board() | editors(), subject, told, path, is_urgent=False)


def _verify_audit(now: Happening) -> Iterator[Telling]:
    if now.data["faults"]:
        words = _("The check of the record found %(faults)s faults. Run “verify_audit” to see each of them, now.")
        told = words % {"faults": now.data["faults"]}
        whose = administrators() | holders("reviews.audit_review")
        yield Telling(whose, _("The record is not whole"), told, reverse("admin:reviews_event_changelist"))


TELL: dict[str, Callable[[Happening], Iterator[Telling]]] = {
    "adopt_policy": _adopt_policy,
    "verify_audit": _verify_audit,
}
