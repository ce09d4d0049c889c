"""What kind of act a word names: with what ships, where it overrules a rule; and its arithmetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reportedly.pipeline import Reader
from reportedly.tagger.kinds import Kinds, load, save
from reportedly.tagger.runtime import open_head
from tests.conftest import typed_article

HEAD = open_head()


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Near Tolm, two strikes by coalition aircraft destroyed a rebel tank.", "strikes", "air_strike"),
        ("Four masked men dragged the teacher into a van and drove off with her.", "dragged", "kidnapping"),
        ("Youths set fire to the party's office in Marlow during the night.", "set fire", "arson"),
        ("Police took the two brothers into custody at the border.", "took", "arrest"),
    ],
)
def test_what_ships_knows_kinds(text: str, word: str, kind: str) -> None:
    """The likeliest kind."""
    start = text.index(word)
    found = HEAD.tags(text, [(0, len(text))]).kind(start, start + len(word))
    assert found is not None and found[0] == kind and 0 < found[1] <= 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("In Velmia, coalition forces conducted 23 strikes using fighter and bomber aircraft.", "air_strike"),
        ("A general was killed by a roadside bomb in Tolm.", "bombing"),
    ],
)
def test_it_overrules_a_rule_where_it_is_sure(reader: Reader, text: str, kind: str) -> None:
    """Strikes of aircraft; but who was killed by a bomb was bombed, and no less is said."""
    (reading,) = reader.read([typed_article(text)])
    assert {claim.event.event_type for claim in reading.claims if claim.event} == {kind}


def test_what_an_attack_points_to_says_its_kind(reader: Reader) -> None:
    """ "The attack" takes up the gunmen's, whatever else the report tells of."""
    text = (
        "A bomb exploded in Lima on Monday, killing nine people. Gunmen attacked a police post in Cusco on Tuesday. "
        "The attack lasted an hour, officials said."
    )
    (reading,) = reader.read([typed_article(text)])
    (last,) = [claim.event for claim in reading.claims if claim.event and claim.event.trigger.text == "attack"]
    assert last.event_type == "attack"


def test_its_sums() -> None:
    """The mean of the pieces, two layers with a GELU between them, a share for each kind."""
    kinds = Kinds(
        ("arson", "riot"), np.array([[1.0], [0.0]]), np.array([1.0]), np.array([[2.0, 0.0]]), np.array([0.0, 3.9092])
    )
    name, likely = kinds(np.array([[0.0, 9.0], [2.0, 1.0]]))
    assert name == "riot" and likely == pytest.approx(0.5, abs=1e-3)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """In half precision; a folder without them has none, and nothing is overruled then."""
    assert load(tmp_path) is None
    save(Kinds(("arson", "riot"), np.eye(2), np.zeros(2), np.ones((2, 2)), np.array([0.25, 1])), tmp_path)
    found = load(tmp_path)
    assert found is not None and found.names == ("arson", "riot")
    assert found.first.tolist() == [[1, 0], [0, 1]] and found.last.tolist() == [0.25, 1]
