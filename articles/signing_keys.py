"""Keys for what this site writes itself: one a purpose, made of the secrets in the settings."""

import hmac

from django.conf import settings


def mac(purpose: str, message: bytes) -> str:
    """Return the authentication code of a message for a purpose, by the newest secret."""
    return _mac(settings.SIGNATURE_KEYS[0], purpose, message)


def is_mac(purpose: str, message: bytes, code: str) -> bool:
    """Say whether a code is of one of our secrets and of this message and purpose."""
    # As bytes: a code that somebody wrote by hand may hold any letters.
    given = code.encode()
    return any(
        hmac.compare_digest(given, _mac(secret, purpose, message).encode()) for secret in settings.SIGNATURE_KEYS
    )


def _mac(secret: str, purpose: str, message: bytes) -> str:
    key = hmac.digest(secret.encode(), b"countersign/" + purpose.encode(), "sha256")
    return hmac.digest(key, message, "sha256").hex()
