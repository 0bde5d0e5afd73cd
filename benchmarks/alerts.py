"""A retraction of a source that many published texts cite, told by real processes. The size is texts.

One process tells of it and is killed twice on the way; what it left must be whole, and nothing done twice.
"""

import time

from benchmarks import results
from benchmarks.results import Asked
from benchmarks.sites import Run, Site

SIZE = 1_000
_NOTIFY = "from reviews import tasks; tasks.tell_of_sources()"
_WARNED = "SELECT count(*) FROM reviews_event WHERE verb = 'warn'"
_COUNTS = {
    "texts warned of it": "SELECT count(*) FROM articles_publication WHERE source_warnings LIKE '%retracted%'",
    "steps “warn” on record": _WARNED,
    "steps “alert” on record": "SELECT count(*) FROM reviews_event WHERE verb = 'alert'",
    "articles with such a step": "SELECT count(DISTINCT chain) FROM reviews_event WHERE verb = 'alert'",
    "open reviews": "SELECT count(*) FROM reviews_review WHERE state = 'submitted' AND reason = 'source_alert'",
    "updates told to editors": "SELECT count(*) FROM reviews_event WHERE verb = 'tell_of_source'",
}


def run(asked: Asked) -> None:
    count, site = asked.size, asked.empty
    site.enter()
    began = time.monotonic()
    source = _publish(count)
    made = time.monotonic() - began
    copy = Site(asked.folder, "whole", like=site.file)
    rows = [
        (f"{count:,} texts warned and their reviews opened in one run", _tell(copy)),
        ("The same, first run, killed", _tell(site, kill_after=count // 3)),
        ("Second run, killed", _tell(site, kill_after=count * 2 // 3)),
    ]
    reached = site.ask(_WARNED)
    rows.append((f"Third run, with {reached:,} warned, to the end", _tell(site)))
    _keep(asked, rows, made, f"{_whole(site, count)}; {_pages_that_say_so(source):,} pages say it at the reference")


def _publish(count: int) -> int:
    """Publish texts that cite one source, by the real verbs; leave its retraction untold. Return the source's id."""
    from tests import factories

    factories.user("Editor", "Edith")
    member, author = factories.board_member("Ann"), factories.user("Author")
    source = factories.source("A trial that is taken back", kind="study")
    factories.policy(campaign_from=count + 1)
    citations = [{"key": key, "source": source} for key in ("first", "second")]
    for number in range(count):
        draft = factories.article(by=author, risk="low", citations=citations)
        factories.approved(member, review=factories.submitted(draft))
        if number % 100 == 99:
            print(f"{number + 1} published", flush=True)
    factories.source_update(source)
    return source.pk


def _tell(site: Site, *, kill_after: int | None = None) -> Run:
    """Run the task, or as much of it as there is when so many texts are warned."""
    is_reached = None if kill_after is None else lambda: site.ask(_WARNED) >= kill_after
    return site.shell(_NOTIFY, kill_when=is_reached)


def _whole(site: Site, count: int) -> str:
    """Return what was found, in words; every text must be told of once."""
    found = {name: site.ask(question) for name, question in _COUNTS.items()}
    if found != {**dict.fromkeys(_COUNTS, count), "updates told to editors": 1}:
        raise SystemExit(f"The telling is not whole: {found}")
    return ", ".join(f"{number:,} {name}" for name, number in found.items())


def _pages_that_say_so(source: int) -> int:
    """Return how many pages, of both audiences, say it; the record must be whole."""
    from django.utils import timezone

    from articles.models import Article, Audience
    from articles.reading import article_page
    from reviews.record import verification

    if faults := list(verification.faults()):
        raise SystemExit(f"The record is not intact: {faults[0]}")
    today = timezone.localdate()
    slugs = Article.objects.filter(publication__revision__sources=source).values_list("slug", flat=True)
    pages = (article_page.page(slug, audience, today=today) for slug in slugs for audience in Audience.values)
    return sum(page is not None and b"reference-note-grave" in page.body for page in pages)


def _keep(asked: Asked, runs: list[tuple[str, Run]], made: float, found: str) -> None:
    rows = [(work, f"{one.seconds:.1f} s", f"{one.cpu:.1f} s") for work, one in runs]
    table = results.table({"work": "---", "time": "---:", "CPU": "---:"}, rows)
    body = f"{table}\n\nAfter two SIGKILLs: {found}; the record is whole."
    about = f"Made by `python -m benchmarks alerts`; publishing the texts took {made:.0f} s and is not measured."
    title = "A retraction of a source that many texts cite"
    results.keep("ALERTS.md", title, about=about, body=body, is_full=asked.is_full)
