"""The words of medicine as data: drugs, units, routes, frequencies, numbers, jargon, publishers."""

import tomllib
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


def table(name: str) -> dict[str, Any]:
    """Return the TOML table of this name. Whoever asks keeps it: the file is read at each call."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def lines(name: str) -> list[str]:
    """Return the lines of a list of words, without empty lines and those that begin with `#`."""
    text = (_DATA / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
