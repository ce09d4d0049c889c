"""What an account says of its incident, in a form in which a hundred thousand of them can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from reportedly.entries import Account
from reportedly.lexicons import Lexicon
from reportedly.records import EventDate
from reportedly.stages._incident_facts import COUNTRY, DISPUTED, POLICE_WORK, REALMS, TOWN

REGION = 5
"""The coarsest `where_prec` of a part of a country."""
T = TypeVar("T")
NONE: frozenset[Any] = frozenset()
_NAME_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-.][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s\b")


class MergingWords(Lexicon, frozen=True):
    """``merging.toml``: words by which no incident is known from another."""

    common: str
    """Words of descriptions, separated by spaces."""
    everywhere: str
    """Names in lower case, separated by ``|``."""


@dataclass(frozen=True)
class Ordinary:
    """`MergingWords`, ready to be looked up."""

    common: frozenset[str]
    everywhere: frozenset[str]

    @staticmethod
    def of(words: MergingWords) -> Ordinary:
        """The words of the lexicon, with their plain plurals taken off as `things` has them."""
        names = (name.strip() for name in words.everywhere.replace("\n", "|").split("|"))
        return Ordinary(
            frozenset(form for word in words.common.split() for form in (word, singular(word))),
            frozenset(name for name in names if name),
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is no country: its point, and how exact that is."""

    name: str
    lat: float | None
    lon: float | None
    prec: int


@dataclass(frozen=True)
class AccountFacts:
    """One account. Names are folded: lower case, no accents."""

    account: Account
    first: int | None
    """The first possible day, as `date.toordinal` has it."""
    last: int | None
    published: int | None
    realm: str
    """``done``, ``stopped`` or ``open``."""
    spots: tuple[Spot, ...]
    towns: frozenset[str]
    countries: frozenset[str]
    regions: frozenset[tuple[str, str]]
    coarse: bool
    """True where no place is given but a country or one of its regions."""
    names: frozenset[str]
    """Names of two words and more among victims, targets and actors."""
    groups: frozenset[str]
    """Armed groups whose deed it is, undisputed."""
    actors: frozenset[str]
    """Everybody who is named as its author, disputed or not."""
    things: frozenset[str]
    """What victims and targets are called, without the words that are in every report."""

    @cached_property
    def kind(self) -> str:
        """Only accounts of one kind are compared: violence with violence."""
        if self.account.family == "violence":
            return "v"
        if self.account.event_type in POLICE_WORK:
            return "p"
        return self.account.family

    @property
    def span(self) -> int | None:
        """Days that its date may mean; None where it has none."""
        return None if self.first is None or self.last is None else self.last - self.first + 1


def account_facts(account: Account, ordinary: Ordinary) -> AccountFacts:
    """The facts of `account`.

    Args:
        account: what an article tells of an incident.
        ordinary: words by which no incident is known from another.
    """
    first, last = day_span(account.date)
    spots = tuple(
        Spot(folded(p.name), p.lat, p.lon, p.where_prec)
        for p in account.places
        if p.where_prec <= TOWN or (p.lat is None and p.where_prec < COUNTRY)
    )
    known = ("state:", "country:")
    told = [*account.recipients, *(a.name for a in account.actors if not (a.canonical_id or "").startswith(known))]
    return AccountFacts(
        account=account,
        first=first,
        last=last,
        published=date.fromisoformat(account.publication_date).toordinal() if account.publication_date else None,
        realm=REALMS[account.stage],
        spots=spots,
        towns=_set(spot.name for spot in spots),
        countries=_set(p.country for p in account.places if p.country),
        regions=_set((p.country, p.admin1) for p in account.places if p.country and p.admin1),
        coarse=bool(account.places) and not spots,
        names=_set(n for text in told for n in _names(text) if n not in ordinary.everywhere),
        groups=_set(
            a.canonical_id
            for a in account.actors
            if a.canonical_id and a.canonical_id.startswith("group:") and a.confidence not in DISPUTED
        ),
        actors=_set(key for a in account.actors if (key := _actor(a.canonical_id, a.name, ordinary))),
        things=_set(_things(account.recipients, ordinary.common)),
    )


def _set(found: Iterable[T]) -> frozenset[T]:
    """A set of which the empty one is kept once: a ledger's accounts have a million of them."""
    return frozenset(found) or NONE


def folded(name: str) -> str:
    """`name` in lower case, without accents and possessives."""
    low = _POSSESSIVE.sub("", name).casefold()
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))


def day_span(when: EventDate | None) -> tuple[int | None, int | None]:
    """The first and last day, as `date.toordinal` has them; None where it is not resolved."""
    if when is None or not when.resolved or when.start is None:
        return None, None
    first = date.fromisoformat(when.start).toordinal()
    return first, date.fromisoformat(when.end).toordinal() if when.end else first


def _actor(canonical: str | None, name: str, ordinary: Ordinary) -> str | None:
    """A key for somebody who is named; None for "gunmen", and for states, whose forces are in every report."""
    if canonical and canonical.startswith("group:"):
        return canonical
    if canonical:
        return None
    return next((n for n in _names(name) if n not in ordinary.everywhere), None)


def _names(text: str) -> Iterator[str]:
    """Runs of two capitalised words and more."""
    if text.isupper() or text.islower():
        return
    run: list[str] = []
    for word in (*_NAME_WORD.findall(_POSSESSIVE.sub("", text)), ""):
        if word and word[0].isupper() and len(word) > 1:
            run.append(word)
            continue
        if len(run) > 1:
            yield folded(" ".join(run[1:] if run[0] in ("The", "A", "An") and len(run) > 2 else run))
        run = []


def _things(texts: Iterable[str], common: frozenset[str]) -> Iterator[str]:
    for text in texts:
        for word in _NAME_WORD.findall(folded(text)):
            single = singular(word)
            if len(word) > 2 and word not in common and single not in common:
                yield single


def singular(word: str) -> str:
    """A plain plural without its s."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
