"""What an import tells the person who runs it: how far it is, what became of each file, and the sum at the end."""

import csv
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any, TextIO

from articles.writing import page_import
from articles.writing.page_import import DUPLICATE, FAILED, IMPORTED, SKIPPED, Outcome

_LIVE_EVERY = 0.2


class Progress:
    """Says on the error stream how many files are done and how fast: one live line, or one line each `every` files."""

    def __init__(self, stream: Any, total: int, *, every: int) -> None:
        self._stream, self._total, self._every = stream, total, every
        self._is_live = bool(getattr(stream, "isatty", lambda: False)())
        self._began, self._told, self._done = time.monotonic(), 0.0, 0

    def seconds(self) -> float:
        return time.monotonic() - self._began

    def step(self, failed: int) -> None:
        self._done += 1
        now = time.monotonic()
        if not self._every:
            return
        if self._is_live and now - self._told >= _LIVE_EVERY:
            self._told = now
            self._stream.write(f"\r\x1b[K{self._words(failed)}", ending="")
            self._stream.flush()
        elif not self._is_live and self._done % self._every == 0:
            self._stream.write(self._words(failed))
            self._stream.flush()

    def end(self) -> None:
        if self._is_live and self._every:
            self._stream.write("\r\x1b[K", ending="")

    def _words(self, failed: int) -> str:
        rate = self._done / max(self.seconds(), 0.001)
        words = f"{self._done:,} of {self._total:,} files, {rate:.0f} a second"
        return f"{words}, {failed:,} failed" if failed else words


class Lines:
    """Counts outcomes and keeps what a person has to look at; each outcome is written away as it comes."""

    def __init__(self, *, json_lines: Any = None, table: TextIO | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self.failed: list[Outcome] = []
        self.duplicates: list[Outcome] = []
        self._json_lines = json_lines
        self._table, self._file = (csv.writer(table) if table else None), table
        if self._table:
            self._table.writerow(["outcome", "file", "address", "lines to look at", "the same as", "reason"])

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome.kind] += 1
        if outcome.kind == FAILED:
            self.failed.append(outcome)
        elif outcome.kind == DUPLICATE:
            self.duplicates.append(outcome)
        if self._json_lines is not None:
            self._json_lines.write(json.dumps(_as_json(outcome), ensure_ascii=False))
        if self._table is not None and self._file is not None:
            self._table.writerow([_cell(value) for value in _row(outcome)])
            self._file.flush()

    def in_words(self, *, seconds: float, is_trial: bool) -> str:
        """Return the sum, then each file that was not brought in, with the reason."""
        counts = self.counts
        lines = [
            f"{counts[IMPORTED]:,} {'would be imported' if is_trial else 'imported'}, "
            f"{counts[SKIPPED]:,} in already, {counts[DUPLICATE]:,} the same as another file, "
            f"{counts[FAILED]:,} failed; {counts.total():,} in {seconds:.0f} seconds."
        ]
        lines += [f"  the same page twice: {one.file} is {one.same_as}" for one in self.duplicates]
        lines += [f"  failed: {one.file}: {one.reason}" for one in self.failed]
        return "\n".join(lines)


def _as_json(outcome: Outcome) -> dict[str, Any]:
    said: dict[str, Any] = {"file": outcome.file, "outcome": outcome.kind}
    if outcome.article is not None:
        said["slug"] = outcome.article.slug
    if outcome.page is not None and outcome.article is not None:
        said |= page_import.report(outcome.page, slug=outcome.article.slug)
    if outcome.same_as:
        said["same_as"] = outcome.same_as
    if outcome.reason:
        said["reason"] = outcome.reason
    return said


def _row(outcome: Outcome) -> list[Any]:
    slug = outcome.article.slug if outcome.article else ""
    to_look_at = len(outcome.page.unplaced) if outcome.page else ""
    return [outcome.kind, outcome.file, slug, to_look_at, outcome.same_as, outcome.reason]


def _cell(value: Any) -> str:
    """Keep a spreadsheet from taking a file's name for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def open_table(path: Path | None) -> TextIO | None:
    # Spreadsheets take a CSV file for UTF-8 only when it says so.
    return path.open("w", newline="", encoding="utf-8-sig") if path else None
