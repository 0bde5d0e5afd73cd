"""The editor's steps on a review, the clock's and an alert's, and what reaches a text from outside of it."""

from datetime import date, datetime, timedelta

from tests.reviews.workflow.model.desk import Table
from tests.reviews.workflow.model.drafts import UNRESOLVED
from tests.reviews.workflow.model.people import Rules
from tests.reviews.workflow.model.readers import later
from tests.reviews.workflow.model.reviews import UNANSWERED, Review


class Editing(Table):
    def may_assign(self, by: str, name: str, today: date) -> bool:
        review = self.open_review
        if review is None or not self.people[by].is_editor or not self.can_review(name, review, today):
            return False
        if self.has_signed(by):
            return False
        return review.assigned.get(name, "declined") in ("declined", "released")

    def may_release(self, by: str, name: str) -> bool:
        return self.people[by].is_editor and self._is(*UNANSWERED, name=name) and not self.has_signed(by)

    def may_extend(self, by: str, name: str, until: date, today: date) -> bool:
        return self.may_release(by, name) and until > self.present.due[name] and until >= today

    def may_rule(self, by: str, name: str) -> bool:
        is_others = by != name and not self.has_signed(by)
        return self._is("waiting", name=name) and self.people[by].is_editor and is_others

    def _is(self, *states: str, name: str) -> bool:
        return self.open_review is not None and self.present.assigned.get(name) in states

    def may_end(self, by: str, verb: str) -> bool:
        person = self.people[by]
        if self.open_review is None:
            return False
        is_of_draft = self.open_review.reason in ("new", "update")
        return person.is_editor or (verb == "recall" and person.is_author and is_of_draft)

    def may_rereview(self, by: str | None) -> bool:
        is_there = self.page is not None and self.page.gone != "retired"
        return (by is None or self.people[by].is_editor) and is_there and self.open_review is None

    def may_alert(self, by: str | None) -> bool:
        return (by is None or self.people[by].is_editor) and self.is_live

    def may_warn(self, by: str | None) -> bool:
        is_there = self.page is None or self.page.is_live
        return (by is None or self.people[by].is_editor) and bool(self.reviews) and is_there

    def review_again(self, reason: str, follows: Review | None = None) -> None:
        assert self.page is not None
        self.begin(Review(self.page.revision, self.rules, reason, follows=follows))

    def alert(self, by: str | None) -> None:
        if self.open_review is None:
            self.review_again("source_alert")
        else:
            self.remark(by, self.open_review)

    def may_waive(self, by: str, section: int) -> bool:
        revision = self.open_review.revision if self.open_review else None
        words = revision.text if revision else self.draft.text
        writers = revision.writers if revision else self.draft.writers
        is_free = by not in writers and not self.has_signed(by)
        return words[section] == UNRESOLVED and self.people[by].is_editor and is_free

    def may_catalogue(self, by: str, specialty: str) -> bool:
        """Who signed an open review raises nothing of what it asks for; asking for less changes nothing of it."""
        is_raising = bool(specialty) and specialty != self.specialty
        return self.people[by].is_editor and not (is_raising and self.has_signed(by))

    def catalogue(self, by: str, specialty: str) -> None:
        """File the text elsewhere; a second person agreed where that asks for less."""
        if specialty == self.specialty:
            return
        self.change_terms(by)
        review = self.open_review
        if specialty and review is not None:
            for rules in (review.under, review.rules):
                review.raise_to(rules, [one for one in (self.specialty, specialty) if one])
        self.specialty = specialty

    # The board as an office

    def may_deactivate(self, by: str, name: str, *, is_active: bool) -> bool:
        return self.people[by].is_editor and by != name and self.people[name].is_active == is_active

    def hand_over(self, by: str, name: str, to: str | None, today: date) -> None:
        """Release who left the board from the open review, and ask somebody else with the same date."""
        if not self._is(*UNANSWERED, name=name) or self.has_signed(by):
            return
        due = self.present.due[name]
        self.triage(by, name)
        self.leave(name, "released")
        is_free = to is not None and self.present.assigned.get(to, "declined") in ("declined", "released")
        if to is not None and is_free and self.open_review is not None and self.can_review(to, self.present, today):
            self.invite(to, today, due if due >= today else None)

    def void(self, name: str, since: date) -> bool:
        """Take every signature of a member since a day from what it carried; say whether there was one."""
        found = [review for review in self.reviews if name in review.signed and review.signed_at[name].date() >= since]
        for review in found:
            del review.signed[name]
        if self.open_review in found:
            self.leave(name, "released")
        page = self.page
        if page is not None and page.signers.get(name) in found:
            del page.signers[name]
            if self.lacks(page.approved_by):
                page.is_withdrawn = True
                if self.open_review is None and page.is_live:
                    self.review_again("withdrawn", follows=page.approved_by)
        return bool(found)

    # The policy

    def adopt(self, rules: Rules) -> None:
        self.rules = rules
        self.adopted.append(rules)

    def carry_out(self, adopted_at: dict[int, datetime]) -> None:
        """Bind the open review and the published dates to the newest version that says it binds them."""
        newest = [
            next((rules for rules in reversed(self.adopted) if rules.binds_open), None),
            next((rules for rules in reversed(self.adopted) if rules.binds_published), None),
        ]
        for rules in dict.fromkeys(newest):
            if rules is not None:
                self._bind(rules, adopted_at[rules.version])

    def _bind(self, rules: Rules, adopted_at: datetime) -> None:
        review, page = self.open_review, self.page
        if rules.binds_open and review is not None and review.rules.version < rules.version:
            review.rules = rules
            if review.raise_to(rules, [self.specialty] if self.specialty else []):
                review.under = rules
        is_older = page is not None and page.is_live and page.reviewed_at <= adopted_at
        if rules.binds_published and page is not None and is_older and page.dated_by < rules.version:
            page.next_due = later(page.whole_on, rules.months)
            page.stage(rules)

    @staticmethod
    def days_on(day: date, days: int) -> date:
        return day + timedelta(days)
