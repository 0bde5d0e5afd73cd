"""A real server with the sample content, and a real browser in front of it."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.processes import free_port

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "countersign-demo"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the system's Chromium: a test tool's own download is not wanted here."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": os.environ["CHROMIUM"], "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


class Site:
    """The demonstration on a port of its own, with a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{
                name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DJANGO_SETTINGS_MODULE")
            },
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "DJANGO_DEBUG": "1",
            "SITE_URL": self.url,
            "EMAIL_URL": "memorymail://",
        }
        self.process: subprocess.Popen | None = None

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail("The server did not start.")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    running = Site(tmp_path_factory.mktemp("site"))
    running.manage("seed_demo")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def base_url(site):
    return site.url


class Complaints(list):
    """What the browser said was wrong: blocked by policy, script errors, missing files."""


@pytest.fixture
def visitor(browser, browser_context_args, base_url):
    """Open a browser of one person: `visitor("editor")` signs them in, `visitor()` is a reader."""
    contexts = []

    def enter(name=None, **options):
        context = browser.new_context(**{**browser_context_args, "base_url": base_url, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.complaints = Complaints()
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if name:
            page.goto("/admin/")
            page.get_by_label("E-mail address").fill(f"{name}@example.org")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/admin/")
        return page

    yield enter
    for context in contexts:
        context.close()
