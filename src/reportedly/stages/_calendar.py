"""Calendar arithmetic for the date stage: stretches of days, and how exact they are (UCDP)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "year", "decade"]
Part = Literal["early", "mid", "late"]
ONE_DAY = timedelta(days=1)
EARLIEST_YEAR, LATEST_YEAR = 1000, 2100
"""Years that a news report dates an act by."""
MONTHS_IN: dict[str, int] = {"month": 1, "year": 12, "decade": 120}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The first and the last possible day, both inclusive."""

    first: Day
    last: Day
    prec: int | None = None
    """Where the words say it better than the number of days does: "the past week" is a week."""

    @property
    def date_prec(self) -> int:
        """UCDP's code: 1 day, 2 within 2 to 6 days, 3 week, 4 month (8 to 31 days), 5 more."""
        if self.prec is not None:
            return self.prec
        days = (self.last - self.first).days + 1
        for code, longest in ((1, 1), (2, 6), (3, 7), (4, 31)):
            if days <= longest:
                return code
        return 5


def day(year: int, month: int, number: int) -> Stretch | None:
    """One day; None where the calendar has no such day."""
    if not (EARLIEST_YEAR <= year <= LATEST_YEAR and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    only = Day(year, month, number)
    return Stretch(only, only)


def month(year: int, number: int) -> Stretch:
    """A calendar month."""
    return Stretch(Day(year, number, 1), Day(year, number, monthrange(year, number)[1]))


def year(number: int) -> Stretch | None:
    """A calendar year; None outside those that reports speak of."""
    if not EARLIEST_YEAR <= number <= LATEST_YEAR:
        return None
    return Stretch(Day(number, 1, 1), Day(number, 12, 31))


def years(first: int, last: int) -> Stretch | None:
    """Whole calendar years from `first` to `last`."""
    if not EARLIEST_YEAR <= first <= last <= LATEST_YEAR:
        return None
    return Stretch(Day(first, 1, 1), Day(last, 12, 31), prec=5)


def season(in_year: int, first_month: int) -> Stretch:
    """Three months from `first_month`; winter runs into the next year."""
    return Stretch(Day(in_year, first_month, 1), shift_months(Day(in_year, first_month, 1), 3) - ONE_DAY)


def week_of(moment: Day) -> Stretch:
    """The calendar week, Monday to Sunday, that holds `moment`."""
    monday = moment - timedelta(days=moment.weekday())
    return Stretch(monday, monday + timedelta(days=6))


def shift_months(moment: Day, months: int) -> Day:
    """`moment` moved by calendar months; a day that the month lacks becomes its last."""
    index = moment.year * 12 + moment.month - 1 + months
    at_year, at_month = divmod(index, 12)
    return Day(at_year, at_month + 1, min(moment.day, monthrange(at_year, at_month + 1)[1]))


def shift(moment: Day, number: int, unit: Unit) -> Day | None:
    """`moment` moved by `number` units (negative: back); None outside the years that reports speak of."""
    if abs(number) > 1000:
        return None
    if unit in ("day", "week"):
        return moment + timedelta(days=number * (7 if unit == "week" else 1))
    months = number * MONTHS_IN[unit]
    if not EARLIEST_YEAR <= moment.year + months / 12 <= LATEST_YEAR:
        return None
    return shift_months(moment, months)


def unit_around(moment: Day, unit: Unit) -> Stretch:
    """The calendar unit that holds `moment`."""
    if unit == "day":
        return Stretch(moment, moment)
    if unit == "week":
        return week_of(moment)
    if unit == "month":
        return month(moment.year, moment.month)
    first = moment.year - (moment.year % 10 if unit == "decade" else 0)
    return Stretch(Day(first, 1, 1), Day(first + (9 if unit == "decade" else 0), 12, 31))


def window(moment: Day, number: int, unit: Unit) -> Stretch | None:
    """The `number` units up to `moment` (negative), or from it on."""
    other = shift(moment, number, unit)
    if other is None:
        return None
    first, last = min(moment, other), max(moment, other)
    exact = {("week", 1): 3, ("month", 1): 4}.get((unit, abs(number)))
    return Stretch(first, last, prec=exact)


def part_of(whole: Stretch, part: Part) -> Stretch:
    """The first, middle or last third: days 1-10, 11-20 and 21-end of a month, four months of a year."""
    third = PARTS[part]
    return fraction(whole, third, 3)


PARTS: dict[str, int] = {"early": 0, "mid": 1, "late": 2}


def fraction(whole: Stretch, index: int, parts: int) -> Stretch:
    """Part number `index` (from 0) of `parts` equal ones; of a year or more, in whole months."""
    days = (whole.last - whole.first).days + 1
    if days >= 365:
        months = round(days / 30.44)
        first = shift_months(whole.first, months * index // parts)
        return Stretch(first, shift_months(whole.first, months * (index + 1) // parts) - ONE_DAY)
    size = days // parts
    first = whole.first + timedelta(days=size * index)
    return Stretch(first, whole.last if index == parts - 1 else first + timedelta(days=size - 1))


def latest_day(month_number: int, number: int, today: Day, *, future: bool) -> Stretch | None:
    """That day of the year: the latest up to `today`, or the next one from it on."""
    step = 1 if future else -1
    for offset in range(9):  # 29 February may be eight years off
        found = day(today.year + step * offset, month_number, number)
        if found is not None and (found.first >= today if future else found.first <= today):
            return found
    return None


def latest_month(number: int, today: Day, *, future: bool) -> Stretch:
    """That month: this one, or else the latest past or the next to come."""
    if future:
        return month(today.year + (number < today.month), number)
    return month(today.year - (number > today.month), number)


def weekday(number: int, today: Day, *, future: bool, strictly: bool = False) -> Stretch:
    """That day of the week: the latest up to `today` (before it, where `strictly`), or the next from it on."""
    if future:
        ahead = (number - today.weekday()) % 7 or (7 if strictly else 0)
        moment = today + timedelta(days=ahead)
    else:
        back = (today.weekday() - number) % 7 or (7 if strictly else 0)
        moment = today - timedelta(days=back)
    return Stretch(moment, moment)
