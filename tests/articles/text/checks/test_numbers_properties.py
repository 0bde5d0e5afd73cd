"""What must hold of `compare` for any dose: the same said otherwise agrees, another amount never does."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text.checks.number_comparison import compare
from tests.articles.text.checks.number_pairs import AGREE, DISAGREE

DRUGS = st.sampled_from(["gabapentin", "amoxicillin", "metformin", "sertraline", "apixaban", "ibuprofen"])
AMOUNTS = st.integers(1, 4000)
FREQUENCIES = st.sampled_from(
    [
        ("QD", "once a day", 1),
        ("BID", "twice a day", 2),
        ("b.i.d.", "every 12 hours", 2),
        ("TID", "three times daily", 3),
        ("q8h", "3 times a day", 3),
        ("QID", "four times a day", 4),
        ("every 6 hours", "4 times in 24 hours", 4),
        ("once weekly", "one time a week", None),
        ("every other day", "on alternate days", None),
    ]
)
TEXTS = st.sampled_from([text for pair in (*AGREE, *DISAGREE) for text in pair])


@given(TEXTS)
def test_a_text_agrees_with_itself(text):
    assert compare(text, text) == []


@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_leaving_out_is_allowed(others, text):
    assert compare("\n\n".join([*others, text]), text) == []


@given(st.text(max_size=300))
def test_any_text_agrees_with_itself_and_spans_are_exact(text):
    assert compare(text, text) == []
    assert all(text[fault.start : fault.end] == fault.words for fault in compare("", text))


@given(DRUGS, AMOUNTS, FREQUENCIES)
def test_other_units_and_words_agree(drug, amount, frequency):
    short, words, _times = frequency
    professional = f"Give {drug} {amount} mg {short}."

    assert compare(professional, f"Take {amount / 1000:.3f} g of {drug} {words}.") == []
    assert compare(professional, f"Take {amount * 1000:,} micrograms of {drug} {words}.") == []
    assert compare(f"Give {drug} {amount} mg {words}.", f"You take {amount:,} mg of {drug} {short}.") == []


@given(DRUGS, AMOUNTS, FREQUENCIES)
def test_the_total_of_a_day_agrees(drug, amount, frequency):
    short, _words, times = frequency
    if times is not None:
        plain = f"That is {amount * times} mg of {drug} a day in total."

        assert compare(f"Give {drug} {amount} mg {short}.", plain) == []


@given(DRUGS, AMOUNTS, AMOUNTS, FREQUENCIES)
def test_another_amount_disagrees(drug, amount, other, frequency):
    short, words, _times = frequency
    if amount != other:
        (fault,) = compare(f"Give {drug} {amount} mg {short}.", f"Take {other} mg of {drug} {words}.")

        assert fault.kind in ("amount", "frequency")


@given(DRUGS, AMOUNTS, FREQUENCIES, FREQUENCIES)
def test_another_frequency_disagrees(drug, amount, frequency, other):
    is_same = frequency[2] == other[2] if frequency[2] and other[2] else frequency == other
    found = compare(f"Give {drug} {amount} mg {frequency[0]}.", f"Take {amount} mg of {drug} {other[1]}.")

    assert (found == []) == is_same


@given(DRUGS, DRUGS, AMOUNTS)
def test_a_dose_moved_to_another_drug_disagrees(drug, other, amount):
    found = compare(f"Give {drug} {amount} mg daily.", f"Take {amount} mg of {other} a day.")

    assert (found == []) == (drug == other)


@given(st.integers(1, 99), st.integers(1, 99))
def test_shares_agree_with_percentages(share, other):
    professional = f"It happened in {share}% of patients."

    assert compare(professional, f"It happened to {share} in 100 people.") == []
    assert (compare(professional, f"It happened to {other * 10} in 1,000 people.") == []) == (share == other)
