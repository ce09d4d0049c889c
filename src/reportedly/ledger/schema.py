"""The one schema, for SQLite and PostgreSQL.

Kept for good, only ever appended to:

    journal        one line for every change, each with the hash of the line before it
    origins        the software that made an entry
    captures       a document as it was received (its bytes are in the capture files)
    articles       clean texts
    entries        the outcome of one capture with one version of the software; newer versions stand beside older ones
    claims, hops   what an entry holds, and the chain of sources of each claim
    accounts       what an entry tells of each incident
    judgements     two accounts are of one incident, or are not
    visits         when an address was asked, and what it answered (for conditional requests)
    refusals       sources of which no bytes could be had
    capture_files  files of the capture store that were closed in good order

Derived, and made anew from the rest at any time (`DERIVED`):

    current_entries, signatures, bands, blocks, paired, members, incidents, facets
"""

from __future__ import annotations

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
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
Number = BigInteger().with_variant(Integer, "sqlite")
"""A row number: in SQLite the name of the row itself."""

metadata = MetaData(naming_convention=NAMING)

journal = Table(
    "journal",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),  # entry, judgement
    Column("subject", Text, nullable=False),  # its identity
    Column("body_sha256", Text, nullable=False),  # of the canonical JSON of the record
    Column("hash", Text, nullable=False),  # of the line before's hash and this line
)
origins = Table(
    "origins",
    metadata,
    Column("origin_id", Text, primary_key=True),
    Column("software", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("lexicons", Text, nullable=False),
)
captures = Table(
    "captures",
    metadata,
    Column("capture_id", Text, primary_key=True),
    Column("document_sha256", Text, nullable=False, index=True),
    Column("media_type", Text),
    Column("charset", Text),
    Column("url", Text, index=True),
    Column("outlet", Text),
    Column("published", Text),
    Column("retrieved_on", Text),
    Column("captured_at", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
)
articles = Table(
    "articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("document_sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("blocks", Text, nullable=False),  # JSON: [[start, end, kind], …]
)
entries = Table(
    "entries",
    metadata,
    Column("seq", Number, ForeignKey("journal.seq"), primary_key=True, autoincrement=False),
    Column("entry_id", Text, nullable=False, unique=True),
    Column("capture_id", Text, ForeignKey("captures.capture_id"), nullable=False, index=True),
    Column("origin_id", Text, ForeignKey("origins.origin_id"), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("stage", Text),
    Column("reason", Text),
    Column("article_id", Text, ForeignKey("articles.article_id"), index=True),
    Column("article", Text),  # JSON of the Article without its text and blocks
    Column("signature", Text),  # JSON of the Signature, null where there is none
    Column("recorded_at", Text, nullable=False, index=True),
)
claims = Table(
    "claims",
    metadata,
    Column("claim_no", Number, primary_key=True, autoincrement=True),
    Column("seq", Number, ForeignKey("entries.seq"), nullable=False, index=True),
    Column("claim_id", Text, nullable=False, index=True),
    Column("account_id", Text, nullable=False, index=True),
    Column("event_type", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("sentence", Text, nullable=False),  # searched by FTS5 / tsvector
    Column("record", Text, nullable=False),  # JSON of the Claim
    Column("reasons", Text),  # JSON of its Reasons
)
hops = Table(
    "hops",
    metadata,
    Column("claim_no", Number, ForeignKey("claims.claim_no"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("role", Text),
    Column("anonymous", Boolean, nullable=False),
)
accounts = Table(
    "accounts",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("seq", Number, ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    Column("incident_id", Text, nullable=False, index=True),  # within its article
    Column("record", Text, nullable=False),  # JSON of the Account
)
judgements = Table(
    "judgements",
    metadata,
    Column("seq", Number, ForeignKey("journal.seq"), primary_key=True, autoincrement=False),
    Column("judgement_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("left", Text, nullable=False, index=True),
    Column("right", Text, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("retracts", Text, index=True),
    Column("record", Text, nullable=False),  # JSON of the Judgement
)
visits = Table(
    "visits",
    metadata,
    Column("visit_no", Number, primary_key=True, autoincrement=True),
    Column("url", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("capture_id", Text),
)
refusals = Table(
    "refusals",
    metadata,
    Column("refusal_no", Number, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)
capture_files = Table(
    "capture_files",
    metadata,
    Column("name", Text, primary_key=True),
    Column("records", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("closed_at", Text, nullable=False),
)

# Derived ------------------------------------------------------------------------------------------------------------

current_entries = Table(
    "current_entries",
    metadata,
    Column("capture_id", Text, primary_key=True),
    Column("seq", Number, nullable=False, index=True),  # of the latest entry of that capture
)
signatures = Table(
    "signatures",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("values", LargeBinary, nullable=False),
)
bands = Table(
    "bands",
    metadata,
    Column("band", Text, primary_key=True),
    Column("article_id", Text, primary_key=True),
)
blocks = Table(
    "blocks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("account_id", Text, primary_key=True),
)
paired = Table(
    "paired",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("rules", Text, nullable=False),  # version of the rules by which it was compared with all others
)
members = Table(
    "members",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("incident_id", Text, nullable=False, index=True),
)
incidents = Table(
    "incidents",
    metadata,
    Column("incident_id", Text, primary_key=True),
    Column("event_type", Text, nullable=False, index=True),
    Column("stage", Text, nullable=False),
    Column("date_start", Text, index=True),
    Column("date_end", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("where_prec", Integer),
    Column("deaths", Integer, index=True),  # killed: best, else low
    Column("outlets", Integer, nullable=False, index=True),  # how many
    Column("first_reported", Text, index=True),
    Column("last_updated", Text, index=True),
    Column("record", Text, nullable=False),  # JSON of the Incident
    Index(None, "lat", "lon"),
)
facets = Table(
    "facets",
    metadata,
    Column("facet", Text, primary_key=True),  # actor, weapon, outlet, place, country
    Column("value", Text, primary_key=True),  # in lower case
    Column("incident_id", Text, primary_key=True, index=True),
)

DERIVED = (current_entries, signatures, bands, blocks, paired, members, incidents, facets)
