"""What stands within a line: citations, links, images and entities, each with a bounded look ahead."""

import html
import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    AUTOMAIL_RE,
    BACKTICK_RE,
    ENTITY_RE,
    IMAGE_LINK_RE,
    LINK_RE,
    REFERENCE_RE,
    BacktickInlineProcessor,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

from .links import MAX_ADDRESS

KEY = r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}"
_BRACKET = rf"\[@{KEY}(?:[ ]?;[ ]?@{KEY})*\]"
# Neighbours join, `[@a][@b]` or `[@a] [@b]`, as they are read: [1,2].
_CITATION_RE = rf"{_BRACKET}(?:[ ]?{_BRACKET})*"
_KEY_RE = re.compile(f"@({KEY})")

# Python-Markdown looks for the end of a link or of code to the end of the paragraph, from every bracket and every
# backtick: 20 kB of `[` cost 39 s.
_LONGEST_CODE = 2_000
_LONGEST_LINK_TEXT = 500
_LONGEST_TARGET = MAX_ADDRESS + 500

# Placeholders stand within placeholders as marks stand within marks; more than this is no text.
_DEEPEST_MARKS = 12

Match = re.Match[str]
Found = tuple[Any, int | None, int | None]


class Citations(InlineProcessor):
    """`[@key]`, `[@a; @b]` and neighbours become one `citation` element; it comes before links, so it is never one."""

    def __init__(self, dialect: Markdown) -> None:
        super().__init__(_CITATION_RE, dialect)

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        element = Element("citation", keys=" ".join(_KEY_RE.findall(m[0])))
        element.text = AtomicString(m[0])
        return element, m.start(0), m.end(0)


class CodeSpans(BacktickInlineProcessor):
    """Looks for the end of code within a window."""

    def __init__(self) -> None:
        super().__init__(BACKTICK_RE)

    def find_code_spans(self, start: int, text: str) -> Any:
        return super().find_code_spans(start, text[: start + _LONGEST_CODE])


class _Bounded(LinkInlineProcessor):
    """Looks for the end of a link's text and target within a window, not to the end of the paragraph."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        return super().getText(data[: index + _LONGEST_LINK_TEXT], index)

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        return super().getLink(data[: index + _LONGEST_TARGET], index)

    def unescape(self, text: str) -> str:
        """Return text with its placeholders resolved, however deep they stand."""
        for _turn in range(_DEEPEST_MARKS):
            if INLINE_PLACEHOLDER_PREFIX not in text:
                break
            text = super().unescape(text)
        return text


class Links(_Bounded):
    def __init__(self, dialect: Markdown) -> None:
        super().__init__(LINK_RE, dialect)


class References(_Bounded, ReferenceInlineProcessor):
    def __init__(self, dialect: Markdown) -> None:
        super().__init__(REFERENCE_RE, dialect)


class ShortReferences(_Bounded, ShortReferenceInlineProcessor):
    def __init__(self, dialect: Markdown) -> None:
        super().__init__(REFERENCE_RE, dialect)


class Images(_Bounded, ImageInlineProcessor):
    """An image is shown as the words that describe it: there are no images in this version."""

    def __init__(self, dialect: Markdown) -> None:
        super().__init__(IMAGE_LINK_RE, dialect)

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        image, start, end = super().handleMatch(m, data)
        return (image.get("alt", "") if isinstance(image, Element) else None), start, end


class Autolinks(_Bounded):
    """`<https://example.org>`."""

    def __init__(self, dialect: Markdown) -> None:
        super().__init__(AUTOLINK_RE, dialect)

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        return _link(self.unescape(m[1]), ""), m.start(0), m.end(0)


class Automails(_Bounded):
    """`<board@example.org>`; as plain as it is typed (the parser would write it in entities)."""

    def __init__(self, dialect: Markdown) -> None:
        super().__init__(AUTOMAIL_RE, dialect)

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        return _link(self.unescape(m[1]).removeprefix("mailto:"), "mailto:"), m.start(0), m.end(0)


class Entities(InlineProcessor):
    """`&alpha;` is the character itself, as text: it never becomes a mark or a tag."""

    def __init__(self, dialect: Markdown) -> None:
        super().__init__(ENTITY_RE, dialect)

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        return html.unescape(m[1]), m.start(0), m.end(0)


def _link(address: str, scheme: str) -> Element:
    element = Element("a", href=scheme + address)
    element.text = AtomicString(html.unescape(address))
    return element
