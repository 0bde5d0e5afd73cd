"""A correction: the published text plus only the words named; and its merging with the draft that lies beside it."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article, Audience, Publication, Revision
from articles.models.person import Person
from articles.models.translation import translated
from articles.text import merging
from articles.text.canonical import normalised
from articles.text.rendering import TextTooComplex, used_citation_keys
from articles.writing import drafting, freezing, wording
from reviews.models import EditorialPolicy, Review
from reviews.workflow import succession
from reviews.workflow.step import ArticleMoved, Refused, Step, TransitionNotAllowed, sentence, take
from reviews.workflow.submission import frozen, must_pass, open_review

Texts = dict[str, dict[str, str]]  # by section key, then by audience


def correct(article: Article, *, by: Person, seen: int, edits: Texts, notice: str) -> Review:
    """Open a review of the published text with some words of it replaced; never of the draft.

    `edits` are the new texts, by section key and audience; `notice` is what readers are told, and what the reviewers
    read first. An open review closes as superseded. Raises `FindingsBlock`, and `Refused` for an unknown section or
    when nothing changed.
    """
    with take("correct", article.pk, by=by, seen=seen) as step:
        published = step.article.publication.revision  # the table's sources say that there is one
        content = corrected(published.document, edits)
        if content == published.document:
            raise Refused(_("The text does not differ from the published text."))
        words = sentence(notice, _("Say what was wrong and what is right: readers are told in your words."))
        policy = EditorialPolicy.objects.current()
        must_pass(step.article, content, policy.findings_that_block_submit(Review.Reason.CORRECTION))
        revision = frozen(step, lambda: _freeze(step, content, published))
        superseded = succession.supersede(step)
        open_review(
            step,
            revision,
            policy,
            reason=Review.Reason.CORRECTION,
            change_class=_change_class(published.document, content),
            summary=words,
            superseded=superseded,
        )
        step.data["edits"] = _named(published.document, content)
        if superseded is not None and superseded.reason == Review.Reason.CORRECTION:
            succession.hand_on(step, superseded)
    return step.open_review


def corrected(document: dict[str, Any], edits: Texts) -> dict[str, Any]:
    """Return a content with some texts of its sections replaced. Raises `Refused` for a section that is not in it."""
    content = deepcopy(document)
    sections = {section["key"]: section for section in content["sections"]}
    for key, texts in edits.items():
        if key not in sections or not set(texts) <= set(Audience.values):
            raise Refused(_("This section is not in the published text."))
        for audience, text in texts.items():
            sections[key][audience] = normalised(text)
            sections[key]["cites"][audience] = _cited(text)
    return content


def _cited(text: str) -> list[str]:
    try:
        return used_citation_keys(normalised(text))
    except TextTooComplex as refusal:
        raise Refused(translated(refusal.message)) from refusal


def _freeze(step: Step, content: dict[str, Any], published: Revision) -> Revision:
    is_minor = wording.change_floor(published.document, content) == Review.ChangeClass.MINOR
    contributors = set(published.contributors) | (set() if is_minor else {step.person.pk})
    return freezing.freeze_content(
        step.article, content, parent=published, contributors=sorted(contributors), by=step.person, at=step.at
    )


def _change_class(before: dict[str, Any], after: dict[str, Any]) -> str:
    is_minor = wording.change_floor(before, after) == Review.ChangeClass.MINOR
    return Review.ChangeClass.MINOR if is_minor else Review.ChangeClass.SAFETY


def _named(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """Return which texts an event names as changed; the words are in the two revisions."""
    return [
        {"section": new["key"], "audience": audience}
        for old, new in zip(before["sections"], after["sections"], strict=True)
        for audience in Audience.values
        if old[audience] != new[audience]
    ]


@dataclass(frozen=True)
class Part:
    """One corrected text and what a three-way merge makes of it in the draft."""

    section_key: str
    audience: str
    heading: str
    before: str
    corrected: str
    draft: str
    merged: str
    is_conflict: bool

    @property
    def is_in_draft(self) -> bool:
        """Say whether the draft holds the correction already."""
        return self.draft == self.merged


@dataclass(frozen=True)
class Proposal:
    """What an editor confirms: each corrected text, and the headings of corrected sections that the draft dropped."""

    correction: Revision
    parts: list[Part] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def proposal(article: Article) -> Proposal | None:
    """Return how a correction would come into the draft; None when the draft holds what is published."""
    publication = Publication.objects.filter(pk=article.pk).select_related("revision").first()
    is_live = publication is not None and publication.status in (
        Publication.Status.APPROVED,
        Publication.Status.SUSPENDED,
    )
    if publication is None or not is_live or not freezing.has_diverged(article, publication.revision):
        return None
    correction, origin = publication.revision, freezing.origin(article)
    assert origin is not None  # noqa: S101  (a draft that lies beside something grew from something)
    ancestor = article.revisions.get(pk=freezing.common_ancestor(article, origin.pk, correction.pk))
    sections = {str(section.key): section for section in article.sections.all()}
    made = Proposal(correction)
    for old, new in zip(ancestor.document["sections"], correction.document["sections"], strict=True):
        for audience in Audience.values:
            if old[audience] == new[audience]:
                continue
            if new["key"] in sections:
                made.parts.append(_part(old, new, audience, getattr(sections[new["key"]], audience)))
            elif new["heading"] not in made.dropped:
                made.dropped.append(new["heading"])
    return made


def _part(old: dict[str, Any], new: dict[str, Any], audience: str, draft: str) -> Part:
    draft = normalised(draft)
    merged, is_conflict = merging.merge(old[audience], ours=draft, theirs=new[audience])
    return Part(new["key"], audience, new["heading"], old[audience], new[audience], draft, merged, is_conflict)


def merge(article: Article, *, by: Person, seen: int, texts: Texts) -> Article:
    """Take a published correction into the draft, in the words an editor confirmed. `seen` is the draft's version.

    `texts` are the confirmed texts, by section key and audience. Raises `ArticleMoved` when the draft was saved
    since, `Refused` for a section that was not corrected, and `TransitionNotAllowed` when nothing is to be merged.
    """
    with take("merge", article.pk, by=by) as step:
        if step.article.version != seen:
            raise ArticleMoved(step.article, [])
        found = proposal(step.article)
        if found is None:
            raise TransitionNotAllowed(_("The draft already contains what is published: there is nothing to merge."))
        expected = {(part.section_key, part.audience) for part in found.parts}
        given = {(key, audience) for key, by_audience in texts.items() for audience in by_audience}
        if given != expected:
            raise Refused(_("Confirm the wording of each corrected section."))
        words = _("merged correction %s") % found.correction.number
        fresh = drafting.rewrite(step.article, by=by, reason=words, seen=seen, sections=texts)
        drafting.grew_from(fresh, found.correction)
        step.data.update(number=found.correction.number, revision_merged=found.correction.pk, dropped=found.dropped)
    return fresh
