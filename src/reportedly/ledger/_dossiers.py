"""An incident with every claim behind it; and which incident an id means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, and_, select

from reportedly.entries import Dossier, Entry, Incident, Judgement, Testimony
from reportedly.errors import NotInLedger
from reportedly.ledger import rows
from reportedly.ledger.schema import (
    accounts,
    claims,
    entries,
    incidents,
    judgements,
    members,
    told,
)
from reportedly.ledger.views import number_of

AT_ONCE = 500
LEAST = 6
"""Hex digits of a beginning that may stand for an id."""
LISTED = 5
_ID = re.compile(r"(?:(?P<kind>inc|acc|incident|claim)-)?(?P<hash>[0-9a-f]{1,20})")


def resolved(connection: Connection, name: str) -> int:
    """The number of the incident that an id or its beginning means.

    Raises:
        NotInLedger: none, or several.
    """
    asked = _ID.fullmatch(name.strip().lower())
    if asked is None or len(asked["hash"]) < LEAST:
        raise NotInLedger(
            f"{name!r} is no id; write that of an incident, an account or a claim, or its first {LEAST} hex digits or more"
        )
    found: dict[int, str] = {}
    for wanted in _meant(asked["kind"], asked["hash"]):
        found.update((row.incident_no, row.incident_id) for row in connection.execute(wanted.limit(LISTED + 1)))
    if not found:
        raise NotInLedger(f"the ledger holds nothing of the id {name}; `reportedly incidents` lists what it holds")
    if len(found) > 1:
        ids = sorted(found.values())
        shown = ", ".join(ids[:LISTED]) + (" …" if len(ids) > LISTED else "")
        raise NotInLedger(f"{name} may be any of these incidents: {shown}; write more of the id")
    return next(iter(found))


def _meant(kind: str | None, digits: str) -> Iterator[Select[Any]]:
    """For each kind of id that may be meant, the incidents of those that begin so. An incident that was merged into
    another is known by its first account, which has the same hash."""
    whole = select(incidents.c.incident_no, incidents.c.incident_id).distinct()
    by_member = whole.join(members, members.c.incident_id == incidents.c.incident_id)
    if kind in (None, "inc"):
        yield whole.where(_begins(incidents.c.incident_id, f"inc-{digits}"))
    if kind in (None, "inc", "acc"):
        yield by_member.where(_begins(members.c.account_id, f"acc-{digits}"))
    if kind in (None, "incident"):
        by_account = by_member.join(accounts, accounts.c.account_id == members.c.account_id)
        yield by_account.where(_begins(accounts.c.incident_id, f"incident-{digits}"))
    if kind in (None, "claim"):
        by_claim = whole.join(told, told.c.incident_no == incidents.c.incident_no)
        by_claim = by_claim.join(claims, claims.c.claim_no == told.c.claim_no)
        yield by_claim.where(_begins(claims.c.claim_id, f"claim-{digits}"))


def _begins(column: Column[Any], beginning: str) -> ColumnElement[bool]:
    """Ids end in hex digits, so that all that begin so stand between it and it with a letter after f."""
    return and_(column >= beginning, column < f"{beginning}g")


def dossiers_of(connection: Connection, chosen: Sequence[Incident]) -> Iterator[Dossier]:
    """The dossiers of some incidents, in their order."""
    found = _testimonies(connection, chosen)
    judged = _judgements(connection, chosen)
    for incident in chosen:
        reprints = dict(incident.reprints)
        mine = (
            msgspec.structs.replace(one, reprint_of=reprints.get(one.article.article_id))
            for one in found.get(number_of(incident.incident_id), ())
        )
        belonging = frozenset(incident.account_ids)
        between = (one for account in incident.account_ids for one in judged.get(account, ()) if one.right in belonging)
        yield Dossier(
            incident=incident,
            testimonies=tuple(sorted(mine, key=_published)),
            judgements=tuple(sorted(between, key=lambda one: (one.at, one.judgement_id))),
        )


def _published(one: Testimony) -> tuple[str, str, str, str, int, str]:
    """By publication; what cannot be dated comes last. Never by arrival."""
    article = one.article
    when = article.publication_date or "~"
    return (
        when,
        article.outlet or "~",
        article.article_id,
        one.account_id,
        one.claim.sentence.start,
        one.claim.claim_id,
    )


def _testimonies(connection: Connection, chosen: Sequence[Incident]) -> dict[int, list[Testimony]]:
    found: dict[int, list[Testimony]] = {}
    numbers = [number_of(incident.incident_id) for incident in chosen]
    has = claims.c
    for some in rows.in_groups(numbers, AT_ONCE):
        wanted = select(told.c.incident_no, has.seq, has.account_id, has.claim_id)
        wanted = wanted.join(claims, has.claim_no == told.c.claim_no).where(told.c.incident_no.in_(some))
        given = connection.execute(wanted).all()
        whole = _whole(connection, sorted({row.seq for row in given}))
        for row in given:
            found.setdefault(row.incident_no, []).append(rows.testimony(whole[row.seq], row.claim_id, row.account_id))
    return found


def _whole(connection: Connection, numbers: Sequence[int]) -> dict[int, Entry]:
    """Each entry once, however many of its claims are asked for."""
    found = {}
    for some in rows.in_groups(numbers, AT_ONCE):
        wanted = select(entries.c.seq, entries.c.body, entries.c.recorded_at).where(entries.c.seq.in_(some))
        for row in connection.execute(wanted):
            found[row.seq] = rows.entry_from(row.body, row.recorded_at)
    return found


def _judgements(connection: Connection, chosen: Sequence[Incident]) -> dict[str, list[Judgement]]:
    """The judgements by their left account."""
    found: dict[str, list[Judgement]] = {}
    several = [account for incident in chosen if len(incident.account_ids) > 1 for account in incident.account_ids]
    for some in rows.in_groups(several, AT_ONCE):
        wanted = select(judgements.c.record).where(judgements.c.left.in_(some))
        for record in connection.execute(wanted).scalars():
            judgement = rows.judgement_from(record)
            found.setdefault(judgement.left, []).append(judgement)
    return found
