"""The kinds of acts learned from what the large network gives for the words that people marked as acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import nn

from reportedly.learning.annotations import Marked, characters
from reportedly.records import EventType
from reportedly.tagger import Array, Head
from reportedly.tagger.kinds import Kinds
from reportedly.tagger.pieces import paragraphs

WIDTH, EPOCHS, BATCH, RATE, DECAY = 128, 22, 256, 2e-3, 2e-2
SMOOTH = 0.05
"""So much of each answer is spread over the other kinds."""


def fit(head: Head, marked: Sequence[Marked], seed: int = 0) -> Kinds | None:
    """The kinds of the acts that a head sees; None where no act is marked in the texts.

    Args:
        head: any; what it knows of kinds is of no account.
        marked: texts whose acts are marked.
        seed: what is random begins here.
    """
    seen = list(_samples(head, marked))
    if not seen:
        return None
    torch.manual_seed(seed)
    names = sorted({name for _, name in seen})
    rows = np.stack([row for row, _ in seen])
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    x = torch.from_numpy(((rows - mean) / spread).astype(np.float32))
    y = torch.tensor([names.index(name) for _, name in seen])
    model = nn.Sequential(
        nn.Dropout(0.2), nn.Linear(x.shape[1], WIDTH), nn.GELU("tanh"), nn.Dropout(0.3), nn.Linear(WIDTH, len(names))
    )
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(x)).split(BATCH):
            loss = nn.functional.cross_entropy(model(x[chosen]), y[chosen], label_smoothing=SMOOTH)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    dense, last = model[1], model[4]
    first = dense.weight.detach().numpy().T / spread[:, None]
    return Kinds(
        tuple(names),
        first,
        dense.bias.detach().numpy() - mean @ first,
        last.weight.detach().numpy().T,
        last.bias.detach().numpy(),
    )


def held(head: Head, kinds: Kinds, marked: Sequence[Marked]) -> dict[str, float]:
    """On texts that were held back: the share of acts whose kind is right; of those surer than some probability, how many, and how many right."""
    found = [(kinds(row[None]), name) for row, name in _samples(head, marked)]
    if not found:
        return {}
    right = np.array([kind == name for (kind, _), name in found])
    sure = np.array([likely for (_, likely), _ in found])
    out = {"acts": float(len(found)), "right": round(float(right.mean()), 4)}
    for least in (0.5, 0.7, 0.8, 0.9):
        out[f"over {least}"] = round(float((sure >= least).mean()), 4)
        if (sure >= least).any():
            out[f"right over {least}"] = round(float(right[sure >= least].mean()), 4)
    return out


def _samples(head: Head, marked: Sequence[Marked]) -> Iterator[tuple[Array, EventType]]:
    """Of each marked act the mean of its pieces as the network sees them (H,), and its kind."""
    for text in marked:
        if not text.acts:
            continue
        points, offsets = head.points(text.text, paragraphs(text.text))
        for act in text.acts:
            within = characters(act.trigger)
            kept = [number for number, (start, _) in enumerate(offsets) if start in within]
            if kept and act.event_type:
                yield points[kept].mean(0), act.event_type
