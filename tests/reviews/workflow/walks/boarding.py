"""A walk's steps by members of the board, and the remarks that hold approval."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from articles.models import Audience
from reviews import workflow
from tests import factories
from tests.reviews.workflow.model.reviews import ASKED
from tests.reviews.workflow.walks.choices import board, everybody, has_review, picks, rarely, sections, slips
from tests.reviews.workflow.workflow_model import SECTIONS
from tests.reviews.workflow.workflow_walk import Walk


class BoardingSteps(Walk):
    @precondition(has_review)
    @rule(name=everybody, interests=st.sampled_from(("none", "none", "as before", "some")), is_stale=rarely)
    def accept(self, name, interests, is_stale):
        declared = {"none": [], "as before": None, "some": [{"nature": "Fees"}]}[interests]
        seen = self.page(is_stale)
        if self.attempt(
            self.desk.may_accept(name, interests, self.now) and not is_stale,
            lambda: workflow.accept(self.review, by=self.users[name], seen=seen, interests=declared),
        ):
            self.desk.accept(name, interests, self.now)
        self.acted()

    @precondition(has_review)
    @rule(name=board)
    def decline(self, name):
        name = self._whom(name)
        if self.attempt(
            self.desk.may_decline(name),
            lambda: workflow.decline(self.review, by=self.users[name], kind="time", reason="Away.", seen=self.seen),
        ):
            self.desk.leave(name, "declined")
        self.acted()

    @precondition(has_review)
    @rule(name=board, section=sections, is_mistaken=rarely)
    def mark(self, name, section, is_mistaken):
        name = self._whom(name)
        key = self.keys[section]
        digest = "0" * 64 if is_mistaken else self.review.revision.section_digests[key]
        if self.attempt(
            self.desk.may_mark(name) and not is_mistaken,
            lambda: self._mark(name, key, digest),
        ):
            self.desk.present.marks.setdefault(name, set()).add(section)
        self.acted()

    def _mark(self, name, key, digest):
        """Mark both wordings, as a member does who signs for a section."""
        form = {"section_key": key, "section_digest": digest}
        return [workflow.mark(self.review, by=self.users[name], audience=one, **form) for one in Audience.values]

    def _unmark(self, name, key):
        for audience in Audience.values:
            workflow.unmark(self.review, by=self.users[name], section_key=key, audience=audience)

    @precondition(has_review)
    @rule(name=board, section=sections)
    def unmark(self, name, section):
        name = self._whom(name)
        key = self.keys[section]
        step = self.attempt(
            self.desk.may_mark(name),
            lambda: self._unmark(name, key),
        )
        if step is not False:
            self.desk.present.marks.get(name, set()).discard(section)
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
            "seen": self.page(slip == "stale"),
            "evidence": None if slip == "evidence" else factories.EVIDENCE,
        }
        is_due = self.desk.may_sign(name, self.today, has_evidence=slip != "evidence")
        if self.attempt(
            is_due and slip not in ("password", "digest", "stale"),
            lambda: workflow.approve(self.review, by=self.users[name], **form),
            # Of who is not asked, or has left, the site's record has the attempt.
            is_recorded=self.desk.present.assigned.get(name) in ASKED,
        ):
            is_complete = self.desk.sign(name, self.now)
            self.acted()
            if is_complete:
                self.approved()
        else:
            self.acted()

    @precondition(has_review)
    @rule(obstacle=st.sampled_from(("remark", "departure", "time", "edit", "suspension", "retraction", "successor")))
    def sign_in_spite_of(self, obstacle):
        """Come between a member and the signature that may be the last one needed."""
        name = self._whom("accepted")
        match obstacle:
            case "remark":
                self.remark(name)
            case "departure":
                self.leave_or_rejoin_without_a_hand_over(name)
            case "time":
                self.wait(61)
            case "edit":
                self.edit("author", 0, 1)
            case "suspension":
                self.suspend("editor", None, False)
            case "retraction":
                self.retract("editor", False)
            case "successor":
                self.submit("author", False)
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
    @rule(name=board, section=sections, is_unsafe=st.booleans())
    def request_changes(self, name, section, is_unsafe):
        name = self._whom(name)
        form = {"text": "Too vague.", "section_key": self.keys[section], "seen": self.seen, "is_unsafe": is_unsafe}
        if self.attempt(
            self.desk.may_request_changes(name, is_unsafe=is_unsafe),
            lambda: workflow.request_changes(self.review, by=self.users[name], notice="Do not rely on it.", **form),
        ):
            self.desk.request_changes(name, is_unsafe=is_unsafe)
            self.remember_suspensions()
        self.acted()

    @precondition(has_review)
    @rule(name=board)
    def remark(self, name):
        name = self._whom(name)
        if self.attempt(
            self.desk.may_remark(name),
            lambda: workflow.open_thread(self.review, by=self.users[name], text="Is this so?", kind="blocking"),
        ):
            self.desk.remark(name, self.desk.present)
        self.acted()

    @rule(by=everybody, pick=picks)
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
        found = (one for one, state in self.desk.present.assigned.items() if state == name)
        return name if name in self.users else next(found, "ann")
