"""Refused attempts to sign, put on the record (21 CFR 11.300(d)).

Of who is asked for the signature they stand on the article's record. Of anybody else they stand on the site's, one a
person and article a minute: who may not sign moves no article's record, however often they try.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from articles.models.person import Person
from reviews import notifications
from reviews.models import Event, Review
from reviews.record import event_chain
from reviews.record.signatures import WrongPassword
from reviews.workflow.step import ArticleMoved, Refused, take

VERB = "sign_refused"
_ONE_IN = timedelta(minutes=1)


@contextmanager
def recorded(
    article_id: int,
    *,
    by: Person,
    is_asked: Callable[[], bool],
    review: Review | None = None,
    notice: int | None = None,
) -> Iterator[None]:
    """Let the steps within be refused, put that on the record, and raise the refusal on."""
    try:
        yield
    except (WrongPassword, PermissionDenied, Refused, ArticleMoved) as refusal:
        about = {"review": review.pk} if review is not None else {"notice": notice}
        data = {**about, "why": str(refusal), "is_wrong_password": isinstance(refusal, WrongPassword)}
        if is_asked():
            with take(VERB, article_id, by=by, review=review) as step:
                step.data.update(data)
        else:
            _on_site({**data, "article": article_id}, by=by, review=review)
        raise


def _on_site(data: dict[str, Any], *, by: Person, review: Review | None) -> None:
    recent = Event.objects.of_site().filter(verb=VERB, actor=by, data__article=data["article"])
    # Asked before the lock too: whoever tries again and again holds up nobody.
    if recent.filter(at__gt=timezone.now() - _ONE_IN).exists():
        return
    with transaction.atomic():
        chain, now = event_chain.site_chain(), timezone.now()
        if not recent.filter(at__gt=now - _ONE_IN).exists():
            event = event_chain.append(chain, VERB, actor=by, data=data, at=now)
            notifications.of_event(event, article=Article.objects.get(pk=data["article"]), review=review)
