"""Which addresses a page may link to: https, http and mailto, whole and plain, judged after every decoding."""

import html
import re
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

MAX_ADDRESS = 2_000
EXTERNAL = "nofollow noopener noreferrer"

_DECODINGS = 5
# Controls, every white space, direction and zero-width marks, and what no address needs unencoded.
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\\\"'<>`{}|^]")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\Z")
_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}\Z")


def allowed_address(raw: str) -> str | None:
    """Return the address as it may stand in a link, or None where it may not.

    It is decoded until nothing changes, so no spelling of a scheme by entities hides another one; white space and
    control characters, which browsers drop, are never allowed; the host is plain ASCII and has no user before it.
    """
    address = _decoded(raw.strip(" \n"))
    if address is None or len(address) > MAX_ADDRESS or _NEVER.search(address):
        return None
    scheme, _colon, rest = address.partition(":")
    if scheme.lower() == "mailto":
        return f"mailto:{rest}" if _MAIL.match(rest) else None
    if scheme.lower() in ("https", "http") and rest.startswith("//"):
        return _web_address(scheme.lower() + ":" + rest)
    return None


def point(link: Element, address: str) -> None:
    """Make an element a link out of the site."""
    link.tag = "a"
    link.set("href", address)
    link.set("rel", EXTERNAL)


def encoded(part: str) -> str:
    """Percent-encode one part of an address (a DOI, say) so that it ends nowhere but at its end."""
    return quote(part, safe="/:;()._-", errors="ignore")


def _decoded(address: str) -> str | None:
    for _turn in range(_DECODINGS):
        plain = html.unescape(address)
        if plain == address:
            return address
        address = plain
    return None


def _web_address(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if "@" in parts.netloc or not _HOST.match(host):
        return None
    authority = host if port is None else f"{host}:{port}"
    tail = quote(address.partition("//")[2][len(parts.netloc) :], safe="/?#%:;,.=&+$@!*()~_-[]", errors="ignore")
    return f"{parts.scheme}://{authority}{tail}"
