from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from reviews.web.desk.comparison import pieces, shortened

WORDS = st.lists(st.sampled_from(["300", "mg", "once", "a", "day", "\n\n- ", "  "]), max_size=60).map(" ".join)


def told(found):
    return [(piece.kind, piece.text) for piece in found]


def test_pieces_name_the_word_that_changed():
    found = pieces("Start with 300 mg once.", "Start with 30 mg once.")

    assert told(found) == [("same", "Start with"), ("removed", " 300"), ("added", " 30"), ("same", " mg once.")]


def test_pieces_of_one_text_are_that_text():
    assert told(pieces("Start.", "Start.")) == [("same", "Start.")]
    assert pieces("", "") == []


@given(WORDS, WORDS)
def test_pieces_hold_both_texts_whole(old, new):
    found = pieces(old, new)

    assert "".join(piece.text for piece in found if piece.kind != "added") == old
    assert "".join(piece.text for piece in found if piece.kind != "removed") == new


@given(WORDS, WORDS)
def test_shortened_keeps_every_change(old, new):
    found = pieces(old, new)

    changes = [piece for piece in found if piece.kind != "same"]
    assert [piece for piece in shortened(found) if piece.kind in ("removed", "added")] == changes


def test_shortened_leaves_out_what_is_far_from_a_change():
    text = " ".join(f"word{place}" for place in range(100))

    found = shortened(pieces(text, text.replace("word50", "other")))

    kept = "".join(piece.text for piece in found)
    assert [piece.kind for piece in found] == ["gap", "same", "removed", "added", "same", "gap"]
    assert "word49" in kept
    assert "word51" in kept
    assert "word10 " not in kept
    assert "word90" not in kept


def test_shown_pieces_have_no_white_space_but_their_own():
    shown = render_to_string("reviews/_word_changes.html", {"pieces": pieces("Start low.", "Start with 30 mg.")})

    paragraph = shown[shown.index('<p class="word-changes">') :].strip()
    assert paragraph.startswith('<p class="word-changes">Start<')
    assert paragraph.endswith("</ins></p>")
