"""What the tests of the reader's pages share: addresses, states and how a page is read."""

import html
import json
import re

from django.urls import reverse

from articles.models import Article
from reviews import workflow
from tests import factories

# The statements by which a page's record is proved when the page is built: the rows of the page, the events, the
# decisions, the comings and goings on the board, the heads that the signatures name, the words of the policy;
# and that the page is not withheld any more. What a review asks for stands on the event that opened it.
BUILT = 7


def address(review, audience="plain"):
    return reverse(f"articles:{audience}", args=[review.article.slug])


def text_of(response):
    """Return a page's words as people read them, without its JSON-LD."""
    return words_of(response.content.decode())


def words_of(page):
    body = re.sub(r"<script.*?</script>|<head>.*?</head>", "", page, flags=re.DOTALL)
    inline = re.sub(r"</?(?:a|b|code|em|span|strong|time)\b[^>]*>", "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inline)).split())


def node_of(response):
    """Return what a page says to machines (its JSON-LD), or None when it says nothing."""
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    return json.loads(data[1])["@graph"][0] if data else None


def retract(review):
    article = Article.objects.get(pk=review.article_id)
    workflow.retract(
        article,
        by=factories.user("Editor"),
        reason="wrong dose",
        notice="The dose was wrong.",
        seen=factories.seen(article),
    )


def send_back(review, member):
    workflow.request_changes(review, by=member.user, text="The dose lacks its maximum.", seen=factories.seen(review))
