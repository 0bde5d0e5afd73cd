"""The author's and the corrector's steps: submit, correct, and merging a correction into the draft."""

from datetime import datetime

from tests.reviews.workflow.model.desk import Table
from tests.reviews.workflow.model.drafts import UNKNOWN
from tests.reviews.workflow.model.reviews import ALERTING, BESIDE, Review


class Texts(Table):
    def may_submit(self, name: str) -> bool:
        review, published = self.open_review, self.published
        if not self.is_editing(name) or UNKNOWN in self.draft.words:
            return False
        if published is not None and (published.text == self.draft.text or self.draft.has_diverged(published)):
            return False
        return review is None or (review.reason not in BESIDE and review.revision.text != self.draft.text)

    def submit(self, now: datetime) -> None:
        previous = self._predecessor()
        superseded = self._supersede()
        revision = self.draft.freeze()
        review = self.begin(Review(revision, self.rules, "update" if self.page else "new"), superseded)
        # Who changed words and changed them back wrote none of the frozen text, and does not sign it either.
        review.triaged |= set(self.draft.writers) - set(revision.writers)
        if previous is not None and previous.state == "superseded":
            self._hand_on(previous, review, now)
        elif previous is not None and previous.state in ("changes_requested", "recalled"):
            for name in previous.who_is("accepted", "signed", "asked_changes"):
                if self.can_review(name, review, now.date()):
                    self.invite(name, now.date())

    def _predecessor(self) -> Review | None:
        """Return the last review of the article's own text, unless another took over from it already."""
        own = [review for review in self.reviews if review.reason not in BESIDE]
        is_taken_over = bool(own) and any(review.follows is own[-1] for review in self.reviews)
        return None if not own or is_taken_over else own[-1]

    def _supersede(self) -> Review | None:
        review = self.open_review
        if review is not None:
            review.state = "superseded"
        return review

    def _hand_on(self, old: Review, new: Review, now: datetime) -> None:
        able = {name for name in old.assigned if self.can_review(name, new, now.date())}
        old.hand_on(new, able)
        if old.reason in ALERTING:
            self.remark(None, new)

    def may_correct(self, by: str, edits: dict[int, int]) -> bool:
        published = self.published
        if published is None or not self.people[by].is_editor or UNKNOWN in edits.values():
            return False
        return any(published.text[section] != text for section, text in edits.items())

    def correct(self, by: str, edits: dict[int, int], now: datetime) -> None:
        assert self.published is not None
        old = self._supersede()
        new = self.begin(Review(self.published.corrected(by, edits), self.rules, "correction"), old)
        if old is not None and old.reason == "correction":
            self._hand_on(old, new, now)

    def may_merge(self, by: str) -> bool:
        published = self.published
        return published is not None and self.people[by].is_editor and self.draft.has_diverged(published)

    def merge(self, by: str, confirmed: dict[int, int]) -> None:
        assert self.published is not None
        self.draft.merge(by, self.published, confirmed)
