"""How the values of a claim are put into words, for whatever is read by people: the table and the page."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.export.evidence import inert
from reportedly.records import Actor, Article, Claim, EventDate, Place, Quantity, Reading, Recipient, SourceHop, Weapon

DATE_PRECISION = {1: "day", 2: "within 2–6 days", 3: "week", 4: "month", 5: "more than a month"}
"""UCDP's five, in words."""
PLACE_PRECISION = {
    1: "exact place",
    2: "within 25 km",
    3: "district",
    4: "province",
    5: "vague region",
    6: "country",
    7: "international waters or airspace",
}
"""UCDP's seven, in words."""


def plain(name: str) -> str:
    """A code of the codebook as people write it: ``air_strike`` is *air strike*."""
    return name.replace("_", " ")


def counted(number: int, one: str) -> str:
    """*1 claim*, *2 claims*."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def outlet(article: Article) -> str:
    """Who published it, or what the file or address is called."""
    return inert(article.outlet or article.url or "the report")


def title(article: Article) -> str:
    """Its headline, or else its first words."""
    headline = next((article.text[b.start : b.end] for b in article.blocks if b.kind == "headline"), article.title)
    words = headline or article.text[:80]
    return inert(" ".join(words.split())) or "(no title)"


def hop(station: SourceHop) -> str:
    """One station of a chain: its fullest name, and what it is."""
    notes = []
    if station.role and station.role.casefold() not in station.name.casefold():
        notes.append(inert(station.role))
    if station.anonymous:
        notes.append("unnamed")
    return inert(station.name) + (f" ({', '.join(notes)})" if notes else "")


def chain(claim: Claim, article: Article) -> str:
    """Who says it → through whom."""
    if not claim.attribution.chain:
        return f"{outlet(article)} (own voice)"
    return " → ".join(hop(station) for station in claim.attribution.chain)


def doubts(claim: Claim, reading: Reading) -> list[str]:
    """*doubtful: stance*, where the reader is not sure of its own value."""
    fields = [plain(field.rsplit(".", 1)[-1]) for field in reading.doubts(claim)]
    return [f"doubtful: {', '.join(fields)}"] if fields else []


def factuality(claim: Claim) -> list[str]:
    """How far it got, then what limits that: *negated*, *possible*."""
    if claim.factuality is None:
        return []
    words = [plain(claim.factuality.stage)]
    if claim.factuality.polarity == "negated":
        words.append("negated")
    if claim.factuality.certainty != "certain":
        words.append({"unknown": "certainty unknown"}.get(claim.factuality.certainty, claim.factuality.certainty))
    return words


def actor(who: Actor) -> str:
    """*Red Front (accused)*; a plain fact needs no word."""
    said = "" if who.confidence == "reported_as_fact" else f" ({plain(who.confidence)})"
    return inert(who.name) + said


def recipient(whom: Recipient) -> str:
    """*a bus (vehicle)*."""
    same = whom.kind in ("unknown", "person") or whom.kind.replace("_", " ") in whom.name.casefold()
    return inert(whom.name) + ("" if same else f" ({plain(whom.kind)})")


def weapon(used: Weapon) -> str:
    """*car bomb (explosive)*."""
    return inert(used.name) + ("" if used.category == used.name.casefold() else f" ({used.category})")


def how_exact(where: Place) -> str:
    """*exact place*, *within 25 km*; an exact place without coordinates is *on no map of ours*."""
    if where.lat is None and where.where_prec <= 2:
        return "on no map of ours"
    return PLACE_PRECISION.get(where.where_prec, f"precision {where.where_prec}")


def place(where: Place) -> str:
    """*Maradi, NE (exact place)*."""
    parts = [where.name]
    parts += [part for part in (where.admin1, where.country) if part and part.casefold() != where.name.casefold()]
    notes = {"site": [], "other": ["mentioned"]}.get(where.role, [where.role])
    notes = [*notes, how_exact(where)]
    return f"{inert(', '.join(parts))} ({', '.join(notes)})"


def date(when: EventDate) -> str:
    """*February 2016 (month)*, *2016-02-03 (day)*; unresolved: the words, and that they are unresolved."""
    if not when.resolved or (when.start is None and when.end is None):
        return f"“{inert(when.mention.text)}” (unresolved)"
    note = DATE_PRECISION.get(when.date_prec or 0, "precision unknown")
    return f"{_days(when.start, when.end)} ({note})"


def _days(first: str | None, last: str | None) -> str:
    if first == last and first is not None:
        return first
    if first is None or last is None:
        return f"until {last}" if first is None else f"from {first}"
    try:
        start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    except ValueError:
        return inert(f"{first} – {last}")
    if start.day == 1 and (end.year, end.month) == (start.year, start.month):
        if end.day == calendar.monthrange(end.year, end.month)[1]:
            return f"{calendar.month_name[start.month]} {start.year}"
    elif (start.month, start.day, end.month, end.day, end.year) == (1, 1, 12, 31, start.year):
        return str(start.year)
    return f"{first} – {last}"


def number(many: Quantity) -> str:
    """*≥ 12*, *14–40*, *about 300*."""
    best = many.best if many.best is not None else (many.low if many.low is not None else many.high)
    if many.qualifier == "at_least" and many.low is not None:
        return f"≥ {many.low:,}"
    if many.qualifier == "at_most" and many.high is not None:
        return f"≤ {many.high:,}"
    if many.low is not None and many.high is not None and many.low != many.high:
        return f"{many.low:,}–{many.high:,}"
    if best is None:
        return "unknown"
    return f"about {best:,}" if many.qualifier in ("about", "range") else f"{best:,}"


def quantity(many: Quantity) -> str:
    """*killed ≥ 12 soldiers*."""
    kind = "" if many.kind == "other" else f"{many.kind} "
    return f"{kind}{number(many)}" + (f" {inert(many.of)}" if many.of else "")


def details(claim: Claim) -> list[tuple[str, str]]:
    """What is known of the event, label and words, in the order in which an analyst asks."""
    event = claim.event
    if event is None:
        return []
    found = [
        ("by", "; ".join(actor(who) for who in event.actors)),
        ("against", "; ".join(recipient(whom) for whom in event.recipients)),
        ("with", "; ".join(weapon(used) for used in event.weapons)),
        ("where", "; ".join(place(where) for where in event.places)),
        ("when", date(event.date) if event.date is not None else ""),
        ("how many", "; ".join(quantity(many) for many in event.quantities)),
    ]
    return [(label, words) for label, words in found if words]


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one article about one incident, each with its number in the reading."""

    incident_id: str | None
    claims: tuple[tuple[int, Claim], ...]


def groups(claims: Sequence[Claim]) -> list[Group]:
    """Claims by incident, in the order in which the article first speaks of each; statements about none come last.

    Claims are numbered in that order, from 1."""
    by_incident: dict[str | None, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: (c.event is None, c.sentence.start)):
        by_incident.setdefault(claim.incident_id if claim.event is not None else None, []).append(claim)
    ordered = sorted(by_incident.items(), key=lambda item: item[1][0].event is None)
    found, next_number = [], 1
    for incident_id, members in ordered:
        found.append(Group(incident_id, tuple(enumerate(members, start=next_number))))
        next_number += len(members)
    return found


def _commonest(values: Iterable[str]) -> str | None:
    ranked = Counter(values).most_common(1)
    return ranked[0][0] if ranked else None


def headline(group: Group) -> str:
    """An incident in a line: the kind of act said most often, the most exact site, the most exact date."""
    events = [claim.event for _, claim in group.claims if claim.event is not None]
    if not events:
        return "Other statements"
    kind = _commonest(event.event_type for event in events) or ""
    sites = sorted((p for e in events for p in e.places if p.role == "site"), key=lambda p: p.where_prec)
    dates = sorted((e.date for e in events if e.date is not None and e.date.resolved), key=lambda d: d.date_prec or 9)
    parts = [plain(kind).capitalize()]
    if sites:
        parts.append(inert(", ".join(part for part in (sites[0].name, sites[0].country) if part)))
    if dates:
        parts.append(_days(dates[0].start, dates[0].end))
    return " · ".join(parts)


def tally(readings: Sequence[Reading]) -> str:
    """*23 claims in 9 incidents*, and in how many reports where there are several."""
    claims = sum(len(reading.claims) for reading in readings)
    incidents = sum(len({claim.incident_id for claim in reading.claims}) for reading in readings)
    words = f"{counted(claims, 'claim')} in {counted(incidents, 'incident')}" if claims else "no claim of an incident"
    return words + (f", {counted(len(readings), 'report')}" if len(readings) > 1 else "")
