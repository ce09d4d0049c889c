"""The head that ships, run by onnxruntime on one thread."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from reportedly.errors import SetupError
from reportedly.tagger import About, Array, Each, Head, gate, kinds

WEIGHTS = Path(__file__).parent / "weights"
"""What ships: two graphs, the tokenizer, the card."""
ANSWERS = ("cue", "event", "facts", "piece", "point", "roles", "said", "arguments", "how")
"""What the graphs give, in this order; see `reportedly.tagger.Each` and `About`."""


class Onnx:
    """The two graphs of a folder."""

    def __init__(self, folder: Path) -> None:
        self.card: dict[str, Any] = json.loads((folder / "head.json").read_text("utf-8"))
        self.reach = int(self.card["reach"])
        self._each, self._about = (_session(folder / f"{name}.onnx") for name in ("each", "about"))
        self.answers = tuple(part.name for graph in (self._each, self._about) for part in graph.get_outputs())

    def each(self, ids: Array, marks: Array) -> Each:
        """See `reportedly.tagger.Network`."""
        return Each(*(part[0] for part in self._each.run(None, {"ids": ids[None], "marks": marks[None]})))

    def about(self, pieces: Array, cue: Array, distance: Array, marked: Array, seen: Array) -> About:
        """See `reportedly.tagger.Network`."""
        given = {"pieces": pieces.astype(np.float32), "cue": cue, "distance": distance, "marked": marked, "seen": seen}
        return About(*self._about.run(None, given))


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def open_head(folder: Path = WEIGHTS) -> Head:
    """The head of a folder, loaded once.

    Raises:
        SetupError: there are no weights there, or those of another version.
    """
    if not (folder / "each.onnx").exists():
        raise SetupError(f"there is no trained head in {folder}; name the folder that `reportedly train` wrote")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    files = (folder / name for name in ("each.onnx", "about.onnx", gate.FILE, kinds.FILE))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files if path.exists())).hexdigest()
    network = Onnx(folder)
    if network.answers != ANSWERS:
        raise SetupError(
            f"the head in {folder} was trained by another version of reportedly and gives other answers; train it again with `reportedly train`"
        )
    return Head(
        network, tokenizer, digest[:12], network.card.get("temperatures"), gate.load(folder), kinds.load(folder)
    )
