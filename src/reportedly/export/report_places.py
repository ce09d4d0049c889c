"""Where an incident is drawn, and how exactly that is known. A place that is not exact is never a point."""

from __future__ import annotations

from typing import Literal

import msgspec

from reportedly.export.evidence import inert
from reportedly.export.phrases import PLACE_PRECISION
from reportedly.export.report_world import country_name
from reportedly.records import Place

SpotKind = Literal["point", "area", "country", "elsewhere", "none"]
"""point: an exact place · area: somewhere within a disc · country: known no better than the country · elsewhere: named, but on no map
or at sea · none: no place is known."""
RADIUS_KM = {2: 25, 3: 50, 4: 120, 5: 200}
"""The disc that stands for a place, by ``where_prec``: within 25 km as the code says; the others are typical sizes of a district, a
province and a vague region, drawn for scale and no boundary."""


class Spot(msgspec.Struct, frozen=True):
    """A place of the map or of the lists beside it; incidents of equal `key` share it."""

    key: str
    kind: SpotKind
    name: str
    """With its precision in words."""
    lat: float | None = None
    lon: float | None = None
    radius_km: int = 0
    country: str | None = None


def spot(place: Place | None) -> Spot:
    """Where the map shows `place`."""
    if place is None:
        return Spot(key="none", kind="none", name="no place known")
    if place.where_prec in (1, *RADIUS_KM) and place.lat is not None and place.lon is not None:
        return Spot(
            key=f"{place.lat:.3f},{place.lon:.3f},{place.where_prec}",
            kind="point" if place.where_prec == 1 else "area",
            name=f"{named(place)} ({PLACE_PRECISION[place.where_prec]})",
            lat=place.lat,
            lon=place.lon,
            radius_km=RADIUS_KM.get(place.where_prec, 0),
            country=place.country,
        )
    if place.country and place.where_prec != 7:
        name = inert(country_name(place.country))
        return Spot(key=f"country:{inert(place.country)}", kind="country", name=name, country=place.country)
    where = "at sea or in the air" if place.where_prec == 7 else "not on the map"
    return Spot(key=f"elsewhere:{inert(place.name)}", kind="elsewhere", name=f"{inert(place.name)} ({where})")


def named(place: Place) -> str:
    """*Maradi, Maradi Region, Niger*."""
    country = country_name(place.country) if place.country else None
    parts = [inert(part) for part in (place.name, place.admin1, country) if part]
    return ", ".join(dict.fromkeys(parts))
