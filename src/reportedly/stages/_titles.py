"""The one line that stands for an incident in a list, made of coded values."""

from __future__ import annotations

from datetime import date, timedelta

from reportedly.entries import Range
from reportedly.records import EventDate, EventType, Place, Stage

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
"""Never those of the machine's locale."""
BEFORE: dict[Stage, str] = {
    "accomplished": "",
    "ongoing": "ongoing ",
    "attempted": "attempted ",
    "foiled": "foiled ",
    "planned": "planned ",
    "threatened": "threatened ",
    "hypothetical": "possible ",
}


def title(
    event_type: EventType,
    stage: Stage,
    negated: bool,
    place: Place | None,
    when: EventDate | None,
    killed: Range,
    first_reported: str | None,
) -> str:
    """ "Bombing in Hallic, 3 March 2025 (12–14 killed)".

    Args:
        event_type: kind of act.
        stage: how far it got.
        negated: whether every account denies it.
        place: where.
        when: null where no report gives a date; then the first report's stands there, and says so.
        killed: the toll.
        first_reported: ``YYYY-MM-DD``.
    """
    what = f"{BEFORE[stage]}{event_type.replace('_', ' ')}"
    parts = [f"denied: {what}" if negated else what]
    if place is not None:
        parts[0] += f" in {place.name}"
    if when is not None and when.start:
        parts.append(time(when.start, when.end or when.start))
    elif first_reported:
        parts.append(f"reported {time(first_reported, first_reported)}")
    dead = _dead(killed)
    line = ", ".join(parts) + (f" ({dead} killed)" if dead else "")
    return line[0].upper() + line[1:]


def _dead(killed: Range) -> str | None:
    if killed.low is None or killed.high == 0:
        return None
    if killed.high is None:
        return f"at least {killed.best if killed.best is not None else killed.low}"
    return str(killed.low) if killed.low == killed.high else f"{killed.low}–{killed.high}"


def time(start: str, end: str) -> str:
    """A span of days in words: a day, a month, a year, or from one day to another."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return f"{first.day} {_month(first)} {first.year}"
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        if (first.month, after.month) == (1, 1) and after.year == first.year + 1:
            return str(first.year)
        if (after - first).days <= 31:
            return f"{_month(first)} {first.year}"
    same = "" if first.year == last.year else f" {first.year}"
    month = "" if first.month == last.month and not same else f" {_month(first)}"
    return f"{first.day}{month}{same} to {last.day} {_month(last)} {last.year}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1]
