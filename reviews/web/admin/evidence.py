"""The records of what happened, to read: decisions, events, waivers, disclosures."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from reviews.models import Decision, Disclosure, Event, Waiver
from reviews.record import event_sentences
from reviews.web.admin.read_only import ReadOnlyAdmin


def _link_to_review(review_id: int | None, label: Any) -> Any:
    if review_id is None:
        return label
    return format_html('<a href="{}">{}</a>', reverse("admin:reviews_review_change", args=[review_id]), label)


def _as_json(value: Any) -> str:
    return format_html("<pre>{}</pre>", json.dumps(value, indent=2, ensure_ascii=False))


class EvidenceAdmin(ReadOnlyAdmin):
    """Shows every field as it is stored. `related` are the rows a list needs beside its own."""

    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.related)


@admin.register(Decision)
class DecisionAdmin(EvidenceAdmin):
    related = ("assignment__review__article", "revision")
    list_display = ("decided_at", "signer_name", "verdict", "article", "short_digest", "authenticated_by")
    list_display_links = ("decided_at",)
    list_filter = ("verdict",)
    search_fields = ("revision_digest", "assignment__review__article__title")
    date_hierarchy = None
    ordering = ("-decided_at", "-id")

    @admin.display(description=_("signer as printed"))
    def signer_name(self, decision: Decision) -> str:
        return ", ".join(filter(None, (decision.signer.get("name"), decision.signer.get("credentials"))))

    @admin.display(description=_("article"))
    def article(self, decision: Decision) -> Any:
        return _link_to_review(decision.assignment.review_id, decision.assignment.review.article.title)

    @admin.display(description=_("digest of the text"))
    def short_digest(self, decision: Decision) -> Any:
        return format_html("<code>{}</code>", decision.revision_digest[:12])


class ChainFilter(admin.SimpleListFilter):
    """One article's chain, or the site's. The article comes from its own page: no list of thousands here."""

    title = _("chain")
    parameter_name = "chain"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        chosen = request.GET.get("chain", "")
        return [("site", _("The site")), *([(chosen, chosen)] if chosen.startswith("article:") else [])]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(chain=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(EvidenceAdmin):
    related = ("actor",)
    list_display = ("at", "chain", "sequence", "in_words", "short_digest")
    list_display_links = ("at",)
    list_filter = (ChainFilter, "verb")
    search_fields = ("=chain", "=digest")
    search_help_text = _("A chain, for example article:12, or a complete digest.")
    ordering = ("-id",)
    fields = ("chain", "sequence", "verb", "actor_name", "at", "in_words", "recorded", "previous_digest", "digest")

    @admin.display(description=_("what happened"))
    def in_words(self, event: Event) -> str:
        return event_sentences.sentence(event, includes_interests=True)

    @admin.display(description=_("digest"))
    def short_digest(self, event: Event) -> Any:
        return format_html("<code>{}</code>", event.digest[:12])

    @admin.display(description=_("data"))
    def recorded(self, event: Event) -> Any:
        return _as_json(event.data)


@admin.register(Waiver)
class WaiverAdmin(EvidenceAdmin):
    related = ("article", "waived_by", "concurrence__member__user")
    list_display = ("waived_at", "article", "rule", "waived_by", "agreement", "reason")
    list_filter = ("rule",)
    search_fields = ("article__title", "reason")
    ordering = ("-waived_at", "-id")

    @admin.display(description=_("agreed by"))
    def agreement(self, waiver: Waiver) -> Any:
        if not waiver.needs_concurrence:
            return _("not needed")
        return waiver.concurrence.member if waiver.is_in_force else _("waiting for a board member")


@admin.register(Disclosure)
class DisclosureAdmin(EvidenceAdmin):
    """Confidential: for editors and auditors."""

    related = ("member__user", "review__article", "review__revision", "ruling__ruled_by")
    list_display = ("declared_at", "member", "declared", "about", "ruled")
    search_fields = ("member__user__name",)
    fields = ("member", "about", "declared", "statement", "declared_at", "ruled")

    @admin.display(description=_("interests"))
    def declared(self, disclosure: Disclosure) -> str:
        return "; ".join(
            ", ".join(filter(None, (one.get("nature"), one.get("organisation"), one.get("period"))))
            for one in disclosure.interests
        ) or str(_("none"))

    @admin.display(description=_("for the review"))
    def about(self, disclosure: Disclosure) -> Any:
        return _link_to_review(disclosure.review_id, disclosure.review or _("any review, for one year"))

    @admin.display(description=_("ruling"))
    def ruled(self, disclosure: Disclosure) -> Any:
        if not disclosure.interests:
            return _("not needed")
        ruling = getattr(disclosure, "ruling", None)
        if ruling is None:
            return _("waiting for an editor")
        return f"{ruling.get_outcome_display()} ({ruling.ruled_by}): {ruling.reason}"
