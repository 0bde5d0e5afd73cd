"""What the checks are told of an article, and what they find in the page this project was born from."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Citation, Source
from articles.writing import drafting, findings, freezing
from tests import factories

pytestmark = pytest.mark.django_db
SEED = Path(__file__).parents[1] / "pages" / "seed.txt"


def look(article):
    content = freezing.draft_content(article)
    return content, findings.of_content(article, content)


@pytest.fixture
def seed():
    author = factories.user("Author")
    call_command("import_page", str(SEED), "--author", author.email, stdout=StringIO())
    return Article.objects.get()


def test_seed_page_raises_what_a_reviewer_would(seed):
    _content, found = look(seed)

    rules = {one.rule for one in found}
    assert rules >= {
        "claim-uncited",  # S1
        "dose-without-label",  # S2
        "citation-unresolved",  # S4
        "citation-ambiguous",  # S4: one number, three publications
        "source-unchecked",  # S5, unknown
        "plain-missing",  # S8
        "block-missing",  # S10
        "contradiction",  # S13
        "ai-unattested",  # S17
        "label-heading",
    }


def test_findings_of_the_seed_page_have_their_spans(seed):
    content, found = look(seed)

    texts = {section["key"]: section for section in content["sections"]}
    placed = [one for one in found if one.section_key and one.audience == "professional"]
    assert all(texts[one.section_key]["professional"][one.start : one.end] == one.words for one in placed)
    words = {(one.rule, one.words) for one in placed}
    assert ("citation-ambiguous", "2015 Diabetes Care guidelines") in words
    assert ("claim-uncited", "The recommended starting dose is 75 mg two times a day (150 mg/day).") in words
    claims = " ".join(one.words for one in placed if one.rule == "claim-uncited")
    assert "Heat application: for 15-20 minutes" in claims


def test_context_tells_of_sources_as_they_are_today():
    newer = factories.source("The newer guideline")
    source = factories.source(status="retracted", superseded_by=newer)
    source.extracts.create(pinpoint="page 2", text="Some words.", loinc="34068-7")
    article = factories.article(citations=[{"key": "first", "source": source}, {"key": "second"}])

    context = findings.context(article, freezing.draft_content(article))

    assert context.sources["first"].status == "retracted"
    assert context.sources["first"].superseded_by == "The newer guideline"
    assert [(one.text, one.pinpoint, one.loinc) for one in context.extracts["first"]] == [
        ("Some words.", "page 2", "34068-7")
    ]
    assert context.sources["second"].status == "unknown"
    assert context.today is not None
    assert (context.warn_grade, context.block_grade) == (8, 10)


def test_source_that_was_merged_is_known_by_the_one_it_became():
    kept = factories.source(status="retracted")
    article = factories.article()
    content = freezing.draft_content(article)
    Source.objects.filter(citations__article=article, citations__key="first").update(merged_into=kept)

    assert findings.context(article, content).sources["first"].status == "retracted"


def test_previous_is_the_approved_text_that_readers_see():
    review = factories.approved()
    article = Article.objects.get(pk=review.article_id)
    draft = factories.edit(article)

    assert findings.context(article, review.revision.document).previous is None
    assert findings.context(draft, freezing.draft_content(draft)).previous == review.revision.document
    pending = factories.submitted()
    assert findings.context(pending.article, pending.revision.document).previous is None


def test_section_counts_as_edited_once_its_words_differ_from_the_first_saved():
    written = factories.article()
    told = {"ai_use": "assisted", "ai_tool": "Writer 3"}
    article = drafting.rewrite(written, by=written.owner, reason="declared", seen=written.version, sections={}, **told)
    first = freezing.draft_content(article)
    key = str(article.sections.first().key)

    fresh = factories.edit(article)

    assert findings.context(article, first).edited_sections == frozenset()
    assert findings.context(fresh, freezing.draft_content(fresh)).edited_sections == {key}
    plain = factories.article()
    assert findings.context(plain, freezing.draft_content(plain)).edited_sections is None


def test_context_takes_as_many_queries_for_many_sections_and_sources():
    def written(parts):
        texts = [{"heading": f"Part {number}", "professional": f"Text [@a{number}]."} for number in range(parts)]
        cited = [{"key": f"a{number}", "source": factories.source()} for number in range(parts)]
        article = factories.article(sections=texts, citations=cited, ai_use="assisted", ai_tool="Writer 3")
        return article, freezing.draft_content(article)

    counts = []
    for parts in (2, 12):
        article, content = written(parts)
        with CaptureQueriesContext(connection) as queries:
            findings.context(article, content)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 8


def test_excerpt_shows_the_words_in_their_place():
    article = factories.article(
        sections=[{"heading": "Dose", "professional": "Before it. Take 5 mg at night. After it."}], citations=[]
    )
    content, found = look(article)
    (finding,) = (one for one in found if one.rule == "claim-uncited")

    shown = findings.excerpt(content, finding)

    assert (shown.before, shown.words, shown.after) == ("Before it. ", "Take 5 mg at night.", " After it.")


def test_check_article_prints_findings_as_json(seed, capsys):
    call_command("check_article", seed.slug, "--json")

    report = json.loads(capsys.readouterr().out)
    _content, found = look(seed)
    assert set(report) == {"slug", "digest", "findings"}
    assert report["slug"] == seed.slug
    assert len(report["findings"]) == len(found)
    assert set(report["findings"][0]) >= {"rule", "version", "section", "audience", "start", "end", "words", "message"}


def test_check_article_fails_only_when_asked_to(seed, capsys):
    call_command("check_article", seed.slug)
    assert "would block approval" in capsys.readouterr().out

    with pytest.raises(CommandError, match="block approval"):
        call_command("check_article", seed.slug, "--strict")


def test_check_article_reads_the_published_text(capsys):
    review = factories.approved()
    factories.edit(Article.objects.get(pk=review.article_id), text="Take 5 mg.")

    call_command("check_article", review.article.slug, "--published", "--json")

    assert json.loads(capsys.readouterr().out)["digest"] == review.revision.digest


@pytest.mark.parametrize("arguments", [["nowhere"], ["{draft}", "--published"]])
def test_check_article_names_what_is_not_there(arguments):
    draft = factories.article()

    with pytest.raises(CommandError, match=r"no article|never published"):
        call_command("check_article", *(one.format(draft=draft.slug) for one in arguments))


def test_quotation_is_checked_against_extracts_of_the_cited_source():
    article = factories.article()
    source = Citation.objects.get(article=article, key="first").source
    source.extracts.create(pinpoint="page 2", text="Begin with a small dose and wait for two weeks.")
    factories.edit(article, text="It says “Begin with a large dose and wait for two weeks” [@first].")

    _content, found = look(Article.objects.get(pk=article.pk))

    assert "Begin with a large dose and wait for two weeks" in {
        one.words for one in found if one.rule == "quote-not-found"
    }
