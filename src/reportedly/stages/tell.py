"""tell: what a cluster of accounts comes to. It never decides what is true: where the accounts differ, both sides stay.

Each value is the one that most articles give, reprints apart; of a toll the lowest and the highest stay, and the latest one published is
the best. The grade is NATO's Admiralty grade, given with reasons and only where there are any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from reportedly.entries import Account, Contradiction, Grade, Incident, Range, Testimony
from reportedly.records import Actor, EventDate, EventType, Place, Stage
from reportedly.stages._account_facts import folded, singular
from reportedly.stages._contradictions import contradictions
from reportedly.stages._incident_facts import COUNTRY, GENERIC, TOWN
from reportedly.stages._origins import Origins, origins
from reportedly.stages._titles import title
from reportedly.stages.account import CONFIDENCE, STAGES

T = TypeVar("T")
UNPLACED = 4
"""The `where_prec` that a place without coordinates stands for."""
CONFIRMED = 3
"""Origins from which on an act counts as confirmed."""
ARTICLES = frozenset({"a", "an", "the"})
COUNTING = frozenset(
    [
        "about",
        "at",
        "least",
        "more",
        "than",
        "up",
        "to",
        "over",
        "nearly",
        "some",
        "several",
        "many",
        "dozens",
        "hundreds",
        "of",
        "those",
        "them",
        "people",
        "persons",
        "others",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "or",
        "even",
        "around",
        "almost",
        "all",
    ]
)
"""Words that only count whom it was done to."""
JOINING = frozenset({"on", "in", "of", "from", "with", "who", "near", "at"})
"""After a name they begin what tells it more fully."""
FULLEST = 40
"""Characters of a name beyond which it is a description."""
DENIED = frozenset({"denied"})
QUOTES = "\"'‘’“”"
RECIPIENTS = 20
"""At most so many names of those to whom it was done."""


def incident(
    accounts: Sequence[Account],
    testimonies: Iterable[Testimony],
    reprints: Mapping[str, str],
    families: Mapping[str, str],
) -> Incident:
    """The incident of a cluster.

    Args:
        accounts: at least one, in any order.
        testimonies: the claims of these accounts, in any order.
        reprints: article_id to the article_id of the earliest article that it repeats; other articles may be among them.
        families: event type to its family (``event_types.toml``).
    """
    told = sorted(accounts, key=lambda a: (a.publication_date or "9999", a.article_id, a.account_id))
    claims: dict[str, list[Testimony]] = {a.account_id: [] for a in told}
    for testimony in testimonies:
        claims[testimony.account_id].append(testimony)
    for given in claims.values():
        given.sort(key=lambda t: (t.claim.event.trigger.start if t.claim.event else 0, t.claim.claim_id))
    here = {a.article_id for a in told}
    repeated = {article: first for article, first in reprints.items() if article in here}
    own = [a for a in told if a.article_id not in repeated] or told
    sources = origins(told, claims, repeated)
    event_type = _type(own)
    differ = contradictions(told, claims, repeated, families[event_type])
    name = "inc-" + min(a.account_id for a in told).removeprefix("acc-")
    return _incident(name, event_type, families[event_type], told, own, claims, repeated, sources, differ)


def _incident(
    name: str,
    event_type: EventType,
    family: str,
    told: Sequence[Account],
    own: Sequence[Account],
    claims: Mapping[str, Sequence[Testimony]],
    reprints: Mapping[str, str],
    sources: Origins,
    differ: tuple[Contradiction, ...],
) -> Incident:
    days = sorted(a.publication_date for a in told if a.publication_date)
    outlets = tuple(dict.fromkeys(a.outlet for a in told if a.outlet))
    stage, place, when = _stage(own, family), _place(own), _date(own)
    killed, negated = _range([a.killed for a in own]), all(a.negated for a in own)
    return Incident(
        incident_id=name,
        event_type=event_type,
        family=family,
        stage=stage,
        negated=negated,
        place=place,
        date=when,
        actors=_actors(own),
        recipients=_recipients(own),
        weapons=_by_votes(w for a in own for w in a.weapons),
        killed=killed,
        wounded=_range([a.wounded for a in own]),
        event_clarity=_clarity(own, claims),
        title=title(event_type, stage, negated, place, when, killed, days[0] if days else None),
        account_ids=tuple(a.account_id for a in told),
        claim_ids=tuple(name for a in told for name in a.claim_ids),
        outlets=outlets,
        number_of_articles=len({a.article_id for a in told}),
        number_of_outlets=len(outlets),
        number_of_origins=len(sources.names),
        origins=sources.lines,
        contradictions=differ,
        grade=_grade(own, claims, sources, differ),
        first_reported=days[0] if days else None,
        last_updated=days[-1] if days else None,
        reprints=tuple(sorted(reprints.items())),
    )


# One value out of several ------------------------------------------------------------------------------------------------


def _type(accounts: Sequence[Account]) -> EventType:
    """A specific type before a generic one, violence before what the police did about it; then the one that most accounts give."""
    violent = [a.event_type for a in accounts if a.family == "violence"]
    specific = [kind for kind in violent if kind not in GENERIC]
    return _by_votes(specific or violent or [a.event_type for a in accounts])[0]


def _stage(accounts: Sequence[Account], family: str) -> Stage:
    """The one that most affirmed accounts give; of several what went furthest."""
    affirmed = [a for a in accounts if not a.negated] or accounts
    counts = Counter(a.stage for a in affirmed if a.family == family) or Counter(a.stage for a in affirmed)
    return max(counts, key=lambda stage: (counts[stage], -STAGES.index(stage)))


def _place(accounts: Sequence[Account]) -> Place | None:
    """The town that most accounts give, else the region, else the country."""
    for least, most in ((1, TOWN), (UNPLACED, COUNTRY - 1), (COUNTRY, 9)):
        places = [p for a in accounts for p in a.places if least <= _prec(p) <= most]
        if places:
            first: dict[tuple[str, str | None], Place] = {}
            for place in places:
                first.setdefault((folded(place.name), place.country), place)
            counts = Counter((folded(p.name), p.country) for p in places)
            return max(first.values(), key=lambda p: (counts[folded(p.name), p.country], -p.where_prec))
    return None


def _prec(place: Place) -> int:
    return place.where_prec if place.lat is not None or place.where_prec >= COUNTRY else UNPLACED


def _date(accounts: Sequence[Account]) -> EventDate | None:
    """Of the most exact dates the one that most accounts give, of several the earliest."""
    given = [a.date for a in accounts if a.date is not None]
    exact = [d for d in given if d.date_prec == min(e.date_prec or 9 for e in given)] or given
    counts = Counter((d.start, d.end) for d in exact)
    return min(exact, key=lambda d: (-counts[d.start, d.end], d.start or ""), default=None)


def _actors(accounts: Sequence[Account]) -> tuple[Actor, ...]:
    """Each once under the fullest name, with the strongest confidence on record; the surest first. The town where it happened is none of them."""
    found: dict[str, Actor] = {}
    towns = {folded(p.name) for a in accounts for p in a.places if p.where_prec <= TOWN}
    for actor in (actor for account in accounts for actor in account.actors):
        if folded(actor.name) in towns:
            continue
        plain = folded(_plain(actor.name) or actor.name)
        unnamed = [key for key, known in found.items() if known.canonical_id is None and known.confidence not in DENIED]
        same = None if actor.canonical_id or actor.confidence in DENIED else _same_name(plain, unnamed)
        key = actor.canonical_id or same or plain
        known = found.setdefault(key, actor)
        fuller = actor if _is_fuller(actor.name, known.name) and not known.canonical_id else known
        surer = min(actor.confidence, known.confidence, key=CONFIDENCE.index)
        found[key] = msgspec.structs.replace(fuller, confidence=surer)
    return tuple(sorted(found.values(), key=lambda actor: CONFIDENCE.index(actor.confidence)))


def _range(given: Sequence[Range]) -> Range:
    """The lowest and highest of all; the best is the last one published.

    Args:
        given: in the order of publication.
    """
    bounds = [n for r in given for n in (r.low, r.best, r.high) if n is not None]
    closed = any(r.high is not None for r in given)
    return Range(
        low=min(bounds, default=None),
        best=next((r.best for r in reversed(given) if r.best is not None), None),
        high=max(bounds, default=None) if closed else None,
        claims=tuple(dict.fromkeys(name for r in given for name in r.claims)),
    )


def _clarity(accounts: Sequence[Account], claims: Mapping[str, Sequence[Testimony]]) -> Literal[1, 2]:
    """2 where at least half of the accounts count several events as one."""
    many = sum(
        any(
            q.kind == "events" and (q.best or q.low or 0) > 1
            for t in claims[a.account_id]
            if t.claim.event
            for q in t.claim.event.quantities
        )
        for a in accounts
    )
    return 2 if many * 2 >= len(accounts) else 1


def _by_votes(given: Iterable[T]) -> tuple[T, ...]:
    """Each once, the most frequent first; of several the first given."""
    return tuple(value for value, _ in Counter(given).most_common())


def _recipients(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Each once, without its article and its number; nobody is called "nine"."""
    found: dict[str, str] = {}
    for name in (_plain(name) for account in accounts for name in account.recipients):
        key = " ".join(singular(word) for word in folded(name).split())
        known = _same_name(key, found) if key else None
        if key and (known is None or _is_fuller(name, found[known])):
            found[known or key] = name
    return tuple(found.values())[:RECIPIENTS]


def _plain(name: str) -> str:
    """`name` without article, number and quotation marks before it: the seven men -> men; empty where nothing else is said."""
    words = name.strip(QUOTES).split()
    while words and _counts(folded(words[0].strip(QUOTES))):
        words.pop(0)
    return " ".join(words).strip(QUOTES)


def _is_fuller(name: str, known: str) -> bool:
    """Whether `name` says more than `known`, without going on about it or shouting."""
    return len(known) < len(name) <= FULLEST and not any(word.isupper() and len(word) > 1 for word in name.split())


def _counts(word: str) -> bool:
    return word in ARTICLES or word in COUNTING or not any(letter.isalpha() for letter in word)


def _same_name(key: str, known: Iterable[str]) -> str | None:
    """The known name that is `key` told more fully, or more shortly: bus station, main bus station; gunmen, gunmen on motorcycles."""
    for other in known:
        short, long = sorted((key.split(), other.split()), key=len)
        if long[-len(short) :] == short or (long[: len(short)] == short and long[len(short)] in JOINING):
            return other
    return None


# The grade ---------------------------------------------------------------------------------------------------------------


def _grade(
    accounts: Sequence[Account],
    claims: Mapping[str, Sequence[Testimony]],
    sources: Origins,
    differ: Sequence[Contradiction],
) -> Grade:
    """Reliability is F: nothing here knows a source's record. Credibility rests on independent origins and on nothing else."""
    reasons = ["F: no record of these sources is kept"]
    count, named = len(sources.names), _named_sources(accounts, claims)
    disputed = [c.field for c in differ if c.kind == "disagreement" and c.field in ("stage", "polarity")]
    if count < 2:
        return Grade(
            reliability="F", credibility="6", reasons=(*reasons, "6: one origin; nothing confirms or contradicts it")
        )
    if disputed:
        told = f"3: {count} origins, but they disagree on {' and '.join(dict.fromkeys(disputed))}"
        return Grade(reliability="F", credibility="3", reasons=(*reasons, told))
    if count >= CONFIRMED and named > 1:
        told = f"1: {count} independent origins and {named} named sources tell of it, and none denies it"
        return Grade(reliability="F", credibility="1", reasons=(*reasons, told))
    why = (
        f"{count} independent origins tell of it" if named > 1 else f"{count} origins, but {named or 'no'} named source"
    )
    return Grade(
        reliability="F", credibility="2" if named > 1 else "3", reasons=(*reasons, f"{2 if named > 1 else 3}: {why}")
    )


def _named_sources(accounts: Sequence[Account], claims: Mapping[str, Sequence[Testimony]]) -> int:
    """How many first sources are named; an outlet that speaks for itself is one."""
    names: dict[str, None] = {}
    for account in accounts:
        for testimony in claims[account.account_id]:
            chain = testimony.claim.attribution.chain
            if not chain and account.outlet:
                names[folded(account.outlet)] = None
            elif chain and not chain[0].anonymous:
                names[folded(chain[0].name)] = None
    return len(names)
