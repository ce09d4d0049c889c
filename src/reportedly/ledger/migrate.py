"""Which version the schema of a ledger has, and the way from an older one to this one (Alembic, ``migrations/``)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from reportedly.errors import LedgerVersion, NoLedger
from reportedly.ledger.connect import VERSION_TABLE
from reportedly.ledger.schema import REVISIONS

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x7265706F


def version(connection: Connection) -> str | None:
    """The version of the schema that a database holds; null where it holds no ledger."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return found


def must_be_this(connection: Connection, name: str) -> None:
    """Raises `NoLedger` or `LedgerVersion`, saying what to do, unless the schema is this version's."""
    found = version(connection)
    if found is None:
        raise NoLedger(f"{name} holds no ledger; make one with: reportedly ingest SOURCES --ledger {name}")
    _must_not_be_newer(found, name)
    if found != REVISIONS[-1]:
        raise LedgerVersion(
            f"{name} was made by an older reportedly (schema {found}, this one needs {REVISIONS[-1]}); "
            f"what writes to it upgrades it first, for example: reportedly ingest SOURCES --ledger {name}"
        )


def upgrade(connection: Connection, name: str) -> str | None:
    """Brings the schema up to this version inside the transaction of `connection`: all of it or nothing.

    Returns:
        The version that it had before; null where there was no ledger.

    Raises:
        LedgerVersion: a newer version of reportedly made it.
        NoLedger: the database holds something else.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    found = version(connection)
    if found is None and connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
        raise NoLedger(f"{name} is an SQLite database, but no ledger; name another file")
    if found is not None:
        _must_not_be_newer(found, name)
    if found != REVISIONS[-1]:
        _run(connection)
    return found


def _must_not_be_newer(found: str, name: str) -> None:
    if found not in REVISIONS:
        raise LedgerVersion(
            f"{name} was made by a newer reportedly (schema {found}, this one knows {REVISIONS[-1]}); "
            "update with: pip install --upgrade reportedly"
        )


def _run(connection: Connection) -> None:
    from alembic import command  # a quarter of a second, and hardly ever needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
