"""What the site put around an article is left out of it, and reported."""

import pytest

from articles.text.page_text import Page, parse_page


def read_body(body: str) -> Page:
    return parse_page(f"A title\n\nFrom the Guidelines\n\n{body}")


@pytest.mark.parametrize(
    "line",
    [
        "Approved drugs include gabapentin.",
        "• Approved",
        "• Disclaimer",
        "Submitted reports were few.",
        "Patient",
        "Approved by the FDA in 2004 for shingles pain",
        "Medical advisory boards differ.",
        "Updated doses are lower.",
    ],
)
def test_furniture_words_inside_the_body_stay(line):
    page = read_body(f"Some text.\n\n{line}\n\nMore text.")

    assert page.left_out == ()
    assert line.strip("• ") in page.sections[0].markdown


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ("Article Review StatusSubmittedUnder ReviewApproved", "stepper"),
        ("✓ Approved", "stepper"),
        ("Status: Approved", "stepper"),
        ("Medically reviewed by Jane Roe, MD", "badge"),
        ("All articles are reviewed for accuracy by our board.", "badge"),
        ("Personalise\n• Professional\n• Patient\nHealthcare professional\nContinue", "personalize"),
        ("For educational purposes only.", "caution"),
        ("Last reviewed: 2025-06-10", "updated"),
        ("Disclaimer: this replaces no doctor.", "disclaimer"),
    ],
)
def test_furniture_in_front(lines, what):
    page = parse_page(f"{lines}\n\nA title\n\n{lines}\n\nFrom the Research\n\nSome text.")

    assert page.title == "A title"
    assert [section.heading for section in page.sections] == ["From the Research"]
    assert {each.what for each in page.left_out} == {what}


def test_text_after_the_closing_notices_is_unplaced():
    page = read_body(
        "Some text.\n\nDisclaimer\n\nConsult a doctor.\n\nRelated pages\n\nFrom the Research\n\nMore text."
    )

    assert [(each.text, each.in_body) for each in page.unplaced] == [("Related pages", False)]
    assert [section.heading for section in page.sections] == ["From the Guidelines", "From the Research"]
