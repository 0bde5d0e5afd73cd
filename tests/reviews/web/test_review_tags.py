import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from articles.models import Article
from reviews import workflow
from tests import factories

pytestmark = pytest.mark.django_db


def render(template, user, **values):
    request = RequestFactory().get("/")
    request.user = user
    loaded = Template("{% load review_tags %}" + template)
    return loaded.render(Context({"request": request, "csrf_token": "token", **values}))


def panel(article, user):
    return render("{% article_review_panel article %}", user, article=Article.objects.get(pk=article.pk))


def test_overview_of_an_editor_counts_the_queue_and_the_interests():
    review, ann = factories.submitted(), factories.board_member()
    workflow.accept(review, by=ann.user, seen=factories.seen(review), interests=[{"nature": "Fee"}])

    shown = render("{% desk_overview %}", factories.user("Editor"))

    assert "Open reviews" in shown
    assert "?state=interests" in shown
    assert "My reviews" not in shown


def test_overview_of_a_member_leads_to_their_reviews():
    shown = render("{% desk_overview %}", factories.board_member().user)

    assert "My reviews" in shown
    assert "Open reviews" not in shown


def test_overview_of_an_author_counts_what_was_sent_back():
    ann = factories.board_member()
    review = factories.under_review(ann)
    workflow.request_changes(review, by=ann.user, text="Again.", seen=factories.seen(review))

    shown = render("{% desk_overview %}", review.article.owner)

    assert re.search(r'<span class="overview-count">1</span>\s*<span class="overview-label">My texts sent back', shown)


def test_overview_of_nobody_is_empty():
    assert render("{% desk_overview %}", factories.user("Administrator")).strip() == ""


def test_panel_of_a_new_draft_offers_submitting():
    article = factories.article()

    shown = panel(article, article.owner)

    assert f"/desk/articles/{article.pk}/submit/" in shown
    assert "Recall" not in shown


def test_panel_counts_what_blocks_the_draft():
    article = factories.article(ai_use="undeclared")

    shown = panel(article, article.owner)

    assert "1 finding blocks submission of the draft." in shown
    assert "waive" not in shown


def test_panel_offers_an_editor_to_let_a_finding_stand():
    article = factories.article(citations=[{"key": "first"}, {"key": "second", "source": factories.source()}])

    assert f"/desk/articles/{article.pk}/waive/?finding=" in panel(article, factories.user("Editor"))


def test_panel_of_a_text_in_review_offers_recall_and_no_submit():
    review = factories.submitted()

    shown = panel(review.article, review.article.owner)

    assert f"/reviews/{review.pk}/recall/" in shown
    assert "/submit/" not in shown


def test_panel_of_a_text_sent_back_shows_the_remark_escaped_with_a_form_to_answer():
    ann = factories.board_member()
    review = factories.under_review(ann)
    workflow.request_changes(review, by=ann.user, text="Name the <b>maximum</b>.", seen=factories.seen(review))

    shown = panel(review.article, review.article.owner)

    assert "Name the &lt;b&gt;maximum&lt;/b&gt;." in shown
    assert f"/reviews/{review.pk}/comment/" in shown
    assert f"/desk/articles/{review.article_id}/submit/" in shown


def test_panel_offers_an_editor_the_steps_on_the_page():
    review = factories.approved()
    editor = factories.user("Editor")

    shown = panel(review.article, editor)

    for verb in ("rereview", "retract", "catalogue"):
        assert f"/desk/articles/{review.article_id}/{verb}/" in shown
    assert "/retract/" not in panel(review.article, review.article.owner)


def test_panel_of_an_unsaved_article_is_empty():
    article = Article()

    assert render("{% article_review_panel article %}", factories.user("Author"), article=article).strip() == ""
