"""What the checks say is marked for translation, and translated with its values where it is shown."""

import re
import struct
import subprocess
import sys
from dataclasses import replace

import pytest
from django.conf import settings
from django.template import Context as TemplateContext
from django.template import Template
from django.utils import translation

from articles.models.draft import validate_limits
from articles.models.translation import translated
from articles.text.checks import Context, plain_words
from articles.text.messages import Message, gettext_noop, ngettext_lazy
from tests.articles.text.checks.plain_content import content, section

_GERMAN = {
    "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
    "%(what)s reads at grade %(grade).1f.": "Lesestufe %(grade).1f: %(what)s.",
    "The plain text": "Der einfache Text",
    "“%(heading)s” has a sentence of %(words)d words; sentences of more than %(longest)d words are hard to follow.": (
        "Ein Satz mit %(words)d Wörtern steht in „%(heading)s“; mehr als %(longest)d sind schwer zu verstehen."
    ),
    "%(number)d source\0%(number)d sources": "%(number)d Quelle\0%(number)d Quellen",
    "This text has %(count)d characters; %(limit)d are allowed. Divide it into sections.": (
        "%(count)d Zeichen sind mehr als %(limit)d."
    ),
}


def _compiled(catalogue: dict[str, str]) -> bytes:
    """Return a catalogue in the form of GNU gettext's .mo files, so that no tool beside Python is needed."""
    entries = [(key.encode(), words.encode()) for key, words in sorted(catalogue.items())]
    originals, translations, words, place = [], [], b"", 28 + 16 * len(entries)
    for table, side in ((originals, 0), (translations, 1)):
        for entry in entries:
            table += [len(entry[side]), place + len(words)]
            words += entry[side] + b"\0"
    tables = struct.pack(f"<{4 * len(entries)}I", *originals, *translations)
    return struct.pack("<7I", 0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, 0) + tables + words


@pytest.fixture
def german(tmp_path, settings):
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(_compiled(_GERMAN))
    settings.LOCALE_PATHS = [str(tmp_path)]
    translation.trans_real._translations.pop("de", None)
    with translation.override("de"):
        yield
    translation.trans_real._translations.pop("de", None)


def _long_sentence():
    text = " ".join(["word"] * 30) + "."
    found = plain_words.check(content(section(text, heading="Dose")), Context())
    return next(one for one in found if one.rule == "sentence-long")


def test_finding_is_shown_in_the_reader_s_language_with_its_number(german):
    shown = Template("{% load article_tags %}{{ finding.message|translated }}").render(
        TemplateContext({"finding": _long_sentence()})
    )

    assert shown == "Ein Satz mit 30 Wörtern steht in „Dose“; mehr als 25 sind schwer zu verstehen."


def test_finding_made_under_one_language_is_the_same_under_another(german):
    made_in_german = _long_sentence()

    with translation.override("en"):
        assert _long_sentence() == made_in_german
        assert translated(made_in_german.message) == str(made_in_german.message)


def test_values_that_are_messages_are_translated_too(german):
    message = gettext_noop("%(what)s reads at grade %(grade).1f.") % {
        "what": gettext_noop("The plain text"),
        "grade": 9.25,
    }

    assert translated(message) == "Lesestufe 9.2: Der einfache Text."
    assert str(message) == "The plain text reads at grade 9.2."


@pytest.mark.parametrize(("number", "words"), [(1, "1 Quelle"), (3, "3 Quellen")])
def test_number_chooses_the_plural(german, number, words):
    message = ngettext_lazy("%(number)d source", "%(number)d sources", number) % {"number": number}

    assert translated(message) == words
    assert str(message) == ("1 source" if number == 1 else "3 sources")


def test_refusal_of_a_long_text_is_shown_in_the_reader_s_language(german):
    with pytest.raises(Exception, match=r"^\['60001 Zeichen sind mehr als 60000\.'\]$"):
        validate_limits("a" * 60_001)


def test_template_without_values_is_shown_as_it_is():
    assert str(Message("100 % of the dose")) == "100 % of the dose"


def test_values_of_a_finding_need_no_escape():
    message = gettext_noop("“%(heading)s”") % {"heading": "50 % off %(nothing)s"}

    assert str(message) == "“50 % off %(nothing)s”"


def test_messages_are_compared_by_template_and_values():
    one = gettext_noop("“%(heading)s”") % {"heading": "A"}

    assert {one, gettext_noop("“%(heading)s”") % {"heading": "A"}} == {one}
    assert one != replace(one, values=(("heading", "B"),))


# Imports what sanitising needs of Django, then refuses every other module of it.
_WITHOUT_DJANGO = """
import importlib, pkgutil, sys
from django.utils.safestring import SafeString, mark_safe

class Refusal:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "django":
            raise ImportError(f"{name} is not for articles.text")

sys.meta_path.insert(0, Refusal())
import articles.text
names = [one.name for one in pkgutil.walk_packages(articles.text.__path__, "articles.text.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def test_every_module_of_the_text_is_imported_without_django():
    run = subprocess.run(
        [sys.executable, "-c", _WITHOUT_DJANGO],
        cwd=settings.BASE_DIR, env={}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 80


def test_every_template_translates_the_message_of_a_finding():
    templates = {path: path.read_text(encoding="utf-8") for path in settings.BASE_DIR.glob("templates/**/*.html")}
    shown = [text for text in templates.values() if "finding.message" in text]

    assert len(shown) >= 4
    assert [text for text in shown if re.search(r"finding\.message(?!\|translated)", text)] == []
