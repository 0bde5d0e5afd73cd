from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reviews.management.commands import draw_workflow
from reviews.workflow import TRANSITIONS


def test_the_diagram_in_the_documents_is_fresh():
    call_command("draw_workflow", "--check")


def test_a_stale_diagram_is_told(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError, match="is stale") as stale:
        call_command("draw_workflow", "--check")

    call_command("draw_workflow")

    assert stale.value.returncode == 1
    assert Path(tmp_path, "docs", "workflow.md").read_text() == draw_workflow.draw()
    call_command("draw_workflow", "--check")


def test_every_verb_is_in_the_table():
    drawn = draw_workflow.draw()

    assert [verb for verb in TRANSITIONS if f"| `{verb}` |" not in drawn] == []
