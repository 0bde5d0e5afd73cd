"""User: a person, whose e-mail address is the login name."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import Group, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by address, however they typed its case."""
        return self.get(email=(username or "").strip().lower())

    def create_user(
        self,
        email: str,
        password: str | None = None,
        *,
        by: "User | None" = None,
        roles: Iterable[str] = (),
        reason: str = "",
        **fields,
    ) -> "User":
        """Make a person with these roles, and say so on the site's record. `by` is None for the command line."""
        told = {"roles": list(roles), "reason": reason}
        return self._create(email, password, "add_person", by, told, fields)

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """Make a person who may do everything, and say so on the site's record."""
        return self._create(email, password, "make_superuser", None, {}, {**fields, "is_superuser": True})

    def _create(self, email, password, verb: str, by: "User | None", told: dict[str, Any], fields) -> "User":
        from cms.accounts import account_record

        person = self.model(email=email.strip().lower(), **fields)
        _check_name(person.name)
        person.set_password(password)
        with transaction.atomic():
            person.save()
            person.groups.set(Group.objects.filter(name__in=told.get("roles", [])))
            account_record.put(verb, person, by=by, email=person.email, **told)
        return person


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Deactivated, never deleted: the record would lose who did what."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, help_text=_("As printed next to what this person signs."))
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting: what this person did stays on record.")
    )
    # What binds each fact of the account to the event that set it; written with that event alone.
    credentials = models.JSONField(_("what binds the account to the record"), default=dict, editable=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "email"]
        permissions = [("use_admin", "Can enter the editorial desk")]
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=models.Q(email=Lower("email")))
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether this is the password. Django would store a newer hash in passing; here only an event may."""
        return check_password(raw_password, self.password)

    def get_short_name(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()
        _check_name(self.name)


def _check_name(name: str) -> None:
    """Refuse, by the rule for all that readers see, a name with characters that nobody sees."""
    try:
        import_string(settings.LINE_RULE)(name)
    except ValidationError as error:
        raise ValidationError({"name": error}) from error
