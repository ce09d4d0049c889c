"""stances: texts of our own, each with the stance that an analyst gives to the saying whose cue is named.

``--data`` is the folder with ``stances.jsonl`` (in the project: ``tests/data``), or that file. A rule is made on the ``dev`` half only.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from evals import Result
from evals.factuality import Row, row_article, rows_of
from reportedly.pipeline import Reader
from reportedly.records import Reading
from reportedly.stages.annotate import annotate
from reportedly.stages.attribute import attribute
from reportedly.stages.drafts import Annotated


def run(data: Path, limit: int | None, split: str = "dev", verbose: bool = False) -> Result:
    """Reads each text and looks at the claim, the statement or the saying around another whose cue overlaps the row's.

    Scores: ``right`` the share of all rows whose attribution is found with a right stance; ``found``; ``stance`` the share right among the
    found; ``by_stance`` and ``traps`` the share of all rows right, by stance and among those with a trap.
    """
    rows = rows_of(data, "stances.jsonl", split)[:limit]
    right, given, found = Counter[str](), Counter[str](), 0
    reader = Reader()
    for row, annotated in zip(
        rows, annotate([row_article(row) for row in rows], reader.parser, reader.is_place), strict=True
    ):
        stance = _cued(row, reader.understand(annotated, statements=True)) or _heard(row, reader, annotated)
        found += stance is not None
        hit = stance in row["stance"]
        for name in (row["stance"][0], "trap" if row["trap"] else "plain"):
            given[name] += 1
            right[name] += hit
        if verbose and not hit:
            got = stance or "nothing"
            print(
                f"{row['id']} {row['text']}\n      {row['cue']}: {got}, not {'/'.join(row['stance'])}", file=sys.stderr
            )
    total = right["trap"] + right["plain"]
    return Result(
        n=len(rows),
        scores={
            "right": round(total / max(len(rows), 1), 3),
            "found": round(found / max(len(rows), 1), 3),
            "stance": round(total / max(found, 1), 3),
            "by_stance": {
                name: round(right[name] / given[name], 3) for name in sorted(given) if name not in ("trap", "plain")
            },
            "traps": round(right["trap"] / max(given["trap"], 1), 3),
        },
    )


def _cued(row: Row, reading: Reading) -> str | None:
    """The stance of the claim or statement whose cue is the row's."""
    start, end = _place(row)
    said = [c.attribution for c in (*reading.claims, *reading.statements)]
    return next((a.stance for a in said if a.cue and a.cue.start < end and start < a.cue.end), None)


def _heard(row: Row, reader: Reader, annotated: Annotated) -> str | None:
    """That of an outer saying, which a claim knows only as a station: the claim's own is the inner one's."""
    start, end = _place(row)
    said = attribute(annotated, reader.words.cues, reader.tags(annotated))
    return next((a.stance for a in said if a.cue and a.cue[0] < end and start < a.cue[1]), None)


def _place(row: Row) -> tuple[int, int]:
    start = row["text"].index(row["cue"])
    return start, start + len(row["cue"])
