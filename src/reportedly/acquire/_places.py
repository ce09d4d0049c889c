"""What the user names on the command line -> the files and addresses that it stands for, in a stable order."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from reportedly.acquire.received import Skipped, refused
from reportedly.records import Record, Rejected

STANDARD_INPUT = "-"
PASSED_OVER = (
    (
        "picture, recording, style or script",
        re.compile(
            r"\.(?:bmp|gif|ico|jpe?g|png|svg|tiff?|webp|avif|css|m?js|map|woff2?|[to]tf|eot|mp[34]|m4a|ogg|wav|webm|avi|mov|mkv)\Z",
            re.I,
        ),
    ),
    (
        "note, table, setting, program or database",
        re.compile(
            r"(?:\A|/)(?:readme|licen[cs]e|copying|notice|changelog|contributing|makefile|dockerfile)(?:\.[a-z]+)?\Z"
            r"|\.(?:md|rst|csv|tsv|parquet|geojson|toml|ya?ml|ini|cfg|lock|log|py|ipynb|r|rmd|sh|sql|(?:sqlite3?|db)(?:-wal|-shm)?)\Z",
            re.I,
        ),
    ),
)
"""What lies beside reports in a folder, by kind: passed over there, read or refused by name where the user names it."""
CAPTURE = ".capture"
"""How the name of a ledger's capture folder ends: what lies there is in that ledger already."""


class Place(Record, frozen=True):
    """A file, an address, or standard input (``-``)."""

    name: str
    named: bool = True
    """False for a file that was found in a folder."""

    @property
    def is_address(self) -> bool:
        """Whether it is to be fetched."""
        return "://" in self.name


def places(sources: Sequence[str]) -> Iterator[Place | Rejected | Skipped]:
    """The places that `sources` stand for, each folder in the order of its names."""
    for source in sources:
        path = Path(source)
        if source == STANDARD_INPUT or "://" in source:
            yield Place(name=source)
        elif _is_folder(path):
            yield from _within(path)
        elif glob.has_magic(source) and not os.path.lexists(source):
            yield from _matching(source)
        else:
            yield Place(name=source)


def _matching(pattern: str) -> Iterator[Place | Rejected | Skipped]:
    found = sorted(glob.iglob(pattern, recursive=True)) if "\x00" not in pattern else []  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not found:
        yield refused(pattern, f"no file matches {pattern}; check the pattern and the folder")
    for name in found:
        if _is_folder(Path(name)):
            if "**" not in pattern:  # else its files match by themselves
                yield from _within(Path(name))
        else:
            yield Place(name=name)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return False


def _within(folder: Path) -> Iterator[Place | Rejected | Skipped]:
    """The files under `folder`; what is passed over is counted by kind at the end. A folder is entered once."""
    skipped: Counter[str] = Counter()
    entered: set[tuple[int, int]] = set()
    waiting = [str(folder)]
    while waiting:
        name = waiting.pop()
        try:
            state = Path(name).stat()
            inside = _names(name) if S_ISDIR(state.st_mode) else None
        except OSError as error:
            yield refused(name, f"{name} may not be read ({error.strerror})")
            continue
        if inside is not None:
            if (state.st_dev, state.st_ino) in entered:
                skipped["folder that was entered already"] += 1
                continue
            entered.add((state.st_dev, state.st_ino))
            skipped["hidden file"] += sum(1 for one in inside if one.startswith("."))
            captures = {one for one in inside if one.endswith(CAPTURE) and _is_folder(Path(name, one))}
            skipped["capture of a ledger"] += len(captures)
            waiting.extend(
                str(Path(name, one)) for one in reversed(inside) if not one.startswith(".") and one not in captures
            )
        elif not S_ISREG(state.st_mode):
            skipped["file that is no ordinary one"] += 1
        elif kind := next((kind for kind, pattern in PASSED_OVER if pattern.search(name)), None):
            skipped[kind] += 1
        else:
            yield Place(name=name, named=False)
    yield from (
        Skipped(where=str(folder), kind=kind, number=number) for kind, number in sorted(skipped.items()) if number
    )


def _names(folder: str) -> list[str]:
    with os.scandir(folder) as found:
        return sorted(one.name for one in found)
