"""Pages that were read become drafts: one file at a time, each once, however often an import is stopped and begun."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils import timezone

from articles.models import Article, ImportedPage, Topic
from articles.models.person import Person
from articles.models.translation import translated
from articles.text import page_text
from articles.text.checks.structure import holds_dose
from articles.text.messages import gettext_noop
from articles.text.page_text import Page
from articles.writing import drafting

SUFFIXES = (".txt", ".text")
IMPORTED, SKIPPED, DUPLICATE, FAILED = "imported", "skipped", "duplicate", "failed"
# Printed to readers as they stand, for as long as nobody says which tool it was.
UNKNOWN_TOOL = "an AI tool that is not known"

_LARGEST = 5_000_000
_ATTEMPTS = 3


@dataclass(frozen=True)
class Assistance:
    """What an import declares of AI: a page does not say how it was written, so help by a tool is assumed."""

    tool: str = UNKNOWN_TOOL

    def facts(self) -> dict[str, str]:
        if not self.tool:
            return {"ai_use": Article.AiUse.NONE}
        purpose = "declared when the page was imported"
        return {"ai_use": Article.AiUse.ASSISTED, "ai_tool": self.tool, "ai_purpose": purpose}

    def reason(self, by: Person) -> str:
        return "" if self.tool else f"; {by} says that no AI tool wrote any of it"


@dataclass(frozen=True)
class Outcome:
    """What became of one file. `same_as` is the file that had the same bytes before."""

    file: str
    kind: str
    article: Article | None = None
    page: Page | None = None
    same_as: str = ""
    reason: str = ""


@dataclass
class Import:
    """What all files of one import have in common. `tried` is set for a trial, which writes nothing."""

    by: Any
    topic: Topic | None = None
    ai: Assistance = field(default_factory=Assistance)
    tried: dict[str, str] | None = None

    def bring_in(self, file: Path, *, readers: int = 0) -> Outcome:
        """Make a draft of a file, unless one was made of the same bytes. A file that cannot be read changes nothing.

        Raises `OperationalError` when the database does not answer: whoever runs the import again goes on there.
        """
        try:
            content = _read(file)
            digest = hashlib.sha256(content).hexdigest()
            return self._met_before(file, digest) or self._make(file, content, digest, readers)
        except (OperationalError, InterfaceError):
            raise
        except OSError as error:
            return Outcome(shown(file), FAILED, reason=f"It cannot be read: {error.strerror or error}.")
        except page_text.UnreadablePage as error:
            return Outcome(shown(file), FAILED, reason=translated(error.message))
        except ValidationError as error:
            return Outcome(shown(file), FAILED, reason=" ".join(error.messages))
        except (DatabaseError, ValueError, ArithmeticError, LookupError, RecursionError, TypeError) as error:
            # The files are not ours: whatever one of them breaks, the others are brought in.
            return Outcome(shown(file), FAILED, reason=f"{type(error).__name__}: {error}")

    def _met_before(self, file: Path, digest: str) -> Outcome | None:
        known = ImportedPage.objects.select_related("article").filter(digest=digest).first()
        if known is not None:
            is_same_file = known.path == _kept(file) or not Path(known.path).exists()
            if is_same_file:
                return Outcome(shown(file), SKIPPED, known.article)
            return Outcome(shown(file), DUPLICATE, known.article, same_as=known.path)
        if self.tried is not None and digest in self.tried:
            return Outcome(shown(file), DUPLICATE, same_as=self.tried[digest])
        return None

    def _make(self, file: Path, content: bytes, digest: str, readers: int) -> Outcome:
        page = page_text.parse_page(page_text.decode_page(content))
        for attempt in range(_ATTEMPTS):
            try:
                article = self._write(page, file, digest, readers)
            except IntegrityError:
                # Another import is at work: it was faster with these bytes, or took the address of the same title.
                met = self._met_before(file, digest)
                if met is not None:
                    return met
                if attempt == _ATTEMPTS - 1:
                    raise
            else:
                return Outcome(shown(file), IMPORTED, article, page)
        raise AssertionError("unreachable")

    def _write(self, page: Page, file: Path, digest: str, readers: int) -> Article:
        with transaction.atomic():
            article = import_page(
                page, by=self.by, topic=self.topic, origin=shown(Path(file.name)), ai=self.ai, readers=readers
            )
            ImportedPage.objects.create(digest=digest, path=_kept(file), article=article, imported_at=timezone.now())
            if self.tried is not None:
                self.tried[digest] = shown(file)
                transaction.set_rollback(True)
        return article


def import_page(
    page: Page,
    *,
    by: Person,
    topic: Topic | None = None,
    origin: str = "a page",
    ai: Assistance | None = None,
    readers: int = 0,
) -> Article:
    """Write a draft of a page, owned by `by`. What the page claims of its own review is not taken over.

    Each source number becomes one unresolved citation `ref-N`, which blocks approval until it has a source or is
    waived. A page with doses is one about a medicine: its template asks for what such a page owes its readers.
    Raises `ValidationError` for a text over the limits; then nothing was written.
    """
    ai = ai or Assistance()
    numbers = sorted({number for section in page.sections for number in section.citations})
    return drafting.create(
        by=by,
        title=page.title,
        reason=f"imported from {origin}{ai.reason(by)}",
        sections=[
            {"kind": section.kind, "heading": section.heading, "professional": section.markdown}
            for section in page.sections
        ],
        citations=[{"key": f"ref-{number}"} for number in numbers],
        topics=[topic] if topic else [],
        readers=readers,
        template=_template(page),
        **ai.facts(),
    )


def _template(page: Page) -> str:
    has_dose = any(holds_dose(section.markdown) for section in page.sections)
    return Article.Template.MEDICINE if has_dose else Article.Template.GENERAL


def report(page: Page, *, slug: str) -> dict[str, Any]:
    """Return what became of each line, as `import_page --json` prints it."""
    return {
        "slug": slug,
        "title": page.title,
        "sections": [
            {
                "kind": section.kind,
                "heading": section.heading,
                "subheadings": list(section.subheadings),
                "list_items": list(section.list_items),
                "citations": list(section.citations),
            }
            for section in page.sections
        ],
        "left_out": [{"line": one.line, "text": one.text, "what": one.what} for one in page.left_out],
        "unplaced": [
            {"line": one.line, "text": one.text, "why": translated(one.why), "in_body": one.in_body}
            for one in page.unplaced
        ],
    }


def files_in(folder: Path, *, suffixes: tuple[str, ...], tell: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield the files of a folder and all below it, in order; `tell` hears of folders that cannot be read.

    Hidden files are left alone: they are what systems and editors keep for themselves.
    """
    for place, folders, names in os.walk(folder, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(suffixes) and not name.startswith("."):
                yield Path(place, name)


def shown(file: Path) -> str:
    """Return a file's name as text: a name may hold bytes that are none."""
    return os.fsencode(file).decode("utf-8", "replace")


def _kept(file: Path) -> str:
    """Return the name under which a file is remembered, from wherever the import was started."""
    return shown(Path(os.path.abspath(file)))[-500:]


def _read(file: Path) -> bytes:
    # Opened without waiting: a pipe in the folder would keep the import waiting for ever.
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as opened:
        facts = os.fstat(opened.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise page_text.UnreadablePage(gettext_noop("This is not a file."))
        if facts.st_size > _LARGEST:
            words = gettext_noop("It is larger than %(limit)d MB, which is too large for a page of text.")
            raise page_text.UnreadablePage(words % {"limit": _LARGEST // 1_000_000})
        return opened.read()
