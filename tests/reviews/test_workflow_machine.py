"""Random walks through the workflow, each action against an independent model and the invariants of DESIGN §3."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from articles import drafting, findings, freezing
from articles.models import Article, Source
from reviews import workflow
from reviews.models import Assignment, Thread
from tests import factories
from tests.reviews.workflow_model import SECTIONS, TEXTS, UNRESOLVED, Rules
from tests.reviews.workflow_walk import BOARD, Stage, Walk

pytestmark = pytest.mark.django_db

everybody = st.sampled_from(("author", "editor", "root", "guest", *BOARD))
# Somebody by name, or whoever is in this state of the review: left to names alone few steps would be due.
board = st.sampled_from((*BOARD, "accepted", "accepted", "accepted", "signed", "signed", "editor", "root", "guest"))
editors = st.sampled_from(("editor", "editor", "wren", "root", "author", "ann"))
sections = st.sampled_from(SECTIONS)
steps, turns = st.integers(2, 6), st.integers(0, 30)
slips = st.sampled_from(("", "", "", "", "password", "digest", "stale", "evidence"))
rarely = st.integers(0, 7).map(lambda number: number == 5)


def has_review(walk):
    return walk.review is not None


class WorkflowMachine(Walk):
    """The rules by which a walk goes on: the right steps and the wrong ones, by anybody, at any time."""

    # The draft. The texts that can be approved are the likely ones.

    @rule(
        name=st.sampled_from(("author", "author", "editor", "wren", "ann")),
        section=sections,
        text=st.sampled_from((0, 0, 1, 1, 2, 2, 3, 4)),
    )
    def edit(self, name, section, text):
        self._rewrite(name, section, text)
        self.desk.edit(name, section, text)
        self.acted()

    @rule(name=everybody)
    def edit_an_old_page(self, name):
        self.attempt(False, lambda: self._rewrite(name, 0, 1, behind=1))
        self.acted()

    def _rewrite(self, name, section, text, *, behind=0):
        article = Article.objects.get(pk=self.article.pk)
        changes = {self.keys[section]: {"professional": TEXTS[text]}}
        drafting.rewrite(article, by=self.users[name], reason="edit", seen=article.version - behind, sections=changes)

    @rule()
    def edit_a_source(self):
        self.desk.source += 1
        source = Source.objects.get(pk=self.stage.source.pk)
        source.title = f"A guideline, edition {self.desk.source}"
        source.save()
        self.acted()

    @rule(name=st.sampled_from(("author", "author", "editor", "wren", "root", "guest", "ann")), is_stale=rarely)
    def submit(self, name, is_stale):
        version = Article.objects.get(pk=self.article.pk).version - is_stale
        review = self.attempt(
            self.desk.may_submit(name) and not is_stale,
            lambda: workflow.submit(self.article, by=self.users[name], seen=version),
        )
        if review:
            self.desk.submit(self.today)
            self.review = review
        self.acted()

    # The editor

    @precondition(has_review)
    @rule(by=editors, name=st.sampled_from(BOARD), is_stale=rarely)
    def assign(self, by, name, is_stale):
        member, seen = self.users[name].board_member, self.seen - is_stale
        if self.attempt(
            self.desk.may_assign(by, name, self.today) and not is_stale,
            lambda: workflow.assign(self.review, by=self.users[by], member=member, seen=seen),
        ):
            self.desk.review.assigned[name] = "invited"
        self.acted()

    @rule(by=editors, name=st.sampled_from(BOARD), outcome=st.sampled_from(("clear", "manageable", "excluded")))
    def rule_on_interest(self, by, name, outcome):
        assignment = Assignment.objects.filter(review=self.review, member__user=self.users[name]).first()
        if assignment is None:
            return
        if self.attempt(
            self.desk.may_rule(by, name),
            lambda: workflow.rule(assignment, by=self.users[by], outcome=outcome, reason="Weighed.", seen=self.seen),
        ):
            self.desk.rule(name, outcome)
        self.acted()

    @precondition(has_review)
    @rule(by=editors, verb=st.sampled_from(("reject", "recall")), is_stale=rarely)
    def end(self, by, verb, is_stale):
        step, seen = getattr(workflow, verb), self.seen - is_stale
        if self.attempt(
            self.desk.may_end(by, verb) and not is_stale,
            lambda: step(self.review, by=self.users[by], reason="For a reason.", seen=seen),
        ):
            self.desk.end("rejected" if verb == "reject" else "recalled")
        self.acted()

    @rule(by=editors)
    def rereview(self, by):
        review = self.attempt(
            self.desk.may_rereview(by),
            lambda: workflow.rereview(self.article, by=self.users[by], reason="A new trial.", seen=self.seen),
        )
        if review:
            self.desk.rereview()
            self.review = review
        self.acted()

    @rule(by=editors, is_stale=rarely)
    def retract(self, by, is_stale):
        words = {"reason": "Wrong.", "notice": "It was wrong.", "seen": self.seen - is_stale}
        if self.attempt(
            self.desk.may_retract(by) and not is_stale,
            lambda: workflow.retract(self.article, by=self.users[by], **words),
        ):
            self.desk.retract()
        self.acted()

    @rule(by=editors, section=sections)
    def waive(self, by, section):
        article, review = Article.objects.get(pk=self.article.pk), self.desk.open_review
        content = self.review.revision.document if review else freezing.draft_content(article)
        found = [
            one
            for one in findings.of_content(article, content)
            if (one.rule, one.section_key) == ("citation-unresolved", self.keys[section])
        ]
        assert bool(found) == ((review.revision.text if review else self.desk.text)[section] == UNRESOLVED)
        if not found:
            return
        if self.attempt(
            self.desk.may_waive(by, section),
            lambda: workflow.waive(article, by=self.users[by], finding=found[0], reason="It is in print."),
        ):
            self.desk.waived.add(section)
        self.acted()

    @rule(by=editors, specialty=st.sampled_from(("Neurology", "Neurology", "Cardiology", "")))
    def catalogue(self, by, specialty):
        article = Article.objects.get(pk=self.article.pk)
        facts = {"slug": article.slug, "risk": article.risk, "owner": article.owner}
        topics = [factories.topic(specialty, (specialty,))] if specialty else []
        if self.attempt(
            self.desk.people[by].is_editor,
            lambda: workflow.catalogue(article, by=self.users[by], reason="Filed anew.", topics=topics, **facts),
        ):
            self.desk.specialty = specialty
        self.acted()

    @rule(quorum=st.sampled_from((1, 2, 2, 3)), needs_specialty=st.booleans())
    def adopt_a_policy(self, quorum, needs_specialty):
        self.desk.rules = Rules(quorum, self.shows_pending, needs_specialty)
        factories.policy(quorum={"moderate": quorum}, specialty_required=needs_specialty)
        self.acted()

    @rule(name=st.sampled_from(BOARD))
    def leave_or_rejoin_the_board(self, name):
        member = self.users[name].board_member
        member.is_active = self.desk.people[name].is_active = not member.is_active
        member.save()
        self.acted()

    @rule(days=st.sampled_from((1, 30, 61, 364, 365, 366)))
    def wait(self, days):
        self.time.shift(days * 24 * 60 * 60)
        self.acted()

    # The board

    @precondition(has_review)
    @rule(name=everybody, interests=st.sampled_from(("none", "none", "as before", "some")), is_stale=rarely)
    def accept(self, name, interests, is_stale):
        declared = {"none": [], "as before": None, "some": [{"nature": "Fees"}]}[interests]
        seen = self.seen - is_stale
        if self.attempt(
            self.desk.may_accept(name, interests, timezone.now()) and not is_stale,
            lambda: workflow.accept(self.review, by=self.users[name], seen=seen, interests=declared),
        ):
            self.desk.accept(name, interests, timezone.now())
        self.acted()

    @precondition(has_review)
    @rule(name=board)
    def decline(self, name):
        name = self._whom(name)
        if self.attempt(
            self.desk.may_decline(name),
            lambda: workflow.decline(self.review, by=self.users[name], kind="time", reason="Away.", seen=self.seen),
        ):
            self.desk.decline(name)
        self.acted()

    @precondition(has_review)
    @rule(name=board, section=sections, is_mistaken=rarely)
    def mark(self, name, section, is_mistaken):
        name = self._whom(name)
        key = self.keys[section]
        digest = "0" * 64 if is_mistaken else freezing.section_digests(self.review.revision.document)[key]
        if self.attempt(
            self.desk.may_mark(name) and not is_mistaken,
            lambda: workflow.mark(self.review, by=self.users[name], section_key=key, section_digest=digest),
        ):
            self.desk.review.marks.setdefault(name, set()).add(section)
        self.acted()

    @precondition(has_review)
    @rule(name=board, section=sections)
    def unmark(self, name, section):
        name = self._whom(name)
        if (
            self.attempt(
                self.desk.may_mark(name),
                lambda: workflow.unmark(self.review, by=self.users[name], section_key=self.keys[section]),
            )
            is not False
        ):
            self.desk.review.marks.get(name, set()).discard(section)
        self.acted()

    @precondition(has_review)
    @rule(name=board, slip=slips, is_prepared=st.booleans())
    def sign(self, name, slip, is_prepared=False):
        name = self._whom(name)
        if is_prepared and self.desk.may_mark(name):
            for section in SECTIONS:
                self.mark(name, section, False)
        form = {
            "digest": "0" * 64 if slip == "digest" else self.review.revision.digest,
            "password": "wrong" if slip == "password" else factories.PASSWORD,
            "seen": self.seen - (slip == "stale"),
            "evidence": None if slip == "evidence" else factories.EVIDENCE,
        }
        is_due = self.desk.may_sign(name, self.today, has_evidence=slip != "evidence")
        if self.attempt(
            is_due and slip not in ("password", "digest", "stale"),
            lambda: workflow.approve(self.review, by=self.users[name], **form),
            is_recorded=True,
        ):
            is_complete = self.desk.sign(name)
            self.acted()
            if is_complete:
                self.approved()
        else:
            self.acted()

    @precondition(has_review)
    @rule(obstacle=st.sampled_from(("remark", "departure", "time", "edit")))
    def sign_in_spite_of(self, obstacle):
        name = self._whom("accepted")
        match obstacle:
            case "remark":
                self.remark(name)
            case "departure":
                self.leave_or_rejoin_the_board(name)
            case "time":
                self.wait(61)
            case "edit":
                self.edit("author", 0, 1)
        self.sign(name, "", True)

    @precondition(has_review)
    @rule(name=board)
    def rescind(self, name):
        name = self._whom(name)
        if self.attempt(
            self.desk.may_rescind(name),
            lambda: workflow.rescind(self.review, by=self.users[name], reason="Unsure.", seen=self.seen),
        ):
            self.desk.rescind(name)
        self.acted()

    @precondition(has_review)
    @rule(name=board, section=sections)
    def request_changes(self, name, section):
        name = self._whom(name)
        form = {"text": "Too vague.", "section_key": self.keys[section], "seen": self.seen}
        if self.attempt(
            self.desk.may_request_changes(name),
            lambda: workflow.request_changes(self.review, by=self.users[name], **form),
        ):
            self.desk.review.signed.pop(name, None)
            self.desk.end("changes_requested")
            self._remember_remark(Thread.objects.latest("pk"), name)
        self.acted()

    @precondition(has_review)
    @rule(name=board)
    def remark(self, name):
        name = self._whom(name)
        thread = self.attempt(
            self.desk.may_remark(name),
            lambda: workflow.open_thread(self.review, by=self.users[name], text="Is this so?", kind="blocking"),
        )
        if thread:
            self._remember_remark(thread, name)
        self.acted()

    def _remember_remark(self, thread, name):
        self.desk.remarks[len(self.threads)] = name
        self.threads.append(thread)

    @rule(by=everybody, pick=st.integers(0, 5))
    def resolve(self, by, pick):
        if not self.threads:
            return
        pick %= len(self.threads)
        if self.attempt(
            self.desk.may_resolve(pick, by),
            lambda: workflow.resolve(self.threads[pick], by=self.users[by], resolution="Made clear."),
        ):
            del self.desk.remarks[pick]
        self.acted()

    def _whom(self, name):
        found = (one for one, state in self.desk.review.assigned.items() if state == name)
        return name if name in self.users else next(found, "ann")

    # Left to chance alone few texts would ever be approved.

    @initialize(steps=st.integers(0, 24), turn=turns)
    def set_out(self, steps, turn):
        self._go_on(steps, turn)

    @rule(steps=steps, turn=turns)
    def walk(self, steps, turn):
        self._go_on(steps, turn)

    @precondition(has_review)
    @rule(steps=steps, turn=turns)
    def walk_further(self, steps, turn):
        self._go_on(steps, turn)

    def _go_on(self, steps, turn):
        for number in range(steps):
            ways = list(self._ways_on())
            if ways:
                way, *how = ways[(number + turn) % len(ways)]
                way(**dict(how))

    def _ways_on(self):
        """Yield the steps that bring the text nearer to approval."""
        desk = self.desk
        if desk.may_submit("author"):
            yield self.submit, ("name", "author"), ("is_stale", False)
        elif desk.open_review is None:
            yield self.edit, ("name", "author"), ("section", 0), ("text", 1 if desk.words[0] == 0 else 0)
        for thread, opener in desk.remarks.items():
            yield self.resolve, ("by", opener), ("pick", thread)
        for name in BOARD:
            if desk.may_accept(name, "none", timezone.now()) and len(desk.review.at_work()) < 3:
                yield self.accept, ("name", name), ("interests", "none"), ("is_stale", False)
            marked = desk.review.marks.get(name, set()) if desk.review else set()
            if desk.may_sign(name, self.today) and len(marked) == len(SECTIONS):
                yield self.sign, ("name", name), ("slip", "")
            elif desk.may_mark(name):
                for section in set(SECTIONS) - marked:
                    yield self.mark, ("name", name), ("section", section), ("is_mistaken", False)


@pytest.mark.parametrize("shows_pending", [False, True], ids=["hidden", "shown"])
def test_random_walks_keep_every_promise(shows_pending, capsys):
    is_ci = settings.get_current_profile_name() == "ci"
    Walk.actions = Walk.refusals = Walk.approvals = 0
    walk = type("Walked", (WorkflowMachine,), {"stage": Stage(shows_pending=shows_pending)})
    size = settings(
        max_examples=90 if is_ci else 12,
        stateful_step_count=50 if is_ci else 25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(walk, settings=size)

    with capsys.disabled():
        print(f" {Walk.actions} actions, {Walk.refusals} refused, {Walk.approvals} texts approved ", end="")  # noqa: T201
    assert Walk.approvals > 0
    # The two walks together are the ten thousand steps that CI promises.
    assert not is_ci or Walk.actions >= 5_000
