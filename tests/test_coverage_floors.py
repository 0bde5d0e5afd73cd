"""The floors of coverage: a fall fails, a rise is named, and each floor is of a folder that is there."""

import pytest

from tests import coverage_floors


def report(**covered_lines):
    """Return a coverage report with two files of ten lines and ten branches, all branches reached."""
    files = {}
    for folder, count in covered_lines.items():
        summary = {"num_statements": 10, "num_branches": 10, "covered_lines": count, "covered_branches": 10}
        missing = {"missing_lines": list(range(count, 10)), "missing_branches": []}
        files[f"reviews/{folder}/some.py"] = {"summary": summary, **missing}
    return {"files": files}


def test_floor_is_kept(capsys):
    assert coverage_floors.main(report(rules=10, desk=8), {".": 95, "reviews/rules": 100}) == 0

    assert capsys.readouterr().out.splitlines() == [
        ".: 95.00 % of lines and branches, floor 95",
        "reviews/rules: 100.00 % of lines and branches, floor 100",
    ]


def test_fall_is_named_with_its_lines(capsys):
    assert coverage_floors.main(report(rules=9, desk=10), {"reviews/rules": 100}) == 1

    assert capsys.readouterr().out.splitlines() == [
        "reviews/rules: 95.00 % of lines and branches, floor 100: below its floor",
        "  reviews/rules/some.py: lines 9; branches none",
    ]


@pytest.mark.parametrize(("floor", "said"), [(94.5, ""), (94.4, ": raise the floor to 95.0")])
def test_rise_is_named(capsys, floor, said):
    assert coverage_floors.main(report(rules=9), {".": floor}) == 0

    assert capsys.readouterr().out.rstrip().endswith(f"floor {floor}{said}")


def test_folder_without_code_is_refused():
    with pytest.raises(LookupError, match="reviews/gone"):
        coverage_floors.covered(report(rules=9), "reviews/gone")


def test_floors_of_the_core_are_whole():
    floors = coverage_floors.floors()

    assert {folder for folder, floor in floors.items() if floor == 100} >= {
        "reviews/workflow",
        "reviews/rules",
        "reviews/record",
    }
    assert all((coverage_floors.ROOT / folder).is_dir() for folder in floors)
