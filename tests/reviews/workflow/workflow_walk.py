"""One article on a random walk: how an action is tried, and what must be true after each."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

import time_machine
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from hypothesis.stateful import RuleBasedStateMachine

from articles.models import Article, Publication, Revision
from articles.reading import article_page
from articles.text import rendering
from articles.text.canonical import digest
from articles.writing import drafting
from reviews import workflow
from reviews.models import (
    Assignment,
    Comment,
    Decision,
    Disclosure,
    Event,
    Notice,
    Review,
    Ruling,
    SectionMark,
    Suspension,
    Thread,
    Waiver,
)
from reviews.record import publishing, signatures, verification
from tests.reviews.workflow.walks.stage import PLAIN, START, Stage, people
from tests.reviews.workflow.workflow_model import SECTIONS, TEXTS, WHOLE, Desk, Seen

# What steps change, row by row; and what they only add to.
# A few of the steps that every other one must have seen.
NEWS = ("submit", "correct", "rereview", "request_changes", "waive", "suspend", "retract")
CHANGED = (Review, Assignment, SectionMark, Thread, Suspension, Notice)
ADDED = (Comment, Waiver, Disclosure, Ruling, Decision, Revision)
REFUSALS = (
    PermissionDenied,
    workflow.Refused,
    workflow.ArticleMoved,
    signatures.WrongPassword,
    drafting.DraftMoved,
)


class Walk(RuleBasedStateMachine):
    """One article, ten people, a clock; `desk` is the model of it. A walk leaves no trace in the database."""

    stage: Stage
    # Counted over all walks, to show that they went somewhere.
    actions = refusals = approvals = pages = 0

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.time = self.clock.start()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.cast, self.names = self.stage.cast, {pk: name for name, pk in self.stage.cast.items()}
        self.article = Article.objects.get(pk=self.stage.article.pk)
        self.keys = [str(section.key) for section in self.article.sections.all()]
        users = get_user_model().objects.select_related("board_member").in_bulk(self.cast.values())
        self.users: dict[str, Any] = {name: users[pk] for name, pk in self.cast.items()}
        self.desk = Desk(people(), self.stage.rules)
        self.events: list[Event] = []
        self.standing: Any = None  # what the events so far make of the page
        self.review: Any = None
        self.threads: list[Thread] = []
        self.suspensions: list[Suspension] = []
        self.notices: list[Notice] = []
        self.adopted_at: dict[int, Any] = {}
        self.day = self.today
        self.frozen: dict[int, list[str]] = {}  # the words of each revision that was seen to be whole

    def teardown(self) -> None:
        try:
            found = [str(fault) for fault in verification.faults()]
            assert not found, found
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)
            self.clock.stop()

    # Trying

    @property
    def now(self) -> datetime:
        return timezone.now()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def seen(self) -> int:
        return len(self.events)

    def page(self, is_stale: bool) -> int:
        """Return what a page has seen that was opened now, or before the last step that nobody's page may miss."""
        missed = [event.sequence for event in self.events if event.verb in NEWS]
        return (missed[-1] - 1 if missed else self.seen + 1) if is_stale else self.seen

    def attempt(self, is_due: bool, step, *, is_recorded: bool = False) -> Any:
        """Take a step that the model expects to be done or refused; a refused one changes nothing else."""
        before = None if is_due else self._snapshot()
        try:
            made, refusal = step(), None
        except REFUSALS as error:
            made, refusal = None, error
        assert (refusal is None) == is_due, f"expected to be {'done' if is_due else 'refused'}: {refusal!r}"
        if refusal is not None:
            self._nothing_was_done(before, is_recorded)
        return made if refusal is None else False

    def _nothing_was_done(self, before: Any, is_recorded: bool) -> None:
        Walk.refusals += 1
        assert self._snapshot() == before
        added = Event.objects.of_article(self.article.pk).filter(sequence__gt=self.seen)
        assert [event.verb for event in added] == ["sign_refused"] * is_recorded

    def _snapshot(self) -> list[Any]:
        """Read what a refused step must leave as it is: plain rows, for this is asked for thousands of times."""
        counts = ", ".join(f"(SELECT count(*) FROM {model._meta.db_table})" for model in ADDED)
        # An event about the attempt raises the version, which the MAC binds; `acted` asks whether it holds.
        bound = ("version", "mac")
        told = [f'"{field.column}"' for field in Publication._meta.concrete_fields if field.name not in bound]
        queries = [f"SELECT * FROM {model._meta.db_table} ORDER BY id" for model in CHANGED]
        queries += [
            f"SELECT {counts}",
            f"SELECT {', '.join(told)} FROM articles_publication WHERE article_id = {self.article.pk}",
            f"SELECT version FROM articles_article WHERE id = {self.article.pk}",
        ]
        with connection.cursor() as cursor:
            return [cursor.execute(query).fetchall() for query in queries]

    # What must be true after every action

    def acted(self) -> None:
        Walk.actions += 1
        is_news = self._read_what_happened()
        page = Publication.objects.filter(article=self.article).first()
        assert (publishing.read(page) if page else None) == self.standing
        assert page is None or page.is_as_listed()
        seen = self.desk.readers_see(self.today)
        self._readers_see(page, seen)
        if is_news:
            is_readable = Publication.objects.readable(self.today).filter(article=self.article).exists()
            assert is_readable == (seen.text is not None)
            self._the_reviews_stand_as_the_model_says()
        if page is not None and Walk.actions % 12 == 0:
            self.opened(page, seen)
        self.time.shift(1)

    def _read_what_happened(self) -> bool:
        """Follow the chain, which must be whole, and fold it as readers' pages are; say whether anything is new."""
        new = list(Event.objects.of_article(self.article.pk).filter(sequence__gt=self.seen))
        for event in new:
            previous = self.events[-1].digest if self.events else ""
            assert (event.sequence, event.previous_digest) == (self.seen + 1, previous)
            assert digest(event.leaves) == event.digest
            self.events.append(event)
            self.standing = publishing.apply(self.standing, event)
        if any("thread" in event.data for event in new):
            made = Thread.objects.filter(review__article=self.article).order_by("pk")
            self.threads += made[len(self.threads) :]
        assert len(self.threads) == self.desk.remarks_made
        is_another_day, self.day = self.day != self.today, self.today
        return bool(new) or is_another_day

    def _the_reviews_stand_as_the_model_says(self) -> None:
        facts = ("pk", "state", "reason", "policy__version")
        reviews = list(Review.objects.filter(article=self.article).order_by("pk").values_list(*facts))
        assert [tuple(rest) for _pk, *rest in reviews] == [
            (one.state, one.reason, one.rules.version) for one in self.desk.reviews
        ]
        last = reviews[-1][0] if reviews else None
        if self.review is None or self.review.pk != last:  # its text never changes; steps read its state anew
            self.review = Review.objects.select_related("revision").filter(pk=last).first()
        if self.review is None:
            return
        rows = Assignment.objects.filter(review=self.review).values_list("member__user", "state", "due_date")
        assert {self.names[person]: (state, due) for person, state, due in rows} == {
            name: ("invited" if state == "waiting" else state, self.desk.present.due[name])
            for name, state in self.desk.present.assigned.items()
        }

    # What readers see: the table of DESIGN §4

    def _readers_see(self, page: Publication | None, seen: Seen) -> None:
        if page is None or not page.is_shown:
            assert seen == Seen()
            return
        told = Seen(
            status=page.status,
            text=seen.text,
            hidden=frozenset(self.keys.index(mask["section"]) for mask in page.masks),
            update=page.update,
            is_overdue=page.is_overdue(self.today),
            is_hidden=page.is_hidden(self.today),
            is_indexed=page.is_open_to_search(self.today),
            is_withdrawn=page.withdrawn_at is not None,
        )
        assert told == seen
        if seen.text is not None:
            self._shows(page, seen.text)
        if self.desk.page is not None:
            self._says_what_stands_behind_it(page)

    def _shows(self, page: Publication, text: tuple[int, ...]) -> None:
        """What the page shows is byte for byte what the approved revision says."""
        if page.revision_id not in self.frozen:  # evidence does not change: verify_audit watches it at the end
            self.frozen[page.revision_id] = self._whole(page)
        assert self.frozen[page.revision_id] == [TEXTS[one] for one in text[:2]]

    def _whole(self, page: Publication) -> list[str]:
        document = page.revision.document
        assert page.title == document["title"]
        assert sha256(page.revision.content.encode()).hexdigest() == page.revision.digest
        for audience in ("professional", "plain"):
            shown = getattr(page, audience)
            assert (shown.revision_id, shown.audience) == (page.revision_id, audience)
            assert shown.html == str(rendering.render_body(document, audience))
        return [section["professional"] for section in document["sections"]]

    def _says_what_stands_behind_it(self, page: Publication) -> None:
        """Who signed, until when it is in date, and each notice: as the model has it."""
        model = self.desk.page
        assert sorted(self.names[one["id"]] for one in page.reviewers) == sorted(model.signers)
        assert page.unreviewed_specialties == model.unreviewed
        dates = (page.next_review_due, page.second_review_due, page.noindex_from, page.hidden_from)
        assert dates == (model.next_due, model.second_due, model.noindex_from, model.hidden_from)
        assert page.dated_by_policy == model.dated_by
        assert page.policy_version == model.version
        kinds = ["suspension"] * (WHOLE in model.suspended) + ["retirement"] * (model.gone == "retired")
        kinds += ["retraction"] * model.retractions + ["correction"] * model.corrections + ["notice"] * len(model.lines)
        assert sorted(one["kind"] for one in page.notices) == sorted(kinds)
        lines = {one["id"]: (one["section"], one["signed_by"]) for one in page.notices if one["kind"] == "notice"}
        assert lines == {
            self.notices[key].pk: (self.keys[line.section], line.signed_by and f"{line.signed_by}, MD")
            for key, line in model.lines.items()
        }
        successors = {"": None, "successor": self.stage.successor.pk}
        assert page.successor_id == successors[model.successor]

    def opened(self, page: Publication, seen: Seen) -> None:
        """Open both pages as a visitor does: what is hidden is not in the bytes, what is approved is."""
        Walk.pages += 1
        if not page.is_shown:
            return
        for audience in ("professional", "plain"):
            made = article_page.build(page, audience, today=self.today)
            model = self.desk.page
            if model is not None and model.gone:
                assert made.status == (301 if model.successor else 410)
            else:
                assert made.status == 200
            assert made.is_indexed == seen.is_indexed
            words = made.body.decode()
            shown = [section for section in SECTIONS if seen.text is not None and section not in seen.hidden]
            if audience == "professional":
                expected = {TEXTS[seen.text[one]].split(" [")[0] for one in shown}
                for text in {one.split(" [")[0] for one in TEXTS}:
                    assert (text in words) == (text in expected), (text, seen)
            else:
                assert (PLAIN in words) == bool(shown)

    def approved(self) -> None:
        """At the moment of approval every section has its signers, none of whom wrote a word of it."""
        Walk.approvals += 1
        model = self.desk.page.approved_by
        review = Review.objects.filter(article=self.article).order_by("pk")[self.desk.reviews.index(model)]
        digests = review.revision.section_digests
        signed = self._signatures(review)
        assert all(one.revision_digest == review.revision.digest and signatures.is_valid(one) for one in signed)
        for section, key in enumerate(self.keys):
            signers = {
                self.names[one.signer["id"]]
                for one in signed
                if any((each["key"], each["digest"]) == (key, digests[key]) for each in one.sections)
            }
            assert signers == model.signers_of(section)
            assert len(signers) >= model.rules.signers(model.reason)
            assert not signers & model.revision.writers
        if not self.desk.page.suspended:
            assert Publication.objects.get(article=self.article).status == "approved"

    def _signatures(self, review: Review) -> list[Decision]:
        effective: dict[int, Decision] = {}
        carries = review.reason in ("second_review", "withdrawn") and review.follows is not None
        for decision in Decision.objects.filter(assignment__review=review).order_by("sequence"):
            effective[decision.assignment_id] = decision
        own = [one for one in effective.values() if one.verdict == "approved"]
        return own + (self._signatures(review.follows) if carries else [])
