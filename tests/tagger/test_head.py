"""From what the network says of pieces to spans of the text: with a network that says what the test wants, and with the one that ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reportedly.errors import SetupError
from reportedly.tagger import FACTS, Array, Each, Head
from reportedly.tagger.around import around
from reportedly.tagger.runtime import open_head

YES, NO = 6.0, -6.0
SHIPPED = open_head()


class Scripted:
    """A network that marks given words: `cues` as cues, each of which begins one, `roles` around every cue."""

    reach = 8

    def __init__(self, cues: set[str], roles: list[set[str]]) -> None:
        self.cues, self.roles, self.pieces = cues, roles, [""]

    def each(self, ids: Array, marks: Array) -> Each:
        """Says of each piece what the script says of its word."""
        words = [SHIPPED.tokenizer.id_to_token(int(i)) for i in ids]
        cue = np.array([[YES if w in self.cues else NO] * 2 for w in words])
        roles = np.array([[YES if w in members else NO for members in self.roles] for w in words], dtype=np.float32)
        return Each(cue, np.zeros((len(words), 1)), np.zeros((len(words), FACTS)), roles, roles)

    def about(self, pieces: Array, cue: Array, distance: Array, marked: Array, seen: Array) -> tuple[Array, Array]:
        """The roles were given with the pieces."""
        return pieces, np.zeros((len(pieces), 15))


def told(text: str, cues: set[str], roles: list[set[str]]) -> list[tuple[str, str, str]]:
    head = Head(Scripted(cues, roles), SHIPPED.tokenizer)
    found = head.tags(text, [(0, len(text))]).told
    return [(joined(text, t.source), joined(text, t.cue), joined(text, t.content)) for t in found]


def joined(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(text[a:b] for a, b in spans)


def test_the_parts_of_an_attribution_are_words_of_the_text() -> None:
    """Source, cue and content come back as offsets, with capitals and all."""
    assert told("The Mayor said he left.", {"said"}, [{"the", "mayor"}, {"he", "left"}, set()]) == [
        ("The Mayor", "said", "he left")
    ]


def test_a_content_may_be_in_two_parts() -> None:
    """ "We won," he said, "at last." """
    assert told("We won , he said , at last", {"said"}, [{"he"}, {"we", "won", "at", "last"}, set()]) == [
        ("he", "said", "We won … at last")
    ]


def test_a_small_gap_is_filled() -> None:
    """One piece between two of a content is of it too."""
    assert (
        told("He said the bridge was gone", {"said"}, [{"he"}, {"the", "was", "gone"}, set()])[0][2]
        == "the bridge was gone"
    )


def test_two_cues_side_by_side_are_two() -> None:
    """A piece that begins a cue ends the one before."""
    assert len(told("Police say fears grew", {"say", "fears"}, [set(), {"grew"}, set()])) == 2


def test_a_cue_without_content_is_none() -> None:
    """Nothing is said, nothing is kept."""
    assert told("He said.", {"said"}, [{"he"}, set(), set()]) == []


def test_neighbours_are_counted_from_the_cue_and_cut_at_the_edge() -> None:
    """Columns skip the mark at the beginning of a row; distances are clipped to the reach."""
    near = around([(0, 5, [0]), (1, 3, [2])], 2)
    assert near.column.tolist() == [[1, 2, 3, 4, 5], [1, 2, 3, 0, 0]]
    assert near.seen.tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]
    assert near.distance[0].tolist() == [2, 3, 4, 4, 4]
    assert near.marked.tolist() == [[1, 0, 0, 0, 0], [0, 0, 1, 0, 0]]


def test_the_head_that_ships_hears_a_plain_sentence() -> None:
    """Weights, tokenizer and graphs fit together."""
    text = "Rebels shelled the market, a police spokesman said on Friday."
    tags = SHIPPED.tags(text, [(0, len(text))])
    (found,) = [t for t in tags.told if text[slice(*t.cue[0])] == "said"]
    assert text[slice(*found.content[0])].startswith("Rebels shelled the market")
    assert text[slice(*found.source[0])] == "a police spokesman"
    assert tags.is_cue(text.index("said"), text.index("said") + 4) > 0.5
    assert tags.is_cue(0, 6) < 0.1


def test_the_same_text_gives_the_same_numbers() -> None:
    """A reading made again is the same to the last digit."""
    text = "Officials denied that the army had fired. “We did not,” one said."
    first, second = (SHIPPED.tags(text, [(0, len(text))]) for _ in range(2))
    assert first.told == second.told
    assert (first.facts == second.facts).all()


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    """The message names the folder and what makes one."""
    with pytest.raises(SetupError, match="reportedly train"):
        open_head(tmp_path)


def test_an_empty_text_has_no_tags() -> None:
    """No block, no piece."""
    tags = SHIPPED.tags("", [])
    assert tags.told == ()
    assert tags.is_cue(0, 5) == 0.0
