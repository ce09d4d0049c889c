"""Every judgement of the ledger, in the order in which it took them in: for an export of the whole."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from reportedly.entries import Judgement
from reportedly.ledger import rows
from reportedly.ledger.schema import judgements as held
from reportedly.ledger.store import Ledger

AT_ONCE = 1000


def judgements(ledger: Ledger) -> Iterator[Judgement]:
    """Those that stand and those that were taken back, streamed; of a view of the past those of that time."""
    with ledger.reading() as connection:
        after = 0
        while True:
            wanted = select(held.c.seq, held.c.record).where(held.c.seq > after).order_by(held.c.seq).limit(AT_ONCE)
            found = connection.execute(wanted).all()
            if not found:
                return
            yield from (rows.judgement_from(row.record) for row in found)
            after = found[-1].seq
