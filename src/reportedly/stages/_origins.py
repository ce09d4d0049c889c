"""Where a story comes from: reprints and credited stories are traced back to the outlet that told it first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from reportedly.entries import Account, Testimony
from reportedly.stages._account_facts import folded

UNNAMED = "an outlet that is not named"


@dataclass(frozen=True, slots=True)
class Origins:
    """The first sources of a story, and how each is known."""

    names: tuple[str, ...]
    lines: tuple[str, ...]
    of: Mapping[str, str]
    """article_id to the name of its origin."""


def origins(
    accounts: Sequence[Account], testimonies: Mapping[str, Sequence[Testimony]], reprints: Mapping[str, str]
) -> Origins:
    """The independent first sources of what `accounts` tell.

    An article is its outlet's own; a reprint is that of the article it repeats; a story of which every claim comes through another outlet
    ("as first reported by …") is that outlet's.

    Args:
        accounts: of one incident, in the order of publication.
        testimonies: account_id to its claims.
        reprints: article_id to the article_id of the earliest article that it repeats.
    """
    outlets = {a.article_id: outlet_of(a, testimonies.get(a.account_id, ())) for a in accounts}
    found: dict[str, str] = {}
    lines: dict[str, None] = {}
    for account in accounts:
        own = outlets[account.article_id]
        first = reprints.get(account.article_id)
        if first is not None:
            found[account.article_id] = outlets.get(first, own)
            lines[f"{own} reprints {_whose(first, outlets, own)}: no further origin"] = None
            continue
        credited = _credited(testimonies.get(account.account_id, ()))
        if credited is None or _same_outlet(credited, own):
            found.setdefault(account.article_id, own)
            alone = own != UNNAMED or all(name == UNNAMED for name in outlets.values())
            lines[
                f"{own}: its own report" if alone else f"{own}: no further origin, for it may be any of the others"
            ] = None
            continue
        name = next((known for known in outlets.values() if _same_outlet(credited, known)), credited)
        found[account.article_id] = name
        lines[f"{own} credits {name}: {name} is the origin"] = None
    names = tuple(dict.fromkeys(found.values()))
    return Origins(tuple(n for n in names if n != UNNAMED) or names, tuple(lines), found)


def outlet_of(account: Account, claims: Sequence[Testimony]) -> str:
    """The name of its outlet, else the host of its address."""
    if account.outlet:
        return account.outlet
    url = next((t.capture.url for t in claims if t.capture.url), None)
    return (urlsplit(url).hostname if url else None) or UNNAMED


def _whose(first: str, outlets: Mapping[str, str], own: str) -> str:
    """Whose article is repeated; it may not be among those of this incident."""
    return (
        "an article of another outlet"
        if first not in outlets
        else "itself"
        if outlets[first] == own
        else outlets[first]
    )


def _credited(claims: Sequence[Testimony]) -> str | None:
    """The outlet through which every claim came."""
    nearest = [t.claim.attribution.chain[-1] for t in claims if t.claim.attribution.chain]
    if not nearest or len(nearest) < len(claims) or any(hop.kind != "outlet" for hop in nearest):
        return None
    names = list(_names(hop.name for hop in nearest))
    return nearest[-1].name if len(names) == 1 else None


def _names(given: Iterator[str]) -> Iterator[str]:
    yield from dict.fromkeys(_bare(name) for name in given)


def _same_outlet(one: str, other: str) -> bool:
    """Whether both name one outlet: the Courier is The Velmara Courier."""
    a, b = _bare(one).split(), _bare(other).split()
    return bool(a and b) and (set(a) <= set(b) or set(b) <= set(a))


def _bare(name: str) -> str:
    return folded(name).removeprefix("the ")
