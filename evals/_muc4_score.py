"""MUC-4's scoring rules (official/scoring-guidelines, version 7): a response's templates against a key's.

The judges of 1992 decided by hand about words that differ from the key's; `words` says here what they mostly decided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from evals._muc4_templates import NUMBERS, STRINGS, Fill, Template, Value

HIERARCHY = {
    "GUN": ("MACHINE GUN", "MORTAR", "HANDGUN", "RIFLE"),
    "EXPLOSIVE": ("BOMB", "VEHICLE BOMB", "DYNAMITE", "MINE", "AERIAL BOMB", "GRENADE", "MOLOTOV COCKTAIL"),
    "BOMB": ("VEHICLE BOMB", "DYNAMITE", "MINE", "AERIAL BOMB"),
    "PROJECTILE": ("MISSILE", "ROCKET"),
}
HALF = {
    7: {(wide, narrow) for wide, narrows in HIERARCHY.items() for narrow in narrows},
    11: {("SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES")},
    13: {("POLITICAL FIGURE OFFICE OR RESIDENCE", "GOVERNMENT OFFICE OR RESIDENCE")},
    16: {("DESTROYED", "SOME DAMAGE")},
    20: {
        ("GOVERNMENT OFFICIAL", "FORMER GOVERNMENT OFFICIAL"),
        ("ACTIVE MILITARY", "FORMER ACTIVE MILITARY"),
        ("POLITICAL FIGURE", "GOVERNMENT OFFICIAL"),
    },
    23: {("NO INJURY", "NO INJURY OR DEATH"), ("NO DEATH", "NO INJURY OR DEATH")},
}
"""Of slots with a list: response and key that are half right (section 3.2)."""
TARGETS = (9, 10, 12, 13, 18, 19, 20)
"""Two templates may be of one incident only if one of these agrees at least partly (3.2.1)."""
LEADING = frozenset(
    [
        "A",
        "AN",
        "THE",
        "THIS",
        "THAT",
        "THESE",
        "THOSE",
        "SOME",
        "SEVERAL",
        "MANY",
        "FEW",
        "ALL",
        "TWO",
        "THREE",
        "FOUR",
        "FIVE",
        "SIX",
        "SEVEN",
        "EIGHT",
        "NINE",
        "TEN",
        "ONE",
        "ANOTHER",
        "OTHER",
        "UNIDENTIFIED",
        "UNKNOWN",
        "ALLEGED",
        "SALVADORAN",
        "COLOMBIAN",
        "PERUVIAN",
        "CHILEAN",
        "GUATEMALAN",
        "HONDURAN",
        "NICARAGUAN",
        "BOLIVIAN",
        "U.S.",
        "AMERICAN",
        "SPANISH",
        "ITS",
        "HIS",
        "THEIR",
        "HER",
        "OUR",
    ]
)
"""Modifiers that are not essential (3.1.1.1)."""
SMALL = frozenset(
    [
        "OF",
        "THE",
        "A",
        "AN",
        "AND",
        "IN",
        "ON",
        "AT",
        "FOR",
        "TO",
        "BY",
        "WITH",
        "FROM",
        "DE",
        "LA",
        "DEL",
        "EL",
        "LOS",
        "LAS",
    ]
)


@dataclass(slots=True)
class Counts:
    """What a slot, or all of them, came to."""

    possible: float = 0
    actual: float = 0
    correct: float = 0
    partial: float = 0

    def add(self, other: Counts) -> None:
        """Adds another's."""
        self.possible += other.possible
        self.actual += other.actual
        self.correct += other.correct
        self.partial += other.partial

    @property
    def recall(self) -> float:
        """In hundredths."""
        return 100 * (self.correct + self.partial / 2) / self.possible if self.possible else 0.0

    @property
    def precision(self) -> float:
        """In hundredths."""
        return 100 * (self.correct + self.partial / 2) / self.actual if self.actual else 0.0

    @property
    def f(self) -> float:
        """P&R, from the whole hundredths, as the official scorer reckons."""
        recall, precision = round(self.recall), round(self.precision)
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


@dataclass(slots=True)
class Score:
    """The counts of each slot, and which template met which."""

    slots: dict[int, Counts] = field(default_factory=lambda: {slot: Counts() for slot in NUMBERS})
    ids: Counts = field(default_factory=Counts)
    met: list[tuple[Template, Template]] = field(default_factory=list)

    def total(self, slots: Sequence[int] = tuple(NUMBERS)) -> Counts:
        """The sum over slots."""
        out = Counts()
        for slot in slots:
            out.add(self.slots[slot])
        return out


def score(key: Mapping[str, Sequence[Template]], response: Mapping[str, Sequence[Template]]) -> Score:
    """All templates: those without a partner count as missing or spurious."""
    out = Score()
    for message in key:
        wanted, got = list(key[message]), list(response.get(message, ()))
        pairs = aligned(wanted, got)
        for k, theirs in enumerate(wanted):
            partner = pairs.get(k)
            if partner is None and theirs.optional:
                continue
            out.ids.add(Counts(1, partner is not None, partner is not None))
            if partner is not None:
                out.met.append((theirs, got[partner]))
            for slot, counts in compared(theirs, got[partner] if partner is not None else None).items():
                out.slots[slot].add(counts)
        for n in set(range(len(got))) - set(pairs.values()):
            out.ids.add(Counts(0, 1))
            for slot, fills in got[n].slots.items():
                out.slots[slot].add(Counts(0, len(fills)))
    return out


def aligned(wanted: Sequence[Template], got: Sequence[Template]) -> dict[int, int]:
    """The one-to-one pairing with the most points: key's number to response's."""
    points = {
        (k, n): sum(c.correct + c.partial / 2 for c in compared(theirs, ours).values())
        for k, theirs in enumerate(wanted)
        for n, ours in enumerate(got)
        if may_meet(theirs, ours)
    }

    @cache
    def best(k: int, used: frozenset[int]) -> tuple[float, tuple[tuple[int, int], ...]]:
        if k == len(wanted):
            return 0.0, ()
        out = best(k + 1, used)
        for n in range(len(got)):
            if n not in used and (k, n) in points:
                rest, pairs = best(k + 1, used | {n})
                if rest + points[k, n] > out[0]:
                    out = rest + points[k, n], ((k, n), *pairs)
        return out

    return dict(best(0, frozenset())[1])


def may_meet(theirs: Template, ours: Template) -> bool:
    """The content-based conditions (3.2.1): the type at least partly, and a perpetrator or target at least partly."""
    if not _slot(4, theirs, ours):
        return False
    return any(_slot(slot, theirs, ours) for slot in TARGETS)


def _slot(slot: int, theirs: Template, ours: Template) -> bool:
    return any(matched(slot, key, fill) > 0 for key in theirs.slots.get(slot, ()) for fill in ours.slots.get(slot, ()))


def compared(theirs: Template, ours: Template | None) -> dict[int, Counts]:
    """The counts of every slot of two templates; all is missing where there is no response."""
    out = {}
    for slot in NUMBERS:
        wanted, got = theirs.slots.get(slot, []), ours.slots.get(slot, []) if ours else []
        if wanted or got:
            out[slot] = _counted(slot, wanted, got)
    return out


def _counted(slot: int, wanted: Sequence[Fill], got: Sequence[Fill]) -> Counts:
    possible = {(k, n): matched(slot, key, fill) for k, key in enumerate(wanted) for n, fill in enumerate(got)}
    ranked = sorted((p for p in possible.items() if p[1]), key=lambda p: (-p[1], wanted[p[0][0]].optional, p[0]))
    keys: set[int] = set()
    fills: set[int] = set()
    correct = partial = 0
    for (k, n), value in ranked:
        if k in keys or n in fills:
            continue
        keys.add(k)
        fills.add(n)
        correct += value == 1
        partial += value != 1
    required = sum(not fill.optional or k in keys for k, fill in enumerate(wanted))
    return Counts(required, len(got), correct, partial)


@cache
def matched(slot: int, key: Fill, fill: Fill) -> float:
    """How right one fill is: 1, 0.5 or 0; the best over their values."""
    rule: Callable[[Value, Value], float] = RULES.get(slot, lambda key, got: _listed(slot, key, got))
    return max(rule(wanted, got) for wanted in key.values for got in fill.values)


def _listed(slot: int, key: Value, got: Value) -> float:
    """A value of a list, with the words it belongs to (3.1.2)."""
    if got.text == key.text:
        return _tagged(key, got)
    return 0.5 if (got.text, key.text) in HALF.get(slot, ()) else 0.0


def _tagged(key: Value, got: Value) -> float:
    """1 where the words that a fill belongs to are the key's, else 0.5."""
    if not key.tag:
        return 1.0
    return 1.0 if any(words(theirs, ours) == 1 for theirs in key.tag for ours in got.tag) else 0.5


def _number(key: Value, got: Value) -> float:
    """A number, a range (3.2.14)."""
    tagged = _tagged(key, got)
    if re.sub(r"\s", "", got.text) == re.sub(r"\s", "", key.text):
        return tagged
    if got.text.isdigit() and (key.text == f"~{got.text}" or got.text in re.split(r"\s*-\s*", key.text)):
        return 0.5
    return 0.0


def _described(key: Value, got: Value) -> float:
    """A description with the name that it belongs to (3.2.19)."""
    value = words(key.text, got.text)
    if value == 1 and key.tag and not (got.tag and any(words(a, b) > 0 for a in key.tag for b in got.tag)):
        return 0.5
    return value


def _date(key: Value, got: Value) -> float:
    """A date, a range, a default (3.2.2)."""
    if key.text == got.text:
        return 1.0
    theirs, ours = _days(key.text), _days(got.text)
    if theirs is None or ours is None:
        return 0.0
    if ours[0] is None:  # "- 26 AUG 89", which looks like a default
        return 0.5 if ours[1] == theirs[1] else 0.0
    if theirs[0] is None:
        return 0.5 if ours[0] <= theirs[1] else 0.0
    if ours[0] == ours[1]:
        return 0.5 if theirs[0] <= ours[0] <= theirs[1] else 0.0
    return 0.5 if theirs[0] <= ours[1] and ours[0] <= theirs[1] else 0.0


MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DAY = re.compile(r"(?:(\d{1,2}) )?([A-Z]{3}) (\d\d)")


def _days(text: str) -> tuple[int | None, int] | None:
    found = [
        (int(y) * 372 + (MONTHS.index(m) if m in MONTHS else 0) * 31 + int(d or 15)) for d, m, y in DAY.findall(text)
    ]
    if not found:
        return None
    return (None if text.startswith("-") else found[0]), found[-1]


def _place(key: Value, got: Value) -> float:
    """A place: country, department, city … (3.2.3)."""
    if key.text == got.text:
        return 1.0
    theirs, ours = ([part.strip() for part in text.split(":")] for text in (key.text, got.text))
    either = [part for part in theirs[1:] for part in part.split(" - ")]
    if theirs[0] == ours[0]:
        return 1.0 if len(theirs) > 1 and ours[1:] == theirs[1:] else 0.5
    return 0.5 if ours[1:] and set(ours[1:]) <= set(either) else 0.0


@cache
def words(key: str, got: str) -> float:
    """Words of the text: the same (1), the same with more around it or a part of a name (0.5), or neither."""
    theirs, ours = _kept(key), _kept(got)
    if not theirs or not ours:
        return float(key == got)
    if theirs == ours or key == got or _kept(key.split(",")[0]) == _kept(got.split(",")[0]):
        return 1.0
    bare = tuple(w for w in theirs if w not in SMALL)
    mine = tuple(w for w in ours if w not in SMALL)
    if not bare or not mine:
        return 0.0
    if ours[-len(theirs) :] == theirs:  # more modifiers before it
        return 1.0
    if ours[: len(theirs)] == theirs:  # more after it
        return 0.5
    if set(mine) < set(bare):
        return 0.5
    return 0.5 if set(bare) < set(mine) else 0.0


def _kept(text: str) -> tuple[str, ...]:
    found = re.findall(r"[A-Z0-9][A-Z0-9.'&-]*", re.sub(r"\[[^\]]*\]", " ", text)) or re.findall(r"[A-Z0-9]+", text)
    while len(found) > 1 and (found[0] in LEADING or found[0].isdigit()):
        found = found[1:]
    return tuple(word.rstrip(".") for word in found)


RULES: dict[int, Callable[[Value, Value], float]] = {
    **{slot: lambda key, got: words(key.text, got.text) for slot in STRINGS},
    2: _date,
    3: _place,
    4: lambda key, got: 1.0 if key.text == got.text else 0.5 if got.text == "ATTACK" else 0.0,
    14: _number,
    17: _number,
    19: _described,
    21: _number,
    24: _number,
}


def talked(key: Mapping[str, Sequence[Template]], response: Mapping[str, Sequence[Template]]) -> Counter[str]:
    """How many messages have templates in both, in one alone, or in none."""
    return Counter(f"{'key' if key[m] else 'none'} {'ours' if response.get(m) else 'none'}" for m in key)
