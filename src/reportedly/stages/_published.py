"""The day of publication that a plain text itself states: in a dateline or after the word “Published”, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{NAMES})\.?,?\s+(?P<y>\d{{4}}|\d\d)"
MONTH_FIRST = rf"(?P<m2>{NAMES})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
ISO = r"(?P<iso>\d{4}-\d\d-\d\d)"
DATE = rf"(?:{ISO}|{DAY}|{MONTH_FIRST})"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
PUBLISHED = re.compile(
    rf"^\W*(?:first\s+)?(?:published|posted|date|publication date|date published)\s*(?:on|at)?\s*:?\s*(?:\d{{1,2}}[:.]\d\d\s*(?:[ap]\.?m\.?)?,?\s*)?{WEEKDAY}{DATE}(?!\d)",
    re.I,
)
ALONE = re.compile(rf"^\W*{WEEKDAY}{DATE}\W*$", re.I)
DATELINE = re.compile(
    rf"^(?P<town>[A-Z][^\W\d_'’.-]*(?:[ .,'’/-]+[A-Z(][^\W\d_]*[).]?){{0,6}}),?\s*[,(]?\s*{WEEKDAY}{DATE}\)?\s*(?:\([^)]{{1,40}}\)\s*)?(?:--|[-—–:])",
    re.I,
)


def published_in(lines: Sequence[str]) -> str | None:
    """The day that one of the first `lines` states as the text's own, ``YYYY-MM-DD``; None where none does.

    A two-digit year is read only in a dateline (“BOGOTA, 23 OCT 89 --”), as 1950 to 2049.
    """
    for line in lines:
        start = line[:160]
        dateline = DATELINE.match(start)
        if dateline and dateline["town"].upper()[:1] == dateline["town"][:1]:
            return _day(dateline, short_years=True)
        match = PUBLISHED.match(start) or (ALONE.match(start) if len(line) < 60 else None)
        if match:
            found = _day(match, short_years=False)
            if found:
                return found
    return None


def _day(match: re.Match[str], *, short_years: bool) -> str | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"]).isoformat()
        day, month, year = (
            (match["d"], match["m"], match["y"]) if match["d"] else (match["d2"], match["m2"], match["y2"])
        )
        if len(year) == 2:
            if not short_years:
                return None
            year = f"19{year}" if year >= "50" else f"20{year}"
        if not 1800 <= int(year) <= 2100:
            return None
        return date(int(year), MONTHS[month.lower()], int(day)).isoformat()
    except ValueError:
        return None
