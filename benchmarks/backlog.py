"""A backlog of generated pages imported by real processes, one of them killed twice on the way. The size is pages.

The peak memory is the kernel's count for the whole process. It takes this process's memory for the least of those that
it starts, so nothing of Django is loaded here.
"""

from pathlib import Path

from benchmarks import results
from benchmarks.results import Asked
from benchmarks.sites import Run, Site
from tests.generated_pages import write_pages

SIZE = 5_000
_AUTHOR = "author@example.org"
_ADD_AUTHOR = f"""
from django.contrib.auth import get_user_model
author = get_user_model().objects.create_user("{_AUTHOR}", "a", name="Ann Author", roles=["Author"])
"""
_IMPORTED = "SELECT count(*) FROM articles_importedpage"
_COUNTS = {
    "articles": "SELECT count(*) FROM articles_article",
    "files on record": _IMPORTED,
    "different digests": "SELECT count(DISTINCT digest) FROM articles_importedpage",
    "different addresses": "SELECT count(DISTINCT slug) FROM articles_article",
    "sections": "SELECT count(*) FROM articles_section",
}


def run(asked: Asked) -> None:
    count, fewer = asked.size, max(1, asked.size // 5)
    asked.empty.shell(_ADD_AUTHOR)
    few, many = asked.folder / "few", asked.folder / "many"
    write_pages(few, fewer)
    write_pages(many, count)
    few_site, whole, killed = (Site(asked.folder, name, like=asked.empty.file) for name in ("one", "two", "three"))
    rows = [
        (f"{fewer:,} files in one run", _import(few_site, few)),
        (f"{count:,} files in one run", _import(whole, many)),
        ("The same, first run, killed", _import(killed, many, kill_after=count // 3)),
        ("Second run, killed", _import(killed, many, kill_after=count * 2 // 3)),
    ]
    reached = killed.ask(_IMPORTED)
    rows.append((f"Third run, with {reached:,} in, to the end", _import(killed, many)))
    _keep(asked, rows, _whole(killed, count))


def _import(site: Site, pages: Path, *, kill_after: int | None = None) -> Run:
    """Import a folder, or as much of it as there is when the database holds so many pages."""
    is_reached = None if kill_after is None else lambda: site.ask(_IMPORTED) >= kill_after
    return site.run("import_page", str(pages), "--author", _AUTHOR, "--progress", "0", kill_when=is_reached)


def _whole(site: Site, count: int) -> str:
    """Return what was found, in words; everything must be there once."""
    found = {name: site.ask(question) for name, question in _COUNTS.items()}
    if found != {**dict.fromkeys(found, count), "sections": 3 * count}:
        raise SystemExit(f"The import is not whole: {found}")
    return ", ".join(f"{number:,} {name}" for name, number in found.items())


def _keep(asked: Asked, runs: list[tuple[str, Run]], found: str) -> None:
    rows = [(work, f"{one.seconds:.1f} s", f"{one.megabytes:.0f} MB") for work, one in runs]
    table = results.table({"work": "---", "time": "---:", "peak memory": "---:"}, rows)
    body = f"{table}\n\nAfter two SIGKILLs: {found}."
    about = "Made by `python -m benchmarks backlog`."
    results.keep("BACKLOG.md", "A backlog", about=about, body=body, is_full=asked.is_full)
