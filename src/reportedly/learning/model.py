"""The network: one encoder, and what is read off its output."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from reportedly.tagger.labels import ARGUMENTS, CERTAINTIES, EVENTS, KINDS, STAGES, STANCES

REACH = 80
"""A cue sees so many pieces on each side."""
ROLES = ("source", "content", "hop")
HOW = len(STAGES) + 1 + len(CERTAINTIES)
"""Seven stages, negated, four certainties."""


@dataclass(frozen=True)
class Shape:
    """The sizes of the heads."""

    width: int = 128
    layers: int = 2
    heads: int = 4
    reach: int = REACH


class Layer(nn.Module):
    """A layer of attention and its two dense ones, each after a norm and beside a shortcut."""

    def __init__(self, width: int, heads: int, drop: float = 0.1) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.linear1, self.linear2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, unseen: Tensor) -> Tensor:
        """(N, W, width) to the same; `unseen` (N, 1, 1, W) is added to the attention paid to each piece."""
        n, w, width = x.shape
        q, k, v = (
            self.qkv(self.norm1(x)).reshape(n, w, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        )
        seen = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=unseen.to(q.dtype))
        x = x + self.drop(self.out(seen.transpose(1, 2).reshape(n, w, width)))
        dense: Tensor = self.linear2(self.drop(nn.functional.gelu(self.linear1(self.norm2(x)))))
        return x + self.drop(dense)


class Tagger(nn.Module):
    """What is asked of each piece by itself, and what of the pieces around a cue or an act."""

    def __init__(self, encoder: nn.Module, shape: Shape) -> None:
        super().__init__()
        hidden = int(encoder.config.hidden_size)
        self.encoder, self.shape = encoder, shape
        self.marks = nn.Embedding(3, hidden)
        nn.init.zeros_(self.marks.weight)
        self.cue = nn.Linear(hidden, 2)  # in a cue; first of one
        self.event = nn.Linear(hidden, 1 + len(EVENTS) + 1)  # none, the types; first of a trigger
        self.fact = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(0.1))
        self.facts = nn.Linear(hidden, HOW + 1)  # stage, negated, certainty, UDS
        self.piece, self.point = nn.Linear(hidden, shape.width), nn.Linear(hidden, shape.width)
        self.distance = nn.Embedding(2 * shape.reach + 1, shape.width)
        self.marked = nn.Embedding(3, shape.width)  # neither, of the cue, of the act
        self.around = nn.ModuleList(Layer(shape.width, shape.heads) for _ in range(shape.layers))
        self.final = nn.LayerNorm(shape.width)
        self.roles = nn.Linear(shape.width, len(ROLES))
        self.said = nn.Sequential(  # stance, kind of source, anonymous
            nn.Linear(shape.width + hidden, hidden),
            nn.GELU(),
            nn.Dropout(0.1),
            nn.Linear(hidden, len(STANCES) + len(KINDS) + 1),
        )
        self.arguments = nn.Linear(shape.width, len(ARGUMENTS))
        self.how = nn.Sequential(
            nn.Linear(shape.width + hidden, hidden), nn.GELU(), nn.Dropout(0.1), nn.Linear(hidden, HOW)
        )

    def encode(self, ids: Tensor, attention: Tensor, marks: Tensor) -> Tensor:
        """The encoder's output (B, T, H) for ids, attention and marks (B, T)."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.marks(marks)
        out: Tensor = self.encoder(inputs_embeds=words, attention_mask=attention).last_hidden_state
        return out

    def each(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Of each piece: cue (…, 2), event (…, 35), facts (…, 13), and for `about` its projection, and itself."""
        return (
            self.cue(hidden),
            self.event(hidden),
            self.facts(self.fact(hidden)),
            self.piece(hidden),
            hidden,
        )

    def about(
        self, pieces: Tensor, cue: Tensor, distance: Tensor, marked: Tensor, seen: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Of a cue's surroundings: roles (N, W, 3) and what is said of the saying (N, 15); of an act's: arguments (N, W, 4), and how far it
        got (N, 12).

        Args:
            pieces: (N, W, width) projections of the pieces around each cue or act.
            cue: (N, hidden) mean of its own pieces.
            distance: (N, W) pieces from it, plus the reach.
            marked: (N, W) for its own pieces, 1 of a cue and 2 of an act.
            seen: (N, W) 1 where there is a piece.
        """
        mixed = pieces + self.point(cue).unsqueeze(1) + self.distance(distance) + self.marked(marked)
        unseen = (1 - seen.to(mixed.dtype))[:, None, None] * -1e4
        for layer in self.around:
            mixed = layer(mixed, unseen)
        out = self.final(mixed)
        weight = marked.clamp(max=1).to(out.dtype).unsqueeze(-1)
        centre = (out * weight).sum(1) / weight.sum(1).clamp(min=1)
        itself = torch.cat((centre, cue.to(centre.dtype)), -1)
        return self.roles(out), self.said(itself), self.arguments(out), self.how(itself)
