"""The captures that the ledger names against the bytes that lie in its capture folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from reportedly.acquire.capture import Torn, captures_in
from reportedly.entries import Problem
from reportedly.ledger._check_rows import Watch
from reportedly.ledger.schema import capture_files, captures

SUFFIX = ".warc.gz"
PIECE = 1 << 20
BACKUP = "bring the file back from a backup; without one the readings stay, but cannot be made again"
AGAIN = "nothing is lost: run `reportedly ingest` with the same sources again"


class _Closed(NamedTuple):
    records: int
    size: int
    sha256: str


def captures_against_files(connection: Connection, folder: Path, watch: Watch) -> Iterator[Problem]:
    """Captures whose bytes are not there or not the same; files that are torn, changed, or were not closed.

    Args:
        connection: in a transaction that sees one state of the ledger.
        folder: where the capture files lie.
        watch: told the name of this examination and how many captures are done.
    """
    counted = connection.execute(select(captures.c.file, func.count()).group_by(captures.c.file))
    named: dict[str, int] = {row[0]: row[1] for row in counted}
    closed = {row[0]: _Closed(*row[1:4]) for row in connection.execute(select(capture_files))}
    there = {path.name: path for path in folder.glob(f"*{SUFFIX}")} if folder.is_dir() else {}
    done = 0
    for name in sorted(named.keys() | closed.keys() | there.keys()):
        if name in there:
            yield from _file(connection, there[name], closed.get(name), named.get(name, 0))
        else:
            yield _missing(name, folder, named.get(name, 0), name in closed)
        done += named.get(name, 0)
        watch("captures", done)


def _missing(name: str, folder: Path, number: int, was_here: bool) -> Problem:
    if was_here:
        return Problem(kind="capture", what=f"{folder / name} is missing; it holds {number} captures", todo=BACKUP)
    what = f"the bytes of {number} captures are in {name or 'a file without a name'}, which is not in {folder}"
    todo = "nothing, if they came with `reportedly load`: their bytes are where they were captured; else bring the file back"
    return Problem(kind="capture", what=what, todo=todo, harmless=True)


def _file(connection: Connection, path: Path, closed: _Closed | None, number: int) -> Iterator[Problem]:
    table = captures.c
    wanted = select(table.offset, table.capture_id, table.document_sha256).where(table.file == path.name)
    expected = {row[0]: (row[1], row[2]) for row in connection.execute(wanted)} if number else {}
    strangers: list[str] = []
    try:
        for found in captures_in(path):
            if isinstance(found, Torn):
                yield _torn(path, found, found.offset in expected)
                expected.pop(found.offset, None)
                continue
            capture, content = found
            held = expected.pop(capture.offset, None)
            if held is None:
                strangers.append(capture.capture_id)
            elif held != (capture.capture_id, hashlib.sha256(content).hexdigest()):
                yield Problem(
                    kind="capture", what=f"{path} at byte {capture.offset} does not hold capture {held[0]}", todo=BACKUP
                )
        if closed is not None:
            yield from _changed(path, closed)
    except OSError as error:
        yield Problem(kind="capture", what=f"{path} cannot be read ({error.strerror})", todo="check its permissions")
        return
    for offset, (name, _) in sorted(expected.items()):
        yield Problem(kind="capture", what=f"{path} holds no capture {name} at byte {offset}", todo=BACKUP)
    yield from _unfinished(connection, path, closed, strangers)


def _torn(path: Path, torn: Torn, harmful: bool) -> Problem:
    what = f"{path} is torn at byte {torn.offset}: {torn.reason}"
    if torn.at_end and not harmful:
        return Problem(kind="unfinished", what=f"{what} (the end of an interrupted run)", todo=AGAIN, harmless=True)
    return Problem(kind="capture", what=what, todo=BACKUP)


def _changed(path: Path, closed: _Closed) -> Iterator[Problem]:
    """A file that was closed has its size and its hash for good."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
            size += len(piece)
    if (size, digest.hexdigest()) != (closed.size, closed.sha256):
        what = f"{path} has changed since it was closed ({size} bytes, then {closed.size})"
        yield Problem(kind="capture", what=what, todo=BACKUP)


def _unfinished(connection: Connection, path: Path, closed: _Closed | None, strangers: list[str]) -> Iterator[Problem]:
    """A file that no run closed; captures of which no entry was made before a run was interrupted."""
    if closed is None:
        what = f"{path} was not closed: the run that wrote it was interrupted, or is at work"
        yield Problem(kind="unfinished", what=what, todo="nothing; whole captures in it are used", harmless=True)
    unknown = 0
    for start in range(0, len(strangers), 500):
        some = strangers[start : start + 500]
        known = set(connection.scalars(select(captures.c.capture_id).where(captures.c.capture_id.in_(some))))
        unknown += len(set(some) - known)
    if unknown:
        what = f"{path} holds {unknown} captures of which the ledger has no entry"
        yield Problem(kind="unfinished", what=what, todo=AGAIN, harmless=True)
