"""agreement: what two people who annotated the same texts without sight of each other agree on (the folder ``corpus``)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals import Result
from reportedly.learning.annotations import Act, Marked, Offsets, Saying, characters, open_texts, own_texts, standoff

Pairs = list[tuple[str, str]]


def run(data: Path, limit: int | None, texts: Path | None = None) -> Result:
    """Compares the second annotator's marks with the first's.

    Two sayings are the same where their cues overlap, two acts where their triggers do. Scores: ``sayings`` and ``acts`` with the F1 of seeing one
    at all; among the same ones the F1 of content and source by characters, the share with the same value, Cohen's kappa, and by value the F1.

    Args:
        data: the folder of the corpus.
        limit: at most so many texts.
        texts: the folder of corpora with the texts that are not ours.
    """
    known = own_texts(data / "texts") | (open_texts(texts) if texts else {})
    first = {m.text_id: m for name in ("own", "open") for m in standoff(data / f"{name}.jsonl", known)}
    second = [m for m in standoff(data / "second.jsonl", known) if m.text_id in first][:limit]
    counts = Counter[str]()
    values: dict[str, Pairs] = defaultdict(list)
    for other in second:
        _sayings(first[other.text_id], other, counts, values)
        _acts(first[other.text_id], other, counts, values)
    return Result(
        n=len(second),
        scores={
            "sayings": {
                "seen_by_both_f": _f(counts, "saying"),
                "content_f": _f(counts, "content"),
                "source_f": _f(counts, "source"),
            },
            "acts": {"seen_by_both_f": _f(counts, "act")},
            **{name: agreement(pairs) for name, pairs in sorted(values.items())},
        },
    )


def _sayings(one: Marked, other: Marked, counts: Counter[str], values: dict[str, Pairs]) -> None:
    mine, theirs = one.sayings or (), other.sayings or ()
    counts.update({"saying first": len(mine), "saying second": len(theirs)})
    for saying, match in _matched(mine, theirs, "cue"):
        counts["saying both"] += 1
        for part in ("content", "source"):
            a, b = characters(getattr(saying, part)), characters(getattr(match, part))
            counts.update({f"{part} first": len(a), f"{part} second": len(b), f"{part} both": len(a & b)})
        for name in ("stance", "quotation", "kind", "anonymous"):
            values[name].append((str(getattr(saying, name)), str(getattr(match, name))))


def _acts(one: Marked, other: Marked, counts: Counter[str], values: dict[str, Pairs]) -> None:
    mine, theirs = one.acts or (), other.acts or ()
    counts.update({"act first": len(mine), "act second": len(theirs)})
    for act, match in _matched(mine, theirs, "trigger"):
        counts["act both"] += 1
        for name in ("event_type", "stage", "polarity", "certainty"):
            values[name].append((str(getattr(act, name)), str(getattr(match, name))))


def _matched(mine: Sequence[Any], theirs: Sequence[Any], part: str) -> list[tuple[Any, Any]]:
    """Pairs that overlap, each once, the nearest in content first."""
    left = list(theirs)
    out: list[tuple[Saying | Act, Saying | Act]] = []
    for one in mine:
        near = [other for other in left if characters(getattr(one, part)) & characters(getattr(other, part))]
        if near:
            best = max(near, key=lambda other: len(characters(_all(one)) & characters(_all(other))))
            left.remove(best)
            out.append((one, best))
    return out


def _all(one: Any) -> Sequence[Offsets]:
    return one.content if isinstance(one, Saying) else one.trigger


def _f(counts: Counter[str], name: str) -> float:
    whole = counts[f"{name} first"] + counts[f"{name} second"]
    return round(2 * counts[f"{name} both"] / whole, 4) if whole else 0.0


def agreement(pairs: Pairs) -> dict[str, Any]:
    """The share that is the same, Cohen's kappa, and by value how often it was given and its F1."""
    n = len(pairs)
    same = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[v] * second[v] for v in first) / n**2
    return {
        "same": round(same, 4),
        "kappa": round((same - chance) / (1 - chance), 4) if chance < 1 else 1.0,
        "by_value": {
            v: {"n": first[v], "f": round(2 * sum(a == b == v for a, b in pairs) / (first[v] + second[v]), 3)}
            for v in sorted(first)
        },
    }
