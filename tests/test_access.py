"""Every URL × role, in one table. A URL without a row fails, and so does a row without a URL."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from articles.models import Source
from reviews.models import Decision, Delivery, Disclosure, EditorialPolicy, Event
from tests import access_table, factories, states
from tests.reviews import steps

pytestmark = pytest.mark.django_db
ROLES = access_table.ROLES


def _build():
    """One article under review, its author, and one person of each role."""
    member, colleague = factories.board_member("Ann"), factories.board_member("Ben")
    published = factories.approved(member, colleague)
    review = factories.submitted(factories.article(by=factories.user("Author", "Alex"), citations=_citations()))
    factories.accepted(review, member)
    people = {
        "visitor": None,
        "nobody": factories.user(),
        "author": review.article.owner,
        "other author": factories.user("Author"),
        "editor": factories.user("Editor"),
        "member": member.user,
        "other member": colleague.user,
        "auditor": factories.user("Auditor"),
        "administrator": factories.user("Administrator"),
    }
    return {"people": people, "keys": _keys(review, published, member) | _withheld(people)}


world = states.once_a_module(_build)


def _withheld(people):
    """A text of which one section is hidden, whose editor has agreed to lift that, with a notice on the other."""
    article, editor = factories.approved().article, people["editor"]
    first, second = steps.section_keys(article)
    suspension = steps.suspend(article, editor, section_key=first)
    steps.lift(suspension, editor)
    lowering = factories.lowering(article)
    return {"lowering": lowering.pk, "suspension": suspension.pk, "notice": steps.notice(article, editor, second).pk}


def _citations():
    """Two that the text cites and one that it does not, which gives the waiver something to waive."""
    return [{"key": key, "source": factories.source()} for key in ("first", "second", "unused")]


def _keys(review, published, member):
    """What stands in each URL's place, by the part's name and the model the URL speaks of."""
    topic = review.article.topics.first()
    return {
        "slug": published.article.slug,
        "topic": topic.slug,
        "review": review.pk,
        "article": review.article_id,
        "publication": published.article_id,
        "revision": review.revision_id,
        "decision": Decision.objects.first().pk,
        "event": Event.objects.first().pk,
        "delivery": Delivery.objects.first().pk,
        "disclosure": Disclosure.objects.first().pk,
        "editorialpolicy": EditorialPolicy.objects.first().pk,
        "boardmember": member.pk,
        "version": member.history.first().pk,
        "user": member.user_id,
        "source": Source.objects.first().pk,
        "source2": factories.source("The same source entered twice").pk,
        "sourceimport": factories.source_import().pk,
        "look_up": factories.look_up(Source.objects.first()).pk,
        "campaign": factories.campaign().pk,
        "specialty": topic.specialties.first().pk,
        "topic_pk": topic.pk,
        "glossaryterm": factories.term().pk,
        "waiver": factories.waived(review).pk,
        "group": Group.objects.get(name="Author").pk,
        "any": 1,
    }


def _named(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


def _address(row, keys):
    name, arguments = row.name, []
    for part in row.parts:
        arguments.append(keys.get(part, part))
    return reverse(name, args=arguments)


def _outcome(client, row, keys):
    address = _address(row, keys)
    response = client.post(address) if row.method == "POST" else client.get(address)
    if response.status_code == 302 and "/accounts/login/" in response["Location"]:
        return "sign"
    return str(response.status_code)


def test_every_url_has_a_row():
    named = set(_named(get_resolver().url_patterns))

    assert named - {row.name for row in access_table.ROWS} == set()
    assert {row.name for row in access_table.ROWS} - named == set()


@pytest.mark.parametrize("row", access_table.ROWS, ids=str)
def test_url_opens_for_whom_the_table_says(world, row):
    seen = []
    for role in ROLES:
        client = Client(raise_request_exception=False)
        with transaction.atomic():
            if world["people"][role] is not None:
                client.force_login(world["people"][role])
            seen.append(_outcome(client, row, world["keys"]))
            transaction.set_rollback(True)

    assert dict(zip(ROLES, seen, strict=True)) == dict(zip(ROLES, row.outcomes, strict=True))
