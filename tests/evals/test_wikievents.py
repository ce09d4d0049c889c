"""wikievents: the layout of the corpus on a small file of our own, what counts as covered, and what as an argument that is held."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evals import wikievents
from evals.wikievents import TABLE, Table

FIRST = "A bomb exploded at a market in Baghdad on Monday , killing nine shoppers ."
SECOND = "The mayor met teachers in the harbour hall ."


def sentence(words: str, skew: int = 0) -> list[Any]:
    """A sentence as the file has it: its tokens with offsets (which are off by `skew`, as some of the file are), and its words."""
    tokens, at = [], 0
    for word in words.split():
        tokens.append([word, at + skew, at + skew + len(word)])
        at += len(word) + 1
    return [tokens, words]


def mention(name: str, start: int, end: int) -> dict[str, Any]:
    return {"id": name, "sent_idx": 0, "start": start, "end": end, "entity_type": "X", "text": ""}


def event(kind: str, start: int, end: int, **arguments: str) -> dict[str, Any]:
    roles = [{"entity_id": name, "role": role, "text": ""} for role, name in arguments.items()]
    return {
        "id": f"E{start}",
        "event_type": kind,
        "trigger": {"start": start, "end": end, "text": "", "sent_idx": 0},
        "arguments": roles,
    }


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    row = {
        "doc_id": "ours_1",
        "text": "",
        "tokens": [],
        "sentences": [sentence(FIRST), sentence(SECOND, skew=3)],
        "entity_mentions": [
            mention("bomb", 0, 2),
            mention("market", 3, 6),
            mention("city", 7, 8),
            mention("shoppers", 12, 14),
            mention("teachers", 18, 19),
            mention("hall", 20, 23),
        ],
        "event_mentions": [
            event("Conflict.Attack.DetonateExplode", 2, 3, ExplosiveDevice="bomb", Place="city", Money="hall"),
            event("Life.Die.Unspecified", 11, 12, Victim="shoppers", Killer="teachers"),
            event("Contact.Contact.Meet", 17, 18, Participant="teachers"),
            event("Justice.ArrestJailDetain.Unspecified", 17, 18, Detainee="teachers"),
        ],
    }
    (tmp_path / "test.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (tmp_path / "test.jsonlines").write_text(
        json.dumps({"doc_key": "ours_1", "clusters": [["city", "hall"]]}) + "\n", "utf-8"
    )
    return tmp_path


@pytest.fixture(scope="module")
def table() -> Table:
    return msgspec.convert(tomllib.loads(TABLE.read_text("utf-8")), Table)


def test_the_layout(corpus: Path, table: Table) -> None:
    """Tokens are found in their sentence whatever the file's offsets; only kinds and roles of ours remain; an entity has all its heads."""
    (gold,) = wikievents.read(corpus, "test", table)
    assert gold.text == f"{FIRST}\n\n{SECOND}"
    assert [gold.text[slice(*e.trigger)] for e in gold.events] == ["exploded", "killing", "met"]
    bomb, city = gold.events[0].arguments
    assert (bomb.slot, [gold.text[slice(*h)] for h in bomb.heads]) == ("weapons", ["bomb"])
    assert (city.slot, [gold.text[slice(*h)] for h in city.heads]) == ("places", ["Baghdad", "hall"])
    assert [gold.text[slice(*a.heads[0])] for a in gold.events[1].arguments] == ["shoppers", "teachers"]


def test_what_is_covered(corpus: Path) -> None:
    """A result is covered by the act that it is folded into; an arrest that nobody tells is a miss, and its arguments are not asked for."""
    result = wikievents.run(corpus, None, split="test")
    scores = result.scores
    assert result.n == 1 and scores["events"] == 3 and scores["covered"] == 0.6667 and scores["at_trigger"] == 0.3333
    assert scores["by_kind"]["Justice.ArrestJailDetain.Unspecified"] == {"n": 1, "covered": 0.0}
    assert scores["of_covered_events"] == 4 and scores["arguments"] == 0.75
    assert scores["by_slot"]["actors"] == {"n": 1, "found": 0.0}
    assert scores["by_slot"]["places"] == {"n": 1, "found": 1.0}


def test_the_longest_name_in_the_table_wins(table: Table) -> None:
    """A kind of attack has its own row where it has one, else that of attacks; what has none is left out."""
    blast, other = table.kind("Conflict.Attack.DetonateExplode"), table.kind("Conflict.Attack.Unspecified")
    assert blast is not None and other is not None and "kidnapping" not in blast.types and "violence" in other.types
    assert table.kind("Movement.Transportation.Unspecified") is None and table.slot("Vehicle") is None


def test_every_type_of_the_table_is_one_of_ours(table: Table) -> None:
    """A misspelt type would never match."""
    ours = {*wikievents.families(), "violence"}
    assert {t for kind in table.events.values() for t in kind.types} <= ours
