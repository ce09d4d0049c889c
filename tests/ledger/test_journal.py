"""The journal's chain: each line's hash covers the line and all before it."""

from __future__ import annotations

import hashlib

import msgspec
from sqlalchemy import select

from evals.generated import entries as generated
from reportedly.ledger import schema
from reportedly.ledger.journal import Line, body_sha256, chained
from reportedly.ledger.rows import entry_from, packed, unpacked
from reportedly.ledger.store import Ledger


def test_the_chain_can_be_followed_from_the_first_line(ledger: Ledger) -> None:
    """From the rows of the journal alone each hash is made again, across transactions."""
    whole = list(generated(40))
    for start in range(0, len(whole), 3):
        ledger.append(whole[start : start + 3])
    with ledger.reading() as connection:
        lines = connection.execute(select(schema.journal).order_by(schema.journal.c.seq)).all()
        bodies = dict(connection.execute(select(schema.entries.c.seq, schema.entries.c.body)).all())
    before = ""
    for number, (line, entry) in enumerate(zip(lines, whole, strict=True), start=1):
        assert (line.seq, line.kind, line.subject) == (number, "entry", entry.entry_id)
        assert line.body_sha256 == body_sha256(entry) == hashlib.sha256(unpacked(bodies[number])).hexdigest()
        told = Line(at=line.at, body_sha256=line.body_sha256, kind="entry", seq=number, subject=line.subject)
        assert line.hash == chained(before, told)
        before = line.hash


def test_a_line_is_hashed_as_documented() -> None:
    """SHA-256 over the hash before and the JSON of the line, fields in the order of their names."""
    line = Line(at="2026-01-01T00:00:00.000000Z", body_sha256="ab", kind="judgement", seq=2, subject="jud-1")
    told = '{"at":"2026-01-01T00:00:00.000000Z","body_sha256":"ab","kind":"judgement","seq":2,"subject":"jud-1"}'
    assert chained("cd", line) == hashlib.sha256(f"cd{told}".encode()).hexdigest()


def test_the_body_does_not_depend_on_when_or_in_which_order() -> None:
    """The time of recording is not in it, nor the order in which a mapping was filled."""
    entry = next(generated(4))
    other = msgspec.structs.replace(entry, reasons=dict(reversed(entry.reasons.items())), recorded_at="2026")
    assert body_sha256(other) == body_sha256(entry)
    assert body_sha256(msgspec.structs.replace(entry, reason="x")) != body_sha256(entry)


def test_what_is_packed_is_unpacked() -> None:
    """An entry survives, and the beginning of the packed bytes says how long it is."""
    entry = next(generated(4))
    body = msgspec.json.encode(entry)
    assert unpacked(packed(body)) == body and packed(body)[:4] == len(body).to_bytes(4, "little")
    assert entry_from(packed(body)) == entry
    assert unpacked(packed(b"")) == b""
