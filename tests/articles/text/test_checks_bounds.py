"""The checks end, in time that grows with the text and no faster, whatever a text repeats."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from articles.text import checks
from articles.text.parsing import limits, long_sentences
from tests.articles.text.checks.contents import content, section
from tests.articles.text.hostile_texts import UNITS


def test_repeated_tokens_are_read_within_a_limit_of_processor_time():
    command = [sys.executable, "-m", "tests.articles.text.hostile_texts"]
    environment = {**os.environ, "DJANGO_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "cms.settings"}

    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, str(len(UNITS))), done.stderr[-500:]


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_text_over_the_limits_is_told_so_and_not_read(audience):
    claim = "Apixaban 5 mg twice daily reduces the risk of stroke. "
    written = content(section(claim, claim), section(claim, claim))
    written["sections"][0][audience] = claim * (limits.MAX_CHARACTERS // len(claim) + 1)

    found = [(one.rule, one.section_key) for one in checks.run(written) if one.section_key == "k0"]

    assert found == [("text-too-complex", "k0")]
    assert ("claim-uncited", "k1") in [(one.rule, one.section_key) for one in checks.run(written)]


@pytest.mark.parametrize("text", ["", "Short. ", "word " * 1_000, "x" * 5_000, "1,000," * 900])
def test_long_sentence_is_cut_into_pieces_that_are_all_of_it(text):
    pieces = list(long_sentences.cut(text, 0, len(text)))

    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(end - start <= long_sentences.LONGEST_SENTENCE for start, end in pieces)
