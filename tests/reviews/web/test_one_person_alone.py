"""One person tries, through the site's own pages, to get a text approved by fewer than it needs: refused each time."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Publication, Source
from reviews.models import Decision, EditorialPolicy, Event, Lowering, Review
from reviews.policies import reach
from reviews.record import verification
from tests import factories
from tests.reviews.web.test_policy_admin import ADOPT, filled

pytestmark = pytest.mark.django_db

ONE = {"quorum_low": 1, "quorum_moderate": 1, "quorum_high": 1}


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, user):
        self.user, self.client = user, Client()
        self.client.force_login(user)

    def take(self, verb, subject, **form):
        sent = {"seen": factories.seen(subject), **form}
        return self.client.post(reverse(f"reviews:{verb}", args=[subject.pk]), sent, follow=True)

    def adopt(self, **changes):
        form = {name: value for name, value in filled(**changes).items() if value is not None}
        page = self.client.post(reverse(ADOPT), form)
        return self.client.post(reverse(ADOPT), {**form, "adopt": "1", "confirmed": "1"}, follow=True), page

    def sign(self, review):
        for section in review.revision.document["sections"]:
            digest = review.revision.section_digests[section["key"]]
            for audience in ("professional", "plain"):
                words = {"section_key": section["key"], "section_digest": digest, "audience": audience}
                self.take("mark", review, **words)
        return self.take("approve", review, digest=review.revision.digest, password=factories.PASSWORD)

    def accept(self, review):
        return self.take("accept", review, declares="none", **NO_INTERESTS)

    def file(self, article, **changes):
        fresh = Article.objects.get(pk=article.pk)
        facts = {"slug": fresh.slug, "risk": fresh.risk, "owner": fresh.owner_id, "readers": fresh.readers}
        topics = list(fresh.topics.values_list("pk", flat=True))
        return self.take(
            "catalogue", article, **{**facts, "topics": topics, "reason": "Little can go wrong.", **changes}
        )


NO_INTERESTS = {"interests-TOTAL_FORMS": 0, "interests-INITIAL_FORMS": 0}


def editor_and_member(name="Edda"):
    member = factories.board_member(name)
    factories.make_editor(member.user)
    return Person(member.user)


def fresh(review):
    return Review.objects.get(pk=review.pk)


def is_approved(review):
    found = Publication.objects.filter(pk=review.article_id, status="approved").exists()
    return found or fresh(review).state == "approved"


def submitted_again(review):
    """Return the review of the same text, handed in again by its author."""
    author = Person(review.article.owner)
    article = Article.objects.get(pk=review.article_id)
    author.client.post(
        reverse("reviews:submit", args=[article.pk]),
        {"seen": article.version, "summary": "Again.", "change_class": "substantive"},
    )
    return Review.objects.open().get(article=article)


def recalled(review, editor):
    editor.take("recall", review, reason="To hand it in again.")
    assert fresh(review).state == "recalled"


# --- Attack 4: one person with both roles ---


def test_who_lowers_the_risk_rewrites_a_source_and_takes_the_review_cannot_sign(client):
    edda, article = editor_and_member(), factories.article(risk="high")
    edda.file(article, risk="low")
    source = Source.objects.filter(citations__article=article).first()
    page = edda.client.get(reverse("admin:articles_source_change", args=[source.pk]))
    form = _sent(page)
    edda.client.post(
        reverse("admin:articles_source_change", args=[source.pk]),
        {**form, "title": "A trial that found the opposite", "reason": "typo"},
    )
    source.refresh_from_db()
    assert source.title == "A trial that found the opposite"

    review = factories.submitted(article)
    edda.accept(review)
    answer = edda.sign(review)

    assert review.requirements["risk"] == "high"
    assert edda.user.pk in review.revision.contributors
    assert answer.status_code in (403, 422)
    assert not Decision.objects.exists()
    assert not is_approved(review)


def _sent(page):
    """Return what a browser would send of a change page as it is shown."""
    found = {}
    form = page.context["adminform"].form
    formsets = [one.formset for one in page.context["inline_admin_formsets"]]
    for one in (form, *(formset.management_form for formset in formsets), *(f for fs in formsets for f in fs.forms)):
        for bound in one:
            value = bound.value()
            if value is not None and value is not False:
                found[bound.html_name] = "on" if value is True else value
    return found


# --- Attack 5: an editor alone, in the middle of a review ---


def test_half_signed_text_of_high_risk_does_not_go_live_by_an_editors_new_policy(client):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.under_review(ann, ben, review=factories.submitted(risk="high"))
    factories.sign(review, ann)
    editor = Person(factories.user("Editor"))

    answer, preview = editor.adopt(**ONE, specialty_required=None, binds_open_reviews="on")
    reach.carry_out()

    assert "What would ask for less" in preview.text
    assert "waits for a second person" in answer.text
    assert EditorialPolicy.objects.count() == 1
    assert not is_approved(review)


def test_half_signed_text_keeps_what_it_began_with_also_when_a_second_person_agrees(client):
    ann, ben, cat = (factories.board_member(name) for name in ("Ann", "Ben", "Cat"))
    review = factories.under_review(ann, ben, cat, review=factories.submitted(risk="high"))
    first = factories.sign(review, ann)
    words = {"plain_disclaimer": "The new words of the disclaimer."}
    Person(factories.user("Editor")).adopt(**ONE, **words, specialty_required=None, binds_open_reviews="on")
    lowering = Lowering.objects.get()
    agreed = Person(factories.user("Editor")).take("confirm_lowering", lowering, confirmed="on", seen=0)
    reach.carry_out()

    assert "You agreed." in agreed.text
    assert EditorialPolicy.objects.current().version == 2
    assert not is_approved(review)
    second = factories.sign(fresh(review), ben)
    page = Publication.objects.get(pk=review.article_id)
    assert is_approved(review)
    assert (first.policy_version, second.policy_version, page.policy_version) == (1, 1, 1)
    assert all("policy version 1" in one.statement for one in (first, second))
    assert page.policy_texts == EditorialPolicy.objects.get(version=1).public_texts()
    assert list(verification.faults()) == []


def test_page_names_the_earliest_version_that_its_signatures_were_given_under(client):
    ann, ben, cat = (factories.board_member(name) for name in ("Ann", "Ben", "Cat"))
    review = factories.under_review(ann, ben, cat)
    first = factories.sign(review, ann)
    Person(factories.user("Editor")).adopt(quorum_moderate=3, quorum_high=3, binds_open_reviews="on")
    reach.carry_out()

    others = [factories.sign(fresh(review), member) for member in (ben, cat)]

    page = Publication.objects.get(pk=review.article_id)
    assert is_approved(review)
    assert [first.policy_version, *(one.policy_version for one in others)] == [1, 2, 2]
    assert "policy version 2" in others[0].statement
    assert "three signatures on each section are required" in others[0].statement
    assert page.policy_version == 1
    assert page.policy_texts == EditorialPolicy.objects.get(version=1).public_texts()


def test_page_names_the_raised_version_when_all_signed_under_it(client):
    ann, ben, cat = (factories.board_member(name) for name in ("Ann", "Ben", "Cat"))
    review = factories.under_review(ann, ben, cat)
    Person(factories.user("Editor")).adopt(quorum_moderate=3, quorum_high=3, binds_open_reviews="on")
    reach.carry_out()

    for member in (ann, ben, cat):
        factories.sign(fresh(review), member)

    assert Publication.objects.get(pk=review.article_id).policy_version == 2


# --- Attack 10: who may open a review but not sign it ---


def test_refused_attempts_of_who_is_not_asked_stand_in_no_signers_way(client):
    ann = factories.board_member("Ann")
    review = factories.under_review(ann, factories.board_member())
    factories.mark_all(review, ann)
    seen = factories.seen(review)  # Ann opens the page
    stranger = editor_and_member()

    answers = [
        stranger.take("approve", review, digest=review.revision.digest, password=factories.PASSWORD) for _ in range(5)
    ]
    signed = Person(ann.user).take(
        "approve", review, digest=review.revision.digest, password=factories.PASSWORD, seen=seen
    )

    assert {answer.status_code for answer in answers} == {403}
    assert factories.seen(review) == seen + 1, "only the signature moved the article's record"
    assert signed.status_code == 200
    assert Decision.objects.get().signer["name"] == "Ann"
    refused = Event.objects.of_site().filter(verb="sign_refused")
    assert [(one.actor, one.data["article"]) for one in refused] == [(stranger.user, review.article_id)]


def test_refused_attempt_of_a_colleague_who_is_asked_stands_in_nobodys_way(client):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.under_review(ann, ben)
    factories.mark_all(review, ann)
    seen = factories.seen(review)

    Person(ben.user).take("approve", review, digest=review.revision.digest, password="wrong")
    signed = Person(ann.user).take(
        "approve", review, digest=review.revision.digest, password=factories.PASSWORD, seen=seen
    )

    assert Event.objects.of_article(review.article_id).filter(verb="sign_refused").count() == 1
    assert signed.status_code == 200
    assert Decision.objects.count() == 1


# --- Attack 12: recall, lower, hand in again ---


def test_recall_a_quorum_of_one_and_handing_in_again_needs_two_signatures_as_before(client):
    edda, ann = editor_and_member(), factories.board_member("Ann")
    review = factories.submitted(risk="high")
    recalled(review, edda)

    answer, _preview = edda.adopt(**ONE, specialty_required=None)
    again = submitted_again(review)
    Person(ann.user).accept(again)
    Person(ann.user).sign(again)

    assert "waits for a second person" in answer.text
    assert Decision.objects.count() == 1
    assert again.requirements["signers"] == 2
    assert not is_approved(again)


def test_recall_a_lower_risk_class_and_handing_in_again_needs_two_signatures_as_before(client):
    edda, ann = editor_and_member(), factories.board_member("Ann")
    review = factories.submitted(risk="high")
    recalled(review, edda)

    answer = edda.file(review.article, risk="low")
    again = submitted_again(review)
    Person(ann.user).accept(again)
    Person(ann.user).sign(again)

    assert "waits for a second person" in answer.text
    assert Article.objects.get(pk=review.article_id).risk == "high"
    assert again.requirements["signers"] == 2
    assert not is_approved(again)


def test_who_asked_cannot_agree_and_who_agreed_is_another(client):
    edda, article = editor_and_member(), factories.article(risk="high")
    edda.file(article, risk="low")
    lowering = Lowering.objects.get()

    refused = edda.take("confirm_lowering", lowering, confirmed="on", seen=0)
    by_author = Person(article.owner).take("confirm_lowering", lowering, confirmed="on", seen=0)
    by_guest = Person(factories.board_member(is_guest=True).user).take("confirm_lowering", lowering, seen=0)
    agreed = Person(factories.board_member("Ann").user).take("confirm_lowering", lowering, confirmed="on", seen=0)

    assert (refused.status_code, by_author.status_code, by_guest.status_code) == (403, 404, 404)
    assert "You agreed." in agreed.text
    assert Article.objects.get(pk=article.pk).risk == "low"
    assert factories.submitted(article).requirements["signers"] == 1


def test_risk_class_of_a_saved_draft_is_not_lowered_in_its_own_form(client):
    author = Person(factories.user("Author"))
    article = factories.article(by=author.user, risk="high")
    page = author.client.get(reverse("admin:articles_article_change", args=[article.pk]))

    answer = author.client.post(
        reverse("admin:articles_article_change", args=[article.pk]), {**_sent(page), "risk": "low", "reason": "less"}
    )

    assert "a second person" in answer.text
    assert Article.objects.get(pk=article.pk).risk == "high"


def test_draft_whose_risk_class_was_lowered_by_other_means_is_not_taken(client):
    article = factories.article(risk="high")
    Article.objects.filter(pk=article.pk).update(risk="low")

    answer = Person(article.owner).take("submit", article, seen=article.version, summary="New.")

    assert answer.status_code == 422
    assert "a second person confirms it" in answer.text
    assert not Review.objects.exists()
