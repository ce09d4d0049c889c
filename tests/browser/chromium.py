"""A real Chromium without a window, driven over its debugging pipe: no driver, no port, no package."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PROGRAM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on this machine")
PATIENCE = 60
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
]


_AS_3_AND_4 = """import fcntl, os, sys
high = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
os.dup2(high[0], 3)
os.dup2(high[1], 4)
os.execv(sys.argv[3], sys.argv[3:])"""


class Browser:
    """One page of a Chromium that can reach no host."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back, self._rest, self._last = to, back, b"", 0
        self.events: list[dict[str, Any]] = []
        target = self._call("Target.createTarget", {"url": "about:blank"}, None)["targetId"]
        attached = self._call("Target.attachToTarget", {"targetId": target, "flatten": True}, None)
        self._session = attached["sessionId"]
        for part in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{part}.enable")

    def call(self, method: str, **values: Any) -> dict[str, Any]:
        """Asks the page for something; its answer."""
        return self._call(method, values, self._session)

    def _call(self, method: str, values: dict[str, Any], session: str | None) -> dict[str, Any]:
        self._last += 1
        asked = {"id": self._last, "method": method, "params": values} | ({"sessionId": session} if session else {})
        os.write(self._to, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._last:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result
            self.events.append(told)

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._back], [], [], max(0.0, end - time.monotonic()))
            assert ready, "Chromium does not answer"
            some = os.read(self._back, 1 << 20)
            assert some, "Chromium has gone"
            self._rest += some
        line, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def open(self, path: Path, fragment: str = "", *, width: int = 1440, height: int = 900) -> None:
        """Opens a file anew, and waits until its script has run."""
        self.call("Page.navigate", url="about:blank")
        self.resize(width, height)
        self.events.clear()
        self.call("Page.navigate", url=path.as_uri() + fragment)
        self.wait("document.readyState === 'complete'")

    def resize(self, width: int, height: int) -> None:
        """The size of the window, in pixels."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def wait(self, expression: str) -> None:
        """Waits until a JavaScript expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.ask(expression):
            assert time.monotonic() < end, f"{expression} never came true"
            time.sleep(0.02)

    def mouse(self, *places: tuple[float, float], shift: bool = False) -> None:
        """Presses at the first place, goes over the others, lets go at the last."""
        keys = 8 if shift else 0
        self._mouse("mouseMoved", places[0], keys, 0)
        self._mouse("mousePressed", places[0], keys, 1)
        for place in places[1:]:
            self._mouse("mouseMoved", place, keys, 1)
        self._mouse("mouseReleased", places[-1], keys, 0)

    def _mouse(self, kind: str, place: tuple[float, float], keys: int, buttons: int) -> None:
        x, y = place
        values = (
            {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {"button": "left" if buttons else "none"}
        )
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, modifiers=keys, buttons=buttons, **values)

    def key(self, name: str, *, text: str = "", shift: bool = False) -> None:
        """Presses a key."""
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=name,
                code=name,
                text=text if kind == "keyDown" else "",
                modifiers=8 if shift else 0,
            )

    def middle(self, selector: str, number: int = 0) -> tuple[float, float]:
        """Where the middle of an element is."""
        x, y = self.ask(
            f"(() => {{ const box = document.querySelectorAll({selector!r})[{number}].getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        return (x, y)

    def picture(self, path: Path) -> None:
        """What is seen, as a PNG file."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def requests(self) -> list[str]:
        """The addresses that were asked for since the page was opened; not the ``data:`` icons of Chromium's own date fields."""
        self.ask("1")
        sent = [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
        return [address for address in sent if not address.startswith("data:")]

    def complaints(self) -> list[str]:
        """What the console says: refusals of the policy, errors, exceptions."""
        self.ask("1")
        logged = [e["params"]["entry"]["text"] for e in self.events if e["method"] == "Log.entryAdded"]
        thrown = [str(e["params"]) for e in self.events if e["method"] == "Runtime.exceptionThrown"]
        return logged + thrown


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """A browser of its own, with `folder` for its profile; ended with the block."""
    assert PROGRAM is not None
    for_it, to = os.pipe()
    back, from_it = os.pipe()
    flags = [*FLAGS, f"--user-data-dir={folder}", "--host-resolver-rules=MAP * ~NOTFOUND"]
    command = [sys.executable, "-c", _AS_3_AND_4, str(for_it), str(from_it), PROGRAM, *flags, "about:blank"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, pass_fds=(for_it, from_it), stdin=quiet, stdout=quiet, stderr=quiet)
    os.close(for_it)
    os.close(from_it)
    try:
        yield Browser(to, back)
    finally:
        os.close(to)
        os.close(back)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
