"""Text as the encoder sees it: word pieces in windows that respect paragraphs, with the marks that it cannot see by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

Offsets = tuple[int, int]
WINDOW = 254
"""Pieces of one window, without the two marks at its ends."""
PLAIN, QUOTED, OPENS = 0, 1, 2
"""Of a piece: told in the outlet's words, within quotation marks, first of its paragraph (whatever else it is)."""
RULER = re.compile(r"(?:[^\w\s]|_){40,}")
"""So many marks in a row say nothing, and each is a piece."""
OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'


@dataclass(frozen=True, slots=True)
class Window:
    """Some paragraphs, or a part of a long one."""

    ids: tuple[int, ...]
    offsets: tuple[Offsets, ...]
    """Of each piece in the text."""
    marks: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)


def unruled(text: str) -> str:
    """A text of the same length with blanks for all but the first marks of a line of marks."""
    return RULER.sub(lambda run: run.group()[:3].ljust(len(run.group())), text)


def windows(text: str, blocks: Sequence[Offsets], tokenizer: Tokenizer, size: int = WINDOW) -> Iterator[Window]:
    """The blocks of a text in windows of at most `size` pieces, a new window where the next paragraph would not fit.

    Args:
        text: the text.
        blocks: its paragraphs, in order.
        tokenizer: the encoder's.
        size: pieces.
    """
    ids: list[int] = []
    offsets: list[Offsets] = []
    marks: list[int] = []
    for start, end in blocks:
        quoted = quoted_characters(text[start:end])
        encoded = tokenizer.encode(unruled(text[start:end]), add_special_tokens=False)
        new = [(int(i), (start + a, start + b)) for i, (a, b) in zip(encoded.ids, encoded.offsets, strict=True)]
        for number, part in enumerate(_parts(new, tokenizer, size)):
            if len(ids) + len(part) > size:
                yield Window(tuple(ids), tuple(offsets), tuple(marks))
                ids, offsets, marks = [], [], []
            ids += [i for i, _ in part]
            offsets += [at for _, at in part]
            marks += [
                OPENS if number == 0 and k == 0 else QUOTED if quoted[a - start] else PLAIN
                for k, (_, (a, _)) in enumerate(part)
            ]
    if ids:
        yield Window(tuple(ids), tuple(offsets), tuple(marks))


def _parts(pieces: list[tuple[int, Offsets]], tokenizer: Tokenizer, size: int) -> Iterator[list[tuple[int, Offsets]]]:
    """A paragraph in parts of at most `size` pieces, cut after a full stop where there is one in the later half."""
    stop = tokenizer.token_to_id(".")
    while len(pieces) > size:
        cut = next((k + 1 for k in range(size - 2, size // 2, -1) if pieces[k][0] == stop), size)
        yield pieces[:cut]
        pieces = pieces[cut:]
    if pieces:
        yield pieces


def quoted_characters(text: str) -> list[bool]:
    """For each character of a paragraph whether it stands in quotation marks (the marks count).

    A quotation that its paragraph leaves open ends with it: where it goes on, printers open the next paragraph with a mark of its own.
    """
    within, out = False, []
    for character in text:
        closes = character in CLOSING or (character in STRAIGHT and within)
        out.append(within or character in OPENING or character in CLOSING or character in STRAIGHT)
        within = not closes and out[-1]
    return out


def paragraphs(text: str) -> list[Offsets]:
    """The lines of a text that are not blank, without the white space around them."""
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            out.append((start, start + len(bare)))
        at += len(line)
    return out
