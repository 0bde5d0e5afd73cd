"""An independent telling of DESIGN §4 in plain Python: what may happen to one article, and what readers then see.

It shares no code with the workflow, so that a mistake has to be made twice to pass unseen. Its parts, by noun, are in
`model/`: people, drafts, reviews, readers; and the steps that each kind of person takes.
"""

from datetime import date

from tests.reviews.workflow.model.boarding import Boarding
from tests.reviews.workflow.model.drafts import MEANINGS, SECTIONS, TEXTS, UNKNOWN, UNRESOLVED
from tests.reviews.workflow.model.editing import Editing
from tests.reviews.workflow.model.people import Person, Rules
from tests.reviews.workflow.model.readers import WHOLE, Seen, seen
from tests.reviews.workflow.model.texts import Texts
from tests.reviews.workflow.model.withholding import Withholding

__all__ = ["MEANINGS", "SECTIONS", "TEXTS", "UNKNOWN", "UNRESOLVED", "WHOLE", "Desk", "Person", "Rules", "Seen"]


class Desk(Texts, Editing, Boarding, Withholding):
    """One article: its draft, revisions, reviews and public page."""

    def readers_see(self, today: date) -> Seen:
        return seen(self.page, self.review, today)
