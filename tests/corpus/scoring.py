"""How well the checks find what was labelled: counts per rule, and each miss by its item."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.text import checks
from articles.text.checks import Finding
from tests.corpus.item import Expected, Item, Place
from tests.corpus.rules import NUMBERS

_KEY = re.compile(r"@([A-Za-z0-9](?:[A-Za-z0-9_.:-]*[A-Za-z0-9_])?)")

# Which words of the two texts such a finding points at is a matter of form: that they part is a fact of the section.
_OF_A_SECTION = frozenset({"plain-not-revisited"})


@dataclass(frozen=True)
class Miss:
    """Something expected that no finding met, or a finding that nobody expected."""

    item: str
    rule: str
    kind: str
    words: str


@dataclass
class Count:
    """What came of one rule, or of several pooled."""

    items: set[str] = field(default_factory=set)
    positives: int = 0
    found: int = 0
    wrong: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def missed(self) -> int:
        return self.positives - self.found

    @property
    def precision(self) -> float:
        """The share of findings that were expected; 1 when there were none."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what was expected that was found; 1 when nothing was expected."""
        return self.found / self.positives if self.positives else 1.0


def measure(items: Iterable[Item]) -> dict[str, Count]:
    """Run every check over every item and return the counts of each rule, those without a check too."""
    counts = {rule: Count() for rule in NUMBERS}
    for item in items:
        findings = checks.run(item.content, item.context)
        for rule in item.about:
            _judge(item, rule, [one for one in findings if one.rule == rule], counts[rule])
    return counts


def pooled(counts: dict[str, Count], number: str) -> Count:
    """Return the counts of all rules of one number together."""
    total = Count()
    for rule, count in counts.items():
        if NUMBERS[rule] == number:
            total.items |= count.items
            total.positives += count.positives
            total.found += count.found
            total.wrong += count.wrong
            total.misses += count.misses
    return total


def _judge(item: Item, rule: str, findings: list[Finding], count: Count) -> None:
    expected = [one for one in item.expected if one.rule == rule]
    met = _pairs(item, expected, findings)
    count.items.add(item.id)
    count.positives += len(expected)
    count.found += len(met)
    count.misses += [
        Miss(item.id, rule, "not found", _words(item, one)) for place, one in enumerate(expected) if place not in met
    ]
    if rule in item.open:
        return
    unexpected = [one for one in findings if not any(meets(item, one, wanted) for wanted in expected)]
    count.wrong += len(unexpected)
    count.misses += [Miss(item.id, rule, "not expected", one.words or str(one.message)) for one in unexpected]


def _pairs(item: Item, expected: list[Expected], findings: list[Finding]) -> dict[int, int]:
    """Give each expected its own finding where that can be done: the largest matching, by augmenting paths."""
    meeting = [[place for place, one in enumerate(findings) if meets(item, one, wanted)] for wanted in expected]
    holder: dict[int, int] = {}

    def placed(wanted: int, tried: set[int]) -> bool:
        for finding in meeting[wanted]:
            if finding not in tried:
                tried.add(finding)
                if finding not in holder or placed(holder[finding], tried):
                    holder[finding] = wanted
                    return True
        return False

    for wanted in range(len(expected)):
        placed(wanted, set())
    return {wanted: finding for finding, wanted in holder.items()}


def meets(item: Item, finding: Finding, wanted: Expected) -> bool:
    """Say whether a finding is what was expected: the same rule, section and audience, and spans that overlap.

    A finding without a section is compared by its words. Of an expectation about a citation the place is a matter of
    form: a finding meets it that names its key or its quotation, or points at where it is cited.
    """
    if finding.rule != wanted.rule:
        return False
    if finding.rule in _OF_A_SECTION:
        return finding.section_key in {item.content["sections"][place.section]["key"] for place in wanted.places}
    if wanted.key:
        return _is_about(item, finding, wanted.key)
    if not wanted.places:
        return wanted.words in finding.words or (bool(finding.words) and finding.words in wanted.words)
    if not finding.section_key:
        return any(_share(_at(item, place), finding.words) for place in wanted.places)
    keys = [section["key"] for section in item.content["sections"]]
    return any(
        finding.section_key == keys[place.section]
        and finding.audience == place.audience
        and (not place.end or (finding.start < place.end and place.start < max(finding.end, finding.start + 1)))
        for place in wanted.places
    )


def _is_about(item: Item, finding: Finding, key: str) -> bool:
    quotes = {one["quote"] for one in item.content["citations"] if one["key"] == key and one["quote"]}
    named = _KEY.findall(str(finding.message)) or _KEY.findall(finding.words)
    return key in named or finding.words in quotes


def _share(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def _at(item: Item, place: Place) -> str:
    text = item.text(place)
    return text[place.start : place.end] if place.end else text


def _words(item: Item, wanted: Expected) -> str:
    if wanted.places:
        return _at(item, wanted.places[0])
    return f"[@{wanted.key}]" if wanted.key else wanted.words or "(anywhere)"
