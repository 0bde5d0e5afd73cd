"""What people say of a text under review: marks, threads, comments, waivers. None of these moves a state."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.person import AnyUser, Person
from articles.text.checks import Finding
from articles.writing import contributors, findings, freezing
from reviews.models import Assignment, Comment, Concurrence, Review, SectionMark, Thread, Waiver
from reviews.rules import permissions, section_marks, section_wordings, waivers
from reviews.workflow.assignments import must_not_have_signed, own_assignment, why_not
from reviews.workflow.step import Refused, Step, TransitionNotAllowed, sentence, take


def mark(review: Review, *, by: Person, section_key: str, section_digest: str, audience: str) -> SectionMark:
    """Record that a member holds one wording of a section accurate, in the words with this digest, its sources as now.

    A mark that fell because a source changed is made anew.
    """
    with take("mark", review.article_id, by=by, review=review) as step:
        assignment = _marker(step, by)
        if step.open_review.revision.section_digests.get(section_key) != section_digest:
            raise Refused(_("This section is not the one your page showed. Open the review again and read it."))
        if audience not in _wordings(step, section_key):
            raise Refused(_("This section has no such wording."))
        now = section_marks.statuses(step.open_review.revision.document)[section_key]
        facts = {"section_digest": section_digest, "source_statuses": now, "marked_at": step.at}
        made = assignment.marks.filter(section_key=section_key, audience=audience).first()
        if made is None:
            made = step.save(SectionMark(assignment=assignment, section_key=section_key, audience=audience, **facts))
        elif made.source_statuses != now:
            made.source_statuses, made.marked_at = now, step.at
            step.save(made, update_fields=["source_statuses", "marked_at"])
        step.data.update(review=review.pk, section=section_key, digest=section_digest, audience=audience)
    return made


def _wordings(step: Step, section_key: str) -> list[str]:
    sections = step.open_review.revision.document["sections"]
    return section_wordings.existing(next(one for one in sections if one["key"] == section_key))


def unmark(review: Review, *, by: Person, section_key: str, audience: str) -> None:
    """Take one's mark from a wording of a section, before signing; a mark that named no wording is taken from all."""
    with take("unmark", review.article_id, by=by, review=review) as step:
        for one in _marker(step, by).marks.filter(section_key=section_key, audience__in=(audience, "")):
            step.delete(one)
        step.data.update(review=review.pk, section=section_key, audience=audience)


def _marker(step: Step, by: Person) -> Assignment:
    if not permissions.can_mark(by, step.open_review):
        raise PermissionDenied(
            _("Only members who have accepted this review, and have not signed yet, can mark its sections.")
        )
    _must_be_open(step)
    return own_assignment(step, by)


def open_thread(
    review: Review,
    *,
    by: Person,
    text: str,
    kind: str = Thread.Kind.SUGGESTION,
    section_key: str = "",
    audience: str = "",
) -> Thread:
    """Begin a discussion of a text or one of its sections. Only a board member's remark may block approval."""
    with take("open_thread", review.article_id, by=by, review=review) as step:
        _may_discuss(step, by)
        _must_be_open(step)
        if kind == Thread.Kind.BLOCKING and not permissions.is_on_board(by):
            raise PermissionDenied(_("Only a board member's remark can block approval."))
        words = sentence(text, _("Write your remark first."))
        return begin_thread(step, words, kind=kind, section_key=section_key, audience=audience)


def begin_thread(step: Step, text: str, *, kind: str, section_key: str = "", audience: str = "") -> Thread:
    """Write a thread with its first comment as part of a step."""
    keys = {section["key"] for section in step.open_review.revision.document["sections"]}
    if section_key and section_key not in keys:
        raise Refused(_("This section is not in the text."))
    thread = step.save(
        Thread(
            review=step.open_review,
            section_key=section_key,
            audience=audience,
            kind=kind,
            opened_by=step.by,
            opened_at=step.at,
        )
    )
    step.save(Comment(thread=thread, author=step.by, text=text, written_at=step.at))
    step.data.update(review=step.open_review.pk, thread=thread.pk, kind=str(kind), section=section_key, text=text)
    return thread


def comment(thread: Thread, *, by: Person, text: str) -> Comment:
    """Answer in a thread; authors also answer after their text was sent back."""
    with take("comment", thread.review.article_id, by=by, review=thread.review) as step:
        present = Review.objects.open().filter(article=step.article).prefetch_related("assignments__member").first()
        if present is None or not permissions.can_discuss(by, present):
            _may_discuss(step, by)
        words = sentence(text, _("Write your answer first."))
        made = step.save(Comment(thread=thread, author=by, text=words, written_at=step.at))
        step.data.update(review=thread.review_id, thread=thread.pk, text=words)
    return made


def resolve(thread: Thread, *, by: Person, resolution: str) -> Thread:
    """Settle a thread: the one who opened it, or an editor when that person is not at work on the text any more."""
    with take("resolve", thread.review.article_id, by=by, review=thread.review) as step:
        fresh = Thread.objects.get(pk=thread.pk)
        if not fresh.is_open:
            raise TransitionNotAllowed(_("This remark is already settled."))
        if not may_resolve(fresh, by, people_at_work(step.article.pk)):
            raise PermissionDenied(
                _("The person who made this remark settles it; an editor may when that person is no longer reviewing.")
            )
        fresh.resolution = sentence(resolution, _("Say how it was settled."))
        fresh.resolved_by, fresh.resolved_at = by, step.at
        step.save(fresh)
        step.data.update(review=thread.review_id, thread=thread.pk, resolution=fresh.resolution)
    return fresh


def may_resolve(thread: Thread, user: AnyUser, at_work: set[int]) -> bool:
    """Say who settles a remark: who made it, or an editor when that person is not asked any more."""
    is_own = thread.opened_by_id == user.pk
    return is_own or (user.has_perm("reviews.triage_review") and thread.opened_by_id not in at_work)


def people_at_work(article_id: int) -> set[int]:
    """Return who is asked to look at a text. Between two reviews it is those of the last: they know what was wrong."""
    last = Review.objects.filter(article=article_id).newest_first().values("pk")[:1]
    states = (*Assignment.AT_WORK, Assignment.State.INVITED)
    assignments = Assignment.objects.filter(review__in=last, member__is_active=True, state__in=states)
    return set(assignments.values_list("member__user_id", flat=True))


def waive(article: Article, *, by: Person, finding: Finding, reason: str) -> Waiver:
    """Let a finding stand, with a reason and one's name. It falls when the words change."""
    with take("waive", article.pk, by=by) as step:
        if finding not in _present_findings(step):
            raise Refused(_("The text no longer has this finding."))
        if by.pk in (step.review.revision.contributors if step.review else contributors.of_draft(step.article)):
            raise PermissionDenied(_("Nobody may waive a finding on their own text."))
        must_not_have_signed(step)
        rule, section_key, audience, words = finding.identity
        waiver = Waiver(
            article=step.article, rule=rule, section_key=section_key, audience=audience, words=words, waived_by=by
        )
        waiver.reason = sentence(reason, _("Give the reason: those who sign will read it."))
        waiver.waived_at, waiver.needs_concurrence = step.at, rule in waivers.NEEDS_CONCURRENCE
        step.insert(waiver)
        step.data.update(waiver=waiver.pk, rule=rule, section=section_key, reason=waiver.reason)
    return waiver


def _present_findings(step: Step) -> list[Finding]:
    content = step.review.revision.document if step.review else freezing.draft_content(step.article)
    return findings.of_content(step.article, content)


def concur(waiver: Waiver, *, by: Person) -> Concurrence:
    """Agree, as an assigned board member, that a finding of some weight may stand."""
    review = waiver.article.reviews.open().first()
    with take("concur", waiver.article_id, by=by, review=review) as step:
        if step.review is None or not permissions.can_mark(by, step.review):
            raise PermissionDenied(_("Only a member who has accepted the open review can agree."))
        if not waiver.needs_concurrence or Concurrence.objects.filter(waiver=waiver).exists():
            raise TransitionNotAllowed(_("This waiver needs no further agreement."))
        if waiver.waived_by_id == by.pk:
            raise PermissionDenied(_("You waived this finding yourself: somebody else has to agree."))
        # Agreeing lets a text be approved as a signature does, so it asks the same of the member.
        if refusal := why_not(by.board_member, step.review, step.at.date()):
            raise Refused(refusal)
        made = step.insert(Concurrence(waiver=waiver, member=by.board_member, agreed_at=step.at))
        step.data.update(waiver=waiver.pk)
    return made


def _may_discuss(step: Step, by: Person) -> None:
    if not permissions.can_discuss(by, step.open_review):
        raise PermissionDenied(_("You are not working on this text."))


def _must_be_open(step: Step) -> None:
    if not step.open_review.is_open:
        raise TransitionNotAllowed(_("This review is closed."))
