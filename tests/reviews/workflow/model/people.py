"""Who acts on a text, and what a version of the editorial policy asks of them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass
class Person:
    """Somebody with what they may do by role; `specialty` is set for who may sign."""

    name: str
    is_author: bool = False
    is_editor: bool = False
    specialty: str = ""
    is_guest: bool = False
    licensed_until: date = date.max
    is_active: bool = True
    stood_by: datetime | None = None  # when they last declared to have no interests
    has_interest: bool = False

    @property
    def is_on_board(self) -> bool:
        return bool(self.specialty)

    @property
    def speaks_for_board(self) -> bool:
        """A guest reviewer is asked for single texts and speaks for nobody else."""
        return self.is_on_board and self.is_active and not self.is_guest

    @property
    def may_hide(self) -> bool:
        return self.is_editor or self.speaks_for_board

    def is_licensed(self, today: date) -> bool:
        return today <= self.licensed_until

    def may_sign_on(self, today: date) -> bool:
        return self.is_on_board and self.is_active and self.is_licensed(today)


@dataclass(frozen=True)
class Rules:
    """What a version of the editorial policy says."""

    version: int = 0
    quorum: int = 2
    for_corrections: int = 0  # 0: as for any text
    shows_pending: bool = False
    needs_specialty: bool = True
    admits_missing: bool = False
    waits_for_all: bool = False
    second_review_hours: int = 72
    months: int = 24
    noindex_after: int | None = None
    hide_after: int | None = None
    binds_open: bool = False
    binds_published: bool = False

    def signers(self, reason: str) -> int:
        return self.for_corrections or self.quorum if reason == "correction" else self.quorum
