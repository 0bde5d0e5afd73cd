"""Glossary terms: written by authors and editors, approved word for word by the board."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import tasks
from articles.admin import history
from articles.admin.base import DeskAdmin
from articles.forms.glossary import GlossaryTermForm
from articles.models import GlossaryTerm
from articles.models.person import signed_in
from articles.writing import terms


class ApprovedFilter(admin.SimpleListFilter):
    title = gettext_lazy("approval")
    parameter_name = "approved"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Approved")), ("no", gettext_lazy("Waiting for approval"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in ("yes", "no"):
            return queryset.filter(approved_at__isnull=self.value() == "no")
        return queryset


class UseFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Used")), ("no", gettext_lazy("Unused"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        used = Q(use__drafts__gt=0) | Q(use__published__gt=0)
        if self.value() == "yes":
            return queryset.filter(used)
        return queryset.exclude(used) if self.value() == "no" else queryset


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(DeskAdmin):
    form = GlossaryTermForm
    list_display = ("term", "plain", "drafts", "published", "approved_by", "approved_at")
    list_select_related = ("approved_by", "use")
    list_filter = (ApprovedFilter, UseFilter)
    search_fields = ("term", "plain", "definition", "other_forms")
    fields = ("term", "variants", "plain", "definition", "approved_by", "approved_at", "uses")
    readonly_fields = ("approved_by", "approved_at", "uses")
    history_strands = (history.Strand(GlossaryTerm),)
    actions = ("approve_selected", "count_uses")

    def get_queryset(self, request: HttpRequest) -> Any:
        # A search within JSON would look for a whole variant, quoted.
        return super().get_queryset(request).annotate(other_forms=Cast("variants", TextField()))

    @admin.display(description=gettext_lazy("drafts"), ordering="use__drafts")
    def drafts(self, obj: GlossaryTerm) -> int | None:
        return obj.use.drafts if hasattr(obj, "use") else None

    @admin.display(description=gettext_lazy("published texts"), ordering="use__published")
    def published(self, obj: GlossaryTerm) -> int | None:
        return obj.use.published if hasattr(obj, "use") else None

    @admin.display(description=gettext_lazy("used in"))
    def uses(self, obj: GlossaryTerm) -> str:
        """Say where the term is used and how old that count is."""
        if not hasattr(obj, "use"):
            return _("Not counted yet.")
        return _("%(drafts)d drafts and %(published)d published texts, counted on %(date)s") % {
            "drafts": obj.use.drafts,
            "published": obj.use.published,
            "date": date_format(timezone.localtime(obj.use.counted_at), "DATETIME_FORMAT"),
        }

    def save_model(self, request: HttpRequest, obj: GlossaryTerm, form: Any, change: bool) -> None:
        was_approved = obj.approved_at is not None
        terms.save_wording(obj, by=signed_in(request.user), reason="")
        if was_approved and obj.approved_at is None:
            self.message_user(request, _("The wording changed, so it needs approval again."), messages.WARNING)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.approve_glossaryterm")

    @admin.action(description=gettext_lazy("Count again where terms are used"), permissions=["change"])
    def count_uses(self, request: HttpRequest, queryset: Any) -> None:
        """Have every term counted anew, chosen or not: the texts are read once for all of them."""
        transaction.on_commit(lambda: tasks.count_term_uses.delay(), robust=True)
        self.message_user(request, _("The uses of all terms are being counted."))

    @admin.action(description=gettext_lazy("Approve the wording"), permissions=["approve"])
    def approve_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """Lead to the page that shows the words; nothing is approved before somebody read them there."""
        chosen = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        return HttpResponseRedirect(f"{reverse('admin:articles_glossaryterm_approve')}?terms={chosen}")

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.approve)
        return [path("approve/", view, name="articles_glossaryterm_approve"), *super().get_urls()]

    def approve(self, request: HttpRequest) -> HttpResponse:
        """Show the wording of the chosen terms; when posted, approve each as it was shown."""
        if not self.has_approve_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._approve_shown(request)
        chosen = [int(pk) for pk in request.GET.get("terms", "").split(",") if pk.isdecimal()][:200]
        found = GlossaryTerm.objects.filter(pk__in=chosen, approved_at__isnull=True)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Approve the wording"),
            "opts": self.opts,
            "terms": [(term, terms.wording_digest(term)) for term in found],
        }
        return TemplateResponse(request, "admin/articles/glossaryterm/approve.html", context)

    def _approve_shown(self, request: HttpRequest) -> HttpResponse:
        approved = 0
        for shown in request.POST.getlist("term"):
            pk, _colon, digest = shown.partition(":")
            if not pk.isdecimal():
                continue
            try:
                terms.approve(int(pk), by=signed_in(request.user), at=timezone.now(), seen=digest)
            except terms.WordingMoved as moved:
                words = _("The wording of “%s” changed while you were reading. Read it again.") % moved.term
                self.message_user(request, words, messages.WARNING)
            except (GlossaryTerm.DoesNotExist, terms.AlreadyApproved):
                continue
            else:
                approved += 1
        if approved:
            self.message_user(request, _("Terms approved: %d. Plain pages frozen from now on explain them.") % approved)
        return HttpResponseRedirect(reverse("admin:articles_glossaryterm_changelist"))
