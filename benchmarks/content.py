"""What is measured on: articles the size of the page the project began with, walked through the real verbs."""

from typing import Any

from articles.models import Article
from reviews.models import Review
from tests import factories

_ITEM = (
    "- Start with {dose} mg once daily, reassess after {dose} days, and stop when there is no benefit [@key{cite}].\n"
)
_PLAIN = "- You start with {dose} mg once a day. After {dose} days you talk with your doctor [@key{cite}].\n"
_PARAGRAPH = (
    "Guidelines recommend a stepwise approach with attention to relief, adherence and side effects, and name "
    "first-line medicines with their starting and usual doses [@key{cite}].\n\n"
)


def sections() -> list[dict[str, Any]]:
    """Nine sections with 36 list items and seven sources, for both audiences."""
    kinds = (
        "guidelines",
        "guidelines",
        "guidelines",
        "drug_label",
        "drug_label",
        "research",
        "research",
        "research",
        "other",
    )
    return [
        {
            "kind": kind,
            "heading": f"{kind.title()} part {place}",
            "professional": _text(_ITEM, place),
            "plain": _text(_PLAIN, place),
        }
        for place, kind in enumerate(kinds)
    ]


def _text(item: str, place: int) -> str:
    items = "".join(item.format(dose=25 * (place + number + 1), cite=(place + number) % 7) for number in range(4))
    return _PARAGRAPH.format(cite=place % 7) + items


def draft(author: Any, sources: list[Any]) -> Article:
    return factories.article(
        by=author,
        sections=sections(),
        citations=[{"key": f"key{number}", "source": one} for number, one in enumerate(sources)],
    )


def cast() -> tuple[Any, list[Any], list[Any]]:
    """Return an author, two board members and seven sources."""
    members = [factories.board_member("Ann"), factories.board_member("Ben")]
    return factories.user("Author"), members, [factories.source(f"Source {number}") for number in range(7)]


def approved(count: int) -> list[Review]:
    author, members, sources = cast()
    return [factories.approved(*members, review=factories.submitted(draft(author, sources))) for _ in range(count)]
