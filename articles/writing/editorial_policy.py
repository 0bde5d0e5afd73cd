"""The port to what decides about texts: the editorial policy and the state of reviews, which this app does not know.

The setting `EDITORIAL_POLICY` names, by dotted path, a class without arguments that implements `PolicyPort`. It is the
only way by which `articles` asks anything of the app that reviews texts: `reviews` builds on `articles`, never the
other way. Pages of articles show more of a review only through the template tags of that app.
"""

from collections.abc import Iterable
from typing import Protocol

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from articles.models import Article, Publication
from articles.models.publication import PublicationQuerySet
from articles.text.checks import Finding


class PolicyPort(Protocol):
    """What the app that reviews texts answers. Each answer is of today's policy."""

    def reference_style(self) -> str:
        """Return the style in which references are printed: a name that the rendering knows, such as "nlm"."""
        ...

    def reading_grades(self) -> tuple[int, int]:
        """Return from which reading grade a plain text is warned of, and above which it reads too hard."""
        ...

    def findings_that_block(self, article: Article, found: Iterable[Finding]) -> list[Finding]:
        """Return those of the findings that keep a text from being approved, in their order, without the waived."""
        ...

    def with_reviews(self, articles: QuerySet[Article]) -> QuerySet[Article]:
        """Return the articles, made so that `review_state` asks nothing more of the database for each."""
        ...

    def review_state(self, article: Article) -> str:
        """Return the state of an article's latest review in a person's words; empty when there never was one."""
        ...

    def proved(self, publication: Publication) -> Publication | None:
        """Return the publication when the record proves all that it says, with its texts.

        Where the record proves no more than that a notice stands in the text's place, return it withheld, without
        reviewers; None when it proves nothing. Whoever has to know is told. Costs a number of queries: it is asked
        when a page is built.
        """
        ...

    def listable(self, publications: PublicationQuerySet) -> PublicationQuerySet:
        """Return the publications that no fault withholds, each with `last_version`: the one its record has reached."""
        ...


def editorial_policy() -> PolicyPort:
    """Return what answers for the policy in force."""
    policy: PolicyPort = import_string(settings.EDITORIAL_POLICY)()
    return policy
