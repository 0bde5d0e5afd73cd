"""Groups of people who are told things, as conditions on a person: one query finds them all."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import Q

from articles.models import Publication
from reviews.models import Assignment, Comment, Thread


def people(ids: Iterable[int | None]) -> Q:
    return Q(pk__in=[one for one in ids if one is not None])


def holders(permission: str) -> Q:
    """Return who holds a permission by a role or by name. A superuser may do everything and is no editor by that."""
    app, codename = permission.split(".")
    named = {"codename": codename, "content_type__app_label": app}
    by_role = Q(**{f"groups__permissions__{name}": value for name, value in named.items()})
    by_name = Q(**{f"user_permissions__{name}": value for name, value in named.items()})
    return Q(pk__in=get_user_model().objects.filter(by_role | by_name).values("pk"))


def editors() -> Q:
    return holders("reviews.triage_review")


def administrators() -> Q:
    return holders("accounts.change_user")


def board() -> Q:
    return Q(board_member__is_active=True) & holders("reviews.decide_review")


def at_work(review_id: int | None) -> Q:
    """Return the members who are asked, or at work, on a review."""
    states = (Assignment.State.INVITED, *Assignment.AT_WORK)
    return Q(pk__in=Assignment.objects.filter(review=review_id, state__in=states).values("member__user"))


def signers(publication: Publication | None) -> Q:
    """Return who signed what readers see."""
    return people(reviewer.get("id") for reviewer in (publication.reviewers if publication else []))


def talkers(thread_id: int) -> Q:
    """Return who opened a thread or said something in it."""
    opened = Thread.objects.filter(pk=thread_id).values("opened_by")
    return Q(pk__in=opened) | Q(pk__in=Comment.objects.filter(thread=thread_id, author__isnull=False).values("author"))
