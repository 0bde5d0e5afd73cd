"""Whether every citation leads to a source (MEDICAL.md §7, S4) and every quotation is word for word (S14)."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.checks.finding import Context, Finding

RULES = {
    "citation-unknown": gettext_noop("The text cites a key that the article does not list"),
    "citation-unresolved": gettext_noop("A citation has no source"),
    "citation-unused": gettext_noop("A listed citation is not used in the text"),
    "quote-not-found": gettext_noop("A quotation is in no stored extract of its source"),
}


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the citations that lead nowhere, and quotations that drifted."""
    listed = {citation["key"]: citation for citation in content["citations"]}
    used: set[str] = set()
    for section in content["sections"]:
        for audience in ("professional", "plain"):
            keys = section["cites"][audience]
            used.update(keys)
            for key in keys:
                yield from _check_key(key, listed, section, audience)
    for key, citation in listed.items():
        if key not in used:
            yield Finding(
                "citation-unused", _("[@%s] is listed but the text does not cite it.") % key, words=f"[@{key}]"
            )
        yield from _check_quote(citation, context)


def _check_key(key: str, listed: dict[str, Any], section: dict[str, Any], audience: str) -> Iterator[Finding]:
    text = section[audience]
    start, words = _passage(text, key)
    place = {
        "section_key": section["key"],
        "audience": audience,
        "words": words,
        "start": start,
        "end": start + len(words),
    }
    named = {"key": key, "heading": section["heading"]}
    if key not in listed:
        yield Finding(
            "citation-unknown",
            _("“%(heading)s” cites [@%(key)s], which is not in the list of citations.") % named,
            **place,
        )
    elif listed[key]["source"] is None:
        yield Finding(
            "citation-unresolved", _("“%(heading)s” cites [@%(key)s], which has no source yet.") % named, **place
        )


def _check_quote(citation: dict[str, Any], context: Context) -> Iterator[Finding]:
    wanted = " ".join(citation["quote"].split())
    passages = (" ".join(passage.text.split()) for passage in context.extracts.get(citation["key"], []))
    if wanted and not any(wanted in passage for passage in passages):
        message = _("The passage quoted at [@%s] is in no stored extract of its source.") % citation["key"]
        yield Finding("quote-not-found", message, words=citation["quote"])


def _passage(text: str, key: str) -> tuple[int, str]:
    """Return where the line that first cites a key begins, and the line."""
    found = re.search(rf"@{re.escape(key)}(?![A-Za-z0-9_:.-]*[A-Za-z0-9_])", text)
    place = found.start() if found else 0
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return start, text[start : end if end >= 0 else len(text)]
