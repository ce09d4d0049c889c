"""``python -m corpus show TEXT…``, ``check NOTES…``, ``compile FOLDER``, ``items FOLDER``: what who annotates needs (GUIDELINES.md)."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from corpus.notation import Text, compiled
from corpus.standoff import items, rows, write

HERE = Path(__file__).parent


def main() -> int:
    """Shows a text with numbered sentences, or says what is wrong with notes."""
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    parser.add_argument("what", choices=("show", "check", "compile", "items"))
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        help="show: texts (.txt). check: notes (NAME.ann). compile: a folder of HAND/NAME.ann. items: a folder of HAND.jsonl",
    )
    parser.add_argument("--texts", type=Path, default=HERE / "texts", help="where check and compile find NAME.txt")
    parser.add_argument("--ids", type=Path, help="compile: a JSON object from NAME to text id, for texts of others")
    options = parser.parse_args()
    if options.what == "items":
        lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in items(options.files[0])]
        (HERE / "items.jsonl").write_text("".join(lines), "utf-8")
        print(len(lines))
        return 0
    if options.what == "compile":
        ids = json.loads(options.ids.read_text("utf-8")) if options.ids else {}
        print(write(rows(options.files[0], options.texts, ids), HERE))
        return 0
    return show(options.files) if options.what == "show" else check(options.files, options.texts)


def show(files: list[Path]) -> int:
    """Prints texts with their sentences numbered."""
    for path in files:
        print(f"### {path.stem}")
        print("\n".join(Text.of(path.read_bytes().decode("utf-8")).shown()), end="\n\n")
    return 0


def check(files: list[Path], texts: Path) -> int:
    """Prints what is wrong with notes, and how much each marks; 1 where anything is wrong."""
    bad = 0
    for path in files:
        text = (texts / f"{path.stem}.txt").read_bytes().decode("utf-8")
        said, done, wrong = compiled(text, path.read_text("utf-8"))
        bad += bool(wrong)
        print(f"{path.stem}: {len(said)} attributions, {len(done)} events{', WRONG:' if wrong else ''}")
        for line in wrong:
            print(f"  {line}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
