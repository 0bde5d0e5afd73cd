"""The sample content under reviews/demo is complete, cited, confirmed and says the same to both audiences."""

import re
import tomllib
from pathlib import Path

import pytest

from articles.text.lexicon import shipped_glossary

DEMO = Path(__file__).resolve().parents[3] / "reviews" / "demo"
ARTICLE_FILES = sorted((DEMO / "articles").glob("*.toml"))
UPDATE_FILES = sorted((DEMO / "updates").glob("*.toml"))
CITATION = re.compile(r"\[@([^\]]+)\]")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
DOI = re.compile(r"10\.\d{4,9}/\S+")
SET_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NUMBER_WITH_UNIT = re.compile(
    NUMBER.pattern + r"\s?(%|(mmHg|mg/dL|mg|g|kg|micrograms|mL|hours|weeks|months|years|days)\b)"
)
# From the do-not-use lists: units as letters, Latin frequencies, trailing zeros and naked decimals before a unit.
ERROR_PRONE = re.compile(
    r"\b(IU|QD|QOD|BID|TID|MS|MSO4|cc|ug|µg|μg)\b|\d U\b|\d\.0\s?(mg|g|micrograms)\b|(?<!\d)\.\d+\s?mg"
)


def load(path):
    with path.open("rb") as file:
        return tomllib.load(file)


def keys_in(text):
    return {key.strip().lstrip("@") for group in CITATION.findall(text) for key in group.split(";")}


def without_citations(text):
    return CITATION.sub("", text)


def blocks(text):
    """Paragraphs, list items and tables, because each must carry its own citation."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if re.match(r"\s*- ", paragraph):
            yield from re.split(r"\n(?=\s*- )", paragraph)
        else:
            yield paragraph


def articles():
    return [load(path) for path in ARTICLE_FILES]


# Every pair of texts: those of the articles, then those of the updates.
TEXTS = [
    pytest.param(section, id=f"{path.parent.name}/{path.stem}/{section['heading']}")
    for path in ARTICLE_FILES + UPDATE_FILES
    for section in load(path)["sections"]
]


def matches(pattern, text):
    return {"".join(match.group(0).split()) for match in pattern.finditer(without_citations(text))}


def plain_numbers_missing(section, pattern):
    return matches(pattern, section["plain"]) - matches(pattern, section["professional"])


def test_there_are_seven_articles_of_which_two_declare_ai_assistance():
    loaded = articles()
    assert len(loaded) == 7
    assert len({article["slug"] for article in loaded}) == 7
    assert sum(article["ai"]["used"] for article in loaded) >= 2


@pytest.mark.parametrize("path", ARTICLE_FILES, ids=lambda path: path.stem)
def test_an_article_is_complete(path):
    article = load(path)
    assert article["slug"] == path.stem
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article["slug"])
    assert article["title"].endswith("?")
    assert article["language"] == "en"
    assert article["risk"] in {"low", "moderate", "high"}
    assert 3 <= len(article["sections"]) <= 5
    assert set(article["ai"]) == {"used", "tool", "purpose"}
    assert bool(article["ai"]["used"]) == bool(article["ai"]["tool"]) == bool(article["ai"]["purpose"])
    words = sum(len(without_citations(section["professional"]).split()) for section in article["sections"])
    assert 350 <= words <= 700


@pytest.mark.parametrize("path", ARTICLE_FILES, ids=lambda path: path.stem)
def test_sections_are_complete(path):
    article = load(path)
    headings = [section["heading"] for section in article["sections"]]
    assert len(set(headings)) == len(headings)
    for section in article["sections"]:
        assert set(section) == {"kind", "heading", "professional", "plain", "plain_missing_reason"}
        assert section["kind"] in {"guidelines", "drug_label", "research", "other"}
        assert section["heading"]
        assert section["professional"].strip()
        assert bool(section["plain"].strip()) != bool(section["plain_missing_reason"])


def test_at_most_one_section_has_no_plain_text():
    missing = [section for article in articles() for section in article["sections"] if not section["plain"].strip()]
    assert len(missing) <= 1
    for section in missing:
        assert not re.search(r"\d\s?(mg|g|micrograms)\b", section["professional"])


@pytest.mark.parametrize("path", ARTICLE_FILES, ids=lambda path: path.stem)
def test_every_citation_is_defined_and_every_source_cited(path):
    article = load(path)
    defined = [source["key"] for source in article["sources"]]
    assert len(set(defined)) == len(defined)
    assert all(KEY.fullmatch(key) for key in defined)
    used = {key for section in article["sections"] for key in keys_in(section["professional"] + section["plain"])}
    assert used == set(defined)


@pytest.mark.parametrize("path", ARTICLE_FILES, ids=lambda path: path.stem)
def test_every_source_has_a_confirmed_identifier(path):
    for source in load(path)["sources"]:
        assert source["doi"] or source["pmid"] or source["set_id"], source["key"]
        assert source["confirmed"].strip(), source["key"]
        assert not source["doi"] or DOI.fullmatch(source["doi"]), source["key"]
        assert not source["pmid"] or re.fullmatch(r"[1-9]\d{0,8}", source["pmid"]), source["key"]
        assert not source["set_id"] or SET_ID.fullmatch(source["set_id"]), source["key"]


@pytest.mark.parametrize("path", ARTICLE_FILES, ids=lambda path: path.stem)
def test_source_records_are_whole(path):
    for source in load(path)["sources"]:
        assert source["kind"] in {"guideline", "drug_label", "study", "review", "other"}
        assert source["level"] in {"", "1", "2", "3", "4"}
        assert source["use"] in {"relied_on", "discussed"}
        assert {"id", "type", "title", "author", "issued"} <= set(source["csl"])
        assert source["csl"].get("DOI", "") == source["doi"]
        assert source["csl"].get("PMID", "") == source["pmid"]
        if source["kind"] == "drug_label":
            assert source["set_id"]
            assert source["label_version"]
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", source["effective_date"])


def test_a_source_used_twice_is_the_same_in_both_articles():
    seen = {}
    for article in articles():
        for source in article["sources"]:
            record = {name: value for name, value in source.items() if name not in {"use", "locator"}}
            assert seen.setdefault(source["csl"]["id"], record) == record


@pytest.mark.parametrize("section", TEXTS)
def test_plain_text_adds_no_number(section):
    assert plain_numbers_missing(section, NUMBER) == set()
    assert plain_numbers_missing(section, NUMBER_WITH_UNIT) == set()


@pytest.mark.parametrize("section", TEXTS)
def test_a_block_with_a_number_cites_a_source(section):
    for audience in ("professional", "plain"):
        for block in blocks(section[audience]):
            if block.lstrip().startswith("#"):
                continue
            if re.search(r"\d", re.sub(r"Day \d", "", without_citations(block))):
                assert keys_in(block), block


@pytest.mark.parametrize("section", TEXTS)
def test_no_error_prone_notation(section):
    for audience in ("professional", "plain"):
        assert not ERROR_PRONE.search(without_citations(section[audience]))


@pytest.mark.parametrize("path", UPDATE_FILES, ids=lambda path: path.stem)
def test_an_update_changes_sections_of_its_article_and_cites_its_sources(path):
    update, article = load(path), load(DEMO / "articles" / path.name)
    current = {section["heading"]: section for section in article["sections"]}
    defined = {source["key"] for source in article["sources"]}
    assert update["slug"] == article["slug"]
    assert update["reason"].strip()
    for section in update["sections"]:
        before = current[section["heading"]]
        assert section["professional"] != before["professional"]
        assert section["plain"] != before["plain"]
        assert keys_in(section["professional"] + section["plain"]) <= defined


def test_topics_exist_and_two_members_can_sign_each_article():
    topics = {topic["slug"]: topic for topic in load(DEMO / "topics.toml")["topics"]}
    members = load(DEMO / "members.toml")["members"]
    assert [member["email"] for member in members] == [f"board{number}@example.org" for number in (1, 2, 3)]
    assert all("invented" in member["biography"] and member["orcid"] == "" for member in members)
    for article in articles():
        assert article["topics"]
        needed = {specialty for slug in article["topics"] for specialty in topics[slug]["specialties"]}
        assert sum(needed <= set(member["specialties"]) for member in members) >= 2


def test_approved_terms_are_of_the_shipped_glossary_and_used():
    approved = load(DEMO / "glossary.toml")["approved"]
    shipped = {entry["term"]: entry for entry in shipped_glossary.entries()}
    everything = " ".join(s["professional"] + s["plain"] for article in articles() for s in article["sections"]).lower()
    assert 25 <= len(set(approved)) == len(approved)
    for name in approved:
        entry = shipped[name]
        assert any(form.lower() in everything for form in [name, *entry["variants"]]), name
