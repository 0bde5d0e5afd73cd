"""Whatever a plain-text page holds, every line of it ends in one place, and what reads is what was written."""

import contextlib
import html
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown import markdown as render

from articles.text.page_text import Page, UnreadablePage, decode_page, parse_page
from articles.text.page_text.bullets import read_bullet
from articles.text.page_text.markdown_writer import escape, escape_line
from articles.text.page_text.page_encoding import clean_text

SEED = (Path(__file__).parents[2] / "pages" / "seed.txt").read_text(encoding="utf-8")

WORDS = st.sampled_from(
    [
        "pain",
        "gabapentin",
        "Therapy",
        "HIV",
        "dose",
        "1",
        "2",
        "75",
        "mg",
        "weeks",
        "[1]",
        "[3-5]",
        "(2)",
        "3,",
        "¹",
        "²",
        "<b>",
        "*x*",
        "_y_",
        "a|b",
        "#",
        "Approved",
        "Patient",
        "痛み",
        "ألم",
        "é",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
FIXED = st.sampled_from(
    [
        *(
            "From the Guidelines",
            "## From the Research",
            "**Drug labels**",
            "Evidence",
            "References",
            "# Other",
            "### Sub",
        ),
        *(
            "Article Review Status",
            "Approved",
            "Under Review",
            "Personalize",
            "Patient",
            "Disclaimer",
            "---",
            "===",
            "•",
        ),
        *(
            "Have a follow-up question?",
            "Last updated: June 10, 2025",
            "Reviewed by Dr. Roe",
            "Educational purpose only",
        ),
    ]
)
INDENTS = st.sampled_from(["", "", "", "  ", "    ", "\t", "\u00a0", "\u3000", "\u200b", " " * 30])
MARKS = st.sampled_from(["", "", "", "• ", "- ", "* ", "1. ", "2) ", "a) ", "– ", "‏• ", "•"])
ENDS = st.sampled_from(["", "", ".", ":", " 1.", " [2]", "\tcell", "\tb\tc", "?", "。"])
LINES = st.one_of(st.just(""), st.tuples(INDENTS, MARKS, SENTENCES, ENDS).map("".join), FIXED, st.text(max_size=20))
PAGES = st.lists(LINES, min_size=1, max_size=30).map("\n".join)


@st.composite
def changed_seeds(draw):
    lines = SEED.split("\n")
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, len(lines) - 1))
        change = draw(st.integers(0, 4))
        if change == 0:
            del lines[place : place + draw(st.integers(1, 20))]
            lines = lines or [""]
        elif change == 1:
            lines.insert(place, draw(LINES))
        elif change == 2:
            other = draw(st.integers(0, len(lines) - 1))
            lines[place], lines[other] = lines[other], lines[place]
        elif change == 3:
            cut = draw(st.integers(0, len(lines[place])))
            lines[place : place + 1] = [lines[place][:cut], lines[place][cut:]]
        else:
            lines[place] = draw(INDENTS) + lines[place].strip()
    return "\n".join(lines)


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def as_read(markdown: str) -> str:
    """Return Markdown without our own marks: escapes undone, citations as bare numbers."""
    text = re.sub(r"(?<!\\)\[@ref-[^\]]*\]", lambda bracket: " " + re.sub(r"@ref-", "", bracket[0]) + " ", markdown)
    return html.unescape(re.sub(r"\\([^\w\s])", r"\1", text))


def without_numbers(text: str) -> str:
    """Return a text without the numbers that may become citations: these are counted apart."""
    return re.sub(r"[0-9⁰¹²³⁴-⁹]+", " ", text)


def words_written(text: str) -> Counter[str]:
    """Return the words of a page's lines, item marks aside."""
    words: Counter[str] = Counter()
    for line in clean_text(text).split("\n"):
        stripped = line.strip().strip("\u200b\ufeff\u2060").strip()
        bullet = read_bullet(stripped)
        words += words_of(without_numbers(bullet.text if bullet else stripped))
    return words


def words_placed(page: Page) -> Counter[str]:
    texts = [page.title, *(each.text for each in page.left_out)]
    texts += [each.text for each in page.unplaced if not each.in_body]
    for section in page.sections:
        texts += [section.heading, as_read(section.markdown)]
    return sum((words_of(without_numbers(text)) for text in texts), Counter())


def check_nothing_is_dropped(text: str) -> None:
    try:
        page = parse_page(text)
    except UnreadablePage:
        assume(False)
    added = {"Overview": 1} if page.sections[0].heading == "Overview" else {}
    placed, written = words_placed(page), words_written(text)

    assert written - placed == Counter(), "dropped"
    assert set(placed - written - Counter(added)) <= {"a", "i", "b", "lt", "amp", "gt"}, "invented"
    assert numbers_written(text) <= numbers_placed(page)


def numbers_written(text: str) -> set[str]:
    return set(re.findall(r"[0-9]+", clean_text(text)))


def numbers_placed(page: Page) -> set[str]:
    texts = [page.title, *(each.text for each in page.left_out), *(each.text for each in page.unplaced)]
    texts += [as_read(section.markdown) + " " + section.heading for section in page.sections]
    return {number for text in texts for number in re.findall(r"[0-9]+", text)}


@given(PAGES)
@settings(max_examples=400, deadline=None)
def test_generated_page_loses_no_word(text):
    check_nothing_is_dropped("A title of the page\n\n" + text)


@given(changed_seeds())
@settings(max_examples=200, deadline=None)
def test_changed_seed_loses_no_word(text):
    check_nothing_is_dropped(text)


@given(st.one_of(PAGES, changed_seeds(), st.text()))
@settings(max_examples=300, deadline=None)
def test_parse_page_returns_or_refuses(text):
    with contextlib.suppress(UnreadablePage):
        page = parse_page(text)

        assert page.title
        assert all(section.heading for section in page.sections)


@given(
    st.one_of(
        st.binary(),
        PAGES.map(lambda text: text.encode("utf-8", "surrogatepass")),
        PAGES.map(lambda t: t.encode("utf-16", "replace")),
    )
)
@settings(max_examples=200, deadline=None)
def test_decode_page_returns_or_refuses(raw):
    with contextlib.suppress(UnreadablePage):
        text = decode_page(raw)

        assert "\r" not in text
        assert text.strip()


@given(changed_seeds())
@settings(max_examples=100, deadline=None)
def test_citations_are_those_of_the_markdown(text):
    try:
        page = parse_page(text)
    except UnreadablePage:
        assume(False)

    for section in page.sections:
        keys = re.findall(r"@ref-([0-9]+)", " ".join(re.findall(r"(?<!\\)\[(@ref-[^\]]*)\]", section.markdown)))
        assert tuple(dict.fromkeys(map(int, keys))) == section.citations


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


@given(st.text(st.sampled_from("ab1 \t<>&;#*_`[]()!|\\~+-=.:{}^\"'é痛"), min_size=1, max_size=60))
@settings(max_examples=500, deadline=None)
def test_escaped_text_reads_as_it_was_written(text):
    text = " ".join(text.split())
    assume(any(map(str.isalnum, text)))
    reader = _Text()

    reader.feed(render(escape_line(escape(text)), extensions=["tables"], tab_length=2))
    reader.close()

    assert reader.text.strip() == text
    assert reader.tags == ["p"]
