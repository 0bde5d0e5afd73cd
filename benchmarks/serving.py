"""A real server under load from this machine: requests a second and CPU a request, path against path, interleaved."""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

WORKERS = 2
CONNECTIONS = 8
_TICK = 1 / os.sysconf("SC_CLK_TCK")
_ANSWER_SECONDS = 60


class Server:
    """gunicorn with sync workers on a free port of the loopback address."""

    def __init__(self, port: int, process: subprocess.Popen) -> None:
        self.port, self.process = port, process

    def cpu_seconds(self) -> float:
        """Return the CPU time its workers have used so far."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        fields = [Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split() for child in children]
        return sum(int(one[11]) + int(one[12]) for one in fields) * _TICK


@contextmanager
def serve(**environment: str) -> Iterator[Server]:
    """Run the site until the block ends."""
    # The server inherits a socket that listens already: its port is free, and nobody can take it in between.
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        port, number = listening.getsockname()[1], listening.fileno()
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "cms.wsgi",
                "--workers",
                str(WORKERS),
                "--bind",
                f"fd://{number}",
                "--log-level",
                "error",
            ],
            env={**os.environ, **environment},
            pass_fds=[number],
        )
    try:
        yield Server(port, process)
    finally:
        _stop(process)


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=40)  # a worker is given 30 seconds to finish its answer
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def fetch(server: Server, path: str) -> bytes:
    """Return the body of one answer, which a server that still starts gives late; raises when it is not 200."""
    return asyncio.run(_get(server.port, path))


async def _get(port: int, path: str) -> bytes:
    async with asyncio.timeout(_ANSWER_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read(-1)
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    status = head.split(b"\r\n", 1)[0]
    if b" 200 " not in status:
        raise RuntimeError(f"{path}: {status!r}")
    return body


async def _ask(port: int, paths: list[str], until: float) -> int:
    turns = cycle(paths)
    done = 0

    async def one_after_another() -> None:
        nonlocal done
        while time.perf_counter() < until:
            await _get(port, next(turns))
            done += 1

    await asyncio.gather(*(one_after_another() for _ in range(CONNECTIONS)))
    return done


@dataclass(frozen=True)
class Rate:
    """How often a set of paths was answered, and what an answer cost."""

    a_second: float
    cpu_ms: float


@dataclass(frozen=True)
class Load:
    """How long a server is asked: first to build every page in each worker, then in rounds of so many seconds."""

    warm_seconds: float
    rounds: int
    seconds: float

    @classmethod
    def of(cls, share: float) -> "Load":
        """Return the load for this share of the full size."""
        share = min(share, 1)
        return cls(warm_seconds=max(0.5, 12 * share), rounds=max(1, round(5 * share)), seconds=max(0.5, 2 * share))

    def rates(self, server: Server, sets: dict[str, list[str]]) -> dict[str, Rate]:
        """Return each set's median rate; rounds are interleaved."""
        first = next(iter(sets.values()))
        fetch(server, first[0])
        asyncio.run(_ask(server.port, first, time.perf_counter() + self.warm_seconds))
        seen: dict[str, list[tuple[float, float]]] = {name: [] for name in sets}
        for _ in range(self.rounds):
            for name, paths in sets.items():
                seen[name].append(_round(server, paths, self.seconds))
        return {name: Rate(*map(statistics.median, zip(*rows, strict=True))) for name, rows in seen.items()}


def _round(server: Server, paths: list[str], seconds: float) -> tuple[float, float]:
    cpu, begun = server.cpu_seconds(), time.perf_counter()
    count = asyncio.run(_ask(server.port, paths, begun + seconds))
    elapsed = time.perf_counter() - begun
    used = max(server.cpu_seconds() - cpu, _TICK)  # the kernel counts no less
    return count / elapsed, used * 1000 / count
