"""What a page tells readers of the updates of its sources: in the audience's words, at the reference and at the top."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.library.source_statuses import LABEL_VERSION
from articles.models import Publication, Source
from articles.reading.standing import day_in_words
from articles.text.rendering import Link, ReferenceNote, doi_address, pubmed_address


@dataclass(frozen=True)
class SourceNote:
    """An update of one source of the text; `number` is that of its reference on this page, if it stands there."""

    source: int
    title: str
    status: str
    label: str
    text: str
    links: tuple[Link, ...]
    number: int | None
    is_at_top: bool

    @property
    def is_grave(self) -> bool:
        return self.status in _GRAVE

    @property
    def status_in_words(self) -> str:
        """The state of the source as machines are told it; nothing of a label that has a newer version."""
        return str(Source.Status(self.status).label) if self.status in Source.Status.values else ""

    @property
    def at_reference(self) -> ReferenceNote:
        return ReferenceNote(f"{self.label}.", self.text, self.links, self.is_grave)


_GRAVE = (Source.Status.RETRACTED, Source.Status.CONCERN)


def notes(publication: Publication, numbers: dict[str, int | None], *, is_plain: bool) -> list[SourceNote]:
    """Return the updates of the sources of a text, the gravest first.

    `numbers` are those of this page's references; None for one that has no place, so that its note stands at the top.
    Of a source that only hidden sections cite nothing is told.
    """
    hidden = {mask["section"] for mask in publication.masks}
    return [
        _note(one, numbers, is_plain=is_plain)
        for one in publication.source_warnings
        if not hidden.issuperset(one["sections"])
    ]


def _note(warning: dict[str, Any], numbers: dict[str, int | None], *, is_plain: bool) -> SourceNote:
    name = f"source-{warning['source']}"
    return SourceNote(
        source=warning["source"],
        title=warning["title"],
        status=warning["status"],
        label=_label(warning, is_plain=is_plain),
        text=" ".join(filter(None, (_explanation(warning, is_plain=is_plain), _use(warning, is_plain=is_plain)))),
        links=tuple(_links(warning)),
        number=numbers.get(name),
        is_at_top=warning["is_at_top"] or (name in numbers and numbers[name] is None),
    )


# By status: for professionals and in plain words, each with a date and without one.
_LABELS = {
    "retracted": (
        (gettext_noop("Retracted on %s"), gettext_noop("Retracted")),
        (gettext_noop("Withdrawn by its publisher on %s"), gettext_noop("Withdrawn by its publisher")),
    ),
    "concern": (
        (gettext_noop("Expression of concern on %s"), gettext_noop("Expression of concern")),
        (gettext_noop("Questioned by its publisher since %s"), gettext_noop("Questioned by its publisher")),
    ),
    "corrected": (
        (gettext_noop("Corrected on %s"), gettext_noop("Corrected")),
        (gettext_noop("Corrected by its publisher on %s"), gettext_noop("Corrected by its publisher")),
    ),
    "reinstated": (
        (gettext_noop("Reinstated on %s"), gettext_noop("Reinstated")),
        (gettext_noop("Valid again since %s"), gettext_noop("Valid again")),
    ),
    "superseded": (
        (gettext_noop("Superseded on %s"), gettext_noop("Superseded")),
        (gettext_noop("Replaced by a newer document on %s"), gettext_noop("Replaced by a newer document")),
    ),
    LABEL_VERSION: (
        (gettext_noop("New label version, %s"), gettext_noop("New label version")),
        (gettext_noop("Newer official information, %s"), gettext_noop("Newer official information")),
    ),
}


def _label(warning: dict[str, Any], *, is_plain: bool) -> str:
    dated, undated = _LABELS[warning["status"]][is_plain]
    if warning["date"]:
        return _(dated) % day_in_words(warning["date"])
    if warning["known"]:
        return _("%(label)s (known here since %(date)s)") % {
            "label": _(undated),
            "date": day_in_words(warning["known"]),
        }
    return _(undated)


def _explanation(warning: dict[str, Any], *, is_plain: bool) -> str:
    if warning["status"] == LABEL_VERSION:
        return _of_label(warning["sections_changed"], is_plain=is_plain)
    if newer := warning.get("successor"):
        return _("Newer document: %s.") % newer["title"].rstrip(".")
    if warning["status"] == Source.Status.REINSTATED:
        words = _("Its retraction was withdrawn.")
        return _("Its publisher had withdrawn it and has reinstated it.") if is_plain else words
    return ""


def _of_label(sections_changed: bool | None, *, is_plain: bool) -> str:
    """Say whether what is cited of a label differs in its newer version, as far as it is known."""
    if sections_changed is None:
        if is_plain:
            return _("We do not know yet whether the parts used here changed.")
        return _("Whether the sections cited here changed is not known yet.")
    if sections_changed:
        return _("Parts used here changed.") if is_plain else _("Sections cited here changed.")
    return _("The parts used here did not change.") if is_plain else _("The sections cited here did not change.")


def _use(warning: dict[str, Any], *, is_plain: bool) -> str:
    """Say what of the text rests on the source, where that decides what its state means."""
    if warning["is_discussed"]:
        if is_plain:
            return _("This page only mentions it: nothing here depends on it.")
        return _("This text discusses it and does not rely on it.")
    if warning["status"] not in _GRAVE:
        return ""
    return _("Parts of this page depend on it.") if is_plain else _("This text relies on it.")


def _links(warning: dict[str, Any]) -> Iterator[Link]:
    """Yield where it is written, in words that still lead there from a printed page."""
    doi, pmid = warning["notice_doi"], warning["notice_pmid"]
    if address := doi_address(doi):
        yield Link(_("Notice: %s") % f"doi:{doi}", address)
    elif address := pubmed_address(pmid):
        yield Link(_("Notice: %s") % f"PMID {pmid}", address)
    newer = warning.get("successor")
    if newer and (address := doi_address(newer["doi"])):
        yield Link(f"doi:{newer['doi']}", address)
