"""The editor's step on a source: record an update of it, after seeing how many texts that concerns."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Source, SourceUpdate
from articles.models.person import Person
from reviews import tasks
from reviews.alerts import source_alerts
from reviews.models import EditorialPolicy
from reviews.rules import permissions
from reviews.web.forms.source_update import RecordUpdateForm
from reviews.web.steps.step_page import Attempt, Confirmation, Facts, StepPage, Subject


class SourceSubject(Subject):
    """A source of the library."""

    address = "desk/sources"
    stylesheet = "css/admin/changes.css"
    refusal = gettext_lazy("Only an editor can record a source update.")

    def load(self, request: HttpRequest, pk: int | None) -> Source:
        return get_object_or_404(Source, pk=pk)

    def frame(self, attempt: Attempt) -> Facts:
        source, address = attempt.found, self.leads_to(attempt)
        path = [(_("Sources"), reverse("admin:articles_source_changelist")), (source.title, address)]
        return {"path": path, "kicker": source.title, "back": (_("Back to the source"), address)}

    def leads_to(self, attempt: Attempt) -> str:
        return reverse("admin:articles_source_change", args=[attempt.found.pk])


def _record(source: Source, *, by: Person, told: source_alerts.Recorded) -> SourceUpdate:
    update = source_alerts.record(source, told, by=by)
    tasks.begin(tasks.tell_of_sources)
    return update


def _concerned(attempt: Attempt) -> Facts:
    kind, policy = attempt.form.cleaned_data["kind"], EditorialPolicy.objects.current()
    found = source_alerts.concerned(SourceUpdate(source=attempt.found, kind=kind))
    return {"concerned": found, "is_campaign": 0 < policy.campaign_from <= found.reviews}


STEPS = (
    StepPage(
        "record_update",
        SourceSubject(),
        RecordUpdateForm,
        _record,
        gettext_lazy("It is on record. The readers of every published text that cites it are being told."),
        gettext_lazy("Record it"),
        "danger",
        label=gettext_lazy("Record an update of this source"),
        help=gettext_lazy(
            "For example a retraction, a correction or a newer document. Readers of every published text that "
            "cites it are told at once, and texts that rely on it are reviewed again."
        ),
        part="reviews/_step_record_update.html",
        may=permissions.can_record_update,
        confirmation=Confirmation(gettext_lazy("Show what is affected"), _concerned),
    ),
)
