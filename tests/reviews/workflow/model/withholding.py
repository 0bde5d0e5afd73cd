"""What takes an approved text from readers, or puts a line beside it: alone, or with a second person."""

from datetime import date

from tests.reviews.workflow.model.desk import Table
from tests.reviews.workflow.model.readers import WHOLE, Line


class Withholding(Table):
    def may_retract(self, by: str) -> bool:
        return self.people[by].is_editor and self.is_live

    def take_away(self, how: str, successor: str = "") -> None:
        assert self.page is not None
        if self.open_review is not None:
            self.open_review.state = "recalled"
        self.page.gone, self.page.successor, self.page.last_word = how, successor, ""
        self.page.retractions += how == "retracted"

    def may_suspend(self, by: str, what: int | None) -> bool:
        page = self.page
        return page is not None and page.is_live and self.people[by].may_hide and what not in page.suspended

    def suspend(self, what: int | None) -> None:
        assert self.page is not None
        self.page.suspended[what] = ""

    def may_lift(self, by: str, what: int | None, today: date) -> bool:
        page = self.page
        if page is None or not page.is_live or not self.people[by].may_hide or what not in page.suspended:
            return False
        first = page.suspended[what]
        return not first or (by != first and (self.vouches(first, today) or self.vouches(by, today)))

    def lift(self, by: str, what: int | None) -> None:
        assert self.page is not None
        if self.page.suspended[what]:
            del self.page.suspended[what]
        else:
            self.page.suspended[what] = by

    def may_withdraw_lift(self, by: str, what: int | None) -> bool:
        page = self.page
        is_first = page is not None and page.suspended.get(what) == by
        return is_first and self.is_live and self.people[by].may_hide

    def vouches(self, name: str, today: date) -> bool:
        """A member of the board, licensed, who wrote no words of what readers would see."""
        person = self.people[name]
        is_strange = self.page is not None and name not in self.page.revision.writers
        return person.speaks_for_board and person.is_licensed(today) and is_strange

    def may_notice(self, by: str) -> bool:
        is_shown = self.page is not None and self.page.is_live and WHOLE not in self.page.suspended
        return is_shown and self.people[by].may_hide

    def notice(self, by: str, key: int, section: int) -> None:
        assert self.page is not None
        self.page.lines[key] = Line(section, by)

    def may_sign_notice(self, by: str, key: int, today: date) -> bool:
        line = self.page.lines.get(key) if self.page is not None and self.page.is_live else None
        return line is not None and not line.signed_by and self.vouches(by, today)

    def may_withdraw_notice(self, by: str, key: int) -> bool:
        line = self.page.lines.get(key) if self.page is not None and self.page.is_live else None
        person = self.people[by]
        return line is not None and (person.is_editor or (person.may_hide and line.placed_by == by))
