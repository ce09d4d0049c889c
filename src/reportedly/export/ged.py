"""The columns of UCDP's Georeferenced Event Dataset. Every rule stands in ``export_ged.toml``; here it is carried out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportedly.entries import Dossier, Incident
from reportedly.export import facts, foreign
from reportedly.export.columns import Country, Shape
from reportedly.export.facts import Party
from reportedly.export.tables import on_the_map
from reportedly.export.written import Written

_CLASHES = ("armed_clash",)
"""Types in which the actors stand against each other."""


def write(folder: Path, dossiers: Iterable[Dossier], *, excel: bool = False) -> Written:
    """Writes ``ged.csv`` into `folder`."""
    return foreign.write(folder, dossiers, "ged", fill, excel=excel)


def fill(dossier: Dossier, _: Shape) -> Mapping[str, Any] | str:
    """The row of an incident, or why GED would have none."""
    incident = dossier.incident
    if incident.family not in ("violence", "operation"):
        return "no violence"
    if reason := facts.left_out(incident, facts.HAPPENED):
        return reason
    dead, days, where = facts.best(incident.killed), facts.span(incident), facts.country(incident)
    if not dead:
        return "no reported death"
    if days is None or incident.date is None or incident.date.date_prec is None:
        return "undated"
    if where is None:
        return "in no known country"
    return {
        "id": facts.number(incident.incident_id),
        "relid": incident.incident_id,
        "year": days[0].year,
        **_sides(dossier),
        **_sources(dossier),
        **_place(incident, where),
        "event_clarity": incident.event_clarity,
        "date_prec": incident.date.date_prec,
        "date_start": days[0].isoformat(),
        "date_end": days[1].isoformat(),
        "deaths_unknown": dead,
        "best": dead,
        "high": incident.killed.high,
        "low": incident.killed.low,
    }


def _sides(dossier: Dossier) -> dict[str, Any]:
    one, other, violence = _opposed(dossier)
    a, b = _name(one), "Civilians" if violence == 3 else _name(other)
    numbers = [party.state.gwno if party and party.state else None for party in (one, other)]
    return {
        "type_of_violence": violence,
        "side_a": a,
        "side_b": b,
        "dyad_name": f"{a} - {b}" if a and b else None,
        "gwnoa": numbers[0],
        "gwnob": numbers[1],
    }


def _opposed(dossier: Dossier) -> tuple[Party | None, Party | None, int | None]:
    """Side A, side B and UCDP's type of violence, each null where it is not known."""
    doers = facts.actors(dossier.incident)
    first = doers[0] if doers else None
    harmed = [party for party in facts.recipients(dossier) if party.kind in facts.PEOPLE]
    if first and harmed and all(party.kind == "civilians" for party in harmed):
        return first, None, 3 if _organised(first) else None
    second = _against(first, doers, harmed, clash=dossier.incident.event_type in _CLASHES)
    if first is None or second is None:
        return first, second, None
    if _state(second) and not _state(first):
        first, second = second, first
    if not (_organised(first) and _organised(second)):
        return first, second, None
    return first, second, 1 if _state(first) else 2


def _against(first: Party | None, doers: Sequence[Party], harmed: Sequence[Party], *, clash: bool) -> Party | None:
    sides = [*(doers[1:] if clash else ()), *(party for party in harmed if _organised(party))]
    return next((party for party in sides if first is None or party.name != first.name), None)


def _organised(party: Party) -> bool:
    return _state(party) or party.group


def _state(party: Party) -> bool:
    return party.state is not None or party.kind in ("military", "police", "government")


def _name(party: Party | None) -> str | None:
    if party is None or party.state is None:
        return party.name if party else None
    return f"Government of {party.state.ged_name or party.state.name}"


def _sources(dossier: Dossier) -> dict[str, Any]:
    told = [testimony.article for testimony in facts.articles(dossier)]
    lines = [
        ",".join(part or "" for part in (article.outlet, article.publication_date, article.title)).replace('"', "'")
        for article in told
    ]
    first = (hop[0].name for t in dossier.testimonies if (hop := t.claim.attribution.chain))
    return {
        "number_of_sources": max(dossier.incident.number_of_articles, 1),
        "source_article": ";".join(f'"{line}"' for line in lines) or None,
        "source_office": _list(article.outlet for article in told),
        "source_date": _list(article.publication_date for article in told),
        "source_headline": _list(article.title for article in told),
        "source_original": facts.joined(first),
    }


def _list(values: Iterable[str | None]) -> str | None:
    parts = [(value or "").replace(";", ",") for value in values]
    return ";".join(parts) if any(parts) else None


def _place(incident: Incident, where: Country) -> dict[str, Any]:
    place = incident.place
    assert place is not None
    lat, lon = (place.lat, place.lon) if on_the_map(place) else (None, None)
    return {
        "where_prec": place.where_prec,
        "where_coordinates": place.name,
        "where_description": place.mention.text,
        "adm_1": place.admin1,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})" if lat is not None else None,
        "priogrid_gid": cell(lat, lon) if lat is not None and lon is not None else None,
        "country": where.ged_name or where.name,
        "country_id": where.gwno,
        "region": where.ged_region,
    }


def cell(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point: half a degree wide and high, 720 in a row, counted from 180° W 90° S."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1
