"""Pages on which an editor looks at sources that seem to be one, side by side, and merges them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.forms.source_merge import MergeForm
from articles.library import duplicates
from articles.models import Source
from articles.models.person import AnyUser, signed_in
from articles.text import rendering
from articles.writing.editorial_policy import editorial_policy

MOST_SHOWN = 100
_SHOWN = (
    *("kind", "doi", "pmid", "set_id", "label_version", "effective_date", "marketing_category", "country"),
    *("level", "status", "checked_at", "note"),
)


def may_merge(user: AnyUser) -> bool:
    """Merging changes everybody's drafts, so it asks for the right to edit them."""
    return user.has_perm("articles.change_source") and user.has_perm("articles.edit_any_article")


def listing(request: HttpRequest, *, page: dict[str, Any]) -> HttpResponse:
    """Show the groups of sources that may be the same."""
    if not may_merge(request.user):
        raise PermissionDenied
    found, style = duplicates.groups(), editorial_policy().reference_style()
    context = {
        **page,
        "title": _("Possible duplicates"),
        "groups": [_printed(group, style) for group in found[:MOST_SHOWN]],
        "more": max(0, len(found) - MOST_SHOWN),
    }
    return TemplateResponse(request, "admin/articles/source/duplicates.html", context)


def _printed(group: list[Source], style: str) -> list[tuple[Source, str]]:
    return [(one, rendering.plain_reference(one.frozen(), style=style)) for one in group]


def merging(request: HttpRequest, one: int, other: int, *, page: dict[str, Any]) -> HttpResponse:
    """Show two sources beside each other; when posted, make one of them."""
    if not may_merge(request.user):
        raise PermissionDenied
    pair = _pair(one, other)
    form = MergeForm(request.POST if request.method == "POST" else None, pair=pair, initial={"keep": pair[0].pk})
    if request.method == "POST" and form.is_valid():
        gone, kept = form.merged()
        try:
            duplicates.merge(gone, into=kept, by=signed_in(request.user), reason=form.cleaned_data["reason"])
        except duplicates.NotTheSame as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(
                request,
                _("The two sources are merged. Texts that were frozen before keep the copy they were signed with."),
            )
            return HttpResponseRedirect(reverse("admin:articles_source_change", args=[kept.pk]))
    context = {
        **page,
        "title": _("Are these the same source?"),
        "form": form,
        "pair": pair,
        "rows": _differences(pair),
        "why_not": duplicates.why_not_same(*pair),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/articles/source/merge.html", context, status=status)


def _pair(one: int, other: int) -> tuple[Source, Source]:
    found = Source.objects.filter(merged_into=None).in_bulk([one, other])
    if len(found) != 2:
        raise Http404(_("There is no such pair of sources. They may have been merged already."))
    return found[one], found[other]


def _differences(pair: tuple[Source, Source]) -> list[dict[str, Any]]:
    """Return the reference as printed and each fact of both, with whether they differ."""
    style = editorial_policy().reference_style()
    printed = [rendering.plain_reference(source.frozen(), style=style) for source in pair]
    rows = [{"label": _("reference as printed"), "values": printed, "differs": printed[0] != printed[1]}]
    for name in _SHOWN:
        field = Source._meta.get_field(name)
        values = [_said(source, name) for source in pair]
        rows.append({"label": field.verbose_name, "values": values, "differs": values[0] != values[1]})  # type: ignore[union-attr]
    counts = [str(source.extracts.count()) for source in pair]
    cited = [str(source.citations.values("article").distinct().count()) for source in pair]
    rows.append({"label": _("stored passages"), "values": counts, "differs": False})
    rows.append({"label": _("drafts that cite it"), "values": cited, "differs": False})
    return rows


def _said(source: Source, name: str) -> str:
    display = getattr(source, f"get_{name}_display", None)
    found = display() if display is not None else getattr(source, name)
    return "–" if found in (None, "") else str(found)
