"""What a review asks for before its text is approved: fixed when it is opened, afterwards raised and never lowered.

Kept on the review and in the event that opened it, so that a later policy, risk class or topic changes nothing of it.
"""

from collections.abc import Iterable
from typing import Any

from articles.models import Article, Specialty
from reviews.models import EditorialPolicy, Review
from reviews.models.policy import with_always

Requirements = dict[str, Any]


def at_opening(
    policy: EditorialPolicy, article: Article, *, reason: str, specialties: list[list[str]] | None = None
) -> Requirements:
    """Return what a review that opens now, for this reason and under this version, asks for.

    `specialties` are those of the article's topics, for who has read them for many articles at once.
    `signers` is for each section; `specialties` names, for each topic that asks for some, those of which one signs;
    `second_signers` is what the second review of a correction asks for.
    """
    asked = specialties if specialties is not None else by_article([article.pk]).get(article.pk, [])
    return {
        "policy": policy.version,
        "risk": str(article.risk),
        "signers": policy.signers_needed(risk=article.risk, reason=reason),
        "second_signers": policy.signers_needed(risk=article.risk, reason=Review.Reason.SECOND_REVIEW),
        "specialties": asked if policy.specialty_required else [],
        "admits_missing_specialty": policy.admits_missing_specialty,
        "blocks": sorted(policy.findings_that_block_approval()),
        "licence_check_months": policy.licence_check_months,
    }


def of_second_review(first: Requirements) -> Requirements:
    """Return what the second review of a correction asks for: as the correction did, with the ordinary signers."""
    return {**first, "signers": max(first["signers"], first["second_signers"])}


def specialties_of(topics: Iterable[int]) -> list[list[str]]:
    """Return, for each of these topics that names specialties, their names."""
    pairs = Specialty.objects.filter(topic__in=topics).order_by("topic__name", "name").values_list("topic", "name")
    return _gathered((None, *pair) for pair in pairs).get(None, [])


def by_article(articles: Iterable[int]) -> dict[int, list[list[str]]]:
    """Return the same of the topics of each of these articles; one query."""
    found = Specialty.objects.filter(topic__articles__in=articles).order_by("topic__name", "name")
    return _gathered(found.values_list("topic__articles", "topic", "name"))


def _gathered(rows: Iterable[tuple[Any, int, str]]) -> dict[Any, list[list[str]]]:
    by_topic: dict[Any, dict[int, list[str]]] = {}
    for article, topic, name in rows:
        by_topic.setdefault(article, {}).setdefault(topic, []).append(name)
    return {article: list(topics.values()) for article, topics in by_topic.items()}


def raised(present: Requirements, wanted: Requirements) -> Requirements:
    """Return the requirements with each that `wanted` asks more of; the version is `wanted`'s when any was raised."""
    asked = present["specialties"]
    more = [names for names in wanted["specialties"] if not any(set(one) <= set(names) for one in asked)]
    after = {
        **present,
        "risk": higher_risk(present["risk"], wanted["risk"]),
        "signers": max(present["signers"], wanted["signers"]),
        "second_signers": max(present["second_signers"], wanted["second_signers"]),
        "specialties": [*asked, *more],
        "admits_missing_specialty": present["admits_missing_specialty"] and wanted["admits_missing_specialty"],
        "blocks": sorted({*present["blocks"], *wanted["blocks"]}),
        "licence_check_months": stricter_months(present["licence_check_months"], wanted["licence_check_months"]),
    }
    if after == present:
        return after
    return {**after, "policy": wanted["policy"], "opened_under": present.get("opened_under", present["policy"])}


def higher_risk(one: str, other: str) -> str:
    return str(max(one, other, key=lambda risk: Article.Risk(risk).rank))


def is_lower_risk(one: str, other: str) -> bool:
    """Say whether a risk class asks for less than another."""
    return one != other and higher_risk(one, other) == other


def stricter_months(one: int, other: int) -> int:
    """Return the shorter time for which a licence check counts; 0 asks for none."""
    return min(filter(None, (one, other)), default=0)


def blocking(review: Review) -> list[str]:
    """Return the rules whose findings keep the text under review from being approved."""
    return with_always(review.requirements["blocks"])
