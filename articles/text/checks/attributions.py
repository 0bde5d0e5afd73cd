"""Whom a text names as the publication behind a citation: “the 2017 AAN guideline [@key]”, “In the FDA label …”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from articles.text.checks.cited_prose import Mark, Sentence
from articles.text.lexicon import publishers
from articles.text.lexicon.medicines import medicines


@dataclass(frozen=True)
class Attribution:
    """A publication as the text names it, in its place.

    `kind` is guideline, label, trial, study or review; empty when the words do not say. `names` are capitalised words
    that are neither a known organisation nor a journal: a society, a trial, a medicine.
    """

    words: str
    start: int
    end: int
    kind: str = ""
    organisations: frozenset[str] = frozenset()
    journals: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    author: str = ""
    year: int = 0
    is_plural: bool = False
    # What stands between it and the one before in its sentence; whether studies are spoken of behind it.
    lead: str = ""
    is_beside_studies: bool = False

    @property
    def is_named(self) -> bool:
        return bool(self.organisations or self.journals or self.names or self.author)


_KINDS = {
    "guideline": r"guidelines?|guidance|recommendations|consensus (?:statement|report)|position (?:statement|paper)|"
    r"scientific statement|standards? of care|practice parameters?|(?:Beers|STOPP(?:/START)?) [Cc]riteria",
    "label": r"label(?:l?ing)?s?|prescribing information|package (?:inserts?|leaflets?)|SmPC|"
    r"summary of product characteristics|data sheet",
    "trial": r"trials?|RCTs?",
    "study": r"study|studies|cohort|registry",
    "review": r"reviews?|meta-analys[ie]s",
    "paper": r"papers?|articles?|reports?|analys[ie]s|survey|advisory|communication",
}
_KIND = {name: re.compile(rf"(?:{pattern})\Z", re.IGNORECASE) for name, pattern in _KINDS.items()}
_DOCUMENT = "|".join(_KINDS.values())
_WORD = r"(?:[A-Z][\w’'/&.-]*\w|[A-Z]|(?:19|20)\d\d)"
_NAME = rf"{_WORD}(?:[ ](?:(?:of|for|on|and|in|&)[ ](?:the[ ])?)?{_WORD}){{0,8}}"
_BETWEEN = (
    r"(?:[ ](?:clinical|practice|treatment|drug|randomi[sz]ed|controlled|systematic|consensus|joint|updated?|position|"
    r"management|product|crossover|phase|observational|network|pain|[a-z]{4,}(?:ine|tin|lin|ril|"
    r"tan|lol|ole|pam|mab|fen|xin|cin|one|ide|ate|min|vir))){0,4}"
)
_VERB = (
    r"(?:recommends?|recommended|advises?|advised|suggests?|suggested|states?|stated|says|said|lists?|warns?|warned|"
    r"endorses?|endorsed|prefers?|found|finds|reported|reports|showed|shows|concluded|concludes|gives|gave|sets|"
    r"approves|approved|caps|limits|allows|supports|ranks|grades|places|puts|calls|updated|pooled|published|issued)"
)
_GENERIC = r"(?:(?:the|this|that|current|recent|international|national|local|US|U\.S\.|UK|EU|most|all|both)[ ]){0,3}"
_SAYS = rf"[ ](?:(?:also|now|currently|strongly|still|both|all|each|conditionally)[ ])?{_VERB}\b"
_CREDITS = (
    r"(?:[Aa]ccording to|(?:recommended|advised|suggested|endorsed|supported|stated|described|set out|given) (?:by|in)|"
    r"\b[Pp]er|\b[Aa]s per|\b[Ff]rom|\b[Ii]n|\b[Bb]y|\b[Uu]nder)"
)
_PATTERNS = (
    # The 2017 HIVMA of IDSA clinical practice guideline; the Harbour trial; the FDA label.
    re.compile(rf"(?P<name>{_NAME})(?:[ ]\([A-Z][\w/-]+\))?{_BETWEEN}[ ](?P<document>{_DOCUMENT})\b"),
    # The guideline of the Northern Pain Society.
    re.compile(rf"\b(?P<document>{_DOCUMENT})[ ](?:of|by|from)[ ](?:the[ ])?(?P<name>{_NAME})"),
    # NICE recommends; ARISTOTLE showed.
    re.compile(rf"(?P<name>{_NAME})(?:[ ]\([A-Z][\w/-]+\))?(?P<says>{_SAYS})"),
    # The European Society of Cardiology (2024).
    re.compile(rf"(?P<name>{_NAME})[ ]\((?P<in>(?:19|20)\d\d)\)"),
    # According to NICE; in ARISTOTLE.
    re.compile(rf"{_CREDITS}[ ](?:the[ ])?(?P<name>{_NAME})"),
    # Without a name: the label states; according to the guideline.
    re.compile(rf"\b{_GENERIC}(?:drug |product )?(?P<document>{_DOCUMENT}){_SAYS}", re.IGNORECASE),
    re.compile(
        rf"{_CREDITS}[ ](?P<plain>{_GENERIC}(?:drug |product |most |recent |clinical |practice ){{0,3}}"
        rf"(?P<document>{_DOCUMENT}))\b",
    ),
)
_AUTHOR = re.compile(
    r"(?P<author>[A-Z][\w’'-]*[a-z])(?:[ ]and[ ][A-Z][\w’'-]*[a-z])?[ ]"
    r"(?:et[ ]al\.?|and[ ](?:colleagues|co-?workers))(?:,?[ ]\(?(?P<year>(?:19|20)\d\d)\)?)?"
    r"|(?P<author2>[A-Z][\w’'-]*[a-z])(?:[ ](?:and|&)[ ][A-Z][\w’'-]*[a-z])?[ ]\((?P<year2>(?:19|20)\d\d)\)"
)
# Capitalised for other reasons than being the name of a publication.
_NO_NAMES = frozenset(
    """the a an in this that these those both as according for per by from most many some several current recent new
    international national local other our its their two three one four us u.s u.s. uk eu european american british
    canadian german french phase day week month table figure section treatment guideline guidelines label drug
    however although while whereas adults children patients people women men evidence on at to of and clinical
    practice for systematic randomised randomized controlled no an all it we they such large small older
    observational united states if when after before where also with joint product prescribing information medicine
    i ii iii iv v consensus trial trials study studies review reviews another each every""".split()  # noqa: SIM905
)
_CONTRASTS = re.compile(
    r"\b(?:unlike|in contrast (?:to|with)|differs? from|instead of|rather than|not in|updat\w+(?: (?:of|to))?|"
    r"replac\w+|supersed\w+|revis\w+(?: of)?|since|than|before|after|outside|without)\s+(?:(?:the|its|their)\s+)?\Z",
    re.IGNORECASE,
)
# What stands before the last word of a longer name, which is no author's.
_GOES_ON = re.compile(r"(?:\b(?:of|for)(?: the)?|\b[A-Z][\w-]+)[ ]\Z")
_STUDIES = re.compile(r"\b(?:trials?|stud(?:y|ies)|RCTs?|cohorts?|meta-analys\w+|reviews?)\b", re.IGNORECASE)
_RESULTS = re.compile(r"(?:found|finds|reported|reports|showed|shows|concluded|concludes)\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def of_sentence(sentence: Sentence) -> Iterator[tuple[Mark, list[Attribution]]]:
    """Yield each citation of a sentence with the publications that the words before it name.

    Of the last one the words behind it count when none before it name any.
    """
    bare = sentence.bare.replace("\n", " ")
    begins = 0
    for place, mark in enumerate(sentence.marks):
        stop = mark.start - sentence.start
        found = _in(bare, begins, stop, sentence)
        is_last = place == len(sentence.marks) - 1
        begins = mark.end - sentence.start
        if is_last and not found:
            found = _in(bare, begins, len(bare), sentence)
        yield mark, found


def _in(bare: str, begins: int, stop: int, sentence: Sentence) -> list[Attribution]:
    """Return the publications named in a stretch of a sentence, in order; where patterns overlap, the longest."""
    found = [one for one in _all(bare, begins, stop) if not _CONTRASTS.search(bare[begins : one.start])]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Attribution] = []
    for one in found:
        rival = next((other for other in kept if one.start < other.end and other.start < one.end), None)
        if rival is None:
            kept.append(one)
        elif _weight(one) > _weight(rival):
            kept[kept.index(rival)] = one
    return [
        _moved(one, sentence, lead=bare[kept[place - 1].end : one.start] if place else "", behind=bare[one.end : stop])
        for place, one in enumerate(kept)
    ]


def _weight(one: Attribution) -> tuple[bool, bool, int]:
    return (one.is_named, bool(one.kind), one.end - one.start)


def _moved(one: Attribution, sentence: Sentence, *, lead: str, behind: str) -> Attribution:
    start, end = one.start + sentence.start, one.end + sentence.start
    words = sentence.text[one.start : one.end]
    beside = _STUDIES.search(behind) is not None
    return replace(one, words=words, start=start, end=end, lead=lead, is_beside_studies=beside)


def _all(bare: str, begins: int, stop: int) -> Iterator[Attribution]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(bare, begins, stop):
            yield from _read(match)
    for match in _AUTHOR.finditer(bare, begins, stop):
        author = match["author"] or match["author2"]
        if author.casefold() not in _NO_NAMES and not _GOES_ON.search(bare[begins : match.start()]):
            year = int(match["year"] or match["year2"] or 0)
            yield Attribution(match[0], match.start(), match.end(), author=author.casefold(), year=year)


def _read(match: re.Match[str]) -> Iterator[Attribution]:
    groups = match.groupdict()
    document, name = groups.get("document") or "", groups.get("name") or ""
    kind = next((kind for kind, pattern in _KIND.items() if document and pattern.match(document)), "")
    if not kind and groups.get("says") and _RESULTS.search(groups["says"]) and _is_acronym_alone(name):
        kind = "trial"
    start = match.start("name") if name else match.start("plain" if "plain" in groups else "document")
    end = max(match.end("name") if name else 0, match.end("document") if document else 0)
    if document:
        start = min(start, match.start("document"))
    facts = _named(name, is_document=bool(document))
    facts["year"] = facts["year"] or int(groups.get("in") or 0)
    organisations, names = facts["organisations"], facts["names"]
    if not document and not (organisations or facts["journals"] or _is_acronym(names, name)):
        return  # a capitalised word that does something: Gabapentin showed …
    is_in_journal = facts["journals"] and not organisations and not publishers.is_digest(facts["journals"])
    if not document and "says" not in groups and is_in_journal:
        return
    is_bare = not (organisations or facts["journals"] or names or facts["year"])
    if is_bare and kind not in ("guideline", "label"):
        return  # “this trial”, “the studies”: of whom the text speaks, it does not say
    if kind == "label":
        facts["names"] = medicines(match[0])  # a label is told from another by its medicine
    is_plural = document.casefold().endswith(("guidelines", "labels", "trials", "reviews", "studies"))
    yield Attribution(match.string[start:end], start, end, kind, is_plural=is_plural, **facts)


def _named(name: str, *, is_document: bool) -> dict[str, Any]:
    organisations, journals = publishers.organisations(name), publishers.journals(name)
    words = [word for word in re.split(r"[ ,]+", name) if word]
    years = [int(word) for word in words if _YEAR.match(word)]
    kept = frozenset(
        word.casefold()
        for word in words
        if word.casefold() not in _NO_NAMES and not _YEAR.match(word) and (is_document or _has_capitals(word))
    )
    return {
        "organisations": organisations,
        "journals": journals,
        "names": frozenset() if organisations or journals else kept,
        "year": years[0] if years else 0,
    }


def _has_capitals(word: str) -> bool:
    return sum(letter.isupper() for letter in word) >= 2


def _is_acronym(names: frozenset[str], name: str) -> bool:
    """Say whether what is named without a word for a document is one all the same: a trial or society in capitals."""
    return any(_has_capitals(word) and word.casefold() in names and len(word) >= 4 for word in re.split(r"[ ,]+", name))


def _is_acronym_alone(name: str) -> bool:
    words = [word for word in name.split() if word.casefold() not in _NO_NAMES]
    known = publishers.organisations(name) or publishers.journals(name)
    return len(words) == 1 and len(words[0]) >= 4 and _has_capitals(words[0]) and not known


def conflict(one: Attribution, other: Attribution) -> bool:
    """Say whether two ways of naming what stands behind a citation cannot mean one publication."""
    kinds = {one.kind, other.kind} - {"", "paper"}
    if len(kinds) == 2 and ("label" in kinds or (one.is_named and other.is_named and _are_apart(kinds))):
        return True
    if one.kind == other.kind == "label" and one.names and other.names:
        return not one.names & other.names
    if one.organisations and other.organisations:
        return not publishers.may_be_one(one.organisations, other.organisations)
    if (publishers.is_digest(one.journals) and other.organisations) or (
        publishers.is_digest(other.journals) and one.organisations
    ):
        return True
    if one.journals and other.journals:
        return not publishers.may_be_one(one.journals, other.journals)
    if one.author and other.author and one.author != other.author:
        return True
    if one.year and other.year and one.year != other.year and one.kind == other.kind:
        return True
    if one.kind == other.kind and one.kind:
        return _differ(one.names or one.organisations, other.names or other.organisations)
    return False


def _are_apart(kinds: set[str]) -> bool:
    return kinds in ({"guideline", "trial"}, {"guideline", "review"}, {"trial", "review"}, {"guideline", "study"})


def _differ(these: frozenset[str], those: frozenset[str]) -> bool:
    """Say whether two names differ: neither holds the other, and neither is the initials of the other."""
    if not these or not those or these <= those or those <= these:
        return False
    if these & those:
        return True
    return not (_are_initials(these, those) or _are_initials(those, these))


def _are_initials(short: frozenset[str], long: frozenset[str]) -> bool:
    initials = sorted(word[0] for word in long)
    return len(short) == 1 and len(long) > 1 and sorted(next(iter(short))) == initials
