"""The board member's steps, and the remarks that hold approval."""

from datetime import date, datetime, timedelta

from tests.reviews.workflow.model.desk import Table
from tests.reviews.workflow.model.drafts import SECTIONS, UNRESOLVED
from tests.reviews.workflow.model.readers import WHOLE, Page
from tests.reviews.workflow.model.reviews import ASKED, AT_WORK, Review


class Boarding(Table):
    def may_accept(self, name: str, interests: str, now: datetime) -> bool:
        person, review = self.people[name], self.open_review
        unasked = "" if person.is_guest else "invited"
        if review is None or review.assigned.get(name, unasked) != "invited":
            return False
        stands = person.stood_by is not None and not person.has_interest and now < person.stood_by + timedelta(365)
        return self.can_review(name, review, now.date()) and (interests != "as before" or stands)

    def accept(self, name: str, interests: str, now: datetime) -> None:
        person = self.people[name]
        if name not in self.present.assigned:
            self.invite(name, now.date())
        if interests != "as before":
            person.stood_by, person.has_interest = now, interests == "some"
        if interests == "some":
            self.present.assigned[name] = "waiting"
        else:
            self.join(name)

    def join(self, name: str) -> None:
        review = self.present
        review.assigned[name], review.state = "accepted", "under_review"
        if review.reason == "correction":
            # Who signed the text that is corrected holds its untouched sections accurate still.
            for earlier in self.reviews:
                if earlier.revision is review.revision.parent and name in earlier.signed:
                    earlier.copy_marks(name, review)

    def rule(self, name: str, outcome: str) -> None:
        if outcome == "excluded":
            self.excluded.add(name)
            self.present.assigned[name] = "declined"
        else:
            self.join(name)

    def may_decline(self, name: str) -> bool:
        return self._is_mine("invited", "waiting", "accepted", name=name)

    def may_mark(self, name: str) -> bool:
        return self._is_mine("accepted", name=name)

    def may_sign(self, name: str, today: date, *, has_evidence: bool = True) -> bool:
        review = self.open_review
        if review is None or not self.may_mark(name) or not self.can_review(name, review, today):
            return False
        words = review.revision.text[:2]
        is_settled = not any(words[section] == UNRESOLVED and section not in self.waived for section in SECTIONS)
        is_looked_up = has_evidence or not review.asks_for_evidence
        is_free = not any(self._holds(review, *remark) for remark in self.remarks.values())
        return is_settled and is_looked_up and is_free and bool(review.marks.get(name))

    @staticmethod
    def _holds(review: Review, opener: str | None, about: Review) -> bool:
        """Where all answer, one member's request for changes keeps nobody from theirs."""
        is_answer = review.rules.waits_for_all and about is review and opener in review.asked_changes
        return not is_answer

    def sign(self, name: str, now: datetime) -> bool:
        """Sign for the marked sections; say whether that made the text approved."""
        review = self.present
        review.assigned[name], review.signed[name], review.signed_at[name] = "signed", set(review.marks[name]), now
        review.signed_under[name] = review.under.version
        is_complete = not review.asked_changes and not self.lacks(review)
        if is_complete:
            self._approve(review, now)
        elif review.is_answered:
            self.end("changes_requested")
        return is_complete

    def _approve(self, review: Review, now: datetime) -> None:
        review.state = "approved"
        self.triagers = set()
        self.page = self.page or Page(review.revision, review)
        self.page.approve(review, now, self.unreviewed(review))
        if self.page.second_due is not None:
            self.begin(Review(review.revision, review.rules, "second_review", follows=review))

    def may_rescind(self, name: str) -> bool:
        return self._is_mine("signed", "asked_changes", name=name)

    def rescind(self, name: str) -> None:
        self.present.assigned[name] = "accepted"
        self.present.signed.pop(name, None)

    def may_request_changes(self, name: str, *, is_unsafe: bool) -> bool:
        is_suspending = not is_unsafe or (self.is_live and self.people[name].may_hide)
        return self._is_mine("accepted", "signed", name=name) and is_suspending

    def request_changes(self, name: str, *, is_unsafe: bool) -> None:
        review = self.present
        self.remark(name, review)
        review.signed.pop(name, None)
        review.assigned[name] = "asked_changes"
        if review.is_answered:
            self.end("changes_requested")
        if is_unsafe and self.page is not None:
            self.page.suspended.setdefault(WHOLE, "")

    def may_remark(self, name: str) -> bool:
        is_editing_board = self.people[name].is_on_board and self.people[name].is_editor
        return self.open_review is not None and (is_editing_board or self._is_mine(*AT_WORK, name=name))

    def may_resolve(self, remark: int, by: str) -> bool:
        if remark not in self.remarks:
            return False
        opener, _review = self.remarks[remark]
        state = self.review.assigned.get(opener) if self.review is not None and opener is not None else None
        is_at_work = state in ASKED and opener is not None and self.people[opener].is_active
        return by == opener or (self.people[by].is_editor and not is_at_work)

    def _is_mine(self, *states: str, name: str) -> bool:
        is_open = self.open_review is not None and self.people[name].is_on_board
        return is_open and self.present.assigned.get(name) in states
