"""``reportedly read``: reports in, claims out, as a table, JSON lines or a page."""

from __future__ import annotations

import datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.text import Text

from reportedly.cli.output import Counter, complain, console_for, opened
from reportedly.cli.reading import Sources
from reportedly.errors import ReportedlyError
from reportedly.records import Reading


class Format(StrEnum):
    """The forms in which a reading is printed."""

    table = "table"
    jsonl = "jsonl"
    html = "html"


def _day(given: str | None) -> str | None:
    if given is None:
        return None
    try:
        return datetime.date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is no date; write it as YYYY-MM-DD, such as 2026-10-12") from error


def read(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Reports: files (.txt, .html), addresses (https://…), or - for standard input.",
            metavar="SOURCES",
            show_default=False,
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(
            callback=_day,
            metavar="YYYY-MM-DD",
            help="The publication date, where the report does not give it. “On Tuesday” is counted from it.",
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the claims.")] = Format.table,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write to this file, whole or not at all, and not to standard output.",
            show_default=False,
        ),
    ] = None,
    statements: Annotated[
        bool, typer.Option("--all", help="Also the attributed statements that are about no incident.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="For every value, the rule and the words that gave it.")
    ] = False,
) -> None:
    """Reads reports and prints each claim: who says it and through whom, what happened, how far it got, where, when,
    how many, and the words that say so."""
    with Counter(len(sources)) as counter:
        found = Sources(sources, published, counter, statements)
        try:
            _write(found, format, output, statements=statements, explain=explain, counter=counter)
        except ReportedlyError as error:
            complain(str(error))
            raise typer.Exit(1) from error
    if found.refused:
        if len(sources) > 1:
            complain(f"{found.refused} of {len(sources)} sources refused")
        raise typer.Exit(2)


def _write(
    found: Sources, format: Format, output: Path | None, *, statements: bool, explain: bool, counter: Counter
) -> None:
    readings = iter(found.readings())
    first = next(readings, None)
    if first is None:  # all refused: no half-made page, no empty file in the place of a good one
        return
    with opened(output) as stream:
        if format is Format.html:
            from reportedly.export.html import page

            rest = [first, *readings]
            stream.write(page(rest, statements=statements, explain=explain))
            return
        for position, reading in enumerate(chain([first], readings)):
            with counter.aside():
                if format is Format.jsonl:
                    _print_lines(reading, stream, statements=statements, explain=explain)
                else:
                    _print_table(reading, stream, position, statements=statements, explain=explain)
                stream.flush()


def _print_lines(reading: Reading, stream: TextIO, *, statements: bool, explain: bool) -> None:
    from reportedly.export.jsonl import lines

    stream.writelines(lines(reading, statements=statements, explain=explain))


def _print_table(reading: Reading, stream: TextIO, position: int, *, statements: bool, explain: bool) -> None:
    from reportedly.export.table import show

    console = console_for(stream)
    if position:
        console.print(Text("\n" + "═" * min(console.width, 80) + "\n", "dim"))
    show(reading, console, statements=statements, explain=explain)
