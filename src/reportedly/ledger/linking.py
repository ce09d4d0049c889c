"""What merging asks of the ledger and gives back to it: accounts, keys, judgements, reprints, incidents.

Only accounts of current entries count. Where a newer reading takes the place of an older one, its accounts are compared anew
(`Ledger.append` sees to it), and those that are no more `lapse`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, literal_column, select

from reportedly.entries import Account, Incident, Judgement, Signature, Testimony
from reportedly.ledger import rows, schema
from reportedly.ledger._shelves import shelve, unshelve
from reportedly.ledger.store import Ledger

AT_ONCE = 500
"""Values in one IN, and entries that are unpacked at a time."""
BANDED = "bands"


def current_accounts(ledger: Ledger) -> Iterator[Account]:
    """Every account of a current entry, in the order of recording."""
    return _told(ledger, _current())


def unpaired(ledger: Ledger, rules: str) -> Iterator[Account]:
    """The accounts of current entries that were not compared under `rules`, in the order of recording.

    The ledger may be written to meanwhile; what is written then is not seen.
    """
    accounts, paired = schema.accounts.c, schema.paired.c
    compared = and_(paired.account_id == accounts.account_id, paired.rules == rules)
    return _told(ledger, _current().where(~select(paired.account_id).where(compared).exists()))


def accounts(ledger: Ledger, account_ids: Collection[str]) -> dict[str, Account]:
    """Those of `account_ids` that current entries hold."""
    found = {}
    for group in rows.in_groups(sorted(set(account_ids)), AT_ONCE):
        wanted = _current().where(schema.accounts.c.account_id.in_(group))
        found.update({account.account_id: account for account in _told(ledger, wanted)})
    return found


def candidates(ledger: Ledger, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each key that any account has, the accounts of current entries that have it, sorted."""
    blocks = schema.blocks.c
    found: dict[str, list[str]] = {}
    with ledger.reading() as connection:
        for group in rows.in_groups(sorted(set(keys)), AT_ONCE):
            wanted = select(blocks.key, blocks.account_id).where(blocks.key.in_(group), _is_current(blocks.account_id))
            for key, account_id in connection.execute(wanted.order_by(blocks.key, blocks.account_id)):
                found.setdefault(key, []).append(account_id)
    return {key: tuple(account_ids) for key, account_ids in found.items()}


def add_pairs(ledger: Ledger, blocks: Mapping[str, Sequence[str]], judgements: Sequence[Judgement], rules: str) -> None:
    """Notes, in one transaction, that accounts were compared with all others.

    Args:
        ledger: opened for writing.
        blocks: for each account its keys; those that it had before give way.
        judgements: what came of it; those that the ledger holds change nothing.
        rules: the version of the rules.
    """
    with ledger.writing() as connection:
        for group in rows.in_groups(tuple(blocks), AT_ONCE):
            for table in (schema.blocks, schema.paired):
                connection.execute(delete(table).where(table.c.account_id.in_(group)))
        keyed = sorted({(key, account_id) for account_id, keys in blocks.items() for key in keys})
        if keyed:
            connection.exec_driver_sql(ledger.statement(schema.blocks), keyed)
        if blocks:
            connection.exec_driver_sql(ledger.statement(schema.paired), [(one, rules) for one in sorted(blocks)])
        ledger.judge_within(connection, judgements)
        _reopen(connection, blocks)


def add_judgements(
    ledger: Ledger, judgements: Sequence[Judgement], account_ids: Collection[str]
) -> tuple[Judgement, ...]:
    """Appends judgements, and takes the incidents of some accounts away until they are told anew; one transaction.

    Returns:
        The judgements that it did not hold.
    """
    with ledger.writing() as connection:
        new = ledger.judge_within(connection, judgements)
        _reopen(connection, account_ids)
    return new


def judgements_about(ledger: Ledger, account_ids: Collection[str]) -> tuple[Judgement, ...]:
    """The judgements that touch any of these accounts, standing or taken back, in the order of recording."""
    judged, found = schema.judgements.c, {}
    with ledger.reading() as connection:
        for group in rows.in_groups(sorted(set(account_ids)), AT_ONCE):
            for side in (judged.left, judged.right):
                for seq, record in connection.execute(select(judged.seq, judged.record).where(side.in_(group))):
                    found[seq] = record
    return tuple(rows.judgement_from(found[seq]) for seq in sorted(found))


def judgements(ledger: Ledger) -> Iterator[Judgement]:
    """Every judgement, in the order of recording."""
    judged = schema.judgements.c
    with ledger.reading() as connection:
        after = 0
        while found := connection.execute(
            select(judged.seq, judged.record).where(judged.seq > after).order_by(judged.seq).limit(AT_ONCE)
        ).all():
            yield from (rows.judgement_from(record) for _, record in found)
            after = found[-1].seq


def by_people(ledger: Ledger) -> tuple[Judgement, ...]:
    """What people judged, retractions and what they take back among it, in the order of recording."""
    judged = schema.judgements.c
    wanted = select(judged.record).where(judged.by != literal_column("'software'")).order_by(judged.seq)
    with ledger.reading() as connection:
        return tuple(rows.judgement_from(record) for record in connection.execute(wanted).scalars())


def judgement(ledger: Ledger, judgement_id: str) -> Judgement | None:
    """The judgement of that id, if there is one."""
    judged = schema.judgements.c
    with ledger.reading() as connection:
        record = connection.execute(select(judged.record).where(judged.judgement_id == judgement_id)).scalar()
    return rows.judgement_from(record) if record else None


def accounts_in(ledger: Ledger, article_ids: Collection[str]) -> dict[str, tuple[Account, ...]]:
    """For each of these articles the accounts of current entries that tell of it."""
    held, current = schema.entries.c, schema.current_entries.c
    found: dict[str, tuple[Account, ...]] = {}
    with ledger.reading() as connection:
        for group in rows.in_groups(sorted(set(article_ids)), AT_ONCE):
            wanted = select(held.article_id, held.body).join(schema.current_entries, current.seq == held.seq)
            for article_id, body in connection.execute(wanted.where(held.article_id.in_(group)).order_by(held.seq)):
                found[article_id] = found.get(article_id, ()) + rows.accounts_from(body).accounts
    return found


def read_again(ledger: Ledger, account_ids: Collection[str]) -> frozenset[str]:
    """Those of some accounts of which the ledger holds several readings."""
    told = schema.accounts.c
    found: set[str] = set()
    with ledger.reading() as connection:
        for group in rows.in_groups(sorted(set(account_ids)), AT_ONCE):
            wanted = select(told.account_id).where(told.account_id.in_(group)).group_by(told.account_id)
            found.update(connection.execute(wanted.having(func.count() > 1)).scalars())
    return frozenset(found)


def untold(ledger: Ledger, after: str, limit: int) -> tuple[str, ...]:
    """The next accounts of current entries that belong to no incident yet, sorted.

    Args:
        ledger: the ledger.
        after: an account_id; empty for the first ones.
        limit: at most so many.
    """
    told, current, members = schema.accounts.c, schema.current_entries.c, schema.members.c
    wanted = (
        select(told.account_id)
        .join(schema.current_entries, current.seq == told.seq)
        .outerjoin(schema.members, members.account_id == told.account_id)
        .where(told.account_id > after, members.account_id.is_(None))
        .order_by(told.account_id)
        .limit(limit)
    )
    with ledger.reading() as connection:
        return tuple(connection.execute(wanted).scalars())


def number_of_incidents(ledger: Ledger) -> int:
    """How many incidents there are."""
    with ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(schema.incidents)).scalar_one()


def anchored(ledger: Ledger, document_sha256: str) -> Iterator[Account]:
    """The accounts of current entries of a document: where a person's judgement finds its sides again."""
    same = schema.captures.c.document_sha256 == document_sha256
    wanted = (
        _current()
        .join(schema.entries, schema.entries.c.seq == schema.accounts.c.seq)
        .join(schema.captures, schema.captures.c.capture_id == schema.entries.c.capture_id)
        .where(same)
    )
    return _told(ledger, wanted)


def testimonies(ledger: Ledger, account_ids: Collection[str], with_text: bool) -> Iterator[Testimony]:
    """Each claim of some accounts with where it stands, in the order of recording.

    Args:
        ledger: the ledger.
        account_ids: of current entries; others give nothing.
        with_text: whether the articles come with their texts.
    """
    wanted_ids = frozenset(account_ids)
    told, held = schema.accounts.c, schema.entries.c
    numbers: set[int] = set()
    with ledger.reading() as connection:
        for group in rows.in_groups(sorted(wanted_ids), AT_ONCE):
            numbers.update(
                connection.execute(_current().with_only_columns(told.seq).where(told.account_id.in_(group))).scalars()
            )
        for some in rows.in_groups(sorted(numbers), AT_ONCE):
            wanted = select(held.body, held.recorded_at).where(held.seq.in_(some)).order_by(held.seq)
            for row in connection.execute(wanted):
                entry = rows.entry_from(row.body, row.recorded_at)
                for account in entry.accounts:
                    if account.account_id in wanted_ids:
                        for claim_id in account.claim_ids:
                            yield rows.testimony(entry, claim_id, account.account_id, with_text=with_text)


def similar_articles(ledger: Ledger, bands: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each band that any article has, the articles of current entries that have it, sorted.

    Bands of entries that came since it was last asked are noted first, where the ledger is open for writing: they are needed
    only here, and a quarter of a million entries have five million of them.
    """
    if not ledger.read_only:
        _note_bands(ledger)
    numbers = {_band_number(band): band for band in bands}
    banded, held = schema.bands.c, schema.entries.c
    found: dict[str, set[str]] = {}
    with ledger.reading() as connection:
        for group in rows.in_groups(sorted(numbers), AT_ONCE):
            wanted = (
                select(banded.band, held.article_id)
                .join(schema.entries, held.seq == banded.seq)
                .join(schema.current_entries, schema.current_entries.c.seq == banded.seq)
                .where(banded.band.in_(group))
            )
            for number, article_id in connection.execute(wanted):
                found.setdefault(numbers[number], set()).add(article_id)
    return {band: tuple(sorted(article_ids)) for band, article_ids in found.items()}


def signatures(ledger: Ledger, article_ids: Collection[str]) -> dict[str, Signature]:
    """The signatures of some articles, as their latest entries have them."""
    held, found = schema.entries.c, {}
    with ledger.reading() as connection:
        for group in rows.in_groups(sorted(set(article_ids)), AT_ONCE):
            wanted = select(held.article_id, held.body).where(held.article_id.in_(group)).order_by(held.seq)
            for article_id, body in connection.execute(wanted):
                signature = rows.accounts_from(body).signature
                if signature is not None:
                    found[article_id] = signature
    return found


def incidents_of(ledger: Ledger, account_ids: Collection[str]) -> dict[str, str]:
    """For each of these accounts that belongs to an incident, that incident's id."""
    members, found = schema.members.c, {}
    with ledger.reading() as connection:
        for group in rows.in_groups(sorted(set(account_ids)), AT_ONCE):
            wanted = select(members.account_id, members.incident_id).where(members.account_id.in_(group))
            found.update(dict(connection.execute(wanted).all()))
    return found


def members_of(ledger: Ledger, incident_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each of these incidents its accounts, sorted."""
    members = schema.members.c
    found: dict[str, list[str]] = {}
    with ledger.reading() as connection:
        for group in rows.in_groups(sorted(set(incident_ids)), AT_ONCE):
            wanted = select(members.incident_id, members.account_id).where(members.incident_id.in_(group))
            for incident_id, account_id in connection.execute(wanted.order_by(members.account_id)):
                found.setdefault(incident_id, []).append(account_id)
    return {incident_id: tuple(account_ids) for incident_id, account_ids in found.items()}


def lapsed(ledger: Ledger) -> tuple[str, ...]:
    """The incidents of which an account is no longer held by a current entry: they must be told anew."""
    members = schema.members.c
    wanted = select(members.incident_id).where(~_is_current(members.account_id)).distinct()
    with ledger.reading() as connection:
        return tuple(sorted(connection.execute(wanted).scalars()))


def put_incidents(ledger: Ledger, gone: Collection[str], incidents: Sequence[Incident]) -> None:
    """Puts incidents in the place of those that are `gone` (incident_ids), and of those with the same ids; one transaction."""
    with ledger.writing() as connection:
        unshelve(connection, gone)
        shelve(connection, incidents)


def clear_derived(ledger: Ledger) -> None:
    """Empties every derived table but the one that says which entries are current, which is made anew."""
    with ledger.writing() as connection:
        for table in schema.DERIVED:
            connection.execute(delete(table))
        held = schema.entries.c
        latest = select(held.capture_id, func.max(held.seq)).group_by(held.capture_id)
        connection.execute(insert(schema.current_entries).from_select(["capture_id", "seq"], latest))


def _reopen(connection: Connection, account_ids: Iterable[str]) -> None:
    """Takes away the incidents of some accounts, so that they are told anew."""
    members = schema.members.c
    for group in rows.in_groups(sorted(set(account_ids)), AT_ONCE):
        wanted = select(members.incident_id).where(members.account_id.in_(group)).distinct()
        unshelve(connection, tuple(connection.execute(wanted).scalars()))


def _current() -> Select[Any]:
    told, current = schema.accounts.c, schema.current_entries.c
    wanted = select(told.seq, told.account_id).select_from(schema.accounts)
    return wanted.join(schema.current_entries, current.seq == told.seq).order_by(told.seq, told.position)


def _is_current(account_id: Any) -> Any:
    told, current = schema.accounts.c, schema.current_entries.c
    held = select(told.seq).join(schema.current_entries, current.seq == told.seq)
    return held.where(told.account_id == account_id).exists()


def _told(ledger: Ledger, wanted: Select[Any]) -> Iterator[Account]:
    """The accounts of rows (seq, account_id), read from their entries."""
    with ledger.reading() as connection:
        for group in rows.in_groups(connection.execute(wanted), AT_ONCE):
            told = _of_entries(connection, {row.seq for row in group})
            yield from (told[row.seq][row.account_id] for row in group)


def _of_entries(connection: Connection, numbers: Iterable[int]) -> dict[int, dict[str, Account]]:
    held = schema.entries.c
    wanted = select(held.seq, held.body).where(held.seq.in_(sorted(numbers)))
    return {
        seq: {account.account_id: account for account in rows.accounts_from(body).accounts}
        for seq, body in connection.execute(wanted)
    }


def _note_bands(ledger: Ledger) -> None:
    held, marks = schema.entries.c, schema.marks
    while True:
        with ledger.writing() as connection:
            since = connection.execute(select(marks.c.seq).where(marks.c.name == BANDED)).scalar() or 0
            wanted = select(held.seq, held.body).where(held.seq > since).order_by(held.seq).limit(10 * AT_ONCE)
            found: list[tuple[int, int]] = []
            last = since
            for seq, body in connection.execute(wanted):
                signature, last = rows.accounts_from(body).signature, seq
                found += {(_band_number(band), seq) for band in (signature.bands if signature else ())}
            if last == since:
                return
            if found:
                connection.exec_driver_sql(ledger.statement(schema.bands, skip=True), sorted(found))
            connection.exec_driver_sql(ledger.statement(marks, update=True), [(BANDED, last)])


def _band_number(band: str) -> int:
    return int.from_bytes(hashlib.blake2b(band.encode(), digest_size=8).digest(), "big", signed=True)
