"""Texts with what people marked in them, and where they come from: our own corpus, brat folders (PolNeAR's layout), UDS factuality."""

from __future__ import annotations

import glob
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from lxml import etree

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


def characters(spans: Iterable[Offsets]) -> frozenset[int]:
    """The places of all characters of some spans."""
    return frozenset(c for a, b in spans for c in range(a, b))


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One attribution. Each part is spans of the text; a value that nobody marked is null."""

    cue: tuple[Offsets, ...]
    content: tuple[Offsets, ...]
    source: tuple[Offsets, ...] = ()
    hops: tuple[Offsets, ...] = ()
    stance: Stance | None = None
    quotation: Quotation | None = None
    kind: SourceKind | None = None
    anonymous: bool | None = None


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mention of an event."""

    trigger: tuple[Offsets, ...]
    event_type: EventType
    stage: Stage
    polarity: Polarity
    certainty: Certainty
    actors: tuple[Offsets, ...] = ()
    recipients: tuple[Offsets, ...] = ()
    places: tuple[Offsets, ...] = ()
    times: tuple[Offsets, ...] = ()
    quantities: tuple[tuple[QuantityKind, int, int], ...] = ()
    weapons: tuple[tuple[WeaponCategory, int, int], ...] = ()


class Predicate(msgspec.Struct, frozen=True):
    """A word whose factuality people judged: from -3, it did not happen, to 3, it did."""

    span: Offsets
    value: float


class Marked(msgspec.Struct, frozen=True):
    """A text and what is marked in it; a kind of mark that nobody looked for is null."""

    text_id: str
    text: str
    sayings: tuple[Saying, ...] | None = None
    acts: tuple[Act, ...] | None = None
    predicates: tuple[Predicate, ...] | None = None
    short: bool = False
    """Of a passage of which the contents of sayings and the arguments of acts are not marked."""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of our standoff files (corpus/README.md)."""

    text_id: str
    sha256: str
    annotator: str
    attributions: tuple[Saying, ...]
    events: tuple[Act, ...]


def standoff(path: Path, texts: Mapping[str, str]) -> Iterator[Marked]:
    """The texts of a standoff file that are at hand.

    Args:
        path: JSON lines (corpus/README.md).
        texts: the SHA-256 of a text to the text; see `own_texts` and `open_texts`.

    Raises:
        msgspec.ValidationError: a line is not of the form.
    """
    for line in path.read_bytes().splitlines():
        row = msgspec.json.decode(line, type=_Row)
        if row.sha256 in texts:
            yield Marked(row.text_id, texts[row.sha256], row.attributions, row.events)


class _Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of ``items.jsonl``: a short passage, its cues with their stances, its acts."""

    item_id: str
    text: str
    headline: bool
    says: tuple[tuple[int, int, Stance], ...]
    acts: tuple[tuple[int, int, EventType, Stage, Polarity, Certainty], ...]


def items(path: Path) -> Iterator[Marked]:
    """The short passages of a file: their cues have a stance and no content, for nobody marked one.

    Raises:
        msgspec.ValidationError: a line is not of the form.
    """
    for line in path.read_bytes().splitlines():
        item = msgspec.json.decode(line, type=_Item)
        sayings = tuple(Saying(cue=((a, b),), content=(), stance=stance) for a, b, stance in item.says)
        acts = tuple(Act(((a, b),), kind, stage, pole, sure) for a, b, kind, stage, pole, sure in item.acts)
        yield Marked(item.item_id, item.text, sayings, acts, short=True)


def is_held(text_id: str) -> bool:
    """Whether a text is of the fixed tenth of our corpus on which nothing is ever trained."""
    return int(hashlib.sha256(f"tenth:{text_id}".encode()).hexdigest()[:8], 16) % 10 == 0


def own_texts(folder: Path) -> dict[str, str]:
    """Our own texts, ``NAME.txt`` in `folder`, by their hash."""
    return _by_hash(path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt")))


def open_texts(corpora: Path) -> dict[str, str]:
    """The texts of re3d and of GeoVirus (Wikinews) in a folder of corpora, by their hash; empty where they are not there."""
    texts = []
    for path in sorted((corpora / "re3d").glob("*/documents.json")):
        texts += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line.strip()]
    geovirus = corpora / "geoparsing" / "GeoVirus.xml"
    if geovirus.exists():
        texts += [article.findtext("text") or "" for article in etree.parse(geovirus).getroot()]
    return _by_hash(texts)


def _by_hash(texts: Iterable[str]) -> dict[str, str]:
    return {hashlib.sha256(text.encode("utf-8")).hexdigest(): text for text in texts}


IDENTIFIER = re.compile(r"[TE]\d+")


def brat(folder: Path, limit: int | None = None) -> Iterator[Marked]:
    """The texts of ``folder/text`` with the attributions of ``folder/attributions``; of several annotators the first.

    Args:
        folder: one split of PolNeAR, or anything laid out like it.
        limit: at most so many texts.
    """
    for path in sorted((folder / "text").glob("*.txt"))[:limit]:
        files = annotations_of(path)
        if files:
            yield Marked(path.stem, path.read_bytes().decode("utf-8"), tuple(brat_file(files[0])))


def annotations_of(text: Path) -> list[Path]:
    """The annotators' files for one text of a brat folder."""
    return sorted((text.parent.parent / "attributions").glob(f"{glob.escape(text.stem)}*.ann"))


def brat_file(path: Path) -> Iterator[Saying]:
    """The attributions of one file that have a cue and a content."""
    spans: dict[str, tuple[Offsets, ...]] = {}
    for line in path.read_text("utf-8").split("\n"):
        parts = line.split("\t")
        if len(parts) < 2 or not IDENTIFIER.fullmatch(parts[0]):  # words of a span that runs over a line end
            continue
        if line.startswith("T"):
            places = [place.split() for place in parts[1].split(" ", 1)[1].split(";")]
            spans[parts[0]] = tuple((int(a), int(b)) for a, b in places)
            continue
        roles: dict[str, list[Offsets]] = {"Source": [], "Cue": [], "Content": []}
        for item in parts[1].split():
            role, reference = item.split(":")
            name = role.rstrip("0123456789")
            if name in roles:
                roles[name] += spans.get(reference, ())
        if roles["Cue"] and roles["Content"]:
            yield Saying(cue=tuple(roles["Cue"]), content=tuple(roles["Content"]), source=tuple(roles["Source"]))


def uds(path: Path) -> Iterator[Marked]:
    """The sentences of a file of UDS factuality, their words joined by blanks."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        starts, at = [], 0
        for token in row["tokens"]:
            starts.append(at)
            at += len(token) + 1
        predicates = tuple(
            Predicate((starts[p["head"]], starts[p["head"]] + len(row["tokens"][p["head"]])), p["value"])
            for p in row["preds"]
        )
        yield Marked(row["id"], " ".join(row["tokens"]), predicates=predicates)
