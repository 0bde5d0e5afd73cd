"""Whether every section of a revision has the signers that its review asks for (`reviews.rules.requirements`)."""

from datetime import date
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Specialty
from reviews.models import BoardMember, Decision, Review


def effective_decisions(review: Review) -> list[Decision]:
    """Return each member's decision that no later one of theirs supersedes."""
    decisions = Decision.objects.filter(assignment__review=review).order_by("assignment_id", "sequence")
    return list({decision.assignment_id: decision for decision in decisions}.values())


# They bring a text to its number of signers: who signed it in the review they follow counts there too.
_CARRY_SIGNATURES = (Review.Reason.SECOND_REVIEW, Review.Reason.WITHDRAWN)


def carries_signatures(review: Review) -> bool:
    """Say whether the signatures of the review that this one follows count here too."""
    return review.reason in _CARRY_SIGNATURES and review.follows_id is not None


def carried_signers(review: Review) -> set[int]:
    """Return the people whose signature, given in the review that this one follows, counts here already."""
    if not carries_signatures(review) or review.follows is None:
        return set()
    return {decision.signer["id"] for decision in approvals(review.follows)}


def approvals(review: Review) -> list[Decision]:
    """Return the signatures in force for the text under review."""
    earlier = approvals(review.follows) if carries_signatures(review) and review.follows else []
    effective = effective_decisions(review)
    return earlier + [decision for decision in effective if decision.verdict == Decision.Verdict.APPROVED]


def signed_under(review: Review, signed: list[Decision]) -> int:
    """Return the policy version that a page names: the earliest that any of these signatures was given under.

    A version that was bound while the review was open may have raised what it asks for. Whoever signed before did not
    sign under it, and the text meets all that the earlier version asks for: that is what can be said of them all.
    Signatures from before the version was kept with them are of the version that their review was opened under.
    """
    present: int = review.requirements["policy"]
    opened: int = review.requirements.get("opened_under", present)
    return min((decision.policy_version or opened for decision in signed), default=present)


def coverage(review: Review, signed: list[Decision]) -> dict[str, list[dict[str, Any]]]:
    """Return, by section key, the signers of exactly the section's present digest."""
    covered: dict[str, list[dict[str, Any]]] = {}
    for key, digest in review.revision.section_digests.items():
        covered[key] = [
            decision.signer
            for decision in signed
            if decision.revision_digest == review.revision.digest
            and any(section["key"] == key and section["digest"] == digest for section in decision.sections)
        ]
    return covered


def needed_specialties(review: Review) -> list[set[str]]:
    """Return, for each topic that named specialties when the review was opened, those of which one has to sign."""
    return [set(names) for names in review.requirements["specialties"]]


def board_specialties(on: date) -> set[str]:
    """Return the specialties of the members who may sign on a day. Guests are of no board: theirs do not count."""
    may_sign = ModelBackend().with_perm("reviews.decide_review")
    members = BoardMember.objects.able(on).filter(user__in=may_sign, is_guest=False)
    return set(Specialty.objects.filter(boardmember__in=members).values_list("name", flat=True))


def _missing_on_board(review: Review, signed: list[Decision], needed: list[set[str]]) -> list[set[str]]:
    """Return the needed specialties that nobody on the board has, when the review lets a text pass without them.

    Judged on the day of the last signature: the same signatures give the same answer ever after.
    """
    if not (needed and review.requirements["admits_missing_specialty"]):
        return []
    last = max((decision.decided_at for decision in signed), default=review.opened_at)
    present = board_specialties(last.date())
    return [names for names in needed if not names & present]


def unreviewed_specialties(review: Review) -> list[str]:
    """Return the needed specialties in which nobody signed every section, because nobody on the board has them.

    The page of a text that was approved without them says so (`EditorialPolicy.admits_missing_specialty`).
    """
    signed = approvals(review)
    covered = coverage(review, signed).values()
    return [
        _(" or ").join(sorted(names))
        for names in _missing_on_board(review, signed, needed_specialties(review))
        if not all(any(names & set(signer["specialties"]) for signer in signers) for signers in covered)
    ]


def shortfalls(review: Review, signed: list[Decision]) -> list[str]:
    """Return a sentence for each section that still lacks signers; none when the text may be approved."""
    wanted = review.requirements["signers"]
    specialties = needed_specialties(review)
    missing = _missing_on_board(review, signed, specialties)
    specialties = [names for names in specialties if names not in missing]
    headings = {section["key"]: section["heading"] for section in review.revision.document["sections"]}
    sentences = []
    for key, signers in coverage(review, signed).items():
        lacking = wanted - len({signer["id"] for signer in signers})
        if lacking > 0:
            words = ngettext(
                "“%(heading)s” needs one more signature.", "“%(heading)s” needs %(count)s more signatures.", lacking
            )
            sentences.append(words % {"heading": headings[key], "count": lacking})
            continue
        for wanted_one in specialties:
            if not any(wanted_one & set(signer["specialties"]) for signer in signers):
                words = _("“%(heading)s” needs a signature from a specialist in %(specialties)s.")
                sentences.append(words % {"heading": headings[key], "specialties": _(" or ").join(sorted(wanted_one))})
    return sentences
