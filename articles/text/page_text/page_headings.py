"""Which lines of a page are headings: of a section, by name or mark, and of a part of a section, by their form."""

import re
from dataclasses import dataclass

from .bullets import read_bullet
from .page_lines import Line, fold
from .parsed_page import DRUG_LABEL, GUIDELINES, OTHER, RESEARCH

LONGEST_HEADING = 120
LONGEST_SUBHEADING = 80
MOST_WORDS = 12
# A line in bold is a heading inside a section, whatever the depth of the marked ones.
BOLD_LEVEL = 7

_FROM = {
    GUIDELINES: re.compile(r"from (?:the )?(?:clinical )?(?:practice )?guidelines?$"),
    DRUG_LABEL: re.compile(
        r"from (?:the )?(?:fda )?(?:drug )?labels?$|from (?:the )?(?:fda )?prescribing information$"
        r"|(?:fda )?drug label(?:s|\(s\))?$|(?:fda )?prescribing information$"
    ),
    RESEARCH: re.compile(r"from (?:the )?(?:research|evidence|literature|studies)(?: evidence)?$"),
}
# These words head a section only on a page that does not say "From the ..." for the same kind.
_SHORT = {
    GUIDELINES: {"guidelines", "guideline", "clinical guidelines"},
    RESEARCH: {"research", "evidence", "research evidence"},
}
_ALWAYS_TOP = {"references", "bibliography", "sources", "works cited"}
_TOP_WITHOUT_FROM = {
    *("overview", "introduction", "background", "summary", "executive summary", "key points", "key takeaways"),
    *("conclusion", "conclusions", "bottom line", "discussion", "recommendations"),
}
_FRONT = {"overview", "introduction", "background", "summary", "executive summary", "key points", "key takeaways"}
_FROM_ELSE = re.compile(r"From (?:the |The )?[^\W\d_].*")
_NUMBERING = re.compile(r"\d{1,3}[.)]\s+")
_END_MARKS = tuple(".!?,;。！？，；、؟،؛…")
_SMALL_WORDS = {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
_COUNTED = {
    "type",
    "stage",
    "grade",
    "phase",
    "class",
    "level",
    "step",
    "part",
    "tier",
    "group",
    "category",
    "option",
    "line",
}


@dataclass(frozen=True)
class Heading:
    """A heading as it reads, without its marks; level 0 when it carries none."""

    text: str
    level: int = 0


def marked_heading(text: str) -> Heading | None:
    """Return the heading that a line is by its marks (`## X`, `**X**`, `__X__`), None when it has none."""
    hashes = len(text) - len(text.lstrip("#"))
    if 0 < hashes <= 6 and text[hashes : hashes + 1].isspace():
        inner = re.sub(r"\s#+$", "", text[hashes:].strip()[: LONGEST_HEADING * 2]).strip()
        return _heading(_unbold(inner), hashes)
    inner = _unbold(text)
    return _heading(inner, BOLD_LEVEL) if inner != text else None


def _heading(text: str, level: int) -> Heading | None:
    text = text.removesuffix(":").removesuffix("：").strip()
    is_one = 0 < len(text) <= LONGEST_HEADING and not text.endswith((".", ",", ";")) and any(map(str.isalnum, text))
    return Heading(text, level) if is_one else None


def _unbold(text: str) -> str:
    for mark in ("**", "__"):
        inner = text.removesuffix(":")
        if len(inner) > 4 and inner.startswith(mark) and inner.endswith(mark) and mark not in inner[2:-2]:
            return inner[2:-2].strip()
    return text


def has_form_of_heading(text: str, *, may_end_in_colon: bool = True) -> bool:
    """Say whether a line reads like a heading by itself.

    At most 80 characters and 12 words, no full stop or other end mark, not a lower-case start, no sentence end
    inside, no citation or number at its end (save "Type 2" and the like), a colon at its end only after words that
    all begin with a capital.
    """
    words = text.split()
    if not 0 < len(text) <= LONGEST_SUBHEADING or len(words) > MOST_WORDS or "\t" in text or text.endswith(_END_MARKS):
        return False
    letters = [character for character in text if character.isalpha()]
    if not letters or letters[0].islower() or ". " in text:
        return False
    if text[-1] in ":：":
        return may_end_in_colon and len(words) <= 8 and _is_title_case(words)
    ends_in_number = text[-1].isnumeric() or text[-1] in "]%"
    return not ends_in_number or (len(words) > 1 and words[-2].casefold() in _COUNTED)


def _is_title_case(words: list[str]) -> bool:
    return all(not word[0].islower() for word in words if word not in _SMALL_WORDS)


class SectionHeadings:
    """Knows the section headings of one page: what its marks and names mean depends on the page as a whole."""

    def __init__(self, lines: list[Line | None]) -> None:
        short = [line for line in lines if line and len(line.text) <= LONGEST_HEADING * 2]
        named = [(_kind_from(_name(line.text)), marked_heading(line.text)) for line in short]
        self._kinds = {kind for kind, _ in named if kind}
        levels = [mark.level for kind, mark in named if kind and mark and mark.level < BOLD_LEVEL]
        others = [mark.level for _, mark in named if mark and mark.level < BOLD_LEVEL]
        if others[1:] and others[0] < min(others[1:]):
            del others[0]  # the title's own mark
        # The marks of a heading we know by name tell how deep a section is; without one, the shallowest do.
        level = min(levels or others, default=0)
        self._level = 0 if level > 2 and self._kinds and not levels else level

    def read(self, line: Line, before: Line | None, after: Line | None, *, in_front: bool) -> tuple[str, str] | None:
        """Return (kind, heading) when a line heads a section; `before` and `after` are None where a line is blank."""
        if len(line.text) > LONGEST_HEADING * 2:
            return None
        name, mark = _name(line.text), marked_heading(line.text)
        text = mark.text if mark else line.text.rstrip(":：").strip()
        if not text:
            return None
        kind = _kind_from(name) or self._kind_short(name)
        if kind and not (before and text[0].islower()):
            return kind, text
        if mark and mark.level <= self._level:
            return OTHER, text
        is_alone = before is None and not text[0].islower() and (after is None or read_bullet(after.text) is not None)
        return (OTHER, text) if is_alone and self._is_named_top(name, text, in_front=in_front) else None

    def _kind_short(self, name: str) -> str:
        return next((kind for kind, names in _SHORT.items() if name in names and kind not in self._kinds), "")

    def _is_named_top(self, name: str, text: str, *, in_front: bool) -> bool:
        if name in _ALWAYS_TOP or (name in _FRONT and in_front):
            return True
        if self._kinds:
            return bool(_FROM_ELSE.fullmatch(text)) and len(text.split()) <= 6 and has_form_of_heading(text)
        return name in _TOP_WITHOUT_FROM


def is_references(heading: str) -> bool:
    """Say whether a section of this heading lists references, whose numbers are not citations."""
    return _name(heading) in _ALWAYS_TOP


def _name(text: str) -> str:
    mark = marked_heading(text)
    return fold(_NUMBERING.sub("", mark.text if mark else text, count=1).rstrip(":： "))


def _kind_from(name: str) -> str:
    return next((kind for kind, pattern in _FROM.items() if pattern.match(name)), "")
