"""GeoJSON: opened by GeoPandas it is what went in; a vague place is never an exact point."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import pytest
from typed_dossiers import hostile, made, town

from evals.generated import dossiers
from reportedly.export.columns import shape
from reportedly.export.geojson import feature, write
from reportedly.export.tables import incident_row


def written(folder: Path, answer: list[Any]) -> dict[str, Any]:
    write(folder, answer)
    found: dict[str, Any] = json.loads((folder / "incidents.geojson").read_text("utf-8"))
    return found


def test_every_incident_is_a_feature_with_all_its_columns(tmp_path: Path) -> None:
    """The properties are the columns of the incidents table, hostile texts as they were; it is RFC 7946."""
    every = [*hostile(), *dossiers(6)]
    found = written(tmp_path, every)
    assert found["type"] == "FeatureCollection" and "crs" not in found
    names = [column.name for column in shape("incidents").columns]
    for read, dossier in zip(found["features"], every, strict=True):
        wanted = [list(value) if isinstance(value, tuple) else value for value in incident_row(dossier)]
        assert list(read["properties"]) == names and list(read["properties"].values()) == wanted
        assert read["id"] == dossier.incident.incident_id


def test_geopandas_reads_what_went_in(tmp_path: Path) -> None:
    """As many points as places, longitude on the x axis, WGS84; what has no place is there without a point."""
    answer = [made(), made(place=town(4)), made(place=None)]
    written(tmp_path, answer)
    found = geopandas.read_file(tmp_path / "incidents.geojson")
    assert found.crs.to_epsg() == 4326
    assert [(point.x, point.y) if point else None for point in found.geometry] == [(2.5, 13.25), (2.5, 13.25), None]
    assert found["title"].tolist() == [dossier.incident.title for dossier in answer]


@pytest.mark.parametrize(("where_prec", "exact"), [(1, True), (2, False), (4, False), (6, False), (7, False)])
def test_a_vague_place_says_so(where_prec: int, exact: bool) -> None:
    """`exact` is true for an exact place only, and the radius grows with the vagueness."""
    properties = feature(made(place=town(where_prec)))["properties"]
    assert properties["exact"] is exact and properties["where_prec"] == where_prec
    assert (properties["radius_km"] is None) == (where_prec == 7)


@pytest.mark.parametrize("lon", [-180.0, 180.0, 179.99])
def test_the_date_line_is_no_edge(lon: float) -> None:
    """A point on the date line keeps its longitude."""
    assert feature(made(place=town(lon=lon)))["geometry"]["coordinates"] == (lon, 13.25)


@pytest.mark.parametrize("values", [{"lat": None}, {"lon": None}, {"lat": 91.0}, {"lon": -181.0}])
def test_what_is_not_on_the_map_has_no_geometry(values: dict[str, float | None]) -> None:
    """Half a pair of coordinates, or one off the map, is no point."""
    assert feature(made(place=town(**values)))["geometry"] is None


def test_an_empty_answer_is_an_empty_collection(tmp_path: Path) -> None:
    """No incident, no feature, and a file that is read all the same."""
    assert written(tmp_path, [])["features"] == []
    assert len(geopandas.read_file(tmp_path / "incidents.geojson")) == 0
