"""The journal: one line for every entry and judgement, each with the hash of the line before it.

    line = canonical JSON of {at, body_sha256, kind, seq, subject}
    hash = SHA-256 of the hash of the line before (nothing for the first) and the line

The body is the canonical JSON of the record as it was appended: fields in the order of the record, keys of a mapping
sorted, without `recorded_at`. Whoever changes a record, a line, their order or their number breaks the chain from there on.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from reportedly.entries import Entry, Judgement
from reportedly.records import Record

Kind = Literal["entry", "judgement"]

CANONICAL = msgspec.json.Encoder(order="deterministic")


class Line(Record, frozen=True):
    """What the hash of a line of the journal covers; the fields stand in the order of their names."""

    at: str
    body_sha256: str
    kind: Kind
    seq: int
    subject: str


def body_sha256(record: Entry | Judgement) -> str:
    """SHA-256 of the canonical JSON of a record, as the journal keeps it."""
    if isinstance(record, Entry) and record.recorded_at is not None:
        record = msgspec.structs.replace(record, recorded_at=None)
    return hashlib.sha256(CANONICAL.encode(record)).hexdigest()


def chained(before: str, line: Line) -> str:
    """The hash of a line that follows one whose hash is `before` (empty for the first line)."""
    return hashlib.sha256(before.encode() + CANONICAL.encode(line)).hexdigest()
