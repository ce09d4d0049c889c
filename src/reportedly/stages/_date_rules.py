"""What each rule of the date grammar means: the groups of a match to a stretch of days, or None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from typing import Literal, Protocol, cast

from reportedly.stages import _calendar as calendar
from reportedly.stages._calendar import Part, Stretch, Unit

Groups = Mapping[str, str]
Tense = Literal["past", "future", "open"]
SOON = 31
"""A day of the year without a year that comes within so many days is meant, where the tense does not tell."""
HOURS = 24
"""Of a day."""
YEAR_GROUPS = ("y", "yh", "y0")
RELATIVE = {"last": -1, "past": -1, "this past": -1, "this": 0, "the": 0, "next": 1, "coming": 1, "this coming": 1}
PARTS: Mapping[str, Part] = {
    "early": "early",
    "earlier": "early",
    "start": "early",
    "beginning": "early",
    "mid": "mid",
    "middle": "mid",
}
CENTURY_PIVOT = 2000
"""A two-figure year is the one nearest to the publication date, or to this year where that is not known."""


class Words(Protocol):
    """The word tables that the rules look up."""

    @property
    def months(self) -> dict[str, int]: ...
    @property
    def weekdays(self) -> dict[str, int]: ...
    @property
    def seasons(self) -> dict[str, int]: ...
    @property
    def deictic(self) -> dict[str, int]: ...
    @property
    def numbers(self) -> dict[str, int]: ...
    @property
    def holidays(self) -> dict[str, str]: ...
    @property
    def known(self) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a mention is read against."""

    today: Day | None
    """The publication date."""
    tense: Tense
    """Of the verb that the mention hangs on; "open" where it does not tell."""
    words: Words

    @property
    def future(self) -> bool:
        """True where the verb is yet to happen."""
        return self.tense == "future"

    def month(self, word: str) -> int:
        """The number of a month's name."""
        return self.words.months[word.rstrip(".")]


@dataclass(frozen=True, slots=True)
class Found:
    """A mention as one rule read it."""

    stretch: Stretch | None
    number: int = 0
    unit: Unit | None = None
    """With `number`: how far it is from a day named elsewhere ("two days after 3 May": 2, day)."""
    how: Literal["counted", "around", "period"] = "counted"
    """Counted from that day; the calendar unit that many away from the one around it; or the same stretch so much away."""


def part_named(words: str | None) -> Part | None:
    """The third of a period that a modifier names."""
    if words is None:
        return None
    last = words.split()[-2] if words.endswith(" of") else words
    return PARTS.get(last, "late")


def _thirds(stretch: Stretch | None, modifier: str | None) -> Stretch | None:
    part = part_named(modifier)
    return stretch if stretch is None or part is None else calendar.part_of(stretch, part)


def _year(groups: Groups, context: Context) -> int | None:
    """The year that the words give or point to."""
    for key in YEAR_GROUPS:
        if key in groups:
            return int(groups[key])
    if "ry" in groups:
        return None if context.today is None else context.today.year + RELATIVE[groups["ry"]]
    if "yy" in groups:
        short = int(groups["yy"])
        now = context.today.year if context.today else CENTURY_PIVOT
        return min((1900 + short, 2000 + short), key=lambda year: abs(year - now))
    return None


def _dated(groups: Groups) -> bool:
    return any(key in groups for key in ("y", "yh", "y0", "ry", "yy"))


def _number(word: str) -> int:
    return int(word.rstrip("stndrh"))


def _day_of(groups: Groups, context: Context, month: int, number: int) -> Stretch | None:
    year = _year(groups, context)
    if year is not None:
        return calendar.day(year, month, number)
    if context.today is None or _dated(groups):
        return None
    if context.tense == "open":
        coming = calendar.latest_day(month, number, context.today, future=True)
        if coming is not None and (coming.first - context.today).days <= SOON:
            return coming
    return calendar.latest_day(month, number, context.today, future=context.future)


def _iso(groups: Groups, context: Context) -> Stretch | None:
    return calendar.day(int(groups["y"]), int(groups["m"]), int(groups["d"]))


def _numeric(groups: Groups, context: Context) -> Stretch | None:
    a, b, year = int(groups["a"]), int(groups["b"]), int(groups["y"])
    if groups["sep"] == "." or a > 12 or a == b:
        return calendar.day(year, b, a)
    return calendar.day(year, a, b) if b > 12 else None


def _known(groups: Groups, context: Context) -> Stretch | None:
    only = Day.fromisoformat(context.words.known[" ".join(groups["known"].split())])
    return Stretch(only, only)


def _deictic(groups: Groups, context: Context) -> Stretch | None:
    if context.today is None:
        return None
    word = " ".join(groups["w"].split())
    if word == "overnight":
        return Stretch(context.today - calendar.ONE_DAY, context.today)
    only = context.today + timedelta(days=context.words.deictic[word])
    return Stretch(only, only)


def _day_month(groups: Groups, context: Context) -> Stretch | None:
    return _day_of(groups, context, context.month(groups["m"]), _number(groups["d"]))


def _days_month(groups: Groups, context: Context) -> Stretch | None:
    month = context.month(groups["m"])
    last = _day_of(groups, context, month, _number(groups["d2"]))
    return None if last is None else _from_to(calendar.day(last.first.year, month, _number(groups["d"])), last)


def _day_month_to(groups: Groups, context: Context) -> Stretch | None:
    last = _day_of(groups, context, context.month(groups["m2"]), _number(groups["d2"]))
    if last is None:
        return None
    month, number = context.month(groups["m"]), _number(groups["d"])
    year = int(groups["y1"]) if "y1" in groups else last.first.year - (month > last.first.month)
    return _from_to(calendar.day(year, month, number), last)


def _from_to(first: Stretch | None, last: Stretch | None) -> Stretch | None:
    if first is None or last is None or first.first > last.last:
        return None
    return Stretch(first.first, last.last)


def _week_of(groups: Groups, context: Context) -> Stretch | None:
    month = context.month(groups.get("m") or groups["mb"])
    day = _day_of(groups, context, month, _number(groups.get("d") or groups["db"]))
    return None if day is None else calendar.week_of(day.first)


def _month(groups: Groups, context: Context) -> Stretch | None:
    number = context.month(groups["m"])
    year = _year(groups, context)
    if year is not None:
        return _thirds(calendar.month(year, number), groups.get("mod"))
    today = context.today
    if today is None or _dated(groups):
        return None
    relative = " ".join(groups.get("rel", "").split())
    if relative == "this":
        return calendar.month(today.year, number)
    if relative in ("last", "next") and number == today.month:
        return calendar.month(today.year + RELATIVE[relative], number)
    future = relative == "next" or (context.future and not relative)
    return _thirds(calendar.latest_month(number, today, future=future), groups.get("mod"))


def _month_to_month(groups: Groups, context: Context) -> Stretch | None:
    number, number2 = context.month(groups["m"]), context.month(groups["m2"])
    year = _year(groups, context)
    if year is None:
        if context.today is None:
            return None
        year = calendar.latest_month(number2, context.today, future=context.future).first.year
    first = int(groups["y1"]) if "y1" in groups else year - (number > number2)
    return _from_to(calendar.month(first, number), calendar.month(year, number2))


def _fraction(groups: Groups, context: Context) -> Stretch | None:
    whole: Stretch | None
    if "m" in groups:
        whole = _month(groups, context)
    elif "y0" in groups:
        whole = calendar.year(int(groups["y0"]))
    else:
        whole = _unit(groups["rel"], cast(Unit, groups["u"]), context)
    parts = 2 if groups["part"] == "half" else 4
    index = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(groups["nth"], parts - 1)
    if whole is None or index >= parts:
        return None
    if groups["part"] == "week":
        return _week_in(whole, index, last=groups["nth"] in ("last", "final"))
    return calendar.fraction(whole, index, parts)


def _week_in(whole: Stretch, index: int, *, last: bool) -> Stretch:
    """Seven days of a month or year, counted from its first day, or its last seven."""
    first = whole.last - timedelta(days=6) if last else whole.first + timedelta(days=7 * index)
    return Stretch(first, first + timedelta(days=6))


def _quarter(groups: Groups, context: Context) -> Stretch | None:
    """ "The fourth quarter": the latest that has begun, or the next; "last quarter" the one before this."""
    today = context.today
    if today is None:
        return None
    this = calendar.month(today.year, today.month - (today.month - 1) % 3).first
    if groups["nth"] in ("last", "past", "this", "next", "final"):
        offset = RELATIVE.get(groups["nth"], -1)
    else:
        ahead = (QUARTERS.index(groups["nth"]) - (today.month - 1) // 3) % 4
        offset = ahead if context.future or ahead == 0 else ahead - 4
    first = calendar.shift_months(this, 3 * offset)
    return Stretch(first, calendar.shift_months(first, 3) - calendar.ONE_DAY)


QUARTERS = ("first", "second", "third", "fourth")


def _bare_season(groups: Groups, context: Context) -> Stretch | None:
    """ "In the summer": this one once it has begun, else the latest, or the next to come."""
    today = context.today
    if today is None:
        return None
    first_month = context.words.seasons[groups["s"]]
    options = [calendar.season(today.year + offset, first_month) for offset in (-2, -1, 0, 1)]
    if context.future:
        return next(s for s in options if s.last >= today)
    return [s for s in options if s.first <= today][-1]


def _unit(relative: str, unit: Unit, context: Context) -> Stretch | None:
    """The calendar unit before, around or after the publication date."""
    moved = None if context.today is None else calendar.shift(context.today, RELATIVE[relative], unit)
    return None if moved is None else calendar.unit_around(moved, unit)


def _holiday(groups: Groups, context: Context) -> Stretch | None:
    month, number = map(int, context.words.holidays[" ".join(groups["h"].split())].split("-"))
    relative = groups.get("rel")
    if relative and context.today:
        if relative == "this":
            return calendar.day(context.today.year, month, number)
        return calendar.latest_day(month, number, context.today, future=relative == "next")
    return _day_of(groups, context, month, number)


def _season(groups: Groups, context: Context) -> Stretch | None:
    return _thirds(calendar.season(int(groups["y"]), context.words.seasons[groups["s"]]), groups.get("mod"))


def _relative_season(groups: Groups, context: Context) -> Stretch | None:
    today = context.today
    if today is None:
        return None
    relative = RELATIVE[" ".join(groups["rel"].split())]
    first_month = context.words.seasons[groups["s"]]
    options = [calendar.season(today.year + offset, first_month) for offset in (-2, -1, 0, 1)]
    if relative < 0:
        return [s for s in options if s.last < today][-1]
    if relative > 0:
        return next(s for s in options if s.first > today)
    return next(s for s in options if s.last >= today)


def _decade(groups: Groups, context: Context) -> Stretch | None:
    first = int(groups["dec"]) if "dec" in groups else 1900 + int(groups["dd"])
    stretch = calendar.years(first, first + 9)
    return stretch if stretch is None or "mod" not in groups else _thirds(stretch, groups["mod"])


def _year_to_year(groups: Groups, context: Context) -> Stretch | None:
    first = groups["y"]
    return calendar.years(int(first), int(first[: 4 - len(groups["y2"])] + groups["y2"]))


def _relative(groups: Groups, context: Context) -> Stretch | None:
    whole = _unit(groups["rel"], cast(Unit, groups["u"]), context)
    modifier = groups.get("mod")
    if whole is None or modifier is None or context.today is None:
        return whole
    if modifier in ("earlier", "later") and groups["rel"] == "this":
        return Stretch(whole.first, context.today) if modifier == "earlier" else Stretch(context.today, whole.last)
    return _thirds(whole, modifier)


def _of_the_unit(groups: Groups, context: Context) -> Stretch | None:
    return _thirds(_unit("the", cast(Unit, groups["u"]), context), groups["mod"])


def _weekend(groups: Groups, context: Context) -> Stretch | None:
    if context.today is None:
        return None
    relative = " ".join(groups.get("rel", "").split())
    future = relative in ("next", "coming", "this") or (not relative and context.future)
    if future and context.today.weekday() < 5:
        saturday = calendar.weekday(5, context.today, future=True).first
    else:
        strictly = relative in ("last", "past", "this past") and context.today.weekday() == 5
        saturday = calendar.weekday(5, context.today, future=relative in ("next", "coming"), strictly=strictly).first
    return Stretch(saturday, saturday + calendar.ONE_DAY)


def _amount(word: str | None, context: Context) -> int:
    if word is None:
        return 1
    return int(word) if word.isdigit() else context.words.numbers[" ".join(word.split())]


def _window(groups: Groups, context: Context) -> Stretch | None:
    if context.today is None:
        return None
    amount = _amount(groups.get("n"), context)
    back = groups["rel"] in ("last", "past")
    if groups["u"] == "hour":
        days = timedelta(days=-(-amount // HOURS))
        return Stretch(context.today - days, context.today) if back else Stretch(context.today, context.today + days)
    return calendar.window(context.today, -amount if back else amount, cast(Unit, groups["u"]))


def _ago(groups: Groups, context: Context) -> Stretch | None:
    if context.today is None:
        return None
    if groups["u"] == "hour":
        return _hours_ago(groups, context, context.today)
    unit = cast(Unit, groups["u"])
    if groups["n"] == "half a" or "half" in groups:
        if unit not in ("year", "decade"):
            return None
        halves = 1 if groups["n"] == "half a" else 2 * _amount(groups["n"], context) + 1
        moved = calendar.shift(context.today, -halves * (6 if unit == "year" else 60), "month")
    else:
        moved = calendar.shift(context.today, -_amount(groups["n"], context), unit)
    if moved is None:
        return None
    if unit == "week":
        return Stretch(moved - timedelta(days=3), moved + timedelta(days=3))
    return calendar.unit_around(moved, "year" if unit == "decade" else unit)


def _hours_ago(groups: Groups, context: Context, today: Day) -> Stretch | None:
    """Some hours before an hour of today that nobody knows: of that day or the one before."""
    hours = 1 if groups["n"] == "half a" else _amount(groups["n"], context)
    return Stretch(today - timedelta(days=-(-hours // HOURS)), today - timedelta(days=hours // HOURS))


def _weekdays(groups: Groups, context: Context) -> Stretch | None:
    if context.today is None:
        return None
    table = context.words.weekdays
    first, last = table[groups["w"].rstrip(".")], table[groups["w2"].rstrip(".")]
    if context.future:
        start = calendar.weekday(first, context.today, future=True).first
        return Stretch(start, start + timedelta(days=(last - first) % 7))
    end = calendar.weekday(last, context.today, future=False).first
    return Stretch(end - timedelta(days=(last - first) % 7), end)


def _weekday(groups: Groups, context: Context) -> Stretch | None:
    today = context.today
    if today is None:
        return None
    number = context.words.weekdays[groups["w"].rstrip(".")]
    if "tail" in groups:
        monday = calendar.week_of(today).first + timedelta(days=7 * RELATIVE[groups["tail"]])
        only = monday + timedelta(days=number)
        return Stretch(only, only)
    relative = " ".join(groups.get("rel", "").split())
    if relative == "this":
        only = calendar.week_of(today).first + timedelta(days=number)
        return Stretch(only, only)
    future = RELATIVE[relative] > 0 if relative else context.future
    return calendar.weekday(number, today, future=future, strictly=bool(relative))


def _nth(groups: Groups, context: Context) -> Stretch | None:
    if context.today is None:
        return None
    if "rel" in groups:
        moved = calendar.shift_months(context.today, RELATIVE[groups["rel"]])
        return calendar.day(moved.year, moved.month, _number(groups["d"]))
    for back in range(3):
        moved = calendar.shift_months(context.today, -back)
        found = calendar.day(moved.year, moved.month, _number(groups["d0"]))
        if found is not None and found.first <= context.today:
            return found
    return None


def _only_year(groups: Groups, context: Context) -> Stretch | None:
    return _thirds(calendar.year(int(groups["y"])), groups.get("mod"))


RESOLVE: Mapping[str, Callable[[Groups, Context], Stretch | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "known": _known,
    "deictic": _deictic,
    "day_month": _day_month,
    "month_day": _day_month,
    "days_month": _days_month,
    "month_days": _days_month,
    "day_month_to_day_month": _day_month_to,
    "month_day_to_month_day": _day_month_to,
    "week_of": _week_of,
    "month": _month,
    "month_to_month": _month_to_month,
    "months": _month_to_month,
    "fraction": _fraction,
    "holiday": _holiday,
    "season": _season,
    "relative_season": _relative_season,
    "bare_season": _bare_season,
    "quarter": _quarter,
    "decade": _decade,
    "year_to_year": _year_to_year,
    "relative": _relative,
    "of_the_unit": _of_the_unit,
    "weekend": _weekend,
    "window": _window,
    "ago": _ago,
    "weekdays": _weekdays,
    "weekday": _weekday,
    "nth": _nth,
    "year": _only_year,
}
"""The rules that can be resolved; a mention of any other ("that day", "weeks ago") keeps its words alone."""


def resolve(rule: str, groups: Groups, context: Context) -> Found:
    """Reads a match of `rule`."""
    if rule in RESOLVE:
        return Found(RESOLVE[rule](groups, context))
    if rule == "same_period":
        return Found(None, -1, "year", "period")
    unit = _named_unit(groups)
    if unit is None:
        return Found(None)
    if rule in ("that", "of_now"):
        return Found(None, AWAY.get(_any(groups, "which") or "same", 0), unit, "around")
    number = " ".join(groups.get("n", "").split())  # a line may end within it
    if rule != "anchored" or number in ("a few", "several"):
        return Found(None)
    forward = groups["dir"] in ("later", "after")
    amount = 1 if number == "the" else _amount(number, context)
    return Found(None, amount if forward else -amount, unit)


AWAY = {"same": 0, "previous": -1, "preceding": -1, "following": 1, "next": 1}
HALF_DAYS = frozenset({"night", "morning", "evening", "afternoon"})


def _any(groups: Groups, name: str) -> str | None:
    """The group `name`, or the one of that name and a figure: a pattern has each name once."""
    return next((value for key, value in groups.items() if key.rstrip("0123456789") == name), None)


def _named_unit(groups: Groups) -> Unit | None:
    """The unit of a match by which one can count."""
    unit = _any(groups, "u")
    if unit in HALF_DAYS:
        return "day"
    return cast(Unit, unit) if unit in ("day", "week", "month", "year", "decade") else None
