"""own: the held tenth of our annotated corpus, on which nothing is trained (the folder ``corpus``).

``--texts`` names the folder of corpora with the texts that are not ours; without it, those of our own count alone.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from evals import Result, macro_f
from evals._texts import View, article_of, view
from reportedly.learning.annotations import (
    Act,
    Marked,
    Offsets,
    Saying,
    characters,
    is_held,
    open_texts,
    own_texts,
    standoff,
)
from reportedly.pipeline import Reader
from reportedly.stages._echoes import Echoes
from reportedly.stages.annotate import annotate
from reportedly.stages.drafts import Annotated, Attributed
from reportedly.tagger.labels import ARGUMENTS


@dataclass(slots=True)
class Tally:
    """The running sums."""

    found: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """By field, what was wanted and what was got, among the sayings that were found and all acts."""
    sure: dict[str, list[tuple[float, bool]]] = field(default_factory=lambda: defaultdict(list))
    """The probability that the reader gives to the value it chose, and whether that was right."""

    def share(self, name: str) -> float:
        """How many of a kind were found."""
        return round(self.found[name] / self.given[name], 4) if self.given[name] else 0.0


def run(data: Path, limit: int | None, split: str = "held", verbose: bool = False, texts: Path | None = None) -> Result:
    """Reads the texts and compares them with what people marked.

    Scores: ``end_to_end`` as in ``polnear``, by kind of quotation too; ``stance`` the macro F1 among the sayings whose cue was found, ``stance_of_all`` with
    those that were not as misses; ``stage``, ``polarity``, ``certainty`` the macro F1 over every event mention that is marked, judged at its
    trigger whether or not the reader would make a claim of it; ``events_found`` the share of those that become one; ``arguments_by_head`` the
    share of the marked arguments of which the head, asked at the marked trigger, gives a word, and of its own that share one with a marked one; ``calibration`` how many of the
    stances, and of the stages with their polarity, are right among those that the head gives such a probability.

    Args:
        data: the folder of the corpus.
        limit: at most so many texts.
        split: ``held``, or ``trained`` for the rest.
        verbose: list the errors on standard error.
        texts: the folder of corpora.
    """
    tally = Tally()
    chosen = [m for m in corpus(data, texts) if is_held(m.text_id) == (split == "held")][:limit]
    reader = Reader()
    for marked, annotated in zip(
        chosen,
        annotate((article_of(m.text.encode(), m.text_id) for m in chosen), reader.parser, reader.is_place),
        strict=True,
    ):
        _one(reader, marked, annotated, tally, verbose)
    pairs = tally.pairs
    return Result(
        n=len(chosen),
        scores={
            "end_to_end": tally.share("sayings"),
            "by_quotation": {name: tally.share(name) for name in ("direct", "indirect", "mixed")},
            "hops_found": tally.share("hops"),
            "source": round(tally.found["sayings"] / max(tally.found["content"], 1), 4),
            **{
                name: macro_f(pairs[name])
                for name in ("stance", "stance_of_all", "quotation", "stage", "polarity", "certainty")
            },
            "stance_accuracy": _accuracy(pairs["stance"]),
            "stage_accuracy": _accuracy(pairs["stage"]),
            "anonymous_accuracy": _accuracy(pairs["anonymous"]),
            "events_found": tally.share("events"),
            "arguments_by_head": {
                role: {"recall": tally.share(f"{role} marked"), "precision": tally.share(f"{role} said")}
                for role in ARGUMENTS
            },
            "counts": {
                "sayings": sum(tally.given[k] for k in ("direct", "indirect", "mixed")),
                "events": tally.given["events"],
            },
            "stances": _by_value(pairs["stance"]),
            "stages": _by_value(pairs["stage"]),
            "calibration": {name: _by_probability(pairs) for name, pairs in sorted(tally.sure.items())},
        },
    )


def corpus(data: Path, texts: Path | None) -> Iterator[Marked]:
    """The annotated texts of the corpus that are at hand."""
    known = own_texts(data / "texts") | (open_texts(texts) if texts else {})
    for name in ("own", "open"):
        yield from standoff(data / f"{name}.jsonl", known)


def _one(reader: Reader, marked: Marked, annotated: Annotated, tally: Tally, verbose: bool) -> None:
    seen = view(reader, annotated)
    for saying in marked.sayings or ():
        wrong = _saying(saying, seen.said, tally)
        if verbose and wrong:
            print(
                f"{marked.text_id}\t{wrong}\t{_words(marked.text, saying.cue)}\t{_words(marked.text, saying.content)[:150]}",
                file=sys.stderr,
            )
    triggers = [c.event.trigger for c in reader.understand(annotated).claims if c.event]
    echoes = Echoes(reader.words.judging)
    for act in sorted(marked.acts or (), key=lambda act: act.trigger):
        start, end = act.trigger[0][0], act.trigger[-1][1]
        tally.given["events"] += 1
        _arguments(act, seen, tally)
        tally.found["events"] += any(t.start < end and start < t.end for t in triggers)
        judged = seen.judged_at((start, end), act.event_type, echoes)
        if judged is None:
            continue
        got = judged.factuality
        if judged.likely is not None:
            tally.sure["stage"].append((judged.likely, (got.stage, got.polarity) == (act.stage, act.polarity)))
        for name, wanted, value in (
            ("stage", act.stage, got.stage),
            ("polarity", act.polarity, got.polarity),
            ("certainty", act.certainty, got.certainty),
        ):
            tally.pairs[name].append((wanted, value))
            if verbose and wanted != value:
                around = marked.text[max(0, start - 90) : end + 60].replace("\n", " ")
                print(
                    f"{marked.text_id}\t{name} {value}, not {wanted}\t{marked.text[start:end]}\t{around}",
                    file=sys.stderr,
                )


def _arguments(gold: Act, seen: View, tally: Tally) -> None:
    """Of each argument, whether the head's and the marked one share a word."""
    looked = seen.assembler.tags.act(*gold.trigger[0]) if seen.assembler.tags is not None else None
    for role, got in zip(ARGUMENTS, looked.arguments if looked else ((),) * len(ARGUMENTS), strict=True):
        wanted = getattr(gold, role)
        tally.given[f"{role} marked"] += len(wanted)
        tally.given[f"{role} said"] += len(got)
        tally.found[f"{role} marked"] += sum(any(a < d and c < b for c, d in got) for a, b in wanted)
        tally.found[f"{role} said"] += sum(any(a < d and c < b for c, d in wanted) for a, b in got)


def _saying(gold: Saying, said: Sequence[Attributed], tally: Tally) -> str:
    content, source = characters(gold.content), characters(gold.source)
    covering = [one for one in said if 2 * len(characters(one.content) & content) >= len(content)]
    right = any(not source or any(source & set(range(h.start, h.end)) for h in one.chain) for one in covering)
    for start, end in gold.hops:
        tally.given["hops"] += 1
        tally.found["hops"] += any(h.start < end and start < h.end for one in covering for h in one.chain)
    if source:
        tally.given.update(("sayings",))
        tally.found["sayings"] += right
        tally.found["content"] += bool(covering)
    tally.given[str(gold.quotation)] += 1
    tally.found[str(gold.quotation)] += right
    cued = [one for one in said if one.cue and any(one.cue[0] < b and a < one.cue[1] for a, b in gold.cue)]
    one = max(cued, key=lambda o: len(characters(o.content) & content), default=None)
    tally.pairs["stance_of_all"].append((str(gold.stance), one.stance if one else "missed"))
    if one is None:
        return "missed"
    tally.pairs["stance"].append((str(gold.stance), one.stance))
    if one.stance_likely < 1:  # the head heard it too
        tally.sure["stance"].append((one.stance_likely, one.stance == gold.stance))
    tally.pairs["quotation"].append((str(gold.quotation), one.quotation))
    if one.chain and one.chain[0].anonymous is not None and gold.source:
        tally.pairs["anonymous"].append((str(gold.anonymous), str(one.chain[0].anonymous)))
    if one.stance != gold.stance:
        return f"stance {one.stance}, not {gold.stance} ({one.rule})"
    return "" if right else "content or source"


def _words(text: str, spans: Sequence[Offsets]) -> str:
    return " … ".join(text[a:b].replace("\n", " ") for a, b in spans)


def _accuracy(pairs: list[tuple[str, str]]) -> float:
    return round(sum(a == b for a, b in pairs) / len(pairs), 4) if pairs else 0.0


def _by_value(pairs: list[tuple[str, str]]) -> dict[str, dict[str, float]]:
    out = {}
    for value in sorted({a for a, _ in pairs}):
        wanted, got = sum(a == value for a, _ in pairs), sum(b == value for _, b in pairs)
        both = sum(a == b == value for a, b in pairs)
        out[value] = {"n": wanted, "f": round(2 * both / (wanted + got), 4)}
    return out


def _by_probability(pairs: Sequence[tuple[float, bool]]) -> dict[str, dict[str, float]]:
    out = {}
    for low, high in pairwise((0.0, 0.4, 0.6, 0.8, 0.9, 1.0)):
        within = [right for likely, right in pairs if low <= likely < high or likely == high == 1.0]
        if within:
            out[f"{low}-{high}"] = {"n": len(within), "right": round(sum(within) / len(within), 3)}
    return out
