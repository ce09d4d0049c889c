"""Which incidents MUC-4 would count (its document on templates, section 1): recent, told of one act, not war alone, in the nine countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from evals._muc4_fill import Setting, Tables
from evals._muc4_places import PROVINCE
from evals._muc4_templates import Template
from evals._muc4_words import GENERIC, head
from reportedly.records import Claim, Event, EventDate

ARMED = frozenset({"ACTIVE MILITARY", "LAW ENFORCEMENT", "LAW ENFORCEMENT FACILITY"})
"""Who fights; an act against them alone is one of war."""
ANYBODY = frozenset({"PERSONNEL", "MEMBERS", "MEN", "WOUNDED", "DEAD", "CASUALTIES", "OTHERS", "OFFICERS", "OFFICER"})
"""Words that may stand for soldiers."""
A_WAR = 300
"""So many dead are those of a war."""
MANY = 100
"""So many dead are a sum, where neither a day nor a place is told."""
RECENT = 62
"""An incident is recent for so many days."""
A_MONTH = 31
"""What happened in longer than this happened more than once."""
ELSEWHERE = 60
"""A report's first characters, in which its own place stands."""
CROWDS = re.compile(r"(?:SCORES|HUNDREDS|THOUSANDS|DOZENS|(?:A )?LARGE NUMBERS?) OF\b")
PRISONERS = re.compile(r"\b(?:PRISONER|INMATE|CONVICT|PRISON)S?\b")
A_YEAR = 300
"""A date that leaves more days open names no more than a year."""
RUMOUR = re.compile(r"\bRUMOU?R")
"""What is told so is to be excluded (section 1, 5)."""
MANY_ACTS = re.compile(r"(?:ATTACKS|BOMBINGS|ACTS|ACTIONS|AMBUSHES|RAIDS|ASSAULTS|SABOTAGE)$")
"""Nouns for more than one act."""
ENDED = re.compile(r"\b(?:STOP|CEAS|SUSPEND|HALT)(?:S|E|ES|ED|ING|PING)?\b")
"""What is to end has no day of its own."""
NEAR = 45
"""So many characters before an act may such a word stand."""
CARRIED = re.compile(
    r"\b(?:BUS|TRUCK|VEHICLE|CONVOY|JEEP|MINIBUS)(?:E?S)?\b[^.]{0,30}\b(?:CARR|TRANSPORT|FILLED|FULL OF|LOADED)\w*"
    r"[^.,]{0,40}\b(?:SOLDIERS|TROOPS|POLICEMEN|MARINES|RECRUITS)\b"
)
"""Whom a vehicle carries that was struck with them."""
ABOARD = frozenset({"TRANSPORT VEHICLE", "SECURITY GUARD"})
A_YEAR_TOLD = re.compile(r"\b(?:IN|OF|DURING) (?:[A-Z]+ )?(1[89]\d\d|20\d\d)\b(?!'?S)")
""" "In November 1985", not "in the 1980's"."""
LONG_AGO = re.compile(
    r"\bYEARS? (?:AGO|EARLIER)\b|\bRECENT YEARS\b|\bPAST (?:FEW )?YEARS\b|\bON THAT OCCASION\b|\bRECALL"
    r"|\bIN THE PAST\b(?! (?:FEW|\d+|TWO|THREE|HOUR|DAY|WEEK|MONTH))"
)
"""What is told "only to provide historical context"."""


def relevant(template: Template, claims: Sequence[Claim], tables: Tables, setting: Setting) -> bool:
    """No clash between armed sides, no attack on soldiers or police alone, nothing without a target, nothing long past, nothing outside the nine
    countries, no sum of many acts, no acts in general, nothing that is only planned or rumoured."""
    events = [claim.event for claim in claims if claim.event]
    if all(event.event_type == "armed_clash" for event in events) or not {12, 18, 19} & set(template.slots):
        return False
    if _struck(template) <= ARMED or _carried(template, claims) or _vague(template, events) or _in_jail(template):
        return False
    if _general(template, claims, events) or _planned(template, claims):
        return False
    if _past(claims, events, setting.dateline) or _abroad(claims, events, tables, setting):
        return False
    place = template.first(3)
    return not place or any(place.startswith(country) for country in tables.words["countries"].values())


def is_sum(event: Event) -> bool:
    """ "A war that left 70,000 dead" is told beside one incident, and is none."""
    return _dead((event,)) >= A_WAR


def _in_jail(template: Template) -> bool:
    """What prisoners do to each other and to their guards is crime."""
    doers = [fill.values[0].text for fill in template.slots.get(9, ())]
    return bool(doers) and all(PRISONERS.search(words) for words in doers)


def _dead(events: Sequence[Event]) -> int:
    """How many died by the lowest figure that is told."""
    killed = [quantity.low or 0 for event in events for quantity in event.quantities if quantity.kind == "killed"]
    return min(killed, default=0)


def _struck(template: Template) -> set[str]:
    """The kinds of what was struck; where soldiers were, "the wounded personnel" are soldiers too."""
    fills = [fill.values[0] for slot in (13, 20) for fill in template.slots.get(slot, ())]
    kinds = {value.text for value in fills}
    named = {value.text for value in fills if not any(head(words) in ANYBODY for words in value.tag)}
    return named if named & ARMED else kinds


def _carried(template: Template, claims: Sequence[Claim]) -> bool:
    """ "A bus carrying soldiers was bombed": the attack was on them."""
    struck = _struck(template)
    if 18 in template.slots or "TRANSPORT VEHICLE" not in struck or not struck <= ARMED | ABOARD:
        return False
    return any(CARRIED.search(sentence) for sentence in _sentences(claims))


def _general(template: Template, claims: Sequence[Claim], events: Sequence[Event]) -> bool:
    """ "Terrorist attacks on the pipeline", at no time and place of their own, are no one act (section 1, 7); nor is what somebody is to stop."""
    if all(_ended(claim) for claim in claims):
        return True
    told = any(claim.factuality and claim.factuality.stage not in ("accomplished", "ongoing") for claim in claims)
    if told or 18 in template.slots or _has_own(events, PROVINCE) or any(event.date for event in events):
        return False
    counted = any(quantity.kind != "events" for event in events for quantity in event.quantities)
    return not counted and all(MANY_ACTS.search(event.trigger.text.upper()) for event in events)


def _ended(claim: Claim) -> bool:
    """ "They decided to stop sabotaging the power lines"."""
    text = claim.sentence.text.upper()
    at = text.find(claim.event.trigger.text.upper()) if claim.event else -1
    return at >= 0 and ENDED.search(" ".join(text[max(0, at - NEAR) : at].split())) is not None


def _planned(template: Template, claims: Sequence[Claim]) -> bool:
    """Only acts and attempted acts are wanted "that are reported as factual" (section 1, 5): what is planned, but against nobody by name, is
    none, and rumours are not."""
    if all(RUMOUR.search(sentence) for sentence in _sentences(claims)):
        return True
    return 18 not in template.slots and all(
        claim.factuality is not None and claim.factuality.stage == "planned" for claim in claims
    )


def _vague(template: Template, events: Sequence[Event]) -> bool:
    """At no time and place of its own, what happened to people in general: to so many without a name or a number; to "five people" of whom no
    more is said, or by nobody's hand."""
    if _has_own(events, PROVINCE) or {12, 18} & set(template.slots):
        return False
    people = [fill.values[0].text for fill in template.slots.get(19, ())]
    if all(head(words) in GENERIC for words in people) and (
        len(events) == 1 or not any(event.actors for event in events)
    ):
        return True
    if _dead(events) >= MANY:
        return True
    numbers = [fill.values[0].text for fill in template.slots.get(21, ())]
    return all(number == "PLURAL" for number in numbers) or all(CROWDS.match(words) for words in people)


def _has_own(events: Sequence[Event], precision: int) -> bool:
    """Whether it is told on what day or in what month it happened, or where."""
    return any(
        (event.date is not None and _days(event.date) <= A_MONTH)
        or any(place.where_prec <= precision for place in event.places)
        for event in events
    )


def _days(when: EventDate) -> int:
    """How many days a date leaves open."""
    if not when.start or not when.end:
        return RECENT
    return (date.fromisoformat(when.end[:10]) - date.fromisoformat(when.start[:10])).days


def _past(claims: Sequence[Claim], events: Sequence[Event], published: str | None) -> bool:
    """ "Recent" is what happened in the last two months; what is recalled from years ago is context."""
    days = [event.date.end for event in events if event.date and event.date.end]
    if published and days:
        return (date.fromisoformat(published[:10]) - date.fromisoformat(max(days))).days > RECENT
    if days:
        return all(event.date is None or _days(event.date) > A_YEAR for event in events)  # a report without a date
    year = int(published[:4]) if published else 0
    return all(LONG_AGO.search(sentence) or _in_years_before(sentence, year) for sentence in _sentences(claims))


def _in_years_before(sentence: str, year: int) -> bool:
    """ "In November 1985" in a report of 1989; not where it names its own year too."""
    years = [int(told) for told in A_YEAR_TOLD.findall(sentence)]
    return bool(years) and max(years) < year


def _abroad(claims: Sequence[Claim], events: Sequence[Event], tables: Tables, setting: Setting) -> bool:
    """A report from another country, and more of it than of any of the nine, tells of what happened there, unless it says otherwise."""
    known = tables.words["countries"]
    if any(place.country in known for event in events for place in event.places):
        return False
    own = tables.most("nations", setting.text[:ELSEWHERE]) or tables.most("nations", " ".join(_sentences(claims)))
    here = tables.most("abroad", setting.text[:ELSEWHERE])
    return (
        not own
        and bool(here)
        and tables.count("abroad", here, setting.text) > tables.count("nations", setting.nation, setting.text)
    )


def _sentences(claims: Sequence[Claim]) -> Iterator[str]:
    return (" ".join(claim.sentence.text.upper().split()) for claim in claims)
