"""The editor's side: freezing, approving and verifying, in process."""

from collections.abc import Iterator

from articles.models import Article
from benchmarks import content
from benchmarks.timing import Row, median_ms
from reviews import workflow
from reviews.models import Event
from reviews.record import verification
from tests import factories

_TIMES = 15


def measure() -> Iterator[Row]:
    yield _submit()
    yield from _approve()
    yield _verify()


def _submit() -> Row:
    author, _, sources = content.cast()
    drafts = [content.draft(author, sources) for _ in range(_TIMES)]

    def submit(article: Article) -> None:
        workflow.submit(article, by=author, seen=article.version)

    took, statements = median_ms(submit, drafts)
    return Row(
        "submit: checks, freeze, both renderings", f"{took:.1f} ms", f"{statements} statements", "Markdown is paid here"
    )


def _approve() -> Iterator[Row]:
    author, members, sources = content.cast()
    reviews = [
        factories.under_review(*members, review=factories.submitted(content.draft(author, sources)))
        for _ in range(_TIMES)
    ]
    for review in reviews:
        factories.sign(review, members[0])
        factories.mark_all(review, members[1])

    def approve(review):
        workflow.approve(
            review,
            by=members[1].user,
            digest=review.revision.digest,
            password=factories.PASSWORD,
            seen=factories.seen(review),
        )

    took, statements = median_ms(approve, reviews)
    yield Row(
        "last signature: approved and published",
        f"{took:.1f} ms",
        f"{statements} statements",
        "10 ms; about 10 statements",
    )


def _verify() -> Row:
    def verify(_):
        found = list(verification.faults())
        if found:
            raise SystemExit(f"The record made for measuring is not whole: {found[0]}")

    took, statements = median_ms(verify, [None] * 3)
    count = Event.objects.count()
    return Row(
        "verify_audit", f"{took:.0f} ms", f"{count} events, {statements} statements", f"{took / count:.2f} ms an event"
    )
