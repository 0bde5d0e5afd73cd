import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Citation, ImportedPage
from articles.writing import contributors, drafting, findings, freezing
from tests import factories

pytestmark = pytest.mark.django_db
SEED = Path(__file__).parents[1] / "pages" / "seed.txt"


@pytest.fixture
def author(db):
    return factories.user("Author")


def run(capsys, *arguments):
    call_command("import_page", *map(str, arguments))
    return capsys.readouterr().out


def test_seed_page_becomes_a_draft(author, capsys):
    report = json.loads(run(capsys, SEED, "--author", author.email, "--json"))

    article = Article.objects.get(slug=report["slug"])
    assert [section.kind for section in article.sections.all()] == ["guidelines", "drug_label", "research"]
    assert [section["citations"] for section in report["sections"]] == [[1], [2], [3, 4, 5, 6, 7]]
    assert set(Citation.objects.filter(article=article).values_list("key", "source")) == {
        (f"ref-{number}", None) for number in range(1, 8)
    }
    assert article.owner == author


def test_seed_page_keeps_furniture_out_and_claims_nothing(author, capsys):
    report = json.loads(run(capsys, SEED, "--author", author.email, "--json"))

    text = " ".join(Article.objects.get().sections.values_list("professional", flat=True))
    assert {one["what"] for one in report["left_out"]} >= {"badge", "stepper", "disclaimer", "personalize", "follow_up"}
    assert not any(word in text for word in ("Personalize", "Advisory Board", "Dr.Oracle", "follow-up"))
    assert not hasattr(Article.objects.get(), "publication")


def test_imported_citations_are_findings(author, capsys):
    run(capsys, SEED, "--author", author.email)

    article = Article.objects.get()
    rules = {finding.rule for finding in findings.of_content(article, freezing.draft_content(article))}
    assert {"citation-unresolved", "plain-missing"} <= rules
    assert not {"citation-unknown", "ai-undeclared"} & rules


def test_help_by_an_ai_tool_is_declared_unless_somebody_knows_better(author, capsys):
    said = run(capsys, SEED, "--author", author.email)

    article = Article.objects.get()
    assert (article.ai_use, article.ai_tool) == ("assisted", "an AI tool that is not known")
    assert "AI assistance is declared: help by an AI tool that is not known." in said
    assert freezing.draft_content(article)["ai"]["declared"]


@pytest.mark.parametrize(
    ("arguments", "facts"),
    [
        (["--ai-tool", "Writer 4"], ("assisted", "Writer 4")),
        (["--ai", "assisted", "--ai-tool", "Writer 4"], ("assisted", "Writer 4")),
        (["--ai", "none"], ("none", "")),
    ],
)
def test_what_is_known_of_ai_is_declared(author, capsys, arguments, facts):
    run(capsys, SEED, "--author", author.email, *arguments)

    article = Article.objects.get()
    assert (article.ai_use, article.ai_tool) == facts


def test_who_says_that_no_ai_tool_helped_stands_in_the_history(author, capsys):
    run(capsys, SEED, "--author", author.email, "--ai", "none")

    assert f"{author} says that no AI tool wrote any of it" in Article.objects.get().history.get().history_change_reason


def test_who_declares_ai_for_an_imported_text_is_its_contributor_too(author, capsys):
    run(capsys, SEED, "--author", author.email)
    article, editor = Article.objects.get(), factories.user("Editor")

    drafting.rewrite(
        article, by=editor, reason="asked the agency", seen=article.version, sections={}, ai_use="none", ai_tool=""
    )

    assert contributors.of_draft(article) == sorted([author.pk, editor.pk])


def test_topic_is_taken(author, capsys):
    topic = factories.topic()

    run(capsys, SEED, "--author", author.email, "--topic", topic.slug)

    assert list(Article.objects.get().topics.all()) == [topic]


def test_same_file_twice_is_one_article(author, capsys):
    first = json.loads(run(capsys, SEED, "--author", author.email, "--json"))
    second = json.loads(run(capsys, SEED, "--author", author.email, "--json"))

    assert Article.objects.get().slug == first["slug"] == second["slug"]
    assert second["outcome"] == "skipped"
    assert "has already been imported" in run(capsys, SEED, "--author", author.email)


def test_another_page_of_the_same_title_gets_another_address(author, capsys, tmp_path):
    other = tmp_path / "other.txt"
    other.write_bytes(SEED.read_bytes() + b"\n")

    run(capsys, SEED, "--author", author.email)
    run(capsys, other, "--author", author.email)

    assert len(set(Article.objects.values_list("slug", flat=True))) == 2


def test_dry_run_of_one_file_writes_nothing(author, capsys):
    said = run(capsys, SEED, "--author", author.email, "--dry-run")

    assert said.startswith("Would become a draft")
    assert not Article.objects.exists()
    assert not ImportedPage.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"\x00\x01\x02PNG", ""), (b"Only a title\n", "nothing under it"), (b"\xff\xfeA", "")],
)
def test_unreadable_file_changes_nothing_and_says_why(author, tmp_path, content, reason):
    page = tmp_path / "page.txt"
    page.write_bytes(content)

    with pytest.raises(CommandError, match=f"was not imported.*{reason}"):
        call_command("import_page", str(page), "--author", author.email)

    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["missing.txt", "--author", "{author}"], "cannot be read"),
        ([str(SEED), "--author", "nobody@example.org"], "Nobody"),
        ([str(SEED), "--author", "{author}", "--topic", "nowhere"], "no topic nowhere"),
        ([str(SEED), "--author", "{reader}"], "may not write"),
        ([str(SEED), "--author", "{author}", "--ai", "none", "--ai-tool", "Writer 4"], "Either"),
        ([str(SEED), "--author", "{author}", "--readers", "missing.csv"], "missing.csv cannot be read"),
        ([str(SEED), "--author", "{author}", "--report", "missing/report.csv"], "cannot be written"),
    ],
)
def test_wrong_argument_is_named(author, arguments, reason):
    reader = factories.user()
    arguments = [one.format(author=author.email, reader=reader.email) for one in arguments]

    with pytest.raises(CommandError, match=reason):
        call_command("import_page", *arguments)

    assert not Article.objects.exists()


def test_title_that_is_too_long_is_refused(author, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Why " * 200 + "?\n\nFrom the Guidelines\n\nA sentence.\n")

    with pytest.raises(CommandError, match="was not imported"):
        call_command("import_page", str(page), "--author", author.email)
