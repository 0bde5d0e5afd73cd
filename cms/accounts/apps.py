"""The accounts app, and the admin whose door asks for a permission."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    default = True
    name = "cms.accounts"
    label = "accounts"
    verbose_name = _("people")

    def ready(self) -> None:
        from cms.accounts.checks import check_mail

        checks.register(check_mail, deploy=True)


class EditorialAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "cms.accounts.sites.EditorialAdminSite"
