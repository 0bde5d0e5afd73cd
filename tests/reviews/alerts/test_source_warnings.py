"""What readers are told of source updates: at its reference, at the top, in their own words, and no more."""

import json
import re
from datetime import date

import pytest

from articles.models import Article, Publication
from articles.text import rendering
from articles.text.rendering import Link, ReferenceNote
from reviews import tasks
from tests import factories
from tests.articles.reading.reader_pages import BUILT, address, text_of, words_of
from tests.reviews import steps

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

AUDIENCES = ("professional", "plain")


@pytest.fixture
def study():
    return factories.source("A trial that is taken back", kind="study")


def approved(source, *, key="second", use="relied_on", **fields):
    """Return an approved review of a text whose second section, in both audiences, cites a source."""
    other = "first" if key == "second" else "second"
    citations = [{"key": key, "source": source, "use": use}, {"key": other, "source": factories.source("Another")}]
    draft = factories.article(risk="low", citations=citations, **fields)
    return factories.approved(factories.board_member(), review=factories.submitted(draft))


def told(source, kind="retraction", **fields):
    update = factories.source_update(source, kind, **fields)
    tasks.tell_of_sources()
    return update


def shown(client, review, audience="professional"):
    response = client.get(address(review, audience))
    assert response.status_code == 200
    return response.content.decode()


def reference(page, number):
    """Return what stands at a reference."""
    return page.split(f'<li id="reference-{number}"', 1)[1].split("</li>", 1)[0]


def top(page):
    return page.split("<header", 2)[-1].split('class="article-columns"', 1)[0]


@pytest.mark.parametrize(
    ("audience", "label", "use"),
    [
        ("professional", "Retracted on 3 May 2026.", "This text relies on it."),
        ("plain", "Withdrawn by its publisher on 3 May 2026.", "Parts of this page depend on it."),
    ],
)
def test_retraction_stands_at_the_reference_and_leads_to_its_notice(client, study, audience, label, use):
    review = approved(study)
    update = told(study)

    page = shown(client, review, audience)

    there = reference(page, 2)
    assert words_of(f"<li {there}").startswith(f"{label} {use} Notice: doi:{update.notice_doi}")
    assert f'href="https://doi.org/{update.notice_doi}"' in there
    assert "A trial that is taken back" in there
    assert "reference-note" not in reference(page, 1)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_retraction_stands_at_the_top_with_a_link_to_the_reference(client, study, audience):
    review = approved(study)
    told(study)

    page = shown(client, review, audience)

    assert '<a href="#reference-2">“A trial that is taken back”</a>' in top(page)
    assert "3 May 2026" in top(page)
    assert "Notice: doi:10.5555/notice" in top(page)


def test_body_around_the_note_is_the_stored_one(client, study):
    review = approved(study)
    told(study)
    publication = Publication.objects.get(article=review.article)

    page = shown(client, review)

    without = re.sub(r'<div class="reference-note[^>]*>.*?</div>', "", page)
    assert publication.professional.html in without
    assert publication.professional.html not in page


@pytest.mark.parametrize(
    ("kind", "professional", "plain"),
    [
        ("concern", "Expression of concern on 3 May 2026", "Questioned by its publisher since 3 May 2026"),
        ("correction", "Corrected on 3 May 2026", "Corrected by its publisher on 3 May 2026"),
        (
            "reinstatement",
            "Reinstated on 3 May 2026. Its retraction was withdrawn.",
            "Valid again since 3 May 2026. Its publisher had withdrawn it and has reinstated it.",
        ),
        ("superseded", "Superseded on 3 May 2026", "Replaced by a newer document on 3 May 2026"),
    ],
)
def test_other_updates_in_the_words_of_each_audience(client, study, kind, professional, plain):
    review = approved(study)
    told(study, kind)

    assert professional in text_of(client.get(address(review, "professional")))
    assert plain in text_of(client.get(address(review, "plain")))


@pytest.mark.parametrize(("kind", "is_at_top"), [("concern", True), ("correction", False), ("superseded", False)])
def test_first_policy_warns_at_the_top_of_what_is_grave(client, study, kind, is_at_top):
    review = approved(study)
    told(study, kind)

    assert ("A source of this text" in top(shown(client, review))) is is_at_top


def test_update_without_a_date_says_since_when_it_is_known(client, study):
    review = approved(study)
    told(study, date=None)

    assert re.search(r"Retracted \(known here since \d+ \w+ \d{4}\)", shown(client, review))


def test_notice_known_by_its_pmid_leads_there(client, study):
    review = approved(study)
    told(study, notice_doi="", notice_pmid="12345678")

    assert "https://pubmed.ncbi.nlm.nih.gov/12345678/" in reference(shown(client, review), 2)


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        ("professional", "This text discusses it and does not rely on it."),
        ("plain", "This page only mentions it: nothing here depends on it."),
    ],
)
def test_discussed_source_is_warned_of_in_words_that_say_so(client, study, audience, words):
    review = approved(study, use="discussed")
    told(study)

    page = shown(client, review, audience)

    assert words in reference(page, 2)
    assert "A source of this" not in top(page)


@pytest.mark.parametrize(
    ("changed", "professional", "plain"),
    [
        (["34068-7"], "Sections cited here changed.", "Parts used here changed."),
        (["34084-4"], "The sections cited here did not change.", "The parts used here did not change."),
        (None, "Whether the sections cited here changed is not known yet.", "We do not know yet whether the parts"),
    ],
)
def test_new_label_version_says_what_is_known_of_the_cited_sections(client, changed, professional, plain):
    label = factories.source(
        "A label", kind="drug_label", doi="", set_id="0f3c8d9e-1a2b-4c3d-8e9f-0a1b2c3d4e5f", label_version="7"
    )
    label.extracts.create(pinpoint="section 2", loinc="34068-7", text="Start with 300 mg.")
    citations = [
        {"key": "first", "source": label, "locator": "34068-7"},
        {"key": "second", "source": factories.source()},
    ]
    draft = factories.article(risk="low", citations=citations)
    review = factories.approved(factories.board_member(), review=factories.submitted(draft))
    told(label, "label_version", changed_sections=changed, notice_doi="")

    assert f"New label version, 3 May 2026. {professional}" in text_of(client.get(address(review, "professional")))
    assert f"Newer official information, 3 May 2026. {plain}" in text_of(client.get(address(review, "plain")))


def test_newer_document_is_named_and_linked(client, study):
    newer = factories.source("The guideline of 2026")
    study.superseded_by = newer
    study.save()
    review = approved(study)
    told(study, "superseded")

    there = reference(shown(client, review), 2)

    assert "Newer document: The guideline of 2026." in there
    assert f'href="https://doi.org/{newer.doi}"' in there


def test_page_changes_at_once_and_is_proved_and_built_once(client, study, django_assert_num_queries):
    review = approved(study)
    before = client.get(address(review))
    told(study)

    # A page of before the warning is never served, so the first one after it is built.
    with django_assert_num_queries(2 + BUILT):
        after = client.get(address(review))
    with django_assert_num_queries(1):
        assert client.get(address(review)).content == after.content

    assert after["ETag"] != before["ETag"]
    assert after.content != before.content


def test_list_is_as_it_was(client, study):
    approved(study)
    before = client.get("/").content
    told(study)

    # A review of the text is open from then on, and no list says so.
    assert client.get("/").content == before


@pytest.mark.parametrize("audience", AUDIENCES)
def test_source_that_only_a_hidden_section_cites_is_not_told_of(client, study, audience):
    review = approved(study)
    told(study)
    steps.suspend(review.article, factories.user("Editor"), section_key=steps.section_keys(review.article)[1])

    page = shown(client, review, audience)

    assert "A trial that is taken back" not in page
    assert "reference-note" not in page


def test_note_keeps_its_reference_when_a_section_before_it_is_hidden(client, study):
    review = approved(study)
    told(study)
    steps.suspend(review.article, factories.user("Editor"), section_key=steps.section_keys(review.article)[0])

    page = shown(client, review)

    assert "A trial that is taken back" in reference(page, 1)
    assert "Retracted on 3 May 2026" in reference(page, 1)
    assert '<a href="#reference-1">' in top(page)


def test_note_keeps_its_reference_beside_a_notice(client, study):
    review = approved(study)
    told(study)
    steps.notice(review.article, factories.user("Editor"), steps.section_keys(review.article)[0])

    assert "Retracted on 3 May 2026" in reference(shown(client, review), 2)


def test_source_that_only_professionals_find_is_told_at_the_top_of_both_pages(client, study):
    sections = [dict(factories.SECTIONS[0]), {**factories.SECTIONS[1], "plain": "In a study people slept better."}]
    review = approved(study, sections=sections)
    told(study)

    page = shown(client, review, "plain")

    assert "“A trial that is taken back”" in top(page)
    assert "#reference-2" not in top(page)
    assert "reference-note" not in page


def test_withheld_page_tells_nothing_of_sources(client, study):
    review = approved(study)
    told(study)
    steps.suspend(review.article, factories.user("Editor"))

    assert "Withdrawn by its publisher" not in shown(client, review)


def test_machines_are_told_the_status_of_a_source(client, study):
    review = approved(study)
    told(study)

    page = shown(client, review)

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    works = {one["name"]: one.get("creativeWorkStatus") for one in data["@graph"][0]["citation"]}
    assert works == {"Another": None, "A trial that is taken back": "Retracted"}


def test_words_of_a_source_are_text_in_every_place(client):
    hostile = factories.source('<script>alert(1)</script> <li id="reference-1"> ${x} {{ title }}', kind="study")
    review = approved(hostile)
    told(hostile, notice_doi='10.1000/"><script>alert(1)</script>')

    for audience in AUDIENCES:
        page = shown(client, review, audience)
        assert "<script>alert" not in page
        assert "%3Cscript%3E" in reference(page, 2)
        assert "Retracted on" in words_of(f"<li {reference(page, 2)}") or audience == "plain"
        assert "reference-note" not in reference(page, 1)


def test_gravest_is_told_first(client, study):
    other = factories.source("A corrected trial", kind="study")
    citations = [{"key": "first", "source": other}, {"key": "second", "source": study}]
    factories.policy(warns_at_top=["retracted", "corrected"])
    draft = factories.article(risk="low", citations=citations)
    review = factories.approved(factories.board_member(), review=factories.submitted(draft))
    told(other, "correction")
    told(study, "retraction", date=date(2026, 6, 1))

    page = top(shown(client, review))

    assert page.index("A trial that is taken back") < page.index("A corrected trial")


# -- Putting notes at references


def body():
    review = approved(factories.source("B"))
    return Article.objects.get(pk=review.article_id).publication.professional.html


def test_with_notes_leaves_a_body_without_notes_as_it_is():
    html = body()

    assert rendering.with_notes(html, {}) == html
    assert rendering.listed_references(html) == {1, 2}


def test_with_notes_leaves_out_what_has_no_place():
    html = body()

    assert rendering.with_notes(html, {7: [ReferenceNote("Retracted.", "")]}) == html
    assert rendering.with_notes("<p>Nothing is cited.</p>", {1: [ReferenceNote("Retracted.", "")]}) == (
        "<p>Nothing is cited.</p>"
    )


@pytest.mark.parametrize("text", ["<b>bold</b>", 'a" onclick="x', "&amp;", "</li></ol>", '<li id="reference-2">'])
def test_with_notes_escapes_every_word(text):
    noted = rendering.with_notes(body(), {1: [ReferenceNote(text, text, (Link(text, "https://doi.org/10.1000/x"),))]})

    assert noted.count("<li id=") == 2
    assert "<b>" not in noted
    assert noted.count("</ol>") == body().count("</ol>")
    assert rendering.listed_references(noted) == {1, 2}


def test_with_notes_links_nowhere_but_to_allowed_addresses():
    noted = rendering.with_notes(body(), {1: [ReferenceNote("x", "y", (Link("z", "javascript:alert(1)"),))]})

    assert "javascript" not in noted
