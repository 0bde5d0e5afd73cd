import ast
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cms import environment
from tests.operation.production import KEY, OTHER_KEY, PRODUCTION, SECRET_KEY, SHELL

ROOT = Path(settings.BASE_DIR)
READERS = ("cms/settings.py", "cms/environment.py")


@pytest.fixture
def start(monkeypatch):
    """Read the settings as a start outside of debug mode does, with production's variables but for those given."""

    def read(**changed):
        for name in set().union(*map(read_in, READERS)):
            monkeypatch.delenv(name, raising=False)
        for name, value in {**PRODUCTION, **changed}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(environment, "DEBUG", False)
        return runpy.run_path(str(ROOT / "cms" / "settings.py"))

    return read


def printed(code, **variables):
    command = [sys.executable, "-c", f"from cms import settings; print({code})"]
    done = subprocess.run(command, cwd=ROOT, env={**SHELL, **variables}, capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_debug_needs_no_variable_and_production_says_what_it_needs(start):
    said = printed("settings.SITE_URL, *settings.ALLOWED_HOSTS", DJANGO_DEBUG="1")

    assert said == "http://localhost:8000 127.0.0.1 localhost"
    assert "Set SECRET_KEY in the environment" in printed("settings.SITE_URL")
    assert start()["SITE_URL"] == "https://countersign.example.org"


@pytest.mark.parametrize("missing", PRODUCTION)
def test_start_without_a_secret_is_refused_by_name(start, missing):
    with pytest.raises(ImproperlyConfigured, match=f"Set {missing} in the environment"):
        start(**{missing: ""})


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (",", "empty key"),
        (f"{KEY},", "empty key"),
        (f",{KEY}", "empty key"),
        (f"{KEY}, ,{OTHER_KEY}", "empty key"),
        (f"{KEY},{KEY}", "twice"),
        ("k7Hs92.", "can be guessed"),
        ("a" * 60, "can be guessed"),
        ("change-me-" * 6, "placeholder"),
        ("signs-decisions-on-one-machine-only", "placeholder"),
        (SECRET_KEY, "holds the SECRET_KEY"),
    ],
)
def test_weak_signature_keys_are_refused(start, keys, words):
    with pytest.raises(ImproperlyConfigured, match=rf"^SIGNATURE_KEYS .*{words}"):
        start(SIGNATURE_KEYS=keys)


@pytest.mark.parametrize("key", ["short", "x" * 60, "django-insecure-" + "0123456789abcdef" * 3])
def test_weak_secret_key_is_refused(start, key):
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY "):
        start(SECRET_KEY=key)


def test_keys_stand_in_a_file_as_well(start, tmp_path):
    file = tmp_path / "keys"
    file.write_text(f"{KEY},{OTHER_KEY}\n")

    assert start(SIGNATURE_KEYS="", SIGNATURE_KEYS_FILE=str(file))["SIGNATURE_KEYS"] == [KEY, OTHER_KEY]
    with pytest.raises(ImproperlyConfigured, match="not both"):
        start(SIGNATURE_KEYS_FILE=str(file))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        start(SIGNATURE_KEYS="", SIGNATURE_KEYS_FILE=str(tmp_path / "none"))


def test_key_for_trying_is_made_once_for_its_owner_alone(tmp_path):
    place = tmp_path / "deep" / "site.key"

    made = environment._kept_secret(place)

    assert environment._kept_secret(place) == made
    assert len(made) >= environment.SHORTEST_KEY
    assert place.stat().st_mode & 0o077 == 0
    assert list(place.parent.iterdir()) == [place]


def test_key_of_before_still_verifies_however_weak_it_was(start):
    assert start(SIGNATURE_KEYS=f"{KEY}, an-old-one")["SIGNATURE_KEYS"] == [KEY, "an-old-one"]


@pytest.mark.parametrize("address", ["consolemail://", "filemail:///tmp/mail", "memorymail://", "nonsense://x"])
def test_mail_that_leaves_for_nobody_is_refused_outside_debug(start, address):
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL names no mail server"):
        start(EMAIL_URL=address)


def test_site_without_mail_starts_when_it_says_so(start):
    assert start()["SENDS_MAIL"] is True
    assert start(EMAIL_URL="dummymail://")["SENDS_MAIL"] is False


def test_promises_for_the_whole_domain_are_made_by_setting_only(start):
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")

    assert [start()[name] for name in names] == [365 * 24 * 60 * 60, False, False]
    chosen = start(SECURE_HSTS_SECONDS="60", SECURE_HSTS_INCLUDE_SUBDOMAINS="1", SECURE_HSTS_PRELOAD="1")
    assert [chosen[name] for name in names] == [60, True, True]


def read_in(file):
    """Return the environment variables that a module reads: calls whose first argument, or `file`, is in capitals."""
    tree = ast.parse((ROOT / file).read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    named = [one.value for node in calls for one in node.keywords if one.arg == "file"]
    first = (one.value for one in [*(node.args[0] for node in calls), *named] if isinstance(one, ast.Constant))
    return {name for name in first if isinstance(name, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", name)}


def test_every_variable_is_in_the_table_and_the_table_has_no_other():
    table = (
        (ROOT / "docs" / "operating.md").read_text().partition("## Every environment variable")[2].partition("\n## ")[0]
    )
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    documented = {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}

    assert documented == set().union(*map(read_in, READERS))


def test_no_other_module_of_the_site_reads_the_environment():
    modules = [path for app in ("articles", "reviews", "cms") for path in (ROOT / app).rglob("*.py")]
    reading = {
        path.relative_to(ROOT).as_posix()
        for path in modules
        if re.search(
            r"os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|os\.getenv|environ\.Env", path.read_text()
        )
    }

    # The command reads what Django documents for `createsuperuser --noinput`.
    assert reading == {"cms/environment.py", "cms/accounts/management/commands/createsuperuser.py"}
