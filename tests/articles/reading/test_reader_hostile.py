import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.text.rendering import used_citation_keys
from reviews import workflow
from reviews.models import Event
from tests import factories, hostile
from tests.articles.reading.reader_pages import address

pytestmark = pytest.mark.django_db

# Sizes are refused where texts are saved; here it is about what a page makes of the words.
_SAMPLES = sorted(name for name, text in hostile.SAMPLES.items() if len(text) < 120 and text.isprintable())


def _assert_inert(response):
    page = response.content.decode()
    for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
        assert "<" not in data
        json.loads(data)
        page = page.replace(data, "")
    hostile.assert_inert_page(page)


@pytest.mark.parametrize("name", _SAMPLES[::20])
def test_every_page_makes_hostile_words_inert(client, name):
    words = hostile.SAMPLES[name].strip() or "Empty"
    topic = factories.topic()
    topic.name = words[:80]
    topic.save()
    section = {**factories.SECTIONS[0], "heading": words, "professional": words, "plain": words}
    keys = dict.fromkeys(["first", *used_citation_keys(words)])
    draft = factories.article(
        title=words,
        sections=[section],
        citations=[{"key": key, "source": factories.source(words)} for key in keys],
        topics=[topic],
        ai_use="assisted",
        ai_tool=words,
        ai_purpose=words,
    )
    review = workflow.submit(draft, by=draft.owner, seen=draft.version, summary=words)
    ann, ben = (factories.board_member(words, specialties=("Neurology", words[:80])) for _number in range(2))
    interests = [{"nature": words, "organisation": words, "period": words}]
    assignment = workflow.accept(review, by=ann.user, seen=factories.seen(review), interests=interests)
    workflow.rule(
        assignment, by=factories.user("Editor"), outcome="manageable", reason=words, seen=factories.seen(review)
    )
    factories.accepted(review, ben)
    review.refresh_from_db()
    thread = workflow.open_thread(
        review, by=ann.user, text=words, section_key=review.revision.document["sections"][0]["key"]
    )
    workflow.comment(thread, by=draft.owner, text=words)
    for person in (ann.user, draft.owner, factories.user("Editor"), factories.user("Auditor")):
        _assert_desk_is_inert(person, review, thread)
    for member in (ann, ben):
        factories.sign(review, member)
    pages = [
        address(review, "plain"),
        address(review, "professional"),
        reverse("articles:home"),
        reverse("articles:topic", args=[topic.slug]),
        reverse("reviews:history", args=[review.article.slug]),
    ]

    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        _assert_inert(response)

    article = Article.objects.get(pk=review.article_id)
    editor = factories.user("Editor")
    workflow.retract(article, by=editor, reason=words, notice=words, seen=factories.seen(article))
    for page in (pages[0], pages[-1]):
        _assert_inert(client.get(page))


def _assert_desk_is_inert(person, review, thread):
    """Open every page of the admin that shows words of people, as somebody who may or may not."""
    desk = Client()
    desk.force_login(person)
    pages = [
        reverse("admin:index"),
        reverse("admin:reviews_review_change", args=[review.pk]),
        *(reverse(f"admin:{name}_changelist") for name in _LISTS),
        reverse("admin:articles_article_change", args=[review.article_id]),
        reverse("admin:articles_article_history", args=[review.article_id]),
        *(
            reverse("admin:articles_article_preview", args=[review.article_id, one])
            for one in ("plain", "professional")
        ),
        reverse("admin:articles_revision_change", args=[review.revision_id]),
        reverse("admin:reviews_event_change", args=[Event.objects.of_article(review.article_id).last().pk]),
        reverse("reviews:submit", args=[review.article_id]),
    ]
    for page in pages:
        response = desk.get(page)
        assert response.status_code in (200, 403, 404)
        hostile.assert_inert_page(response.content.decode())
    # A refused form comes back with what was typed.
    refused = desk.post(reverse("reviews:comment", args=[review.pk]), {"thread": thread.pk, "text": " "})
    hostile.assert_inert_page(refused.content.decode())


_LISTS = (
    "articles_article",
    "articles_source",
    "articles_topic",
    "reviews_review",
    "reviews_assignment",
    "reviews_event",
    "reviews_disclosure",
    "reviews_boardmember",
)


def test_policy_makes_hostile_words_inert(client):
    words = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    factories.policy(text=words, plain_disclaimer=words, responsible_person=words, plain_safety=words)

    _assert_inert(client.get(reverse("reviews:policy")))
