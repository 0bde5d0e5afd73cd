import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import merging

BASE = "Start with 3000 mg once daily. Reassess after two weeks."


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        (BASE, BASE.replace("3000", "300"), BASE.replace("3000", "300")),
        (BASE.replace("two", "four"), BASE, BASE.replace("two", "four")),
        (
            BASE.replace("two", "four"),
            BASE.replace("3000", "300"),
            "Start with 300 mg once daily. Reassess after four weeks.",
        ),
        (BASE.replace("3000", "300"), BASE.replace("3000", "300"), BASE.replace("3000", "300")),
        (f"First.\n\n{BASE}", BASE.replace("3000", "300"), f"First.\n\n{BASE.replace('3000', '300')}"),
    ],
    ids=["nothing", "theirs only", "ours only", "both apart", "both alike", "ours adds a paragraph"],
)
def test_changes_that_do_not_meet_are_both_taken(ours, theirs, merged):
    assert merging.merge(BASE, ours=ours, theirs=theirs) == (merged, False)


def test_two_changes_of_the_same_words_are_left_to_a_person():
    ours, theirs = BASE.replace("3000", "600"), BASE.replace("3000", "300")

    assert merging.merge(BASE, ours=ours, theirs=theirs) == (ours, True)


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_one_sided_changes_never_conflict(base, changed):
    assert merging.merge(base, ours=changed, theirs=base) == (changed, False)
    assert merging.merge(base, ours=base, theirs=changed) == (changed, False)
