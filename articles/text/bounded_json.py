"""JSON that came from outside, read within bounds: nesting, numbers, names that come twice, halves of characters."""

import json
import math
import re
from typing import Any

from articles.text.messages import Refusal
from articles.text.messages import gettext_noop as _

# An item of a library nests five deep; reading, copying and printing what was read is recursive.
MAX_NESTING = 30
_MAX_DIGITS = 40
_MARK = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|$)|[\[\]{}]', re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")


class UnreadableJson(Refusal):
    """A text that is no JSON, or more of it than is read here; its message is a sentence for the person."""


def loads(text: str) -> Any:
    """Return what a JSON text says. Halves of characters become U+FFFD; raises `UnreadableJson`.

    The nesting is counted before anything is parsed, in time linear in the text.
    """
    _check_nesting(text)
    try:
        read = json.loads(
            text, parse_constant=_no_constant, parse_int=_whole, parse_float=_fraction, object_pairs_hook=_named_once
        )
    except json.JSONDecodeError as error:
        raise UnreadableJson(
            _("This is no JSON: something is wrong at line %(line)d, character %(column)d.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    return _with_whole_characters(read)


def _check_nesting(text: str) -> None:
    depth = 0
    for found in _MARK.finditer(text):
        mark = found[0]
        if mark in "[{":
            depth += 1
            if depth > MAX_NESTING:
                raise UnreadableJson(
                    _("This JSON is nested more than %(most)d deep. No record of a source needs that.")
                    % {"most": MAX_NESTING}
                )
        elif mark in "]}":
            depth -= 1


def _no_constant(name: str) -> Any:
    raise UnreadableJson(_("%(name)s is no number in JSON.") % {"name": name})


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise UnreadableJson(
            _("A number has %(count)d digits; %(limit)d are allowed.") % {"count": len(digits), "limit": _MAX_DIGITS}
        )
    return int(digits)


def _fraction(written: str) -> float:
    number = float(written) if len(written) <= _MAX_DIGITS else math.inf
    if math.isinf(number):
        raise UnreadableJson(_("The number %(number)s cannot be kept exactly.") % {"number": written[:_MAX_DIGITS]})
    return number


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _value in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise UnreadableJson(_("“%(name)s” stands twice in one object.") % {"name": twice[:80]})
    return read


def _with_whole_characters(value: Any) -> Any:
    """Replace halves of characters, which no database keeps, by U+FFFD. Recursive within `MAX_NESTING`."""
    if isinstance(value, str):
        return value if value.isascii() else _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [_with_whole_characters(one) for one in value]
    if isinstance(value, dict):
        return {_with_whole_characters(name): _with_whole_characters(one) for name, one in value.items()}
    return value
