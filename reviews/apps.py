"""The reviews app: after every migrate it guards its evidence, syncs the roles and opens the site's record."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("reviews")

    def ready(self) -> None:
        from reviews.policies import placeholders

        post_migrate.connect(_prepare, sender=self)
        # Django looks for an app's admin beside its models; ours stands with the other pages.
        autodiscover_modules("web.admin")
        checks.register(placeholders.check, deploy=True)


def _prepare(sender, using, **kwargs) -> None:
    from django.db import connections

    from articles import insert_only
    from reviews.policies import first_policy
    from reviews.record import upgrade
    from reviews.rules import permissions

    if "reviews_event" not in connections[using].introspection.table_names():
        return  # migrated back, or only as far as another app
    insert_only.install(insert_only.guarded_models("reviews"), using=using)
    permissions.sync_roles(using=using)
    first_policy.adopt(using=using)
    upgrade.take_over(using=using)
