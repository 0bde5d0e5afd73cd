"""Servers that a test starts for itself, stops, and starts again: Redis, PostgreSQL, a mail server, a Celery worker."""

import os
import re
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings

from tests.processes import free_port, started

SECONDS = 60


def wait_for(condition, seconds=SECONDS):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.1)
    pytest.fail("It did not happen in time.")


def answers(port: int) -> bool:
    with socket.socket() as asked:
        asked.settimeout(1)
        return asked.connect_ex(("127.0.0.1", port)) == 0


class Redis:
    """A Redis that keeps nothing, on a port of its own."""

    def __init__(self) -> None:
        self.port, self.process = free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(lambda: answers(self.port))

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=SECONDS)
            self.process = None


class PostgreSQL:
    """A cluster in a temporary folder. PostgreSQL refuses to run as root, so root hands it to `postgres`."""

    def __init__(self, programs: Path) -> None:
        self.programs, self.port = programs, free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="cluster-"))
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--no-locale")
        self._control("start")

    def restart(self) -> None:
        """Stop without a shutdown, as a crash does, and recover from the log."""
        self._control("restart", "-m", "immediate")

    def stop(self) -> None:
        if (self.folder / "postmaster.pid").exists():
            self._control("stop", "-m", "immediate")
        shutil.rmtree(self.folder)

    def _control(self, *words: str) -> None:
        listening = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", listening, *words)

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.programs / program), "-D", str(self.folder), *words]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # The server keeps what it inherits: a pipe would never end.
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=SECONDS)


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail, and keeps the Message-ID of each that was sent to its end; stalled, it never says that it has it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[str] = []
        self.is_stalled = False
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "DATA":
                self._say("354 go on")
                self._take()
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode())
        self.server.received.append(re.search(r"^Message-ID: (.+?)\r?$", "".join(lines), re.MULTILINE).group(1))
        while self.server.is_stalled:
            time.sleep(0.05)
        self._say("250 taken")

    def _say(self, words: str) -> None:
        try:
            self.wfile.write(f"{words}\r\n".encode())
        except OSError:
            self.close_connection = True


class Worker:
    """A Celery worker, one process."""

    def __init__(self, **environment: str) -> None:
        self.environment = environment
        self.process = None

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "cms", "worker", "--pool", "solo", "-l", "warning"]
        command += ["--without-gossip", "--without-mingle", "-n", f"worker{free_port()}@%h"]
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env={**os.environ, **self.environment})

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=SECONDS)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(timeout=10)


def call(task: str, **environment: str) -> None:
    """Put a task on the queue, as beat does."""
    command = [sys.executable, "-m", "celery", "-A", "cms", "call", task]
    subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=SECONDS,
    )


def act(*words: str, **environment: str) -> AbstractContextManager[subprocess.Popen]:
    """Begin something in a process of its own (see acting.py)."""
    return started(
        [sys.executable, "-m", "tests.services.acting", *words],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_DEBUG": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
