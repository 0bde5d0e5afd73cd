"""The board member's steps: accept or decline, sign, take a signature back, ask for changes."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.models.person import Person
from articles.models.translation import translated
from articles.writing import findings
from reviews.models import Assignment, Decision, Disclosure, Review, Ruling, Thread
from reviews.record import event_chain, signatures, statements
from reviews.rules import requirements, section_marks, section_wordings, waivers
from reviews.workflow import approval, assignments, participation, refusals, withdrawal
from reviews.workflow.remarks import begin_thread
from reviews.workflow.step import Refused, Step, sentence, take


def accept(
    review: Review, *, by: Person, seen: int, interests: list[dict[str, str]] | None = None, statement: str = ""
) -> Assignment:
    """Take on a review, interests declared. `interests` is None to stand by a standing statement of none.

    A declared interest keeps the member from the text until an editor has ruled (ACCME Standard 3: mitigate before
    the role starts). Raises `Refused` when there is no standing statement, or the member cannot review this text.
    """
    with take("accept", review.article_id, by=by, seen=seen, review=review) as step:
        assignment = step.open_review.assignment_of(by)
        if assignment is None:
            assignment = assignments.invite(step, by.board_member)
        elif refusal := assignments.why_not(assignment.member, step.open_review, step.at.date()):
            raise Refused(refusal)
        assignment.disclosure = _disclose(step, assignment, interests, statement)
        step.data.update(review=review.pk, member=by.pk, interests=assignment.disclosure.interests)
        if assignment.disclosure.interests:
            step.save(assignment)
        else:
            participation.join(step, assignment)
    return assignment


def _disclose(step: Step, assignment: Assignment, interests: list[dict[str, str]] | None, statement: str) -> Disclosure:
    member = assignment.member
    if assignment.waits_for_ruling:
        raise Refused(_("You declared an interest. An editor has to rule on it before you can begin."))
    if interests is None:
        last = member.disclosures.first()
        if last is None or not last.is_standing(step.at):
            raise Refused(
                _("Declare your interests, or that you have none: you have made no statement within the last year.")
            )
        return last
    for interest in interests:
        sentence(interest.get("nature", ""), _("Say what each interest is."))
    # A statement of no interests stands for a year and any review; an interest is weighed for this review.
    about = step.open_review if interests else None
    return step.insert(
        Disclosure(member=member, review=about, interests=interests, statement=statement.strip(), declared_at=step.at)
    )


def decline(review: Review, *, by: Person, kind: str, reason: str, seen: int) -> Assignment:
    """Leave a review, or turn it down; the last to leave returns it to submitted."""
    with take("decline", review.article_id, by=by, seen=seen, review=review) as step:
        assignment = assignments.own_assignment(step, by)
        if kind not in Assignment.DeclineKind.values:
            raise Refused(_("Choose what keeps you from this review."))
        participation.leave(
            step,
            assignment,
            state=Assignment.State.DECLINED,
            kind=kind,
            reason=sentence(reason, _("Say why, so that the editor can ask somebody else.")),
        )
        step.data.update(review=review.pk, member=by.pk, kind=kind, reason=assignment.decline_reason)
    return assignment


def approve(
    review: Review, *, by: Person, digest: str, password: str, seen: int, evidence: dict[str, str] | None = None
) -> Decision:
    """Sign for the sections one has marked, of exactly the text with this digest.

    The text is approved when every section has the policy's number of signers and a needed specialty. Raises
    `signing.WrongPassword`, `PermissionDenied`, `ArticleMoved` or `Refused`; each refused attempt is put on the
    record (21 CFR 11.300(d)). Passwords are checked before the transaction: hashing is slow on purpose.
    """
    with refusals.recorded(review.article_id, by=by, review=review, is_asked=lambda: _is_asked(review, by)):
        authenticated_by = signatures.authenticate(by, password)
        with take("approve", review.article_id, by=by, seen=seen, review=review) as step:
            assignment = assignments.own_assignment(step, by)
            _guard_signature(step, digest)
            decision = _sign(step, assignment, authenticated_by, evidence or {})
            if not approval.complete(step, decision):
                participation.close_when_all_answered(step)
    return decision


def _is_asked(review: Review, by: Person) -> bool:
    """Say whether a person is asked for their signature on a review, and has not left it."""
    states = (Assignment.State.INVITED, *Assignment.AT_WORK)
    return Assignment.objects.filter(review=review, member__user=by, state__in=states).exists()


def _guard_signature(step: Step, digest: str) -> None:
    review = step.open_review
    if digest != review.revision.digest:
        raise Refused(_("Your page does not show the text that is under review. Open the review again and read it."))
    refusal = assignments.why_not(step.person.board_member, review, step.at.date())
    if refusal:
        raise Refused(refusal)
    if _remarks_in_the_way(step).exists():
        raise Refused(_("A remark that must be settled before approval is still open."))
    found = findings.of_content(step.article, review.revision.document)
    blocking = waivers.standing(step.article, found, requirements.blocking(review))
    if blocking:
        raise Refused(" ".join(translated(finding.message) for finding in blocking))


def _remarks_in_the_way(step: Step) -> QuerySet[Thread]:
    """Return the open blocking remarks. Where all answer, one member's request for changes keeps nobody from theirs."""
    blocking = Thread.objects.blocking().filter(review__article=step.article)
    if step.open_review.policy.waits_for_all:
        return blocking.exclude(
            review=step.open_review, opened_by__in=participation.asked_for_changes(step.open_review)
        )
    return blocking


def marked_sections(assignment: Assignment, review: Review) -> list[dict[str, Any]]:
    """Return the sections of which a member's marks that still count cover every wording, in the text's order."""
    document, digests = review.revision.document, review.revision.section_digests
    marks = section_marks.counting(assignment.marks.all(), digests, section_marks.statuses(document))
    return section_wordings.covered(document, marks, digests, review.opened_at)


def _sign(step: Step, assignment: Assignment, authenticated_by: str, evidence: dict[str, str]) -> Decision:
    review = step.open_review
    sections = marked_sections(assignment, review)
    if not sections:
        raise Refused(_("Mark both wordings of each section you hold accurate before you sign."))
    if review.reason in Review.REREVIEWS:
        # NHS standard for creating health content: the evidence is re-checked at every review of a standing text.
        for name in ("searched", "searched_on", "found"):
            sentence(
                evidence.get(name, ""), _("Say what you searched to re-check the evidence, when, and what you found.")
            )
    decision = decide(
        step, assignment, Decision.Verdict.APPROVED, statements.statement(review, sections), authenticated_by
    )
    decision.sections, decision.evidence = sections, evidence
    decision.site_head = event_chain.site_head()
    decision.policy_version = review.requirements["policy"]
    decision.signature = signatures.sign(decision)
    step.insert(decision)
    assignment.state = Assignment.State.SIGNED
    step.save(assignment, update_fields=["state"])
    return decision


def decide(step: Step, assignment: Assignment, verdict: str, statement: str, authenticated_by: str) -> Decision:
    last = assignment.decisions.order_by("-sequence").first()
    review = step.open_review
    return Decision(
        assignment=assignment,
        sequence=last.sequence + 1 if last else 1,
        supersedes=last,
        verdict=verdict,
        revision=review.revision,
        revision_digest=review.revision.digest,
        statement=statement,
        signer=assignment.member.as_printed()
        | {"interests": _printed_interests(assignment), "disclosure": _printed_disclosure(assignment)},
        authenticated_by=authenticated_by,
        decided_at=step.at,
    )


def _printed_interests(assignment: Assignment) -> list[str]:
    """Return the interests that readers are told of: those an editor ruled manageable."""
    disclosure = assignment.disclosure
    ruling = getattr(disclosure, "ruling", None)
    if disclosure is None or ruling is None or ruling.outcome != Ruling.Outcome.MANAGEABLE:
        return []
    return [
        ", ".join(filter(None, (one.get("nature"), one.get("organisation"), one.get("period"))))
        for one in disclosure.interests
    ]


def _printed_disclosure(assignment: Assignment) -> dict[str, str]:
    """Return what the signing rests on: that interests were declared or none, when, and how an editor ruled.

    What a member declared and an editor found to have no bearing on the text is not told: only that it was ruled on.
    """
    disclosure = assignment.disclosure
    if disclosure is None:
        return {}
    told = {"declared": "interests" if disclosure.interests else "none", "at": _day(disclosure.declared_at)}
    ruling = getattr(disclosure, "ruling", None)
    return told if ruling is None else told | {"ruling": ruling.outcome, "ruled_at": _day(ruling.ruled_at)}


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def rescind(review: Review, *, by: Person, reason: str, seen: int) -> Decision:
    """Take back one's own signature or request for changes while the review is open; a new Decision supersedes it."""
    with take("rescind", review.article_id, by=by, seen=seen, review=review) as step:
        assignment = assignments.own_assignment(step, by)
        words = sentence(reason, _("Say why you rescind your decision."))
        decision = step.insert(decide(step, assignment, Decision.Verdict.RESCINDED, words, "session"))
        assignment.state = Assignment.State.ACCEPTED
        step.save(assignment, update_fields=["state"])
        step.data.update(review=review.pk, decision=decision.pk, reason=words)
    return decision


def request_changes(
    review: Review,
    *,
    by: Person,
    text: str,
    seen: int,
    section_key: str = "",
    audience: str = "",
    is_unsafe: bool = False,
    notice: str = "",
) -> Decision:
    """Send a text back with a remark that must be settled before approval.

    Closes the review, or waits until all who are asked have answered if the policy says so. `is_unsafe` is the
    member's answer to whether the text that readers see today is unsafe: it is suspended in the same step, with
    `notice` in its place.
    """
    with take("request_changes", review.article_id, by=by, seen=seen, review=review) as step:
        assignment = assignments.own_assignment(step, by)
        words = sentence(text, _("Say what has to change: the author will work from your words."))
        begin_thread(step, words, kind=Thread.Kind.BLOCKING, section_key=section_key, audience=audience)
        decision = step.insert(decide(step, assignment, Decision.Verdict.CHANGES_REQUESTED, words, "session"))
        assignment.state = Assignment.State.ASKED_CHANGES
        step.save(assignment, update_fields=["state"])
        if not participation.waits_for_answers(step.open_review):
            step.close(Review.State.CHANGES_REQUESTED, reason=words)
        if is_unsafe:
            withdrawal.suspend_within(step, reason=words, notice=notice)
        step.data.update(review=review.pk, decision=decision.pk)
    return decision
