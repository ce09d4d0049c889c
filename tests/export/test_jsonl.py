"""JSON lines: the codebook's record, and nothing else."""

from __future__ import annotations

import json

import msgspec
from typed_reading import article, claims, reading

from reportedly.export.jsonl import lines
from reportedly.records import Claim


def test_a_line_is_a_claim_and_comes_back_as_the_same_claim() -> None:
    """Each line ends in one line feed and decodes strictly to the claim that it was made from."""
    printed = list(lines(reading()))
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in printed)
    assert tuple(msgspec.json.decode(line, type=Claim) for line in printed) == claims()


def test_the_fields_stand_in_the_order_of_the_codebook() -> None:
    """The keys of a line are the codebook's, in its order."""
    first = json.loads(next(lines(reading())))
    assert list(first) == [
        "claim_id",
        "article_id",
        "headline",
        "sentence",
        "content",
        "attribution",
        "event",
        "factuality",
        "incident_id",
    ]
    assert list(first["event"]) == [
        "event_type",
        "trigger",
        "actors",
        "recipients",
        "weapons",
        "places",
        "date",
        "quantities",
    ]


def test_statements_come_only_when_asked_for() -> None:
    """Without `statements` every line has an event; with it the statement is there too, its event null."""
    assert all(json.loads(line)["event"] for line in lines(reading()))
    everything = [json.loads(line) for line in lines(reading(), statements=True)]
    assert [claim["claim_id"] for claim in everything if claim["event"] is None] == ["c-9"]


def test_explain_adds_one_key_at_the_end() -> None:
    """With `explain` the record is unchanged but for a last key, which holds field, value, rule and words."""
    usual, explained = (json.loads(next(lines(reading(), explain=flag))) for flag in (False, True))
    assert list(explained) == [*usual, "reasons"]
    assert explained.pop("reasons")[0]["rule"] == "judge.stage:past"
    assert explained == usual


def test_a_line_holds_nothing_that_a_terminal_or_a_line_reader_acts_on() -> None:
    """C1 controls, line separators and overrides in a report are escaped; the value stays the same."""
    hostile = "Gunmen \u009b31m shot\u2028a \u202eman."
    claim = claims()[0]
    changed = msgspec.structs.replace(claim, sentence=msgspec.structs.replace(claim.sentence, text=hostile))
    (line,) = lines(reading(article=article(hostile), claims=(changed,)))
    assert not set("\u009b\u2028\u202e") & set(line)
    assert json.loads(line)["sentence"]["text"] == hostile
