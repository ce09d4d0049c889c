"""From records to rows and back. The encoders are made once; a load of a million claims passes through here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from reportedly.entries import Account, Capture, Entry, Judgement, Signature
from reportedly.ledger.journal import Line, body_sha256, chained
from reportedly.records import Article, Block, Claim, Origin, Reason, identity

Row = tuple[Any, ...]
Wanted = TypeVar("Wanted")

_json = msgspec.json.Encoder()
_packed = msgspec.msgpack.Encoder()
_claim = msgspec.json.Decoder(Claim)
_account = msgspec.json.Decoder(Account)
_article = msgspec.json.Decoder(Article)
_judgement = msgspec.json.Decoder(Judgement)
_reasons = msgspec.json.Decoder(tuple[Reason, ...])
_spans = msgspec.json.Decoder(tuple[tuple[int, int, str], ...])
_signature = msgspec.msgpack.Decoder(Signature)


class Tip(NamedTuple):
    """Where the ledger ends: what the next rows are numbered from."""

    seq: int
    hash: str
    claim_no: int
    at: str
    """When the last line was written."""


class Rows:
    """The rows of one transaction, table by table, in the order in which they can be inserted."""

    def __init__(self, tip: Tip, at: str) -> None:
        self.tip, self.at = tip, at
        self.origin_ids: dict[Origin, str] = {}
        self.journal: list[Row] = []
        self.captures: list[Row] = []
        self.articles: list[Row] = []
        self.entries: list[Row] = []
        self.claims: list[Row] = []
        self.claim_words: list[Row] = []
        self.hops: list[Row] = []
        self.accounts: list[Row] = []
        self.current_entries: list[Row] = []
        self.judgements: list[Row] = []

    def add(self, entry: Entry) -> None:
        """Adds the rows of an entry."""
        seq = self._line("entry", entry.entry_id, body_sha256(entry))
        self.captures.append(capture_row(entry.capture))
        article = entry.article
        if article is not None:
            self.articles.append(_article_row(article))
        self.entries.append(
            (
                seq,
                entry.entry_id,
                entry.capture.capture_id,
                self._origin_id(entry.origin),
                entry.outcome,
                entry.stage,
                entry.reason,
                article.article_id if article else None,
                _json.encode(msgspec.structs.replace(article, text="", blocks=())).decode() if article else None,
                _packed.encode(entry.signature) if entry.signature else None,
                self.at,
            )
        )
        self.current_entries.append((entry.capture.capture_id, seq))
        self._add_claims(seq, entry)

    def add_judgement(self, judgement: Judgement) -> None:
        """Adds the row of a judgement."""
        seq = self._line("judgement", judgement.judgement_id, body_sha256(judgement))
        told = (judgement.judgement_id, judgement.kind, judgement.left, judgement.right, judgement.by, judgement.at)
        self.judgements.append((seq, *told, judgement.retracts, _json.encode(judgement).decode()))

    def _add_claims(self, seq: int, entry: Entry) -> None:
        account_of: dict[str, str] = {}
        for position, account in enumerate(entry.accounts):
            account_of.update(dict.fromkeys(account.claim_ids, account.account_id))
            record = _json.encode(account).decode()
            self.accounts.append((account.account_id, seq, position, account.incident_id, record))
        number = self.tip.claim_no
        for claim in entry.claims:
            number += 1
            claim_id, sentence = claim.claim_id, claim.sentence.text
            reasons = entry.reasons.get(claim_id)
            self.claims.append(
                (
                    number,
                    seq,
                    claim_id,
                    account_of.get(claim_id, ""),
                    claim.event.event_type if claim.event else "",
                    claim.attribution.stance,
                    sentence,
                    _json.encode(claim).decode(),
                    None if reasons is None else _json.encode(reasons).decode(),
                )
            )
            self.claim_words.append((number, sentence))
            for position, hop in enumerate(claim.attribution.chain):
                self.hops.append((number, position, hop.name, hop.kind, hop.role, hop.anonymous))
        self.tip = self.tip._replace(claim_no=number)

    def _line(self, kind: Any, subject: str, body: str) -> int:
        seq = self.tip.seq + 1
        line = Line(at=self.at, body_sha256=body, kind=kind, seq=seq, subject=subject)
        self.tip = self.tip._replace(seq=seq, hash=chained(self.tip.hash, line), at=self.at)
        self.journal.append((seq, self.at, kind, subject, body, self.tip.hash))
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


def _article_row(article: Article) -> Row:
    spans = [(block.start, block.end, block.kind) for block in article.blocks]
    return (article.article_id, article.document_sha256, article.text, _json.encode(spans).decode())


def capture_from(row: Any) -> Capture:
    """A capture from a row with its columns."""
    return Capture(
        capture_id=row.capture_id,
        document_sha256=row.document_sha256,
        media_type=row.media_type,
        charset=row.charset,
        url=row.url,
        outlet=row.outlet,
        published=row.published,
        retrieved_on=row.retrieved_on,
        captured_at=row.captured_at,
        file=row.file,
        offset=row.offset,
        length=row.length,
    )


def article_from(head: str, text: str | None, blocks: str | None) -> Article:
    """An article from the columns of ``entries.article``, ``articles.text`` and ``articles.blocks``; without the last two
    it has no text."""
    article = _article.decode(head)
    if text is None or blocks is None:
        return article
    spans = tuple(Block(start=start, end=end, kind=kind) for start, end, kind in _spans.decode(blocks))  # type: ignore[arg-type]
    return msgspec.structs.replace(article, text=text, blocks=spans)


def claim_from(record: str) -> Claim:
    """A claim from ``claims.record``."""
    return _claim.decode(record)


def reasons_from(record: str | None) -> tuple[Reason, ...]:
    """The reasons from ``claims.reasons``."""
    return _reasons.decode(record) if record else ()


def account_from(record: str) -> Account:
    """An account from ``accounts.record``."""
    return _account.decode(record)


def judgement_from(record: str) -> Judgement:
    """A judgement from ``judgements.record``."""
    return _judgement.decode(record)


def signature_from(packed: bytes | None) -> Signature | None:
    """A signature from ``entries.signature``."""
    return _signature.decode(packed) if packed else None


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
