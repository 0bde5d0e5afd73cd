"""Whether every citation leads to one source (MEDICAL.md §7, S4) and every quotation is word for word (S14)."""

import re
from collections.abc import Iterator
from typing import Any

from articles.text.checks import ambiguity, cited_prose, quotations
from articles.text.checks.finding import Context, Finding
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _

RULES = {
    "citation-unknown": _("The text cites a key that the article does not list"),
    "citation-unresolved": _("A citation has no source"),
    "citation-unused": _("A listed citation is not used in the text"),
    "citation-ambiguous": _("One citation refers to several publications"),
    "quote-not-found": _("A quotation is not in any stored extract of its source"),
}
# 2: keys are found at their sentence, no longer at their line; quotations of the text are judged too.
_VERSION = 2


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the citations that lead nowhere or to several publications, and quotations that drifted."""
    listed = {citation["key"]: citation for citation in content["citations"]}
    used: set[str] = set()
    for section in content["sections"]:
        for audience in ("professional", "plain"):
            keys = section["cites"][audience]
            used.update(keys)
            for key in keys:
                yield from _check_key(key, listed, section, audience)
    for key in listed:
        if key not in used:
            words = _(
                "[@%(key)s] is listed, but the text does not cite it. Cite it where it belongs, or remove it "
                "from the list."
            )
            yield Finding("citation-unused", words % {"key": key}, words=f"[@{key}]")
    yield from ambiguity.check(content)
    yield from _drifted(content, context)


def _drifted(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield each quotation that drifted once, whether the list of citations or the text has it."""
    met = set()
    for citation in content["citations"]:
        for finding in _check_quote(citation, content, context):
            met.add(finding.identity)
            yield finding
    yield from (finding for finding in quotations.check(content, context) if finding.identity not in met)


def places(text: str, key: str) -> list[cited_prose.Sentence]:
    """Return the sentences of a text that cite a key."""
    return [one for one in cited_prose.sentences(text) if any(key in mark.keys for mark in one.marks)]


def first_place(text: str, key: str) -> tuple[int, str]:
    """Return where a key is first cited: start and words of the sentence, or of the line in a heading or in code."""
    sentences = places(text, key)
    if sentences:
        return sentences[0].start, sentences[0].text
    found = re.search(rf"@{re.escape(key)}(?![A-Za-z0-9_:.-]*[A-Za-z0-9_])", text)
    place = found.start() if found else 0
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return start, text[start : end if end >= 0 else len(text)]


def _check_key(key: str, listed: dict[str, Any], section: dict[str, Any], audience: str) -> Iterator[Finding]:
    if key in listed and listed[key]["source"] is not None:
        return
    start, words = first_place(section[audience], key)
    rule, message = _lacking(key, section["heading"], is_listed=key in listed)
    yield Finding(rule, message, section["key"], audience, words, start, start + len(words), _VERSION)


def _lacking(key: str, heading: str, *, is_listed: bool) -> tuple[str, Message]:
    named = {"key": key, "heading": heading}
    if is_listed:
        words = _(
            "“%(heading)s” cites [@%(key)s], which has no source yet. Choose its source in the list of citations."
        )
        return "citation-unresolved", words % named
    words = _(
        "“%(heading)s” cites [@%(key)s], which is not in the list of citations. Add it there, or correct the key "
        "in the text."
    )
    return "citation-unknown", words % named


def _check_quote(citation: dict[str, Any], content: dict[str, Any], context: Context) -> Iterator[Finding]:
    wanted = " ".join(citation.get("quote", "").split())
    passages = (" ".join(passage.text.split()) for passage in context.extracts.get(citation["key"], []))
    if not wanted or any(wanted in passage for passage in passages):
        return
    message = _(
        "The passage quoted at [@%(key)s] is not in any stored extract of its source. Quote it word for word, or "
        "add the extract."
    )
    yield _placed("quote-not-found", message % {"key": citation["key"]}, citation, content)


def _placed(rule: str, message: Message, citation: dict[str, Any], content: dict[str, Any]) -> Finding:
    """Return a finding at the quoted words where a text that cites the key holds them, else at the citation itself."""
    words = citation.get("quote", "").split()
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    for section in content["sections"]:
        for audience in ("professional", "plain"):
            found = pattern.search(section[audience]) if citation["key"] in section["cites"][audience] else None
            if found:
                return Finding(rule, message, section["key"], audience, found[0], found.start(), found.end(), _VERSION)
    return Finding(rule, message, words=citation["quote"], version=_VERSION)
