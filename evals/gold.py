"""Claims of the reader against the rows of a careful analyst.

A folder holds one or more ``rows.json`` or ``*.rows.json``, each beside the article that it names. A row holds when ONE claim satisfies
every key that it gives; its ``anchor`` lies in the claim's sentence or content, a list means any of these, ``all_*`` each of
these. Names match as substrings in lower case, after alias folding.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from evals import Result
from reportedly.acquire import acquire
from reportedly.pipeline import Reader
from reportedly.stages.clean import clean

Json = dict[str, Any]
ALIASES: Mapping[str, tuple[str, ...]] = {
    "isis": ("isis", "isil", "daesh", "islamic state", "da'esh"),
    "us military": ("us military", "u.s. military", "united states armed forces", "american military"),
    "us forces": ("us forces", "u.s. forces", "special forces", "us military", "united states"),
    "united kingdom": ("united kingdom", "britain", "uk"),
    "organisation for the prohibition": (
        "organisation for the prohibition",
        "organization for the prohibition",
        "opcw",
    ),
}


def run(data: Path, limit: int | None, verbose: bool = False) -> Result:
    """Scores every rows file of `data`.

    Args:
        data: a folder with ``rows.json`` or ``*.rows.json`` and the articles, or one such file.
        limit: at most so many rows files.
        verbose: name each row that fails on standard error.
    """
    files = [data] if data.is_file() else sorted({*data.glob("rows.json"), *data.glob("*.rows.json")})
    reader = Reader()
    held = total = claims = outside = 0
    by_file: dict[str, str] = {}
    failed: dict[str, list[str]] = {}
    for file in files[:limit]:
        rows = json.loads(file.read_text("utf-8"))
        found = _claims(reader, file.parent / rows["article"], rows.get("published"))
        verdicts = list(judged(rows, found))
        wrong = [f"{name}: {why}" for name, ok, why in verdicts if not ok]
        held, total = held + len(verdicts) - len(wrong), total + len(verdicts)
        claims, outside = claims + len(found), outside + _outside(rows, found)
        by_file[file.name], failed[file.name] = f"{len(verdicts) - len(wrong)} of {len(verdicts)}", wrong
        if verbose:
            print("\n".join(f"{file.name} FAILS {line}" for line in wrong), file=sys.stderr)
    scores = {
        "held": held,
        "rows": total,
        "share": round(held / total, 4) if total else None,
        "claims": claims,
        "outside_every_row": outside,
        "by_file": by_file,
        "failed": {k: [w.split(":")[0] for w in v] for k, v in failed.items()},
    }
    return Result(n=len(files[:limit]), scores=scores)


def _claims(reader: Reader, article: Path, published: str | None) -> list[Json]:
    reading = next(iter(reader.read([clean(acquire(article), published)])))
    found: list[Json] = msgspec.json.decode(msgspec.json.encode(reading.claims))
    return list(found)


def judged(rows: Json, claims: list[Json]) -> Iterable[tuple[str, bool, str]]:
    """Each row's id, whether it holds, and why not."""
    incident: dict[str, str | None] = {}
    for row in rows["claims"]:
        near = [c for c in claims if row["anchor"].lower() in _text(c)]
        tried = sorted(((failures(row, c), k) for k, c in enumerate(near)), key=lambda pair: (len(pair[0]), pair[1]))
        if tried:
            incident[row["id"]] = near[tried[0][1]].get("incident_id")
        yield (
            row["id"],
            bool(tried) and not tried[0][0],
            ", ".join(tried[0][0]) if tried else "no claim covers the anchor",
        )
    for row in rows.get("absent", []):
        needle = (row.get("text") or row.get("anchor")).lower()
        yield row["id"], bool(claims) and not any(needle in _text(c) for c in claims), row["why"]
    for row in rows.get("same_incident", []):
        found = [incident.get(name) for name in row["claims"]]
        yield row["id"], None not in found and len(set(found)) == 1, "one incident"
    for row in rows.get("different_incident", []):
        found = [incident.get(name) for name in row["claims"]]
        yield row["id"], None not in found and len(set(found)) == len(found), "incidents apart"


def _outside(rows: Json, claims: list[Json]) -> int:
    return sum(not any(row["anchor"].lower() in _text(c) for row in rows["claims"]) for c in claims)


def _text(claim: Json) -> str:
    return "\n".join([claim["sentence"]["text"], *(span["text"] for span in claim["content"])]).lower()


def _says(names: list[str], wanted: str) -> bool:
    forms = ALIASES.get(wanted.lower(), (wanted.lower(),))
    return any(form in name.lower() for name in names if name for form in forms)


def _names(entries: list[Json]) -> list[str]:
    out: list[str] = []
    for entry in entries:
        out += [
            entry.get("name") or "",
            str(entry.get("canonical_id") or ""),
            (entry.get("mention") or {}).get("text") or "",
        ]
    return out


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p1, p2 = math.radians(lat1), math.radians(lat2)
    a = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(a))


def failures(row: Json, claim: Json) -> list[str]:
    """The keys of `row` that `claim` does not satisfy."""
    attribution, event, fact = claim["attribution"], claim.get("event") or {}, claim.get("factuality") or {}
    chain, actors, places = attribution["chain"], event.get("actors") or [], event.get("places") or []
    recipients, date = event.get("recipients") or [], event.get("date") or {}
    countries = [p["country"] for p in places]
    numbers = [v for q in event.get("quantities") or [] for v in (q["low"], q["best"], q["high"])]
    checks: dict[str, Callable[[Any], bool]] = {
        "source": lambda w: any(_says(_names(chain), x) for x in w),
        "all_sources": lambda w: all(_says(_names(chain), x) for x in w),
        "via": lambda w: any(_says(_names(chain[1:]), x) for x in w),
        "source_kind": lambda w: bool(chain) and chain[0]["kind"] in w,
        "anonymous": lambda w: bool(chain) and any(h["anonymous"] == w for h in chain),
        "stance": lambda w: attribution["stance"] in w,
        "quotation": lambda w: attribution["quotation"] in [*w, "mixed"],
        "event_type": lambda w: event.get("event_type") in w,
        "stage": lambda w: fact.get("stage") in w,
        "certainty": lambda w: fact.get("certainty") in w,
        "actor": lambda w: any(_says(_names(actors), x) for x in w),
        "no_actor": lambda w: not actors,
        "actor_confidence": lambda w: any(a["confidence"] in w for a in actors),
        "perpetrator_or_target": lambda w: any(_says(_names(actors + recipients), x) for x in w),
        "place": lambda w: any(_says(_names(places) + _names(recipients), x) for x in w),
        "country": lambda w: any(c in countries for c in w),
        "all_countries": lambda w: all(c in countries for c in w),
        "near": lambda w: any(p["lat"] is not None and _km(p["lat"], p["lon"], w[0], w[1]) <= w[2] for p in places),
        "weapon": lambda w: any(x["category"] == w for x in event.get("weapons") or []),
        "date": lambda w: (date.get("start") or "", date.get("end") or "") == (w[0], w[1]),
        "quantity": lambda w: w in numbers,
    }
    return [key for key, wanted in row.items() if key in checks and not checks[key](wanted)]
