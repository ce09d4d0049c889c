"""An export as a folder that is there whole or not at all: the data, ``datapackage.json`` and the codebook page.

``datapackage.json`` is a Frictionless Data Package: every file with its SHA-256 and the schema of its columns, the licence,
and under ``reportedly`` what was asked, of which ledger, with which version, and what was left out.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec

from reportedly.entries import Dossier, Question
from reportedly.errors import ExportError
from reportedly.export import codebook
from reportedly.export.columns import Column, Shape
from reportedly.export.written import Resource, Written

FORMATS: Mapping[str, str] = {
    "jsonl": "reportedly.export.claims_jsonl",
    "csv": "reportedly.export.comma",
    "xlsx": "reportedly.export.workbook",
    "geojson": "reportedly.export.geojson",
    "parquet": "reportedly.export.parquet",
    "acled": "reportedly.export.acled",
    "ged": "reportedly.export.ged",
    "gtd": "reportedly.export.gtd",
    "plover": "reportedly.export.plover",
}
"""Format to the module that writes it (`Writes`), imported when it is asked for."""
FOR_SPREADSHEETS = ("csv", "acled", "ged", "gtd")
"""The formats that have an Excel flavour (``excel=True``)."""
DESCRIPTOR = "datapackage.json"
NOT_STATED = "not stated"
_FRICTIONLESS = {"list": "array"}


class Writes(Protocol):
    """What each module of `FORMATS` has as ``write``."""

    def __call__(self, folder: Path, dossiers: Iterable[Dossier], /, **options: Any) -> Written:
        """Writes its files into `folder`, streamed, and says what they are."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """What an export says of itself.

    Args:
        format: one of `FORMATS`.
        question: what was asked.
        software: version of the software.
        created: when (UTC, ISO 8601).
        ledger_hash: of the ledger at that time.
        licence: of the data, as the user states it.
    """

    format: str
    question: Question
    software: str
    created: str
    ledger_hash: str
    licence: str = NOT_STATED


def publish(target: Path, dossiers: Iterable[Dossier], made: Made, *, force: bool = False, **options: Any) -> Written:
    """Writes an export to the folder `target`, which takes its place when all is written.

    Args:
        target: the folder; one that is there is replaced if it is an earlier export or empty.
        dossiers: the incidents, each with its claims; read once.
        made: what to say of it.
        force: replace the folder whatever is in it.
        options: of the format (``excel=True``).

    Raises:
        ExportError: the folder may not be replaced or cannot be written.
    """
    target = _resolved(target)
    must_be_free(target, force=force)
    write: Writes = importlib.import_module(FORMATS[made.format]).write
    try:
        unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise ExportError(
            f"{target}: cannot be written: {error.strerror}; name a folder in one that is there"
        ) from error
    try:
        written = write(unfinished, dossiers, **options)
        _describe(unfinished, made, written)
        unfinished.chmod(0o777 & ~_umask())
        _settle(unfinished, target)
    except OSError as error:
        raise ExportError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return written


def must_be_free(target: Path, *, force: bool = False) -> None:
    """Raises `ExportError` where `target` is something that an export may not replace."""
    target = _resolved(target)
    here = (Path.cwd(), Path.home())
    if any(target == place or target in place.parents for place in here):
        raise ExportError(f"{target}: an export replaces its folder, and would replace this one; name a new folder")
    if target.exists() and not target.is_dir():
        raise ExportError(f"{target}: a file is there; name a new folder")
    if not target.parent.is_dir():
        raise ExportError(f"{target}: cannot be written: there is no folder {target.parent}")
    if target.exists() and not force and any(target.iterdir()) and not is_export(target):
        raise ExportError(f"{target}: the folder holds something that is no export; name a new one, or give --force")


def is_export(folder: Path) -> bool:
    """Whether `folder` is an export of ours."""
    try:
        return "reportedly" in json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    except (OSError, ValueError, TypeError, RecursionError):
        return False


def descriptor(folder: Path, made: Made, written: Written) -> dict[str, Any]:
    """``datapackage.json`` for the files of `written` in `folder`."""
    return {
        "profile": "data-package",
        "name": f"reportedly-{made.format}",
        "title": codebook.formats().formats[made.format].title,
        "description": codebook.formats().words_of_others,
        "created": made.created,
        "version": made.software,
        **({"licenses": [{"name": made.licence}]} if made.licence != NOT_STATED else {}),
        "resources": _resources(folder, written),
        "reportedly": {
            "software": f"reportedly {made.software}",
            "format": made.format,
            "question": msgspec.to_builtins(_asked(made.question)),
            "ledger_hash": made.ledger_hash,
            "licence": made.licence,
            "left_out": dict(written.left_out),
            "notes": list(written.notes),
        },
    }


def schema(table: Shape, lists: str = "array") -> dict[str, Any]:
    """The Table Schema of `table`, where its lists are JSON ``array`` or a joined ``string``."""
    return {
        "fields": [_field(column, lists) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }


def _field(column: Column, lists: str) -> dict[str, Any]:
    kind = lists if column.type == "list" else column.type
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        limits["enum"] = [int(value) for value in column.values] if kind == "integer" else list(column.values)
    limits |= {name: value for name in ("minimum", "maximum") if (value := getattr(column, name)) is not None}
    found = {"name": column.name, "type": kind, "description": column.meaning}
    found["rule"] = column.rule or f"Always empty: {column.null}"
    return found | ({"constraints": limits} if limits else {})


def _resources(folder: Path, written: Written) -> list[dict[str, Any]]:
    found = []
    tables = {resource.shape.title for resource in written.resources}
    hashes = {resource.path: _sha256(folder / resource.path) for resource in written.resources}
    for resource in written.resources:
        columns = schema(resource.shape, resource.lists)
        if resource.shape.title == "Claims" and "Incidents" in tables:
            reference = {"resource": "incidents", "fields": ["incident_id"]}
            columns["foreignKeys"] = [{"fields": ["incident_id"], "reference": reference}]
        found.append(
            {
                "name": _name(resource),
                "path": resource.path,
                "profile": "tabular-data-resource" if resource.format in ("csv", "tsv", "xlsx") else "data-resource",
                "title": resource.shape.title,
                "description": resource.shape.about,
                "format": resource.format,
                "mediatype": resource.media_type,
                "encoding": "utf-8",
                "bytes": (folder / resource.path).stat().st_size,
                "hash": f"sha256:{hashes[resource.path]}",
                "rows": resource.rows,
                **({"dialect": dict(resource.dialect)} if resource.dialect else {}),
                "schema": columns,
            }
        )
    return found


def _name(resource: Resource) -> str:
    return (resource.sheet or resource.path.rpartition(".")[0]).replace(" ", "-").lower()


def _asked(question: Question) -> Question:
    """Without the paging, which an export does not keep to."""
    return msgspec.structs.replace(question, page=1, per_page=20)


def _describe(folder: Path, made: Made, written: Written) -> None:
    found = descriptor(folder, made, written)
    (folder / DESCRIPTOR).write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    asked = {name: value for name, value in found["reportedly"]["question"].items() if _told(name, value)}
    said = [
        ("made", made.created),
        ("by", f"reportedly {made.software}"),
        ("question", json.dumps(asked, ensure_ascii=False) if asked else "everything"),
        ("ledger hash", made.ledger_hash),
        ("licence of the data", made.licence),
    ]
    page = list(
        codebook.parts(
            made.format, made=said, resources=written.resources, left_out=written.left_out, notes=written.notes
        )
    )
    (folder / "codebook.md").write_text(codebook.markdown(iter(page)), "utf-8")
    (folder / "codebook.html").write_text(codebook.web_page(iter(page)), "utf-8")
    for path in folder.iterdir():
        with path.open("rb") as stream:
            os.fsync(stream.fileno())


def _told(name: str, value: Any) -> bool:
    return name not in ("page", "per_page", "sort") and value not in (None, (), [], 1)


def _settle(unfinished: Path, target: Path) -> None:
    """Gives the finished folder its name; the one that had it goes."""
    if not target.exists():
        unfinished.rename(target)
        return
    old = unfinished.with_suffix(".old")
    target.rename(old)
    try:
        unfinished.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)


def _resolved(target: Path) -> Path:
    return Path(os.path.realpath(target))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
