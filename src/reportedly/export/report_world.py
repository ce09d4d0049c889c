"""Land and borders for the report's map, from ``world.json`` (Natural Earth; see ``docs/make_world.py``).

The map is equirectangular: x is the longitude, y the latitude, both in steps of a fiftieth of a degree from the north-west corner.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from itertools import accumulate, pairwise

import msgspec

UNITS = 50
"""Steps in a degree."""
KM_PER_DEGREE = 111.2
"""Of latitude."""


class Country(msgspec.Struct, frozen=True):
    """A country's outline, and where its name may stand: longitude, latitude, width in degrees."""

    label: tuple[float, float, float]
    rings: tuple[tuple[int, ...], ...]


class World(msgspec.Struct, frozen=True):
    """The content of ``world.json``."""

    arcs: tuple[str, ...]
    borders: tuple[int, ...]
    countries: dict[str, Country]
    names: dict[str, str]


@lru_cache(maxsize=1)
def world() -> World:
    """The land and the borders, read once."""
    text = (resources.files("reportedly.export") / "world.json").read_bytes()
    return msgspec.json.decode(text, type=World)


def country_name(code: str) -> str:
    """The name of a country by its ISO code, as Natural Earth writes it; the code where it has none."""
    return world().names.get(code, code)


def x_of(lon: float) -> float:
    """East of the map's western edge."""
    return (lon + 180) * UNITS


def y_of(lat: float) -> float:
    """South of the map's northern edge."""
    return (90 - lat) * UNITS


@lru_cache(maxsize=1)
def land_path() -> str:
    """The outline of all land, as SVG writes a path."""
    return "".join(country_path(code) for code in sorted(world().countries))


@lru_cache(maxsize=1)
def border_path() -> str:
    """The lines between countries."""
    return "".join(_path(_arc(number)) for number in world().borders)


def country_path(code: str) -> str:
    """The outline of one country; empty where the map has none of that code."""
    found = world().countries.get(code)
    if found is None:
        return ""
    return "".join(_ring([point for number in ring for point in _arc(number)]) for ring in found.rings)


def _arc(number: int) -> list[tuple[int, int]]:
    steps = [int(step) for step in world().arcs[number if number >= 0 else ~number].split()]
    line = list(zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True))
    return line if number >= 0 else line[::-1]


def _ring(line: list[tuple[int, int]]) -> str:
    """A closed line. One that crosses the date line runs on beyond the map's edge, and is drawn a second time at the other edge."""
    whole = 360 * UNITS
    turns = accumulate(
        [0, *((b[0] - a[0] < -whole / 2) - (b[0] - a[0] > whole / 2) for a, b in pairwise(line))],
    )
    unrolled = [(x + turn * whole, y) for (x, y), turn in zip(line, turns, strict=True)]
    path = _path(unrolled) + "z"
    if all(0 <= x <= whole for x, _ in unrolled):
        return path
    back = whole if min(x for x, _ in unrolled) < 0 else -whole
    return path + _path([(x + back, y) for x, y in unrolled]) + "z"


def _path(line: list[tuple[int, int]]) -> str:
    moves, at = [f"M{line[0][0]} {line[0][1]}l"], line[0]
    for x, y in line[1:]:
        if (x, y) != at:
            dx, dy = str(x - at[0]), str(y - at[1])
            gap = "" if dy.startswith("-") else " "
            lead = "" if dx.startswith("-") or moves[-1].endswith("l") else " "
            moves.append(f"{lead}{dx}{gap}{dy}")
            at = (x, y)
    return "".join(moves)
