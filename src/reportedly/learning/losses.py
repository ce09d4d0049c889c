"""What the network is told of a batch: one loss for each thing that is marked in it."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, smooth_l1_loss

from reportedly.learning.examples import MISSING, Asked, Example, padded
from reportedly.learning.model import Tagger
from reportedly.tagger.around import around
from reportedly.tagger.labels import EVENTS, KINDS, STAGES, STANCES

SMOOTH = 0.05
"""So much of the truth is given to all other stances and stages: people differ, and the head should not be too sure."""
MOST_CUES = 96
"""Cues of one batch that are asked for their arguments; the rest wait for the next epoch."""


def losses(model: Tagger, tokenizer: Tokenizer, batch: Sequence[Example]) -> dict[str, Tensor]:
    """The losses of one batch, by name; absent where nothing of the kind is marked."""
    ids, attention, marks = padded(batch, tokenizer)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model.encode(ids, attention, marks)
    cue, event, facts, pieces, point = model.each(hidden.float())
    out: dict[str, Tensor] = {}
    _each(out, batch, cue, event, facts)
    _around(out, model, batch, pieces, point)
    return out


def _each(out: dict[str, Tensor], batch: Sequence[Example], cue: Tensor, event: Tensor, facts: Tensor) -> None:
    said = [(n, e) for n, e in enumerate(batch) if e.cues is not None]
    if said:
        got = torch.cat([cue[n, 1 : 1 + len(e.window)] for n, e in said])
        out["cue"] = binary_cross_entropy_with_logits(
            got, torch.tensor([c for _, e in said for c in e.cues or ()]).float()
        )
    done = [(n, e) for n, e in enumerate(batch) if e.events is not None]
    if done:
        got = torch.cat([event[n, 1 : 1 + len(e.window)] for n, e in done])
        wanted = torch.tensor([c for _, e in done for c in e.events or ()])
        out["event"] = cross_entropy(got[:, : 1 + len(EVENTS)], wanted[:, 0])
        out["trigger"] = binary_cross_entropy_with_logits(got[:, -1], wanted[:, 1].float())
    known = [(n, *fact) for n, e in enumerate(batch) for fact in e.facts]
    if known:
        rows = torch.tensor([(n, 1 + k) for n, k, *_ in known])
        got, wanted = facts[rows[:, 0], rows[:, 1]], torch.tensor([fact for _, _, *fact in known])
        out["stage"] = cross_entropy(got[:, : len(STAGES)], wanted[:, 0], label_smoothing=SMOOTH)
        out["polarity"] = binary_cross_entropy_with_logits(got[:, len(STAGES)], wanted[:, 1].float())
        out["certainty"] = cross_entropy(got[:, len(STAGES) + 1 : -1], wanted[:, 2])
    degrees = [(n, k, value) for n, e in enumerate(batch) for k, value in e.degrees]
    if degrees:
        got = torch.stack([facts[n, 1 + k, -1] for n, k, _ in degrees])
        out["degree"] = smooth_l1_loss(got, torch.tensor([value for *_, value in degrees]))


def _around(out: dict[str, Tensor], model: Tagger, batch: Sequence[Example], pieces: Tensor, point: Tensor) -> None:
    cues: list[tuple[int, int, Asked]] = [(n, len(e.window), a) for n, e in enumerate(batch) for a in e.asked]
    if len(cues) > MOST_CUES:
        cues = [cues[int(k)] for k in torch.randperm(len(cues))[:MOST_CUES]]
    if not cues:
        return
    near = around([(n, length, a.cue) for n, length, a in cues], model.shape.reach)
    marked, seen, distance = (torch.from_numpy(part) for part in (near.marked, near.seen, near.distance))
    row, column = torch.from_numpy(near.row).unsqueeze(1), torch.from_numpy(near.column)
    weight = marked.float().unsqueeze(-1)
    centre = (point[row, column] * weight).sum(1) / weight.sum(1).clamp(min=1)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        roles, said = model.about(pieces[row, column], centre, distance, marked, seen)
    wanted = _roles([a for _, _, a in cues], 2 + int(column.max())).gather(1, column.unsqueeze(-1).expand(-1, -1, 3))
    mask = (seen == 1) & torch.tensor([a.roles is not None for _, _, a in cues]).unsqueeze(1)
    if mask.any():
        out["roles"] = binary_cross_entropy_with_logits(roles.float()[mask], wanted[mask])
    said = said.float()
    labels = torch.tensor([(a.stance, a.kind, a.anonymous) for _, _, a in cues])
    split = len(STANCES), len(STANCES) + len(KINDS)
    if (labels[:, 0] != MISSING).any():
        out["stance"] = cross_entropy(said[:, : split[0]], labels[:, 0], ignore_index=MISSING, label_smoothing=SMOOTH)
    if (labels[:, 1] != MISSING).any():
        out["kind"] = cross_entropy(said[:, split[0] : split[1]], labels[:, 1], ignore_index=MISSING)
    known = labels[:, 2] != MISSING
    if known.any():
        out["anonymous"] = binary_cross_entropy_with_logits(said[known, -1], labels[known, 2].float())


def _roles(asked: Sequence[Asked], length: int) -> Tensor:
    """1 where a piece has a role: (N, length, 3), the first piece in column 1."""
    out = torch.zeros(len(asked), length, 3)
    for n, one in enumerate(asked):
        for role, members in enumerate(one.roles or ()):
            out[n, [k + 1 for k in members if k + 1 < length], role] = 1
    return out
