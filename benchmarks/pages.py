"""The reader's page on a real server, built and cached, against a bare Django view of the same bytes."""

import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks import content, serving
from benchmarks.timing import Row

_ARTICLES = 100


def measure(folder: Path) -> Iterator[Row]:
    slugs = [review.article.slug for review in content.approved(_ARTICLES)]
    paths = [f"/articles/{slug}/{audience}/" for slug in slugs for audience in ("professional", "plain")]
    kept = folder / "pages"
    kept.mkdir()
    environment = {"BENCH_PAGES": str(kept)}
    with serving.serve(BENCH_CACHE="none") as server:
        for number, path in enumerate(paths):
            (kept / f"page{number}").write_bytes(serving.fetch(server, path))
    bare = [f"/bare/page{number}" for number in range(len(paths))]
    size = sum(page.stat().st_size for page in kept.iterdir()) // len(paths)
    modes = {"built for each request, 1 query": {"BENCH_CACHE": "none"}, "from local memory, 1 query": {}}
    if os.environ.get("REDIS_URL"):
        modes["from Redis, 0 queries"] = {}
    for name, extra in modes.items():
        redis = {"REDIS_URL": os.environ["REDIS_URL"]} if "Redis" in name else {"REDIS_URL": ""}
        with serving.serve(**environment, **extra, **redis) as server:
            yield _row(f"reader page ({size / 1000:.1f} kB), {name}", server, paths, bare)


def _row(name: str, server: serving.Server, paths: list[str], bare: list[str]) -> Row:
    serving.warm(server, paths)
    rates = serving.rates(server, {"page": paths, "bare": bare})
    (page, page_cpu), (base, base_cpu) = rates["page"], rates["bare"]
    return Row(
        name,
        f"{page:.0f}/s, {page_cpu:.2f} ms CPU",
        f"{page / base:.0%} of a bare view's {base:.0f}/s; {page_cpu / base_cpu:.1f} x its CPU",
        "25 x Wagtail's uncached page" if "built" in name else "85 % of the bare view",
    )
