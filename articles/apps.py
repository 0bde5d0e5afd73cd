"""The articles app: its frozen tables are guarded after every migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("articles")

    def ready(self) -> None:
        pre_migrate.connect(_take_off_address_triggers, sender=self)
        post_migrate.connect(_guard_frozen_tables, sender=self)


def _take_off_address_triggers(sender, using, **kwargs) -> None:
    from articles.models import address_triggers

    address_triggers.remove(using=using)


def _guard_frozen_tables(sender, using, **kwargs) -> None:
    from articles import insert_only
    from articles.models import address_triggers

    insert_only.install(insert_only.guarded_models("articles"), using=using)
    address_triggers.install(using=using)
