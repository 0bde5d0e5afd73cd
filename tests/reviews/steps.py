"""The steps of a review as a page opened this moment would take them."""

from articles.models import Article, Publication
from articles.writing import findings, freezing
from reviews import workflow
from reviews.models import Event
from tests import factories

INTEREST = [{"nature": "Speaker's fees", "organisation": "A maker", "period": "2025"}]


def assign(review, member, editor, **form):
    return workflow.assign(review, by=editor, member=member, seen=factories.seen(review), **form)


def accept(review, member, interests=(), **form):
    declared = None if interests is None else list(interests)
    return workflow.accept(review, by=member.user, seen=factories.seen(review), interests=declared, **form)


def approve(review, member, **form):
    form = {"digest": review.revision.digest, "password": factories.PASSWORD, "seen": factories.seen(review), **form}
    return workflow.approve(review, by=member.user, **form)


def finding(article, rule):
    article = Article.objects.get(pk=article.pk)
    found = findings.of_content(article, freezing.draft_content(article))
    return next(one for one in found if one.rule == rule)


def events(article):
    return [event.verb for event in Event.objects.of_article(article.pk)]


def rule(assignment, editor, outcome, reason="Weighed."):
    return workflow.rule(assignment, by=editor, outcome=outcome, reason=reason, seen=factories.seen(assignment.review))


def waive(article, editor, rule_id, reason="It is in print."):
    return workflow.waive(article, by=editor, finding=finding(article, rule_id), reason=reason)


def retract(article, editor, **words):
    words = {"reason": "Wrong.", "notice": "The dose was wrong.", **words}
    return workflow.retract(article, by=editor, seen=factories.seen(article), **words)


def catalogue(article, by, **changes):
    article = Article.objects.get(pk=article.pk)
    facts = {"slug": article.slug, "risk": article.risk, "owner": article.owner, "topics": list(article.topics.all())}
    return workflow.catalogue(article, by=by, reason="Filed anew.", **{**facts, **changes})


def section_keys(article):
    """Return the keys of the published text's sections, in its order."""
    return list(Article.objects.get(pk=article.pk).publication.revision.section_digests)


def suspend(article, by, **words):
    words = {"reason": "A reader was harmed.", "notice": "The dose is being checked.", **words}
    return workflow.suspend(article, by=by, seen=factories.seen(article), **words)


def lift(suspension, by, reason="The dose was right."):
    return workflow.lift(suspension, by=by, reason=reason, seen=factories.seen(suspension.article))


def retire(article, by, successor=None, **words):
    words = {"reason": "Obsolete.", "notice": "This question is not asked any more.", **words}
    return workflow.retire(article, by=by, seen=factories.seen(article), successor=successor, **words)


def notice(article, by, section_key, text="The dose here is wrong: read 150 mg."):
    return workflow.notice(article, by=by, section_key=section_key, text=text, seen=factories.seen(article))


def sign_notice(placed, by, password=factories.PASSWORD):
    return workflow.sign_notice(placed, by=by, password=password, seen=factories.seen(placed.article))


def withdraw_notice(placed, by, reason="It was right."):
    return workflow.withdraw_notice(placed, by=by, reason=reason, seen=factories.seen(placed.article))


def correct(article, by, old="300", new="30"):
    """Correct a number in both texts of the first section that readers see."""
    publication = Publication.objects.filter(article=article).first()
    section = (publication.revision if publication else article.revisions.first()).document["sections"][0]
    edits = {section["key"]: {name: section[name].replace(old, new) for name in ("professional", "plain")}}
    words = {"edits": edits, "notice": f"{new} mg, not {old} mg.", "seen": factories.seen(article)}
    return workflow.correct(article, by=by, **words)
