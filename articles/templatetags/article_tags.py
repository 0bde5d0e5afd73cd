"""Parts of pages that show a publication; they read no user and no database."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html

from articles.models import Publication

register = template.Library()

# One form everywhere: 3/4/2026 is two days, and the short names of months differ by language.
DAY = "j F Y"


@register.inclusion_tag("articles/_card.html")
def article_card(publication: Publication, today: date) -> dict[str, Any]:
    """Show a publication in a list, with the standing that its page would show today."""
    standing = "overdue" if publication.is_overdue(today) else publication.status
    return {"publication": publication, "standing": standing}


@register.simple_tag
def day(moment: date | str | None) -> str:
    """Show the day of a date, a time or an ISO date, for people and for machines; nothing when there is none."""
    if not moment:
        return ""
    if isinstance(moment, str):
        moment = date.fromisoformat(moment)
    return format_html('<time datetime="{}">{}</time>', moment.strftime("%Y-%m-%d"), date_format(moment, DAY))
