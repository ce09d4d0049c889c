"""evals.gold: an analyst's rows against claims, both made by hand. All names are invented."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from evals.gold import failures, judged

CLAIM: dict[str, Any] = {
    "claim_id": "c-1",
    "sentence": {"start": 0, "end": 10, "text": "Ana Ruiz told Radio Uno that ISIL bombed the depot in Quellin."},
    "content": [{"start": 0, "end": 5, "text": "that ISIL bombed the depot in Quellin"}],
    "attribution": {
        "chain": [
            {
                "name": "Ana Ruiz",
                "canonical_id": None,
                "kind": "person",
                "anonymous": False,
                "mention": {"text": "Ana Ruiz"},
            },
            {
                "name": "Radio Uno",
                "canonical_id": "outlet:radio-uno",
                "kind": "outlet",
                "anonymous": False,
                "mention": {"text": "the station"},
            },
        ],
        "stance": "asserts",
        "quotation": "indirect",
    },
    "event": {
        "event_type": "bombing",
        "actors": [{"name": "ISIL", "canonical_id": None, "confidence": "accused", "mention": {"text": "ISIL"}}],
        "recipients": [{"name": "the depot", "canonical_id": None, "mention": {"text": "the depot"}}],
        "weapons": [{"category": "explosive", "name": "car bomb"}],
        "places": [{"name": "Quellin", "country": "PE", "lat": -12.0, "lon": -77.0, "mention": {"text": "Quellin"}}],
        "date": {"start": "2025-03-10", "end": "2025-03-10"},
        "quantities": [{"low": 12, "best": 13, "high": None}],
    },
    "factuality": {"stage": "accomplished", "certainty": "certain"},
    "incident_id": "i-1",
}
KEYS = [
    ("source", ["ruiz"], ["ivo tarn"]),
    ("all_sources", ["ruiz", "radio uno"], ["ruiz", "ivo tarn"]),
    ("via", ["radio uno"], ["ruiz"]),
    ("via", ["the station"], ["the paper"]),
    ("source_kind", ["person", "group"], ["outlet"]),
    ("anonymous", False, True),
    ("stance", ["asserts", "confirms"], ["denies"]),
    ("quotation", ["indirect"], ["direct"]),
    ("event_type", ["attack", "bombing"], ["arson"]),
    ("stage", ["accomplished"], ["foiled"]),
    ("certainty", ["certain"], ["possible"]),
    ("actor", ["isis"], ["al-qaeda"]),
    ("actor_confidence", ["accused"], ["denied"]),
    ("perpetrator_or_target", ["depot"], ["market"]),
    ("place", ["quellin"], ["osk"]),
    ("place", ["depot"], ["harbour"]),
    ("country", ["PE", "CL"], ["CL"]),
    ("all_countries", ["PE"], ["PE", "CL"]),
    ("near", [-12.1, -77.1, 50], [-13.5, -77.0, 50]),
    ("weapon", "explosive", "firearm"),
    ("date", ["2025-03-10", "2025-03-10"], ["2025-03-10", "2025-03-11"]),
    ("quantity", 13, 19),
    ("quantity", 12, 0),
]


@pytest.mark.parametrize(("key", "right", "wrong"), KEYS)
def test_each_key_holds_and_fails(key: str, right: Any, wrong: Any) -> None:
    """A row's key is satisfied by the value that it asks for, and by no other."""
    assert failures({"anchor": "x", key: right}, CLAIM) == []
    assert failures({"anchor": "x", key: wrong}, CLAIM) == [key]


def test_no_actor_asks_for_none() -> None:
    """`no_actor` fails where somebody is named and holds where nobody is."""
    nobody = copy.deepcopy(CLAIM)
    nobody["event"]["actors"] = []
    assert failures({"no_actor": True}, CLAIM) == ["no_actor"] and failures({"no_actor": True}, nobody) == []


def test_a_mixed_quotation_counts_as_either() -> None:
    """Mixed is right where direct or indirect is asked for."""
    mixed = copy.deepcopy(CLAIM)
    mixed["attribution"]["quotation"] = "mixed"
    assert failures({"quotation": ["direct"]}, mixed) == failures({"quotation": ["indirect"]}, mixed) == []


def test_every_key_that_fails_is_named() -> None:
    """A row that gives several keys names all that do not hold, and knows nothing of its own prose."""
    row = {
        "id": "R1",
        "anchor": "bombed",
        "note": "why",
        "event_type": ["arson"],
        "stage": ["foiled"],
        "country": ["PE"],
    }
    assert failures(row, CLAIM) == ["event_type", "stage"]


def test_a_statement_without_an_event_fails_softly() -> None:
    """Nulls of event and factuality are values that do not match, not errors."""
    bare = {**CLAIM, "event": None, "factuality": None}
    assert failures(
        {"event_type": ["bombing"], "stage": ["accomplished"], "quantity": 3, "source": ["ruiz"]}, bare
    ) == ["event_type", "stage", "quantity"]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("ISIS", "Daesh"), ("isis", "the Islamic State"), ("United Kingdom", "Britain"), ("us forces", "U.S. forces")],
)
def test_aliases_are_folded(wanted: str, name: str) -> None:
    """A body is known by any of its names."""
    claim = copy.deepcopy(CLAIM)
    claim["event"]["actors"][0] |= {"name": name, "mention": {"text": "it"}}
    assert failures({"actor": [wanted]}, claim) == []


def verdicts(rows: dict[str, Any], claims: list[dict[str, Any]]) -> dict[str, bool]:
    return {name: held for name, held, _ in judged(rows, claims)}


def test_a_row_needs_one_claim_that_covers_its_anchor() -> None:
    """The anchor lies in the sentence or the content, in any case of its letters; all keys must hold of ONE claim."""
    other = copy.deepcopy(CLAIM)
    other["event"]["event_type"], other["factuality"]["stage"] = "arson", "foiled"
    rows = {
        "claims": [
            {"id": "held", "anchor": "ISIL BOMBED", "event_type": ["bombing"]},
            {"id": "far", "anchor": "elsewhere", "event_type": ["bombing"]},
            {"id": "split", "anchor": "bombed", "event_type": ["bombing"], "stage": ["foiled"]},
            {"id": "second", "anchor": "bombed", "event_type": ["arson"], "stage": ["foiled"]},
        ]
    }
    assert verdicts(rows, [CLAIM, other]) == {"held": True, "far": False, "split": False, "second": True}


def test_what_must_be_absent() -> None:
    """No claim may hold the words; without any claim at all nothing is shown."""
    rows = {
        "claims": [],
        "absent": [
            {"id": "menu", "text": "Subscribe", "why": "furniture"},
            {"id": "depot", "anchor": "Depot", "why": "x"},
        ],
    }
    assert verdicts(rows, [CLAIM]) == {"menu": True, "depot": False}
    assert verdicts(rows, []) == {"menu": False, "depot": False}


def test_same_and_different_incidents() -> None:
    """Rows are of one incident where their best claims share an id, apart where no two do."""
    arson = copy.deepcopy(CLAIM)
    arson["sentence"]["text"], arson["content"], arson["incident_id"] = "A shop burned.", [], "i-2"
    again = copy.deepcopy(CLAIM)
    again["sentence"]["text"], again["content"] = "The blast killed twelve.", []
    rows = {
        "claims": [
            {"id": "a", "anchor": "bombed"},
            {"id": "b", "anchor": "burned"},
            {"id": "c", "anchor": "blast"},
            {"id": "d", "anchor": "nowhere"},
        ],
        "same_incident": [
            {"id": "ac", "claims": ["a", "c"]},
            {"id": "ab", "claims": ["a", "b"]},
            {"id": "ad", "claims": ["a", "d"]},
        ],
        "different_incident": [
            {"id": "a/b", "claims": ["a", "b"]},
            {"id": "a/c", "claims": ["a", "c"]},
            {"id": "a/d", "claims": ["a", "d"]},
        ],
    }
    found = verdicts(rows, [CLAIM, arson, again])
    assert {key: found[key] for key in ("ac", "ab", "ad")} == {"ac": True, "ab": False, "ad": False}
    assert {key: found[key] for key in ("a/b", "a/c", "a/d")} == {"a/b": True, "a/c": False, "a/d": False}
