"""The gate: whether a word names an act at all, or only looks like one ("attacked the bill", "a fire", "the fight against terror").

A small network of its own on top of what the large one gives for each piece (`Each.point`), so that it can be trained anew in minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from reportedly.tagger import Array

FILE = "gate.npz"
"""Beside the graphs; a head without it has no gate."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Two dense layers: hidden sizes H of the large network, and K."""

    first: Array
    """(H, K)"""
    shift: Array
    """(K,)"""
    second: Array
    """(K,)"""
    last: Array
    """()"""

    def __call__(self, point: Array) -> Array:
        """Of each of T pieces, given as (T, H), the logit that it is of a word for an act: (T,)."""
        inner = point @ self.first + self.shift
        # GELU, by its usual approximation (Hendrycks and Gimpel 2016)
        bent = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
        out: Array = bent @ self.second + self.last
        return out


def load(folder: Path) -> Gate | None:
    """The gate of a head's folder; None where it has none."""
    if not (folder / FILE).exists():
        return None
    with np.load(folder / FILE) as kept:
        return Gate(**{field.name: kept[field.name].astype(np.float32) for field in fields(Gate)})


def save(gate: Gate, folder: Path) -> None:
    """Writes a gate beside the graphs, in half precision."""
    np.savez(folder / FILE, **{field.name: getattr(gate, field.name).astype(np.float16) for field in fields(Gate)})
