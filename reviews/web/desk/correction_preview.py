"""What an editor sees of a correction before it is opened: the change word by word, and what follows from it."""

from dataclasses import dataclass, field
from typing import Any

from articles.models import Article, Audience, Publication
from articles.text.checks import Finding
from articles.writing import findings
from reviews.models import EditorialPolicy, Review
from reviews.rules import waivers
from reviews.web.desk.comparison import Piece, pieces, shortened
from reviews.web.forms import CorrectForm
from reviews.workflow import corrections


@dataclass(frozen=True)
class Change:
    """One wording of one section, and its words that change. `other` is the other wording when that stays as it was."""

    heading: str
    audience: str
    pieces: list[Piece]
    other: str = ""
    other_audience: str = ""


@dataclass
class Consequences:
    """What a correction of a text means today: what it closes, and how many have to sign until when."""

    publication: Publication | None
    closing: Review | None
    signers: int
    ordinary: int
    hours: int

    @property
    def is_possible(self) -> bool:
        live = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)
        return self.publication is not None and self.publication.status in live

    @property
    def needs_second_review(self) -> bool:
        return self.signers < self.ordinary

    @property
    def closing_is_of_the_draft(self) -> bool:
        """Say whether the review that closes is of an author's text, and not of an earlier correction."""
        beside = (Review.Reason.CORRECTION, Review.Reason.SECOND_REVIEW)
        return self.closing is not None and self.closing.reason not in beside


@dataclass
class Preview:
    """The change a person is about to confirm."""

    changes: list[Change]
    notice: str
    blocking: list[tuple[Finding, str]] = field(default_factory=list)
    later: list[tuple[Finding, str]] = field(default_factory=list)


def consequences(article: Article) -> Consequences:
    """Return what a correction of an article would mean."""
    policy = EditorialPolicy.objects.current()
    return Consequences(
        publication=getattr(article, "publication", None),
        closing=Review.objects.filter(article=article).open().select_related("revision").first(),
        signers=policy.signers_needed(risk=article.risk, reason=Review.Reason.CORRECTION),
        ordinary=policy.signers_needed(risk=article.risk, reason=Review.Reason.SECOND_REVIEW),
        hours=policy.second_review_hours,
    )


def preview(article: Article, form: CorrectForm) -> Preview:
    """Return the change of a valid form word by word, with the findings it would bring."""
    policy = EditorialPolicy.objects.current()
    content = corrections.corrected(form.document, form.edits)
    found = findings.of_content(article, content)
    first = policy.findings_that_block_submit(Review.Reason.CORRECTION)
    later = [rule for rule in policy.findings_that_block_approval() if rule not in first]
    return Preview(
        changes=[change for section in form.document["sections"] for change in _changes(section, form.edits)],
        notice=form.cleaned_data["notice"],
        blocking=[(one, "") for one in waivers.standing(article, found, first)],
        later=[(one, "") for one in waivers.standing(article, found, later)],
    )


def _changes(section: dict[str, Any], edits: corrections.Texts) -> list[Change]:
    changed = edits.get(section["key"], {})
    found = []
    for audience, text in changed.items():
        other = next(one for one in Audience.values if one != audience)
        stays = section[other] if other not in changed else ""
        label = str(Audience(audience).label)
        shown = shortened(pieces(section[audience], text))
        found.append(Change(section["heading"], label, shown, stays, str(Audience(other).label) if stays else ""))
    return found
