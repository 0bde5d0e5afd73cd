import hashlib
import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.canonical import NotCanonical, canonical_text, digest, normalised, parse_time, text_digest, time_text

# RFC 8785 speaks of integers that a double can hold exactly.
integers = st.integers(-(2**53) + 1, 2**53 - 1)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | integers | words,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(words, parts, max_size=4),
    max_leaves=12,
)
times = st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1), timezones=st.timezones())  # noqa: DTZ001


@given(values)
def test_canonical_text_reads_back_as_the_normalised_value(value):
    assert json.loads(canonical_text(value)) == normalised(value)


@given(values)
def test_canonical_text_of_its_own_value_is_itself(value):
    text = canonical_text(value)

    assert canonical_text(json.loads(text)) == text


@given(st.dictionaries(st.text("abcABC éé", max_size=3), integers, max_size=6))
def test_canonical_text_does_not_know_the_order_of_keys(value):
    turned = dict(reversed(value.items()))

    assert canonical_text(turned) == canonical_text(value)


@given(words)
def test_canonical_text_is_the_same_for_every_spelling_of_a_letter(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)

    assert canonical_text(composed) == canonical_text(decomposed)


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb"])
def test_canonical_text_ends_lines_in_one_way(text):
    assert canonical_text(text) == '"a\\nb"'


def test_canonical_text_is_that_of_the_standard():
    value = {"\u20ac": "Euro Sign", "\r": "Carriage Return", "1": "One", "\u0080": "Control", "\U0001f600": "Smiley"}

    # RFC 8785, section 3.2.3: sorted by UTF-16 code units. The key of a carriage return is a line end here.
    assert canonical_text(value) == (
        '{"\\n":"Carriage Return","1":"One","\u0080":"Control","\u20ac":"Euro Sign","\U0001f600":"Smiley"}'
    )


@pytest.mark.parametrize("value", [1.5, float("nan"), b"bytes", {1, 2}, object(), datetime(2026, 1, 1), [{"a": 0.1}]])  # noqa: DTZ001
def test_canonical_text_refuses_what_has_no_one_form(value):
    with pytest.raises(NotCanonical):
        canonical_text(value)


def test_digest_is_the_sha256_of_the_bytes():
    assert digest({"b": 1, "a": "é"}) == hashlib.sha256('{"a":"é","b":1}'.encode()).hexdigest()
    assert text_digest("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()


@given(times)
def test_a_time_reads_back(moment):
    assert parse_time(time_text(moment)) == moment.astimezone(UTC)


def test_a_time_is_written_in_utc():
    moment = datetime(2026, 3, 1, 1, 2, 3, 4, timezone(timedelta(hours=2)))

    assert time_text(moment) == "2026-02-28T23:02:03.000004Z"
    assert parse_time("2026-02-28T23:02:03.000004Z").tzinfo == UTC
