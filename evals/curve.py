"""curve: does more annotation pay? The heads of a folder, each trained by ``reportedly train`` on a part of the corpus, on what was held back.

``--data`` is a folder of their folders (``quarter``, ``half``, ``all`` …); each has the ``head.json`` that training wrote. Ten minutes make them::

    for part in quarter:0.25 half:0.5 all:1; do
        reportedly train --corpus corpus --texts DIR/corpora --reports-only --epochs 5 --part ${part#*:} -o build/curve/${part%:*}
    done
"""

from __future__ import annotations

import json
from pathlib import Path

from evals import Result


def run(data: Path, limit: int | None) -> Result:
    """The scores that each head's training measured, by how many sayings and acts it had seen, the fewest first."""
    rows = {}
    for path in sorted(data.glob("*/head.json"))[:limit]:
        card = json.loads(path.read_text("utf-8"))
        seen = card["trained_on"]
        rows[path.parent.name] = {"sayings": seen["sayings"], "acts": seen["acts"], **card["held"]}
    order = sorted(rows, key=lambda name: (rows[name]["sayings"], name))
    return Result(n=len(rows), scores={name: rows[name] for name in order})
