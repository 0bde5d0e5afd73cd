"""The editorial policy: its versions to read, and a new one filled in, tried out and adopted."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import signed_in
from reviews import tasks
from reviews.models import EditorialPolicy, Lowering
from reviews.policies import adoption, effects, policy_text, reach
from reviews.rules import lowered_terms
from reviews.web.admin.read_only import ReadOnlyAdmin
from reviews.web.forms.policy import PolicyForm
from reviews.workflow import Refused


@admin.register(EditorialPolicy)
class EditorialPolicyAdmin(ReadOnlyAdmin):
    """Each version as it was adopted. A change is a new version, on a page of its own."""

    list_display = ("version", "adopted_at", "adopted_by", "responsible_person", "due_days", "shows_pending")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("adopted_by")

    def has_adopt_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reviews.add_editorialpolicy")

    def get_urls(self) -> list[URLPattern]:
        adopt = path("adopt/", self.admin_site.admin_view(self.adopt_view), name="reviews_editorialpolicy_adopt")
        return [adopt, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        shown = {"title": _("Editorial policy"), "may_adopt": self.has_adopt_permission(request)}
        shown["is_waiting"] = Lowering.objects.pending().filter(article=None).exists()
        return super().changelist_view(request, shown | {"is_binding": reach.unfinished()})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a version in words, with what it changed; anybody finds the same on its public page."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied(_("A version cannot be edited: adopt another one."))
        policy = self.get_object(request, unquote(object_id))
        if policy is None or not self.has_view_permission(request, policy):
            return super().change_view(request, object_id, form_url, extra_context)
        before = EditorialPolicy.objects.filter(version__lt=policy.version).order_by("-version").first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Editorial policy, version %s") % policy.version,
            "opts": self.opts,
            "policy": policy,
            "fields": [(policy_text.label(name), policy_text.value(policy, name)) for name in policy_text.FIELDS],
            "before": before,
            "changed": policy_text.differences(before, policy) if before else [],
            "binds": policy_text.binds(policy),
            "left": reach.left(policy),
            "may_adopt": self.has_adopt_permission(request),
        }
        return TemplateResponse(request, "admin/reviews/editorialpolicy/version.html", context)

    def adopt_view(self, request: HttpRequest) -> HttpResponse:
        """Fill in a version, see what it would do, and adopt it: one address, each page carries on what was typed."""
        if not self.has_adopt_permission(request):
            raise PermissionDenied(_("You may not change the editorial policy."))
        current = EditorialPolicy.objects.current()
        form = PolicyForm(request.POST or None, current=current)
        if request.method != "POST" or "edit" in request.POST:
            return self._form_page(request, form, is_quiet="edit" in request.POST)
        if not form.is_valid():
            return self._form_page(request, form, status=422)
        if form.cleaned_data["seen"] != current.version:
            return self._moved(request, form, current)
        if "adopt" not in request.POST:
            return self._preview(request, form)
        if not request.POST.get("confirmed"):
            return self._preview(request, form, refusal=_("Tick the box to adopt this version."), status=422)
        return self._adopt(request, form)

    def _adopt(self, request: HttpRequest, form: PolicyForm) -> HttpResponse:
        try:
            adopted = adoption.adopt(form.version(), by=signed_in(request.user), seen=form.cleaned_data["seen"])
        except adoption.PolicyMoved as moved:
            return self._moved(request, form, moved.current)
        except Refused as refused:
            return self._preview(request, form, refusal=str(refused), status=422)
        if isinstance(adopted, Lowering):
            messages.success(request, _("This version asks for less: it waits for a second person. Nothing changed."))
            return redirect(reverse("reviews:lowerings"))
        tasks.begin(tasks.bind_policy)
        words = _("Version %s is in force. Reviews that begin from now on follow it.")
        messages.success(request, words % adopted.version)
        return redirect(reverse("admin:reviews_editorialpolicy_change", args=[adopted.pk]))

    def _moved(self, request: HttpRequest, form: PolicyForm, current: EditorialPolicy) -> HttpResponse:
        """Return the form as it was filled in, with what the version says that came between."""
        seen = EditorialPolicy.objects.filter(version=form.cleaned_data["seen"]).first()
        data = form.data.copy()  # type: ignore[attr-defined]
        data["seen"] = str(current.version)
        renewed = PolicyForm(data, current=current)
        changed = policy_text.differences(seen, current) if seen else []
        return self._form_page(request, renewed, status=409, moved=current, changed=changed)

    def _form_page(
        self, request: HttpRequest, form: PolicyForm, *, status: int = 200, is_quiet: bool = False, **shown: Any
    ) -> HttpResponse:
        context = {
            **self._frame(request, _("New version of the editorial policy")),
            "form": form,
            "groups": form.groups(),
            "current": form.current,
            "is_refused": status == 422 and not is_quiet,
            **shown,
        }
        return TemplateResponse(request, "admin/reviews/editorialpolicy/form.html", context, status=status)

    def _preview(self, request: HttpRequest, form: PolicyForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
        policy = form.version()
        changed = policy_text.differences(form.current, policy)
        refusal = refusal or ("" if changed else _("Nothing differs from the version in force."))
        context = {
            **self._frame(request, _("Effects of version %s") % policy.version),
            "form": form,
            "policy": policy,
            "current": form.current,
            "changed": changed,
            "lowered": lowered_terms.of_policy(form.current, policy),
            "effects": effects.of(policy, on=timezone.localdate()),
            "refusal": refusal,
        }
        return TemplateResponse(request, "admin/reviews/editorialpolicy/preview.html", context, status=status)

    def _frame(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
