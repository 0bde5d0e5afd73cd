"""`manage.py check_article SLUG [--json] [--published] [--strict]`: what the checks find in an article."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.models import Article, Publication
from articles.models.translation import translated
from articles.text.canonical import digest
from articles.text.checks import RULES, Finding
from articles.text.rendering import TextTooComplex
from articles.writing import findings, freezing
from articles.writing.editorial_policy import editorial_policy

_SHOWN = 100


class Command(BaseCommand):
    help = (
        "Print what the checks find in the draft of an article as it is saved. Exit status: 0 when the checks ran, "
        "whatever they found; with --strict 1 when a finding would keep the text from being approved; 1 also when "
        "there is no such article or text."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", metavar="SLUG", help="the address of the article")
        parser.add_argument("--published", action="store_true", help="the text that readers see, in place of the draft")
        parser.add_argument("--json", action="store_true", help="one JSON object: slug, digest, findings")
        parser.add_argument("--strict", action="store_true", help="fail when a finding blocks approval")

    def handle(self, *args, slug, **options):
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            raise CommandError(f"There is no article with the address {slug}.")
        content = _published(article) if options["published"] else _draft(article)
        found = findings.of_content(article, content)
        blocking = {finding.identity for finding in editorial_policy().findings_that_block(article, found)}
        if options["json"]:
            rows = [_row(finding, is_blocking=finding.identity in blocking) for finding in found]
            report = {"slug": article.slug, "digest": digest(content), "findings": rows}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self._write(found, content, blocking)
        if options["strict"] and blocking:
            raise CommandError(f"{len(blocking)} of {len(found)} findings would block approval.")

    def _write(self, found: list[Finding], content: dict[str, Any], blocking: set[tuple]) -> None:
        headings = {section["key"]: section["heading"] for section in content["sections"]}
        for finding in found:
            place = ", ".join(filter(None, (headings.get(finding.section_key, ""), finding.audience)))
            where = f" [{place} {finding.start}–{finding.end}]" if finding.section_key else ""
            mark = "blocks  " if finding.identity in blocking else "        "
            self.stdout.write(f"{mark}{finding.rule} v{finding.version}{where}: {translated(finding.message)}")
            words = " ".join(finding.words.split())
            if words:
                self.stdout.write(f"          {words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'}")
        self.stdout.write(f"{len(found)} findings, {len(blocking)} of them would block approval.")


def _draft(article: Article) -> dict[str, Any]:
    try:
        return freezing.draft_content(article)
    except TextTooComplex as refusal:
        raise CommandError(f"The draft of {article.slug} cannot be read. {translated(refusal.message)}") from refusal


def _published(article: Article) -> dict[str, Any]:
    publication = Publication.objects.filter(pk=article.pk).select_related("revision").first()
    if publication is None:
        raise CommandError(f"{article.slug} was never published.")
    return publication.revision.document


def _row(finding: Finding, *, is_blocking: bool) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "version": finding.version,
        "title": translated(RULES[finding.rule]),
        "section": finding.section_key,
        "audience": finding.audience,
        "start": finding.start,
        "end": finding.end,
        "words": finding.words,
        "message": translated(finding.message),
        "blocks_approval": is_blocking,
    }
