"""What a new site still lacks before its first text can be approved: who does it, where, and what is done already."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.backends import ModelBackend
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Topic
from articles.models.person import Person
from reviews.models import EditorialPolicy
from reviews.policies import effects, placeholders


@dataclass(frozen=True)
class Step:
    """One step. `url` is empty where the person may not take it; `who` then says who may."""

    label: str
    note: str
    is_done: bool
    url: str
    who: str


def of_person(user: Person, today: date) -> list[Step]:
    """Return the first steps for whoever adds people, done ones too; nothing once all are done."""
    if not user.has_perm("accounts.add_user"):
        return []
    policy = EditorialPolicy.objects.current()
    steps = [*_own_name(user), _people(user), _board(user, policy, today), _topics(user), *_policy(user, policy)]
    return steps if any(not step.is_done for step in steps) else []


def _step(user: Person, label: str, note: str, is_done: bool, *, page: str, permission: str, who: str) -> Step:
    url = reverse(page) if user.has_perm(permission) else ""
    return Step(label, note, is_done, url, "" if url else who)


def _own_name(user: Person) -> list[Step]:
    """A script that made the first person may have known no name."""
    if user.name and user.name != user.email:
        return []
    note = _("The record shows your email address instead of your name.")
    return [Step(_("Enter your name"), note, False, reverse("admin:accounts_user_change", args=[user.pk]), "")]


def _people(user: Person) -> Step:
    has = ModelBackend().with_perm
    has_editor = has("reviews.triage_review", include_superusers=False).exists()
    # Editors may write too; the text and its review still need two people.
    has_two = has("articles.add_article", include_superusers=False).count() > 1
    return _step(
        user,
        _("Add authors and editors"),
        _("At least one person who writes, and one who leads the review."),
        has_editor and has_two,
        page="admin:accounts_user_add",
        permission="accounts.add_user",
        who="",
    )


def _board(user: Person, policy: EditorialPolicy, today: date) -> Step:
    board = effects.of_members(policy, today)
    words = ngettext(
        "The policy requires %(needed)s signature; %(here)s of the board can sign.",
        "The policy requires %(needed)s signatures; %(here)s of the board can sign.",
        board.most_signers,
    )
    return _step(
        user,
        _("Invite the Medical Advisory Board"),
        words % {"here": board.count, "needed": board.most_signers},
        not board.is_too_few,
        page="admin:reviews_boardmember_add",
        permission="reviews.add_boardmember",
        who=_("An administrator does this."),
    )


def _topics(user: Person) -> Step:
    return _step(
        user,
        _("Add the topics you write about"),
        _("With the specialties that must sign for each."),
        Topic.objects.exists(),
        page="admin:articles_topic_add",
        permission="articles.add_topic",
        who=_("An editor does this."),
    )


def _policy(user: Person, policy: EditorialPolicy) -> list[Step]:
    named = {
        "page": "admin:reviews_editorialpolicy_adopt",
        "permission": "reviews.add_editorialpolicy",
        "who": _("An editor does this."),
    }
    wording = _("The disclaimers, cautions and rules for readers and reviewers. A draft is included with the site.")
    person = _("This person is named on the policy page and on every text.")
    return [
        _step(user, _("Adopt the editorial policy"), wording, not placeholders.is_as_shipped(policy), **named),
        _step(
            user,
            _("Name the person who is editorially responsible"),
            person,
            not placeholders.names_nobody(policy),
            **named,
        ),
    ]
