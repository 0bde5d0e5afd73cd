"""Everything the desk of one review shows to one person who sees its text, loaded in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.person import AnyUser
from reviews import workflow
from reviews.models import Assignment, Decision, Event, Review
from reviews.record import event_sentences, signatures, statements
from reviews.record.event_sentences import Entry
from reviews.rules import permissions, quorum, triage
from reviews.web.desk import (
    finding_list,
    frozen_text,
    review_origin,
    reviewer_list,
    template_answers,
    text_changes,
    thread_list,
    visibility,
)
from reviews.web.desk.frozen_text import ShownText
from reviews.web.desk.text_changes import Changes
from reviews.web.forms import (
    ApproveForm,
    AssignForm,
    DeclineForm,
    RecallForm,
    RejectForm,
    RequestChangesForm,
    RescindForm,
    StepForm,
)
from reviews.workflow.assignments import why_not
from reviews.workflow.decisions import marked_sections

_LATEST = 100


@dataclass
class Ending:
    """A step that takes the text, or the person, out of the review."""

    form: StepForm
    title: Any
    explanation: Any
    button: Any


@dataclass
class Desk:
    """What the page of one review shows to one person."""

    review: Review
    user: Any
    seen: int
    document: dict[str, Any]
    assignment: Assignment | None
    verbs: list[str]
    audience: str
    forms: dict[str, StepForm] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)
    remark_form: StepForm | None = None
    is_marking: bool = False
    text: ShownText | None = None
    changes: Changes | None = None
    discussions: list[thread_list.Discussion] = field(default_factory=list)
    findings: list[finding_list.CheckedFinding] = field(default_factory=list)
    reviewers: list[reviewer_list.Reviewer] = field(default_factory=list)
    candidates: list[reviewer_list.Candidate] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    statement: str = ""
    event_list: list[Entry] = field(default_factory=list)
    is_confidential_shown: bool = False
    notes: list[review_origin.Note] = field(default_factory=list)
    # Signatures of the review before that count here too.
    counted: list[Decision] = field(default_factory=list)
    # Signatures that do not verify: nothing that they say is printed.
    mismatched: set[int] = field(default_factory=set)
    # How many sections the member held accurate before this review began, in words that did not change.
    marked_before: int = 0
    # Why this member, who works on the text, cannot sign it.
    hindrance: str = ""
    # How many signers the house lacks, for who asks members.
    too_few: str = ""

    @property
    def due_date(self) -> date | None:
        return self.assignment.due_date if self.assignment else self.review.due_date

    @property
    def is_overdue(self) -> bool:
        return self.review.is_open and self.due_date is not None and self.due_date < timezone.localdate()

    @property
    def topics(self) -> str:
        return ", ".join(topic.name for topic in self.review.article.topics.all())

    @property
    def finding_groups(self) -> list[finding_list.FindingGroup]:
        return finding_list.grouped(self.findings)

    @property
    def template(self) -> str:
        return template_answers.template(self.document)

    @property
    def left_out(self) -> list[template_answers.LeftOut]:
        return template_answers.left_out(self.document)

    @property
    def next_step(self) -> str:
        if self.is_marking:
            return _("Read both wordings, mark the sections you hold accurate, then sign or ask for changes.")
        if "rescind" in self.verbs and self.assignment is not None:
            has_signed = self.assignment.state == Assignment.State.SIGNED
            return _("You have signed.") if has_signed else _("You asked for changes.")
        if self.review.reason == Review.Reason.SECOND_REVIEW and self.review.state == Review.State.SUBMITTED:
            return _("Readers already see this text. The editors are asking for its second signature.")
        return str(_NEXT_STEPS[self.review.state])

    @property
    def asked_for_changes(self) -> bool:
        return self.assignment is not None and self.assignment.state == Assignment.State.ASKED_CHANGES

    @property
    def blocking_threads(self) -> list[thread_list.Discussion]:
        return [one for one in self.discussions if one.thread.is_open and one.thread.kind == "blocking"]

    @property
    def open_threads(self) -> list[thread_list.Discussion]:
        return [one for one in self.discussions if one.thread.is_open]

    @property
    def general_discussions(self) -> list[thread_list.Discussion]:
        """Return what is about the whole text, or about an earlier one."""
        return [one for one in self.discussions if not one.thread.section_key or one.is_of_earlier_text]


def load(review: Review, user: AnyUser, *, seen: int, audience: str) -> Desk:
    """Return the desk of a review whose text the person sees, in a fixed number of queries."""
    desk = Desk(
        review=review,
        user=user,
        seen=seen,
        document=review.revision.document,
        assignment=review.assignment_of(user),
        verbs=workflow.available_verbs(review.article, review, user),
        audience=audience,
    )
    desk.is_confidential_shown = visibility.sees_interests(user)
    desk.discussions = thread_list.of_article(review.article, user, review=review)
    desk.changes = text_changes.of_review(review)
    desk.findings = finding_list.of_review(review, user)
    approvals = quorum.approvals(review)
    signed = [decision for decision in approvals if signatures.is_valid(decision)]
    desk.decisions = _decisions(review)
    desk.missing = quorum.shortfalls(review, signed) if review.is_open else []
    desk.text = frozen_text.of_review(review, user, audience=audience, signed=signed, discussions=desk.discussions)
    own = {assignment.pk for assignment in review.assignments.all()}
    desk.counted = [decision for decision in approvals if decision.assignment_id not in own]
    given = [one for one in (*desk.decisions, *desk.counted) if one.verdict == Decision.Verdict.APPROVED]
    desk.mismatched = {one.pk for one in given if not signatures.is_valid(one)}
    desk.notes = review_origin.notes(review, user)
    _load_people(desk)
    _offer_forms(desk)
    _load_events(desk)
    return desk


def _decisions(review: Review) -> list[Decision]:
    found = [decision for assignment in review.assignments.all() for decision in assignment.decisions.all()]
    return sorted(found, key=lambda decision: decision.decided_at)


def _load_people(desk: Desk) -> None:
    today = timezone.localdate()
    desk.reviewers = reviewer_list.reviewers(desk.review, desk.user, seen=desk.seen, today=today, verbs=desk.verbs)
    if "assign" in desk.verbs:
        triagers = triage.people(desk.review)
        desk.candidates = reviewer_list.candidates(desk.review, today, triagers)
        desk.too_few = reviewer_list.too_few(desk.review, desk.candidates, triagers)


def _offer_forms(desk: Desk) -> None:
    review, fields = desk.review, {"seen": desk.seen}
    for form in (AssignForm, RescindForm):
        if form.verb in desk.verbs:
            desk.forms[form.verb] = form(review=review, initial=fields)
    if "assign" in desk.forms and not desk.reviewers and desk.candidates and desk.candidates[0].knows_text:
        desk.forms["assign"].initial["member"] = desk.candidates[0].member.pk
    desk.endings = [_ending(desk, *ending) for ending in _ENDINGS if ending[0].verb in desk.verbs]
    desk.is_marking = review.is_open and permissions.can_mark(desk.user, review)
    if desk.is_marking and desk.assignment is not None:
        sections = marked_sections(desk.assignment, review)
        desk.marked_before = sum(section["is_carried"] for section in sections)
        desk.hindrance = why_not(desk.assignment.member, review, timezone.localdate())
        if sections and "approve" in desk.verbs and not desk.hindrance:
            desk.statement = statements.statement(review, sections)
            desk.forms["approve"] = ApproveForm(review=review, initial={**fields, "digest": review.revision.digest})
    if review.is_open and permissions.can_discuss(desk.user, review):
        desk.remark_form = frozen_text.remark_form(review, desk.user)


def _ending(desk: Desk, form: type[StepForm], title: Any, explanation: Any, button: Any) -> Ending:
    options: dict[str, Any] = {"review": desk.review, "initial": {"seen": desk.seen}}
    if form is RequestChangesForm:
        options["may_suspend"] = permissions.can_suspend(desk.user, desk.review.article)
        if waited_for := review_origin.others_unanswered(desk.review, desk.assignment):
            explanation = (
                _("The text goes back to its author when everyone has answered. Still to answer: %s.") % waited_for
            )
            button = _("Ask for changes")
    return Ending(form(**options), title, explanation, button)


def _load_events(desk: Desk) -> None:
    events = Event.objects.of_article(desk.review.article_id).reverse()[:_LATEST]
    headings = {section["key"]: section["heading"] for section in desk.document["sections"]}
    desk.event_list = event_sentences.entries(events, headings, includes_interests=desk.is_confidential_shown)


_ENDINGS: tuple[tuple[type[StepForm], Any, Any, Any], ...] = (
    (
        RequestChangesForm,
        gettext_lazy("Ask for changes"),
        gettext_lazy("The review closes and the text goes back to its author with your comments."),
        gettext_lazy("Send back"),
    ),
    (
        DeclineForm,
        gettext_lazy("Leave this review"),
        gettext_lazy("The editors will look for somebody else. You will no longer see the text."),
        gettext_lazy("Leave"),
    ),
    (
        RecallForm,
        gettext_lazy("Recall"),
        gettext_lazy("The text is recalled from review. It can be changed and submitted again."),
        gettext_lazy("Recall"),
    ),
    (
        RejectForm,
        gettext_lazy("Reject"),
        gettext_lazy("The review ends without approval. An approved text that is already published stays."),
        gettext_lazy("Reject"),
    ),
)

_NEXT_STEPS: dict[str, Any] = {
    Review.State.SUBMITTED: gettext_lazy("The editors will ask members of the board to review it."),
    Review.State.UNDER_REVIEW: gettext_lazy("The board is reading it."),
    Review.State.APPROVED: gettext_lazy("This is the text that was approved."),
    Review.State.CHANGES_REQUESTED: gettext_lazy("The board asked for changes. The author is revising the text."),
    Review.State.REJECTED: gettext_lazy("The review ended without approval."),
    Review.State.RECALLED: gettext_lazy("The text was recalled from review."),
    Review.State.SUPERSEDED: gettext_lazy("A later text replaced it."),
}
