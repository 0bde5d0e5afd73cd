import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.operation.production import KEY, OTHER_KEY, PRODUCTION, SHELL

ROOT = Path(settings.BASE_DIR)


def started(show="''", **environment):
    """Read the settings in a process of their own, as a start does; return what it printed or why it stopped."""
    code = f"from cms import settings; print({show})"
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env={**SHELL, **environment}, capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def test_debug_needs_no_variable_and_production_the_four():
    assert started("settings.SITE_URL", DJANGO_DEBUG="1") == "http://localhost:8000"
    assert started("settings.SITE_URL", **PRODUCTION) == "https://countersign.example.org"


@pytest.mark.parametrize("missing", PRODUCTION)
def test_start_without_a_secret_is_refused_by_name(missing):
    said = started(**{**PRODUCTION, missing: ""})

    assert "ImproperlyConfigured" in said
    assert f"Set {missing} in the environment" in said


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
        (PRODUCTION["SECRET_KEY"], "holds the SECRET_KEY"),
    ],
)
def test_weak_signature_keys_are_refused(keys, words):
    said = started(**{**PRODUCTION, "SIGNATURE_KEYS": keys})

    assert "ImproperlyConfigured: SIGNATURE_KEYS" in said
    assert words in said


@pytest.mark.parametrize("key", ["short", "x" * 60, "django-insecure-" + "0123456789abcdef" * 3])
def test_weak_secret_key_is_refused(key):
    assert "ImproperlyConfigured: SECRET_KEY" in started(**{**PRODUCTION, "SECRET_KEY": key})


def test_key_of_before_still_verifies_however_weak_it_was():
    said = started("settings.SIGNATURE_KEYS", **{**PRODUCTION, "SIGNATURE_KEYS": f"{KEY}, an-old-one"})

    assert said == str([KEY, "an-old-one"])


@pytest.mark.parametrize("address", ["consolemail://", "filemail:///tmp/mail", "memorymail://", "nonsense://x"])
def test_mail_that_leaves_for_nobody_is_refused_outside_debug(address):
    assert "ImproperlyConfigured: EMAIL_URL names no mail server" in started(**{**PRODUCTION, "EMAIL_URL": address})


def test_site_without_mail_starts_when_it_says_so():
    assert started("settings.SENDS_MAIL", **PRODUCTION) == "True"
    assert started("settings.SENDS_MAIL", **{**PRODUCTION, "EMAIL_URL": "dummymail://"}) == "False"


def test_promises_for_the_whole_domain_are_made_by_setting_only():
    show = "settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD"
    chosen = {
        "SECURE_HSTS_SECONDS": "60",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": "1",
        "SECURE_HSTS_PRELOAD": "1",
    }

    assert started(show, **PRODUCTION) == f"{365 * 24 * 60 * 60} False False"
    assert started(show, **PRODUCTION, **chosen) == "60 True True"


def read_in(file):
    """Return the environment variables that a module reads: calls whose first argument is a name in capitals."""
    tree = ast.parse((ROOT / file).read_text())
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    first = (node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant))
    return {name for name in first if isinstance(name, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", name)}


def test_every_variable_is_in_the_table_and_the_table_has_no_other():
    table = (
        (ROOT / "docs" / "operating.md").read_text().partition("## Every environment variable")[2].partition("\n## ")[0]
    )
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    documented = {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}

    assert documented == read_in("cms/settings.py") | read_in("cms/environment.py")


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
