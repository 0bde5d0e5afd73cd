"""The reader's page on a real server, built and cached, against a bare view of the same bytes. The size is articles."""

import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks import content, serving
from benchmarks.results import Row

SIZE = 100


def measure(size: int, folder: Path) -> Iterator[Row]:
    load = serving.Load.of(size / SIZE)
    slugs = [review.article.slug for review in content.approved(size)]
    paths = [f"/articles/{slug}/{audience}/" for slug in slugs for audience in ("professional", "plain")]
    kept = folder / "pages"
    kept.mkdir()
    with serving.serve(BENCH_CACHE="none") as server:
        for number, path in enumerate(paths):
            (kept / f"page{number}").write_bytes(serving.fetch(server, path))
    bare = [f"/bare/page{number}" for number in range(len(paths))]
    bytes_a_page = sum(page.stat().st_size for page in kept.iterdir()) // len(paths)
    for name, environment in _modes().items():
        with serving.serve(BENCH_PAGES=str(kept), **environment) as server:
            title = f"reader page ({bytes_a_page / 1000:.1f} kB), {name}"
            yield _row(title, load.rates(server, {"page": paths, "bare": bare}))


def _modes() -> dict[str, dict[str, str]]:
    modes = {
        "built for each request, 2 queries": {"BENCH_CACHE": "none", "REDIS_URL": ""},
        "from local memory, 1 small query": {"REDIS_URL": ""},
    }
    if redis := os.environ.get("REDIS_URL"):
        modes["from Redis, 1 small query"] = {"REDIS_URL": redis}
    return modes


def _row(name: str, rates: dict[str, serving.Rate]) -> Row:
    page, bare = rates["page"], rates["bare"]
    return Row(
        name,
        f"{page.a_second:.0f}/s, {page.cpu_ms:.2f} ms CPU",
        f"{page.a_second / bare.a_second:.0%} of a bare view's {bare.a_second:.0f}/s; "
        f"{page.cpu_ms / bare.cpu_ms:.1f} x its CPU",
        "25 x Wagtail's uncached page" if "built" in name else "85 % of the bare view",
    )
