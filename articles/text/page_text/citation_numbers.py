"""Numbers in a text that may be citations, and how sure each is by its form and the word before it.

Forms: `[1]`, `[3-5]`, `[3–5, 7]`; superscripts; `(1, 2)` and bare numbers ("guidelines 1.", "region 3, 4") only where
a sentence or a clause ends. What a form alone cannot tell, the rest of the page decides (`citation_evidence`).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from . import citation_words as words

SURE = "sure"  # by its form
CLEAR = "clear"  # bare, at a sentence's end, after a word that takes no number
PARENTHESES = "parentheses"  # sure when the page does so twice
IF_KNOWN = "if_known"  # when all its numbers are citations elsewhere on the page, or it fills the gap among them
IF_ALONE = "if_alone"  # when its section cites this source twice and no other: "living with HIV 1."
IF_GAP = "if_gap"  # when it is the one number missing in the order of the citations: "adjusting dose 2"
DOUBTFUL = "doubtful"  # never by itself
WIDEST_RANGE = 20

_DASH = "[-‐‑–—]"
_ONE = rf"[0-9]{{1,3}}+(?:[ \u00a0]?{_DASH}[ \u00a0]?[0-9]{{1,3}}+)?"
_LIST = rf"{_ONE}(?:[ \u00a0]?[,;][ \u00a0]?{_ONE})*+"
_BARE_LIST = rf"{_ONE}(?:,?[ \n\u00a0](?:and|&)[ \n\u00a0]{_ONE}|,[ \n\u00a0]?{_ONE})*+"
_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FORMS = re.compile(
    rf"\[[ ]?(?P<bracket>{_LIST})[ ]?\]"
    rf"|\([ ]?(?P<paren>{_LIST})[ ]?\)"
    rf"|(?P<super>[{_SUPER}]+(?:[,˒ʼ⁻–-]\ ?[{_SUPER}]+)*+)(?![⁺⁻{_SUPER}])"
    rf"|(?<=\s)(?P<bare>{_BARE_LIST})(?![0-9A-Za-z%‰°])"
)
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’)\]]*(?:\s+|$)(.?)")
_CLAUSE_END = re.compile(r"[;:)\]](?=[\s.,;:]|$)|\s[–—-]\s")
_AFTER_COMMA = re.compile(r",\s([a-z]+)")
_NEXT_WORD = re.compile(r"\s([a-z]+)")
_CLOSERS = "\"'”’»)]"
_WINDOW = 80


@dataclass(frozen=True)
class Candidate:
    """A place in a text that may be a citation: its span, the numbers it names and how sure that is."""

    start: int
    end: int
    numbers: tuple[int, ...]
    certainty: str
    is_range: bool = False


def find_candidates(text: str, *, takes_bare: bool = True) -> Iterator[Candidate]:
    """Yield what may be a citation in a text, in order; bare numbers only where these may be citations."""
    for match in _FORMS.finditer(text):
        form = match.lastgroup or ""
        numbers, is_range = _numbers(match[form])
        certainty = _CERTAINTY[form](text, match.start(), match.end(), match[form])
        if not certainty or (form == "bare" and not takes_bare):
            continue
        if not numbers or match.start() == 0:
            certainty = DOUBTFUL
        yield Candidate(match.start(), match.end(), numbers, certainty, is_range)


def _numbers(text: str) -> tuple[tuple[int, ...], bool]:
    """Return the numbers that a list of numbers and ranges names, none when it cannot be a list of sources."""
    plain = unicodedata.normalize("NFKC", text).replace("⁻", "-").replace("\u2212", "-")
    numbers: list[int] = []
    is_range = False
    for part in re.split(r"[,;˒ʼ]|\s(?:and|&)\s", plain):
        ends = [int(end) for end in re.findall(r"[0-9]+", part)]
        if not ends or ends[0] < 1 or ends[-1] < ends[0] or ends[-1] - ends[0] > WIDEST_RANGE or ends[-1] > 999:
            return (), False
        numbers += range(ends[0], ends[-1] + 1)
        is_range = is_range or len(ends) > 1
    return tuple(dict.fromkeys(numbers)), is_range


def _words_before(text: str, start: int) -> tuple[str, str]:
    """Return the word before a place and the one before that."""
    found = text[max(0, start - _WINDOW) : start].split()
    return (found[-1] if found else ""), (found[-2] if len(found) > 1 else "")


def _of_bracket(text: str, start: int, end: int, numbers: str) -> str:
    word, _ = _words_before(text, start)
    if word.casefold().strip("(,:;=") in words.BEFORE_INTERVAL:
        return ""
    is_glued = end < len(text) and (text[end].isalnum() or text[end] == "(")
    return DOUBTFUL if is_glued or word.endswith(("=", ":", "(")) else SURE


def _of_superscript(text: str, start: int, end: int, numbers: str) -> str:
    before = text[start - 1 : start]
    if before in "⁺⁻" or before.isdigit():
        is_power = before in "⁺⁻" or text[max(0, start - 2) : start] == "10"
        return "" if is_power else DOUBTFUL
    if end < len(text) and text[end].isalnum():
        return ""  # an isotope or a formula: ¹⁸F
    word = re.split(r"[\s(]", text[max(0, start - _WINDOW) : start])[-1]
    if word.casefold() in words.BEFORE_POWER or (len(word) == 1 and word.isalpha() and word.isascii()):
        return ""
    return SURE


def _of_parentheses(text: str, start: int, end: int, numbers: str) -> str:
    if not _ends_here(text, end):
        return ""
    certainty = _by_word(text, start, numbers)
    return PARENTHESES if certainty == CLEAR else certainty and DOUBTFUL


def _of_bare(text: str, start: int, end: int, numbers: str) -> str:
    ending = _ends_here(text, end)
    if not ending:
        return ""
    certainty = _by_word(text, start, numbers)
    if not certainty:
        return ""
    if ending == DOUBTFUL or re.search("and|&", numbers):
        return DOUBTFUL
    listed = [int(number) for number in re.findall("[0-9]+", numbers)]
    if listed != sorted(set(listed)):
        return DOUBTFUL
    if certainty == CLEAR and (ending == IF_KNOWN or re.search(_DASH, numbers)):
        return IF_KNOWN
    return certainty if ending == CLEAR or certainty in (CLEAR, IF_KNOWN) else DOUBTFUL


def _ends_here(text: str, end: int) -> str:
    """Say how surely a sentence or clause ends at a place: CLEAR, IF_KNOWN, DOUBTFUL or ""."""
    tail = text[end : end + _WINDOW]
    if not tail.strip(_CLOSERS + ".:;!?。！？：； "):
        return CLEAR if not tail.startswith(")") else IF_KNOWN
    sentence = _SENTENCE_END.match(tail)
    if sentence:
        return CLEAR if not sentence[1].islower() else IF_KNOWN
    if _CLAUSE_END.match(tail) or re.match(r"\n[A-Z]", tail):
        return IF_KNOWN
    comma = _AFTER_COMMA.match(tail)
    if comma:
        return IF_KNOWN if comma[1] in words.CLAUSE_STARTS else DOUBTFUL
    following = _NEXT_WORD.match(tail)
    return DOUBTFUL if following and following[1] in words.JOINING_WORDS else ""


def _by_word(text: str, start: int, numbers: str) -> str:
    """Say how surely the word before lets a number be a citation: CLEAR, IF_..., DOUBTFUL, or "" for not at all."""
    word, previous = _words_before(text, start)
    bare = word.strip(_CLOSERS + "“‘\"'([«")
    lowered = bare.casefold()
    if not bare or word.endswith(("(", "[")):
        return ""
    is_spent = lowered in words.QUANTITIES and (_is_number(previous) or previous.casefold() in words.NUMBER_WORDS)
    if is_spent or (lowered == "age" and previous.casefold() == "of"):
        return IF_KNOWN
    if lowered in words.NEVER_BEFORE or lowered.rstrip(".,;:") in words.NEVER_BEFORE:
        return ""
    if lowered in words.MAY_COUNT:
        return DOUBTFUL
    if bare.upper().rstrip("s-") in words.NEVER_AFTER_ABBREVIATION and (bare != lowered or len(bare) > 2):
        return ""
    if bare[-1] in ".:=<>≤≥~±+/#$€£-–—":
        return "" if bare[-1] != "." else DOUBTFUL
    return _by_kind_of_word(bare, lowered, is_list="," in numbers)


def _by_kind_of_word(word: str, lowered: str, *, is_list: bool) -> str:
    if word[-1] in ",;":
        return DOUBTFUL
    if any(character.isdigit() for character in word) or word[-1] == "%":
        return IF_KNOWN
    if not any("LATIN" in unicodedata.name(character, "") for character in word):
        return IF_KNOWN
    if word.upper() in words.BODIES and word.isupper():
        return CLEAR
    # A plural is the name of several things ("SNRIs"); a bare abbreviation may be half a name ("HIV 1", "toxin A 5").
    if word.isupper():
        return IF_KNOWN if is_list else IF_ALONE
    return IF_GAP if lowered in words.MAY_BE_NUMBERED else CLEAR


def _is_number(word: str) -> bool:
    return bool(re.fullmatch(r"[≥≤<>~(]*[0-9][0-9.,]*(?:[-–][0-9.,]+)?\)?", word))


_CERTAINTY = {"bracket": _of_bracket, "paren": _of_parentheses, "super": _of_superscript, "bare": _of_bare}
