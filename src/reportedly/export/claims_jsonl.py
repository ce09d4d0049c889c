"""The ledger's own records as JSON lines, from which `load` makes a ledger again.

``claims.jsonl``      the codebook's claims, each with where it stands
``entries.jsonl``     all that the ledger took in for each page: text, claims, reasons, accounts, refusals
``judgements.jsonl``  which accounts are of one incident, and which are not
``incidents.jsonl``   what the claims of each incident come to, with its codes: a view, from which `load` takes nothing
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from reportedly.entries import Dossier, Entry, Judgement, Testimony
from reportedly.errors import ExportError
from reportedly.export.columns import Shape, shape
from reportedly.export.tables import incident_row
from reportedly.export.written import Resource, Written
from reportedly.records import Record

R = TypeVar("R", bound=Record)
CLAIMS, ENTRIES, JUDGEMENTS, INCIDENTS = "claims.jsonl", "entries.jsonl", "judgements.jsonl", "incidents.jsonl"
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What some readers take for the end of a line, though JSON does not."""


def write(
    folder: Path,
    dossiers: Iterable[Dossier],
    *,
    entries: Callable[[], Iterable[Entry]],
    judgements: Callable[[], Iterable[Judgement]] | None = None,
    everything: bool = True,
) -> Written:
    """Writes the four files into `folder`.

    Args:
        folder: where to.
        dossiers: the incidents, each with its claims.
        entries: gives the ledger's entries, of every version, in the order in which it took them in.
        judgements: gives the ledger's judgements, in that order; None: those that the dossiers hold.
        everything: all entries and judgements; else the entries of the pages that the dossiers rest on (their identities are
            held in memory meanwhile), and the judgements that the dossiers hold.
    """
    captures: set[bytes] = set()
    held: dict[str, Judgement] = {}
    table = shape("incidents")
    with _Lines(folder / CLAIMS, shape("jsonl_claims")) as claims, _Lines(folder / INCIDENTS, table) as told:
        for dossier in dossiers:
            row = dict(zip((column.name for column in table.columns), incident_row(dossier), strict=True))
            told.write(msgspec.json.encode(row))
            for testimony in dossier.testimonies:
                claims.write(line(testimony, dossier.incident.incident_id))
                if not everything:
                    captures.add(_packed(testimony.capture.capture_id))
            if not everything or judgements is None:
                held.update((judgement.judgement_id, judgement) for judgement in dossier.judgements)
    with _Lines(folder / ENTRIES, shape("jsonl_entries")) as whole:
        for entry in entries():
            if everything or _packed(entry.capture.capture_id) in captures:
                whole.write(msgspec.json.encode(entry))
    given = judgements() if everything and judgements is not None else held.values()
    with _Lines(folder / JUDGEMENTS, shape("jsonl_judgements")) as judged:
        for judgement in given:
            judged.write(msgspec.json.encode(judgement))
    return Written(resources=(claims.resource(), whole.resource(), judged.resource(), told.resource()))


def line(testimony: Testimony, incident_id: str) -> bytes:
    """The codebook's claim, and after its own keys those of ``export_jsonl_claims.toml``."""
    further: dict[str, Any] = {
        "incident": incident_id,
        "account_id": testimony.account_id,
        "capture": testimony.capture,
        "outlet": testimony.article.outlet,
        "publication_date": testimony.article.publication_date,
        "reprint_of": testimony.reprint_of,
        "reasons": testimony.reasons,
        "origin": testimony.origin,
        "entry_id": testimony.entry_id,
        "recorded_at": testimony.recorded_at,
    }
    return msgspec.json.encode(testimony.claim)[:-1] + b"," + msgspec.json.encode(further)[1:]


def read_entries(folder: Path) -> Iterator[Entry]:
    """The entries of an export, in their order, streamed.

    Raises:
        ExportError: a line is no entry.
    """
    return _records(folder / ENTRIES, Entry)


def read_judgements(folder: Path) -> Iterator[Judgement]:
    """The judgements of an export, in their order, streamed.

    Raises:
        ExportError: a line is no judgement.
    """
    return _records(folder / JUDGEMENTS, Judgement)


def _records(path: Path, kind: type[R]) -> Iterator[R]:
    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            if not raw.strip():
                continue
            try:
                yield decoder.decode(raw)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                raise ExportError(f"{path.name}, line {number} is no {kind.__name__.lower()}: {error}") from error


def _packed(capture_id: str) -> bytes:
    digits = capture_id.rpartition("-")[2]
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return capture_id.encode()


class _Lines:
    """A file of JSON lines that is being written."""

    def __init__(self, path: Path, table: Shape) -> None:
        self.path, self.table, self.rows = path, table, 0

    def __enter__(self) -> _Lines:
        self._stream = self.path.open("xb")
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def write(self, encoded: bytes) -> None:
        self._stream.write(encoded.decode().translate(_LINE_ENDS).encode() + b"\n")
        self.rows += 1

    def resource(self) -> Resource:
        return Resource(
            path=self.path.name,
            shape=self.table,
            rows=self.rows,
            format="jsonl",
            media_type="application/x-ndjson",
        )
