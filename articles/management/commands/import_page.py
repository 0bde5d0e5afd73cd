"""`manage.py import_page PATH... --author EMAIL`: plain-text pages into drafts, one file or folders of thousands."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, reset_queries

from articles.management.import_report import Lines, Progress, open_table
from articles.models import Article, Topic
from articles.writing import page_import, readership
from articles.writing.page_import import FAILED, IMPORTED, Assistance, Import, Outcome, shown

_STOPPED = 130


class Command(BaseCommand):
    help = (
        "Read plain-text pages into drafts: a file, or every .txt file of a folder and all below it. A file that "
        "cannot be read changes nothing. Each page is imported once: an import that was stopped, even by force, "
        "continues when the same command is run again."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
        parser.add_argument("--author", required=True, metavar="EMAIL", help="who will own the drafts")
        parser.add_argument("--topic", metavar="SLUG", help="a topic to put them under")
        parser.add_argument(
            "--ai",
            choices=["assisted", "none"],
            default="assisted",
            help="what to declare about AI: help by a tool (the default, with --ai-tool or as not known), or none, if "
            "you know that no tool wrote or rewrote any of it",
        )
        parser.add_argument("--ai-tool", metavar="NAME", default="", help="the tool that helped, with its version")
        parser.add_argument(
            "--readers", type=Path, metavar="FILE.csv", help="two columns: path or address, readers per month"
        )
        parser.add_argument(
            "--suffix",
            action="append",
            metavar=".TXT",
            help=f"which files of a folder (default: {' and '.join(page_import.SUFFIXES)}); may be given several times",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and check everything, write nothing")
        parser.add_argument("--json", action="store_true", help="print the result for each file, one line of JSON each")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write a table of all files as CSV")
        parser.add_argument(
            "--progress", type=int, default=100, metavar="N", help="report progress every N files; 0: never"
        )

    def handle(self, *args, paths, author, topic, **options):
        by, readers = _author(author), _readers(options["readers"])
        tried: dict[str, str] | None = {} if options["dry_run"] else None
        job = Import(by, _topic(topic), _assistance(options["ai"], options["ai_tool"]), tried)
        if len(paths) == 1 and not paths[0].is_dir() and readers is None and not options["report"]:
            self._bring_in_one(job, paths[0], as_json=options["json"])
        else:
            self._bring_in_all(job, paths, readers, options)

    # -- One file

    def _bring_in_one(self, job, file, *, as_json):
        try:
            outcome = job.bring_in(file)
        except DatabaseError as error:
            raise CommandError(f"{file} was not imported. The database says: {error}") from error
        if outcome.kind == FAILED:
            raise CommandError(f"{shown(file)} was not imported. {outcome.reason}")
        if outcome.kind != IMPORTED:
            said = {"slug": outcome.article.slug, "title": outcome.article.title, "outcome": outcome.kind}
            words = (
                f"This page has already been imported, as “{outcome.article.title}” ({outcome.article.slug}). "
                "Nothing was done."
            )
        else:
            said = page_import.report(outcome.page, slug=outcome.article.slug)
            words = _in_words(said, outcome.article, is_trial=job.tried is not None)
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2) if as_json else words)

    # -- Folders

    def _bring_in_all(self, job, paths, readers, options):
        with ExitStack() as stack:
            try:
                table = open_table(options["report"])
            except OSError as error:
                raise CommandError(f"{options['report']} cannot be written: {error.strerror}.") from error
            if table is not None:
                stack.enter_context(table)
            lines = Lines(json_lines=self.stdout if options["json"] else None, table=table)
            suffixes = _suffixes(options["suffix"])
            total = sum(1 for _file in _files(paths, suffixes, Lines()))
            every = options["progress"] if options["verbosity"] else 0
            progress = Progress(self.stderr, total, every=every)
            try:
                self._each(job, _files(paths, suffixes, lines), readers, lines, progress)
            except KeyboardInterrupt:
                self._stop(lines, progress, job, options, "Stopped.", _STOPPED)
            except DatabaseError as error:
                self._stop(lines, progress, job, options, f"Stopped: the database says “{error}”.", 1)
        self._sum_up(lines, progress, job, options)
        if lines.failed:
            raise CommandError(f"{len(lines.failed):,} of {lines.counts.total():,} failed; the others are done.")

    def _each(self, job, files, readers, lines, progress):
        for number, (file, folder) in enumerate(files):
            count = readers.of(file, folder) if readers else None
            outcome = job.bring_in(file, readers=count or 0)
            lines.add(outcome)
            if count is not None and outcome.article is not None and outcome.kind != IMPORTED:
                _tell_readers(job, readers, outcome.article, count, outcome.file, lines)
            progress.step(len(lines.failed))
            # Django keeps every query it sent while DEBUG is on.
            reset_queries()
            if number % 500 == 0 and not connection.in_atomic_block:
                close_old_connections()
        for slug, count in readers.rest() if readers else ():
            article = Article.objects.filter(slug=slug).first()
            if article is None:
                reason = "No file and no article has this path or address."
                lines.add(Outcome(f"{readers.name}: {slug}", FAILED, reason=reason))
            else:
                _tell_readers(job, readers, article, count, slug, lines)

    def _stop(self, lines, progress, job, options, why, code):
        self._sum_up(lines, progress, job, options)
        raise CommandError(f"{why} Run the same command again: it continues where it stopped.", returncode=code)

    def _sum_up(self, lines, progress, job, options):
        progress.end()
        words = lines.in_words(seconds=progress.seconds(), is_trial=job.tried is not None)
        if lines.counts[IMPORTED] and job.tried is None:
            words += f"\n{_afterwards(job.ai)}"
        (self.stderr if options["json"] else self.stdout).write(words)


def _files(paths: list[Path], suffixes: tuple[str, ...], lines: Lines) -> Iterator[tuple[Path, Path | None]]:
    """Yield each file with the folder it was found in; what cannot be opened is a failure among the others."""

    def tell(error: OSError) -> None:
        lines.add(Outcome(shown(Path(error.filename)), FAILED, reason=f"It cannot be opened: {error.strerror}."))

    for path in paths:
        if path.is_dir():
            yield from ((file, path) for file in page_import.files_in(path, suffixes=suffixes, tell=tell))
        else:
            yield path, None


def _tell_readers(job, readers, article: Article, count, name, lines):
    reason = "" if job.tried is not None else readership.set_readers(article, count, by=job.by, origin=readers.name)
    if reason:
        lines.add(Outcome(f"{readers.name}: {name}", FAILED, reason=reason))


def _suffixes(asked):
    return tuple(f".{one.lower().lstrip('.')}" for one in asked) if asked else page_import.SUFFIXES


def _assistance(ai, tool):
    if ai == "none":
        if tool:
            raise CommandError("Either no AI tool wrote any of it (--ai none), or this one did (--ai-tool).")
        return Assistance(tool="")
    return Assistance(tool=tool.strip() or page_import.UNKNOWN_TOOL)


def _readers(path):
    if path is None:
        return None
    try:
        return readership.Readers.of_file(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except readership.UnreadableReaders as error:
        raise CommandError(f"{path} cannot be used. {error}") from error


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


def _in_words(report, article: Article, *, is_trial):
    lines = [f"{'Would become a draft' if is_trial else 'Draft'} “{report['title']}” ({report['slug']})"]
    for section in report["sections"]:
        cited = ", ".join(map(str, section["citations"])) or "none"
        lines.append(f"  {section['heading']}: {len(section['list_items'])} list items; citation numbers: {cited}")
    lines += [f"  left out, line {one['line']} ({one['what']}): {one['text']}" for one in report["left_out"]]
    lines += [f"  to look at, line {one['line']} ({one['why']}): {one['text']}" for one in report["unplaced"]]
    lines.append(_afterwards(Assistance(tool=article.ai_tool)))
    return "\n".join(lines)


def _afterwards(ai):
    declared = f"help by {ai.tool}" if ai.tool else "none"
    return (
        "Citations have no source yet: name one for each before the text can be approved.\n"
        f"AI assistance is declared: {declared}. Change that in the draft if it is not true."
    )
