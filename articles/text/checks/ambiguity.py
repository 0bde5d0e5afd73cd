"""Whether one citation is made to stand for several publications (MEDICAL.md §7, S4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles.text.checks import attributions, cited_prose
from articles.text.checks.attributions import Attribution
from articles.text.checks.finding import Finding
from articles.text.lexicon import publishers
from articles.text.lexicon.medicines import medicines
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _

RULE = "citation-ambiguous"
# A year in a title and the year of printing differ by one when a guideline comes out at the turn of a year.
_YEARS_APART = 1


def check(content: dict[str, Any]) -> Iterator[Finding]:
    """Yield, for each citation and audience, the first place where the text names another publication by it."""
    sources = {citation["key"]: citation["source"] for citation in content["citations"]}
    for audience in ("professional", "plain"):
        met: dict[str, list[Attribution]] = {}
        told: set[str] = set()
        for section, key, named in _named(content, audience):
            if key in told or not named:
                continue
            problem = _problem(key, named, met.setdefault(key, []), sources.get(key))
            if problem is None:
                met[key] += named[-1:]
                continue
            told.add(key)
            message, one = problem
            yield Finding(RULE, message, section["key"], audience, one.words, one.start, one.end)


def _named(content: dict[str, Any], audience: str) -> Iterator[tuple[dict[str, Any], str, list[Attribution]]]:
    """Yield each citation of a single key, with the publications that the text names for it."""
    for section in content["sections"]:
        for sentence in cited_prose.sentences(section[audience]):
            for mark, named in attributions.of_sentence(sentence):
                if len(mark.keys) == 1 and not _has_neighbour(sentence, mark):
                    yield section, mark.keys[0], named


def _has_neighbour(sentence: cited_prose.Sentence, mark: cited_prose.Mark) -> bool:
    """Say whether another citation stands right beside this one: `[@a][@b]` share what the text says."""
    around = (
        sentence.text[one.end - sentence.start : mark.start - sentence.start]
        if one.end <= mark.start
        else sentence.text[mark.end - sentence.start : one.start - sentence.start]
        for one in sentence.marks
        if one != mark
    )
    return any(not between.strip(" ,;") for between in around)


def _problem(
    key: str, named: list[Attribution], met: list[Attribution], source: dict[str, Any] | None
) -> tuple[Message, Attribution] | None:
    """Return the words and the place of what is wrong with this use of a key; None when nothing is."""
    if source is None:
        return _among(key, named, met)
    record = Record.of(source)
    if len(named) == 1 and record.is_other(named[0]):
        words = _(
            "[@%(key)s] is “%(title)s”, but the text cites it as “%(named)s”. Cite the publication that is named."
        )
        return words % {"key": key, "title": record.title, "named": _flat(named[0])}, named[0]
    if record.kind in ("study", "guideline", "drug_label"):
        kinds = {"study": ("trial", "study"), "guideline": ("guideline",), "drug_label": ("label",)}[record.kind]
        same = [one for one in named if one.kind in kinds and not record.is_it(one)]
        return _among(key, same, [one for one in met if one.kind in kinds])
    return None


def _among(key: str, named: list[Attribution], met: list[Attribution]) -> tuple[Message, Attribution] | None:
    """Return what is wrong when two of the publications named for one key cannot be the same.

    Of several in one sentence the one next to the citation counts; an earlier one too when “and” joins them.
    """
    before = list(met)
    for place, one in enumerate(named):
        if place < len(named) - 1 and not _JOINED.search(named[place + 1].lead):
            continue
        rival = next((other for other in before if attributions.conflict(other, one)), None)
        halves = _halves(one)
        if rival is not None or halves:
            first, second = halves or (_flat(rival), _flat(one))
            words = _(
                "[@%(key)s] refers to more than one publication: “%(first)s” and “%(second)s”. Give each "
                "publication its own citation."
            )
            return words % {"key": key, "first": first, "second": second}, one
        before.append(one)
    return None


_JOINED = re.compile(
    r"\A(?!.*\b(?:but|although|though|whereas|while|not|unlike|than|"
    r"because)\b).*\band\b",
    re.IGNORECASE | re.DOTALL,
)


def _halves(one: Attribution) -> tuple[str, str] | None:
    """Return two publications that one plural names: the NICE and AAN guidelines."""
    if not one.is_plural or not (" and " in one.words or " & " in one.words):
        return None
    known = sorted(one.organisations | one.journals)
    for place, first in enumerate(known):
        for second in known[place + 1 :]:
            if not publishers.may_be_one(frozenset((first,)), frozenset((second,))):
                return first.upper(), second.upper()
    return None


def _flat(one: Attribution | None) -> str:
    return " ".join(one.words.split()) if one else ""


@dataclass(frozen=True)
class Record:
    """What a source's own record says of who published it, when and as what."""

    kind: str
    title: str
    container: str
    organisations: frozenset[str]
    journals: frozenset[str]
    groups: tuple[str, ...]
    families: frozenset[str]
    year: int
    country: str

    @classmethod
    def of(cls, source: dict[str, Any]) -> "Record":
        csl = source.get("csl") or {}
        people = [one for one in csl.get("author") or [] if isinstance(one, dict)]
        groups = tuple(str(one["literal"]) for one in people if one.get("literal"))
        title, container = str(csl.get("title", "")), str(csl.get("container-title", ""))
        words = " · ".join((title, str(csl.get("title-short", "")), str(csl.get("publisher", "")), *groups))
        return cls(
            kind=source.get("kind", ""),
            title=title or str(csl.get("id", "")),
            container=container,
            organisations=publishers.organisations(words) | publishers.organisations(container),
            journals=publishers.journals(f"{container} · {csl.get('container-title-short', '')} · {title}"),
            groups=groups,
            families=frozenset(str(one["family"]).casefold() for one in people if one.get("family")),
            year=_year(csl),
            country=source.get("country", ""),
        )

    def is_it(self, one: Attribution) -> bool:
        """Say whether the record itself names what the text names."""
        words = f"{self.title} {self.container} {' '.join(self.groups)}".casefold()
        known = one.organisations & self.organisations or one.journals & self.journals
        return bool(known) or bool(one.names and all(name in words for name in one.names))

    def is_other(self, one: Attribution) -> bool:
        """Say whether the text clearly names another publication than this one."""
        if self._is_other_kind(one):
            return not self.is_it(one) or one.kind == "label"
        if self.is_it(one):
            return self._is_other_year(one)
        return (
            self._is_other_organisation(one)
            or self._is_other_journal(one)
            or self._is_other_year(one)
            or self._is_other_author(one)
            or self._is_other_label(one)
        )

    def _is_other_kind(self, one: Attribution) -> bool:
        if one.kind == "label":
            is_label = self.kind == "drug_label" or any(
                word in self.title.casefold()
                for word in ("label", "prescribing information", "product characteristics")
            )
            return not is_label
        if one.kind == "guideline":
            is_aside = not one.is_named and one.is_beside_studies
            return self.kind == "drug_label" or (self.kind == "study" and not is_aside)
        if one.kind == "review" and one.journals:
            return self.kind in ("drug_label", "guideline")
        return one.kind == "trial" and self.kind == "drug_label" and one.is_named

    def _is_other_organisation(self, one: Attribution) -> bool:
        if self.kind == "drug_label":
            return False  # who makes a medicine is no organisation that the text would name
        if one.organisations and self.organisations:
            return not publishers.may_be_one(one.organisations, self.organisations | self.journals)
        named = one.organisations or (one.names if one.kind == "guideline" else frozenset())
        if not named or not self.groups or self.organisations & one.organisations:
            return False
        return not any(all(_is_named_by(name, group) for name in named) for group in self.groups)

    def _is_other_journal(self, one: Attribution) -> bool:
        if not one.journals or not self.container or one.organisations:
            return False
        return not publishers.may_be_one(one.journals, self.journals | self.organisations)

    def _is_other_year(self, one: Attribution) -> bool:
        if not one.year or not self.year or str(one.year) in self.title:
            return False
        return abs(one.year - self.year) > _YEARS_APART

    def _is_other_author(self, one: Attribution) -> bool:
        return bool(one.author and self.families) and not any(
            one.author in family or family in one.author for family in self.families
        )

    def _is_other_label(self, one: Attribution) -> bool:
        if self.kind != "drug_label" or one.kind != "label":
            return False
        there = medicines(self.title)
        if one.names and there and not one.names & there:
            return True
        is_european = "ema" in one.organisations or "smpc" in one.words.casefold()
        return (is_european and self.country == "US") or ("fda" in one.organisations and self.country not in ("", "US"))


def _is_named_by(name: str, group: str) -> bool:
    """Say whether a word of the text is of a group's name, or its initials."""
    initials = "".join(word[0] for word in group.split() if word[0].isupper()).casefold()
    return name in group.casefold() or name == initials


def _year(csl: dict[str, Any]) -> int:
    parts = (csl.get("issued") or {}).get("date-parts") or [[]]
    try:
        return int(parts[0][0])
    except (IndexError, TypeError, ValueError):
        return 0
