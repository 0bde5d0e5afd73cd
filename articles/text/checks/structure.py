"""Whether an article has the parts readers need: sections, both texts (S8), a declaration about AI (S17)."""

import re
from collections.abc import Iterator
from typing import Any

from articles.text import hidden_characters
from articles.text.checks import cited_prose
from articles.text.checks.finding import Context, Finding
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _
from articles.text.rendering import TextTooComplex, check_limits

RULES = {
    "no-section": _("The article has no section"),
    "section-empty": _("A section has no professional text"),
    "plain-missing": _("Plain text is missing"),
    "plain-not-revisited": _("The professional text changed and the plain text did not"),
    "ai-undeclared": _("AI assistance is not declared"),
    "text-too-complex": _("A text is over the limits"),
    "hidden-character": _("There is a character that nobody sees"),
}

# As `articles.writing.wording` has it, which checks may not import: what can change a meaning.
_MEANING = re.compile(r"[-−]?[.,·]?\d+(?:[.,·:]\d+)*|[^\W\d_]+|[^\w\s!\"#'()*,.:;?\[\\\]_`{}‘’“”„«»—…•-]")

# What is called a dose here: an amount with a unit of medicine.
_DOSE = re.compile(r"\d\s*(?:mg|g|mcg|µg|μg|mL|ml|L|units?|IU|mmol|mEq|puffs?|tablets?|drops?)\b")


def holds_dose(text: str) -> bool:
    """Say whether a text names an amount of a medicine."""
    return _DOSE.search(text) is not None


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield what is missing from a content."""
    if not content["sections"]:
        yield Finding("no-section", _("The article has no section yet. Add at least one."))
    if not content["ai"]["declared"]:
        yield Finding(
            "ai-undeclared",
            _("Say whether an AI tool helped to write this text: choose an answer under “AI assistance”."),
        )
    yield from _check_lines(content)
    before = {section["key"]: section for section in (context.previous or {}).get("sections", ())}
    for section in content["sections"]:
        yield from _check_section(section, context)
        if section["key"] in before:
            yield from _check_plain_followed(section, before[section["key"]])


def _check_section(section: dict[str, Any], context: Context) -> Iterator[Finding]:
    key, named = section["key"], {"heading": section["heading"]}
    if not section["professional"].strip():
        yield Finding("section-empty", _("“%(heading)s” has no text for professionals.") % named, key, "professional")
    if not section["plain"].strip():
        problem = _why_plain_is_needed(section, context)
        if problem:
            yield Finding("plain-missing", problem % named, key, "plain", section["professional"])
    for audience in ("professional", "plain"):
        try:
            check_limits(section[audience])
            if hidden := hidden_characters.in_text(section[audience]):
                yield Finding("hidden-character", _in_section(section, hidden), key, audience, section[audience][:200])
        except TextTooComplex as refusal:
            message = _("“%(heading)s”: %(refusal)s") % {**named, "refusal": refusal.message}
            yield Finding("text-too-complex", message, key, audience, section[audience][:200])


def _check_lines(content: dict[str, Any]) -> Iterator[Finding]:
    """Yield the lines, beside the texts, that readers or signers see and that hold a hidden character."""
    for section in content["sections"]:
        for words in (section["heading"], section.get("plain_missing_reason", "")):
            if hidden := hidden_characters.in_line(words):
                yield Finding("hidden-character", _in_section(section, hidden), section["key"])
    waiting: list[Any] = [content.get("title", ""), content.get("ai", {}), content.get("not_applicable", [])]
    waiting += [content.get("glossary", []), [one["locator"] for one in content["citations"]]]
    for words in _strings(waiting):
        if hidden := hidden_characters.in_line(words):
            yield Finding("hidden-character", hidden)
    # Works of others, and passages of them: their lines may end, but their words stand in the order they are stored.
    for words in _strings([[one["source"], one["quote"]] for one in content["citations"]]):
        if hidden := hidden_characters.in_text(words):
            yield Finding("hidden-character", hidden)


def _in_section(section: dict[str, Any], hidden: Message) -> Message:
    shown = {"heading": hidden_characters.without(section["heading"]), "hidden": hidden}
    return _("“%(heading)s”: %(hidden)s") % shown


def _strings(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            waiting.extend(one.values() if isinstance(one, dict) else one)


def _why_plain_is_needed(section: dict[str, Any], context: Context) -> Message | None:
    """Return the sentence that says why this section needs plain text, or nothing."""
    if context.risk == "high":
        return _("“%(heading)s” needs a plain text: the article is high risk.")
    if holds_dose(section["professional"]):
        return _("“%(heading)s” needs a plain text: it contains a dose.")
    if not section["plain_missing_reason"].strip():
        return _("“%(heading)s” has no plain text. Write one, or say why there is none.")
    return None


def _check_plain_followed(section: dict[str, Any], before: dict[str, Any]) -> Iterator[Finding]:
    """Yield the words of the professional text that changed while the plain text stayed as it was approved (S8)."""
    if not section["plain"].strip() or _said(section["plain"]) != _said(before["plain"]):
        return
    new, old = _placed(section["professional"]), _said(before["professional"])
    if [word for word, _start, _end in new] == old:
        return
    start, end = _changed(new, old, len(section["professional"]))
    words = _(
        "“%(heading)s”: the text for professionals has changed since it was approved, but its plain text has "
        "not. Read them side by side and bring the plain text up to date."
    )
    changed = section["professional"][start:end]
    yield Finding(
        "plain-not-revisited",
        words % {"heading": section["heading"]},
        section["key"],
        "professional",
        changed,
        start,
        end,
    )


def _placed(text: str) -> list[tuple[str, int, int]]:
    """Return what carries meaning in a text with its places: words, numbers and symbols, without citations."""
    bare = cited_prose.CITATION.sub(lambda found: " " * len(found[0]), text)
    return [(found[0].casefold(), found.start(), found.end()) for found in _MEANING.finditer(bare)]


def _said(text: str) -> list[str]:
    return [word for word, _start, _end in _placed(text)]


def _changed(new: list[tuple[str, int, int]], old: list[str], length: int) -> tuple[int, int]:
    """Return from where to where a text differs; of words taken out, the words left around them."""
    first = 0
    while first < min(len(new), len(old)) and new[first][0] == old[first]:
        first += 1
    last = 0
    while last < min(len(new), len(old)) - first and new[-1 - last][0] == old[-1 - last]:
        last += 1
    changed = new[first : len(new) - last] or new[max(0, first - 1) : first + 1]
    return (changed[0][1], changed[-1][2]) if changed else (0, length)
