"""Ingest: each document ends in one entry and is counted; twice, shuffled, interrupted, with one process or two, the ledger is the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from reportedly.acquire.capture import CaptureWriter
from reportedly.acquire.received import Received
from reportedly.engines import ingest as engine
from reportedly.engines.ingest import Summary, ingest
from reportedly.ledger.check import check, ledger_hash
from reportedly.ledger.store import Ledger, open_ledger
from reportedly.records import Origin

REPORT = """A car bomb exploded outside the courthouse in {city} on Monday, killing {number} people, police said.

Two gunmen then opened fire on the guards. The Red Front claimed responsibility for the attack.
"""
QUIET = "The mayor of {city} opened library number {number} on Sunday. She thanked the donors for the books that they gave.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten reports, half of them of an incident, one that is no text, and one hidden file."""
    place = tmp_path / "reports"
    place.mkdir()
    for number, city in enumerate(("Nairobi", "Lagos", "Lima", "Oslo", "Quito")):
        (place / f"{city}.txt").write_text(REPORT.format(city=city, number=number + 2), "utf-8")
        (place / f"quiet {city}.txt").write_text(QUIET.format(city=city, number=number), "utf-8")
    (place / "broken.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    (place / ".hidden.txt").write_text("nothing", "utf-8")
    return place


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "desk.sqlite", create=True) as opened:
        yield opened


def outcomes(ledger: Ledger) -> list[str]:
    return sorted(entry.outcome for entry in ledger.entries())


def in_another(tmp_path: Path, name: str, sources: Sequence[object], **options: int) -> str:
    """The hash of a new ledger of the same sources."""
    with open_ledger(tmp_path / f"{name}.sqlite", create=True) as other:
        ingest(other, [str(source) for source in sources], **options)  # type: ignore[arg-type]
        return ledger_hash(other)


def test_every_document_is_counted_once(ledger: Ledger, folder: Path) -> None:
    """Read, screened out or refused; what it came to stands in the ledger."""
    summary = ingest(ledger, [str(folder)])
    assert (summary.read, summary.screened, summary.refused) == (5, 5, 1)
    assert summary.documents == 11
    assert summary.claims == sum(len(entry.claims) for entry in ledger.entries()) > 0
    assert outcomes(ledger).count("read") == 5
    assert summary.refused == sum(summary.refused_by_stage.values())


def test_the_same_again_changes_nothing(ledger: Ledger, folder: Path) -> None:
    """Nothing is read, and nothing is captured, twice."""
    ingest(ledger, [str(folder)])
    before, files = ledger_hash(ledger), sorted(ledger.capture_folder.iterdir())
    again = ingest(ledger, [str(folder), str(folder / "Lima.txt")])
    assert (again.read, again.screened, again.claims) == (0, 0, 0)
    assert (again.known, again.refused) == (12, 0)  # what was refused is known too
    assert ledger_hash(ledger) == before
    assert sorted(ledger.capture_folder.iterdir()) == files


def test_the_order_makes_no_difference(tmp_path: Path, ledger: Ledger, folder: Path) -> None:
    """Shuffled, the ledger has the same hash."""
    ingest(ledger, [str(folder)])
    names = sorted(folder.glob("[!.]*.txt"))
    random.Random(7).shuffle(names)
    assert in_another(tmp_path, "shuffled", names) == ledger_hash(ledger)


def test_two_processes_make_the_same_ledger(tmp_path: Path, ledger: Ledger, folder: Path) -> None:
    """As one."""
    ingest(ledger, [str(folder)])
    assert in_another(tmp_path, "two", [folder], jobs=2) == ledger_hash(ledger)


def test_one_document_twice_in_a_run_is_read_once(ledger: Ledger, folder: Path) -> None:
    """Also while it is still being read."""
    summary = ingest(ledger, [str(folder / "Lima.txt"), str(folder / "Lima.txt")])
    assert (summary.read, summary.known) == (1, 1)


def test_a_thorough_run_reads_what_was_screened_out(ledger: Ledger, folder: Path) -> None:
    """Its entries stand beside the others; what was read is not read again."""
    ingest(ledger, [str(folder)])
    summary = ingest(ledger, [str(folder)], thorough=True)
    assert (summary.known, summary.no_incident, summary.beside_older) == (6, 5, 5)
    assert "screened" not in outcomes(ledger)
    assert [entry.outcome for entry in ledger.entries(current=False)].count("screened") == 5
    assert ingest(ledger, [str(folder)]).known == 11


def test_a_newer_version_reads_anew(ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its readings stand beside the older ones, and it says how many."""
    ingest(ledger, [str(folder)])
    newer = Origin(software="reportedly 99", model="none", lexicons="none")
    monkeypatch.setattr("reportedly.pipeline.Reader.origin", newer)
    summary = ingest(ledger, [str(folder)])
    assert (summary.read, summary.known, summary.beside_older) == (5, 0, 11)
    assert {entry.origin for entry in ledger.entries()} == {newer}
    assert len(list(ledger.entries(current=False))) == 22


class Interrupting:
    """Presses Ctrl-C after so many documents."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.acknowledged = 0

    def done(self, summary: Summary) -> None:
        self.acknowledged = summary.documents
        if summary.read >= self.after:
            raise KeyboardInterrupt

    def say(self, line: str) -> None:
        pass


@pytest.mark.parametrize("after", [1, 3])
def test_an_interrupted_run_goes_on(tmp_path: Path, ledger: Ledger, folder: Path, after: int) -> None:
    """What was acknowledged is there; what was captured is read first; in the end the ledger is that of an undisturbed run."""
    watch = Interrupting(after)
    with pytest.raises(KeyboardInterrupt):
        ingest(ledger, [str(folder)], watch=watch)
    assert len(list(ledger.entries())) >= watch.acknowledged
    resumed = ingest(ledger, [])
    assert resumed.resumed > 0
    ingest(ledger, [str(folder)])
    assert ledger_hash(ledger) == in_another(tmp_path, "undisturbed", [folder])
    assert ingest(ledger, [str(folder)]).resumed == 0


def test_a_torn_end_is_read_over_once(ledger: Ledger, folder: Path) -> None:
    """A capture file that tore as it was written is closed as it lies; a later run does not go through it again."""
    ingest(ledger, [str(folder)])
    with CaptureWriter(ledger.capture_folder) as writer:
        kept = writer.put(Received(content=b"Four men were shot dead in Lima on Monday, the police said.", url="a.txt"))
        writer.put(Received(content=b"and one that is torn"))
    path = ledger.capture_folder / kept.file
    path.write_bytes(path.read_bytes()[:-5])
    assert path.name not in ledger.capture_files()
    assert ingest(ledger, []).resumed == 1
    assert path.name in ledger.capture_files()
    found = check(ledger)
    assert [problem.kind for problem in found.problems if not problem.harmless] == []


def test_lines_with_a_date_and_an_outlet(ledger: Ledger) -> None:
    """What stands beside a text in a line of JSON goes into its article."""
    line = {
        "url": "https://example.org/1",
        "outlet": "Example Post",
        "published": "2026-03-03",
        "text": REPORT.format(city="Lima", number=4),
    }
    ingest(ledger, ["-"], stdin=BytesIO(msgspec.json.encode(line)))
    assert outcomes(ledger)


def test_a_failure_of_the_reader_is_counted(ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document is named and refused, the others are read, and the summary says that the reader failed."""
    said: list[str] = []
    real = engine.Reader.understand

    def understand(self: engine.Reader, annotated: object, **asked: bool) -> object:
        if "Oslo" in annotated.article.text:  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return real(self, annotated, **asked)  # type: ignore[arg-type]

    class Listening(Interrupting):
        def say(self, line: str) -> None:
            said.append(line)

    monkeypatch.setattr("reportedly.pipeline.Reader.understand", understand)
    summary = ingest(ledger, [str(folder)], watch=Listening(99))
    assert (summary.read, summary.failures) == (4, 1)
    assert any("Oslo.txt" in line and "ZeroDivisionError" in line for line in said)


def test_a_file_of_a_process_at_work_is_left_alone(ledger: Ledger, folder: Path) -> None:
    """Another run may be writing to it."""
    ingest(ledger, [str(folder / "Lima.txt")])
    written = next(ledger.capture_folder.iterdir())
    other = written.with_name("reportedly-20260101T000000000000Z-1-0123abcd.warc.gz")
    other.write_bytes(written.read_bytes())
    ingest(ledger, [str(folder / "Lima.txt")])
    assert other.name not in ledger.capture_files()
