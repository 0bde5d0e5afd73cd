"""A list of references in each style, with the previews that its citations carry. The size is references."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles.text import rendering
from articles.text.rendering import styles
from benchmarks.results import Row
from benchmarks.timing import milliseconds

SIZE = 500
_A_SECTION = 100


def measure(size: int, _folder: Path) -> Iterator[Row]:
    for style in styles.STYLES:
        content = _content(style, count=size)
        rendering.render_body(_content(style, count=1), "professional")  # reads the style
        styles.forget()
        cold, warm = _seconds(content), _seconds(content)
        yield Row(
            f"body with {size} references in {style.upper()}, none formatted before",
            f"{cold:.3g} s",
            f"{warm:.3g} s when they were",
            "1.5 s for the references",
        )


def _seconds(content: dict[str, Any]) -> float:
    return milliseconds(lambda: rendering.render_body(content, "professional")) / 1000


def _content(style: str, *, count: int) -> dict[str, Any]:
    section = {"key": "aaaaaaaa-0000-4000-8000-000000000001", "kind": "research", "heading": "", "plain": ""}
    return {
        "schema": 2,
        "title": "What helps?",
        "language": "en",
        "style": style,
        "sections": [
            {**section, "professional": _text(range(begin, min(begin + _A_SECTION, count)))}
            for begin in range(0, count, _A_SECTION)
        ],
        "citations": [
            {"key": f"k{number}", "use": "relied_on", "locator": "", "quote": "", "source": _source(number)}
            for number in range(count)
        ],
        "glossary": [],
    }


def _text(numbers: range) -> str:
    return "\n\n".join(f"Treatment {number} helped [@k{number}]." for number in numbers)


def _source(number: int) -> dict[str, Any]:
    csl = {
        "id": f"source-{number}",
        "type": "article-journal",
        "title": f"A trial of treatment {number} in adults",
        "author": [{"family": f"Family{one}", "given": "Gina Inez"} for one in range(3 + number % 9)],
        "container-title": "Journal of Pain",
        "container-title-short": "J Pain",
        "issued": {"date-parts": [[2020, 1 + number % 12, 3]]},
        "volume": str(number % 40),
        "issue": "3",
        "page": f"{number + 100}-{number + 112}",
    }
    return {"kind": "study", "doi": f"10.1000/{number}", "pmid": str(number + 1), "csl": csl}
