"""One bounded GET: in time, in size, in how often, and only to public addresses. Every end is one of five states."""

import http.client
import io
import json
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from articles.sources.addresses import is_public
from articles.sources.pace import Pace

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
            raise Malformed("The answer is not JSON.") from error


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


class _Refused(Exception):
    """What is asked for, or what answers, is outside the rules."""


class _Unanswered(Exception):
    """Nothing usable came, this time; `after` is the number of seconds the host asks to wait."""

    def __init__(self, words: str, *, after: float | None = None) -> None:
        super().__init__(words)
        self.after = after


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
        resolve: Callable[..., list[Any]] = socket.getaddrinfo,
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
        except _Refused as refusal:
            return Answer(State.REFUSED, str(refusal))
        except Malformed as fault:
            return Answer(State.BROKEN, str(fault))
        except _Unanswered as fault:
            return Answer(State.UNKNOWN, str(fault), retry_at=_later(fault.after))

    def _tried(self, address: str, kinds: tuple[str, ...], deadline: float) -> Answer:
        tries = self._bounds.tries
        while True:
            tries -= 1
            try:
                return self._followed(address, kinds, deadline)
            except _Unanswered as fault:
                wait = 0.25 if fault.after is None else fault.after
                if tries < 1 or wait > self._bounds.patience or time.monotonic() + wait >= deadline:
                    raise
                time.sleep(wait)

    def _followed(self, address: str, kinds: tuple[str, ...], deadline: float) -> Answer:
        for _hop in range(self._bounds.redirects + 1):
            target = _Target(address, self._open_hosts)
            self._keep_pace(target.host, deadline)
            status, headers, body = self._exchange(target, kinds, deadline)
            if status not in _REDIRECTS:
                return _answer(status, headers, body)
            address = _redirected(target, headers.get("location", ""), self._open_hosts)
        raise _Refused("The service leads from one address to the next without end.")

    def _keep_pace(self, host: str, deadline: float) -> None:
        until = min(time.monotonic() + self._bounds.patience, deadline)
        while wait := self._pace.wait(host):
            if time.monotonic() + wait > until:
                raise _Unanswered("This service is being asked as often as it allows.", after=max(wait, 1.0))
            time.sleep(wait)

    def _exchange(
        self, target: "_Target", kinds: tuple[str, ...], deadline: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        try:
            with _connected(target, self._addresses(target, deadline), self._tls, self._bounds, deadline) as connection:
                timed = _TimedSocket(connection, deadline, self._bounds.silence)
                exchange = http.client.HTTPConnection(target.host, target.port)
                exchange.sock = timed  # type: ignore[assignment]
                exchange.request("GET", target.path, headers=self._headers(target, kinds))
                response = exchange.getresponse()
                headers = {name.lower(): value for name, value in response.getheaders()}
                self._pace.learn(target.host, headers)
                return response.status, headers, self._body(response, headers, kinds)
        except ssl.SSLCertVerificationError as error:
            raise _Refused("The service shows no valid certificate.") from error
        except TimeoutError as error:
            raise _Unanswered("The service did not answer in time.") from error
        except http.client.HTTPException as error:
            raise _Unanswered("The service broke off in the middle of its answer.") from error
        except OSError as error:
            raise _Unanswered("The service cannot be reached.") from error

    def _headers(self, target: "_Target", kinds: tuple[str, ...]) -> dict[str, str]:
        return {
            "Host": target.netloc,
            "User-Agent": self._agent,
            "Accept": ", ".join(kind for kind in kinds if "/" in kind),
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }

    def _addresses(self, target: "_Target", deadline: float) -> list[str]:
        """Return the addresses of a host, asked for once. Raises `_Refused` unless all of them may be reached."""
        asking = _Resolving(self._resolve, target)
        asking.start()
        asking.join(max(0.0, min(self._bounds.connect, deadline - time.monotonic())))
        if not asking.found:
            raise _Unanswered("The name of the service cannot be resolved.")
        addresses = list(dict.fromkeys(one[4][0] for one in asking.found))
        if not target.is_open and not all(map(is_public, addresses)):
            raise _Refused("The service has an address that is not public.")
        return addresses[:4]

    def _body(self, response: http.client.HTTPResponse, headers: Mapping[str, str], kinds: tuple[str, ...]) -> bytes:
        if response.status in _REDIRECTS:
            return b""
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._bounds.size:
            raise self._too_large()
        if response.status == 200 and not _is_kind(headers.get("content-type", ""), kinds):
            raise Malformed("The answer is of a kind that this service does not send.")
        encoding = headers.get("content-encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise Malformed("The answer is packed in a way that was not asked for.")
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
                    raise Malformed("The answer cannot be unpacked.") from error
                read += plain
                if len(read) > self._bounds.size:
                    raise self._too_large()
                chunk = unpacking.unconsumed_tail if unpacking else b""
        if unpacking and not unpacking.eof:
            raise http.client.IncompleteRead(bytes(read))
        return bytes(read)

    def _too_large(self) -> _Refused:
        return _Refused(f"The answer is larger than {self._bounds.size / 1_000_000:g} MB.")


class _Target:
    """An address taken apart. Raises `_Refused` for one that may not be asked for."""

    def __init__(self, address: str, open_hosts: frozenset[str]) -> None:
        try:
            parts = urlsplit(address)
            self.port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise _Refused("The address cannot be read.") from error
        if parts.username is not None or parts.password is not None or not parts.hostname:
            raise _Refused("The address cannot be read.")
        self.scheme, self.host, self.netloc = parts.scheme, parts.hostname, parts.netloc
        self.is_open = f"{self.host}:{self.port}" in open_hosts
        if self.scheme != "https" and not (self.is_open and self.scheme == "http"):
            raise _Refused("Only https addresses are asked.")
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.address = address
        if not (self.path + self.netloc).isascii() or any(sign <= " " for sign in self.path):
            raise _Refused("The address cannot be read.")


class _Resolving(threading.Thread):
    """A question to the resolver, which knows no time limit and is waited for from outside."""

    def __init__(self, resolve: Callable[..., list[Any]], target: _Target) -> None:
        super().__init__(daemon=True)
        self._resolve, self._asked = resolve, target
        self.found: list[Any] = []

    def run(self) -> None:
        try:
            self.found = list(self._resolve(self._asked.host, self._asked.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            return


class _TimedSocket:
    """A socket as `http.client` uses it, on which every wait ends by the deadline."""

    def __init__(self, connection: socket.socket, deadline: float, silence: float) -> None:
        self._connection, self._deadline, self._silence = connection, deadline, silence

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(_remaining(self._deadline, self._silence))
        self._connection.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._connection, self._deadline, self._silence))

    def close(self) -> None:
        """Leave closing to who opened the connection: the answer is still being read."""


class _TimedReader(io.RawIOBase):
    def __init__(self, connection: socket.socket, deadline: float, silence: float) -> None:
        super().__init__()
        self._connection, self._deadline, self._silence = connection, deadline, silence

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        # Set before each wait: a server that sends a byte now and then must not stretch the whole.
        self._connection.settimeout(_remaining(self._deadline, self._silence))
        return self._connection.recv_into(buffer)


def _connected(
    target: _Target, addresses: list[str], tls: ssl.SSLContext, bounds: Bounds, deadline: float
) -> socket.socket:
    """Return a connection to one of these addresses, and no other: the name is not resolved again."""
    last: OSError | None = None
    for address in addresses:
        try:
            plain = socket.create_connection((address, target.port), timeout=_remaining(deadline, bounds.connect))
        except OSError as error:
            last = error
            continue
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(_remaining(deadline, bounds.connect))
            # The certificate is checked against the name, though the connection goes to the address.
            return tls.wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    raise last or OSError("no address")


def _remaining(deadline: float, at_most: float) -> float:
    left = min(deadline - time.monotonic(), at_most)
    if left <= 0:
        raise TimeoutError
    return left


def _redirected(target: _Target, location: str, open_hosts: frozenset[str]) -> str:
    address = urljoin(target.address, location)
    goal = _Target(address, open_hosts)
    if not location or (goal.scheme, goal.host, goal.port) != (target.scheme, target.host, target.port):
        raise _Refused("The service leads to another host.")
    return address


def _answer(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    if status == 200:
        return Answer(State.FOUND, body=body, status=status)
    if status in (404, 410):
        return Answer(State.NOT_FOUND, "The service does not know it.", body=body, status=status)
    if status in _PASSING:
        words = "The service is asked too often." if status == 429 else "The service is out of order."
        raise _Unanswered(words, after=_asked_to_wait(headers.get("retry-after", "")))
    if status in (401, 403, 407, 451):
        raise _Unanswered("The service does not let us in.", after=3600.0)
    raise Malformed(f"The service answers with status {status}.")


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
