"""Where the ledger is, for every command that uses one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.output import complain
from reportedly.errors import LedgerError, NotInLedger

if TYPE_CHECKING:
    from reportedly.ledger.store import Ledger

DEFAULT = "reportedly.sqlite"

LedgerOption = Annotated[
    str,
    typer.Option(
        "--ledger",
        "-l",
        envvar="REPORTEDLY_LEDGER",
        metavar="FILE|URL",
        help="The ledger: a file (SQLite), or postgresql://user@host/database.",
    ),
]


@contextmanager
def ledger_at(location: str, *, create: bool = False, read_only: bool = True) -> Iterator[Ledger]:
    """The ledger at `location`, closed afterwards. What is wrong with it is one line and exit status 2.

    Args:
        location: a file or a ``postgresql://`` address.
        create: make one where there is none.
        read_only: only ask; a writer may be at work at the same time.
    """
    from reportedly.ledger.store import open_ledger  # a third of a second that `--help` does not wait for

    try:
        with open_ledger(location, create=create, read_only=read_only) as ledger:
            yield ledger
    except LedgerError as error:
        complain(str(error))
        raise typer.Exit(1 if isinstance(error, NotInLedger) else 2) from error
