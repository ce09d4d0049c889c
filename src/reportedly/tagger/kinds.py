"""What kind of act a word names, as far as the learned head can tell: a small network of its own beside the gate (`gate.py`)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast

import numpy as np

from reportedly.records import EventType
from reportedly.tagger import Array

FILE = "kinds.npz"
"""Beside the graphs; a head without it knows no kinds."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Two dense layers: hidden sizes H of the large network, and K; N kinds of acts."""

    names: tuple[EventType, ...]
    """The kinds, N of them."""
    first: Array
    """(H, K)"""
    shift: Array
    """(K,)"""
    second: Array
    """(K, N)"""
    last: Array
    """(N,)"""

    def __call__(self, point: Array) -> tuple[EventType, float]:
        """The likeliest kind of the act whose pieces are given as (T, H), and its probability."""
        inner = point.mean(0) @ self.first + self.shift
        # GELU, by its usual approximation (Hendrycks and Gimpel 2016)
        bent = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
        logits = bent @ self.second + self.last
        likely = np.exp(logits - logits.max())
        best = int(likely.argmax())
        return self.names[best], float(likely[best] / likely.sum())


def load(folder: Path) -> Kinds | None:
    """The kinds of a head's folder; None where it has none."""
    if not (folder / FILE).exists():
        return None
    with np.load(folder / FILE) as kept:
        layers = {field.name: kept[field.name].astype(np.float32) for field in fields(Kinds) if field.name != "names"}
        return Kinds(names=tuple(cast(EventType, str(name)) for name in kept["names"]), **layers)


def save(kinds: Kinds, folder: Path) -> None:
    """Writes them beside the graphs, in half precision."""
    layers = {
        field.name: getattr(kinds, field.name).astype(np.float16) for field in fields(Kinds) if field.name != "names"
    }
    np.savez(folder / FILE, names=np.array(kinds.names), **layers)
