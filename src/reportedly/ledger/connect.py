"""From ``--ledger FILE|URL`` to a database, and from what a database complains of to a `LedgerError` that says what to do."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from reportedly.errors import LedgerBusy, LedgerDamaged, LedgerError, NoLedger

CAPTURE_VARIABLE = "REPORTEDLY_CAPTURE"
VERSION_TABLE = "reportedly_schema"
"""The table with the version of the schema; Alembic writes it."""
WRITE = "writes"
"""The execution option of a connection that is going to write."""
BUSY_AFTER = 30.0
"""Seconds for which a writer waits for another one."""
PAGE_BYTES = 8192
CACHE_KIB = 48 * 1024
WRITER_CACHE_KIB = 4 * 1024
"""For each connection of a process that also holds the models; the system keeps the file's pages in memory as well."""
CACHE_OF_MANY_KIB = 256 * 1024
WAL_PAGES = 16_000
"""Pages in the write-ahead log before they are moved into the file: 125 MB. An index page that many transactions touch is
then moved once and not with each of them."""

_SERVER_SAYS = (
    (
        "password authentication failed",
        "it refused the user or the password; check both in the address, or set PGPASSWORD",
    ),
    ("no password supplied", "it asks for a password; put it in the address, or set PGPASSWORD"),
    ("no pg_hba.conf entry", "it lets nobody in from here as this user; ask whoever runs the server"),
    ('role "', "it knows no such user; check the user in the address"),
    ('database "', "it has no such database; make one with: createdb NAME"),
    ("connection refused", "no server listens there; start it, or check host and port"),
    ("no such file or directory", "no server listens there; start it, or check host and port"),
    ("could not translate host name", "there is no such host; check the address"),
    ("failed to resolve host", "there is no such host; check the address"),
    ("timeout", "it does not answer; check host and port"),
)


def is_server(location: str) -> bool:
    """Whether a location names a PostgreSQL database and no file. A scheme that we do not know is a `LedgerError`."""
    scheme, found, _ = location.partition("://")
    if not found or scheme == "sqlite":
        return False
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return True
    raise LedgerError(f"a ledger is a file or postgresql://user@host/database, and not {scheme}://…")


def server_url(location: str) -> URL:
    """The address of a PostgreSQL database. What is no address is a `LedgerError` that does not repeat it."""
    try:
        url = make_url(location)
        port = url.port
    except (ArgumentError, ValueError):
        port, url = None, None
    if url is None or (port is not None and not 0 < port < 65536):
        raise LedgerError("that is no address of a database; write postgresql://user@host:5432/database")
    if not url.database:
        raise LedgerError(f"{masked(url)} names no database; write postgresql://user@host/database")
    return url.set(drivername="postgresql+psycopg")


def masked(url: URL) -> str:
    """The address without its password (nor one in its options)."""
    url = url.set(drivername="postgresql")
    if "password" in url.query:
        url = url.update_query_dict({"password": "***"})
    return url.render_as_string(hide_password=True)


def file_path(location: str | Path) -> Path:
    """The file that a location names."""
    return Path(str(location).removeprefix("sqlite:///"))


def server_engine(url: URL, *, read_only: bool) -> Engine:
    """The engine of a PostgreSQL database; nothing is connected yet."""
    options = "-c lock_timeout=30s" + (" -c default_transaction_read_only=on" if read_only else "")
    given: dict[str, Any] = {"options": options, "application_name": "reportedly"}
    if "connect_timeout" not in url.query and "PGCONNECT_TIMEOUT" not in os.environ:
        given["connect_timeout"] = 10
    return create_engine(url, connect_args=given, hide_parameters=True)


def file_engine(path: Path, *, read_only: bool) -> Engine:
    """The engine of an SQLite file; nothing is opened yet."""
    asked = "mode=ro" if read_only else "mode=rwc"
    if read_only and not _may_hold_log(path):
        asked = "immutable=1"
    url = f"file:{quote(str(path.absolute()))}?{asked}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            url, uri=True, timeout=BUSY_AFTER, isolation_level=None, check_same_thread=False, cached_statements=256
        )

    engine = create_engine("sqlite+pysqlite://", creator=connect, hide_parameters=True, poolclass=_pool())
    event.listen(engine, "connect", _reading if read_only else _writing)
    event.listen(engine, "begin", _begin)
    return engine


def _pool() -> Any:
    from sqlalchemy.pool import QueuePool  # that of an unnamed SQLite would hold one connection for all

    return QueuePool


def _may_hold_log(path: Path) -> bool:
    """Whether SQLite can keep its log's index beside the file, as it must to read while another writes."""
    log = path.with_name(path.name + "-wal")
    return os.access(path.absolute().parent, os.W_OK) or log.exists()


def _begin(connection: Connection) -> None:
    asked = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if asked else "BEGIN")


def _reading(connection: Any, _record: object, cache: int = CACHE_KIB) -> None:
    for pragma in ("foreign_keys=ON", f"cache_size=-{cache}", "temp_store=MEMORY", "query_only=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _writing(connection: Any, record: object) -> None:
    connection.execute(f"PRAGMA page_size={PAGE_BYTES}")  # of a new file only
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal" and not _is_of_others(connection):
        _keep_a_log(connection)
    for pragma in ("synchronous=FULL", "secure_delete=OFF", f"wal_autocheckpoint={WAL_PAGES}"):
        connection.execute(f"PRAGMA {pragma}")
    _reading(connection, record, WRITER_CACHE_KIB)


def _keep_a_log(connection: Any) -> None:
    """Switches a new file to a write-ahead log. SQLite does not wait by itself where another process is doing the same."""
    until = time.monotonic() + BUSY_AFTER
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _is_of_others(connection: Any) -> bool:
    """Whether the file holds something that is no ledger, and is left as it is."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    return bool(tables) and VERSION_TABLE not in tables


@contextmanager
def plainly(name: str) -> Iterator[None]:
    """Turns what the database complains of into the `LedgerError` that says what to do.

    Args:
        name: the ledger, as it may be shown.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:  # the latter while a connection is being made
        cause = error.orig if isinstance(error, DBAPIError) else error
        found = _of_file(name, cause) if isinstance(cause, sqlite3.Error) else _of_server(name, cause)
        if found is None:
            raise
        raise found from None  # the chain would show the statement and, of a server, the address
    except UnicodeDecodeError:  # SQLite quotes a damaged page in its complaint, and Python cannot read that
        raise LedgerDamaged(
            f"{name} cannot be read; run: reportedly doctor --ledger {name}, then: reportedly rebuild"
        ) from None


def _of_file(name: str, error: sqlite3.Error) -> LedgerError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerBusy(f"another process is writing to {name}; try again when it is done")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return LedgerError(f"{name} cannot be written to; check its permissions and its folder's, or name another file")
    if code == sqlite3.SQLITE_CANTOPEN:
        return LedgerError(f"{name} cannot be opened; check its permissions and its folder's, or name another file")
    if code == sqlite3.SQLITE_FULL:
        return LedgerError(f"the disk is full: {name} keeps what was acknowledged; make room and run the same again")
    if code == sqlite3.SQLITE_NOTADB:
        return NoLedger(f"{name} is a file, but no ledger; name another one")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR):
        return LedgerDamaged(
            f"{name} cannot be read ({error}); run: reportedly doctor --ledger {name}, then: reportedly rebuild"
        )
    return None


def _of_server(name: str, error: BaseException | None) -> LedgerError | None:
    state = getattr(error, "sqlstate", None) or ""
    if state in ("55P03", "40P01", "57014"):
        return LedgerBusy(f"another process is writing to {name}; try again when it is done")
    if state in ("42501", "25006"):
        return LedgerError(f"{name}: this user may not write there; ask whoever runs the server for the rights")
    if state.startswith("53"):
        return LedgerError(
            f"{name}: the server has no room left (disk, memory or connections); make room and try again"
        )
    lost = any(kind.__name__ == "OperationalError" for kind in type(error).__mro__)  # psycopg is not imported for files
    if not lost or not (state == "" or state[:2] in ("08", "28", "3D", "57")):
        return None
    said = str(error).lower()
    todo = next((todo for words, todo in _SERVER_SAYS if words in said), "the connection failed or broke; try again")
    return NoLedger(f"{name}: {todo}")


@contextmanager
def readable(path: Path) -> Iterator[BinaryIO]:
    """The file, opened to be read; a `LedgerError` where that is not allowed."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise LedgerError(
            f"{path} cannot be read ({error.strerror}); check its permissions, or name another file"
        ) from error
