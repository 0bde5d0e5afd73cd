"""Bytes of a file into lines of text, whatever encoding and line ends the program that wrote it chose."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 16
_LONGEST_PIECE = 1 << 16
_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def pieces(stream: BinaryIO) -> Iterator[str]:
    """Yield lines, each with `\\n` at its end; a line longer than 64 kB comes in several pieces.

    UTF-16 is known by its mark or by its zero bytes. All else is UTF-8 line by line, and a line that is not is read as
    Windows-1252: files of several exports mix both. A byte order mark at the beginning of any line is dropped.
    """
    rest = b""
    for chunk in _utf8_chunks(stream):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield _decoded(line) + "\n"
        while len(rest) > _LONGEST_PIECE:
            end = _character_end(rest, _LONGEST_PIECE)
            yield _decoded(rest[:end])
            rest = rest[end:]
    if rest:
        yield _decoded(rest)


def _utf8_chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the file with `\\n` as its line ends and UTF-16 turned into UTF-8."""
    chunk = stream.read(_CHUNK)
    encoding = _encoding(chunk)
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace") if encoding else None
    while chunk:
        # The second half of a line end may be in the next chunk.
        ends = (b"\r", b"\r\0") if encoding else (b"\r",)
        while chunk.endswith(ends) and (more := stream.read(2 if encoding else 1)):
            chunk += more
        if decoder is not None:
            chunk = decoder.decode(chunk).encode("utf-8", "replace")
        yield chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        chunk = stream.read(_CHUNK)


def _encoding(head: bytes) -> str:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    sample = head[:200]
    if len(sample) >= 4 and sample.count(0) > len(sample) // 3:
        return "utf-16-be" if sample[0] == 0 else "utf-16-le"
    return ""


def _decoded(line: bytes) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = _as_windows(line)
    # A database keeps no zero bytes.
    return text.removeprefix("\ufeff").replace("\0", "\ufffd")


def _as_windows(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _character_end(data: bytes, near: int) -> int:
    """Return a place at or before `near` that does not cut a character of UTF-8 in two."""
    end = near
    while end > near - 4 and data[end] & 0xC0 == 0x80:
        end -= 1
    return end
