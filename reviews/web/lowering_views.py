"""The list of what waits for a second person because it asks for less than today."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.web.desk import lowering_page


@require_safe
def lowerings(request: HttpRequest) -> HttpResponse:
    """List what waits: for those who may answer, who asked, and who reads the record."""
    if not lowering_page.may_list(request.user):
        raise PermissionDenied(_("This list is for editors and members of the Medical Advisory Board."))
    waiting = lowering_page.waiting(request.user)
    context = {"title": _("Lower requirements that wait for a second person"), "waiting": waiting}
    return TemplateResponse(request, "reviews/lowerings.html", {**admin.site.each_context(request), **context})
