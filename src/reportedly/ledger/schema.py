"""The one schema, for SQLite and PostgreSQL.

Kept for good, only ever appended to:

    journal        one line for every change, each with the hash of the line before it
    origins        the software that made an entry
    captures       a document as it was received (its bytes are in the capture files)
    entries        the outcome of one capture with one version of the software, whole; newer versions stand beside older ones
    claims, hops   by what the claims of an entry are found, and the chain of sources of each
    accounts       by what its accounts are found
    judgements     two accounts are of one incident, or are not
    visits         when an address was asked, and what it answered (for conditional requests)
    refusals       sources of which no bytes could be had
    capture_files  files of the capture store that were closed in good order

Derived, and made anew from the rest at any time (`DERIVED`):

    current_entries, bands, marks, blocks, paired, members, incidents, facets, facet_values, told

The words of the sentences are searched by `reportedly.ledger.words`, in a table of each backend's own kind.

A change here is a new revision in ``migrations/versions`` and in `REVISIONS`; a test compares the two.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite

REVISIONS = ("0001",)
"""Every version that the schema has had, oldest first; the last is this one's."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
Number = BigInteger().with_variant(Integer, "sqlite")
"""A row number: in SQLite the name of the row itself."""

Flag = Boolean().with_variant(Integer, "sqlite")
Real = Float().with_variant(sqlite.REAL(), "sqlite")
String = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text that compares by its code points, in either backend."""

STRICT: dict[str, Any] = {"sqlite_strict": True}
NARROW: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}
"""For short rows that are found by a key of words: the key's tree is the table."""

metadata = MetaData(naming_convention=NAMING)

journal = Table(
    "journal",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),  # entry, judgement
    Column("subject", String, nullable=False),  # its identity
    Column("body_sha256", String, nullable=False),  # of the canonical JSON of the record
    Column("hash", String, nullable=False),  # of the line before's hash and this line
    **STRICT,
)
origins = Table(
    "origins",
    metadata,
    Column("origin_id", String, primary_key=True),
    Column("software", String, nullable=False),
    Column("model", String, nullable=False),
    Column("lexicons", String, nullable=False),
    **NARROW,
)
captures = Table(
    "captures",
    metadata,
    Column("capture_id", String, primary_key=True),
    Column("document_sha256", String, nullable=False),
    Column("media_type", String),
    Column("charset", String),
    Column("url", String),
    Column("outlet", String),
    Column("published", String),
    Column("retrieved_on", String),
    Column("captured_at", String, nullable=False),
    Column("file", String, nullable=False),
    Column("offset", Number, nullable=False),
    Column("length", Number, nullable=False),
    **STRICT,
)
entries = Table(
    "entries",
    metadata,
    Column("seq", Number, ForeignKey("journal.seq"), primary_key=True, autoincrement=False),
    Column("entry_id", String, nullable=False, unique=True),
    Column("capture_id", String, ForeignKey("captures.capture_id"), nullable=False, index=True),
    Column("origin_id", String, ForeignKey("origins.origin_id"), nullable=False),
    Column("outcome", String, nullable=False),
    Column("stage", String),
    Column("reason", String),
    Column("article_id", String, index=True),
    Column("recorded_at", String, nullable=False, index=True),
    Column(
        "body", LargeBinary, nullable=False
    ),  # the Entry whole: rows.packed of the JSON that the journal has the hash of
    **STRICT,
)
claims = Table(
    "claims",
    metadata,
    Column("claim_no", Number, primary_key=True, autoincrement=False),
    Column("seq", Number, ForeignKey("entries.seq"), nullable=False, index=True),
    Column("claim_id", String, nullable=False, index=True),
    Column("account_id", String, nullable=False),  # found by way of accounts.seq
    Column("event_type", String, nullable=False),
    Column("stance", String, nullable=False),
    **STRICT,
)
hops = Table(
    "hops",
    metadata,
    Column("claim_no", Number, ForeignKey("claims.claim_no"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("role", String),
    Column("anonymous", Flag, nullable=False),
    **NARROW,
)
accounts = Table(
    "accounts",
    metadata,
    Column("account_id", String, primary_key=True),
    Column("seq", Number, ForeignKey("entries.seq"), primary_key=True, autoincrement=False, index=True),
    Column("position", Integer, nullable=False),  # among the accounts of its entry
    Column("incident_id", String, nullable=False, index=True),  # within its article
    Column("outlet", String),
    **STRICT,
)
judgements = Table(
    "judgements",
    metadata,
    Column("seq", Number, ForeignKey("journal.seq"), primary_key=True, autoincrement=False),
    Column("judgement_id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("left", String, nullable=False, index=True),
    Column("right", String, nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("retracts", String, index=True),
    Column("record", String, nullable=False),  # JSON of the Judgement
    Index(  # those by people are few, and asked for at every merge
        "ix_judgements_people",
        "by",
        sqlite_where=text("\"by\" <> 'software'"),
        postgresql_where=text("\"by\" <> 'software'"),
    ),
    **STRICT,
)
visits = Table(
    "visits",
    metadata,
    Column("visit_no", Number, primary_key=True, autoincrement=True),
    Column("url", String, nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("etag", String),
    Column("last_modified", String),
    Column("capture_id", String),
    **STRICT,
)
refusals = Table(
    "refusals",
    metadata,
    Column("refusal_no", Number, primary_key=True, autoincrement=True),
    Column("name", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("at", String, nullable=False),
    **STRICT,
)
capture_files = Table(
    "capture_files",
    metadata,
    Column("name", String, primary_key=True),
    Column("records", Number, nullable=False),
    Column("bytes", Number, nullable=False),
    Column("sha256", String, nullable=False),
    Column("closed_at", String, nullable=False),
    **STRICT,
)

# Derived ------------------------------------------------------------------------------------------------------------

current_entries = Table(
    "current_entries",
    metadata,
    Column("capture_id", String, primary_key=True),
    Column("seq", Number, nullable=False, index=True),  # of the latest entry of that capture
    **NARROW,
)
bands = Table(
    "bands",
    metadata,
    Column("band", Number, primary_key=True, autoincrement=False),  # the first 8 bytes of its hash
    Column("seq", Number, primary_key=True, autoincrement=False),  # of an entry whose article has it
    **NARROW,
)
marks = Table(
    "marks",
    metadata,
    Column("name", String, primary_key=True),  # of a derived table that is filled when it is asked
    Column("seq", Number, nullable=False),  # up to which entry
    **NARROW,
)
blocks = Table(
    "blocks",
    metadata,
    Column("key", String, primary_key=True),
    Column("account_id", String, primary_key=True),
    **NARROW,
)
paired = Table(
    "paired",
    metadata,
    Column("account_id", String, primary_key=True),
    Column("rules", String, nullable=False),  # version of the rules by which it was compared with all others
    **NARROW,
)
members = Table(
    "members",
    metadata,
    Column("account_id", String, primary_key=True),
    Column("incident_id", String, nullable=False, index=True),
    **NARROW,
)
incidents = Table(
    "incidents",
    metadata,
    Column("incident_no", Number, primary_key=True, autoincrement=False),  # views.number_of(incident_id)
    Column("incident_id", String, nullable=False, unique=True),
    Column("event_type", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("date_start", String),
    Column("date_end", String),
    Column("lat", Real),
    Column("lon", Real),
    Column("where_prec", Integer),
    Column("deaths", Integer, index=True),  # killed: best, else low
    Column("outlets", Integer, nullable=False, index=True),  # how many
    Column("first_reported", String, index=True),
    Column("last_updated", String, index=True),
    Column("record", String, nullable=False),  # JSON of the Incident
    Index(
        "ix_incidents_by_date",  # holds all that a page is chosen and sorted by: the fat rows are read for one page only
        "date_start",
        "incident_id",
        "date_end",
        "event_type",
        "stage",
        "lat",
        "lon",
        "outlets",
        "deaths",
        "first_reported",
        "last_updated",
        "incident_no",
    ),
    Index(
        "ix_incidents_by_number",
        "incident_no",
        "date_start",
        "date_end",
        "event_type",
        "stage",
        "lat",
        "lon",
        "outlets",
        "deaths",
        "first_reported",
        "last_updated",
        "incident_id",
    ),
    **STRICT,
)
facets = Table(
    "facets",
    metadata,
    Column("facet", String, primary_key=True),  # actor, weapon, outlet, place, country
    Column("value", String, primary_key=True),  # views.facets_of(incident)
    Column("incident_no", Number, primary_key=True, autoincrement=False, index=True),
    **NARROW,
)
facet_values = Table(  # every pair that is or was in `facets`, once: parts of names are searched here
    "facet_values",
    metadata,
    Column("facet", String, primary_key=True),
    Column("value", String, primary_key=True),
    **NARROW,
)
told = Table(  # which incident each claim of a current entry belongs to, and what the sources are counted by
    "told",
    metadata,
    Column("claim_no", Number, primary_key=True, autoincrement=False),
    Column("incident_no", Number, nullable=False, index=True),
    Column("event_type", String, nullable=False),
    Column("stance", String, nullable=False),
    Column("outlet", String),
    **STRICT,
)

DERIVED = (current_entries, bands, marks, blocks, paired, members, incidents, facets, facet_values, told)
