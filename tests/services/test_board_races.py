"""Policy and board at the same moment on PostgreSQL: two adoptions, two invitations, tasks that run twice at once."""

import pytest

from articles.models import Specialty
from reviews.models import BoardMember, EditorialPolicy, Event
from reviews.people import invitations, voidings
from reviews.policies import adoption, policy_text, reach
from tests import factories
from tests.services import test_races
from tests.services.test_races import at_once, race

pytestmark = test_races.pytestmark
_postgresql = test_races._postgresql


@pytest.fixture
def editor():
    return factories.user("Editor")


def like(current, **changes):
    kept = {name: getattr(current, name) for name in policy_text.FIELDS}
    return EditorialPolicy(**{**kept, "change_note": "A race.", **changes})


def test_two_adoptions(editor, monkeypatch):
    monkeypatch.setattr(test_races, "REFUSALS", (adoption.PolicyMoved,))

    def prepare():
        current = EditorialPolicy.objects.current()
        mine = like(current, due_days=100 + current.version)
        other = like(current, due_days=1000 + current.version)
        return [
            lambda: adoption.adopt(mine, by=editor, seen=current.version),
            lambda: adoption.adopt(other, by=editor, seen=current.version),
        ]

    ended = race(prepare)

    assert set(ended) <= {("done", "PolicyMoved"), ("PolicyMoved", "done")}
    assert EditorialPolicy.objects.current().version == 1 + test_races.TIMES
    assert Event.objects.filter(verb="adopt_policy").count() == 1 + test_races.TIMES


def test_two_invitations_of_one_person():
    administrator, numbers = factories.user("Administrator"), iter(range(1000))
    specialty = Specialty.objects.create(name="Neurology")

    def prepare():
        email = f"asked{next(numbers)}@example.org"

        def invite():
            invitations.invite(
                by=administrator,
                email=email,
                name="Nora",
                credentials="MD",
                specialties=[specialty],
                is_guest=False,
                reason="Asked.",
            )

        return [invite, invite]

    ended = race(prepare)

    assert set(ended) <= {("done", "Refused"), ("Refused", "done")}
    assert BoardMember.objects.count() == test_races.TIMES


def test_binding_that_runs_twice_at_once(editor):
    articles = [factories.submitted().article for _text in range(20)]
    adoption.adopt(like(EditorialPolicy.objects.current(), due_days=9, binds_open_reviews=True), by=editor, seen=1)

    at_once(reach.carry_out, reach.carry_out)

    assert not reach.unfinished()
    assert Event.objects.filter(verb="bind_policy").count() == len(articles)


def test_voiding_that_runs_twice_at_once(editor):
    ann = factories.board_member("Ann")
    articles = [factories.approved(ann, review=factories.submitted(risk="low")).article for _text in range(10)]
    row = voidings.find(
        ann,
        by=editor,
        ground="false",
        since=ann.user.joined_at.date(),
        public_ground="The licence is not in the register",
        reason="The register has no such number.",
    )

    at_once(voidings.carry_out, voidings.carry_out)

    assert (voidings.done(row), voidings.left(row)) == (len(articles), 0)
    assert Event.objects.filter(verb="void").count() == len(articles)
