"""The lexicon of the date stage (``lexicons/dates.toml``) and the grammars that are compiled of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from reportedly.lexicons import Lexicon
from reportedly.stages import _date_grammar as grammar

Pointer = Literal["past", "present", "future"]


class DateWords(Lexicon, frozen=True, kw_only=True, eq=False):
    """The words of ``lexicons/dates.toml``. Compared by identity, so as to be a key."""

    ambiguous_months: frozenset[str]
    short_months: frozenset[str]
    day_parts: tuple[str, ...]
    future_auxiliaries: frozenset[str]
    future_nouns: frozenset[str]
    future_governors: frozenset[str]
    future_passives: frozenset[str]
    past_auxiliaries: frozenset[str]
    month_prepositions: frozenset[str]
    year_prepositions: frozenset[str]
    not_a_year_before: frozenset[str]
    name_followers: frozenset[str]
    not_dates: tuple[str, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    deictic: dict[str, int]
    numbers: dict[str, int]
    holidays: dict[str, str]
    known: dict[str, str]
    vague_amounts: tuple[str, ...]
    fillers: tuple[str, ...]
    time_zones: dict[str, str]
    pointers: dict[str, Pointer]
    sets: dict[str, str]


@lru_cache(maxsize=4)
def dated(words: DateWords) -> grammar.Grammar:
    """The grammar of what tells a day or a stretch of days."""
    return grammar.build(_classes(words), [*_anchors(words), *grammar.ANCHORS])


@lru_cache(maxsize=4)
def whole(words: DateWords) -> grammar.Grammar:
    """The grammar of every time expression: also clock times, durations, what comes back, "recently"."""
    anchors = (
        *_anchors(words),
        *grammar.ANCHORS,
        *grammar.UNDATED_ANCHORS,
        *words.pointers,
        *words.sets,
        *words.time_zones,
    )
    return grammar.build(_classes(words), [*anchors, *words.day_parts], grammar.UNDATED)


def _anchors(words: DateWords) -> list[str]:
    tables = (words.months, words.weekdays, words.seasons, words.deictic, words.holidays, words.known)
    return [word for table in tables for word in table]


def _classes(words: DateWords) -> dict[str, str]:
    months = grammar.choice(w for w in words.months if w not in words.short_months)
    short = grammar.choice(words.short_months)
    return {
        "MONTH": rf"(?:{months}|{short}\.?)",
        "WEEKDAY": grammar.choice(words.weekdays) + r"\b",
        "SEASON": grammar.choice(words.seasons),
        "PART": grammar.choice(words.day_parts),
        "DEICTIC": grammar.choice(words.deictic),
        "NUMBER": rf"(?:\d{{1,3}}|{grammar.choice(words.numbers)})",
        "TENS": grammar.choice(word for word, number in words.numbers.items() if 20 <= number < 100),
        "HOLIDAY": grammar.choice(words.holidays),
        "KNOWN": grammar.choice(words.known),
        "NOT_DATE": grammar.choice(words.not_dates),
        "VAGUE": grammar.choice(words.vague_amounts),
        "FILLER": grammar.choice(words.fillers),
        "ZONE": grammar.choice(words.time_zones),
        "POINTER": grammar.choice(words.pointers),
        "SET": grammar.choice(words.sets),
    }
