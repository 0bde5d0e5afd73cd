"""The names of authors and editors as the styles are given them: persons with their initials, and groups."""

import re

from .styles import PRIVATE

_MOST = 20  # persons a style may print; of more it prints some of the first and perhaps the last
_MOST_INITIALS = 3
_NLM_INITIALS = 2
_LONGEST = 200
_PRIVATE = dict.fromkeys(PRIVATE)
_HYPHENS = re.compile("[‐‑‒–]")
_ORDINALS = {"II": "2nd", "III": "3rd", "IV": "4th", "V": "5th"}
_NO_LETTER = re.compile(r"\A[\W\d_]+")


def authors(value: object, *, style: str) -> dict[str, list[dict[str, str]]]:
    """Return the `author`s of a record and, as `contributor`s, its groups.

    AMA (3.7) and NLM (Citing Medicine, chapter 1) set groups apart by a semicolon, after persons and after “et al”, and
    do not count them; APA (9.11) lists them among the persons.
    """
    people = _read(value, style)
    if style == "apa":
        return {"author": _cut(people)}
    persons = [one for one in people if "family" in one]
    groups = [one for one in people if "literal" in one]
    if style == "ama" and persons:
        groups = [{"literal": one["literal"].removeprefix("The ").removeprefix("the ")} for one in groups]
    return {"author": _cut(persons), "contributor": _cut(groups)}


def everybody(value: object, *, style: str) -> list[dict[str, str]]:
    """Return persons as `family`, `given` and `suffix`, groups as `literal`; what is no name is left out."""
    return _cut(_read(value, style))


def whole(value: object) -> str:
    """Return names as they are written, for those of companies: `Direct Rx, Inc`."""
    names = []
    for person in (one for one in (value if isinstance(value, list) else []) if isinstance(one, dict)):
        parts = [_words(person.get(part)) for part in ("family", "given")]
        names.append(_words(person.get("literal")) or " ".join(filter(None, parts)))
    return ", ".join(filter(None, names[:_MOST]))


def _read(value: object, style: str) -> list[dict[str, str]]:
    return [_suited(name, style) for name in map(_name, value if isinstance(value, list) else []) if name]


def _cut(found: list[dict[str, str]]) -> list[dict[str, str]]:
    return found if len(found) <= _MOST else [*found[:_MOST], found[-1]]


def _name(value: object) -> dict[str, str]:
    person = value if isinstance(value, dict) else {}
    group = _words(person.get("literal")) or _words(person.get("name"))
    family, given = _words(person.get("family")), _words(person.get("given"))
    if not family:
        return {"literal": group or given} if group or given else {}
    given, particles = _apart(given)
    # All three styles keep prefixes before the surname: AMA 3.8; Citing Medicine, chapter 1; APA 9.8.
    prefixes = [_words(person.get("dropping-particle")), _words(person.get("non-dropping-particle")), particles]
    return {"family": _joined([*prefixes, family]), "given": given, "suffix": _words(person.get("suffix"))}


def _apart(given: str) -> tuple[str, str]:
    """Return given names, one to a word and capitalised, and the particles typed behind them (`Anna van der`)."""
    words = _HYPHENS.sub("-", given).replace(".-", "-").replace(".", ". ").split()
    particles: list[str] = []
    if any(word[0].isupper() for word in words):
        while words and words[-1].isalpha() and words[-1].islower():
            particles.insert(0, words.pop())
    return " ".join(filter(None, map(_capitalised, words))), " ".join(particles)


def _capitalised(word: str) -> str:
    word = _NO_LETTER.sub("", word).rstrip(".")
    if word.isalpha() and word.isupper() and 1 < len(word) <= _MOST_INITIALS:
        return " ".join(word)  # initials typed together, as PubMed gives them
    return "-".join(part[0].upper() + part[1:] for part in word.split("-") if part)


def _suited(name: dict[str, str], style: str) -> dict[str, str]:
    if "literal" in name:
        return name
    family, given, suffix = name["family"], name["given"], name["suffix"].strip(".,")
    if not all(part[0].isupper() for part in given.split()):
        family, given = f"{family} {given}", ""  # a script without capitals has no initials
    if style == "nlm":
        given = " ".join(given.replace("-", " ").split()[:_NLM_INITIALS])
        suffix = _ORDINALS.get(suffix, suffix)
    if style == "apa" and suffix in ("Jr", "Sr"):
        suffix += "."
    kept = {"family": family, "given": given, "suffix": suffix}
    return {part: words for part, words in kept.items() if words}


def _joined(parts: list[str]) -> str:
    """Join particles and surname: `van den Berg`, `d'Alembert`."""
    return " ".join(filter(None, parts)).replace("' ", "'").replace("’ ", "’")


def _words(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    short = value[:_LONGEST] if isinstance(value, str) else str(value) if abs(value) < 10**18 else ""
    return " ".join(short.translate(_PRIVATE).split())
