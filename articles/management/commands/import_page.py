"""`manage.py import_page FILE --author EMAIL`: a plain-text page into a draft."""

import json
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from articles import importing, page_text
from articles.models import Topic


class Command(BaseCommand):
    help = "Read a plain-text page into a draft. A file that cannot be read changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--author", required=True, metavar="EMAIL", help="who will own the draft")
        parser.add_argument("--topic", metavar="SLUG", help="a topic to put it under")
        parser.add_argument("--json", action="store_true", help="print what became of each line as JSON")

    def handle(self, *args, file, author, topic, **options):
        by, about = _author(author), _topic(topic)
        try:
            page = page_text.parse_page(page_text.decode_page(file.read_bytes()))
            article = importing.import_page(page, by=by, topic=about, origin=file.name)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except page_text.UnreadablePage as error:
            raise CommandError(f"{file} was not imported. {error}") from error
        except ValidationError as error:
            raise CommandError(f"{file} was not imported. {' '.join(error.messages)}") from error
        report = importing.report(page, slug=article.slug)
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) if options["json"] else _in_words(report))


def _author(email):
    person = get_user_model().objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody with the address {email} can sign in here.")
    if not person.has_perm("articles.add_article"):
        raise CommandError(f"{person} may not write articles: give them the role Author first.")
    return person


def _topic(slug):
    if slug is None:
        return None
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        known = ", ".join(Topic.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no topic {slug}. Known: {known}.")
    return topic


def _in_words(report):
    lines = [f"Draft “{report['title']}” ({report['slug']})"]
    for section in report["sections"]:
        cited = ", ".join(map(str, section["citations"])) or "none"
        lines.append(f"  {section['heading']}: {len(section['list_items'])} list items; citation numbers: {cited}")
    lines += [f"  left out, line {one['line']} ({one['what']}): {one['text']}" for one in report["left_out"]]
    lines += [f"  to look at, line {one['line']} ({one['why']}): {one['text']}" for one in report["unplaced"]]
    lines.append("Citations have no source yet: name one for each before the text can be approved.")
    return "\n".join(lines)
