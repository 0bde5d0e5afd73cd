from collections import Counter

import pytest

from tests.corpus import loading
from tests.corpus.item import BadItem
from tests.corpus.rules import NUMBERS, PROMISED


@pytest.fixture(scope="module")
def items():
    return loading.load()


def test_corpus_is_large_enough(items):
    assert len(items) >= 400


def test_corpus_ids_are_unique(items):
    twice = [
        name for name, count in Counter(item.id for item in [*items, *loading.load(loading.FRESH)]).items() if count > 1
    ]

    assert twice == []


def test_corpus_begins_with_the_page_the_project_began_with(items):
    (case,) = [item for item in items if item.id == "case-001"]

    assert [section["kind"] for section in case.content["sections"]] == ["guidelines", "drug_label", "research"]


@pytest.mark.parametrize("rule", NUMBERS)
def test_rule_has_positives_and_negatives(items, rule):
    judged = [item for item in items if rule in item.about]
    positive = [item for item in judged if any(one.rule == rule for one in item.expected)]

    assert positive
    assert len(judged) > len(positive)


@pytest.mark.parametrize("number", PROMISED)
def test_promised_number_has_enough_items(items, number):
    judged = [item for item in items if number in {NUMBERS[rule] for rule in item.about}]

    assert len(judged) >= (90 if number == "S7" else 45)


def test_texts_are_not_repeated(items):
    texts = Counter(
        (
            repr(item.content),
            item.about[0],
            repr(item.context),
        )
        for item in items
    )

    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"about": ["no-such-rule"]}, "unknown rules"),
        ({"find": ["40 mg"]}, "is not in"),
        ({"find": ["@nobody"]}, "does not have"),
        ({"professional": "Words [@nobody]."}, "in no list"),
        ({"colour": "red"}, "unknown fields"),
        ({"expected": [{"rule": "contradiction"}]}, "not about"),
    ],
)
def test_build_refuses_a_bad_item(fields, reason):
    sound = {"id": "x", "note": "x", "about": ["dose-without-label"], "professional": "Give 20 mg."}

    with pytest.raises(BadItem, match=reason):
        loading.build({**sound, **fields})


def test_build_finds_the_words_asked_for():
    fields = {"id": "x", "note": "x", "about": ["dose-without-label"], "professional": "Give 20 mg.", "find": ["20 mg"]}

    item = loading.build(fields)

    (place,) = item.expected[0].places
    assert item.text(place)[place.start : place.end] == "20 mg"
