"""How much one file of sources may ask for: what is over it is told, and the rest of the file is read.

The numbers are far above what reference managers export, and low enough that a file of 8 MB, whatever it holds, is read
within 256 MB of memory and ten seconds.
"""

from dataclasses import dataclass, field

MOST_RECORDS = 50_000
MOST_FAULTS = 50  # of one record
MOST_FIELDS = 1_000  # of one entry of BibTeX
MOST_PEOPLE = 5_000  # of one field
LONGEST_NAME = 1_000
MOST_MACROS = 5_000
LONGEST_MACRO = 10_000
MOST_PUT_IN = 4_000_000  # characters that macros stand for, in the whole file
MOST_INHERITED = 20_000  # characters of one entry that others inherit from
MOST_INHERITED_OF_ALL = 10_000_000


class Faults(list[str]):
    """The faults of one record, of which a person reads the first ones."""

    def append(self, words: str) -> None:
        if len(self) < MOST_FAULTS:
            super().append(words)
        elif len(self) == MOST_FAULTS:
            super().append("It has more faults than these.")

    def __iadd__(self, others: list[str]) -> "Faults":  # type: ignore[override, misc]
        for words in others:
            self.append(words)
        return self


class TooLong(ValueError):
    """A macro that stands for more than is read; its words are a fault for the person."""


@dataclass
class Macros:
    """The @string macros of one file. What they stand for is bounded: one doubled forty times is refused."""

    _values: dict[str, str | None] = field(default_factory=dict)
    _left: int = MOST_PUT_IN

    def define(self, name: str, value: str | None) -> None:
        """Keep a macro; None, or a value that is too long, makes it one that is refused where it is used."""
        if name in self._values or len(self._values) < MOST_MACROS:
            self._values[name] = value if value is not None and len(value) <= LONGEST_MACRO else None

    def value_of(self, name: str) -> str | None:
        """Return what a macro stands for, or None when it is not known. Raises `TooLong`."""
        if name not in self._values:
            return None
        value = self._values[name]
        if value is None:
            raise TooLong(f"The macro {name[:80]} stands for more than {LONGEST_MACRO:,} characters. Write its words.")
        if len(value) > self._left:
            raise TooLong(f"The macros of this file stand for more than {MOST_PUT_IN:,} characters together.")
        self._left -= len(value)
        return value
