"""A head from annotated texts, end to end: data, training, measuring on what was held back, export."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportedly.errors import SetupError
from reportedly.learning import gate, kinds
from reportedly.learning.annotations import (
    Marked,
    Offsets,
    brat,
    characters,
    is_held,
    items,
    open_texts,
    own_texts,
    standoff,
    uds,
)
from reportedly.learning.calibrate import temperatures
from reportedly.learning.examples import examples
from reportedly.learning.export import export
from reportedly.learning.model import Shape
from reportedly.learning.running import Trained
from reportedly.learning.train import Recipe, fresh, train
from reportedly.tagger import Head, Tags
from reportedly.tagger.gate import save
from reportedly.tagger.kinds import Kinds
from reportedly.tagger.kinds import load as load_kinds
from reportedly.tagger.kinds import save as save_kinds
from reportedly.tagger.labels import STAGES, STANCES
from reportedly.tagger.pieces import paragraphs
from reportedly.tagger.runtime import open_head

Say = Callable[[str], None]


@dataclass(frozen=True)
class Sources:
    """What to train on."""

    corpus: Path | None = None
    """A folder like ``corpus``: standoff files and ``texts``."""
    texts: Path | None = None
    """The folder of corpora with the texts of others that `corpus` marks."""
    brat: tuple[Path, ...] = ()
    """Folders in PolNeAR's layout, one split each."""
    uds: Path | None = None
    """A file of UDS factuality."""
    part: float = 1.0
    """Train on so much of the annotated texts: for a learning curve."""
    passages: bool = True
    """Whether the corpus' short passages are trained on too."""


@dataclass(frozen=True)
class Plan:
    """How long to train on what."""

    epochs: int = 10
    item_epochs: int = 6
    uds_epochs: int = 3
    recipe: Recipe = field(default_factory=Recipe)
    network: Path | None = None
    """The folder of a head whose network is kept as it is, so that only its gate and its kinds of acts are trained."""


def build(sources: Sources, out: Path, plan: Plan, say: Say) -> dict[str, Any]:
    """Trains a head and writes it into `out`; what its card says of its scores on the texts that were held back.

    Args:
        sources: what to train on.
        out: the folder of the new head. A training that was cut off goes on from its ``training.ckpt``.
        plan: how long.
        say: told how far it is.

    Raises:
        SetupError: there is nothing to train on.
    """
    marked, short, *held = _marked(sources)
    if not marked and not (short and plan.network is not None):
        raise SetupError("there is no annotated text to train on; name a folder with --corpus or --brat")
    if plan.network is not None:
        return _small_parts_only(plan.network, marked, short, held, out, plan, say)
    model, tokenizer = fresh(Shape(), plan.recipe.seed)
    said = Counter(saying.stance for m in (*marked, *short) for saying in m.sayings or ())
    done = Counter(act.stage for m in (*marked, *short) for act in m.acts or ())
    for name, values in (("stance", said), ("stage", done)):
        if not any(values):
            say(f"no {name} is marked in these texts, so what the head says of it means nothing: add --corpus corpus")
    pools = [([e for m in marked for e in examples(m, tokenizer)], plan.epochs)]
    if short:
        pools.append(([e for m in short for e in examples(m, tokenizer)], plan.item_epochs))
    if sources.uds is not None:
        pools.append(([e for m in uds(sources.uds) for e in examples(m, tokenizer)], plan.uds_epochs))
    say(
        f"{len(marked)} texts and {len(short)} short passages to train on, {sum(map(len, held))} held back; {sum(len(pool) * n for pool, n in pools)} windows in all epochs"
    )
    out.mkdir(parents=True, exist_ok=True)
    train(model, tokenizer, pools, plan.recipe, say, out / "training.ckpt")
    head = Head(Trained(model), tokenizer)
    say("which words name an act at all")
    chosen = gate.fit(head, [*marked, *short], plan.recipe.seed)
    say("what kind of act they name")
    sorts = kinds.fit(head, [*marked, *short], plan.recipe.seed)
    scores = measured(head, [m for kind in held for m in kind])
    export(
        model,
        out,
        {
            "trained_on": _about(sources, [*marked, *short]),
            "held": scores,
            "gate": gate.held(head, chosen, [m for kind in held for m in kind]) if chosen is not None else {},
            "kinds": kinds.held(head, sorts, [m for kind in held for m in kind]) if sorts is not None else {},
            "temperatures": temperatures(head, held[1] or held[0]),
            "seed": plan.recipe.seed,
            "epochs": plan.epochs,
        },
    )
    if chosen is not None:
        save(chosen, out)
    if sorts is not None:
        save_kinds(sorts, out)
    (out / "training.ckpt").unlink(missing_ok=True)
    say(json.dumps(scores))
    return scores


def _small_parts_only(
    network: Path,
    marked: Sequence[Marked],
    short: Sequence[Marked],
    held: Sequence[Sequence[Marked]],
    out: Path,
    plan: Plan,
    say: Say,
) -> dict[str, Any]:
    """The head of a folder with a gate and kinds of acts trained anew."""
    head = open_head(network)
    say(f"{len(marked)} texts and {len(short)} short passages: which words name an act at all")
    chosen = gate.fit(head, [*marked, *short], plan.recipe.seed)
    say("what kind of act they name")
    sorts = _kinds(head, load_kinds(network), [*marked, *short], plan.recipe.seed, say)
    if chosen is None or sorts is None:
        raise SetupError(
            "no act is marked in these texts, so there is nothing to learn of words for acts; add --corpus corpus"
        )
    back = [m for kind in held for m in kind]
    scores, sorted_right = gate.held(head, chosen, back), kinds.held(head, sorts, back)
    out.mkdir(parents=True, exist_ok=True)
    for name in ("each.onnx", "about.onnx", "tokenizer.json"):
        if out.resolve() != network.resolve():
            shutil.copy(network / name, out / name)
    card = json.loads((network / "head.json").read_text("utf-8"))
    (out / "head.json").write_text(json.dumps(card | {"gate": scores, "kinds": sorted_right}, indent=1) + "\n", "utf-8")
    save(chosen, out)
    save_kinds(sorts, out)
    say(json.dumps({"gate": scores, "kinds": sorted_right}))
    return scores


def _kinds(head: Head, known: Kinds | None, marked: Sequence[Marked], seed: int, say: Say) -> Kinds | None:
    """Kinds learned anew; those that the head knows already, where the texts have no act of some of them: it would forget these."""
    learned = kinds.fit(head, marked, seed)
    missing = set(known.names) - set(learned.names) if known is not None and learned is not None else set()
    if not missing:
        return learned
    say(f"the kinds of acts stay as they are: no act in these texts is of the kind {', '.join(sorted(missing))}")
    return known


def _marked(sources: Sources) -> tuple[list[Marked], list[Marked], list[Marked], list[Marked]]:
    """Texts to train on in a fixed order that is no order, short passages to train on; and what is held back of each."""
    every: list[Marked] = []
    short: list[Marked] = []
    if sources.corpus is not None:
        texts = own_texts(sources.corpus / "texts") | (open_texts(sources.texts) if sources.texts else {})
        for name in ("own", "open"):
            if (sources.corpus / f"{name}.jsonl").exists():
                every += standoff(sources.corpus / f"{name}.jsonl", texts)
        if (sources.corpus / "items.jsonl").exists():
            short += items(sources.corpus / "items.jsonl")
    for folder in sources.brat:
        every += brat(folder)
    train_on = sorted(
        (m for m in every if not is_held(m.text_id)), key=lambda m: hashlib.sha256(m.text_id.encode()).digest()
    )
    return (
        train_on[: round(sources.part * len(train_on))],
        [m for m in short if sources.passages and not is_held(m.text_id)],
        [m for m in every if is_held(m.text_id)],
        [m for m in short if is_held(m.text_id)],
    )


def _about(sources: Sources, marked: Sequence[Marked]) -> dict[str, Any]:
    kinds = Counter(m.text_id.split("/")[0] for m in marked)
    return {
        "texts": dict(sorted(kinds.items())) if sources.corpus else {"brat": len(marked)},
        "sayings": sum(len(m.sayings or ()) for m in marked),
        "acts": sum(len(m.acts or ()) for m in marked),
        "uds": sources.uds.name if sources.uds else None,
    }


def measured(head: Head, held: Sequence[Marked]) -> dict[str, Any]:
    """How the head alone does on texts: attributions end to end, stance and stage at the places that people marked."""
    counts = Counter[str]()
    for marked in held:
        tags = head.tags(marked.text, paragraphs(marked.text))
        counts["predicted"] += len(tags.told)
        for saying in marked.sayings or ():
            content, source = characters(saying.content), characters(saying.source)  # a short passage has neither
            covering = [t for t in tags.told if 2 * len(characters(t.content) & content) >= len(content)]
            counts["sourced"] += bool(source)
            counts["end_to_end"] += bool(source) and any(characters(t.source) & source for t in covering)
            cued = next((t for t in tags.told if characters(t.cue) & characters(saying.cue)), None)
            counts["cued"] += cued is not None
            if cued is not None and saying.stance is not None:
                counts["stanced"] += 1
                best = max(range(len(STANCES)), key=lambda k: cued.said[k])
                counts["stance"] += STANCES[best] == saying.stance
            counts["sayings"] += 1
        for act in marked.acts or ():
            counts["acts"] += 1
            counts["stage"] += _stage(tags, act.trigger[0]) == act.stage
    return {
        "texts": len(held),
        "end_to_end": _share(counts, "end_to_end", "sourced"),
        "cues_found": _share(counts, "cued", "sayings"),
        "stance_accuracy": _share(counts, "stance", "stanced"),
        "stage_accuracy": _share(counts, "stage", "acts"),
    }


def _stage(tags: Tags, at: Offsets) -> str:
    seen = tags.act(*at)
    return "" if seen is None else STAGES[int(seen.how[: len(STAGES)].argmax())]


def _share(counts: Counter[str], part: str, whole: str) -> float | None:
    return round(counts[part] / counts[whole], 4) if counts[whole] else None
