"""Message authentication codes by the site's own keys: each purpose has a key of its own, derived from a secret."""

import hashlib
import hmac

from django.conf import settings


def mac(purpose: str, message: bytes) -> str:
    """Return the code of a message for one purpose, made with the newest secret."""
    return _code(settings.SIGNATURE_KEYS[0], purpose, message)


def is_mac(purpose: str, message: bytes, mac: str) -> bool:
    """Say whether a code was made for this purpose and message with one of the site's secrets."""
    given = mac.encode()
    return any(
        hmac.compare_digest(_code(secret, purpose, message).encode(), given) for secret in settings.SIGNATURE_KEYS
    )


def _code(secret: str, purpose: str, message: bytes) -> str:
    key = hmac.digest(secret.encode(), b"countersign/" + purpose.encode(), hashlib.sha256)
    return hmac.digest(key, message, hashlib.sha256).hex()
