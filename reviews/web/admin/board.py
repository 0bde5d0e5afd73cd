"""Members of the Medical Advisory Board: administrators appoint and retire them, nobody deletes them."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from articles.models.person import signed_in
from reviews.models import BoardMember
from reviews.people import invitations, members
from reviews.rules import permissions
from reviews.web.admin import board_page, board_steps
from reviews.web.forms.board import InviteForm, MemberForm
from reviews.workflow import Refused


@admin.register(BoardMember)
class BoardMemberAdmin(SimpleHistoryAdmin):
    """A member's page. Who leaves is made inactive: what they signed stays theirs."""

    form = MemberForm
    change_form_template = "admin/reviews/boardmember/change_form.html"
    list_display = (
        *("printed_name", "specialty_names", "licence_expires", "away_from", "away_until", "is_guest", "is_active"),
    )
    list_filter = ("is_active", "is_guest", "specialties")
    search_fields = ("user__name", "user__email")
    fields = ("credentials", "specialties", "orcid", "biography", "is_guest", "reason")
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[BoardMember]:
        return super().get_queryset(request).select_related("user").prefetch_related("specialties")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if self.has_change_permission(request, obj) else self.fields[:-1]

    def get_urls(self) -> list[URLPattern]:
        own = [path("my-absence/", self.admin_site.admin_view(board_steps.my_absence), name="reviews_my_absence")]
        for step in board_steps.STEPS:
            view = self.admin_site.admin_view(board_steps.view_of(step))
            own.append(path(f"<int:pk>/{step.address}/", view, name=f"reviews_boardmember_{step.name}"))
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Invite somebody: the account, the member and the mail come from one form."""
        if not permissions.can_invite(request.user):
            raise PermissionDenied(_("Members are invited by an administrator."))
        form = InviteForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._invited(request, invitations.invite(by=signed_in(request.user), **form.values()))
            except Refused as refused:
                form.add_error(None, str(refused))
        status = 422 if form.errors else 200
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Invite somebody to review"),
            "form": form,
        }
        return TemplateResponse(request, "admin/reviews/boardmember/invite.html", context, status=status)

    def _invited(self, request: HttpRequest, invitation: invitations.Invitation) -> HttpResponse:
        member = invitation.member
        if not invitation.needs_link:
            messages.success(request, _("%s is invited, and signs in with the password they have.") % member)
        elif invitation.is_sent:
            words = _("%(name)s is invited. A mail with a link to set a password is on its way to %(address)s.")
            messages.success(request, words % {"name": member, "address": member.user.email})
        else:
            words = _("%(name)s is invited, but the mail to %(address)s could not be sent. Send the link again later.")
            messages.error(request, words % {"name": member, "address": member.user.email})
        return redirect("admin:reviews_boardmember_change", member.pk)

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        member = self.get_object(request, object_id) if object_id else None
        shown: dict[str, Any] = {"show_save_and_add_another": False}
        if member is not None:
            shown |= {"page": board_page.of(member, signed_in(request.user)), "title": str(member), "subtitle": None}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def save_model(self, request: HttpRequest, obj: BoardMember, form: Any, change: bool) -> None:
        form.before = members.entry_facts(BoardMember.objects.get(pk=obj.pk))
        names = [name for name in form.changed_data if name not in ("reason", "specialties")]
        members.save_entry(obj, names, by=signed_in(request.user), reason=form.cleaned_data["reason"].strip())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        members.record_entry(
            form.instance, form.before, by=signed_in(request.user), reason=form.cleaned_data["reason"].strip()
        )

    @admin.display(description=BoardMember._meta.verbose_name)
    def printed_name(self, member: BoardMember) -> str:
        return member.printed_name

    @admin.display(description=BoardMember._meta.get_field("specialties").verbose_name)
    def specialty_names(self, member: BoardMember) -> str:
        return ", ".join(specialty.name for specialty in member.specialties.all())
