"""The command line: ``reportedly read`` and ``reportedly demo``. Thin: it parses, calls and renders."""

from __future__ import annotations

import io
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from reportedly.cli import (
    doctor,
    export,
    gazetteer,
    incidents,
    ingest,
    judge,
    load,
    rebuild,
    report,
    show,
    sources,
    train,
)
from reportedly.cli.demo import demo
from reportedly.cli.output import complain
from reportedly.cli.read import read

app = typer.Typer(
    name="reportedly",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    epilog="First steps: `reportedly demo`, then `reportedly read REPORT.html`.",
)
app.command(
    epilog="""Examples:

`reportedly read report.html` · a table on the terminal

`reportedly read reports/*.html --format html -o reports.html` · one page, a section for each report

`reportedly read https://example.org/news/1 --format jsonl` · the codebook's claims, one a line

`reportedly read - --published 2026-10-12 < report.txt` · a text without a date of its own

`reportedly read report.html --explain` · which rule and which words gave each value

Exit status: 0; 2 where a source was refused (the others are read all the same), an option is wrong or the output cannot be written; 1 where
something that the reader needs is not installed.""",
)(read)
app.command(epilog="Example: `reportedly demo --output-dir /tmp/demo`")(demo)
app.command(epilog=ingest.EXAMPLES)(ingest.ingest)
app.command(epilog=incidents.EXAMPLES)(incidents.incidents)
app.command(epilog=show.EXAMPLES)(show.show)
app.command(epilog=sources.EXAMPLES)(sources.sources)
app.command(epilog=export.EXAMPLES)(export.export)
app.command(epilog=report.EXAMPLES)(report.report)
app.command(epilog=judge.EXAMPLES)(judge.judge)
app.command(epilog=load.EXAMPLES)(load.load)
app.command(epilog=doctor.EXAMPLES)(doctor.doctor)
app.command(epilog=rebuild.EXAMPLES)(rebuild.rebuild)
app.command(epilog=train.EXAMPLES)(train.train)
app.add_typer(gazetteer.app, name="gazetteer")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"reportedly {version('reportedly')}")
        raise typer.Exit


@app.callback()
def _reportedly(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Reads news reports of political violence and prints who says what happened, through whom, and how far it got.

    Every value is tied to the exact words that it came from. Nothing is fetched but the addresses that you name.
    """


def main() -> None:
    """The program `reportedly`. Its output is UTF-8 whatever the locale says; a wrong option is one line and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], standalone_mode=False))
    except typer.TyperException as error:
        message = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
        complain(f"{message.replace('Value error, ', '').rstrip('.')} (see reportedly --help)")
        sys.exit(2)
