"""The map of a report: drawn once by Python for whoever has no script, then handled by the page's own.

Exact places are dots. A place known less exactly is a translucent disc with a dashed rim, as wide as the place is vague; an incident
of which only the country is known is no mark at all but a hatched country and an entry of the tray.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from reportedly.entries import Incident
from reportedly.export import phrases
from reportedly.export.report_facts import LOOKS, contested, look, text
from reportedly.export.report_places import Spot, spot
from reportedly.export.report_world import KM_PER_DEGREE, UNITS, border_path, country_path, land_path, world, x_of, y_of
from reportedly.records import Json

ASPECT = 1.5
"""Width by height of the map as Python draws it; a browser may show more."""
PIXELS = 640
"""The width for which Python sizes dots and names."""
SMALLEST_DISC = 7
"""Pixels: a disc is never drawn smaller, or it would look like a point."""
WHOLE = (-130.0, -50.0, 160.0, 70.0)
_STRONGEST = ("done", "stopped", "ahead", "denied")

Spots = Mapping[Spot, Sequence[Incident]]


def spots(incidents: Sequence[Incident]) -> dict[Spot, list[Incident]]:
    """Incidents by place; a place of many incidents comes before one of few, so that the small one is drawn on top."""
    found: dict[str, tuple[Spot, list[Incident]]] = {}
    for incident in incidents:
        where = spot(incident.place)
        found.setdefault(where.key, (where, []))[1].append(incident)
    ordered = sorted(found.values(), key=lambda pair: (-pair[0].radius_km, -len(pair[1]), pair[0].key))
    return dict(ordered)


def squeeze(found: Spots) -> float:
    """How much a degree of longitude is narrower than one of latitude in the middle of what is drawn (the standard parallel)."""
    _, south, _, north = bounds(found)
    return round(math.cos(math.radians(max(-65.0, min(65.0, (south + north) / 2)))), 4)


def bounds(found: Spots) -> tuple[float, float, float, float]:
    """West, south, east, north of what is drawn, with a margin; nearly the whole world where nothing is."""
    edges: list[tuple[float, float, float, float]] = []
    for where in found:
        if where.lat is not None and where.lon is not None:
            wide = where.radius_km / KM_PER_DEGREE
            edges.append((where.lon - wide, where.lat - wide, where.lon + wide, where.lat + wide))
        elif where.kind == "country" and where.country in world().countries:
            lon, lat, width = world().countries[where.country].label
            edges.append((lon - width / 2, lat - width / 3, lon + width / 2, lat + width / 3))
    if not edges:
        return WHOLE
    west, south = min(edge[0] for edge in edges), min(edge[1] for edge in edges)
    east, north = max(edge[2] for edge in edges), max(edge[3] for edge in edges)
    margin = max(1.5, (east - west) * 0.08, (north - south) * 0.08)
    return (west - margin, south - margin, east + margin, north + margin)


def view(found: Spots) -> tuple[float, float, float, float]:
    """The part of the map that is shown at first: x, y, width, height in map units."""
    west, south, east, north = bounds(found)
    k = squeeze(found)
    width, height = max(6.0, east - west) * UNITS * k, max(4.0, north - south) * UNITS
    wide, high = max(width, height * ASPECT), max(height, width / ASPECT)
    x, y = x_of((west + east) / 2) * k - wide / 2, y_of((south + north) / 2) - high / 2
    return (round(x, 1), round(y, 1), round(wide, 1), round(high, 1))


def facts(found: Spots) -> dict[str, Json]:
    """What the page's script must know to move the map."""
    places: dict[str, Json] = {
        where.key: {"kind": where.kind, "name": where.name, "lat": where.lat, "lon": where.lon, "km": where.radius_km}
        for where in found
    }
    return {
        "view": list(view(found)),
        "squeeze": squeeze(found),
        "units": UNITS,
        "smallest": SMALLEST_DISC,
        "places": places,
    }


def drawing(found: Spots) -> str:
    """The map as SVG."""
    k = squeeze(found)
    box = view(found)
    scale = box[2] / PIXELS
    hatched = [where for where in found if where.kind == "country" and where.country]
    return "\n".join(
        [
            f'<svg id="map" viewBox="{" ".join(f"{value:g}" for value in box)}" role="group" tabindex="0" '
            'aria-label="Map of the incidents. Arrow keys move it, plus and minus zoom, 0 shows all; Tab leads to the places.">',
            f'<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="scale({scale:.3f}) rotate(45)">'
            '<path class="line" d="M4 0V8"/></pattern></defs>',
            f'<g id="ground" transform="scale({k} 1)"><path class="land" d="{land_path()}"/>',
            *(_hatched(where) for where in hatched),
            f'<path class="borders" d="{border_path()}"/></g>',
            '<g id="names" aria-hidden="true">',
            *_names(k, box, scale),
            "</g>",
            '<g id="spots">',
            *(_spot(where, members, k, scale) for where, members in found.items() if where.lat is not None),
            "</g>",
            '<rect id="frame" class="frame" hidden="" width="0" height="0"/>',
            "</svg>",
        ]
    )


def _hatched(where: Spot) -> str:
    path = country_path(where.country or "")
    return f'<path class="only" data-place="{text(where.key)}" fill="url(#hatch)" d="{path}"/>' if path else ""


def _names(k: float, box: tuple[float, float, float, float], scale: float) -> Iterator[str]:
    for code, country in world().countries.items():
        lon, lat, width = country.label
        x, y, room = x_of(lon) * k, y_of(lat), width * UNITS * k
        name = world().names.get(code, code)
        hidden = "" if room / scale > 6.2 * len(name) else ' hidden=""'
        yield (
            f'<text data-x="{x:.0f}" data-y="{y:.0f}" data-room="{room:.0f}" transform="translate({x:.0f} {y:.0f}) scale({scale:.3f})"'
            f"{hidden}>{text(name)}</text>"
        )


def size(number: int) -> float:
    """The radius of a dot for so many incidents, in pixels: its area grows with them."""
    return round(min(18.0, 4.5 + 2.2 * math.sqrt(number - 1)), 1)


def _spot(where: Spot, members: Sequence[Incident], k: float, scale: float) -> str:
    assert where.lat is not None and where.lon is not None
    x, y = x_of(where.lon) * k, y_of(where.lat)
    looks = {look(incident) for incident in members}
    drawn = next(kind for kind in _STRONGEST if kind in looks)
    disputed = " x" if any(contested(incident) for incident in members) else ""
    label = f"{where.name}: {phrases.counted(len(members), 'incident')}, {', '.join(LOOKS[one] for one in _STRONGEST if one in looks)}"
    radius, disc = size(len(members)), ""
    if where.kind == "area":
        high = max(where.radius_km / KM_PER_DEGREE * UNITS, SMALLEST_DISC * scale)
        wide = max(high * k / max(0.1, math.cos(math.radians(where.lat))), SMALLEST_DISC * scale)
        disc = f'<ellipse class="disc" cx="{x:.2f}" cy="{y:.2f}" rx="{wide:.2f}" ry="{high:.2f}"/>'
    return (
        f'<g class="spot {where.kind} {drawn}{disputed}" data-place="{text(where.key)}"><title>{text(label)}</title>{disc}'
        f'<g class="pin" transform="translate({x:.2f} {y:.2f}) scale({scale:.4f})">'
        f'<circle class="ring" r="{radius + 3.5}"/><circle class="dot" r="{radius}"/><use class="cut" href="#cut-{drawn}"/>'
        f"<text>{len(members) if len(members) > 1 else ''}</text></g></g>"
    )


def tray(found: Spots) -> str:
    """Incidents that are on no point of the map, each group reachable: by country, at sea or off the map, without a place."""
    entries = []
    for kind, mark in (("country", "hatched"), ("elsewhere", ""), ("none", "")):
        for where, members in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].name)):
            if where.kind == kind:
                swatch = '<span class="swatch" aria-hidden="true"></span>' if mark else ""
                entries.append(
                    f'<li data-place="{text(where.key)}">{swatch}<span class="n">{text(where.name)}</span> <b>{len(members)}</b></li>'
                )
    if not entries:
        return ""
    return f'<div class="tray"><h3>Not on a point: country only, or no place</h3><ul>{"".join(entries)}</ul></div>'


def table(found: Spots) -> str:
    """The map as a table."""
    rows = "".join(
        f'<tr data-place="{text(where.key)}"><th scope="row" dir="auto">{text(where.name)}</th><td>{len(members)}</td></tr>'
        for where, members in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].name))
    )
    return (
        '<details class="table"><summary>The map as a table</summary><table><thead><tr><th scope="col">Place</th>'
        f'<th scope="col">Incidents</th></tr></thead><tbody id="places">{rows}</tbody></table></details>'
    )
