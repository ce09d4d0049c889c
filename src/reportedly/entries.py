"""The records of the ledger, frozen: what one report adds to it, and what many reports together come to.

    Capture     one document as it was received: from where, when, and where its bytes lie
    Entry       what the ledger appends for one capture, all of it or nothing: outcome, reading, accounts, signature
    Account     what one article tells of one incident: the claims of a reading that share an `incident_id`
    Judgement   that two accounts are of one incident, or are not: by whom, when, why; another judgement can take it back
    Incident    what a cluster of accounts comes to: a view, made anew whenever accounts or judgements change
    Dossier     an incident with every claim behind it
    Question    which incidents somebody asks for

Times are UTC, ISO 8601 with microseconds (``2026-10-12T08:15:00.000000Z``), so that they sort as text. Identities are content
hashes (`reportedly.records.identity`); none of them depends on a time, on the order of arrival or on the machine.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from reportedly.records import (
    Actor,
    Article,
    Claim,
    EventDate,
    EventType,
    Json,
    Origin,
    Place,
    Reason,
    Record,
    Span,
    Stage,
    WeaponCategory,
    identity,
)

Outcome = Literal["read", "no_incident", "screened", "refused"]
"""read: it holds claims · no_incident: it was read and holds none · screened: the cheap first pass found that it can hold none ·
refused: it cannot be read, and `reason` says why."""
SOFTWARE = "software"
"""Who judged, where no person did."""
JudgementKind = Literal["same", "different"]
ContradictionKind = Literal["update", "disagreement", "scope"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal["1", "2", "3", "4", "5", "6"]
Sort = Literal["date", "-date", "deaths", "-deaths", "outlets", "-outlets", "first_reported", "-last_updated"]
"""What a page of incidents is sorted by; a leading hyphen is descending. Unknown values come last either way."""


class Capture(Record, frozen=True):
    """One document as it was received. The same bytes from the same address with the same context are one capture."""

    capture_id: str
    """``cap-…``: hash of every field below but `captured_at`, `file` and `offset`."""
    document_sha256: str
    """SHA-256 of the bytes after any transfer or content encoding is undone: those that are read."""
    media_type: str | None
    """As served or told by the file's name; null where it must be guessed from the bytes."""
    charset: str | None
    url: str | None
    """The address, or the file's name (never its folder); null for standard input."""
    outlet: str | None
    """As given beside the document (a feed, a line of JSON); null where the page must tell."""
    published: str | None
    """``YYYY-MM-DD`` as given beside the document; null where the page must tell."""
    retrieved_on: str | None
    """The day (``YYYY-MM-DD``, UTC) on which it was fetched from the web; null for a file. No date on a page is later."""
    captured_at: str
    """When the bytes were first received (UTC)."""
    file: str
    """The name of the capture file that holds the bytes, in the ledger's capture folder."""
    offset: int
    """Where in that file the record begins, in bytes."""
    length: int
    """Bytes of the document."""


def capture_id(
    document_sha256: str,
    *,
    media_type: str | None,
    charset: str | None,
    url: str | None,
    outlet: str | None,
    published: str | None,
    retrieved_on: str | None,
) -> str:
    """The identity of a capture; see `Capture.capture_id`."""
    return identity(
        "cap",
        {
            "document_sha256": document_sha256,
            "media_type": media_type,
            "charset": charset,
            "url": url,
            "outlet": outlet,
            "published": published,
            "retrieved_on": retrieved_on,
        },
    )


class Range(Record, frozen=True):
    """A number as the sources bound it: the lowest and highest that any of them gives, and the best one."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    claims: tuple[str, ...] = ()
    """The claims behind it."""


class Anchor(Record, frozen=True):
    """Words by which an account is found again when newer software has read the document anew."""

    document_sha256: str
    text: str
    """A sentence of the document that tells of the incident."""


class Account(Record, frozen=True):
    """What one article tells of one incident: a pure function of one reading."""

    account_id: str
    """``acc-…``: hash of the capture and of the reading's own `incident_id`."""
    capture_id: str
    article_id: str
    incident_id: str
    """As the claims of the reading share it."""
    claim_ids: tuple[str, ...]
    outlet: str | None
    publication_date: str | None
    event_type: EventType
    family: str
    """The family of its type (``event_types.toml``): violence …"""
    stage: Stage
    negated: bool
    """True where every claim of it is negated."""
    date: EventDate | None
    """The most exact resolved date among the claims; null where none is resolved."""
    places: tuple[Place, ...]
    """Its sites (or, where none is given, its targets), most exact first; each place once."""
    actors: tuple[Actor, ...]
    """Each actor once, with the strongest confidence that any claim gives it."""
    recipients: tuple[str, ...]
    """Names of those to whom it was done, each once."""
    weapons: tuple[WeaponCategory, ...]
    killed: Range
    wounded: Range
    anchor: Anchor


class Signature(Record, frozen=True):
    """MinHash of an article's words, by which reprints are known."""

    article_id: str
    values: tuple[int, ...]
    bands: tuple[str, ...]
    """Keys of which near-exact reprints share at least one."""


class Entry(Record, frozen=True):
    """What the ledger appends for one capture in one transaction."""

    entry_id: str
    """``ent-…``: hash of the capture's identity, outcome, stage, reason, article, claims, reasons and origin."""
    capture: Capture
    origin: Origin
    outcome: Outcome
    stage: str | None = None
    """Where it was refused or screened out."""
    reason: str | None = None
    """Why, in one line."""
    article: Article | None = None
    claims: tuple[Claim, ...] = ()
    """Only those with an event."""
    reasons: dict[str, tuple[Reason, ...]] = msgspec.field(default_factory=dict)
    """claim_id to the reasons for its values."""
    accounts: tuple[Account, ...] = ()
    signature: Signature | None = None
    recorded_at: str | None = None
    """When the ledger took it in; null until then."""


def entry_id(
    capture: str,
    origin: Origin,
    outcome: Outcome,
    stage: str | None,
    reason: str | None,
    article: Article | None,
    claims: tuple[Claim, ...],
    reasons: dict[str, tuple[Reason, ...]],
) -> str:
    """The identity of an entry; see `Entry.entry_id`."""
    body = (capture, origin, outcome, stage, reason, article, claims, reasons)
    return identity("ent", msgspec.to_builtins(body))


class Judgement(Record, frozen=True):
    """That two accounts are of one incident, or are not. It stands until another judgement takes it back."""

    judgement_id: str
    """``jud-…``: hash of every field but `at`; for a person's also of `at`, for the same person may judge again."""
    kind: JudgementKind
    left: str
    right: str
    """Two account_ids, ``left < right``."""
    left_anchor: Anchor
    right_anchor: Anchor
    by: str
    """``software`` or a person's name as given."""
    at: str
    why: str
    """One line: for the software, the rule and the facts that it stands on."""
    score: float | None = None
    """The software's, 0 to 1; null for a person's."""
    origin: str | None = None
    """Version of the rules that judged; null for a person's."""
    retracts: str | None = None
    """The judgement_id that this one takes back; then `kind`, `left` and `right` repeat that judgement's."""


def judgement_id(judgement: Judgement) -> str:
    """The identity of a judgement, whatever its `judgement_id` says; see there."""
    body: dict[str, Json] = msgspec.to_builtins(judgement)
    del body["judgement_id"]
    if judgement.by == SOFTWARE:
        del body["at"]
    return identity("jud", body)


class Side(Record, frozen=True):
    """One side of a contradiction: who says what, in which words."""

    claim_id: str
    value: str
    words: Span
    outlet: str | None
    publication_date: str | None


class Contradiction(Record, frozen=True):
    """Two values for one fact, both kept."""

    kind: ContradictionKind
    """update: a later report gives another value of the same count · disagreement: reports of the same time, or sources, differ ·
    scope: the two count different things (killed; killed and wounded)."""
    field: str
    """``killed``, ``wounded``, ``stage``, ``actor``, ``polarity``."""
    sides: tuple[Side, ...]


class Grade(Record, frozen=True):
    """The Admiralty grade of one item, with the reasons. What cannot be decided stays F or 6."""

    reliability: Reliability
    credibility: Credibility
    reasons: tuple[str, ...]


class Incident(Record, frozen=True):
    """What a cluster of accounts comes to: a view over claims and judgements, never the stored truth."""

    incident_id: str
    """``inc-`` and the hash of its first account (the least account_id): `show` finds it by the id of any of its accounts."""
    event_type: EventType
    family: str
    stage: Stage
    negated: bool
    place: Place | None
    """The most exact site that most accounts agree on."""
    date: EventDate | None
    actors: tuple[Actor, ...]
    """Each with the strongest confidence on record."""
    recipients: tuple[str, ...]
    weapons: tuple[WeaponCategory, ...]
    killed: Range
    wounded: Range
    event_clarity: Literal[1, 2]
    """1 clear, 2 aggregated (the claims speak of several events as one)."""
    title: str
    """One line for a list, made of the coded values; no words of a report but names."""
    account_ids: tuple[str, ...]
    claim_ids: tuple[str, ...]
    outlets: tuple[str, ...]
    number_of_articles: int
    number_of_outlets: int
    number_of_origins: int
    """Independent first sources, after reprints and credited stories are traced back."""
    origins: tuple[str, ...]
    """How each origin is known, one line each."""
    contradictions: tuple[Contradiction, ...]
    grade: Grade
    first_reported: str | None
    """The earliest publication date among its articles."""
    last_updated: str | None
    """The latest."""
    reprints: tuple[tuple[str, str], ...] = ()
    """Its articles that are reprints: the article_id of each, and of the earliest article that it repeats. A dossier's
    `Testimony.reprint_of` is taken from here."""


class Testimony(Record, frozen=True):
    """One claim with where it stands: its article, its capture, its reading."""

    claim: Claim
    account_id: str
    article: Article
    """Its `text` is left empty where only a list is asked for."""
    capture: Capture
    origin: Origin
    recorded_at: str
    reprint_of: str | None = None
    """The article_id of the earliest article of which this one is a reprint."""
    reasons: tuple[Reason, ...] = ()
    entry_id: str | None = None
    """The entry that holds it."""


class Dossier(Record, frozen=True):
    """An incident with every claim behind it, in the order of publication."""

    incident: Incident
    testimonies: tuple[Testimony, ...]
    judgements: tuple[Judgement, ...] = ()
    """Those between its accounts that stand, and those that were taken back."""


class Box(Record, frozen=True):
    """A part of the map, in degrees; `west` may be greater than `east` (across the date line)."""

    west: float
    south: float
    east: float
    north: float


class Visit(Record, frozen=True):
    """That an address was asked, and what it answered; the next visit asks for the page only if it has changed."""

    url: str
    at: str
    status: int
    etag: str | None = None
    last_modified: str | None = None
    capture_id: str | None = None


class Question(Record, frozen=True):
    """Which incidents: every condition must hold; a tuple means any of its values; empty or null asks nothing."""

    since: str | None = None
    """First day (``YYYY-MM-DD``): incidents that may have happened on it or later."""
    until: str | None = None
    """Last day."""
    place: str | None = None
    """A country, an ISO code, a region or a town, whatever its case: matched with the place's names."""
    box: Box | None = None
    types: tuple[EventType, ...] = ()
    stages: tuple[Stage, ...] = ()
    actor: str | None = None
    """A part of an actor's name, whatever its case."""
    weapons: tuple[WeaponCategory, ...] = ()
    outlet: str | None = None
    """A part of an outlet's name, whatever its case."""
    min_outlets: int = 1
    text: str | None = None
    """Words that a sentence of a claim holds (all of them)."""
    sort: Sort = "-date"
    page: int = 1
    per_page: int = 20
    as_of: str | None = None
    """What the ledger knew then (UTC); null: now."""


class Page(Record, frozen=True):
    """One page of an answer."""

    total: int
    page: int
    per_page: int
    incidents: tuple[Incident, ...]
    at_least: bool = False
    """True where `total` is a lower bound: the words asked for are so common that the rest was not counted."""


class SourceLine(Record, frozen=True):
    """One source that claims rest on: who is quoted, by which outlets, how often, on what."""

    name: str
    kind: str
    role: str | None
    anonymous: bool
    number_of_claims: int
    number_of_incidents: int
    outlets: tuple[str, ...]
    event_types: tuple[tuple[str, int], ...]
    """Type and number of claims, most first."""
    stances: tuple[tuple[str, int], ...]


class SourcePage(Record, frozen=True):
    """One page of sources."""

    total: int
    page: int
    per_page: int
    sources: tuple[SourceLine, ...]


class Problem(Record, frozen=True):
    """Something that `doctor` found."""

    kind: str
    """``chain``, ``content``, ``capture``, ``orphan``, ``schema``, ``integrity``, ``derived``, ``unfinished``."""
    what: str
    todo: str
    harmless: bool = False
    """True where nothing is lost or wrong, such as the torn end of a killed run."""


class Health(Record, frozen=True):
    """What `doctor` says of a ledger."""

    ledger_hash: str
    """SHA-256 over the sorted identities of captures, entries and judgements: the same content, the same hash."""
    schema: str
    counts: dict[str, int]
    problems: tuple[Problem, ...]
