"""Which addresses are taken: one that an article ever had on the record is never another's."""

from django.db.models import Q

from articles.models import Article
from articles.writing import drafting
from reviews.models import Event


def belongs_to_another(slug: str, article: Article) -> bool:
    """Say whether another article has an address, or ever had it.

    The record is asked too: whoever removes the row of a former address cannot give the address away.
    """
    return drafting.is_address_of_another(slug, article.pk) or _is_recorded_of_another(slug, article.pk)


def _is_recorded_of_another(slug: str, article_id: int) -> bool:
    told = Q(data__slug=slug) | Q(data__from__slug=slug)
    events = Event.objects.filter(told, chain__startswith="article:", verb__in=("submit", "correct", "catalogue"))
    return events.exclude(chain=f"article:{article_id}").exists()
