"""The editor's step on a source: record what befell it, after seeing how many texts that concerns."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Source, SourceUpdate
from articles.models.person import signed_in
from reviews import tasks
from reviews.alerts import source_alerts
from reviews.models import EditorialPolicy
from reviews.rules import permissions
from reviews.web.forms.source_update import RecordUpdateForm
from reviews.workflow import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def record_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Record in two sendings: the first shows whom it concerns, the second confirms."""
    source = get_object_or_404(Source, pk=pk)
    if not permissions.can_record_update(request.user, source):
        raise PermissionDenied(_("Only an editor records what befell a source."))
    form = RecordUpdateForm(request.POST or None)
    if not form.is_valid():
        return _page(request, source, form, status=422 if request.method == "POST" else 200)
    if not form.cleaned_data["confirmed"]:
        return _page(request, source, form, **_concerned(source, form))
    try:
        source_alerts.record(source, form.told(), by=signed_in(request.user))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, source, form, status=422)
    tasks.begin(tasks.tell_of_sources)
    messages.success(request, _("It is on record. The readers of every published text that cites it are being told."))
    return redirect("admin:articles_source_change", source.pk)


def _concerned(source: Source, form: RecordUpdateForm) -> dict[str, Any]:
    found = source_alerts.concerned(SourceUpdate(source=source, kind=form.cleaned_data["kind"]))
    policy = EditorialPolicy.objects.current()
    return {"preview": True, "concerned": found, "is_campaign": 0 < policy.campaign_from <= found.reviews}


def _page(
    request: HttpRequest, source: Source, form: RecordUpdateForm, *, status: int = 200, **facts: Any
) -> TemplateResponse:
    context = {**admin.site.each_context(request), "source": source, "form": form, **facts}
    return TemplateResponse(request, "reviews/source_record_update.html", context, status=status)
