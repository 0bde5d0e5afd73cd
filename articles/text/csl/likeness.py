"""Likeness of two records: whether they are probably the same work though their identifiers do not say so."""

import hashlib
import re
import unicodedata
from typing import Any

from articles.text.csl import csl_dates, person_names

# Shorter titles (“Editorial”, “Reply”) are shared by thousands of works.
_SHORTEST = 15


def likeness(title: str, csl: Any) -> str:
    """Return a digest of the title and the first author's name, however they are spelt; empty for too little."""
    item = csl if isinstance(csl, dict) else {}
    words, author = folded(title), folded(person_names.first_family(item))
    if len(words) < _SHORTEST:
        return ""
    return hashlib.sha256(f"{words}\n{author}".encode()).hexdigest()[:32]


def are_near(one: Any, other: Any) -> bool:
    """Say whether two items are of one year or of neighbouring ones: on line in December is in print in January."""
    years = [csl_dates.parts(csl.get("issued"))[:1] for csl in (one, other) if isinstance(csl, dict)]
    return len(years) == 2 and (not years[0] or not years[1] or abs(years[0][0] - years[1][0]) <= 1)


def folded(text: str) -> str:
    """Return letters and digits alone, small and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(one for one in plain if not unicodedata.combining(one)))
