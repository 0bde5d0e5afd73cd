"""A trial of an import: says what would become of each record, and writes nothing."""

from articles.library.files.source_record import Record
from articles.library.record_intake import Kind, Outcome, find
from articles.text.csl.likeness import likeness


class Trial:
    """Remembers the identifiers of what it was shown, so that a record that comes twice is said to."""

    def __init__(self) -> None:
        self._identifiers: set[tuple[str, ...]] = set()
        self._likenesses: set[str] = set()

    def bring_in(self, record: Record) -> Outcome:
        outcome = find(record)
        if outcome.kind not in (Kind.ADDED, Kind.PROBABLE):
            return outcome
        own = {("doi", record.doi), ("pmid", record.pmid), ("label", *record.label)}
        own = {one for one in own if one[1]}
        alike = likeness(record.title, record.csl)
        if own & self._identifiers:
            outcome.kind = Kind.ALREADY
        elif alike and alike in self._likenesses and outcome.kind == Kind.ADDED:
            outcome.kind = Kind.PROBABLE
            outcome.faults.append("It is probably the same work as a record before it.")
        self._identifiers |= own
        self._likenesses.add(alike)
        return outcome
