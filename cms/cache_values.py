"""What the shared cache may hold: bytes, words and whole numbers, each by its first byte. Nothing of it is unpickled.

Django's own serializer would run whatever somebody wrote to Redis.
"""

_BYTES, _WORDS, _NUMBER = b"b", b"s", b"n"
_MOST_DIGITS = 20


class PlainSerializer:
    """Writes bytes, str and int. What was not written so is as if it were not there."""

    def dumps(self, value: bytes | str | int) -> bytes:
        """Return the bytes to keep; raises `TypeError` for any other type, bool included."""
        if type(value) is bytes:
            return _BYTES + value
        if type(value) is str:
            return _WORDS + value.encode()
        if type(value) is int:
            return _NUMBER + str(value).encode()
        raise TypeError(f"The cache holds bytes, str and int; this is {type(value).__name__}.")

    def loads(self, kept: bytes) -> bytes | str | int | None:
        """Return the value, or None for what this class did not write."""
        kind, rest = kept[:1], kept[1:]
        if kind == _BYTES:
            return rest
        try:
            words = rest.decode()
            if kind == _NUMBER and len(words) <= _MOST_DIGITS:
                return int(words)
        except ValueError:
            return None
        return words if kind == _WORDS else None
