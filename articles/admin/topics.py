"""Topics that readers browse by, and the specialties they need."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin import history
from articles.admin.base import DeskAdmin
from articles.models import Specialty, Topic
from articles.models.person import signed_in
from articles.writing import drafting


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    list_display = ("name", "slug", "article_count")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "slug", "specialties")
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    history_strands = (history.Strand(Topic),)
    actions = None

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).annotate(articles_about=Count("articles"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        # Readers keep addresses; a topic has no former ones to lead them on.
        return ("slug",) if obj is not None else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict:
        return {} if obj is not None else {"slug": ("name",)}

    @admin.display(description=_("articles"), ordering="articles_about")
    def article_count(self, topic: Any) -> int:
        return topic.articles_about

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        drafting.save(obj, by=signed_in(request.user), reason="")


@admin.register(Specialty)
class SpecialtyAdmin(DeskAdmin):
    search_fields = ("name",)
    actions = None
