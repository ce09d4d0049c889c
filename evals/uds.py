"""uds: did it happen? The head's degree against UDS factuality (White et al. 2016, Rudinger et al. 2018), ``uds_factuality_<split>.jsonl``."""

from __future__ import annotations

import math
import sys
from pathlib import Path

from evals import Result
from reportedly.learning.annotations import uds
from reportedly.pipeline import Reader


def run(data: Path, limit: int | None, split: str = "dev", verbose: bool = False) -> Result:
    """Reads each sentence with the head.

    Scores: ``pearson`` between the degree (-3 to 3) and the judgement; ``happened`` the share where both say yes or both say no (over or
    not over 0); ``majority`` the same for who always says yes; ``mae`` the mean error.
    """
    head = Reader().head
    pairs: list[tuple[float, float]] = []
    for marked in list(uds(data / f"uds_factuality_{split}.jsonl"))[:limit]:
        tags = head.tags(marked.text, [(0, len(marked.text))])
        for predicate in marked.predicates or ():
            found = tags.facts[tags.over(*predicate.span)]
            if len(found):
                pairs.append((float(found[0, -1]), predicate.value))
                if verbose and (pairs[-1][0] > 0) != (predicate.value > 0):
                    word = marked.text[slice(*predicate.span)]
                    print(f"{pairs[-1][0]:.1f}, not {predicate.value:.1f}\t{word}\t{marked.text}", file=sys.stderr)
    same = sum((got > 0) == (wanted > 0) for got, wanted in pairs)
    return Result(
        n=len(pairs),
        scores={
            "pearson": round(pearson(pairs), 4),
            "happened": round(same / len(pairs), 4),
            "majority": round(sum(wanted > 0 for _, wanted in pairs) / len(pairs), 4),
            "mae": round(sum(abs(got - wanted) for got, wanted in pairs) / len(pairs), 4),
        },
    )


def pearson(pairs: list[tuple[float, float]]) -> float:
    """The correlation of two columns; 0 where one does not vary."""
    n = len(pairs)
    x, y = (sum(pair[k] for pair in pairs) / n for k in (0, 1))
    shared = sum((a - x) * (b - y) for a, b in pairs)
    spread = math.sqrt(sum((a - x) ** 2 for a, _ in pairs) * sum((b - y) ** 2 for _, b in pairs))
    return shared / spread if spread else 0.0
