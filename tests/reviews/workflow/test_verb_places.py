"""Every verb is known in every place that has to know it, or the place says with a reason that it need not be.

The places are those of docs/workflow.md, "Adding a verb"; each is read from the code that runs.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from reviews import notifications, web, workflow
from reviews.record import event_sentences, event_verbs, publishing, withholding
from reviews.web import forms
from reviews.workflow import conflicts, transitions
from tests import access_table, promises
from tests.reviews.workflow import desk_pages

ROOMS = ("reviews", "cms/accounts")
# The functions that put an event on a record, with the place of the verb among their arguments.
_WRITERS = {
    "take": 0,
    "event_chain.append": 1,
    "of_member": 0,
    "members.of_member": 0,
    "put": 0,
    "account_record.put": 0,
}


@dataclass(frozen=True)
class Place:
    """A place: the verbs it has to know, those it knows, and those of which it says why it need not know them.

    What an `is_exact` place knows has to be a verb of these; the others know more.
    """

    needed: Callable[[], set[str]]
    known: Callable[[], set[str]]
    excused: Callable[[], Mapping[str, str]] = dict
    is_exact: bool = True

    def faults(self, name: str) -> list[str]:
        """Return what was forgotten here, and what does not hold any more."""
        needed, known, excused = self.needed(), self.known(), self.excused()
        found = {
            "is not known, and nothing says that it need not be": needed - known - set(excused),
            "is said not to be needed, and yet is known": known & set(excused),
            "is said not to be needed, and is no verb": set(excused) - needed,
            "is said not to be needed, without a reason": {verb for verb, reason in excused.items() if not reason},
            "is known, and is no verb": known - needed if self.is_exact else set(),
        }
        return [f"{name}: `{verb}` {problem}" for problem, verbs in found.items() for verb in sorted(verbs)]


def _table() -> set[str]:
    return set(workflow.TRANSITIONS)


def _on_article() -> set[str]:
    return set(event_verbs.ON_ARTICLE)


def _on_page() -> set[str]:
    return {verb for verb, transition in workflow.TRANSITIONS.items() if transition.on == "page"}


def _every() -> set[str]:
    return set(event_verbs.ON_ARTICLE | event_verbs.ON_SITE)


def _written() -> set[str]:
    """Return the verbs that stand in the calls which put an event on a record."""
    return {verb for tree in _writers() for call in _writing(tree) for verb in _words(_verb_of(call))}


def _named_by_writers() -> set[str]:
    """Return every word of the modules that put events on a record: a verb may stand in a constant, or be chosen."""
    return {word for tree in _writers() for word in _words(tree)}


@cache
def _writers() -> list[ast.Module]:
    paths = (path for room in ROOMS for path in Path(settings.BASE_DIR, room).rglob("*.py"))
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    return [tree for tree in trees if _writing(tree)]


def _writing(tree: ast.Module) -> list[ast.Call]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if ast.unparse(call.func) in _WRITERS]


def _verb_of(call: ast.Call) -> ast.AST:
    return call.args[_WRITERS[ast.unparse(call.func)]]


def _words(tree: ast.AST) -> set[str]:
    return {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def _functions() -> set[str]:
    return {name for name in workflow.__all__ if callable(getattr(workflow, name, None))}


def _forms() -> set[str]:
    return {getattr(forms, name).verb for name in forms.__all__} - {forms.StepForm.verb}


def _addresses() -> dict[str, URLPattern]:
    """Return the review's patterns by name."""
    return {pattern.name: pattern for pattern in _patterns(get_resolver().url_patterns) if pattern.name}


def _patterns(patterns: list[Any], *, is_ours: bool = False) -> list[URLPattern]:
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += _patterns(one.url_patterns, is_ours=is_ours or one.namespace == "reviews")
        elif is_ours:
            found.append(one)
    return found


def _addressed() -> set[str]:
    """Return the names of addresses that end with their own name, as those of steps do."""
    named = _addresses().items()
    return {name for name, one in named if str(one.pattern).endswith(f"/{name.replace('_', '-')}/")}


def _posted_to() -> set[str]:
    """Return the names that take a POST, by the table of access that is tried against the site."""
    rows = [row for row in access_table.ROWS if row.method == "POST" and "405" not in row.outcomes]
    return {row.name.removeprefix("reviews:") for row in rows}


def _document() -> str:
    return Path(settings.BASE_DIR, "docs", "workflow.md").read_text(encoding="utf-8")


def _documented() -> set[str]:
    lines = _document().split("## Adding a verb")[0].splitlines()
    return {line.split("`")[1] for line in lines if line.startswith("| `")}


PLACES = {
    "record": Place(_written, _every, is_exact=False),
    "table": Place(_on_article, _table, lambda: transitions.OUTSIDE_THE_TABLE),
    "function": Place(_on_article, _functions, lambda: workflow.NOT_STEPS, is_exact=False),
    "fold": Place(_on_article, lambda: set(publishing._STEPS), lambda: publishing.CHANGES_NO_PAGE),
    "withholding": Place(_on_page, lambda: set(withholding.STEPS), lambda: withholding.HIDES_NOTHING),
    "conflicts": Place(_on_article, lambda: set(conflicts.WEIGHTS)),
    "event sentences": Place(_every, lambda: set(event_sentences._SENTENCES)),
    "mail": Place(_every, lambda: set(notifications._NOTIFY), lambda: notifications.NOTIFIES_NOBODY),
    "form": Place(_on_article, _forms, lambda: web.OFFERED_TO_NOBODY),
    "address": Place(_on_article, _addressed, lambda: web.OFFERED_TO_NOBODY, is_exact=False),
    "view": Place(_on_article, _posted_to, lambda: web.OFFERED_TO_NOBODY, is_exact=False),
    "desk": Place(_on_article, desk_pages.offered, lambda: web.OFFERED_TO_NOBODY, is_exact=False),
    "promises": Place(_table, promises.verbs, lambda: promises.TOLD_UNDER, is_exact=False),
    "document": Place(_on_article, _documented),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PLACES)
def test_no_verb_is_forgotten_in(name):
    assert PLACES[name].faults(name) == []


def test_no_verb_is_declared_that_nothing_writes():
    assert _every() - _named_by_writers() == set()


# --- The test bites: a row taken out of any one place is named ---


def _take_from(module: ModuleType, name: str) -> Callable[[pytest.MonkeyPatch, str], None]:
    # A copy: a row put back would stand at the end, and the order of a table is that of the buttons.
    return lambda patch, verb: patch.setattr(module, name, _without(getattr(module, name), verb))


def _without(table: Mapping[str, Any], verb: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != verb}


def _take_from_record(patch: pytest.MonkeyPatch, verb: str) -> None:
    for name in ("ON_ARTICLE", "ON_SITE"):
        patch.setattr(event_verbs, name, getattr(event_verbs, name) - {verb})


def _take_function(patch: pytest.MonkeyPatch, verb: str) -> None:
    patch.delattr(workflow, verb)


def _take_form(patch: pytest.MonkeyPatch, verb: str) -> None:
    patch.setattr(forms, "__all__", [name for name in forms.__all__ if getattr(forms, name).verb != verb])


def _take_address(patch: pytest.MonkeyPatch, verb: str) -> None:
    patch.setattr(_addresses()[verb], "name", None)


def _take_view(patch: pytest.MonkeyPatch, verb: str) -> None:
    rows = [row for row in access_table.ROWS if (row.method, row.name) != ("POST", f"reviews:{verb}")]
    patch.setattr(access_table, "ROWS", rows)


def _take_button(patch: pytest.MonkeyPatch, verb: str) -> None:
    offered = workflow.available_verbs
    patch.setattr(workflow, "available_verbs", lambda *about: [one for one in offered(*about) if one != verb])


def _take_promise(patch: pytest.MonkeyPatch, verb: str) -> None:
    own = {heading: told for heading, told in promises.PROMISES.items() if verb not in heading.replace(" ", "_")}
    patch.setattr(promises, "PROMISES", own)


def _take_line(patch: pytest.MonkeyPatch, verb: str) -> None:
    shorter = "".join(line for line in _document().splitlines(keepends=True) if f"| `{verb}` |" not in line)
    patch.setitem(globals(), "_document", lambda: shorter)


TAKE_OUT = {
    "record": _take_from_record,
    "table": _take_from(workflow, "TRANSITIONS"),
    "function": _take_function,
    "fold": _take_from(publishing, "_STEPS"),
    "withholding": _take_from(withholding, "STEPS"),
    "conflicts": _take_from(conflicts, "WEIGHTS"),
    "event sentences": _take_from(event_sentences, "_SENTENCES"),
    "mail": _take_from(notifications, "_NOTIFY"),
    "form": _take_form,
    "address": _take_address,
    "view": _take_view,
    "desk": _take_button,
    "promises": _take_promise,
    "document": _take_line,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PLACES)
def test_a_verb_taken_out_of_a_place_is_named(name, monkeypatch):
    place = PLACES[name]
    # To look at the pages takes seconds: one button stands for all.
    verbs = ["retire"] if name == "desk" else sorted(place.needed() & place.known())

    for verb in verbs:
        with monkeypatch.context() as patch:
            TAKE_OUT[name](patch, verb)
            found = place.faults(name)

        assert f"{name}: `{verb}` is not known, and nothing says that it need not be" in found


EXCUSES: dict[str, tuple[ModuleType, str]] = {
    "table": (transitions, "OUTSIDE_THE_TABLE"),
    "function": (workflow, "NOT_STEPS"),
    "fold": (publishing, "CHANGES_NO_PAGE"),
    "withholding": (withholding, "HIDES_NOTHING"),
    "mail": (notifications, "NOTIFIES_NOBODY"),
    "form": (web, "OFFERED_TO_NOBODY"),
    "address": (web, "OFFERED_TO_NOBODY"),
    "view": (web, "OFFERED_TO_NOBODY"),
    "promises": (promises, "TOLD_UNDER"),
}


@pytest.mark.parametrize("name", EXCUSES)
def test_a_reason_taken_out_or_out_of_date_is_named(name, monkeypatch):
    module, table = EXCUSES[name]
    excused = getattr(module, table)
    verb = next(iter(excused))
    changed = {"retire": "a reason that does not hold", "wind_clock": "a verb that is none"}

    monkeypatch.setattr(module, table, _without(excused, verb) | changed)

    assert PLACES[name].faults(name) == [
        f"{name}: `{verb}` is not known, and nothing says that it need not be",
        f"{name}: `retire` is said not to be needed, and yet is known",
        f"{name}: `wind_clock` is said not to be needed, and is no verb",
    ]
