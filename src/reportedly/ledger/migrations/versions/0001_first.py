"""The first schema."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STRING = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
REAL = sa.Float().with_variant(sa.REAL(), "sqlite")
STRICT: dict[str, Any] = {"sqlite_strict": True}
NARROW: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}

WORDS = {
    "sqlite": (
        "CREATE VIRTUAL TABLE claim_words USING fts5(sentence, content='', "
        "tokenize='unicode61 remove_diacritics 2', detail=none, columnsize=0)",
    ),
    "postgresql": (
        "CREATE TABLE claim_words (claim_no BIGINT PRIMARY KEY REFERENCES claims (claim_no), words tsvector NOT NULL)",
        "CREATE INDEX ix_claim_words_words ON claim_words USING gin (words)",
    ),
}


def upgrade() -> None:
    """Makes every table of an empty ledger."""
    op.create_table(
        "bands",
        sa.Column("band", NUMBER, autoincrement=False, nullable=False),
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("band", "seq", name=op.f("pk_bands")),
        **NARROW,
    )
    op.create_table(
        "blocks",
        sa.Column("key", STRING, nullable=False),
        sa.Column("account_id", STRING, nullable=False),
        sa.PrimaryKeyConstraint("key", "account_id", name=op.f("pk_blocks")),
        **NARROW,
    )
    op.create_table(
        "capture_files",
        sa.Column("name", STRING, nullable=False),
        sa.Column("records", NUMBER, nullable=False),
        sa.Column("bytes", NUMBER, nullable=False),
        sa.Column("sha256", STRING, nullable=False),
        sa.Column("closed_at", STRING, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_capture_files")),
        **STRICT,
    )
    op.create_table(
        "captures",
        sa.Column("capture_id", STRING, nullable=False),
        sa.Column("document_sha256", STRING, nullable=False),
        sa.Column("media_type", STRING, nullable=True),
        sa.Column("charset", STRING, nullable=True),
        sa.Column("url", STRING, nullable=True),
        sa.Column("outlet", STRING, nullable=True),
        sa.Column("published", STRING, nullable=True),
        sa.Column("retrieved_on", STRING, nullable=True),
        sa.Column("captured_at", STRING, nullable=False),
        sa.Column("file", STRING, nullable=False),
        sa.Column("offset", NUMBER, nullable=False),
        sa.Column("length", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("capture_id", name=op.f("pk_captures")),
        **STRICT,
    )
    op.create_table(
        "current_entries",
        sa.Column("capture_id", STRING, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("capture_id", name=op.f("pk_current_entries")),
        **NARROW,
    )
    op.create_index(op.f("ix_current_entries_seq"), "current_entries", ["seq"], unique=False)
    op.create_table(
        "facet_values",
        sa.Column("facet", STRING, nullable=False),
        sa.Column("value", STRING, nullable=False),
        sa.PrimaryKeyConstraint("facet", "value", name=op.f("pk_facet_values")),
        **NARROW,
    )
    op.create_table(
        "facets",
        sa.Column("facet", STRING, nullable=False),
        sa.Column("value", STRING, nullable=False),
        sa.Column("incident_no", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("facet", "value", "incident_no", name=op.f("pk_facets")),
        **NARROW,
    )
    op.create_index(op.f("ix_facets_incident_no"), "facets", ["incident_no"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("incident_no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("incident_id", STRING, nullable=False),
        sa.Column("event_type", STRING, nullable=False),
        sa.Column("stage", STRING, nullable=False),
        sa.Column("date_start", STRING, nullable=True),
        sa.Column("date_end", STRING, nullable=True),
        sa.Column("lat", REAL, nullable=True),
        sa.Column("lon", REAL, nullable=True),
        sa.Column("where_prec", sa.Integer(), nullable=True),
        sa.Column("deaths", sa.Integer(), nullable=True),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("first_reported", STRING, nullable=True),
        sa.Column("last_updated", STRING, nullable=True),
        sa.Column("record", STRING, nullable=False),
        sa.PrimaryKeyConstraint("incident_no", name=op.f("pk_incidents")),
        sa.UniqueConstraint("incident_id", name=op.f("uq_incidents_incident_id")),
        **STRICT,
    )
    op.create_index(
        "ix_incidents_by_date",
        "incidents",
        [
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
        ],
        unique=False,
    )
    op.create_index(
        "ix_incidents_by_number",
        "incidents",
        [
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
        ],
        unique=False,
    )
    op.create_index(op.f("ix_incidents_deaths"), "incidents", ["deaths"], unique=False)
    op.create_index(op.f("ix_incidents_first_reported"), "incidents", ["first_reported"], unique=False)
    op.create_index(op.f("ix_incidents_last_updated"), "incidents", ["last_updated"], unique=False)
    op.create_index(op.f("ix_incidents_outlets"), "incidents", ["outlets"], unique=False)
    op.create_table(
        "journal",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", STRING, nullable=False),
        sa.Column("kind", STRING, nullable=False),
        sa.Column("subject", STRING, nullable=False),
        sa.Column("body_sha256", STRING, nullable=False),
        sa.Column("hash", STRING, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        **STRICT,
    )
    op.create_table(
        "marks",
        sa.Column("name", STRING, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
        **NARROW,
    )
    op.create_table(
        "members",
        sa.Column("account_id", STRING, nullable=False),
        sa.Column("incident_id", STRING, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_members")),
        **NARROW,
    )
    op.create_index(op.f("ix_members_incident_id"), "members", ["incident_id"], unique=False)
    op.create_table(
        "origins",
        sa.Column("origin_id", STRING, nullable=False),
        sa.Column("software", STRING, nullable=False),
        sa.Column("model", STRING, nullable=False),
        sa.Column("lexicons", STRING, nullable=False),
        sa.PrimaryKeyConstraint("origin_id", name=op.f("pk_origins")),
        **NARROW,
    )
    op.create_table(
        "paired",
        sa.Column("account_id", STRING, nullable=False),
        sa.Column("rules", STRING, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_paired")),
        **NARROW,
    )
    op.create_table(
        "refusals",
        sa.Column("refusal_no", NUMBER, autoincrement=True, nullable=False),
        sa.Column("name", STRING, nullable=False),
        sa.Column("stage", STRING, nullable=False),
        sa.Column("reason", STRING, nullable=False),
        sa.Column("at", STRING, nullable=False),
        sa.PrimaryKeyConstraint("refusal_no", name=op.f("pk_refusals")),
        **STRICT,
    )
    op.create_table(
        "told",
        sa.Column("claim_no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("incident_no", NUMBER, nullable=False),
        sa.Column("event_type", STRING, nullable=False),
        sa.Column("stance", STRING, nullable=False),
        sa.Column("outlet", STRING, nullable=True),
        sa.PrimaryKeyConstraint("claim_no", name=op.f("pk_told")),
        **STRICT,
    )
    op.create_index(op.f("ix_told_incident_no"), "told", ["incident_no"], unique=False)
    op.create_table(
        "visits",
        sa.Column("visit_no", NUMBER, autoincrement=True, nullable=False),
        sa.Column("url", STRING, nullable=False),
        sa.Column("at", STRING, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("etag", STRING, nullable=True),
        sa.Column("last_modified", STRING, nullable=True),
        sa.Column("capture_id", STRING, nullable=True),
        sa.PrimaryKeyConstraint("visit_no", name=op.f("pk_visits")),
        **STRICT,
    )
    op.create_index(op.f("ix_visits_url"), "visits", ["url"], unique=False)
    op.create_table(
        "entries",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("entry_id", STRING, nullable=False),
        sa.Column("capture_id", STRING, nullable=False),
        sa.Column("origin_id", STRING, nullable=False),
        sa.Column("outcome", STRING, nullable=False),
        sa.Column("stage", STRING, nullable=True),
        sa.Column("reason", STRING, nullable=True),
        sa.Column("article_id", STRING, nullable=True),
        sa.Column("recorded_at", STRING, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.capture_id"], name=op.f("fk_entries_capture_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["origins.origin_id"], name=op.f("fk_entries_origin_id")),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_entries_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_entries")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_entries_entry_id")),
        **STRICT,
    )
    op.create_index(op.f("ix_entries_article_id"), "entries", ["article_id"], unique=False)
    op.create_index(op.f("ix_entries_capture_id"), "entries", ["capture_id"], unique=False)
    op.create_index(op.f("ix_entries_recorded_at"), "entries", ["recorded_at"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("judgement_id", STRING, nullable=False),
        sa.Column("kind", STRING, nullable=False),
        sa.Column("left", STRING, nullable=False),
        sa.Column("right", STRING, nullable=False),
        sa.Column("by", STRING, nullable=False),
        sa.Column("at", STRING, nullable=False),
        sa.Column("retracts", STRING, nullable=True),
        sa.Column("record", STRING, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_judgements_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_judgements")),
        sa.UniqueConstraint("judgement_id", name=op.f("uq_judgements_judgement_id")),
        **STRICT,
    )
    op.create_index(op.f("ix_judgements_left"), "judgements", ["left"], unique=False)
    op.create_index(
        "ix_judgements_people",
        "judgements",
        ["by"],
        unique=False,
        sqlite_where=sa.text("\"by\" <> 'software'"),
        postgresql_where=sa.text("\"by\" <> 'software'"),
    )
    op.create_index(op.f("ix_judgements_retracts"), "judgements", ["retracts"], unique=False)
    op.create_index(op.f("ix_judgements_right"), "judgements", ["right"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("account_id", STRING, nullable=False),
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("incident_id", STRING, nullable=False),
        sa.Column("outlet", STRING, nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["entries.seq"], name=op.f("fk_accounts_seq")),
        sa.PrimaryKeyConstraint("account_id", "seq", name=op.f("pk_accounts")),
        **STRICT,
    )
    op.create_index(op.f("ix_accounts_incident_id"), "accounts", ["incident_id"], unique=False)
    op.create_index(op.f("ix_accounts_seq"), "accounts", ["seq"], unique=False)
    op.create_table(
        "claims",
        sa.Column("claim_no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("claim_id", STRING, nullable=False),
        sa.Column("account_id", STRING, nullable=False),
        sa.Column("event_type", STRING, nullable=False),
        sa.Column("stance", STRING, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["entries.seq"], name=op.f("fk_claims_seq")),
        sa.PrimaryKeyConstraint("claim_no", name=op.f("pk_claims")),
        **STRICT,
    )
    op.create_index(op.f("ix_claims_claim_id"), "claims", ["claim_id"], unique=False)
    op.create_index(op.f("ix_claims_seq"), "claims", ["seq"], unique=False)
    op.create_table(
        "hops",
        sa.Column("claim_no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", STRING, nullable=False),
        sa.Column("kind", STRING, nullable=False),
        sa.Column("role", STRING, nullable=True),
        sa.Column("anonymous", FLAG, nullable=False),
        sa.ForeignKeyConstraint(["claim_no"], ["claims.claim_no"], name=op.f("fk_hops_claim_no")),
        sa.PrimaryKeyConstraint("claim_no", "position", name=op.f("pk_hops")),
        **NARROW,
    )
    for statement in WORDS[op.get_bind().dialect.name]:
        op.execute(statement)
