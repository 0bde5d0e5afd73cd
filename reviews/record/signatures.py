"""What a signature covers, how it is made, and how it is checked.

Designed to meet 21 CFR 11.50 (name, time and meaning), 11.70 (bound to its record) and 11.200 (password given again).
A signature of before events were sealed is an HMAC; it counts only where an event of that time recorded its row.
"""

import hmac
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from articles import signing_keys
from articles.models.person import Person
from articles.text.canonical import canonical_text
from reviews.models import Decision, Notice
from reviews.record import credentials

PASSWORD = "password"  # noqa: S105  (how the signer proved who they are, not a secret)


class WrongPassword(Exception):
    """The password given with a signature is not the signer's."""


def authenticate(user: Person, password: str) -> str:
    """Check the password given again at signing and return how the signer was authenticated; raises `WrongPassword`."""
    if not (user.is_active and check_password(password, user.password)):
        raise WrongPassword(_("That is not your password. Nothing was signed."))
    if not credentials.hold(user):
        words = _(
            "Your account was changed in a way that is not on the record. Nothing was signed: ask an administrator."
        )
        raise WrongPassword(words)
    return PASSWORD


DECISION, NOTICE = "decision", "notice"


def sign(decision: Decision) -> str:
    """Return the signature of a decision, by the newest key."""
    return signing_keys.sign(DECISION, covered(decision).encode())


def is_valid(decision: Decision) -> bool:
    """Say whether a decision's signature is of one of our keys and covers the decision as it stands."""
    return _is_signed(DECISION, covered(decision), decision.signature)


def is_former(signature: str) -> bool:
    """Say whether a signature was made in the way of before events were sealed."""
    return not signature.startswith(f"{signing_keys.ALGORITHM}:")


def _is_signed(purpose: str, text: str, signature: str) -> bool:
    if not is_former(signature):
        return signing_keys.is_signed(purpose, text.encode(), signature)
    made = (hmac.new(key.encode(), text.encode(), "sha256").hexdigest() for key in settings.FORMER_SIGNATURE_KEYS)
    return any(hmac.compare_digest(signature.encode(), one.encode()) for one in made)


def covered(decision: Decision) -> str:
    """Return the canonical text a signature covers: who, what exactly, in which meaning, when, how authenticated."""
    # Before events were sealed a signing named no place on the site's chain.
    head = {"site_head": decision.site_head} if decision.site_head else {}
    return canonical_text(
        {
            **head,
            "assignment": decision.assignment_id,
            "sequence": decision.sequence,
            "verdict": decision.verdict,
            "revision": decision.revision_id,
            "revision_digest": decision.revision_digest,
            "sections": decision.sections,
            "statement": decision.statement,
            "evidence": decision.evidence,
            "signer": decision.signer,
            "authenticated_by": decision.authenticated_by,
            "decided_at": decision.decided_at,
            # Signatures from before the version was kept beside the statement do not cover it.
            **({"policy_version": decision.policy_version} if decision.policy_version else {}),
        }
    )


def sign_notice(notice: Notice, signed: dict[str, Any]) -> str:
    """Return the signature of a notice, by the newest key. `signed` is what the event records of the signing."""
    return signing_keys.sign(NOTICE, _covered_notice(notice, signed).encode())


def is_valid_notice(notice: Notice, signed: dict[str, Any]) -> bool:
    """Say whether a notice's signature is of one of our keys and covers the notice as it stands."""
    return _is_signed(NOTICE, _covered_notice(notice, signed), notice.signature)


def _covered_notice(notice: Notice, signed: dict[str, Any]) -> str:
    return canonical_text(
        {
            "notice": notice.pk,
            "text": notice.text,
            "section": notice.section_key,
            "section_digest": notice.revision.section_digests.get(notice.section_key, ""),
            "revision": notice.revision_id,
            "revision_digest": notice.revision.digest,
            "signed_at": notice.signed_at,
            **{name: signed[name] for name in ("signer", "statement", "authenticated_by")},
        }
    )
