"""What an article's own page in the admin shows of its review."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.person import AnyUser
from reviews import workflow
from reviews.models import Lowering, Review
from reviews.rules import permissions, quorum
from reviews.web.desk import lowering_page, published_page, submission_preview, thread_list, visibility
from reviews.web.desk.submission_preview import DraftPreview
from reviews.web.forms import RecallForm


@dataclass(frozen=True)
class Link:
    """A step that has a page of its own."""

    label: Any
    url: str
    is_danger: bool = False


@dataclass
class ArticlePanel:
    """The state of an article's review, what happens next, and what this person can do about it."""

    article: Article
    review: Review | None
    state: str
    next_step: str
    draft: DraftPreview | None = None
    threads: list[thread_list.Discussion] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    submit_url: str = ""
    # Set while a published correction is missing from the draft.
    has_diverged: bool = False
    merge_url: str = ""
    recall_form: RecallForm | None = None
    desk_url: str = ""
    published_url: str = ""
    hidden: list[str] = field(default_factory=list)

    @property
    def may_waive(self) -> bool:
        preview = self.draft
        return preview is not None and any(waive_url for _finding, waive_url in (*preview.blocking, *preview.later))


def of_article(article: Article, user: AnyUser) -> ArticlePanel:
    """Return the panel of a saved article."""
    review = Review.objects.filter(article=article).newest_first().select_related("revision", "policy").first()
    if review is not None:
        review.article = article
    verbs = workflow.available_verbs(article, review, user)
    panel = ArticlePanel(article, review, *_standing(article, review))
    preview = submission_preview.preview(article, user)
    panel.draft = None if preview.is_unchanged else preview
    panel.has_diverged = preview.has_diverged
    panel.threads = thread_list.of_article(article, user, only_open=True) if review else []
    panel.links = _links(article, review, user, verbs)
    _add_published(panel, user)
    if "submit" in verbs and not preview.hindrance:
        panel.submit_url = reverse("reviews:submit", args=[article.pk])
    if preview.has_diverged and "merge" in verbs:
        panel.merge_url = reverse("reviews:merge", args=[article.pk])
    if review is not None and "recall" in verbs:
        seen = visibility.last_sequence(article.pk)
        panel.recall_form = RecallForm(initial={"seen": seen})
    if review is not None and permissions.can_read_review(user, review):
        panel.desk_url = reverse("admin:reviews_review_change", args=[review.pk])
    return panel


def _add_published(panel: ArticlePanel, user: AnyUser) -> None:
    """Say what stands between readers and the approved text, and what is still needed to lift it."""
    publication = getattr(panel.article, "publication", None)
    if publication is None or publication.published_at is None:
        return
    named = published_page.headings(publication)
    panel.hidden = [
        f"{named.get(one.section_key) or _('The whole page')}: {published_page.needed(one)}"
        for one in published_page.suspensions(publication)
    ]
    if publication.status != publication.Status.APPROVED or panel.hidden:
        panel.hidden.insert(0, published_page.standing(publication))
    if published_page.may_view(user):
        panel.published_url = reverse("reviews:published_text", args=[panel.article.pk])


def _standing(article: Article, review: Review | None) -> tuple[str, str]:
    """Return the state of the newest review, and the sentence that says what happens next."""
    if review is None:
        return _("Draft"), _("Only you and the editors have seen this text. Submit it when it is ready.")
    if review.state == Review.State.UNDER_REVIEW:
        signed = len(quorum.approvals(review))
        wanted = review.requirements["signers"]
        next_step = _("The board is reading it. %(signed)s of %(wanted)s have signed.") % {
            "signed": signed,
            "wanted": wanted,
        }
        return review.get_state_display(), next_step
    return review.get_state_display(), _next_steps()[review.state] % {"reason": review.closing_reason}


def _next_steps() -> dict[str, str]:
    return {
        Review.State.SUBMITTED: _("The editors will ask members of the board to review it."),
        Review.State.APPROVED: _("The board approved this text. To change it, edit the draft and submit it again."),
        Review.State.CHANGES_REQUESTED: _("Answer the remarks, revise the text, and submit it again."),
        Review.State.REJECTED: _("The reason given: %(reason)s"),
        Review.State.RECALLED: _("It was recalled from review: %(reason)s"),
        Review.State.SUPERSEDED: _("A later text replaced it."),
    }


_DANGEROUS = ("suspend", "retire", "retract")


def _links(article: Article, review: Review | None, user: AnyUser, verbs: list[str]) -> list[Link]:
    links = [
        Link(workflow.TRANSITIONS[verb].label, reverse(f"reviews:{verb}", args=[article.pk]), verb in _DANGEROUS)
        for verb in ("correct", "rereview", "notice", "suspend", "retire", "retract")
        if verb in verbs
    ]
    if user.has_perm("articles.edit_any_article"):
        links.append(Link(_("Change address, topics, risk or author"), reverse("reviews:catalogue", args=[article.pk])))
    if lowering_page.may_list(user) and Lowering.objects.pending().filter(article=article).exists():
        links.append(Link(_("A lower requirement waits for a second person"), reverse("reviews:lowerings")))
    return links
