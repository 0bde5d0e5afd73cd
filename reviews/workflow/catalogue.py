"""Facts outside the digest: address, topics, risk class and author. After the first submit an editor changes them."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles.models import Article, FormerSlug, Topic
from articles.models.person import Person
from articles.reading import page_cache
from articles.writing import drafting
from reviews.workflow.step import Refused, sentence, take
from reviews.workflow.submission import topics_of


def catalogue(
    article: Article,
    *,
    by: Person,
    reason: str,
    slug: str,
    risk: str,
    owner: Person,
    topics: list[Topic],
    readers: int | None = None,
) -> Article:
    """Change an article's catalogue facts, as an event; the old address leads readers to the new one.

    `readers` is how many read it in a month; None leaves that as it is.
    """
    with take("catalogue", article.pk, by=by) as step:
        if not by.has_perm("articles.edit_any_article"):
            raise PermissionDenied(
                _("Only an editor can change the address, topics, risk class or author of a submitted text.")
            )
        fresh = step.article
        is_taken = FormerSlug.objects.filter(slug=slug).exclude(article=fresh).exists()
        if is_taken or Article.objects.filter(slug=slug).exclude(pk=fresh.pk).exists():
            raise Refused(_("Another article has, or had, this address."))
        if slug != fresh.slug:
            for former in FormerSlug.objects.filter(slug=slug):
                step.delete(former)
            step.save(FormerSlug(slug=fresh.slug, article=fresh))
            # No page has version 0: the shared cache must not answer for the old address any more.
            page_cache.announce(fresh.slug, 0)
        step.data["from"] = {"slug": fresh.slug, "risk": fresh.risk, "owner": fresh.owner_id, "readers": fresh.readers}
        fresh.slug, fresh.risk, fresh.owner = slug, risk, owner
        fresh.readers = fresh.readers if readers is None else readers
        words = sentence(reason, _("Give the reason for the record."))
        drafting.save(fresh, by=by, reason=words)
        fresh.topics.set(topics)
        facts = {"slug": slug, "risk": risk, "owner": owner.pk, "readers": fresh.readers}
        step.data.update(facts, topics=topics_of(fresh), reason=words)
        if step.publication is not None:
            step.wrote(fresh)
    return fresh
