import re

import pytest
from django.urls import reverse

from reviews import workflow
from reviews.models import Campaign, CampaignItem, Event, Review, Suspension
from reviews.web.desk import campaign_page as desk
from tests import factories
from tests.reviews.alerts.test_campaigns import published

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

LIST = reverse("admin:reviews_campaign_changelist")
ADD = reverse("admin:reviews_campaign_add")


@pytest.fixture
def editor(client):
    person = factories.user("Editor", "Edith")
    client.force_login(person)
    return person


@pytest.fixture
def guideline():
    return factories.source("A guideline that changes")


def page_of(campaign):
    return reverse("admin:reviews_campaign_change", args=[campaign.pk])


def step(campaign, name):
    return reverse(f"admin:reviews_campaign_{name}", args=[campaign.pk])


def send(client, campaign, items, decision="recheck", **words):
    data = {"item": [item.pk for item in items], "decision": decision, "reason": "", "notice": "", **words}
    return client.post(step(campaign, "sort"), data)


def hidden(page):
    """Return what a page's confirmation form would send."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
    data = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return data


def test_source_page_leads_to_its_campaign(client, editor, guideline):
    page = client.get(reverse("admin:articles_source_change", args=[guideline.pk]))

    assert f'href="{ADD}?source={guideline.pk}"' in page.text


def test_campaign_is_opened_from_a_source_and_its_texts_are_listed(client, editor, guideline):
    article = published(guideline)

    form = client.get(ADD, {"source": guideline.pk})
    answer = client.post(ADD, {"source": guideline.pk, "title": "Halved", "reason": "Harm.", "reviews_a_week": "3"})

    campaign = Campaign.objects.get()
    assert "1 published text cites this source" in form.text
    assert (campaign.title, campaign.reviews_a_week, campaign.opened_by) == ("Halved", 3, editor)
    assert answer.url == page_of(campaign)
    assert [item.article for item in campaign.items.all()] == [article]


def test_source_is_chosen_by_its_words(client, editor, guideline):
    published(guideline)
    factories.source("Something else")
    factories.submitted(factories.article(citations=[{"key": key, "source": guideline} for key in ("first", "second")]))

    page = client.get(ADD, {"q": "guideline that"})

    assert [source.pk for source in page.context["found"]] == [guideline.pk]
    assert "1 published text cites it" in page.text
    assert "No source matches" in client.get(ADD, {"q": "nothing like it"}).text


@pytest.mark.parametrize("missing", ["title", "reason", "reviews_a_week"])
def test_campaign_without_its_words_is_not_opened(client, editor, guideline, missing):
    data = {"source": guideline.pk, "title": "Halved", "reason": "Harm.", "reviews_a_week": "3", missing: ""}

    assert client.post(ADD, data).status_code == 422
    assert not Campaign.objects.exists()


def test_page_shows_the_passages_and_what_is_known_of_each_text(client, editor, guideline):
    published(guideline, title="Is this read?", readers=40, risk="low")
    campaign = factories.campaign(guideline, editor)

    page = client.get(page_of(campaign)).text

    for words in (
        "Is this read?",
        "40 readers per month",
        "From the guidelines",
        "Start with 300 mg once daily and reassess after two weeks.",
        "After two weeks you talk about how it goes.",
        "Trials found harm above 150 mg.",
    ):
        assert words in page


def test_recheck_is_shown_with_its_dates_and_then_confirmed(client, editor, guideline):
    for _ in range(3):
        published(guideline)
    campaign = factories.campaign(guideline, editor)
    items = list(campaign.items.all())

    shown = send(client, campaign, items)
    assert "Reviews of 3 texts are opened, the last one due" in shown.text
    assert [(week.ours, week.others) for week in shown.context["weeks"]] == [(2, 0), (1, 0)]
    assert not Review.objects.open().exists()
    answer = client.post(step(campaign, "sort"), hidden(shown))

    assert answer.status_code == 302
    assert Review.objects.open().count() == 3
    assert max(Review.objects.open().values_list("due_date", flat=True)) == shown.context["last_due"]
    assert "Reviews of 3 texts are being opened." in client.get(page_of(campaign)).text


def test_dates_that_moved_since_they_were_shown_are_shown_again(client, editor, guideline):
    for _ in range(3):
        published(guideline)
    campaign = factories.campaign(guideline, editor)
    first, *others = campaign.items.all()
    shown = send(client, campaign, [first])
    client.post(step(campaign, "sort"), hidden(send(client, campaign, others)))

    again = client.post(step(campaign, "sort"), hidden(shown))

    assert "the dates have changed" in again.text
    first.refresh_from_db()
    assert first.state == "waiting"
    assert client.post(step(campaign, "sort"), hidden(again)).status_code == 302


def test_suspension_is_confirmed_with_its_notice(client, editor, guideline):
    published(guideline)
    campaign = factories.campaign(guideline, editor)

    shown = send(client, campaign, campaign.items.all(), "suspend", reason="Harm.", notice="Do not take <b>300 mg</b>.")
    assert "Do not take &lt;b&gt;300 mg&lt;/b&gt;." in shown.text
    assert not Suspension.objects.exists()
    client.post(step(campaign, "sort"), {**hidden(shown), "notice": "Do not take 300 mg."})

    assert Suspension.objects.get().notice == "Do not take 300 mg."


def test_not_affected_is_sorted_at_once(client, editor, guideline):
    published(guideline)
    campaign = factories.campaign(guideline, editor)

    answer = send(client, campaign, campaign.items.all(), "not_affected", reason="Other dose.")

    assert answer.status_code == 302
    assert campaign.items.get().state == "not_affected"
    assert Event.objects.of_site().last().verb == "sort_campaign"


@pytest.mark.parametrize(
    ("chosen", "words", "said"),
    [
        (False, {"decision": "recheck"}, "Choose at least one text."),
        (True, {"decision": ""}, "Choose what to do with the texts."),
        (True, {"decision": "not_affected"}, "Say why these texts are not affected."),
        (True, {"decision": "suspend", "reason": "Harm."}, "Write the notice that readers will see"),
    ],
)
def test_what_is_missing_is_said_and_what_was_chosen_stays(client, editor, guideline, chosen, words, said):
    published(guideline)
    campaign = factories.campaign(guideline, editor)

    page = send(client, campaign, campaign.items.all() if chosen else [], **words)

    assert page.status_code == 422
    assert said in page.text
    assert [row.is_chosen for row in page.context["rows"]] == [chosen]
    assert campaign.items.get().state == "waiting"


def test_back_from_the_confirmation_keeps_what_was_typed(client, editor, guideline):
    published(guideline)
    campaign = factories.campaign(guideline, editor)
    shown = send(client, campaign, campaign.items.all(), reason="Look at the dose.")

    page = client.post(step(campaign, "sort"), {**hidden(shown), "back": "1"})

    assert page.status_code == 200
    assert [row.is_chosen for row in page.context["rows"]] == [True]
    assert "Look at the dose." in page.text


def test_all_on_a_page_are_chosen_without_a_script(client, editor, guideline, monkeypatch):
    monkeypatch.setattr(desk, "PAGE_SIZE", 2)
    for _ in range(3):
        published(guideline)
    campaign = factories.campaign(guideline, editor)

    page = client.get(page_of(campaign), {"choose": "page"})

    assert [row.is_chosen for row in page.context["rows"]] == [True, True]


def test_filters_and_order(client, editor, guideline):
    low, high = published(guideline), published(guideline, risk="high")
    campaign = factories.campaign(guideline, editor)

    def shown(**query):
        return [row.item.article for row in client.get(page_of(campaign), query).context["rows"]]

    assert shown() == [high, low]
    assert shown(risk="low") == [low]
    assert shown(state="recheck") == []
    assert shown(state="nothing known", risk="nor this") == [high, low]
    assert "No text matches this filter." in client.get(page_of(campaign), {"state": "suspend"}).text


def test_problem_is_shown_and_tried_again(client, editor, guideline):
    article = published(guideline)
    campaign = factories.campaign(guideline, editor)
    workflow.suspend(article, by=editor, reason="x", notice="y", seen=factories.seen(article))
    shown = send(client, campaign, campaign.items.all(), "suspend", reason="Harm.", notice="Hidden.")
    client.post(step(campaign, "sort"), hidden(shown))
    page = client.get(page_of(campaign), {"state": "problem"})
    assert "This is already suspended." in page.text
    assert "Retry what is left" in page.text
    for person in (editor, factories.board_member().user):
        workflow.lift(Suspension.objects.get(), by=person, reason="z", seen=factories.seen(article))

    client.post(step(campaign, "again"))

    assert CampaignItem.objects.get().done_at is not None
    assert Suspension.objects.in_force().count() == 1


def test_campaign_is_closed_when_nothing_is_left(client, editor, guideline):
    published(guideline)
    campaign = factories.campaign(guideline, editor)
    client.post(step(campaign, "close"))
    campaign.refresh_from_db()
    assert campaign.closed_at is None
    send(client, campaign, campaign.items.all(), "not_affected", reason="Other dose.")
    assert "Close the campaign" in client.get(page_of(campaign)).text

    client.post(step(campaign, "close"))

    campaign.refresh_from_db()
    assert campaign.closed_at is not None
    page = client.get(page_of(campaign))
    assert "Decide on the selected texts" not in page.text
    assert send(client, campaign, campaign.items.all(), "not_affected", reason="x").status_code == 422


def test_campaign_without_texts_says_so(client, editor, guideline):
    campaign = factories.campaign(guideline, editor)

    assert "No published text cites this source." in client.get(page_of(campaign)).text
    assert "There is no campaign yet." not in client.get(LIST).text


def test_campaign_that_is_being_listed_says_so(client, editor, guideline):
    campaign = factories.campaign(guideline, editor)
    campaign.listed_at = None
    campaign.save()

    assert "The texts are being listed." in client.get(page_of(campaign)).text
    client.post(step(campaign, "again"))

    campaign.refresh_from_db()
    assert campaign.listed_at is not None


def test_auditor_reads_and_sorts_nothing(client, editor, guideline):
    published(guideline)
    campaign = factories.campaign(guideline, editor)
    client.force_login(factories.user("Auditor"))

    page = client.get(page_of(campaign))

    assert 'type="checkbox"' not in page.text
    assert "Decide on the selected texts" not in page.text
    assert send(client, campaign, campaign.items.all()).status_code == 403


def test_list_counts_what_is_left(client, editor, guideline):
    published(guideline)
    campaign = factories.campaign(guideline, editor)
    assert "1 of 1 to decide" in client.get(LIST).text

    send(client, campaign, campaign.items.all(), "not_affected", reason="Other dose.")

    assert "0 of 1 to decide" in client.get(LIST).text


def test_pages_ask_a_constant_number_of_queries(client, editor, guideline, django_assert_num_queries):
    campaign = factories.campaign(guideline, editor)
    for _ in range(3):
        factories.campaign(guideline, editor)
    for number in range(6):
        published(guideline)
        if number in (1, 5):
            client.post(step(campaign, "again"))
            # Session, person, two of permissions; the campaign, the counts, the count of the page, the page.
            with django_assert_num_queries(8):
                client.get(page_of(campaign), {"state": "all"})
            # Session, person, two of permissions; the count, the page.
            with django_assert_num_queries(6):
                client.get(LIST)
