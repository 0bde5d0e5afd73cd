"""The site's keys: each seal, signature and MAC is made for one purpose, from the secrets in SIGNATURE_KEYS.

From each secret an Ed25519 key (RFC 8032) and a key for each kind of MAC are derived (HMAC-SHA256 as the expand step of
HKDF, RFC 5869), so that what was made for one purpose proves nothing for another. The first secret makes what is new,
the others go on checking what they made. None of them is in the database: who writes there can neither seal nor sign.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

ALGORITHM = "ed25519"


def sign(purpose: str, message: bytes) -> str:
    """Return the newest key's signature, as `ed25519:KEY ID:SIGNATURE`."""
    key = _private_key(settings.SIGNATURE_KEYS[0])
    signature = urlsafe_b64encode(key.sign(_bound(purpose, message))).decode().rstrip("=")
    return f"{ALGORITHM}:{key_id(key.public_key().public_bytes_raw())}:{signature}"


def is_signed(purpose: str, message: bytes, signature: str) -> bool:
    """Say whether one of the site's keys made this signature for this purpose and message."""
    algorithm, _, rest = signature.partition(":")
    name, _, encoded = rest.partition(":")
    key = _public_keys(tuple(settings.SIGNATURE_KEYS)).get(name)
    if algorithm != ALGORITHM or key is None:
        return False
    try:
        raw = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        key.verify(raw, _bound(purpose, message))
    except (InvalidSignature, NotBase64, ValueError):
        return False
    # One signature has one spelling: what decodes to the same bytes is another row's text.
    return urlsafe_b64encode(raw).decode().rstrip("=") == encoded


def mac(purpose: str, message: bytes) -> str:
    """Return the newest key's MAC (HMAC-SHA256, hexadecimal)."""
    return _mac(settings.SIGNATURE_KEYS[0], purpose, message)


def is_mac(purpose: str, message: bytes, given: str) -> bool:
    """Say whether one of the site's keys made this MAC for this purpose and message."""
    return any(
        hmac.compare_digest(_mac(secret, purpose, message).encode(), given.encode())
        for secret in settings.SIGNATURE_KEYS
    )


def public_keys() -> dict[str, str]:
    """Return the public key of each secret by its id, in hexadecimal, the newest first."""
    keys = _public_keys(tuple(settings.SIGNATURE_KEYS))
    return {name: key.public_bytes_raw().hex() for name, key in keys.items()}


def key_id(public: bytes) -> str:
    """Return the name of a key: the first 16 hexadecimal digits of its SHA-256."""
    return sha256(public).hexdigest()[:16]


def signed_by(signature: str) -> str:
    """Return the id of the key that a signature names; empty when it names none."""
    parts = signature.split(":")
    return parts[1] if len(parts) == 3 and parts[0] == ALGORITHM else ""


def _bound(purpose: str, message: bytes) -> bytes:
    return b"countersign/" + purpose.encode() + b"\0" + message


@cache
def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), b"countersign/" + purpose.encode() + b"\x01", "sha256")


def _mac(secret: str, purpose: str, message: bytes) -> str:
    return hmac.new(_derived(secret, f"mac/{purpose}"), message, "sha256").hexdigest()


@cache
def _private_key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_derived(secret, "seed of the Ed25519 key"))


@cache
def _public_keys(secrets: tuple[str, ...]) -> dict[str, Ed25519PublicKey]:
    keys = [_private_key(secret).public_key() for secret in secrets]
    return {key_id(key.public_bytes_raw()): key for key in keys}
