"""Write down, for reviews from before they were kept, what each asks for: as its policy, risk and topics have it today."""

from django.db import migrations


def write(apps, schema_editor):
    Review = apps.get_model("reviews", "Review")
    topics = _specialties(apps)
    using = schema_editor.connection.alias
    for review in Review.objects.using(using).select_related("policy", "article").iterator(chunk_size=500):
        if not review.requirements:
            review.requirements = _requirements(review, topics.get(review.article_id, []))
            review.save(update_fields=["requirements"])


def _specialties(apps):
    """Return by article the specialties that each of its topics asks for."""
    found = {}
    Article = apps.get_model("articles", "Article")
    pairs = Article.topics.through.objects.order_by("topic__name", "topic__specialties__name")
    for article, topic, name in pairs.values_list("article", "topic", "topic__specialties__name"):
        if name is not None:
            found.setdefault(article, {}).setdefault(topic, []).append(name)
    return {article: list(by_topic.values()) for article, by_topic in found.items()}


def _requirements(review, specialties):
    policy, risk = review.policy, review.article.risk
    return {
        "policy": policy.version,
        "risk": risk,
        "signers": _signers(policy, risk, review.reason),
        "second_signers": _signers(policy, risk, "second_review"),
        "specialties": specialties if policy.specialty_required else [],
        "admits_missing_specialty": policy.admits_missing_specialty,
        "blocks": sorted(policy.blocks_approve),
        "licence_check_months": policy.licence_check_months,
        "triaged_by": [],
    }


def _signers(policy, risk, reason):
    ordinary = policy.quorum.get(risk, max(policy.quorum.values()))
    return max(1, int(policy.quorum_by_reason.get(reason, ordinary)))


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0010_review_requirements'),
        ('articles', '0010_plain_labels'),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
