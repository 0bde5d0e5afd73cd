"""`manage.py load_glossary --by EMAIL`: the glossary that ships with the project, as terms that wait for approval."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.writing import terms


class Command(BaseCommand):
    help = (
        "Import the shipped glossary as terms that await a board member's approval. A term that somebody edited or "
        "approved keeps its wording; a second run changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the editor who imports them")

    def handle(self, *args, by: str, **options):
        loaded = terms.load(by=_person(by))
        terms.count_uses(at=timezone.now())
        self.stdout.write(f"{loaded.added} added, {loaded.updated} updated, {loaded.kept} kept as edited.")


def _person(email):
    person = get_user_model().objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody with the address {email} can sign in here.")
    if not person.has_perm("articles.add_glossaryterm"):
        raise CommandError(f"{email} may not add terms to the glossary.")
    return person
