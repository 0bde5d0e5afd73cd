"""What the steps of board administration are taken on: a member, nobody yet, or oneself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.models import BoardMember
from reviews.web.steps.step_page import Attempt, Facts, Subject


class MemberSubject(Subject):
    """A member of the board, for those who look after it; the admin of members gives the steps their addresses."""

    stylesheet = "css/admin/board.css"
    refusal = gettext_lazy("You may not take this step for this member.")

    def load(self, request: HttpRequest, pk: int | None) -> Any:
        if not request.user.has_perm("reviews.view_boardmember"):
            raise PermissionDenied(_("This page is for the people who manage the board."))
        return get_object_or_404(BoardMember.objects.select_related("user"), pk=pk)

    def frame(self, attempt: Attempt) -> Facts:
        member, address = attempt.found, self.leads_to(attempt)
        path = [_all_members(), (member, address)]
        return {"path": path, "kicker": member, "back": (_("Back to the member"), address)}

    def leads_to(self, attempt: Attempt) -> str:
        return reverse("admin:reviews_boardmember_change", args=[attempt.found.pk])


class InvitationSubject(Subject):
    """Nobody yet: the account, the member and the mail come from one form."""

    stylesheet = "css/admin/board.css"
    refusal = gettext_lazy("Only an administrator can invite members.")

    def load(self, request: HttpRequest, pk: int | None) -> None:
        return None

    def frame(self, attempt: Attempt) -> Facts:
        return {"path": [_all_members()]}


class OwnAbsenceSubject(Subject):
    """The person who is signed in, as a member of the board."""

    refusal = gettext_lazy("This page is for members of the Medical Advisory Board.")

    def load(self, request: HttpRequest, pk: int | None) -> Any:
        return request.user

    def frame(self, attempt: Attempt) -> Facts:
        return {"path": [(_("My reviews"), reverse("admin:reviews_assignment_changelist"))]}

    def leads_to(self, attempt: Attempt) -> str:
        return reverse("admin:reviews_my_absence")


MEMBER, INVITATION, OWN_ABSENCE = MemberSubject(), InvitationSubject(), OwnAbsenceSubject()


def _all_members() -> tuple[str, str]:
    return _("Board members"), reverse("admin:reviews_boardmember_changelist")
