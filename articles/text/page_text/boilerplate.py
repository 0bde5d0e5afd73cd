"""The furniture of a page: what the site put around the article, which is no part of it."""

import re

from .page_lines import LONGEST_LABEL, Line, fold

BADGE = "badge"
STEPPER = "stepper"
DISCLAIMER = "disclaimer"
PERSONALIZE = "personalize"
FOLLOW_UP = "follow_up"
CAUTION = "caution"
UPDATED = "updated"

_STEPPER_HEADINGS = ("articlereviewstatus", "contentreviewstatus", "reviewstatus", "approvalstatus")
_STEPS = (
    "submittedforreview",
    "submitted",
    "underreview",
    "inreview",
    "pendingreview",
    "reviewed",
    "approved",
    "published",
    "rejected",
    "draft",
    "status",
)
_STEPPER_WORDS = re.compile("(?:" + "|".join(_STEPPER_HEADINGS + _STEPS) + ")")
_CLAIMED_STEP = re.compile("approved|(?<!under)(?<!in)(?<!pending)reviewed")

_BADGE = re.compile(r"medical advisory board(?:$| ?all articles are )|all articles are (?:medically )?reviewed")
_REVIEWER = r"(?:dr\b|prof\b|professor\b|our\b|the medical advisory\b|medical advisory\b|a (?:doctor|physician|board))"
_CLAIM = re.compile(
    r"(?:(?:medically|clinically) (?:reviewed|approved|verified)(?: and approved)?(?: by\b|:|$)"
    r"|(?:article |content )?(?:reviewed|approved|verified|fact-checked)(?: and (?:approved|reviewed))?"
    rf" by:? {_REVIEWER})"
)
_CAUTION = re.compile(r"(?:for )?educational purposes? only|exercise caution as content")
_MONTH = r"[^\W\d]{3,12}"
_DATE = (
    r"(?:\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}"
    rf"|{_MONTH}\.? (?:\d\d?,? )?\d{{4}}|\d\d? {_MONTH}\.?,? \d{{4}})"
)
_UPDATED = re.compile(
    rf"(?:last )?(?:updated|reviewed|modified|published)(?: on)?:? {_DATE}"
    r" ?(?:\W? ?view (?:our )?editorial policy)?\.?$"
    r"|view (?:our )?editorial policy$"
)
_UPDATED_IN_FRONT = re.compile(r"last (?:updated|reviewed|modified)\b")

_BOX_STARTS = {"personalize", "personalise", "personalize your experience", "personalise your experience"}
_BOX_LINES = re.compile(r"help us (?:tailor|personali[sz]e) your experience|which best describes you\b")
_BOX_OPTIONS = re.compile(
    r"(?:i am an? |i'm an? )?(?:(?:health ?care|medical) )?(?:professional|provider|patient|clinician|physician|doctor"
    r"|nurse|pharmacist|student|caregiver|family member|general public|researcher|other)s?"
    r"(?: (?:or|/) (?:caregiver|family member|patient|student))?$|(?:save|skip|continue|submit|not now|close|done)$"
)
_DISCLAIMER_HEADING = re.compile(r"(?:professional |general )?(?:medical |legal )?disclaimer:?$")
_DISCLAIMER_TEXT = re.compile(
    r"(?:professional |general )?(?:medical |legal )?disclaimer ?[:\-] ?\S"
    r"|this (?:information|content) is intended for (?:health ?care|medical) professionals"
    r"|this (?:information|content|article) is (?:for (?:informational|educational) purposes only"
    r"|not a substitute for (?:professional )?medical advice)"
)
_FOLLOW_UP = re.compile(
    r"(?:have|got) (?:a |any )?(?:follow[- ]?up )?questions?\?|ask (?:a|any) follow[- ]?up questions?"
)
_PITCH = re.compile(r"our medical a\.?i\.? is used by")
_NOTICES = ((CAUTION, _CAUTION), (DISCLAIMER, _DISCLAIMER_HEADING), (FOLLOW_UP, _FOLLOW_UP), (FOLLOW_UP, _PITCH))
# A notice runs on while it still talks like one; the first paragraph that does not is no longer part of it.
_SOUNDS_LIKE = {
    DISCLAIMER: re.compile(
        r"disclaimer|liabilit|medical advice|clinical judge?ment|substitute|intended for|consult|verif|educational"
    ),
    FOLLOW_UP: re.compile(r"question|\bask\b|\ba\.?i\.?\b|sign (?:up|in)|subscribe|instant"),
}


class BoilerplateReader:
    """Reads a page's lines in order and names those that are furniture.

    Only a whole line is furniture, never words inside one, and a list item only inside a stepper or a Personalize
    box. A lone "Approved" or "Submitted" is a stepper's before the first section, elsewhere only beside its other
    lines. A disclaimer and a follow-up pitch take their first paragraph, and later ones as long as these sound alike.
    """

    def __init__(self) -> None:
        self.in_front = True  # no section heading was met yet
        self.has_title = False
        self.is_closed = False  # a notice has ended the section it stood in
        self._box = ""
        self._taken = 0  # lines of the notice that is open
        self._after_blank = True

    def blank(self) -> None:
        """Note a blank line."""
        self._after_blank = True

    def section(self) -> None:
        """Note a section heading, which ends any box."""
        self.in_front = self.is_closed = False
        self._box = ""
        self._after_blank = False

    def read(self, line: Line, *, is_item: bool) -> str:
        """Return the name of the furniture that a line belongs to, "" for a line of the article."""
        text = fold(line.text.strip("#*_ "))
        what = self._standing_alone(text, is_item=is_item) or self._in_a_box(text or fold(line.text[:LONGEST_LABEL]))
        if what in _SOUNDS_LIKE:
            self._taken = 0 if _opens(what, text) else self._taken + 1
            self.is_closed = not self.in_front
        self._box = what
        self._after_blank = False
        return what

    def _standing_alone(self, text: str, *, is_item: bool) -> str:
        if _is_stepper(text, alone=self.in_front or self._box == STEPPER, is_item=is_item and self._box != STEPPER):
            return STEPPER
        if is_item or not text:
            return ""
        if _BADGE.match(text) or self._claims(text):
            return BADGE
        if _UPDATED.match(text) or (self.in_front and len(text) <= 160 and _UPDATED_IN_FRONT.match(text)):
            return UPDATED
        if text in _BOX_STARTS or _BOX_LINES.match(text):
            return PERSONALIZE
        patterns = (
            (CAUTION, _CAUTION),
            (DISCLAIMER, _DISCLAIMER_HEADING),
            (FOLLOW_UP, _FOLLOW_UP),
            (FOLLOW_UP, _PITCH),
        )
        return next((what for what, pattern in patterns if pattern.match(text) and len(text) <= 200), "")

    def _claims(self, text: str) -> bool:
        # In the body a sentence may say who approved what; a claim about the article is a short line with no full stop.
        return bool(_CLAIM.match(text)) and len(text) <= 160 and (self.in_front or not text.endswith("."))

    def _in_a_box(self, text: str) -> str:
        if self._box == PERSONALIZE and _BOX_OPTIONS.match(text.lstrip("•-* ")):
            return PERSONALIZE
        if _DISCLAIMER_TEXT.match(text):
            return DISCLAIMER
        if self._box not in _SOUNDS_LIKE:
            return ""
        sounds = bool(_SOUNDS_LIKE[self._box].search(text))
        is_first = self._taken == 0 and self.has_title
        return self._box if is_first or not self._after_blank or sounds else ""


def is_claim(text: str, *, what: str) -> bool:
    """Say whether a line of furniture calls the article reviewed or approved."""
    if what == STEPPER:
        return bool(_CLAIMED_STEP.search(_letters(fold(text))))
    return what == BADGE or (what == UPDATED and "reviewed" in fold(text))


def _opens(what: str, text: str) -> bool:
    return bool((_DISCLAIMER_HEADING if what == DISCLAIMER else _FOLLOW_UP).match(text))


def _is_stepper(text: str, *, alone: bool, is_item: bool) -> bool:
    letters = _letters(text)
    if not letters or len(letters) > 120:
        return False
    words = _STEPPER_WORDS.findall(letters)
    if "".join(words) != letters or words == ["status"]:
        return False
    names_itself = any(word in _STEPPER_HEADINGS for word in words)
    return names_itself or (not is_item and (alone or len(words) > 1))


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())
