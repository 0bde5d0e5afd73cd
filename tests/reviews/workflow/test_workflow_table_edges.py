"""The rest of verb × state × role: who is at the edge of the board, the clock, and what people say of a text."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Article
from reviews import workflow
from reviews.models import Assignment, Thread, Waiver
from tests import factories
from tests.reviews import steps
from tests.reviews.workflow.test_workflow_table import World

pytestmark = pytest.mark.django_db

STATES = (
    "submitted",
    "under_review",
    "update_under_review",
    "approved",
    "rejected",
    "suspended",
    "retracted",
    "retired",
)


class Edge(World):
    """A world with guest reviewers, members who left the review or the board, and one who works on another text."""

    def __init__(self, state: str) -> None:
        facts = {"verified_by": factories.user("Editor"), "verified_at": timezone.now(), "is_guest": True}
        self.edge = {
            "guest": factories.board_member("guest", **facts),
            "asked_guest": factories.board_member("asked_guest", **facts),
            "accepted_guest": factories.board_member("accepted_guest", **facts),
            "unverified_guest": factories.board_member("unverified_guest", is_guest=True),
            "released": factories.board_member("released"),
            "inactive": factories.board_member("inactive"),
            "unlicensed": factories.board_member("unlicensed"),
            "elsewhere": factories.board_member("elsewhere"),
        }
        super().__init__(state)
        self.people |= {role: member.user for role, member in self.edge.items()}
        factories.accepted(factories.submitted(factories.article()), self.edge["elsewhere"])
        self.edge["inactive"].is_active = False
        self.edge["inactive"].save()
        self.edge["unlicensed"].licence_expires = timezone.localdate() - timedelta(days=1)
        self.edge["unlicensed"].save()

    def to_submitted(self) -> None:
        super().to_submitted()
        for role in ("asked_guest", "accepted_guest", "released", "inactive", "unlicensed"):
            steps.assign(self.review, self.edge[role], self.people["editor"])
        leaving = Assignment.objects.get(review=self.review, member=self.edge["released"])
        workflow.release(leaving, by=self.people["editor"], reason="Ill.", seen=factories.seen(self.review))
        workflow.open_thread(self.review, by=self.people["author"], text="May this go into a table?")

    def to_under_review(self) -> None:
        super().to_under_review()
        for role in ("accepted_guest", "inactive", "unlicensed"):
            factories.accepted(self.review, self.edge[role])
            factories.mark_all(self.review, self.edge[role])

    def do(self, verb: str, by: Any) -> None:
        review = self.review
        thread = Thread.objects.filter(review=review).first()
        key, digest = next(iter(review.revision.section_digests.items()))
        match verb:
            case "mark":
                workflow.mark(review, by=by, section_key=key, section_digest=digest, audience="plain")
            case "unmark":
                workflow.unmark(review, by=by, section_key=key, audience="plain")
            case "open_thread" | "hold":
                kind = "blocking" if verb == "hold" else "suggestion"
                workflow.open_thread(review, by=by, text="Is this so?", kind=kind)
            case "comment":
                workflow.comment(thread, by=by, text="It is.")
            case "resolve":
                workflow.resolve(thread, by=by, resolution="It is in the table.")
            case "concur":
                workflow.concur(self._waiver(), by=by)
            case "catalogue":
                steps.catalogue(self.article, by)
            case _:
                super().do(verb, by)

    def _waiver(self) -> Waiver:
        return Waiver.objects.create(
            article=Article.objects.get(pk=self.article.pk),
            rule="plain-missing",
            reason="For clinicians only.",
            waived_by=self.people["editor"],
            waived_at=timezone.now(),
            needs_concurrence=True,
        )


# What each does in each of STATES; a verb without a line is never theirs. The words are those of test_workflow_table.
# An unverified guest, and a guest who was not asked, may do nothing at all.
AT_THE_EDGE = {
    "guest": "",
    "unverified_guest": "",
    "asked_guest": """
        accept           yes   yes   yes   late  late  late  late  late
        decline          yes   yes   yes   late  late  late  late  late
    """,
    "accepted_guest": """
        accept           yes   no    no    no    no    no    no    no
        decline          yes   yes   yes   late  late  late  late  late
        approve          no    yes   yes   late  late  late  late  late
        request_changes  no    yes   yes   late  late  late  late  late
    """,
    # Asked while on the board, and not handed over yet: may leave and warn, never sign or speak for the board.
    "inactive": """
        accept           held  no    no    no    no    no    no    no
        decline          yes   yes   yes   late  late  late  late  late
        approve          no    held  held  late  late  late  late  late
        request_changes  no    yes   yes   late  late  late  late  late
    """,
    # Hiding what may harm is any member's; showing it again, and signing a notice, is not.
    "unlicensed": """
        accept           held  no    no    no    no    no    no    no
        decline          yes   yes   yes   late  late  late  late  late
        approve          no    held  held  late  late  late  late  late
        request_changes  no    yes   yes   late  late  late  late  late
        suspend          late  late  yes   yes   late  held  late  late
        lift             late  late  yes   yes   late  yes   late  late
        withdraw_lift    late  late  held  held  late  held  late  late
        notice           late  late  yes   yes   late  late  late  late
        sign_notice      late  late  held  held  late  held  late  late
        withdraw_notice  late  late  no    no    late  no    late  late
    """,
    "released": """
        suspend          late  late  yes   yes   late  held  late  late
        lift             late  late  yes   yes   late  yes   late  late
        withdraw_lift    late  late  held  held  late  held  late  late
        notice           late  late  yes   yes   late  late  late  late
        sign_notice      late  late  yes   yes   late  yes   late  late
        withdraw_notice  late  late  no    no    late  no    late  late
    """,
    # At work on another text: here a member like any other, who may take the review on.
    "elsewhere": """
        accept           yes   yes   yes   late  late  late  late  late
        suspend          late  late  yes   yes   late  held  late  late
        lift             late  late  yes   yes   late  yes   late  late
        withdraw_lift    late  late  held  held  late  held  late  late
        notice           late  late  yes   yes   late  late  late  late
        sign_notice      late  late  yes   yes   late  yes   late  late
        withdraw_notice  late  late  no    no    late  no    late  late
    """,
}

# What people say of a text. Who is not named in any line of a remark may never make it.
REMARKS = {
    "mark": {
        ("accepted", "accepted_guest", "inactive", "unlicensed"): "no yes yes late late late late late",
    },
    "unmark": {
        ("accepted", "accepted_guest", "inactive", "unlicensed"): "no yes yes late late late late late",
    },
    "open_thread": {
        ("accepted", "signed", "accepted_guest", "inactive", "unlicensed"): "no yes yes late late late late late",
        ("author", "editor", "writing_editor", "superuser"): "yes yes yes late late late late late",
    },
    "hold": {
        ("accepted", "signed", "accepted_guest", "inactive", "unlicensed"): "no yes yes late late late late late",
        ("author", "editor", "writing_editor", "superuser"): "no no no late late late late late",
    },
    "comment": {
        ("accepted", "signed", "accepted_guest", "inactive", "unlicensed"): "no yes yes yes yes yes yes yes",
        ("author", "editor", "writing_editor", "superuser"): "yes yes yes yes yes yes yes yes",
    },
    # The author's own remark: the author settles it, or an editor, for the author is not asked to review.
    "resolve": {
        ("author", "editor", "writing_editor", "superuser"): "yes yes yes yes yes yes yes yes",
    },
    "concur": {
        ("accepted", "accepted_guest"): "no yes yes no no no no no",
        ("inactive", "unlicensed"): "no held held no no no no no",
    },
    "catalogue": {
        ("editor", "writing_editor", "superuser"): "yes yes yes yes yes yes yes yes",
    },
}


@pytest.mark.parametrize("state", STATES)
def test_who_is_at_the_edge_of_the_board_in(state):
    place = STATES.index(state)
    expected = {role: dict.fromkeys(workflow.TRANSITIONS, "no") for role in AT_THE_EDGE}
    for role, table in AT_THE_EDGE.items():
        for verb, *outcomes in (line.split() for line in table.strip().splitlines()):
            assert verb in workflow.TRANSITIONS
            expected[role][verb] = outcomes[place]
    world = Edge(state)

    actual = {role: {verb: world.outcome(verb, role) for verb in workflow.TRANSITIONS} for role in AT_THE_EDGE}

    assert actual == expected


@pytest.mark.parametrize("state", STATES)
def test_every_remark_and_role_in(state):
    place = STATES.index(state)
    world = Edge(state)
    expected = {remark: dict.fromkeys(world.people, "no") for remark in REMARKS}
    for remark, lines in REMARKS.items():
        for roles, outcomes in lines.items():
            expected[remark] |= dict.fromkeys(roles, outcomes.split()[place])

    actual = {remark: {role: world.outcome(remark, role) for role in world.people} for remark in REMARKS}

    assert actual == expected


# The clock, and a machine that watches sources: in these states, and no other verb ever. Signing asks for a person.
BY_THE_CLOCK = {
    "rereview": "late late late yes late yes yes late",
    "alert": "late late yes yes late yes late late",
    "warn": "yes yes yes yes yes yes late late",
}
SIGNING = ("approve", "sign_notice")
# On what somebody wants to lower, in any state of a text: tried as everybody in test_lowerings.
ON_LOWERINGS = {"confirm_lowering", "refuse_lowering", "withdraw_lowering"}


@pytest.mark.parametrize("state", STATES)
def test_the_clock_in(state):
    place = STATES.index(state)
    world = Edge(state)
    world.people = {"clock": None}
    verbs = [verb for verb in workflow.TRANSITIONS if verb not in SIGNING]

    actual = {verb: world.outcome(verb, "clock") for verb in verbs}

    assert actual == dict.fromkeys(verbs, "no") | {verb: line.split()[place] for verb, line in BY_THE_CLOCK.items()}


def test_every_step_of_the_workflow_is_tried_as_everybody():
    steps_taken = {name for name in workflow.__all__ if name.islower() and callable(getattr(workflow, name))}

    assert steps_taken - {"available_verbs"} == {*workflow.TRANSITIONS, *REMARKS, *ON_LOWERINGS} - {"hold"}
