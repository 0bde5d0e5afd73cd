"""Which sources are looked up when: by the risk of what cites them, the longest waiting first, so many a run."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Source
from reviews import tasks
from reviews.alerts import source_watch
from reviews.models import Review
from tests import factories
from tests.reviews import steps

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def signers():
    return [factories.board_member("Ann"), factories.board_member("Ben")]


@pytest.fixture
def look_up(monkeypatch, settings):
    """Switch look-ups on, with a stand-in for what asks the services; return the sources it was asked about."""
    settings.LOOKUPS_ENABLED = True
    asked = []

    def check(source, *, at):
        asked.append(source)
        source.checked_at = at
        source.save()

    monkeypatch.setattr(source_watch.source_updates, "check", check)
    return asked


def cited(signers, *, risk="low", days=None, **fields):
    """Return a source that one approved text of a risk class cites, looked up so many days ago or never."""
    source = factories.source(**fields)
    draft = factories.article(
        risk=risk, citations=[{"key": "first", "source": source}, {"key": "second", "source": source}]
    )
    factories.approved(*signers[: 1 if risk == "low" else 2], review=factories.submitted(draft))
    return looked_up(source, days)


def looked_up(source, days):
    """Return a source that was looked up so many days ago: -1 is tomorrow."""
    source.checked_at = None if days is None else timezone.now() - timedelta(days=days)
    source.save()
    return source


def due():
    return list(source_watch.due(timezone.now()))


@pytest.mark.parametrize(
    ("risk", "days", "is_due"),
    [
        ("high", None, True),
        ("high", 6, False),
        ("high", 7, True),
        ("moderate", 29, False),
        ("moderate", 30, True),
        ("low", 89, False),
        ("low", 90, True),
    ],
)
def test_source_is_due_by_the_risk_of_what_cites_it(signers, risk, days, is_due):
    source = cited(signers, risk=risk, days=days)

    assert due() == ([source] if is_due else [])


def test_highest_risk_of_all_texts_decides(signers):
    source = cited(signers, risk="low", days=10)
    draft = factories.article(
        risk="high", citations=[{"key": "first", "source": source}, {"key": "second", "source": source}]
    )
    factories.approved(*signers, review=factories.submitted(draft))

    assert due() == [source]


def test_highest_risk_decides_also_where_it_is_watched_less_often(signers):
    factories.policy(watch_days={"low": 5, "moderate": 5, "high": 20})
    source = cited(signers, risk="low", days=10)
    draft = factories.article(
        risk="high", citations=[{"key": "first", "source": source}, {"key": "second", "source": source}]
    )
    factories.approved(*signers, review=factories.submitted(draft))

    assert due() == []


def test_policy_in_force_says_how_often(signers):
    source = cited(signers, days=10)
    assert due() == []

    factories.policy(watch_days={"low": 10, "moderate": 10, "high": 10})

    assert due() == [source]


def test_what_was_never_looked_up_goes_first_then_the_oldest(signers):
    old, never, older = (cited(signers, days=days) for days in (100, None, 200))

    assert due() == [never, older, old]


@pytest.mark.parametrize(
    "identifiers",
    [{"doi": "10.5555/known"}, {"doi": "", "pmid": "123456"}, {"doi": "", "kind": "drug_label"}],
)
def test_source_with_an_identifier_is_watched(signers, identifiers):
    if identifiers.get("kind") == "drug_label":
        identifiers |= {"set_id": "0f3c8d9e-1a2b-4c3d-8e9f-0a1b2c3d4e5f", "label_version": "7"}

    source = cited(signers, **identifiers)

    assert due() == [source]


def test_source_that_no_service_can_know_is_not_watched(signers):
    cited(signers, doi="")

    assert due() == []


def test_sources_of_drafts_pending_texts_and_retracted_pages_are_not_watched(signers):
    factories.article()
    factories.submitted(factories.article())
    gone = cited(signers)
    steps.retract(Review.objects.get(revision__sources=gone).article, factories.user("Editor"))

    assert due() == []


def test_source_of_a_suspended_text_is_watched(signers):
    source = cited(signers)
    steps.suspend(Review.objects.get(revision__sources=source).article, factories.user("Editor"))

    assert due() == [source]


def test_of_a_merged_duplicate_the_source_that_stayed_is_watched(signers):
    duplicate, stayed = cited(signers), factories.source("The one that stayed")
    duplicate.merged_into = stayed
    duplicate.save()

    assert due() == [stayed]


def test_watch_looks_up_what_is_due_once(signers, look_up):
    first, second = cited(signers), cited(signers, days=100)
    cited(signers, days=1)

    assert tasks.watch_sources() == 2
    assert tasks.watch_sources() == 0

    assert look_up == [first, second]


def test_watch_takes_a_bounded_number_a_run(signers, look_up):
    for _ in range(3):
        cited(signers)

    assert source_watch.watch(timezone.now(), most=2) == 2
    assert source_watch.watch(timezone.now(), most=2) == 1

    assert len(set(look_up)) == 3


def test_watch_tells_at_once_of_what_was_found(signers, monkeypatch, settings):
    settings.LOOKUPS_ENABLED = True
    source = cited(signers)
    monkeypatch.setattr(
        source_watch.source_updates, "check", lambda source, *, at: factories.source_update(looked_up(source, -1))
    )

    tasks.watch_sources()

    assert Review.objects.open().get().reason == "source_alert"
    assert Source.objects.get(pk=source.pk).status == "retracted"


def test_one_that_cannot_be_looked_up_keeps_no_other_from_it(signers, monkeypatch, settings):
    settings.LOOKUPS_ENABLED = True
    first, second = cited(signers), cited(signers)
    asked = []

    def check(source, *, at):
        asked.append(source)
        if source == first:
            raise ConnectionError("The service does not answer.")
        looked_up(source, -1)

    monkeypatch.setattr(source_watch.source_updates, "check", check)

    assert tasks.watch_sources() == 1
    assert asked == [first, second]
    tasks.watch_sources()
    assert asked == [first, second]


def test_one_that_nobody_answered_for_is_asked_again_hours_later_and_keeps_no_other_waiting(
    signers, monkeypatch, settings
):
    settings.LOOKUPS_ENABLED = True
    silent, other = cited(signers), cited(signers)
    asked = []

    def check(source, *, at):
        asked.append(source)

    monkeypatch.setattr(source_watch.source_updates, "check", check)
    for _ in range(3):
        source_watch.watch(timezone.now(), most=1)
    assert asked == [silent, other]

    with monkeypatch.context() as patch:
        patch.setattr(source_watch.cache, "get_many", lambda keys: {})
        source_watch.watch(timezone.now(), most=1)

    assert asked == [silent, other, silent]


def test_watch_that_is_switched_off_asks_nobody(signers, look_up, settings):
    cited(signers)
    settings.LOOKUPS_ENABLED = False

    assert tasks.watch_sources() == 0
    assert look_up == []


def test_clock_watches_and_tells(settings):
    assert settings.CLOCK["reviews.tasks.watch_sources"] == 60 * 60
    assert settings.CLOCK["reviews.tasks.tell_of_sources"] <= 5 * 60
    assert tasks.source_alerts.tell_all in tasks.UNFINISHED
