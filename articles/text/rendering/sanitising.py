"""What HTML of an article may hold, and the only place in the project that calls it safe."""

import json
import re
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe

from articles.text.parsing.links import EXTERNAL, allowed_address

# What templates show as it is. The rest of `articles.text` knows this name, and no Django.
SafeHtml = SafeString

# fmt: off
TAGS = frozenset(
    {
        "section", "nav", "div", "p", "span", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "em", "strong",
        "code", "pre", "blockquote", "figure", "figcaption", "table", "thead", "tbody", "tr", "th", "td", "br", "hr",
        "dfn",
    }
)

CLASSES = frozenset(
    {
        "contents", "section", "section-guidelines", "section-drug-label", "section-research", "section-other",
        "section-text", "clinician-box", "clinician-note", "no-text", "label-source", "label-quotation", "citation",
        "citation-number", "citation-target", "citation-unresolved", "citation-key", "references", "reference",
        "reference-text", "reference-locators", "backlinks", "glossary", "glossary-plain", "link-refused",
        "reference-note", "reference-note-grave",
        "table-scroll", "align-left", "align-center", "align-right", "section-notice", "section-hidden",
        "off-label",
    }
)
# fmt: on

# Only the renderer makes ids: no text can take the name of a part of the page or of a script's variable.
IDS = re.compile(
    r"(?:section-[0-9a-f]{8}(?:-\d+)?(?:-heading)?|contents-heading|references(?:-heading)?"
    r"|reference-\d+|citation-\d+-\d+)\Z"
)

_VALUES = {
    "id": IDS.match,
    "aria-labelledby": IDS.match,
    "rel": re.compile(re.escape(EXTERNAL) + r"\Z").match,
    "role": re.compile(r"(?:region|note)\Z").match,
    "tabindex": re.compile(r"0\Z").match,
    "scope": re.compile(r"col\Z").match,
    "start": re.compile(r"\d{1,9}\Z").match,
    "title": re.compile(r"").match,
    "aria-label": re.compile(r"").match,
}

# Characters that no page needs and that parsers disagree on; the direction marks could reorder a dose.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def safe(html: str) -> SafeHtml:
    """Return HTML with everything removed that is not of our own making; a second time changes nothing."""
    clean = _CLEANER.clean(_INVISIBLE.sub("", html))
    return mark_safe(_INVISIBLE.sub("", clean))  # once more: `&#1;` has become the character


def stored(html: str) -> SafeHtml:
    """Return the HTML of a stored Rendering as it is: `safe` made it, and the row cannot have changed since."""
    return mark_safe(html)


def script_data(data: dict[str, Any]) -> SafeHtml:
    """Return data as the JSON of a `script` element, which no text in it can end or leave."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text))


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    """Return the value an attribute may have; None removes it."""
    if attribute == "class":
        return " ".join(name for name in value.split() if name in CLASSES) or None
    if attribute == "href":
        return value if _is_ours(value) or allowed_address(value) == value else None
    # The filter is asked about every attribute before the list below is, also about those that no element may have.
    allows = _VALUES.get(attribute)
    return value if allows and allows(value) else None


def _is_ours(value: str) -> bool:
    return value.startswith("#") and bool(IDS.match(value[1:]))


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style"},
    attributes={
        "*": {"id", "class"},
        "a": {"href", "rel", "title", "aria-label"},
        "section": {"aria-labelledby"},
        "nav": {"aria-labelledby"},
        "div": {"role", "tabindex", "aria-label"},
        "th": {"scope"},
        "ol": {"start"},
    },
    attribute_filter=_filtered,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)
