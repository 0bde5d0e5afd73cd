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
from itertools import cycle
from pathlib import Path

WORKERS = 2
CONNECTIONS = 8
SECONDS = 2.0
ROUNDS = 5
WARM_SECONDS = 12.0


class Server:
    """gunicorn with sync workers on a free port of the loopback address."""

    def __init__(self, port: int, process: subprocess.Popen) -> None:
        self.port, self.process = port, process

    def cpu_seconds(self) -> float:
        """Return the CPU time its workers have used so far."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        fields = [Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split() for child in children]
        return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serve(**environment: str) -> Iterator[Server]:
    """Run the site until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "--log-level", "error"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "DJANGO_DEBUG": "0", **environment},
    )
    try:
        _wait(port)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("The server did not start.")


def fetch(server: Server, path: str) -> bytes:
    """Return the body of one answer; raises when it is not 200."""
    return asyncio.run(_get(server.port, path))


async def _get(port: int, path: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read(-1)
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(f"{path}: {head.splitlines()[0]!r}")
    return body


async def _load(port: int, paths: list[str], until: float) -> int:
    turns = cycle(paths)
    done = 0

    async def one_after_another() -> None:
        nonlocal done
        while time.perf_counter() < until:
            await _get(port, next(turns))
            done += 1

    await asyncio.gather(*(one_after_another() for _ in range(CONNECTIONS)))
    return done


def warm(server: Server, paths: list[str]) -> None:
    """Ask for every page often enough that each worker has built it."""
    until = time.perf_counter() + WARM_SECONDS
    asyncio.run(_load(server.port, paths, until))


def rates(server: Server, sets: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """Return each set's median requests a second and CPU milliseconds a request; rounds are interleaved."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in sets}
    for _ in range(ROUNDS):
        for name, paths in sets.items():
            cpu, begun = server.cpu_seconds(), time.perf_counter()
            count = asyncio.run(_load(server.port, paths, begun + SECONDS))
            elapsed = time.perf_counter() - begun
            seen[name].append((count / elapsed, (server.cpu_seconds() - cpu) * 1000 / count))
    return {name: tuple(statistics.median(column) for column in zip(*rows, strict=True)) for name, rows in seen.items()}
