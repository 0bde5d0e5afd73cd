"""A text that says of itself that it was reviewed or approved: only the record may say that (DESIGN §12).

Found in titles, headings, both wordings and the descriptions of images: labels (“Medically reviewed by …”), sentences
about this text (“This page was checked by doctors”), and what is said of our own board or doctors. A medicine's
approval, a review of the literature and a doctor's review of a treatment are none of this.
"""

import html
import re
from collections.abc import Iterator
from typing import Any

from articles.text.checks.finding import Context, Finding
from articles.text.messages import gettext_noop as _

RULES = {"review-claimed": _("The text says itself that it was reviewed or approved")}

# A segment without one of these claims nothing: looking for them first is much faster.
_HINT = re.compile(
    r"review|approv|verif|check|endors|vett|validat|certif|accredit|sign|seal|stamp|badge", re.IGNORECASE
)
_MARKS = re.compile(r"[*_`~>|\[\]!\u2713\u2714\u2705]")
# What also stands for itself: cells of a table, code, the words of a link, the description of an image.
_EDGES = re.compile(r"[|`\[\]]")
_SEGMENT = re.compile(
    r"(?:[^\n\x00.!?;]|\n(?![^\S\n]*\n|[^\S\n]*(?:[-+•]|\d{1,3}[.)])\s)|[.!?;](?!\s|$)"
    r"|(?<=\bDr)\.|(?<=\bDrs)\.|(?<=\bProf)\.)+[.!?;]?"
)

_HOW = r"(?:(?:\w+ly|also|since|all|twice|again|just|then|now|last|first|peer|fact|double|expert|board)[- ]){0,3}"
_DONE = (
    r"(?:reviewed|approved|verified|checked|endorsed|vetted|validated|certified|accredited|authori[sz]ed"
    r"|peer[- ]reviewed|fact[- ]checked|signed[- ]off|double[- ]checked|proof-?read and approved)"
)
_DOES = (
    r"(?:reviews|reviewed|approves|approved|verif(?:ies|ied)|checks|checked|endorses|endorsed|vets|vetted"
    r"|validates|validated|certif(?:ies|ied)|signs off(?: on)?|signed off(?: on)?|peer[- ]reviewed"
    r"|fact[- ]checked)"
)
_TEXT = (
    r"(?:articles?|pages?|web ?pages?|texts?|contents?|information|materials?|leaflets?|guides?|summary|summaries"
    r"|answers?|documents?|sections?|posts?|pieces?|handouts?|fact ?sheets?|overview|(?:web)?site|advice|words"
    r"|wording"
    r"|passages?|chapters?|entry|entries|facts|publication)"
)
_THIS = (
    r"(?:(?:(?:all|every|each|everything|most)(?: of)? )?(?:this|these|our|the present|the above|the following|its)"
    rf"(?: (?:\w+ ){{0,2}}?{_TEXT}|(?= {_DONE}))|(?:the|all|every|each|any)(?: \w+)? {_TEXT}"
    rf"(?: (?:here|above|below|(?:on|in|of) (?:this|our) (?:\w+ )?{_TEXT}))"
    rf"|(?:everything|what you (?:read|see)|all you read)(?: (?:here|above|below|(?:on|in) (?:this|our) {_TEXT}))"
    rf"|the (?:text|article|page|content|plain text|professional text))"
)
_MEN = (
    r"(?:doctors?|physicians?|clinicians?|drs?\b\.?|prof(?:essors?)?\b\.?|m\.?d\.?s?\b|specialists?|\w+ologists?"
    r"|\w+iatricians?|surgeons?|pharmacists?|nurses?|gps?\b|experts?|reviewers?|peers|editors?|scientists?"
    r"|midwi(?:fe|ves)"
    r"|health ?(?:care)? professionals?|(?:medical|health) (?:professionals?|staff|writers?)|board|panel"
    r"|committee|team"
    r"|council|society|college|academy|association|organi[sz]ation|foundation|federation|university|hospital|clinic"
    r"|ministry|institute|authority|department|nhs|who|people|person)"
)
# The own board and people of a publisher: nobody else is called so in an article.
_OURS = (
    r"(?:(?:the|our|its|a|an)(?: \w+){0,2} (?:medical|editorial|scientific|clinical|expert)(?: (?:advisory"
    r"|review|editorial))?"
    r" (?:board|panel|team|council)|(?:the|our|its) (?:advisory|review|editorial) board"
    r"|our (?:\w+ ){0,3}?" + _MEN + ")"
)
_AGENT = (
    rf"(?:(?:a|an|the|our|its|one|two|three|four|five|several|many|\d+|independent"
    rf"|leading)\s+)?(?:[\w’'&-]+,?\s+){{0,5}}?{_MEN}\b"
)
_PASSIVE = r"(?:was|were|is|are|has been|have been|had been|has|have|gets?|got|being|been)"
_DATE = (
    r"(?:\d{1,2}\b|\d{4}\b|jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec|today|yesterday|this (?:week|month"
    r"|year)|spring|autumn|winter|summer)"
)
_LABEL = r"(?:(?:written|edited|updated|researched|created|prepared),?(?: by [^,;.]{1,60},?)?(?: and|,| &)? )?"
_PRESENT = r"(?:every|each|if|when|before|after|at least|regularly|once|twice|annually|within|while|until|unless)\b"
_REGULATOR = (
    r"(?:the )?(?:u\.?s\.? |us |european |eu |uk |british |canadian |japanese |swiss |national )?(?:fda|ema"
    r"|mhra|tga|pmda|swissmedic|health canada|anvisa|food and drug|medicines? agency|european (?:medicines"
    r"|commission|union)|regulators?|regulatory|drug (?:agency|authorit)|medicines (?:agency|and healthcare))"
)

_CLAIMS = re.compile(
    r"(?P<words>"
    # `Medically reviewed`, `expert-reviewed`, `fact-checked`: of what is no journal, trial or evidence.
    r"(?:\b(?:(?:medically|clinically|professionally|scientifically|independently|editorially)[- ]|(?:expert|doctor"
    r"|physician|clinician|pharmacist|board)-)|^\W*(?:expert|doctor|physician|clinician|pharmacist|board) )"
    r"(?:peer[- ])?(?:reviewed|approved|checked|verified|endorsed|vetted|validated)\b"
    r"(?!\s+(?:evidence|studies|trials?|journals?|research|literature|data|papers?|publications?|dose|doses|use"
    r"|uses|drugs?"
    r"|medicines?|indications?|tests?|questionnaires?|scales?|scores?|tools?|in \d|in (?:a|the|large|small|two"
    r"|three|adults"
    r"|children|people)))"
    r"|\bfact[- ]check(?:ed|s)?\b(?!\s+(?:sites?|websites?))"
    # A label at the beginning.
    rf"|(?:^|(?<=[:(–—|]))\W*{_LABEL}(?:last |date |first |also |recently )?(?:medically |clinically "
    rf"|peer[- ])?{_DONE}"
    rf"(?:(?:,| and|,? &|/) (?:\w+ )?(?:{_DONE}|updated))?"
    rf"(?:\s*:\s*(?=\S)|\s+(?:on|in|this)?\s*(?={_DATE})|\s+(?:for (?:medical |scientific )?(?:accuracy|correctness))"
    rf"|\s+(?:on [^,;.]{{1,30}} )?by(?!\s+your\b)(?!\s+{_REGULATOR})\s+(?:{_AGENT}|[A-Z][\w’'.-]+))"
    rf"|^\W*(?:last |date of (?:the )?(?:last |latest |medical )?|(?:latest|most recent) )(?:\w+ )?"
    r"(?:review(?:ed)?|approv(?:al|ed)|check(?:ed)?|verif(?:ied|ication))\b"
    r"|^\W*(?:(?:medical|clinical|expert|scientific|content|peer|external|plain[- ]language) )?"
    r"(?:reviewers?|approvers?|medical editors?|(?:medical|clinical|expert|peer) review|reviewed|approval"
    r"|endorsement)"
    r"\s*(?::|[–—-](?=\s)|by\b(?! patients)|on\s+(?=\d))\s*(?=\S)"
    r"|^\W*review(?:ed)? dates?\s*:|^\W*(?:reviewed|verified|endorsed|peer[- ]reviewed|reviewed and approved)\W*$"
    rf"|[(\[–—:|-]\s*{_HOW}(?:last )?{_DONE}(?:(?: and|,) {_DONE})?(?: (?:by|on|in) [^()\[\]]{{1,80}})?[)\]]?\W*$"
    # This text was …
    rf"|\b{_THIS}(?:,? (?:which|that))? {_PASSIVE} (?:been )?(?:(?:written|edited|updated|researched|prepared"
    rf"|created|read)"
    rf"(?: by [^,;.]{{1,60}}?)?(?:,| and|,? and then|,? then) )?{_HOW}(?:been )?{_DONE}\b(?! (?:dose|use"
    rf"|indication|medicine|drug|treatment)s?)"
    rf"|\bthis(?: \w+)? is an? (?:\w+,? ){{0,3}}?{_HOW}{_DONE} {_TEXT}\b"
    rf"|\b{_THIS} (?:has |have |had )?(?:passed|undergone|underwent|undergoes|went through|gone through"
    rf"|received|earned|got"
    r"|carries|bears|holds|has|have|comes with|is under|was given|met|meets)(?: \w+){0,5}? (?:review(?:ers)?|approval"
    r"|endorsement|verification|certification|fact[- ]check|sign[- ]off|seal|clearance|approved)\b"
    rf"|\b(?:seal|stamp|badge|mark) of (?:\w+ )?(?:approval|quality)\b|\bhon ?code\b"
    # Somebody reviewed this text.
    rf"|\b{_DOES}(?:(?: and|,) {_DOES})? (?:(?:all|every|each|both|the)(?: of)? )?(?:(?:words?|facts?|content"
    rf"|information"
    rf"|texts?|accuracy|claims?|statements?|doses|numbers|figures) )?(?:(?:of|in|on) )?(?:this|these|our"
    rf"|the above|the present"
    rf"|everything (?:in|on) (?:this|our)) (?:\w+ ){{0,2}}?{_TEXT}\b"
    rf"|\bhad (?:this|our|these|the) {_TEXT} {_HOW}{_DONE}"
    # Our own board, our doctors.
    rf"|\b{_OURS} (?:has |have |had |of \w+ )?(?:all )?{_HOW}{_DONE}\b"
    rf"|\b{_DONE} (?:on [^,;.]{{1,30}} )?by {_OURS}(?! of the (?:trial|study|journal|hospital))"
    rf"|\b{_DONE} by (?:the )?medical advisory board|\bmedical advisory board (?:has |have )?{_HOW}{_DONE}"
    r")",
    re.IGNORECASE,
)
# What takes the claim back, or makes it a plan, a wish or a question.
_DENIED = re.compile(
    r"\b(?:not|never|nobody|no one|no doctor|none|yet to be|without|unless|until|before|if|whether|must|should"
    r"|will|would"
    r"|can|cannot|could|may|might|to|needs?|please|awaiting|waiting|nor|neither|un)\b[^.;:]{0,40}$"
    r"|n['’]t\b[^.;:]{0,30}$",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\b(?:not|never|n['’]t|nobody|yet to|will|should|must|to) (?:yet )?(?:been |be )?", re.IGNORECASE)
# A text that others wrote: what was reviewed there is no claim about this one.
_OTHERS = re.compile(
    r"\b(?:guidelines?|guidance|trials?|stud(?:y|ies)|protocols?|label|labels|recommendations?|cochrane|manuscripts?"
    r"|medicines?|medications?|drugs?|vaccines?|treatments?|indications?|doses?|devices?|prescriptions?"
    r"|evidence)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
_SELF = re.compile(rf"\b(?:{_THIS}|{_OURS}|medical advisory board)", re.IGNORECASE)
_ADVICE = re.compile(rf"^[^.;]{{0,60}}?\b{_PRESENT}", re.IGNORECASE)


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield each passage in which a text claims a review of its own."""
    for words, _start, _end in claims(content.get("title", "")):
        yield _finding(words)
    for section in content["sections"]:
        for words, _start, _end in claims(section["heading"]):
            yield _finding(words, section)
        for audience in ("professional", "plain"):
            for words, start, end in claims(section[audience]):
                yield _finding(words, section, audience, start, end)


def _finding(
    words: str, section: dict[str, Any] | None = None, audience: str = "", start: int = 0, end: int = 0
) -> Finding:
    message = _(
        "The text says of itself “%(words)s”. Take it out: what was reviewed, by whom and when is printed from the "
        "record."
    )
    key = section["key"] if section is not None else ""
    return Finding("review-claimed", message % {"words": " ".join(words.split())}, key, audience, words, start, end)


def claims(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of each claim, with the place where they stand in the Markdown."""
    if not _HINT.search(html.unescape(text) if "&" in text else text):
        return
    end = -1
    for start, stop in sorted({*_places(_MARKS.sub(" ", text)), *_places(_EDGES.sub("\0", text))}):
        if start >= end:
            yield text[start:stop], start, stop
            end = stop


def _places(shown: str) -> Iterator[tuple[int, int]]:
    for segment in _SEGMENT.finditer(shown):
        found = _claim(segment[0])
        if found is not None:
            yield segment.start() + found[0], segment.start() + found[1]
        elif "&" in segment[0] and _claim(html.unescape(segment[0])) is not None:
            lead = len(segment[0]) - len(segment[0].lstrip())
            yield segment.start() + lead, segment.start() + len(segment[0].rstrip())


def _claim(segment: str) -> tuple[int, int] | None:
    """Return where a claim stands in one sentence, item or line."""
    if not _HINT.search(segment) or segment.rstrip().endswith("?"):
        return None
    lead = len(segment) - len(segment.lstrip(" \t\n-+•#0123456789.)"))
    words = " ".join(segment[lead:].split())
    for found in _CLAIMS.finditer(words[:2_000]):
        if not _is_no_claim(words, found):
            return lead, len(segment.rstrip())
    return None


def _is_no_claim(words: str, found: re.Match[str]) -> bool:
    before, said, after = words[: found.start()], found[0], words[found.end() :]
    if _DENIED.search(before) or _INSIDE.search(said):
        return True
    return _SELF.search(said) is None and (_ADVICE.match(after) is not None or _OTHERS.search(before) is not None)
