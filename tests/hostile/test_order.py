"""One ledger hash, whatever the order, the number of runs and processes, the clock, the hash seed or the locale."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals._stream import SAMPLES
from reportedly.engines import ingest as ingesting
from reportedly.ledger.check import ledger_hash
from reportedly.ledger.store import open_ledger
from reportedly.pipeline import Reader

OWN = {
    "one.txt": "TARSK, 3 March 2025 - Three people were killed when a bomb went off at the market in Tarsk on Monday, the police said.\n",
    "two.txt": "Gunmen attacked a convoy near Quellin on Sunday. At least 9 soldiers died, the army said.\n\nNo group has claimed it.\n",
    "three.txt": "The council of Tarsk voted on Monday to plant forty trees along the river, and nobody spoke against it.\n",
    "four.txt": "",
    "five.html": "<rss><channel><title>no article</title></channel></rss>",
}
SAMPLED = 6


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Half of the samples, and some texts of our own: read, screened, refused."""
    folder = tmp_path_factory.mktemp("sources")
    for path in sorted(SAMPLES.glob("*.html"))[:SAMPLED]:
        shutil.copy(path, folder)
    for name, text in OWN.items():
        (folder / name).write_text(text, "utf-8")
    return sorted(str(path) for path in folder.iterdir())


def hash_after(reader: Reader, ledger: Path, runs: Sequence[Sequence[str]]) -> str:
    """The hash of a ledger after some runs in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reportedly.engines.one.Reader", lambda: reader)
        with open_ledger(ledger, create=True) as opened:
            for names in runs:
                ingesting.ingest(opened, names)
            return ledger_hash(opened)


@pytest.fixture(scope="module")
def plain(reader: Reader, sources: list[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hash of one run in the order of the names."""
    return hash_after(reader, tmp_path_factory.mktemp("plain") / "l.sqlite", [sources])


def shuffled(names: Sequence[str], seed: int) -> list[str]:
    return random.Random(seed).sample(list(names), len(names))


@pytest.mark.parametrize("how", ["shuffled", "twice", "halves", "one by one"])
def test_order_and_repetition_do_not_show(
    reader: Reader, sources: list[str], plain: str, tmp_path: Path, how: str
) -> None:
    """In another order, twice, in two halves that overlap, or each in a run of its own: the same hash."""
    mixed = shuffled(sources, 5)
    runs = {
        "shuffled": [mixed],
        "twice": [sources, mixed],
        "halves": [mixed[:7], mixed[4:]],
        "one by one": [[name] for name in mixed],
    }[how]
    assert hash_after(reader, tmp_path / "l.sqlite", runs) == plain


@pytest.mark.parametrize(
    ("jobs", "surroundings"),
    [
        (1, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
        (2, {"PYTHONHASHSEED": "77", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"}),
    ],
    ids=["one job", "two jobs"],
)
def test_processes_clocks_and_locales_do_not_show(
    sources: list[str], plain: str, tmp_path: Path, jobs: int, surroundings: dict[str, str]
) -> None:
    """The command itself, with one worker or two, elsewhere on earth, with another hash seed and locale: the same hash."""
    program = str(Path(sys.executable).with_name("reportedly"))
    surrounded = {**os.environ, **surroundings}
    ledger = str(tmp_path / "l.sqlite")
    asked = [program, "ingest", *shuffled(sources, jobs), "--ledger", ledger, "--jobs", str(jobs), "--json"]
    done = subprocess.run(asked, env=surrounded, capture_output=True, timeout=120, check=False)
    assert done.returncode == 2, done.stderr.decode()  # something is refused
    assert json.loads(done.stdout)["refused"] >= 1
    told = subprocess.run(
        [program, "doctor", "--ledger", ledger, "--json"], env=surrounded, capture_output=True, timeout=60, check=True
    )
    assert json.loads(told.stdout)["ledger_hash"] == plain
