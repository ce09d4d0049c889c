"""Incidents for a map: one RFC 7946 FeatureCollection, written feature by feature, a line each.

A point is only as exact as its properties say (`exact`, `where_prec`, `radius_km`); an incident without coordinates has a null
geometry. Longitude stands before latitude, WGS84.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from reportedly.entries import Dossier
from reportedly.export.columns import shape
from reportedly.export.tables import incident_row
from reportedly.export.written import Resource, Written


def write(folder: Path, dossiers: Iterable[Dossier]) -> Written:
    """Writes ``incidents.geojson`` into `folder`."""
    path, table = folder / "incidents.geojson", shape("incidents")
    rows = nowhere = 0
    with path.open("xb") as stream:
        stream.write(b'{"type":"FeatureCollection","features":[')
        for dossier in dossiers:
            made = feature(dossier)
            nowhere += made["geometry"] is None
            stream.write((b",\n" if rows else b"\n") + msgspec.json.encode(made))
            rows += 1
        stream.write(b"\n]}\n")
    file = Resource(path=path.name, shape=table, rows=rows, format="geojson", media_type="application/geo+json")
    notes = [f"{nowhere} of {rows} incidents have no coordinates: their geometry is null"] if nowhere else []
    return Written(resources=(file,), notes=tuple(notes))


def feature(dossier: Dossier) -> dict[str, Any]:
    """The incident as a GeoJSON feature; its properties are the columns of the incidents table."""
    names = (column.name for column in shape("incidents").columns)
    properties = dict(zip(names, incident_row(dossier), strict=True))
    lat, lon = properties["lat"], properties["lon"]
    return {
        "type": "Feature",
        "id": properties["incident_id"],
        "geometry": None if lat is None or lon is None else {"type": "Point", "coordinates": (lon, lat)},
        "properties": properties,
    }
