"""Toponyms against corpora with gold coordinates: TR-News and LGL (one dialect of XML), GeoVirus (another).

A dialect is told by its elements, not by a file's name: ``toponym`` with a ``gaztag`` (GeoNames id, ``lat``, ``lon``), or
``location`` with ``lat`` and ``lon``.

What is counted:

- ``tagging``: a predicted name and a gold name match where their spans overlap (each matches at most one);
  ``tagging_exact`` where the spans are the same. Every gold name counts, also one without coordinates.
- ``end_to_end``: they match as above, and the predicted place lies within 161 km of the gold coordinates.
  Gold names without coordinates count for neither side (nor do predictions that overlap one).
- ``gold``: the gold names' spans are given; over all that have coordinates: ``exact``, the same GeoNames id (null where
  the corpus has none); ``within_161km``, by the coordinates alone; an unresolved name is wrong. ``median_km`` is the
  median distance, an unresolved name counting as infinitely far.

Where the span in the corpus does not hold the name that goes with it, the nearest place that does is taken (gold offsets
drift in some articles). The corpora count demonyms and adjectives ("Turkish") as toponyms; the ledger does not, so they are asked for here
(``adjectives=True``).
"""

from __future__ import annotations

import re
import statistics
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals import Result, Scores
from reportedly.gazetteer import Gazetteer, open_gazetteer
from reportedly.records import Article, Block, Place
from reportedly.stages._toponym_senses import great_circle_km
from reportedly.stages.annotate import annotate, load_parser
from reportedly.stages.drafts import Annotated
from reportedly.stages.locate import locate, resolve_spans

CLOSE_KM = 161.0
DRIFT = 100


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold name; `lat` and `lon` are null where the corpus has none."""

    start: int
    end: int
    name: str
    lat: float | None
    lon: float | None
    geonames_id: int | None


@dataclass(slots=True)
class Tally:
    """What one file adds up to."""

    articles: int = 0
    predicted: int = 0
    gold: int = 0
    overlapping: int = 0
    same_span: int = 0
    predicted_located: int = 0
    gold_located: int = 0
    correct: int = 0
    same_id: int = 0
    with_id: int = 0
    within: int = 0
    distances: list[float] | None = None


def run(data: Path, limit: int | None, *, verbose: bool = False) -> Result:
    """Scores of one XML file, or of each XML file of a folder with their macro mean beside them.

    Args:
        limit: at most so many articles of each file.
        verbose: list every error on standard error.
    """
    gazetteer = open_gazetteer()
    if data.is_file():
        tally = _measure(data, limit, gazetteer, verbose)
        return Result(n=tally.articles, scores=_scores(tally))
    files = sorted(data.glob("*.xml"))
    tallies = {path.stem: _measure(path, limit, gazetteer, verbose) for path in files}
    scores: Scores = {name: _scores(tally) for name, tally in tallies.items()}
    scores["macro"] = _macro(list(scores.values()))
    return Result(n=sum(tally.articles for tally in tallies.values()), scores=scores)


def read(path: Path) -> Iterator[tuple[Article, list[Gold]]]:
    """The articles of one file with their gold names, whichever dialect it speaks."""
    for number, element in enumerate(ET.parse(path).getroot().iter("article")):
        text = element.findtext("text") or ""
        outlet = (element.findtext("domain") or "").strip() or None
        blocks = tuple(Block(start=m.start(), end=m.end()) for m in re.finditer(r"[^\s][^\n]*", text))
        article = Article(
            article_id=f"{path.stem}-{number}",
            document_sha256="",
            text=text,
            blocks=blocks,
            outlet=outlet,
            language="en",
        )
        yield article, list(_gold(element, text))


def _gold(element: ET.Element, text: str) -> Iterator[Gold]:
    for item in (*element.iter("toponym"), *element.iter("location")):
        tag = item.find("gaztag")
        place = item if tag is None else tag
        name = (item.findtext("phrase") or item.findtext("name") or "").strip()
        start, end = int(item.findtext("start") or 0), int(item.findtext("end") or 0)
        start, end = _aligned(text, name, start, end)
        lat, lon = place.findtext("lat"), place.findtext("lon")
        identity = tag.get("geonameid") if tag is not None else None
        yield Gold(start, end, name, float(lat) if lat else None, float(lon) if lon else None,
                   int(identity) if identity else None)  # fmt: skip


def _aligned(text: str, name: str, start: int, end: int) -> tuple[int, int]:
    """Where `name` stands nearest to `start`: in some articles the corpus counts line ends twice, and its offsets drift.

    Offsets that hold their name, and names that stand nowhere near, stay as they are.
    """
    if not name or text[start:end] == name:
        return start, end
    places = [m.start() for m in re.finditer(re.escape(name), text) if abs(m.start() - start) <= DRIFT]
    nearest = min(places, key=lambda at: abs(at - start), default=None)
    return (start, end) if nearest is None else (nearest, nearest + len(name))


def _measure(path: Path, limit: int | None, gazetteer: Gazetteer, verbose: bool) -> Tally:
    """Reads one file and adds up."""
    tally = Tally(distances=[])
    rows = list(read(path))[:limit]
    golds = {article.article_id: gold for article, gold in rows}
    for annotated in annotate((article for article, _ in rows), load_parser()):
        tally.articles += 1
        gold = golds[annotated.article.article_id]
        _end_to_end(annotated, gold, gazetteer, tally, verbose)
        _given(annotated, gold, gazetteer, tally, verbose)
        if tally.articles % 50 == 0:
            print(f"{path.name}: {tally.articles} of {len(rows)}", file=sys.stderr)
    return tally


def _end_to_end(annotated: Annotated, gold: list[Gold], gazetteer: Gazetteer, tally: Tally, verbose: bool) -> None:
    found = locate(annotated, gazetteer, adjectives=True)
    pairs, alone, missed = _pairs(found, gold)
    tally.predicted += len(found)
    tally.gold += len(gold)
    tally.overlapping += len(pairs)
    tally.same_span += sum((p.mention.start, p.mention.end) == (g.start, g.end) for p, g in pairs)
    tally.gold_located += sum(g.lat is not None for g in gold)
    tally.predicted_located += sum(p.lat is not None for p in alone)
    for place, name in pairs:
        if name.lat is not None and place.lat is not None:
            tally.predicted_located += 1
            tally.correct += _error_km(place, name) <= CLOSE_KM
    if verbose:
        for place in alone:
            _tell(annotated, "SPURIOUS", place.mention.start, place.mention.end, place.name)
        for name in missed:
            _tell(annotated, "MISSED", name.start, name.end, "")


def _given(annotated: Annotated, gold: list[Gold], gazetteer: Gazetteer, tally: Tally, verbose: bool) -> None:
    located = [name for name in gold if name.lat is not None]
    answers = resolve_spans(annotated, [(name.start, name.end) for name in located], gazetteer)
    assert tally.distances is not None
    for name, place in zip(located, answers, strict=True):
        error = _error_km(place, name)
        tally.distances.append(error)
        tally.within += error <= CLOSE_KM
        if name.geonames_id is not None:
            tally.with_id += 1
            tally.same_id += place is not None and place.geonames_id == name.geonames_id
        if verbose and error > CLOSE_KM:
            answer = f"{place.name}, {place.admin1}, {place.country} ({place.lat}, {place.lon})" if place else "nothing"
            _tell(annotated, "WRONG", name.start, name.end, f"{answer}; gold {name.lat}, {name.lon}; {error:.0f} km")


def _pairs(found: Iterable[Place], gold: list[Gold]) -> tuple[list[tuple[Place, Gold]], list[Place], list[Gold]]:
    """Each predicted name with the first free gold name that it overlaps; then what is left on either side."""
    free = sorted(gold, key=lambda name: name.start)
    pairs: list[tuple[Place, Gold]] = []
    alone: list[Place] = []
    for place in found:
        match = next((n for n in free if n.start < place.mention.end and place.mention.start < n.end), None)
        if match is None:
            alone.append(place)
        else:
            free.remove(match)
            pairs.append((place, match))
    return pairs, alone, free


def _error_km(place: Place | None, name: Gold) -> float:
    """Kilometres from gold, by the coordinates alone; infinite where there is no answer."""
    if place is None or place.lat is None or place.lon is None or name.lat is None or name.lon is None:
        return float("inf")
    return great_circle_km(place.lat, place.lon, name.lat, name.lon)


def _tell(annotated: Annotated, what: str, start: int, end: int, answer: str) -> None:
    text = annotated.article.text
    around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}".replace("\n", " ")
    print(f"{what}\t{annotated.article.article_id}\t{around}\t{answer}", file=sys.stderr)


def _scores(tally: Tally) -> Scores:
    distances = tally.distances or [float("inf")]
    median = statistics.median(distances)
    return {
        "end_to_end": _prf(tally.correct, tally.predicted_located, tally.gold_located),
        "tagging": _prf(tally.overlapping, tally.predicted, tally.gold),
        "tagging_exact": _prf(tally.same_span, tally.predicted, tally.gold),
        "gold": {
            "n": tally.gold_located,
            "exact": round(tally.same_id / tally.with_id, 4) if tally.with_id else None,
            "within_161km": round(tally.within / tally.gold_located, 4) if tally.gold_located else None,
            "median_km": round(median, 1) if median != float("inf") else None,
        },
    }


def _prf(correct: int, predicted: int, gold: int) -> dict[str, float]:
    precision = correct / predicted if predicted else 0.0
    recall = correct / gold if gold else 0.0
    f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f": round(f, 4)}


def _macro(scores: list[Scores]) -> Scores:
    """The mean over files of every figure that all of them have."""
    macro: Scores = {}
    for part, figures in scores[0].items() if scores else ():
        means = {}
        for key in figures:
            values = [score[part][key] for score in scores if score[part][key] is not None]
            if values and key != "n":
                means[key] = round(sum(values) / len(values), 4)
        macro[part] = means
    return macro
