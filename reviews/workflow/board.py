"""The board member's steps: accept or decline, sign, take a signature back, ask for changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles import findings
from articles.canonical import time_text
from reviews import publishing, quorum, signing, waivers
from reviews.models import Assignment, Decision, Disclosure, Review, Ruling, Thread
from reviews.workflow import assigning
from reviews.workflow.joining import join, leave
from reviews.workflow.remarks import begin_thread
from reviews.workflow.step import ArticleMoved, Refused, Step, sentence, take
from reviews.workflow.texts import describe


def accept(
    review: Review, *, by: Any, seen: int, interests: list[dict[str, str]] | None = None, statement: str = ""
) -> Assignment:
    """Take on a review, interests declared. `interests` is None to stand by a standing statement of none.

    A declared interest keeps the member from the text until an editor has ruled (ACCME Standard 3: mitigate before
    the role starts). Raises `Refused` when there is no standing statement, or the member cannot review this text.
    """
    with take("accept", review.article_id, by=by, seen=seen, review=review) as step:
        assignment = step.open_review.assignment_of(by)
        if assignment is None:
            assignment = assigning.invite(step, by.board_member)
        elif refusal := assigning.why_not(assignment.member, step.open_review, step.at.date()):
            raise Refused(refusal)
        assignment.disclosure = _disclose(step, assignment, interests, statement)
        step.data.update(review=review.pk, member=by.pk, interests=assignment.disclosure.interests)
        if assignment.disclosure.interests:
            assignment.save()
        else:
            join(step, assignment)
    return assignment


def _disclose(step: Step, assignment: Assignment, interests: list[dict[str, str]] | None, statement: str) -> Disclosure:
    member = assignment.member
    if assignment.waits_for_ruling:
        raise Refused(_("You declared an interest. An editor rules on it before you can begin."))
    if interests is None:
        last = member.disclosures.first()
        if last is None or not last.is_standing(step.at):
            raise Refused(
                _("Declare your interests, or that you have none: there is no statement of this year from you.")
            )
        return last
    for interest in interests:
        sentence(interest.get("nature", ""), _("Say what each interest is."))
    # A statement of no interests stands for a year and any review; an interest is weighed for this review.
    about = step.open_review if interests else None
    return step.insert(
        Disclosure(member=member, review=about, interests=interests, statement=statement.strip(), declared_at=step.at)
    )


def decline(review: Review, *, by: Any, kind: str, reason: str, seen: int) -> Assignment:
    """Leave a review, or turn it down; the last to leave returns it to submitted."""
    with take("decline", review.article_id, by=by, seen=seen, review=review) as step:
        assignment = assigning.own_assignment(step, by)
        if kind not in Assignment.DeclineKind.values:
            raise Refused(_("Choose what keeps you from this review."))
        leave(
            step,
            assignment,
            kind=kind,
            reason=sentence(reason, _("Say why, so that the editor can ask somebody else.")),
        )
        step.data.update(review=review.pk, member=by.pk, kind=kind, reason=assignment.decline_reason)
    return assignment


def approve(
    review: Review, *, by: Any, digest: str, password: str, seen: int, evidence: dict[str, str] | None = None
) -> Decision:
    """Sign for the sections one has marked, of exactly the text with this digest.

    The text is approved when every section has the policy's number of signers and a needed specialty. Raises
    `signing.WrongPassword`, `PermissionDenied`, `ArticleMoved` or `Refused`; each refused attempt is put on the
    record (21 CFR 11.300(d)). Passwords are checked before the transaction: hashing is slow on purpose.
    """
    with _refusals_recorded(review, by):
        authenticated_by = signing.authenticate(by, password)
        with take("approve", review.article_id, by=by, seen=seen, review=review) as step:
            assignment = assigning.own_assignment(step, by)
            _guard_signature(step, digest)
            decision = _sign(step, assignment, authenticated_by, evidence or {})
            _complete(step, decision)
    return decision


@contextmanager
def _refusals_recorded(review: Review, by: Any) -> Iterator[None]:
    try:
        yield
    except (signing.WrongPassword, PermissionDenied, Refused, ArticleMoved) as refusal:
        with take("sign_refused", review.article_id, by=by, review=review) as step:
            step.data.update(review=review.pk, why=str(refusal))
        raise


def _guard_signature(step: Step, digest: str) -> None:
    review = step.open_review
    if digest != review.revision.digest:
        raise Refused(_("Your page shows another text than the one under review. Open the review again and read it."))
    refusal = assigning.why_not(step.by.board_member, review, step.at.date())
    if refusal:
        raise Refused(refusal)
    if Thread.objects.blocking().filter(review__article=step.article).exists():
        raise Refused(_("A remark that must be settled before approval is still open."))
    blocking = waivers.standing(
        step.article, findings.of_content(step.article, review.revision.document), review.policy.blocks_approve
    )
    if blocking:
        raise Refused(" ".join(finding.message for finding in blocking))


def marked_sections(assignment: Assignment, review: Review) -> list[dict[str, str]]:
    """Return the sections a member marked and whose digest is still the same, in the text's order."""
    digests = review.revision.section_digests
    marks = {(mark.section_key, mark.section_digest) for mark in assignment.marks.all()}
    return [
        {"key": section["key"], "digest": digests[section["key"]], "heading": section["heading"]}
        for section in review.revision.document["sections"]
        if (section["key"], digests[section["key"]]) in marks
    ]


def _sign(step: Step, assignment: Assignment, authenticated_by: str, evidence: dict[str, str]) -> Decision:
    review = step.open_review
    sections = marked_sections(assignment, review)
    if not sections:
        raise Refused(_("Mark the sections you hold accurate before you sign."))
    if review.change_class == Review.ChangeClass.NONE:
        # NHS standard for creating health content: the evidence is re-checked at every review of a standing text.
        for name in ("searched", "searched_on", "found"):
            sentence(
                evidence.get(name, ""), _("Say what you searched to re-check the evidence, when, and what you found.")
            )
    decision = _decide(
        step, assignment, Decision.Verdict.APPROVED, signing.statement(review, sections), authenticated_by
    )
    decision.sections, decision.evidence = sections, evidence
    decision.signature = signing.sign(decision)
    step.insert(decision)
    assignment.state = Assignment.State.SIGNED
    assignment.save(update_fields=["state"])
    return decision


def _decide(step: Step, assignment: Assignment, verdict: str, statement: str, authenticated_by: str) -> Decision:
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
        signer=assignment.member.as_printed() | {"interests": _printed_interests(assignment)},
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


def _complete(step: Step, decision: Decision) -> None:
    """Close the review when this signature was the last one needed; the event says what readers will see."""
    review = step.open_review
    signed = quorum.approvals(review)
    is_complete = not quorum.shortfalls(review, signed)
    step.data.update(
        review=review.pk,
        revision=review.revision_id,
        digest=review.revision.digest,
        decision=decision.pk,
        signer=decision.signer,
        covered=decision.sections,
        is_complete=is_complete,
    )
    if is_complete:
        months = review.policy.months_to_rereview(step.article.risk)
        step.move(Review.State.APPROVED)
        step.data.update(
            describe(review, review.revision),
            reviewers=[_as_reviewer(one) for one in signed],
            submitted_at=time_text(review.opened_at),
            under_review_at=time_text(min(one.accepted_at for one in review.assignments.all() if one.accepted_at)),
            is_evidence_checked=any(one.evidence for one in signed),
            next_review_due=publishing.months_after(step.at.date(), months).isoformat(),
        )


def _as_reviewer(decision: Decision) -> dict[str, Any]:
    headings = [section["heading"] for section in decision.sections]
    return {
        **decision.signer,
        "sections": headings,
        "signed_at": time_text(decision.decided_at),
        "decision": decision.pk,
    }


def rescind(review: Review, *, by: Any, reason: str, seen: int) -> Decision:
    """Take one's own signature back while the review is open; a new Decision supersedes it."""
    with take("rescind", review.article_id, by=by, seen=seen, review=review) as step:
        assignment = assigning.own_assignment(step, by)
        words = sentence(reason, _("Say why you take your signature back."))
        decision = step.insert(_decide(step, assignment, Decision.Verdict.RESCINDED, words, "session"))
        assignment.state = Assignment.State.ACCEPTED
        assignment.save(update_fields=["state"])
        step.data.update(review=review.pk, decision=decision.pk, reason=words)
    return decision


def request_changes(
    review: Review, *, by: Any, text: str, seen: int, section_key: str = "", audience: str = ""
) -> Decision:
    """Send a text back with a remark that must be settled before approval. Closes the review."""
    with take("request_changes", review.article_id, by=by, seen=seen, review=review) as step:
        assignment = assigning.own_assignment(step, by)
        words = sentence(text, _("Say what has to change: the author works from your words."))
        begin_thread(step, words, kind=Thread.Kind.BLOCKING, section_key=section_key, audience=audience)
        decision = step.insert(_decide(step, assignment, Decision.Verdict.CHANGES_REQUESTED, words, "session"))
        step.close(Review.State.CHANGES_REQUESTED, reason=words)
        step.data.update(review=review.pk, decision=decision.pk)
    return decision
