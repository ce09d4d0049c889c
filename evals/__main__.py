"""``python -m evals NAME --data DIR [--limit N] [--split S]``: one JSON object on the last line of standard output."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

import msgspec

from evals import NAMES


def main() -> int:
    """Runs one evaluation by its name. Exit status 2 where the data are not there."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    listing = "; ".join(f"{name}: {what}" for name, what in NAMES.items())
    parser.add_argument("name", choices=sorted(NAMES), metavar="NAME", help=listing)
    parser.add_argument("--data", type=Path, required=True, help="the corpus: a folder, or a file where NAME takes one")
    parser.add_argument("--limit", type=int, help="read only the first N articles")
    parser.add_argument("--split", help="which part of the corpus, where it has parts (polnear: dev)")
    parser.add_argument("--verbose", action="store_true", help="list the errors on standard error")
    options = parser.parse_args()
    if not options.data.exists():
        print(f"evals: there is no {options.data}; give the corpus with --data", file=sys.stderr)
        return 2
    module = importlib.import_module(f"evals.{options.name}")
    extra = {key: value for key, value in (("split", options.split), ("verbose", options.verbose)) if value}
    result = module.run(options.data, options.limit, **extra)
    print(msgspec.json.encode({"eval": options.name, "n": result.n, "scores": result.scores}).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
