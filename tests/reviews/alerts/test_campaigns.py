from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Article, Publication
from articles.text.rendering import citing_sentences
from reviews import workflow
from reviews.alerts import campaigns
from reviews.alerts.campaigns import Sorting, affected_texts
from reviews.models import Campaign, CampaignItem, Event, Review, Suspension
from reviews.record import event_sentences
from reviews.record.verification import faults
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

RECHECK, SUSPEND, NOT_AFFECTED = "recheck", "suspend", "not_affected"
MONDAY = "2026-11-23T12:00Z"


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


@pytest.fixture
def guideline():
    return factories.source("A guideline that changes")


def published(source, **fields):
    """Return an approved article whose first section cites a source."""
    citations = [{"key": "first", "source": source}, {"key": "second", "source": factories.source()}]
    draft = factories.article(**{"risk": "low", "citations": citations, **fields})
    members = [factories.board_member() for _ in range(1 if draft.risk == "low" else 2)]
    factories.approved(*members, review=factories.submitted(draft))
    return Article.objects.get(pk=draft.pk)


def opened(source, editor, **fields):
    return factories.campaign(source, editor, **fields)


def item_of(campaign, article):
    return campaign.items.get(article=article)


def sort(campaign, articles, decision, editor, *, reason="It says so.", notice=""):
    chosen = campaign.items.filter(article__in=articles).values_list("pk", flat=True)
    return campaigns.sort(campaign, chosen, Sorting(decision, reason, notice), by=editor)


# -- The sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One says so [@a]. Another does not.", ["One says so."]),
        ("Not this. But this. [@a] Nor this [@b].", ["But this."]),
        ("Both say so [@b; @a], and well.", ["Both say so, and well."]),
        ("See Smith et al. Nature agrees [@a].", ["See Smith et al. Nature agrees."]),
        ("- Take **5 mg** [@a]\n- Take 10 mg [@b]", ["Take 5 mg"]),
        ("- Take 5 mg\n  - with food [@a]", ["with food"]),
        ("| Dose | For |\n| --- | --- |\n| 5 mg [@a] | adults |\n| 2 mg | children |", ["5 mg | adults"]),
        ("`[@a]` is how it is written.", []),
        ("Twice [@a].\n\nTwice [@a].", ["Twice."]),
        ("Is it so? It is [@a]! Not more.", ["It is!"]),
        ("5 < 6 & 7 [@a].", ["5 < 6 & 7."]),
    ],
)
def test_citing_sentences_of_a_text(text, sentences):
    assert citing_sentences(text, {"a"}) == sentences


# -- Opening and listing


def test_open_lists_every_published_text_with_its_passages(editor, guideline):
    one, other = published(guideline), published(guideline, title="Another question?")
    published(factories.source())

    campaign = opened(guideline, editor)

    assert campaign.listed_at is not None
    assert set(campaign.items.values_list("article", flat=True)) == {one.pk, other.pk}
    section = one.publication.revision.document["sections"][0]
    assert item_of(campaign, one).passages == [
        {
            "section": section["key"],
            "heading": "From the guidelines",
            "audience": audience,
            "text": text,
        }
        for audience, text in (
            ("professional", "Start with 300 mg once daily and reassess after two weeks."),
            ("plain", "After two weeks you talk about how it goes."),
        )
    ]


def test_open_is_on_the_record_of_the_site(editor, guideline):
    campaign = opened(guideline, editor)

    event = Event.objects.of_site().last()
    assert (event.verb, event.actor, event.data["campaign"], event.data["source"]) == (
        "open_campaign",
        editor,
        campaign.pk,
        guideline.pk,
    )
    assert event_sentences.sentence(event) == (
        "Edith opened the campaign “First-line dose halved” about the source “A guideline that changes”."
    )


@pytest.mark.parametrize("role", ["Author", "Board member", "Auditor"])
def test_open_by_who_is_no_editor_is_refused(guideline, role):
    with pytest.raises(PermissionDenied):
        campaigns.open_campaign(guideline, by=factories.user(role), title="x", reason="y", reviews_a_week=1)

    assert not Campaign.objects.exists()


def test_drafts_pending_texts_and_retracted_pages_are_not_listed(editor, guideline):
    retracted = published(guideline)
    workflow.retract(retracted, by=editor, reason="Wrong.", notice="Gone.", seen=factories.seen(retracted))
    cites = [{"key": "first", "source": guideline}, {"key": "second", "source": guideline}]
    factories.submitted(factories.article(citations=cites))

    assert not opened(guideline, editor).items.exists()


def test_listing_that_was_stopped_goes_on(editor, guideline, monkeypatch):
    for _ in range(3):
        published(guideline)
    campaign = campaigns.open_campaign(guideline, by=editor, title="x", reason="y", reviews_a_week=1)
    list_one, done = affected_texts._list, []

    def stopped(campaign, article_id):
        if len(done) == 2:
            raise SystemExit
        done.append(article_id)
        return list_one(campaign, article_id)

    with monkeypatch.context() as patch:
        patch.setattr(affected_texts, "_list", stopped)
        with pytest.raises(SystemExit):
            campaigns.carry_on(campaign.pk)
    campaign.refresh_from_db()
    assert (campaign.items.count(), campaign.listed_at) == (2, None)

    campaigns.carry_on(campaign.pk)

    campaign.refresh_from_db()
    assert campaign.items.count() == 3
    assert campaign.listed_at is not None


# -- Sorting


def test_not_affected_needs_a_reason_and_nothing_else(editor, guideline):
    article = published(guideline)
    campaign = opened(guideline, editor)
    before = factories.seen(article)

    with pytest.raises(workflow.Refused, match="Say why"):
        sort(campaign, [article], NOT_AFFECTED, editor, reason=" ")
    sort(campaign, [article], NOT_AFFECTED, editor, reason="It cites the history of the guideline.")

    item = item_of(campaign, article)
    assert (item.state, item.reason, item.decided_by) == (
        NOT_AFFECTED,
        "It cites the history of the guideline.",
        editor,
    )
    assert item.done_at is not None
    assert factories.seen(article) == before


def test_sort_is_on_the_record_with_articles_decision_and_reason(editor, guideline):
    articles = [published(guideline), published(guideline)]
    campaign = opened(guideline, editor)

    sort(campaign, articles, NOT_AFFECTED, editor, reason="Other doses.")

    event = Event.objects.of_site().last()
    assert event.verb == "sort_campaign"
    assert event.data["articles"] == sorted(article.pk for article in articles)
    assert (event.data["decision"], event.data["reason"], event.actor) == (NOT_AFFECTED, "Other doses.", editor)
    assert (
        event_sentences.sentence(event)
        == "Edith decided on 2 texts of the campaign “First-line dose halved”: not affected."
    )


def test_recheck_opens_reviews_with_due_dates_and_the_reason(editor, guideline):
    article = published(guideline)
    campaign = opened(guideline, editor)

    sort(campaign, [article], RECHECK, editor, reason="Look at the dose.")
    assert not Review.objects.open().exists()
    campaigns.carry_on(campaign.pk)

    item, review = item_of(campaign, article), Review.objects.open().get()
    assert (review.reason, review.opened_by, review.due_date) == ("source_alert", editor, item.due_date)
    assert review.summary == "First-line dose halved. Trials found harm above 150 mg. Look at the dose."
    assert (item.review, item.problem) == (review, "")
    assert item.done_at is not None


def test_recheck_of_a_text_under_review_is_a_remark_that_blocks_it(editor, guideline):
    article = published(guideline)
    review = workflow.rereview(article, by=editor, reason="It is time.", seen=factories.seen(article))
    campaign = opened(guideline, editor)

    sort(campaign, [article], RECHECK, editor)
    campaigns.carry_on(campaign.pk)

    assert item_of(campaign, article).review == review
    thread = review.threads.get()
    assert (thread.kind, thread.section_key) == ("blocking", item_of(campaign, article).passages[0]["section"])


def test_suspend_hides_the_text_behind_the_notice(editor, guideline):
    article = published(guideline)
    campaign = opened(guideline, editor)

    with pytest.raises(workflow.Refused, match="notice"):
        sort(campaign, [article], SUSPEND, editor)
    sort(campaign, [article], SUSPEND, editor, notice="The dose here may be too high.")
    campaigns.carry_on(campaign.pk)

    assert Suspension.objects.get().notice == "The dose here may be too high."
    assert Publication.objects.get(pk=article.pk).status == "suspended"
    assert item_of(campaign, article).done_at is not None


def test_carried_out_twice_is_done_once(editor, guideline):
    article = published(guideline)
    campaign = opened(guideline, editor)
    sort(campaign, [article], RECHECK, editor)

    assert [campaigns.carry_on(campaign.pk), campaigns.carry_on(campaign.pk)] == [1, 0]
    assert Event.objects.of_article(article.pk).filter(verb="alert").count() == 1


def test_carrying_out_that_was_stopped_goes_on(editor, guideline, monkeypatch):
    articles = [published(guideline) for _ in range(3)]
    campaign = opened(guideline, editor)
    sort(campaign, articles, RECHECK, editor)
    alert, done = workflow.alert, []

    def stopped(article, **words):
        if len(done) == 1:
            raise SystemExit
        done.append(article)
        return alert(article, **words)

    with monkeypatch.context() as patch:
        patch.setattr(workflow, "alert", stopped)
        with pytest.raises(SystemExit):
            campaigns.carry_on(campaign.pk)
    assert Review.objects.open().count() == campaign.items.filter(done_at__isnull=False).count() == 1

    campaigns.carry_on_all()

    assert Review.objects.open().count() == campaign.items.filter(done_at__isnull=False).count() == 3
    assert Event.objects.filter(verb="alert").count() == 3
    assert not list(faults())


def test_problem_is_kept_in_words_does_not_stop_the_others_and_can_be_tried_again(editor, guideline):
    refused, fine = published(guideline), published(guideline)
    campaign = opened(guideline, editor)
    workflow.suspend(refused, by=editor, reason="Danger.", notice="Hidden.", seen=factories.seen(refused))
    sort(campaign, [refused, fine], SUSPEND, editor, notice="Hidden.")

    campaigns.carry_on(campaign.pk)

    item = item_of(campaign, refused)
    assert (item.problem, item.done_at) == ("This is already suspended.", None)
    assert item_of(campaign, fine).done_at is not None
    assert campaigns.carry_on(campaign.pk) == 0

    for _agreed in (editor, factories.board_member().user):
        workflow.lift(Suspension.objects.get(article=refused), by=_agreed, reason="Fine.", seen=factories.seen(refused))
    assert campaigns.try_again(campaign) == 1
    assert campaigns.carry_on(campaign.pk) == 1
    item.refresh_from_db()
    assert (item.problem, item.done_at is not None) == ("", True)


def test_fault_of_the_system_is_a_problem_of_one_text_only(editor, guideline, monkeypatch, caplog):
    articles = [published(guideline) for _ in range(2)]
    campaign = opened(guideline, editor)
    sort(campaign, articles, RECHECK, editor)
    alert = workflow.alert

    def broken(article, **words):
        if article.pk == articles[0].pk:
            alert(article, **words)
            raise RuntimeError
        return alert(article, **words)

    monkeypatch.setattr(workflow, "alert", broken)
    campaigns.carry_on(campaign.pk)

    assert "system error" in item_of(campaign, articles[0]).problem
    assert [review.article for review in Review.objects.open()] == [articles[1]]


def test_text_published_meanwhile_comes_back_to_be_sorted_with_its_own_passages(editor, guideline):
    article = published(guideline)
    campaign = opened(guideline, editor)
    sort(campaign, [article], SUSPEND, editor, notice="Hidden.")
    factories.edit(
        article, text="Start with 150 mg once daily [@first].", plain="Start with 150 mg once a day [@first]."
    )
    factories.approved(factories.board_member(), review=factories.submitted(article))

    campaigns.carry_on(campaign.pk)

    item = item_of(campaign, article)
    assert (item.state, item.done_at) == ("waiting", None)
    assert "decide again" in item.problem
    assert item.passages[0]["text"] == "Start with 150 mg once daily."
    assert not Suspension.objects.exists()


def test_not_affected_may_be_thought_again_but_not_what_was_carried_out(editor, guideline):
    article = published(guideline)
    campaign = opened(guideline, editor)
    sort(campaign, [article], NOT_AFFECTED, editor)
    sort(campaign, [article], RECHECK, editor)
    campaigns.carry_on(campaign.pk)

    with pytest.raises(workflow.Refused, match="dealt with in the meantime"):
        sort(campaign, [article], NOT_AFFECTED, editor)

    assert item_of(campaign, article).state == RECHECK


@pytest.mark.parametrize("role", ["Author", "Board member", "Auditor"])
def test_sort_by_who_is_no_editor_is_refused(editor, guideline, role):
    article = published(guideline)
    campaign = opened(guideline, editor)

    with pytest.raises(PermissionDenied):
        sort(campaign, [article], NOT_AFFECTED, factories.user(role))

    assert item_of(campaign, article).state == "waiting"


def test_item_of_another_campaign_is_not_sorted(editor, guideline):
    article = published(guideline)
    campaign, other = opened(guideline, editor), opened(guideline, editor, title="Other")

    with pytest.raises(workflow.Refused, match="at least one"):
        campaigns.sort(other, [item_of(campaign, article).pk], Sorting(NOT_AFFECTED, "x"), by=editor)


# -- Due dates


@time_machine.travel(MONDAY, tick=True)
def test_due_dates_are_spread_by_week_in_the_order_of_risk_readers_and_age(editor, guideline):
    low = published(guideline, readers=9000)
    with time_machine.travel("2026-11-23T13:00Z", tick=True):
        read = published(guideline, risk="moderate", readers=500)
        high = published(guideline, risk="high")
        young = published(guideline)
    with time_machine.travel("2026-11-23T11:00Z", tick=True):
        old = published(guideline)
    campaign = opened(guideline, editor)

    sort(campaign, [low, read, high, young, old], RECHECK, editor)

    assert {article: item_of(campaign, article).due_date for article in (high, read, low, old, young)} == {
        high: date(2026, 12, 4),
        read: date(2026, 12, 4),
        low: date(2026, 12, 11),
        old: date(2026, 12, 11),
        young: date(2026, 12, 18),
    }


@time_machine.travel(MONDAY, tick=True)
def test_due_dates_of_a_second_sorting_stand_beside_those_of_the_first(editor, guideline):
    articles = [published(guideline) for _ in range(3)]
    campaign = opened(guideline, editor)
    sort(campaign, articles[:1], RECHECK, editor)
    campaigns.carry_on(campaign.pk)

    sort(campaign, articles[1:], RECHECK, editor)

    assert sorted(campaign.items.values_list("due_date", flat=True)) == [
        date(2026, 12, 4),
        date(2026, 12, 4),
        date(2026, 12, 11),
    ]
    assert Event.objects.of_site().last().data["last_due"] == "2026-12-11"


@time_machine.travel(MONDAY, tick=True)
def test_weeks_say_what_is_due_already(editor, guideline):
    articles = [published(guideline) for _ in range(3)]
    other = factories.submitted()
    workflow.assign(
        other, by=editor, member=factories.board_member(), seen=factories.seen(other), due_date=date(2026, 12, 2)
    )
    campaign = opened(guideline, editor)

    dates = campaigns.due_dates(campaign, campaign.items.all(), timezone.localdate())

    assert [(week.due, week.ours, week.others) for week in campaigns.weeks(campaign, dates.values())] == [
        (date(2026, 12, 4), 2, 1),
        (date(2026, 12, 11), 1, 0),
    ]
    assert len(articles) == len(dates)


@pytest.mark.parametrize("day", range(7))
def test_first_due_date_is_a_friday_at_least_a_week_away(editor, guideline, day):
    published(guideline)
    today = date(2026, 11, 23) + timedelta(days=day)
    campaign = opened(guideline, editor)

    [due] = campaigns.due_dates(campaign, campaign.items.all(), today).values()

    assert due.weekday() == 4
    assert timedelta(days=7) <= due - today < timedelta(days=14)


# -- Closing


def test_close_when_everything_is_dealt_with(editor, guideline):
    one, other = published(guideline), published(guideline)
    campaign = opened(guideline, editor)
    with pytest.raises(workflow.Refused, match="Some texts have not"):
        campaigns.close_campaign(campaign, by=editor)
    sort(campaign, [one], NOT_AFFECTED, editor)
    sort(campaign, [other], RECHECK, editor)
    with pytest.raises(workflow.Refused, match="Some texts have not"):
        campaigns.close_campaign(campaign, by=editor)
    campaigns.carry_on(campaign.pk)

    campaigns.close_campaign(campaign, by=editor)

    event = Event.objects.of_site().last()
    assert (event.verb, event.data["counts"]) == ("close_campaign", {NOT_AFFECTED: 1, RECHECK: 1, SUSPEND: 0})
    with pytest.raises(workflow.Refused, match="closed already"):
        campaigns.close_campaign(campaign, by=editor)
    with pytest.raises(workflow.Refused, match="closed"):
        sort(campaign, [one], RECHECK, editor)
    assert not list(faults())


def test_campaign_with_nothing_to_do_can_be_closed(editor, guideline):
    campaign = opened(guideline, editor)

    assert campaigns.close_campaign(campaign, by=editor).closed_at is not None
    assert not CampaignItem.objects.exists()
