"""The network: one encoder, and what is read off its output."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from reportedly.learning.labels import CERTAINTIES, EVENTS, KINDS, STAGES, STANCES

REACH = 80
"""A cue sees so many pieces on each side."""
ROLES = ("source", "content", "hop")


@dataclass(frozen=True)
class Shape:
    """The sizes of the heads."""

    width: int = 128
    layers: int = 2
    heads: int = 4
    reach: int = REACH


class Tagger(nn.Module):
    """What is asked of each piece by itself, and what of the pieces around a cue."""

    def __init__(self, encoder: nn.Module, shape: Shape) -> None:
        super().__init__()
        hidden = int(encoder.config.hidden_size)
        self.encoder, self.shape = encoder, shape
        self.marks = nn.Embedding(3, hidden)
        nn.init.zeros_(self.marks.weight)
        self.cue = nn.Linear(hidden, 2)  # in a cue; first of one
        self.event = nn.Linear(hidden, 1 + len(EVENTS) + 1)  # none, the types; first of a trigger
        self.fact = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(0.1))
        self.facts = nn.Linear(hidden, len(STAGES) + 1 + len(CERTAINTIES) + 1)  # stage, negated, certainty, UDS
        self.piece, self.point = nn.Linear(hidden, shape.width), nn.Linear(hidden, shape.width)
        self.distance = nn.Embedding(2 * shape.reach + 1, shape.width)
        self.marked = nn.Embedding(2, shape.width)
        layer = nn.TransformerEncoderLayer(
            shape.width, shape.heads, 4 * shape.width, 0.1, "gelu", batch_first=True, norm_first=True
        )
        layer.self_attn.dropout = (
            0.0  # dropping out single attentions takes a quarter of the time on a processor, for nothing
        )
        self.around = nn.TransformerEncoder(layer, shape.layers, enable_nested_tensor=False)
        self.final = nn.LayerNorm(shape.width)
        self.roles = nn.Linear(shape.width, len(ROLES))
        self.said = nn.Linear(shape.width, len(STANCES) + len(KINDS) + 1)  # stance, kind of source, anonymous

    def encode(self, ids: Tensor, attention: Tensor, marks: Tensor) -> Tensor:
        """The encoder's output (B, T, H) for ids, attention and marks (B, T)."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.marks(marks)
        out: Tensor = self.encoder(inputs_embeds=words, attention_mask=attention).last_hidden_state
        return out

    def each(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Of each piece: cue (…, 2), event (…, 35), facts (…, 13), and its two projections for `about`."""
        return (
            self.cue(hidden),
            self.event(hidden),
            self.facts(self.fact(hidden)),
            self.piece(hidden),
            self.point(hidden),
        )

    def about(
        self, pieces: Tensor, cue: Tensor, distance: Tensor, marked: Tensor, seen: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Of each cue's surroundings: roles (N, W, 3) and what is said of the saying (N, 15).

        Args:
            pieces: (N, W, width) projections of the pieces around each cue.
            cue: (N, width) mean projection of the cue's own pieces.
            distance: (N, W) pieces from the cue, plus the reach.
            marked: (N, W) 1 for the cue's own pieces.
            seen: (N, W) 1 where there is a piece.
        """
        mixed = pieces + cue.unsqueeze(1) + self.distance(distance) + self.marked(marked)
        out = self.final(self.around(mixed, src_key_padding_mask=seen == 0))
        weight = marked.to(out.dtype).unsqueeze(-1)
        centre = (out * weight).sum(1) / weight.sum(1).clamp(min=1)
        return self.roles(out), self.said(centre)

    def save(self, path: Path, **about: Any) -> None:
        """Writes weights and sizes."""
        torch.save({"shape": asdict(self.shape), "state": self.state_dict(), **about}, path)
