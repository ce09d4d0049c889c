"""muc4_factuality: how far it got and who is held to have done it, against the 1992 templates (a folder with ``texts/`` and ``keys/``).

Stage: of the templates of a message that say ATTEMPTED (or THREATENED) and the incidents of ours that do, how many meet, one to one, in the same
message and of the same type; ``/`` in a key means either. Confidence: of the organisations that a key gives with a confidence, those
that a claim of the message names as an actor, and of them those with the strongest confidence right.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals import Result
from evals._texts import article_of
from reportedly.lexicons import load
from reportedly.pipeline import Reader
from reportedly.records import Article, Claim
from reportedly.stages._words import EventTypes

SLOT = re.compile(r"^(\d+)\.\s+(.*?)\s{2,}(.*)$")
MESSAGE = re.compile(r"^((?:TST\d|DEV)-MUC\d-\d{4})\b.*$", re.M)
CONFIDENCE = {
    "REPORTED AS FACT": "reported_as_fact",
    "CLAIMED OR ADMITTED": "claimed_or_admitted",
    "SUSPECTED OR ACCUSED BY AUTHORITIES": "accused_by_authorities",
    "SUSPECTED OR ACCUSED": "accused",
    "POSSIBLE": "possible",
}
STRENGTH = ("reported_as_fact", "claimed_or_admitted", "accused_by_authorities", "accused", "possible", "denied")
STAGES = {"attempted": "ATTEMPTED", "foiled": "ATTEMPTED", "planned": "THREATENED", "threatened": "THREATENED"}


@dataclass(frozen=True, slots=True)
class Template:
    """What a key says of one incident, as far as it is scored here. A set is any of its values."""

    types: frozenset[str]
    stages: frozenset[str]
    optional: bool
    organisations: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Names that mean one organisation, and the confidences that are right."""


def run(data: Path, limit: int | None, split: str = "tst4", verbose: bool = False) -> Result:
    """Reads the messages of one set, or of several joined by commas.

    Args:
        data: the corpus.
        limit: at most so many messages of each set.
        split: ``tst4`` or ``tst1,tst2``: a set is read from the files whose names hold it.
        verbose: list the errors on standard error.
    """
    keys, articles = {}, []
    for name in split.split(","):
        keys.update(templates(next(iter(sorted((data / "keys").glob(f"*{name}*"))))))
        text = next(p for p in sorted((data / "texts").glob(f"*{name}*")) if not p.name.endswith("mixed-case"))
        articles += list(messages(text))[:limit]
    types: dict[str, str] = {kind: row.muc4 for kind, row in load("event_types", EventTypes).types.items()}
    stages: dict[str, Counter[str]] = defaultdict(Counter)
    fills = Counter[str]()
    for (message, _), reading in zip(articles, Reader().read([a for _, a in articles], statements=True), strict=True):
        gold = keys.get(message, [])
        _stages(
            gold,
            [c for c in reading.claims if c.event and types[c.event.event_type]],
            types,
            stages,
            message if verbose else "",
        )
        _confidence(gold, reading.claims, fills, message if verbose else "")
    return Result(
        n=len(articles),
        scores={
            **{name.lower(): _f(stages[name]) for name in ("ATTEMPTED", "THREATENED")},
            "confidence": {
                "gold_fills": fills["gold"],
                "organisation_found": round(fills["found"] / max(fills["gold"], 1), 4),
                "right_of_gold": round(fills["right"] / max(fills["gold"], 1), 4),
                "right_given_organisation": round(fills["right"] / max(fills["found"], 1), 4),
            },
        },
    )


def _f(counts: Counter[str]) -> dict[str, float]:
    hit, got, wanted = counts["hit"], counts["got"], counts["wanted"]
    return {"gold": wanted, "ours": got, "right": hit, "f": round(2 * hit / (got + wanted), 4) if got + wanted else 0.0}


def messages(path: Path) -> Iterator[tuple[str, Article]]:
    """The messages of a file as articles: their names and what the product's own *clean* makes of their text."""
    whole = path.read_text("latin-1")
    found = list(MESSAGE.finditer(whole))
    for match, following in zip(found, [*found[1:], None], strict=True):
        content = whole[match.end() : following.start() if following else len(whole)].strip("\n ").encode()
        yield match[1], article_of(content, match[1])


def templates(path: Path) -> dict[str, list[Template]]:
    """The templates of a key file, by message."""
    out: dict[str, list[Template]] = defaultdict(list)
    slots: dict[str, list[str]] = {}
    number = ""
    for line in [*path.read_text("latin-1").splitlines(), "0.  END  "]:
        if line.startswith(";"):
            continue
        if match := SLOT.match(line.rstrip() + "  "):
            number = match[1]
            if number == "0" and slots:
                out[slots["0"][0]] += _template(slots)
                slots = {}
            slots[number] = [match[3].strip()]
        elif line.strip() and number:
            slots[number].append(line.strip())
    return out


def _template(slots: dict[str, list[str]]) -> list[Template]:
    if slots.get("4", ["*"])[0] in ("*", "-", ""):
        return []
    organisations = []
    for fill in slots.get("11", []):
        values, colon, names = fill.lstrip("? ").partition(":")
        right = frozenset(CONFIDENCE[v.strip()] for v in values.split("/") if v.strip() in CONFIDENCE)
        if colon and right:
            organisations.append((frozenset(re.findall(r'"([^"]+)"', names)), right))
    kinds = frozenset(part.strip(" ?") for part in slots["4"][0].split("/"))
    stages = frozenset(part.strip(" ?") for part in slots["5"][0].split("/"))
    return [Template(kinds, stages, "OPTIONAL" in slots.get("1", [""])[0], tuple(organisations))]


def _stages(
    gold: list[Template], claims: list[Claim], types: dict[str, str], stages: dict[str, Counter[str]], message: str
) -> None:
    ours: dict[str, tuple[str, str]] = {}
    for claim in claims:
        assert claim.event is not None and claim.factuality is not None
        stage = STAGES.get(claim.factuality.stage, "ACCOMPLISHED")
        if claim.factuality.stage == "hypothetical" or claim.factuality.polarity == "negated":
            continue
        known = ours.get(claim.incident_id or "")
        if known is None or (known[1] != "ACCOMPLISHED" and stage == "ACCOMPLISHED"):
            ours[claim.incident_id or ""] = types[claim.event.event_type], stage
    for name in ("ATTEMPTED", "THREATENED"):
        mine = [kind for kind, stage in ours.values() if stage == name]
        theirs = [t for t in gold if name in t.stages and (len(t.stages) == 1)]
        either = [t for t in gold if name in t.stages and len(t.stages) > 1]
        left = [*theirs, *either]
        hit = 0
        for kind in mine:
            met = next((t for t in left if kind in t.types or "ATTACK" in (kind, *t.types)), None)
            if met is not None:
                left.remove(met)
                hit += 1
        wanted = len([t for t in theirs if not t.optional or t not in left])
        stages[name].update({"got": len(mine), "wanted": max(wanted, hit), "hit": hit})
        if message and (len(mine) != hit or len(theirs) != hit):
            print(f"{message} {name}: ours {mine}, theirs {[sorted(t.types) for t in theirs]}", file=sys.stderr)


def _confidence(gold: list[Template], claims: tuple[Claim, ...], fills: Counter[str], message: str) -> None:
    named = [
        (a.name, a.mention.text, a.confidence, c.event.event_type) for c in claims if c.event for a in c.event.actors
    ]
    for template in gold:
        for names, right in template.organisations:
            fills["gold"] += 1
            found = [confidence for name, words, confidence, _ in named if _alike(names, (name, words))]
            fills["found"] += bool(found)
            best = min(found, key=STRENGTH.index) if found else None
            fills["right"] += best in right
            if message and best not in right:
                print(f"{message} {sorted(names)[0]}: {best}, not {'/'.join(sorted(right))}", file=sys.stderr)


def _alike(names: frozenset[str], words: tuple[str, ...]) -> bool:
    """Whether two names are one organisation's: the same, initials of each other, or all words of the one, two at least, in the other."""
    for name in names:
        for part in (name, *re.findall(r"\[([^\]]+)\]", name), re.sub(r"\[[^\]]+\]", "", name)):
            bare = part.upper().removeprefix("THE ").strip()
            for word in words:
                other = word.upper().removeprefix("THE ").strip()
                if bare and other and (bare == other or _initials(bare) == other or _initials(other) == bare):
                    return True
                shorter, longer = sorted((set(bare.split()), set(other.split())), key=len)
                if len(shorter) > 1 and shorter <= longer:
                    return True
    return False


def _initials(name: str) -> str:
    return "".join(w[0] for w in re.findall(r"[A-Z]+", name) if w not in ("OF", "THE", "AND", "FOR", "DE", "DEL"))
