"""Sentences whose numbers a careful reader has noted: the count stage must note the same in at least nine of ten, traps too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportedly.lexicons import load
from reportedly.records import Quantity
from reportedly.stages._count_words import CountWords
from reportedly.stages.count import count
from reportedly.stages.drafts import Annotated

Annotate = Callable[..., Annotated]
Bounds = tuple[int | None, int | None, int | None]
SENTENCES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("counted_sentences.toml").read_text(encoding="utf-8")
)["sentence"]
FLOOR = 0.9
NOTE = re.compile(r"(?P<kind>\w+) (?P<sign>>=|<=|~)?(?P<low>\d+)(?P<dots>\.\.)?(?P<high>\d+)?(?: (?P<of>.+))?")


def noted(note: str) -> tuple[str, Bounds, str | None]:
    """A note of the data file as kind, bounds and what was counted."""
    match = NOTE.fullmatch(note)
    assert match is not None, note
    low = int(match["low"])
    bounds: dict[str | None, Bounds] = {
        None: (low, low, low),
        ">=": (low, low, None),
        "<=": (None, low, low),
        "~": (None, low, None),
    }
    if match["dots"]:
        return match["kind"], (low, None, int(match["high"]) if match["high"] else None), match["of"]
    return match["kind"], bounds[match["sign"]], match["of"]


def agrees(found: tuple[Quantity, ...], notes: list[str]) -> bool:
    """Whether each note has a quantity of its own and no quantity is left over."""
    left = list(found)
    for kind, bounds, of in map(noted, notes):
        same = [q for q in left if (q.kind, (q.low, q.best, q.high)) == (kind, bounds) and (of is None or q.of == of)]
        if not same:
            return False
        left.remove(same[0])
    return not left


@pytest.mark.parametrize("traps", [False, True])
def test_a_careful_reader_notes_the_same(annotated: Annotate, traps: bool) -> None:
    """In nine of ten plain sentences, and in nine of ten that hold a number that is easily taken for another."""
    words = load("counts", CountWords)
    mine = [s for s in SENTENCES if s.get("trap", False) == traps]
    wrong = [s["text"] for s in mine if not agrees(count(annotated(s["text"]), words), s["counts"])]
    assert len(wrong) <= (1 - FLOOR) * len(mine), wrong


def test_there_are_enough_of_them() -> None:
    """Half of the sentences or nearly so are traps."""
    assert len(SENTENCES) >= 120
    assert sum(s.get("trap", False) for s in SENTENCES) * 5 >= len(SENTENCES) * 2
