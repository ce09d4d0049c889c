"""From notes to what the project keeps: JSON lines of spans, without a word of texts that are not ours."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.notation import VALUES, compiled

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


def items(folder: Path) -> Iterator[Row]:
    """A row for each line of ``HAND.jsonl`` in `folder`: short passages as they are written (``t``, ``h``, ``says``, ``acts``), with offsets for words.

    Raises:
        ValueError: words that are not in the passage, or are there more than once, or a value that is none.
    """
    for path in sorted(folder.glob("*.jsonl")):
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        for item in map(json.loads, lines):
            says = [(*_place(item["t"], words), stance) for words, stance in item.get("says", ())]
            acts = [(*_place(item["t"], words), *values) for words, *values in item.get("acts", ())]
            for *_, stance in says:
                _legal("stance", stance)
            for _, _, *values in acts:
                for name, value in zip(("type", "stage", "pol", "cert"), values, strict=True):
                    _legal(name, value)
            yield {
                "item_id": f"item/{hashlib.sha256(item['t'].encode()).hexdigest()[:12]}",
                "text": item["t"],
                "headline": bool(item.get("h")),
                "says": says,
                "acts": acts,
            }


def _place(text: str, words: str) -> tuple[int, int]:
    nth, counted = 1, re.fullmatch(r"(.*\S)#(\d+)", words, re.S)
    if counted and words not in text:
        words, nth = counted[1], int(counted[2])
    edges = (r"(?<!\w)" if words[:1].isalnum() else "", r"(?!\w)" if words[-1:].isalnum() else "")
    found = [m.start() for m in re.finditer(re.escape(words).join(edges), text)]
    if len(found) < nth or (len(found) > 1 and not counted):
        raise ValueError(f"{words!r} occurs {len(found)} times in {text!r}")
    return found[nth - 1], found[nth - 1] + len(words)


def _legal(name: str, value: str) -> None:
    if value not in VALUES[name]:
        raise ValueError(f"{name} {value!r} is not one of {', '.join(VALUES[name])}")


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
