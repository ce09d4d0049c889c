"""Measuring the reader on corpora that are not part of the project: ``python -m evals NAME --data DIR``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

Scores = dict[str, Any]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What one evaluation found."""

    n: int
    """How many articles (or pages) were read."""
    scores: Scores


NAMES: dict[str, str] = {
    "stances": "the stance of our own sentences (the folder tests/data)",
    "curve": "heads trained on parts of the corpus, beside each other (a folder of their folders)",
    "agreement": "two annotators of our corpus beside each other (the folder corpus; --texts)",
    "uds": "did it happen, against UDS factuality (the folder with uds_factuality_dev.jsonl)",
    "meantime": "certainty and polarity of events, against MEANTIME (its folder)",
    "meantime_time": "time expressions and their values, against MEANTIME (its folder)",
    "muc4": "incidents as the templates of MUC-4, by the official rules (a folder with texts and keys)",
    "muc4_factuality": "stage and perpetrator confidence, against the MUC-4 keys (the folder with texts and keys)",
    "own": "the held tenth of our annotated corpus (the folder corpus; --texts for those that are not ours)",
    "gold": "claims of the reader against an analyst's rows (a folder with rows.json or *.rows.json)",
    "petrarch": "who did what to whom, against the sentence tests of the PETRARCH coder (the folder with its records)",
    "polnear": "attributions against PolNeAR (a folder with dev/ or another split)",
    "polnear_trained": "the same with a head trained on PolNeAR's own training articles (half an hour; needs torch)",
    "wikievents": "events and their arguments, against WikiEvents (the folder with dev.jsonl or another split)",
    "geoparsing": "toponyms against TR-News, LGL or GeoVirus (an XML file or a folder of them)",
    "extraction": "clean text against fundus-evaluation, beside trafilatura",
    "sentences": "our own sentences, with an incident and without (the folder tests/data)",
    "factuality": "stage, polarity and certainty of our own sentences (the folder tests/data)",
    "incidents": "claims of one article about one incident, against ECB+ or our own samples (the folder tests/data)",
    "crash": "ingest killed at random moments: nothing acknowledged is lost, nothing is half in (a folder of texts)",
    "fuzz": "each parser under mutated input: what raises, hangs or eats memory (takes no data)",
    "ledger": "how fast a ledger takes in generated claims, and answers (takes no data; --limit CLAIMS)",
    "joining": "articles and accounts about one incident, against ECB+ (its folder) or MAVERICK (its folder)",
    "ingest": "the whole of ingest beside the bare spaCy pipeline, two worker processes beside one, memory (a folder of corpora)",
    "screen": "incidents that the cheap first pass loses, and the time that it saves (a folder of corpora)",
    "speed": "articles and words a second beside the bare spaCy pipeline",
}
"""Every evaluation, and what it measures. ``evals/NAME.py`` holds its ``run``."""

WITHOUT_DATA = frozenset({"fuzz", "ledger"})
"""Evaluations that make their own input."""


def text_files(folder: Path, limit: int | None) -> list[Path]:
    """The ``.txt`` files of `folder` in the order of their names, at most `limit`."""
    return sorted(folder.glob("*.txt"))[:limit]


def macro_f(pairs: Iterable[tuple[str, str]]) -> float:
    """The mean F1 over the values that are wanted at least once; pairs are (wanted, got). 0 where there are none."""
    every = list(pairs)
    wanted, got = Counter(w for w, _ in every), Counter(g for _, g in every)
    both = Counter(w for w, g in every if w == g)
    return round(sum(2 * both[v] / (wanted[v] + got[v]) for v in wanted) / len(wanted), 4) if wanted else 0.0
