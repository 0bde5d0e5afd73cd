"""Whether plain text is plain: grades, jargon, long sentences, the passive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.checks import Context, plain_words
from articles.text.checks.readability import measure
from tests.articles.text.checks.plain_content import content, found, section

EASY = "Take one pill at night. Drink a glass of water with it. " * 8
HARD = "Administration of anticoagulant medication necessitates consideration of haemorrhagic complications. "


def rules(*sections, only=None, **facts):
    findings = found(plain_words.check, *sections, **facts)
    return [words for rule, words in findings if rule == only]


def grade_rules(*sections, **facts):
    return [rule for rule, _words in found(plain_words.check, *sections, **facts) if rule.startswith("reading-grade")]


def test_easy_text_raises_no_grade():
    assert grade_rules(section(EASY)) == []


def test_hard_text_is_above_the_block_grade():
    assert grade_rules(section(HARD * 5)) == ["reading-grade"]


def test_text_between_the_grades_is_warned_of():
    text = "The doctor will measure your blood pressure at every visit and write the result into your little book. " * 4
    grade = measure(text).grade

    assert grade_rules(section(text), warn_grade=int(grade), block_grade=int(grade) + 1) == ["reading-grade-warning"]


def test_short_text_is_not_judged():
    assert grade_rules(section(HARD)) == []


def test_professional_text_is_not_judged():
    assert grade_rules(section(professional=HARD * 20)) == []


def test_whole_text_and_long_sections_are_judged():
    sections = [section(EASY, key="a"), section(HARD * 20, key="b"), section(HARD * 3, key="c")]

    findings = [one for one in plain_words.check(content(*sections), Context()) if one.rule == "reading-grade"]

    assert [one.section_key for one in findings] == ["", "b"]
    assert "FKGL" in findings[0].words


def test_message_says_when_the_grade_is_rough():
    (finding,) = (
        one for one in plain_words.check(content(section(HARD * 5)), Context()) if one.rule == "reading-grade"
    )

    assert "imprecise below 300 words" in str(finding.message)


def test_other_languages_are_left_alone():
    assert found(plain_words.check, section(HARD * 20), language="fr") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Use it with care in renal disease.", "renal"),
        ("Dyspnoea can occur.", "Dyspnoea"),
        ("The nurse gives a bolus.", "bolus"),
        ("It is contraindicated in pregnancy.", "contraindicated"),
        ("Tell us about **comorbidities**.", "comorbidities"),
        ("Hypertension (see below) is common.", "Hypertension"),
        ("An electrocardiogram (ECG) is needed.", "electrocardiogram"),
        ("- you have *atrial\n  fibrillation*", "atrial\n  fibrillation"),
    ],
)
def test_jargon_unexplained(text, words):
    assert rules(section(text), only="jargon-unexplained")[0] == words


@pytest.mark.parametrize(
    "text",
    [
        "Hypertension (high blood pressure) is common.",
        "High blood pressure (hypertension) is common.",
        "Dyspnoea, that is, shortness of breath, can occur.",
        "Oedema means swelling.",
        "A fast heartbeat is called tachycardia.",
        "Syncope, or fainting, can happen.",
        "Angina: chest pain from the heart.",
        "An arrhythmia is an uneven heartbeat.",
        "Oedema, which is swelling from fluid, can occur.",
        "You may feel sick, have a headache or loose stools.",
        "Take ibuprofen or another painkiller.",
        "The Food and Drug Administration checked it.",
        "# Renal disease\n\nYour kidneys clean the blood.",
        "See `renal` and [@renal].",
        "A blood thinner helps in heart failure.",
    ],
)
def test_jargon_explained_or_none(text):
    assert rules(section(text), only="jargon-unexplained") == []


def test_jargon_of_the_glossary_is_explained():
    term = {"term": "dyspnoea", "variants": ["dyspnea"], "plain": "shortness of breath", "definition": "D."}

    assert rules(section("Dyspnea can occur."), glossary=[term], only="jargon-unexplained") == []


def test_approved_term_that_the_content_does_not_hold_is_jargon():
    term = {"term": "zorbing", "variants": [], "plain": "rolling", "definition": "D."}

    assert rules(section("Zorbing helps."), terms=[term], only="jargon-unexplained") == ["Zorbing"]


def test_jargon_is_named_once_a_section_and_not_after_it_was_explained():
    sections = [
        section("Dyspnoea comes. Dyspnoea goes. Renal care.", key="a"),
        section("Dyspnoea (shortness of breath) and renal care.", key="b"),
        section("Dyspnoea again.", key="c"),
    ]

    assert rules(*sections, only="jargon-unexplained") == ["Dyspnoea", "Renal", "renal"]


def test_reading_gives_the_figures_of_the_plain_text():
    figures = plain_words.reading(content(section("Renal care. Renal\ncare."), section("Rest well now."), section()))

    assert figures.measured.words == 7
    assert round(figures.jargon_percent, 1) == round(100 * 2 / 7, 1)
    assert "imprecise below 300 words" in str(figures.caution)


@pytest.mark.parametrize(("text", "language"), [("", "en"), ("Du texte.", "fr")])
def test_reading_of_no_english_text_is_none(text, language):
    assert plain_words.reading(content(section(text), language=language)) is None


@pytest.mark.parametrize(("audience", "longest"), [("plain", 25), ("professional", 40)])
def test_sentence_long(audience, longest):
    sentence = " ".join(["word"] * longest)

    assert rules(section(**{audience: f"{sentence}."}), only="sentence-long") == []
    assert rules(section(**{audience: f"{sentence} more."}), only="sentence-long") == [f"{sentence} more."]


def test_quotations_and_tables_may_be_long():
    words = " ".join(["word"] * 60)

    assert rules(section(f"> {words}\n\n| {words} | b |\n|---|---|\n| c | d |"), only="sentence-long") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The tablet is taken with food.", "is taken"),
        ("Your blood will be tested.", "be tested"),
        ("The vein is blocked by a clot.", "is blocked by"),
        ("It was not always given.", "was not always given"),
        ("The dose should be slowly lowered.", "be slowly lowered"),
        ("It is used for pain.", "is used"),
    ],
)
def test_passive_voice(text, words):
    assert rules(section(text), only="passive-voice") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Take the tablet with food.",
        "You are tired.",
        "It is called asthma.",
        "It is based on trials.",
        "You get used to taking it.",
        "You need a test.",
        "> The dose is doubled.",
        "She is a hundred years old.",
        "Your skin may be red.",
    ],
)
def test_no_passive_voice(text):
    assert rules(section(text), only="passive-voice") == []


def test_passive_is_not_looked_for_in_professional_text():
    assert rules(section(professional="The dose is doubled."), only="passive-voice") == []


@given(st.text(alphabet="renal is give ()**\n-#>.,", max_size=150), st.text(max_size=60))
def test_every_finding_stands_in_its_text(plain, professional):
    found(plain_words.check, section(plain, professional))
