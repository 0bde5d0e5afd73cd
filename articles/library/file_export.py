"""Sources as items of exchange files: all that a source has, so that another library, or this one, reads it back."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from articles.library.files import exchange_files
from articles.library.files.evidence_kinds import kind_and_level
from articles.library.files.source_record import doi_of, label_of, pmid_of
from articles.models import Source

_CHUNK = 500
_COLUMNS = ("level", "status", "set_id", "label_version", "marketing_category", "country", "note")


def export(sources: QuerySet[Source], format_name: str) -> Iterator[str]:
    """Yield a file of sources, piece by piece, in the order of the queryset; memory holds some hundreds of them."""
    yield from exchange_files.write(items(sources.iterator(chunk_size=_CHUNK)), format_name)


def items(sources: Iterable[Source]) -> Iterator[dict[str, Any]]:
    for source in sources:
        yield item_of(source)


def item_of(source: Source) -> dict[str, Any]:
    """Return the CSL-JSON of a source. Its columns decide; what CSL has no variable for is under custom.countersign."""
    item = dict(source.csl) if isinstance(source.csl, dict) else {}
    whole = item.get("title")
    is_cut = (
        source.title.endswith("…") and isinstance(whole, str) and " ".join(whole.split()).startswith(source.title[:-1])
    )
    if not is_cut and not (isinstance(whole, str) and " ".join(whole.split()) == source.title):
        item["title"] = source.title
    if source.doi and doi_of(item) != source.doi:
        item["DOI"] = source.doi
    if source.pmid and pmid_of(item) != source.pmid:
        item["PMID"] = source.pmid
    item.setdefault("type", "document")
    item.setdefault("id", f"source-{source.pk}")
    facts = _facts(source, item)
    if facts:
        custom = item.get("custom")
        item["custom"] = {**(custom if isinstance(custom, dict) else {}), "countersign": facts}
    return item


def _facts(source: Source, item: dict[str, Any]) -> dict[str, str]:
    """Return what reading the item alone would not tell."""
    facts = {name: value for name in _COLUMNS if (value := getattr(source, name))}
    if source.status in (Source.Status.UNKNOWN, Source.Status.CURRENT):
        # Nobody else's check: whoever reads the file asks again.
        facts.pop("status")
    if source.effective_date:
        facts["effective_date"] = source.effective_date.isoformat()
    if label_of(item) == (source.set_id, source.label_version):
        facts.pop("set_id", None)
        facts.pop("label_version", None)
    kind, level = kind_and_level(item, is_label=bool(source.set_id and source.label_version), facts={})
    if kind != source.kind:
        facts["kind"] = source.kind
    if level == source.level:
        facts.pop("level", None)
    return facts
