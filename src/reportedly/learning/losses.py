"""What the network is told of a batch: one loss for each thing that is marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, smooth_l1_loss

from reportedly.learning.examples import MISSING, Done, Example, padded
from reportedly.learning.model import Tagger
from reportedly.tagger.around import around
from reportedly.tagger.labels import EVENTS, KINDS, STAGES, STANCES

SMOOTH = 0.05
"""So much of the truth is given to all other stances and stages: people differ, and the head should not be too sure."""
T = TypeVar("T")
MOST = 96
"""Cues, and acts, of one batch that are asked about; the rest wait for the next epoch."""


def losses(model: Tagger, tokenizer: Tokenizer, batch: Sequence[Example]) -> dict[str, Tensor]:
    """The losses of one batch, by name; absent where nothing of the kind is marked."""
    ids, attention, marks = padded(batch, tokenizer)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model.encode(ids, attention, marks)
    cue, event, facts, pieces, point = model.each(hidden.float())
    out: dict[str, Tensor] = {}
    _each(out, batch, cue, event, facts)
    _around_cues(out, model, batch, pieces, point)
    _around_acts(out, model, batch, pieces, point)
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
    acts = [(n, one) for n, e in enumerate(batch) for one in e.done]
    if acts:
        rows = torch.tensor([(n, 1 + one.trigger[0]) for n, one in acts])
        _how(out, "", facts[rows[:, 0], rows[:, 1], :-1], [one for _, one in acts])
    degrees = [(n, k, value) for n, e in enumerate(batch) for k, value in e.degrees]
    if degrees:
        got = torch.stack([facts[n, 1 + k, -1] for n, k, _ in degrees])
        out["degree"] = smooth_l1_loss(got, torch.tensor([value for *_, value in degrees]))


def _how(out: dict[str, Tensor], name: str, got: Tensor, acts: Sequence[Done]) -> None:
    """The losses of how far acts got."""
    wanted = torch.tensor([(one.stage, one.negated, one.certainty) for one in acts])
    out[f"{name}stage"] = cross_entropy(got[:, : len(STAGES)], wanted[:, 0], label_smoothing=SMOOTH)
    out[f"{name}polarity"] = binary_cross_entropy_with_logits(got[:, len(STAGES)], wanted[:, 1].float())
    out[f"{name}certainty"] = cross_entropy(got[:, len(STAGES) + 1 :], wanted[:, 2])


@dataclass(slots=True)
class _Near:
    """What `Tagger.about` says, and where."""

    roles: Tensor
    said: Tensor
    arguments: Tensor
    how: Tensor
    column: Tensor
    seen: Tensor


def _near(
    model: Tagger, places: Sequence[tuple[int, int, Sequence[int]]], kind: int, pieces: Tensor, point: Tensor
) -> _Near:
    near = around(places, model.shape.reach)
    marked, seen, distance = (torch.from_numpy(part) for part in (near.marked, near.seen, near.distance))
    row, column = torch.from_numpy(near.row).unsqueeze(1), torch.from_numpy(near.column)
    weight = marked.float().unsqueeze(-1)
    centre = (point[row, column] * weight).sum(1) / weight.sum(1).clamp(min=1)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        told = model.about(pieces[row, column], centre, distance, marked * kind, seen)
    roles, said, arguments, how = (part.float() for part in told)
    return _Near(roles, said, arguments, how, column, seen)


def _of_roles(got: Tensor, near: _Near, members: Sequence[Sequence[set[int]] | None]) -> Tensor | None:
    """The loss of who belongs to what; None where nobody marked it."""
    wide = got.shape[-1]
    wanted = _roles(members, 2 + int(near.column.max()), wide)
    wanted = wanted.gather(1, near.column.unsqueeze(-1).expand(-1, -1, wide))
    mask = (near.seen == 1) & torch.tensor([one is not None for one in members]).unsqueeze(1)
    return binary_cross_entropy_with_logits(got[mask], wanted[mask]) if mask.any() else None


def _around_cues(
    out: dict[str, Tensor], model: Tagger, batch: Sequence[Example], pieces: Tensor, point: Tensor
) -> None:
    cues = _some([(n, len(e.window), a) for n, e in enumerate(batch) for a in e.asked])
    if not cues:
        return
    near = _near(model, [(n, length, a.cue) for n, length, a in cues], 1, pieces, point)
    loss = _of_roles(near.roles, near, [a.roles for _, _, a in cues])
    if loss is not None:
        out["roles"] = loss
    labels = torch.tensor([(a.stance, a.kind, a.anonymous) for _, _, a in cues])
    said, split = near.said, (len(STANCES), len(STANCES) + len(KINDS))
    if (labels[:, 0] != MISSING).any():
        out["stance"] = cross_entropy(said[:, : split[0]], labels[:, 0], ignore_index=MISSING, label_smoothing=SMOOTH)
    if (labels[:, 1] != MISSING).any():
        out["kind"] = cross_entropy(said[:, split[0] : split[1]], labels[:, 1], ignore_index=MISSING)
    known = labels[:, 2] != MISSING
    if known.any():
        out["anonymous"] = binary_cross_entropy_with_logits(said[known, -1], labels[known, 2].float())


def _around_acts(
    out: dict[str, Tensor], model: Tagger, batch: Sequence[Example], pieces: Tensor, point: Tensor
) -> None:
    acts = _some([(n, len(e.window), one) for n, e in enumerate(batch) for one in e.done])
    if not acts:
        return
    near = _near(model, [(n, length, one.trigger) for n, length, one in acts], 2, pieces, point)
    loss = _of_roles(near.arguments, near, [one.arguments for _, _, one in acts])
    if loss is not None:
        out["arguments"] = loss
    _how(out, "near_", near.how, [one for _, _, one in acts])


def _some(every: list[T]) -> list[T]:
    """At most as many as one step has room for; the rest wait for the next epoch."""
    return [every[int(k)] for k in torch.randperm(len(every))[:MOST]] if len(every) > MOST else every


def _roles(members: Sequence[Sequence[set[int]] | None], length: int, wide: int) -> Tensor:
    """1 where a piece has a role: (N, length, wide), the first piece in column 1."""
    out = torch.zeros(len(members), length, wide)
    for n, one in enumerate(members):
        for role, inside in enumerate(one or ()):
            out[n, [k + 1 for k in inside if k + 1 < length], role] = 1
    return out
