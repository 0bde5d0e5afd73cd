"""Built pages kept in the cache, each with a code by the site's key: what the cache answers is checked, never believed.

Which version of a publication is current is asked of the database each time; a cache never says it. Whoever writes to
the cache alone can therefore only make pages be built again: a page of another article, version, audience, day or
layout, an older one that was genuinely built included, does not carry the code of the page that is asked for. Whoever
writes to the database as well can name an older version as current and put its page back; that row is what
`verify_audit` compares with the record.
"""

import json
import logging
import time
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from articles import signing_keys

PAGE_SECONDS = 24 * 60 * 60
_PURPOSE = "kept page"
_CODE_LENGTH = 64
# A cache that is down, or that holds what nobody here put there, is logged once in this many seconds.
_SECONDS_BETWEEN_LINES = 60.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """A built page: its bytes, plain and compressed, their entity tag, and whether search engines may list it.

    `moved_to` is the slug of the article that took this one's place; such a page has no bytes.
    """

    body: bytes
    etag: str
    status: int = 200
    is_indexed: bool = True
    moved_to: str = ""
    packed: bytes = b""


@dataclass(frozen=True)
class Place:
    """Of what a page is: the article, the version of its publication, and audience, day and layout in `variant`."""

    article: int
    version: int
    variant: str

    @property
    def key(self) -> str:
        return f"page:{self.article}:{self.version}:{self.variant}"


def page(place: Place) -> Page | None:
    """Return the page built for this place, if it is still kept and its code holds."""
    kept = _quietly(cache.get, place.key)
    if kept is None:
        return None
    read = _read(place, kept)
    if read is None:
        _log.say("A page kept in the cache was not made by this site; it is built anew: %s", place.key)
    return read


def keep_page(place: Place, built: Page) -> None:
    _quietly(cache.set, place.key, _written(place, built), PAGE_SECONDS)


def _written(place: Place, built: Page) -> bytes:
    """Return the code, one line of JSON, then the bytes, plain and compressed."""
    facts = {
        "etag": built.etag,
        "status": built.status,
        "is_indexed": built.is_indexed,
        "moved_to": built.moved_to,
        "length": len(built.body),
    }
    content = json.dumps(facts).encode() + b"\n" + built.body + built.packed
    return signing_keys.mac(_PURPOSE, _signed(place, content)).encode() + content


def _read(place: Place, kept: object) -> Page | None:
    if not isinstance(kept, bytes):
        return None
    code, content = kept[:_CODE_LENGTH].decode("latin-1"), kept[_CODE_LENGTH:]
    # Nothing of it is read before the code is known to hold.
    if not signing_keys.is_mac(_PURPOSE, _signed(place, content), code):
        return None
    line, _end, body = content.partition(b"\n")
    facts: dict[str, Any] = json.loads(line)
    length = facts.pop("length")
    return Page(body[:length], packed=body[length:], **facts)


def _signed(place: Place, content: bytes) -> bytes:
    return place.key.encode() + b"\n" + content


def _quietly(call, *args):
    # A cache that is down costs speed, never a page or a decision.
    try:
        return call(*args)
    except Exception as error:
        _log.say("The cache does not answer; pages are built without it: %s", error)
        return None


@dataclass
class _Log:
    """What this process has said of the cache."""

    silent_until: float = 0.0

    def say(self, words: str, about: object) -> None:
        if time.monotonic() >= self.silent_until:
            self.silent_until = time.monotonic() + _SECONDS_BETWEEN_LINES
            logger.warning(words, about)


_log = _Log()
