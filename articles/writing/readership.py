"""How many people read each article in a month: a list that the publisher's own statistics wrote."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles import permissions
from articles.models import Article
from articles.models.person import Person
from articles.writing import drafting
from articles.writing.page_import import shown

_MOST = 2_000_000_000


class UnreadableReaders(ValueError):
    """The list of readers cannot be used; the message says which line and why."""


@dataclass
class Readers:
    """How many people read a page in a month, by file or by address, from a CSV file of two columns."""

    name: str
    numbers: dict[str, int]
    used: set[str] = field(default_factory=set)

    @classmethod
    def of_file(cls, file: Path) -> "Readers":
        """Read the list. The first line may name the columns. Raises `UnreadableReaders`, `OSError`."""
        numbers: dict[str, int] = {}
        with file.open(newline="", encoding="utf-8-sig") as lines:
            try:
                for number, row in enumerate(csv.reader(lines, delimiter=_delimiter(lines)), start=1):
                    if row and (number > 1 or row[-1].strip().isdecimal()):
                        numbers[row[0].strip()] = _count(row, number)
            except (UnicodeDecodeError, csv.Error) as error:
                raise UnreadableReaders(f"{file} is not a CSV file in UTF-8: {error}.") from error
        return cls(shown(Path(file.name)), numbers)

    def of(self, file: Path, within: Path | None) -> int | None:
        """Return the number of a file: by its path within the folder that is imported, or by its name."""
        names = [shown(file), shown(Path(file.name))]
        if within is not None:
            names.insert(0, shown(file.relative_to(within)))
        return next((self._take(name) for name in names if name in self.numbers), None)

    def _take(self, name: str) -> int:
        self.used.add(name)
        return self.numbers[name]

    def rest(self) -> Iterator[tuple[str, int]]:
        """Yield what named no file: these are addresses."""
        return ((name, number) for name, number in self.numbers.items() if name not in self.used)


def _delimiter(lines: Any) -> str:
    first = lines.readline()
    lines.seek(0)
    return max(",;\t", key=first.count)


def _count(row: list[str], line: int) -> int:
    if len(row) != 2 or not row[0].strip() or not row[1].strip().isdecimal() or int(row[1]) > _MOST:
        raise UnreadableReaders(f"Line {line} is not a path or address and a number of readers.")
    return int(row[1])


def set_readers(article: Article, readers: int, *, by: Person, origin: str) -> str:
    """Write how many read an article into its draft; return why that was not done, or nothing.

    After the first submit this is a fact of the catalogue, which an editor changes.
    """
    if article.readers == readers:
        return ""
    if not permissions.can_edit(by, article):
        return f"{by} may not edit this article."
    if article.revisions.exists():
        return "It was submitted already: an editor changes its number of readers, with the facts of the catalogue."
    drafting.rewrite(
        article, by=by, reason=f"readers a month, from {origin}", seen=article.version, sections={}, readers=readers
    )
    return ""
