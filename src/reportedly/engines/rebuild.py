"""A ledger made anew from its capture, in the order and with the times of the old one as far as that can still be read.

First everything is read again, out of the captured bytes, into a ledger for the purpose; nothing of the old one is believed for that but
which documents were read, and how. Then the old journal is walked, and each line is written again with its time: an entry as it was made
anew; as it was kept, where it cannot be made (an older version read it, or its bytes are elsewhere); a judgement of a person as it was kept.
What is damaged in the old ledger is left behind and said. So the new ledger has the old one's hash, down to the last line of the journal.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import msgspec

from reportedly.acquire.capture import Torn, captures_in
from reportedly.engines import Order, Task, engine_for
from reportedly.engines.merging import merge
from reportedly.entries import SOFTWARE, Entry, Judgement
from reportedly.errors import LedgerDamaged, LedgerError, NoLedger
from reportedly.ledger import linking, salvage
from reportedly.ledger.check import ledger_hash
from reportedly.ledger.connect import is_server
from reportedly.ledger.salvage import Kept, Lost
from reportedly.ledger.store import Ledger, open_ledger
from reportedly.pipeline import Reader
from reportedly.stages.pair import RULES

GROUP = 100
Watch = Callable[[str, int], None]


class Rebuilt(msgspec.Struct, kw_only=True):
    """What making a ledger anew came to."""

    remade: int = 0
    """Entries made anew from the captured bytes."""
    new: int = 0
    """Of those, entries that the old ledger did not hold, or not as this version makes them."""
    kept_older: int = 0
    """Entries of other versions of the software, taken over as they were."""
    kept_elsewhere: int = 0
    """Entries whose bytes are not in the capture folder, taken over as they were."""
    new_judgements: int = 0
    """The software's judgements that the old ledger did not hold: newer rules, or accounts that were not compared yet."""
    kept_judgements: int = 0
    """Judgements of people, and of older rules, taken over as they were."""
    left: int = 0
    """Entries and judgements that the same version does not make of the same bytes, left behind."""
    lost: tuple[str, ...] = ()
    """Lines of the old journal that were damaged; what was made of captured bytes was made again."""
    torn: tuple[str, ...] = ()
    """Places in the capture where a record is torn."""
    hash_before: str | None = None
    """Null where there was no old ledger, or it was too damaged."""
    hash: str = ""
    backup: str | None = None
    """Where the old ledger is now."""


def rebuild(
    location: str,
    *,
    into: str | None = None,
    jobs: int = 1,
    thorough: bool = False,
    watch: Watch,
    say: Callable[[str], None],
) -> Rebuilt:
    """Makes the ledger at `location` anew from its capture.

    Args:
        location: the ledger: a file, or a ``postgresql://`` address.
        into: where the new one is to be; it must be empty. A file without `into` takes the old one's place, which is kept beside it.
        jobs: worker processes.
        thorough: where the old ledger does not tell how a document was read: read all.
        watch: told the name of each part of the work and how far it is.
        say: takes a line for the user.

    Raises:
        NoLedger: there is neither a ledger nor a capture.
        LedgerError: the new one cannot be made there.
    """
    if into is None and is_server(location):
        raise LedgerError(
            "a ledger on a server is made anew beside the old one; name an empty database with --into URL"
        )
    with ExitStack() as stack:
        with ExitStack() as opened:  # closed before files change their names
            old = _old(location, opened)
            folder = _capture_folder(location, old)
            target = into or stack.enter_context(_beside(location))
            new = opened.enter_context(open_ledger(target, create=True))
            if not salvage.is_empty(new):
                raise LedgerError(f"{target} holds a ledger already; name an empty one")
            done = _rebuilt(old, new, folder, Order(jobs=jobs, thorough=thorough), watch, say)
        if into is None:
            done.backup = _swap(Path(location.removeprefix("sqlite:///")), Path(target))
    return done


def _rebuilt(
    old: Ledger | None, new: Ledger, folder: Path, order: Order, watch: Watch, say: Callable[[str], None]
) -> Rebuilt:
    with (
        tempfile.TemporaryDirectory(prefix="reportedly-rebuild-") as scratch,
        open_ledger(Path(scratch) / "made.sqlite", create=True) as made,
    ):
        work = _Work(old, made, new, folder, order, watch, say)
        work.read()
        work.write()
    work.done.hash = ledger_hash(new)
    return work.done


class _Work:
    """The old ledger, the one for the purpose, and the new one."""

    def __init__(
        self,
        old: Ledger | None,
        made: Ledger,
        new: Ledger,
        folder: Path,
        order: Order,
        watch: Watch,
        say: Callable[[str], None],
    ) -> None:
        self.done = Rebuilt()
        self._old, self._made, self._new, self._folder, self._order = old, made, new, folder, order
        self._watch, self._say = watch, say
        self._origin = Reader().origin
        self._there: set[str] = set()
        """Captures whose bytes are in the folder."""
        if old is not None:
            with suppress(LedgerError):
                self.done.hash_before = ledger_hash(old)

    def read(self) -> None:
        """Reads every capture again, as it had been read."""
        older, ways = self._ways()
        default = {"read"} if self._order.thorough else {"screened"}
        for thorough in (False, True):
            order = msgspec.structs.replace(self._order, thorough=thorough)

            def wanted(name: str, thorough: bool = thorough) -> bool:
                way = ways.get(name) or (set() if name in older else default)
                return ("read" if thorough else "screened") in way

            held: list[Entry] = []
            for entry in engine_for(order, self._say).entries(self._tasks(wanted)):
                held.append(entry)
                self.done.remade += 1
                self._watch("reading", self.done.remade)
                if len(held) == GROUP:
                    self._made.append(held)
                    held = []
            self._made.append(held)
        self._watch("merging", 0)
        merge(self._made)

    def write(self) -> None:
        """Writes the new ledger: the old journal's lines in their order, then what it did not hold."""
        lost: list[str] = []
        lines = salvage.kept(self._old) if self._old is not None else iter(())
        for number, (at, some) in enumerate(
            groupby(lines, key=lambda line: line.at if isinstance(line, Kept) else None)
        ):
            self._watch("writing", number)
            if at is None:
                lost += [line.subject for line in some if isinstance(line, Lost)]
                continue
            self._write_again(at, [line.record for line in some if isinstance(line, Kept)])
        self.done.lost = tuple(lost)
        before = _number(self._new)
        entries = self._made.entries(current=False)
        while held := [entry for entry, _ in zip(entries, range(GROUP), strict=False)]:
            self._new.append(held)
        self.done.new = _number(self._new) - before
        judged = _judged(self._new)
        self._new.judge(tuple(linking.judgements(self._made)))
        if self._old is not None:
            salvage.copy_notes(self._old, self._new)
        self._close_files()
        merge(self._new)
        self.done.new_judgements = _judged(self._new) - judged

    def _write_again(self, at: str, records: list[Entry | Judgement]) -> None:
        for kind, some in groupby(records, key=type):
            if kind is Entry:
                entries = (self._entry(one) for one in some if isinstance(one, Entry))
                self._new.append([one for one in entries if one is not None], at=at)
            else:
                judgements = (one for one in some if isinstance(one, Judgement))
                self._new.judge([one for one in judgements if self._holds(one)], at=at)

    def _entry(self, old: Entry) -> Entry | None:
        """The entry that takes the place of an old one; None where this version makes another one of the same bytes."""
        made = salvage.entry_of(self._made, old.entry_id)
        if made is not None:
            return msgspec.structs.replace(made, capture=old.capture)
        if old.origin != self._origin:
            self.done.kept_older += 1
            return old
        if old.capture.capture_id not in self._there:
            self.done.kept_elsewhere += 1
            return old
        self.done.left += 1
        return None

    def _holds(self, old: Judgement) -> bool:
        """Whether a judgement stays: a person's, one of older rules or about accounts that are not made anew, or one made again."""
        if old.by != SOFTWARE or old.origin != RULES or old.retracts:
            self.done.kept_judgements += 1
            return True
        if linking.judgement(self._made, old.judgement_id) is not None:
            return True
        if len(linking.accounts(self._made, (old.left, old.right))) < 2:
            self.done.kept_judgements += 1
            return True
        self.done.left += 1
        return False

    def _ways(self) -> tuple[set[str], dict[str, set[str]]]:
        """The captures that only other versions have read, and for the others how: with the cheap first pass (``screened``), without (``read``)."""
        older: set[str] = set()
        ways: dict[str, set[str]] = {}
        ours = salvage.origin_id(self._origin)
        for line in salvage.kept(self._old) if self._old is not None else ():
            if isinstance(line, Lost):
                name, outcome, current = line.capture_id, line.outcome, line.origin_id == ours
            elif isinstance(line.record, Entry):
                name, outcome = line.record.capture.capture_id, line.record.outcome
                current = line.record.origin == self._origin
            else:
                continue
            if name and current:
                ways.setdefault(name, set()).add("screened" if outcome == "screened" else "read")
            elif name and isinstance(line, Kept):
                older.add(name)
        return older, ways

    def _tasks(self, wanted: Callable[[str], bool]) -> Iterator[Task]:
        """The captures that are to be read, each once, in the order of the files."""
        given: set[str] = set()
        torn: list[str] = []
        for path in sorted(self._folder.glob("*.warc.gz")):
            for found in captures_in(path):
                if isinstance(found, Torn):
                    torn.append(f"{found.file} at byte {found.offset}: {found.reason}")
                    continue
                name = found[0].capture_id
                self._there.add(name)
                if name not in given and wanted(name):
                    given.add(name)
                    yield found
        self.done.torn = tuple(torn)

    def _close_files(self) -> None:
        """Notes the capture files that are whole; one that an interrupted run left torn is left open, as it was."""
        for path in sorted(self._folder.glob("*.warc.gz")):
            records = 1
            for found in captures_in(path):
                if isinstance(found, Torn):
                    break
                records += 1
            else:
                with path.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                self._new.close_capture_file(path.name, records, path.stat().st_size, digest)


def _old(location: str, stack: ExitStack) -> Ledger | None:
    """The old ledger, with nobody else writing to it; None where there is none, or none that can be opened."""
    try:
        with suppress(LedgerDamaged):
            writer = stack.enter_context(open_ledger(location))
            stack.enter_context(writer.writing())
        return stack.enter_context(open_ledger(location, read_only=True))
    except (NoLedger, LedgerDamaged):
        return None


def _capture_folder(location: str, old: Ledger | None) -> Path:
    if old is not None:
        return old.capture_folder
    folder = Path(location.removeprefix("sqlite:///")).with_suffix(".capture")
    if is_server(location) or not folder.is_dir():
        raise NoLedger(f"there is neither a ledger at {location} nor a capture ({folder}); bring one of them back")
    return folder


@contextmanager
def _beside(location: str) -> Iterator[str]:
    """A new file beside the ledger, gone at the end unless it was given the ledger's name."""
    path = Path(location.removeprefix("sqlite:///"))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.absolute().parent)
    os.close(handle)
    try:
        yield name
    finally:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)


def _number(ledger: Ledger) -> int:
    return sum(1 for _ in ledger.entries(current=False))


def _judged(ledger: Ledger) -> int:
    return sum(1 for _ in linking.judgements(ledger))


def _swap(path: Path, made: Path) -> str | None:
    """Puts the new file in the place of the old one, which gets another name, its log with it; where it is now."""
    backup = None
    if path.exists():
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        backup = path.with_name(f"{path.name}.before-{stamp}")
        os.link(path, backup)
        for log in ("-wal", "-shm"):
            beside = path.with_name(path.name + log)
            if beside.exists():
                beside.rename(backup.with_name(backup.name + log))
        made.chmod(path.stat().st_mode & 0o777)
    made.replace(path)
    return str(backup) if backup else None
