"""What is refused before parsing, and that what is accepted renders."""

import pytest

from articles.text.parsing import limits
from articles.text.rendering import TextTooComplex, check_content, check_limits, render_text
from tests.hostile import content_with


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["a" * 5_999] * 10),
        "",
        "a\n" * (limits.MAX_LINES - 1),
        "\r\n".join(["- a"] * limits.MAX_ITEMS),
        "\n".join("  " * depth + "- a" for depth in range(limits.MAX_DEPTH)),
        "\n".join("    " * depth + "- a" for depth in range(5)),
        "\n".join("\t" * depth + "- a" for depth in range(5)),
        "[@a] " * limits.MAX_CITATIONS,
        "µ β ≥ é 中文 😀 \u200d \t",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_check_limits_accepts(text):
    text = (
        "\n".join(text[start : start + 9_000] for start in range(0, len(text) - 7, 9_000))
        if len(text) > 59_999
        else text
    )

    check_limits(text)

    render_text(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * (limits.MAX_CHARACTERS + 1), "60001 characters"),
        ("\t" * 20_000, "tabs"),
        ("a\n" * limits.MAX_LINES, "2001 lines"),
        ("a" * (limits.MAX_LINE + 1), "Line 1 is too long"),
        ("a\n" + "  " * limits.MAX_DEPTH + "- a", "line 2"),
        ("- " * (limits.MAX_DEPTH + 1) + "a", "nested too deeply"),
        (">" * (limits.MAX_DEPTH + 1), "nested too deeply"),
        ("> - " * 6 + "a", "nested too deeply"),
        ("- a\n" * (limits.MAX_ITEMS + 1), "1001 list items"),
        ("#|\n" * (limits.MAX_DIVISIONS + 1), "201 headings"),
        ("> a\n> =\n" * (limits.MAX_DIVISIONS + 1), "201 headings"),
        ("|a" * (limits.MAX_COLUMNS + 1), "too many columns"),
        ("[@a]" * (limits.MAX_CITATIONS + 1), "401 citations"),
        ("a\nb\x02", "Line 2 contains an invisible control character (U+0002)"),
        ("a\u202eb", "U+202E"),
        ("a\ud800b", "U+D800"),
        *((mark * (limit + 1), mark) for mark, limit in limits.MAX_MARKS.items()),
    ],
)
def test_check_limits_refuses(text, words):
    with pytest.raises(TextTooComplex) as refusal:
        check_limits(text)

    assert words in str(refusal.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["sections"].extend(content["sections"][:1] * limits.MAX_SECTIONS),
        lambda content: content["citations"].extend(content["citations"][:1] * limits.MAX_SOURCES),
        lambda content: content["glossary"].extend(content["glossary"][:1] * limits.MAX_TERMS),
        lambda content: content["glossary"][0].update(term="a" * (limits.MAX_TERM + 1)),
        lambda content: content["sections"][0].update(plain="a" * limits.MAX_ARTICLE_CHARACTERS),
        lambda content: content["sections"][0].update(heading="a" * (limits.MAX_FIELD + 1)),
        lambda content: content["citations"][0]["source"]["csl"].update(author=[{}] * (limits.MAX_FIELD + 1)),
    ],
)
def test_check_content_refuses_what_is_too_much(change):
    content = content_with("plain", "text")
    check_content(content)
    change(content)

    with pytest.raises(TextTooComplex):
        check_content(content)


# The slowest accepted texts that a search of some 2,500 patterns found; each took under a second when it was chosen.
@pytest.mark.parametrize(
    "pattern",
    ["[", "[a]( ", '[a](b "c)', "``a", "*a **b ", "_a __b ", "['", "<a@b", "&amp;", "\\*", ">[a]: https://a.b\n<\n"],
)
def test_accepted_text_at_the_limit_renders(pattern):
    most = min(limit // pattern.count(mark) for mark, limit in limits.MAX_MARKS.items() if mark in pattern)
    most = min(most, (limits.MAX_LINES - 50) // (pattern.count("\n") or 1))
    written = pattern * most
    filled = written + "x " * ((limits.MAX_CHARACTERS - len(written)) // 2 - 100)
    text = filled if "\n" in pattern else "\n".join(filled[at : at + 9_000] for at in range(0, len(filled), 9_000))
    text = "\n".join(line[:9_000] for line in text.split("\n"))
    check_limits(text)

    assert render_text(text)


def test_parser_failure_is_a_fault_of_the_text(monkeypatch):
    def overflow(*arguments):
        raise RecursionError

    monkeypatch.setattr("articles.text.parsing.blocks.ListIndentation.run", overflow)

    with pytest.raises(TextTooComplex):
        render_text("text")
