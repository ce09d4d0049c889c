"""``reportedly load``: a ledger from an export of whole records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from reportedly.cli.opening import DEFAULT, LedgerOption, ledger_at
from reportedly.cli.output import complain
from reportedly.cli.patience import watched
from reportedly.errors import ExportError, ReportedlyError

if TYPE_CHECKING:
    from reportedly.entries import Entry, Judgement
    from reportedly.ledger.store import Ledger

EXAMPLES = """Examples:

`reportedly load reportedly-export-jsonl --ledger copy.sqlite` · a new ledger from an export of everything

`reportedly load from-a-colleague --ledger ours.sqlite` · their entries and judgements beside ours; what is known already changes nothing

`reportedly load reportedly-export-jsonl --ledger postgresql://desk@host/news` · from one kind of ledger to the other

The folder is one that `reportedly export --format jsonl` wrote. Every record is checked against its identity before it is taken in. The
bytes of the pages are not in an export: copy the capture folder too, so that `doctor` and `rebuild` find them.

Exit status: 0; 2 where the folder is no such export or was changed, or the ledger cannot be written."""

_AT_ONCE = 200
T = TypeVar("T")


def load(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="An export of the format jsonl.", show_default=False)
    ],
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Takes an export of whole records (--format jsonl) into a ledger, new or old: its entries, then its judgements."""
    try:
        told = _descriptor(folder)
        _must_be_whole(folder, told)
        with ledger_at(ledger, create=True, read_only=False) as held:
            _load(folder, told, held, ledger)
    except ReportedlyError as error:
        complain(str(error))
        raise typer.Exit(2) from error


def _load(folder: Path, told: dict[str, Any], held: Ledger, location: str) -> None:
    from reportedly.engines.merging import merge
    from reportedly.export.claims_jsonl import ENTRIES, JUDGEMENTS, read_entries, read_judgements
    from reportedly.ledger.check import ledger_hash

    entries = new = 0
    rows = {file.get("path"): file.get("rows") for file in told["resources"]}
    read = watched(_checked_entries(read_entries(folder)), rows.get(ENTRIES), "loading", "entries")
    for some in _batches(read):
        new += len(held.append(some))
        entries += len(some)
    judgements = judged = 0
    found = watched(_checked_judgements(read_judgements(folder)), rows.get(JUDGEMENTS), "loading", "judgements")
    for given in _batches(found):
        judged += len(held.judge(given))
        judgements += len(given)
    digest = ledger_hash(held)
    merge(held)
    print(
        f"{location}: {new:,} of {entries:,} entries and {judged:,} of {judgements:,} judgements taken in; "
        "the others were known already"
    )
    wanted = told["reportedly"].get("ledger_hash")
    if digest == wanted:
        print(f"The ledger hash is that of the ledger that was exported: {digest}")
    else:
        complain(
            f"the ledger hash is {digest}; that of the exported ledger was {wanted}: one holds what the other does not"
        )


def _descriptor(folder: Path) -> dict[str, Any]:
    """``datapackage.json`` of an export of whole records."""
    from reportedly.export.claims_jsonl import ENTRIES
    from reportedly.export.package import DESCRIPTOR, is_export

    if not is_export(folder):
        raise ExportError(
            f"{folder}: no export ({DESCRIPTOR} is missing); name a folder that export --format jsonl wrote"
        )
    found: dict[str, Any] = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    if found["reportedly"].get("format") != "jsonl":
        raise ExportError(f"{folder}: an export of another format; only --format jsonl holds whole records ({ENTRIES})")
    return found


def _must_be_whole(folder: Path, told: dict[str, Any]) -> None:
    """Raises `ExportError` where a file that is read is not the one that was written."""
    from reportedly.export.claims_jsonl import ENTRIES, JUDGEMENTS

    hashes = {file.get("path"): file.get("hash") for file in told.get("resources", ())}
    for name in (ENTRIES, JUDGEMENTS):
        path = folder / name
        if not path.is_file():
            raise ExportError(f"{path} is missing")
        with path.open("rb") as stream:
            digest = f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
        if digest != hashes.get(name):
            raise ExportError(f"{path} is not the file that was exported (its SHA-256 differs); export again")


def _checked_entries(entries: Iterable[Entry]) -> Iterator[Entry]:
    from reportedly.entries import entry_id

    for entry in entries:
        identity = entry_id(
            entry.capture.capture_id,
            entry.origin,
            entry.outcome,
            entry.stage,
            entry.reason,
            entry.article,
            entry.claims,
            entry.reasons,
        )
        if identity != entry.entry_id:
            raise ExportError(f"entry {entry.entry_id} is not what its identity says (it should be {identity})")
        yield entry


def _checked_judgements(judgements: Iterable[Judgement]) -> Iterator[Judgement]:
    from reportedly.entries import judgement_id

    for judgement in judgements:
        identity = judgement_id(judgement)
        if identity != judgement.judgement_id:
            raise ExportError(f"judgement {judgement.judgement_id} is not what its identity says")
        yield judgement


def _batches(records: Iterable[T]) -> Iterator[tuple[T, ...]]:
    held = iter(records)
    while some := tuple(islice(held, _AT_ONCE)):
        yield some
