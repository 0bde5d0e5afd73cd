"""Carries a new version of the policy to what it binds: article after article, and on from there after a break."""

from collections.abc import Iterator

from articles.models import Article
from reviews.models import EditorialPolicy
from reviews.workflow import policy_binding

_BATCH = 200


def unfinished() -> bool:
    """Say whether a version binds something that still follows an older one."""
    return any(
        policy_binding.reviews_bound_by(policy).exists() or policy_binding.publications_bound_by(policy).exists()
        for policy in _binding_versions()
    )


def left(policy: EditorialPolicy) -> int:
    """Return how many articles still wait for a version that binds them."""
    return len(_articles(policy))


def carry_out() -> int:
    """Bind every article that still waits, each in a transaction of its own; return how many were bound.

    May be stopped anywhere and run again, also twice at once.
    """
    return sum(
        policy_binding.bind(article, policy=policy)
        for policy in _binding_versions()
        for article in _waiting_for(policy)
    )


def _binding_versions() -> list[EditorialPolicy]:
    """Return the newest version that binds reviews and the newest that binds texts: either stands for all before it."""
    versions = EditorialPolicy.objects.select_related("adopted_by").order_by("-version")
    newest = (versions.filter(binds_open_reviews=True).first(), versions.filter(binds_published=True).first())
    return list({policy.pk: policy for policy in newest if policy is not None}.values())


def _waiting_for(policy: EditorialPolicy) -> Iterator[Article]:
    keys = sorted(_articles(policy))
    for start in range(0, len(keys), _BATCH):
        yield from Article.objects.filter(pk__in=keys[start : start + _BATCH]).order_by("pk")


def _articles(policy: EditorialPolicy) -> set[int]:
    return {
        *policy_binding.reviews_bound_by(policy).values_list("article_id", flat=True),
        *policy_binding.publications_bound_by(policy).values_list("article_id", flat=True),
    }
