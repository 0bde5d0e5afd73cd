import pytest
from axe_playwright_python.sync_playwright import Axe

ARTICLE = "/articles/neuropathic-pain-first-line"

READER = [
    "/",
    "/topics/neurology/",
    f"{ARTICLE}/professional/",
    f"{ARTICLE}/plain/",
    "/articles/anticoagulant-in-atrial-fibrillation/plain/",
    "/articles/uncomplicated-cystitis-in-women/plain/",
    "/articles/metformin-and-kidney-function/professional/",
    "/articles/hypertension-target-and-first-drugs/plain/",
    "/articles/as-needed-inhaler-mild-asthma/plain/",
    f"{ARTICLE}/history/",
    "/editorial-policy/",
    "/accounts/login/",
    "/nowhere/",
]


def findings(page):
    found = Axe().run(page)
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found.response["violations"]]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", READER)
def test_reader_page_is_accessible(visitor, path, scheme):
    page = visitor(color_scheme=scheme)

    page.goto(path)

    assert findings(page) == []


@pytest.mark.parametrize("path", READER)
def test_reader_page_fits_320_pixels(visitor, path):
    page = visitor(viewport={"width": 320, "height": 640})

    page.goto(path)

    assert overflow(page) <= 0


@pytest.mark.parametrize("path", [f"{ARTICLE}/plain/", f"{ARTICLE}/professional/", "/"])
def test_reader_page_works_without_script(visitor, path):
    page = visitor(java_script_enabled=False)

    page.goto(path)

    assert page.locator("main h1").is_visible()
