"""From notes to what the project keeps: JSON lines of spans, without a word of texts that are not ours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.notation import compiled

Row = dict[str, Any]


def rows(notes: Path, texts: Path, ids: Mapping[str, str]) -> Iterator[Row]:
    """A row for each ``HAND/NAME.ann`` in `notes`, in order of hand and name.

    Args:
        notes: a folder of a folder for each annotator.
        texts: where ``NAME.txt`` is.
        ids: name to text id where it is not a text of our own.

    Raises:
        ValueError: notes that do not pass the check.
    """
    for path in sorted(notes.glob("*/*.ann")):
        content = (texts / f"{path.stem}.txt").read_bytes()
        said, done, wrong = compiled(content.decode("utf-8"), path.read_text("utf-8"))
        if wrong:
            raise ValueError(f"{path}: {wrong[0]}; run python -m corpus check")
        yield {
            "text_id": ids.get(path.stem, f"own/{path.stem.removeprefix('own-')}"),
            "sha256": hashlib.sha256(content).hexdigest(),
            "annotator": path.parent.name.removeprefix("second-"),
            "second": path.parent.name.startswith("second-"),
            "attributions": said,
            "events": done,
        }


def write(found: Iterator[Row], folder: Path) -> dict[str, int]:
    """Writes ``own.jsonl``, ``open.jsonl`` (texts of others) and ``second.jsonl`` into `folder`; how many rows each has."""
    files: dict[str, list[Row]] = {"own": [], "open": [], "second": []}
    for row in found:
        second = row.pop("second")
        files["second" if second else "own" if row["text_id"].startswith("own/") else "open"].append(row)
    for name, many in files.items():
        lines = (
            json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            for row in sorted(many, key=lambda r: r["text_id"])
        )
        (folder / f"{name}.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")
    return {name: len(many) for name, many in files.items()}
