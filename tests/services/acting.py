"""Acts in a process of its own, as a web server's does: `python -m tests.services.acting VERB ...` prints JSON."""

import json
import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
django.setup()

from django.conf import settings  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, close_old_connections  # noqa: E402

from reviews import workflow  # noqa: E402
from reviews.models import Assignment, Delivery, Event, Review  # noqa: E402
from reviews.notifications import outbox  # noqa: E402
from reviews.record import publishing, verification  # noqa: E402
from tests import factories  # noqa: E402


def sign_through_restarts(folder: str) -> dict:
    """Sign twice in a new database, each time with a pause for somebody to restart it: before the commit, and after."""
    call_command("migrate", verbosity=0)
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)
    factories.mark_all(review, ben)
    assignment = str(Assignment.objects.get(review=review, member=ben).pk)
    told = {"before": look()}
    publish, publishing.publish = publishing.publish, pausing(publishing.publish, Path(folder), "inside")
    try:
        sign(assignment)
    except OperationalError as error:
        told["error"] = str(error)
    publishing.publish = publish
    close_old_connections()  # as every request does when it ends
    told["whole_or_nothing"] = look()
    outbox.hint = pausing(outbox.hint, Path(folder), "after")
    sign(assignment)
    close_old_connections()
    return {**told, "again": look()}


def pausing(function, folder: Path, name: str):
    """Return a function that says `name.here` and waits for `name.go` before it goes on."""

    def paused(*args, **options):
        (folder / f"{name}.here").touch()
        while not (folder / f"{name}.go").exists():
            time.sleep(0.05)
        return function(*args, **options)

    return paused


def sign(*assignments: str) -> dict:
    """Sign as the member of each assignment; say how long each took, in milliseconds."""
    took = []
    for pk in assignments:
        assignment = Assignment.objects.select_related("review__revision", "member__user").get(pk=pk)
        review, seen = assignment.review, factories.seen(assignment.review)
        begun = time.perf_counter()
        workflow.approve(
            review, by=assignment.member.user, digest=review.revision.digest, password=factories.PASSWORD, seen=seen
        )
        took.append((time.perf_counter() - begun) * 1000)
    return {"took": took}


def look() -> dict:
    """Say what is there."""
    review = Review.objects.get()
    return {
        "state": review.state,
        "page": review.article.publication.status,
        "events": Event.objects.count(),
        "deliveries": Delivery.objects.count(),
        "decisions": review.assignments.filter(decisions__verdict="approved").count(),
        "faults": [str(fault) for fault in verification.faults()],
    }


if __name__ == "__main__":
    verb = {"sign": sign, "sign_through_restarts": sign_through_restarts}[sys.argv[1]]
    sys.stdout.write(json.dumps(verb(*sys.argv[2:])))
