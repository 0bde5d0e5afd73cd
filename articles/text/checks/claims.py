"""Whether every claim cites a source (MEDICAL.md §7, S1), and what a claim is.

A claim is a sentence, list item or table row that recommends, gives a number with medical meaning, compares, or tells
what a drug does. It is cited by a citation

- in it, or further on in its paragraph, back to the citation before: `Claim. Claim [@a].` is cited, both times;
- in the line that introduces its list or table, or of the item above it;
- of an introducing line, in one of its items.

Questions, headings, definitions, advice to seek help and sentences about the page itself are no claims.
"""

import re
from collections.abc import Iterator
from typing import Any

from articles.text.checks import cited_prose
from articles.text.checks.cited_prose import Block
from articles.text.checks.finding import Context, Finding
from articles.text.lexicon.medicines import MEDICINE
from articles.text.messages import gettext_noop as _

RULES = {"claim-uncited": _("A claim has no citation")}

_EFFECT = (
    r"(?:reduc\w+|lower(?:s|ed|ing)?|increas\w+|rais(?:es?|ed|ing)|prevent\w*|caus(?:es?|ed|ing)|treat(?:s|ed|ing)?|"
    r"improv\w+|reliev\w+|eas(?:es?|ed|ing)|cur(?:es?|ed|ing)|worsen\w*|effective(?:ly|ness)?|ineffective|"
    r"work(?:s|ed)|help(?:s|ed)?|protect\w*|slow(?:s|ed|ing)?|shorten\w*|delay\w*|fad(?:es?|ed)|harm(?:s|ful|ed)?|"
    r"safe|unsafe|toxic\w*|interact\w*|contra-?indicated|side effects?|adverse|tolerated|benefits?|risks?|"
    r"linked to|associated with|leads? to|makes? (?:you|it|them)|relax\w*|suppress\w*|block(?:s|ed)|inhibit(?:s|ed)?|"
    r"stop(?:s|ped) working|no (?:added )?(?:benefit|effect)|approved|indicated|licensed)"
)
_MEDICINE = re.compile(rf"\b{MEDICINE}\b", re.IGNORECASE)
_DOES = re.compile(rf"\b{_EFFECT}\b", re.IGNORECASE)

_ADVISED = re.compile(
    r"\b(?:recommend\w*|advis(?:es?|ed|able)|suggests?|suggested|should|must(?: not)?|ought to|need(?:s)? to be|"
    r"(?:is|are|be) (?:contra-?indicated|indicated|preferred|reserved for|not advised|needed|required|necessary)|"
    r"contra-?indicated|first[- ]line|second[- ]line|third[- ]line|(?:drug|treatment|medicine|agent|test)s? of choice|"
    r"(?:best|preferred) (?:\w+ ){0,2}(?:approach|choice|option|treatment|drug|medicine|test)s?|"
    r"may be (?:used|considered|"
    r"increased|repeated|necessary)|can be (?:used|increased|repeated|considered))\b",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\A\W*(?:(?:then|next|first|if [^,]{1,120}|in [^,]{1,80}|for [^,]{1,80}|when [^,]{1,80}|after [^,]{1,80}),? +)?"
    r"(?:do not|don't|never|always|avoid|give|start|begin|use|prescribe|increase|decrease|reduce|lower|titrate|stop|"
    r"discontinue|withhold|monitor|check|measure|repeat|offer|consider|add|switch|administer|inject|take|swallow|"
    r"apply|screen|refer|treat|continue|adjust|limit|taper|perform|obtain|initiate|maintain|"
    r"vaccinate|immunise|immunize|restrict)\b(?!-| of\b)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:(?:more|less|fewer|greater|higher|lower|better|worse|safer|larger|smaller|longer|shorter|sooner|stronger|"
    r"weaker|faster|slower|commoner|rarer|likelier|(?!other|rather|either|after|never)\w{3,}er)\b[^.;]{0,80}\bthan|"
    r"compared (?:with|to)|in comparison (?:with|to)|versus|vs|superior to|inferior to|"
    r"non-?inferior|superiority|as (?:effective|safe|good|well|common|likely)(?:ly)? as|"
    r"similar(?:ly)? (?:\w+ ){0,2}(?:efficacy|effective|benefit|rates?|results?|risks?) ?|"
    r"(?:twice|half|three times|four times|double) (?:as|the)|no (?:better|worse|different))\b",
    re.IGNORECASE,
)
_UNIT = (
    r"(?:mg|mcg|µg|μg|micrograms?|milligrams?|nanograms?|ng|g|grams?|kg|mL|ml|millilit(?:er|re)s?|dL|L|lit(?:er|re)s?|"
    r"units?|IU|mmol|µmol|μmol|mEq|mmHg|mm Hg|kPa|puffs?|tablets?|capsules?|drops?|patch(?:es)?|sprays?|doses?|"
    r"°C|°F|bpm|beats|breaths|kcal|cm|mm|minutes?|hours?|days?|weeks?|months?|years?(?: old| of age)?|times|"
    r"patients?|people|participants?|adults?|children|women|men|trials?|studies|cases?|points?)"
)
_NUMBER_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_NUMBER = re.compile(
    rf"(?<![\w.])\d[\d.,]{{0,30}}+(?:\s*+(?:-|–|to|or|and)\s*+\d[\d.,]{{0,30}}+)?[\s-]?{_UNIT}\b|"
    r"\d\s?%|\bper ?cent\b|\b\d[\d,.]{0,30}+ (?:in|of|out of) (?:every )?\d|\b(?:one|two|three) (?:in|"
    r"out of) (?:ten|\w+teen|\d+)|"
    r"(?:relative risk|odds ratio|hazard ratio|rate ratio|\b[RHO]R\b|number needed to (?:treat|harm)|\bNN[TH]\b|"
    r"confidence interval|\bCI\b|\bp ?[<=])[^.;]{0,20}\d|\b(?:aged?|over|under|above|below|at least|at most) \d|"
    r"[<>≤≥]\s?\d|\b(?:once|twice|three times|four times) (?:a|per|each|every) day\b|\b(?:once|"
    r"twice) (?:daily|weekly)\b|"
    rf"\bfor {_NUMBER_WORD} (?:days?|weeks?|months?)\b",
    re.IGNORECASE,
)

_DOSE = re.compile(r"\d\s?(?:mg|mcg|µg|μg|g|micrograms?|mL|ml|units?|tablets?|puffs?)\b")
_QUESTION = re.compile(r"\?[\"”’)*_\s]*\Z")
_DEFINES = re.compile(
    r"\b(?:means|is defined as|are defined as|is called|are called|refers? to|is the (?:medical )?(?:term|"
    r"name|word) for|"
    r"stands for|is short for|also known as|(?:is|are) (?:a|an|the) (?:kind|type|form|group|class|family|"
    r"name|measure) of)\b",
    re.IGNORECASE,
)
_SEEKS_HELP = re.compile(
    r"\b(?:emergenc(?:y|ies)|ambulance|911|112|999|call for help|(?:get|seek|ask for|need) (?:\w+ ){0,3}"
    r"(?:help|care|advice|attention)|go to (?:the |a |an )?(?:\w+ )?(?:hospital|department|clinic|A&E|ER)|"
    r"(?:see|call|contact|phone|ring|tell|ask|talk to|speak to|speak with|talk with|visit) (?:\w+ ){0,2}"
    r"(?:doctor|nurse|pharmacist|midwife|clinician|team|prescriber|dentist|specialist|GP)s?|"
    r"poison (?:centre|center|control))\b",
    re.IGNORECASE,
)
_ABOUT_THE_PAGE = re.compile(
    r"\b(?:this|the) (?:page|article|section|table|figure|chart)\b|\b(?:outside|beyond) this article\b|"
    r"\bis (?:not known|unknown|unclear|uncertain)\b|\Awhat (?:is|are|we|these \w+) (?:do(?:es)? )?not\b|"
    r"\bnobody (?:can|knows)\b",
    re.IGNORECASE,
)


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the claims without a citation; of plain texts only where the section cites nothing at all."""
    for section in content["sections"]:
        for audience in ("professional", "plain"):
            is_cited = any(section["cites"].values())
            if audience == "professional" or not is_cited:
                yield from _uncited(section, audience)


def is_claim(words: str) -> bool:
    """Say whether a sentence, without its citations, is a claim that needs a source."""
    if _QUESTION.search(words) or _ABOUT_THE_PAGE.search(words):
        return False
    has_dose = _DOSE.search(words) is not None
    if not has_dose and (_DEFINES.search(words) or _SEEKS_HELP.search(words)):
        return False
    tells_effect = _MEDICINE.search(words) and _DOES.search(words)
    return bool(has_dose or tells_effect) or any(
        pattern.search(words) for pattern in (_NUMBER, _ADVISED, _ORDERED, _COMPARED)
    )


def _uncited(section: dict[str, Any], audience: str) -> Iterator[Finding]:
    blocks = cited_prose.blocks(section[audience])
    for place, block in enumerate(blocks):
        if block.kind in ("heading", "header", "quotation") or _is_introduced_by_citation(blocks, block):
            continue
        if _introduces(block) and any(one.is_cited for one in blocks if one.parent == place):
            block_ends_cited = len(block.sentences)
        else:
            block_ends_cited = _covered(block)
        for sentence in block.sentences[block_ends_cited:]:
            if is_claim(sentence.bare.strip()):
                message = _("Cite the source of this claim, or remove the claim: “%(claim)s”")
                yield Finding(
                    "claim-uncited",
                    message % {"claim": _shortened(sentence.text)},
                    section["key"],
                    audience,
                    sentence.text,
                    sentence.start,
                    sentence.end,
                )


def _covered(block: Block) -> int:
    """Return how many sentences of a block a citation covers: all up to the last one that holds one."""
    return max((place + 1 for place, sentence in enumerate(block.sentences) if sentence.marks), default=0)


def _introduces(block: Block) -> bool:
    return block.kind in ("paragraph", "item") and block.sentences[-1].bare.rstrip().endswith(":")


def _is_introduced_by_citation(blocks: tuple[Block, ...], block: Block) -> bool:
    """Say whether the line above a list or table, or an item above, cites for all below it."""
    while block.parent >= 0:
        above = blocks[block.parent]
        introduces = block.kind in ("row", "header") or above.kind == "item" or _introduces(above)
        if introduces and above.sentences[-1].marks:
            return True
        block = above
    return False


def _shortened(words: str) -> str:
    flat = " ".join(cited_prose.CITATION.sub("", words).split())
    return flat if len(flat) <= 120 else flat[:119].rsplit(" ", 1)[0] + "…"
