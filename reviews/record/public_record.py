"""What anybody may read of the reviews: the rules, the article at an address, waived findings and approved texts.

A signature is public when the review it belongs to ended in approval. How members voted before that, what they
remarked and why an editor sent a text back stays with the people who worked on it.
"""

from dataclasses import dataclass
from datetime import date

from articles.models import Article, Publication, Revision
from articles.writing import findings
from reviews.models import EditorialPolicy, Event, Review, Waiver
from reviews.record import event_chain
from reviews.record.history_entries import History


@dataclass(frozen=True)
class WaivedFinding:
    """A finding on the text readers see that was let stand: the event that says so, or None when none records it."""

    rule: str
    waived: Event | None
    agreed: Event | None = None


def shown(slug: str) -> Publication | None:
    """Return the publication readers find at an address, retracted ones included."""
    found = Publication.objects.filter(article__slug=slug, is_shown=True)
    return found.select_related("article", "revision").first()


def waived(publication: Publication, history: History) -> list[WaivedFinding]:
    """Return the waivers in force for the very words of the text that readers see.

    A waiver, or its concurrence, that is not as its event recorded it is told of without its words.
    """
    waivers = Waiver.objects.filter(article=publication.article_id).select_related("concurrence")
    hidden = {mask["section"] for mask in publication.masks}
    in_force = [one for one in waivers if one.is_in_force and one.section_key not in hidden]
    if not in_force:
        return []
    found = findings.of_content(publication.article, publication.revision.document)
    standing = {finding.identity for finding in found}
    return [
        _waived(one, history) for one in in_force if (one.rule, one.section_key, one.audience, one.words) in standing
    ]


def _waived(waiver: Waiver, history: History) -> WaivedFinding:
    event, agreed = history.waived.get(waiver.pk), history.concurred.get(waiver.pk)
    is_whole = event is not None and event_chain.records(event, waiver)
    if waiver.needs_concurrence:
        is_whole = is_whole and agreed is not None and event_chain.records(agreed, waiver.concurrence)
    return WaivedFinding(
        findings.rule_words(waiver.rule), event if is_whole else None, agreed if waiver.needs_concurrence else None
    )


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
