"""Each parser under input that is a little wrong: ``python -m evals fuzz --minutes 10 --target all``.

Seed inputs of our own are mutated; what reaches a new line of our code is kept and mutated further. A find is anything but an answer
or one of our own errors: another exception, a crash of the interpreter, more than 10 s, more than 500 MB. Each is made small and
saved (``reportedly-fuzz/TARGET`` in the folder for temporary files), and should become a regression test.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import random
import resource
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import reportedly
from evals import Result
from evals._fuzz_targets import TARGETS, Target
from evals._mutate import LONGEST, mutated
from reportedly.errors import ReportedlyError

SECONDS = 10.0
"""Of the processor, so that a busy machine makes no finds."""
MEGABYTES = 500
ROOM = 3_000_000_000
"""Bytes of address space that a worker may take on top of what it has, so that the machine survives a find."""
POOL = 3_000
SMALLER_FOR = 20.0
OURS = str(Path(reportedly.__file__).parent)
HEAD = struct.Struct("<QQ")
FOLDER = Path(tempfile.gettempdir()) / "reportedly-fuzz"


def run(data: Path, limit: int | None, minutes: float = 1.0, target: str = "all", seed: int = 1, **_: Any) -> Result:
    """Fuzzes one target or all of them, one after the other.

    Args:
        data: not used.
        limit: stop a target after so many inputs.
        minutes: how long each target is fuzzed.
        target: its name, or ``all``.
        seed: of the mutations.

    Raises:
        SystemExit: there is no such target.
    """
    if target != "all" and target not in TARGETS:
        raise SystemExit(f"evals fuzz: no target {target}; there are: {', '.join(TARGETS)}, all")
    scores: dict[str, Any] = {}
    for name in TARGETS if target == "all" else (target,):
        scores[name] = Hunt(name, TARGETS[name](), seed).run(60 * minutes, limit)
        print(f"{name}: {scores[name]}", file=sys.stderr, flush=True)
    finds = sum(len(score["finds"]) for score in scores.values())
    return Result(n=sum(score["inputs"] for score in scores.values()), scores={"finds": finds, **scores})


class Hunt:
    """One target, fuzzed by a worker that is watched and, when it dies or hangs, followed by another."""

    def __init__(self, name: str, target: Target, seed: int) -> None:
        self.name = name
        self.target = target
        self.seed = seed
        self.folder = FOLDER / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.shared = mmap.mmap(-1, HEAD.size + LONGEST)
        self.pool = tempfile.TemporaryDirectory(prefix="reportedly-fuzz-")
        self.finds: dict[str, int] = {}

    def run(self, seconds: float, limit: int | None) -> dict[str, Any]:
        """How many inputs were tried, how many of them showed something new, and what was found."""
        until = time.monotonic() + seconds
        workers = 0
        self.shared[: HEAD.size] = HEAD.pack(0, 0)
        while time.monotonic() < until and (limit is None or self._count() < limit):
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(reading)
                rng = random.Random(f"{self.seed} {workers}")
                _quietly(partial(self._work, rng, until, limit, writing))
            os.close(writing)
            self._watch(child)
            with os.fdopen(reading) as said:
                for line in said:
                    self.finds[line.strip()] = self.finds.get(line.strip(), 0) + 1
            workers += 1
        kept = len(list(Path(self.pool.name).iterdir()))
        return {"inputs": self._count(), "kept": kept, "workers": workers, "finds": sorted(self.finds)}

    def _count(self) -> int:
        return int(HEAD.unpack(self.shared[: HEAD.size])[0])

    def _current(self) -> bytes:
        size = HEAD.unpack(self.shared[: HEAD.size])[1]
        return bytes(self.shared[HEAD.size : HEAD.size + size])

    def _watch(self, child: int) -> None:
        """Waits for the worker. One that hangs is killed; its input, like that of one that crashed, is a find if it does so again."""
        at, since = self._count(), spent(child)
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                if os.WIFSIGNALED(status):
                    self._confirm()
                return
            if self._count() != at:
                at, since = self._count(), spent(child)
            elif spent(child) - since > SECONDS:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                self._confirm()
                return
            time.sleep(0.05)

    def _confirm(self) -> None:
        content = self._current()
        what = outcome_of(self.target, content)
        if what is not None:
            self.finds[what] = self.finds.get(what, 0) + 1
            self._save(what, content)

    def _save(self, what: str, content: bytes) -> None:
        stem = hashlib.sha256(what.encode()).hexdigest()[:12]
        (self.folder / f"{stem}.txt").write_text(f"{what}\n", "utf-8")
        (self.folder / f"{stem}.bin").write_bytes(smaller(self.target, content, what))

    def _work(self, rng: random.Random, until: float, limit: int | None, out: int) -> None:
        """Tries inputs until the time is over or the memory is too much."""
        pool = [*self.target.seeds, *(path.read_bytes() for path in sorted(Path(self.pool.name).iterdir()))]
        lines: set[tuple[str, int]] = set()
        waiting = list(reversed(pool))
        before = peak()
        known = set(self.finds)
        while time.monotonic() < until and (limit is None or self._count() < limit):
            content = waiting.pop() if waiting else mutated(rng, pool, self.target.tokens)
            self.shared[HEAD.size : HEAD.size + len(content)] = content
            self.shared[: HEAD.size] = HEAD.pack(self._count() + 1, len(content))
            seen = len(lines)
            what = traced(self.target, content, lines)
            if what is None and peak() - before > MEGABYTES:
                what = outcome_of(self.target, content)  # alone, in a process of its own
                before = peak()
            if what is not None and what not in known:
                known.add(what)
                os.write(out, f"{what}\n".encode())
                self._save(what, content)
            elif len(lines) > seen and len(pool) < POOL:
                pool.append(content)
                name = hashlib.sha256(content).hexdigest()[:16]
                Path(self.pool.name, name).write_bytes(content)


def traced(target: Target, content: bytes, lines: set[tuple[str, int]]) -> str | None:
    """What goes wrong with `content`, in one line; the lines of our code that it reaches are added to `lines`."""

    def local(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def call(frame: FrameType, _: str, __: Any) -> Any:
        return local if frame.f_code.co_filename.startswith(OURS) else None

    sys.settrace(call)
    try:
        return wrong(target, content)
    finally:
        sys.settrace(None)


def wrong(target: Target, content: bytes) -> str | None:
    """The exception that `content` raises, as one line, where it is none that it may raise."""
    try:
        target.run(content)
    except Exception as error:  # noqa: BLE001 the very thing that is looked for
        if isinstance(error, (ReportedlyError, *target.allowed)):
            return None
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if frame.filename.startswith(OURS)]
        at = (ours or frames)[-1]
        return f"{type(error).__name__} at {Path(at.filename).name}:{at.name}"
    return None


def outcome_of(target: Target, content: bytes) -> str | None:
    """What goes wrong with `content` in a process of its own: an exception, a crash, too long, too much; None where nothing does."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _quietly(partial(_alone, target, content, writing))
    os.close(writing)
    status = None
    while status is None and spent(child) < SECONDS + 0.5:
        done, code = os.waitpid(child, os.WNOHANG)
        status = code if done else None
        time.sleep(0.01)
    if status is None:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        line = said.read().strip()
    if status is None:
        return f"hangs for more than {SECONDS:g} s"
    if os.WIFSIGNALED(status):
        return f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
    return line or None


def _alone(target: Target, content: bytes, out: int) -> None:
    before, began = peak(), time.process_time()
    what = wrong(target, content)
    if what is None and peak() - before > MEGABYTES:
        what = f"more than {MEGABYTES} MB"
    if what is None and time.process_time() - began > SECONDS:
        what = f"hangs for more than {SECONDS:g} s"
    os.write(out, (what or "").encode())


def _quietly(work: Callable[[], None]) -> None:
    """Runs `work` in a child and leaves without what a parent does at its end."""
    code = 70
    try:
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + ROOM, size + ROOM))
        work()
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)


def smaller(target: Target, content: bytes, what: str) -> bytes:
    """`content` with as much taken away as leaves the same thing going wrong, within some seconds."""
    until = time.monotonic() + SMALLER_FOR
    check = wrong if " at " in what else outcome_of
    step = max(1, len(content) // 2)
    while step and time.monotonic() < until:
        at = 0
        while at < len(content) and time.monotonic() < until:
            tried = content[:at] + content[at + step :]
            if check(target, tried) == what:
                content = tried
            else:
                at += step
        step //= 2
    return content


def spent(child: int) -> float:
    """Seconds of the processor that a process has had."""
    try:
        after = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after[11]) + int(after[12])) / os.sysconf("SC_CLK_TCK")


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
