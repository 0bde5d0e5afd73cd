"""Whether an article contradicts itself (MEDICAL.md §7, S13): lines of therapy, doses, directions of one drug."""

from collections.abc import Iterator
from typing import Any

from articles.text.checks.finding import Context, Finding
from articles.text.messages import gettext_noop as _
from articles.text.statements.drug_statements import DrugStatement, drug_statements
from articles.text.statements.stated_quantities import stated_in

RULES = {"contradiction": _("Two passages contradict each other")}


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield each statement that contradicts an earlier one of the same article and audience, at the later one."""
    for audience in ("professional", "plain"):
        statements = [
            statement
            for number, section in enumerate(content["sections"])
            for statement in drug_statements(number, stated_in(content, section, audience))
        ]
        yield from _contradictions(statements, content, audience)


def _contradictions(statements: list[DrugStatement], content: dict[str, Any], audience: str) -> Iterator[Finding]:
    earlier: dict[tuple[str, str], list[DrugStatement]] = {}
    told: set[tuple[int, int]] = set()
    for statement in statements:
        known = earlier.setdefault((statement.drug, statement.aspect), [])
        place = (statement.section, statement.sentence.start)
        against = next((one for one in known if _contradict(one, statement)), None)
        if against is not None and place not in told:
            told.add(place)
            yield _finding(statement, against, content, audience)
        known.append(statement)


def _finding(later: DrugStatement, earlier: DrugStatement, content: dict[str, Any], audience: str) -> Finding:
    section = content["sections"][later.section]
    text = section[audience]
    start, end = later.sentence.start, later.sentence.end
    words = text[start:end].rstrip()
    named = {"drug": later.drug, "heading": content["sections"][earlier.section]["heading"], "words": earlier.words}
    message = _(
        "This contradicts what “%(heading)s” says about %(drug)s: “%(words)s”. Say which is correct, and why "
        "they differ."
    )
    return Finding("contradiction", message % named, section["key"], audience, words, start, start + len(words))


def _contradict(one: DrugStatement, other: DrugStatement) -> bool:
    if one.section == other.section and one.sentence is other.sentence:
        return False
    if one.conditions and other.conditions and not one.conditions & other.conditions:
        return False
    if one.limits != other.limits:
        return False
    return _OPPOSED[one.aspect.partition(":")[0]](one, other)


def _lines_differ(one: DrugStatement, other: DrugStatement) -> bool:
    mine, theirs = set(one.value), set(other.value)
    if any(-value in theirs for value in mine):
        return True
    return not mine & theirs and min(*mine, *theirs) > 0


def _doses_differ(one: DrugStatement, other: DrugStatement) -> bool:
    return all(high < low or other_high < mine_low for mine_low, high in one.value for low, other_high in other.value)


def _directions_differ(one: DrugStatement, other: DrugStatement) -> bool:
    # A direction is only turned where both speak of the same condition.
    return bool(one.conditions & other.conditions) and one.value != other.value


def _values_differ(one: DrugStatement, other: DrugStatement) -> bool:
    return bool(one.value != other.value)


_OPPOSED = {
    "line": _lines_differ,
    "start": _doses_differ,
    "maximum": _doses_differ,
    "advice": _directions_differ,
    "effect": _values_differ,
    "efficacy": _values_differ,
    "works": _values_differ,
    "food": _values_differ,
}
