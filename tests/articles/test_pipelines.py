"""The doors for programs: what docs/pipelines.md promises of each, with no site around them."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from articles import pipelines
from articles.text.rendering import TextTooComplex
from tests.articles.text.checks.contents import content, section

_EXAMPLES = """
import doctest, sys
from django.apps import apps
from django.conf import settings
result = doctest.testfile("docs/pipelines.md", module_relative=False)
print(result.attempted, settings.configured, apps.ready)
sys.exit(result.failed)
"""


def test_examples_of_the_documentation_run_without_a_site():
    run = subprocess.run(
        [sys.executable, "-c", _EXAMPLES],
        cwd=settings.BASE_DIR, env={}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip

    assert run.returncode == 0, run.stdout + run.stderr
    attempted, is_configured, is_ready = run.stdout.split()
    assert int(attempted) >= 6
    assert (is_configured, is_ready) == ("False", "False")


def test_doors_are_those_of_the_documentation_and_no_other():
    table = [line for line in _documentation().splitlines() if line.startswith("| `")]
    documented = {line.partition("(")[0].removeprefix("| `") for line in table if "manage.py" not in line}

    assert documented == set(pipelines.__all__)


@pytest.mark.parametrize(
    ("found", "names"),
    [
        (
            lambda: pipelines.run_checks(content(section("Give 300 mg daily.", "Take 400 mg a day.")))[0],
            {"rule", "version", "message", "section_key", "audience", "words", "start", "end"},
        ),
        (
            lambda: pipelines.compare_numbers("Give 300 mg daily.", "Take 400 mg a day.")[0],
            {"start", "end", "words", "kind", "professional", "message"},
        ),
        (
            lambda: pipelines.measure_readability("Take it."),
            {
                "words",
                "sentences",
                "syllables",
                "polysyllables",
                "fkgl",
                "smog",
                "mean_sentence_length",
                "preprocessing",
            },
        ),
    ],
    ids=["run_checks", "compare_numbers", "measure_readability"],
)
def test_result_has_the_documented_names(found, names):
    assert names == {field.name for field in dataclasses.fields(found())}
    assert all(f"`{name}`" in _documentation() for name in names)


def test_compare_numbers_of_texts_that_agree_is_empty():
    assert pipelines.compare_numbers("Give 300 mg twice daily.", "Take 300 mg two times a day.") == []


def test_render_text_refuses_a_text_over_the_limits():
    with pytest.raises(TextTooComplex):
        pipelines.render_text("a" * 60_001)


def _documentation() -> str:
    return (Path(settings.BASE_DIR) / "docs" / "pipelines.md").read_text(encoding="utf-8")
