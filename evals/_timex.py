"""Our time expressions as values of TIMEX3 (ISO-TimeML; the wording of TempEval-3): 2009-08, 2008-Q3, P10Y, PT5H, PAST_REF."""

from __future__ import annotations

from datetime import date as Day

from reportedly.stages._calendar import Stretch
from reportedly.stages.date import Expression

UNITS = {
    "second": "T{}S",
    "minute": "T{}M",
    "hour": "T{}H",
    "day": "{}D",
    "week": "{}W",
    "weekend": "{}WE",
    "month": "{}M",
    "quarter": "{}Q",
    "year": "{}Y",
}
YEARS = {"decade": 10, "century": 100}
PARTS = {
    "morning": "TMO",
    "dawn": "TMO",
    "afternoon": "TAF",
    "lunchtime": "TMI",
    "evening": "TEV",
    "midnight": "T24:00",
    "noon": "T12:00",
    "midday": "T12:00",
    "night": "TNI",
}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}


def value(expression: Expression, created: Day | None, day: Stretch | None) -> str:
    """The value of `expression`; empty where it has none.

    Args:
        created: the document's creation time, to which a time of day belongs where its text names no day.
        day: the latest day named before it in the text.
    """
    words = " ".join(expression.mention.text.lower().split())
    found = expression.measure
    if found.pointer is not None and expression.named is None:
        return f"{found.pointer.upper()}_REF"
    if found.unit is not None:
        return _duration(found.amount, found.unit)
    named = expression.named
    if expression.kind == "time":
        of = named or day
        at = of.first if of is not None and of.date_prec == 1 else created
        return "" if at is None else at.isoformat() + _time(words, found.clock)
    return "" if named is None else _days(named, words)


def _duration(amount: float | None, unit: str) -> str:
    if amount is None:
        return "P" + UNITS.get(unit, "{}DE").format("X")
    amount, unit = amount * YEARS.get(unit, 1), "year" if unit in YEARS else unit
    return "P" + UNITS[unit].format(int(amount) if amount == int(amount) else amount)


def _time(words: str, clock: str | None) -> str:
    if clock is not None:
        return f"T{clock}"
    return next((code for part, code in PARTS.items() if part in words), "")


def _days(named: Stretch, words: str) -> str:
    first, last = named.first, named.last
    days = (last - first).days + 1
    middle = first + (last - first) // 2
    year, week, _ = middle.isocalendar()
    season = next((code for name, code in SEASONS.items() if name in words.split()), None)
    if days == 2 and first.weekday() == 5:
        return f"{year}-W{week:02}-WE"
    if days == 7:
        return middle.isoformat() if words.endswith("ago") else f"{year}-W{week:02}"
    if season is not None:
        return f"{first.year}-{season}"
    if "quarter" in words and first.year == last.year:
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if "half" in words and first.year == last.year:
        return f"{first.year}-H{1 + (first.month > 6)}"
    return _common(first, last, decade="0s" in words or "0's" in words or "decade" in words)


def _common(first: Day, last: Day, *, decade: bool) -> str:
    """What the two days have in common: a day, a month, a year, a decade."""
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}-{first.month:02}"
    if first.year == last.year:
        return str(first.year)
    if decade and first.year // 10 == last.year // 10:
        return str(first.year // 10)
    return f"{first.year}/{last.year}"
