"""Look-ups are off until somebody may be written to; the clients follow the settings."""

import os
import subprocess
import sys

import pytest

from articles.library.services import service_clients

ASK = "from cms import settings; print(settings.LOOKUPS_ENABLED)"


def settings_say(**environment):
    known = {"PATH": os.environ["PATH"], "DJANGO_DEBUG": "1", **environment}
    return subprocess.run([sys.executable, "-c", ASK], env=known, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "False"),
        ({"LOOKUP_CONTACT": "editor@example.org"}, "True"),
        ({"LOOKUP_CONTACT": "editor@example.org", "LOOKUPS_ENABLED": "0"}, "False"),
    ],
)
def test_look_ups_are_on_with_a_contact_only(environment, expected):
    assert settings_say(**environment).stdout.strip() == expected


def test_look_ups_without_a_contact_stop_the_start():
    said = settings_say(LOOKUPS_ENABLED="1")

    assert said.returncode != 0
    assert "Set LOOKUP_CONTACT" in said.stderr


def test_nothing_is_asked_while_switched_off(settings):
    settings.LOOKUPS_ENABLED = False

    with pytest.raises(service_clients.SwitchedOff, match="LOOKUP_CONTACT"):
        service_clients.clients()


def test_no_setting_opens_a_private_address(settings):
    settings.LOOKUPS_ENABLED, settings.LOOKUP_CONTACT = True, "editor@example.org"
    settings.LOOKUP_BASES = dict.fromkeys(settings.LOOKUP_BASES, "https://127.0.0.1:1")

    clients = service_clients.clients()

    assert clients.crossref.work("10.5555/x").detail == "The address of the service is not public."
    assert clients.openfda.label("x").state == "refused"
