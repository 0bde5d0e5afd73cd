"""A walk's steps that take a public text from readers, bring it back, or put a line beside it."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from articles.models import Article, Publication
from reviews import workflow
from reviews.models import Suspension
from tests import factories
from tests.reviews.workflow.walks.choices import editors, hiders, is_published, picks, rarely, sections, wholes
from tests.reviews.workflow.workflow_model import WHOLE
from tests.reviews.workflow.workflow_walk import Walk


class WithholdingSteps(Walk):
    def _key(self, what):
        return "" if what is WHOLE else self.keys[what]

    def remember_suspensions(self):
        known = {one.pk for one in self.suspensions}
        found = Suspension.objects.filter(article=self.article).order_by("pk")
        self.suspensions += [one for one in found if one.pk not in known]

    @precondition(is_published)
    @rule(by=hiders, what=wholes, is_stale=rarely)
    def suspend(self, by, what, is_stale):
        words = {"reason": "It may harm.", "notice": "Do not rely on it.", "section_key": self._key(what)}
        seen = self.page(is_stale)
        article = Article.objects.get(pk=self.article.pk)
        if self.attempt(
            self.desk.may_suspend(by, what) and not is_stale,
            lambda: workflow.suspend(article, by=self.users[by], seen=seen, **words),
        ):
            self.desk.suspend(what)
            self.remember_suspensions()
        self.acted()

    def _suspension(self, pick):
        """Pick the newest suspension most of the time: it is the one in force."""
        return self.suspensions[-1 - pick % min(len(self.suspensions), 2)] if self.suspensions else None

    def _what(self, suspension):
        """Return what it hides, and whether it is the one that hides it now."""
        what = self.keys.index(suspension.section_key) if suspension.section_key else WHOLE
        newest = [one for one in self.suspensions if one.section_key == suspension.section_key][-1]
        return what, newest.pk == suspension.pk

    @precondition(lambda walk: walk.suspensions)
    @rule(by=hiders, pick=picks, is_stale=rarely)
    def lift(self, by, pick, is_stale):
        suspension, seen = self._suspension(pick), self.page(is_stale)
        what, is_newest = self._what(suspension)
        if self.attempt(
            self.desk.may_lift(by, what, self.today) and is_newest and not is_stale,
            lambda: workflow.lift(suspension, by=self.users[by], reason="It is safe.", seen=seen),
        ):
            self.desk.lift(by, what)
        self.acted()

    @precondition(lambda walk: walk.suspensions)
    @rule(second=hiders, pick=picks)
    def lift_by_two(self, second, pick):
        self.lift("editor", pick, False)
        self.lift(second, pick, False)

    @precondition(lambda walk: walk.suspensions)
    @rule(by=hiders, pick=picks)
    def withdraw_lift(self, by, pick):
        suspension = self._suspension(pick)
        what, is_newest = self._what(suspension)
        if self.attempt(
            self.desk.may_withdraw_lift(by, what) and is_newest,
            lambda: workflow.withdraw_lift(suspension, by=self.users[by], reason="Unsure.", seen=self.seen),
        ):
            self.desk.page.suspended[what] = ""
        self.acted()

    @precondition(is_published)
    @rule(by=editors, is_stale=rarely)
    def retract(self, by, is_stale):
        words = {"reason": "Wrong.", "notice": "It was wrong.", "seen": self.page(is_stale)}
        if self.attempt(
            self.desk.may_retract(by) and not is_stale,
            lambda: workflow.retract(Article.objects.get(pk=self.article.pk), by=self.users[by], **words),
        ):
            self.desk.take_away("retracted")
        self.acted()

    @precondition(is_published)
    @rule(by=editors, successor=st.sampled_from(("", "", "successor", "successor", "pending", "itself")))
    def retire(self, by, successor):
        articles = {"": None, "itself": self.article, "pending": self.stage.pending, "successor": self.stage.successor}
        is_able = successor == "" or (successor == "successor" and self._can_follow())
        words = {"reason": "Merged.", "notice": "Read the other.", "seen": self.seen, "successor": articles[successor]}
        if self.attempt(
            self.desk.may_retract(by) and is_able,
            lambda: workflow.retire(Article.objects.get(pk=self.article.pk), by=self.users[by], **words),
        ):
            self.desk.take_away("retired", successor)
        self.acted()

    def _can_follow(self):
        """The other text may be so long overdue by a policy of this walk that readers cannot open it."""
        hidden_from = Publication.objects.values_list("hidden_from", flat=True).get(article=self.stage.successor)
        return hidden_from is None or hidden_from > self.today

    @precondition(is_published)
    @rule(by=hiders, section=sections, is_stale=rarely)
    def notice(self, by, section, is_stale):
        words = {"section_key": self.keys[section], "text": "Read this besides.", "seen": self.page(is_stale)}
        placed = self.attempt(
            self.desk.may_notice(by) and not is_stale,
            lambda: workflow.notice(Article.objects.get(pk=self.article.pk), by=self.users[by], **words),
        )
        if placed:
            self.desk.notice(by, len(self.notices), section)
            self.notices.append(placed)
        self.acted()

    @precondition(lambda walk: walk.notices)
    @rule(by=hiders, pick=picks, is_wrong=rarely)
    def sign_notice(self, by, pick, is_wrong):
        key = pick % len(self.notices)
        password = "wrong" if is_wrong else factories.PASSWORD
        if self.attempt(
            self.desk.may_sign_notice(by, key, self.today) and not is_wrong,
            lambda: workflow.sign_notice(self.notices[key], by=self.users[by], password=password, seen=self.seen),
            # Of who may sign no notice at all, the site's record has the attempt.
            is_recorded=self.desk.people[by].speaks_for_board,
        ):
            self.desk.page.lines[key].signed_by = by
        self.acted()

    @precondition(lambda walk: walk.notices)
    @rule(by=hiders, pick=picks)
    def withdraw_notice(self, by, pick):
        key = pick % len(self.notices)
        if self.attempt(
            self.desk.may_withdraw_notice(by, key),
            lambda: workflow.withdraw_notice(self.notices[key], by=self.users[by], reason="Over.", seen=self.seen),
        ):
            del self.desk.page.lines[key]
        self.acted()
