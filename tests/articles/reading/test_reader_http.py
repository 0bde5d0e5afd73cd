import pytest
from django.urls import reverse

from articles.models import FormerSlug, Publication, Topic
from articles.reading.views import AUDIENCE_COOKIE
from reviews import workflow
from tests import factories
from tests.articles.reading.reader_pages import BUILT, address, retract

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_article_takes_two_queries_to_build_and_a_small_one_after(client, django_assert_num_queries, audience):
    review = factories.approved()
    for _number in range(3):
        factories.approved()
    page = address(review, audience)

    with django_assert_num_queries(2 + BUILT):
        client.get(page)
    with django_assert_num_queries(1):
        client.get(page)


@pytest.mark.parametrize("audience", ["professional", "plain"])
@pytest.mark.parametrize("role", [None, "Editor"])
def test_article_reads_and_sets_no_cookie(client, audience, role):
    review = factories.approved()
    if role:
        client.force_login(factories.user(role))
    client.cookies[AUDIENCE_COOKIE] = "professional"

    response = client.get(address(review, audience))

    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_signed_in_reader_gets_the_same_bytes(client):
    review = factories.approved()
    visitor = client.get(address(review)).content
    client.force_login(factories.user("Editor"))

    assert client.get(address(review)).content == visitor


@pytest.mark.parametrize("page", ["articles:home", "reviews:policy"])
def test_public_page_reads_and_sets_no_cookie(client, page):
    client.force_login(factories.user("Editor"))

    response = client.get(reverse(page))

    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_article_not_changed_is_not_sent_again(client):
    review = factories.approved()
    etag = client.get(address(review))["ETag"]

    response = client.get(address(review), headers={"if-none-match": etag})

    assert response.status_code == 304
    assert response.content == b""


def test_decision_changes_the_entity_tag(client):
    review = factories.approved()
    etag = client.get(address(review))["ETag"]
    factories.edit(review.article)
    factories.submitted(review.article)

    assert client.get(address(review), headers={"if-none-match": etag}).status_code == 200


def test_retracted_page_is_gone_also_for_a_known_entity_tag(client):
    review = factories.approved()
    etag = client.get(address(review))["ETag"]
    retract(review)

    assert client.get(address(review), headers={"if-none-match": etag}).status_code == 410
    assert client.get(address(review), headers={"if-none-match": "*"}).status_code == 410


def test_detail_leads_to_plain_language_first(client):
    review = factories.approved()

    response = client.get(reverse("articles:detail", args=[review.article.slug]))

    assert (response.status_code, response["Location"]) == (302, address(review, "plain"))
    assert response["Cache-Control"] == "private, no-store"


def test_chosen_audience_is_remembered(client):
    review = factories.approved()
    detail = reverse("articles:detail", args=[review.article.slug])

    chosen = client.get(reverse("articles:choose", args=["professional"]), {"next": detail})

    assert chosen["Location"] == address(review, "professional")
    cookie = chosen.cookies[AUDIENCE_COOKIE]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("professional", "Lax", True)
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert client.get(detail)["Location"] == address(review, "professional")


def test_choosing_from_an_audience_page_changes_the_words(client):
    review = factories.approved()

    chosen = client.get(reverse("articles:choose", args=["professional"]), {"next": address(review, "plain")})

    assert chosen["Location"] == address(review, "professional")


@pytest.mark.parametrize(
    "target",
    [
        "",
        "https://evil.example/",
        "//evil.example/articles/x/",
        "/\\evil.example/articles/x/",
        "https://evil.example/articles/x/",
        "javascript:alert(1)",
        "/articles/../../evil/",
        "/articles/x/%0d%0aSet-Cookie:a=b/",
        "http://[",
        "/admin/",
        "/accounts/logout/",
        "/topics/x/",
    ],
)
def test_choosing_never_leads_elsewhere(client, target):
    response = client.get(reverse("articles:choose", args=["plain"]), {"next": target})

    assert (response.status_code, response["Location"]) == (302, "/")


def test_unknown_audience_is_not_found(client):
    assert client.get("/audience/editors/").status_code == 404


def test_stored_cookie_that_names_no_audience_is_ignored(client):
    review = factories.approved()
    client.cookies[AUDIENCE_COOKIE] = "evil"

    response = client.get(reverse("articles:detail", args=[review.article.slug]))

    assert response["Location"] == address(review, "plain")


def test_former_address_leads_to_the_present_one(client):
    review = factories.approved()
    FormerSlug.objects.create(slug="once-upon-a-time", article=review.article)

    for name in ("articles:plain", "articles:professional", "reviews:history"):
        response = client.get(reverse(name, args=["once-upon-a-time"]))
        assert (response.status_code, response["Location"]) == (301, reverse(name, args=[review.article.slug]))


def test_former_address_of_a_hidden_text_is_not_found(client):
    review = factories.submitted()
    FormerSlug.objects.create(slug="once-upon-a-time", article=review.article)

    assert client.get(reverse("articles:plain", args=["once-upon-a-time"])).status_code == 404


def test_changed_address_is_followed_at_once(client):
    review = factories.approved()
    old = address(review)
    client.get(old)
    facts = {"risk": "moderate", "owner": review.article.owner, "topics": list(Topic.objects.all())}
    workflow.catalogue(review.article, by=factories.user("Editor"), reason="Shorter.", slug="shorter", **facts)

    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, "/articles/shorter/plain/")


def test_posting_to_a_page_is_refused(client):
    review = factories.approved()

    assert client.post(address(review)).status_code == 405


def test_robots_leave_every_public_page_open(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /admin/" in lines
    assert not any(line.startswith("Disallow: /articles") for line in lines)


def test_audience_pages_name_each_other(client):
    review = factories.approved()
    publication = Publication.objects.get()

    shown = client.get(address(review, "plain")).content.decode()

    canonical = f'<link rel="canonical" href="http://localhost:8000/articles/{publication.article.slug}/plain/">'
    assert canonical in shown
    alternate = f'<link rel="alternate" href="http://localhost:8000/articles/{publication.article.slug}/professional/"'
    assert alternate in shown


def test_error_pages_are_ours(client):
    client.raise_request_exception = False

    missing = client.get("/nothing/here/")

    assert missing.status_code == 404
    assert b"There is nothing at this address" in missing.content
    assert "Cookie" not in missing.get("Vary", "")
