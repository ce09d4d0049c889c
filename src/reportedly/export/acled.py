"""The columns of ACLED's files. Every rule stands in ``export_acled.toml``; here it is carried out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportedly.entries import Dossier, Incident
from reportedly.export import facts, foreign
from reportedly.export.acts import Coded, coded
from reportedly.export.columns import Country, Shape
from reportedly.export.facts import Party
from reportedly.export.nations import countries_in
from reportedly.export.tables import last_recorded, on_the_map
from reportedly.export.targets import Target, sort, targets
from reportedly.export.written import Written

_ORDER = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
)
"""ACLED's types of actors, 1 to 8."""
_AT_CIVILIANS = ("Violence against civilians", "Explosions/Remote violence", "Riots")
"""Event types in which ACLED knows civilian targeting."""
_FOUND = ("bombing", "suicide_bombing")
"""Types that ACLED records as Disrupted weapons use where they were foiled."""
_STAGES = (*facts.HAPPENED, "attempted")


def write(folder: Path, dossiers: Iterable[Dossier], *, excel: bool = False) -> Written:
    """Writes ``acled.csv`` into `folder`."""
    return foreign.write(folder, dossiers, "acled", fill, excel=excel)


def fill(dossier: Dossier, shape: Shape) -> Mapping[str, Any] | str:
    """The row of an incident, or why ACLED would have none."""
    incident = dossier.incident
    stages = (*_STAGES, "foiled") if incident.event_type in _FOUND else _STAGES
    if reason := facts.left_out(incident, stages):
        return reason
    days, where = facts.span(incident), facts.country(incident)
    precision = shape.maps["time_precision"].get(str(incident.date.date_prec)) if incident.date else None
    if days is None or precision is None:
        return "undated, or vaguer than a month"
    if where is None or incident.place is None:
        return "in no known country"
    day = days[0] + datetime.timedelta(days=(days[1] - days[0]).days // 2)
    recorded, code = last_recorded(dossier), coded(dossier)
    return {
        "event_id_cnty": f"{where.iso3}{facts.number(incident.incident_id)}",
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": int(precision),
        "disorder_type": code.acled_disorder,
        "event_type": code.acled_event,
        "sub_event_type": code.acled,
        **_parties(dossier, where, shape, code),
        **_place(incident, where, shape),
        "source": facts.joined(incident.outlets),
        "notes": facts.line(incident),
        "fatalities": facts.best(incident.killed),
        "timestamp": int(datetime.datetime.fromisoformat(recorded).timestamp()) if recorded else None,
    }


def _parties(dossier: Dossier, where: Country, shape: Shape, code: Coded) -> dict[str, str | None]:
    incident = dossier.incident
    land = where.acled_name or where.name
    doers = facts.actors(incident)
    crowd = shape.maps["inter_by_type"].get(incident.event_type)
    every = targets(dossier)
    harmed = [target for target in every if target.party.kind in facts.PEOPLE]
    inter1 = crowd or (_inter(doers[0], where) if doers else None)
    inter2 = harmed[0].inter if harmed else None
    named = [f"Civilians ({land})" if target.party.kind == "civilians" else target.party.name for target in harmed]
    return {
        "actor1": doers[0].name if doers else f"{crowd} ({land})" if crowd else None,
        "assoc_actor_1": facts.joined(party.name for party in doers[1:]),
        "inter1": inter1,
        "actor2": named[0] if named else None,
        "assoc_actor_2": facts.joined(named[1:]),
        "inter2": inter2,
        "interaction": _interaction(inter1, inter2, bool(named)),
        "civilian_targeting": "Civilian targeting" if at_civilians(every, code) else None,
    }


def at_civilians(every: Sequence[Target], code: Coded) -> bool:
    """Whether ACLED would say that civilians were the main or only target."""
    people = [target.civilian for target in every if target.party.kind in facts.PEOPLE]
    return code.acled_event in _AT_CIVILIANS and "yes" in people and "no" not in people


def _inter(party: Party, where: Country) -> str | None:
    if party.state is not None:
        return "State forces" if party.state.iso2 == where.iso2 else "External/Other forces"
    if (party.canonical_id or "").startswith("igo:"):
        return "External/Other forces"
    said, lands = sort(party), countries_in(party.name)
    if party.group or said is None or said.inter != "State forces":
        return None
    return "State forces" if lands <= {where.iso2} else "External/Other forces"


def _interaction(one: str | None, other: str | None, two_sides: bool) -> str | None:
    if one is None or (two_sides and other is None):
        return None
    if other is None:
        return f"{one} only"
    return "-".join(sorted((one, other), key=_ORDER.index))


def _place(incident: Incident, where: Country, shape: Shape) -> dict[str, Any]:
    place = incident.place
    assert place is not None
    precision = shape.maps["geo_precision"].get(str(place.where_prec))
    shown = on_the_map(place)
    return {
        "iso": where.number,
        "region": where.acled_region,
        "country": where.acled_name or where.name,
        "admin1": place.admin1,
        "location": place.name,
        "latitude": place.lat if shown else None,
        "longitude": place.lon if shown else None,
        "geo_precision": int(precision) if precision else None,
    }
