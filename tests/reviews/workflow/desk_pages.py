"""The steps that pages offer, as people find them: read from the pages of texts in every situation that has a step."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve, reverse

from articles.models import Article
from reviews import workflow
from tests import factories
from tests.reviews import steps

_LINKED = re.compile(r'(?:href|action|formaction)="([^"]+)"')
_WITHOUT_PLAIN = [{**factories.SECTIONS[0], "plain": ""}, factories.SECTIONS[1]]


def offered() -> set[str]:
    """Return the names of the review's addresses that some page leads or posts to."""
    editor = factories.user("Editor", "Edith")
    # Each page is opened while its text is in that situation.
    pages = chain(_under_review(editor), _signed(), _published(editor), _beside_a_correction(editor), _lowered(editor))
    return {name for person, address in pages for name in _on_page(person, address)}


def _on_page(person: Any, address: str) -> Iterator[str]:
    client = Client()
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, (person, address, answer.status_code)
    for link in _LINKED.findall(answer.text):
        try:
            found = resolve(urlsplit(link).path)
        except Resolver404:
            continue
        if found.namespace == "reviews":
            yield found.url_name


def _under_review(editor: Any) -> Iterator[tuple[Any, str]]:
    """Yield the pages of a text with people who are asked, who read it, and who wait for a ruling."""
    asked, reading, waiting = (factories.board_member(name) for name in ("Ann", "Ben", "Cleo"))
    review = factories.submitted(sections=_WITHOUT_PLAIN)
    steps.assign(review, asked, editor)
    factories.accepted(review, reading)
    steps.accept(review, waiting, interests=steps.INTEREST)
    workflow.open_thread(review, by=reading.user, text="Per day?")
    section, digest = next(iter(review.revision.section_digests.items()))
    factories.mark(review, reading, section, digest)
    factories.waived(review, "plain-missing")
    factories.edit(review.article, text="Another text [@first].")
    for person in (editor, asked.user, reading.user):
        yield person, reverse("admin:reviews_review_change", args=[review.pk])
    for person in (editor, review.article.owner):
        yield person, _of_article(review.article)


def _signed() -> Iterator[tuple[Any, str]]:
    """Yield the page of a text as the first of its two signers finds it."""
    member = factories.board_member("Dora")
    review = factories.under_review(member)
    factories.mark_all(review, member)
    factories.sign(review, member)
    yield member.user, reverse("admin:reviews_review_change", args=[review.pk])


def _published(editor: Any) -> Iterator[tuple[Any, str]]:
    """Yield the pages of a published text, one section of it hidden, with a notice on the other."""
    member = factories.board_member("Emil")
    article = factories.approved().article
    yield editor, _of_article(article)
    first, second = steps.section_keys(article)
    steps.lift(steps.suspend(article, editor, section_key=first), editor)
    steps.notice(article, editor, second)
    for person in (editor, member.user):
        yield person, reverse("reviews:published_text", args=[article.pk])


def _beside_a_correction(editor: Any) -> Iterator[tuple[Any, str]]:
    """Yield the page of a draft that does not hold a published correction."""
    published = factories.approved()
    section = published.revision.document["sections"][0]
    factories.edit(published.article, text=section["professional"].replace("two weeks", "four weeks"))
    correction = steps.correct(published.article, editor)
    factories.approved(factories.board_member("Finn"), factories.board_member("Gil"), review=correction)
    yield editor, _of_article(Article.objects.get(pk=published.article_id))


def _lowered(editor: Any) -> Iterator[tuple[Any, str]]:
    """Yield the list of what waits for a second person, for who asked and for who may answer."""
    factories.lowering(factories.article(), by=editor)
    for person in (editor, factories.user("Editor")):
        yield person, reverse("reviews:lowerings")


def _of_article(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])
