"""Whatever a file holds, reading it ends within its bounds of memory and time: each in a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from articles.library.files import exchange_files, file_bounds
from articles.text import bounded_json
from tests.articles.library.files.hostile_files import FILES, SIZE


def read_in_bounds(name):
    command = [sys.executable, "-m", "tests.articles.library.files.hostile_files", name]
    environment = {**os.environ, "DJANGO_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "cms.settings"}
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    count, faults, words = (done.stdout.rstrip("\n") + " ").split(" ", 2)
    return int(count), int(faults), words


@pytest.mark.parametrize("name", FILES)
def test_file_is_read_or_refused_within_memory_and_time(name):
    count, faults, _words = read_in_bounds(name)

    assert count <= file_bounds.MOST_RECORDS + 1
    assert faults <= file_bounds.MOST_FAULTS + 10


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("macros that treble each other", "The macro a40 stands for more than 10,000 characters. Write its words."),
        ("a macro that trebles itself", "The macro a stands for more than 10,000 characters. Write its words."),
        ("nested lists", "This JSON is nested more than 30 deep. No record of a source needs that."),
        ("JSON digits", f"A number has {SIZE // 4 - 50_000} digits; 40 are allowed."),
        ("JSON names twice", "“a” stands twice in one object."),
        ("many fields", "It has more than 1,000 fields; the others were left out."),
    ],
)
def test_refusal_is_in_plain_words(name, words):
    assert words in read_in_bounds(name)[2]


def test_file_of_too_many_records_says_so_at_its_end():
    *read, last = exchange_files.read(b"@misc{k,title={A}}\n" * (file_bounds.MOST_RECORDS + 5))

    assert (len(read), last.number, last.is_broken) == (50_000, 50_001, True)
    assert last.faults == ["The file holds more than 50,000 records. From here on nothing was read: divide the file."]


def test_entries_around_a_refused_macro_are_read():
    doubled = "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 41))
    text = (
        f"@string{{a0 = {{ten words.}}}}\n{doubled}@misc{{one, title = a3}}\n@misc{{two, title = a40, year = 2020}}\n"
    )
    text += "@misc{three, title = {A title}}\n"

    one, two, three = exchange_files.read(text.encode())

    assert one.title == " ".join(["ten words."] * 8).replace(" ten", "ten")
    assert (two.title, two.csl["issued"]["date-parts"]) == ("a40", [[2020]])
    assert three.title == "A title"


def test_macros_of_a_journal_are_put_in_as_before():
    text = '@string{nejm = "N Engl J Med"}\n@string{both = nejm # { and } # nejm}\n'
    text += "@article{k, title = {T}, journal = both}\n"

    (read,) = exchange_files.read(text.encode())

    assert read.csl["container-title"] == "N Engl J Med and N Engl J Med"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 31, "nested more than 30 deep"),
        ('{"a":' * 100_000, "nested more than 30 deep"),
        ("9" * 5_000, "A number has 5000 digits; 40 are allowed."),
        ("-" + "9" * 41, "digits; 40 are allowed"),
        ("1e999", "The number 1e999 cannot be kept exactly."),
        ("0." + "1" * 100, "cannot be kept exactly"),
        ("NaN", "NaN is no number in JSON."),
        ("[-Infinity]", "-Infinity is no number in JSON."),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "“c” stands twice in one object."),
        ('{"a": \n 1,}', "This is no JSON: something is wrong at line 2"),
        ('"\\', "This is no JSON"),
        ("", "This is no JSON"),
    ],
)
def test_json_out_of_bounds_is_refused_in_plain_words(text, words):
    with pytest.raises(bounded_json.UnreadableJson, match=words.replace("(", "\\(")) as refused:
        bounded_json.loads(text)

    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[" * 30 + "]" * 30, None),
        ('"[[[[' + "[" * 100 + '"', "[[[[" + "[" * 100),
        ('"\\"[{' + "[" * 100 + '"', '"[{' + "[" * 100),
        ('{"a": [1, -2.5, true, null]}', {"a": [1, -2.5, True, None]}),
        ('"\\ud83d\\ude00"', "😀"),
        ('{"\\ud800": ["\\udc00 x"]}', {"\ufffd": ["\ufffd x"]}),
    ],
)
def test_json_within_bounds_is_read(text, value):
    read = bounded_json.loads(text)

    assert value is None or read == value
