"""What a signature covers, how it is made, and how it is checked.

Designed to meet 21 CFR 11.50 (name, time and meaning), 11.70 (bound to its record) and 11.200 (password given again).
"""

import hmac
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from articles.canonical import canonical_text
from reviews.models import Decision, Review

PASSWORD = "password"  # noqa: S105  (how the signer proved who they are, not a secret)


class WrongPassword(Exception):
    """The password given with a signature is not the signer's."""


def authenticate(user: Any, password: str) -> str:
    """Check the password given again at signing and return how the signer was authenticated; raises `WrongPassword`."""
    if not (user.is_active and check_password(password, user.password)):
        raise WrongPassword(_("That is not your password. Nothing was signed."))
    return PASSWORD


def statement(review: Review, sections: list[dict[str, str]]) -> str:
    """Return the words a member signs: what they hold accurate, of which exact text, under which policy."""
    names = "; ".join(f"“{section['heading']}”" for section in sections)
    words = _(
        "I have read revision %(number)s of “%(title)s” in both wordings and its references. I hold these sections "
        "accurate and approve them for publication: %(sections)s. The text has the digest %(digest)s. Editorial policy "
        "version %(policy)s applies."
    )
    return words % {
        "number": review.revision.number,
        "title": review.revision.document["title"],
        "sections": names,
        "digest": review.revision.digest,
        "policy": review.policy.version,
    }


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
        }
    )
