"""``reportedly demo``: the main job, on the sample reports inside the package."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from reportedly.cli.output import Counter, complain, console_for, opened
from reportedly.cli.reading import Sources
from reportedly.errors import ReportedlyError
from reportedly.records import Reading

INVENTED = "These reports are invented: their outlets, people and attacks do not exist."
IN_FULL = "port-hallic-toll-disputed"
"""In the address of the sample that is shown in full: its sources disagree about the toll."""


def demo(
    output_dir: Annotated[
        Path, typer.Option("--output-dir", "-o", help="The folder for the page; it is made where there is none.")
    ] = Path("reportedly-demo"),
) -> None:
    """Reads the sample reports that come with the program and shows what it makes of them. The reports are invented."""
    console = console_for(sys.stdout)
    console.print(Text(INVENTED, "bold"))
    console.print()
    try:
        output_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        complain(f"{output_dir}: cannot be made: {error.strerror}; choose another with --output-dir")
        raise typer.Exit(2) from error
    readings, refused = _read_samples()
    _show(readings, output_dir)
    if refused:
        raise typer.Exit(2)


def _read_samples() -> tuple[list[Reading], int]:
    with resources.as_file(resources.files("reportedly") / "samples") as folder:
        names = sorted(folder.glob("*.html"))
        with Counter(len(names) if sys.stderr.isatty() else 0) as counter:
            found = Sources(names, None, counter)
            try:
                readings = list(found.readings())
            except ReportedlyError as error:
                complain(str(error))
                raise typer.Exit(1) from error
    return sorted(readings, key=lambda reading: reading.article.publication_date or ""), found.refused


def _show(readings: list[Reading], output_dir: Path) -> None:
    from reportedly.export.html import page
    from reportedly.export.table import show, summary

    console = console_for(sys.stdout)
    summary(readings, console)
    if readings:
        fullest = max(readings, key=lambda reading: (IN_FULL in (reading.article.url or ""), len(reading.claims)))
        console.print(Text("\nOne of them in full:\n", "dim"))
        show(fullest, console)
    target = output_dir / "samples.html"
    with opened(target) as stream:
        stream.write(page(readings))
    console.print(Text(f"\nAll of them, with the words marked: open {target.resolve()} in a browser.", "bold"))
    console.print(Text("Your own: reportedly read REPORT.html", "dim"))
