"""meantime: certainty and polarity of every event mention of MEANTIME (Minard et al. 2016), a folder with its CAT files."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from evals import Result, macro_f
from reportedly.pipeline import Reader
from reportedly.tagger.labels import CERTAINTIES, STAGES

CERTAINTY = {"CERTAIN": "CERTAIN", "PROBABLE": "UNSURE", "POSSIBLE": "UNSURE"}
"""The guidelines tell probable from possible, but mark 29 and 84 of 2,100: together they are one class here, and each alone in ``three``."""


def run(data: Path, limit: int | None, split: str = "dev", verbose: bool = False) -> Result:
    """Reads each article with the head and looks at every mention that has both values.

    Scores: ``macro_f`` over certainty (certain or not) times polarity; ``majority_macro_f`` for who always says certain and affirmed;
    ``accuracy`` and the majority's; ``three`` the macro F over the classes with probable and possible apart.
    """
    head = Reader().head
    pairs: list[tuple[str, str]] = []
    fine: list[tuple[str, str]] = []
    for path in sorted(data.glob("**/intra_cross-doc_annotation/*/*.xml"))[:limit]:
        text, mentions = read(path)
        tags = head.tags(text, [(0, len(text))])
        for span, certainty, polarity in mentions:
            found = tags.facts[tags.over(*span)]
            if not len(found):
                continue
            row = found[0]
            values = row[len(STAGES) + 1 : -1]
            sure = CERTAINTIES[int(values.argmax())].upper()
            pole = "NEG" if row[len(STAGES)] > 0 else "POS"
            pairs.append(
                (f"{CERTAINTY[certainty]} {polarity}", f"{'CERTAIN' if sure == 'CERTAIN' else 'UNSURE'} {pole}")
            )
            fine.append((f"{certainty} {polarity}", f"{'POSSIBLE' if sure == 'UNKNOWN' else sure} {pole}"))
            if verbose and pairs[-1][0] != pairs[-1][1]:
                around = text[max(0, span[0] - 60) : span[1] + 40].replace("\n", " ")
                print(f"{pairs[-1][1]}, not {pairs[-1][0]}\t{text[slice(*span)]}\t{around}", file=sys.stderr)
    most = Counter(wanted for wanted, _ in pairs).most_common(1)[0]
    return Result(
        n=len(pairs),
        scores={
            "macro_f": macro_f(pairs),
            "majority_macro_f": macro_f([(wanted, most[0]) for wanted, _ in pairs]),
            "accuracy": round(sum(a == b for a, b in pairs) / len(pairs), 4),
            "majority": round(most[1] / len(pairs), 4),
            "three": macro_f(fine),
        },
    )


def read(path: Path) -> tuple[str, list[tuple[tuple[int, int], str, str]]]:
    """The text of a CAT file, a line a sentence, and its event mentions: span, certainty, polarity."""
    root = etree.parse(path).getroot()
    text, places, before = "", {}, None
    for token in root.iter("token"):
        sentence = token.get("sentence")
        text += "" if before is None else " " if sentence == before else "\n"
        before = sentence
        places[token.get("t_id")] = len(text), len(text) + len(token.text or "")
        text += token.text or ""
    return text, list(_mentions(root, places))


def _mentions(
    root: etree._Element, places: dict[str | None, tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], str, str]]:
    for mention in root.iter("EVENT_MENTION"):
        anchors = [places[a.get("t_id")] for a in mention.iter("token_anchor")]
        certainty, polarity = mention.get("certainty"), mention.get("polarity")
        if anchors and certainty in CERTAINTY and polarity in ("POS", "NEG"):
            yield (anchors[0][0], anchors[-1][1]), str(certainty), str(polarity)
