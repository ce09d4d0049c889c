"""Makes `src/reportedly/export/world.json`, the land and borders of the report's map.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python docs/make_world.py package/countries-50m.json src/reportedly/export/world.json

The geometry is Natural Earth's (public domain), 1:50m, as the npm package world-atlas 2.0.2 (ISC) packs it in TopoJSON. What is done
to it: Antarctica goes, and islets; each line is simplified by Visvalingam's rule (the points that span the least area go first), line by
line, so that neighbours still share their border; what is left is rounded to a fiftieth of a degree. ISO numeric codes become
alpha-2 codes by CLDR's table (through babel, which is among the development packages). Same input, same bytes.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

UNITS = 50
"""Steps in a degree."""
SMALLEST_AREA = 0.028
"""A point goes if the triangle with its neighbours is smaller, in square degrees at the equator."""
SMALLEST_RING = 0.05
"""An islet that is smaller is left out, unless it is the largest part of a country."""
WITHOUT_CODE = {"Kosovo": "XK"}

Point = tuple[float, float]


def main() -> None:
    """Reads the TopoJSON named first, writes the file named second."""
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    world = made(topology)
    text = json.dumps(world, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    Path(sys.argv[2]).write_text(text.replace(',"', ',\n"') + "\n", "utf-8")


def made(topology: dict[str, Any]) -> dict[str, Any]:
    """The content of ``world.json``."""
    arcs = decoded(topology)
    geometries = topology["objects"]["countries"]["geometries"]
    kept: dict[str, list[list[int]]] = {}
    names, labels = {}, {}
    for geometry in geometries:
        code = code_of(geometry)
        rings = [ring for polygon in polygons(geometry) for ring in polygon]
        areas = [area(ring, arcs) for ring in rings]
        largest = rings[max(range(len(rings)), key=lambda number: abs(areas[number]))]
        names[code] = geometry["properties"]["name"]
        if geometry["properties"]["name"] == "Antarctica":
            continue
        labels[code] = label(unrolled(points(largest, arcs)))
        kept[code] = [r for r, size in zip(rings, areas, strict=True) if abs(size) >= SMALLEST_RING or r is largest]
    used = Counter(arc if arc >= 0 else ~arc for rings in kept.values() for ring in rings for arc in ring)
    numbers = {arc: number for number, arc in enumerate(sorted(used))}
    closed = {abs_(ring[0]) for rings in kept.values() for ring in rings if len(ring) == 1}
    lines = [encoded(simplified(arcs[arc], closed=arc in closed)) for arc in sorted(used)]
    countries = {
        code: {"label": labels[code], "rings": [[renumbered(arc, numbers) for arc in ring] for ring in rings]}
        for code, rings in kept.items()
    }
    return {
        "about": "Land and borders: Natural Earth 1:50m (public domain), simplified by docs/make_world.py. Borders imply no endorsement.",
        "units": UNITS,
        "arcs": lines,
        "borders": [numbers[arc] for arc in sorted(used) if used[arc] > 1],
        "countries": countries,
        "names": {code: name for code, name in names.items() if len(code) == 2},
    }


def abs_(arc: int) -> int:
    """The number of an arc, whichever way it is walked."""
    return arc if arc >= 0 else ~arc


def renumbered(arc: int, numbers: dict[int, int]) -> int:
    """The new number of an arc; a complement stays one."""
    return numbers[arc] if arc >= 0 else ~numbers[~arc]


def code_of(geometry: dict[str, Any]) -> str:
    """ISO 3166-1 alpha-2, or the name where there is none."""
    name = geometry["properties"]["name"]
    found = get_global("territory_aliases").get(geometry.get("id", ""), [])
    return WITHOUT_CODE.get(name) or (found[0] if found else name)


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """Every arc in degrees: TopoJSON keeps differences of whole numbers."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each a list of rings of arcs."""
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def points(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring's points; a complement is an arc walked backwards."""
    return [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]


def area(ring: list[int], arcs: list[list[Point]]) -> float:
    """Signed, in square degrees."""
    line = points(ring, arcs)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*line, line[0]])) / 2


def unrolled(line: list[Point]) -> list[Point]:
    """`line` without a leap at the date line: it runs on beyond 180 degrees."""
    found = [line[0]]
    for x, y in line[1:]:
        found.append((x - 360 * round((x - found[-1][0]) / 360), y))
    return found


def label(line: list[Point]) -> list[float]:
    """Where a country's name may stand, and how wide the country is there: x, y, width in degrees."""
    best = (0.0, 0.0, 0.0)
    low, high = min(y for _, y in line), max(y for _, y in line)
    for step in range(1, 24):
        y = low + (high - low) * step / 24
        cuts = sorted(
            x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in pairwise([*line, line[0]])
            if (y1 <= y) != (y2 <= y)
        )
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            middle = 1 - abs(step - 12) / 24  # rather near the middle than at the rim
            if (right - left) * middle > best[2] * 1.0001:
                best = ((left + right) / 2, y, (right - left) * middle)
    return [round(value, 2) for value in best]


def simplified(line: list[Point], *, closed: bool) -> list[Point]:
    """`line` without the points that span less than the smallest area; its ends stay, and four points of a ring."""
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    spans = [span(line, i - 1, i, i + 1) if 0 < i < len(line) - 1 else math.inf for i in range(len(line))]
    heap = [(size, i) for i, size in enumerate(spans) if size < math.inf]
    heapq.heapify(heap)
    left, least = len(line), 5 if closed else 2
    while heap and left > least:
        size, i = heapq.heappop(heap)
        if size != spans[i]:
            continue
        if size >= SMALLEST_AREA:
            break
        spans[i], left = -1.0, left - 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if 0 < j < len(line) - 1:
                spans[j] = max(size, span(line, before[j], j, after[j]))
                heapq.heappush(heap, (spans[j], j))
    return [point for point, size in zip(line, spans, strict=True) if size >= 0]


def span(line: list[Point], a: int, b: int, c: int) -> float:
    """The area of a triangle in square degrees, as it is seen on the ground."""
    (x1, y1), (x2, y2), (x3, y3) = line[a], line[b], line[c]
    return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2 * math.cos(math.radians(y2))


def encoded(line: list[Point]) -> str:
    """Start and differences in whole steps, y downwards: ``"9000 2500 3 -4 …"``."""
    steps = [(round((x + 180) * UNITS), round((90 - y) * UNITS)) for x, y in line]
    moves = [steps[0], *((x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(steps) if (x1, y1) != (x2, y2))]
    return " ".join(f"{dx} {dy}" for dx, dy in moves)


if __name__ == "__main__":
    main()
