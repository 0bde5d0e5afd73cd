"""What a version of the editorial policy says, in words: for its public page and for comparing two versions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article, Source
from articles.writing.findings import rule_words
from reviews.models import EditorialPolicy, Review

# In the order in which a person reads a policy.
FIELDS = (
    "text",
    "responsible_person",
    "professional_disclaimer",
    "plain_disclaimer",
    "plain_safety",
    "caution",
    "quorum",
    "quorum_by_reason",
    "specialty_required",
    "admits_missing_specialty",
    "waits_for_all",
    "due_days",
    "reminder_days",
    "second_review_hours",
    "rereview_months",
    "rereview_lead_days",
    "noindex_after_days",
    "hide_after_days",
    "licence_check_months",
    "shows_pending",
    "reference_style",
    "warn_grade",
    "block_grade",
    "watch_days",
    "warns_at_top",
    "campaign_from",
    "blocks_submit",
    "blocks_submit_by_reason",
    "blocks_approve",
)
LEGAL_TEXTS = FIELDS[:6]
# Under which a text begins as somebody hands it in; the other reasons look at a text that passed these checks before.
REASONS_OF_NEW_TEXTS = (Review.Reason.NEW, Review.Reason.UPDATE, Review.Reason.IMPORT)
# The states of a source, worst first, that a policy may print at the top of a page.
SOURCE_WARNINGS = [
    (str(one.value), one.label)
    for one in (Source.Status.RETRACTED, Source.Status.CONCERN, Source.Status.CORRECTED, Source.Status.SUPERSEDED)
]
_BOUND = gettext_lazy("never")


def label(name: str) -> str:
    """Return what a field is called."""
    return next(str(field.verbose_name) for field in EditorialPolicy._meta.concrete_fields if field.name == name)


def value(policy: EditorialPolicy, name: str) -> str:
    """Return what a version says in a field."""
    found = getattr(policy, name)
    if name in _SPOKEN:
        return _SPOKEN[name](found)
    if isinstance(found, bool):
        return _("yes") if found else _("no")
    return str(_BOUND) if found is None else str(found)


def _by_risk(numbers: dict[str, int]) -> str:
    return ", ".join(f"{risk.label}: {numbers.get(risk.value, '–')}" for risk in Article.Risk)


def _by_reason(numbers: dict[str, int]) -> str:
    return ", ".join(f"{reason(name)}: {number}" for name, number in sorted(numbers.items())) or _("none")


def _findings(rules: list[str]) -> str:
    return "; ".join(rule_words(rule) for rule in rules) or _("none")


def _findings_by_reason(rules: dict[str, list[str]]) -> str:
    return ". ".join(f"{reason(name)}: {_findings(found)}" for name, found in sorted(rules.items())) or _("none")


_STYLES: dict[str, Any] = dict(EditorialPolicy._meta.get_field("reference_style").flatchoices)
_SPOKEN: dict[str, Callable[[Any], str]] = {
    "quorum": _by_risk,
    "quorum_by_reason": _by_reason,
    "rereview_months": _by_risk,
    "reminder_days": lambda days: ", ".join(str(day) for day in days) or _("none"),
    "reference_style": lambda name: str(_STYLES.get(name, name)),
    "watch_days": _by_risk,
    "warns_at_top": lambda states: ", ".join(str(Source.Status(one).label) for one in states) or _("none"),
    "licence_check_months": lambda months: str(months) if months else _("no check is required"),
    "blocks_submit": _findings,
    "blocks_submit_by_reason": _findings_by_reason,
    "blocks_approve": _findings,
}


def reason(name: str) -> str:
    return str(Review.Reason(name).label) if name in Review.Reason.values else name


def promises(policy: EditorialPolicy) -> list[str]:
    """Return what a version means beside its numbers by risk: a sentence each, for anybody to read."""
    return [
        *_about_signers(policy),
        *_about_times(policy),
        *_about_overdue(policy),
        *_about_licences(policy),
    ]


def _about_signers(policy: EditorialPolicy) -> list[str]:
    said = []
    if policy.specialty_required:
        said.append(_("At least one signer of each section has a specialty that the topic requires."))
    if policy.specialty_required and policy.admits_missing_specialty:
        said.append(
            _(
                "When nobody on the board has that specialty, the text may be approved without it; its page then says "
                "which specialty has not reviewed it."
            )
        )
    for name, number in sorted(policy.quorum_by_reason.items()):
        words = ngettext(
            "%(reason)s: %(number)s signer of each section.", "%(reason)s: %(number)s signers of each section.", number
        )
        said.append(words % {"reason": reason(name), "number": number})
    if "correction" in policy.quorum_by_reason:
        words = ngettext(
            "A correction signed by fewer people than its risk class requires is reviewed a second time within "
            "%s hour.",
            "A correction signed by fewer people than its risk class requires is reviewed a second time within "
            "%s hours.",
            policy.second_review_hours,
        )
        said.append(words % policy.second_review_hours)
    if policy.waits_for_all:
        said.append(_("When a member asks for changes, the text goes back once all who were asked have answered."))
    return said


def _about_times(policy: EditorialPolicy) -> list[str]:
    words = ngettext(
        "Reviewers have %s day from the day they are asked.",
        "Reviewers have %s days from the day they are asked.",
        policy.due_days,
    )
    said = [words % policy.due_days]
    if policy.reminder_days:
        days = ", ".join(str(day) for day in policy.reminder_days)
        said.append(_("They are reminded before that day (number of days before: %s).") % days)
    words = ngettext(
        "The next review of a text opens %s day before it is due.",
        "The next review of a text opens %s days before it is due.",
        policy.rereview_lead_days,
    )
    said.append(words % policy.rereview_lead_days)
    return said


def _about_overdue(policy: EditorialPolicy) -> list[str]:
    said = [_("When a review is overdue, the page says so instead of naming who approved it.")]
    if policy.noindex_after_days is not None:
        words = ngettext(
            "%s day later search engines are asked to drop the page.",
            "%s days later search engines are asked to drop the page.",
            policy.noindex_after_days,
        )
        said.append(words % policy.noindex_after_days)
    if policy.hide_after_days is not None:
        words = ngettext(
            "A text that is overdue by more than %s day is hidden.",
            "A text that is overdue by more than %s days is hidden.",
            policy.hide_after_days,
        )
        said.append(words % policy.hide_after_days)
    if policy.shows_pending:
        said.append(_("Texts waiting for review are shown, with a caution and closed to search engines."))
    else:
        said.append(_("Texts waiting for review are not shown."))
    return said


def _about_licences(policy: EditorialPolicy) -> list[str]:
    if not policy.licence_check_months:
        return []
    words = ngettext(
        "A reviewer may sign only if their licence was checked in its register within the last month.",
        "A reviewer may sign only if their licence was checked in its register within the last %s months.",
        policy.licence_check_months,
    )
    return [words % policy.licence_check_months if "%s" in words else words]


def binds(policy: EditorialPolicy) -> list[str]:
    """Return to what a version applies that was begun before it."""
    if policy.version == 1:
        return []
    open_reviews = _("Reviews that were open on that day are completed under the version they began with.")
    if policy.binds_open_reviews:
        open_reviews = _("It also applies to reviews that were open on that day, where it asks for more than before.")
    published = _("Texts published before that day keep the date of their next review.")
    if policy.binds_published:
        published = _("The next review of texts published before that day is rescheduled under it.")
    return [open_reviews, published]


def findings_in_words(policy: EditorialPolicy) -> dict[str, list[str]]:
    """Return the findings that keep a text from being handed in, and from being approved."""
    return {
        "submit": [rule_words(rule) for rule in policy.findings_that_block_submit("")],
        "approve": [rule_words(rule) for rule in policy.findings_that_block_approval()],
    }


@dataclass(frozen=True)
class Difference:
    """One field that differs, in words. `is_long` is a text of paragraphs."""

    name: str
    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        return self.name in LEGAL_TEXTS


def differences(before: EditorialPolicy, after: EditorialPolicy) -> list[Difference]:
    """Return the fields in which two versions differ, in the order in which a person reads a policy."""
    return [
        Difference(name, label(name), value(before, name), value(after, name))
        for name in FIELDS
        if getattr(before, name) != getattr(after, name)
    ]
