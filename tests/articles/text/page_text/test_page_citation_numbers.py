"""A citation number on a plain-text page is told from a dose, a count, a name and a year."""

import pytest

from articles.text.page_text import Page, parse_page

# Three sentences that make 1, 2 and 3 the page's citations beyond doubt.
CITED = "Rest helps recovery 1.\n\nWarmth eases the pain 2.\n\nWalking is recommended 3."


def read_body(body: str) -> Page:
    return parse_page(f"A title\n\nFrom the Research\n\n{body}")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("It helps [1].", "It helps [@ref-1]."),
        ("It helps[1].", "It helps [@ref-1]."),
        ("It helps [3-5] much.", "It helps [@ref-3; @ref-4; @ref-5] much."),
        ("It helps [3–5, 7].", "It helps [@ref-3; @ref-4; @ref-5; @ref-7]."),
        ("It helps [1][2], [3].", "It helps [@ref-1; @ref-2; @ref-3]."),
        ("It helps. [1] Then more.", "It helps [@ref-1]. Then more."),
        ("It helps.[1]", "It helps [@ref-1]."),
        ("Roe et al. [2] showed it.", "Roe et al. [@ref-2] showed it."),
        ("It helps.¹", "It helps [@ref-1]."),
        ("It helps¹,³ much.", "It helps [@ref-1; @ref-3] much."),
        ("It helps ²⁻⁴.", "It helps [@ref-2; @ref-3; @ref-4]."),
        ("It helps (as in [12]).", "It helps (as in [@ref-12])."),
        ("It helps (1, 2). Rest does (3).", "It helps [@ref-1; @ref-2]. Rest does [@ref-3]."),
        ("It helps 1. Rest does 2.", "It helps [@ref-1]. Rest does [@ref-2]."),
        ("It helps 1, 2, 3", "It helps [@ref-1; @ref-2; @ref-3]"),
        ("It helps (or so) 1.", "It helps (or so) [@ref-1]."),
        ("So says the FDA 1.", "So says the FDA [@ref-1]."),
    ],
)
def test_citation(text, markdown):
    page = read_body(text)

    assert page.sections[0].markdown == markdown
    assert page.unplaced == ()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("It helps for 3 weeks 1.", "It helps for 3 weeks [@ref-1]."),
        ("It helps 1; rest does not.", "It helps [@ref-1]; rest does not."),
        ("It helps 1, but slowly.", "It helps [@ref-1], but slowly."),
        ("It helps 2-3.", "It helps [@ref-2; @ref-3]."),
        ("As shown in 2017 2.", "As shown in 2017 [@ref-2]."),
        ("Give up to 600 mg/day 2.", "Give up to 600 mg/day [@ref-2]."),
    ],
)
def test_citation_that_the_page_bears_out(text, markdown):
    assert read_body(f"{CITED}\n\n{text}").sections[0].markdown.endswith("\n\n" + markdown)


@pytest.mark.parametrize(
    "text",
    [
        "Take 75 mg",
        "For 2 to 3 weeks",
        "Give 300 mg/day",
        "Adults aged 65.",
        "Diabetes type 2.",
        "It began in 2015.",
        "Take it for 5 days.",
        "Pain of grade 3.",
        "After COVID 19.",
        "Take vitamin B 12.",
        "Keep HbA1c above 7.",
        "Cancer of stage 3",
        "A trial of phase 3.",
        "Take omega 3.",
        "The score was 3.",
        "At least 3",
        "Between 1 and 3.",
        "See table 2.",
        "An INR of 3.",
        "Keep INR 3.",
        "It scored ≥ 3.",
        "It fell by 3.",
        "Version 2.1 is out",
        "At 3:1.",
        "Given on day 3.",
        "By 10⁶ cells.",
        "BMI in kg/m².",
        "An I² of note",
        "The 95% CI [1, 3] is wide.",
        "Ca²⁺ rises",
        "The ¹⁸F scan",
        "A ratio of 3.",
        "In May 3.",
        "Take no. 3.",
        "n = 3",
        "p < 0.05",
        "Infection with HSV 2.",
    ],
)
def test_quantity_is_no_citation(text):
    page = read_body(f"{CITED}\n\n{text}")

    assert page.sections[0].markdown.endswith("\n\n" + text.replace("[", "\\[").replace("]", "\\]"))
    assert [each.text for each in page.unplaced if "B 12" not in each.text and "≥" not in each.text] == []


@pytest.mark.parametrize(
    "text",
    [
        "It needs a second dose 2.",
        "It blocks the receptor 3.",
        "It helps 1 and rest too.",
        "Gabapentin 1, pregabalin too.",
        "People living with HIV 1.",
        "It helps 2 and 3.",
        "Serum levels 3.",
        "Roe found it.1, 3",
        "It helps 3, 2.",
        "Pain 47.",
        "It helps (2).",
        "It helps [1-900].",
        "It helps 2017¹.",
        "治疗有效 9。",
    ],
)
def test_doubtful_number_stays_and_is_reported(text):
    page = read_body(f"{CITED}\n\n{text}")

    assert page.sections[0].citations == (1, 2, 3)
    assert page.sections[0].markdown.count("[@") == 3
    if "it.1" not in text:
        assert [(each.line, str(each.why), each.in_body) for each in page.unplaced] == [
            (11, "this may be a citation number", True)
        ]


def test_number_that_is_missing_in_the_order_is_a_citation():
    page = read_body("Rest helps recovery 1.\n\nHalve the dose 2.\n\nWalking is recommended 3.")

    assert page.sections[0].citations == (1, 2, 3)


def test_number_missing_in_the_order_with_two_candidates_stays():
    page = read_body("Rest helps recovery 1.\n\nHalve the dose 2.\n\nAs in study 2.\n\nWalking is recommended 3.")

    assert page.sections[0].citations == (1, 3)
    assert len(page.unplaced) == 2


def test_bare_number_on_a_page_that_cites_in_brackets_is_reported():
    page = read_body("It helps [1].\n\nRest helps recovery 2.")

    assert page.sections[0].citations == (1,)
    assert [each.text for each in page.unplaced] == ["Rest helps recovery 2"]


def test_single_number_far_from_one_is_reported():
    page = read_body("Rest helps recovery 4.")

    assert page.sections[0].citations == ()
    assert len(page.unplaced) == 1


def test_number_at_a_wrapped_line_is_no_sentence_end():
    page = read_body(f"{CITED}\n\nIt takes some patience 3\nmore weeks to heal.")

    assert page.sections[0].markdown.endswith("It takes some patience 3 more weeks to heal.")


def test_table_cell_cites_in_brackets_only():
    page = read_body(f"{CITED}\n\nDrug\tSource\nrest 3\twarmth [1]")

    assert "| rest 3 | warmth [@ref-1] |" in page.sections[0].markdown


def test_report_names_its_line_and_words():
    page = read_body("A first line of the text\nand a second dose 2\n• item")

    assert [(each.line, each.text) for each in page.unplaced] == [(6, "A first line of the text and a second dose 2")]
