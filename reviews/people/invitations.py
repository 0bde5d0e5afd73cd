"""Inviting somebody to the board, or as a guest: the account, the member, and the link to set a password."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from articles.models import Specialty
from articles.models.person import Person
from reviews.models import BoardMember
from reviews.people import members
from reviews.record import event_chain
from reviews.rules import permissions
from reviews.workflow.step import Refused, refuse_hidden, sentence


@dataclass(frozen=True)
class Invitation:
    """What came of an invitation: the member, whether a link was needed, and whether its mail left."""

    member: BoardMember
    needs_link: bool
    is_sent: bool


def invite(
    *,
    by: Person,
    email: str,
    name: str,
    credentials: str,
    specialties: Iterable[Specialty],
    is_guest: bool,
    reason: str,
) -> Invitation:
    """Make somebody a member of the board, or a guest reviewer, and send them a link to set their password.

    A person who has an account keeps it, with their name and password. Raises `PermissionDenied`, and `Refused` with
    a sentence. The mail is sent after the transaction: a mail server that is down undoes no invitation, and the link
    can be sent again.
    """
    if not permissions.can_invite(by):
        raise PermissionDenied(_("You may not invite members of the board."))
    with transaction.atomic():
        # Two who invite the same person meet one after the other: the second is told, not thrown out.
        event_chain.site_chain()
        person, is_new = _person(email, name, by)
        member = BoardMember(user=person, credentials=credentials.strip(), is_guest=is_guest)
        refuse_hidden(member)
        words = sentence(reason, _("Say why this person is asked to the board."))
        members.enter(member, specialties, by=by, reason=words, is_new=is_new)
    needs_link = not person.has_usable_password()
    return Invitation(member, needs_link, needs_link and send_link(member, by=by))


def send_link(member: BoardMember, *, by: Person) -> bool:
    """Mail a member the link to set a password; says whether the mail left. Nothing but the mail holds the token."""
    return bool(import_string(settings.PASSWORD_LINK)(member.user, by=by, is_invitation=True))


def _person(email: str, name: str, by: Person) -> tuple[Any, bool]:
    people = get_user_model().objects
    address = email.strip().lower()
    person = people.filter(email=address).select_related("board_member").first()
    if person is None:
        try:
            return people.create_user(address, None, name=name.strip(), by=by), True
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
    if hasattr(person, "board_member"):
        raise Refused(_("%s is already on the board, or was: look in the list of members.") % person)
    if not person.is_active:
        raise Refused(_("The account of %s is closed. An administrator has to open it first.") % person)
    return person, False
