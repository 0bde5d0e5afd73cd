"""A walk's steps by editors, by the clock, and by what happens outside of the article."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from articles.models import Article, Source
from articles.writing import findings, freezing
from reviews import workflow
from reviews.models import Assignment, BoardMember, Lowering, Voiding
from reviews.people import departures
from reviews.policies import reach
from reviews.record import event_chain
from reviews.workflow import voided_signatures
from tests import factories
from tests.reviews.workflow.walks.choices import callers, editors, has_review, is_published, members, rarely, sections
from tests.reviews.workflow.walks.stage import policy
from tests.reviews.workflow.workflow_model import UNRESOLVED, Rules
from tests.reviews.workflow.workflow_walk import Walk


class EditingSteps(Walk):
    @precondition(has_review)
    @rule(by=editors, name=members, is_stale=rarely)
    def assign(self, by, name, is_stale):
        member, seen = self.users[name].board_member, self.page(is_stale)
        if self.attempt(
            self.desk.may_assign(by, name, self.today) and not is_stale,
            lambda: workflow.assign(self.review, by=self.users[by], member=member, seen=seen),
        ):
            self.desk.invite(name, self.today)
            self.desk.triage(by, name)
        self.acted()

    def _assignment(self, name):
        return Assignment.objects.filter(review=self.review, member__user=self.users[name]).first()

    @rule(by=editors, name=members)
    def release(self, by, name):
        assignment = self._assignment(name)
        if assignment is None:
            return
        if self.attempt(
            self.desk.may_release(by, name),
            lambda: workflow.release(assignment, by=self.users[by], reason="Ill.", seen=self.seen),
        ):
            self.desk.triage(by, name)
            self.desk.leave(name, "released")
        self.acted()

    @rule(by=editors, name=members, days=st.sampled_from((-3, 0, 7, 90)))
    def extend(self, by, name, days):
        assignment = self._assignment(name)
        if assignment is None:
            return
        until = self.desk.present.due[name] + timedelta(days)
        form = {"due_date": until, "reason": "A holiday.", "seen": self.seen}
        if self.attempt(
            self.desk.may_extend(by, name, until, self.today),
            lambda: workflow.extend(assignment, by=self.users[by], **form),
        ):
            self.desk.present.due[name] = until
            self.desk.triage(by, name)
        self.acted()

    @rule(by=editors, name=members, outcome=st.sampled_from(("clear", "manageable", "excluded")))
    def rule_on_interest(self, by, name, outcome):
        assignment = self._assignment(name)
        if assignment is None:
            return
        if self.attempt(
            self.desk.may_rule(by, name),
            lambda: workflow.rule(assignment, by=self.users[by], outcome=outcome, reason="Weighed.", seen=self.seen),
        ):
            self.desk.triage(by, name)
            self.desk.rule(name, outcome)
        self.acted()

    @precondition(has_review)
    @rule(by=editors, verb=st.sampled_from(("reject", "recall")), is_stale=rarely)
    def end(self, by, verb, is_stale):
        step, seen = getattr(workflow, verb), self.page(is_stale)
        if self.attempt(
            self.desk.may_end(by, verb) and not is_stale,
            lambda: step(self.review, by=self.users[by], reason="For a reason.", seen=seen),
        ):
            self.desk.end("rejected" if verb == "reject" else "recalled")
        self.acted()

    @rule(by=callers, kind=st.sampled_from(("periodic", "reader_report")))
    def rereview(self, by, kind):
        form = {"reason": "A new trial.", "seen": self.seen if by else None, "kind": kind}
        if self.attempt(
            self.desk.may_rereview(by), lambda: workflow.rereview(self._fresh(), by=self.users.get(by), **form)
        ):
            self.desk.review_again(kind)
        self.acted()

    @rule(by=callers, section=sections)
    def alert(self, by, section):
        form = {"reason": "A new maximum.", "section_key": self.keys[section]}
        if self.attempt(self.desk.may_alert(by), lambda: workflow.alert(self._fresh(), by=self.users.get(by), **form)):
            self.desk.alert(by)
        self.acted()

    @rule(by=callers)
    def warn(self, by):
        """A new version of what the text cites: readers are told, and no step, mark or signature is touched by it."""
        source = Source.objects.filter(citations__article=self.article).order_by("pk").first()
        update = factories.source_update(source, "label_version", changed_sections=[])
        form = {"by": self.users.get(by), "update": update}
        self.attempt(self.desk.may_warn(by), lambda: workflow.warn(self._fresh(), **form))
        self.acted()

    def _fresh(self):
        return Article.objects.get(pk=self.article.pk)

    @rule(by=editors, section=sections)
    def waive(self, by, section):
        article, review = self._fresh(), self.desk.open_review
        content = self.review.revision.document if review else freezing.draft_content(article)
        found = [
            one
            for one in findings.of_content(article, content)
            if (one.rule, one.section_key) == ("citation-unresolved", self.keys[section])
        ]
        words = review.revision.text if review else self.desk.draft.text
        assert bool(found) == (words[section] == UNRESOLVED)
        if not found:
            return
        if self.attempt(
            self.desk.may_waive(by, section),
            lambda: workflow.waive(article, by=self.users[by], finding=found[0], reason="It is in print."),
        ):
            self.desk.waived.add(section)
            self.desk.change_terms(by)
        self.acted()

    @rule(by=editors, specialty=st.sampled_from(("Neurology", "Neurology", "Cardiology", "")))
    def catalogue(self, by, specialty):
        article = self._fresh()
        facts = {"slug": article.slug, "risk": article.risk, "owner": article.owner}
        topics = [factories.topic(specialty, (specialty,))] if specialty else []
        if self.attempt(
            self.desk.may_catalogue(by, specialty),
            lambda: self._file(article, by, topics=topics, **facts),
        ):
            self.desk.catalogue(by, specialty)
        self.acted()

    def _file(self, article, by, **facts):
        """File a text; what asks for less is agreed to by somebody else at once."""
        with transaction.atomic():
            made = workflow.catalogue(article, by=self.users[by], reason="Filed anew.", **facts)
            for lowering in Lowering.objects.pending().filter(article=article):
                workflow.confirm_lowering(lowering, by=self.users["root" if by == "editor" else "editor"])
        return made

    # The policy

    @rule(
        quorum=st.sampled_from((1, 2, 2, 3)),
        for_corrections=st.sampled_from((0, 1, 1)),
        flags=st.tuples(*[st.booleans()] * 5),
        hours=st.sampled_from((24, 72)),
        months=st.sampled_from((1, 6, 24)),
        stages=st.sampled_from(((None, None), (0, 60), (30, None), (10, 20))),
    )
    def adopt_a_policy(self, quorum, for_corrections, flags, hours, months, stages):
        rules = Rules(
            self.desk.rules.version + 1,
            quorum,
            for_corrections,
            self.stage.rules.shows_pending,
            *flags[:3],
            hours,
            months,
            *stages,
            *flags[3:],
        )
        made = policy(rules)
        assert made.version == rules.version
        self.adopted_at[rules.version] = made.adopted_at
        self.desk.adopt(rules)
        self.acted()

    @precondition(lambda walk: walk.desk.adopted)
    @rule()
    def carry_out_the_policy(self):
        reach.carry_out()
        self.desk.carry_out(self.adopted_at)
        self.acted()

    # The board as an office

    @rule(by=editors, name=members, to=st.sampled_from((None, "ann", "ben", "cat", "wren")))
    def deactivate(self, by, name, to):
        member, person = self._member(name), self.users[by]
        if self.attempt(
            self.desk.may_deactivate(by, name, is_active=True),
            lambda: departures.deactivate(member, by=person, reason="Moved away."),
        ):
            self.desk.people[name].is_active = False
            heir = self._member(to) if to and to != name else None
            departures.hand_over(self._member(name), by=person, reason="Moved away.", to=heir)
            self.desk.hand_over(by, name, to if heir else None, self.today)
            self._look_at_people_anew()
        self.acted()

    @rule(by=editors, name=members)
    def reactivate(self, by, name):
        if self.attempt(
            self.desk.may_deactivate(by, name, is_active=False),
            lambda: departures.reactivate(self._member(name), by=self.users[by], reason="Back."),
        ):
            self.desk.people[name].is_active = True
            self._look_at_people_anew()
        self.acted()

    @rule(name=members)
    def leave_or_rejoin_without_a_hand_over(self, name):
        """Between the two halves of leaving the board anything may happen: a member is inactive, and still asked."""
        member = self._member(name)
        change = departures.deactivate if member.is_active else departures.reactivate
        change(member, by=self.users["editor"], reason="For a while.")
        self.desk.people[name].is_active = not member.is_active
        self._look_at_people_anew()
        self.acted()

    def _member(self, name):
        return BoardMember.objects.select_related("user").get(user=self.users[name])

    def _look_at_people_anew(self):
        for member in BoardMember.objects.filter(user__in=self.cast.values()):
            self.users[self.names[member.user_id]].board_member.is_active = member.is_active

    @precondition(is_published)
    @rule(name=members, days=st.sampled_from((0, 1, 30, 1000, 1000)))
    def void(self, name, days):
        since = max(self.today - timedelta(days), date(2027, 1, 1))
        made = Voiding.objects.create(
            member=self._member(name),
            ground="false",
            since=since,
            reason="The register does not know it.",
            voided_by=self.users["editor"],
            voided_at=timezone.now(),
        )
        event_chain.append(
            event_chain.site_chain(), "void_signatures", actor=made.voided_by, data={}, at=made.voided_at, rows=[made]
        )
        found = voided_signatures.void(self._fresh(), voiding=made)
        assert bool(found) == self.desk.void(name, since)
        assert voided_signatures.void(self._fresh(), voiding=made) == []
        self.acted()

    @rule(days=st.sampled_from((1, 3, 30, 61, 364, 365, 366, 740)))
    def wait(self, days):
        self.time.shift(days * 24 * 60 * 60)
        self.acted()
