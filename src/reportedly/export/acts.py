"""What four codebooks call an incident's act: CAMEO, PLOVER, ACLED and GTD. The rules are data (``export_acts.toml``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from reportedly.entries import Dossier, Incident
from reportedly.export import facts
from reportedly.export.arms import names
from reportedly.export.columns import codes, shape
from reportedly.lexicons import Lexicon, load

NONE = "-"
"""A row that says that no code is safe."""
_FIGHTERS = {"military", "police", "armed_group"}
"""Kinds of recipients that are no civilians to ACLED."""


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row: what it asks for, all of which must hold, and the codes that it then gives."""

    why: str
    types: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    only_named: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    fighters: bool = False
    harm: bool = False
    cameo: str | None = None
    plover: str | None = None
    mode: str | None = None
    acled: str | None = None
    gtd: str | None = None


class Acts(Lexicon, frozen=True, kw_only=True):
    """``export_acts.toml``."""

    rows: tuple[Act, ...]


class Coded(NamedTuple):
    """The act in the words of the codebooks; null where one has no code for it, or none is safe."""

    cameo: str | None
    plover: str | None
    mode: str | None
    """PLOVER's."""
    acled: str | None
    """ACLED's sub-event type."""
    acled_event: str | None
    acled_disorder: str | None
    gtd: str | None
    """GTD's attack type, in words."""

    @property
    def cameo_root(self) -> str | None:
        """The first two digits."""
        return self.cameo[:2] if self.cameo else None

    @property
    def quad(self) -> int | None:
        """CAMEO's quad class: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
        root = int(self.cameo[:2]) if self.cameo else None
        return None if root is None else 1 + sum(root > last for last in (5, 8, 13))

    @property
    def gtd_number(self) -> int | None:
        """GTD's number of the attack type."""
        return int(shape("gtd").maps["attacktype"][self.gtd]) if self.gtd else None

    @property
    def plover_quad(self) -> str | None:
        """Verbal or material, cooperation or conflict, by PLOVER's event type."""
        return shape("plover").maps["quad"].get(self.plover or "")


@lru_cache(maxsize=1)
def acts() -> tuple[Act, ...]:
    """The rows of ``export_acts.toml``, in order."""
    return load("export_acts", Acts).rows


def coded(dossier: Dossier) -> Coded:
    """The codes of an incident's act, however far it got: of a plan, those of the act that was planned."""
    incident = dossier.incident
    usual = codes()[incident.event_type]
    fitting = [row for row in acts() if _fits(row, dossier)]
    mode = shape("plover").maps["mode"].get(incident.event_type)
    sub = _territory(incident) if incident.event_type == "territory_change" else _first(fitting, "acled", usual.acled)
    acled = shape("acled").maps
    event = acled["event_type"].get(sub or "") or acled["event_type_by_act"].get(incident.event_type)
    return Coded(
        cameo=_first(fitting, "cameo", usual.cameo),
        plover=_first(fitting, "plover", usual.plover),
        mode=_first(fitting, "mode", mode),
        acled=sub,
        acled_event=event,
        acled_disorder=acled["disorder_type"].get(event or ""),
        gtd=_first(fitting, "gtd", usual.gtd),
    )


def _first(rows: Sequence[Act], codebook: str, usual: str | None) -> str | None:
    found = next((code for row in rows if (code := getattr(row, codebook)) is not None), usual)
    return None if found == NONE else found or None


def _fits(row: Act, dossier: Dossier) -> bool:
    incident = dossier.incident
    if (row.types and incident.event_type not in row.types) or (row.stages and incident.stage not in row.stages):
        return False
    if row.weapons and not (incident.weapons and {*incident.weapons} <= {*row.weapons}):
        return False
    if row.named or row.only_named:
        said = {name for found in names(dossier).values() for name in found}
        if (row.named and said.isdisjoint(row.named)) or (row.only_named and not (said and said <= {*row.only_named})):
            return False
    if row.words and not any(word.startswith(row.words) for word in _words(dossier)):
        return False
    return (not row.fighters or only_fighters(dossier)) and (not row.harm or _harm(incident))


def _words(dossier: Dossier) -> list[str]:
    """The words for the act in the claims of its type."""
    events = (testimony.claim.event for testimony in facts.affirmed(dossier))
    kind = dossier.incident.event_type
    return [event.trigger.text.casefold() for event in events if event and event.event_type == kind]


def only_fighters(dossier: Dossier) -> bool:
    """Whether it was done to persons, and all of them were armed."""
    kinds = {party.kind for party in facts.recipients(dossier) if party.kind in facts.PEOPLE}
    return bool(kinds) and kinds <= _FIGHTERS


def _harm(incident: Incident) -> bool:
    return bool(facts.best(incident.killed) or facts.best(incident.wounded))


def _territory(incident: Incident) -> str | None:
    """Who took a place decides; null where that is not known."""
    first = next(iter(facts.actors(incident)), None)
    if first is None or not (first.state or first.group):
        return None
    return "Government regains territory" if first.state is not None else "Non-state actor overtakes territory"
