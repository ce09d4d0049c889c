"""The notation in which people annotate (GUIDELINES.md), and its way to spans of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from reportedly.records import (
    Certainty,
    EventType,
    Polarity,
    QuantityKind,
    Quotation,
    SourceKind,
    Stage,
    Stance,
    WeaponCategory,
)

Offsets = tuple[int, int]
Row = dict[str, Any]
SENTENCE_END = re.compile(r"""(?:(?<=[.!?])|(?<=[.!?]["”’')\]]))\s+(?=["“‘'(\[]?[A-Z0-9])|\n+""")
NUMBERED = re.compile(r"(\d+):(?=\S)")
COUNTED = re.compile(r"(.*\S)#(\d+)", re.DOTALL)
ROLES = {"A": ("src", "cue", "con", "hop"), "E": ("trig", "who", "whom", "where", "when", "num", "with")}
NAMES = {
    "src": "source",
    "cue": "cue",
    "con": "content",
    "hop": "hops",
    "trig": "trigger",
    "who": "actors",
    "whom": "recipients",
    "where": "places",
    "when": "times",
    "num": "quantities",
    "with": "weapons",
    "pol": "polarity",
    "cert": "certainty",
    "anon": "anonymous",
    "type": "event_type",
    "kind": "kind",
    "stage": "stage",
    "stance": "stance",
    "quotation": "quotation",
}
VALUES: dict[str, tuple[str, ...]] = {
    "stance": get_args(Stance),
    "quotation": tuple(q for q in get_args(Quotation) if q != "none"),
    "kind": get_args(SourceKind),
    "anon": ("yes", "no"),
    "type": get_args(EventType),
    "stage": get_args(Stage),
    "pol": get_args(Polarity),
    "cert": get_args(Certainty),
}
NEEDED = {"A": ("cue", "con", "stance", "quotation", "anon"), "E": ("trig", "type", "stage", "pol", "cert")}
KINDS = {"num": get_args(QuantityKind), "with": get_args(WeaponCategory)}


class NotationError(ValueError):
    """A line that does not say what it must; the message says which and what to mend."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its numbered sentences (from 1)."""

    text: str
    sentences: tuple[Offsets, ...]

    @classmethod
    def of(cls, text: str) -> Text:
        """Cuts `text` into lines and those into sentences, roughly; a sentence is only a handle for who annotates."""
        out, at = [], 0
        for match in [*SENTENCE_END.finditer(text), None]:
            end = match.start() if match else len(text)
            if text[at:end].strip():
                out.append((at, end))
            at = match.end() if match else end
        return cls(text, tuple(out))

    def shown(self) -> Iterator[str]:
        """The numbered sentences, a blank line between paragraphs."""
        before = 0
        for number, (start, end) in enumerate(self.sentences, start=1):
            if "\n" in self.text[before:start] and number > 1:
                yield ""
            yield f"{number} {self.text[start:end]}"
            before = end

    def span(self, words: str, sentence: int) -> Offsets:
        """The offsets of a span as it is written: ``words``, ``6:words``, ``words#2``, ``first >> 9:last``.

        Raises:
            NotationError: the words are not there, or are there more than once.
        """
        first, stretch, last = (part.strip() for part in words.partition(">>"))
        start, end, number = self._place(first, sentence, 0)
        if stretch:
            _, end, _ = self._place(last, number, start)
        return start, end

    def _place(self, words: str, sentence: int, least: int) -> tuple[int, int, int]:
        number, nth = sentence, 0
        here = self.sentences[sentence - 1] if 1 <= sentence <= len(self.sentences) else (0, 0)
        if (match := NUMBERED.match(words)) and not self._all(words, *here):  # "06:32" may be the time of day
            number, words = int(match[1]), words[match.end() :]
        if not 1 <= number <= len(self.sentences):
            raise NotationError(f"there is no sentence {number}")
        start, end = self.sentences[number - 1]
        found = self._all(words, start, end)
        if not found and (match := COUNTED.fullmatch(words)):
            words, nth = match[1], int(match[2])
            found = self._all(words, start, end)
        if not nth:
            found = [at for at in found if at >= least]
        if not found:
            raise NotationError(f"{words!r} is not in sentence {number}: {self.text[start:end]!r}")
        if nth > len(found):
            raise NotationError(f"{words!r} occurs {len(found)} times in sentence {number}, not {nth}")
        if not nth and len(found) > 1 and not least:
            raise NotationError(f"{words!r} occurs {len(found)} times in sentence {number}: write {words}#1 or another")
        at = found[nth - 1] if nth else found[0]
        return at, at + len(words), number

    def _all(self, words: str, start: int, end: int) -> list[int]:
        out, at = [], self.text.find(words, start, end)
        while at >= 0 and words:
            before, after = self.text[max(at - 1, 0) : at], self.text[at + len(words) : at + len(words) + 1]
            whole = not (before.isalnum() and words[0].isalnum()) and not (after.isalnum() and words[-1].isalnum())
            if whole:
                out.append(at)
            at = self.text.find(words, at + 1, end)
        return out


def compiled(text: str, notation: str) -> tuple[list[Row], list[Row], list[str]]:
    """The attributions and events that `notation` marks in `text`, as rows with offsets, and what is wrong with it."""
    whole = Text.of(text)
    rows: dict[str, list[Row]] = {"A": [], "E": []}
    wrong = []
    for number, line in enumerate(notation.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            letter, row = _row(whole, line)
            rows[letter].append(row)
        except NotationError as error:
            wrong.append(f"line {number}: {error}")
    return rows["A"], rows["E"], wrong


def _row(whole: Text, line: str) -> tuple[str, Row]:
    head, *fields = re.split(r"\s+\|\s+", line)
    letter, _, number = head.partition(" ")
    if letter not in ROLES or not number.strip().isdigit():
        raise NotationError(f"a record begins with 'A n | ' or 'E n | ', not {head!r}")
    given: dict[str, list[str]] = {}
    for field in fields:
        name, colon, value = field.partition(":")
        if not colon or name.strip() not in NAMES or not value.strip():
            raise NotationError(f"{field!r} is no field; fields are {', '.join(NAMES)}")
        given.setdefault(name.strip(), []).append(value.strip())
    missing = [name for name in NEEDED[letter] if name not in given]
    if missing:
        raise NotationError(f"it lacks {', '.join(missing)}")
    row: Row = {NAMES[name]: [] for name in ROLES[letter]}
    for name, values in given.items():
        if name in ROLES[letter]:
            row[NAMES[name]] = [_marked(whole, name, value, int(number)) for value in values]
        elif name in VALUES and values[0] in VALUES[name] and len(values) == 1:
            row[NAMES[name]] = values[0] == "yes" if name == "anon" else values[0]
        else:
            raise NotationError(f"{name}: {' and '.join(values)} is not one of {', '.join(VALUES.get(name, ()))}")
    if letter == "A":
        row.setdefault("kind", None)
        if row["source"] and row["kind"] is None:
            raise NotationError("a source needs its kind")
    return letter, row


def _marked(whole: Text, name: str, value: str, sentence: int) -> Any:
    if name not in KINDS:
        return whole.span(value, sentence)
    kind, sign, words = value.partition("=")
    if not sign or kind not in KINDS[name]:
        raise NotationError(f"{name} is written kind=words, kind one of {', '.join(KINDS[name])}; not {value!r}")
    return [kind, *whole.span(words, sentence)]
