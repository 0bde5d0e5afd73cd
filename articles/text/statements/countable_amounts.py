"""Which numbers of a text are facts: neither names nor ranks, telephone numbers nor counts of what the text lists."""

import re

from articles.text.lexicon.units import FORMS
from articles.text.statements.amount_parts import YEAR, Amount, Part

# A bare number after these is a name or a rank; before those it counts what the text itself lists.
NAMES_BEFORE = re.compile(
    r"\b(?:types?|phases?|stages?|steps?|grades?|class|figure|fig\.?|table|section|chapter|part|page|option"
    r"|version|no\.|number|group|question|line|tier|peptide"
    r"|cotransporter|covid|omega|vitamin b|vitamin d|factor|schedule|trial|study|cohort|arm|protocol|appendix|box"
    r"|module|room|key|top|point|level of evidence"
    r"|interleukin|receptor|il|h|chapter|reference|ref\.?|item|example|goal|tip|rule|reason|recommendation"
    r"|statement|sars-cov|hiv|hpv|influenza a|isoform)[ -]?\Z"
)
_CALL_BEFORE = re.compile(
    r"\b(?:call(?:ing)?|dial(?:ling|ing)?|phone|ring|ringing|text|telephone|line|on|or|number is"
    r"|,)[ ](?:[0-9]{3,6}[ ](?:or|in)?[ ]?)?\Z"
)
_CALLED = re.compile(r"(?:911|112|999|111|000|988|101|116[ ]117|116[ ]123|13[ ]11[ ]26|811|119|110)\Z")
_CALL_NEAR = re.compile(r"\b(?:call|dial|phone|ring|text|telephone|emergency|ambulance|helpline|hotline)\w*\b")
_LISTED_AFTER = re.compile(
    r"[ ](?:\w+[ ]){0,2}?(?:steps?|things?|ways?|tips?|reasons?|questions?|kinds?|types?|groups?|parts?|points?"
    r"|options?|choices?|goals?|rules?|signs?"
    r"|main|key|important|simple|families|classes|medicines?|drugs?|treatments?|trials?|studies|guidelines?"
    r"|others?|areas?|sections?|topics?)\b"
)
_COUNTED_AT_ONCE = re.compile(
    r"[ ](?:people|patients|women|men|adults|children|participants|cases|deaths|infants|babies|cigarettes|drinks"
    r"|glasses|cups|meals|snacks|portions"
    r"|injections|infusions|jabs|vaccines|blood tests|visits|scans|sessions)\b"
)
# How many criteria must be met: also one of them, where the words before say that it is enough.
_CRITERIA = re.compile(
    r"[ ](?:criteri(?:on|a)|risk factors?|features?|of (?:the |these )?(?:following|criteria|risk factors|features"
    r"|conditions|these|them))\b"
)
_ENOUGH_BEFORE = re.compile(
    r"\b(?:at least|at most|any|all|only|just|if|when)[ ](?:you (?:have|meet)[ ]|there (?:is|are)[ ])?\Z"
)
_SCORED_BEFORE = re.compile(
    r"\b(?:score|scores|scoring|egfr|inr|bmi|index|ratio|level|tsh|psa|ph|count|nnt|number needed to treat|pain"
    r"|scale|hba1c|a1c|ldl|hdl|potassium|sodium|creatinine"
    r"|pressure|pulse|rate|age|aged|ages)\b[ ](?:\w+[ ]){0,4}\Z"
)
# "Between fifty and seventy-four" says an age, where it is said of people.
_WHO_BEFORE = re.compile(
    r"\b(?:people|adults|women|men|children|anyone|everyone|everybody|patients|you are|aged?|ages)"
    r"(?:[ ](?:who[ ]are[ ]|aged[ ])?(?:between|from))?[ ]\Z"
)
_YOUNGER_BEFORE = re.compile(
    r"\b(?:(?:younger|older)[ ]than"
    r"|(?:people|adults|women|men|children|anyone|everyone)[ ](?:who[ ]are[ ])?(?:under|over|above|below))[ ]\Z"
)
_LEAST_AGE = 13


def is_ignored(text: str, part: Part) -> bool:
    """Return whether a bare number is a name, a year, a telephone number or a count of what the text lists."""
    start, end = part.number.start, part.end
    if part.number.is_word:
        return False
    digits = text[start:end]
    following = text[end : end + 2]
    if following[:1].isalpha() or (following[:1] == "-" and following[1:].isalpha()):
        return True
    if YEAR.match(digits) or NAMES_BEFORE.search(text, max(0, start - 24), start):
        return True
    if _CALLED.match(digits) and (
        _CALL_BEFORE.search(text, max(0, start - 24), start) or _CALL_NEAR.search(text, max(0, start - 60), end + 40)
    ):
        return True
    return part.number.value <= 12 and bool(_LISTED_AFTER.match(text, end))


def is_fact(text: str, amount: Amount) -> bool:
    """Return whether the amount can be a fault. Words and the number one mostly count what the text itself says."""
    if amount.measure == "number":
        if amount.is_word:
            return _word_counts(text, amount)
        return (
            amount.low != 1
            or amount.high != 1
            or bool(_SCORED_BEFORE.search(text, max(0, amount.start - 48), amount.start))
        )
    if amount.is_word and amount.high == 1 and amount.measure in (FORMS | {"dose"}):
        return False
    return not (amount.measure == "dose" and amount.high <= 1)


def _word_counts(text: str, amount: Amount) -> bool:
    """Return whether a number in words is a fact: a rule, an age, a large number, or a count of what is at once."""
    before = text[max(0, amount.start - 40) : amount.start]
    is_rule = _CRITERIA.match(text, amount.end) and _ENOUGH_BEFORE.search(before[-32:])
    is_age = amount.low >= _LEAST_AGE and (
        _YOUNGER_BEFORE.search(before) or (amount.low != amount.high and _WHO_BEFORE.search(before))
    )
    is_many = amount.low > 100 and text[amount.start : amount.start + 2] != "a "
    return bool(is_rule or is_age or is_many) or (amount.low >= 2 and bool(_COUNTED_AT_ONCE.match(text, amount.end)))
