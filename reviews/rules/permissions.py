"""Who may take which step: the ROLES table, and one predicate a verb. Rules read loaded rows and raise nothing."""

from typing import TypeGuard

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from articles.models import Article, Source
from articles.models.person import AnyUser, Person
from articles.permissions import can_edit
from reviews.models import BoardMember, Notice, Review

_OWN_DRAFTS = (
    "accounts.use_admin",
    "articles.view_article",
    "articles.add_article",
    "articles.change_article",
    "articles.view_section",
    "articles.add_section",
    "articles.change_section",
    "articles.delete_section",
    "articles.view_citation",
    "articles.add_citation",
    "articles.change_citation",
    "articles.delete_citation",
    "articles.view_source",
    "articles.add_source",
    "articles.change_source",
    "articles.view_extract",
    "articles.add_extract",
    "articles.change_extract",
    "articles.view_topic",
    "articles.view_glossaryterm",
    "articles.add_glossaryterm",
    "articles.change_glossaryterm",
    "reviews.submit_review",
)
_READ_RECORDS = (
    "articles.view_any_article",
    "articles.view_revision",
    "articles.view_publication",
    "reviews.view_review",
    "reviews.view_decision",
    "reviews.view_event",
    "reviews.view_waiver",
    "reviews.view_boardmember",
    "reviews.view_disclosure",
    "reviews.view_editorialpolicy",
    "reviews.view_licencecheck",
    "reviews.view_voiding",
    "reviews.view_suspension",
    "reviews.view_notice",
    "reviews.view_campaign",
    "reviews.view_delivery",
)

ROLES: dict[str, tuple[str, ...]] = {
    "Author": _OWN_DRAFTS,
    "Editor": (
        *_OWN_DRAFTS,
        *_READ_RECORDS,
        "articles.edit_any_article",
        "articles.add_topic",
        "articles.change_topic",
        "articles.retract_publication",
        "reviews.triage_review",
        "reviews.suspend_publication",
        "reviews.add_editorialpolicy",
        "reviews.verify_boardmember",
        "reviews.void_decision",
        "reviews.add_campaign",
        "reviews.change_campaign",
    ),
    "Board member": (
        "accounts.use_admin",
        "articles.view_article",
        "articles.view_source",
        "articles.view_extract",
        "articles.view_topic",
        "articles.view_glossaryterm",
        "articles.approve_glossaryterm",
        "reviews.view_editorialpolicy",
        "reviews.decide_review",
        "reviews.suspend_publication",
    ),
    "Auditor": (
        "accounts.use_admin",
        "accounts.view_user",
        *_READ_RECORDS,
        "articles.view_article",
        "articles.view_section",
        "articles.view_citation",
        "articles.view_source",
        "articles.view_extract",
        "articles.view_topic",
        "articles.view_glossaryterm",
        "reviews.audit_review",
    ),
    "Administrator": (
        "accounts.use_admin",
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "auth.view_group",
        "articles.view_topic",
        "articles.add_topic",
        "articles.change_topic",
        "articles.view_specialty",
        "articles.add_specialty",
        "articles.change_specialty",
        "reviews.view_boardmember",
        "reviews.add_boardmember",
        "reviews.change_boardmember",
        "reviews.verify_boardmember",
        "reviews.view_licencecheck",
        "reviews.view_delivery",
        "reviews.view_editorialpolicy",
    ),
}


def sync_roles(*, using: str = "default") -> None:
    """Make the groups hold exactly what ROLES says; raises `LookupError` for a permission that does not exist."""
    for label in ("accounts", "articles", "reviews"):
        create_permissions(apps.get_app_config(label), using=using, verbosity=0)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for name, codes in ROLES.items():
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise LookupError(f"ROLES names permissions that do not exist: {', '.join(unknown)}")
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set([known[code] for code in codes])


_AT_WORK = ("accepted", "signed", "asked_changes")


def can_submit(user: AnyUser, article: Article) -> bool:
    return user.has_perm("reviews.submit_review") and can_edit(user, article)


def can_recall(user: AnyUser, review: Review) -> bool:
    """The author of the text takes back what came from the draft; a correction or a re-review is the editors'."""
    is_of_draft = review.reason in ("new", "update", "import")
    return can_submit(user, review.article) and (is_of_draft or can_triage(user, review))


def can_triage(user: AnyUser, review: Review) -> bool:
    return user.has_perm("reviews.triage_review")


def can_waive(user: AnyUser, article: Article) -> bool:
    """An editor, but never on their own text."""
    return user.has_perm("reviews.triage_review") and article.owner_id != user.pk


def can_retract(user: AnyUser, article: Article) -> bool:
    return user.has_perm("articles.retract_publication")


def can_rereview(user: AnyUser, article: Article) -> bool:
    return user.has_perm("reviews.triage_review")


def can_correct(user: AnyUser, article: Article) -> bool:
    return user.has_perm("reviews.triage_review")


def can_merge(user: AnyUser, article: Article) -> bool:
    """An editor confirms what becomes of a draft that lies beside a correction."""
    return user.has_perm("reviews.triage_review") and can_edit(user, article)


def can_suspend(user: AnyUser, article: Article | None) -> bool:
    """Any editor or active board member, alone: it is quicker to lift a suspension than to undo harm."""
    return user.has_perm("reviews.suspend_publication") and (
        user.has_perm("reviews.triage_review") or is_active_on_board(user)
    )


def can_record_update(user: AnyUser, source: Source) -> bool:
    """An editor: every reader of a text that cites the source is told."""
    return user.has_perm("reviews.triage_review") and user.has_perm("articles.change_source")


def can_retire(user: AnyUser, article: Article) -> bool:
    return user.has_perm("reviews.triage_review")


def can_sign_notice(user: AnyUser, article: Article) -> bool:
    return is_active_on_board(user)


def can_withdraw_notice(user: AnyUser, notice: Notice) -> bool:
    """An editor, or who placed it."""
    return user.has_perm("reviews.triage_review") or notice.placed_by_id == user.pk


def can_try_delivery_again(user: AnyUser) -> bool:
    """An editor, or who administers people: nothing is decided by it."""
    return user.has_perm("reviews.triage_review") or user.has_perm("accounts.change_user")


def is_on_board(user: AnyUser) -> TypeGuard[Person]:
    return user.has_perm("reviews.decide_review") and getattr(user, "board_member", None) is not None


def is_active_on_board(user: AnyUser) -> bool:
    """Who speaks for the board on any text; a guest reviewer is asked for single texts."""
    return is_on_board(user) and user.is_active and user.board_member.is_active and not user.board_member.is_guest


def role_of_members() -> Group:
    """Return the role that lets a member of the board sign."""
    return Group.objects.get(name=next(name for name, codes in ROLES.items() if "reviews.decide_review" in codes))


def can_invite(user: AnyUser) -> bool:
    return user.has_perm("reviews.add_boardmember")


def can_check_licence(user: AnyUser, member: BoardMember) -> bool:
    """Whoever checks licences and verifies guests, but nobody themself."""
    return user.has_perm("reviews.verify_boardmember") and member.user_id != user.pk


def can_set_absence(user: AnyUser, member: BoardMember) -> bool:
    """The member, or those who look after the board."""
    return member.user_id == user.pk or user.has_perm("reviews.verify_boardmember")


def can_deactivate(user: AnyUser, member: BoardMember) -> bool:
    """Administrators appoint and retire members; an editor who looks after the board may too. Nobody themself."""
    may = user.has_perm("reviews.change_boardmember") or (
        user.has_perm("reviews.verify_boardmember") and can_hand_over(user)
    )
    return may and member.user_id != user.pk


def can_hand_over(user: AnyUser) -> bool:
    """Only who assigns reviews hands them over."""
    return user.has_perm("reviews.triage_review")


def can_void(user: AnyUser, member: BoardMember) -> bool:
    return user.has_perm("reviews.void_decision") and member.user_id != user.pk


def can_accept(user: AnyUser, review: Review) -> bool:
    """A board member who is asked, or who takes an open review without being asked; a guest is always asked."""
    if not is_on_board(user):
        return False
    assignment = review.assignment_of(user)
    return not user.board_member.is_guest if assignment is None else assignment.state == "invited"


def can_decline(user: AnyUser, review: Review) -> bool:
    return _is_assigned(user, review, "invited", "accepted")


def can_mark(user: AnyUser, review: Review) -> bool:
    return _is_assigned(user, review, "accepted")


def can_approve(user: AnyUser, review: Review) -> bool:
    return _is_assigned(user, review, "accepted") and user.pk not in review.revision.contributors


def can_request_changes(user: AnyUser, review: Review) -> bool:
    return _is_assigned(user, review, "accepted", "signed")


def can_rescind(user: AnyUser, review: Review) -> bool:
    return _is_assigned(user, review, "signed", "asked_changes")


def can_read_review(user: AnyUser, review: Review) -> bool:
    """Editors and auditors read every review; a member the ones they work on; an author those of their own text."""
    if user.has_perm("reviews.view_review") or review.article.owner_id == user.pk:
        return True
    return _is_assigned(user, review, "invited", *_AT_WORK)


def can_discuss(user: AnyUser, review: Review) -> bool:
    """Assigned members, the author and editors talk about a text."""
    return can_submit(user, review.article) or can_triage(user, review) or _is_assigned(user, review, *_AT_WORK)


def _is_assigned(user: AnyUser, review: Review, *states: str) -> bool:
    if not is_on_board(user):
        return False
    assignment = review.assignment_of(user)
    return assignment is not None and assignment.state in states
