"""What annotators write becomes spans of the text, or a message that says what to mend."""

from __future__ import annotations

import pytest

from corpus.notation import NotationError, Text, compiled

TEXT = 'Bomb found\n\nPolice in Orlen said the bomb was small. The mayor said "it could have\nkilled". She left.'


def test_sentences_are_numbered_from_one_and_lines_part_them() -> None:
    """A sentence is a handle for who annotates: a headline has its own number."""
    shown = list(Text.of(TEXT).shown())
    assert shown[0] == "1 Bomb found"
    assert "2 Police in Orlen said the bomb was small." in shown
    assert len(Text.of(TEXT).sentences) == 5


def test_a_record_becomes_offsets() -> None:
    """Every value points at the very words."""
    said, done, wrong = compiled(
        TEXT,
        "A 2 | src: Police in Orlen | cue: said | con: the bomb >> small | stance: asserts | quotation: indirect | kind: group | anon: yes\n"
        "E 2 | trig: bomb | type: bombing | stage: foiled | pol: affirmed | cert: certain | with: explosive=bomb\n",
    )
    assert not wrong
    (start, end) = said[0]["content"][0]
    assert TEXT[start:end] == "the bomb was small"
    assert said[0]["anonymous"] is True
    kind, start, end = done[0]["weapons"][0]
    assert (kind, TEXT[start:end]) == ("explosive", "bomb")


def test_a_stretch_may_end_in_a_later_sentence() -> None:
    """A quotation that runs on is one span."""
    start, end = Text.of(TEXT).span('"it could >> 4:killed"', 3)
    assert TEXT[start:end] == '"it could have\nkilled"'


@pytest.mark.parametrize(
    ("words", "message"),
    [("nothing", "is not in sentence 2"), ("9:bomb", "there is no sentence 9"), ("bomb#2", "occurs 1 times")],
)
def test_words_that_are_not_there_are_refused(words: str, message: str) -> None:
    """The message names the words and the sentence."""
    with pytest.raises(NotationError, match=message):
        Text.of(TEXT).span(words, 2)


def test_words_that_occur_twice_need_a_number() -> None:
    """Nobody guesses which one was meant."""
    text = Text.of("The army shelled the army.")
    with pytest.raises(NotationError, match="occurs 2 times"):
        text.span("army", 1)
    assert text.span("army#2", 1) == (21, 25)


def test_a_time_of_day_is_no_number_of_a_sentence() -> None:
    """ "06:32" begins a line of a liveblog."""
    assert Text.of("06:32 A colonel speaks.").span("06:32 A colonel", 1) == (0, 15)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("B 2 | cue: said", "a record begins with"),
        ("A 2 | cue: said | con: the bomb", "it lacks stance, quotation, anon"),
        (
            "A 2 | cue: said | con: the bomb | stance: says | quotation: indirect | anon: no",
            "says is not one of asserts",
        ),
        (
            "A 2 | src: Police | cue: said | con: the bomb | stance: asserts | quotation: indirect | anon: no",
            "needs its kind",
        ),
        (
            "E 2 | trig: bomb | type: bombing | stage: foiled | pol: affirmed | cert: certain | num: 3",
            "written kind=words",
        ),
    ],
)
def test_a_line_that_lacks_something_says_what(line: str, message: str) -> None:
    """The annotator is told the line and what to write."""
    _, _, wrong = compiled(TEXT, "\n" + line)
    assert len(wrong) == 1
    assert wrong[0].startswith("line 2: ")
    assert message in wrong[0]
