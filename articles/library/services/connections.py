"""Connections to public addresses only, each pinned to the address that was checked, on which every wait ends."""

import io
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from articles.library.services.addresses import is_public

Resolve = Callable[..., list[Any]]
_MOST_ADDRESSES = 4


class Refused(Exception):
    """What is asked for, or what answers, is outside the rules."""


class Unanswered(Exception):
    """Nothing usable came, this time; `after` is the number of seconds the host asks to wait."""

    def __init__(self, words: str, *, after: float | None = None) -> None:
        super().__init__(words)
        self.after = after


class Target:
    """An address taken apart. Raises `Refused` for one that may not be asked for."""

    def __init__(self, address: str, open_hosts: frozenset[str]) -> None:
        try:
            parts = urlsplit(address)
            self.port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise Refused(_("The address cannot be read.")) from error
        if parts.username is not None or parts.password is not None or not parts.hostname:
            raise Refused(_("The address cannot be read."))
        self.scheme, self.host, self.netloc = parts.scheme, parts.hostname, parts.netloc
        self.is_open = f"{self.host}:{self.port}" in open_hosts
        if self.scheme != "https" and not (self.is_open and self.scheme == "http"):
            raise Refused(_("Only https addresses are used."))
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.address = address
        if not (self.path + self.netloc).isascii() or any(sign <= " " for sign in self.path):
            raise Refused(_("The address cannot be read."))


class _Resolving(threading.Thread):
    """A question to the resolver, which knows no time limit and is waited for from outside."""

    def __init__(self, resolve: Resolve, target: Target) -> None:
        super().__init__(daemon=True)
        self._resolve, self._asked = resolve, target
        self.found: list[Any] = []

    def run(self) -> None:
        try:
            self.found = list(self._resolve(self._asked.host, self._asked.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            return


class TimedSocket:
    """A socket as `http.client` uses it, on which every wait ends by the deadline."""

    def __init__(self, connection: socket.socket, deadline: float, silence: float) -> None:
        self._connection, self._deadline, self._silence = connection, deadline, silence

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(remaining(self._deadline, self._silence))
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
        self._connection.settimeout(remaining(self._deadline, self._silence))
        return self._connection.recv_into(buffer)


def addresses_of(target: Target, resolve: Resolve, *, wait: float) -> list[str]:
    """Return the addresses of a host, asked for once. Raises `Refused` unless all of them may be reached."""
    asking = _Resolving(resolve, target)
    asking.start()
    asking.join(max(0.0, wait))
    if not asking.found:
        raise Unanswered(_("The name of the service cannot be resolved."))
    addresses = list(dict.fromkeys(one[4][0] for one in asking.found))
    if not target.is_open and not all(map(is_public, addresses)):
        raise Refused(_("The address of the service is not public."))
    return addresses[:_MOST_ADDRESSES]


def connected(
    target: Target, addresses: list[str], tls: ssl.SSLContext, *, wait: float, deadline: float
) -> socket.socket:
    """Return a connection to one of these addresses, and no other: the name is not resolved again."""
    last: OSError | None = None
    for address in addresses:
        try:
            plain = socket.create_connection((address, target.port), timeout=remaining(deadline, wait))
        except OSError as error:
            last = error
            continue
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(remaining(deadline, wait))
            # The certificate is checked against the name, though the connection goes to the address.
            return tls.wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    raise last or OSError("no address")


def remaining(deadline: float, at_most: float) -> float:
    left = min(deadline - time.monotonic(), at_most)
    if left <= 0:
        raise TimeoutError
    return left


def redirected(target: Target, location: str, open_hosts: frozenset[str]) -> str:
    address = urljoin(target.address, location)
    goal = Target(address, open_hosts)
    if not location or (goal.scheme, goal.host, goal.port) != (target.scheme, target.host, target.port):
        raise Refused(_("The service redirects to another host."))
    return address
