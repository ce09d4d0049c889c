"""petrarch: the sentence tests of the PETRARCH coder (2014), a folder with ``PETR.UnitTest.records.xml`` and ``dictionaries/``.

Each sentence stands with events: who, to whom, and a code. The tests try a coder's patterns: most sentences are about invented countries, most acts
are visits, ties, aid and comments, and the codes are those of a test dictionary: mostly of WEIS, CAMEO's predecessor, some of CAMEO, some of neither.
A root (the first two digits) is right here if it is that of our value by either. The tables stand in ``petrarch.toml``.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from evals import Result
from reportedly.export.columns import Country as Exported
from reportedly.lexicons import load, load_rows
from reportedly.pipeline import Reader
from reportedly.records import Article, Attribution, Block, Claim, Event, Reading
from reportedly.stages._names import Country
from reportedly.stages._words import EventTypes

RECORDS = "PETR.UnitTest.records.xml"
FORCE = "22"
"""WEIS' root of every type that ``petrarch.toml`` does not name."""

MUTUAL = frozenset({"agreement", "armed_clash"})
"""Types whose actors all act on each other."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One event of gold. An actor is the first three letters of its code: a country or a kind of group; empty where gold has none."""

    source: str
    target: str
    root: str


@dataclass(frozen=True, slots=True)
class Test:
    """One sentence with its events; none where the coder shall find none."""

    name: str
    article: Article
    gold: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class Dyad:
    """What a reading says that somebody did to somebody: the roots that this may have, and the words for both sides."""

    roots: frozenset[str]
    source: tuple[str, ...]
    target: tuple[str, ...]
    spoken: bool
    """Whether the act is a saying."""


@dataclass(frozen=True)
class Tables:
    """From our values to the codes of the tests."""

    types: Mapping[str, frozenset[str]]
    stages: Mapping[str, list[str]]
    stances: Mapping[str, list[str]]
    cues: Mapping[str, list[str]]
    names: Mapping[str, str]
    memo: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def own(self) -> frozenset[str]:
        """The roots of our event types."""
        return frozenset().union(*self.types.values())

    @cached_property
    def longest(self) -> re.Pattern[str]:
        """All names, the longest first."""
        parts = sorted(self.names, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, parts))})(?!\w)", re.IGNORECASE)

    def codes(self, text: str) -> frozenset[str]:
        """The codes that `text` names. An unknown name, a made-up country's, stands for the code that begins as it does."""
        if text not in self.memo:
            known = {self.names[m.group().lower()] for m in self.longest.finditer(text)}
            rest = self.longest.sub(" ", text)
            other = {word.upper()[:3] for word in re.findall(r"[^\W\d_]{3,}", rest) if word[0].isupper()}
            self.memo[text] = frozenset(known | other)
        return self.memo[text]


def load_tables(dictionaries: Path | None = None) -> Tables:
    """``petrarch.toml``, ``event_types.toml``, the countries of the lexicons, and the corpus' own `dictionaries` where they are given."""
    words = tomllib.loads((Path(__file__).parent / "petrarch.toml").read_text("utf-8"))
    types: dict[str, frozenset[str]] = {
        name: frozenset([row.cameo[:2], *words["types"].get(name, [FORCE])])
        for name, row in load("event_types", EventTypes).types.items()
    }
    names: dict[str, str] = {}
    for path in sorted(dictionaries.glob("*.actors.txt")) if dictionaries else ():
        names |= dict(_dictionary(path))
    names |= dict(_countries()) | words["names"]
    return Tables(types, words["stages"], words["stances"], words["cues"], names)


def _countries() -> Iterator[tuple[str, str]]:
    """Names, capitals and people of countries with the country's ISO 3166-1 alpha-3 code."""
    three = {row.iso2: row.iso3 for row in load_rows("export_countries", Exported)}
    for row in load_rows("countries", Country):
        several = f"{row.name}|{row.capital}|{row.aliases}|{row.demonyms}".lower().split("|")
        yield from ((name, three[row.iso2]) for name in several if name and row.iso2 in three)


def _dictionary(path: Path) -> Iterator[tuple[str, str]]:
    """Names of an actor file with their code's first three letters: an entry is a name, its ``+SYNONYMS`` and, beside or below, ``[CODES]``, of which the first counts."""
    names: list[str] = []
    code = ""
    for line in [*path.read_text("utf-8", "replace").splitlines(), "END"]:
        text = line.split("#")[0].rstrip()
        name = text.split("[")[0].strip().strip("+_").replace("_", " ").lower()
        if name and not text.startswith("+"):
            yield from ((known, code) for known in names if code)
            names, code = [], ""
        names += [name] if len(name) > 2 else []
        found = re.search(r"\[([A-Z]{3})", text)
        code = code or (found.group(1) if found else "")


def run(data: Path, limit: int | None, verbose: bool = False) -> Result:
    """Reads each sentence as an article of its own.

    Scores, over the sentences with events: ``share`` where the reading has each event, with its root and both actors; ``one`` where it has one at least;
    ``root`` and ``actors`` where it has those of each event, whatever else; ``acts`` as ``share`` but by our events alone, without what is only said;
    ``covered`` as ``share``, over the sentences whose roots are all among those of our event types, and ``covered_acts``; ``gold_covered`` the part of gold's events that
    is of such roots; ``by_root`` for each root its events and how many are held; ``quiet`` the part of the sentences without events that yield none of ours
    (some of those only have names that the coder shall not know, and their crowds do burn an embassy).

    Args:
        data: the corpus.
        limit: at most so many sentences.
        verbose: list each sentence that is not held, on standard error.
    """
    tables = load_tables(data / "dictionaries")
    every = tests(data / RECORDS)[:limit]
    readings = Reader().read([test.article for test in every], statements=True)
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    by_root: dict[str, list[int]] = {}
    for test, reading in zip(every, readings, strict=True):
        found = list(dyads(reading, tables))
        kept = judged(test.gold, found, tables)
        given.update(kept.keys())
        right.update(name for name, good in kept.items() if good)
        for event in test.gold:
            row = by_root.setdefault(event.root, [0, 0])
            row[0] += 1
            row[1] += any(holds(event, dyad, tables) for dyad in found)
            given["gold_covered"] += 1
            right["gold_covered"] += event.root in tables.own
        if verbose and not all(kept.values()):
            _show(test, found, kept)
    scores = {name: round(right[name] / given[name], 4) for name in sorted(given)}
    return Result(n=len(every), scores={**scores, "sentences": dict(given), "by_root": dict(sorted(by_root.items()))})


def judged(gold: Sequence[Coded], found: Sequence[Dyad], tables: Tables) -> dict[str, bool]:
    """Which of the scores that a sentence counts for it gets."""
    acts = [dyad for dyad in found if not dyad.spoken]
    if not gold:
        return {"quiet": not acts}
    held = [any(holds(event, dyad, tables) for dyad in found) for event in gold]
    done = all(any(holds(event, dyad, tables) for dyad in acts) for event in gold)
    out = {
        "share": all(held),
        "one": any(held),
        "acts": done,
        "root": all(any(event.root in dyad.roots for dyad in found) for event in gold),
        "actors": all(any(both(event, dyad, tables) for dyad in found) for event in gold),
    }
    if all(event.root in tables.own for event in gold):
        out |= {"covered": all(held), "covered_acts": done}
    return out


def holds(event: Coded, dyad: Dyad, tables: Tables) -> bool:
    """The root and both actors are right."""
    return event.root in dyad.roots and both(event, dyad, tables)


def both(event: Coded, dyad: Dyad, tables: Tables) -> bool:
    """Both actors are right; where gold names none, nothing is asked."""
    return all(
        not wanted or any(wanted in tables.codes(text) for text in texts)
        for wanted, texts in ((event.source, dyad.source), (event.target, dyad.target))
    )


def dyads(reading: Reading, tables: Tables) -> Iterator[Dyad]:
    """Of each claim its event; of each claim and each statement the saying, by who says it, about whom its content names."""
    for claim in reading.claims:
        if claim.event is not None:
            yield _act(claim, claim.event, tables)
    for claim in (*reading.claims, *reading.statements):
        if claim.attribution.chain or claim.attribution.cue:
            yield _saying(claim, tables)


def _act(claim: Claim, event: Event, tables: Tables) -> Dyad:
    stage = claim.factuality.stage if claim.factuality else ""
    done_by = tuple(f"{a.name} | {a.mention.text}" for a in event.actors)
    done = tuple(f"{r.name} | {r.mention.text}" for r in event.recipients)
    mutual = event.event_type in MUTUAL and len(event.actors) > 1
    return Dyad(
        tables.types[event.event_type] | frozenset(tables.stages.get(stage, ())),
        done_by,
        done + done_by if mutual else done,
        spoken=False,
    )


def _saying(claim: Claim, tables: Tables) -> Dyad:
    said: Attribution = claim.attribution
    lemma = said.cue.lemma.split()[0] if said.cue else ""
    return Dyad(
        frozenset(tables.cues.get(lemma) or tables.stances[said.stance]),
        tuple(f"{hop.name} | {hop.role} | {hop.mention.text}" for hop in said.chain),
        tuple(span.text for span in claim.content),
        spoken=True,
    )


def tests(path: Path) -> list[Test]:
    """The sentences of a file of tests, in its order. ``noevents`` says that there is no event; what tries a coder's errors is left out."""
    out = []
    for number, sentence in enumerate(etree.parse(path).getroot().iter("Sentence")):
        codings = list(sentence.iter("EventCoding"))
        if any(e.get("error") for e in codings):
            continue
        text = " ".join((sentence.findtext("Text") or "").split())
        day = sentence.get("date", "")
        article = Article(
            article_id=f"petrarch-{number}",
            document_sha256=f"petrarch-{number}",
            text=text,
            blocks=(Block(start=0, end=len(text)),),
            language="en",
            publication_date=f"{day[:4]}-{day[4:6]}-{day[6:8]}" if len(day) == 8 else None,
            date_known_from="given" if len(day) == 8 else None,
        )
        gold = tuple(
            Coded(_actor(e.get("sourcecode", "")), _actor(e.get("targetcode", "")), e.get("eventcode")[:2])
            for e in codings
            if e.get("eventcode")
        )
        out.append(Test(sentence.get("id", ""), article, gold))
    return out


def _actor(code: str) -> str:
    """The first three letters; empty where there are none: ``---``, ``###``, ``---GOV``."""
    three = code.strip('"')[:3]
    return three if three.isalpha() else ""


def _show(test: Test, found: Sequence[Dyad], kept: Mapping[str, bool]) -> None:
    wrong = [name for name, good in kept.items() if not good]
    gold = [f"{e.source or '-'} {e.target or '-'} {e.root}" for e in test.gold]
    ours = [f"{'/'.join(sorted(d.roots))} {list(d.source)} > {list(d.target)}" for d in found]
    print(f"{test.name} {test.article.text}\n      not {wrong}; gold {gold}; ours {ours}", file=sys.stderr)
