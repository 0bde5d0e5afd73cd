"""The words that a member signs: what the record shows that they read and hold accurate, and under which terms."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article, Audience
from reviews.models import Notice, Review

Sections = list[dict[str, Any]]

_NUMBERS = (
    *(gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"), gettext_lazy("five")),
    *(gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine")),
)


def statement(review: Review, sections: Sections) -> str:
    """Return the words a member signs: what they hold accurate, of which exact text, and what that text has to meet.

    They say no more than the member's marks do: that a whole revision was read when every section of it was marked in
    this review, and that a section was read in a wording that was marked.
    """
    return " ".join(
        [
            _read(review, sections),
            _("I hold them accurate and approve them for publication."),
            _("The text has the digest %s.") % review.revision.digest,
            _terms(review),
            _("Editorial policy version %s applies.") % review.requirements["policy"],
        ]
    )


def _read(review: Review, sections: Sections) -> str:
    named = {"number": review.revision.number, "title": review.revision.document["title"]}
    is_whole = len(sections) == len(review.revision.document["sections"])
    is_whole = is_whole and all(one["wordings"] and not one["is_carried"] for one in sections)
    words = _("I have read revision %(number)s of “%(title)s”, with these sections:")
    if not is_whole:
        words = _("I have read these sections of revision %(number)s of “%(title)s”:")
    return f"{words % named} {'; '.join(_groups(sections))}."


def _groups(sections: Sections) -> list[str]:
    """Return the sections' headings, those of which the same can be said together."""
    groups: dict[str, list[str]] = {}
    for section in sections:
        groups.setdefault(_how(section), []).append(f"“{section['heading']}”")
    return [f"{', '.join(headings)} ({how})" if how else ", ".join(headings) for how, headings in groups.items()]


def _how(section: dict[str, Any]) -> str:
    """Return how a section was marked; nothing where the mark named no wording."""
    if section["is_carried"]:
        return _("marked in an earlier review, and unchanged since")
    if len(section["wordings"]) == len(Audience.values):
        return _("in both wordings")
    if not section["wordings"]:
        return ""
    labels = {
        Audience.PROFESSIONAL: _("in the wording for professionals, the only one it has"),
        Audience.PLAIN: _("in the plain wording, the only one it has"),
    }
    return labels[Audience(section["wordings"][0])]


def _terms(review: Review) -> str:
    count: int = review.requirements["signers"]
    number = str(_NUMBERS[count - 1]) if count <= len(_NUMBERS) else str(count)
    words = ngettext(
        "Risk class %(risk)s: %(number)s signature on each section is required.",
        "Risk class %(risk)s: %(number)s signatures on each section are required.",
        count,
    )
    return words % {"risk": str(Article.Risk(review.requirements["risk"]).label).lower(), "number": number}


def notice_statement(notice: Notice) -> str:
    """Return the words a member signs for a notice: which line, on which section of which exact text."""
    heading = next(one["heading"] for one in notice.revision.document["sections"] if one["key"] == notice.section_key)
    words = _(
        "I have read this notice and the section “%(heading)s” of the text with the digest %(digest)s. I hold the "
        "notice accurate and stand by it: “%(text)s”"
    )
    return words % {"heading": heading, "digest": notice.revision.digest, "text": notice.text}
