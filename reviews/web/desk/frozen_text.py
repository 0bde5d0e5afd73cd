"""The frozen text on the desk: the stored rendering of one audience, section by section, with each section's marks.

The desk shows one audience at a time and a link to the other: a signer must see exactly the HTML that was stored, and
the stored HTML of two audiences on one page would repeat its ids.
"""

import re
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from articles.models import Audience, Rendering
from articles.models.person import AnyUser
from articles.text.rendering.sanitising import safe
from reviews.models import Decision, Review
from reviews.rules import permissions, quorum, section_marks, section_wordings
from reviews.web.desk import template_answers
from reviews.web.desk.thread_list import Discussion
from reviews.web.forms import MarkForm, OpenThreadForm, StepForm, UnmarkForm

# Only the renderer writes this tag: in texts `<` is escaped, in attributes `"` is.
_PARTS = re.compile(r'(?=<section id="(?:section-|references"))')


@dataclass
class ShownSection:
    """A section as the audience reads it, what was said of it, and who holds this wording of it accurate."""

    key: str
    heading: str
    html: SafeString
    signers: list[str]
    wanted: int
    is_marked: bool = False
    # The wordings of it that a member who has begun to mark it has still to mark, by their labels.
    left: list[str] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    mark_form: StepForm | None = None
    remark_form: StepForm | None = None
    discussions: list[Discussion] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)


@dataclass
class ShownText:
    """The text for one audience: what stands before the sections, the sections, and the references."""

    audience: str
    contents: SafeString
    sections: list[ShownSection]
    references: SafeString


def of_review(
    review: Review, user: AnyUser, *, audience: str, signed: list[Decision], discussions: list[Discussion]
) -> ShownText:
    """Return the stored rendering of an audience with what the board said and did about each section."""
    document = review.revision.document
    html = stored_html(review, audience)
    contents, parts, references = split(html)
    # The renderer leaves out a section without any text; it is still marked and signed for.
    with_text = (one["key"] for one in document["sections"] if one["professional"].strip() or one["plain"].strip())
    by_key = dict(zip(with_text, parts, strict=True))
    digests = review.revision.section_digests
    coverage = quorum.coverage(review, signed)
    wanted = review.requirements["signers"]
    counting = _counting(review)
    sections = []
    for one in document["sections"]:
        key = one["key"]
        names = [signer["name"] for signer in coverage[key]]
        shown = ShownSection(key, one["heading"], safe(by_key.get(key, "")), names, wanted)
        shown.facts = template_answers.of_section(one)
        shown.discussions = [one for one in discussions if one.thread.section_key == key and not one.is_of_earlier_text]
        _show_marks(shown, review, user, audience, counting, section_wordings.existing(one))
        _offer_steps(shown, review, user, digests[key], audience, section_wordings.existing(one))
        sections.append(shown)
    return ShownText(audience, safe(contents), sections, safe(references))


def stored_html(review: Review, audience: str) -> str:
    """Return the newest stored rendering of the review's revision: what readers see once it is approved."""
    renderings = Rendering.objects.filter(revision=review.revision_id, audience=audience)
    return renderings.order_by("-version").values_list("html", flat=True)[0]


def split(html: str) -> tuple[str, list[str], str]:
    """Return what stands before the sections, each section, and the references; together they are the whole."""
    before, *parts = _PARTS.split(html)
    references = parts.pop() if parts and parts[-1].startswith('<section id="references"') else ""
    return before, parts, references


def chosen_audience(asked: str | None) -> str:
    return asked if asked in Audience.values else Audience.PROFESSIONAL


_Marked = dict[int, set[tuple[str, str]]]


def _counting(review: Review) -> _Marked:
    """Return which wordings of which sections each assignment marks; in a review that has ended, as they did then."""
    revision, digests = review.revision, review.revision.section_digests
    marks = {one.pk: list(one.marks.all()) for one in review.assignments.all()}
    if not any(marks.values()):
        return {pk: set() for pk in marks}
    now = section_marks.statuses(revision.document) if review.is_open else None
    return {
        pk: {(mark.section_key, mark.audience) for mark in section_marks.counting(own, digests, now)}
        for pk, own in marks.items()
    }


def _show_marks(
    shown: ShownSection, review: Review, user: AnyUser, audience: str, counting: _Marked, wordings: list[str]
) -> None:
    """Say who marked this wording, and which one the reader of the page has still to mark."""
    for assignment in review.assignments.all():
        marked = {wording for key, wording in counting[assignment.pk] if key == shown.key}
        # A mark that names no wording was given for the section.
        is_marked, is_own = bool({audience, ""} & marked), assignment.member.user_id == user.pk
        if is_marked:
            shown.markers.append(assignment.member.user.name)
        if is_own:
            shown.is_marked = is_marked
            left = [one for one in wordings if one not in marked] if marked and "" not in marked else []
            shown.left = [str(Audience(one).label) for one in left]


def _offer_steps(
    shown: ShownSection, review: Review, user: AnyUser, digest: str, audience: str, wordings: list[str]
) -> None:
    if not review.is_open:
        return
    if permissions.can_mark(user, review) and audience in wordings:
        fields = {"section_key": shown.key, "section_digest": digest, "audience": audience}
        shown.mark_form = UnmarkForm(initial=fields) if shown.is_marked else MarkForm(initial=fields)
    if permissions.can_discuss(user, review):
        shown.remark_form = remark_form(review, user, section_key=shown.key, audience=audience)


def remark_form(review: Review, user: AnyUser, *, section_key: str = "", audience: str = "") -> OpenThreadForm:
    """Return the form of a new remark; only a member of the board is asked whether it must be settled."""
    return OpenThreadForm(
        review=review,
        initial={"section_key": section_key, "audience": audience},
        may_block=permissions.is_on_board(user),
    )
