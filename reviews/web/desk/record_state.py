"""What whoever answers for the record has to know of its daily check: that it found a fault, failed, or did not run."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models.person import Person
from reviews.record import verification_runs


def line_for(user: Person, at: datetime) -> str:
    """Return the sentence for a person's start page; none for who does not answer for the record, or when all is well.

    It stays until a later check finds nothing.
    """
    if not (user.has_perm("accounts.change_user") or user.has_perm("reviews.audit_review")):
        return ""
    last = verification_runs.last()
    if verification_runs.is_late(at):
        if last is None:
            return _("The record has never been checked. Is the clock running?")
        day = date_format(last.at, "j F Y")
        return _("The record has not been checked since %s. Is the clock running?") % day
    if last is None or verification_runs.is_clean(last):
        return ""
    if last.data.get("failure"):
        return _("The last check of the record failed. Run “verify_audit” to see why.")
    words = ngettext(
        "The last check of the record found %(number)s fault. Run “verify_audit --all” to see it.",
        "The last check of the record found %(number)s faults. Run “verify_audit --all” to see them.",
        last.data["faults"],
    )
    return words % {"number": last.data["faults"]}
