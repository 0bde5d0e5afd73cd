"""Whether a change of words can change what they mean, and who made such changes."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from articles.models import Article, DraftOrigin
from articles.text.canonical import normalised

# A number keeps its decimal mark, also a leading one (".5"), and a sign before it. Of the other characters only the
# punctuation and markup listed here can change without the meaning; any symbol not listed counts, known to us or not.
_FREE = r"!\"#'()*,.:;?\[\\\]_`{}‘’“”„«»—…•-"
_MEANING = re.compile(rf"[-−]?[.,·]?\d+(?:[.,·:]\d+)*|[^\W\d_]+|[^\w\s{_FREE}]")


def meaning(text: str) -> list[str]:
    """Return the words, numbers and symbols of a text, without case, spacing, punctuation and markup."""
    return _MEANING.findall(normalised(text).casefold())


def is_minor_change(old: str, new: str) -> bool:
    """Say whether two texts differ in case, spacing, punctuation or markup only.

    Deliberately strict: any word may be a drug, a unit, a negation, a frequency or a route, and no list of those is
    complete, so a changed word is never minor.
    """
    return meaning(old) == meaning(new)


def change_floor(old: dict[str, Any] | None, new: dict[str, Any]) -> str:
    """Return the least change class of a new content against an old one: `none`, `minor` or `substantive`.

    A person may raise it, never lower it.
    """
    if old is None:
        return "substantive"
    if old == new:
        return "none"
    facts = ("language", "ai", "citations", "glossary", "template", "not_applicable")
    if any(old.get(name) != new.get(name) for name in facts) or len(old["sections"]) != len(new["sections"]):
        return "substantive"
    pairs = [(old["title"], new["title"])]
    for before, after in zip(old["sections"], new["sections"], strict=True):
        told = ("key", "kind", "heading", "blocks", "certainty", "strength")
        if any(before.get(name) != after.get(name) for name in told):
            return "substantive"
        pairs += [(before[name], after[name]) for name in ("professional", "plain", "plain_missing_reason")]
    return "minor" if all(is_minor_change(*pair) for pair in pairs) else "substantive"


class UnknownContributor(Exception):
    """Words of the draft were changed by nobody on record, so nobody can be kept from signing their own text."""


def contributors(article: Article) -> list[int]:
    """Return the ids of all whose saves changed words of this article beyond a minor change, in order.

    Who corrected the published text saved no draft: their words came in with the correction that was merged. Raises
    `UnknownContributor` when the history holds such a change without a person.
    """
    origin = DraftOrigin.objects.filter(article=article).select_related("revision").first()
    found: set[int] = set(origin.revision.contributors) if origin else set()
    for row, before in _changes(article):
        if _changes_words(row, before):
            if row.history_user_id is None:
                raise UnknownContributor
            found.add(row.history_user_id)
    return sorted(found)


_WORDS = {
    "articles.historicalarticle": ("title",),
    "articles.historicalsection": ("heading", "professional", "plain"),
    "articles.historicalcitation": (),
}
_FACTS = {
    "articles.historicalarticle": ("not_applicable",),
    "articles.historicalsection": ("kind", "certainty", "strength"),
    "articles.historicalcitation": ("key", "source_id", "use", "locator", "quote"),
}


def _changes(article: Article) -> Iterator[tuple[Any, Any]]:
    """Yield each history row of the article's text with the row before it (None for the first)."""
    histories = (
        article.history.order_by("id", "history_id"),
        article.sections.model.history.filter(article_id=article.pk).order_by("id", "history_id"),
        article.citations.model.history.filter(article_id=article.pk).order_by("id", "history_id"),
    )
    before = None
    for row in chain.from_iterable(histories):
        is_same_object = before is not None and type(before) is type(row) and before.id == row.id
        yield row, before if is_same_object else None
        before = row


def _changes_words(row: Any, before: Any) -> bool:
    label = row._meta.label_lower
    if row.history_type == "-":
        return any(getattr(row, name) for name in (*_WORDS[label], *_FACTS[label]))
    if before is None:
        return any(meaning(getattr(row, name)) for name in _WORDS[label]) or label.endswith("citation")
    is_fact_changed = any(getattr(row, name) != getattr(before, name) for name in _FACTS[label])
    return is_fact_changed or any(
        not is_minor_change(getattr(before, name), getattr(row, name)) for name in _WORDS[label]
    )
