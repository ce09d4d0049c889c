"""The pieces around each cue of a batch, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Around:
    """Of N cues and W columns each; `row` and `column` index a batch of what the encoder gave."""

    row: Ints
    column: Ints
    distance: Ints
    """Pieces from the cue's first, plus the reach."""
    marked: Ints
    """1 for the cue's own pieces."""
    seen: Ints
    """1 where there is a piece."""

    def gather(self, pieces: Any) -> Any:
        """What `pieces` (B, T, …) holds at these places: (N, W, …)."""
        return pieces[self.row[:, None], self.column]


def around(cues: Sequence[tuple[int, int, Sequence[int]]], reach: int) -> Around:
    """Where the neighbours of cues stand.

    Args:
        cues: of each its row in the batch, the row's number of pieces, and its own pieces.
        reach: pieces on each side. Columns count from 1, past the mark at a row's beginning.
    """
    width = min(2 * reach + 1, max(length for _, length, _ in cues))
    shape = (len(cues), width)
    column, distance, marked, seen = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    for n, (_, length, cue) in enumerate(cues):
        start = max(0, min(cue[0] - reach, length - width))
        count = min(width, length - start)
        at = np.arange(start, start + count)
        column[n, :count], seen[n, :count] = at + 1, 1
        distance[n, :count] = np.clip(at - cue[0], -reach, reach) + reach
        marked[n, [k - start for k in cue if start <= k < start + count]] = 1
    return Around(np.array([row for row, _, _ in cues], dtype=np.int64), column, distance, marked, seen)
