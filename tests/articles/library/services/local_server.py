"""A server on this machine that answers as it is told, well or badly."""

import contextlib
import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.cache.backends.locmem import LocMemCache

from articles.library.services.http import Bounds, Client
from articles.library.services.rate_limit import Pace

# Short, but long enough for a busy machine: the rules are the same as with longer ones.
QUICK = Bounds(total=2.0, connect=1.0, silence=0.8, size=200_000, patience=0.3, tries=2)
Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append((self.path, dict(self.headers)))
        replies = self.server.replies.get(unquote(parts.path))
        if not replies:
            return self.send(404, b"Resource not found.", "text/plain")
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            reply(self)
        self.close_connection = True

    def send(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing: tests look at `asked`."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def base(self) -> str:
        return f"http://{self.place}"

    def on(self, path: str, *replies: Reply) -> str:
        """Answer a path in these ways, one request after the other, the last one for ever. Return its address."""
        self.replies[path] = list(replies)
        return self.base + path

    def handle_error(self, *args: Any) -> None:
        """A client that hangs up is what several tests are about."""


@contextlib.contextmanager
def running() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def client(server: Server, **changes: Any) -> Client:
    cache = LocMemCache(f"pace-{id(server)}", {})
    options = {
        "agent": "Countersign-tests/0 (mailto:editor@example.org)",
        "pace": Pace(cache, allowed={"127.0.0.1": (1_000_000, 1.0)}),
        "bounds": QUICK,
        "open_hosts": frozenset({server.place}),
        **changes,
    }
    return Client(**options)


def says(value: Any, status: int = 200, kind: str = "application/json", **headers: str) -> Reply:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return lambda handler: handler.send(status, body, kind, **headers)


def xml(text: str, status: int = 200) -> Reply:
    return says(text.encode(), status, "text/xml; charset=utf-8")


def packed(plain: bytes, kind: str = "application/json") -> Reply:
    return says(gzip.compress(plain), 200, kind, Content_Encoding="gzip")


def leads_to(address: str, status: int = 302) -> Reply:
    return says(b"", status, Location=address)


def waits(seconds: float) -> Reply:
    def reply(handler: Handler) -> None:
        time.sleep(seconds)
        handler.send(200, b"{}")

    return reply


def drips(*, in_headers: bool = False) -> Reply:
    """A byte now and then, each soon enough for a limit on one wait."""

    def reply(handler: Handler) -> None:
        start = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        handler.wfile.write(start + (b"X-Long: " if in_headers else b"\r\n"))
        for _number in range(100):
            handler.wfile.write(b"1")
            handler.wfile.flush()
            time.sleep(0.05)

    return reply


def pours(size: int) -> Reply:
    """Send a body without saying how long it will be, and count what was taken."""

    def reply(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        block = b" " * 50_000
        handler.server.poured = 0  # type: ignore[attr-defined]
        for _number in range(size // len(block)):
            handler.wfile.write(block)
            handler.server.poured += len(block)  # type: ignore[attr-defined]

    return reply


def resets(handler: Handler) -> None:
    # Closing with nothing lingering sends a reset instead of an end.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def breaks_off(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")
