"""``reportedly gazetteer``: a larger list of places than the one that comes along."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.output import Barred, complain
from reportedly.errors import ReportedlyError

if TYPE_CHECKING:
    from reportedly._gazetteer_larger import Record

EVERY = 10.0
"""Seconds between two lines where there is no terminal."""
EXAMPLES = """Examples:

`reportedly gazetteer build ML.zip BF.zip NE.zip` · three countries, in seconds

`reportedly gazetteer build allCountries.zip` · the world, some minutes, and a few gigabytes while it is built

`reportedly gazetteer show` · which gazetteer is in use, how many places, and from which files

`REPORTEDLY_GAZETTEER=none reportedly read report.html` · read with the built-in list alone

`reportedly gazetteer build cities500.zip -o desk.sqlite`, then `REPORTEDLY_GAZETTEER=desk.sqlite reportedly read report.html` · one kept elsewhere

The built-in list knows countries, provinces, districts and towns of 500 people or more. For villages, quarters, camps, air bases, border posts and
straits, get a dump of GeoNames: on geonames.org, under *export*, then *dump*. `allCountries.zip` is the world, `XX.zip` the country with the code XX.
The readme there describes the format; the licence is CC BY 4.0: name GeoNames where you publish coordinates.

What is built adds to the built-in list and never replaces what that knows. It lies in your data folder, and every command reads with it from then on;
what was read with it says so (`origin.model` in an exported ledger). Delete the file to go back. The same files give the same gazetteer, byte by byte.

Exit status: 0; 1 where nothing was built, or what is there cannot be used, with the reason; 2 where an option is wrong."""

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", epilog=EXAMPLES)


@app.callback()
def _gazetteer() -> None:
    """Builds a larger gazetteer (list of places) from a dump of GeoNames, and says which one is in use."""


@app.command()
def build(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            exists=True,
            dir_okay=False,
            help="Dumps of GeoNames: allCountries.txt, cities500.txt, a country's XX.txt, or the .zip of one. "
            "A place that is in several counts once, as in the first.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write it here, whole or not at all, and not into your data folder.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Builds a larger gazetteer, in place of an earlier one. Lines that break the format are counted and left out."""
    from reportedly._gazetteer_from_dump import build as build_from
    from reportedly._gazetteer_larger import GAZETTEER, usual_path

    out = output or usual_path()
    try:
        with _Progress() as progress:
            record = build_from(files, out, progress.at)
    except ReportedlyError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    for line in _lines(record, out):
        print(line)
    if output is not None:
        print(f"To read with it: {GAZETTEER}={out}")


@app.command()
def show(
    json: Annotated[
        bool, typer.Option("--json", help="Print it as one JSON document; null is the built-in one alone.")
    ] = False,
) -> None:
    """Says which gazetteer the reader uses, how many places it adds, and from which files they are."""
    from reportedly._gazetteer_larger import GAZETTEER, larger_path, read_record

    path = larger_path()
    try:
        record = read_record(path) if path is not None else None
    except ReportedlyError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    if json:
        import msgspec

        told = None if record is None else {"path": str(path), **msgspec.to_builtins(record)}
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n")
    elif path is None or record is None:
        print("The built-in gazetteer is in use: countries, divisions and towns of 500 people or more.")
        print(
            f"A larger one is built with `reportedly gazetteer build FILE`, and named in {GAZETTEER} where it lies elsewhere."
        )
    else:
        made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        print("The built-in gazetteer is in use, and a larger one beside it:")
        for line in _lines(record, path):
            print(line)
        print(f"       built  {made:%Y-%m-%d %H:%M} UTC")


def _lines(record: Record, path: Path) -> list[str]:
    """The record for a reader."""
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in record.kinds.items())
    lines = [
        f"        file  {path}",
        f"     version  {record.version}",
        f"      places  {record.places:,} ({kinds})",
        f"       names  {record.names:,}",
    ]
    for source in record.sources:
        newest = f", last changed {source.newest}" if source.newest else ""
        broken = f", {source.broken:,} broken lines left out" if source.broken else ""
        lines.append(f"        from  {source.file}: {source.rows:,} rows, {source.kept:,} kept{newest}{broken}")
        lines.append(f"              sha256 {source.sha256}")
    return lines


class _Progress(Barred):
    """How far a build has got: a bar on a terminal, a line every so often elsewhere."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        self._said = time.monotonic()
        if sys.stderr.isatty():
            columns = (
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TaskProgressColumn(),
                TimeRemainingColumn(),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("reading", total=None)

    def at(self, doing: str, read: int, total: int) -> None:
        """`doing` is at byte `read` of `total`; both 0 where that is not known."""
        if self._bar is not None:
            self._bar.update(self._task, description=doing, completed=read, total=total or None)
        elif time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            complain(f"{doing}: {read / total:.0%}" if total else doing)
