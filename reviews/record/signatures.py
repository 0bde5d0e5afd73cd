"""What a signature covers, how it is made, and how it is checked.

Designed to meet 21 CFR 11.50 (name, time and meaning), 11.70 (bound to its record) and 11.200 (password given again).
"""

import hmac
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from articles.models.person import Person
from articles.text.canonical import canonical_text
from reviews.models import Decision, Notice

PASSWORD = "password"  # noqa: S105  (how the signer proved who they are, not a secret)


class WrongPassword(Exception):
    """The password given with a signature is not the signer's."""


def authenticate(user: Person, password: str) -> str:
    """Check the password given again at signing and return how the signer was authenticated; raises `WrongPassword`."""
    if not (user.is_active and check_password(password, user.password)):
        raise WrongPassword(_("That is not your password. Nothing was signed."))
    return PASSWORD


def sign(decision: Decision) -> str:
    """Return the signature of a decision, by the newest key."""
    return _signature(decision, settings.SIGNATURE_KEYS[0])


def is_valid(decision: Decision) -> bool:
    """Say whether a decision's signature is of one of our keys and covers the decision as it stands."""
    return any(hmac.compare_digest(decision.signature, _signature(decision, key)) for key in settings.SIGNATURE_KEYS)


def _signature(decision: Decision, key: str) -> str:
    return hmac.new(key.encode(), covered(decision).encode(), "sha256").hexdigest()


def covered(decision: Decision) -> str:
    """Return the canonical text a signature covers: who, what exactly, in which meaning, when, how authenticated."""
    return canonical_text(
        {
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
    return _notice_signature(notice, signed, settings.SIGNATURE_KEYS[0])


def is_valid_notice(notice: Notice, signed: dict[str, Any]) -> bool:
    """Say whether a notice's signature is of one of our keys and covers the notice as it stands."""
    return any(
        hmac.compare_digest(notice.signature, _notice_signature(notice, signed, key)) for key in settings.SIGNATURE_KEYS
    )


def _notice_signature(notice: Notice, signed: dict[str, Any], key: str) -> str:
    covered = {
        "notice": notice.pk,
        "text": notice.text,
        "section": notice.section_key,
        "section_digest": notice.revision.section_digests.get(notice.section_key, ""),
        "revision": notice.revision_id,
        "revision_digest": notice.revision.digest,
        "signed_at": notice.signed_at,
        **{name: signed[name] for name in ("signer", "statement", "authenticated_by")},
    }
    return hmac.new(key.encode(), canonical_text(covered).encode(), "sha256").hexdigest()
