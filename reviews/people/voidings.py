"""Voiding a member's signatures since a day: found by an editor, tried out before, carried out text after text."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Publication
from articles.models.person import Person
from reviews.models import BoardMember, Decision, Review, Voiding
from reviews.people import members
from reviews.rules import permissions, quorum
from reviews.workflow import voided_signatures as step
from reviews.workflow.editor_steps import last_approval
from reviews.workflow.step import Refused, sentence

PUBLIC_GROUND_LENGTH = 200


@dataclass
class DryRun:
    """What a voiding would do: the texts with such signatures, and those of them that would lose their approval."""

    texts: list[Any] = field(default_factory=list)
    lose_approval: list[Any] = field(default_factory=list)
    signatures: int = 0


def dry_run(member: BoardMember, *, since: date) -> DryRun:
    """Return what voiding a member's signatures since a day would do. Nothing is written."""
    found = DryRun()
    would_be = Voiding(member=member, since=since, voided_at=timezone.now())
    voided = set(step.in_force(would_be).values_list("pk", flat=True))
    found.signatures = len(voided)
    for article in step.affected(would_be).select_related("publication"):
        found.texts.append(article)
        publication = getattr(article, "publication", None)
        if publication is not None and _loses_approval(publication, voided):
            found.lose_approval.append(article)
    return found


def _loses_approval(publication: Publication, voided: set[int]) -> bool:
    """Say whether the signatures that remain would no longer carry what readers see."""
    is_signed = publication.withdrawn_at is None and any(one["decision"] in voided for one in publication.reviewers)
    approved = last_approval(publication) if is_signed else None
    if approved is None:
        return False
    left = [decision for decision in quorum.approvals(approved) if decision.pk not in voided]
    return bool(quorum.shortfalls(approved, left))


def find(member: BoardMember, *, by: Person, ground: str, since: date, reason: str, public_ground: str) -> Voiding:
    """Keep the finding that a member's signatures since a day are worth nothing. A task carries it out.

    `public_ground` is printed beside each text concerned and in its history; `reason` stays with the people who work
    on the texts.

    Raises `PermissionDenied` and `Refused`.
    """
    if not permissions.can_void(by, member):
        raise PermissionDenied(_("You may not void these signatures."))
    with transaction.atomic():
        at = timezone.now()
        if ground not in Voiding.Ground.values:
            raise Refused(_("Choose why the signatures are void."))
        if since > at.date():
            raise Refused(_("Signatures dated in the future cannot be void."))
        row = Voiding(member=member, ground=ground, since=since, voided_by=by, voided_at=at)
        row.reason = sentence(reason, _("Give the reason for the record."))
        row.public_ground = _in_public(public_ground)
        if not step.in_force(row).exists():
            raise Refused(_("%s has no valid signature since that day.") % member)
        row.save(force_insert=True)
        data = {"ground": ground, "since": since.isoformat(), "reason": row.reason, "public_ground": row.public_ground}
        members.of_member("void_signatures", member, by=by, data=data, at=at, rows=[row])
    return row


def _in_public(words: str) -> str:
    """Return a ground as it is printed for everybody: one line of readable signs. Raises `Refused`."""
    line = sentence(words, _("Write the ground as readers will find it beside the text."))
    if len(line) > PUBLIC_GROUND_LENGTH:
        raise Refused(_("The ground for readers is longer than %s characters.") % PUBLIC_GROUND_LENGTH)
    if not line.isprintable():
        raise Refused(_("Write the ground for readers in one line, without invisible characters."))
    return line


def unfinished() -> bool:
    """Say whether a finding still has signatures in force that it names."""
    return any(left(row) for row in Voiding.objects.all())


def left(row: Voiding) -> int:
    """Return on how many articles a finding is still to be carried out."""
    return step.affected(row).count()


def done(row: Voiding) -> int:
    """Return on how many articles signatures were voided by a finding's day and ground so far."""
    voided = Decision.objects.filter(
        verdict=Decision.Verdict.VOIDED,
        assignment__member=row.member_id,
        decided_at__gte=row.voided_at,
        supersedes__decided_at__date__gte=row.since,
        supersedes__decided_at__lte=row.voided_at,
    )
    return Review.objects.filter(assignments__decisions__in=voided).values("article").distinct().count()


def carry_out() -> int:
    """Carry out what every finding names, an article a transaction; may be stopped anywhere and run again."""
    count = 0
    for row in Voiding.objects.select_related("member__user", "voided_by").order_by("pk"):
        for article in list(step.affected(row)):
            step.void(article, voiding=row)
            count += 1
    return count
