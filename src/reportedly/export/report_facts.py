"""What the list, the map and the timeline of a report share: how an incident is told in a few words, and the facts that it is filtered by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Literal

import msgspec

from reportedly.entries import Contradiction, Incident, Question, Range
from reportedly.export import phrases
from reportedly.export.evidence import inert
from reportedly.export.report_places import Spot, spot
from reportedly.records import Json

Look = Literal["done", "stopped", "ahead", "denied"]
"""How an incident is drawn: it happened · it was tried, or stopped by others · it lies ahead, or was only spoken of · it is denied."""
LOOKS: dict[Look, str] = {
    "done": "happened",
    "stopped": "attempted or foiled",
    "ahead": "planned or threatened",
    "denied": "denied",
}
CONTRADICTION = {
    "update": "a later toll",
    "disagreement": "sources disagree",
    "scope": "they count different things",
}
LAST_YEAR = 9000
"""Days from this year on are no days that the page can count with."""
_LOOK_OF_STAGE: dict[str, Look] = {
    "accomplished": "done",
    "ongoing": "done",
    "attempted": "stopped",
    "foiled": "stopped",
    "planned": "ahead",
    "threatened": "ahead",
    "hypothetical": "ahead",
}


FIELDS = {"polarity": "whether it happened", "stage": "how far it got", "actor": "who did it"}
"""Fields of a contradiction that need other words than their name."""


def field(name: str) -> str:
    """What a contradiction is about, in words."""
    return FIELDS.get(name, phrases.plain(name))


def text(words: str) -> str:
    """`words` as the text of an element or the value of an attribute; nothing in it acts."""
    return escape(inert(words))


def look(incident: Incident) -> Look:
    """How `incident` is drawn."""
    return "denied" if incident.negated else _LOOK_OF_STAGE[incident.stage]


def sign(drawn: Look) -> str:
    """The small sign of a look; the words stand beside it."""
    return f'<svg class="sign {drawn}" viewBox="-8 -8 16 16" aria-hidden="true"><use href="#sign-{drawn}"/></svg>'


def stage(incident: Incident) -> str:
    """The stage in a word, and that it is denied."""
    return f"{incident.stage}, denied" if incident.negated else incident.stage


def many(numbers: Range) -> str | None:
    """*12–19*, *12*, *at least 12*, *at most 40*; null where no source gives a number."""
    low, high = numbers.low, numbers.high
    if low is None and high is None:
        return None if numbers.best is None else f"{numbers.best:,}"
    if low is None or high is None:
        return f"at most {high:,}" if low is None else f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def days(incident: Incident) -> tuple[date, date] | None:
    """The first and last day on which it may have happened; null where none is known. A missing bound is the other one."""
    when = incident.date
    if when is None or not when.resolved:
        return None
    first, last = when.start or when.end, when.end or when.start
    if first is None or last is None:
        return None
    try:
        start, end = sorted((date.fromisoformat(first), date.fromisoformat(last)))
    except ValueError:  # a ledger that others wrote may hold anything
        return None
    return (start, end) if end.year < LAST_YEAR else None


def contested(incident: Incident) -> tuple[Contradiction, ...]:
    """The contradictions that are more than a later toll or another way to count."""
    return tuple(found for found in incident.contradictions if found.kind == "disagreement")


def question_words(question: Question) -> str:
    """What was asked, in a line: *bombing or arson · NE · from 2025-03-01 · at least 2 outlets*."""
    box = question.box
    parts = [
        f"words “{question.text}”" if question.text else "",
        " or ".join(phrases.plain(kind) for kind in question.types),
        " or ".join(question.stages),
        question.place or "",
        f"within {box.west}, {box.south}, {box.east}, {box.north} (west, south, east, north)" if box else "",
        f"from {question.since}" if question.since else "",
        f"until {question.until}" if question.until else "",
        f"actor “{question.actor}”" if question.actor else "",
        "weapon: " + " or ".join(question.weapons) if question.weapons else "",
        f"outlet “{question.outlet}”" if question.outlet else "",
        f"at least {question.min_outlets} outlets" if question.min_outlets > 1 else "",
    ]
    return inert(" · ".join(part for part in parts if part)) or "all incidents"


def row(incident: Incident) -> dict[str, Json]:
    """The facts by which the page's script filters and draws `incident`; what is unknown or empty is left out."""
    span = days(incident)
    where: Spot = spot(incident.place)
    deaths = incident.killed.best if incident.killed.best is not None else incident.killed.low
    names: list[Json] = [*dict.fromkeys(inert(actor.name) for actor in incident.actors)]
    found: dict[str, Json] = {
        "id": inert(incident.incident_id),
        "days": [span[0].isoformat(), span[1].isoformat()] if span else None,
        "place": where.key,
        "type": phrases.plain(incident.event_type),
        "stage": incident.stage,
        "look": look(incident),
        "weapon": [phrases.plain(weapon) for weapon in incident.weapons],
        "outlet": [inert(outlet) for outlet in incident.outlets],
        "actor": names,
        "deaths": deaths,
        "outlets": incident.number_of_outlets,
        "contested": bool(contested(incident)),
    }
    return {name: value for name, value in found.items() if value is not None and value is not False and value != []}


def embedded(value: Json) -> str:
    """`value` as JSON that can stand inside a script element: nothing in it ends the element or a line."""
    words = msgspec.json.encode(value).decode()
    for letter in "<>&\u2028\u2029":
        words = words.replace(letter, f"\\u{ord(letter):04x}")
    return words


class Bin(msgspec.Struct, frozen=True):
    """A column of the timeline: its first and last day."""

    first: date
    last: date
    label: str


_TAILS = (0.05, 0.125, 0.25, 0.4)
"""Shares of the incidents that may lie before the columns of their own, in one column *earlier*."""
_UNITS = (("day", 100), ("week", 100 * 7), ("month", 100 * 31), ("year", 10**7))


def bins(spans: Sequence[tuple[date, date]]) -> tuple[str, tuple[Bin, ...]]:
    """The unit of the timeline and its columns. A thin tail of early incidents becomes one first column, *earlier*.

    At most about a hundred columns: days, or else weeks, months or years.
    """
    if not spans:
        return "day", ()
    starts = sorted(first for first, _ in spans)
    first, last = starts[0], max(end for _, end in spans)
    body = _body(starts, last)
    unit = _unit(body, last)
    begin = _floor(body, unit)
    found = [Bin(first, begin - timedelta(days=1), "earlier")] if first < begin and body != first else []
    while begin <= last:
        following = _next(begin, unit)
        found.append(Bin(begin, following - timedelta(days=1), _label(begin, unit)))
        begin = following
    return unit, tuple(found)


def _body(starts: Sequence[date], last: date) -> date:
    """Where the days begin that are drawn one by one: later than the first start only if the earlier incidents are few and far."""
    first, best = starts[0], starts[0]
    for share in _TAILS:
        start = starts[min(len(starts) - 1, max(1, int(len(starts) * share)))]
        if _unit(start, last) != _unit(best, last) and (last - start) * 4 <= last - first:
            best = start
    return best


def _unit(first: date, last: date) -> str:
    return next(unit for unit, most in _UNITS if (last - first).days < most)


def _floor(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return {"day": day, "month": day.replace(day=1)}.get(unit, day.replace(month=1, day=1))


def _next(day: date, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=1 if unit == "day" else 7)
    if unit == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day.replace(year=day.year + 1)


def _label(day: date, unit: str) -> str:
    return {"day": day.isoformat(), "week": f"week of {day.isoformat()}", "month": day.isoformat()[:7]}.get(
        unit, str(day.year)
    )
