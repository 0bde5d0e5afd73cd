"""S5 and S6: what has happened to a cited source, and how old it is."""

from datetime import date

import pytest

from articles.text.checks import Context, SourceFacts, source_status
from tests.articles.text.checks.contents import citation, content, is_exact, section, source

TODAY = date(2026, 11, 24)
STATES = [
    ("retracted", "source-retracted"),
    ("concern", "source-concern"),
    ("corrected", "source-corrected"),
    ("unknown", "source-unchecked"),
    ("superseded", "source-superseded"),
]


def found(written, **facts):
    findings = list(source_status.check(written, Context(today=TODAY, **facts)))
    assert all(is_exact(one, written) for one in findings)
    return [(one.rule, one.audience, one.words) for one in findings]


def rules(written, **facts):
    return [rule for rule, _audience, _words in found(written, **facts)]


def cited(text="Words. It helps [@a].", plain="", of=None, **fields):
    return content(section(text, plain), citations=(citation("a", of or source(), **fields),))


@pytest.mark.parametrize(("status", "rule"), STATES)
def test_status_is_told_at_the_words_that_cite(status, rule):
    assert found(cited(), sources={"a": SourceFacts(status)}) == [(rule, "professional", "It helps [@a")]


@pytest.mark.parametrize("status", ["current", "reinstated"])
def test_source_that_stands_is_no_finding(status):
    assert rules(cited(), sources={"a": SourceFacts(status)}) == []


def test_source_nobody_asked_about_is_no_finding():
    assert rules(cited()) == []


def test_citation_without_a_source_is_unchecked_where_its_facts_are_asked_for():
    written = content(section("It helps [@a]."), citations=(citation("a", None),))

    assert rules(written, sources={"a": SourceFacts()}) == ["source-unchecked"]


def test_retraction_is_told_in_each_text():
    written = cited(plain="It helps [@a].")

    assert [audience for _rule, audience, _words in found(written, sources={"a": SourceFacts("retracted")})] == [
        "professional",
        "plain",
    ]


def test_two_sources_of_one_sentence_are_two_findings_in_other_words():
    written = content(section("It helps [@a; @b]."), citations=(citation("a", source()), citation("b", source())))

    words = [one[2] for one in found(written, sources={key: SourceFacts("retracted") for key in "ab"})]

    assert words == ["It helps [@a", "It helps [@a; @b"]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("A trial that was later retracted found it [@a].", False),
        ("The paper was withdrawn [@a].", False),
        ("A trial found it [@a]. It was retracted.", True),
        ("It was retracted [@a]. Still, it helps [@a].", True),
    ],
)
def test_retracted_source_may_be_discussed_as_retracted(text, is_found):
    assert bool(rules(cited(text, use="discussed"), sources={"a": SourceFacts("retracted")})) == is_found


def test_retracted_source_that_is_relied_on_is_found_whatever_the_words():
    assert rules(cited("It was retracted [@a]."), sources={"a": SourceFacts("retracted")}) == ["source-retracted"]


def test_what_supersedes_is_named():
    (finding,) = source_status.check(
        cited(), Context(sources={"a": SourceFacts("current", superseded_by="The next one")})
    )

    assert finding.rule == "source-superseded"
    assert "“The next one”" in str(finding.message)


@pytest.mark.parametrize(
    ("kind", "issued", "is_old"),
    [
        ("guideline", [2021, 11, 25], False),
        ("guideline", [2021, 11, 24], True),
        ("guideline", [2021], False),
        ("guideline", [2020], True),
        ("review", [2019], True),
        ("study", [2017], False),
        ("study", [2015, 6], True),
        ("other", [2000], True),
        ("drug_label", [2000], False),
        ("guideline", ["n.d."], False),
        ("guideline", [], False),
    ],
)
def test_age_by_kind(kind, issued, is_old):
    of = source(kind, csl={"issued": {"date-parts": [issued]}})

    assert rules(cited(of=of)) == (["source-old"] if is_old else [])


def test_old_source_that_is_only_discussed_is_no_finding():
    assert rules(cited(of=source("study", csl={"issued": {"date-parts": [[1998]]}}), use="discussed")) == []


@pytest.mark.parametrize(
    ("level", "use", "expected"), [("5", "relied_on", ["source-tertiary"]), ("5", "discussed", [])]
)
def test_tertiary_source(level, use, expected):
    assert rules(cited(of=source("other", level=level), use=use)) == expected


def test_source_that_no_text_cites_is_no_finding():
    written = content(section("Words."), citations=(citation("a", source()),))

    assert rules(written, sources={"a": SourceFacts("retracted")}) == []
