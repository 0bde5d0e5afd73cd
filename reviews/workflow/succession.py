"""What one review leaves to the next: people, dates, interests, and marks of sections that did not change."""

from reviews.models import Assignment, Comment, Review, SectionMark, Thread
from reviews.rules import section_marks
from reviews.workflow import assignments
from reviews.workflow.step import Step

# Reviews beside the work on a text: they neither hand on its people nor take them.
_BESIDE = (Review.Reason.CORRECTION, Review.Reason.SECOND_REVIEW)


def supersede(step: Step) -> Review | None:
    """Close the open review, if there is one, because another text takes its place; return it."""
    old = step.review
    if old is None or not old.is_open:
        return None
    old.state, old.closed_at = Review.State.SUPERSEDED, step.at
    step.save(old, update_fields=["state", "closed_at"])
    step.data["closed"] = {"review": old.pk, "state": Review.State.SUPERSEDED.value}
    step.review = None
    return old


def hand_on(step: Step, old: Review) -> None:
    """Give the step's new review what the old one had: a signature counts for nothing there, a mark may."""
    new = step.open_review
    handed_on = []
    for before in old.assignments.select_related("member__user", "disclosure__ruling"):
        is_asked = before.state in (Assignment.State.INVITED, *Assignment.AT_WORK)
        if not is_asked or assignments.why_not(before.member, new, step.at.date()):
            continue
        _take_over(step, before)
        handed_on.append(before.member.user_id)
    new.follows = old
    new.due_date = max((one.due_date for one in new.assignments.all()), default=None)
    step.save(new, update_fields=["follows", "due_date"])
    step.data["handed_on"] = handed_on
    if new.assignments.filter(state=Assignment.State.ACCEPTED).exists():
        step.move(Review.State.UNDER_REVIEW)
    _keep_alert(step, old)


def _take_over(step: Step, before: Assignment) -> None:
    new = step.open_review
    is_invited = before.state == Assignment.State.INVITED
    after = step.save(
        Assignment(
            review=new,
            member=before.member,
            state=Assignment.State.INVITED if is_invited else Assignment.State.ACCEPTED,
            due_date=before.due_date,
            assigned_by=before.assigned_by,
            assigned_at=before.assigned_at,
            accepted_at=before.accepted_at,
            disclosure=before.disclosure,
        )
    )
    copy_marks(step, before, after)


_OF_A_MARK = ("section_key", "audience", "section_digest", "source_statuses", "marked_at")


def copy_marks(step: Step, before: Assignment, after: Assignment) -> None:
    """Copy a member's marks of sections whose digest, and the status of whose sources, is still the same."""
    revision = after.review.revision
    present = set(after.marks.values_list("section_key", "audience"))
    for mark in section_marks.counting(
        before.marks.all(), revision.section_digests, section_marks.statuses(revision.document)
    ):
        if (mark.section_key, mark.audience) not in present:
            facts = {name: getattr(mark, name) for name in _OF_A_MARK}
            step.save(SectionMark(assignment=after, **facts))


def _keep_alert(step: Step, old: Review) -> None:
    """What a superseded re-review was about holds the new text until somebody has settled it."""
    if old.reason in (Review.Reason.SOURCE_ALERT, Review.Reason.READER_REPORT, Review.Reason.WITHDRAWN):
        thread = step.save(
            Thread(review=step.open_review, kind=Thread.Kind.BLOCKING, opened_by=None, opened_at=step.at)
        )
        step.save(Comment(thread=thread, author=None, text=old.summary, written_at=step.at))
        step.data["thread"] = thread.pk


def predecessor(step: Step) -> Review | None:
    """Return the last review of the article's own text, past any correction; None when another took over from it."""
    reviews = Review.objects.filter(article=step.article).exclude(reason__in=_BESIDE)
    last = reviews.exclude(pk=step.open_review.pk).newest_first().first()
    return None if last is None or last.followed_by.exists() else last
