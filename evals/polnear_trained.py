"""polnear_trained: how far the head gets when it may learn from PolNeAR itself. What comes out is measured and never shipped: PolNeAR has no licence.

Needs what `reportedly train` needs. On two cores the training takes half an hour; ``--keep FOLDER`` keeps the head, and a training that was cut off
goes on from there.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from evals import Result, polnear
from reportedly.pipeline import HEAD

EPOCHS = 3


def run(data: Path, limit: int | None, split: str = "dev", verbose: bool = False, keep: Path | None = None) -> Result:
    """Trains a head on ``data/train`` (a tenth of it held back, as always) and scores the reader with it as `evals.polnear` does.

    Args:
        data: the corpus.
        limit: score only the first so many articles.
        split: which part is scored.
        verbose: list the misses on standard error.
        keep: the folder of the head; one that is there already is not trained again.
    """
    with tempfile.TemporaryDirectory() as work:
        head = keep or Path(work)
        if not (head / "each.onnx").exists():
            _train(data / "train", head)
        os.environ[HEAD] = str(head)
        return polnear.run(data, limit, split, verbose)


def _train(folder: Path, head: Path) -> None:
    try:
        from reportedly.learning.build import Plan, Sources, build
    except ModuleNotFoundError as missing:
        print(f"evals: {missing.name} is not installed; see `reportedly train --help`", file=sys.stderr)
        raise SystemExit(1) from None
    build(Sources(brat=(folder,)), head, Plan(epochs=EPOCHS), lambda line: print(line, file=sys.stderr, flush=True))
