"""The author's desk: who sees which draft, what a save records, and what happens when two people save."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Section
from tests import factories, hostile

pytestmark = pytest.mark.django_db

# What the form refuses (hostile in size) is tested with the form.
_SHORT_ENOUGH = {name for name, text in hostile.SAMPLES.items() if len(text) < 200 and text.isprintable()}
LIST = "admin:articles_article_changelist"


def change_url(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def posted(response):
    """Return what a browser would post of the page's forms as they are shown."""
    data = {}
    for form in [
        response.context["adminform"].form,
        *(one.formset.management_form for one in response.context["inline_admin_formsets"]),
        *(form for one in response.context["inline_admin_formsets"] for form in one.formset.forms),
    ]:
        for bound in form:
            value = bound.value()
            if value is True:
                value = "on"
            if value is not None and value is not False:
                data[bound.html_name] = value
    return data


@pytest.fixture
def author():
    return factories.user("Author", "Ada Author")


@pytest.fixture
def editor():
    return factories.user("Editor", "Eli Editor")


@pytest.fixture
def article(author):
    return factories.article(by=author)


@pytest.fixture
def as_author(client, author):
    client.force_login(author)
    return client


def test_list_shows_authors_their_own_drafts(as_author, article):
    other = factories.article()

    page = as_author.get(reverse(LIST)).content.decode()

    assert article.title in page
    assert other.title not in page


def test_list_shows_editors_every_draft(client, article, editor):
    client.force_login(editor)

    assert article.title in client.get(reverse(LIST)).content.decode()


def test_list_takes_the_same_queries_for_many(client, editor, django_assert_num_queries):
    client.force_login(editor)
    for _number in range(2):
        factories.submitted()
    client.get(reverse(LIST))
    with django_assert_num_queries(9) as few:
        client.get(reverse(LIST))
    for _number in range(4):
        factories.submitted()

    with django_assert_num_queries(len(few)):
        client.get(reverse(LIST))


@pytest.mark.parametrize("role", ["Author", "Board member", "Administrator", None])
def test_draft_of_others_is_not_found(client, article, role):
    client.force_login(factories.user(role))
    expected = 302 if role is None else 404

    answers = [
        client.get(change_url(article)),
        client.get(reverse("admin:articles_article_history", args=[article.pk])),
        client.get(reverse("admin:articles_article_preview", args=[article.pk, "plain"])),
        client.post(change_url(article), {}),
    ]

    assert [answer.status_code for answer in answers] == [expected] * 4


def test_auditor_reads_and_changes_nothing(client, article):
    client.force_login(factories.user("Auditor"))

    page = client.get(change_url(article))
    answer = client.post(change_url(article), {"title": "Other", "seen": article.version})

    assert page.status_code == 200
    assert "_continue" not in page.content.decode()
    assert answer.status_code == 403


def test_nobody_deletes_an_article(admin_client, article):
    answer = admin_client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})

    assert answer.status_code == 403


def test_add_writes_owner_address_and_positions(as_author, author):
    page = as_author.get(reverse("admin:articles_article_add"))
    data = {
        **posted(page),
        "title": "What helps?",
        "reason": "begun",
        "sections-TOTAL_FORMS": "2",
        "sections-0-position": "",
        "sections-0-kind": "guidelines",
        "sections-0-heading": "First",
        "sections-0-professional": "One\r\ntwo",
        "sections-1-position": "",
        "sections-1-kind": "research",
        "sections-1-heading": "Second",
        "_continue": "1",
    }

    answer = as_author.post(reverse("admin:articles_article_add"), data)

    article = Article.objects.get(title="What helps?")
    assert answer.status_code == 302
    assert (article.owner, article.slug, article.version) == (author, "what-helps", 1)
    assert [(one.position, one.professional) for one in article.sections.all()] == [(0, "One\ntwo"), (1, "")]
    assert [(row.history_user, row.history_change_reason) for row in Section.history.all()] == [(author, "begun")] * 2


def test_save_raises_the_version_and_records_what_changed_only(as_author, article, author):
    page = as_author.get(change_url(article))
    data = {
        **posted(page),
        "sections-0-professional": "Start with 600 mg [@first].",
        "reason": "dose",
        "_continue": "1",
    }

    as_author.post(change_url(article), data)

    fresh = Article.objects.get(pk=article.pk)
    rows = Section.history.filter(history_type="~")
    assert fresh.version == article.version + 1
    assert [(row.history_user, row.history_change_reason, row.heading) for row in rows] == [
        (author, "dose", "From the guidelines")
    ]
    assert fresh.history.first().history_change_reason == "dose"
    assert fresh.history.first().history_user == author


def test_save_records_who_deleted_a_section_and_why(as_author, article, author):
    data = {**posted(as_author.get(change_url(article))), "sections-1-DELETE": "on", "reason": "old", "_continue": "1"}

    as_author.post(change_url(article), data)

    gone = Section.history.get(history_type="-")
    assert (gone.history_user, gone.history_change_reason) == (author, "old")


def test_second_save_is_refused_and_keeps_both_texts(client, article, author, editor):
    client.force_login(author)
    typed = {**posted(client.get(change_url(article))), "sections-0-professional": "Mine <b>", "_continue": "1"}
    factories.edit(article, by=editor, text="Theirs <i>")

    refused = client.post(change_url(article), typed)

    text = refused.content.decode()
    assert Article.objects.get(pk=article.pk).sections.first().professional == "Theirs <i>"
    assert refused.status_code == 200
    assert "Eli Editor saved this draft" in text
    assert text.count("Theirs &lt;i&gt;") == 1
    assert text.count("Mine &lt;b&gt;") == 2
    assert len(refused.context["concurrent_edit"].differences) == 1


def test_second_press_saves_what_was_typed(as_author, article, editor):
    typed = {**posted(as_author.get(change_url(article))), "sections-0-professional": "Mine", "_continue": "1"}
    factories.edit(article, by=editor, text="Theirs")
    refused = as_author.post(change_url(article), typed)

    page = as_author.post(change_url(article), {**posted(refused), "_continue": "1"}, follow=True)

    assert "Saved." in page.content.decode()
    assert Article.objects.get(pk=article.pk).sections.first().professional == "Mine"


def test_second_press_may_take_what_is_saved(as_author, article, editor):
    typed = {
        **posted(as_author.get(change_url(article))),
        "title": "My title",
        "sections-0-professional": "Mine",
        "_continue": "1",
    }
    factories.edit(article, by=editor, text="Theirs")
    refused = as_author.post(change_url(article), typed)

    as_author.post(
        change_url(article), {**posted(refused), "take_saved": ["sections-0-professional"], "_continue": "1"}
    )

    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.title, fresh.sections.first().professional) == ("My title", "Theirs")


def test_collision_keeps_rows_that_were_added_and_removed(as_author, article, editor):
    typed = {**posted(as_author.get(change_url(article))), "sections-1-plain": "Typed meanwhile", "_continue": "1"}
    removed, kept = article.sections.last(), article.sections.first()
    removed.delete()
    article.sections.create(heading="Theirs", professional="Added", position=5)
    factories.edit(article, by=editor, text=kept.professional + " More.")

    refused = as_author.post(change_url(article), typed)
    answer = as_author.post(change_url(article), {**posted(refused), "_continue": "1"})

    assert (refused.context["concurrent_edit"].added, refused.context["concurrent_edit"].removed) == (
        ["Theirs"],
        [removed.heading],
    )
    assert answer.status_code == 302
    assert {one.heading: one.plain for one in article.sections.all()} == {
        kept.heading: kept.plain,
        "Theirs": "",
        removed.heading: "Typed meanwhile",
    }


def test_page_without_its_version_saves_nothing(as_author, article):
    data = {**posted(as_author.get(change_url(article))), "title": "Other", "_continue": "1"}
    del data["seen"]

    as_author.post(change_url(article), data)

    assert Article.objects.get(pk=article.pk).title == article.title


def test_catalogue_facts_are_read_only_once_submitted(as_author, article):
    factories.submitted(article)
    page = as_author.get(change_url(article))

    as_author.post(change_url(article), {**posted(page), "slug": "other", "risk": "low", "_continue": "1"})

    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.slug, fresh.risk) == (article.slug, article.risk)
    assert fresh.version == article.version + 1


def test_author_cannot_give_a_draft_away(as_author, article, editor):
    data = {**posted(as_author.get(change_url(article))), "owner": editor.pk, "_continue": "1"}

    as_author.post(change_url(article), data)

    assert Article.objects.get(pk=article.pk).owner == article.owner


def test_editor_says_how_many_read_a_draft(client, editor, article):
    client.force_login(editor)
    data = {**posted(client.get(change_url(article))), "readers": "250", "_continue": "1"}

    client.post(change_url(article), data)

    assert Article.objects.get(pk=article.pk).readers == 250


def test_author_does_not_say_how_many_read_a_draft(as_author, article):
    page = as_author.get(change_url(article))

    as_author.post(change_url(article), {**posted(page), "readers": "250", "_continue": "1"})

    assert "readers" not in posted(page)
    assert Article.objects.get(pk=article.pk).readers == 0


def test_form_names_the_ai_tool(as_author, article):
    data = {**posted(as_author.get(change_url(article))), "ai_use": "assisted", "_continue": "1"}

    page = as_author.post(change_url(article), data)

    assert page.context["adminform"].form.errors["ai_tool"] == ["Name the AI tool that helped."]


def test_form_refuses_a_text_over_the_limits(as_author, article):
    data = {**posted(as_author.get(change_url(article))), "sections-0-plain": "[" * 20_000, "_continue": "1"}

    page = as_author.post(change_url(article), data)

    assert "are allowed" in page.content.decode()


def test_findings_lead_to_their_section(as_author, author):
    article = factories.article(by=author, sections=[{"heading": "Dose", "professional": "Take 5 mg [@nobody]."}])

    page = as_author.get(change_url(article)).content.decode()

    assert "[@nobody], which is not in the list of citations" in page
    assert 'href="#sections-0"' in page
    assert 'id="sections-0"' in page


def test_change_page_says_how_the_plain_text_reads(as_author, author):
    section = {"heading": "Dose", "professional": "Give it.", "plain": "Take one tablet at night. Mind renal harm."}
    article = factories.article(by=author, sections=[section])

    page = as_author.get(change_url(article)).content.decode()

    assert "How the plain text reads" in page
    assert "<dt>Medical words not explained</dt><dd>12.5%</dd>" in page
    assert "The text is short (words: 8, sentences: 2)" in page


def test_change_page_takes_the_same_queries_for_many_parts(as_author, author, django_assert_num_queries):
    def written(parts):
        texts = [{"heading": f"Part {number}", "professional": f"Text [@a{number}]."} for number in range(parts)]
        cited = [{"key": f"a{number}", "source": factories.source()} for number in range(parts)]
        return factories.article(by=author, sections=texts, citations=cited)

    few, many = written(2), written(12)
    as_author.get(change_url(few))
    with CaptureQueriesContext(connection) as queries:
        as_author.get(change_url(few))

    with django_assert_num_queries(len(queries)):
        as_author.get(change_url(many))


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_preview_is_marked_and_kept_by_nobody(as_author, article, audience):
    page = as_author.get(reverse("admin:articles_article_preview", args=[article.pk, audience]))

    assert "not reviewed, not public" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert 'name="robots" content="noindex"' in page.content.decode()


def test_preview_of_no_audience_is_not_found(as_author, article):
    assert as_author.get(reverse("admin:articles_article_preview", args=[article.pk, "x"])).status_code == 404


def test_preview_says_why_a_text_cannot_be_shown(as_author, article):
    article.sections.create(heading="Over the limits", professional="[" * 20_000)

    page = as_author.get(reverse("admin:articles_article_preview", args=[article.pk, "professional"]))

    assert "cannot be shown yet" in page.content.decode()


def test_preview_text_needs_a_writer(client):
    client.force_login(factories.user("Auditor"))

    assert client.post(reverse("admin:articles_article_preview_text"), {"text": "x"}).status_code == 403


def test_preview_text_is_safe_html(as_author):
    answer = as_author.post(reverse("admin:articles_article_preview_text"), {"text": "**a** <script>alert(1)</script>"})

    assert "<strong>a</strong>" in answer.content.decode()
    assert "<script" not in answer.content.decode()


def test_preview_text_refuses_a_text_over_the_limits(as_author):
    answer = as_author.post(reverse("admin:articles_article_preview_text"), {"text": "[" * 20_000})

    assert answer.status_code == 422


def test_save_and_preview_leads_to_the_preview(as_author, article):
    answer = as_author.post(change_url(article), {**posted(as_author.get(change_url(article))), "_preview": "1"})

    assert answer.url == reverse("admin:articles_article_preview", args=[article.pk, "professional"])


def test_history_shows_old_and_new_in_full(as_author, article, editor):
    long = "A sentence of substance. " * 40
    factories.edit(article, by=editor, text=long + "<b>")

    page = as_author.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()

    assert long + "&lt;b&gt;" in page
    assert "Start with 300 mg once daily" in page
    assert "Eli Editor" in page
    assert "Reason: edit" in page


def test_history_names_topics_before_and_after(as_author, article):
    data = {
        **posted(as_author.get(change_url(article))),
        "topics": [factories.topic("Cardiology").pk],
        "_continue": "1",
    }
    as_author.post(change_url(article), data)

    page = as_author.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()

    assert '<div class="prose-text">Neurology</div>' in page
    assert '<div class="prose-text">Cardiology</div>' in page


def test_history_takes_no_more_queries_for_many(
    as_author, article, django_assert_num_queries, django_assert_max_num_queries
):
    url = reverse("admin:articles_article_history", args=[article.pk])
    for number in range(2):
        factories.edit(article, text=f"Sentence {number}.")
    as_author.get(url)
    with django_assert_num_queries(13) as few:
        as_author.get(url)
    for number in range(20):
        factories.edit(article, text=f"Sentence again {number}.")

    with django_assert_max_num_queries(len(few)):
        as_author.get(url)


@pytest.mark.parametrize("name", sorted(_SHORT_ENOUGH)[::20])
def test_pages_make_hostile_text_inert(as_author, author, name):
    text = hostile.SAMPLES[name]
    article = factories.article(by=author, title=text[:200] or "Empty")
    # Past the form's own checks: a page must stand what an import or an older version let in.
    article.sections.create(heading=text[:200], professional=text, plain=text, plain_missing_reason=text[:200])

    for url in (
        change_url(article),
        reverse(LIST),
        reverse("admin:index"),
        reverse("admin:articles_article_history", args=[article.pk]),
        reverse("admin:articles_article_preview", args=[article.pk, "plain"]),
    ):
        hostile.assert_inert_page(as_author.get(url).content.decode())


def about_a_medicine(author, **fields):
    return factories.article(by=author, template="medicine", **fields)


def test_template_asks_for_its_blocks_once_it_is_saved(as_author, article):
    page = as_author.get(change_url(article))
    assert "without_pregnancy" not in posted(page)

    as_author.post(change_url(article), {**posted(page), "template": "medicine", "_continue": "1"})

    assert "without_pregnancy" in posted(as_author.get(change_url(article)))
    assert Article.objects.get(pk=article.pk).template == "medicine"


def test_block_is_left_out_with_a_reason_and_answered_by_a_section(as_author, author):
    article = about_a_medicine(author)
    data = {
        **posted(as_author.get(change_url(article))),
        "without_pregnancy": "Only men take it.",
        "sections-0-blocks": ["kidney", "urgent_help"],
        "sections-0-certainty": "low",
        "sections-0-strength": "conditional",
        "_continue": "1",
    }

    as_author.post(change_url(article), data)

    fresh = Article.objects.get(pk=article.pk)
    section = fresh.sections.first()
    assert fresh.not_applicable == {"pregnancy": "Only men take it."}
    assert (sorted(section.blocks), section.certainty, section.strength) == (
        ["kidney", "urgent_help"],
        "low",
        "conditional",
    )
    again = posted(as_author.get(change_url(article)))
    assert again["without_pregnancy"] == "Only men take it."
    assert again["sections-0-blocks"] == section.blocks


def test_reasons_go_with_the_template_that_asked_for_them(as_author, author):
    article = about_a_medicine(author, not_applicable={"pregnancy": "Only men take it.", "unknowns": "None."})
    page = as_author.get(change_url(article))

    as_author.post(change_url(article), {**posted(page), "template": "condition", "_continue": "1"})

    assert Article.objects.get(pk=article.pk).not_applicable == {"unknowns": "None."}


def test_block_that_the_template_does_not_have_is_refused(as_author, author):
    article = about_a_medicine(author)
    data = {**posted(as_author.get(change_url(article))), "sections-0-blocks": ["preparation"], "_continue": "1"}

    assert as_author.post(change_url(article), data).status_code == 200
    assert article.sections.first().blocks == []


def test_collision_keeps_blocks_and_grades(as_author, author, editor):
    article = about_a_medicine(author)
    typed = {
        **posted(as_author.get(change_url(article))),
        "without_kidney": "It is not cleared there.",
        "sections-0-blocks": ["unknowns"],
        "sections-0-certainty": "high",
        "_continue": "1",
    }
    factories.edit(article, by=editor, text="Theirs")
    refused = as_author.post(change_url(article), typed)

    assert "What is not known" in refused.content.decode()
    as_author.post(change_url(article), {**posted(refused), "_continue": "1"})

    fresh = Article.objects.get(pk=article.pk)
    section = fresh.sections.first()
    assert fresh.not_applicable == {"kidney": "It is not cleared there."}
    assert (section.blocks, section.certainty) == (["unknowns"], "high")


def test_collision_may_take_saved_blocks(as_author, author, editor):
    article = about_a_medicine(author)
    article.sections.filter(pk=article.sections.first().pk).update(blocks=["kidney"])
    typed = {**posted(as_author.get(change_url(article))), "sections-0-blocks": ["unknowns"], "_continue": "1"}
    factories.edit(article, by=editor, text="Theirs")
    refused = as_author.post(change_url(article), typed)

    taken = {**posted(refused), "take_saved": ["sections-0-blocks"], "_continue": "1"}
    as_author.post(change_url(article), taken)

    assert article.sections.first().blocks == ["kidney"]


def test_one_who_may_only_read_sees_the_blocks_left_out(client, author):
    article = about_a_medicine(author, not_applicable={"pregnancy": "Only men take it."})
    client.force_login(factories.user("Auditor"))

    page = client.get(change_url(article)).content.decode()

    assert "Pregnancy and breastfeeding: Only men take it." in page
    assert "without_pregnancy" not in page


def test_findings_are_grouped_with_what_blocks_first(as_author, author):
    factories.policy(blocks_approve=["citation-unknown"])
    article = about_a_medicine(
        author, sections=[{"heading": "Dose", "professional": "Take 5 mg at night. See [@nobody]."}], citations=[]
    )

    page = as_author.get(change_url(article)).content.decode()

    groups = page[page.index('id="findings-heading"') :]
    assert groups.index("The text cites a key that the article does not list") < groups.index(
        "A block required by the article"
    )
    assert "<mark>Take 5 mg at night. See [@nobody].</mark>" in groups or "<mark>See [@nobody].</mark>" in groups
    assert '<details class="finding-group" open>' in groups
