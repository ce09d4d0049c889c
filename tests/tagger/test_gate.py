"""The gate: the same word as an act and as none, with what ships; and its arithmetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reportedly.stages.sift import SURE
from reportedly.tagger.gate import Gate, load, save
from reportedly.tagger.runtime import open_head

HEAD = open_head()


def likely(text: str, word: str) -> float:
    """The probability that a word of a text names an act."""
    start = text.index(word)
    found = HEAD.tags(text, [(0, len(text))]).is_act(start, start + len(word))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Four gunmen attacked the village of Tolm on Tuesday, killing six herders, the governor said.", "attacked"),
        ("The senator's car was bombed outside his house in Ressing on Sunday night.", "bombed"),
        ("Youths set fire to the party's office in Marlow during the night, police said.", "fire"),
        ("Soldiers seized the town of Karsk before dawn, a military spokesman said.", "seized"),
    ],
)
def test_acts_pass(text: str, word: str) -> None:
    """Deeds, in the words in which reports tell of them."""
    assert likely(text, word) > SURE


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The senator attacked the budget as a gift to the rich.", "attacked"),
        ("The two parties clashed over the wording of the pension bill.", "clashed"),
        ("The minister came under fire for the late trains.", "fire"),
        ("Shoppers seized the chance to buy before the tax rose.", "seized"),
    ],
)
def test_hard_words_do_not(text: str, word: str) -> None:
    """The same words where nobody is hurt."""
    assert likely(text, word) < 0.5


def test_its_sums() -> None:
    """Two layers with a GELU between them."""
    gate = Gate(np.array([[1.0], [0.0]]), np.array([1.0]), np.array([2.0]), np.array(0.5))
    assert gate(np.array([[1.0, 9.0], [-11.0, 9.0]])) == pytest.approx([2 * 1.9546 + 0.5, 0.5], abs=1e-3)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """In half precision; a folder without a gate has none, and nothing is asked then."""
    assert load(tmp_path) is None
    save(Gate(np.eye(2), np.zeros(2), np.ones(2), np.array(0.25)), tmp_path)
    found = load(tmp_path)
    assert found is not None and found.first.tolist() == [[1, 0], [0, 1]] and float(found.last) == 0.25
