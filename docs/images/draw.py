"""Draws the picture in the README: what `reportedly read` prints of a sample report. ``make picture`` runs it."""

from __future__ import annotations

import io
import re
import sys
from importlib import resources
from pathlib import Path

from rich.console import Console
from rich.text import Text

import reportedly
from reportedly.export.table import show

SAMPLE = "2025-03-04-courier-hospital-toll.html"
WIDTH, LINES = 100, 34


def main() -> None:
    """Writes the picture to the file named on the command line. It asks for no font from outside."""
    with resources.as_file(resources.files("reportedly") / "samples" / SAMPLE) as path:
        reading = reportedly.read(path)
    shown = io.StringIO()
    show(reading, Console(file=shown, width=WIDTH, force_terminal=True, color_system="truecolor", highlight=False))
    lines = shown.getvalue().splitlines()[:LINES]
    while lines and lines[-1].strip():  # whole claims only
        lines.pop()
    picture = Console(record=True, width=WIDTH, file=io.StringIO())
    picture.print(Text.from_ansi("\n".join(lines)))
    svg = picture.export_svg(title="reportedly read report.html", unique_id="read")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    Path(sys.argv[1]).write_text(svg.replace("Fira Code", "ui-monospace, 'DejaVu Sans Mono'"), "utf-8")


if __name__ == "__main__":
    main()
