"""Time expressions that tell no day by themselves: how long, how often, at what hour, or only when as seen from now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.stages._date_rules import Groups
from reportedly.stages._date_words import DateWords, Pointer

Kind = Literal["date", "time", "duration", "set"]
KINDS: dict[str, Kind] = {
    "window": "duration",
    "vague": "duration",
    "duration": "duration",
    "units": "duration",
    "clock": "time",
    "day_part": "time",
    "set": "set",
}
"""By rule; of any other the words decide between a day and a part of it."""
FUTURE = ("next", "coming", "following")


@dataclass(frozen=True, slots=True)
class Measure:
    """What an expression tells beside the days, as far as it does."""

    amount: float | None = None
    """How many of `unit`; None where the words do not tell ("for years")."""
    unit: str | None = None
    """second to century, in the singular."""
    clock: str | None = None
    """HH:MM, with Z or the hours from UTC where a zone is named."""
    pointer: Pointer | None = None


def kind_of(rule: str, mention: str, words: DateWords, *, anchored: bool) -> Kind:
    """What sort of expression a match is, by its rule and its words in lower case; `anchored` where it names days."""
    if rule == "anchored" and not anchored:  # "three days after the vote"
        return "duration"
    if rule in KINDS:
        return KINDS[rule]
    return "time" if any(part in mention for part in words.day_parts) else "date"


def measure(rule: str, groups: Groups, mention: str, words: DateWords) -> Measure:
    """Reads the amount, the hour or the direction of a match."""
    if rule == "clock":
        return Measure(clock=_clock(groups, words))
    if rule == "pointer":
        return Measure(pointer=words.pointers[" ".join(groups["to"].split())])
    if rule == "few_ago" or (rule == "vague" and not any(word in mention for word in FUTURE)):
        return Measure(pointer="past")
    if rule == "vague":
        return Measure(pointer="future")
    if rule == "set" and "set" in groups:
        return Measure(1, words.sets[groups["set"]])
    if rule == "anchored" and groups["n"] not in ("the", "several") and groups["n"].split()[-1] != "few":
        return Measure(_number(groups["n"], words), _unit(groups))
    if rule in ("window", "duration", "units", "set"):
        return Measure(_amount(rule, groups, mention, words), _unit(groups))
    return Measure()


def _unit(groups: Groups) -> str | None:
    unit = groups.get("u")
    return {"centurie": "century", "night": "day"}.get(unit, unit) if unit else None


def _amount(rule: str, groups: Groups, mention: str, words: DateWords) -> float | None:
    if rule == "units" or "many" in groups:
        return None
    first = groups.get("n") or groups.get("n1")
    if first == "few":
        return None
    number = _number(first, words) if first else 1.0
    if "tens" in groups:
        number += _number(groups["tens"], words)
    if "half" in groups:
        return number + 0.5
    return 0.5 if mention.startswith("half") else number


def _number(word: str, words: DateWords) -> float:
    plain = " ".join(word.split())
    if plain == "other":  # every other week
        return 2.0
    return float(plain if plain.isdigit() else words.numbers[plain])


def _clock(groups: Groups, words: DateWords) -> str:
    parts = {key.rstrip("0123456789"): value for key, value in groups.items()}
    hour = int(parts["h"])
    if "half" in parts:
        hour = hour % 12 + (12 if parts["half"] == "p" else 0)
    return f"{hour:02}:{parts.get('min', '00')}{words.time_zones.get(parts.get('z', ''), '')}"
