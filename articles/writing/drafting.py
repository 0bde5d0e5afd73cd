"""Writing drafts: every save locks the article, names its person and reason, and raises the draft's version."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.models import Article, Citation, DraftOrigin, FormerSlug, Revision, Section, Topic
from articles.models.person import Person


class DraftMoved(Exception):
    """Somebody saved the draft after this person opened it. `article` is the draft as it stands now."""

    def __init__(self, article: Article) -> None:
        super().__init__(
            _("Somebody else saved this draft while you were writing. Your changes have not been saved yet.")
        )
        self.article = article


def lock(article_id: int, *, seen: int | None) -> Article:
    """Return the article, held until the transaction ends. Raises `DraftMoved` when its version is not `seen`."""
    article = Article.objects.select_for_update(no_key=True).get(pk=article_id)
    if seen is not None and article.version != seen:
        raise DraftMoved(article)
    return article


def save(row: models.Model, *, by: Person | None, reason: str) -> None:
    """Save one row of a draft with its person and reason in the history."""
    row._history_user = by  # type: ignore[attr-defined]
    row._change_reason = reason or None  # type: ignore[attr-defined]
    row.save()
    # simple-history keeps the reason on the instance: without this the next save would repeat it.
    row._change_reason = None  # type: ignore[attr-defined]


_NO_ARTICLE = 0  # keys begin at 1


def free_slug(title: str) -> str:
    """Return an address made of a title that no article has or had."""
    stem = slugify(title)[:100].strip("-") or "article"
    slug, number = stem, 2
    while is_address_of_another(slug, _NO_ARTICLE):
        slug, number = f"{stem}-{number}", number + 1
    return slug


def is_address_of_another(slug: str, article_id: int) -> bool:
    """Say whether an article other than this one has an address, or had it once."""
    had = FormerSlug.objects.filter(slug=slug).exclude(article=article_id)
    return had.exists() or Article.objects.filter(slug=slug).exclude(pk=article_id).exists()


@transaction.atomic
def create(
    *,
    by: Person,
    title: str,
    reason: str,
    slug: str = "",
    sections: Iterable[dict[str, Any]] = (),
    citations: Iterable[dict[str, Any]] = (),
    topics: Iterable[Topic] = (),
    **facts: Any,
) -> Article:
    """Write a new draft owned by `by`. Raises `ValidationError` for fields people could not have typed either."""
    article = Article(title=title, slug=slug or free_slug(title), owner=by, **facts)
    article.full_clean()
    save(article, by=by, reason=reason)
    article.topics.set(topics)
    for position, fields in enumerate(sections):
        _save_part(Section(article=article, position=position, **fields), by=by, reason=reason)
    for fields in citations:
        _save_part(Citation(article=article, **fields), by=by, reason=reason)
    return article


@transaction.atomic
def rewrite(
    article: Article, *, by: Person, reason: str, seen: int, sections: dict[str, dict[str, Any]], **facts: Any
) -> Article:
    """Change sections, by key, and fields of a draft. Raises `DraftMoved`, `ValidationError`, `DoesNotExist`."""
    fresh = lock(article.pk, seen=seen)
    for name, value in facts.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.full_clean()
    save(fresh, by=by, reason=reason)
    for key, fields in sections.items():
        section = fresh.sections.get(key=key)
        for name, value in fields.items():
            setattr(section, name, value)
        _save_part(section, by=by, reason=reason)
    return fresh


def grew_from(article: Article, revision: Revision) -> None:
    """Remember the revision a draft now grows from. The caller holds the article."""
    DraftOrigin.objects.update_or_create(article=article, defaults={"revision": revision})


def _save_part(row: models.Model, *, by: Person, reason: str) -> None:
    row.full_clean()
    save(row, by=by, reason=reason)
