"""Every row against the record that it was made from, and every record against the hashes that were taken of it.

The journal is walked line by line. From what the tables hold of its entry or judgement the record is made, from the record the rows
that it must have, by the very code that wrote them: whatever differs, in any column, is named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from reportedly.entries import Account, Capture, Entry, Problem, capture_id, entry_id
from reportedly.ledger.journal import Line, body_sha256, chained
from reportedly.ledger.rows import Row, Rows, Tip, capture_row, entry_from, judgement_from, unpacked
from reportedly.ledger.schema import accounts, captures, claims, entries, hops, journal, judgements, origins
from reportedly.records import Article, Claim, identity

REBUILD = "run `reportedly rebuild`: it makes the ledger anew from its capture"
AT_ONCE = 500
HEAD = (journal, entries, captures, origins, judgements)
OF_CAPTURE = 8
"""Columns of ``captures`` that say what was captured; the others say when it first was, and where it lies."""
Watch = Callable[[str, int], None]
DAMAGED = (ValueError, TypeError, msgspec.MsgspecError)


def rows_against_records(connection: Connection, watch: Watch) -> Iterator[Problem]:
    """What is wrong with the journal, the records and the columns beside them.

    Args:
        connection: in a transaction that sees one state of the ledger.
        watch: told the name of this examination and how many lines of the journal are done.
    """
    walk = _Walk(connection)
    for number, parts in enumerate(_heads(connection), start=1):
        yield from walk.line(parts)
        if number % AT_ONCE == 0:
            watch("records", number)


def _heads(connection: Connection) -> Iterator[tuple[Row, ...]]:
    """For each line of the journal its row and those of the entry or judgement, a tuple a table; nulls where there is none."""
    joined = (
        journal.outerjoin(entries, entries.c.seq == journal.c.seq)
        .outerjoin(captures, captures.c.capture_id == entries.c.capture_id)
        .outerjoin(origins, origins.c.origin_id == entries.c.origin_id)
        .outerjoin(judgements, judgements.c.seq == journal.c.seq)
    )
    columns = [column for table in HEAD for column in table.columns]
    ends, at = [], 0
    for table in HEAD:
        ends.append((at, at + len(table.columns)))
        at += len(table.columns)
    query = select(*columns).select_from(joined).order_by(journal.c.seq)
    for row in connection.execution_options(yield_per=AT_ONCE).execute(query):
        yield tuple(tuple(row[start:end]) for start, end in ends)


class Rest:
    """The rows of a table in the order of a number, taken a number at a time."""

    def __init__(self, connection: Connection, table: Table, by: str, *then: str) -> None:
        self.position = list(table.columns.keys()).index(by)
        query = select(table).order_by(*(table.c[name] for name in (by, *then)))
        self.rows = (tuple(row) for row in connection.execution_options(yield_per=AT_ONCE).execute(query))
        self.next = next(self.rows, None)

    def of(self, number: int) -> list[Row]:
        """The rows of `number`; those of lesser numbers, which belong to nothing, are passed over."""
        found = []
        while self.next is not None and self._number() <= number:
            if self._number() == number:
                found.append(self.next)
            self.next = next(self.rows, None)
        return found

    def _number(self) -> int:
        """That of the next row; in a damaged file it may be none, and the row belongs to nothing."""
        given = self.next[self.position] if self.next is not None else None
        return given if isinstance(given, int) else -1


class _Walk:
    """Where the walk through the journal is."""

    def __init__(self, connection: Connection) -> None:
        self.claims = Rest(connection, claims, "seq", "claim_no")
        self.hops = Rest(connection, hops, "claim_no", "position")
        self.accounts = Rest(connection, accounts, "seq", "position")
        self.tip = Tip(seq=0, hash="", claim_no=0, at="")
        self.captured: set[str] = set()

    def line(self, parts: tuple[Row, ...]) -> Iterator[Problem]:
        """What is wrong with one line of the journal and what it tells of."""
        (seq, at, kind, subject, body, hashed), entry, _, _, judgement = parts
        if seq != self.tip.seq + 1:
            yield _problem("chain", f"line {self.tip.seq + 1} of the journal is missing (the next is line {seq})")
        line = Line(at=at, body_sha256=body, kind=kind, seq=seq, subject=subject)
        if _chained(self.tip.hash, line) != hashed:
            yield _problem("chain", f"line {seq} of the journal ({subject}) does not follow from the line before it")
        if at < self.tip.at:
            yield _problem("chain", f"line {seq} of the journal ({subject}) is earlier than the line before it")
        self.tip = Tip(seq=seq, hash=hashed, claim_no=self.tip.claim_no, at=at)
        if kind == "entry" and entry[0] is not None:
            yield from self._entry(parts)
        elif kind == "judgement" and judgement[0] is not None:
            yield from self._judgement(parts[0], judgement)
        else:
            yield _problem("orphan", f"line {seq} of the journal tells of {kind} {subject}, which is not there")

    def _entry(self, parts: tuple[Row, ...]) -> Iterator[Problem]:
        line, head, capture, origin, _ = parts
        shown = f"entry {line[3]} (line {line[0]})"
        told, accounted = self.claims.of(head[0]), self.accounts.of(head[0])
        hopped = [hop for claim in told for hop in self.hops.of(claim[0])]
        last = max([self.tip.claim_no, *(row[0] for row in told)])
        try:
            entry = entry_from(head[9])
            expected = Rows(self.tip._replace(seq=line[0] - 1), line[1])
            expected.add(entry)
            right = hashlib.sha256(unpacked(head[9])).hexdigest() == line[4]
        except DAMAGED as error:
            yield _problem("content", f"{shown}: its record cannot be read: {_short(error)}")
            self.tip = self.tip._replace(claim_no=last)
            return
        self.tip = self.tip._replace(claim_no=max(last, expected.tip.claim_no))
        if not right:
            yield _problem("content", f"{shown}: its record is not what was appended{_changed(entry)}")
        if entry.entry_id != line[3]:
            yield _problem("content", f"{shown}: its record is that of {entry.entry_id}")
        yield from _differences(shown, entries, [head[:9]], [row[:9] for row in expected.entries])
        yield from _differences(shown, origins, [origin], expected.origins)
        yield from _differences(shown, captures, [self._captured(capture, entry)], expected.captures)
        yield from _differences(shown, claims, told, expected.claims)
        yield from _differences(shown, hops, hopped, expected.hops)
        yield from _differences(shown, accounts, accounted, expected.accounts)

    def _captured(self, row: Row, entry: Entry) -> Row:
        """The row of a capture; where an earlier entry brought it, with the time and place that this entry's record gives."""
        if row[OF_CAPTURE:-1] == capture_row(entry.capture)[OF_CAPTURE:-1] or row[0] not in self.captured:
            self.captured.add(row[0])
            return row
        return (*row[:OF_CAPTURE], *capture_row(entry.capture)[OF_CAPTURE:-1], row[-1])

    def _judgement(self, line: Row, row: Row) -> Iterator[Problem]:
        shown = f"judgement {line[3]} (line {line[0]})"
        try:
            judgement = judgement_from(row[8])
            expected = Rows(self.tip._replace(seq=line[0] - 1), line[1])
            expected.add_judgement(judgement)
            right = body_sha256(judgement) == line[4] and judgement.judgement_id == line[3]
        except DAMAGED as error:
            yield _problem("content", f"{shown}: its record cannot be read: {_short(error)}")
            return
        if not right:
            yield _problem("content", f"{shown}: its record is not what was appended")
        yield from _differences(shown, judgements, [row], expected.judgements)


def _differences(shown: str, table: Table, stored: Sequence[Row], wanted: Sequence[Row]) -> Iterator[Problem]:
    """Rows that are missing or too many, and columns that do not say what the record says."""
    if len(stored) != len(wanted):
        yield _problem("content", f"{shown}: {len(stored)} rows in {table.name}, {len(wanted)} in its record")
        return
    for one, other in zip(stored, wanted, strict=True):
        wrong = [c.name for c, left, right in zip(table.columns, one, other, strict=False) if left != right]
        if table is captures and {"captured_at"} < set(wrong) <= {"captured_at", "file", "offset"}:
            continue  # the same document was received again, and the row tells of the first time
        if wrong:
            columns = ", ".join(f"{table.name}.{name}" for name in wrong)
            yield _problem("content", f"{shown}: {columns} ({one[0]}) is not what its record says")


def _changed(entry: Entry) -> str:
    """Which part of a record no longer has its own identity, as far as that can be told."""
    found = []
    if _capture_id(entry.capture) != entry.capture.capture_id:
        found.append(f"capture {entry.capture.capture_id}")
    changed = [claim.claim_id for claim in entry.claims if _claim_id(claim) != claim.claim_id]
    if len(changed) < len(entry.claims):  # else another version makes its identities in another way
        if entry.article is not None and _article_id(entry.article) != entry.article.article_id:
            found.append(f"the text of article {entry.article.article_id}")
        found += [f"claim {name}" for name in changed]
    found += [f"account {one.account_id}" for one in entry.accounts if _account_id(one) != one.account_id]
    if not found and _entry_id(entry) != entry.entry_id:
        found.append("its outcome, article, claims or reasons")
    return f": {', '.join(found[:5])}" if found else ""


def _chained(before: str, line: Line) -> str | None:
    try:
        return chained(before, line)
    except ValueError:  # a letter that is none
        return None


def _entry_id(entry: Entry) -> str:
    told = (entry.outcome, entry.stage, entry.reason, entry.article, entry.claims, entry.reasons)
    return entry_id(entry.capture.capture_id, entry.origin, *told)


def _capture_id(capture: Capture) -> str:
    return capture_id(
        capture.document_sha256,
        media_type=capture.media_type,
        charset=capture.charset,
        url=capture.url,
        outlet=capture.outlet,
        published=capture.published,
        retrieved_on=capture.retrieved_on,
    )


def _article_id(article: Article) -> str:
    """As `reportedly.stages.clean` makes it."""
    spans: Any = [[block.start, block.end, block.kind] for block in article.blocks]
    return identity("art", {"document": article.document_sha256, "text": article.text, "blocks": spans})


def _claim_id(claim: Claim) -> str:
    """As `reportedly.stages.assemble` makes it."""
    bare = msgspec.structs.replace(claim, claim_id="", incident_id=None)
    return identity("claim", msgspec.to_builtins(bare))


def _account_id(account: Account) -> str:
    """As `reportedly.stages.account` makes it."""
    return identity("acc", [account.capture_id, account.incident_id])


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]


def _problem(kind: str, what: str) -> Problem:
    return Problem(kind=kind, what=what, todo=REBUILD)
