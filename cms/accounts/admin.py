"""People and roles: added, given roles, deactivated, never deleted."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
        (_("What they may do"), {"fields": ("is_active", "groups")}),
        (_("Dates"), {"fields": ("last_login", "joined_at")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password1", "password2")}),)
    actions = None

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_object(self, request: Any, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": capfirst(self.opts.verbose_name_plural)})

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        is_beyond = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_beyond

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("password"))
    def password_link(self, person: User) -> str:
        # Django's own field would show the hash's salt and rounds, which help nobody who works here.
        address = reverse("admin:auth_user_password_change", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Set a new password"))

    @admin.display(description=_("roles"))
    def role_names(self, person: User) -> str:
        return ", ".join(sorted(group.name for group in person.groups.all()))


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

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
