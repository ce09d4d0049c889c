"""How fast a ledger takes in generated claims and answers questions about them: ``python -m evals ledger --limit CLAIMS``.

Entries are made ahead, a slice at a time, and only `Ledger.append` is timed; then the incidents that they come to are put beside them.
The questions are asked of the same file, opened anew, only to be read: each kind many times with other values, the median counts.
"""

from __future__ import annotations

import gc
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from evals import Result, Scores
from evals.generated import DAYS, FIRST_DAY, STORIES, World, entries, incident
from reportedly.entries import Account, Box, Entry, Question
from reportedly.ledger.linking import put_incidents
from reportedly.ledger.questions import page
from reportedly.ledger.store import Ledger, open_ledger

CLAIMS = 1_000_000
BATCH = 10_000
"""Entries in one transaction: each touches nearly every page of every index of hashes, so that fewer write less."""
SLICE = 10_000
"""Entries in memory at a time."""
ASKED = 25
"""Questions of each kind."""
Stories = dict[tuple[Any, ...], list[bytes]]


def run(data: Path, limit: int | None, seed: int = 0) -> Result:
    """Loads and asks.

    Args:
        data: not used: the claims are generated.
        limit: how many claims; a million where it is not given.
        seed: of the generated world.
    """
    with tempfile.TemporaryDirectory(prefix="reportedly-ledger-") as folder:
        path = Path(folder) / "ledger.sqlite"
        scores: Scores = {}
        with open_ledger(path, create=True) as ledger:
            stories = _load(ledger, limit or CLAIMS, seed, scores)
            _put(ledger, stories, scores)
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        scores["bytes_per_claim"] = round(size / scores["claims"])
        with open_ledger(path, read_only=True) as ledger:
            scores["median_ms"] = dict(_asked(ledger, World(seed, 1)))
    return Result(n=scores["entries"], scores=scores)


def _load(ledger: Ledger, claims: int, seed: int, scores: Scores) -> Stories:
    stories: Stories = {}
    stream = entries(claims, seed)
    number, wall, cpu, written = 0, 0.0, 0.0, 0
    while some := list(itertools.islice(stream, SLICE)):
        written += len(some)
        number += sum(len(entry.claims) for entry in some)
        _sort(some, stories)
        gc.collect()
        gc.freeze()
        began, worked = time.perf_counter(), time.process_time()
        for start in range(0, len(some), BATCH):
            ledger.append(some[start : start + BATCH])
        took = time.perf_counter() - began
        wall, cpu = wall + took, cpu + time.process_time() - worked
        gc.unfreeze()
        print(f"{number:>9,} claims, {number / wall:,.0f} a second", file=sys.stderr)
    scores |= {"claims": number, "entries": written, "entries_per_transaction": BATCH}
    scores |= {"claims_per_s": round(number / wall), "claims_per_cpu_s": round(number / cpu)}
    scores["load_average"] = round(os.getloadavg()[0], 1)
    return stories


def _sort(some: list[Entry], stories: Stories) -> None:
    """Accounts to the incidents that they are of: kind, day and town say which."""
    for entry in some:
        for account in entry.accounts:
            key = (account.event_type, account.date and account.date.start, account.places[0].geonames_id)
            stories.setdefault(key, []).append(msgspec.msgpack.encode(account))


def _put(ledger: Ledger, stories: Stories, scores: Scores) -> None:
    decode = msgspec.msgpack.Decoder(Account).decode
    wall, keys = 0.0, iter(list(stories))
    while some := list(itertools.islice(keys, BATCH)):
        made = [incident([decode(account) for account in stories.pop(key)]) for key in some]
        began = time.perf_counter()
        put_incidents(ledger, (), made)
        wall += time.perf_counter() - began
        scores["incidents"] = scores.get("incidents", 0) + len(made)
    scores["incidents_per_s"] = round(scores["incidents"] / wall)


def _asked(ledger: Ledger, world: World) -> Iterator[tuple[str, dict[str, float]]]:
    for name, make in _kinds(world).items():
        dice, took, found = random.Random(name), [], 0
        for _ in range(ASKED):
            question = make(dice)
            began = time.perf_counter()
            answer = page(ledger, question)
            took.append(1000 * (time.perf_counter() - began))
            found += answer.total
        shown = {"median": round(statistics.median(took), 2), "worst": round(max(took), 2), "found": found / ASKED}
        print(f"{name}: {shown}", file=sys.stderr)
        yield name, shown


def _kinds(world: World) -> dict[str, Callable[[random.Random], Question]]:
    def range_of(dice: random.Random, days: int) -> dict[str, str]:
        since = FIRST_DAY + timedelta(days=dice.randrange(DAYS - days))
        return {"since": since.isoformat(), "until": (since + timedelta(days=days)).isoformat()}

    def box(dice: random.Random) -> Box:
        town = dice.choice(world.towns)
        return Box(west=town.lon - 0.5, south=town.lat - 0.5, east=town.lon + 0.5, north=town.lat + 0.5)

    return {
        "everything": lambda dice: Question(page=dice.randrange(1, 20)),
        "type and dates": lambda dice: Question(types=(dice.choice(STORIES)[0],), **range_of(dice, 30)),  # type: ignore[arg-type]
        "most deaths": lambda dice: Question(sort="-deaths", min_outlets=2, **range_of(dice, 90)),  # type: ignore[arg-type]
        "actor": lambda dice: Question(actor=dice.choice(world.groups).split()[0]),
        "outlet": lambda dice: Question(outlet=dice.choice(world.outlets)),
        "town": lambda dice: Question(place=dice.choice(world.towns).name),
        "country": lambda dice: Question(place=dice.choice(world.towns).country),
        "box": lambda dice: Question(box=box(dice)),
        "rare word": lambda dice: Question(text=f"{dice.choice(world.streets)} street"),
        "word": lambda dice: Question(text=dice.choice(("governor", "rifles", "mortars", "clinic", "drone"))),
        "word of every sentence": lambda dice: Question(text="fighters"),
        "words and dates": lambda dice: Question(text="police market", **range_of(dice, 30)),  # type: ignore[arg-type]
    }
