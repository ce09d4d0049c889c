"""Text in windows of word pieces: paragraphs stay together, offsets point at the words, quotation marks are known."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.tagger.pieces import OPENS, QUOTED, paragraphs, quoted_characters, unruled, windows
from reportedly.tagger.runtime import open_head

HEAD = open_head()


def test_a_paragraph_that_does_not_fit_begins_a_new_window() -> None:
    """A quotation and its speaker stand in one paragraph and are seen together."""
    text = "One two three four.\nFive six seven eight."
    found = list(windows(text, paragraphs(text), HEAD.tokenizer, 6))
    assert [text[w.offsets[0][0] : w.offsets[-1][1]] for w in found] == ["One two three four.", "Five six seven eight."]


def test_a_long_paragraph_is_cut_after_a_full_stop() -> None:
    """Not in the middle of a sentence, where there is a choice."""
    text = "One two three four five six. Seven eight nine ten."
    found = list(windows(text, paragraphs(text), HEAD.tokenizer, 8))
    assert text[found[0].offsets[0][0] : found[0].offsets[-1][1]] == "One two three four five six."


def test_every_piece_points_at_its_words() -> None:
    """Offsets are the text's, whatever block the piece stands in."""
    text = "Ærø’s mayor – “naïve” – said:\n\n  “No”. "
    pieces = [text[a:b] for w in windows(text, paragraphs(text), HEAD.tokenizer) for a, b in w.offsets]
    assert "".join(pieces) == "".join(text.split())


def test_marks_tell_what_is_quoted_and_where_a_paragraph_begins() -> None:
    """The encoder cannot see over a window's edge that a quotation is open."""
    text = '"We won," he said.\n"We did."'
    (window,) = windows(text, paragraphs(text), HEAD.tokenizer)
    marked = [(text[a:b], m) for (a, b), m in zip(window.offsets, window.marks, strict=True)]
    assert marked[0] == ('"', OPENS)
    assert ("won", QUOTED) in marked
    assert ("said", 0) in marked
    assert sum(m == OPENS for m in window.marks) == 2


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("a “b” c", "“b”"), ('a "b" c', '"b"'), ("a “b", "“b"), ("no marks", "")],
)
def test_what_stands_in_quotation_marks(text: str, quoted: str) -> None:
    """The marks count; one that is never closed goes on to the end."""
    within = quoted_characters(text)
    assert "".join(c for c, q in zip(text, within, strict=True) if q) == quoted


@given(st.text(max_size=200))
def test_paragraphs_hold_every_letter_once(text: str) -> None:
    """Whatever the text, its paragraphs are in order, do not overlap and leave out white space only."""
    found = paragraphs(text)
    assert all(a < b for a, b in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
    kept = "".join(text[a:b] for a, b in found)
    assert "".join(kept.split()) == "".join(text.split())


def test_a_line_of_marks_is_blank() -> None:
    """All but its first three, and nothing moves; a short one stays."""
    assert unruled("a " + "=-" * 30 + " b") == "a " + "=-=" + " " * 57 + " b"
    assert unruled("a ----- b") == "a ----- b"
