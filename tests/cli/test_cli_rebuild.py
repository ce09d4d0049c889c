"""`reportedly rebuild` says what was made anew, what was taken over and whether the hash is the old one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import Result

from reportedly.engines import rebuild as rebuilding
from reportedly.engines.rebuild import Rebuilt
from reportedly.errors import NoLedger, SetupError

SAME = Rebuilt(
    remade=12, kept_older=2, kept_judgements=1, hash_before="a" * 64, hash="a" * 64, backup="l.sqlite.before-x"
)


@pytest.fixture
def rebuilt(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], list[dict[str, Any]]]:
    """Puts a stand-in in the place of the work; what it is asked is kept."""
    asked: list[dict[str, Any]] = []

    def set_up(answer: Any) -> list[dict[str, Any]]:
        def stand_in(location: str, **options: Any) -> Rebuilt:
            asked.append({"location": location, **options})
            if isinstance(answer, Exception):
                raise answer
            assert isinstance(answer, Rebuilt)
            return answer

        monkeypatch.setattr(rebuilding, "rebuild", stand_in)
        return asked

    return set_up


def test_the_same_again(run: Callable[..., Result], rebuilt: Callable[[Any], list[dict[str, Any]]]) -> None:
    """The same hash: exit status 0; what cannot be made again is said, and where the old ledger is."""
    asked = rebuilt(SAME)
    result = run("rebuild", "--ledger", "l.sqlite", "--jobs", "2")
    assert result.exit_code == 0
    assert "12  made anew" in result.output and "that of the old ledger" in result.output
    assert "2  readings of other versions" in result.output and "1  judgements of people" in result.output
    assert "l.sqlite.before-x" in result.output
    assert (asked[0]["location"], asked[0]["jobs"], asked[0]["into"]) == ("l.sqlite", 2, None)


def test_another_hash(run: Callable[..., Result], rebuilt: Callable[[Any], list[dict[str, Any]]]) -> None:
    """Another hash than the old ledger's is exit status 1, and the damaged lines are named."""
    rebuilt(Rebuilt(remade=1, lost=("ent-1",), hash_before="a" * 64, hash="b" * 64))
    result = run("rebuild", "--json")
    assert result.exit_code == 1 and json.loads(result.stdout)["lost"] == ["ent-1"]
    assert "damaged: ent-1" in run("rebuild").output


@pytest.mark.parametrize(("error", "status"), [(NoLedger("there is neither"), 2), (SetupError("no model"), 1)])
def test_what_goes_wrong_is_one_line(
    run: Callable[..., Result], rebuilt: Callable[[Any], list[dict[str, Any]]], error: Exception, status: int
) -> None:
    """An error is one line, with the exit status of its kind."""
    rebuilt(error)
    result = run("rebuild")
    assert result.exit_code == status and result.stderr == f"reportedly: {error}\n"
