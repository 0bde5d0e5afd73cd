"""Where an item stands in the lists around it."""

from dataclasses import dataclass

DEEPEST = 6


@dataclass(frozen=True)
class Place:
    """An item's depth from 0, and its number when its list is a numbered one."""

    depth: int = 0
    number: int | None = None


@dataclass(frozen=True)
class _Level:
    indent: int
    is_numbered: bool


class PlacesInList:
    """Tells an item's depth from its indentation relative to the items around it.

    Deeper indented is nested, as deep is a sibling, less deep ends the lists in between. At the same indentation a
    change between symbols and numbers is nested too, as in "1. Drugs", "- gabapentin", "2. Exercise". The sixth level
    is the deepest we show; deeper items stand on it.
    """

    def __init__(self) -> None:
        self._levels: list[_Level] = []

    @property
    def is_open(self) -> bool:
        """Whether an item stands directly before."""
        return bool(self._levels)

    @property
    def is_numbered(self) -> bool:
        """Whether the outermost list is numbered."""
        return bool(self._levels) and self._levels[0].is_numbered

    @property
    def indent(self) -> int:
        """The column of the last item."""
        return self._levels[-1].indent

    def close(self) -> None:
        """End all lists."""
        self._levels.clear()

    def place(self, indent: int, number: int | None) -> tuple[Place, bool]:
        """Return where an item stands, and whether it was deeper than we show."""
        level = _Level(indent, number is not None)
        while self._levels and self._levels[-1].indent > indent:
            self._levels.pop()
        if len(self._levels) > 1 and self._levels[-1] != level and self._levels[-2] == level:
            self._levels.pop()
        if not self._levels or self._levels[-1] != level:
            self._levels.append(level)
        depth = len(self._levels) - 1
        return Place(min(depth, DEEPEST - 1), number), depth >= DEEPEST
