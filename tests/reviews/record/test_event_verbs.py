"""A verb that a place does not know is refused there: nothing is recorded, made of it, or passed over in silence."""

import pytest
from django.utils import timezone

from reviews import notifications
from reviews.models import Event
from reviews.record import event_chain, publishing
from reviews.record.event_verbs import UnknownVerb
from reviews.workflow.step import take
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("chain", "verb"), [("site", "submit"), ("site", "wind_clock"), ("article:1", "adopt_policy")])
def test_verb_that_is_none_of_its_chain_is_not_recorded(chain, verb):
    before = Event.objects.count()

    with pytest.raises(UnknownVerb, match=verb):
        event_chain.append(event_chain.Chain(chain, 0, ""), verb, actor=None, data={}, at=timezone.now())

    assert Event.objects.count() == before


@pytest.mark.parametrize("is_published", [True, False])
def test_verb_that_the_fold_does_not_know_stops_it(is_published):
    events = list(Event.objects.of_article(factories.submitted().article_id)) if is_published else []

    with pytest.raises(UnknownVerb, match="wind_clock"):
        publishing.fold([*events, Event(verb="wind_clock", chain="article:1", sequence=2, at=timezone.now(), data={})])


def test_verb_that_is_neither_told_nor_left_out_is_refused():
    with pytest.raises(UnknownVerb, match="wind_clock"):
        notifications.of_event(Event(verb="wind_clock", chain="site", sequence=1, at=timezone.now(), data={}))


def test_step_of_an_unknown_verb_leaves_nothing():
    review = factories.submitted()
    before = Event.objects.count()

    with pytest.raises(UnknownVerb, match="wind_clock"), take("wind_clock", review.article_id, by=None) as step:
        step.move("recalled")

    review.refresh_from_db()
    assert review.state == "submitted"
    assert Event.objects.count() == before
