"""A network in torch, to be read with while it is being trained; afterwards it runs in ONNX."""

from __future__ import annotations

import torch

from reportedly.learning.model import Tagger
from reportedly.tagger import About, Array, Each


class Trained:
    """The network as `reportedly.tagger.Head` wants it."""

    def __init__(self, model: Tagger) -> None:
        self.model, self.reach = model.eval(), model.shape.reach

    @torch.inference_mode()
    def each(self, ids: Array, marks: Array) -> Each:
        """See `reportedly.tagger.Network`."""
        x = torch.from_numpy(ids)[None]
        hidden = self.model.encode(x, torch.ones_like(x), torch.from_numpy(marks)[None])
        return Each(*(part[0].numpy() for part in self.model.each(hidden)))

    @torch.inference_mode()
    def about(self, pieces: Array, cue: Array, distance: Array, marked: Array, seen: Array) -> About:
        """See `reportedly.tagger.Network`."""
        parts = (torch.from_numpy(part) for part in (pieces, cue, distance, marked, seen))
        return About(*(part.numpy() for part in self.model.about(*parts)))
