"""What is known today of the sources a text cites: retracted, corrected, unchecked (S5), superseded or old (S6).

What stands in the content of a source is what was frozen; its status today comes from the context. Of a source that
the context does not speak of nothing is said; one whose status is unknown is said to be unknown, never to be sound.

How old a source that is relied on may be, by its kind (chosen for this product; MEDICAL.md §7 asks for a limit by
class): guideline and systematic review 5 years, study and other 10, a drug label none, for its own newer version
tells. With a year only, or a year and a month, the last day of it counts.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from articles.text.checks.citations import first_place, places
from articles.text.checks.finding import Context, Finding, SourceFacts
from articles.text.messages import Message, ngettext_lazy
from articles.text.messages import gettext_noop as _

RULES = {
    "source-retracted": _("A cited source is retracted"),
    "source-concern": _("A cited source has an expression of concern"),
    "source-corrected": _("A cited source was corrected"),
    "source-unchecked": _("The status of a cited source has not been checked"),
    "source-superseded": _("A cited source is superseded"),
    "source-old": _("A cited source is older than the limit for its kind"),
    "source-tertiary": _("A claim relies on a tertiary or consumer source"),
}

YEARS = {"guideline": 5, "review": 5, "study": 10, "other": 10}
_TERTIARY = "5"
_DISCUSSED = "discussed"

# What a sentence says that only discusses such a source.
_SAID = {
    "source-retracted": re.compile(r"\b(?:retract\w*|withdrawn|withdrew)\b", re.IGNORECASE),
    "source-concern": re.compile(r"\bexpressions? of concern\b|\bretract\w*\b", re.IGNORECASE),
    "source-corrected": re.compile(r"\b(?:correct(?:ed|ion|ions)|errat(?:um|a)|corrigend(?:um|a))\b", re.IGNORECASE),
    "source-superseded": re.compile(
        r"\b(?:supersed\w*|replac\w*|older|earlier|previous|former|outdated|out of date|no longer)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class _Cited:
    """A citation with its source and what is known of it; `key` and `name` are for the words of a finding."""

    citation: dict[str, Any]
    facts: SourceFacts | None

    @property
    def source(self) -> dict[str, Any]:
        return self.citation["source"] or {}

    @property
    def is_discussed(self) -> bool:
        return self.citation.get("use") == _DISCUSSED

    @property
    def named(self) -> dict[str, str]:
        title = str((self.source.get("csl") or {}).get("title") or self.citation["key"])
        return {"key": self.citation["key"], "title": title}


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield what has happened to the cited sources, each at the words that cite it."""
    for citation in content["citations"]:
        cited = _Cited(citation, context.sources.get(citation["key"]))
        yield from _status(cited, content)
        if citation["source"] is not None:
            yield from _superseded(cited, content)
            yield from _age(cited, content, context.today)
            yield from _tertiary(cited, content)


def _status(cited: _Cited, content: dict[str, Any]) -> Iterator[Finding]:
    status = cited.facts.status if cited.facts else ""
    if status == "retracted":
        words = (
            _("[@%(key)s], “%(title)s”, is retracted. Say here that it is retracted, or remove it.")
            if cited.is_discussed
            else _(
                "[@%(key)s], “%(title)s”, is retracted and the text relies on it. Remove what relies on it, or "
                "mark the citation as only discussed and say that it is retracted."
            )
        )
        yield from _each("source-retracted", words, cited, content)
    elif status == "concern":
        words = _(
            "[@%(key)s], “%(title)s”, has an expression of concern. Read it, then say why the text may rely on "
            "the source."
        )
        yield from _each("source-concern", words, cited, content)
    elif status == "corrected":
        words = _("[@%(key)s], “%(title)s”, was corrected. Read the correction and check that the text is still right.")
        yield from _first("source-corrected", words, cited, content)
    elif status == "unknown":
        words = (
            _(
                "It is not known whether [@%(key)s], “%(title)s”, was retracted or corrected. Have it looked up, "
                "or check it and record its status."
            )
            if cited.source
            else _(
                "It is not known what [@%(key)s] is, and so whether it was retracted. Choose its source, then check it."
            )
        )
        yield from _first("source-unchecked", words, cited, content)


def _superseded(cited: _Cited, content: dict[str, Any]) -> Iterator[Finding]:
    if cited.facts is None or not (cited.facts.status == "superseded" or cited.facts.superseded_by):
        return
    if cited.facts.superseded_by:
        words = _("[@%(key)s], “%(title)s”, is superseded by “%(newer)s”. Read the newer one and cite it.")
    else:
        words = _("[@%(key)s], “%(title)s”, is superseded. Find the document that replaced it and cite that.")
    yield from _first("source-superseded", words, cited, content, newer=cited.facts.superseded_by)


def _age(cited: _Cited, content: dict[str, Any], today: date | None) -> Iterator[Finding]:
    limit = YEARS.get(cited.source.get("kind", ""))
    issued = published(cited.source)
    if limit is None or issued is None or today is None or cited.is_discussed:
        return
    if _years_between(issued, today) < limit:
        return
    words = ngettext_lazy(
        "[@%(key)s], “%(title)s”, is from %(year)s; sources of its kind are re-examined after %(limit)s year. "
        "Look for a newer one, or say why this one is still valid.",
        "[@%(key)s], “%(title)s”, is from %(year)s; sources of its kind are re-examined after %(limit)s years. "
        "Look for a newer one, or say why this one is still valid.",
        limit,
    )
    yield from _first("source-old", words, cited, content, year=issued.year, limit=limit)


def _tertiary(cited: _Cited, content: dict[str, Any]) -> Iterator[Finding]:
    if cited.source.get("level") == _TERTIARY and not cited.is_discussed:
        words = _(
            "[@%(key)s], “%(title)s”, is a tertiary or consumer source (level 5): no claim may rely on it. Cite "
            "the source it relies on, or mark the citation as only discussed."
        )
        yield from _first("source-tertiary", words, cited, content)


def published(source: dict[str, Any]) -> date | None:
    """Return the last day on which a source can have come out, by its effective date or CSL's `issued`."""
    if source.get("effective_date"):
        return _day(str(source["effective_date"]))
    parts = ((source.get("csl") or {}).get("issued") or {}).get("date-parts") or [[]]
    try:
        year, month, day = [*map(int, parts[0]), 0, 0][:3]
        if not month:
            month, day = 12, 31
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except (TypeError, ValueError, IndexError, calendar.IllegalMonthError):
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _years_between(before: date, after: date) -> int:
    return after.year - before.year - ((after.month, after.day) < (before.month, before.day))


def _each(rule: str, words: Message, cited: _Cited, content: dict[str, Any]) -> Iterator[Finding]:
    """Yield a finding at the first sentence of each text that cites the source without saying what happened to it."""
    for section, audience in _texts(content, cited):
        if not cited.is_discussed:
            yield _finding(rule, words % cited.named, section, audience, cited)
            continue
        silent = [one for one in places(section[audience], cited.citation["key"]) if not _SAID[rule].search(one.text)]
        for sentence in silent[:1]:
            yield _placed(rule, words % cited.named, section, audience, cited, sentence.start, sentence.text)


def _first(rule: str, words: Message, cited: _Cited, content: dict[str, Any], **more: Any) -> Iterator[Finding]:
    """Yield one finding where the source is first cited; none where that is discussed and said."""
    says: Callable[[str], Any] = _SAID[rule].search if cited.is_discussed and rule in _SAID else lambda _words: None
    for section, audience in _texts(content, cited):
        _start, sentence = first_place(section[audience], cited.citation["key"])
        if not says(sentence):
            yield _finding(rule, words % {**cited.named, **more}, section, audience, cited)
        return


def _texts(content: dict[str, Any], cited: _Cited) -> Iterator[tuple[dict[str, Any], str]]:
    for audience in ("professional", "plain"):
        for section in content["sections"]:
            if cited.citation["key"] in section["cites"][audience]:
                yield section, audience


def _finding(rule: str, message: Message, section: dict[str, Any], audience: str, cited: _Cited) -> Finding:
    start, words = first_place(section[audience], cited.citation["key"])
    return _placed(rule, message, section, audience, cited, start, words)


def _placed(
    rule: str, message: Message, section: dict[str, Any], audience: str, cited: _Cited, start: int, words: str
) -> Finding:
    """Return a finding at a sentence up to the key that it is about.

    Two sources cited by one sentence are two findings in other words: to let one stand is not to let both.
    """
    found = re.search(rf"@{re.escape(cited.citation['key'])}(?![A-Za-z0-9_:.-]*[A-Za-z0-9_])", words)
    words = words[: found.end()] if found else words
    return Finding(rule, message, section["key"], audience, words, start, start + len(words))
