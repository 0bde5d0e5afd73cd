"""Processes that a test starts: whatever becomes of the test, they end with it, and so do their pipes."""

import secrets
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def started(command: list[str], **options: Any) -> Iterator[subprocess.Popen]:
    """Run a command beside the test, and end it with the block if it has not ended by itself."""
    with subprocess.Popen(command, preexec_fn=_as_at_a_terminal, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def _as_at_a_terminal() -> None:
    """Hear of an interrupt as a command does that a person typed: in a background job a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def free_port() -> int:
    """Return a port that nobody listens on, below those which the system gives to connections that are going out.

    The choice is not the seeded one of `random`: two workers with one seed would choose the same.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as asked:
            try:
                asked.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
