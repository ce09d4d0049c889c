"""Every row against the record that it was made from, and every record against the hashes that were taken of it.

The journal is walked line by line. From what the tables hold of its entry or judgement the record is made, from the record the rows
that it must have, by the very code that wrote them: whatever differs, in any column, is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from reportedly.entries import Account, Capture, Entry, Problem, capture_id, entry_id
from reportedly.ledger.journal import Line, body_sha256, chained
from reportedly.ledger.rows import (
    Row,
    Rows,
    Tip,
    account_from,
    article_from,
    claim_from,
    judgement_from,
    reasons_from,
    signature_from,
)
from reportedly.ledger.schema import accounts, articles, captures, claims, entries, hops, journal, judgements, origins
from reportedly.records import Article, Claim, Origin, identity

REBUILD = "run `reportedly rebuild`: it makes the ledger anew from its capture"
AT_ONCE = 1_000
HEAD = (journal, entries, captures, origins, articles, judgements)
Watch = Callable[[str, int], None]


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
        .outerjoin(articles, articles.c.article_id == entries.c.article_id)
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


class _Rest:
    """The rows of a table in the order of a number, taken a number at a time."""

    def __init__(self, connection: Connection, table: Table, by: str, *then: str) -> None:
        self.position = list(table.columns.keys()).index(by)
        query = select(table).order_by(*(table.c[name] for name in (by, *then)))
        self.rows = (tuple(row) for row in connection.execution_options(yield_per=AT_ONCE).execute(query))
        self.next = next(self.rows, None)

    def of(self, number: int) -> list[Row]:
        """The rows of `number`; those of lesser numbers, which belong to nothing, are passed over."""
        found = []
        while self.next is not None and self.next[self.position] <= number:
            if self.next[self.position] == number:
                found.append(self.next)
            self.next = next(self.rows, None)
        return found


class _Walk:
    """Where the walk through the journal is."""

    def __init__(self, connection: Connection) -> None:
        self.claims = _Rest(connection, claims, "seq", "claim_no")
        self.hops = _Rest(connection, hops, "claim_no", "position")
        self.accounts = _Rest(connection, accounts, "seq", "position")
        self.tip = Tip(seq=0, hash="", claim_no=0, at="")
        self.origins: dict[Row, str] = {}

    def line(self, parts: tuple[Row, ...]) -> Iterator[Problem]:
        """What is wrong with one line of the journal and what it tells of."""
        row, entry, _, _, _, judgement = parts
        seq, at, kind, subject, body, hashed = row
        if seq != self.tip.seq + 1:
            yield _problem("chain", f"line {self.tip.seq + 1} of the journal is missing (the next is line {seq})")
        line = Line(at=at, body_sha256=body, kind=kind, seq=seq, subject=subject)
        if _chained(self.tip.hash, line) != hashed:
            yield _problem("chain", f"line {seq} of the journal ({subject}) does not follow from the line before it")
        if at < self.tip.at:
            yield _problem("chain", f"line {seq} of the journal ({subject}) is earlier than the line before it")
        before = self.tip._replace(seq=seq - 1)
        self.tip = Tip(seq=seq, hash=hashed, claim_no=before.claim_no, at=at)
        if kind == "entry" and entry[0] is not None:
            yield from self._entry(parts, before)
        elif kind == "judgement" and judgement[0] is not None:
            yield from self._judgement(row, judgement, before)
        else:
            yield _problem("orphan", f"line {seq} of the journal tells of {kind} {subject}, which is not there")

    def _entry(self, parts: tuple[Row, ...], before: Tip) -> Iterator[Problem]:
        line, head, capture, origin, article, _ = parts
        stored = {
            claims: self.claims.of(head[0]),
            accounts: self.accounts.of(head[0]),
            entries: [head],
            captures: [capture],
            origins: [origin],
            articles: [article] if head[7] is not None else [],
            journal: [line],
        }
        stored[hops] = [hop for claim in stored[claims] for hop in self.hops.of(claim[0])]
        shown = f"entry {line[3]} (line {line[0]})"
        try:
            entry = _entry_from(stored, head)
            expected = Rows(before, head[10])
            expected.add(entry)
            body = body_sha256(entry)
        except (ValueError, TypeError, msgspec.MsgspecError) as error:
            yield _problem("content", f"{shown}: its record cannot be read: {_short(error)}{_where(stored)}")
            self.tip = self.tip._replace(claim_no=max([self.tip.claim_no, *(row[0] for row in stored[claims])]))
            return
        self.tip = self.tip._replace(claim_no=expected.tip.claim_no)
        if body != line[4]:
            yield _problem("content", f"{shown}: its record is not what was appended{_changed(entry)}")
        wanted: dict[Table, Sequence[Row]] = {
            entries: expected.entries,
            captures: expected.captures,
            origins: expected.origins,
            articles: expected.articles,
            claims: expected.claims,
            hops: expected.hops,
            accounts: expected.accounts,
        }
        for table, rows in wanted.items():
            yield from _differences(shown, table, stored[table], rows)
        if (line[1], line[3]) != (head[10], entry.entry_id):
            yield _problem("content", f"{shown}: the journal and the entry differ in name or time")

    def _judgement(self, line: Row, row: Row, before: Tip) -> Iterator[Problem]:
        shown = f"judgement {line[3]} (line {line[0]})"
        try:
            judgement = judgement_from(row[8])
            expected = Rows(before, line[1])
            expected.add_judgement(judgement)
        except (ValueError, TypeError, msgspec.MsgspecError) as error:
            yield _problem("content", f"{shown}: its record cannot be read: {_short(error)}")
            return
        if body_sha256(judgement) != line[4] or judgement.judgement_id != line[3]:
            yield _problem("content", f"{shown}: its record is not what was appended")
        yield from _differences(shown, judgements, [row], expected.judgements)


def _entry_from(stored: dict[Table, list[Row]], head: Row) -> Entry:
    """The entry that the rows hold.

    Raises:
        ValueError, TypeError, msgspec.MsgspecError: a row is missing or damaged.
    """
    names = [str(column.name) for column in captures.columns]
    capture = msgspec.convert(dict(zip(names, stored[captures][0], strict=True)), Capture)
    origin = Origin(software=stored[origins][0][1], model=stored[origins][0][2], lexicons=stored[origins][0][3])
    article: Article | None = None
    if head[8] is not None:
        text, blocks = stored[articles][0][2:4] if stored[articles] else (None, None)
        if text is None or blocks is None:
            raise ValueError("the text of its article is missing")
        article = article_from(head[8], text, blocks)
    return Entry(
        entry_id=head[1],
        capture=capture,
        origin=origin,
        outcome=head[4],
        stage=head[5],
        reason=head[6],
        article=article,
        claims=tuple(claim_from(row[7]) for row in stored[claims]),
        reasons={row[2]: reasons_from(row[8]) for row in stored[claims] if row[8] is not None},
        accounts=tuple(account_from(row[4]) for row in stored[accounts]),
        signature=signature_from(head[9]),
        recorded_at=head[10],
    )


def _differences(shown: str, table: Table, stored: Sequence[Row], wanted: Sequence[Row]) -> Iterator[Problem]:
    """Rows that are missing or too many, and columns that do not say what the record says."""
    if len(stored) != len(wanted):
        yield _problem("content", f"{shown}: {len(stored)} rows in {table.name}, {len(wanted)} in its record")
        return
    for one, other in zip(stored, wanted, strict=True):
        wrong = [c.name for c, left, right in zip(table.columns, one, other, strict=True) if left != right]
        if wrong:
            columns = ", ".join(f"{table.name}.{name}" for name in wrong)
            yield _problem("content", f"{shown}: {columns} ({one[0]}) is not what its record says")


def _changed(entry: Entry) -> str:
    """Which part of a record no longer has its own identity, as far as that can be told."""
    found = []
    if _capture_id(entry.capture) != entry.capture.capture_id:
        found.append(f"capture {entry.capture.capture_id}")
    if entry.article is not None and _article_id(entry.article) != entry.article.article_id:
        found.append(f"the text of article {entry.article.article_id}")
    found += [f"claim {claim.claim_id}" for claim in entry.claims if _claim_id(claim) != claim.claim_id]
    found += [f"account {one.account_id}" for one in entry.accounts if _account_id(one) != one.account_id]
    if not found and _entry_id(entry) != entry.entry_id:
        found.append("its outcome, article, claims or reasons")
    return f": {', '.join(found[:5])}" if found else ""


def _where(stored: dict[Table, list[Row]]) -> str:
    """The claims and accounts whose record cannot be decoded."""
    broken = []
    for table, position, decode in ((claims, 7, claim_from), (accounts, 4, account_from)):
        for row in stored[table]:
            try:
                decode(row[position])
            except (ValueError, TypeError, msgspec.MsgspecError):
                broken.append(f"{table.name} {row[0]}")
    return f" ({', '.join(broken[:5])})" if broken else ""


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
