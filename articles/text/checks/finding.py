"""What a check says: a Finding, and the Context of facts that stand outside the content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from articles.text.messages import Message


@dataclass(frozen=True)
class Passage:
    """A stored extract of a source: its words, where they stand, and of a label the section by LOINC code."""

    text: str
    pinpoint: str = ""
    loinc: str = ""


@dataclass(frozen=True)
class SourceFacts:
    """What is known of a cited source today, beside the copy that the content holds."""

    # A value of Source.Status: unknown, current, corrected, concern, retracted, reinstated or superseded.
    status: str = "unknown"
    checked_at: datetime | None = None
    # What supersedes it, in words; empty when nothing does.
    superseded_by: str = ""


@dataclass(frozen=True)
class Context:
    """Facts about an article that its content does not hold. Everything has a default: a check says what it can."""

    risk: str = "moderate"
    # The stored passages of each cited source, by citation key.
    extracts: Mapping[str, Sequence[Passage]] = field(default_factory=dict)
    # Today's facts of each cited source, by citation key.
    sources: Mapping[str, SourceFacts] = field(default_factory=dict)
    today: date | None = None
    # The approved content before this one: what was changed in one audience's words and not in the other's.
    previous: Mapping[str, Any] | None = None
    # Keys of the sections that a person has edited since a tool or an import wrote them; None: not known.
    edited_sections: frozenset[str] | None = None
    # Approved terms of the glossary, as GlossaryTerm.frozen(); None: only those that the content holds.
    terms: Sequence[Mapping[str, Any]] | None = None
    # Reading grades (FKGL and SMOG, years of schooling) of the policy.
    warn_grade: int = 8
    block_grade: int = 10


@dataclass(frozen=True)
class Finding:
    """Something a person should look at. `start` and `end` are the span in the named text of the section.

    `version` is that of the rule: it is raised whenever the rule would find something else in the same words.
    """

    rule: str
    message: Message
    section_key: str = ""
    audience: str = ""
    words: str = ""
    start: int = 0
    end: int = 0
    version: int = 1

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What a waiver names: it falls when the words change."""
        return (self.rule, self.section_key, self.audience, self.words)
