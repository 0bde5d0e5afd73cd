"""What a change would ask for less than today: such a change takes effect only when a second person confirms it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article
from articles.models.person import AnyUser
from reviews.models import EditorialPolicy, Event, Lowering, Review
from reviews.rules import permissions, requirements


@dataclass(frozen=True)
class Terms:
    """What an article has to meet beside its text: its risk class, and the specialties that its topics ask for."""

    risk: str
    specialties: list[list[str]]


def of_policy(before: EditorialPolicy, after: EditorialPolicy) -> list[str]:
    """Return a sentence for each requirement that a version asks less of than another; none when it lowers nothing."""
    return [*_signers(before, after), *_specialties(before, after), *_findings(before, after), *_times(before, after)]


def _signers(before: EditorialPolicy, after: EditorialPolicy) -> Iterator[str]:
    words = gettext_lazy("%(what)s: %(after)s signatures on each section instead of %(before)s.")
    for risk in Article.Risk:
        was, will = (one.signers_needed(risk=risk, reason="") for one in (before, after))
        if will < was:
            yield words % {"what": _("Risk class “%s”") % risk.label, "before": was, "after": will}
    for reason in Review.Reason:
        named = str(reason) in before.quorum_by_reason or str(reason) in after.quorum_by_reason
        pairs = [
            (before.signers_needed(risk=risk, reason=reason), after.signers_needed(risk=risk, reason=reason))
            for risk in Article.Risk
        ]
        if named and any(will < was for was, will in pairs):
            was, will = next((was, will) for was, will in pairs if will < was)
            yield words % {"what": reason.label, "before": was, "after": will}


def _specialties(before: EditorialPolicy, after: EditorialPolicy) -> Iterator[str]:
    if before.specialty_required and not after.specialty_required:
        yield _("No signature of a specialist would be required.")
    if after.specialty_required and after.admits_missing_specialty and not before.admits_missing_specialty:
        yield _("A text could be approved without a specialty that nobody on the board has.")


def _findings(before: EditorialPolicy, after: EditorialPolicy) -> Iterator[str]:
    # What blocks the submission alone is asked again before the approval, by the findings that block that.
    if fewer := len(set(before.blocks_approve) - set(after.blocks_approve)):
        words = ngettext(
            "%s kind of finding would no longer block an approval.",
            "%s kinds of findings would no longer block an approval.",
            fewer,
        )
        yield words % fewer
    if fewer := len(set(before.blocks_submit) - set(after.blocks_submit)):
        words = ngettext(
            "%s kind of finding would no longer block a submission.",
            "%s kinds of findings would no longer block a submission.",
            fewer,
        )
        yield words % fewer


def _times(before: EditorialPolicy, after: EditorialPolicy) -> Iterator[str]:
    for risk in Article.Risk:
        was, will = (one.months_to_rereview(risk) for one in (before, after))
        if will > was:
            words = _("Risk class “%(risk)s”: the next review after %(after)s months instead of %(before)s.")
            yield words % {"risk": risk.label, "before": was, "after": will}
    was, will = before.licence_check_months, after.licence_check_months
    if requirements.stricter_months(was, will) == was and was != will:
        yield _("Licences would be checked less often, or not at all.")
    if after.shows_pending and not before.shows_pending:
        yield _("Readers would see texts that nobody has approved yet.")


def of_article(before: Terms, after: Terms) -> list[str]:
    """Return a sentence for each thing that an article would have to meet no more."""
    found = []
    if requirements.is_lower_risk(after.risk, before.risk):
        words = _("Risk class “%(after)s” instead of “%(before)s”: fewer signatures, or a later next review.")
        found.append(words % {"before": _risk(before.risk), "after": _risk(after.risk)})
    for names in before.specialties:
        if not any(set(one) <= set(names) for one in after.specialties):
            found.append(_("No signature of a specialist in %s would be required.") % _(" or ").join(names))
    return found


def highest_risk(article: Article) -> str:
    """Return the highest risk class that a text has had since its class was last settled on its record.

    It is settled when an editor changes it, a second person confirms a lower one, or the text is handed in.
    """
    events = Event.objects.of_article(article.pk).filter(verb__in=_SETTLES, data__has_key="risk")
    last = events.values_list("data__risk", "at").last()
    rows = article.history.all() if last is None else article.history.filter(history_date__gt=last[1])
    risks = [*rows.values_list("risk", flat=True), last[0] if last else article.risk]
    return str(max(risks, key=lambda risk: Article.Risk(risk).rank))


# Of a submission the class that the text had then; that of the review it opens stands among what that asks for.
_SETTLES = ("submit", "catalogue", "confirm_lowering")


def _risk(value: str) -> str:
    return str(Article.Risk(value).label)


def can_confirm(user: AnyUser, lowering: Lowering) -> bool:
    """An editor, or an active member of the board: never the one who asked."""
    return can_answer(user) and lowering.asked_by_id != user.pk


def can_answer(user: AnyUser) -> bool:
    return user.has_perm("reviews.triage_review") or permissions.is_active_on_board(user)


def can_withdraw(user: AnyUser, lowering: Lowering) -> bool:
    return lowering.asked_by_id == user.pk


def can_read(user: AnyUser, lowering: Lowering) -> bool:
    return can_answer(user) or can_withdraw(user, lowering) or user.has_perm("reviews.view_review")
