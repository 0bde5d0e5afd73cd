"""What was frozen and what readers see: read by editors and auditors, written by nobody here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin
from articles.models import Audience, Publication, Revision
from articles.text.rendering.sanitising import safe


@admin.register(Revision)
class RevisionAdmin(RecordAdmin):
    list_display = ("article", "number", "short_digest", "created_by", "created_at")
    list_display_links = ("number",)
    list_select_related = ("article", "created_by")
    search_fields = ("article__title", "digest")
    ordering = ("-created_at", "-id")
    fields = ("article", "number", "digest", "parent", "created_by", "created_at", "who_wrote", "size")
    readonly_fields = ("who_wrote", "size")
    change_form_template = "admin/articles/revision/change_form.html"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        found = super().get_queryset(request)
        # The list needs no text; a page of one revision reads it all.
        is_page = request.resolver_match is not None and str(request.resolver_match.url_name).endswith("_change")
        return found if is_page else found.defer("content")

    @admin.display(description=_("contributors"))
    def who_wrote(self, revision: Revision) -> str:
        people = get_user_model().objects.in_bulk(revision.contributors)
        return ", ".join(str(people.get(pk, f"#{pk}")) for pk in revision.contributors)

    @admin.display(description=_("canonical text"))
    def size(self, revision: Revision) -> str:
        return _("%d bytes, exactly as hashed") % len(revision.content.encode())

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        audience = request.GET.get("audience", "")
        chosen = audience if audience in Audience.values else Audience.PROFESSIONAL.value
        rendered = context["original"].renderings.filter(audience=chosen).order_by("-version").first()
        # Cleaned again on the way out: a page of the desk trusts no stored HTML.
        context["body"] = safe(rendered.html) if rendered else ""
        context["rendering_version"] = rendered.version if rendered else None
        context["audience"], context["audiences"] = chosen, Audience.choices
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Publication)
class PublicationAdmin(RecordAdmin):
    list_display = ("title", "status", "update", "is_shown", "is_indexed", "reviewed_at", "next_review_due")
    list_filter = ("status", "is_shown")
    search_fields = ("title",)
    fields = (
        "title", "slug", "article", "revision", "version", "status", "update", "update_at", "is_shown", "is_indexed",
        "submitted_at", "under_review_at", "published_at", "text_changed_at", "reviewed_at", "evidence_checked_at",
        "next_review_due", "second_review_due", "noindex_from", "hidden_from", "withdrawn_at", "reviewers_as_signed",
        "voided_shown", "unreviewed", "notices_shown", "masks_shown", "successor", "policy_version",
    )  # fmt: skip
    readonly_fields = ("reviewers_as_signed", "voided_shown", "unreviewed", "notices_shown", "masks_shown")

    @admin.display(description=_("reviewers as recorded when they signed"))
    def reviewers_as_signed(self, publication: Publication) -> str:
        return "\n".join(_facts(one) for one in publication.reviewers)

    @admin.display(description=_("signatures found void since the approval"))
    def voided_shown(self, publication: Publication) -> str:
        return "\n".join(_facts(one) for one in publication.voided)

    @admin.display(description=_("notices"))
    def notices_shown(self, publication: Publication) -> str:
        return "\n".join(_facts(one) for one in publication.notices)

    @admin.display(description=_("sections hidden behind a notice"))
    def masks_shown(self, publication: Publication) -> str:
        return "\n".join(_facts(one) for one in publication.masks)

    @admin.display(description=_("specialties that have not reviewed it"))
    def unreviewed(self, publication: Publication) -> str:
        return ", ".join(publication.unreviewed_specialties)


def _facts(record: Any) -> str:
    if not isinstance(record, dict):
        return str(record)
    return "; ".join(f"{name}: {value}" for name, value in record.items() if value)
