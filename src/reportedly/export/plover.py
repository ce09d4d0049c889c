"""PLOVER's words in the columns of POLECAT's files. Every rule stands in ``export_plover.toml``; here it is carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportedly.entries import Dossier, Incident
from reportedly.export import facts, foreign
from reportedly.export.acts import coded
from reportedly.export.columns import Shape, countries
from reportedly.export.facts import Party
from reportedly.export.tables import on_the_map
from reportedly.export.targets import Target, sort, targets
from reportedly.export.written import Written

_STAGES = (*facts.HAPPENED, "attempted", "threatened")
_BODIES = (*facts.PEOPLE, "organisation")


def write(folder: Path, dossiers: Iterable[Dossier]) -> Written:
    """Writes ``plover.tsv`` into `folder`."""
    return foreign.write(folder, dossiers, "plover", fill, delimiter="\t")


def fill(dossier: Dossier, shape: Shape) -> Mapping[str, Any] | str:
    """The row of an incident, or why PLOVER would have none."""
    incident = dossier.incident
    if reason := facts.left_out(incident, _STAGES):
        return reason
    code = coded(dossier)
    doer = next(iter(facts.actors(incident)), None)
    newest = max(dossier.testimonies, key=lambda t: t.recorded_at, default=None)
    return {
        "Event ID": incident.incident_id,
        "Event Date": incident.date.start if incident.date and incident.date.resolved else None,
        "Event Type": code.plover,
        "Event Mode": code.mode,
        "Quad Code": code.plover_quad,
        "Contexts": contexts(incident, shape),
        **_actor(doer, shape),
        **_recipient(targets(dossier)),
        **_place(incident),
        "Source": facts.joined(incident.outlets),
        "Publication Date": incident.first_reported,
        **_story(dossier),
        "Version": newest.origin.software if newest else "reportedly",
    }


def contexts(incident: Incident, table: Shape) -> str | None:
    """PLOVER's contexts: by the event type, and military where a state's forces did it."""
    doer = next(iter(facts.actors(incident)), None)
    own = table.maps["context"].get(incident.event_type)
    return facts.joined((own, "military" if doer and doer.arm == "military" else None))


def _actor(party: Party | None, shape: Shape) -> dict[str, str | None]:
    sector = None
    if party is not None and party.state is not None:
        sector = shape.maps["sector"].get(party.arm or "government", "GOV")
    elif party is not None:
        sector = "REB" if party.group else "IGO" if (party.canonical_id or "").startswith("igo:") else None
        said = sort(party) if sector is None else None
        sector = said.sector if said else sector
    return _columns("Actor", party, sector)


def _recipient(harmed: Sequence[Target]) -> dict[str, str | None]:
    target = next((each for each in harmed if each.party.kind in _BODIES), harmed[0] if harmed else None)
    found = _columns("Recipient", target.party if target else None, target.sector if target else None)
    if target is not None and target.country and target.known_from != "place":
        found["Recipient Country"] = countries()[target.country].iso3 if target.country in countries() else None
    return found


def _columns(side: str, party: Party | None, sector: str | None) -> dict[str, str | None]:
    return {
        f"{side} Name": party.name if party else None,
        f"{side} Country": party.state.iso3 if party and party.state else None,
        f"Primary {side} Sector": sector,
        f"{side} Sectors": sector,
        f"{side} Name Raw": party.words if party else None,
    }


def _place(incident: Incident) -> dict[str, Any]:
    place, country = incident.place, facts.country(incident)
    shown = on_the_map(place)
    return {
        "Placename": place.name if place else None,
        "City": place.name if place and place.where_prec <= 2 else None,
        "District": place.name if place and place.where_prec == 3 else None,
        "Province": place.admin1 if place else None,
        "Country": country.iso3 if country else None,
        "Latitude": place.lat if place and shown else None,
        "Longitude": place.lon if place and shown else None,
        "GeoNames ID": place.geonames_id if place else None,
        "Raw Placename": place.mention.text if place else None,
    }


def _story(dossier: Dossier) -> dict[str, str | None]:
    hops = [hop for testimony in dossier.testimonies for hop in testimony.claim.attribution.chain]
    places = [p.name for t in dossier.testimonies if t.claim.event for p in t.claim.event.places]
    return {
        "Story People": facts.joined(hop.name for hop in hops if hop.kind == "person" and not hop.anonymous),
        "Story Organizations": facts.joined(hop.name for hop in hops if hop.kind in ("organisation", "outlet")),
        "Story Locations": facts.joined(places),
        "Language": facts.joined(testimony.article.language for testimony in dossier.testimonies),
    }
