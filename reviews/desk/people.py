"""Who reviews a text, who could, and what each declared."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.backends import ModelBackend

from reviews import quorum
from reviews.forms import RuleForm
from reviews.models import Assignment, BoardMember, Review
from reviews.workflow import assigning


@dataclass
class Reviewer:
    """One who was asked, whether the review still waits for them, and the form to rule on their interest."""

    assignment: Assignment
    is_waiting: bool
    is_overdue: bool
    rule_form: RuleForm | None = None


@dataclass(frozen=True)
class Candidate:
    """A member who may be asked, or the sentence that says why not."""

    member: BoardMember
    specialties: str
    why_not: str


def reviewers(review: Review, user: Any, *, seen: int, today: date, may_rule: bool) -> list[Reviewer]:
    """Return those who were asked, in the order they were asked; an editor gets a form for each open interest."""
    found = []
    for assignment in review.assignments.all():
        is_at_work = assignment.state in (Assignment.State.INVITED, Assignment.State.ACCEPTED)
        is_waiting = review.is_open and is_at_work
        one = Reviewer(assignment, is_waiting, is_waiting and assignment.due_date < today)
        if may_rule and assignment.waits_for_ruling and assignment.member.user_id != user.pk:
            one.rule_form = RuleForm(initial={"assignment": assignment.pk, "seen": seen})
        found.append(one)
    return found


def candidates(review: Review, today: date) -> list[Candidate]:
    """Return every member who was not asked yet or left, those who can review first; five queries at most."""
    asked = {
        one.member_id
        for one in review.assignments.all()
        if one.state not in (Assignment.State.DECLINED, Assignment.State.RELEASED)
    }
    on_board = set(ModelBackend().with_perm("reviews.decide_review").values_list("pk", flat=True))
    excluded = set(assigning.excluded_from(review).values_list("disclosure__member_id", flat=True))
    members = BoardMember.objects.exclude(pk__in=asked).select_related("user").prefetch_related("specialties")
    checks, carried = assigning.last_checks(review, members), quorum.carried_signers(review)
    found = [
        Candidate(
            member,
            ", ".join(one.name for one in member.specialties.all()),
            assigning.obstacle(
                member,
                review,
                today,
                is_on_board=member.user_id in on_board,
                is_excluded=member.pk in excluded,
                checked=checks.get(member.pk),
                carried=carried,
            ),
        )
        for member in members
    ]
    return sorted(found, key=lambda one: bool(one.why_not))
