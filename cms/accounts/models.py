"""User: a person, whose e-mail address is the login name."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by address, however they typed its case."""
        return self.get(email=(username or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_person(
        self,
        email: str,
        password: str | None,
        *,
        roles: Iterable[str] = (),
        by: "User | None" = None,
        reason: str = "",
        **fields: Any,
    ) -> "User":
        """Make a person with roles, and say so on the site's record."""
        from cms.accounts import account_record

        with transaction.atomic():
            person = self.create_user(email, password, **fields)
            person.groups.set(Group.objects.filter(name__in=roles))
            told = {"email": person.email, "roles": account_record.facts(person)["set_roles"], "reason": reason}
            account_record.put("add_person", person, by=by, **told)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """Make a person who may do everything, and say so on the site's record."""
        from cms.accounts import account_record

        with transaction.atomic():
            person = self.create_user(email, password, **fields, is_superuser=True)
            account_record.put("make_superuser", person, by=None, email=person.email)
        return person


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Deactivated, never deleted: the record would lose who did what."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, help_text=_("As printed next to what this person signs."))
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting: what this person did stays on record.")
    )
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

    def get_short_name(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()
