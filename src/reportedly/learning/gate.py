"""The gate trained on what the large network gives for each piece: which words name an act, and which only look like one.

Words for acts that people marked stand against the words of the lexicon of triggers that nobody marked, and some of all other words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import torch
from torch import nn

from reportedly import lexicons
from reportedly.learning.annotations import Marked, characters
from reportedly.stages._words import Triggers
from reportedly.stages.annotate import WORD, load_parser
from reportedly.tagger import Array, Head
from reportedly.tagger.gate import Gate
from reportedly.tagger.pieces import paragraphs

WIDTH, EPOCHS, BATCH, RATE = 64, 15, 512, 2e-3
OTHERS = 0.03
"""So many of the words that could name no act are shown too, at half the weight."""
ENDINGS = ("s", "es", "ed", "d", "ing")


def fit(head: Head, marked: Sequence[Marked], seed: int = 0) -> Gate | None:
    """A gate for the words that a head sees; None where no act is marked in the texts.

    Args:
        head: one without a gate, or whose gate is of no account.
        marked: texts whose acts are marked.
        seed: what is random begins here.
    """
    if not any(text.acts for text in marked):
        return None
    torch.manual_seed(seed)
    rows, labels, weights = _together(head, marked, seed)
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    x, y, w = (torch.from_numpy(part.astype(np.float32)) for part in ((rows - mean) / spread, labels, weights))
    model = nn.Sequential(
        nn.Dropout(0.1), nn.Linear(x.shape[1], WIDTH), nn.GELU("tanh"), nn.Dropout(0.3), nn.Linear(WIDTH, 1)
    )
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-2)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(x)).split(BATCH):
            got = model(x[chosen])[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(got, y[chosen], weight=w[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    dense, last = model[1], model[4]
    first = dense.weight.detach().numpy().T / spread[:, None]
    return Gate(
        first,
        dense.bias.detach().numpy() - mean @ first,
        last.weight.detach().numpy()[0],
        last.bias.detach().numpy()[0],
    )


def held(head: Head, gate: Gate, marked: Sequence[Marked], seed: int = 0) -> dict[str, float]:
    """Of the words of the lexicon in texts that were held back: the share of acts that lie under a probability, and of other words."""
    if not any(text.acts for text in marked):
        return {}
    rows, labels, weights = _together(head, marked, seed)
    likely = 1 / (1 + np.exp(-gate(rows[weights == 1])))
    acts = labels[weights == 1] == 1
    out: dict[str, float] = {"acts": int(acts.sum()), "others": int((~acts).sum())}
    for least in (0.02, 0.05, 0.1, 0.3, 0.5):
        out[f"acts under {least}"] = round(float((likely[acts] < least).mean()), 4)
        out[f"others under {least}"] = round(float((likely[~acts] < least).mean()), 4)
    return out


def _together(head: Head, marked: Sequence[Marked], seed: int) -> tuple[Array, Array, Array]:
    """The samples of texts whose acts somebody marked, one under the other."""
    parts = zip(*_samples(head, [text for text in marked if text.acts is not None], seed), strict=True)
    rows, labels, weights = (np.concatenate(part) for part in parts)
    return rows, labels, weights


def _samples(head: Head, marked: Sequence[Marked], seed: int) -> Iterator[tuple[Array, Array, Array]]:
    """Of each text the chosen pieces as the network sees them, whether they are of an act, and how much they count."""
    chance = random.Random(seed)
    for text in marked:
        acts = characters(span for act in text.acts or () for span in act.trigger)
        chosen: dict[int, float] = {}
        for word in WORD.finditer(text.text):
            within = range(*word.span())
            if not acts.isdisjoint(within) or _may_name_an_act(word.group().lower()):
                chosen |= dict.fromkeys(within, 1.0)
            elif chance.random() < OTHERS:
                chosen |= dict.fromkeys(within, 0.5)
        points, offsets = head.points(text.text, paragraphs(text.text))
        kept = [k for k, (start, _) in enumerate(offsets) if start in chosen]
        if kept:
            starts = [offsets[k][0] for k in kept]
            yield (
                points[kept],
                np.array([start in acts for start in starts]),
                np.array([chosen[start] for start in starts]),
            )


@cache
def _may_name_an_act(word: str) -> bool:
    """Whether a word in lower case, inflected or not, stands in the lexicon of triggers."""
    known, irregular = _lexicon()
    bases = {word, irregular.get(word, word)} | {word[: -len(end)] for end in ENDINGS if word.endswith(end)}
    bases |= {base[:-1] for base in bases if len(base) > 3 and base[-1] == base[-2]} | {f"{base}e" for base in bases}
    return not known.isdisjoint(bases)


@cache
def _lexicon() -> tuple[frozenset[str], dict[str, str]]:
    """The first words of the lexicon's verbs and the last of its nouns; and the irregular forms of verbs."""
    triggers = lexicons.load("triggers", Triggers)
    known = {verb.split("_")[0] for frame in triggers.frames for verb in frame.verbs}
    known |= {noun.split("_")[-1] for frame in triggers.frames for noun in (*frame.nouns, *frame.adjectives)}
    forms = load_parser().get_pipe("lemmatizer").lookups.get_table("lemma_exc")["verb"]  # type: ignore[attr-defined]
    return frozenset(known), {form: bases[0] for form, bases in forms.items()}
