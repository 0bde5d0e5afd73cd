"""Pages kept by version: which version of a publication is current, and the bytes built for it.

Only a cache that every process shares answers "which version?" without the database; local memory holds pages by
version and never skips that query. A step puts a marker in the version's place before it commits and the new version
after, so a reader who read the old row cannot put it back; an entry that a lost connection left behind lives
`VERSION_SECONDS` at most.
"""

import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

VERSION_SECONDS = 60
PAGE_SECONDS = 24 * 60 * 60
_MOVING = "moving"
# A reader's page asks the cache three times; a cache that is down is logged once in this many seconds.
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


def announce(slug: str, version: int) -> None:
    """Tell the shared cache that a step is changing a publication; must run inside the step's transaction."""
    if settings.CACHE_IS_SHARED:
        _quietly(cache.set, _version_key(slug), _MOVING, VERSION_SECONDS)
        transaction.on_commit(
            lambda: _quietly(cache.set, _version_key(slug), version, VERSION_SECONDS),
            robust=True,
        )


def current_version(slug: str) -> int | None:
    """Return the version the shared cache knows, or None when the database has to be asked."""
    if not settings.CACHE_IS_SHARED:
        return None
    version = _quietly(cache.get, _version_key(slug))
    return version if isinstance(version, int) else None


def remember_version(slug: str, version: int) -> None:
    """Keep a version just read from the database, unless a step has spoken meanwhile."""
    if settings.CACHE_IS_SHARED:
        _quietly(cache.add, _version_key(slug), version, VERSION_SECONDS)


def page(slug: str, version: int, variant: str) -> Page | None:
    """Return the page built for this version, if it is still kept."""
    return _quietly(cache.get, _page_key(slug, version, variant))


def keep_page(slug: str, version: int, variant: str, built: Page) -> None:
    _quietly(cache.set, _page_key(slug, version, variant), built, PAGE_SECONDS)


def _version_key(slug: str) -> str:
    return f"publication:{slug}:version"


def _page_key(slug: str, version: int, variant: str) -> str:
    return f"publication:{slug}:{version}:{variant}"


def _quietly(call, *args):
    # A cache that is down costs speed, never a page or a decision.
    try:
        return call(*args)
    except Exception as error:
        if time.monotonic() >= _log.silent_until:
            _log.silent_until = time.monotonic() + _SECONDS_BETWEEN_LINES
            logger.warning("The cache does not answer; pages are built without it: %s", error)
        return None


@dataclass
class _Log:
    """What this process has said of the cache."""

    silent_until: float = 0.0


_log = _Log()
