"""How far an act got: sentences of our own, each with the stage, polarity and certainty that an analyst reads out of it.

``--data`` is the folder with ``factuality.jsonl`` (in the project: ``tests/data``), or that file. Rules are made on the ``dev`` half only;
the ``test`` half is measured, never looked at.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from evals import Result, macro_f
from evals._texts import view
from reportedly.pipeline import Reader
from reportedly.records import Article, Block, Claim, Reading
from reportedly.stages.annotate import annotate
from reportedly.stages.judge import Judged

Row = dict[str, Any]
FIELDS = ("stage", "polarity", "certainty")


def run(data: Path, limit: int | None, split: str = "dev", verbose: bool = False) -> Result:
    """Reads each sentence as an article of its own and looks at the claim whose trigger overlaps the row's ``anchor``.

    Scores: ``given_event`` the share of all rows whose stage is right when the reader is told where the event is, by its own means; ``found`` the share of sentences with such a claim; ``stage``, ``polarity``, ``certainty`` the share right among the found that
    give the value; ``stage_macro_f`` the mean F over the seven stages among the found. Where a row allows several stages, any of
    them is right and counts as itself; a wrong answer is a miss of the first.
    """
    rows = rows_of(data, "factuality.jsonl", split)[:limit]
    reader = Reader()
    given_event = 0
    found, right, given = 0, Counter[str](), Counter[str]()
    pairs: list[tuple[str, str]] = []
    for row, reading in zip(rows, reader.read([row_article(row) for row in rows]), strict=True):
        judged = at_anchor(reader, row)
        given_event += judged is not None and judged.factuality.stage in row["stage"]
        if judged is not None and judged.factuality.stage not in row["stage"]:
            _say(
                verbose, row, f"given {row['anchor']!r}: stage {judged.factuality.stage}, not {'/'.join(row['stage'])}"
            )
        claim = _anchored(row, reading)
        if claim is None or claim.factuality is None:
            _say(verbose, row, f"no claim at {row['anchor']!r}")
            continue
        found += 1
        values = {name: getattr(claim.factuality, name) for name in FIELDS}
        pairs.append((values["stage"] if values["stage"] in row["stage"] else row["stage"][0], values["stage"]))
        scored = [name for name in FIELDS if row[name] is not None]
        given.update(scored)
        right.update(name for name in scored if values[name] in row[name])
        wrong = [
            f"{name} {values[name]}, not {'/'.join(row[name])}" for name in scored if values[name] not in row[name]
        ]
        _say(verbose and bool(wrong), row, "; ".join(wrong))
    shares = {name: round(right[name] / given[name], 3) for name in FIELDS if given[name]}
    return Result(
        n=len(rows),
        scores={
            "given_event": round(given_event / max(len(rows), 1), 3),
            "found": round(found / max(len(rows), 1), 3),
            **shares,
            "stage_macro_f": macro_f(pairs),
        },
    )


def rows_of(data: Path, name: str, split: str) -> list[Row]:
    """The rows of one half (``all``: of both) of a file, or of the file `name` in a folder."""
    path = data / name if data.is_dir() else data
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in rows if split in (row["set"], "all")]


def at_anchor(reader: Reader, row: Row) -> Judged | None:
    """How far the event at a row's anchor got, by what the reader reads out of the words around, whether or not it sees an event there."""
    annotated = next(iter(annotate([row_article(row)], reader.parser, reader.is_place)))
    start = row["text"].index(row["anchor"])
    return view(reader, annotated).judged_at((start, start + len(row["anchor"])))


def row_article(row: Row) -> Article:
    """A row's text as an article of one block."""
    text = row["text"]
    block = Block(start=0, end=len(text), kind="headline" if row.get("headline") else "paragraph")
    return Article(
        article_id=row["id"],
        document_sha256=row["id"],
        text=text,
        blocks=(block,),
        language="en",
        publication_date=row.get("published"),
        date_known_from="given",
    )


def _anchored(row: Row, reading: Reading) -> Claim | None:
    start = row["text"].index(row["anchor"])
    end = start + len(row["anchor"])
    return next(
        (c for c in reading.claims if c.event and c.event.trigger.start < end and start < c.event.trigger.end), None
    )


def _say(aloud: bool, row: Row, what: str) -> None:
    if aloud:
        print(f"{row['id']} {row['text']}\n      {what}", file=sys.stderr)
