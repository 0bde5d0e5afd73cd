import hashlib

import pytest
from django.urls import reverse
from django.utils.dates import MONTHS

from articles.models import Publication
from articles.writing import findings
from reviews import workflow
from reviews.models import EditorialPolicy
from reviews.workflow import policy_binding
from tests import factories
from tests.articles.reading.reader_pages import retract, send_back, text_of, words_of

pytestmark = pytest.mark.django_db


def _history(review):
    return reverse("reviews:history", args=[review.article.slug])


def _revision(review):
    return reverse("reviews:revision", args=[review.article.slug, review.revision.number])


def _update(review, *members):
    factories.edit(
        review.article,
        text=f"Another sentence after {review.pk} [@first].",
        plain=f"Plain words after {review.pk} [@first].",
    )
    return factories.approved(*members, review=factories.submitted(review.article))


def test_history_shows_who_signed_what_and_when(client):
    review = factories.approved(factories.board_member("Ann Arbor"), factories.board_member("Ben Barrow"))

    shown = text_of(client.get(_history(review)))

    assert "Ann Arbor, MD (Neurology) signed on" in shown
    assert review.revision.digest in shown
    assert "I have read revision 1 of" in shown
    assert "The text that readers see." in shown
    assert "first version" in shown


@pytest.mark.parametrize("updates", [0, 3])
def test_history_takes_a_constant_number_of_queries(client, django_assert_num_queries, updates):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.approved(ann, ben)
    for _number in range(updates):
        review = _update(review, ann, ben)
    page = _history(review)

    with django_assert_num_queries(4):
        response = client.get(page)

    assert response.content.count(b'class="round"') == updates + 1


def test_history_tells_nothing_of_a_review_that_did_not_approve(client):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.approved(ann, ben)
    factories.edit(review.article)
    update = factories.under_review(ann, ben, review=factories.submitted(review.article))
    factories.sign(update, ben)
    send_back(update, ann)

    shown = text_of(client.get(_history(review)))

    assert "Changes requested" in shown
    assert shown.count("Ben, MD (Neurology) signed on") == 1
    assert "lacks its maximum" not in shown


def test_history_of_a_hidden_text_is_not_found(client):
    assert client.get(_history(factories.submitted())).status_code == 404


def test_history_of_a_retracted_text_stays_with_its_notice(client):
    review = factories.approved()
    retract(review)

    response = client.get(_history(review))

    assert response.status_code == 200
    assert "The dose was wrong." in text_of(response)
    assert response["X-Robots-Tag"] == "noindex"
    assert _revision(review) not in response.content.decode()


def test_waived_finding_is_public_with_its_reason(client):
    sections = [{**factories.SECTIONS[0], "professional": "Start low [@lost].", "plain": "Start low [@lost]."}]
    review = factories.submitted(sections=sections, citations=[{"key": "lost", "source": None}])
    editor = factories.user("Editor", "Edda")
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    _waive_everything(review, editor)
    review = factories.approved(ann, ben, review=review)

    shown = text_of(client.get(_history(review)))

    assert "Known to every physician." in shown
    assert "Edda" in shown


def test_downloaded_revision_has_the_digest_that_was_signed(client):
    review = factories.approved()

    response = client.get(_revision(review))

    assert hashlib.sha256(response.content).hexdigest() == review.revision.digest
    assert response["Content-Type"] == "application/json"
    assert response["X-Robots-Tag"] == "noindex"
    assert "attachment" in response["Content-Disposition"]


def test_older_approved_revision_stays_verifiable(client):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    first = factories.approved(ann, ben)
    second = _update(first, ann, ben)

    shown = client.get(_history(second)).content.decode()

    for review in (first, second):
        assert _revision(review) in shown
        assert hashlib.sha256(client.get(_revision(review)).content).hexdigest() == review.revision.digest


@pytest.mark.parametrize("state", ["pending", "update", "retracted", "unknown"])
def test_revision_that_is_not_approved_and_readable_is_not_found(client, state):
    factories.policy(shows_pending=True)
    match state:
        case "pending":
            review = factories.submitted()
        case "update":
            review = factories.approved()
            factories.edit(review.article)
            review = factories.submitted(review.article)
        case "retracted":
            review = factories.approved()
            retract(review)
        case "unknown":
            review = factories.approved()
            review.revision.number = 10**20

    assert client.get(_revision(review)).status_code == 404


def test_rereviewed_text_is_offered_once(client):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.approved(ann, ben)
    again = workflow.rereview(review.article, by=factories.user("Editor"), reason="Due.", seen=factories.seen(review))
    factories.approved(ann, ben, review=again)

    response = client.get(_history(review))

    assert response.content.decode().count(f'href="{_revision(review)}"') == 1
    assert "Evidence checked again: searched PubMed" in text_of(response)


def test_policy_page_shows_the_version_in_force(client):
    factories.policy(text="## Changed\n\nNewer words.")

    shown = text_of(client.get(reverse("reviews:policy")))

    assert "Version 2, in force since" in shown
    assert "Newer words." in shown


def test_older_policy_stays_readable(client, django_assert_num_queries):
    factories.policy(text="Newer words.")

    with django_assert_num_queries(2):
        response = client.get(reverse("reviews:policy_version", args=[1]))

    assert "A newer version is in force." in text_of(response)
    assert EditorialPolicy.objects.get(version=1).responsible_person in text_of(response)


@pytest.mark.parametrize("version", [99, 10**20])
def test_unknown_policy_version_is_not_found(client, version):
    assert client.get(f"/editorial-policy/{version}/").status_code == 404


def test_article_links_the_policy_its_review_followed(client):
    review = factories.approved()
    factories.policy(text="Newer words.")
    publication = Publication.objects.get()

    shown = client.get(reverse("articles:plain", args=[review.article.slug])).content.decode()

    assert reverse("reviews:policy_version", args=[publication.policy_version]) in shown


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_later_policy_that_binds_published_texts_changes_their_dates_only(client, audience):
    old = factories.policy(professional_disclaimer="Old for professionals.", plain_disclaimer="Old in plain words.")
    review = factories.approved()
    page = reverse(f"articles:{audience}", args=[review.article.slug])
    before = client.get(page).content.decode()
    months = dict.fromkeys(("low", "moderate", "high"), 1)
    words = {f"{name}_disclaimer": f"New for {name}." for name in ("professional", "plain")}
    new = factories.policy(binds_published=True, rereview_months=months, caution="New.", plain_safety="New.", **words)
    due = Publication.objects.get().next_review_due

    policy_binding.bind(review.article, policy=new)

    after, publication = client.get(page).content.decode(), Publication.objects.get()
    assert publication.next_review_due < due
    days = [f"{day.day} {MONTHS[day.month]} {day.year}" for day in (due, publication.next_review_due)]
    assert words_of(after) == words_of(before).replace(*days)
    assert f"version {old.version}" in words_of(after)
    link = reverse("reviews:policy_version", args=[old.version])
    assert f'href="{link}"' in after
    assert "Old for professionals." in text_of(client.get(link))


def _waive_everything(review, editor):
    for finding in findings.of_content(review.article, review.revision.document):
        workflow.waive(review.article, by=editor, finding=finding, reason="Known to every physician.")
