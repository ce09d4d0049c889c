"""From torch to what ships: two ONNX graphs in eight-bit integers, the tokenizer, and a card that says what they are."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from reportedly.learning.model import Tagger
from reportedly.learning.train import encoder_folder
from reportedly.tagger.labels import CERTAINTIES, EVENTS, KINDS, STAGES, STANCES

OPSET = 17


class _Each(nn.Module):
    """The first graph: ids and marks (1, T) to what `Tagger.each` gives."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, marks: Tensor) -> tuple[Tensor, ...]:
        return self.model.each(self.model.encode(ids, torch.ones_like(ids), marks))


class _About(nn.Module):
    """The second graph: a cue's or an act's surroundings to what `Tagger.about` gives."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, pieces: Tensor, cue: Tensor, distance: Tensor, marked: Tensor, seen: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        return self.model.about(pieces, cue, distance, marked, seen)


def export(model: Tagger, folder: Path, about: dict[str, Any]) -> None:
    """Writes ``each.onnx``, ``about.onnx``, ``tokenizer.json`` and ``head.json`` into `folder`.

    Args:
        model: the trained network.
        folder: made where it is not there.
        about: what the card should say of data, licences and scores.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    model = model.eval()
    with tempfile.TemporaryDirectory() as work:
        for name, module, arguments, names, outputs, axes in _graphs(model):
            whole = Path(work) / f"{name}.onnx"
            torch.onnx.export(
                module,
                arguments,
                str(whole),
                input_names=names,
                output_names=outputs,
                dynamic_axes=axes,
                opset_version=OPSET,
                dynamo=False,
            )
            quantize_dynamic(
                whole,
                folder / f"{name}.onnx",
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,  # seven bits: eight overflow on machines without VNNI, and each machine would read otherwise
                op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            )
    shutil.copy(encoder_folder() / "tokenizer.json", folder / "tokenizer.json")
    labels = {"stances": STANCES, "kinds": KINDS, "events": EVENTS, "stages": STAGES, "certainties": CERTAINTIES}
    (folder / "head.json").write_text(
        json.dumps({"reach": model.shape.reach, "labels": labels, **about}, indent=1) + "\n"
    )


def _graphs(model: Tagger) -> list[tuple[Any, ...]]:
    width, hidden = model.shape.width, int(model.encoder.config.hidden_size)
    ids = torch.randint(5, 999, (1, 40))
    near = (
        torch.rand(3, 30, width),
        torch.rand(3, hidden),
        torch.ones(3, 30, dtype=torch.long),
        torch.ones(3, 30, dtype=torch.long),
    )
    pieces = {0: "batch", 1: "pieces"}
    cues = {0: "cues", 1: "pieces"}
    first = ("cue", "event", "facts", "piece", "point")
    return [
        (
            "each",
            _Each(model),
            (ids, torch.zeros_like(ids)),
            ["ids", "marks"],
            list(first),
            dict.fromkeys(("ids", "marks", *first), pieces),
        ),
        (
            "about",
            _About(model),
            (*near, torch.ones(3, 30, dtype=torch.long)),
            ["pieces", "cue", "distance", "marked", "seen"],
            ["roles", "said", "arguments", "how"],
            {
                **dict.fromkeys(("pieces", "distance", "marked", "seen", "roles", "arguments"), cues),
                "cue": {0: "cues"},
                "said": {0: "cues"},
                "how": {0: "cues"},
            },
        ),
    ]
