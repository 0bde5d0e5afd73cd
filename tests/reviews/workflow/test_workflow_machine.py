"""Random walks through the workflow, each action against an independent model and the invariants of DESIGN §3."""

import os
import secrets
from itertools import count

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from tests.reviews.workflow.walks.boarding import BoardingSteps
from tests.reviews.workflow.walks.choices import has_review
from tests.reviews.workflow.walks.editing import EditingSteps
from tests.reviews.workflow.walks.stage import BOARD, Stage
from tests.reviews.workflow.walks.texts import TextSteps
from tests.reviews.workflow.walks.withholding import WithholdingSteps
from tests.reviews.workflow.workflow_model import SECTIONS
from tests.reviews.workflow.workflow_walk import Walk

pytestmark = pytest.mark.django_db

# All walks together are at least as many steps as this.
STEPS = int(os.environ.get("WALK_STEPS") or 4_000)
steps, turns = st.integers(2, 6), st.integers(0, 30)


class WorkflowMachine(TextSteps, EditingSteps, BoardingSteps, WithholdingSteps):
    """The rules by which a walk goes on: the right steps and the wrong ones, by anybody, at any time.

    Left to chance alone few texts would ever be approved, so that some rules go a few steps on the way there.
    """

    @initialize(steps=st.integers(0, 24), turn=turns)
    def set_out(self, steps, turn):
        if self.stage.is_published:
            while self.desk.page is None:
                self._go_on(1, 0)
        self._go_on(steps, turn)

    @rule(steps=steps, turn=turns)
    def walk(self, steps, turn):
        self._go_on(steps, turn)

    @precondition(has_review)
    @rule(steps=steps, turn=turns)
    def walk_further(self, steps, turn):
        self._go_on(steps, turn)

    @precondition(has_review)
    @rule(turn=turns)
    def walk_to_the_end(self, turn):
        self._go_on(12, turn)

    def _go_on(self, steps, turn):
        for number in range(steps):
            ways = list(self._ways_on())
            if ways:
                way, *how = ways[(number + turn) % len(ways)]
                way(**dict(how))

    def _ways_on(self):
        """Yield the steps that bring the text nearer to approval."""
        desk = self.desk
        if desk.may_merge("editor"):
            yield self.merge, ("by", "editor"), ("takes_theirs", True), ("is_stale", False)
        elif desk.open_review is None and desk.may_submit("author"):
            yield self.submit, ("name", "author"), ("is_stale", False)
        elif desk.open_review is None:
            yield self.edit, ("name", "author"), ("section", 0), ("text", 1 if desk.draft.words[0] == 0 else 0)
            yield self.edit, ("name", "author"), ("section", 1), ("text", 1)
        for remark, (opener, _review) in desk.remarks.items():
            yield self.resolve, ("by", opener or "editor"), ("pick", remark)
        for name in BOARD:
            if desk.may_accept(name, "none", self.now) and len(desk.present.who_is("accepted", "signed")) < 3:
                yield self.accept, ("name", name), ("interests", "none"), ("is_stale", False)
            marked = desk.present.marks.get(name, set()) if desk.review else set()
            if desk.may_sign(name, self.today) and len(marked) == len(SECTIONS):
                yield self.sign, ("name", name), ("slip", "")
            elif desk.may_mark(name):
                for section in set(SECTIONS) - marked:
                    yield self.mark, ("name", name), ("section", section), ("is_mistaken", False)


WALKS = {
    "hidden": {"shows_pending": False, "is_published": False},
    "shown": {"shows_pending": True, "is_published": False},
    "published": {"shows_pending": False, "is_published": True},
    "published-again": {"shows_pending": True, "is_published": True},
}


@pytest.mark.parametrize("walk", WALKS)
def test_random_walks_keep_every_promise(walk, record_property):
    begun = int(os.environ.get("WALK_SEED") or secrets.randbits(32))
    record_property("random walk", f"{walk}: WALK_SEED={begun} repeats it")
    Walk.actions = Walk.refusals = Walk.approvals = Walk.pages = 0
    stage = Stage(**WALKS[walk])
    size = settings(max_examples=10, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))

    # How far a walk gets is chance: another follows until together they are long enough.
    for following in count():
        walked = seed(begun + following)(type("Walked", (WorkflowMachine,), {"stage": stage}))
        run_state_machine_as_test(walked, settings=size)
        if Walk.actions >= STEPS / len(WALKS):
            break

    told = f"{Walk.actions} actions, {Walk.refusals} refused, {Walk.approvals} texts approved, {Walk.pages} pages"
    record_property("random walk", f"{walk}: {told}")
    assert Walk.approvals > 0
