"""Looking sources up from the desk: ask, see what was found beside what is here, take over what one chooses."""

import io
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles import tasks
from articles.forms.fields import words_of
from articles.forms.sources import IdentifierForm, RetractionFileForm, SourceForm
from articles.library import csl_fields, lookups, retraction_watch
from articles.library.services.service_clients import SwitchedOff
from articles.models import LookUp, Source
from articles.models.person import signed_in

_MOST_AT_ONCE = 100
_MOST_IN_A_REQUEST = 3
_NAMES_OF_VARIABLES = {
    "type": gettext_lazy("Type of work"),
    "editor": gettext_lazy("Editors"),
    "language": gettext_lazy("Language"),
    "issued": gettext_lazy("Date"),
}


class LookUpPages:
    """The pages of look-ups, as part of the admin of sources."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("look-up/", wrap(self.add_by_identifier), name="articles_source_add_by_identifier"),
            path("retractions/", wrap(self.retractions), name="articles_source_retractions"),
            path("look-ups/<int:pk>/", wrap(self.found), name="articles_source_found"),
            path("<int:pk>/look-up/", wrap(self.look_up), name="articles_source_look_up"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {**_switched(), **(extra_context or {})})  # type: ignore[misc]

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        known = object_id if object_id and str(object_id).isdecimal() else None
        last = LookUp.objects.filter(source=known).first() if known else None
        context = {**_switched(), "last_look_up": last, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]

    @admin.action(description=gettext_lazy("Look up"), permissions=["change"])
    def look_up_selected(self, request: HttpRequest, queryset: Any) -> None:
        """Look up the chosen sources; what was found waits on the page of each."""
        if not settings.LOOKUPS_ENABLED:
            return self._say(request, str(SwitchedOff()), messages.WARNING)
        chosen, asked = list(queryset.filter(merged_into=None)[: _MOST_AT_ONCE + 1]), 0
        for source in chosen[:_MOST_AT_ONCE]:
            try:
                question = lookups.ask_of(source, by=signed_in(request.user), at=timezone.now())
            except lookups.UnknownIdentifier as error:
                self._say(request, str(error), messages.WARNING)
                continue
            asked += 1
            # Where jobs run in the request itself a person waits for few; the clock asks the rest.
            if not settings.CELERY_TASK_ALWAYS_EAGER or asked <= _MOST_IN_A_REQUEST:
                _begin(question)
        words = ngettext("%d source is being looked up.", "%d sources are being looked up.", asked)
        if len(chosen) > _MOST_AT_ONCE:
            words += " " + _("The others were left out: too many were selected at once.")
        return self._say(request, words % asked)

    @method_decorator(require_POST)
    def look_up(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Look up one source."""
        source = Source.objects.filter(pk=pk).first()
        if source is None:
            raise Http404(_("There is no such source."))
        if not self.has_change_permission(request, source):  # type: ignore[attr-defined]
            raise PermissionDenied
        page = HttpResponseRedirect(reverse("admin:articles_source_change", args=[pk]))
        if not settings.LOOKUPS_ENABLED:
            self._say(request, str(SwitchedOff()), messages.WARNING)
            return page
        try:
            asked = lookups.ask_of(source, by=signed_in(request.user), at=timezone.now())
        except lookups.UnknownIdentifier as error:
            self._say(request, str(error), messages.WARNING)
            return page
        _begin(asked)
        return HttpResponseRedirect(reverse("admin:articles_source_found", args=[asked.pk]))

    def add_by_identifier(self, request: HttpRequest) -> HttpResponse:
        """Ask for a publication that is not here; lead to it when it is."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        form = IdentifierForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and settings.LOOKUPS_ENABLED:
            service, identifier = form.cleaned_data["identifier"]
            if here := lookups.named_here(service, identifier):
                self._say(request, _("This source is already in the library. Look it up to see what is new."))
                return HttpResponseRedirect(reverse("admin:articles_source_change", args=[here.pk]))
            asked = lookups.ask(service, identifier, by=signed_in(request.user), at=timezone.now())
            _begin(asked)
            return HttpResponseRedirect(reverse("admin:articles_source_found", args=[asked.pk]))
        context = {**self._frame(request, _("Add a source by its identifier")), **_switched(), "form": form}
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/articles/source/identifier.html", context, status=status)

    def retractions(self, request: HttpRequest) -> HttpResponse:
        """Screen the sources by the Retraction Watch file, without a network."""
        if not self.has_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        form = RetractionFileForm(request.POST or None, request.FILES or None)
        report = None
        if request.method == "POST" and form.is_valid():
            lines = io.TextIOWrapper(form.cleaned_data["file"], encoding="utf-8-sig", errors="replace", newline="")
            is_dry_run = form.cleaned_data["is_dry_run"]
            try:
                report = retraction_watch.screen(
                    lines, by=signed_in(request.user), at=timezone.now(), dry_run=is_dry_run
                )
            except retraction_watch.UnreadableFile as error:
                form.add_error("file", str(error))
        context = {**self._frame(request, _("Screen for retractions")), "form": form, "report": report}
        status = 422 if form.errors or (request.method == "POST" and report is None) else 200
        return TemplateResponse(request, "admin/articles/source/retractions.html", context, status=status)

    def found(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what was found beside what is here; when posted, take over what was chosen."""
        asked = LookUp.objects.select_related("source", "asked_by").filter(pk=pk).first()
        if asked is None:
            raise Http404(_("There is no such look-up."))
        may = self.has_change_permission(request) if asked.source else self.has_add_permission(request)  # type: ignore[attr-defined]
        if not may:
            raise PermissionDenied
        if request.method == "POST":
            return self._apply(request, asked)
        names = [name for name in asked.proposals if not _is_fixed(asked, name)]
        context = {
            **self._frame(request, _("Look-up results")),
            **_switched(),
            "asked": asked,
            "rows": [_row(name, *asked.proposals[name]) for name in names],
            "fixed": [_row(name, *asked.proposals[name]) for name in asked.proposals if name not in names],
            "updates": asked.result.get("updates", []),
            "sections": asked.result.get("sections", []),
        }
        return TemplateResponse(request, "admin/articles/source/found.html", context)

    def _apply(self, request: HttpRequest, asked: LookUp) -> HttpResponse:
        here = HttpResponseRedirect(reverse("admin:articles_source_found", args=[asked.pk]))
        chosen = request.POST.getlist("take")
        if asked.source is not None and not chosen:
            self._say(request, _("Nothing was selected, so nothing changed."), messages.WARNING)
            return here
        try:
            source = lookups.apply(asked.pk, chosen, by=signed_in(request.user), at=timezone.now())
        except lookups.AlreadyHere as error:
            self._say(request, str(error), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:articles_source_change", args=[error.source.pk]))
        except (lookups.AlreadyApplied, lookups.Moved) as error:
            self._say(request, str(error), messages.WARNING)
            return here
        self._say(request, _("The selected values were added.") if asked.source else _("The source is in the library."))
        return HttpResponseRedirect(reverse("admin:articles_source_change", args=[source.pk]))

    def _frame(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

    def _say(self, request: HttpRequest, words: str, level: int = messages.INFO) -> None:
        messages.add_message(request, level, words)


def _begin(asked: LookUp) -> None:
    transaction.on_commit(lambda: tasks.begin(tasks.look_up, asked.pk), robust=True)


def _switched() -> dict[str, Any]:
    return {"look_ups_are_on": settings.LOOKUPS_ENABLED, "switched_off": str(SwitchedOff())}


def _is_fixed(asked: LookUp, name: str) -> bool:
    # Of a new source these are not a choice: without them it would be another one.
    return asked.source is None and name in ("kind", "title", "doi", "pmid", "set_id", "label_version")


def _row(name: str, present: Any, value: Any) -> dict[str, Any]:
    return {"name": name, "label": _label(name), "present": _shown(name, present), "value": _shown(name, value)}


def _label(name: str) -> str:
    if name in lookups.FIELDS:
        return str(words_of(Source, name)["label"])
    if name in _NAMES_OF_VARIABLES:
        return str(_NAMES_OF_VARIABLES[name])
    field = next((one for one, variable in csl_fields.VARIABLES.items() if variable == name), "")
    return str(SourceForm.base_fields[field].label) if field else name


def _shown(name: str, value: Any) -> str:
    """Return a value as people read it: names one after the other, a date with hyphens, a choice in its words."""
    if value in (None, "", [], {}):
        return "–"
    if name in ("kind", "level"):
        return str(dict(Source._meta.get_field(name).flatchoices).get(value, value))  # type: ignore[union-attr]
    if name in ("author", "editor"):
        return "; ".join(csl_fields.fields_of({"author": value})["authors"]) or "–"
    if name == "issued":
        shown = csl_fields.fields_of({"issued": value})
        return "-".join(f"{shown[part]:02}" for part in ("year", "month", "day") if shown.get(part)) or "–"
    return str(value)
