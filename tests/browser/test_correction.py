"""A wrong dose in an approved text, put right while an update of the same article is under review."""

import re
import sys
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

TITLE = "How should metformin be started in type 2 diabetes"
SLUG = "metformin-and-kidney-function"
WRONG, RIGHT = "2,550 mg per day", "2,000 mg per day"
NOTICE = "The highest daily dose read 2,550 mg; on this page it is 2,000 mg."

# One signer puts a correction before readers; the risk class asks for two.
ONE_SIGNER = """
from django.db import transaction
from django.utils import timezone
from reviews.record import event_chain
from reviews.models import EditorialPolicy
with transaction.atomic():
    now = EditorialPolicy.objects.current()
    fields = {one.attname: getattr(now, one.attname) for one in now._meta.concrete_fields if not one.primary_key}
    fields |= {"version": now.version + 1, "quorum_by_reason": {"correction": 1}, "adopted_at": timezone.now()}
    made = EditorialPolicy.objects.create(**fields)
    data = {"policy": made.version}
    event_chain.append(event_chain.site_chain(), "adopt_policy", actor=None, data=data, rows=[made], at=timezone.now())
"""


@pytest.fixture
def policy(site):
    site.manage("shell", "-c", ONE_SIGNER)


def is_sound(page):
    """Say whether the page passes axe and fits its window."""
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    page.wait_for_load_state("networkidle")
    before = list(page.complaints)
    found = Axe().run(page).response["violations"]
    page.wait_for_load_state("networkidle")
    page.complaints[:] = before  # axe styles its probes inline and fetches style sheets by itself
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    return page.evaluate(width) <= 0


def open_article(page):
    page.goto("/admin/articles/article/")
    page.get_by_role("link", name=re.compile(TITLE)).click()


def type_correction(editor):
    open_article(editor)
    editor.get_by_role("link", name="Correct", exact=True).click()
    for wording in ("Professional", "Plain language"):
        box = editor.get_by_label(f"Dose and kidney limits on the label: {wording}")
        box.fill(box.input_value().replace(WRONG, RIGHT))
    editor.get_by_label("What was wrong, and what is right?").fill(NOTICE)
    editor.get_by_role("button", name="Show the change, word by word").click()
    editor.get_by_role("heading", name="Your change").wait_for()


def ask(editor, name):
    chosen = editor.get_by_role("radio", name=re.compile(name))
    if not chosen.is_checked():
        chosen.check()
    editor.get_by_role("button", name="Ask to review").click()
    editor.wait_for_load_state()


def sign(member):
    """Accept with one tap, mark what is not marked yet, and sign."""
    member.goto("/admin/reviews/assignment/")
    member.get_by_role("link", name=re.compile(TITLE)).first.click()
    member.get_by_role("button", name=re.compile("I have no interests")).click()
    member.wait_for_load_state()
    already = member.locator('.mark-button[aria-pressed="true"]').count()
    for wording in ("For professionals", "In plain language"):
        member.get_by_role("navigation", name="Wording").get_by_role("link", name=wording).click()
        while member.locator('.mark-button[aria-pressed="false"]').count():
            member.locator('.mark-button[aria-pressed="false"]').first.click()
            member.wait_for_load_state()
    member.get_by_label("Your password, again").fill("countersign-demo")
    member.get_by_role("button", name="Sign", exact=True).click()
    member.wait_for_load_state()
    return already


def read(visitor, audience):
    reader = visitor()
    reader.goto(f"/articles/{SLUG}/{audience}/")
    assert reader.complaints == []
    return reader


def test_wrong_dose_is_corrected_and_live_while_an_update_is_under_review(visitor, site, policy, capsys):
    author, editor, first, second = (visitor(name) for name in ("author", "editor", "board1", "board2"))
    assert "An update has been under review" in read(visitor, "plain").inner_text("main")

    began = time.monotonic()
    type_correction(editor)
    editor.get_by_text("The review of revision 2 closes.").wait_for()
    assert is_sound(editor)
    editor.get_by_role("button", name="Open this correction").click()
    editor.get_by_text("The correction is open.").wait_for()
    assert is_sound(editor)
    ask(editor, "Ingrid")
    already = sign(first)
    first.get_by_text("Approved: readers can see it now.").wait_for()
    pages = [read(visitor, audience) for audience in ("professional", "plain")]
    taken = time.monotonic() - began
    with capsys.disabled():
        sys.stdout.write(
            f"\nA dose corrected by one person, signed by another, live in both audiences: {taken:.0f} s\n"
        )

    assert already == 2  # what she signed before, and no word of which changed
    for page in pages:
        text = page.inner_text("main")
        assert RIGHT in text
        assert WRONG not in text
        assert "Corrected on" in text
        assert NOTICE in text
        assert re.search("a second review is due by", text)
        assert Axe().run(page).violations_count == 0

    open_second_review(editor)
    ask(editor, "Tomás")
    sign(second)
    assert "a second review is due" not in read(visitor, "plain").inner_text("main")

    merge(author, editor)
    submit_again(author)
    assert "An update has been under review" in read(visitor, "plain").inner_text("main")
    assert [page.complaints for page in (author, editor, first, second)] == [[], [], [], []]
    assert "The record is intact" in site.manage("verify_audit")


def open_second_review(editor):
    open_article(editor)
    editor.get_by_role("link", name="Open the review").click()
    editor.get_by_text("Second review of a correction").first.wait_for()
    assert is_sound(editor)


def merge(author, editor):
    open_article(author)
    author.get_by_text("A correction was published that this draft does not contain.").wait_for()
    assert not author.get_by_role("link", name=re.compile("^Submit")).is_visible()
    open_article(editor)
    editor.get_by_role("link", name="Merge the correction").click()
    editor.get_by_role("heading", name="Merge the published correction into the draft").wait_for()
    assert is_sound(editor)
    editor.get_by_role("button", name="Save the draft with these words").click()
    editor.get_by_text("The draft now contains the correction.").wait_for()


def submit_again(author):
    open_article(author)
    author.get_by_role("link", name=re.compile("^Submit")).click()
    author.get_by_text("This review continues that of revision 2, which a correction closed").wait_for()
    assert is_sound(author)
    author.get_by_label(re.compile("What changed")).fill("The update again, with the corrected dose.")
    author.get_by_role("button", name=re.compile("^Submit")).click()
    author.get_by_text("Those who worked on revision 2 continue with this text.").wait_for()
    assert author.get_by_text("Carried over: asked on").first.is_visible()
