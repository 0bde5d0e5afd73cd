"""What a check says: a Finding, and the Context of facts that stand outside the content."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Context:
    """Facts about an article that its content does not hold."""

    risk: str = "moderate"
    # The stored passages of each cited source, by citation key.
    extracts: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """Something a person should look at. `start` and `end` are the span in the named text of the section."""

    rule: str
    message: str
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
