"""The steps of board administration, each a small page: its form, what it would do, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles.models.person import AnyUser, signed_in
from reviews import tasks
from reviews.models import BoardMember, Voiding
from reviews.people import departures, invitations, members, voidings
from reviews.rules import permissions
from reviews.web.forms import StepForm
from reviews.web.forms import board as forms
from reviews.workflow import Refused

Facts = dict[str, Any]


@dataclass(frozen=True)
class MemberStep:
    """One step on a member. `makes` fills its form, `acts` takes it and says what is now true, `shows` adds facts."""

    name: str
    label: Any
    button: Any
    may: Callable[[Any, BoardMember], bool]
    makes: Callable[[HttpRequest, BoardMember], StepForm]
    acts: Callable[[HttpRequest, BoardMember, dict[str, Any]], None]
    shows: Callable[[BoardMember, StepForm], Facts] = lambda member, form: {}
    fits: Callable[[BoardMember], bool] = lambda member: True
    help: Any = ""
    is_danger: bool = False
    # Shown once more with what it would do before it is taken.
    is_confirmed: bool = False

    @property
    def address(self) -> str:
        return self.name.replace("_", "-")

    def is_offered(self, user: AnyUser, member: BoardMember) -> bool:
        return self.fits(member) and self.may(user, member)


def view_of(step: MemberStep) -> Callable[..., HttpResponse]:
    """Return the page of a step: GET shows its form, POST takes it; a refused one comes back as it was filled in."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("reviews.view_boardmember"):
            raise PermissionDenied(_("This page is for those who look after the board."))
        member = get_object_or_404(BoardMember.objects.select_related("user"), pk=pk)
        if not step.may(request.user, member):
            raise PermissionDenied(_("You may not take this step for this member."))
        form = step.makes(request, member)
        if request.method != "POST":
            return _page(request, step, member, form)
        if not form.is_valid():
            return _page(request, step, member, form, status=422)
        if step.is_confirmed and not form.cleaned_data["confirmed"]:
            return _page(request, step, member, form, is_preview=True)
        try:
            step.acts(request, member, form.values())
        except Refused as refused:
            form.add_error(None, str(refused))
            return _page(request, step, member, form, status=422)
        return redirect("admin:reviews_boardmember_change", member.pk)

    return view


def _page(
    request: HttpRequest,
    step: MemberStep,
    member: BoardMember,
    form: StepForm,
    *,
    status: int = 200,
    is_preview: bool = False,
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": step.label,
        "step": step,
        "member": member,
        "form": form,
        "is_preview": is_preview,
        **step.shows(member, form),
    }
    return TemplateResponse(request, "admin/reviews/boardmember/step.html", context, status=status)


def _plain(form: type[StepForm], initial: Callable[[BoardMember], Facts] = lambda member: {}) -> Any:
    return lambda request, member: form(_sent(request), initial=initial(member))


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _check_licence(request: HttpRequest, member: BoardMember, values: Facts) -> None:
    found = members.check_licence(member, by=signed_in(request.user), **values)
    words = (
        _("The check is kept. The licence of %s holds.") if found.is_valid else _("The check is kept. %s cannot sign.")
    )
    messages.success(request, words % member)


def _verify(request: HttpRequest, member: BoardMember, values: Facts) -> None:
    members.verify_guest(member, by=signed_in(request.user), **values)
    messages.success(request, _("%s is verified and can be asked to review single texts.") % member)


def _set_absence(request: HttpRequest, member: BoardMember, values: Facts) -> None:
    fresh = members.set_absence(member, by=signed_in(request.user), **values)
    if fresh.away_until is None:
        messages.success(request, _("%s is not away.") % member)
    else:
        messages.success(request, _("%(name)s is away until %(day)s.") % {"name": member, "day": fresh.away_until})


def _leaving_form(form: type[forms.DeactivateForm]) -> Any:
    """Who may hand reviews over is asked to whom; whoever may not leaves them to an editor."""

    def make(request: HttpRequest, member: BoardMember) -> StepForm:
        others = None
        if permissions.can_hand_over(request.user):
            able = BoardMember.objects.able(timezone.localdate()).select_related("user")
            others = able.exclude(pk=member.pk).filter(is_guest=False)
        return form(_sent(request), others=others)

    return make


def _open_work(member: BoardMember, form: StepForm) -> Facts:
    return {"open_work": list(departures.open_assignments(member)), "hands_over": "to" in form.fields}


def _deactivate(request: HttpRequest, member: BoardMember, values: Facts) -> None:
    departures.deactivate(member, by=signed_in(request.user), reason=values["reason"])
    messages.success(request, _("%s is inactive: nobody can ask them, and they sign no more.") % member)
    if permissions.can_hand_over(request.user):
        _hand_over(request, member, values)


def _hand_over(request: HttpRequest, member: BoardMember, values: Facts) -> None:
    outcome = departures.hand_over(member, by=signed_in(request.user), reason=values["reason"], to=values.get("to"))
    if outcome.handed_over:
        count = len(outcome.handed_over)
        words = ngettext(
            "%(count)s review is handed over to %(name)s.", "%(count)s reviews are handed over to %(name)s.", count
        )
        messages.success(request, words % {"count": count, "name": values["to"]})
    if outcome.released:
        count = len(outcome.released)
        words = ngettext(
            "%s review lost its reviewer and waits in the queue.",
            "%s reviews lost a reviewer and wait in the queue.",
            count,
        )
        messages.warning(request, words % count)
    for review, problem in outcome.problems:
        words = _("“%(title)s” could not be handed over: %(why)s")
        messages.error(request, words % {"title": review.article.title, "why": problem})


def _reactivate(request: HttpRequest, member: BoardMember, values: Facts) -> None:
    departures.reactivate(member, by=signed_in(request.user), **values)
    messages.success(request, _("%s can be asked again.") % member)


def _dry_run(member: BoardMember, form: StepForm) -> Facts:
    if not form.is_bound or not form.is_valid():
        return {}
    return {"dry_run": voidings.dry_run(member, since=form.cleaned_data["since"])}


def _void(request: HttpRequest, member: BoardMember, values: Facts) -> None:
    found: Voiding = voidings.find(member, by=signed_in(request.user), **values)
    tasks.begin(tasks.void_signatures)
    count = voidings.left(found)
    if count:
        words = ngettext("It is carried out now: %s text is left.", "It is carried out now: %s texts are left.", count)
        messages.success(request, words % count)
    else:
        messages.success(request, _("The signatures are void. What they carried is to be signed for again."))


def _send_link(request: HttpRequest, member: BoardMember, values: Facts) -> None:
    if invitations.send_link(member, by=signed_in(request.user)):
        messages.success(request, _("The invitation is on its way to %s again.") % member.user.email)
    else:
        messages.error(request, _("The mail to %s could not be sent. Try again later.") % member.user.email)


def _away(member: BoardMember) -> Facts:
    return {"away_from": member.away_from, "away_until": member.away_until}


STEPS = (
    MemberStep(
        "check_licence",
        gettext_lazy("Check the licence"),
        gettext_lazy("Keep this check"),
        permissions.can_check_licence,
        _plain(forms.CheckLicenceForm, lambda member: {"licence": member.licence}),
        _check_licence,
        help=gettext_lazy("Look the licence up in its register first. The check cannot be changed afterwards."),
    ),
    MemberStep(
        "verify",
        gettext_lazy("Verify this guest"),
        gettext_lazy("Verify"),
        permissions.can_check_licence,
        _plain(forms.VerifyGuestForm),
        _verify,
        fits=lambda member: member.is_guest and member.verified_at is None,
        help=gettext_lazy(
            "From then on editors can ask the guest for single texts. Pages name them as a guest reviewer."
        ),
    ),
    MemberStep(
        "absence",
        gettext_lazy("Absence"),
        gettext_lazy("Keep these days"),
        permissions.can_set_absence,
        _plain(forms.AbsenceForm, _away),
        _set_absence,
        fits=lambda member: member.is_active,
        help=gettext_lazy("Empty both days to end an absence. Members enter theirs themselves under “My absence”."),
    ),
    MemberStep(
        "send_link",
        gettext_lazy("Send the invitation again"),
        gettext_lazy("Send it again"),
        lambda user, member: permissions.can_invite(user),
        _plain(forms.SendLinkForm),
        _send_link,
        fits=lambda member: member.user.is_active and not member.user.has_usable_password(),
        help=gettext_lazy("A mail with a new link to set a password goes to the member’s address."),
    ),
    MemberStep(
        "hand_over",
        gettext_lazy("Hand over the open reviews"),
        gettext_lazy("Hand over"),
        lambda user, member: permissions.can_hand_over(user),
        _leaving_form(forms.HandOverForm),
        _hand_over,
        shows=_open_work,
        fits=lambda member: not member.is_active,
    ),
    MemberStep(
        "reactivate",
        gettext_lazy("Make active again"),
        gettext_lazy("Make active again"),
        permissions.can_deactivate,
        _plain(forms.ReactivateForm),
        _reactivate,
        fits=lambda member: not member.is_active,
    ),
    MemberStep(
        "deactivate",
        gettext_lazy("Make inactive"),
        gettext_lazy("Make inactive"),
        permissions.can_deactivate,
        _leaving_form(forms.DeactivateForm),
        _deactivate,
        shows=_open_work,
        fits=lambda member: member.is_active,
        help=gettext_lazy(
            "Nobody can ask the member from then on, and they sign no more. What they signed stays theirs."
        ),
        is_danger=True,
    ),
    MemberStep(
        "void",
        gettext_lazy("Void signatures"),
        gettext_lazy("Void the signatures"),
        permissions.can_void,
        _plain(forms.VoidForm),
        _void,
        shows=_dry_run,
        help=gettext_lazy(
            "Texts that these signatures carried are told to readers as no longer approved, and reviewed again."
        ),
        is_danger=True,
        is_confirmed=True,
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
def my_absence(request: HttpRequest) -> HttpResponse:
    """A member's own page: when they are away."""
    if not permissions.is_on_board(request.user):
        raise PermissionDenied(_("This page is for members of the Medical Advisory Board."))
    user: Any = request.user
    member = user.board_member
    form = forms.AbsenceForm(request.POST or None, initial=_away(member))
    if request.method == "POST" and form.is_valid():
        try:
            _set_own_absence(request, member, form.values())
            return redirect("admin:reviews_my_absence")
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {**admin.site.each_context(request), "title": _("My absence"), "form": form, "member": member}
    context["open_work"] = list(departures.open_assignments(member))
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/reviews/boardmember/my_absence.html", context, status=status)


def _set_own_absence(request: HttpRequest, member: BoardMember, values: Facts) -> None:
    fresh = members.set_absence(member, by=signed_in(request.user), **values)
    if fresh.away_until is None:
        messages.success(request, _("You are not away: editors may ask you."))
    else:
        messages.success(request, _("Nobody asks you for reviews until %s.") % fresh.away_until)
