"""Whether every section of a revision has the signers the policy asks for."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Specialty
from reviews.models import Decision, Review


def effective_decisions(review: Review) -> list[Decision]:
    """Return each member's decision that no later one of theirs supersedes."""
    decisions = Decision.objects.filter(assignment__review=review).order_by("assignment_id", "sequence")
    return list({decision.assignment_id: decision for decision in decisions}.values())


def approvals(review: Review) -> list[Decision]:
    return [decision for decision in effective_decisions(review) if decision.verdict == Decision.Verdict.APPROVED]


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
    """Return, for each topic of the article that names specialties, those of which one has to sign."""
    if not review.policy.specialty_required:
        return []
    by_topic: dict[int, set[str]] = {}
    pairs = Specialty.objects.filter(topic__articles=review.article_id).order_by("topic__name")
    for topic, name in pairs.values_list("topic", "name"):
        by_topic.setdefault(topic, set()).add(name)
    return list(by_topic.values())


def shortfalls(review: Review, signed: list[Decision]) -> list[str]:
    """Return a sentence for each section that still lacks signers; none when the text may be approved."""
    wanted = review.policy.signers_needed(risk=review.article.risk, reason=review.reason)
    specialties = needed_specialties(review)
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
                words = _("“%(heading)s” needs a signature of somebody in %(specialties)s.")
                sentences.append(words % {"heading": headings[key], "specialties": _(" or ").join(sorted(wanted_one))})
    return sentences
