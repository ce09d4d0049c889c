"""Alembic's way in: it runs on the connection, and inside the transaction, that `reportedly.ledger.migrate` gives it."""

from __future__ import annotations

from alembic import context

from reportedly.ledger.connect import VERSION_TABLE
from reportedly.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transaction_per_migration=False,
)
context.run_migrations()
