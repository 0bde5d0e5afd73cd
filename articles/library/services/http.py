"""One bounded GET: in time, in size, in how often, and only to public addresses. Every end is one of five states."""

import http.client
import json
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from articles.library.services.connections import (
    Refused,
    Resolve,
    Target,
    TimedSocket,
    Unanswered,
    addresses_of,
    connected,
    redirected,
)
from articles.library.services.rate_limit import Pace

JSON = ("application/json", "+json")
XML = ("application/xml", "text/xml", "+xml")
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (429, 500, 502, 503, 504)


class State(StrEnum):
    """How a request ended. `UNKNOWN` says nothing of what was asked for: it may be asked again."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    BROKEN = "broken"


@dataclass(frozen=True)
class Answer:
    """What came of a request: `body` is whole and decompressed, `retry_at` is not before the host may be asked."""

    state: State
    detail: str = ""
    body: bytes = field(default=b"", repr=False)
    status: int = 0
    retry_at: datetime | None = None

    def json(self) -> Any:
        """Return the body as JSON. Raises `Malformed`."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Malformed(_("The answer is not JSON.")) from error


class Malformed(Exception):
    """An answer is not what its service documents."""


@dataclass(frozen=True)
class Bounds:
    """Seconds, bytes and tries that one request may take. `patience` is the longest it sleeps for a host's sake."""

    total: float = 20.0
    connect: float = 5.0
    silence: float = 10.0
    size: int = 10_000_000
    patience: float = 2.0
    tries: int = 2
    redirects: int = 3


class Client:
    """Asks public services by HTTPS, as `agent`, never through a proxy and never with a cookie.

    `open_hosts` names `host:port` pairs that may be reached by plain HTTP and at any address: tests give their own
    server; no setting leads here. `resolve` answers as `socket.getaddrinfo` does.
    """

    def __init__(
        self,
        *,
        agent: str,
        pace: Pace,
        bounds: Bounds | None = None,
        open_hosts: frozenset[str] = frozenset(),
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = socket.getaddrinfo,
    ) -> None:
        self._agent = agent
        self._pace = pace
        self._bounds = bounds or Bounds()
        self._open_hosts = open_hosts
        self._tls = tls or ssl.create_default_context()
        self._resolve = resolve

    def get(self, address: str, parameters: Mapping[str, str] | None = None, *, kinds: tuple[str, ...]) -> Answer:
        """Return the answer to a GET; `kinds` are the content types expected, "+json" for a suffix.

        Raises nothing that the network can cause, and takes `Bounds.total` seconds at most.
        """
        asked = f"{address}?{urlencode(parameters)}" if parameters else address
        deadline = time.monotonic() + self._bounds.total
        try:
            return self._tried(asked, kinds, deadline)
        except Refused as refusal:
            return Answer(State.REFUSED, str(refusal))
        except Malformed as fault:
            return Answer(State.BROKEN, str(fault))
        except Unanswered as fault:
            return Answer(State.UNKNOWN, str(fault), retry_at=_later(fault.after))

    def _tried(self, address: str, kinds: tuple[str, ...], deadline: float) -> Answer:
        tries = self._bounds.tries
        while True:
            tries -= 1
            try:
                return self._followed(address, kinds, deadline)
            except Unanswered as fault:
                wait = 0.25 if fault.after is None else fault.after
                if tries < 1 or wait > self._bounds.patience or time.monotonic() + wait >= deadline:
                    raise
                time.sleep(wait)

    def _followed(self, address: str, kinds: tuple[str, ...], deadline: float) -> Answer:
        for _hop in range(self._bounds.redirects + 1):
            target = Target(address, self._open_hosts)
            self._keep_pace(target.host, deadline)
            status, headers, body = self._exchange(target, kinds, deadline)
            if status not in _REDIRECTS:
                return _answer(status, headers, body)
            address = redirected(target, headers.get("location", ""), self._open_hosts)
        raise Refused(_("The service redirects too many times."))

    def _keep_pace(self, host: str, deadline: float) -> None:
        until = min(time.monotonic() + self._bounds.patience, deadline)
        while wait := self._pace.wait(host):
            if time.monotonic() + wait > until:
                raise Unanswered(_("The request limit of this service is reached for now."), after=max(wait, 1.0))
            time.sleep(wait)

    def _exchange(
        self, target: Target, kinds: tuple[str, ...], deadline: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        try:
            wait = min(self._bounds.connect, deadline - time.monotonic())
            found = addresses_of(target, self._resolve, wait=wait)
            with connected(target, found, self._tls, wait=self._bounds.connect, deadline=deadline) as connection:
                timed = TimedSocket(connection, deadline, self._bounds.silence)
                exchange = http.client.HTTPConnection(target.host, target.port)
                exchange.sock = timed
                exchange.request("GET", target.path, headers=self._headers(target, kinds))
                response = exchange.getresponse()
                headers = {name.lower(): value for name, value in response.getheaders()}
                self._pace.learn(target.host, headers)
                return response.status, headers, self._body(response, headers, kinds)
        except ssl.SSLCertVerificationError as error:
            raise Refused(_("The service has no valid certificate.")) from error
        except TimeoutError as error:
            raise Unanswered(_("The service did not answer in time.")) from error
        except http.client.HTTPException as error:
            raise Unanswered(_("The connection ended in the middle of the answer.")) from error
        except OSError as error:
            raise Unanswered(_("The service cannot be reached.")) from error

    def _headers(self, target: Target, kinds: tuple[str, ...]) -> dict[str, str]:
        return {
            "Host": target.netloc,
            "User-Agent": self._agent,
            "Accept": ", ".join(kind for kind in kinds if "/" in kind),
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }

    def _body(self, response: http.client.HTTPResponse, headers: Mapping[str, str], kinds: tuple[str, ...]) -> bytes:
        if response.status in _REDIRECTS:
            return b""
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._bounds.size:
            raise self._too_large()
        if response.status == 200 and not _is_kind(headers.get("content-type", ""), kinds):
            raise Malformed(_("The answer has an unexpected content type."))
        encoding = headers.get("content-encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise Malformed(_("The answer is compressed in a way that was not requested."))
        read = self._read(response, zlib.decompressobj(wbits=31) if "gzip" in encoding else None)
        if announced.isdecimal() and not encoding and len(read) < int(announced):
            raise http.client.IncompleteRead(read)
        return read

    def _read(self, response: http.client.HTTPResponse, unpacking: Any) -> bytes:
        read = bytearray()
        while chunk := response.read(65_536):
            while chunk:
                try:
                    # At most one byte over the limit is ever unpacked.
                    plain = unpacking.decompress(chunk, self._bounds.size + 1 - len(read)) if unpacking else chunk
                except zlib.error as error:
                    raise Malformed(_("The answer cannot be decompressed.")) from error
                read += plain
                if len(read) > self._bounds.size:
                    raise self._too_large()
                chunk = unpacking.unconsumed_tail if unpacking else b""
        if unpacking and not unpacking.eof:
            raise http.client.IncompleteRead(bytes(read))
        return bytes(read)

    def _too_large(self) -> Refused:
        return Refused(_("The answer is larger than %g MB.") % (self._bounds.size / 1_000_000))


def _answer(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    if status == 200:
        return Answer(State.FOUND, body=body, status=status)
    if status in (404, 410):
        return Answer(State.NOT_FOUND, _("The service has no such record."), body=body, status=status)
    if status in _PASSING:
        words = (
            _("The service received too many requests.")
            if status == 429
            else _("The service is not working at the moment.")
        )
        raise Unanswered(words, after=_asked_to_wait(headers.get("retry-after", "")))
    if status in (401, 403, 407, 451):
        raise Unanswered(_("The service refused access."), after=3600.0)
    raise Malformed(_("The service answered with status %d.") % status)


def _asked_to_wait(value: str) -> float | None:
    """Return the seconds of a Retry-After header, in either of its forms, within a second and a day."""
    value = value.strip()
    if value.isascii() and value.isdecimal():
        seconds = float(value[:9])
    else:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return None
    return min(max(seconds, 0.0), 24 * 3600.0)


def _later(seconds: float | None) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=60.0 if seconds is None else max(seconds, 1.0))


def _is_kind(content_type: str, kinds: tuple[str, ...]) -> bool:
    essence = content_type.partition(";")[0].strip().lower()
    return any(essence == kind or (kind.startswith("+") and essence.endswith(kind)) for kind in kinds)
