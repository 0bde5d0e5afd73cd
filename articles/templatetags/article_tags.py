"""Parts of pages that show a publication; they read no user and no database."""

from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Publication
from articles.models.translation import translated

register = template.Library()
register.filter("translated", translated)

_unchanging: dict[tuple[str, str | None, str], SafeString] = {}


@register.inclusion_tag("articles/_card.html")
def article_card(publication: Publication, today: date) -> dict[str, Any]:
    """Show a publication in a list, with the standing that its page would show today."""
    standing = "overdue" if publication.is_overdue(today) else publication.status
    if publication.status == Publication.Status.APPROVED and publication.withdrawn_at is not None:
        standing = "withdrawn"
    return {"publication": publication, "standing": standing}


@register.simple_tag
def day(moment: date | str | None) -> str:
    """Show the day of a date, a time or an ISO date, for people and for machines; nothing when there is none.

    One form everywhere: 3/4/2026 is two days. Not by `date_format`, which costs ten times as much and a page has ten.
    """
    if not moment:
        return ""
    if isinstance(moment, str):
        moment = date.fromisoformat(moment)
    machine = f"{moment.year}-{moment.month:02}-{moment.day:02}"
    return format_html('<time datetime="{}">{} {} {}</time>', machine, moment.day, MONTHS[moment.month], moment.year)


@register.simple_tag
def unchanging(name: str) -> SafeString:
    """Show a part of the site's frame, rendered once: it depends on nothing but the settings and the language."""
    key = (name, get_language(), settings.SITE_NAME)
    if key not in _unchanging or settings.DEBUG:
        _unchanging[key] = render_to_string(name, {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL})
    return _unchanging[key]
