"""The one page of all steps: a form is shown, confirmed where that is asked for, and taken, or comes back as typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles.models.person import AnyUser, Person, signed_in
from reviews import workflow
from reviews.record.signatures import WrongPassword
from reviews.web.forms import StepForm
from reviews.workflow import ArticleMoved, Refused

Facts = dict[str, Any]
Messages = list[tuple[int, str]]


@dataclass
class Attempt:
    """One request to take a step: what was found at its address, the form as it is filled in, what the page shows."""

    step: "StepPage"
    request: HttpRequest
    found: Any
    form: Any = field(init=False)  # of the step's own class
    facts: Facts = field(default_factory=dict)
    # Why nothing was done, when something happened since the person opened the page.
    moved: ArticleMoved | None = None
    # Whether the page shows what the step would do, and asks to confirm it.
    is_preview: bool = False
    # What the verb returned.
    outcome: Any = None

    @property
    def user(self) -> Person:
        return signed_in(self.request.user)


class Subject:
    """What steps are taken on, as their page knows it: how it is found, what stands around the form, where it leads."""

    # The part of the address before the number; the admin gives some subjects an address of its own.
    address = ""
    methods: tuple[str, ...] = ("GET", "HEAD", "POST")
    stylesheet = ""
    refusal: Any = _("You may not take this step.")
    # Whether the rule is asked before anything else. Otherwise the verb asks, which tells first what has happened.
    asks_first = True

    def load(self, request: HttpRequest, pk: int | None) -> Any:
        """Return what the steps are taken on. Raises `Http404`, or `PermissionDenied` for who has no say in it."""
        raise NotImplementedError

    def judged(self, found: Any) -> Any:
        """Return what the rule of the workflow's table speaks of."""
        return found

    def options(self, attempt: Attempt) -> Facts:
        """Return what every form on this subject is made with."""
        return {}

    def initial(self, attempt: Attempt) -> Facts:
        """Return what every form on this subject begins with."""
        return {}

    def frame(self, attempt: Attempt) -> Facts:
        """Return what stands around the form: `path` to the page, `kicker` over its heading, `back` under the form."""
        return {}

    def leads_to(self, attempt: Attempt) -> str:
        """Return where the person is led after the step."""
        raise NotImplementedError

    def respond(self, attempt: Attempt, status: int) -> HttpResponse:
        """Return the page of the form, as it is filled in."""
        return _page(attempt, status)


def ticked(attempt: Attempt) -> bool:
    return attempt.form.cleaned_data["confirmed"]


@dataclass(frozen=True)
class Confirmation:
    """What a step would do is shown before it is taken: by the first sending, whose `button` says so."""

    button: Any
    shows: Callable[[Attempt], Facts] = lambda attempt: {}
    is_given: Callable[[Attempt], bool] = ticked
    style: str = ""


@dataclass(frozen=True)
class StepPage:
    """One step as data. What is not given follows from the workflow's table: its label, and who may take it."""

    verb: str
    subject: Subject
    form: type[StepForm]
    act: Callable[..., Any]
    # What is true afterwards, in a sentence; or a function of the attempt and of what the verb returned.
    done: Any
    # Button and label are words, or functions of the attempt. The label is the page's title; the heading says more.
    button: Any = ""
    style: str = "primary"
    label: Any = ""
    heading: Any = ""
    help: Any = ""
    # Templates: what stands above the form, and the form itself.
    part: str = ""
    form_part: str = "reviews/_step_form.html"
    is_wide: bool = False
    may: Callable[[Any, Any], bool] | None = None
    refusal: Any = ""
    # What the verb is given: what it works on, picked by what was found and by the form's values, and these values.
    of: Callable[[Any, Facts], Any] = lambda found, values: found
    values: Callable[[Attempt], Facts] = lambda attempt: attempt.form.values()
    # What the page shows whatever is typed, known before the form is made; what the form is made and begins with; and
    # what the page shows of the form as it is filled in.
    facts: Callable[[Attempt], Facts] = lambda attempt: {}
    options: Callable[[Attempt], Facts] = lambda attempt: {}
    initial: Callable[[Attempt], Facts] = lambda attempt: {}
    shows: Callable[[Attempt], Facts] = lambda attempt: {}
    # Raises `ArticleMoved` for a form that was filled in beside words that are not the present ones.
    compare: Callable[[Attempt], None] = lambda attempt: None
    confirmation: Confirmation | None = None
    leads_to: Callable[[Attempt], str] | None = None
    # Whether the step makes sense now, and whether its page has a form.
    fits: Callable[[Any], bool] = lambda found: True
    has_form: Callable[[Attempt], bool] = lambda attempt: True

    @property
    def title(self) -> Any:
        return self.label or workflow.TRANSITIONS[self.verb].label

    @property
    def place(self) -> str:
        """Return the end of the address."""
        return self.verb.replace("_", "-")

    @property
    def address(self) -> str:
        return f"{self.subject.address}/<int:pk>/{self.place}/"

    def is_open_to(self, user: AnyUser, found: Any) -> bool:
        """Say whether a person may take the step."""
        rule = self.may or workflow.TRANSITIONS[self.verb].allowed
        return rule(user, found if self.may else self.subject.judged(found))


def view_of(step: StepPage) -> Callable[..., HttpResponse]:
    """Return the view of a step, to stand at an address."""

    @require_http_methods(list(step.subject.methods))
    def view(request: HttpRequest, pk: int | None = None) -> HttpResponse:
        return answer(step, request, pk)

    view.__name__ = step.verb
    return view


def answer(step: StepPage, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show a step's form, or take the step; a refused one comes back with what was typed."""
    attempt = _begin(step, request, pk)
    if request.method != "POST" or "back" in request.POST:
        return step.subject.respond(attempt, 200)
    return _take(attempt)


def _begin(step: StepPage, request: HttpRequest, pk: int | None) -> Attempt:
    attempt = Attempt(step, request, step.subject.load(request, pk))
    if step.subject.asks_first:
        _guard(attempt)
    attempt.facts = step.facts(attempt)
    initial = step.subject.initial(attempt) | step.initial(attempt)
    options = step.subject.options(attempt) | step.options(attempt)
    attempt.form = step.form(request.POST if request.method == "POST" else None, initial=initial, **options)
    return attempt


def _guard(attempt: Attempt) -> None:
    step = attempt.step
    if not step.is_open_to(attempt.user, attempt.found):
        raise PermissionDenied(step.refusal or step.subject.refusal)


def _take(attempt: Attempt) -> HttpResponse:
    step, respond = attempt.step, attempt.step.subject.respond
    try:
        step.compare(attempt)
        if not attempt.form.is_valid():
            # Whoever may not take a step is not told how to fill in its form.
            _guard(attempt)
            return respond(attempt, 422)
        attempt.is_preview = step.confirmation is not None
        if step.confirmation is not None and not step.confirmation.is_given(attempt):
            return respond(attempt, 200)
        attempt.outcome = _act(attempt)
    except ArticleMoved as moved:
        attempt.moved = moved
        return respond(attempt, 409)
    except (Refused, WrongPassword) as refused:
        attempt.form.add_error("password" if isinstance(refused, WrongPassword) else None, str(refused))
        return respond(attempt, 422)
    _say(attempt)
    return redirect((step.leads_to or step.subject.leads_to)(attempt))


def _act(attempt: Attempt) -> Any:
    values = dict(attempt.step.values(attempt))
    return attempt.step.act(attempt.step.of(attempt.found, values), by=attempt.user, **values)


def _say(attempt: Attempt) -> None:
    """Tell the person what is now true: in one sentence, or in several of different weight."""
    done = attempt.step.done
    said: str | Messages = done(attempt, attempt.outcome) if callable(done) else done
    for level, words in said if isinstance(said, list) else [(messages.SUCCESS, said)]:
        messages.add_message(attempt.request, level, words)


def _page(attempt: Attempt, status: int) -> TemplateResponse:
    step, confirmation = attempt.step, attempt.step.confirmation
    shown = attempt.facts | step.shows(attempt)
    button, style = _words(step.button, attempt), step.style
    if confirmation is not None and attempt.is_preview:
        shown |= confirmation.shows(attempt)
    elif confirmation is not None:
        button, style = confirmation.button, confirmation.style
    title = _words(step.title, attempt)
    page = {"step": step, "title": title, "heading": step.heading or title}
    page |= {"found": attempt.found, "shown": shown, "is_preview": attempt.is_preview}
    form = {"form": attempt.form if step.has_form(attempt) else None, "label": button, "style": style}
    context = admin.site.each_context(attempt.request) | shown | page | form | {"action": attempt.request.path}
    context |= step.subject.frame(attempt)
    return TemplateResponse(attempt.request, "reviews/step.html", context, status=status)


def _words(given: Any, attempt: Attempt) -> Any:
    return given(attempt) if callable(given) else given
