"""Every verb × state × role once. The tables are written from DESIGN §4 and know nothing of TRANSITIONS."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.models import Article, Publication
from articles.writing import findings, freezing
from reviews import workflow
from reviews.models import Assignment, Notice, Review, Suspension
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db

# yes: done · no: not this person's step · late: theirs, but not in this state · held: a guard of another kind says why.
# A role without a line cannot be in this state (nobody has accepted a text that is not under review).
# Superseded has no table: the review that took its place is the one people act on. Submitting the very text that is
# under review is held.
DRAFT = """
                submit  waive  rereview  retract
somebody        no      no     no        no
author          yes     no     no        no
other_author    no      no     no        no
editor          yes     yes    late      late
writing_editor  yes     no     late      late
member          no      no     no        no
writing_member  no      no     no        no
auditor         no      no     no        no
administrator   no      no     no        no
superuser       yes     yes    late      late
"""

SUBMITTED = """
                submit assign accept decline rule approve rescind request_changes reject recall waive rereview retract
somebody        no     no     no     no      no   no      no      no              no     no     no    no       no
author          held   no     no     no      no   no      no      no              no     yes    no    no       no
other_author    no     no     no     no      no   no      no      no              no     no     no    no       no
editor          held   yes    no     no      yes  no      no      no              yes    yes    yes   late     late
writing_editor  held   yes    no     no      yes  no      no      no              yes    yes    no    late     late
invited         no     no     yes    yes     no   no      no      no              no     no     no    no       no
disclosed       no     no     held   yes     no   no      no      no              no     no     no    no       no
declined        no     no     no     no      no   no      no      no              no     no     no    no       no
member          no     no     yes    no      no   no      no      no              no     no     no    no       no
writing_member  no     no     held   no      no   no      no      no              no     no     no    no       no
auditor         no     no     no     no      no   no      no      no              no     no     no    no       no
administrator   no     no     no     no      no   no      no      no              no     no     no    no       no
superuser       held   yes    no     no      yes  no      no      no              yes    yes    yes   late     late
"""

UNDER_REVIEW = """
                submit assign accept decline rule approve rescind request_changes reject recall waive rereview retract
somebody        no     no     no     no      no   no      no      no              no     no     no    no       no
author          held   no     no     no      no   no      no      no              no     yes    no    no       no
other_author    no     no     no     no      no   no      no      no              no     no     no    no       no
editor          held   yes    no     no      yes  no      no      no              yes    yes    yes   late     late
writing_editor  held   yes    no     no      yes  no      no      no              yes    yes    no    late     late
invited         no     no     yes    yes     no   no      no      no              no     no     no    no       no
disclosed       no     no     held   yes     no   no      no      no              no     no     no    no       no
accepted        no     no     no     yes     no   yes     no      yes             no     no     no    no       no
signed          no     no     no     no      no   no      yes     yes             no     no     no    no       no
declined        no     no     no     no      no   no      no      no              no     no     no    no       no
member          no     no     yes    no      no   no      no      no              no     no     no    no       no
writing_member  no     no     held   no      no   no      no      no              no     no     no    no       no
auditor         no     no     no     no      no   no      no      no              no     no     no    no       no
administrator   no     no     no     no      no   no      no      no              no     no     no    no       no
superuser       held   yes    no     no      yes  no      no      no              yes    yes    yes   late     late
"""

# The same, but an approved text is public: it may be retracted.
UPDATE_UNDER_REVIEW = """
                submit assign accept decline rule approve rescind request_changes reject recall waive rereview retract
somebody        no     no     no     no      no   no      no      no              no     no     no    no       no
author          held   no     no     no      no   no      no      no              no     yes    no    no       no
other_author    no     no     no     no      no   no      no      no              no     no     no    no       no
editor          held   yes    no     no      yes  no      no      no              yes    yes    yes   late     yes
writing_editor  held   yes    no     no      yes  no      no      no              yes    yes    no    late     yes
invited         no     no     yes    yes     no   no      no      no              no     no     no    no       no
disclosed       no     no     held   yes     no   no      no      no              no     no     no    no       no
accepted        no     no     no     yes     no   yes     no      yes             no     no     no    no       no
signed          no     no     no     no      no   no      yes     yes             no     no     no    no       no
declined        no     no     no     no      no   no      no      no              no     no     no    no       no
member          no     no     yes    no      no   no      no      no              no     no     no    no       no
writing_member  no     no     held   no      no   no      no      no              no     no     no    no       no
auditor         no     no     no     no      no   no      no      no              no     no     no    no       no
administrator   no     no     no     no      no   no      no      no              no     no     no    no       no
superuser       held   yes    no     no      yes  no      no      no              yes    yes    yes   late     yes
"""

APPROVED = """
                submit assign accept decline rule approve rescind request_changes reject recall waive rereview retract
somebody        no     no     no     no      no   no      no      no              no     no     no    no       no
author          yes    no     no     no      no   no      no      no              no     late   no    no       no
other_author    no     no     no     no      no   no      no      no              no     no     no    no       no
editor          yes    late   no     no      late no      no      no              late   late   yes   yes      yes
writing_editor  yes    late   no     no      late no      no      no              late   late   no    yes      yes
invited         no     no     late   late    no   no      no      no              no     no     no    no       no
disclosed       no     no     late   late    no   no      no      no              no     no     no    no       no
accepted        no     no     no     late    no   late    no      late            no     no     no    no       no
signed          no     no     no     no      no   no      late    late            no     no     no    no       no
declined        no     no     no     no      no   no      no      no              no     no     no    no       no
member          no     no     late   no      no   no      no      no              no     no     no    no       no
writing_member  no     no     late   no      no   no      no      no              no     no     no    no       no
auditor         no     no     no     no      no   no      no      no              no     no     no    no       no
administrator   no     no     no     no      no   no      no      no              no     no     no    no       no
superuser       yes    late   no     no      late no      no      no              late   late   yes   yes      yes
"""

# Changes requested, rejected or recalled, and never approved: the author submits again, and readers have no page.
SENT_BACK = """
                submit assign accept decline rule approve rescind request_changes reject recall waive rereview retract
somebody        no     no     no     no      no   no      no      no              no     no     no    no       no
author          yes    no     no     no      no   no      no      no              no     late   no    no       no
other_author    no     no     no     no      no   no      no      no              no     no     no    no       no
editor          yes    late   no     no      late no      no      no              late   late   yes   late     late
writing_editor  yes    late   no     no      late no      no      no              late   late   no    late     late
invited         no     no     late   late    no   no      no      no              no     no     no    no       no
disclosed       no     no     late   late    no   no      no      no              no     no     no    no       no
accepted        no     no     no     late    no   late    no      late            no     no     no    no       no
signed          no     no     no     no      no   no      late    late            no     no     no    no       no
declined        no     no     no     no      no   no      no      no              no     no     no    no       no
member          no     no     late   no      no   no      no      no              no     no     no    no       no
writing_member  no     no     late   no      no   no      no      no              no     no     no    no       no
auditor         no     no     no     no      no   no      no      no              no     no     no    no       no
administrator   no     no     no     no      no   no      no      no              no     no     no    no       no
superuser       yes    late   no     no      late no      no      no              late   late   yes   late     late
"""

RETRACTED = """
                submit assign accept decline rule approve rescind request_changes reject recall waive rereview retract
somebody        no     no     no     no      no   no      no      no              no     no     no    no       no
author          yes    no     no     no      no   no      no      no              no     late   no    no       no
other_author    no     no     no     no      no   no      no      no              no     no     no    no       no
editor          yes    late   no     no      late no      no      no              late   late   yes   yes      late
writing_editor  yes    late   no     no      late no      no      no              late   late   no    yes      late
invited         no     no     late   late    no   no      no      no              no     no     no    no       no
disclosed       no     no     late   late    no   no      no      no              no     no     no    no       no
accepted        no     no     no     late    no   late    no      late            no     no     no    no       no
signed          no     no     no     no      no   no      late    late            no     no     no    no       no
declined        no     no     no     no      no   no      no      no              no     no     no    no       no
member          no     no     late   no      no   no      no      no              no     no     no    no       no
writing_member  no     no     late   no      no   no      no      no              no     no     no    no       no
auditor         no     no     no     no      no   no      no      no              no     no     no    no       no
administrator   no     no     no     no      no   no      no      no              no     no     no    no       no
superuser       yes    late   no     no      late no      no      no              late   late   yes   yes      late
"""


# The verbs on what readers see ask for nothing but the page: one table for each state it can be in.
NOT_PUBLIC = """
                suspend lift withdraw_lift notice sign_notice withdraw_notice retire
somebody        no      no   no            no     no          no              no
author          no      no   no            no     no          no              no
other_author    no      no   no            no     no          no              no
editor          late    late late          late   no          late            late
writing_editor  late    late late          late   no          late            late
member          late    late late          late   late        late            no
writing_member  late    late late          late   late        late            no
auditor         no      no   no            no     no          no              no
administrator   no      no   no            no     no          no              no
superuser       late    late late          late   no          late            late
"""

PUBLIC = """
                suspend lift withdraw_lift notice sign_notice withdraw_notice retire
somebody        no      no   no            no     no          no              no
author          no      no   no            no     no          no              no
other_author    no      no   no            no     no          no              no
editor          yes     yes  held          yes    no          yes             yes
writing_editor  yes     yes  held          yes    no          yes             yes
invited         yes     yes  held          yes    yes         no              no
disclosed       yes     yes  held          yes    yes         no              no
signed          yes     yes  held          yes    yes         no              no
declined        yes     yes  held          yes    yes         no              no
member          yes     yes  held          yes    yes         no              no
writing_member  yes     yes  held          yes    held        no              no
auditor         no      no   no            no     no          no              no
administrator   no      no   no            no     no          no              no
superuser       yes     yes  held          yes    no          yes             yes
"""

SUSPENDED = """
                suspend lift withdraw_lift notice sign_notice withdraw_notice retire retract rereview submit
somebody        no      no   no            no     no          no              no     no      no       no
author          no      no   no            no     no          no              no     no      no       yes
other_author    no      no   no            no     no          no              no     no      no       no
editor          held    yes  held          late   no          yes             yes    yes     yes      yes
writing_editor  held    yes  held          late   no          yes             yes    yes     yes      yes
member          held    yes  held          late   yes         no              no     no      no       no
writing_member  held    yes  held          late   held        no              no     no      no       no
auditor         no      no   no            no     no          no              no     no      no       no
administrator   no      no   no            no     no          no              no     no      no       no
superuser       held    yes  held          late   no          yes             yes    yes     yes      yes
"""

RETIRED = """
                suspend lift withdraw_lift notice sign_notice withdraw_notice retire retract rereview submit
somebody        no      no   no            no     no          no              no     no      no       no
author          no      no   no            no     no          no              no     no      no       yes
other_author    no      no   no            no     no          no              no     no      no       no
editor          late    late late          late   no          late            late   late    late     yes
writing_editor  late    late late          late   no          late            late   late    late     yes
member          late    late late          late   late        late            no     no      no       no
writing_member  late    late late          late   late        late            no     no      no       no
auditor         no      no   no            no     no          no              no     no      no       no
administrator   no      no   no            no     no          no              no     no      no       no
superuser       late    late late          late   no          late            late   late    late     yes
"""


# The editors' own steps: nobody else may take them in any state, so a line is a state. Nothing is there to be merged.
EDITORS_STEPS = """
                     correct merge release extend alert warn
submitted            late    late  yes     yes    late  yes
under_review         late    late  yes     yes    late  yes
update_under_review  yes     late  yes     yes    yes   yes
approved             yes     late  late    late   yes   yes
rejected             late    late  late    late   late  yes
suspended            yes     late  late    late   yes   yes
retracted            late    late  late    late   late  late
retired              late    late  late    late   late  late
"""
EDITORS = ("editor", "writing_editor", "superuser")


class World:
    """An article with everybody around it, brought to a state by the real verbs."""

    def __init__(self, state: str) -> None:
        self.members = {role: factories.board_member(role) for role in _ON_BOARD}
        self.people: dict[str, Any] = {role: member.user for role, member in self.members.items()}
        self.people |= {role: factories.user(group, role) for role, group in _GROUPS.items()}
        self.people["superuser"] = factories.user(name="superuser", is_superuser=True)
        self.spare = factories.board_member("Spare")
        citations = [{"key": key, "source": factories.source(key)} for key in ("first", "second", "unused")]
        self.article = factories.article(by=self.people["author"], citations=citations)
        factories.edit(self.article, by=self.people["writing_editor"])
        factories.edit(
            self.article,
            by=self.members["writing_member"].user,
            text="A third sentence: 300 mg [@first].",
            plain="A third plain one: 300 mg [@first].",
        )
        self.review: Review | None = None
        getattr(self, f"to_{state}")()

    def to_draft(self) -> None:
        pass

    def to_submitted(self) -> None:
        review = self.review = factories.submitted(self.article)
        for role in ("invited", "disclosed", "declined"):
            workflow.assign(
                review, by=self.people["editor"], member=self.members[role], seen=factories.seen(self.article)
            )
        declined = self.people["declined"]
        workflow.decline(review, by=declined, kind="time", reason="Away.", seen=factories.seen(review))
        interests = [{"nature": "Fees", "organisation": "A maker", "period": "2025"}]
        workflow.accept(review, by=self.people["disclosed"], seen=factories.seen(review), interests=interests)

    def to_under_review(self) -> None:
        self.to_submitted()
        for role in ("accepted", "signed"):
            factories.accepted(self.review, self.members[role])
        factories.mark_all(self.review, self.members["accepted"])
        factories.sign(self.review, self.members["signed"])

    def to_update_under_review(self) -> None:
        factories.approved(review=factories.submitted(self.article))
        factories.edit(self.article, text="An update [@first].", plain="An update in plain words [@first].")
        self.to_under_review()

    def to_approved(self) -> None:
        self.to_under_review()
        factories.approved(factories.board_member("Finisher"), review=self.review)
        factories.edit(self.article, text="An update [@first].", plain="An update in plain words [@first].")

    def to_changes_requested(self) -> None:
        self.to_under_review()
        other = factories.board_member("Other")
        factories.accepted(self.review, other)
        workflow.request_changes(self.review, by=other.user, text="Too vague.", seen=factories.seen(self.review))

    def to_rejected(self) -> None:
        self.to_under_review()
        workflow.reject(self.review, by=self.people["editor"], reason="Not for us.", seen=factories.seen(self.review))

    def to_recalled(self) -> None:
        self.to_under_review()
        workflow.recall(self.review, by=self.people["author"], reason="A mistake.", seen=factories.seen(self.review))

    def to_retracted(self) -> None:
        self.to_approved()
        self.do("retract", self.people["editor"])

    def to_suspended(self) -> None:
        self.to_approved()
        self._notice()
        self.do("suspend", self.people["editor"])

    def to_retired(self) -> None:
        self.to_approved()
        self.do("retire", self.people["editor"])

    def _suspension(self) -> Suspension:
        """Return a suspension that may be lifted, where there can be one."""
        found = Suspension.objects.in_force().filter(article=self.article).first()
        if found is None and self._is_live():
            found = steps.suspend(self.article, self.spare.user, section_key=steps.section_keys(self.article)[0])
        return found or Suspension(article=self.article)

    def _notice(self) -> Notice:
        """Return a notice that readers see, where there can be one."""
        found = Notice.objects.filter(article=self.article).first()
        if found is None and self._is_live():
            found = steps.notice(self.article, self.spare.user, steps.section_keys(self.article)[0])
        return found or Notice(article=self.article)

    def _is_live(self) -> bool:
        return Publication.objects.filter(article=self.article, status__in=("approved", "suspended")).exists()

    def do(self, verb: str, by: Any) -> None:
        """Take a step in the way in which it would succeed for the right person at the right time."""
        article = Article.objects.get(pk=self.article.pk)
        review, seen = self.review, factories.seen(article)
        match verb:
            case "submit":
                workflow.submit(article, by=by, seen=article.version)
            case "assign":
                workflow.assign(review, by=by, member=self.spare, seen=seen)
            case "accept":
                workflow.accept(review, by=by, seen=seen, interests=[])
            case "decline":
                workflow.decline(review, by=by, kind="time", reason="Away.", seen=seen)
            case "rule":
                waiting = Assignment.objects.get(review=review, member=self.members["disclosed"])
                workflow.rule(waiting, by=by, outcome="clear", reason="No bearing.", seen=seen)
            case "correct":
                steps.correct(article, by)
            case "merge":
                workflow.merge(article, by=by, seen=article.version, texts={})
            case "alert":
                workflow.alert(article, by=by, reason="The label has a new maximum.", seen=seen)
            case "warn":
                update = factories.source_update(article.citations.get(key="first").source)
                workflow.warn(article, by=by, update=update, seen=seen)
            case "release" | "extend":
                invited = Assignment.objects.get(review=review, member=self.members["invited"])
                later = {"due_date": invited.due_date + timedelta(days=7)} if verb == "extend" else {}
                getattr(workflow, verb)(invited, by=by, reason="Ill.", seen=seen, **later)
            case "approve":
                digest = review.revision.digest
                workflow.approve(review, by=by, digest=digest, password=factories.PASSWORD, seen=seen)
            case "rescind":
                workflow.rescind(review, by=by, reason="Second thoughts.", seen=seen)
            case "request_changes":
                workflow.request_changes(review, by=by, text="Too vague.", seen=seen)
            case "reject" | "recall":
                getattr(workflow, verb)(review, by=by, reason="A reason.", seen=seen)
            case "waive":
                found = findings.of_content(article, freezing.draft_content(article))
                unused = next(finding for finding in found if finding.rule == "citation-unused")
                workflow.waive(article, by=by, finding=unused, reason="Listed for readers.")
            case "rereview":
                workflow.rereview(article, by=by, reason="New trial.", seen=seen)
            case "suspend":
                steps.suspend(article, by)
            case "lift":
                steps.lift(self._suspension(), by)
            case "withdraw_lift":
                suspension = self._suspension()
                workflow.withdraw_lift(suspension, by=by, reason="Not yet.", seen=factories.seen(article))
            case "notice":
                key = Review.objects.filter(article=article).first().revision.document["sections"][0]["key"]
                steps.notice(article, by, key)
            case "sign_notice":
                steps.sign_notice(self._notice(), by)
            case "withdraw_notice":
                steps.withdraw_notice(self._notice(), by)
            case "retire":
                steps.retire(article, by)
            case "retract":
                workflow.retract(article, by=by, reason="Wrong.", notice="The dose was wrong.", seen=seen)

    def outcome(self, verb: str, role: str) -> str:
        try:
            with transaction.atomic():
                self.do(verb, self.people[role])
                raise _Undo
        except _Undo:
            return "yes"
        except PermissionDenied:
            return "no"
        except workflow.TransitionNotAllowed:
            return "late"
        except workflow.Refused:
            return "held"


class _Undo(Exception):
    """Ends an attempt that succeeded, so that the next one finds the same world."""


_ON_BOARD = ("invited", "disclosed", "accepted", "signed", "declined", "member", "writing_member")
_GROUPS = {
    "somebody": None,
    "author": "Author",
    "other_author": "Author",
    "editor": "Editor",
    "writing_editor": "Editor",
    "auditor": "Auditor",
    "administrator": "Administrator",
}


# A state's table, the state of the review in it, and that of the page.
STATES = {
    "draft": (DRAFT, None, None),
    "submitted": (SUBMITTED, "submitted", "submitted"),
    "under_review": (UNDER_REVIEW, "under_review", "under_review"),
    "update_under_review": (UPDATE_UNDER_REVIEW, "under_review", "approved"),
    "approved": (APPROVED, "approved", "approved"),
    "changes_requested": (SENT_BACK, "changes_requested", "under_review"),
    "rejected": (SENT_BACK, "rejected", "under_review"),
    "recalled": (SENT_BACK, "recalled", "under_review"),
    "retracted": (RETRACTED, "approved", "retracted"),
}


@pytest.mark.parametrize("state", STATES)
def test_every_verb_and_role_in(state):
    table, review_state, page = STATES[state]
    verbs, *lines = [line.split() for line in table.strip().splitlines()]
    expected = {role: dict(zip(verbs, outcomes, strict=True)) for role, *outcomes in lines}
    world = World(state)

    actual = {role: {verb: world.outcome(verb, role) for verb in verbs} for role in expected}

    assert actual == expected
    assert (
        Review.objects.filter(article=world.article).newest_first().values_list("state", flat=True).first()
        == review_state
    )
    assert Publication.objects.filter(article=world.article).values_list("status", flat=True).first() == page


# Where readers see no approved text nothing differs; of those, the one in which a review is open is tried.
ON_THE_PAGE = {
    "under_review": (NOT_PUBLIC, "under_review"),
    "rejected": (NOT_PUBLIC, "under_review"),
    "retracted": (NOT_PUBLIC, "retracted"),
    "update_under_review": (PUBLIC, "approved"),
    "approved": (PUBLIC, "approved"),
    "suspended": (SUSPENDED, "suspended"),
    "retired": (RETIRED, "retired"),
}


@pytest.mark.parametrize("state", ON_THE_PAGE)
def test_every_verb_on_the_page_and_role_in(state):
    table, page = ON_THE_PAGE[state]
    verbs, *lines = [line.split() for line in table.strip().splitlines()]
    expected = {role: dict(zip(verbs, outcomes, strict=True)) for role, *outcomes in lines}
    world = World(state)

    actual = {role: {verb: world.outcome(verb, role) for verb in verbs} for role in expected}

    assert actual == expected
    assert Publication.objects.get(article=world.article).status == page


_VERBS, *_LINES = [line.split() for line in EDITORS_STEPS.strip().splitlines()]


@pytest.mark.parametrize(("state", "outcomes"), [(state, outcomes) for state, *outcomes in _LINES])
def test_steps_of_editors_in(state, outcomes):
    world = World(state)

    actual = {role: [world.outcome(verb, role) for verb in _VERBS] for role in world.people}

    assert actual == {role: outcomes if role in EDITORS else ["no"] * len(_VERBS) for role in world.people}


def test_the_tables_know_every_verb():
    tables = [EDITORS_STEPS, *(table for table, *_states in (*STATES.values(), *ON_THE_PAGE.values()))]
    verbs = [set(table.strip().splitlines()[0].split()) for table in tables]

    assert all(some <= set(workflow.TRANSITIONS) for some in verbs)
    assert set.union(*verbs) == set(workflow.TRANSITIONS)


@pytest.mark.parametrize("state", ["under_review", "approved"])
def test_available_verbs_are_those_that_are_neither_forbidden_nor_late(state):
    world = World(state)
    article = Article.objects.get(pk=world.article.pk)
    review = Review.objects.get(pk=world.review.pk)

    for role, person in world.people.items():
        offered = workflow.available_verbs(article, review, person)

        taken = [verb for verb in workflow.TRANSITIONS if world.outcome(verb, role) not in {"no", "late"}]
        # Who wrote the words, who placed a notice, and what a draft grew from is known to the verb alone: a button may
        # lead to its sentence.
        known = [verb for verb in workflow.TRANSITIONS if verb not in ("waive", "withdraw_notice", "merge")]
        assert [verb for verb in offered if verb in known] == [verb for verb in taken if verb in known], role
