"""Who may read and edit a draft. Rules read loaded rows and raise nothing."""

from django.db.models import Q

from articles.models import Article
from articles.models.person import AnyUser


def can_list(user: AnyUser) -> bool:
    """Those who write drafts, and those who may read everybody's."""
    return user.has_perm("articles.change_article") or user.has_perm("articles.view_any_article")


def can_view(user: AnyUser, article: Article) -> bool:
    """A draft is open to its author and to those who may read every draft; a board member reads frozen texts."""
    return user.has_perm("articles.view_article") and (article.owner_id == user.pk or _reads_all(user))


def can_edit(user: AnyUser, article: Article) -> bool:
    """An author edits their own drafts, an editor any."""
    is_own = article.owner_id == user.pk
    return user.has_perm("articles.change_article") and (is_own or user.has_perm("articles.edit_any_article"))


def visible_to(user: AnyUser) -> Q:
    """Return the condition of an article's row that `can_view` asks for."""
    return Q() if _reads_all(user) else Q(owner_id=user.pk)


def _reads_all(user: AnyUser) -> bool:
    return user.has_perm("articles.view_any_article") or user.has_perm("articles.edit_any_article")
