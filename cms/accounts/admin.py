"""People and roles: added, given roles, deactivated, never deleted; each change is on the site's record."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.accounts import account_record, password_links
from cms.accounts.forms import PersonAddForm, PersonChangeForm
from cms.accounts.models import User

admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People. Nobody who is not a superuser reaches a superuser's account or can make one."""

    form = PersonChangeForm
    add_form = PersonAddForm
    list_display = ("name", "email", "role_names", "is_active")
    list_filter = ("is_active", "groups")
    search_fields = ("name", "email")
    ordering = ("name", "email")
    filter_horizontal = ()
    readonly_fields = ("password_link", "last_login", "joined_at")
    fieldsets = (
        (None, {"fields": ("email", "name", "password_link")}),
        (_("Permissions"), {"fields": ("is_active", "groups")}),
        (_("Dates"), {"fields": ("last_login", "joined_at")}),
        (_("Reason for the change"), {"fields": ("reason",)}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "groups", "reason")}),)
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": capfirst(self.opts.verbose_name_plural)})

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = super().get_fieldsets(request, obj)
        return shown if obj is None or self.has_change_permission(request, obj) else shown[:3]

    def get_urls(self) -> Any:
        """Nobody types another person's password: in place of Django's page for it stands a link by mail."""
        kept = [url for url in super().get_urls() if url.name != "auth_user_password_change"]
        send = path("<id>/send-link/", self.admin_site.admin_view(self.send_link), name="accounts_user_send_link")
        return [send, *kept]

    def send_link(self, request: HttpRequest, id: str) -> Any:
        """Ask, then mail a person the link by which they set a new password."""
        person = self.get_object(request, unquote(id))
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if request.method == "POST":
            self._send(request, person)
            return redirect("admin:accounts_user_change", person.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "person": person}
        context["title"] = gettext("Send a link to set a new password")
        return TemplateResponse(request, "admin/accounts/user/send_link.html", context)

    def _send(self, request: HttpRequest, person: User, *, is_invitation: bool = False) -> None:
        if password_links.send(person, by=_signed_in(request), is_invitation=is_invitation):
            messages.success(request, gettext("A link to set a password was sent to %s.") % person.email)
        else:
            words = gettext("The email to %s could not be sent. Send the link again later from this page.")
            messages.error(request, words % person.email)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        form.before = account_record.facts(User.objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Put on the record who may do what from now on; tell the old address when there is another one."""
        super().save_related(request, form, formsets, change)
        person, reason = form.instance, form.cleaned_data["reason"].strip()
        if not change:
            data = {"email": person.email, "roles": account_record.facts(person)["set_roles"], "reason": reason}
            account_record.put("add_person", person, by=_signed_in(request), **data)
            transaction.on_commit(lambda: self._send(request, person, is_invitation=True))
        elif "set_email" in account_record.changes(person, form.before, by=_signed_in(request), reason=reason):
            old = form.before["set_email"]
            transaction.on_commit(lambda: password_links.tell_old_address(old, person), robust=True)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_beyond = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_beyond

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("password"))
    def password_link(self, person: User) -> str:
        # Django's own field would show the hash's salt and rounds, which help nobody who works here.
        state = "" if person.has_usable_password() else gettext("not set yet · ")
        address = reverse("admin:accounts_user_send_link", args=[person.pk])
        return format_html('{}<a href="{}">{}</a>', state, address, gettext("Send a link to set a new password"))

    @admin.display(description=_("roles"))
    def role_names(self, person: User) -> str:
        return ", ".join(sorted(group.name for group in person.groups.all()))


def _signed_in(request: HttpRequest) -> User:
    """Return who asks: a page of the desk is not public."""
    return cast(User, request.user)


@admin.register(Group)
class RoleAdmin(admin.ModelAdmin):
    """Roles, as the code's one table of them says; here they are only read."""

    search_fields = ("name",)
    fields = ("name", "may")
    readonly_fields = ("may",)
    actions = None

    @admin.display(description=_("may"))
    def may(self, group: Group) -> str:
        return "\n".join(sorted(permission.name for permission in group.permissions.all()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
