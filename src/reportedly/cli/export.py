"""``reportedly export``: the answer to a question as files that other programs open."""

from __future__ import annotations

import datetime
import shutil
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from reportedly.cli.asking import asks, ledger_as_of
from reportedly.cli.opening import DEFAULT, LedgerOption, ledger_at
from reportedly.cli.output import complain
from reportedly.cli.patience import watched
from reportedly.entries import Question
from reportedly.errors import ExportError, ReportedlyError

if TYPE_CHECKING:
    from reportedly.export.package import Made
    from reportedly.export.written import Written
    from reportedly.ledger.store import Ledger

EXAMPLES = """Examples:

`reportedly export --format csv` · two tables for pandas, DuckDB or R, in the folder reportedly-export-csv

`reportedly export --format csv --excel -o for-excel` · the same for a spreadsheet, with formulas made harmless

`reportedly export --format xlsx --place Mali --since 2026-01-01 -o mali` · a workbook of one country's year

`reportedly export --format parquet --type bombing --licence CC-BY-4.0` · with the licence under which you pass it on

`reportedly export --format acled` · in the columns of ACLED; so `ged` (UCDP), `gtd`, `plover` (POLECAT)

`reportedly export --format jsonl -o everything` · whole records, of which `reportedly load everything` makes a ledger again

Each folder holds the data, `datapackage.json` (columns, licence, question, hashes) and `codebook.html`, which says how every column is
filled and what is left empty. A folder is there whole or not at all; an earlier export is replaced.

Exit status: 0; 2 where there is no ledger, an option is wrong or the folder cannot be written."""


FILES = (".csv", ".xlsx", ".jsonl", ".json", ".geojson", ".parquet")
"""What ends so is meant as a file, not as a folder."""


class Format(StrEnum):
    """What an export is written as."""

    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"
    geojson = "geojson"
    parquet = "parquet"
    acled = "acled"
    ged = "ged"
    gtd = "gtd"
    plover = "plover"


@asks(paging=False)
def export(
    question: Question,
    format: Annotated[
        Format,
        typer.Option(
            "--format", "-f", help="jsonl: whole records; csv, xlsx, geojson, parquet: tables; others: their columns."
        ),
    ],
    ledger: LedgerOption = DEFAULT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER|FILE",
            help="The folder; without: reportedly-export-FORMAT. A file (incidents.csv): the first table goes there, the "
            "folder beside it.",
            show_default=False,
        ),
    ] = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV for a spreadsheet: formulas are made harmless, lists are joined.")
    ] = False,
    licence: Annotated[
        str, typer.Option("--licence", metavar="NAME", help="The licence of the data, as you pass it on.")
    ] = "not stated",
    force: Annotated[bool, typer.Option("--force", help="Replace the folder even where it is no export.")] = False,
) -> None:
    """Writes all incidents that a question asks for, with the claims behind them, as files that other programs open."""
    file = output if output is not None and output.suffix in FILES and not output.is_dir() else None
    target = file.with_name(f"{file.stem}-export") if file else output or Path(f"reportedly-export-{format.value}")
    from reportedly.export.package import FOR_SPREADSHEETS, must_be_free

    if excel and format not in FOR_SPREADSHEETS:
        raise typer.BadParameter(f"--excel is for {', '.join(FOR_SPREADSHEETS)}; {format.value} has one flavour")
    try:
        must_be_free(target, force=force)  # before the long part
        with ledger_as_of(ledger, question.as_of) as known:
            made = _made(format, question, licence, ledger, known)
            written = _write(target, made, known, force=force, excel=excel)
        if file is not None:
            _first_table(target / written.resources[0].path, file)
    except ReportedlyError as error:
        complain(str(error))
        raise typer.Exit(2) from error
    _report(target, made, written)


def _first_table(table: Path, file: Path) -> None:
    """Puts a copy of `table` in the place of `file`, whole or not at all.

    Raises:
        ExportError: it cannot be written.
    """
    unfinished = file.with_name(f".{file.name}.part")
    try:
        shutil.copyfile(table, unfinished)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ExportError(f"{file}: cannot be written: {error.strerror or error}; name another with -o") from error
    print(f"{file}: a copy of {table}")


def _write(target: Path, made: Made, known: Ledger, *, force: bool, excel: bool) -> Written:
    from reportedly.export.package import publish
    from reportedly.ledger.judged import judgements
    from reportedly.ledger.questions import dossiers, page

    options: dict[str, Any] = {"excel": True} if excel else {}
    if made.format == Format.jsonl:
        everything = asks_everything(made.question)
        options = {
            "entries": lambda: known.entries(current=False),
            "judgements": lambda: judgements(known),
            "everything": everything,
        }
    first = msgspec.structs.replace(made.question, page=1, per_page=1)
    with closing(dossiers(known, made.question)) as answer:  # type: ignore[type-var]
        return publish(
            target, watched(answer, page(known, first).total, "writing", "incidents"), made, force=force, **options
        )


def asks_everything(question: Question) -> bool:
    """Whether it leaves nothing out, but for the past (`Question.as_of`) and whatever its order."""
    return question == Question(
        sort=question.sort, page=question.page, per_page=question.per_page, as_of=question.as_of
    )


def _made(format: Format, question: Question, licence: str, location: str, known: Ledger) -> Made:
    from importlib.metadata import version

    from reportedly.export.package import Made
    from reportedly.ledger.check import ledger_hash

    if question.as_of is None:
        digest = ledger_hash(known)
    else:
        with ledger_at(location) as now:
            digest = ledger_hash(now)
    return Made(
        format=format.value,
        question=question,
        software=version("reportedly"),
        created=datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        ledger_hash=digest,
        licence=" ".join(licence.split()) or "not stated",
    )


def _report(target: Path, made: Made, written: Written) -> None:
    from reportedly.export.codebook import formats, told

    for note in written.notes:
        complain(note)
    if written.left_out:
        complain(f"left out, as {made.format} would: {told(written.left_out)} (codebook.html says why)")
    rows = ", ".join(f"{file.sheet or file.path} ({file.rows:,})" for file in written.resources)
    print(f"{target}: {rows}; open with {formats().formats[made.format].opens.replace('`', '')}")
    if made.licence == "not stated":
        complain(
            "the words of the claims belong to their publishers; --licence states the terms on which you pass it on"
        )
