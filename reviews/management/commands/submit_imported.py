"""`manage.py submit_imported --by EMAIL`: imported drafts into review, high risk and many readers first."""

import json

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import reset_queries

from articles.models import Topic
from reviews.alerts import backlog


class Command(BaseCommand):
    help = (
        "Submit imported drafts that were never submitted: high risk first, then many readers, then the oldest. Each "
        "is submitted separately; refusals are listed with the reason. If it was stopped, run it again to continue."
    )

    def add_arguments(self, parser):
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the editor or author who submits")
        parser.add_argument("--limit", type=int, metavar="N", help="how many: as many as the board can handle")
        parser.add_argument("--topic", metavar="SLUG", help="only those under this topic")
        parser.add_argument("--dry-run", action="store_true", help="list them, submit nothing")
        parser.add_argument("--json", action="store_true", help="print the result for each, one line of JSON each")

    def handle(self, *args, by: str, limit, topic, dry_run, **options):
        drafts = backlog.waiting(_topic(topic))
        if dry_run:
            for article in drafts[:limit]:
                self.stdout.write(f"{article.slug} ({article.get_risk_display()} risk, {article.readers:,} readers)")
            return
        submitted = refused = 0
        for outcome in backlog.submit(drafts, by=_person(by), limit=limit):
            submitted += outcome.review is not None
            refused += outcome.review is None
            if options["json"]:
                self.stdout.write(json.dumps(_as_json(outcome), ensure_ascii=False))
            elif outcome.review is None or options["verbosity"] > 1:
                self.stdout.write(f"{outcome.article.slug}: {outcome.reason or 'submitted'}")
            reset_queries()
        (self.stderr if options["json"] else self.stdout).write(
            f"{submitted:,} submitted, {refused:,} refused; {backlog.waiting().count():,} imported drafts are left."
        )
        if refused:
            raise CommandError(f"{refused:,} drafts were not submitted.")


def _as_json(outcome):
    said = {"slug": outcome.article.slug, "outcome": "submitted" if outcome.review else "refused"}
    return said | ({"review": outcome.review.pk} if outcome.review else {"reason": outcome.reason})


def _person(email):
    person = get_user_model().objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody with the address {email} can sign in here.")
    return person


def _topic(slug):
    if slug is None:
        return None
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise CommandError(f"There is no topic {slug}.")
    return topic
