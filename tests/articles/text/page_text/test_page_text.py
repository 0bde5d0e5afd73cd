"""A plain-text page is read whole: sections, lists, tables, furniture."""

from pathlib import Path

import pytest

from articles.text.page_text import Page, decode_page, parse_page

PAGES = Path(__file__).parents[2] / "pages"


def read_page(name: str) -> Page:
    return parse_page(decode_page((PAGES / name).read_bytes()))


def read_body(body: str) -> Page:
    return parse_page(f"A title\n\nFrom the Guidelines\n\n{body}")


def markdown_of(body: str) -> str:
    return read_body(body).sections[0].markdown


def test_seed_sections():
    page = read_page("seed.txt")

    assert page.title == "What is the best approach to manage neuropathic pain at the back of the neck/head?"
    assert [(section.kind, section.heading) for section in page.sections] == [
        ("guidelines", "From the Guidelines"),
        ("drug_label", "From the FDA Drug Label"),
        ("research", "From the Research"),
    ]
    assert [section.subheadings for section in page.sections] == [
        ("Medication Options", "Non-Pharmacological Interventions", "Treatment Approach"),
        (),
        ("Management of Neuropathic Pain", "Treatment Options", "Efficacy of Medications"),
    ]
    assert [len(section.list_items) for section in page.sections] == [8, 6, 21]
    assert page.unplaced == ()


def test_seed_citations_are_all_found_and_none_is_wrong():
    guidelines, label, research = read_page("seed.txt").sections

    assert [section.citations for section in (guidelines, label, research)] == [(1,), (2,), (3, 4, 5, 6, 7)]
    assert guidelines.markdown.count("[@ref-1]") == 7
    assert label.markdown.count("[@") == 1
    assert [text.count("[@") for text in research.list_items] == [
        1,
        1,
        1,
        1,
        1,
        *[0] * 4,
        1,
        *[0] * 4,
        1,
        *[0] * 3,
        1,
        1,
        1,
    ]
    assert "patients living with HIV [@ref-1]." in guidelines.markdown
    assert "≥65 years of age [@ref-1]." in guidelines.markdown
    assert "amitriptyline [@ref-3; @ref-4; @ref-5; @ref-6; @ref-7]\n" in research.markdown
    assert "after 2 to 3 weeks of treatment with 150 mg two times a day" in label.markdown


def test_seed_lists_keep_their_depth():
    label = read_page("seed.txt").sections[1].markdown

    assert "- Key considerations:\n  - Start with a low dose" in label
    assert "when adjusting dose [@ref-2]\n- Important: The FDA" in label


def test_seed_furniture_is_left_out_with_its_lines():
    page = read_page("seed.txt")

    assert [(each.line, each.what) for each in page.left_out] == [
        *[(3, "badge"), (4, "caution"), (5, "stepper"), (6, "stepper"), (7, "stepper"), (8, "stepper")],
        *[(10, "updated"), (12, "personalize"), (14, "personalize"), (16, "personalize")],
        *[(84, "disclaimer"), (86, "disclaimer"), (88, "follow_up"), (90, "follow_up")],
    ]
    assert page.claims[1] == "Approved"


def test_reordered_page():
    page = read_page("reordered.txt")

    assert page.title == "How is a sprained ankle treated?"
    assert [(each.kind, each.heading, each.citations) for each in page.sections] == [
        ("other", "Overview", ()),
        ("research", "From the Research", (3, 4, 5)),
        ("guidelines", "FROM THE GUIDELINES", (1, 2)),
        ("guidelines", "From the Guidelines", ()),
        ("other", "When to be seen again", ()),
    ]
    assert page.sections[2].markdown == (
        "1. Protect the joint [@ref-1]\n2. Rest\n  1. with a splint\n  2. with a bandage\n"
        "    - an elastic one [@ref-2].\n3. Cool it for 15 minutes.\n\n"
        "Approved drugs include ibuprofen and paracetamol [@ref-1; @ref-2]."
    )
    assert {each.what for each in page.left_out} == {"stepper", "badge", "updated", "disclaimer", "follow_up"}
    assert page.claims == ("Approved", "Reviewed by Dr. Jane Roe on 3 May 2025")
    assert page.unplaced == ()


def test_tables_page():
    page = read_page("tables.txt")

    assert page.sections[0].markdown == (
        "### Oral doses for adults\n\n"
        "| Drug | Dose | Limit \\| day |\n| --- | --- | --- |\n"
        "| paracetamol | 500 mg | 4 g [@ref-1] |\n| ibuprofen | 200 mg | 1200 mg |\n\n"
        "- a bullet after a tab\n- another one\n  - a deeper one\n\n"
        "One line with a tab."
    )
    assert [(each.line, each.in_body) for each in page.unplaced] == [(15, True)]


def test_scripts_page():
    page = read_page("scripts.txt")

    assert page.title == "ما علاج الصداع؟"
    assert page.sections[0].list_items == ("الباراسيتامول [@ref-2]", "الإيبوبروفين")
    assert page.sections[1].markdown.startswith("头痛的治疗包括休息和补水 [@ref-3]。多数人")
    assert page.sections[1].citations == (3, 4, 5)


def test_page_without_known_headings():
    page = read_page("plain_sections.txt")

    assert [(each.kind, each.heading) for each in page.sections] == [("other", "Summary"), ("other", "References")]
    assert page.sections[0].subheadings == ("Treatment", "First Choices", "When nothing helps")
    assert page.sections[1].list_items == ("Roe J. Dry skin. 2019;12(3):4-5.", "Doe J. Creams. 2020.")
    assert page.sections[1].citations == ()


@pytest.mark.parametrize(
    ("heading", "kind", "read"),
    [
        ("From the Guidelines", "guidelines", "From the Guidelines"),
        ("  from the\u00a0guidelines:", "guidelines", "from the\u00a0guidelines"),
        ("## **From the FDA Drug Label**", "drug_label", "From the FDA Drug Label"),
        ("Drug label(s)", "drug_label", "Drug label(s)"),
        ("PRESCRIBING INFORMATION", "drug_label", "PRESCRIBING INFORMATION"),
        ("Evidence", "research", "Evidence"),
        ("2. From the Research", "research", "2. From the Research"),
        ("From the Research\n-----------------", "research", "From the Research"),
        ("# Costs", "other", "Costs"),
        ("References:", "other", "References"),
    ],
)
def test_section_heading(heading, kind, read):
    page = parse_page(f"A title\n\n{heading}\n\nSome text here.")

    assert [(each.kind, each.heading, each.markdown) for each in page.sections] == [(kind, read, "Some text here.")]


def test_line_of_a_colon_is_reported():
    page = read_body("Some text.\n\n:\n\nMore text.")

    assert [(each.line, each.text) for each in page.unplaced] == [(7, ":")]


@pytest.mark.parametrize("body", ["• Evidence", "Evidence shows that it helps.", "the strength of\nevidence\nis low."])
def test_section_words_inside_the_body_stay(body):
    page = read_body(body)

    assert len(page.sections) == 1


@pytest.mark.parametrize(
    ("body", "subheadings"),
    [
        ("Drug Options\n\n• one", ("Drug Options",)),
        ("Drug Options\n• one", ("Drug Options",)),
        ("Drug Options\n\nOne paragraph.", ("Drug Options",)),
        ("Drug Options:\n\n• one", ("Drug Options",)),
        ("1. Drug options\n\nSome text.\n\n2. Other options\n\nSome text.", ("1. Drug options", "2. Other options")),
        ("#### Dose\n\nText.\n\n**Limits:**\n\nText.", ("Dose", "Limits")),
        ("• one\n\nTreatment of type 2\n\n• two", ("Treatment of type 2",)),
        ("药物治疗\n\n• 一", ("药物治疗",)),
        ("These drugs are used:\n\n• one", ()),
        ("It ends here.\n\n• one", ()),
        ("Nothing follows", ()),
        ("a lower-case start\n\n• one", ()),
        ("Gabapentin helps 3\n\nMore text.", ()),
        ("One\n\nTwo\n\nThree\n\nFour\n\nSome text.", ()),
        ("1. one\n\n2. two\n\nSome text.", ()),
    ],
)
def test_subheading(body, subheadings):
    section = read_body(body).sections[0]

    assert section.subheadings == subheadings
    assert section.markdown.count("### ") == len(subheadings)


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ("• a\n• b", "- a\n- b"),
        ("•a\n◦b\n▪c", "- a\n- b\n- c"),
        ("- a\n* b\n– c\n· d", "- a\n- b\n- c\n- d"),
        ("1. a\n2) b\n(3) c", "1. a\n2. b\n3. c"),
        ("a) a\nb) b", "1. a\n2. b"),
        ("i) a\nii) b\niv) c", "1. a\n2. b\n4. c"),
        ("• a\n    • b\n  • c\n• d", "- a\n  - b\n  - c\n- d"),
        ("• a\n\t• b\n\t\t• c", "- a\n  - b\n    - c"),
        ("  • a\n\n    • b\n\n  • c", "- a\n  - b\n- c"),
        ("1. a\n- b\n- c\n2. d", "1. a\n  - b\n  - c\n2. d"),
        ("• a\n  goes on\n• b", "- a goes on\n- b"),
        ("• a\ngoes on\n• b", "- a goes on\n- b"),
        ("•\na text\n• b", "- a text\n- b"),
        ("Text goes on:\n• a\nMore text.", "Text goes on:\n\n- a\n\nMore text."),
        ("In all there were\n12. In adults none.", "In all there were 12. In adults none."),
        ("-5 °C and *not* a list", "-5 °C and \\*not\\* a list"),
    ],
)
def test_list(body, markdown):
    assert markdown_of(body) == markdown


def test_list_deeper_than_we_show_is_kept_and_reported():
    page = read_body("\n".join(" " * depth + f"- item {chr(97 + depth)}" for depth in range(8)))

    assert page.sections[0].markdown.splitlines()[-1] == "          - item h"
    assert [(each.line, each.in_body) for each in page.unplaced] == [(11, True), (12, True)]


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ("# 5 is the number of doses.", "\\# 5 is the number of doses."),
        ("#1 choice", "\\#1 choice"),
        ("> 65 years", "\\> 65 years"),
        ("+ more", "\\+ more"),
        ("2015. The year of the guideline.", "2015\\. The year of the guideline."),
        ("<b>bold</b> and <65 years", "&lt;b>bold&lt;/b> and <65 years"),
        ("[x](javascript:alert)", "\\[x\\](javascript:alert)"),
        ("snake_case `code` a*b c\\d", "snake\\_case \\`code\\` a\\*b c\\\\d"),
        ("AT&T &amp; &#106;", "AT&T &amp;amp; &amp;#106;"),
        ("~10 mg, ≥65 years, a|b", "~10 mg, ≥65 years, a|b"),
        ("R&D &#1", "R&D &amp;#1"),
        ("a literal [@ref-1] stays", "a literal \\[@ref-1\\] stays"),
        ("• - twice marked", "- \\- twice marked"),
    ],
)
def test_body_reads_as_it_was_written(body, markdown):
    assert markdown_of(body) == markdown
