"""A ledger of any released version is brought to this one, whole; and what the migrations make is what the schema says."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from evals.generated import entries as generated
from reportedly.errors import LedgerVersion, NoLedger
from reportedly.ledger import migrate, schema
from reportedly.ledger.connect import VERSION_TABLE
from reportedly.ledger.store import Ledger, open_ledger

KEPT = Path(__file__).parents[1] / "data" / "ledgers"
"""For each version of the schema a ledger that it made, packed: 40 generated claims and a judgement."""
MIGRATIONS = Path(migrate.__file__).parent / "migrations"


@pytest.mark.parametrize("revision", schema.REVISIONS)
def test_a_ledger_of_every_version_is_upgraded_and_read_whole(revision: str, tmp_path: Path) -> None:
    """Its entries are those that were put into it, and it can be appended to."""
    path = tmp_path / "old.sqlite"
    path.write_bytes(gzip.decompress((KEPT / f"{revision}.sqlite.gz").read_bytes()))
    whole = list(generated(40, seed=11))
    with open_ledger(path) as ledger:
        assert ledger.upgraded_from == (None if revision == schema.REVISIONS[-1] else revision)
        back = list(ledger.entries())
        assert [entry.capture.capture_id for entry in back] == [entry.capture.capture_id for entry in whole]
        assert [entry.claims for entry in back] == [entry.claims for entry in whole]
        assert ledger.append(list(generated(8, seed=12)))
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.upgraded_from is None


def test_the_migrations_make_the_schema(ledger: Ledger) -> None:
    """Alembic finds no difference between a new ledger and the tables of `schema`."""
    with ledger.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "version_table": VERSION_TABLE, "include_name": _is_ours}
        )
        assert compare_metadata(context, schema.metadata) == []
        found = inspect(connection)
        for table in schema.metadata.sorted_tables:
            key = found.get_pk_constraint(table.name)["constrained_columns"]
            assert key == [column.name for column in table.primary_key], table.name


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith("claim_words"))


def test_the_versions_named_are_those_that_there_are() -> None:
    """`schema.REVISIONS` lists the migrations, oldest first, in one line of descent."""
    scripts = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())
    assert tuple(script.revision for script in reversed(scripts)) == schema.REVISIONS
    assert {path.name.partition(".")[0] for path in KEPT.glob("*.sqlite.gz")} == set(schema.REVISIONS)


def test_an_older_ledger_is_not_upgraded_by_reading(
    ledger: Ledger, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who only asks is told which command upgrades it."""
    monkeypatch.setattr(migrate, "REVISIONS", (*schema.REVISIONS, "9998"))
    with pytest.raises(LedgerVersion, match="reportedly ingest"):
        open_ledger(location, read_only=True)


def test_two_that_make_it_at_once_make_it_once(location: str) -> None:
    """Who comes second finds it made."""
    with open_ledger(location, create=True) as one, open_ledger(location, create=True) as other:
        assert one.upgraded_from is None and other.upgraded_from is None
        whole = list(generated(8))
        one.append(whole[:1])
        assert [msgspec.structs.replace(entry, recorded_at=None) for entry in other.entries()] == whole[:1]


def test_several_processes_that_make_it_at_once_make_it_once(tmp_path: Path) -> None:
    """Each of them finds or makes it, appends its entry, and the chain is one."""
    code = (
        "import sys\n"
        "from evals.generated import entries\n"
        "from reportedly.ledger.store import open_ledger\n"
        "made = next(entries(4, start=int(sys.argv[2])))\n"
        "with open_ledger(sys.argv[1], create=True) as ledger: ledger.append([made])"
    )
    path, root = tmp_path / "l.sqlite", Path(__file__).parents[2]
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(path), str(number)], cwd=root, stderr=subprocess.PIPE)
        for number in range(4)
    ]
    assert [(process.communicate()[1], process.returncode) for process in started] == [(b"", 0)] * 4
    with open_ledger(path, read_only=True) as ledger:
        assert len(list(ledger.entries())) == 4


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making or upgrading is one transaction."""
    broken = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, broken)
    script = next((broken / "versions").glob("0001*.py"))
    script.write_text(script.read_text() + "    raise RuntimeError\n")
    path = tmp_path / "l.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", broken)
        with pytest.raises(RuntimeError):
            open_ledger(path, create=True)
    with sqlite3.connect(path) as left:
        assert left.execute("SELECT name FROM sqlite_master").fetchall() == []
    left.close()
    with pytest.raises(NoLedger):
        open_ledger(path)
    open_ledger(path, create=True).close()
