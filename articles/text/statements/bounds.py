"""Whether a number is a least or a most ("65 or older", "no more than 40 mg"), and whether its sentence says no."""

import re

# START is no bound, but says that the lower end of a range is meant.
LEAST, MOST, START = "least", "most", "start"

_FILLER = (
    r"(?:[ ]*[:,(]?[ ]*\b(?:a|an|the|of|is|are|was|be|dose|doses|dosage|daily|total|recommended|maximum|approved"
    r"|usual|single|age|aged"
    r"|ages|about|around|or|equal|to|per|day|you|may|can|should|take|oral|adult|licensed|limit|only|in|each|any"
    r"|one|all|24|hours"
    r"|of[ ][a-z-]+(?=[ ](?:is|are|was|in|for|can|may|should)\b)|[a-z-]+(?=[ ]dose\b)|value|level|rate|score|for"
    r"|adults|single-dose|weekly|cumulative|safe)\b)*[ ]*[:(]?[ ]*\Z"
)
_NO = r"(?:\b(?:not|never|no|cannot|nor)\b|n't\b)"
_MORE = r"(?:more than|greater than|higher than|exceed(?:s|ing|ed)?|above|over|beyond|go above|go over|older than)"
_LESS = r"(?:less than|fewer than|lower than|below|under|younger than|fall below|go below|drop below)"
_FLIP_MOST = re.compile(rf"(?:{_NO}|\bavoid|\bwithout)[ ](?:to[ ])?(?:\w+[ ]){{0,3}}?{_MORE}{_FILLER}")
_FLIP_LEAST = re.compile(rf"{_NO}[ ](?:\w+[ ]){{0,3}}?{_LESS}{_FILLER}")
_MOST_BEFORE = re.compile(
    r"(?:\bup to|\bat most|\bmax(?:imum|imal)?\b\.?|\bmaximally|\blimit(?:ed)?\b|\bceiling|\bless than"
    r"|\bfewer than|\blower than|\bsmaller than"
    r"|\byounger than|\bunder|\bbelow|<|≤|\bthe most(?:[ ](?:you|anyone|a person|people|that)[ \w]{0,30})?"
    r"|\bhighest|\btop dose|\bupper limit|\bwithin"
    rf"|\bcapped at|\btop){_FILLER}"
)
_LEAST_BEFORE = re.compile(
    r"(?:\bat least|\bmin(?:imum|imal)?\b|\bno less than|\bmore than|\bgreater than|\bhigher than|\bolder than"
    r"|\babove|\bexceed(?:s|ing|ed)?"
    rf"|\bbeyond|>|≥|\bover|\bfrom|\bas little as|\blowest|\blonger than){_FILLER}"
)
_START = re.compile(
    r"\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|first dose|initial dose|initially)\b[ \w]{0,30}"
    r"(?:,[ ](?:often|usually|mostly|typically|such as|for example|most often|for instance)[ ](?:just[ ]|only[ ])?)?"
    r"[ ]?[:(]?[ ]?\Z"
)
_OVER = re.compile(r"\bover" + _FILLER)
_MOST_AFTER = re.compile(
    r"[ ]?,?[ ]?(?:of age[ ]|old[ ])?\(?(?:(?:or|and)[ ](?:less|under|below|younger|lower|fewer|shorter|earlier)\b"
    r"|at (?:the )?most\b|max(?:imum)?\b"
    r"|as (?:a|the) (?:maximum|limit|upper limit)|is the (?:daily |recommended |total )?(?:maximum|most|limit"
    r"|highest|upper limit)\b"
    r"|tops\b|should not be exceeded|must not be exceeded)"
)
_LEAST_AFTER = re.compile(
    r"[ ]?,?[ ]?(?:of age[ ]|old[ ])?\(?(?:(?:or|and)[ ](?:more|older|over|above|higher|greater|up|upwards?|longer"
    r"|beyond|later)\b|\+(?![ ]?[0-9])"
    r"|at (?:the )?least\b|minimum\b)"
)
_NEGATIVE = re.compile(
    r"\b(?:not|never|no longer|cannot|avoid(?:ed|s)?|contra-?indicated|stop(?:ped|s)?|unless|against|withh[oe]ld"
    r"|discontinued?|without|prohibited"
    r"|unsuitable|unsafe|should be stopped|too (?:low|high))\b|n't\b"
)
# What a clause behind a number denies is not the number: "after 2 hours if the pain has not gone".
_CONDITION = re.compile(r"\b(?:if|when|unless|because|although|until)\b[^,;]*")
_WINDOW = 64


def bound_of(text: str, start: int, end: int, *, floor: int, ceiling: int, is_time: bool) -> str:
    """Return LEAST, MOST or nothing for the number at `start` to `end`; its sentence is `floor` to `ceiling`.

    `is_time`: "over 2 weeks" says during, so it is no bound; "over 65 years" is.
    """
    before = text[max(floor, start - _WINDOW) : start]
    after = text[end : min(ceiling, end + 40)]
    if _FLIP_MOST.search(before):
        return MOST
    if _FLIP_LEAST.search(before):
        return LEAST
    if _LEAST_AFTER.match(after):
        return LEAST
    if _MOST_AFTER.match(after):
        return MOST
    most, least = _last(_MOST_BEFORE, before), _last(_LEAST_BEFORE, before)
    if is_time and _OVER.search(before) and least >= 0 and before[least:].startswith("over"):
        least = -1
    if most < 0 and least < 0:
        return START if _START.search(before) else ""
    return MOST if most > least else LEAST


def is_negative(text: str, start: int, end: int, number: int) -> bool:
    """Return whether a sentence says no, apart from the "not" of "not more than" before the number at `number`."""
    sentence = text[start:end]
    before = text[max(start, number - _WINDOW) : number]
    flip = _FLIP_MOST.search(before) or _FLIP_LEAST.search(before)
    if flip:
        place = number - len(before) + flip.start() - start
        sentence = sentence[:place] + sentence[number - start :]
        number = start + place
    before, after = sentence[: number - start], sentence[number - start :]
    return bool(_NEGATIVE.search(before) or _NEGATIVE.search(_CONDITION.sub("", after)))


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last word before a number that is of a pattern begins; -1: none."""
    match = pattern.search(text)
    return match.start() if match else -1
