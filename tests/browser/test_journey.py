"""One article from a page somebody else made to what readers see, clicking what people click."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

SEED = Path(__file__).resolve().parents[1] / "articles" / "pages" / "seed.txt"
TITLE = "What is the best approach to manage neuropathic pain at the back of the neck/head?"

SOURCES = [
    "Pharmacotherapy for neuropathic pain",
    "Gabapentin capsule",
    "Gabapentin for chronic neuropathic pain",
    "Comparison of amitriptyline",
    "Pharmacotherapy for neuropathic pain",
    "Gabapentin for chronic neuropathic pain",
    "Comparison of amitriptyline",
]

PLAIN = [
    "Doctors often begin with gabapentin, pregabalin, amitriptyline, duloxetine or venlafaxine. You start with a small "
    "amount, for example 300 mg of gabapentin once a day, and raise it slowly [@ref-1].",
    "The pregabalin label names 75 mg two times a day as a first dose for another kind of nerve pain [@ref-2]. It does "
    "not speak of pain in the neck or head, so this is not an approved use.",
    "In studies several medicines helped some people with nerve pain [@ref-3]. Ask which one suits you.",
]

# What the author makes of it in their own words, once the checks and the board have said what is wrong with it.
MENDED = [
    (
        "First choices for neuropathic pain are a tricyclic such as amitriptyline, duloxetine, and gabapentin or "
        "pregabalin [@ref-1]. In adults aged 65 years or over, no more than 75 mg per day of amitriptyline is advised "
        "[@ref-1].",
        "Doctors often begin with amitriptyline, duloxetine, gabapentin or pregabalin [@ref-1]. Older adults often "
        "need less of amitriptyline: at 65 years or over no more than 75 mg a day is advised [@ref-1].",
    ),
    (
        "The gabapentin label speaks of postherpetic neuralgia and begins with 300 mg once daily [@ref-2]. Pain of the "
        "neck or head is not an approved use [off-label] [@ref-2].",
        "The gabapentin label speaks of nerve pain after shingles. It begins with 300 mg once a day [@ref-2]. It "
        "does not speak of pain in the neck or head: that is not an approved use [off-label] [@ref-2].",
    ),
    (
        "Gabapentin gave substantial relief of postherpetic neuralgia to 32% of participants, placebo to 17% [@ref-3].",
        "In studies, 32% of people with nerve pain after shingles had much less pain with gabapentin. With a dummy "
        "pill it was 17% [@ref-3]. Ask which medicine suits you.",
    ),
]


@pytest.fixture(scope="module")
def imported(site):
    said = site.manage("import_page", str(SEED), "--author", "author@example.org")
    return re.search(r"\(([a-z0-9-]+)\)", said.splitlines()[0]).group(1)


def open_article(page):
    page.goto("/admin/")
    page.get_by_role("link", name="All articles").click()
    page.get_by_role("link", name=TITLE).click()


def choose_source(page, key, words):
    """Pick a citation's source in the search box, as one does by hand."""
    citation = page.locator(".inline-related").filter(has=page.get_by_role("heading", name=f"[@{key}]"))
    citation.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def write_draft(page):
    """Resolve the citations, write the plain text, choose a topic and say how the text was made."""
    for number, words in enumerate(SOURCES, start=1):
        choose_source(page, f"ref-{number}", words)
    boxes = [box for box in page.get_by_label("In plain language:").all() if box.is_visible()]
    for box, text in zip(boxes, PLAIN, strict=True):
        box.fill(text)
    page.get_by_label("Neurology and pain").check()
    page.get_by_label("AI assistance:").select_option(label="Drafted with the help of an AI tool")
    page.get_by_label("AI tool:").fill("Sample Assistant 2")
    page.get_by_label("What it was used for:").fill("A first draft")
    save(page, "Sources found, plain text written.")


def mend(page):
    """Put every section into the author's own words, and say why blocks of the template are not answered here."""
    for section, texts in enumerate(MENDED):
        for audience, text in zip(("professional", "plain"), texts, strict=True):
            page.locator(f"textarea[name=sections-{section}-{audience}]").fill(text)
    for box in page.locator("[name^=without_]").all():
        box.fill("The article on gabapentin says it; this page leads there.")
    save(page, "As the board asked.")


def save(page, reason):
    page.get_by_label("Reason for this change").fill(reason)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved").first.wait_for()


def unfold(page, words):
    """Open a folded part of the page, as a click on its name does, unless it is open already."""
    part = page.locator("details").filter(has=page.locator("summary", has_text=words)).first
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()


def submit(page, summary):
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_label(re.compile("What changed")).fill(summary)
    page.get_by_role("button", name=re.compile("^Submit")).click()
    page.wait_for_load_state()


def ask(page, *members):
    for member in members:
        page.goto("/admin/reviews/review/")
        page.get_by_role("link", name=TITLE).click()
        unfold(page, "Ask a member of the board")
        page.get_by_role("radio", name=re.compile(member)).check()
        page.get_by_role("button", name="Ask to review").click()
        page.wait_for_load_state()


def open_review(page):
    page.goto("/admin/reviews/assignment/")
    page.get_by_role("link", name=TITLE).first.click()


def accept(page):
    open_review(page)
    page.get_by_role("button", name=re.compile("I have no interests")).click()
    page.wait_for_load_state()


def sign(page):
    open_review(page)
    for wording in ("For professionals", "In plain language"):
        page.get_by_role("navigation", name="Wording").get_by_role("link", name=wording).click()
        for place, _ in enumerate(PLAIN):
            page.get_by_role("button", name=re.compile("I hold this accurate")).nth(place).click()
            page.wait_for_load_state()
    page.get_by_label(re.compile("password", re.I)).fill("countersign-demo")
    page.get_by_role("button", name=re.compile("^Sign", re.I)).last.click()
    page.wait_for_load_state()


def settle(page, words):
    open_review(page)
    unfold(page, "Settle")
    page.get_by_label(re.compile("How was it settled")).first.fill(words)
    page.get_by_role("button", name=re.compile("Settle")).first.click()
    page.wait_for_load_state()


def read(visitor, slug, audience):
    reader = visitor()
    reader.goto(f"/articles/{slug}/{audience}/")
    assert reader.complaints == []
    return reader


def test_article_from_import_to_readers(visitor, site, imported):
    author, editor, first, second = (visitor(name) for name in ("author", "editor", "board1", "board3"))
    open_article(author)
    write_draft(author)
    assert author.get_by_text("blocks approval").first.is_visible()
    submit(author, "Imported, sources found, plain text written.")
    ask(editor, "Ingrid", "Mei")
    assert read(visitor, imported, "plain").get_by_text("Submitted").first.is_visible()

    accept(first)
    accept(second)
    open_review(first)
    unfold(first, "Ask for changes")
    first.get_by_label(re.compile("What has to change")).fill("Say that older adults need less amitriptyline.")
    first.get_by_role("button", name="Send back").click()
    first.wait_for_load_state()
    assert visitor().goto(f"/articles/{imported}/plain/").status == 404

    open_article(author)
    mend(author)
    assert author.get_by_text("blocks approval").count() == 0
    submit(author, "Added what the board asked for.")
    accept(first)
    accept(second)
    settle(first, "Added in the first section.")
    sign(first)
    sign(second)

    for audience in ("professional", "plain"):
        reader = read(visitor, imported, audience)
        assert reader.get_by_text("Reviewed and approved by").is_visible()
        assert reader.get_by_text("Drafted with").first.is_visible()
        assert Axe().run(reader).violations_count == 0
    assert "older adults often need less" in read(visitor, imported, "plain").inner_text("main").lower()
    assert all(page.complaints == [] for page in (author, editor, first, second))
    assert "The record is intact" in site.manage("verify_audit")
