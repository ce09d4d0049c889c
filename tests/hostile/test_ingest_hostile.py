"""Bad input of every kind through `reportedly ingest` itself: it ends, in time, in little memory, counted and named."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bad_input import PAGES, SOURCES

from reportedly.entries import Entry
from reportedly.ledger.check import check
from reportedly.ledger.store import open_ledger
from reportedly.pipeline import Reader

SECONDS = 30.0
"""Of the processor, for one bad document."""
MEGABYTES = 500
"""On top of the loaded models."""
HUNG = 120
"""Seconds after which a run is killed."""
OUTCOMES = ("read", "known", "no_incident", "screened", "refused")
CASES = {
    **SOURCES,
    **{
        f"page: {name}": (f"{n}.txt" if name.startswith("plain") else f"{n}.html", make)
        for n, (name, make) in enumerate(PAGES.items())
    },
}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs fork, and memory as Linux counts it")


@pytest.fixture(scope="module")
def warm(reader: Reader) -> Reader:
    """The reader with everything loaded, so that a child need not."""
    reader.load()
    return reader


def ingested(reader: Reader, arguments: list[str], folder: Path) -> dict[str, Any]:
    """The summary of ``reportedly ingest … --json`` in a child of its own, with the seconds and megabytes that it took."""
    out = folder / "out.json"
    child = os.fork()
    if child == 0:
        status = 70
        try:
            status = _ingest(reader, arguments, out)
        finally:
            os._exit(status)
    before = float(Path(f"/proc/{os.getpid()}/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(HUNG)
    _, status, usage = os.wait4(child, 0)
    signal.alarm(0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 2), f"ended with {code}"
    found: dict[str, Any] = json.loads(out.read_text())
    return {
        **found,
        "took": usage.ru_utime + usage.ru_stime,
        "grew": usage.ru_maxrss * 1024 / 1e6 - before,
        "code": code,
    }


def _ingest(reader: Reader, arguments: list[str], out: Path) -> int:
    from reportedly.cli import app
    from reportedly.engines import one

    setattr(one, "Reader", lambda: reader)  # noqa: B010  in this child only
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + 2_000_000_000, size + 2_000_000_000))
    with out.open("w") as stream, out.with_suffix(".err").open("w") as errors:
        sys.stdout, sys.stderr = stream, errors
        return int(app(["ingest", *arguments, "--json"], standalone_mode=False) or 0)


def entries_of(ledger: Path) -> Iterator[Entry]:
    with open_ledger(ledger, read_only=True) as opened:
        assert not [problem for problem in check(opened).problems if not problem.harmless]
        yield from opened.entries(current=False)


@pytest.mark.parametrize("name", CASES)
def test_bad_input_ends_and_is_counted(warm: Reader, tmp_path: Path, name: str) -> None:
    """Whatever it is: an entry with an outcome or a refusal with a reason, within 10 s and 500 MB; the counts add up."""
    file, make = CASES[name]
    content = make()
    sources = tmp_path / "sources"
    sources.mkdir()
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    (sources / file).write_bytes(raw)
    del content, raw
    ledger = tmp_path / "l.sqlite"
    for more in ([], ["--thorough"]):
        done = ingested(warm, [str(sources), "--ledger", str(ledger), *more], tmp_path)
        assert done["took"] < SECONDS, f"took {done['took']:.1f} s"
        assert done["grew"] < MEGABYTES, f"took {done['grew']:.0f} MB"
        assert done["failures"] == 0, (tmp_path / "out.err").read_text()
        assert sum(done["refused_by_stage"].values()) == done["refused"]
        assert done["code"] == (2 if done["refused"] else 0)
        assert sum(done[outcome] for outcome in OUTCOMES) + sum(done["passed_over"].values()) > 0
    for entry in entries_of(ledger):
        assert entry.outcome in OUTCOMES
        assert entry.outcome not in ("refused", "screened") or (
            entry.stage and entry.reason and "\n" not in entry.reason
        )
        told = "\n".join(claim.sentence.text for claim in entry.claims)
        assert "500 people" not in told and "ubscri" not in told and "javascript:" not in told


def test_every_page_of_an_archive_is_counted_beside_what_is_torn(warm: Reader, tmp_path: Path) -> None:
    """Of three pages in an archive that is cut in the last one two are in the ledger and one is refused by name."""
    file, make = SOURCES["an archive cut in its last bytes"]
    content = make()
    assert isinstance(content, bytes)
    (tmp_path / file).write_bytes(content)
    done = ingested(warm, [str(tmp_path / file), "--ledger", str(tmp_path / "l.sqlite")], tmp_path)
    assert (done["read"] + done["no_incident"] + done["screened"], done["refused"]) == (2, 1)
    assert "d.warc.gz" in (tmp_path / "out.err").read_text()


def test_one_article_under_five_addresses_is_five_captures_and_one_source(warm: Reader, tmp_path: Path) -> None:
    """Each address is an entry of its own; what they tell comes to one incident each, not to five."""
    file, make = SOURCES["the same article under five addresses"]
    (tmp_path / file).write_text(str(make()))
    done = ingested(warm, [str(tmp_path / file), "--ledger", str(tmp_path / "l.sqlite")], tmp_path)
    assert done["read"] == 5
    with open_ledger(tmp_path / "l.sqlite", read_only=True) as opened:
        incidents = len({one.accounts[0].incident_id for one in opened.entries() if one.accounts})
    assert done["incidents"] <= incidents * max(1, done["claims"] // 5)
