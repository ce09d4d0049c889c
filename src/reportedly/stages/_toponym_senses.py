"""Which of the places of one name is meant: by what stands beside it, by the article's other places, and by its weight.

Names are weighed together, as in most resolvers since Leidner (2007): one sense for a name in one article, the smallest
spread, the largest population; the larger place named beside a name ("Tripoli, Lebanon") outweighs all else.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportedly.gazetteer import Candidate, Gazetteer
from reportedly.stages._toponym_words import TOWNS, Toponym

ROUNDS = 3
NEAR_KM = 100.0
FAR_DEGREES = 3.6
"""Four times `NEAR_KM` along a meridian."""
KIND_WEIGHT = {
    "country": 3.0, "continent": 2.5, "sea": 5.0, "region": 1.5, "capital": 1.2, "admin1": 0.6, "city": 0.0,
    "site": 5.0, "admin2": 0.5, "facility": 0.0, "area": -0.5,
}  # fmt: skip
FAME = 0.5
LISTED = frozenset({"country", "admin1", "continent"})
LITTLE, KNOWN = 50_000, 100_000
"""People: below the first a foreign form of a name is not enough; from the second on a town is known by itself."""
TOWN_SHARE = 0.15
"""A division shares its name with a town: from this share of its people on, the town is meant."""
OTHER_NAME, OBSCURE = 1.5, 3.5
WITHIN = 8.0
HINTED = 2.5
MARGIN = 1.0
"""A tenfold population: that GeoNames knows the people of one village and not of the other says little."""
APART_KM = 25.0
"""Farther than what UCDP still calls near (where_prec 2)."""
SAME_COUNTRY = 2.0
SAME_DIVISION = 1.5
CLOSE = 1.5


@dataclass(slots=True)
class _Name:
    """All mentions of one name in one article (those bounded by the same larger name)."""

    candidates: tuple[Candidate, ...]
    prior: list[float]
    mentions: int = 0
    best: int = -1
    sure: bool = True
    """False where another place of the name, in the same country and elsewhere in it, weighs as much."""
    within: list[str] = field(default_factory=list)
    hints: Counter[str] = field(default_factory=Counter)


class Sense(NamedTuple):
    """What a name means: a place, or None where the gazetteer has none that fits; and the larger place beside it."""

    place: Candidate | None
    larger: Candidate | None


def resolve(found: list[Toponym], gazetteer: Gazetteer) -> list[Sense]:
    """The place meant by each name of `found`."""
    names: dict[str, _Name] = {}
    bounds = _bounds(found)
    for made in found:
        name = names.get(made.norm)
        if name is None:
            name = names[made.norm] = _Name(made.candidates, [])
        elif not name.candidates:
            name.candidates = made.candidates
        name.mentions += 1
        name.hints[made.hint] += 1
    for norm, name in names.items():
        name.within = bounds.get(norm, [])
        name.prior = [_prior(place, name.hints) for place in name.candidates]
    for norm in names:
        _bound(names[norm], names, gazetteer)
    for _ in range(ROUNDS):
        _round(names)
    countries = _countries(names)
    return [_sense(made, names, countries, gazetteer) for made in found]


def _bounds(found: list[Toponym]) -> dict[str, list[str]]:
    """Name to the larger names that stand beside it somewhere in the article."""
    bounds: dict[str, list[str]] = defaultdict(list)
    for made in found:
        if made.within and made.within not in bounds[made.norm]:
            bounds[made.norm].append(made.within)
    return bounds


def _prior(place: Candidate, hints: Counter[str]) -> float:
    """The weight of a place by itself: people on a logarithmic scale, and what kind of place it is."""
    weight = math.log10(place.population + 100) + KIND_WEIGHT[place.kind] + FAME * math.log10(place.fame + 1)
    if not place.main:
        weight -= OTHER_NAME if place.population > 100_000 else OBSCURE
    if hints["division"] and place.kind in ("admin1", "region"):
        weight += HINTED
    if hints["subdivision"] and place.kind == "admin2":
        weight += HINTED + 1.0
    if hints["town"] and place.kind in ("city", "capital"):
        weight += HINTED
    if not hints["division"] and place.kind == "admin1":
        weight -= 0.6
    return weight


def _bound(name: _Name, names: dict[str, _Name], gazetteer: Gazetteer) -> None:
    """Adds to the candidates that lie in a place named beside them."""
    top = max(range(len(name.prior)), key=name.prior.__getitem__, default=-1)
    for larger in name.within:
        containers = names[larger].candidates if larger in names else gazetteer.named(larger)
        kind = name.candidates[top].kind if top >= 0 else ""
        if kind in LISTED and containers and containers[0].kind == kind:  # "Oregon, Ohio and Nevada" is a list
            continue
        if top >= 0 and _is_inverted(name.candidates[top], containers):
            continue
        for i, place in enumerate(name.candidates):
            if any(contains(container, place) for container in containers[:12]):
                name.prior[i] += WITHIN


def _is_inverted(place: Candidate, containers: Sequence[Candidate]) -> bool:
    """ "the London district of Barking": what stands for the larger place is a part of the other."""
    towns = [c for c in containers if c.kind in TOWNS]
    return (
        place.kind in TOWNS
        and len(towns) == len(containers) > 0
        and max(c.population for c in towns) < place.population
    )


def contains(larger: Candidate, place: Candidate) -> bool:
    """True where `place` lies in `larger`, as far as codes and distances tell."""
    if larger.key == place.key:
        return False
    if larger.kind == "country":
        return place.country == larger.country and place.kind != "country"
    if larger.kind == "admin1":
        return (place.country, place.admin1_code) == (larger.country, larger.admin1_code) and place.kind != "admin1"
    if larger.kind in ("continent", "sea"):
        return False
    apart = distance_km(larger, place)
    if apart is None:
        return False
    if larger.kind == "region":
        return apart < 400 and place.kind in ("city", "capital", "admin2", "site", "facility")
    return apart < 60 and place.kind in ("city", "site", "facility") and larger.population > place.population


def _round(names: dict[str, _Name]) -> None:
    """Chooses again for each name, in the light of what the others were taken for."""
    settled = [(norm, name, name.candidates[name.best]) for norm, name in names.items() if name.best >= 0]
    countries: dict[str, float] = defaultdict(float)
    divisions: dict[tuple[str, str], float] = defaultdict(float)
    for _, name, place in settled:
        weight = 1.0 + math.log2(name.mentions)
        if place.country:
            countries[place.country] += weight
            if place.admin1_code:
                divisions[place.country, place.admin1_code] += weight
    total = sum(countries.values())
    for norm, name in names.items():
        if not name.candidates:
            continue
        own = name.candidates[name.best] if name.best >= 0 else None
        share = 1.0 + math.log2(name.mentions) if own is not None else 0.0
        scores = []
        for prior, place in zip(name.prior, name.candidates, strict=True):
            score = prior
            if total:
                score += _context(place, own, share, countries, divisions, total)
                score += CLOSE * _closeness(place, norm, settled)
            scores.append(score)
        name.best = max(range(len(scores)), key=scores.__getitem__)
        name.sure = not _has_rival(name.candidates, scores, name.best)


def _has_rival(candidates: tuple[Candidate, ...], scores: list[float], best: int) -> bool:
    """True where a namesake of the same country, too far off to be the same place, weighs as much as the best."""
    chosen = candidates[best]
    for score, place in zip(scores, candidates, strict=True):
        if scores[best] - score < MARGIN and place.key != chosen.key and place.country == chosen.country:
            apart = distance_km(place, chosen)
            if apart is not None and apart > APART_KM:
                return True
    return False


def _context(
    place: Candidate, own: Candidate | None, share: float, countries: dict[str, float],
    divisions: dict[tuple[str, str], float], total: float,
) -> float:  # fmt: skip
    """How much the article speaks of the country and division of `place`, not counting the name's own vote."""
    if not place.country:
        return 0.0
    votes = countries.get(place.country, 0.0)
    local = divisions.get((place.country, place.admin1_code), 0.0) if place.admin1_code else 0.0
    rest = total
    if own is not None and own.country:
        rest -= share
        if own.country == place.country:
            votes -= share
            if place.admin1_code and own.admin1_code == place.admin1_code:
                local -= share
    if rest <= 0:
        return 0.0
    return SAME_COUNTRY * (votes / rest + min(votes, 2.0) / 2) + SAME_DIVISION * (local / rest + min(local, 2.0) / 2)


def _closeness(place: Candidate, norm: str, settled: list[tuple[str, _Name, Candidate]]) -> float:
    """Near one: other towns of the article are close by; 0: none is."""
    if place.kind in ("country", "continent"):
        return 0.0
    total = 0.0
    for other, _, at in settled:
        if other == norm or at.kind in ("country", "continent", "sea") or at.key == place.key:
            continue
        if place.lat is None or at.lat is None or abs(place.lat - at.lat) > FAR_DEGREES:
            continue
        apart = distance_km(place, at)
        if apart is not None and apart < 4 * NEAR_KM:
            total += math.exp(-apart / NEAR_KM)
    return min(total, 2.0)


def _countries(names: dict[str, _Name]) -> Counter[str]:
    """How many names of the article lie in, or are, each country."""
    return Counter(name.candidates[name.best].country or "" for name in names.values() if name.best >= 0)


def _sense(made: Toponym, names: dict[str, _Name], countries: Counter[str], gazetteer: Gazetteer) -> Sense:
    """The place meant, unless the larger place beside it, or the whole article, speaks against it."""
    place = _chosen(made, names, gazetteer)
    larger = None
    if made.within:
        other = names.get(made.within)
        known = other.candidates[other.best] if other is not None and other.best >= 0 else None
        larger = known or next(iter(gazetteer.named(made.within)), None)
    elif made.beside:
        larger = _country_of(made.beside, names, gazetteer)
    if (
        made.hint == "facility"
        and place is not None
        and place.kind in ("city", "capital")
        and _lent(place, larger, countries)
    ):
        return Sense(None, larger)
    if place is not None and place.key < 0:
        return _earned(place, larger, names[made.norm].sure, countries, gazetteer)
    if place is None or place.kind not in ("city", "admin2"):
        return Sense(place, larger)
    if not place.main and place.population < LITTLE and countries[place.country or ""] < 2:
        return Sense(None, larger)
    elsewhere = larger is not None and larger.kind in ("country", "admin1") and not contains(larger, place)
    return Sense(None if elsewhere and place.population < KNOWN else place, larger)


def _country_of(norm: str, names: dict[str, _Name], gazetteer: Gazetteer) -> Candidate | None:
    """The country of what a name was taken for."""
    name = names.get(norm)
    iso = name.candidates[name.best].country if name is not None and name.best >= 0 else None
    return gazetteer.country(iso) if iso else None


def _lent(place: Candidate, larger: Candidate | None, countries: Counter[str]) -> bool:
    """True where a camp or a market bears the name of a place that the article knows nothing else of: "the Kobe camp in Ethiopia"."""
    if larger is not None:
        return larger.key != place.key and not contains(larger, place)
    others = any(number for country, number in countries.items() if country and country != place.country)
    return others and countries[place.country or ""] < 2


def _earned(
    place: Candidate, larger: Candidate | None, sure: bool, countries: Counter[str], gazetteer: Gazetteer
) -> Sense:
    """A place that the larger gazetteer alone knows: among millions of small ones a name by itself proves little.

    It is meant where the larger place beside it holds it, or the article speaks of its country; of two alike in that country, the country is known.
    """
    if larger is not None and larger.kind in ("country", "admin1"):
        if not contains(larger, place):
            return Sense(None, larger)
    elif countries[place.country or ""] < 2 and not (larger is not None and contains(larger, place)):
        return Sense(None, larger)
    if not sure:
        return Sense(None, larger or (gazetteer.country(place.country) if place.country else None))
    return Sense(place, larger)


def _chosen(made: Toponym, names: dict[str, _Name], gazetteer: Gazetteer) -> Candidate | None:
    """The name's sense in this article, but what stands beside this very mention goes first."""
    name = names[made.norm]
    if name.best < 0:
        return None
    best = name.candidates[name.best]
    if made.within and len(name.within) > 1:
        containers = names[made.within].candidates if made.within in names else gazetteer.named(made.within)
        inside = [p for p in made.candidates if any(contains(c, p) for c in containers[:12])]
        if inside and best not in inside and not _is_inverted(best, containers):
            return max(inside, key=lambda p: (_prior(p, Counter()), -p.key))
    if made.hint in ("division", "subdivision") and best.kind in ("city", "capital"):
        kinds = ("admin1", "region") if made.hint == "division" else ("admin2",)
        alike = [p for p in made.candidates if p.kind in kinds and p.country == best.country]
        return alike[0] if alike else best
    if (best.kind == "admin1" and made.hint != "division") or (best.kind == "admin2" and made.hint != "subdivision"):
        return _town_of(best, made.candidates) or best
    return best


def _town_of(division: Candidate, candidates: tuple[Candidate, ...]) -> Candidate | None:
    """The town that a division is named after: without "province" the town is meant."""
    towns = [p for p in candidates if p.kind in ("city", "capital") and (p.main or p.population >= KNOWN) and p.country == division.country
             and p.admin1_code == division.admin1_code and p.population >= TOWN_SHARE * division.population]  # fmt: skip
    return max(towns, key=lambda p: (p.population, -p.key), default=None)


def distance_km(one: Candidate, other: Candidate) -> float | None:
    """Kilometres between two places along the great circle; None where a point is not known."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return great_circle_km(one.lat, one.lon, other.lat, other.lon)


def great_circle_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points given in degrees, on a sphere of radius 6,371 km."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))
