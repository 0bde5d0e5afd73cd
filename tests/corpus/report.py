"""What the checks find of the labelled corpus, as a table: `python -m tests.corpus`, or `make checks-report`."""

from collections.abc import Iterable

from articles.text import checks
from tests.corpus.item import Item
from tests.corpus.loading import FOLDER, FRESH, load
from tests.corpus.rules import NUMBERS, PRECISION, PROMISED, RECALL
from tests.corpus.scoring import Count, Miss, measure, pooled

PAGE = FOLDER.parent.parent / "docs" / "checks-report.md"

_NOTE = """\
# How well the checks find what a careful editor would

Made by `make checks-report`. A row counts the items judged for a rule, what was to be found in them, what was found,
what was found wrongly and what was missed. Precision is the share of findings that are right, recall the share of what
was to be found. Promised are a precision of {precision:.2f} and a recall of {recall:.2f} for {promised}.

## What this is, and what it is not
- The items in `tests/corpus/items` were written for this project and labelled by one hand, an AI model's, following the
  definitions of the rules and without sight of the checks. No second person labelled them, so nothing is known of how
  far two editors would agree.
- It is no clinical validation. No clinician judged the items. The doses are those of everyday practice where an item is
  meant to be sound, but nobody may take a dose from here.
- An item is judged only for the rules that it names. Cases on which careful editors would differ were left out, so real
  texts are harder than these. About half of the items are near misses: texts a rule must leave alone.
- After the checks are tuned on these items, the figures flatter them. The held-out items in `tests/corpus/fresh` were
  written afterwards and are counted apart.
"""


def text(*, with_misses: bool = False) -> str:
    """Return the whole report as Markdown."""
    promised = ", ".join(PROMISED)
    parts = [_NOTE.format(precision=PRECISION, recall=RECALL, promised=promised)]
    for title, items in (("The corpus", load()), ("Held-out items", load(FRESH))):
        if items:
            counts = measure(items)
            parts.append(f"## {title}: {len(items)} items\n\n{_table(counts)}\n\n{_promises(counts)}\n")
            if with_misses:
                parts.append(_missed(counts))
    return "\n".join(parts)


def shortfalls(items: Iterable[Item]) -> list[str]:
    """Return a sentence for each promised number that is under its precision or recall."""
    counts = measure(items)
    return [
        f"{number}: precision {count.precision:.3f}, recall {count.recall:.3f}"
        for number in PROMISED
        if (count := pooled(counts, number)).precision < PRECISION or count.recall < RECALL
    ]


def _table(counts: dict[str, Count]) -> str:
    heads = ("rule", "items", "to find", "found", "wrong", "missed", "precision", "recall")
    rows = [(f"{NUMBERS[rule]} {rule}", *_figures(count, rule)) for rule, count in counts.items() if count.items]
    return _grid([heads, *rows])


def _promises(counts: dict[str, Count]) -> str:
    heads = ("promised", "items", "to find", "found", "wrong", "missed", "precision", "recall")
    return _grid(
        [heads, *((number, *_figures(total)) for number in PROMISED if (total := pooled(counts, number)).items)]
    )


def _figures(count: Count, rule: str = "") -> tuple[str, ...]:
    told = tuple(str(one) for one in (len(count.items), count.positives, count.found, count.wrong, count.missed))
    if rule and rule not in checks.RULES:
        return (*told, "no check yet", "no check yet")
    return (*told, f"{count.precision:.3f}", f"{count.recall:.3f}")


def _grid(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in pairs) + " |"
        for pairs in (enumerate(zip(row, widths, strict=True)) for row in rows)
    ]
    rule = "| " + " | ".join("-" * (width - 1) + (":" if place else "-") for place, width in enumerate(widths)) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])


def _missed(counts: dict[str, Count]) -> str:
    misses: list[Miss] = [miss for rule, count in counts.items() if rule in checks.RULES for miss in count.misses]
    return "\n".join(f"- {one.item}: {one.rule} {one.kind}: {' '.join(one.words.split())!r}" for one in misses) + "\n"
