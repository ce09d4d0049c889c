"""The patterns of the date stage: which words are a date mention, and which rule reads them.

Patterns are matched against lower-cased text. They are written with plain spaces, which stand for any white space, and
with ``{NAME}`` for the word classes of the lexicon. The order is the order in which they are tried at one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

YEAR = r"(?:1\d|20)\d\d"
NUMBER_OF_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
MODIFIER = r"(?:early|mid|middle|late|(?:the )?(?:start|beginning|middle|end) of)"
JOINT = r"(?: ?- ?| to | until | till | through )"
YEAR_TAIL = (
    r"(?:,? (?:of )?(?P<y>{YEAR})|-(?P<yh>{YEAR})|,? (?:of )?(?P<ry>last|this|next) year"
    r"|[ -]'?(?P<yy>\d\d)(?= ?[(\]):;,]| ?$| ?\n| ?--))?"
)
CLASSES: Mapping[str, str] = {
    "YEAR": YEAR,
    "DAY": NUMBER_OF_DAY,
    "MODIFIER": MODIFIER,
    "JOINT": JOINT,
    "TAIL": YEAR_TAIL,
    "DAY_LEAD": r"(?:{WEEKDAY},? )?",
    "HALF_DAY": r"(?:day|night|morning|evening|afternoon)",
    "UNIT": r"(?:second|minute|hour|day|night|week|weekend|month|quarter|year|decade|century|centurie)",
}

RULES: tuple[tuple[str, str], ...] = (
    ("name", r"{NOT_DATE}"),
    ("iso", r"(?P<y>{YEAR})[-/](?P<m>\d\d?)[-/](?P<d>\d\d?)"),
    ("numeric", r"(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)[/.-](?P<y>{YEAR})"),
    ("known", r"(?P<known>{KNOWN})"),
    ("deictic", r"(?:(?:earlier|early|late|later) )?(?P<w>{DEICTIC}|overnight)(?: {PART})?"),
    ("days_month", r"(?:the )?(?P<d>{DAY})(?:{JOINT}| and )(?:the )?(?P<d2>{DAY})(?: of | )(?P<m>{MONTH}){TAIL}"),
    ("month_days", r"(?P<m>{MONTH}) (?P<d>{DAY})(?:{JOINT}| and )(?P<d2>{DAY}){TAIL}"),
    (
        "day_month_to_day_month",
        r"{DAY_LEAD}(?:the )?(?P<d>{DAY})(?: of | )(?P<m>{MONTH})(?:,? (?P<y1>{YEAR}))?{JOINT}"
        r"{DAY_LEAD}(?:the )?(?P<d2>{DAY})(?: of | )(?P<m2>{MONTH}){TAIL}",
    ),
    (
        "month_day_to_month_day",
        r"{DAY_LEAD}(?P<m>{MONTH}) (?P<d>{DAY})(?:,? (?P<y1>{YEAR}))?,?{JOINT}"
        r"{DAY_LEAD}(?P<m2>{MONTH}) (?P<d2>{DAY}){TAIL}",
    ),
    (
        "week_of",
        r"(?:the )?week (?:of|beginning|starting) {DAY_LEAD}(?:(?:the )?(?P<d>{DAY})(?: of | )(?P<m>{MONTH})"
        r"|(?P<mb>{MONTH}) (?P<db>{DAY})){TAIL}",
    ),
    ("day_month", r"(?:{WEEKDAY},? (?:the )?|the (?=\d+(?:st|nd|rd|th)))?(?P<d>{DAY})(?: of |-| )(?P<m>{MONTH}){TAIL}"),
    ("month_day", r"{DAY_LEAD}(?P<m>{MONTH}) (?:the )?(?P<d>{DAY}){TAIL}"),
    ("month_to_month", r"(?P<m>{MONTH})(?: (?P<y1>{YEAR}))?{JOINT}(?P<m2>{MONTH}){TAIL}"),
    (
        "months",
        r"(?P<m>{MONTH}) (?:and|or) (?P<m2>{MONTH}),? (?:of )?(?:(?P<y>{YEAR})|(?P<ry>last|this|next) year)",
    ),
    (
        "fraction",
        r"the (?P<nth>first|second|third|fourth|last|final) (?P<part>half|quarter|week) of "
        r"(?:(?P<m>{MONTH}){TAIL}|(?P<y0>{YEAR})|(?P<rel>last|this|next|the) (?P<u>year|month))",
    ),
    ("holiday", r"(?:(?P<rel>last|this|next) )?(?P<h>{HOLIDAY}){TAIL}"),
    ("month", r"(?:(?P<mod>{MODIFIER})[ -]|(?P<rel>last|this past|this|next) )?(?P<m>{MONTH}){TAIL}"),
    ("season", r"(?:the )?(?:(?P<mod>early|mid|late)[ -])?(?P<s>{SEASON})(?: of (?:the year )?|, | )(?P<y>{YEAR})"),
    ("relative_season", r"(?:(?P<rel>last|this past|this|next) )(?P<s>{SEASON})"),
    ("bare_season", r"(?<=\s)(?:the )?(?P<s>{SEASON})"),
    (
        "decade",
        r"(?:the )?(?:(?P<mod>early|mid|late)[ -])?"
        r"(?:(?P<dec>(?:1[5-9]|20)\d0)'?s|(?:(?<=the\s)|(?<=0s\sand\s))'?(?P<dd>[5-9]0)'?s)",
    ),
    ("year_to_year", r"(?P<y>{YEAR})(?: ?[-/] ?| to | until | till | through )(?P<y2>{YEAR}|\d\d)"),
    (
        "relative",
        r"(?:(?P<mod>{MODIFIER}|earlier|later),? (?:in )?)?(?P<rel>last|this|next) (?P<u>week|month|year|decade)",
    ),
    ("of_the_unit", r"(?:the )?(?P<mod>start|beginning|middle|end) of the (?P<u>week|month|year|decade)"),
    ("weekend", r"(?:(?:the )?(?P<rel>last|next|this past|past|this|coming) |the )weekend"),
    (
        "same_period",
        r"(?:the|that) same (?:period|day|week|month|quarter|time),? (?:of )?(?:the )?"
        r"(?:(?P<back>last|previous|preceding) year|a year (?:ago|earlier|before))",
    ),
    (
        "that",
        r"(?:(?:the|that) (?P<which>same|previous|following|preceding) (?P<u>{HALF_DAY}|week|month|year|weekend)"
        r"|the (?P<which1>next) (?P<u1>{HALF_DAY})|that (?P<u2>{HALF_DAY}|week|month|year)"
        r"|the (?P<u3>day|week|month|year) (?P<which3>previous)"
        r"|(?:early|earlier|late|later) (?:on )?(?:in the|that) (?P<u4>day|week|month|year))",
    ),
    ("quarter", r"(?:the )?(?P<nth>first|second|third|fourth|last|final|past|this|next)[ -]quarter(?! of )"),
    (
        "window",
        r"(?:the )?(?P<rel>last|past|next|coming) (?:(?P<n>{NUMBER}) )?(?P<u>hour|day|week|month|year|decade)s?",
    ),
    (
        "vague",
        r"(?:the )?(?:(?:last|past|next|coming|previous|following) (?:few|several|couple of)|recent|coming) "
        r"(?:hours|days|weeks|months|years|decades)",
    ),
    ("ago", r"(?P<n>{NUMBER}|half a)(?P<half> and a half)? (?P<u>hour|day|week|month|year|decade)s? ago"),
    ("few_ago", r"(?:(?:a few|few|several|some|many|a couple) )?(?:hours|days|weeks|months|years|decades) ago"),
    (
        "anchored",
        r"(?P<n>{NUMBER}|the|a few|several) (?P<u>day|night|week|month|year)s? "
        r"(?P<dir>earlier|before|later|after|previously)",
    ),
    ("weekdays", r"(?P<w>{WEEKDAY}){JOINT}(?P<w2>{WEEKDAY})"),
    (
        "weekday",
        r"(?:(?:early|late|earlier|later) (?:on )?)?"
        r"(?:the {PART} of |(?P<rel>last|next|this past|this coming|this|past) )?"
        r"(?P<w>{WEEKDAY})(?:[ -]{PART})?(?:,? (?:of )?(?P<tail>last|this|next) week)?",
    ),
    ("nth", r"the (?P<d>{DAY}) of (?P<rel>last|this|next) month|(?<=on\s)the (?P<d0>\d\d?(?:st|nd|rd|th))(?= ?[.,;])"),
    ("year", r"(?:(?P<mod>{MODIFIER})[ -])?(?P<y>{YEAR})(?! {ZONE}\b)"),
)
WITH_AND = ("day_month_to_day_month", "month_day_to_month_day", "month_to_month", "weekdays")
BETWEEN: tuple[tuple[str, str], ...] = (
    *((name, r"(?<=between\s)" + pattern.replace("{JOINT}", " and ")) for name, pattern in RULES if name in WITH_AND),
    ("year_to_year", r"(?<=between\s)(?P<y>{YEAR}) and (?P<y2>{YEAR})"),
)
"""Two dates joined by "and" are one stretch after "between"."""
UNDATED: tuple[tuple[str, str], ...] = (
    (
        "clock",
        r"(?:(?P<h>[01]?\d|2[0-4])[:.](?P<min>[0-5]\d)(?:[:.]\d\d)?(?: ?(?P<half>[ap])(?:m\b|\.m\.?))?(?:,? \(?(?P<z>{ZONE})\b\)?)?"
        r"|(?P<h1>1[0-2]|0?[1-9]) ?(?P<half1>[ap])(?:m\b|\.m\.?)(?:,? \(?(?P<z1>{ZONE})\b\)?)?"
        r"|(?P<h2>[01]\d|2[0-4])(?P<min2>[0-5]\d) (?P<z2>{ZONE})"
        r"|(?P<h3>1[0-2]|[1-9]) o'clock)",
    ),
    ("day_part", r"(?:the )?(?:(?:early|late|mid)[ -])?{PART}"),
    ("set", r"(?P<set>{SET})|(?:every|each) (?:(?P<n>{NUMBER}|other|few) )?(?:(?P<u>{UNIT})s?|{WEEKDAY}|{PART})"),
    ("of_now", r"the (?:(?:entire|whole|rest of the|remainder of the) )?(?P<u>day|week|month|year|decade)"),
    (
        "duration",
        r"(?:(?P<n>{TENS})[ -](?P<tens>{NUMBER})|(?P<n1>{NUMBER})|(?P<many>{VAGUE})|half an?|single)"
        r"(?P<half> and a half)?(?:[ -]{FILLER}){0,2}[ -](?P<u>{UNIT})s?(?:-long)?(?![ -]old)",
    ),
    ("units", r"(?P<u>{UNIT})s(?:-long)?"),
    ("pointer", r"(?P<to>{POINTER})"),
)
"""What tells no day: times of day, durations, what comes back, and words that only point."""
UNDATED_ANCHORS = ("second", "minute", "century", "centurie", "every", "each", "o'clock")
ANCHORS = (
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "decade",
    "morning",
    "night",
    "afternoon",
    "evening",
    "overnight",
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled patterns: `anchor` finds sentences worth reading, `any_rule` a mention, `rules` its parts."""

    anchor: re.Pattern[str]
    any_rule: re.Pattern[str]
    rules: Mapping[str, tuple[str, re.Pattern[str]]]
    """Group name in `any_rule` to the rule's name and its own pattern."""


def choice(words: Iterable[str]) -> str:
    """One of `words`, the longest first."""
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", " ") for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


def build(classes: Mapping[str, str], anchors: Iterable[str], more: tuple[tuple[str, str], ...] = ()) -> Grammar:
    """Compiles the grammar.

    Args:
        classes: the word classes, by their names in the patterns.
        anchors: words at least one of which every mention without a figure holds.
        more: rules that are tried after all others.
    """
    table = {**CLASSES, **classes}
    every = (*BETWEEN, *RULES, *more)
    numbered = [(f"r{i}", name, _expand(pattern, table)) for i, (name, pattern) in enumerate(every)]
    rules = {key: (name, re.compile(pattern)) for key, name, pattern in numbered}
    bare = "|".join(f"(?P<{key}>{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', pattern)})" for key, _, pattern in numbered)
    any_rule = re.compile(rf"(?<![\w$£€/])(?<!\d[.,:-])(?:{bare})(?!\w)(?![.,:/-]\d)")
    figures = rf"\d(?:st|nd|rd|th)\b|\b{YEAR}(?:s|'s|\b)|[5-9]0s\b|\d[/.:]\d|\d ?[ap]\.?m\b"
    return Grammar(re.compile(rf"\b{choice(anchors)}|{figures}"), any_rule, rules)


def _expand(pattern: str, table: Mapping[str, str]) -> str:
    while re.search(r"[{][A-Z_]+[}]", pattern):
        pattern = re.sub(r"[{]([A-Z_]+)[}]", lambda m: table[m.group(1)], pattern)
    pattern = re.sub(r"\[([^\[\]]*) ([^\[\]]*)\]", r"[\1\\s\2]", pattern.replace(" ?", r"\s{0,20}"))
    return pattern.replace(" ", r"\s{1,20}")  # bounded, so that a page of blanks costs no time
