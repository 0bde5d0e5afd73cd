"""What the passages that a text cites state, each quantity in its circumstances."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from articles.text.checks.finding import Context
from articles.text.statements.circumstances import Circumstances
from articles.text.statements.clause_circumstances import circumstances
from articles.text.statements.quantities import Quantity
from articles.text.statements.stated_quantities import Stated, stated

_MOST_CANDIDATES = 400


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quantity of a passage, in its circumstances."""

    quantity: Quantity
    passage: "CitedPassage"

    @property
    def circumstances(self) -> Circumstances:
        return self.passage.around(self.quantity)

    @property
    def words(self) -> str:
        start, end = self.quantity.span
        return " ".join(self.passage.text.reading.text[start:end].split())


class CitedPassage:
    """A passage with what it states by measure; circumstances are read when they are asked for."""

    def __init__(self, text: Stated) -> None:
        self.text = text
        self._by_measure: dict[str, list[Quantity]] = {}
        self._around: dict[Quantity, Circumstances] = {}
        for one in (*text.quantities, *text.frequencies):
            if not one.is_point:
                self._by_measure.setdefault(one.measure, []).append(one)

    def of(self, measures: Iterable[str]) -> Iterator[Candidate]:
        for measure in measures:
            for one in self._by_measure.get(measure, [])[:_MOST_CANDIDATES]:
                yield Candidate(one, self)

    def around(self, quantity: Quantity) -> Circumstances:
        if quantity not in self._around:
            sentence = self.text.reading.sentence_at(quantity.start)
            if sentence is not None:
                self._around.update(circumstances(self.text, sentence))
        return self._around.get(quantity) or Circumstances()


class Passages:
    """What the passages of each citation state: its quotation, and the stored extracts of its source."""

    def __init__(self, content: dict[str, Any], context: Context) -> None:
        self._quotes = {citation["key"]: citation.get("quote", "") for citation in content["citations"]}
        self._extracts = context.extracts
        self._read: dict[str, list[CitedPassage]] = {}

    def of(self, keys: Iterable[str]) -> list[CitedPassage]:
        return [passage for key in dict.fromkeys(keys) for passage in self._of_key(key)]

    def _of_key(self, key: str) -> list[CitedPassage]:
        if key not in self._read:
            texts = [self._quotes.get(key, ""), *(passage.text for passage in self._extracts.get(key, ()))]
            self._read[key] = [CitedPassage(stated(text)) for text in texts if text.strip()]
        return self._read[key]
