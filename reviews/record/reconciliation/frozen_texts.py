"""Frozen texts: their digests, the sources that they name, and the HTML that was made of them."""

from collections.abc import Collection, Iterator

from articles.models import Rendering, Revision
from articles.text.canonical import text_digest
from articles.text.rendering import RENDERERS
from articles.writing.freezing import sources_named
from reviews.record.faults import Fault


def revision(row: Revision) -> Iterator[Fault]:
    """Yield what is wrong with a revision."""
    table = Revision._meta.db_table
    if text_digest(row.content) != row.digest:
        yield Fault(table, str(row.pk), "digest", "is not the digest of the content")
    if {one.pk for one in row.sources.all()} != sources_named(row.document):
        yield Fault(
            Revision.sources.through._meta.db_table, str(row.pk), "sources", "are not those that the text names"
        )


def rendering(row: Rendering, older: Collection[int]) -> Iterator[Fault]:
    """Yield what is wrong with a rendering: it is made again, with the renderer of its version.

    `older` are those that were there when the record was taken over: what they held then is on the record.
    """
    table = Rendering._meta.db_table
    render = RENDERERS.get(row.version)
    if render is not None:
        if str(render(row.revision.document, row.audience)) != row.html:
            yield Fault(table, str(row.pk), "html", "is not what the text is rendered to")
    elif row.pk not in older:
        yield Fault(table, str(row.pk), "version", f"there is no renderer of version {row.version}")
