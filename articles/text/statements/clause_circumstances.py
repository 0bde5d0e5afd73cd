"""In which case the quantities of a sentence hold, clause by clause: for whom, against what, of what they speak."""

import re
from collections.abc import Sequence
from itertools import pairwise

from articles.text.lexicon.units import TIMES
from articles.text.statements.circumstances import Circumstances
from articles.text.statements.dose_steps import JOINED, note_levels, note_steps
from articles.text.statements.quantities import DOSES, Quantity
from articles.text.statements.stated_quantities import Stated
from articles.text.statements.visible_words import Sentence

# What tells two quantities of one kind apart: the name of each circumstance, and the words for each of its values.
_WORDS = {
    "sex": {"women": r"wom[ae]n|females?|girls", "men": r"m[ae]n|males?|boys"},
    "age group": {
        "child": r"child(?:ren)?|infants?|bab(?:y|ies)|newborns?|neonates?|toddlers?|p(?:a)?ediatric|adolescents?",
        "adult": r"(?<!older )(?<!elderly )adults?",
        "old": r"(?<!non-)elderly|older (?:people|adults|patients)|geriatric|frail",
    },
    "organ": {"kidney": r"renal|kidneys?", "liver": r"hepatic|liver"},
    "route": {"injected": r"injections?|intravenous(?:ly)?|infusion", "swallowed": r"tablets?|capsules?|oral(?:ly)?"},
    "release": {
        "slow": r"(?:extended|modified|prolonged|sustained|slow)[- ]release",
        "fast": r"immediate[- ]release",
    },
    "against": {"placebo": r"placebo", "control": r"controls?(?= (?:group|arm))|comparators?|untreated"},
    "advice": {
        "contraindicated": r"contra-?indicated|do not use|must not be used",
        "not begun": r"initiat\w+|starting (?!dos)\w+|not (?:be )?started",
    },
}
_CONDITIONS = (
    "cystitis|pyelonephritis|pneumonia|sinusitis|otitis|cellulitis|meningitis|sepsis|migraine|neuropathy|neuralgia"
    "|fibromyalgia|epilepsy|seizures|depression|anxiety|schizophrenia|hypertension|heart failure|angina|fibrillation"
    "|thrombosis|embolism|stroke|diabetes|obesity|asthma|copd|gout|osteoarthritis|rheumatoid|osteoporosis|psoriasis"
    "|acne|eczema|insomnia|ulcers?|reflux|nausea|malaria|shingles|influenza"
)
_PATTERNS = {
    name: re.compile(
        "|".join(rf"(?P<{value.replace(' ', '_')}>\b(?:{words})\b)" for value, words in values.items()), re.IGNORECASE
    )
    for name, values in _WORDS.items()
}
_CONDITION = re.compile(rf"\b(?:{_CONDITIONS})\b")
_POINTS = re.compile(
    r"\b(?P<what>day|week|month|year)s?[ ](?P<low>[0-9]{1,3})(?:(?:[ ]?[-–,][ ]?|[ ](?:and|to|through|or)[ ])"
    r"(?P<high>[0-9]{1,3}))?\b"
)
_BESIDE = re.compile(
    r"[ ]?\(?(?:[ ]*\b(?:of|in|for|among|with|on|to|the|those|patients|people|treated|taking|receiving|given)\b)*[ ]*\Z"
)
# Where one statement of a sentence ends and another begins.
_CLAUSE = re.compile(r"[;]|,[ ](?:and[ ])?(?:while|whereas|but)[ ]|,?[ ](?:followed by|and then|then)[ ]")
_WORD = re.compile(r"[a-z][a-z-]{3,}")
_NO_SUBJECT = frozenset(
    """about above added adults after also among approximately around been before being below between both children
    compared could daily days dosage dose doses during each either every exceed first from given group have
    hours into least less limit maximum minimum minutes month months more most much must none occurred occurs
    once only onto other over patient patients people percent placebo range rate rates receiving recommended
    reported said same seen should some take taken taking than that their them then there these they this
    those times took treated treatment twice under until upto used using usual usually week weeks were when
    where which while whom will with within without women would year years""".split()  # noqa: SIM905
)
# Different words for one thing.
_ALIKE = (
    (r"rais\w+|increas\w+|titrat\w+|uptitrat\w+|adjust\w+", "raise"),
    (r"repeat\w*|second dose|another dose|again", "repeat"),
    (r"upright|lie down|lying|lie", "upright"),
    (r"sleepiness|drowsiness|drowsy|somnolence|somnolent", "sleepy"),
    (r"stop\w*|discontinu\w+|withdraw\w*", "stop"),
    (r"vomit\w*", "vomit"),
    (r"dizz\w+", "dizzy"),
)
_SYNONYMS = tuple((re.compile(rf"\b(?:{words})\b"), one) for words, one in _ALIKE)
Mention = tuple[int, int, str]


def circumstances(text: Stated, sentence: Sentence) -> dict[Quantity, Circumstances]:
    """Return in which case each quantity of a sentence holds."""
    quantities = text.within(sentence.start, sentence.end)
    found = {one: Circumstances() for one in quantities}
    words = text.reading.lower
    for start, end in _clauses(words, sentence):
        here = [one for one in quantities if start <= one.start < end]
        clause = _Clause(words, start, end)
        kinds = (
            [one for one in here if one.measure in DOSES],
            [one for one in here if one.measure == "percent"],
            [one for one in here if one.measure in TIMES and not one.is_point],
            [one for one in here if one.measure not in DOSES | TIMES and one.measure != "percent"],
        )
        for group in kinds:
            clause.note(group, found, text)
    note_steps(words, sentence, [one for one in quantities if one.measure in DOSES], found)
    note_levels(sentence, quantities, found, words)
    return found


def _clauses(words: str, sentence: Sentence) -> list[tuple[int, int]]:
    cuts = [match.start() for match in _CLAUSE.finditer(words, sentence.start, sentence.end)]
    edges = [sentence.start, *cuts, sentence.end]
    return list(pairwise(edges))


class _Clause:
    """One statement of a sentence, whose words are shared out among its quantities of a kind."""

    def __init__(self, words: str, start: int, end: int) -> None:
        self._words, self._start, self._end = words, start, end

    def note(self, group: Sequence[Quantity], found: dict[Quantity, Circumstances], text: Stated) -> None:
        if not group:
            return
        for name, pattern in _PATTERNS.items():
            mentions = [
                (match.start(), match.end(), match.lastgroup or "")
                for match in pattern.finditer(self._words, self._start, self._end)
            ]
            self._share_out(name, mentions, group, found)
        conditions = [
            (one.start(), one.end(), one[0]) for one in _CONDITION.finditer(self._words, self._start, self._end)
        ]
        self._share_out("condition", conditions, group, found)
        points = [
            (one.start(), one.end(), _point(one)) for one in _POINTS.finditer(self._words, self._start, self._end)
        ]
        self._share_out("time", points, group, found)
        drugs = [
            (mention.start, mention.end, name)
            for mention in (text.reading.sentence_at(group[0].start) or _NONE).drugs
            for name in mention.names
            if self._start <= mention.start < self._end
        ]
        placebo = [
            (one.start(), one.end(), "placebo") for one in re.finditer(r"placebo", self._words[self._start : self._end])
        ]
        arms = [*drugs, *((start + self._start, end + self._start, name) for start, end, name in placebo)]
        if group[0].measure == "percent":
            self._share_out("arm", sorted(arms), group, found)
        names = frozenset(word for start, end, _name in arms for word in _stems(self._words[start:end]))
        self._note_subjects(group, found, names)

    def _share_out(
        self, name: str, mentions: list[Mention], group: Sequence[Quantity], found: dict[Quantity, Circumstances]
    ) -> None:
        if not mentions:
            return
        is_before = mentions[0][0] < group[0].start
        for place, quantity in enumerate(group):
            values = self._beside(place, mentions, group)
            if not values:
                chosen = self._before(quantity, mentions) if is_before else self._behind(place, mentions, group)
                values = frozenset(chosen)
            if values:
                found[quantity].named[name] = found[quantity].named.get(name, frozenset()) | values

    def _beside(self, place: int, mentions: list[Mention], group: Sequence[Quantity]) -> frozenset[str]:
        """Return what stands right behind a quantity ("8% of patients on placebo"), or behind those joined with it."""
        last = place
        while last + 1 < len(group) and JOINED.match(self._words[group[last].end : group[last + 1].start]):
            last += 1
        end = max(group[last].end, group[last].span[1])
        following = group[last + 1].start if last + 1 < len(group) else self._end
        first = next((one for one in mentions if end <= one[0] < following), None)
        if first is None or not _BESIDE.match(self._words[end : first[0]]):
            return frozenset()
        return frozenset(self._joined(first, mentions))

    def _joined(self, first: Mention, mentions: list[Mention]) -> list[str]:
        names, end = [first[2]], first[1]
        for one in mentions:
            if one[0] >= end and re.fullmatch(r"[ ]?(?:,|and|or|/)?[ ]?(?:in[ ])?", self._words[end : one[0]]):
                names.append(one[2])
                end = one[1]
        return names

    def _before(self, quantity: Quantity, mentions: list[Mention]) -> list[str]:
        before = [one for one in mentions if one[0] < quantity.start]
        if not before:
            return []
        names, start = [before[-1][2]], before[-1][0]
        for one in reversed(before[:-1]):
            if not re.fullmatch(r"[ ]?(?:,|and|or|/)?[ ]?(?:in[ ])?", self._words[one[1] : start]):
                break
            names.append(one[2])
            start = one[0]
        return names

    def _behind(self, place: int, mentions: list[Mention], group: Sequence[Quantity]) -> list[str]:
        for later in range(place, len(group)):
            following = group[later + 1].start if later + 1 < len(group) else self._end
            here = [one for one in mentions if group[later].start <= one[0] < following]
            if here:
                return self._joined(here[0], mentions)
        return []

    def _note_subjects(
        self, group: Sequence[Quantity], found: dict[Quantity, Circumstances], names: frozenset[str]
    ) -> None:
        """Note the words that a quantity shares its part of the clause with: those before it, else those behind."""
        lead = _stems(self._words[self._start : group[0].start]) - names
        place = self._start
        for number, quantity in enumerate(group):
            following = group[number + 1].start if number + 1 < len(group) else self._end
            part = self._words[place : quantity.start] if lead else self._words[quantity.end : following]
            about = _stems(part) - names
            # "28% with pregabalin, 8% with placebo": both of what opens the clause.
            found[quantity].about = about or lead
            place = quantity.end


_NONE = Sentence(0, 0, 0, "")


def _stems(words: str) -> frozenset[str]:
    for pattern, one in _SYNONYMS:
        words = pattern.sub(one, words)
    return frozenset(word[:6] for word in _WORD.findall(words) if word not in _NO_SUBJECT)


def _point(match: re.Match[str]) -> str:
    return f"{match['what']} {match['low']}" + (f" to {match['high']}" if match["high"] else "")
