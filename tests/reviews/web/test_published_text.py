"""The pages of the desk from which a text is hidden, shown again, retired, and from which notices are placed."""

import pytest
from django.urls import reverse

from articles.models import Publication
from reviews import workflow
from reviews.models import Notice, Suspension
from tests import factories, states
from tests.articles.reading.reader_pages import address, text_of
from tests.reviews import steps

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


approved = states.once_a_module(factories.approved)


@pytest.fixture
def review(approved):
    return states.anew(approved)


@pytest.fixture
def member(client):
    person = factories.board_member("Ann").user
    client.force_login(person)
    return person


def url(verb, pk):
    return reverse(f"reviews:{verb}", args=[pk])


def send(client, verb, pk, seen, **form):
    return client.post(url(verb, pk), {"seen": factories.seen(seen), **form})


def test_member_finds_a_published_text_by_its_title(client, review, member):
    factories.approved()

    found = text_of(client.get(reverse("reviews:published_texts"), {"q": review.article.title[:-1]}))
    nothing = text_of(client.get(reverse("reviews:published_texts"), {"q": "no such words"}))

    assert review.article.title in found
    assert "1 text" in found
    assert "No published text matches these words" in nothing


@pytest.mark.parametrize("count", [1, 4])
def test_list_takes_a_constant_number_of_queries(client, member, django_assert_max_num_queries, count):
    for _number in range(count):
        factories.approved()

    with django_assert_max_num_queries(8):
        client.get(reverse("reviews:published_texts"))


def test_suspend_shows_what_readers_will_find_before_it_is_done(client, review, member):
    key = steps.section_keys(review.article)[0]
    form = {"section_key": key, "reason": "Wrong.", "notice": "The <b>dose</b> is being checked."}

    shown = send(client, "suspend", review.article_id, review, **form)

    assert shown.status_code == 200
    assert "Readers will see this in place of “From the guidelines”" in text_of(shown)
    assert "The &lt;b&gt;dose&lt;/b&gt; is being checked." in shown.content.decode()
    assert not Suspension.objects.exists()
    done = send(client, "suspend", review.article_id, review, **form, confirmed="on")
    assert (done.status_code, done["Location"]) == (302, url("published_text", review.article_id))
    assert "300 mg" not in text_of(client.get(address(review, "professional")))


def test_suspend_from_a_section_has_that_section_chosen(client, review, member):
    key = steps.section_keys(review.article)[1]

    shown = client.get(url("suspend", review.article_id), {"section": key}).content.decode()

    assert f'value="{key}" id="suspend_section_key_2" checked' in shown.replace("required ", "")


def test_refused_suspension_comes_back_with_what_was_typed(client, review, member):
    shown = send(client, "suspend", review.article_id, review, reason="", notice="Words I typed.", section_key="")

    assert shown.status_code == 422
    assert "Words I typed." in shown.content.decode()


def test_step_on_a_page_that_is_old_shows_what_happened(client, review, member):
    seen = factories.seen(review)
    steps.notice(review.article, factories.user("Editor", "Eve"), steps.section_keys(review.article)[0])

    form = {"section_key": "", "reason": "Wrong.", "notice": "Checked.", "confirmed": "on", "seen": seen}
    shown = client.post(url("suspend", review.article_id), form)

    assert shown.status_code == 409
    assert "Eve put a notice on" in text_of(shown)
    assert not Suspension.objects.exists()


def test_page_says_who_agreed_and_what_is_still_needed(client, review, member):
    editor = factories.user("Editor", "Eve")
    suspension = steps.suspend(review.article, editor)
    page = url("published_text", review.article_id)

    assert "Nobody has agreed to lift it." in text_of(client.get(page))
    steps.lift(suspension, editor, "It was right.")
    shown = text_of(client.get(page))
    assert "Eve agreed on" in shown
    assert "“It was right.” A member of the board has to agree too." in shown
    assert "Readers see a notice and none of the text." in shown
    assert "300 mg" in shown  # who lifts it reads it first
    client.force_login(editor)
    panel = text_of(client.get(reverse("admin:articles_article_change", args=[review.article_id])))
    assert "The whole page: Eve agreed on" in panel


def test_lift_by_the_second_person_shows_the_text_again(client, review, member):
    editor = factories.user("Editor")
    suspension = steps.suspend(review.article, editor)
    steps.lift(suspension, editor)

    done = send(client, "lift", suspension.pk, review, reason="I read it.")

    assert done.status_code == 302
    assert "Readers see it again." in text_of(client.get(done["Location"]))
    assert Publication.objects.get().status == "approved"


def test_agreement_is_taken_back(client, review, member):
    suspension = steps.suspend(review.article, factories.user("Editor"))
    steps.lift(suspension, member)

    assert "Withdraw my agreement" in text_of(client.get(url("published_text", review.article_id)))
    send(client, "withdraw_lift", suspension.pk, review, reason="Not yet.")

    suspension.refresh_from_db()
    assert suspension.lift_asked_by is None


def test_notice_is_placed_signed_and_withdrawn(client, review, member):
    key = steps.section_keys(review.article)[0]
    send(client, "notice", review.article_id, review, section_key=key, text="Read 150 mg.")
    placed = Notice.objects.get()

    page = client.get(url("sign_notice", placed.pk))
    assert review.revision.digest in text_of(page)
    wrong = send(client, "sign_notice", placed.pk, review, password="wrong")
    assert wrong.status_code == 422
    assert "That is not your password." in text_of(wrong)
    send(client, "sign_notice", placed.pk, review, password=factories.PASSWORD)
    assert "Signed by Ann, MD on" in text_of(client.get(url("published_text", review.article_id)))
    send(client, "withdraw_notice", placed.pk, review, reason="It is corrected.")

    assert Publication.objects.get().notices == []


@pytest.mark.parametrize("form", ["{slug}", "/articles/{slug}/plain/", "https://example.org/articles/{slug}/"])
def test_retire_takes_the_successor_by_its_address(client, review, form):
    successor = factories.approved().article
    client.force_login(factories.user("Editor"))
    typed = {"successor": form.format(slug=successor.slug), "reason": "Merged.", "notice": "Merged."}

    shown = send(client, "retire", review.article_id, review, **typed)
    assert f"redirects to “{successor.title}”" in text_of(shown)
    send(client, "retire", review.article_id, review, **typed, confirmed="on")

    assert Publication.objects.get(pk=review.article_id).successor == successor


@pytest.mark.parametrize("typed", ["nothing-there", "https://example.org/", "../..", "\x00"])
def test_retire_to_an_unknown_address_is_a_form_error(client, review, typed):
    client.force_login(factories.user("Editor"))

    shown = send(client, "retire", review.article_id, review, successor=typed, reason="Old.", notice="Old.")

    assert shown.status_code == 422
    assert Publication.objects.get().status == "approved"


def test_text_that_was_never_approved_has_no_such_page(client, member):
    review = factories.submitted()

    assert client.get(url("published_text", review.article_id)).status_code == 404
    assert client.get(url("suspend", review.article_id)).status_code == 404


def test_start_page_leads_members_to_published_texts(client, member):
    assert reverse("reviews:published_texts") in client.get(reverse("admin:index")).content.decode()


def test_record_lists_a_signature_and_that_it_was_taken_back_or_neither(client, member):
    ann, ben = factories.board_member("Ann Arbor"), factories.board_member("Ben Barrow")
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)
    workflow.rescind(review, by=ann.user, reason="Too soon.", seen=factories.seen(review))
    for one in (ann, ben):
        factories.sign(review, one)
    page = reverse("reviews:published_text", args=[review.article_id])

    approved = text_of(client.get(page))
    factories.edit(review.article)
    update = factories.under_review(ann, review=factories.submitted(review.article))
    factories.sign(update, ann)
    workflow.rescind(update, by=ann.user, reason="Too soon.", seen=factories.seen(update))

    assert approved.count("Ann Arbor signed for") == 2
    assert approved.count("Ann Arbor rescinded the decision.") == 1
    assert text_of(client.get(page)).partition("On the record")[2] == approved.partition("On the record")[2]
