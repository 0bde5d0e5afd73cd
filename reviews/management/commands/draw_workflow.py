"""`manage.py draw_workflow`: draw the table of the workflow as docs/workflow.md; `--check` exits 1 when it is stale."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from articles.models import Publication
from reviews.models import Review
from reviews.rules import permissions
from reviews.workflow.transitions import DRAFT, OUTSIDE_THE_TABLE, TRANSITIONS, Transition

# What each rule asks of the person, in words for people who do not read code. A rule without words stops the command.
_WHO: dict[Callable[..., bool], str] = {
    permissions.can_submit: "the author of the text, or an editor",
    permissions.can_recall: "the author of the text when it came from the draft, or an editor",
    permissions.can_triage: "an editor",
    permissions.can_waive: "an editor, never on words of their own",
    permissions.can_rereview: "an editor",
    permissions.can_retract: "an editor",
    permissions.can_accept: "a board member who is invited, or takes it on unasked; never who wrote words of it",
    permissions.can_decline: "a board member who is invited or accepted",
    permissions.can_approve: "a board member who accepted; never who wrote words of it",
    permissions.can_rescind: "the board member who signed",
    permissions.can_request_changes: "a board member who accepted or signed",
    permissions.can_correct: "an editor",
    permissions.can_merge: "an editor",
    permissions.can_suspend: "an editor, or an active member of the board, never a guest reviewer",
    permissions.can_sign_notice: "an active member of the board, licensed, who wrote no words of it",
    permissions.can_retire: "an editor",
}
_PAGE = "page:"
_STATES = {
    DRAFT: "Draft",
    **{str(state): str(state.label) for state in Review.State},
    **{f"{_PAGE}{status}": f"Page {str(status.label).lower()}" for status in Publication.Status},
}

_HEAD = """\
# The workflow

Drawn from `reviews/workflow/transitions.py` by `manage.py draw_workflow`; a test keeps it fresh. What each verb asks
beside state and role is a sentence in `reviews/workflow/`, which the person reads when it stands in the way. The text
of a review that ends approved is the page that readers see; a suspension stays until two people lift it. Where the
policy waits for all, the last answer sends the text back, whichever verb gives it.

"""
_OUTSIDE = """
## Verbs outside the table

They stand on the article's record too, start from no state and lead to none.

| Verb | |
|---|---|
"""
_PLACES = """
## Adding a verb

A verb has to be known in these places, or a table beside the place says with a reason that it need not be.
`tests/reviews/workflow/test_verb_places.py` goes through them and names each that forgot a verb, and each reason that
holds no longer.

| Place | Where | It need not, says |
|---|---|---|
| record | `ON_ARTICLE`, `ON_SITE` in `reviews/record/event_verbs.py` | nobody: what is not there is refused |
| table | `TRANSITIONS` in `reviews/workflow/transitions.py` | `OUTSIDE_THE_TABLE` |
| function | `reviews.workflow.<verb>` | `NOT_STEPS` in `reviews/workflow/__init__.py` |
| fold | `_STEPS` in `reviews/record/publishing.py` | `CHANGES_NO_PAGE` |
| withholding (verbs on a page) | `STEPS` in `reviews/record/withholding.py` | `HIDES_NOTHING` |
| conflicts | `WEIGHTS` in `reviews/workflow/conflicts.py`: in whose way its event stands | nobody |
| event sentences | `_SENTENCES` in `reviews/record/event_sentences.py` | nobody |
| mail | `NOTIFY` in `reviews/notifications/*_messages.py` | `NOTIFIES_NOBODY` in `reviews/notifications/__init__.py` |
| form | `verb` of a form in `reviews/web/forms/` | `OFFERED_TO_NOBODY` in `reviews/web/__init__.py` |
| address and view | `reviews:<verb>`, the verb last: a `StepPage` in `reviews/web/steps/` | `OFFERED_TO_NOBODY` |
| desk | a button or a link on a page that shows the text | `OFFERED_TO_NOBODY` |
| access | a row for the address in `tests/access_table.py` | `OFFERED_TO_NOBODY` |
| promises | `PROMISES` in `tests/promises.py` | `TOLD_UNDER` beside it |
| this document | `manage.py draw_workflow` | nobody |

Verbs of the site's own record (the policy, members, accounts, campaigns) need the record, the event sentences and
the mail. Whatever rows a verb changes it saves with `step.save`, so that its event records how they stand; a table that
is new stands in `TRACKED` of `reviews/record/row_states.py`.
"""


class Command(BaseCommand):
    help = "Write docs/workflow.md from the table of the workflow, or with --check say whether it is fresh."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the file is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR, "docs", "workflow.md")
        drawn = draw()
        if not options["check"]:
            path.write_text(drawn, encoding="utf-8")
            self.stdout.write("Wrote docs/workflow.md.")
        elif not path.exists() or path.read_text(encoding="utf-8") != drawn:
            raise CommandError("docs/workflow.md is stale. Run: manage.py draw_workflow", returncode=1)


def draw() -> str:
    """Return the document: a diagram and a table, both of TRANSITIONS alone, and where else a verb has to be known."""
    outside = "".join(f"| `{verb}` | {reason} |\n" for verb, reason in OUTSIDE_THE_TABLE.items())
    with override("en"):
        return f"{_HEAD}```mermaid\n{_diagram()}```\n\n{_table()}{_OUTSIDE}{outside}{_PLACES}"


def _diagram() -> str:
    moves: dict[tuple[str, str], list[str]] = {}
    for transition in TRANSITIONS.values():
        for source, target, words in _moves(transition):
            moves.setdefault((source, target), []).append(words)
    drawn = {state for move in moves for state in move}
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f"    {_name(state)}: {label}" for state, label in _STATES.items() if state in drawn]
    lines += [
        f"    {_name(source)} --> {_name(target)}: {', '.join(words)}"
        for (source, target), words in sorted(moves.items(), key=lambda move: [_place(one) for one in move[0]])
    ]
    return "".join(f"{line}\n" for line in lines)


def _moves(transition: Transition) -> Iterator[tuple[str, str, str]]:
    """Yield where a verb leads from each state it starts in; one that leads nowhere else stays."""
    label = str(transition.label)
    for source in sorted(transition.sources, key=_place):
        for target, condition in _targets(transition, source):
            yield source, target, f"{label} ({condition})" if condition else label


def _targets(transition: Transition, source: str) -> Iterator[tuple[str, str]]:
    is_page = source.startswith(_PAGE)
    condition = _ONLY_WHEN.get((transition.on, str(transition.page_target)), "")
    if transition.target or not transition.page_target or condition or not is_page:
        yield str(transition.target or source), ""
    if transition.or_target and transition.or_target != source:
        yield str(transition.or_target), _ONLY_WHEN[transition.on, str(transition.or_target)]
    if is_page and transition.page_target and transition.page_target != source:
        yield str(transition.page_target), condition
    if transition.closes and source in Review.OPEN:
        yield str(transition.closes), "another text takes its place"


# When a verb has its other outcome, by what it is on and where it leads. A page that always changes has none.
_ONLY_WHEN = {
    ("draft", Review.State.UNDER_REVIEW): "people at work are carried over",
    ("page", Review.State.UNDER_REVIEW): "people at work are carried over",
    ("review", Review.State.APPROVED): "the last signature needed",
    ("review", Review.State.SUBMITTED): "the last one at work",
    ("review", Review.State.UNDER_REVIEW): "those who waited may begin",
    ("review", Review.State.CHANGES_REQUESTED): "nobody else has to answer",
    ("review", f"{_PAGE}{Publication.Status.SUSPENDED}"): "what readers see is unsafe",
    ("page", f"{_PAGE}{Publication.Status.SUSPENDED}"): "the whole page",
    ("page", f"{_PAGE}{Publication.Status.APPROVED}"): "the second person, the whole page",
}


def _table() -> str:
    lines = ["| Verb | | From | To | Who |", "|---|---|---|---|---|"]
    for verb, transition in TRANSITIONS.items():
        sources = [_STATES[source] for source in sorted(transition.sources, key=_place)]
        cells = [f"`{verb}`", str(transition.label), ", ".join(sources) or "any state", _outcome(transition)]
        clock = ", or the clock" if transition.by_clock else ""
        lines.append(f"| {' | '.join(cells)} | {_WHO[transition.allowed]}{clock} |")
    return "".join(f"{line}\n" for line in lines)


def _outcome(transition: Transition) -> str:
    page = _ONLY_WHEN.get((transition.on, str(transition.page_target)))
    is_certain = transition.page_target is not None and page is None
    told = [_STATES[str(transition.target)] if transition.target else "" if is_certain else "stays"]
    if transition.or_target:
        told.append(_named(transition.or_target, _ONLY_WHEN[transition.on, str(transition.or_target)]))
    if transition.page_target:
        told.append(_named(transition.page_target, page))
    if transition.closes:
        told.append(f"an open review becomes {_STATES[str(transition.closes)]}")
    return "; ".join(filter(None, told))


def _named(state: str, condition: str | None) -> str:
    return f"{_STATES[str(state)]} ({condition})" if condition else _STATES[str(state)]


def _place(state: str) -> int:
    return list(_STATES).index(str(state))


def _name(state: str) -> str:
    return state.replace(":", "_")
