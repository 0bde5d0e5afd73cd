"""What anybody may read of the reviews: the rules, the texts handed in, what became of them, and who signed.

A signature is public when the review it belongs to ended in approval. How members voted before that, what they
remarked and why an editor sent a text back stays with the people who worked on it.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from articles.models import Article, Publication, Revision
from articles.writing import findings
from reviews.models import Decision, EditorialPolicy, Review, Waiver


@dataclass(frozen=True)
class Signature:
    """A decision to approve, as signed."""

    decision: Decision
    covers_all: bool

    @property
    def printed_name(self) -> str:
        return ", ".join(filter(None, (self.decision.signer["name"], self.decision.signer["credentials"])))

    @property
    def fields(self) -> str:
        return ", ".join(self.decision.signer["specialties"])


@dataclass(frozen=True)
class Round:
    """One review of one revision, as far as it is public."""

    review: Review
    is_public_text: bool
    signatures: list[Signature] = field(default_factory=list)

    @property
    def is_approved(self) -> bool:
        return self.review.state == Review.State.APPROVED


@dataclass(frozen=True)
class WaivedFinding:
    """A finding on the text readers see that was let stand, and for what reason."""

    rule: str
    waiver: Waiver


def shown(slug: str) -> Publication | None:
    """Return the publication readers find at an address, retracted ones included."""
    found = Publication.objects.filter(article__slug=slug, is_shown=True)
    return found.select_related("article", "revision").first()


def rounds(publication: Publication) -> list[Round]:
    """Return the reviews of an article, the newest first, in two queries."""
    decisions = Decision.objects.select_related("assignment").order_by("assignment_id", "sequence")
    reviews = (
        Review.objects.filter(article=publication.article_id)
        .select_related("revision", "policy")
        .only(
            *("state", "reason", "change_class", "summary", "opened_at", "closed_at", "article"),
            *("revision__number", "revision__digest", "revision__created_at", "policy__version"),
        )
        .prefetch_related(Prefetch("revision__decisions", decisions))
        .newest_first()
    )
    return [_round(review, publication) for review in reviews]


def _round(review: Review, publication: Publication) -> Round:
    is_public_text = review.revision_id == publication.revision_id
    if review.state != Review.State.APPROVED:
        return Round(review, is_public_text)
    own = [one for one in review.revision.decisions.all() if one.assignment.review_id == review.pk]
    effective = {one.assignment_id: one for one in own}.values()
    signed = [one for one in effective if one.verdict == Decision.Verdict.APPROVED]
    covered = {section["key"] for one in signed for section in one.sections}
    signatures = [Signature(one, covers_all={part["key"] for part in one.sections} == covered) for one in signed]
    return Round(review, is_public_text, sorted(signatures, key=lambda one: one.decision.decided_at))


def approved_texts(public: list[Round]) -> list[Revision]:
    """Return the revisions that were approved, each once, the newest first."""
    return list({one.review.revision_id: one.review.revision for one in public if one.is_approved}.values())


def waived(publication: Publication) -> list[WaivedFinding]:
    """Return the waivers in force for the very words of the text that readers see."""
    waivers = Waiver.objects.filter(article=publication.article_id).select_related(
        "concurrence__member__user", "waived_by"
    )
    hidden = {mask["section"] for mask in publication.masks}
    in_force = [one for one in waivers if one.is_in_force and one.section_key not in hidden]
    if not in_force:
        return []
    found = findings.of_content(publication.article, publication.revision.document)
    standing = {finding.identity for finding in found}
    return [
        WaivedFinding(findings.rule_words(one.rule), one)
        for one in in_force
        if (one.rule, one.section_key, one.audience, one.words) in standing
    ]


def approved_revision(slug: str, number: int, *, today: date) -> Revision | None:
    """Return a revision that was approved, of an article that readers can open whole."""
    # While a section is suspended its words are handed out nowhere, nor are those it had before.
    readable = Publication.objects.readable(today).filter(article__slug=slug, masks=[])
    approved = Review.objects.filter(state=Review.State.APPROVED, article__in=readable.values("article"))
    return Revision.objects.filter(number=number, pk__in=approved.values("revision")).first()


def rules(policy: EditorialPolicy) -> list[dict[str, object]]:
    """Return what a policy asks for by the risk of a text: signers of each section, months to the next review."""
    return [
        {
            "risk": risk.label,
            "signers": policy.signers_needed(risk=risk.value, reason=Review.Reason.NEW),
            "months": policy.months_to_rereview(risk.value),
        }
        for risk in Article.Risk
    ]
