"""How often a host is asked: never more than it allows, whichever process asks."""

import math
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

# Requests and seconds, until the host itself says otherwise. NCBI and openFDA publish theirs (MEDICAL.md §6).
_ALLOWED = {
    "eutils.ncbi.nlm.nih.gov": (3, 1.0),
    "pmc.ncbi.nlm.nih.gov": (3, 1.0),
    "api.fda.gov": (240, 60.0),
}
_ELSEWHERE = (5, 1.0)
_KEPT = 24 * 60 * 60
_INTERVAL = re.compile(r"^(\d{1,6})\s*(ms|s|m)?\Z")
_RATE = re.compile(r"([1-9][0-9]{0,5}) ([0-9]{1,4}\.[0-9]{3})")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, None: 1.0}


class Pace:
    """Gives out slots of time in a cache: one request a slot. A cache that every process shares holds all of them.

    Any stretch as long as the host's interval touches at most as many slots as the host allows requests (two where
    it allows one).
    """

    def __init__(
        self,
        cache: Any,
        *,
        allowed: Mapping[str, tuple[int, float]] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._cache = cache
        self._allowed = {**_ALLOWED, **(allowed or {})}
        self._clock = clock

    def wait(self, host: str) -> float:
        """Take the present slot and return 0, or return the seconds until the next one."""
        slot = self._slot(host)
        now = self._clock()
        number = math.floor(now / slot)
        if self._cache.add(f"look-up-slot:{host}:{slot:.4f}:{number}", 1, math.ceil(slot) + 1):
            return 0.0
        return max((number + 1) * slot - now, 0.001)

    def learn(self, host: str, headers: Mapping[str, str]) -> None:
        """Keep what a host says of its own limit, as Crossref does in x-rate-limit-limit and -interval."""
        limit = (headers.get("x-rate-limit-limit") or "").strip()
        interval = _INTERVAL.match((headers.get("x-rate-limit-interval") or "").strip().lower())
        if not re.fullmatch(r"\d{1,6}", limit) or int(limit) < 1 or interval is None or int(interval[1]) < 1:
            return
        seconds = int(interval[1]) * _SECONDS[interval[2]]
        self._cache.set(f"look-up-rate:{host}", f"{int(limit)} {min(seconds, 3600.0):.3f}", _KEPT)

    def _slot(self, host: str) -> float:
        limit, seconds = _rate(self._cache.get(f"look-up-rate:{host}")) or self._allowed.get(host, _ELSEWHERE)
        return seconds / max(limit - 1, 1)


def _rate(kept: object) -> tuple[int, float] | None:
    """Return the limit and seconds as `learn` keeps them; what somebody else put there says nothing."""
    found = _RATE.fullmatch(kept) if isinstance(kept, str) else None
    return (int(found[1]), min(max(float(found[2]), 0.001), 3600.0)) if found else None
