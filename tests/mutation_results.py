"""`python -m tests.mutation_results`: what became of the changes that mutmut made, a line for each module.

What no test noticed, or no test reached, is named below the table: a test is written for it, or `docs/mutation.md`
explains it.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mutmut.stats import status_by_exit_code

MUTANTS = Path("mutants")
_COLUMNS = ("killed", "survived", "no tests", "timeout", "not checked")


def results(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each module that was changed, with what became of each change by its name."""
    for path in sorted(folder.rglob("*.py.meta")):
        exit_codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        if exit_codes:
            module = str(path.relative_to(folder)).removesuffix(".meta")
            yield module, {name: status_by_exit_code[code] for name, code in exit_codes.items()}


def main(folder: Path) -> None:
    """Print the table, and below it the names of what was not killed."""
    print(f"| module | changes | {' | '.join(_COLUMNS)} | other |\n|{' --- |' * (len(_COLUMNS) + 3)}")
    left = []
    for module, statuses in results(folder):
        counts = Counter(statuses.values())
        known = [counts.pop(name, 0) for name in _COLUMNS]
        print(f"| {module} | {len(statuses)} | {' | '.join(map(str, known))} | {counts.total()} |")
        left += [f"{name}: {status}" for name, status in statuses.items() if status not in ("killed", "not checked")]
    print("\n".join(["", *left]))


if __name__ == "__main__":
    main(MUTANTS)
