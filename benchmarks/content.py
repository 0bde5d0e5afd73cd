"""What is measured on: articles the size of the page the project began with, walked through the real verbs."""

import uuid
from typing import Any

from articles.models import Article
from reviews.models import Review
from tests import factories

_ITEM = (
    "- Start with {dose} mg once daily, reassess after {dose} days, and stop when there is no benefit [@key{cite}].\n"
)
_PLAIN = "- You start with {dose} mg once a day. After {dose} days you talk with your doctor [@key{cite}].\n"
_PARAGRAPH = (
    "A stepwise approach is advised, with attention to relief, adherence and side effects, and the first-line "
    "medicines have their starting and usual doses named below [@key{cite}].\n\n"
)


_KINDS = ("guidelines",) * 3 + ("drug_label",) * 2 + ("research",) * 3 + ("other",)
_SOURCES = 7
_LABEL = 5  # both sections of the drug label cite this source: the checks ask that they do


def sections() -> list[dict[str, Any]]:
    """Nine sections with 36 list items and seven sources, for both audiences."""
    return [
        {
            "kind": kind,
            "heading": f"{kind.title().replace('_', ' ')} part {place}",
            "professional": _text(_ITEM, place),
            "plain": _text(_PLAIN, place),
        }
        for place, kind in enumerate(_KINDS)
    ]


def _text(item: str, place: int) -> str:
    items = "".join(
        item.format(dose=25 * (place + number + 1), cite=(place + number) % _SOURCES) for number in range(4)
    )
    return _PARAGRAPH.format(cite=place % _SOURCES) + items


def draft(author: Any, sources: list[Any]) -> Article:
    return factories.article(
        by=author,
        sections=sections(),
        citations=[{"key": f"key{number}", "source": one} for number, one in enumerate(sources)],
    )


def cast() -> tuple[Any, list[Any], list[Any]]:
    """Return an author, two board members and seven sources, one of them a drug label."""
    members = [factories.board_member("Ann"), factories.board_member("Ben")]
    label = {"kind": "drug_label", "set_id": str(uuid.uuid4()), "label_version": "3", "country": "US"}
    sources = [
        factories.source(f"Source {number}", **(label if number == _LABEL else {})) for number in range(_SOURCES)
    ]
    return factories.user("Author"), members, sources


def approved(count: int) -> list[Review]:
    author, members, sources = cast()
    return [factories.approved(*members, review=factories.submitted(draft(author, sources))) for _ in range(count)]
