"""The threads about an article's texts, with what a person may do in each."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from articles.models import Article
from articles.models.person import AnyUser
from reviews.models import Assignment, Comment, Review, Thread
from reviews.rules import permissions
from reviews.web.forms import CommentForm, ResolveForm
from reviews.workflow.remarks import may_resolve, people_at_work


@dataclass
class Discussion:
    """A thread on the page: its remarks, and the forms of those who may answer or settle it."""

    thread: Thread
    heading: str
    comment_form: CommentForm | None = None
    resolve_form: ResolveForm | None = None
    # A remark on an earlier text holds the present one too, until it is settled.
    is_of_earlier_text: bool = False


def of_article(
    article: Article, user: AnyUser, *, review: Review | None = None, only_open: bool = False
) -> list[Discussion]:
    """Return the discussions a page shows, in a fixed number of queries.

    With `review` those of that text and what is still open from earlier ones; otherwise all of the article.
    """
    threads = Thread.objects.filter(review__article=article).select_related("opened_by", "resolved_by")
    if review is not None:
        threads = threads.filter(Q(review=review) | Q(resolved_at__isnull=True, review__opened_at__lt=review.opened_at))
    if only_open:
        threads = threads.filter(resolved_at__isnull=True)
    threads = threads.prefetch_related(
        Prefetch("comments", Comment.objects.select_related("author")),
        "review__revision",
        Prefetch("review__assignments", Assignment.objects.select_related("member")),
    )
    at_work = people_at_work(article.pk)
    return [_discussion(thread, article, user, at_work, review) for thread in threads]


def _discussion(
    thread: Thread, article: Article, user: AnyUser, at_work: set[int], review: Review | None
) -> Discussion:
    thread.review.article = article
    headings = {section["key"]: section["heading"] for section in thread.review.revision.document["sections"]}
    shown = Discussion(thread, headings.get(thread.section_key, ""))
    shown.is_of_earlier_text = review is not None and thread.review_id != review.pk
    if not thread.is_open:
        return shown
    if any(permissions.can_discuss(user, one) for one in (thread.review, review) if one is not None):
        shown.comment_form = CommentForm(initial={"thread": thread.pk})
    if may_resolve(thread, user, at_work):
        shown.resolve_form = ResolveForm(initial={"thread": thread.pk})
    return shown
