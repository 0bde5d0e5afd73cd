"""The table of `make mutation`: each module with what became of its changes, and by name what nothing noticed."""

import json

from tests import mutation_results


def test_table_counts_by_module_and_names_what_is_left(tmp_path, capsys):
    codes = {"one": 1, "two": 0, "three": 33, "four": None, "five": -24, "six": 1}
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/quorum.py.meta").write_text(json.dumps({"exit_code_by_key": codes}))
    (tmp_path / "rules/empty.py.meta").write_text(json.dumps({"exit_code_by_key": {}}))

    mutation_results.main(tmp_path)

    assert capsys.readouterr().out.splitlines() == [
        "| module | changes | killed | survived | no tests | timeout | not checked | other |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| rules/quorum.py | 6 | 2 | 1 | 1 | 1 | 1 | 0 |",
        "",
        "two: survived",
        "three: no tests",
        "five: timeout",
    ]
