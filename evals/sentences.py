"""Sentences of our own: those that hold an incident, with what an analyst reads out of them, and those that hold none.

``--data`` is the folder with ``incidents.jsonl``, ``no_incident.jsonl`` and, where it is there, ``incident_contexts.jsonl``, three sentences with one
word in it that is an incident in one text and none in its twin (in the project: ``tests/data``). Rules are made on the
``dev`` half only; the ``test`` half is measured, never looked at.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from evals import Result
from reportedly.pipeline import Reader
from reportedly.records import Article, Block, BlockKind, Claim, Event, Reading

Row = dict[str, Any]


def run(data: Path, limit: int | None, split: str = "dev", verbose: bool = False) -> Result:
    """Reads each sentence as an article of its own.

    Scores: ``no_incident`` the share of sentences without an incident that yield a claim; ``found`` the share of incidents with a
    claim of a right type; then, among all incidents that give the value, the share where that claim (or another of a right type) has it;
    ``contexts`` the share of the texts with a twin that yield a claim exactly where they should.
    """
    quiet = [row for row in _rows(data / "no_incident.jsonl") if split in ("all", row["set"])][:limit]
    loud = [row for row in _rows(data / "incidents.jsonl") if split in ("all", row["set"])][:limit]
    reader = Reader()
    contexts = data / "incident_contexts.jsonl"
    twins = [row for row in _rows(contexts) if split in ("all", row["set"])][:limit] if contexts.exists() else []
    readings = reader.read([_article(row) for row in quiet + loud + twins])
    false = [row for row in quiet if _claimed(next(readings), row, verbose)]
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for row in loud:
        _score(row, next(readings), right, given, verbose)
    for row in twins:
        given["contexts"] += 1
        right["contexts"] += bool(next(readings).claims) == row["incident"]
    scores = {name: round(right[name] / given[name], 3) for name in given}
    kinds = Counter(row["kind"] for row in false)
    return Result(
        n=len(quiet) + len(loud) + len(twins),
        scores={
            "no_incident": round(len(false) / len(quiet), 4) if quiet else None,
            "no_incident_by_kind": dict(kinds),
            **scores,
        },
    )


def _rows(path: Path) -> Iterator[Row]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _article(row: Row) -> Article:
    text = row["text"]
    kind: BlockKind = "headline" if row.get("headline") else "paragraph"
    blocks = tuple(Block(start=m.start(), end=m.end(), kind=kind) for m in re.finditer(r"[^\n]+", text))
    return Article(
        article_id=row["id"],
        document_sha256=row["id"],
        text=text,
        blocks=blocks,
        language="en",
        publication_date=row.get("published"),
        date_known_from="given",
    )


def _claimed(reading: Reading, row: Row, verbose: bool) -> bool:
    if verbose and reading.claims:
        said = [(c.event.event_type, c.event.trigger.text) for c in reading.claims if c.event]
        print(f"{row['id']} {row['kind']}: {row['text']}\n      {said}", file=sys.stderr)
    return bool(reading.claims)


def _score(row: Row, reading: Reading, right: Counter[str], given: Counter[str], verbose: bool) -> None:
    typed = [c for c in reading.claims if c.event and c.event.event_type in row["event_type"]]
    wrong = []
    for name, holds in _checks(row).items():
        given[name] += 1
        if any(holds(c) for c in typed):
            right[name] += 1
        else:
            wrong.append(name)
    if verbose and wrong:
        got = [
            (
                c.event.event_type,
                c.event.trigger.text,
                c.factuality.stage,
                c.factuality.polarity,
                [a.name for a in c.event.actors],
                [r.name for r in c.event.recipients],
                [p.name for p in c.event.places],
                c.event.date and (c.event.date.start, c.event.date.end),
                [(q.kind, q.best) for q in c.event.quantities],
                c.attribution.stance,
                [h.name for h in c.attribution.chain],
            )
            for c in reading.claims
            if c.event and c.factuality
        ]
        wanted = {
            name: row.get(name)
            for name in (
                "event_type",
                "stage",
                "polarity",
                "actor",
                "recipient",
                "place",
                "date",
                "quantity",
                "stance",
                "source",
                "weapon",
            )
            if name in wrong or name == "event_type"
        }
        print(f"{row['id']} {row['text']}\n      wrong {wrong} wanted {wanted}\n      got {got}", file=sys.stderr)


def _checks(row: Row) -> dict[str, Callable[[Claim], bool]]:
    """A test for each value that `row` gives."""
    out: dict[str, Callable[[Claim], bool]] = {"found": lambda c: True}
    low = {key: value.lower() for key, value in row.items() if isinstance(value, str)}
    out["stage"] = lambda c: c.factuality is not None and c.factuality.stage in row["stage"]
    if row.get("polarity"):
        out["polarity"] = lambda c: c.factuality is not None and c.factuality.polarity == row["polarity"]
    if row.get("actor"):
        out["actor"] = lambda c: any(
            low["actor"] in f"{a.name} {a.mention.text}".lower() or a.mention.text.lower() in low["actor"]
            for a in _event(c).actors
        )
    if row.get("recipient"):
        out["recipient"] = lambda c: any(
            _same(low["recipient"], r.mention.text.lower(), r.name.lower()) for r in _event(c).recipients
        )
    if row.get("place"):
        out["place"] = lambda c: any(low["place"] in f"{p.name} {p.mention.text}".lower() for p in _event(c).places)
    if row.get("date"):
        out["date"] = lambda c: _has_date(c, row["date"])
    if row.get("quantity"):
        wanted = row["quantity"]
        out["quantity"] = lambda c: any(
            q.kind == wanted["kind"] and wanted["value"] in (q.low, q.best, q.high) for q in _event(c).quantities
        )
    if row.get("stance"):
        out["stance"] = lambda c: c.attribution.stance in row["stance"]
    if row.get("source"):
        out["source"] = lambda c: any(
            _same(low["source"], h.mention.text.lower(), h.name.lower()) for h in c.attribution.chain
        )
    if row.get("weapon"):
        out["weapon"] = lambda c: any(w.category in row["weapon"] for w in _event(c).weapons)
    return out


def _has_date(claim: Claim, wanted: list[str]) -> bool:
    found = _event(claim).date
    return found is not None and [found.start, found.end] == wanted


def _event(claim: Claim) -> Event:
    assert claim.event is not None
    return claim.event


def _same(wanted: str, *found: str) -> bool:
    return any(wanted in text or (text and text in wanted) for text in found)
