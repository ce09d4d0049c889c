"""Draws the pictures of the README: what a command prints, of the sample reports. ``make picture`` runs it."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from importlib import resources
from pathlib import Path

from rich.console import Console
from rich.text import Text
from typer.testing import CliRunner

from reportedly.cli import app

WIDTH = 100
SHOWN = {"ledger": (("incidents", 40), ("show", 34)), "read": (("read", 34),)}
"""For each picture its commands, and how many lines of each are shown."""
SAMPLE = "2025-03-04-courier-hospital-toll.html"
QUESTION = ["--since", "2025-03-01", "--min-outlets", "2", "--sort", "-deaths"]


def main() -> None:
    """Writes the pictures into the folder named on the command line. They ask for no font from outside."""
    samples = resources.files("reportedly") / "samples"
    with resources.as_file(samples) as folder, tempfile.TemporaryDirectory() as place:
        os.environ["REPORTEDLY_LEDGER"] = str(Path(place, "week.sqlite"))
        _printed("ingest", *map(str, sorted(folder.glob("*.html"))))
        found = re.search(r"inc-([0-9a-f]{10})", _printed("incidents", *QUESTION, "--json"))
        assert found is not None
        commands = {"incidents": QUESTION, "show": [found[1]], "read": [str(folder / SAMPLE)]}
        for name, parts in SHOWN.items():
            picture = Console(record=True, width=WIDTH, file=io.StringIO())
            for command, lines in parts:
                words = ["report.html"] if command == "read" else commands[command]
                picture.print(Text(f"$ reportedly {command} {' '.join(words)}", style="bold"))
                picture.print(Text.from_ansi(_whole(_printed(command, *commands[command]), lines)))
                picture.print()
            svg = picture.export_svg(title="reportedly", unique_id=name)
            svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
            drawn = svg.replace("Fira Code", "ui-monospace, 'DejaVu Sans Mono'")
            Path(sys.argv[1], f"{name}.svg").write_text(drawn, "utf-8")


def _printed(*arguments: str) -> str:
    """What a command prints, coloured."""
    given = {"COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "COLORTERM": "truecolor", "TERM": "xterm-256color"}
    result = CliRunner().invoke(app, arguments, env=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def _whole(printed: str, lines: int) -> str:
    """The first lines, to the end of a part."""
    shown = printed.splitlines()[:lines]
    while shown and shown[-1].strip() and len(printed.splitlines()) > lines:
        shown.pop()
    return "\n".join(shown)


if __name__ == "__main__":
    main()
