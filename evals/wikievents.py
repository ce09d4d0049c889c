"""wikievents: events and their arguments, against WikiEvents (Li, Ji and Han 2021), a folder with ``dev.jsonl`` or another split.

Which KAIROS events and roles have a counterpart in our codebook stands in ``wikievents.toml``. It measures what is found of them and nothing
about what is found beside them: the annotators marked a choice of the events of a text.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from evals import Result
from evals._texts import article_of
from reportedly.lexicons import load
from reportedly.pipeline import Reader
from reportedly.records import Claim, Event, Span
from reportedly.stages._words import EventTypes

Offsets = tuple[int, int]
TABLE = Path(__file__).with_suffix(".toml")
BREAK = "\n\n"
"""Between two of the file's sentences, many of which are whole paragraphs."""


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands for one kind of KAIROS event."""

    types: frozenset[str]
    result: str | None = None
    """The quantity that makes any act stand for it."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``wikievents.toml``."""

    events: Mapping[str, Kind]
    roles: Mapping[str, frozenset[str]]

    def kind(self, name: str) -> Kind | None:
        """The longest entry that `name` begins with, part by part."""
        parts = name.split(".")
        tried = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
        return next((self.events[part] for part in tried if part in self.events), None)

    def slot(self, role: str) -> str | None:
        """Where an event of ours keeps `role`."""
        return next((slot for slot, roles in self.roles.items() if role in roles), None)


@dataclass(frozen=True, slots=True)
class Argument:
    """A gold argument: its slot and the head word of every mention of its entity, the one in the event first."""

    slot: str
    heads: tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A gold event of a kind that we have."""

    name: str
    kind: Kind
    trigger: Offsets
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text of the corpus, with its events."""

    name: str
    text: str
    events: tuple[GoldEvent, ...]


def run(data: Path, limit: int | None, split: str = "dev", verbose: bool = False) -> Result:
    """Reads the texts of ``<split>.jsonl`` (and the coreference of ``<split>.jsonlines``, where it is there).

    Scores: ``covered`` the share of the gold events that a claim covers (see `covering`); ``at_trigger`` the share of them that a claim
    covers whose own trigger is there, and not only its sentence; ``arguments`` of the gold arguments of the covered events, the share whose
    head word lies in a mention of the right slot of such a claim, or of a claim of the same incident; both by kind.

    Args:
        data: the folder.
        limit: at most so many texts.
        split: which part.
        verbose: list the misses on standard error.
    """
    kinds = families()
    table = msgspec.convert(tomllib.loads(TABLE.read_text("utf-8")), Table)
    texts = list(read(data, split, table))[:limit]
    found: Counter[str] = Counter()
    given: Counter[str] = Counter()
    at_trigger = 0
    articles = (article_of(t.text.encode(), t.name) for t in texts)
    for gold, reading in zip(texts, Reader().read(articles), strict=True):
        claims = [c for c in reading.claims if c.event]
        for event in gold.events:
            over = covering(event, claims, kinds)
            given[event.name] += 1
            found[event.name] += bool(over)
            at_trigger += any(_meet(_trigger(c), event.trigger) for c in over)
            if verbose and not over:
                _say(gold, event.name, event.trigger, event.trigger)
            for argument in event.arguments if over else ():
                given[argument.slot] += 1
                found[argument.slot] += (held := holds(argument, over, claims, gold.text))
                if verbose and not held:
                    _say(gold, argument.slot, argument.heads[0], event.trigger)

    def share(names: Sequence[str]) -> float | None:
        whole = sum(given[name] for name in names)
        return round(sum(found[name] for name in names) / whole, 4) if whole else None

    slots = list(table.roles)
    names = sorted(name for name in given if name not in slots)
    return Result(
        n=len(texts),
        scores={
            "covered": share(names),
            "at_trigger": round(at_trigger / sum(given[name] for name in names), 4) if names else None,
            "arguments": share(slots),
            "events": sum(given[name] for name in names),
            "of_covered_events": sum(given[slot] for slot in slots),
            "by_kind": {name: {"n": given[name], "covered": share([name])} for name in names},
            "by_slot": {slot: {"n": given[slot], "found": share([slot])} for slot in slots},
        },
    )


def families() -> dict[str, str]:
    """Our event types, each with its family."""
    return {name: entry.family for name, entry in load("event_types", EventTypes).types.items()}


def read(data: Path, split: str, table: Table) -> Iterator[GoldText]:
    """The texts of a split with their events of kinds that `table` has."""
    entities: dict[str, tuple[frozenset[str], ...]] = {}
    beside = data / f"{split}.jsonlines"
    if beside.exists():
        for line in beside.read_text("utf-8").splitlines():
            row = msgspec.json.decode(line)
            entities[row["doc_key"]] = tuple(frozenset(cluster) for cluster in row["clusters"])
    for line in (data / f"{split}.jsonl").read_text("utf-8").splitlines():
        row = msgspec.json.decode(line)
        text, tokens = _laid_out(row["sentences"])
        heads = {m["id"]: tokens[m["end"] - 1] for m in row["entity_mentions"]}
        clusters = entities.get(row["doc_id"], ())
        yield GoldText(row["doc_id"], text, tuple(_events(row["event_mentions"], tokens, heads, clusters, table)))


def _laid_out(sentences: Sequence[tuple[Sequence[tuple[str, int, int]], str]]) -> tuple[str, list[Offsets]]:
    """The text, a paragraph a sentence, and where its tokens stand. The file's own offsets count other blanks, so each is looked for."""
    text, tokens = "", []
    for words, sentence in sentences:
        text += BREAK if text else ""
        at = 0
        for word, *_ in words:
            at = sentence.index(word, at)
            tokens.append((len(text) + at, len(text) + at + len(word)))
            at += len(word)
        text += sentence
    return text, tokens


def _events(
    rows: Sequence[Mapping[str, object]],
    tokens: Sequence[Offsets],
    heads: Mapping[str, Offsets],
    clusters: Sequence[frozenset[str]],
    table: Table,
) -> Iterator[GoldEvent]:
    for row in msgspec.convert(rows, list[_Row]):
        kind = table.kind(row.event_type)
        if kind is None:
            continue
        arguments = []
        for argument in row.arguments:
            slot = table.slot(argument.role)
            if slot is not None:
                same = next((c for c in clusters if argument.entity_id in c), frozenset())
                others = tuple(heads[m] for m in sorted(same - {argument.entity_id}) if m in heads)
                arguments.append(Argument(slot, (heads[argument.entity_id], *others)))
        where = tokens[row.trigger.start][0], tokens[row.trigger.end - 1][1]
        yield GoldEvent(row.event_type, kind, where, tuple(arguments))


class _Words(msgspec.Struct, frozen=True):
    start: int
    end: int


class _Filler(msgspec.Struct, frozen=True):
    entity_id: str
    role: str


class _Row(msgspec.Struct, frozen=True):
    """An event of the file, as far as it is asked."""

    event_type: str
    trigger: _Words
    arguments: tuple[_Filler, ...]


def covering(gold: GoldEvent, claims: Sequence[Claim], kinds: Mapping[str, str]) -> list[Claim]:
    """The claims that cover a gold event.

    One whose trigger overlaps the gold trigger, or whose sentence holds it, and whose event, or an event of the same incident, has a type that
    stands for it. The project keeps what an act brought about in that act: where the gold event is such a result, an act stands for it that has the
    number of the killed or wounded, and an act of violence that was accomplished and names whom it was done to.
    """
    here = [c for c in claims if _meet(_offsets(c.sentence), gold.trigger) or _meet(_trigger(c), gold.trigger)]
    return [
        claim
        for claim in here
        if any(
            _stands_for(gold.kind, other, kinds)
            for other in claims
            if other is claim or (claim.incident_id is not None and other.incident_id == claim.incident_id)
        )
    ]


def _stands_for(kind: Kind, claim: Claim, kinds: Mapping[str, str]) -> bool:
    event, factuality = claim.event, claim.factuality
    assert event is not None
    violent = kinds[event.event_type] == "violence"
    if event.event_type in kind.types or (violent and "violence" in kind.types):
        return True
    if kind.result is None:
        return False
    accomplished = factuality is not None and factuality.stage == "accomplished"
    return any(q.kind == kind.result for q in event.quantities) or (violent and accomplished and bool(event.recipients))


def holds(argument: Argument, over: Sequence[Claim], claims: Sequence[Claim], text: str) -> bool:
    """Whether the claims `over` an event, or one of the same incidents, have `argument` where it belongs.

    A head word lies in a mention of that slot; a name may also be the same word of another mention, or of the name that is resolved from it.
    """
    incidents = {c.incident_id for c in over} - {None}
    asked = [c.event for c in claims if c.event and (c in over or c.incident_id in incidents)]
    names = {text[a:b] for a, b in argument.heads if text[a].isupper()}
    for event in asked:
        for mention, name in _fillers(event, argument.slot):
            if any(_meet(_offsets(mention), head) for head in argument.heads):
                return True
            if names & {word.strip("()[],.;:'\"’“”") for word in f"{mention.text} {name}".split()}:
                return True
    return False


def _fillers(event: Event, slot: str) -> tuple[tuple[Span, str], ...]:
    """What stands in a slot: its words, and the name that they stand for."""
    slots = {
        "actors": tuple((a.mention, a.name) for a in event.actors),
        "recipients": tuple((r.mention, r.name) for r in event.recipients),
        "weapons": tuple((w.mention, w.name) for w in event.weapons),
        "places": tuple((p.mention, p.name) for p in event.places),
    }
    return slots[slot]


def _offsets(span: Span) -> Offsets:
    return span.start, span.end


def _trigger(claim: Claim) -> Offsets:
    assert claim.event is not None
    return _offsets(claim.event.trigger)


def _meet(one: Offsets, other: Offsets) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _say(gold: GoldText, what: str, words: Offsets, trigger: Offsets) -> None:
    around = gold.text[max(0, min(words[0], trigger[0]) - 100) : max(words[1], trigger[1]) + 80].replace("\n", " ")
    print(f"{gold.name}\t{what}\t{gold.text[slice(*words)]}\t({gold.text[slice(*trigger)]})\t{around}", file=sys.stderr)
