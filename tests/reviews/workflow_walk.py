"""One article on a random walk: how an action is tried, and what must be true after each."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis.stateful import RuleBasedStateMachine

from articles import drafting, freezing, rendering
from articles.canonical import digest
from articles.models import Article, Publication, Revision
from reviews import publishing, signing, verification, workflow
from reviews.models import Assignment, Comment, Decision, Disclosure, Event, Review, Ruling, SectionMark, Thread, Waiver
from tests import factories
from tests.reviews.workflow_model import SECTIONS, TEXTS, Desk, Person, Rules

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
BOARD = ("ann", "ben", "cat", "dan", "wren")
WATCHED = (Review, Assignment, SectionMark, Thread, Comment, Waiver, Disclosure, Ruling, Decision, Revision)
REFUSALS = (
    PermissionDenied,
    workflow.Refused,
    workflow.ArticleMoved,
    signing.WrongPassword,
    drafting.DraftMoved,
)


def people() -> dict[str, Person]:
    return {
        "author": Person("author", is_author=True),
        "editor": Person("editor", is_editor=True),
        "root": Person("root", is_editor=True),
        "guest": Person("guest"),
        "ann": Person("ann", specialty="Neurology"),
        "ben": Person("ben", specialty="Neurology"),
        "cat": Person("cat", specialty="Cardiology"),
        "dan": Person("dan", specialty="Neurology", licensed_until=START.date() + timedelta(60)),
        "wren": Person("wren", specialty="Cardiology", is_editor=True),
    }


class Stage:
    """What every walk begins with, made once: nine people, a policy, a source and a draft that cites it."""

    def __init__(self, *, shows_pending: bool) -> None:
        users = {
            "author": factories.user("Author"),
            "editor": factories.user("Editor"),
            "root": factories.user(is_superuser=True),
            "guest": factories.user(),
        }
        for name in BOARD:
            person = people()[name]
            expires = None if person.licensed_until == date.max else person.licensed_until
            member = factories.board_member(name, specialties=(person.specialty,), licence_expires=expires)
            users[name] = member.user
        users["wren"].groups.add(Group.objects.get(name="Editor"))
        self.cast = {name: user.pk for name, user in users.items()}
        self.shows_pending = shows_pending
        factories.policy(shows_pending=shows_pending)
        self.source = factories.source()
        self.article = self._draft(users["author"])

    def _draft(self, author: Any) -> Article:
        sections = [
            {"heading": f"Part {number}", "professional": TEXTS[number], "plain": "Take what you were given."}
            for number in SECTIONS
        ]
        citations = [
            {"key": "first", "source": self.source},
            {"key": "second", "source": factories.source("Another")},
            {"key": "third", "source": None},
        ]
        return factories.article(by=author, sections=sections, citations=citations)


class Walk(RuleBasedStateMachine):
    """One article, nine people, a clock; `desk` is the model of it. A walk leaves no trace in the database."""

    stage: Stage
    # Counted over all walks, to show that they went somewhere.
    actions = refusals = approvals = 0

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.time = self.clock.start()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.cast, self.shows_pending = self.stage.cast, self.stage.shows_pending
        self.article = Article.objects.get(pk=self.stage.article.pk)
        self.keys = [str(section.key) for section in self.article.sections.all()]
        users = get_user_model().objects.select_related("board_member").in_bulk(self.cast.values())
        self.users: dict[str, Any] = {name: users[pk] for name, pk in self.cast.items()}
        self.desk = Desk(people(), Rules(shows_pending=self.shows_pending))
        self.events: list[Event] = []
        self.review: Any = None
        self.threads: list[Thread] = []
        self.trusted: set[int] = set()

    def teardown(self) -> None:
        try:
            assert list(verification.faults()) == []
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)
            self.clock.stop()

    # Trying

    @property
    def today(self):
        return timezone.now().date()

    @property
    def seen(self) -> int:
        return len(self.events)

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
        rows = [list(model.objects.order_by("pk").values_list()) for model in WATCHED]
        pages = Publication.objects.filter(article=self.article).values()
        return [*rows, [{name: value for name, value in page.items() if name != "version"} for page in pages]]

    # What must be true after every action

    def acted(self) -> None:
        Walk.actions += 1
        self.events += Event.objects.of_article(self.article.pk).filter(sequence__gt=self.seen)
        pages = Publication.objects.select_related("revision", "professional", "plain")
        page = pages.filter(article=self.article).first()
        self._chain_is_whole()
        self._page_is_what_the_events_make(page)
        self._readers_see_what_the_model_says(page)
        assert Review.objects.open().filter(article=self.article).count() == (self.desk.open_review is not None)
        if self.review is not None:
            self.review.refresh_from_db()
            assert self.review.state == self.desk.review.state
            states = Assignment.objects.filter(review=self.review).values_list("member__user", "state")
            expected = {
                self.cast[name]: "invited" if state == "waiting" else state
                for name, state in self.desk.review.assigned.items()
            }
            assert dict(states) == expected
        self.time.shift(1)

    def _chain_is_whole(self) -> None:
        previous = ""
        for sequence, event in enumerate(self.events, start=1):
            assert (event.sequence, event.previous_digest) == (sequence, previous)
            previous = event.digest
        assert self.events == [] or digest(self.events[-1].leaves) == previous

    def _page_is_what_the_events_make(self, page: Publication | None) -> None:
        assert (publishing.read(page) if page else None) == publishing.fold(self.events)

    def _readers_see_what_the_model_says(self, page: Publication | None) -> None:
        text, status, update = self.desk.readers_see()
        is_readable = Publication.objects.readable().filter(article=self.article).exists()
        assert is_readable == (text is not None)
        if page is None or not page.is_shown:
            assert status == ""
            return
        assert (page.status, page.update) == (status, update)
        assert page.is_indexed == (status == "approved")
        if text is not None:
            self._shows(page, text)

    def _shows(self, page: Publication, text: tuple[int, ...]) -> None:
        """What the page shows is byte for byte what the approved revision says."""
        document = page.revision.document
        assert [section["professional"] for section in document["sections"]] == [TEXTS[one] for one in text[:2]]
        assert page.title == document["title"]
        if page.revision_id not in self.trusted:  # evidence does not change: verify_audit watches it at the end
            self.trusted.add(page.revision_id)
            assert sha256(page.revision.content.encode()).hexdigest() == page.revision.digest
            for audience in ("professional", "plain"):
                shown = getattr(page, audience)
                assert (shown.revision_id, shown.audience) == (page.revision_id, audience)
                assert shown.html == str(rendering.render_body(document, audience))

    def approved(self) -> None:
        """At the moment of approval every section has its signers, none of whom wrote a word of it."""
        Walk.approvals += 1
        review = self.desk.review
        names = {pk: name for name, pk in self.cast.items()}
        digests = freezing.section_digests(self.review.revision.document)
        effective: dict[int, Decision] = {}
        for decision in Decision.objects.filter(assignment__review=self.review).order_by("sequence"):
            effective[decision.assignment_id] = decision
        signed = [one for one in effective.values() if one.verdict == "approved"]
        assert all(one.revision_digest == self.review.revision.digest and signing.is_valid(one) for one in signed)
        for section, key in enumerate(self.keys):
            signers = {
                names[one.signer["id"]]
                for one in signed
                if {"key": key, "digest": digests[key]}.items()
                <= next((each for each in one.sections if each["key"] == key), {}).items()
            }
            assert signers == {name for name, marks in review.signed.items() if section in marks}
            assert len(signers) >= review.rules.quorum
            assert not signers & review.revision.writers
        printed = Publication.objects.get(article=self.article).reviewers
        assert {names[one["id"]] for one in printed} == set(review.signed)
