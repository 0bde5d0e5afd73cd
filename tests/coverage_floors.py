"""`python -m tests.coverage_floors coverage.json`: holds what was covered against the floors in pyproject.toml.

A floor only rises: what lies above one by more than half a percent is named, so that the floor is raised to it.
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_MARGIN = 0.5


def floors() -> dict[str, float]:
    """Return the least percent of lines and branches, by folder; `.` is the whole."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["countersign"]["coverage_floors"]


def covered(report: dict[str, Any], folder: str) -> float:
    """Return the percent of lines and branches that were covered in a folder; raises when it holds no code."""
    summaries = [file["summary"] for name, file in report["files"].items() if Path(name).is_relative_to(folder)]
    there = sum(one["num_statements"] + one["num_branches"] for one in summaries)
    if not there:
        raise LookupError(f"Nothing was measured in {folder}.")
    return 100 * sum(one["covered_lines"] + one["covered_branches"] for one in summaries) / there


def missing(report: dict[str, Any], folder: str) -> Iterator[str]:
    """Yield each file of a folder with the lines and branches that no test reached."""
    for name, file in sorted(report["files"].items()):
        if Path(name).is_relative_to(folder) and (file["missing_lines"] or file["missing_branches"]):
            lines = ", ".join(map(str, file["missing_lines"]))
            branches = ", ".join(f"{origin}->{target}" for origin, target in file["missing_branches"])
            yield f"  {name}: lines {lines or 'none'}; branches {branches or 'none'}"


def main(report: dict[str, Any], least: dict[str, float]) -> int:
    """Print each folder beside its floor; return 1 when one lies below."""
    fell = 0
    for folder, floor in least.items():
        percent = covered(report, folder)
        said = "" if percent <= floor + _MARGIN else f": raise the floor to {int(percent * 10) / 10}"
        if percent < floor:
            said, fell = ": below its floor", 1
        print(f"{folder}: {percent:.2f} % of lines and branches, floor {floor}{said}")
        if percent < floor and folder != ".":
            print("\n".join(missing(report, folder)))
    return fell


if __name__ == "__main__":
    sys.exit(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), floors()))
