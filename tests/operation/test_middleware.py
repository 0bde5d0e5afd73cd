import gzip

import pytest
from django.urls import reverse

from tests import factories
from tests.articles.reading.reader_pages import address, retract

pytestmark = pytest.mark.django_db
COMPRESSED = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.parametrize(
    "path",
    [
        "/admin/articles/source/?status__exact=%00",
        "/admin/articles/source/?kind__exact=a%00b",
        "/admin/articles/source/?q=%00",
        "/admin/articles/source/%00/change/",
        "/admin/autocomplete/?app_label=articles&model_name=article&field_name=topics&term=%00",
        "/admin/reviews/delivery/?q=a%00",
        "/admin/reviews/review/?state=%00",
        "/desk/published/?q=a%00",
        "/?before=%00",
        "/topics/%00/",
        "/articles/a%00b/plain/",
        "/articles/a%00b/history/",
        "/audience/plain/?next=%00",
        "/accounts/login/?next=%00",
        "/%00",
    ],
)
def test_address_with_nul_is_a_bad_request(client, path):
    editor = factories.user("Editor")
    editor.is_superuser = True
    editor.save()
    client.force_login(editor)

    response = client.get(path)

    assert response.status_code == 400
    assert "This request cannot be read" in response.content.decode()


def test_percent_sign_before_two_zeros_is_no_nul(client):
    assert client.get("/?q=%2500").status_code == 200


def test_form_that_holds_nul_says_so_itself(client):
    shown = client.post(reverse("accounts:password_forgotten"), {"email": "a\x00b@example.org"})

    assert shown.status_code == 422


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_article_is_sent_compressed_to_whoever_takes_it(client, audience, django_assert_num_queries):
    page = address(factories.approved(), audience)
    whole = client.get(page)

    with django_assert_num_queries(1):
        small = client.get(page, headers=COMPRESSED)

    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == whole.content
    assert len(small.content) < len(whole.content) / 2
    assert (whole["Vary"], small["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
    assert small["ETag"] == f"W/{whole['ETag']}"


@pytest.mark.parametrize("known", ["plain", "compressed"])
def test_compressed_article_not_changed_is_not_sent_again(client, known):
    page = address(factories.approved())
    etag = client.get(page, headers=COMPRESSED if known == "compressed" else {})["ETag"]

    for headers in ({}, COMPRESSED):
        response = client.get(page, headers={**headers, "if-none-match": etag})
        assert (response.status_code, response.content) == (304, b"")
        assert response["Vary"] == "Accept-Encoding"
        assert response["ETag"] == client.get(page, headers=headers)["ETag"]


def test_decision_is_seen_by_a_reader_of_compressed_pages(client):
    review = factories.approved()
    page = address(review)
    etag = client.get(page, headers=COMPRESSED)["ETag"]

    retract(review)
    gone = client.get(page, headers={**COMPRESSED, "if-none-match": etag})

    assert gone.status_code == 410
    assert b"triptans" not in gzip.decompress(gone.content)


def test_lists_and_the_desk_are_compressed(client):
    factories.approved()
    home = client.get("/", headers=COMPRESSED)
    unchanged = client.get("/", headers={**COMPRESSED, "if-none-match": home["ETag"]})
    client.force_login(factories.user("Editor"))
    desk = client.get(reverse("admin:index"), headers=COMPRESSED)

    assert home["Content-Encoding"] == desk["Content-Encoding"] == "gzip"
    assert (unchanged.status_code, unchanged["ETag"], unchanged["Vary"]) == (304, home["ETag"], home["Vary"])


def test_signed_text_is_handed_out_as_the_bytes_that_were_signed(client):
    review = factories.approved()
    download = reverse("reviews:revision", args=[review.article.slug, review.revision.number])

    assert "Content-Encoding" not in client.get(download, headers=COMPRESSED)
