"""Dated lines on a section of the published text: placed by one person, signed by a member, withdrawn with a reason."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.person import Person
from articles.text.canonical import time_text
from reviews.models import Notice
from reviews.record import signatures, statements
from reviews.rules import permissions
from reviews.workflow import refusals
from reviews.workflow.step import Refused, Step, sentence, take
from reviews.workflow.withdrawal import vouches

LONGEST = 1000


def notice(article: Article, *, by: Person, section_key: str, text: str, seen: int) -> Notice:
    """Put a dated line on a section of the published text; readers are told that nobody has reviewed it."""
    with take("notice", article.pk, by=by, seen=seen) as step:
        revision = step.article.publication.revision
        if section_key not in revision.section_digests:
            raise Refused(_("The published text no longer has this section."))
        words = sentence(text, _("Write what readers of this section need to know."))
        if len(words) > LONGEST:
            raise Refused(_("A notice has at most %d characters: anything longer needs a correction.") % LONGEST)
        placed = step.save(
            Notice(
                article=step.article,
                revision=revision,
                section_key=section_key,
                text=words,
                placed_by=by,
                placed_at=step.at,
            )
        )
        step.data.update(
            notice=placed.pk, section=section_key, digest=revision.section_digests[section_key], text=words
        )
    return placed


def sign_notice(placed: Notice, *, by: Person, password: str, seen: int) -> Notice:
    """Sign for a notice as a member of the board, with the password again; who placed it may sign it too.

    Raises `signing.WrongPassword`, `PermissionDenied`, `ArticleMoved` or `Refused`; each refused attempt is put on the
    record. The password is checked before the transaction, as in `approve`.
    """
    is_asked = permissions.can_sign_notice(by, placed.article)
    with refusals.recorded(placed.article_id, by=by, notice=placed.pk, is_asked=lambda: is_asked):
        authenticated_by = signatures.authenticate(by, password)
        with take("sign_notice", placed.article_id, by=by, seen=seen) as step:
            fresh = _standing(step, placed)
            if fresh.signature:
                raise Refused(_("This notice is already signed."))
            if not vouches(by, step):
                raise Refused(_("Only a licensed member of the board who wrote none of this text can sign it."))
            _sign(step, fresh, authenticated_by)
    return fresh


def _sign(step: Step, fresh: Notice, authenticated_by: str) -> None:
    fresh.signed_by, fresh.signed_at = step.person.board_member, step.at
    signed = {
        "signer": step.person.board_member.as_printed(),
        "statement": statements.notice_statement(fresh),
        "authenticated_by": authenticated_by,
        "signed_at": time_text(step.at),
    }
    fresh.signature = signatures.sign_notice(fresh, signed)
    step.save(fresh)
    step.data.update(notice=fresh.pk, section=fresh.section_key, signature=fresh.signature, **signed)


def withdraw_notice(placed: Notice, *, by: Person, reason: str, seen: int) -> Notice:
    """Take a notice from the page: an editor, or who placed it."""
    with take("withdraw_notice", placed.article_id, by=by, seen=seen) as step:
        fresh = _standing(step, placed)
        if not permissions.can_withdraw_notice(by, fresh):
            raise PermissionDenied(_("Only an editor, or the person who placed a notice, can withdraw it."))
        fresh.withdrawn_by, fresh.withdrawn_at = by, step.at
        fresh.withdrawn_reason = sentence(reason, _("Say why the notice is withdrawn."))
        step.save(fresh)
        step.data.update(notice=fresh.pk, section=fresh.section_key, reason=fresh.withdrawn_reason)
    return fresh


def _standing(step: Step, placed: Notice) -> Notice:
    """Return the notice as it is now; raises `Refused` when readers do not see it any more."""
    if placed.pk not in {one.get("id") for one in step.article.publication.notices}:
        raise Refused(_("Readers no longer see this notice: it was withdrawn, or its section changed."))
    return Notice.objects.select_related("revision").get(pk=placed.pk)
