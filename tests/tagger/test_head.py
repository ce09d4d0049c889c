"""From what the network says of pieces to spans of the text: with a network that says what the test wants, and with the one that ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reportedly.errors import SetupError
from reportedly.tagger import FACTS, About, Array, Each, Head
from reportedly.tagger.around import around
from reportedly.tagger.labels import STAGES
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

    def about(self, pieces: Array, cue: Array, distance: Array, marked: Array, seen: Array) -> About:
        """The roles were given with the pieces; an act's second word is to whom it was done, and a closer look says that it was foiled."""
        n = len(pieces)
        whom = np.where((distance == self.reach + 1)[..., None] & (np.arange(4) == 1), YES, NO)
        how = np.zeros((n, FACTS - 1))
        how[:, STAGES.index("foiled")] = marked.max(1) * YES
        return About(pieces, np.zeros((n, 15)), whom, how)


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


def test_a_closer_look_at_an_act_says_how_far_it_got_and_whom_it_concerns() -> None:
    """What is said of a piece by itself and of the act in its surroundings are taken together; the arguments are words of the text."""
    text = "Guards were there. They attacked trains at once."
    tags = Head(Scripted(set(), [set(), set(), set()]), SHIPPED.tokenizer, temperatures={"stage": 2.0}).tags(
        text, [(0, 18), (19, len(text))]
    )
    start = text.index("attacked")
    act = tags.act(start, start + len("attacked"))
    assert act is not None
    assert int(act.how[: len(STAGES)].argmax()) == STAGES.index("foiled")
    assert act.how[STAGES.index("foiled")] == YES / 2  # the second look's 2 * YES and the first one's 0, cooled
    assert [joined(text, spans) for spans in act.arguments] == ["", "trains", "", ""]
    assert tags.act(len(text), len(text)) is None


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
    assert text[slice(*found.source[0])] in ("a police spokesman", "police spokesman", "police")
    assert tags.is_cue(text.index("said"), text.index("said") + 4) > 0.5
    assert tags.is_cue(0, 6) < 0.1


def test_the_head_that_ships_looks_at_an_act() -> None:
    """Stage and arguments of a plain act."""
    text = "Police in the capital foiled a plan to bomb the stadium, and on Monday rebels killed a judge."
    tags = SHIPPED.tags(text, [(0, len(text))])
    (bomb, killed) = (tags.act(text.index(w), text.index(w) + len(w)) for w in ("bomb", "killed"))
    assert bomb is not None
    assert killed is not None
    assert [STAGES[int(act.how[: len(STAGES)].argmax())] for act in (bomb, killed)] == ["foiled", "accomplished"]
    assert joined(text, killed.arguments[0]) == "rebels"
    assert joined(text, killed.arguments[1]) == "a judge"


def test_the_same_text_gives_the_same_numbers() -> None:
    """A reading made again is the same to the last digit."""
    text = "Officials denied that the army had fired. “We did not,” one said."
    first, second = (SHIPPED.tags(text, [(0, len(text))]) for _ in range(2))
    assert first.told == second.told
    assert (first.facts == second.facts).all()


class Counting(Scripted):
    """A network that remembers what it was given."""

    def __init__(self) -> None:
        super().__init__({"said"}, [{"police"}, {"rebels", "fired"}, set()])
        self.windows: list[Array] = []

    def each(self, ids: Array, marks: Array) -> Each:
        self.windows.append(ids)
        return super().each(ids, marks)


def test_only_the_windows_that_matter_are_looked_at() -> None:
    """What is said around a stretch takes one window of three, once; the rest of the text is read when it is asked for."""
    paragraph = "Police said rebels fired. " + "The mayor spoke of the harvest and of the rain. " * 20
    text = "\n".join([paragraph] * 3)
    blocks = [(k * (len(paragraph) + 1), k * (len(paragraph) + 1) + len(paragraph)) for k in range(3)]
    network = Counting()
    tags = Head(network, SHIPPED.tokenizer).tags(text, blocks)
    assert network.windows == []
    middle = blocks[1][0], blocks[1][0] + 10
    (one,) = tags.told_around([middle, middle])
    assert one.cue == ((blocks[1][0] + 7, blocks[1][0] + 11),)
    assert tags.is_cue(*one.cue[0]) > 0.5
    assert len(network.windows) == 1
    assert [tags.has_seen(*block) for block in blocks] == [False, True, False]
    assert tags.is_cue(blocks[2][0] + 7, blocks[2][0] + 11) > 0.5
    assert [tags.has_seen(*block) for block in blocks] == [False, True, True]
    assert len(tags.told) == len(network.windows) == 3
    assert tags.told_around([]) == () and not tags.has_seen(len(text), len(text) + 5)


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    """The message names the folder and what makes one."""
    with pytest.raises(SetupError, match="reportedly train"):
        open_head(tmp_path)


def test_an_empty_text_has_no_tags() -> None:
    """No block, no piece."""
    tags = SHIPPED.tags("", [])
    assert tags.told == ()
    assert tags.is_cue(0, 5) == 0.0
