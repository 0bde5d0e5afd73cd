"""A page that cannot be read is refused with a sentence, and a hostile one costs little."""

import contextlib
import time

import pytest

from articles.text.page_text import Page, UnreadablePage, decode_page, parse_page


def read_body(body: str) -> Page:
    return parse_page(f"A title\n\nFrom the Guidelines\n\n{body}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n",
        "Approved\n\nPersonalize\n\nHelp us tailor your experience",
        "A title",
        "A title\n\nFrom the Research",
        "From the Research\n\nText.",
        "• a\n• b",
        "word " * 100 + "\n\nText.",
        "A title\n\n---\n\n***",
        "Title\n\n\x00a",
        "Title\n\na" + "\u0301" * 31,
        "Title\n\n\ud800",
        "a\n" * 30000,
    ],
)
def test_page_without_title_or_body_is_refused(text):
    with pytest.raises(UnreadablePage, match=r"^This (page|file) .*\.$"):
        parse_page(text)


@pytest.mark.parametrize(
    "raw",
    [
        "Täst\n\nText".encode(),
        b"\xef\xbb\xbf" + "Täst\r\n\r\nText".encode(),
        "Täst\r\rText".encode(),
        "\ufeffTäst\r\n\nText".encode("utf-16-le"),
        "\ufeffTäst\n\nText".encode("utf-16-be"),
        "Ta\u0308st\u2028\nText".encode(),
    ],
)
def test_decode_page(raw):
    assert decode_page(raw) == "Täst\n\nText"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"a\x00b", "control"),
        (b"one\n\x1b[31m", "line 2"),
        (b"one\ntwo\xff", "line 2"),
        ("Täst".encode("latin-1"), "UTF-8"),
        ("Test".encode("utf-16-le"), "control"),
        (b"\xff\xfea", "plain text"),
        (b"\x89PNG\r\n\x1a\n\x00", "plain text"),
        (b"a" * 1_000_001, "1 MB"),
    ],
)
def test_decode_page_refuses(raw, words):
    with pytest.raises(UnreadablePage, match=words):
        decode_page(raw)


@pytest.mark.parametrize(
    "body",
    [
        "a" * 990000,
        "[" * 990000,
        "[1, " * 240000,
        "1, " * 300000,
        "pain 1. Good " * 75000,
        "(" * 900000,
        "&a" * 400000,
        "• a\n" * 19000,
        "a\tb\n" * 19000,
        "Word 1 and more words\n" * 19000,
        "Head Up\n\n" * 9000,
        "# a\n" * 19000,
        "\n".join(" " * depth + "- a" for depth in range(1300)),
        "Disclaimer\n" + "x\n" * 19000,
        "a 1" + '"' * 900000,
    ],
    ids=lambda body: body[:12],
)
def test_hostile_page_takes_bounded_time(body):
    start = time.process_time()

    with contextlib.suppress(UnreadablePage):
        read_body(body)

    assert time.process_time() - start < 15
