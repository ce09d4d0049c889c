"""The annotated corpus that ships: every span is of its text, every value is the codebook's, and no text is anybody else's."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from corpus.notation import VALUES
from reportedly.learning.annotations import is_held, own_texts, standoff

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = ("own", "open", "second")


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_whole_and_its_values_are_legal(name: str) -> None:
    """Spans are in order and not empty; values are the codebook's."""
    for line in (CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert len(row["sha256"]) == 64
        for said in row["attributions"]:
            assert said["cue"] and said["content"], row["text_id"]
            assert said["stance"] in VALUES["stance"]
            assert said["quotation"] in VALUES["quotation"]
            assert said["kind"] is None or said["kind"] in VALUES["kind"]
            for part in ("cue", "content", "source", "hops"):
                assert all(0 <= a < b for a, b in said[part]), row["text_id"]
        for act in row["events"]:
            assert act["event_type"] in VALUES["type"]
            assert act["stage"] in VALUES["stage"]
            assert act["polarity"] in VALUES["pol"]
            assert act["certainty"] in VALUES["cert"]


def test_every_text_of_our_own_is_here_and_is_the_one_that_was_annotated() -> None:
    """The hash of the text stands in the annotation; offsets lie within it."""
    texts = own_texts(CORPUS / "texts")
    rows = [json.loads(line) for line in (CORPUS / "own.jsonl").read_text("utf-8").splitlines()]
    assert {row["sha256"] for row in rows} == set(texts)
    for row in rows:
        length = len(texts[row["sha256"]])
        spans = [span for said in row["attributions"] for part in ("cue", "content", "source") for span in said[part]]
        assert all(b <= length for _, b in spans), row["text_id"]


def test_there_is_enough_of_it() -> None:
    """At least 240 texts, 30 of them annotated twice, a tenth of them held back."""
    ids = [
        json.loads(line)["text_id"]
        for n in ("own", "open")
        for line in (CORPUS / f"{n}.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(ids) == len(set(ids)) >= 240
    assert len((CORPUS / "second.jsonl").read_text("utf-8").splitlines()) >= 30
    assert 0.06 <= sum(map(is_held, ids)) / len(ids) <= 0.14


def test_no_text_of_others_is_in_the_project() -> None:
    """Standoff rows of open texts hold offsets, a hash and a name, no words."""
    texts = own_texts(CORPUS / "texts")
    for line in (CORPUS / "open.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert row["sha256"] not in texts
        assert set(row) == {"text_id", "sha256", "annotator", "attributions", "events"}


def test_a_text_that_was_changed_is_left_out(tmp_path: Path) -> None:
    """Spans are never laid over another text than the one that they were made on."""
    text = "Police said so."
    row = {
        "text_id": "own/x",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "annotator": "a",
        "attributions": [
            {
                "cue": [[7, 11]],
                "content": [[12, 14]],
                "source": [[0, 6]],
                "hops": [],
                "stance": "asserts",
                "quotation": "indirect",
                "kind": "group",
                "anonymous": True,
            }
        ],
        "events": [],
    }
    (tmp_path / "own.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "own-x.txt").write_text(text, "utf-8")
    assert [m.text for m in standoff(tmp_path / "own.jsonl", own_texts(texts))] == [text]
    (texts / "own-x.txt").write_text(text + " Not.", "utf-8")
    assert not list(standoff(tmp_path / "own.jsonl", own_texts(texts)))


def test_short_passages_are_whole_and_none_is_a_test_sentence() -> None:
    """Spans lie in their passage, values are the codebook's, and what the head is tested on is not among what it learns."""
    rows = [json.loads(line) for line in (CORPUS / "items.jsonl").read_text("utf-8").splitlines()]
    assert len({row["item_id"] for row in rows}) == len(rows) > 2500
    for row in rows:
        for start, end, stance in row["says"]:
            assert 0 <= start < end <= len(row["text"]) and stance in VALUES["stance"], row["item_id"]
        for start, end, *values in row["acts"]:
            assert 0 <= start < end <= len(row["text"]), row["item_id"]
            assert all(v in VALUES[n] for n, v in zip(("type", "stage", "pol", "cert"), values, strict=True))
    data = CORPUS.parent / "tests" / "data"
    tested = {
        json.loads(line)["text"]
        for name in ("stances", "stages", "factuality", "incidents")
        for line in (data / f"{name}.jsonl").read_text("utf-8").splitlines()
    }
    assert not tested & {row["text"] for row in rows}
