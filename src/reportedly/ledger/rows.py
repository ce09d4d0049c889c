"""From records to rows and back. The encoders are made once; a load of a million claims passes through here.

An entry is kept whole, in one piece: the canonical JSON that the journal has the hash of, packed. Claims, accounts and
chains have narrow rows beside it, by which they are found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

import msgspec

from reportedly.entries import Account, Capture, Entry, Judgement, Signature, Testimony
from reportedly.ledger.journal import CANONICAL, Kind, Line, chained
from reportedly.records import Article, Origin, identity

Row = tuple[Any, ...]
Wanted = TypeVar("Wanted")

_entry = msgspec.json.Decoder(Entry)
_judgement = msgspec.json.Decoder(Judgement)
LENGTH_BYTES = 4


class Accounts(msgspec.Struct, frozen=True):
    """The part of an entry that merging asks for; the rest is skipped, which is many times faster."""

    accounts: tuple[Account, ...]
    signature: Signature | None


_accounts = msgspec.json.Decoder(Accounts)


class Tip(NamedTuple):
    """Where the ledger ends: what the next rows are numbered from."""

    seq: int
    hash: str
    claim_no: int
    at: str
    """When the last line was written."""


class Rows:
    """The rows of one transaction, table by table, each in the order of the table's columns."""

    def __init__(self, tip: Tip, at: str) -> None:
        self.tip, self.at = tip, at
        self.origin_ids: dict[Origin, str] = {}
        self.journal: list[Row] = []
        self.captures: list[Row] = []
        self.entries: list[Row] = []
        self.claims: list[Row] = []
        self.claim_words: list[tuple[int, str]] = []
        self.hops: list[Row] = []
        self.accounts: list[Row] = []
        self.current_entries: list[Row] = []
        self.judgements: list[Row] = []

    def add(self, entry: Entry) -> None:
        """Adds the rows of an entry that has no `recorded_at`."""
        body, capture = CANONICAL.encode(entry), entry.capture.capture_id
        seq = self._line("entry", entry.entry_id, body)
        self.captures.append(capture_row(entry.capture))
        self.entries.append(
            (
                seq,
                entry.entry_id,
                capture,
                self._origin_id(entry.origin),
                entry.outcome,
                entry.stage,
                entry.reason,
                entry.article.article_id if entry.article else None,
                self.at,
                packed(body),
            )
        )
        self.current_entries.append((capture, seq))
        if entry.claims or entry.accounts:
            self._add_claims(seq, entry)

    def add_judgement(self, judgement: Judgement) -> None:
        """Adds the row of a judgement."""
        body = CANONICAL.encode(judgement)
        seq = self._line("judgement", judgement.judgement_id, body)
        told = (judgement.judgement_id, judgement.kind, judgement.left, judgement.right, judgement.by, judgement.at)
        self.judgements.append((seq, *told, judgement.retracts, body.decode()))

    def _add_claims(self, seq: int, entry: Entry) -> None:
        account_of: dict[str, str] = {}
        for position, account in enumerate(entry.accounts):
            for claim_id in account.claim_ids:
                account_of[claim_id] = account.account_id
            self.accounts.append((account.account_id, seq, position, account.incident_id, account.outlet))
        number = self.tip.claim_no
        for claim in entry.claims:
            number += 1
            claim_id, attribution, event = claim.claim_id, claim.attribution, claim.event
            account_id, kind = account_of.get(claim_id, ""), event.event_type if event else ""
            self.claims.append((number, seq, claim_id, account_id, kind, attribution.stance))
            self.claim_words.append((number, claim.sentence.text))
            for position, hop in enumerate(attribution.chain):
                self.hops.append((number, position, hop.name, hop.kind, hop.role, hop.anonymous))
        self.tip = self.tip._replace(claim_no=number)

    def _line(self, kind: Kind, subject: str, body: bytes) -> int:
        seq, sha256 = self.tip.seq + 1, hashlib.sha256(body).hexdigest()
        line = Line(at=self.at, body_sha256=sha256, kind=kind, seq=seq, subject=subject)
        self.tip = Tip(seq, chained(self.tip.hash, line), self.tip.claim_no, self.at)
        self.journal.append((seq, self.at, kind, subject, sha256, self.tip.hash))
        return seq

    def _origin_id(self, origin: Origin) -> str:
        known = self.origin_ids.get(origin)
        if known is None:
            known = self.origin_ids[origin] = identity("org", msgspec.to_builtins(origin))
        return known

    @property
    def origins(self) -> list[Row]:
        """The rows of the origins met."""
        return [(name, o.software, o.model, o.lexicons) for o, name in self.origin_ids.items()]


def capture_row(capture: Capture) -> Row:
    """The row of a capture: its fields in their order."""
    return (
        capture.capture_id,
        capture.document_sha256,
        capture.media_type,
        capture.charset,
        capture.url,
        capture.outlet,
        capture.published,
        capture.retrieved_on,
        capture.captured_at,
        capture.file,
        capture.offset,
        capture.length,
    )


@cache
def _codec() -> Any:
    from pyarrow import Codec  # a tenth of a second that a question about a list of incidents does not wait for

    return Codec("lz4_raw")


def packed(body: bytes) -> bytes:
    """`body` as the ledger keeps it: its length in four bytes, least first, and an LZ4 block (as ``lz4.block`` writes it)."""
    return len(body).to_bytes(LENGTH_BYTES, "little") + cast(bytes, _codec().compress(body, asbytes=True))


def unpacked(kept: bytes) -> bytes:
    """What was packed.

    Raises:
        ValueError: it was not packed by `packed`, or was changed since.
    """
    length = int.from_bytes(kept[:LENGTH_BYTES], "little")
    try:
        return cast(bytes, _codec().decompress(kept[LENGTH_BYTES:], length, asbytes=True))
    except OSError as error:
        raise ValueError(str(error)) from error


def entry_from(body: bytes, recorded_at: str | None = None) -> Entry:
    """The entry from ``entries.body`` and ``entries.recorded_at``."""
    entry = _entry.decode(unpacked(body))
    return msgspec.structs.replace(entry, recorded_at=recorded_at) if recorded_at else entry


def testimony(entry: Entry, claim_id: str, account_id: str, *, with_text: bool = True) -> Testimony:
    """One claim of an entry that was recorded, with where it stands."""
    claim = next(one for one in entry.claims if one.claim_id == claim_id)
    article = cast(Article, entry.article)  # where there is a claim there is an article
    return Testimony(
        claim=claim,
        account_id=account_id,
        article=article if with_text else msgspec.structs.replace(article, text="", blocks=()),
        capture=entry.capture,
        origin=entry.origin,
        recorded_at=entry.recorded_at or "",
        reasons=entry.reasons.get(claim_id, ()),
        entry_id=entry.entry_id,
    )


def accounts_from(body: bytes) -> Accounts:
    """The accounts and the signature from ``entries.body``."""
    return _accounts.decode(unpacked(body))


def judgement_from(record: str) -> Judgement:
    """A judgement from ``judgements.record``."""
    return _judgement.decode(record)


def in_groups(items: Iterable[Wanted], size: int) -> Iterable[Sequence[Wanted]]:
    """`items` in their order, at most `size` at a time."""
    group: list[Wanted] = []
    for item in items:
        group.append(item)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
