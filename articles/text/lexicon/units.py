"""Units of medicine: which measure a number is in, by what factor, and per what."""

import re
from dataclasses import dataclass
from fractions import Fraction

# What cannot be converted without knowing the substance (mg/dL to mmol/L, units to mg) are different measures.
_BASE: dict[str, tuple[str, Fraction | int]] = {}


def _measure(name: str, table: dict[str, Fraction | int]) -> None:
    _BASE.update({unit: (name, factor) for words, factor in table.items() for unit in words.split("|")})


_measure(
    "mg",
    {
        "ng|nanogram|nanograms": Fraction(1, 1_000_000),
        "mcg|μg|ug|microgram|micrograms|microgramme|microgrammes": Fraction(1, 1000),
        "mg|mgs|milligram|milligrams|milligramme|milligrammes": 1,
        "g|gm|gms|gram|grams|gramme|grammes": 1000,
    },
)
_measure("kg", {"kg|kgs|kilogram|kilograms|kilo|kilos": 1})
_measure("mL", {"ml|mls|millilitre|millilitres|milliliter|milliliters|cc": 1, "l|litre|litres|liter|liters": 1000})
_measure("unit", {"unit|units|iu|ius|international units|international unit|u": 1})
_measure(
    "mmol",
    {
        "nmol": Fraction(1, 1_000_000),
        "μmol|umol|micromol|micromole|micromoles": Fraction(1, 1000),
        "mmol|mmols|millimole|millimoles": 1,
    },
)
_measure("mEq", {"meq|milliequivalent|milliequivalents": 1})
_measure("tablet", {"tablet|tablets|tab|tabs|pill|pills|capsule|capsules|caplet|caplets": 1})
_measure("puff", {"puff|puffs|inhalation|inhalations|actuation|actuations": 1})
_measure("spray", {"spray|sprays": 1})
_measure("drop", {"drop|drops": 1})
_measure("patch", {"patch|patches": 1})
_measure("sachet", {"sachet|sachets": 1})
_measure("suppository", {"suppository|suppositories": 1})
_measure("vial", {"vial|vials|ampoule|ampoules|ampule|ampules": 1})
_measure("spoonful", {"teaspoon|teaspoons|teaspoonful|teaspoonfuls|tsp": 1})
_measure("dose", {"dose|doses": 1})
_measure("mmHg", {"mmhg|mm hg|millimetres of mercury|millimeters of mercury": 1})
_measure("kPa", {"kpa": 1})
_measure(
    "cm",
    {
        "mm|millimetre|millimetres|millimeter|millimeters": Fraction(1, 10),
        "cm|centimetre|centimetres|centimeter|centimeters": 1,
        "m|metre|metres|meter|meters": 100,
        "km|kilometre|kilometres|kilometer|kilometers": 100_000,
    },
)
_measure("percent", {"%|percent|per cent|pct|percentage points|percentage point": 1})
_measure("degC", {"°c|° c|ºc|degrees celsius|degrees c|deg c": 1})
_measure("degF", {"°f|° f|ºf|degrees fahrenheit|degrees f|deg f": 1})
_measure("beat", {"beats|beat": 1, "bpm": 1})
_measure("breath", {"breaths|breath": 1})
_measure("kcal", {"kcal|calories|calorie": 1})
_measure(
    "day",
    {
        "second|seconds|sec|secs": Fraction(1, 86_400),
        "minute|minutes|min|mins": Fraction(1, 1440),
        "hour|hours|hr|hrs|h": Fraction(1, 24),
        "day|days": 1,
        "week|weeks|wk|wks": 7,
        "fortnight|fortnights": 14,
    },
)
_measure("month", {"month|months|mo|mos": 1, "year|years|yr|yrs": 12})

# Every word that is a unit, in lower case.
WORDS = frozenset(_BASE)
# Forms that a medicine is taken in; a strength may stand before them: "two 500 mg tablets".
FORMS = frozenset(["tablet", "puff", "spray", "drop", "patch", "sachet", "suppository", "vial", "spoonful"])
SUBSTANCES = frozenset(("mg", "unit", "mmol", "mEq", "mL"))
TIMES = frozenset(("day", "month"))
# By what a rate is divided that is no time: scaled to litres, kilograms, square metres and grams.
_BY = {
    **dict.fromkeys(("kg", "kilogram", "kilo"), ("kg", Fraction(1))),
    **dict.fromkeys(("m2", "m²", "square metre", "square meter"), ("m2", Fraction(1))),
    **dict.fromkeys(("1.73 m2", "1.73 m²", "1.73m2", "1.73m²"), ("", Fraction(1))),
    **dict.fromkeys(("l", "litre", "liter"), ("L", Fraction(1))),
    **dict.fromkeys(("dl", "decilitre", "deciliter", "100 ml"), ("L", Fraction(10))),
    **dict.fromkeys(("ml", "millilitre", "milliliter"), ("L", Fraction(1000))),
    **dict.fromkeys(("g", "gram"), ("g", Fraction(1))),
    **dict.fromkeys(("mmol",), ("mmol", Fraction(1))),
    **dict.fromkeys(("mg",), ("g", Fraction(1000))),
}
_PER_TIME = {
    **dict.fromkeys(("day", "d", "24 hours", "24 h", "24h"), "day"),
    **dict.fromkeys(("hour", "hr", "h"), "hour"),
    **dict.fromkeys(("minute", "min"), "minute"),
    **dict.fromkeys(("week", "wk"), "week"),
    **dict.fromkeys(("month",), "month"),
    **dict.fromkeys(("year", "yr"), "year"),
    **dict.fromkeys(("dose", "injection", "infusion"), "dose"),
}


def _alternatives(words: dict[str, object] | set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_UNIT = re.compile(
    rf"[ ]*-?[ ]?(?P<unit>{_alternatives(set(_BASE) - {'%', 'u', 'h', 'l', 'g', 'm'})}|[hlgm](?![a-z']))(?![a-z0-9²])"
    rf"|[ ]*(?P<sign>%)|[ ]?(?P<letter>u)(?![a-z0-9])"
)
_DIVIDED = re.compile(
    rf"(?:[ ]?/[ ]?(?P<by>{_alternatives(set(_BY) | set(_PER_TIME))})"
    rf"|[ -]per[ -](?P<per>{_alternatives(set(_BY) | set(_PER_TIME))})"
    r"|[ ](?:a|each|every)[ ](?P<each>day|week|month|year|hour|minute))(?![a-z0-9²])"
    r"|[ ]?(?:/|per|in)[ ]?(?P<volume>[0-9]{1,3}(?:\.[0-9])?)[ ]?ml(?![a-z0-9])"
    r"|[ ](?:of[ ][a-z]+[ ])?for[ ](?:each|every)[ ](?P<for>kg|kilogram|kilo)(?![a-z0-9])"
    r"|[ ](?P<of>of (?:your )?body[ -]?weight)\b"
)
_MOST_DIVISORS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """What follows a number: its measure, the factor to it, per which time, and where it ends."""

    measure: str
    factor: Fraction
    basis: str
    end: int
    word: str


def unit_at(text: str, place: int) -> Unit | None:
    """Return the unit that follows a number ending at `place` in a text in lower case."""
    match = _UNIT.match(text, place)
    if match is None:
        return None
    word = match["unit"] or match["sign"] or match["letter"]
    measure, factor = _BASE[word]
    scale, basis, end = Fraction(factor), "", match.end()
    for _turn in range(_MOST_DIVISORS):
        divided = _DIVIDED.match(text, end)
        if divided is None or (measure in TIMES and divided["each"] is None and divided["per"] is None):
            break
        by = divided["by"] or divided["per"] or divided["each"] or divided["for"]
        if divided["volume"]:
            measure, scale = f"{measure}/L", scale * 1000 / Fraction(divided["volume"])
        elif by is None:
            pass
        elif by in _PER_TIME and not (by in _BY and measure == "percent"):
            if basis:
                break
            basis = _PER_TIME[by]
        else:
            name, divisor = _BY[by]
            measure = f"{measure}/{name}" if name else measure
            scale *= divisor
        end = divided.end()
    return Unit(measure, scale, basis, end, word)
