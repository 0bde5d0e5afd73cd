"""Sets of primary keys that stay small: a bit a key."""

from collections.abc import Iterable

_BLOCK = 1 << 13


class KeySet:
    """Whole numbers, kept in blocks of 8,192 bits; what is not a key of ours is not in it."""

    def __init__(self) -> None:
        self._blocks: dict[int, bytearray] = {}

    def add(self, key: int) -> None:
        block, bit = divmod(key, _BLOCK)
        held = self._blocks.setdefault(block, bytearray(_BLOCK // 8))
        held[bit >> 3] |= 1 << (bit & 7)

    def __contains__(self, key: int) -> bool:
        block, bit = divmod(key, _BLOCK)
        held = self._blocks.get(block)
        return held is not None and bool(held[bit >> 3] & (1 << (bit & 7)))

    def update(self, other: "KeySet") -> None:
        """Add what another set holds."""
        for block, bits in other._blocks.items():
            held = self._blocks.setdefault(block, bytearray(_BLOCK // 8))
            held[:] = (int.from_bytes(held) | int.from_bytes(bits)).to_bytes(len(held))


class KeySets(dict[str, KeySet]):
    """A set of keys a table."""

    def __missing__(self, table: str) -> KeySet:
        return self.setdefault(table, KeySet())

    def merge(self, others: "Iterable[tuple[str, KeySet]]") -> None:
        for table, keys in others:
            self[table].update(keys)
