"""What the shapes of other data sets ask of an incident: who did it to whom, on which day, how many died."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from reportedly.entries import Dossier, Incident, Range, Testimony
from reportedly.export.columns import Country, countries
from reportedly.records import Actor, QuantityKind, Recipient, RecipientKind

HAPPENED = ("accomplished", "ongoing")
"""The stages of what came about."""
CONFIDENCES = ("reported_as_fact", "claimed_or_admitted", "accused_by_authorities", "accused", "possible", "denied")
"""Strongest first."""
_JOINING = frozenset({"on", "in", "of", "from", "with", "who", "near", "at"})
"""After a name they begin what tells it more fully."""
PEOPLE: frozenset[RecipientKind] = frozenset({"civilians", "military", "police", "government", "armed_group", "person"})
"""Kinds of recipients that are persons or bodies of persons."""


class Party(NamedTuple):
    """Somebody on one side of an incident."""

    name: str
    canonical_id: str | None
    words: str
    kind: RecipientKind | None = None
    """Of a recipient."""
    mentions: tuple[str, ...] = ()
    """Every name and wording that the claims have for a recipient, each once."""

    @property
    def state(self) -> Country | None:
        """The country whose state, or whose army or police, it is."""
        kind, _, rest = (self.canonical_id or "").partition(":")
        return countries().get(rest.split("/")[0]) if kind in ("state", "country") else None

    @property
    def arm(self) -> str | None:
        """``military``, ``police`` … where it is an arm of a state."""
        return (self.canonical_id or "").partition("/")[2] or None if self.state else None

    @property
    def group(self) -> bool:
        """Whether it is a known group or the reports call it an armed group."""
        return (self.canonical_id or "").startswith("group:") or self.kind == "armed_group"


def left_out(incident: Incident, stages: Collection[str]) -> str | None:
    """Why an incident does not belong where only those of `stages` do: it is denied, or it got no further than …"""
    if incident.negated:
        return "denied"
    return None if incident.stage in stages else incident.stage


def actors(incident: Incident) -> tuple[Party, ...]:
    """Who did it, strongest confidence first; not those who are only on record as denied."""
    ranked = sorted(standing(incident), key=lambda actor: CONFIDENCES.index(actor.confidence))
    return tuple(Party(actor.name, actor.canonical_id, actor.mention.text) for actor in ranked)


def standing(incident: Incident) -> Iterator[Actor]:
    """The actors that are not only denied."""
    return (actor for actor in incident.actors if actor.confidence != "denied")


def recipients(dossier: Dossier) -> tuple[Party, ...]:
    """To whom it was done, in the incident's order, each with its kind as most claims have it."""
    found: dict[str, list[Recipient]] = {name: [] for name in dossier.incident.recipients}
    for testimony in affirmed(dossier):
        for whom in testimony.claim.event.recipients if testimony.claim.event else ():
            if (name := named(whom, dossier.incident.recipients)) is not None:
                found[name].append(whom)
    return tuple(_recipient(name, said) for name, said in found.items())


def named(whom: Recipient, names: Iterable[str]) -> str | None:
    """Which of an incident's `names` is a claim's recipient: an incident tells them without article and number, in the fullest words."""
    held = tuple(names)
    if whom.name in held:
        return whom.name
    words = _plain(whom.name)
    alike = (name for name in held if words and _alike(words, _plain(name)))
    return max(alike, key=len, default=None)


def _plain(name: str) -> list[str]:
    return [word.removesuffix("s") if len(word) > 4 else word for word in name.casefold().strip("\"'‘’“”").split()]


def _alike(one: list[str], other: list[str]) -> bool:
    """Whether the shorter ends the longer (the bus station, main bus station), or begins it before what tells it more fully."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    if not short or long[-len(short) :] == short:
        return bool(short)
    return long[: len(short)] == short and long[len(short)] in _JOINING


def _bare(words: list[str]) -> list[str]:
    """Without article and number before it; a number word is left, for a longer name may end in any case as a shorter one."""
    start = 0
    while start < len(words) and (words[start] in ("a", "an", "the") or not any(c.isalpha() for c in words[start])):
        start += 1
    return words[start:]


def affirmed(dossier: Dossier) -> Iterator[Testimony]:
    """The testimonies that say that it happened, or will."""
    for testimony in dossier.testimonies:
        if testimony.claim.factuality is None or testimony.claim.factuality.polarity == "affirmed":
            yield testimony


def count(dossier: Dossier, kind: QuantityKind) -> int | None:
    """The best number of `kind` in the latest report that gives one."""
    latest = None
    for testimony in affirmed(dossier):
        for number in testimony.claim.event.quantities if testimony.claim.event else ():
            if number.kind == kind and best(number) is not None:
                latest = best(number)
    return latest


def best(bounds: Range | object) -> int | None:
    """The best number, else the lowest; null where neither is known."""
    value = getattr(bounds, "best", None)
    found = value if value is not None else getattr(bounds, "low", None)
    return found if isinstance(found, int) else None


def span(incident: Incident) -> tuple[datetime.date, datetime.date] | None:
    """The first and last possible day; null where either is unknown."""
    date = incident.date
    if date is None or not date.resolved or date.start is None or date.end is None:
        return None
    try:
        return datetime.date.fromisoformat(date.start), datetime.date.fromisoformat(date.end)
    except ValueError:  # a date before the year 1 or of no calendar
        return None


def country(incident: Incident) -> Country | None:
    """The country of its place."""
    return countries().get(incident.place.country or "") if incident.place else None


def number(incident_id: str) -> int:
    """A number of up to 13 digits made of an identity, the same everywhere; exact in a spreadsheet and in R."""
    digest = incident_id.rpartition("-")[2]
    return int(digest, 16) % 10**13 if digest else 0


def line(incident: Incident) -> str:
    """The incident in a line, with what stands behind it."""
    claims, outlets = len(incident.claim_ids), incident.number_of_outlets
    return (
        f"{incident.title} ({claims} claim{'s' * (claims != 1)}, {outlets} outlet{'s' * (outlets != 1)}; "
        f"reportedly {incident.incident_id})"
    )


def articles(dossier: Dossier, *, reprints: bool = True) -> tuple[Testimony, ...]:
    """The first testimony of each article, in the order of publication."""
    first: dict[str, Testimony] = {}
    for testimony in dossier.testimonies:
        if reprints or testimony.reprint_of is None:
            first.setdefault(testimony.article.article_id, testimony)
    return tuple(first.values())


def joined(values: Iterable[str | None], separator: str = "; ") -> str | None:
    """The values that are known, each once; null where none is."""
    return separator.join(dict.fromkeys(value for value in values if value)) or None


def _recipient(name: str, said: list[Recipient]) -> Party:
    kinds = [whom.kind for whom in said if whom.kind != "unknown"]
    kind = max(kinds, key=kinds.count, default=None)
    identity = next((whom.canonical_id for whom in said if whom.canonical_id), None)
    told = tuple(dict.fromkeys([name, *(words for whom in said for words in (whom.name, whom.mention.text))]))
    return Party(name, identity, said[0].mention.text if said else name, kind, told)
