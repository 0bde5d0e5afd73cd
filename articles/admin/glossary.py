"""Glossary terms: written by authors and editors, approved word for word by the board."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import terms
from articles.admin import history
from articles.admin.page import DeskAdmin
from articles.forms.glossary import GlossaryTermForm
from articles.models import GlossaryTerm


class ApprovedFilter(admin.SimpleListFilter):
    title = gettext_lazy("approval")
    parameter_name = "approved"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Approved")), ("no", gettext_lazy("Waits for approval"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() in ("yes", "no"):
            return queryset.filter(approved_at__isnull=self.value() == "no")
        return queryset


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(DeskAdmin):
    form = GlossaryTermForm
    list_display = ("term", "plain", "approved_by", "approved_at")
    list_select_related = ("approved_by",)
    list_filter = (ApprovedFilter,)
    search_fields = ("term", "plain")
    fields = ("term", "variants", "plain", "definition", "approved_by", "approved_at")
    readonly_fields = ("approved_by", "approved_at")
    history_strands = (history.Strand(GlossaryTerm),)
    actions = ("approve_selected",)

    def save_model(self, request: Any, obj: GlossaryTerm, form: Any, change: bool) -> None:
        was_approved = obj.approved_at is not None
        terms.save_wording(obj, by=request.user, reason="")
        if was_approved and obj.approved_at is None:
            self.message_user(request, _("The wording changed, so it waits for approval again."), messages.WARNING)

    def has_approve_permission(self, request: Any) -> bool:
        return request.user.has_perm("articles.approve_glossaryterm")

    @admin.action(description=gettext_lazy("Approve the wording"), permissions=["approve"])
    def approve_selected(self, request: Any, queryset: Any) -> HttpResponse:
        """Lead to the page that shows the words; nothing is approved before somebody read them there."""
        chosen = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        return HttpResponseRedirect(f"{reverse('admin:articles_glossaryterm_approve')}?terms={chosen}")

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.approve)
        return [path("approve/", view, name="articles_glossaryterm_approve"), *super().get_urls()]

    def approve(self, request: Any) -> HttpResponse:
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

    def _approve_shown(self, request: Any) -> HttpResponse:
        approved = 0
        for shown in request.POST.getlist("term"):
            pk, _colon, digest = shown.partition(":")
            if not pk.isdecimal():
                continue
            try:
                terms.approve(int(pk), by=request.user, at=timezone.now(), seen=digest)
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
