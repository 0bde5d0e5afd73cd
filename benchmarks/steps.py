"""The editor's side, in process: freezing, approving and verifying. The size is texts for each step."""

from collections.abc import Iterator
from pathlib import Path

from articles.models import Article
from benchmarks import content
from benchmarks.results import Row
from benchmarks.timing import median_step
from reviews import workflow
from reviews.models import Event, Review
from reviews.record import verification
from tests import factories

SIZE = 15


def measure(size: int, _folder: Path) -> Iterator[Row]:
    yield _submit(size)
    yield _approve(size)
    yield _verify(min(size, 3))


def _submit(size: int) -> Row:
    author, _, sources = content.cast()
    drafts = [content.draft(author, sources) for _ in range(size)]

    def submit(article: Article) -> None:
        workflow.submit(article, by=author, seen=article.version)

    took, statements = median_step(submit, drafts)
    return Row(
        "submit: checks, freeze, both renderings", f"{took:.1f} ms", f"{statements} statements", "Markdown is paid here"
    )


def _approve(size: int) -> Row:
    author, members, sources = content.cast()
    reviews = [
        factories.under_review(*members, review=factories.submitted(content.draft(author, sources)))
        for _ in range(size)
    ]
    for review in reviews:
        factories.sign(review, members[0])
        factories.mark_all(review, members[1])

    def approve(review: Review) -> None:
        workflow.approve(
            review,
            by=members[1].user,
            digest=review.revision.digest,
            password=factories.PASSWORD,
            seen=factories.seen(review),
        )

    took, statements = median_step(approve, reviews)
    return Row(
        "last signature: approved and published",
        f"{took:.1f} ms",
        f"{statements} statements",
        "10 ms; about 10 statements",
    )


def _verify(times: int) -> Row:
    def verify(_: None) -> None:
        if found := list(verification.faults()):
            raise SystemExit(f"The record made for measuring is not whole: {found[0]}")

    took, statements = median_step(verify, [None] * times)
    count = Event.objects.count()
    return Row(
        "verify_audit", f"{took:.0f} ms", f"{count} events, {statements} statements", f"{took / count:.2f} ms an event"
    )
