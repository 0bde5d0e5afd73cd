"""What a format cannot say of a CSL-JSON item: written beside its own fields, so that nothing is lost on the way back.

A writer reads back what it wrote. What came back otherwise is added in a field of ours that other programs ignore.
"""

import json
import re
from typing import Any

from articles.text import bounded_json

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def difference(wanted: dict[str, Any], read: dict[str, Any]) -> str:
    """Return as JSON on one line of ASCII what must change in `read` to make it `wanted`; empty when nothing must."""
    changed: dict[str, Any] = {}
    given = {name: value for name, value in wanted.items() if name not in read or not _is_same(read[name], value)}
    if given:
        changed["set"] = given
    if extra := [name for name in read if name not in wanted]:
        changed["unset"] = extra
    # Braces in strings are escaped, so that BibTeX finds the end of its field.
    return _STRING.sub(_without_braces, json.dumps(changed)) if changed else ""


def restore(csl: dict[str, Any], text: str) -> bool:
    """Carry out a difference. Returns False, and leaves the item alone, when it is none of ours."""
    try:
        changed = bounded_json.loads(text)
    except bounded_json.UnreadableJson:
        return False
    if not isinstance(changed, dict) or not isinstance(changed.get("set", {}), dict):
        return False
    for name in changed.get("unset", []):
        csl.pop(name, None)
    csl.update(changed.get("set", {}))
    return True


def _is_same(one: Any, other: Any) -> bool:
    # 1, 1.0 and True are equal in Python and different in JSON.
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _without_braces(found: re.Match[str]) -> str:
    return found[0].replace("{", "\\u007b").replace("}", "\\u007d")
