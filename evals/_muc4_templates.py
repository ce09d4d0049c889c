"""MUC-4's templates as files hold them: slots, fills, alternatives, optional fills, cross-references."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SLOT = re.compile(r"^(\d+)\.\s+(\S.*?)(?:\s{2,}(\S.*))?$")
NUMBERS = range(2, 25)
"""The slots that count: not the message's name (0) nor the template's number (1)."""
STRINGS = frozenset({6, 9, 10, 12, 18, 19})
"""Their fills are words of the text."""


@dataclass(frozen=True, slots=True)
class Value:
    """One way to fill a slot."""

    text: str
    """A value of a list, a date, a place, a number; or words of the text, without quotation marks."""
    tag: frozenset[str] = frozenset()
    """Words of the text whose fill it belongs to: the same thing by several names. ``-`` where none is named."""


@dataclass(frozen=True, slots=True)
class Fill:
    """One fill: any of its values is right."""

    values: tuple[Value, ...]
    optional: bool = False


@dataclass(slots=True)
class Template:
    """One incident."""

    message: str
    number: str
    optional: bool = False
    slots: dict[int, list[Fill]] = field(default_factory=dict)
    """Slots without a fill are not in it."""

    def first(self, slot: int) -> str:
        """The first value of a slot; empty where there is none."""
        return self.slots[slot][0].values[0].text if slot in self.slots else ""


def templates(path: Path) -> dict[str, list[Template]]:
    """The templates of a file by message; a message without an incident has an empty list."""
    out: dict[str, list[Template]] = defaultdict(list)
    rows: dict[int, list[str]] = {}
    for number, text in [*_rows(path.read_text("latin-1")), (0, "")]:
        if number == 0 and rows:
            message = rows[0][0].split()[0]
            found = _template(message, rows)
            out[message] += [found] if found is not None else []
            rows = {}
        rows.setdefault(number, []).append(text)
    return dict(out)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """A slot's number and one of its lines; a line may go on with the alternatives of the one before."""
    number, held = -1, ""
    for line in text.splitlines():
        if line.startswith(";") or not line.strip():
            continue
        match = SLOT.match(line.rstrip())
        words = (match[3] or "").strip() if match else line.strip()
        if not match and (held.endswith("/") or words.startswith("/") or held.count('"') % 2):
            held = f"{held} {words}"
            continue
        if number >= 0:
            yield number, held
        number, held = int(match[1]) if match else number, words
    if number >= 0:
        yield number, held


def _template(message: str, rows: dict[int, list[str]]) -> Template | None:
    name = rows.get(1, ["*"])[0]
    if name[:1] in ("*", ""):
        return None
    out = Template(message, name.split()[0], "OPTIONAL" in name)
    for slot in NUMBERS:
        fills = [fill for line in rows.get(slot, []) if (fill := _fill(slot, line)) is not None]
        if fills:
            out.slots[slot] = fills
    return out


def _fill(slot: int, line: str) -> Fill | None:
    optional = line.startswith("?")
    line = line.removeprefix("?").strip()
    if line in ("", "*", "-"):
        return None
    values: list[Value] = []
    for part in _whole(line):
        if slot in STRINGS - {19}:
            values += [Value(_bare(words)) for words in _split(part, "/")]
            continue
        if slot in (2, 3, 8, 4, 5, 17, 24):
            values += [Value(_bare(words)) for words in _split(part, "/")]
            continue
        left, *right = _split(part, ":")
        tag = frozenset(_bare(words) for words in _split(":".join(right), "/")) if right else frozenset[str]()
        values += [Value(_bare(words), tag) for words in _split(left, "/")]
    return Fill(tuple(values), optional)


def _whole(line: str) -> list[str]:
    """``(A: "x") / (B)`` as its parts, each without its brackets; anything else as it is."""
    parts = _split(line, "/")
    if all(part.startswith("(") and part.endswith(")") and _balanced(part[1:-1]) for part in parts):
        return [part[1:-1].strip() for part in parts]
    return [line]


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _split(text: str, mark: str) -> list[str]:
    """The parts between marks that stand in no quotation marks and no brackets."""
    out, depth, quoted, at = [""], 0, False, 0
    while at < len(text):
        character = text[at]
        if character == "\\" and at + 1 < len(text):
            out[-1] += text[at : at + 2]
            at += 2
            continue
        if character == '"':
            quoted = not quoted
        elif not quoted:
            depth += (character in "(") - (character in ")")
        if character == mark and not quoted and depth <= 0:
            out.append("")
        else:
            out[-1] += character
        at += 1
    return [part.strip() for part in out if part.strip()]


def _bare(words: str) -> str:
    words = words.strip()
    if len(words) > 1 and words.startswith('"') and words.endswith('"'):
        words = words[1:-1]
    return re.sub(r"\s+", " ", words.replace('\\"', '"')).strip().upper()
