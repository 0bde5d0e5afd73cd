"""The editor's steps: assign, release, extend, rule on an interest, reject, review again, retract; and alerts."""

from datetime import date

from django.utils.translation import gettext as _

from articles.models import Article, Publication, SourceUpdate
from articles.models.person import Person
from reviews.models import Assignment, BoardMember, EditorialPolicy, Review, Ruling, Thread
from reviews.workflow import assignments
from reviews.workflow.participation import join, leave
from reviews.workflow.remarks import begin_thread
from reviews.workflow.step import Refused, Step, sentence, take
from reviews.workflow.submission import open_review


def assign(
    review: Review, *, by: Person, member: BoardMember, seen: int | None, due_date: date | None = None
) -> Assignment:
    """Ask a board member to review. Raises `Refused` when the member cannot (see `assigning.why_not`)."""
    with take("assign", review.article_id, by=by, seen=seen, review=review) as step:
        assignments.must_not_have_signed(step)
        assignment = assignments.invite(step, member, due_date=due_date)
        step.data.update(
            review=review.pk, member=member.user_id, name=member.printed_name, due=str(assignment.due_date)
        )
    return assignment


def release(assignment: Assignment, *, by: Person, reason: str, seen: int | None) -> Assignment:
    """Let a member go who has not signed. Their remarks stay; an editor may settle them, with a reason."""
    review = assignment.review
    with take("release", review.article_id, by=by, seen=seen, review=review) as step:
        assignments.must_not_have_signed(step)
        fresh = _own(step, assignment)
        if fresh.state not in Assignment.UNANSWERED:
            raise Refused(_("%s has left, or has already decided: nobody is released after a decision.") % fresh.member)
        words = sentence(reason, _("Say why the member is released: they will read it."))
        leave(step, fresh, state=Assignment.State.RELEASED, kind="", reason=words)
        step.data.update(review=review.pk, member=fresh.member.user_id, name=fresh.member.printed_name, why=words)
    return fresh


def extend(assignment: Assignment, *, by: Person, due_date: date, reason: str, seen: int) -> Assignment:
    """Give a member more time."""
    review = assignment.review
    with take("extend", review.article_id, by=by, seen=seen, review=review) as step:
        assignments.must_not_have_signed(step)
        fresh = _own(step, assignment)
        if fresh.state not in Assignment.UNANSWERED:
            raise Refused(_("%s has nothing left to do here.") % fresh.member)
        if due_date <= fresh.due_date or due_date < step.at.date():
            raise Refused(_("Choose a day after %s that is not in the past.") % fresh.due_date)
        words = sentence(reason, _("Say why you extend the deadline."))
        step.data.update({"from": str(fresh.due_date)}, review=review.pk, member=fresh.member.user_id, why=words)
        fresh.due_date = due_date
        step.save(fresh, update_fields=["due_date"])
        step.open_review.due_date = max(due_date, step.open_review.due_date or due_date)
        step.save(step.open_review, update_fields=["due_date"])
        step.data.update(name=fresh.member.printed_name, due=str(due_date))
    return fresh


def _own(step: Step, assignment: Assignment) -> Assignment:
    return next(one for one in step.open_review.assignments.all() if one.pk == assignment.pk)


def rule(assignment: Assignment, *, by: Person, outcome: str, reason: str, seen: int) -> Assignment:
    """Rule on the interest a member disclosed: clear or manageable lets them join, excluded ends the assignment."""
    review = assignment.review
    with take("rule", review.article_id, by=by, seen=seen, review=review) as step:
        assignments.must_not_have_signed(step)
        fresh = _own(step, assignment)
        if not fresh.waits_for_ruling or fresh.disclosure is None:
            raise Refused(_("There is no interest to rule on: it has been ruled on already, or the member has left."))
        if fresh.member.user_id == by.pk:
            raise Refused(_("Nobody may rule on their own interest."))
        ruling = Ruling(disclosure=fresh.disclosure, outcome=outcome, ruled_by=by, ruled_at=step.at)
        ruling.reason = sentence(reason, _("Give the reason for your ruling."))
        ruling.full_clean()
        step.insert(ruling)
        step.data.update(review=review.pk, member=fresh.member.user_id, outcome=outcome, reason=ruling.reason)
        if outcome == Ruling.Outcome.EXCLUDED:
            fresh.state, fresh.decline_kind = Assignment.State.DECLINED, Assignment.DeclineKind.INTEREST
            fresh.decline_reason = ruling.reason
            step.save(fresh)
        else:
            join(step, fresh)
    return fresh


def reject(review: Review, *, by: Person, reason: str, seen: int) -> Review:
    """End a review without approval; an approved text that readers see stays."""
    with take("reject", review.article_id, by=by, seen=seen, review=review) as step:
        step.close(
            Review.State.REJECTED, reason=sentence(reason, _("Say why the text is rejected: its author will read it."))
        )
        step.data["review"] = review.pk
    return step.open_review


def rereview(
    article: Article, *, by: Person | None, reason: str, seen: int | None, kind: str = Review.Reason.PERIODIC
) -> Review:
    """Open a new review of the very revision that is published, suspended or was retracted. Marks do not carry.

    `by` is None when the clock opens it.
    """
    with take("rereview", article.pk, by=by, seen=seen) as step:
        _review_again(step, kind=kind, reason=sentence(reason, _("Say why the text needs a new review.")))
    return step.open_review


def alert(
    article: Article,
    *,
    by: Person | None,
    reason: str,
    seen: int | None = None,
    section_key: str = "",
    due_date: date | None = None,
    update: SourceUpdate | None = None,
) -> Review:
    """Tell the board that something a published text relies on has changed; `by` is None when a machine found it.

    Opens a review of the published revision. Where a review is open already, the alert becomes a remark on it that
    must be settled before approval; an editor may settle it too. `update` is what was found, when a machine did.
    """
    with take("alert", article.pk, by=by, seen=seen) as step:
        if update is not None:
            step.data["update"] = update.pk
        words = sentence(reason, _("Say what changed, and why it matters."))
        if step.review is None:
            review = _review_again(step, kind=Review.Reason.SOURCE_ALERT, reason=words)
            review.due_date = due_date
            step.save(review, update_fields=["due_date"])
        else:
            sections = step.review.revision.section_digests
            begin_thread(
                step, words, kind=Thread.Kind.BLOCKING, section_key=section_key if section_key in sections else ""
            )
    return step.open_review


def _review_again(step: Step, *, kind: str, reason: str) -> Review:
    publication = step.article.publication  # the table's sources say that there is one
    return open_review(
        step,
        publication.revision,
        EditorialPolicy.objects.current(),
        reason=kind,
        change_class=Review.ChangeClass.NONE,
        summary=reason,
        follows=last_approval(publication) if kind == Review.Reason.WITHDRAWN else None,
    )


def last_approval(publication: Publication) -> Review | None:
    """Return the review that approved what is published."""
    approved = Review.objects.filter(article=publication.pk, revision=publication.revision_id)
    return approved.filter(state=Review.State.APPROVED).order_by("-closed_at", "-pk").first()


def retract(article: Article, *, by: Person, reason: str, notice: str, seen: int) -> Article:
    """Take a text from readers for good: its address answers 410 with the notice. An open review ends with it.

    Back only through an approved review that was opened afterwards, so a late quorum never brings it back.
    """
    with take("retract", article.pk, by=by, seen=seen) as step:
        step.data["notice"] = sentence(notice, _("Write the notice that readers will find at this address."))
        if step.review is not None:
            step.close(Review.State.RECALLED, reason=_("The page was retracted."))
            step.data["review"] = step.review.pk
        step.data["reason"] = sentence(reason, _("Give the reason for the record."))
    return step.article
