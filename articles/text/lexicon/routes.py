"""By which route a medicine is given and to whom, as words say it."""

import re
from dataclasses import dataclass

from articles.text.parsing.tokens import Token, scan, words_of

_ROUTES = {
    "iv": r"intravenous(?:ly)?|into (?:a|the|your) veins?|in(?:to)? a vein|by (?:a )?drip|through a drip",
    "sc": r"subcutaneous(?:ly)?|subcut|under (?:the|your) skin",
    "im": r"intramuscular(?:ly)?|into (?:a|the|your) muscles?|in(?:to)? a muscle",
    "injected": r"inject(?:ion|ions|ed|able)?|jabs?|infusions?|infused",
    "topical": r"topical(?:ly)?|on(?:to)? (?:the|your) skin|creams?|ointments?|gel|lotion",
    "transdermal": r"transdermal(?:ly)?|patch(?:es)?",
    "inhaled": r"inhal(?:ed|e|er|ers|ation|ations)|puffs?|nebuli[sz](?:ed|er|ers)|breathed? in",
    "nasal": r"intranasal(?:ly)?|nasal(?:ly)?|(?:in|into|up) (?:the|your|each|one) (?:nose|nostrils?)|nose spray",
    "rectal": r"rectal(?:ly)?|suppositor(?:y|ies)|enemas?|into (?:the|your) (?:rectum|bottom|back passage)",
    "sublingual": r"sublingual(?:ly)?|under (?:the|your) tongue",
    "buccal": r"buccal(?:ly)?|inside (?:the|your) cheek",
    "vaginal": r"vaginal(?:ly)?|pessar(?:y|ies)|into (?:the|your) vagina",
    "eye": r"ophthalmic|eye ?drops?|in(?:to)? (?:the|your|each|both) (?:affected )?eyes?",
    "ear": r"otic|ear ?drops?|in(?:to)? (?:the|your|each|both) (?:affected )?ears?",
    "intrathecal": r"intrathecal(?:ly)?|into the spine",
    "oral": r"oral(?:ly)?|by mouth|per os|swallow(?:ed|ing|s)?",
    "swallowed": r"tablets?|capsules?|pills?|caplets?|syrup",
}
_PATTERN = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _ROUTES.items()))
_UPPER = re.compile(
    r"(?<!stage )(?<!type )(?<!class )(?<!phase )(?<!grade )\b(?P<name>IV|SC|SQ|IM|PO|PR|SL|p\.o\.|i\.v\.|s\.c\."
    r"|i\.m\.)(?![\w-])"
)
_UPPER_ROUTES = {"IV": "iv", "SC": "sc", "SQ": "sc", "IM": "im", "PO": "oral", "PR": "rectal", "SL": "sublingual"}
_PEOPLE = re.compile(
    r"\b(?:(?P<child>child(?:ren)?|infants?|bab(?:y|ies)|newborns?|neonates?|toddlers?|paediatric|pediatric|kids?"
    r"|boys|girls)"
    r"|(?P<adult>adults?|elderly|older people|older adults|older patients))\b"
)
# The words that these begin with.
_FIRST = words_of(
    "intravenous intravenously into in by through subcutaneous subcutaneously subcut under intramuscular "
    "intramuscularly injection"
    " injections injected injectable jab jabs infusion infusions infused topical topically on onto cream "
    "creams ointment ointments"
    " gel lotion transdermal transdermally patch patches inhaled inhale inhaler inhalers inhalation "
    "inhalations puff puffs nebulised"
    " nebulized nebuliser nebulizer nebulisers nebulizers breathe breathed intranasal intranasally nasal "
    "nasally up nose rectal"
    " rectally suppository suppositories enema enemas sublingual sublingually buccal buccally inside vaginal "
    "vaginally pessary"
    " pessaries ophthalmic eye otic ear intrathecal intrathecally oral orally per swallow swallowed swallowing "
    "swallows tablet tablets"
    " capsule capsules pill pills caplet caplets syrup"
)
_FIRST_OF_PEOPLE = words_of(
    "child children infant infants baby babies newborn newborns neonate neonates toddler toddlers paediatric "
    "pediatric kid kids boys"
    " girls adult adults elderly older"
)
_INJECTED = frozenset(("iv", "sc", "im", "injected", "intrathecal"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A route or a group of people that a text names."""

    start: int
    end: int
    name: str


def find_routes(lower: str, words: str, tokens: list[Token]) -> list[Mention]:
    """Return the routes of a text, given in lower case and as it is written, in order."""
    found = [
        Mention(match.start(), match.end(), match.lastgroup or "") for match in scan(_PATTERN, lower, tokens, _FIRST)
    ]
    for match in _UPPER.finditer(words):
        name = match["name"].replace(".", "").upper()
        found.append(Mention(match.start(), match.end(), _UPPER_ROUTES[name]))
    return sorted(found, key=lambda mention: mention.start)


def find_people(lower: str, tokens: list[Token]) -> list[Mention]:
    """Return where a text speaks of children or of adults, in order."""
    return [
        Mention(match.start(), match.end(), match.lastgroup or "")
        for match in scan(_PEOPLE, lower, tokens, _FIRST_OF_PEOPLE)
    ]


def routes_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets of routes can be of the same dose; an unnamed route agrees with any."""
    return not one or not other or bool(_widened(one) & _widened(other))


def _widened(routes: frozenset[str]) -> frozenset[str]:
    """A tablet may be for the vagina or the tongue; an injection may be any of its kinds."""
    wide = set(routes)
    if "swallowed" in routes:
        wide.discard("swallowed")
        if not wide:
            wide.add("oral")
    if "injected" in routes:
        wide |= _INJECTED
    if "transdermal" in routes or "topical" in routes:
        wide |= {"transdermal", "topical"}
    return frozenset(wide)
