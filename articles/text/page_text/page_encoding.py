"""Bytes of a page to clean text."""

import codecs
import re
import unicodedata

from articles.text.messages import gettext_noop as _

from .parsed_page import UnreadablePage

LARGEST_PAGE = 1_000_000
# The longest articles have some hundreds; each line costs time, and an import must not hold up the site.
MOST_LINES = 20_000
# Unicode's Stream-Safe Text Format (UAX 15) allows 30; longer runs make normalising take quadratic time.
LONGEST_ACCENT_RUN = 30

_TOO_LARGE = _("This file is larger than 1 MB, which is too long for an article.")
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff]")


def decode_page(raw: bytes) -> str:
    """Return the text of a page: NFC, lines ended by newlines, no byte-order mark.

    UTF-8 with or without a byte-order mark, UTF-16 with one. Raises UnreadablePage for anything else, for binary
    data, for an empty page and for one over 1 MB or 20,000 lines.
    """
    if len(raw) > LARGEST_PAGE:
        raise UnreadablePage(_TOO_LARGE)
    is_utf_16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        where = raw[: error.start].count(b"\n") + 1
        words = _(
            "This file is not plain text in UTF-8: line %(line)d contains bytes that are not characters. Save it "
            "as plain text (UTF-8) and try again."
        )
        raise UnreadablePage(words % {"line": where}) from error
    return clean_text(text)


def clean_text(text: str) -> str:
    """Return the text in NFC with newlines; raise UnreadablePage when it is empty, too long or no text at all."""
    if len(text) > LARGEST_PAGE:
        raise UnreadablePage(_TOO_LARGE)
    text = _LINE_BREAK.sub("\n", text.removeprefix("\ufeff"))
    bad = _NOT_TEXT.search(text)
    if bad:
        where = text.count("\n", 0, bad.start()) + 1
        words = _("This file is not plain text: line %(line)d contains control characters.")
        raise UnreadablePage(words % {"line": where})
    if text.count("\n") > MOST_LINES:
        words = _("This file has more than %(limit)s lines, which is too long for an article.")
        raise UnreadablePage(words % {"limit": f"{MOST_LINES:,}"})
    if not text.strip():
        raise UnreadablePage(_("This file is empty."))
    if not text.isascii():
        _refuse_piled_accents(text)
    return unicodedata.normalize("NFC", text)


def _refuse_piled_accents(text: str) -> None:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > LONGEST_ACCENT_RUN:
            words = _("This file is not readable text: a letter has more than %(limit)d accents.")
            raise UnreadablePage(words % {"limit": LONGEST_ACCENT_RUN})
