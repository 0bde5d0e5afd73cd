"""Files of generated sources imported and exported by real processes. The size is sources.

The peak memory is the kernel's count. It takes this process's memory for the least of those that it starts, so nothing
of Django's is loaded here, and the files are written piece by piece.
"""

from collections.abc import Iterator
from pathlib import Path

from articles.library.files import exchange_files
from benchmarks import results
from benchmarks.results import Asked
from benchmarks.sites import Run, Site

SIZE = 20_000
_ABOUT = "Made by `python -m benchmarks sources`; each row is a process of its own, its start included."
_EXPORT = """
from articles.library import file_export
from articles.models import Source
size = sum(len(part) for part in file_export.export(Source.objects.order_by("pk"), "{}"))
assert size, "nothing was exported"
"""


def run(asked: Asked) -> None:
    rows = [
        (work, f"{one.seconds:.1f} s", f"{one.megabytes:.0f} MB")
        for work, one in (*_read(asked), *_bring_in_and_out(asked))
    ]
    table = results.table({"work": "---", "time": "---:", "peak memory": "---:"}, rows)
    results.keep("SOURCES.md", "Sources in and out", about=_ABOUT, body=table, is_full=asked.is_full)


def _read(asked: Asked) -> Iterator[tuple[str, Run]]:
    tenth = max(1, asked.size // 10)
    for name in exchange_files.FORMATS:
        part = asked.folder / f"tenth{exchange_files.ENDINGS[name]}"
        _write(part, tenth, name)
        yield f"{tenth:,} of {name}, read and compared only", _import(asked.empty, part, "--dry-run")


def _bring_in_and_out(asked: Asked) -> Iterator[tuple[str, Run]]:
    count, whole = asked.size, asked.folder / "whole.ris"
    _write(whole, count, "ris")
    site = Site(asked.folder, "whole-site", like=asked.empty.file)
    yield f"{count:,} of ris into an empty library", _import(site, whole)
    yield f"the same {count:,} again: all here already", _import(site, whole)
    found = site.ask("SELECT count(*) FROM articles_source"), site.ask("SELECT count(*) FROM articles_historicalsource")
    if found != (count, count):
        raise SystemExit(f"The import is not whole: {found}")
    for name in exchange_files.FORMATS:
        yield f"{count:,} exported as {name}", site.shell(_EXPORT.format(name))


def _import(site: Site, file: Path, *options: str) -> Run:
    return site.run("import_sources", str(file), *options)


def _items(count: int) -> Iterator[dict]:
    """Yield sources of the size that PubMed's have: six authors and an abstract of 1,500 characters."""
    for number in range(count):
        yield {
            "type": "article-journal",
            "title": f"Trial number {number} of a treatment for a condition: a randomised study of {number % 97} weeks",
            "author": [{"family": f"Family{number % 991}x{one}", "given": "Ann B"} for one in range(6)],
            "container-title": "A Journal of Our Own",
            "container-title-short": "J Own",
            "issued": {"date-parts": [[1990 + number % 35, 1 + number % 12]]},
            "volume": str(number % 80),
            "page": f"{number}-{number + 9}",
            "DOI": f"10.5555/bench.{number}",
            "PMID": str(90_000_000 + number),
            "abstract": "Words of our own that say nothing about any treatment. " * 27,
        }


def _write(file: Path, count: int, format_name: str) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(exchange_files.write(_items(count), format_name))
