import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, ImportedPage
from articles.writing import page_import
from reviews import workflow
from reviews.models import EditorialPolicy, Review
from tests import factories
from tests.generated_pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    return factories.user("Editor")


@pytest.fixture
def author(db):
    return factories.user("Author")


def imported(author, tmp_path, number, **facts):
    file = tmp_path / f"{number}.txt"
    file.write_text(page(number))
    article = page_import.Import(author).bring_in(file).article
    if facts.get("risk") == "low":  # of lower risk than an import is at first: a second person agrees
        workflow.confirm_lowering(factories.lowering(article), by=factories.user("Editor"))
        article = Article.objects.get(pk=article.pk)
    for name, value in facts.items():
        setattr(article, name, value)
    article.save()
    return article


def run(capsys, editor, *arguments):
    call_command("submit_imported", "--by", editor.email, *map(str, arguments))
    return capsys.readouterr().out


def test_backlog_goes_into_review_in_the_order_of_the_queue(editor, author, tmp_path, capsys):
    low = imported(author, tmp_path, 1, risk="low", readers=900)
    read = imported(author, tmp_path, 2, readers=50)
    high = imported(author, tmp_path, 3, risk="high")
    factories.article(author)

    said = run(capsys, editor)

    reviews = Review.objects.order_by("pk")
    assert [review.article for review in reviews] == [high, read, low]
    assert {review.reason for review in reviews} == {"import"}
    assert "3 submitted, 0 refused; 0 imported drafts are left." in said


def test_backlog_is_submitted_by_as_many_as_the_board_can_take(editor, author, tmp_path, capsys):
    for number in range(3):
        imported(author, tmp_path, number)

    assert "2 submitted, 0 refused; 1 imported drafts are left." in run(capsys, editor, "--limit", 2)
    assert "1 submitted, 0 refused; 0 imported drafts are left." in run(capsys, editor, "--limit", 2)


def test_what_is_refused_is_named_and_keeps_none_of_the_others(editor, author, tmp_path, capsys):
    empty, fine = imported(author, tmp_path, 1, risk="high"), imported(author, tmp_path, 2)
    empty.sections.all().delete()

    with pytest.raises(CommandError, match="1 drafts were not submitted"):
        run(capsys, editor, "--json", "--limit", 1)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["slug"], line["outcome"]) for line in lines] == [(empty.slug, "refused"), (fine.slug, "submitted")]
    assert "no section" in lines[0]["reason"]


def test_dry_run_names_and_submits_nothing(editor, author, tmp_path, capsys):
    article = imported(author, tmp_path, 1, readers=1200)

    assert f"{article.slug} (Moderate risk, 1,200 readers)" in run(capsys, editor, "--dry-run")
    assert not Review.objects.exists()


def test_topic_chooses_among_the_backlog(editor, author, tmp_path, capsys):
    wanted, _other = imported(author, tmp_path, 1), imported(author, tmp_path, 2)
    wanted.topics.add(factories.topic("Neurology"))

    run(capsys, editor, "--topic", "neurology")

    assert [review.article for review in Review.objects.all()] == [wanted]


@pytest.mark.parametrize(
    ("arguments", "reason"), [(["--by", "nobody@example.org"], "Nobody"), (["--topic", "nowhere"], "no topic nowhere")]
)
def test_wrong_argument_is_named(editor, arguments, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("submit_imported", "--by", editor.email, *arguments)


def test_one_who_may_not_edit_them_submits_nothing(author, tmp_path, capsys):
    imported(author, tmp_path, 1)

    with pytest.raises(CommandError):
        run(capsys, factories.user("Author"))

    assert not Review.objects.exists()


def test_findings_that_block_submitting_are_the_policys_by_reason(editor, author, tmp_path):
    """A new text of the same words would be refused; an imported one comes in, and is not approved with them."""
    policy = factories.policy(blocks_submit=["citation-unresolved"], blocks_submit_by_reason={"import": []})
    article = Article.objects.get(pk=imported(author, tmp_path, 1, risk="low").pk)

    always = ["review-claimed", "hidden-character"]  # under every policy, imports included
    assert policy.findings_that_block_submit("import") == always
    assert policy.findings_that_block_submit("new") == ["citation-unresolved", *always]
    review = workflow.submit(article, by=editor, seen=article.version)
    workflow.recall(review, by=editor, reason="Not yet.", seen=factories.seen(review))
    with pytest.raises(workflow.Refused, match="source"):
        workflow.submit(article, by=editor, seen=article.version)


def test_first_policy_lets_imports_in_and_approves_none_with_their_findings(editor, author, tmp_path):
    policy = EditorialPolicy.objects.current()
    article = Article.objects.get(pk=imported(author, tmp_path, 1).pk)
    review = workflow.submit(article, by=editor, seen=article.version)

    assert {"plain-missing", "citation-unresolved", "ai-undeclared", "section-empty"} <= set(policy.blocks_approve)
    assert set(policy.findings_that_block_submit("import")) < set(policy.findings_that_block_submit("new"))
    assert review.reason == "import"
    assert ImportedPage.objects.get().article == article
