"""What every walk begins with, made once: ten people, a policy, a draft that cites a source, and two other texts."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from articles.models import Article
from reviews.models import BoardMember, EditorialPolicy
from reviews.people import departures
from tests import factories
from tests.reviews.workflow.workflow_model import SECTIONS, TEXTS, Person, Rules

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
BOARD = ("ann", "ben", "cat", "dan", "wren", "gus")
PLAIN = "Take what you were given."


def people() -> dict[str, Person]:
    return {
        "author": Person("author", is_author=True),
        "editor": Person("editor", is_editor=True),
        "root": Person("root", is_editor=True),
        "reader": Person("reader"),
        "ann": Person("ann", specialty="Neurology"),
        "ben": Person("ben", specialty="Neurology"),
        "cat": Person("cat", specialty="Cardiology"),
        "dan": Person("dan", specialty="Neurology", licensed_until=START.date() + timedelta(60)),
        "wren": Person("wren", specialty="Cardiology", is_editor=True),
        "gus": Person("gus", specialty="Cardiology", is_guest=True),
    }


class Stage:
    """`cast` are the people's keys by name; `successor` is a text that readers can open, `pending` one they cannot."""

    def __init__(self, *, shows_pending: bool, is_published: bool) -> None:
        self.is_published = is_published
        with time_machine.travel(START - timedelta(days=1), tick=False):
            users = self._people()
            self.cast = {name: user.pk for name, user in users.items()}
            version = factories.policy(shows_pending=shows_pending).version
            self.rules = Rules(version, shows_pending=shows_pending)
            self.source = factories.source()
            self.article = self._draft(users["author"])
            self.pending = factories.submitted(factories.article()).article
            self.successor = self._published()

    def _people(self) -> dict[str, Any]:
        users = {
            "author": factories.user("Author"),
            "editor": factories.user("Editor"),
            "root": factories.user(is_superuser=True),
            "reader": factories.user(),
        }
        for name in BOARD:
            users[name] = self._member(people()[name])
        factories.make_editor(users["wren"])
        return users

    def _member(self, person: Person) -> Any:
        facts: dict[str, Any] = {"specialties": (person.specialty,), "is_guest": person.is_guest}
        if person.licensed_until != date.max:
            facts["licence_expires"] = person.licensed_until
        if person.is_guest:
            facts |= {"verified_by": factories.user("Editor"), "verified_at": timezone.now()}
        return factories.board_member(person.name, **facts).user

    def _draft(self, author: Any) -> Article:
        sections = [{"heading": f"Part {number}", "professional": TEXTS[number], "plain": PLAIN} for number in SECTIONS]
        citations = [
            {"key": "first", "source": self.source},
            {"key": "second", "source": factories.source("Another")},
            {"key": "third", "source": None},
        ]
        return factories.article(by=author, sections=sections, citations=citations)

    def _published(self) -> Article:
        """Return a text approved by members who have left the board since: the walk's own board is small."""
        review = factories.approved(review=factories.submitted(factories.article()))
        administrator = factories.user("Administrator")
        for member in BoardMember.objects.filter(assignments__review=review):
            departures.deactivate(member, by=administrator, reason="The walk's own board is small.")
        return review.article


def policy(rules: Rules) -> EditorialPolicy:
    """Adopt a version of the policy that says what the model's rules say."""
    return factories.policy(
        quorum={"moderate": rules.quorum},
        quorum_by_reason={"correction": rules.for_corrections} if rules.for_corrections else {},
        specialty_required=rules.needs_specialty,
        admits_missing_specialty=rules.admits_missing,
        waits_for_all=rules.waits_for_all,
        second_review_hours=rules.second_review_hours,
        rereview_months={"moderate": rules.months},
        noindex_after_days=rules.noindex_after,
        hide_after_days=rules.hide_after,
        binds_open_reviews=rules.binds_open,
        binds_published=rules.binds_published,
    )
