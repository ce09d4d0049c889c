"""Which templates of an article are one: MUC-4 tells instances apart by place, date, type and perpetrator alone (its document on templates, section 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals._muc4_score import MONTHS
from evals._muc4_templates import Template
from evals._muc4_words import GENERIC, head
from reportedly.records import Claim

PERPETRATORS = (9, 10)
"""The slots of who did it."""
STRUCK = {12: 14, 19: 21}
"""The slots of what was struck, and of what they are who were; beside each the slot of how many."""

Found = tuple[Template, list[Claim]]
"""A template and the claims that it was filled from."""


def joined(found: Sequence[Found], fill: Callable[[Found], Template]) -> list[Template]:
    """The templates of an article, each act once.

    "Two missionaries were murdered in La Paz", "the murder of the U.S. missionaries": one, filled anew from the claims of both.

    Args:
        found: the templates, in the order in which they are told.
        fill: fills a template anew from claims.
    """
    out: list[Found] = []
    for template, claims in found:
        same = next((one for one in out if is_same(one[0], template)), None)
        if same is None:
            out.append((template, claims))
            continue
        both = [*same[1], *claims]
        out[out.index(same)] = (fill((same[0], both)), both)
    return [template for template, _ in out]


def is_same(one: Template, other: Template) -> bool:
    """Whether two templates tell the same persons or things struck, and differ in nothing that would make them two."""
    return (
        one.first(4) == other.first(4)
        and _same_place(one.first(3), other.first(3))
        and _same_time(one.first(2), other.first(2))
        and all(_same_doers(_texts(one, slot), _texts(other, slot)) for slot in PERPETRATORS)
        and _same_struck(one, other)
    )


def _same_place(one: str, other: str) -> bool:
    """ "PERU" holds "PERU: LIMA (CITY)"."""
    return one.startswith(other) or other.startswith(one)


def _same_time(one: str, other: str) -> bool:
    """ "08 JUL 89" lies in "08 JUL 89 - 09 JUL 89"; "- 10 JUL 89", the day of the report, is any before it."""
    first, second = _days(one), _days(other)
    return not first or not second or (first[0] <= second[-1] and second[0] <= first[-1])


def _days(when: str) -> list[tuple[int, int, int]]:
    """The first and the last day of a date's fill; none where only the report's day is known."""
    days = [] if when.startswith("- ") else [day.split() for day in when.split(" - ") if day]
    return [(int(year), MONTHS.index(month), int(number)) for number, month, year in days]


def _same_doers(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or _meet(one, other)


def _same_struck(one: Template, other: Template) -> bool:
    """The same person by name; where neither or only one has a name, the same words: "engineers" are "Brazilian engineers", people are anybody."""
    names, others = _texts(one, 18), _texts(other, 18)
    if names and others:
        return _meet(names, others)
    return any(
        head(first) == head(second)
        and head(first) not in GENERIC
        and _within(first, second)
        and _same_number(_number(one, counted, first), _number(other, counted, second))
        for slot, counted in STRUCK.items()
        for first in _texts(one, slot)
        for second in _texts(other, slot)
    )


def _number(template: Template, slot: int, text: str) -> str:
    """How many there were of those whom a template calls so; empty where it does not say."""
    values = (fill.values[0] for fill in template.slots.get(slot, ()))
    return next((value.text for value in values if text in value.tag and value.text != "PLURAL"), "")


def _same_number(one: str, other: str) -> bool:
    """Three peasants are not the two others."""
    return not one or not other or one == other


def _meet(some: Sequence[str], others: Sequence[str]) -> bool:
    return any(_within(one, other) for one in some for other in others)


def _within(one: str, other: str) -> bool:
    """Whether all words of the shorter stand in the longer."""
    first, second = set(one.split()), set(other.split())
    return bool(first and second) and (first <= second or second <= first)


def _texts(template: Template, slot: int) -> list[str]:
    return [fill.values[0].text for fill in template.slots.get(slot, ())]
