"""The first version of the editorial policy, so that a new site has rules before it has texts."""

from django.db import transaction
from django.utils import timezone

from reviews.models import EditorialPolicy
from reviews.record import event_chain
from reviews.record.row_states import STATES

# A new site has no names yet. `check --deploy` and the first steps ask for one as long as this stands.
RESPONSIBLE_PERSON = "The editor in chief"
BLOCKS_SUBMIT = [
    "no-section",
    "section-empty",
    "ai-undeclared",
    "citation-unknown",
    "text-too-complex",
    "quote-not-found",
]
# A backlog comes in as it is and its editors work on it in review; only what cannot be shown at all stays out.
BLOCKS_SUBMIT_BY_REASON = {"import": ["no-section", "text-too-complex"]}
# What would make a page untrue or unsafe. The rest warns: authors and reviewers read it and decide.
BLOCKS_APPROVE = [
    *BLOCKS_SUBMIT,
    *("plain-missing", "block-missing", "label-heading", "ai-unattested"),
    *("claim-uncited", "citation-unresolved", "citation-ambiguous"),
    *("dose-without-label", "dose-above-label", "off-label-unmarked", "error-prone-dose"),
    *("numbers-disagree", "label-numbers-disagree", "contradiction"),
    *("source-retracted", "source-concern", "source-tertiary"),
    "reading-grade",
]

TEXT = """\
## What we publish

Articles that answer a clinical question, each in two wordings: one for health professionals, one in plain
language.

## Who is responsible

Authors write. Editors see that the rules are kept. Members of the Medical Advisory Board read the exact text
that is to be published, section by section, and sign for the sections they hold accurate. Nobody signs a text
they helped to write.

## What "approved" means

Every section of the text has been signed for by the number of members that this policy asks for, at least one
of them in a specialty that the topic needs. The signature names the text by its digest. If a single letter
changes, it is another text and has to be signed for again.

## Interests

Members declare their interests before they see a text for review. An editor rules on each interest. One that
can be managed is printed on the page; one that cannot keeps the member from that review.

## AI assistance

Authors declare whether an AI tool helped. We say so on the page, for as long as the text stands. Such a text
is marked as not reviewed until members of the board have signed for it.

## Corrections, re-reviews and retractions

Every text carries the date by which it is reviewed again. When that date has passed, the page says so. A text
that should not have been published is retracted: its address then shows a notice that says why.
"""


def adopt(*, using: str = "default") -> None:
    """Adopt version 1 when there is none, on the site's record."""
    if EditorialPolicy.objects.using(using).exists():
        return
    with transaction.atomic(using=using):
        now = timezone.now()
        policy = EditorialPolicy.objects.using(using).create(
            version=1,
            text=TEXT,
            responsible_person=RESPONSIBLE_PERSON,
            professional_disclaimer=(
                "Written for health professionals. It supports your judgement and does not replace it: check doses and "
                "contraindications against the current label before you prescribe."
            ),
            plain_disclaimer=(
                "This page explains in general terms. It does not know you, and it is no substitute for a doctor, "
                "nurse or pharmacist who does."
            ),
            plain_safety=(
                "If you think it is an emergency, call your local emergency number now. "
                "Do not start, stop or change a medicine because of this page: talk to your doctor or pharmacist first."
            ),
            caution="This text has not been reviewed yet. Do not rely on it for a decision about care.",
            blocks_submit=BLOCKS_SUBMIT,
            blocks_submit_by_reason=BLOCKS_SUBMIT_BY_REASON,
            blocks_approve=BLOCKS_APPROVE,
            adopted_by=None,
            adopted_at=now,
        )
        chain = event_chain.site_chain(using=using)
        # So the record says of itself that it begins in the form in which events record how rows stand.
        data = {"policy": 1, STATES: []}
        event_chain.append(chain, "adopt_policy", actor=None, data=data, rows=[policy], at=now)
