"""The columns of the Global Terrorism Database. Every rule stands in ``export_gtd.toml``; here it is carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportedly.entries import Dossier, Incident
from reportedly.export import facts, foreign
from reportedly.export.acts import coded
from reportedly.export.arms import arms
from reportedly.export.columns import Shape, countries
from reportedly.export.tables import on_the_map
from reportedly.export.targets import Target, targets
from reportedly.export.written import Written

_SURE = ("reported_as_fact", "claimed_or_admitted")
_TAKEN = ("kidnapping", "hostage_taking")


def write(folder: Path, dossiers: Iterable[Dossier], *, excel: bool = False) -> Written:
    """Writes ``gtd.csv`` into `folder`; events are numbered within their day in the order of `dossiers`."""
    seen = Counter[str]()

    def numbered(dossier: Dossier, shape: Shape) -> Mapping[str, Any] | str:
        values = fill(dossier, shape)
        if isinstance(values, str):
            return values
        day = f"{values['iyear']:04}{values['imonth']:02}{values['iday']:02}"
        seen[day] += 1
        return {"eventid": int(f"{day}{seen[day]:04}"), **values}

    return foreign.write(folder, dossiers, "gtd", numbered, excel=excel)


def fill(dossier: Dossier, shape: Shape) -> Mapping[str, Any] | str:
    """The row of an incident without its number, or why GTD would have none."""
    incident = dossier.incident
    code = coded(dossier)
    if not code.gtd:
        return "no type of attack in GTD"
    if reason := facts.left_out(incident, (*facts.HAPPENED, "attempted")):
        return reason
    doers = facts.actors(incident)
    if doers and doers[0].state:
        return "done by a state"
    if facts.span(incident) is None:
        return "undated"
    return {
        **_days(incident),
        **_place(incident, shape),
        "summary": facts.line(incident),
        "doubtterr": 1,
        "success": int(incident.stage in facts.HAPPENED),
        "suicide": int(_suicide(dossier)),
        "attacktype1": code.gtd_number,
        "attacktype1_txt": code.gtd,
        **_targets(targets(dossier)),
        **_groups(dossier),
        **_weapons(dossier),
        "nperps": facts.count(dossier, "attackers"),
        "nkill": facts.best(incident.killed),
        "nwound": facts.best(incident.wounded),
        **_damage(targets(dossier)),
        "ishostkid": 1 if incident.event_type in _TAKEN else None,
        "nhostkid": facts.count(dossier, "kidnapped"),
        "addnotes": _notes(incident, targets(dossier)),
        **_cited(dossier),
        "dbsource": "reportedly",
    }


def _days(incident: Incident) -> dict[str, Any]:
    days = facts.span(incident)
    assert days is not None and incident.date is not None
    first, last = days
    month = first.month if (first.year, first.month) == (last.year, last.month) else 0
    return {
        "iyear": first.year,
        "imonth": month,
        "iday": first.day if first == last else 0,
        "approxdate": None if first == last else incident.date.mention.text,
    }


def _place(incident: Incident, shape: Shape) -> dict[str, Any]:
    place, country = incident.place, facts.country(incident)
    near = place.where_prec if place else 9
    shown = place is not None and on_the_map(place) and near <= 4
    return {
        "country": country.gtd_number if country else None,
        "country_txt": (country.gtd_name or country.name) if country else None,
        "region": country.gtd_region if country else None,
        "region_txt": country.gtd_region_txt if country else None,
        "provstate": place.admin1 if place else None,
        "city": place.name if place and near <= 2 else None,
        "latitude": place.lat if place and shown else None,
        "longitude": place.lon if place and shown else None,
        "specificity": int(shape.maps["specificity"][str(near) if shown else "7"]) if place else None,
        "vicinity": {1: 0, 2: 1}.get(near),
        "location": place.mention.text if place else None,
    }


def _suicide(dossier: Dossier) -> bool:
    kinds = {t.claim.event.event_type for t in facts.affirmed(dossier) if t.claim.event}
    return "suicide_bombing" in {dossier.incident.event_type, *kinds}


def _targets(harmed: Sequence[Target]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place in range(1, 4):
        target = harmed[place - 1] if place <= len(harmed) else None
        nation = countries().get(target.country or "") if target else None
        found |= {
            f"targtype{place}": target.gtd if target else None,
            f"targtype{place}_txt": target.gtd_txt if target else None,
            f"targsubtype{place}": target.subtype if target else None,
            f"targsubtype{place}_txt": target.subtype_txt if target else None,
            f"target{place}": target.party.name if target else None,
            f"natlty{place}": nation.gtd_number if nation else None,
            f"natlty{place}_txt": (nation.gtd_name or nation.name) if nation else None,
        }
    return found


def _damage(harmed: Sequence[Target]) -> dict[str, Any]:
    damaged = [target.party.name for target in harmed if target.effect == "damaged"]
    return {"property": 1 if damaged else None, "propcomment": facts.joined(damaged)}


def _notes(incident: Incident, harmed: Sequence[Target]) -> str:
    """Our lasting identity; and which nationalities are only those of the place."""
    placed = [f"natlty{n}" for n, target in enumerate(harmed[:3], start=1) if target.known_from == "place"]
    said = f"; {', '.join(placed)}: country of the place, no report gives another" if placed else ""
    return f"reportedly {incident.incident_id}{said}"


def _groups(dossier: Dossier) -> dict[str, Any]:
    incident = dossier.incident
    ranked = sorted(facts.standing(incident), key=lambda actor: facts.CONFIDENCES.index(actor.confidence))
    found: dict[str, Any] = {}
    for place in range(3):
        actor = ranked[place] if place < len(ranked) else None
        found["gname" if place == 0 else f"gname{place + 1}"] = actor.name if actor else None
        found[f"guncertain{place + 1}"] = int(actor.confidence not in _SURE) if actor else None
    claimed = any(t.claim.attribution.stance == "claims_responsibility" for t in facts.affirmed(dossier))
    claimed = claimed or any(actor.confidence == "claimed_or_admitted" for actor in ranked)
    return {**found, "gname": found["gname"] or "Unknown", "claimed": 1 if claimed else None}


def _weapons(dossier: Dossier) -> dict[str, Any]:
    kinds = arms(dossier)
    found: dict[str, Any] = {}
    for place in range(1, 5):
        arm = kinds[place - 1] if place <= len(kinds) else None
        found |= {
            f"weaptype{place}": arm.type if arm else None,
            f"weaptype{place}_txt": arm.type_txt if arm else None,
            f"weapsubtype{place}": arm.subtype if arm else None,
            f"weapsubtype{place}_txt": arm.subtype_txt if arm else None,
        }
    names = (weapon.name for t in facts.affirmed(dossier) if t.claim.event for weapon in t.claim.event.weapons)
    return {**found, "weapdetail": facts.joined(names)}


def _cited(dossier: Dossier) -> dict[str, str | None]:
    told = [testimony.article for testimony in facts.articles(dossier, reprints=False)]
    lines = [facts.joined((a.title, a.outlet, a.publication_date), ", ") for a in told[:3]]
    return {f"scite{place + 1}": lines[place] if place < len(lines) else None for place in range(3)}
