"""stances: texts of our own, each with the stance that an analyst gives to the saying whose cue is named.

``--data`` is the folder with ``stances.jsonl`` (in the project: ``tests/data``), or that file. A rule is made on the ``dev`` half only.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from evals import Result
from evals.factuality import Row, _article, rows_of
from reportedly.pipeline import Reader
from reportedly.records import Attribution, Reading


def run(data: Path, limit: int | None, split: str = "dev", verbose: bool = False) -> Result:
    """Reads each text and looks at the attribution whose cue overlaps the row's.

    Scores: ``right`` the share of all rows whose attribution is found with a right stance; ``found``; ``stance`` the share right among the
    found; ``by_stance`` and ``traps`` the share of all rows right, by stance and among those with a trap.
    """
    rows = rows_of(data, "stances.jsonl", split)[:limit]
    right, given, found = Counter[str](), Counter[str](), 0
    for row, reading in zip(rows, Reader().read([_article(row) for row in rows]), strict=True):
        attribution = _cued(row, reading)
        found += attribution is not None
        hit = attribution is not None and attribution.stance in row["stance"]
        for name in (row["stance"][0], "trap" if row["trap"] else "plain"):
            given[name] += 1
            right[name] += hit
        if verbose and not hit:
            got = attribution.stance if attribution else "nothing"
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


def _cued(row: Row, reading: Reading) -> Attribution | None:
    start = row["text"].index(row["cue"])
    end = start + len(row["cue"])
    said = [c.attribution for c in (*reading.claims, *reading.statements) if c.attribution.cue]
    return next((a for a in said if a.cue and a.cue.start < end and start < a.cue.end), None)
