"""``python -m evals NAME --data DIR [--limit N] [--split S]``: one JSON object on the last line of standard output."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

import msgspec

from evals import NAMES, WITHOUT_DATA

OPTIONS = ("split", "texts", "verbose", "keep", "kills", "minutes", "target", "seed")
"""What an evaluation is given beside the data, where it is given at all."""


def main() -> int:
    """Runs one evaluation by its name. Exit status 2 where the data are not there."""
    os.environ.setdefault("REPORTEDLY_GAZETTEER", "none")  # the figures are those of what ships
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    listing = "; ".join(f"{name}: {what}" for name, what in NAMES.items())
    parser.add_argument(
        "name", choices=sorted(NAMES), type=lambda name: name.replace("-", "_"), metavar="NAME", help=listing
    )
    parser.add_argument("--data", type=Path, help="the corpus: a folder, or a file where NAME takes one")
    parser.add_argument("--limit", type=int, help="read only the first N articles")
    parser.add_argument(
        "--split", "--set", help="which part of the corpus, where it has parts (polnear: dev; muc4: tst4)"
    )
    parser.add_argument("--texts", type=Path, help="own: the folder of corpora with the texts that are not ours")
    parser.add_argument("--keep", type=Path, help="polnear_trained: where the head is kept")
    parser.add_argument("--verbose", action="store_true", help="list the errors on standard error")
    parser.add_argument("--kills", type=int, help="crash: how many times the run is killed")
    parser.add_argument("--minutes", type=float, help="fuzz: how long each target is fuzzed")
    parser.add_argument("--target", help="fuzz: which parser, or all")
    parser.add_argument("--seed", type=int, help="crash, fuzz: the seed of what is random")
    options = parser.parse_args()
    if options.data is None and options.name in WITHOUT_DATA:
        options.data = Path()
    if options.data is None or not options.data.exists():
        print(f"evals: there is no {options.data or 'corpus'}; give the corpus with --data", file=sys.stderr)
        return 2
    module = importlib.import_module(f"evals.{options.name}")
    extra = {key: value for key in OPTIONS if (value := getattr(options, key)) is not None and value is not False}
    result = module.run(options.data, options.limit, **extra)
    print(msgspec.json.encode({"eval": options.name, "n": result.n, "scores": result.scores}).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
