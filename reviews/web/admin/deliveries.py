"""What people were told by mail: what was sent, what waits, what fails and why. Nothing is edited; some try again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reviews.models import Delivery
from reviews.notifications import outbox
from reviews.rules import permissions
from reviews.web.admin.read_only import ReadOnlyAdmin

_STATES = {
    "sent": Q(sent_at__isnull=False),
    "waiting": Q(sent_at__isnull=True, next_attempt_at__isnull=False, last_error=""),
    "failing": Q(sent_at__isnull=True, next_attempt_at__isnull=False) & ~Q(last_error=""),
    "stopped": Q(sent_at__isnull=True, next_attempt_at__isnull=True),
}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("sent", _("Sent")), ("waiting", _("Waiting")), ("failing", _("Failing")), ("stopped", _("Stopped"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(_STATES.get(self.value() or "", Q()))


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    actions = ("try_again",)
    list_display = ("subject", "recipient", "state", "attempts", "created_at")
    list_display_links = ("subject",)
    list_filter = (StateFilter,)
    search_fields = ("subject", "recipient__name", "recipient__email", "=message_id")
    search_help_text = _("A title, a person, an address or a complete Message-ID.")
    list_select_related = ("recipient",)
    ordering = ("-id",)
    fields = (
        "recipient",
        "subject",
        "text",
        "path",
        "event",
        "is_urgent",
        "state",
        "attempts",
        "created_at",
        "next_attempt_at",
        "sent_at",
        "message_id",
        "last_error",
    )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {**(extra_context or {}), "title": _("Email notifications")})

    @admin.display(description=_("state"))
    def state(self, delivery: Delivery) -> str:
        if delivery.sent_at:
            return _("Sent %s") % _moment(delivery.sent_at)
        if delivery.next_attempt_at is None:
            return _("Stopped: %s") % delivery.last_error
        if delivery.last_error:
            named = {"error": delivery.last_error, "at": _moment(delivery.next_attempt_at)}
            return _("Failing: %(error)s (tried again %(at)s)") % named
        return _("Waiting until %s") % _moment(delivery.next_attempt_at)

    @admin.action(description=_("Try again now"), permissions=["try_again"])
    def try_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Send unsent mail now; what was sent is left alone."""
        number = outbox.try_again(queryset, at=timezone.now())
        words = ngettext("%s message is due now.", "%s messages are due now.", number) % number
        self.message_user(request, words, messages.SUCCESS if number else messages.INFO)

    def has_try_again_permission(self, request: HttpRequest) -> bool:
        return permissions.can_try_delivery_again(request.user)


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
