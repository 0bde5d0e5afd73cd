"""Which published texts cite a source, and in which sentences."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.library import duplicates
from articles.models import Audience, Publication, Source
from articles.text import rendering
from reviews.models import Campaign, CampaignItem

_PUBLISHED = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)


def list_articles(campaign: Campaign) -> int:
    """List every published text that cites the source; return how many are new. May be stopped and run again."""
    ids = duplicates.family(campaign.source)
    citing = Publication.objects.filter(status__in=_PUBLISHED, revision__sources__in=ids)
    listed = campaign.items.values("article")
    unlisted = citing.exclude(article__in=listed).values_list("pk", flat=True).distinct()
    added = sum(_list(campaign, pk) for pk in unlisted)
    if campaign.listed_at is None:
        campaign.listed_at = timezone.now()
        campaign.save(update_fields=["listed_at"])
    return added


def _list(campaign: Campaign, article_id: int) -> bool:
    with transaction.atomic():
        publication = Publication.objects.select_related("revision").get(pk=article_id)
        facts = {
            "revision": publication.revision,
            "passages": passages(publication.revision.document, campaign.source),
        }
        _item, is_new = CampaignItem.objects.get_or_create(campaign=campaign, article_id=article_id, defaults=facts)
    return is_new


def passages(document: dict[str, Any], source: Source) -> list[dict[str, str]]:
    """Return the sentences of a frozen text that cite a source or its duplicates, with their section and audience."""
    names = {f"source-{pk}" for pk in duplicates.family(source)}
    keys = {
        citation["key"]
        for citation in document["citations"]
        if citation["source"] and citation["source"]["csl"]["id"] in names
    }
    return [
        {"section": section["key"], "heading": section["heading"], "audience": audience, "text": text}
        for section in document["sections"]
        for audience in Audience.values
        if keys & set(section["cites"][audience])
        for text in rendering.citing_sentences(section[audience], keys)
    ]
