"""Several worker processes: every document gets one entry, also where workers die or hang, and the document that kills one is named."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection

import msgspec
import pytest
from typed_captures import captured

from reportedly.engines import Order, Task
from reportedly.engines import many as pool
from reportedly.engines._worker import Answer, Parcel
from reportedly.engines.many import ManyProcesses
from reportedly.entries import Entry
from reportedly.errors import ReportedlyError, SetupError
from reportedly.records import Origin

ORIGIN = Origin(software="test", model="none", lexicons="none")


def stand_in(connection: Connection, order: Order) -> None:
    """A worker without models: answers each document, or does what it is told."""
    connection.send_bytes(msgspec.msgpack.encode(Answer()))
    while True:
        parcel = msgspec.msgpack.decode(connection.recv_bytes(), type=Parcel)
        if parcel.content == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        if parcel.content == b"hang":
            time.sleep(600)
        if parcel.content == b"once" and not os.path.exists(str(parcel.capture.url)):  # noqa: PTH110
            open(str(parcel.capture.url), "w").close()  # noqa: PTH123
            os._exit(3)
        entry = Entry(
            entry_id=f"ent-{parcel.capture.capture_id}", capture=parcel.capture, origin=ORIGIN, outcome="no_incident"
        )
        connection.send_bytes(msgspec.msgpack.encode(Answer(entry=entry)))


def stillborn(connection: Connection, order: Order) -> None:
    """A worker that dies before it is ready."""
    os._exit(7)


def without_a_model(connection: Connection, order: Order) -> None:
    """A worker that lacks what it needs."""
    connection.send_bytes(
        msgspec.msgpack.encode(Answer(trouble="the English model is not installed; run: pip install it"))
    )
    time.sleep(60)


def tasks(*contents: str) -> list[Task]:
    return [captured(content, f"{number}.txt") for number, content in enumerate(contents)]


def run(
    given: list[Task], seconds: float = 60.0, jobs: int = 2
) -> tuple[dict[str | None, tuple[str, str | None]], list[str]]:
    said: list[str] = []
    engine = ManyProcesses(Order(jobs=jobs, seconds=seconds), said.append, stand_in)
    found = [(entry.capture.url, (entry.outcome, entry.reason)) for entry in engine.entries(given)]
    assert len(found) == len(given)
    return dict(found), said


def test_every_document_gets_one_entry() -> None:
    """Whoever reads it."""
    found, said = run(tasks(*(f"text {number}" for number in range(300))))
    assert {outcome for outcome, _ in found.values()} == {"no_incident"}
    assert not said


def test_the_document_that_kills_its_worker_is_set_aside_by_name() -> None:
    """The others that the worker held are read all the same."""
    contents = [f"text {number}" for number in range(60)]
    contents[20] = "die"
    found, said = run(tasks(*contents))
    assert found.pop("20.txt") == ("refused", "the process that read it died, twice")
    assert {outcome for outcome, _ in found.values()} == {"no_incident"}
    assert any("signal 9" in line for line in said)


def test_a_worker_killed_by_chance_costs_no_document(tmp_path: object) -> None:
    """What it held is read again."""
    given = [*tasks(*(f"text {number}" for number in range(10))), captured("once", f"{tmp_path}/once")]
    found, _ = run(given)
    assert {outcome for outcome, _ in found.values()} == {"no_incident"}


def test_a_worker_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The document that it hangs on is set aside."""
    monkeypatch.setattr(pool, "GRACE", 0.2)
    contents = [f"text {number}" for number in range(8)]
    contents[3] = "hang"
    found, _ = run(tasks(*contents), seconds=0.5)
    assert found.pop("3.txt") == ("refused", "it took longer than 0.5 s to read")
    assert {outcome for outcome, _ in found.values()} == {"no_incident"}


def test_workers_that_cannot_start_end_the_run() -> None:
    """With a line that says what to do."""
    with pytest.raises(ReportedlyError, match="--jobs 1"):
        list(ManyProcesses(Order(jobs=2), print, stillborn).entries(tasks("text")))
    with pytest.raises(SetupError, match="pip install"):
        list(ManyProcesses(Order(jobs=2), print, without_a_model).entries(tasks("text")))


def test_documents_are_drawn_as_they_are_needed() -> None:
    """No more are held than the workers may hold: memory does not grow with the number of documents."""
    drawn = done = most = 0

    def source() -> object:
        nonlocal drawn
        for number in range(1000):
            drawn += 1
            yield captured(f"text {number}", f"{number}.txt")

    for _ in ManyProcesses(Order(jobs=2), print, stand_in).entries(source()):  # type: ignore[arg-type]
        done += 1
        most = max(most, drawn - done)
    assert done == 1000
    assert most <= 2 * pool.HELD + 2
