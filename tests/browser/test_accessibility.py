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
    "/accounts/password/forgotten/",
]


def findings(page):
    found = Axe().run(page)
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found.response["violations"]]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_reader_pages_are_accessible(visitor, scheme):
    page = visitor(color_scheme=scheme)

    found = {}
    for path in READER:
        page.goto(path)
        found[path] = findings(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_reader_pages_fit_320_pixels(visitor):
    page = visitor(viewport={"width": 320, "height": 640})

    wide = {}
    for path in READER:
        page.goto(path)
        wide[path] = overflow(page)

    assert {path: by for path, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize("path", [f"{ARTICLE}/plain/", f"{ARTICLE}/professional/", "/"])
def test_reader_page_works_without_script(visitor, path):
    page = visitor(java_script_enabled=False)

    page.goto(path)

    assert page.locator("main h1").is_visible()


# The sample articles and reviews are always written in the same order, so their numbers are known.
DESK = [
    ("author", "/admin/"),
    ("author", "/admin/articles/article/"),
    ("author", "/admin/articles/article/1/change/"),
    ("author", "/admin/articles/article/add/"),
    ("author", "/admin/articles/article/5/history/"),
    ("author", "/admin/articles/article/5/preview/plain/"),
    ("author", "/admin/articles/source/1/change/"),
    ("author", "/admin/articles/source/add/"),
    ("author", "/admin/articles/source/look-up/"),
    ("author", "/admin/articles/sourceimport/"),
    ("author", "/admin/articles/sourceimport/add/"),
    ("author", "/desk/articles/1/submit/"),
    ("editor", "/admin/"),
    ("editor", "/admin/articles/source/"),
    ("editor", "/admin/articles/source/duplicates/"),
    ("editor", "/admin/articles/source/merge/1/2/"),
    ("editor", "/admin/articles/glossaryterm/"),
    ("editor", "/admin/reviews/campaign/"),
    ("editor", "/admin/reviews/review/"),
    ("editor", "/admin/reviews/review/8/change/"),
    ("editor", "/desk/articles/1/retract/"),
    ("editor", "/desk/articles/5/correct/"),
    ("editor", "/desk/articles/5/merge/"),
    ("board1", "/admin/reviews/assignment/"),
    ("board1", "/admin/reviews/review/8/change/"),
    ("board1", "/admin/reviews/review/7/change/"),
    ("board1", "/admin/reviews/review/4/change/"),
    ("auditor", "/admin/reviews/event/"),
    ("auditor", "/admin/reviews/decision/"),
    ("auditor", "/admin/articles/revision/1/change/"),
    ("admin", "/admin/accounts/user/"),
    ("admin", "/admin/reviews/boardmember/1/change/"),
    ("admin", "/admin/reviews/boardmember/add/"),
    ("admin", "/admin/accounts/user/2/send-link/"),
    ("editor", "/admin/reviews/editorialpolicy/adopt/"),
    ("editor", "/admin/reviews/editorialpolicy/2/change/"),
    ("editor", "/admin/reviews/boardmember/1/deactivate/"),
    ("editor", "/admin/reviews/boardmember/1/void/"),
    ("board1", "/admin/reviews/boardmember/my-absence/"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk_is_accessible(visitor, scheme):
    people = {who: visitor(who, color_scheme=scheme) for who in dict(DESK)}

    found = {}
    for who, path in DESK:
        page = people[who]
        assert page.goto(path).status == 200
        found[who, path] = findings(page)

    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_desk_fits_320_pixels(visitor):
    people = {who: visitor(who, viewport={"width": 320, "height": 640}) for who in dict(DESK)}

    wide = {}
    for who, path in DESK:
        people[who].goto(path)
        wide[who, path] = overflow(people[who])

    assert {place: by for place, by in wide.items() if by > 0} == {}
