"""Sources that are one publication entered twice: found by likeness, and merged so that nothing is lost."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Citation, Source
from articles.models.person import Person
from articles.writing import drafting

# Titles whose words agree this far, of one first author and within a year, are offered as the same publication.
LIKENESS = 0.8
_NOTE_IN_TITLE = re.compile(r"^(?:retracted(?: article)?|withdrawn)\s*[:.]\s*", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_IDENTIFIERS = ("doi", "pmid")
_FACTS = (*_IDENTIFIERS, "set_id", "label_version", "effective_date", "marketing_category", "country", "level", "note")


class NotTheSame(Exception):
    """These two sources cannot be one: the message says why, in the editor's words."""


def groups() -> list[list[Source]]:
    """Return sources that may be the same publication, in groups of two and more, oldest first."""
    found = Source.objects.filter(merged_into=None)
    leaders: dict[int, list[Source]] = {}
    place: dict[int, int] = {}
    for one, other in _alike(found.order_by("pk").iterator(chunk_size=1_000)):
        group = leaders.setdefault(place.get(one.pk, one.pk), [one])
        if other.pk not in place:
            group.append(other)
            place[other.pk] = group[0].pk
        place[one.pk] = group[0].pk
    return [sorted(group, key=lambda source: source.pk) for group in leaders.values() if len(group) > 1]


def _alike(sources: Iterable[Source]) -> Iterator[tuple[Source, Source]]:
    blocks: dict[str, list[tuple[Source, frozenset[str], int | None]]] = defaultdict(list)
    for source in sources:
        words, author, year = _told(source)
        if not words:
            continue
        for other, their_words, their_year in blocks[author]:
            is_near = year is None or their_year is None or abs(year - their_year) <= 1
            if is_near and _likeness(words, their_words) >= LIKENESS and why_not_same(other, source) is None:
                yield other, source
        blocks[author].append((source, words, year))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how many of all words two titles share, from 0 to 1 (Jaccard)."""
    return len(one & other) / len(one | other)


def _told(source: Source) -> tuple[frozenset[str], str, int | None]:
    csl = source.csl if isinstance(source.csl, dict) else {}
    people = csl.get("author")
    first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
    author = _plain(str(first.get("family") or first.get("literal") or ""))
    words = frozenset(_WORDS.findall(_plain(_NOTE_IN_TITLE.sub("", source.title))))
    return words, author, _year(csl.get("issued"))


def _plain(text: str) -> str:
    """Return a text without case and accents: tools write names with and without."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))


def _year(issued: Any) -> int | None:
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0][0] if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] else None
    return int(str(first)) if str(first).isdecimal() else None


def why_not_same(one: Source, other: Source) -> str | None:
    """Return why two sources are not one publication, or None when they may be."""
    if one.pk == other.pk:
        return _("This is one source, not two.")
    for name in _IDENTIFIERS:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and mine != theirs:
            said = {"name": name.upper(), "one": mine, "other": theirs}
            return _("They have different %(name)ss: %(one)s and %(other)s.") % said
    if (one.set_id, one.label_version) != (other.set_id, other.label_version) and one.set_id and other.set_id:
        return _("They are different labels, or different versions of one label.")
    if Source.Kind.DRUG_LABEL in (one.kind, other.kind) and one.kind != other.kind:
        return _("One is a drug label and the other is not.")
    return None


@transaction.atomic
def merge(duplicate: Source, *, into: Source, by: Person, reason: str) -> Source:
    """Make one source of two: drafts cite `into`, which takes over extracts, updates and what it did not know.

    The duplicate's row stays, with its history, for the revisions that froze it. Raises `NotTheSame`.
    """
    first, second = sorted((duplicate.pk, into.pk))
    rows = {pk: Source.objects.select_for_update(no_key=True).get(pk=pk) for pk in dict.fromkeys((first, second))}
    gone, kept = rows[duplicate.pk], rows[into.pk]
    if gone.merged_into_id is not None or kept.merged_into_id is not None:
        raise NotTheSame(_("One of them has been merged already. Compare them again."))
    if (why := why_not_same(gone, kept)) is not None:
        raise NotTheSame(why)
    words = _("merged with source %(number)s: %(reason)s") % {"number": gone.pk, "reason": reason}
    gone.merged_into = kept
    told = _("merged into source %(number)s: %(reason)s") % {"number": kept.pk, "reason": reason}
    drafting.save(gone, by=by, reason=told)
    _take_facts(gone, kept)
    drafting.save(kept, by=by, reason=words)
    _take_extracts(gone, kept, by=by, reason=words)
    _take_updates(gone, kept)
    _take_citations(gone, kept, by=by, reason=words)
    # What was merged into the duplicate before is one with the survivor now.
    for earlier in gone.duplicates.all():
        earlier.merged_into = kept
        drafting.save(earlier, by=by, reason=words)
    return kept


def _take_facts(gone: Source, kept: Source) -> None:
    for name in _FACTS:
        if not getattr(kept, name) and getattr(gone, name):
            setattr(kept, name, getattr(gone, name))
    kept.csl = {**gone.csl, **kept.csl}
    kept.kept_fields = sorted({*kept.kept_fields, *gone.kept_fields})
    if kept.superseded_by_id is None and gone.superseded_by_id != kept.pk:
        kept.superseded_by = gone.superseded_by
    if kept.status == Source.Status.UNKNOWN or _WORST.index(Source.Status(gone.status)) < _WORST.index(
        Source.Status(kept.status)
    ):
        kept.status, kept.checked_at = gone.status, gone.checked_at or kept.checked_at


# Of two states the worse one is believed.
_WORST = [
    Source.Status.RETRACTED,
    Source.Status.CONCERN,
    Source.Status.REINSTATED,
    Source.Status.CORRECTED,
    Source.Status.SUPERSEDED,
    Source.Status.CURRENT,
    Source.Status.UNKNOWN,
]


def _take_extracts(gone: Source, kept: Source, *, by: Person, reason: str) -> None:
    known = set(kept.extracts.values_list("digest", "pinpoint"))
    for extract in gone.extracts.all():
        if (extract.digest, extract.pinpoint) not in known:
            extract.source = kept
            drafting.save(extract, by=by, reason=reason)


def _take_updates(gone: Source, kept: Source) -> None:
    known = set(kept.updates.values_list("identity", flat=True))
    for update in gone.updates.all():
        if update.identity not in known:
            update.source = kept
            update.save(update_fields=["source"])
    # Texts that cited one of the two have not been told of updates of the other: each is told once, also now.
    kept.updates.update(handled_at=None)


def _take_citations(gone: Source, kept: Source, *, by: Person, reason: str) -> None:
    cited = Citation.objects.filter(source=gone)
    for article_id in sorted(set(cited.values_list("article", flat=True))):
        article = drafting.lock(article_id, seen=None)
        for citation in cited.filter(article=article):
            citation.source = kept
            drafting.save(citation, by=by, reason=reason)
        _next_version(article, by=by, reason=reason)


def _next_version(article: Article, *, by: Person, reason: str) -> None:
    article.version += 1
    drafting.save(article, by=by, reason=reason)


def family(source: Source) -> list[int]:
    """Return the ids under which frozen texts may cite a source: its own, and those of duplicates merged into it."""
    found, fresh = [source.pk], [source.pk]
    while fresh:
        fresh = list(Source.objects.filter(merged_into__in=fresh).order_by("pk").values_list("pk", flat=True))
        found += fresh
    return found
