"""Evidence: which words belong to which value, and how a text is cut at their edges."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from typed_reading import claims

from reportedly.export.evidence import PARTS, Mark, inert, marks, pieces

MARKS = st.lists(
    st.builds(
        lambda start, length, part, claim: Mark(start, start + length, part, claim),
        st.integers(0, 40),
        st.integers(0, 12),
        st.sampled_from(PARTS),
        st.integers(0, 4),
    )
)


@given(MARKS)
def test_the_pieces_are_the_whole_stretch_and_each_mark_lies_over_all_its_own(found: list[Mark]) -> None:
    """Put together, the pieces are the stretch without gap or overlap; a mark is on exactly the pieces inside it."""
    cut = list(pieces(5, 35, found))
    assert cut[0].start == 5 and cut[-1].end == 35
    assert all(left.end == right.start for left, right in itertools.pairwise(cut))
    for piece in cut:
        over = {mark for mark in found if mark.start <= piece.start and piece.end <= mark.end}
        assert set(piece.marks) == over


def test_a_trigger_looks_like_a_trigger_also_inside_a_longer_mention() -> None:
    """Where two kinds of evidence share words, the more telling kind comes first."""
    cut = list(pieces(0, 20, [Mark(0, 20, "content"), Mark(2, 10, "actor"), Mark(4, 6, "trigger")]))
    assert [piece.marks[0].part for piece in cut] == ["content", "actor", "trigger", "actor", "content"]


def test_every_span_of_a_claim_is_marked() -> None:
    """Chain, cue, content, trigger, recipient, weapon, place, date and quantity of a claim all have their marks."""
    found = {mark.part for mark in marks(claims()[0])}
    assert found == set(PARTS) - {"actor"}


@given(st.text(st.characters(exclude_categories=())))
def test_inert_text_keeps_its_length_and_is_inert(text: str) -> None:
    """Making a text inert moves no offset, and leaves no control character, override or lone surrogate."""
    safe = inert(text)
    assert len(safe) == len(text)
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 or letter in "\u202e\u2066\u2028" for letter in safe)
    safe.encode("utf-8")
