"""What happened to each sample article, walked through the real verbs with the clock set back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.utils import timezone

from articles.models import Article
from articles.models.person import Person
from articles.writing import terms
from articles.writing.freezing import section_digests
from reviews import workflow
from reviews.demo import sample_content, sample_people
from reviews.models import EditorialPolicy, Event, Review
from reviews.record import event_chain
from reviews.rules import section_wordings

SUBMITTED = "anticoagulant-in-atrial-fibrillation"
UNDER_REVIEW = "uncomplicated-cystitis-in-women"
APPROVED = ("triptans-for-acute-migraine", "neuropathic-pain-first-line")
UPDATED = "metformin-and-kidney-function"
OVERDUE = "hypertension-target-and-first-drugs"
RETRACTED = "as-needed-inhaler-mild-asthma"

OPENED = 1010  # days ago

# Two of the board who between them hold the specialty each topic needs.
_BOARD = {
    UNDER_REVIEW: ("board1", "board3"),
    APPROVED[0]: ("board3",),  # of low risk: the policy asks for one
    APPROVED[1]: ("board1", "board3"),
    UPDATED: ("board1", "board2"),
    OVERDUE: ("board2", "board3"),
    RETRACTED: ("board2", "board3"),
}


class Clock:
    """The time of the story. Everything that asks for the time while it runs is told this one."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def read(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@contextmanager
def set_back(days: int) -> Iterator[Clock]:
    """Set the clock back; it moves only as the story moves it."""
    clock = Clock(timezone.now() - timedelta(days=days))
    with mock.patch.object(timezone, "now", new=clock.read):
        yield clock


def tell() -> None:
    """Make the sample people and write every sample article into its state."""
    with set_back(_policy_days()):
        cast = sample_people.make()
        _adopt_policy(cast["admin"])
    with set_back(1000):
        sample_content.load_topics(by=cast["editor"])
        sample_content.load_glossary(by=cast["author"], approved_by=cast["board1"], at=timezone.now())
    _approve(OVERDUE, cast, days=760)
    _approve(RETRACTED, cast, days=400)
    _retract(cast)
    for place, slug in enumerate(APPROVED):
        _approve(slug, cast, days=120 - 50 * place)
    _approve(UPDATED, cast, days=200)
    _update(cast)
    _begin_review(cast)
    with set_back(2):
        _submit(sample_content.write_draft(SUBMITTED, by=cast["author"]), cast, "First version.")
    terms.count_uses(at=timezone.now())


def _policy_days() -> int:
    """Return how many days ago the story begins: never before the site itself, which may be older than its story."""
    opened = EditorialPolicy.objects.current().adopted_at
    return min(OPENED - 1, (timezone.now() - opened).days)


def _adopt_policy(admin: Any) -> None:
    """Show pending texts here, and let one signer put a correction before readers: there is more to look at."""
    first = EditorialPolicy.objects.current()
    fields = {
        field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields if not field.primary_key
    }
    changes = {
        "version": 2,
        "shows_pending": True,
        "quorum_by_reason": {"correction": 1},
        "responsible_person": "Edith Sample-Novak, editor in chief",
        "change_note": (
            "Edith Sample-Novak is responsible. Pending texts are shown. One member approves a correction, a second "
            "follows in 72 hours."
        ),
        "adopted_by_id": admin.pk,
        "adopted_at": timezone.now(),
    }
    policy = EditorialPolicy.objects.create(**fields | changes)
    chain = event_chain.site_chain()
    event_chain.append(chain, "adopt_policy", actor=admin, data={"policy": 2}, rows=[policy], at=timezone.now())


def _submit(article: Article, cast: dict[str, Any], summary: str) -> Review:
    return workflow.submit(article, by=cast["author"], seen=article.version, summary=summary)


def _seen(review: Review) -> int:
    return Event.objects.of_article(review.article_id).latest("sequence").sequence


def _accept(review: Review, member: Person, editor: Person) -> None:
    workflow.assign(review, by=editor, member=member.board_member, seen=_seen(review))
    workflow.accept(review, by=member, interests=[], statement="I have no interests to declare.", seen=_seen(review))


def _mark(review: Review, member: Person, *, sections: int | None = None) -> None:
    document = review.revision.document
    digests = section_digests(document)
    for section in document["sections"][:sections]:
        for audience in section_wordings.existing(section):
            key = section["key"]
            workflow.mark(review, by=member, section_key=key, section_digest=digests[key], audience=audience)


def _sign(review: Review, member: Person) -> None:
    digest = review.revision.digest
    workflow.approve(review, by=member, digest=digest, password=sample_people.PASSWORD, seen=_seen(review))


def _approve(slug: str, cast: dict[str, Any], *, days: int) -> None:
    members = [cast[name] for name in _BOARD[slug]]
    with set_back(days) as clock:
        article = sample_content.write_draft(slug, by=cast["author"])
        clock.forward(days=1)
        review = _submit(article, cast, "First version.")
        for member in members:
            clock.forward(hours=20)
            _accept(review, member, cast["editor"])
        for member in members:
            clock.forward(days=2, hours=3)
            _mark(review, member)
            _sign(review, member)


def _retract(cast: dict[str, Any]) -> None:
    with set_back(30):
        article = Article.objects.get(slug=RETRACTED)
        last = Event.objects.of_article(article.pk).latest("sequence")
        workflow.retract(
            article,
            by=cast["editor"],
            reason="The text rests on the 2021 strategy; later reports of the same group replaced it.",
            notice=(
                "We withdrew this text because the guidance it rests on has been replaced by newer reports. "
                "If you use an inhaler, keep using it as your doctor or nurse told you."
            ),
            seen=last.sequence,
        )


def _update(cast: dict[str, Any]) -> None:
    with set_back(6) as clock:
        article = sample_content.write_update(Article.objects.get(slug=UPDATED), by=cast["author"])
        review = _submit(article, cast, sample_content.read(f"updates/{UPDATED}")["reason"])
        clock.forward(days=1)
        _accept(review, cast["board1"], cast["editor"])


def _begin_review(cast: dict[str, Any]) -> None:
    first, second = (cast[name] for name in _BOARD[UNDER_REVIEW])
    with set_back(9) as clock:
        review = _submit(sample_content.write_draft(UNDER_REVIEW, by=cast["author"]), cast, "First version.")
        for member in (first, second):
            clock.forward(days=1)
            _accept(review, member, cast["editor"])
        clock.forward(days=2)
        _mark(review, first, sections=2)
        section = review.revision.document["sections"][0]
        thread = workflow.open_thread(
            review,
            by=second,
            text="Please say in the first paragraph for whom this course is too short.",
            section_key=section["key"],
        )
        clock.forward(days=1)
        workflow.comment(thread, by=cast["author"], text="I will add it with the next version.")
