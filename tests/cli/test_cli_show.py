"""`reportedly show`: one incident with every claim behind it, and the page that each stands on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from typed_ledger import PAGE, day, derive, entry, incident, judgement, place
from typer.testing import Result

from reportedly.entries import Contradiction, Dossier, Side
from reportedly.ledger._shelves import shelve
from reportedly.ledger.store import open_ledger

Run = Callable[..., Result]
EARLY = entry("A car bomb killed 12.", outlet="Echo", published="2026-03-01", source="Ivo Tarn", when=day("2026-03-01"))
LATE = entry("A car bomb \x1b[31mkilled\u202e 19.", outlet="Herald", published="2026-03-04", where=place("Osk", "NE"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of one incident in two reports, which do not agree and of which one repeats the other."""
    path = tmp_path / "a.sqlite"
    with open_ledger(path, create=True) as ledger:
        ledger.append([LATE, EARLY])
        ledger.judge([judgement(LATE, EARLY)])
        derive(ledger)
        sides = tuple(
            Side(
                claim_id=one.claims[0].claim_id,
                value=value,
                words=one.claims[0].sentence,
                outlet=one.accounts[0].outlet,
                publication_date=one.accounts[0].publication_date,
            )
            for one, value in ((EARLY, "12"), (LATE, "19"))
        )
        assert EARLY.article is not None and LATE.article is not None
        told = incident(
            [EARLY.accounts[0], LATE.accounts[0]],
            contradictions=(Contradiction(kind="disagreement", field="killed", sides=sides),),
            reprints=((LATE.article.article_id, EARLY.article.article_id),),
        )
        with ledger.writing() as connection:
            shelve(connection, [told])
    return path


def test_every_claim_stands_with_its_page(run: Run, path: Path) -> None:
    """Grade, both sides of what does not agree, the chain, the sentence, the hash, the address, when recorded, the judgement."""
    result = run("show", EARLY.claims[0].claim_id, "--ledger", path)
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    for told in (
        "F6 nothing is known of the source",
        "disputed: killed 12 or 19",
        "Ivo Tarn (spokesman)",
        PAGE,
        str(EARLY.capture.url),
        "reprint of Echo, 2026-03-01",
        "same day, same place",
        EARLY.claims[0].claim_id,
        "recorded 20",
    ):
        assert told in words, told
    assert words.index("Echo, 2026-03-01 ·") < words.index("Herald, 2026-03-04 ·")
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout


def test_json_is_the_dossier(run: Run, path: Path) -> None:
    """One document, inert too."""
    printed = run("show", LATE.accounts[0].account_id[:12], "--ledger", path, "--json").stdout
    dossier = msgspec.json.decode(printed, type=Dossier)
    assert [one.claim for one in dossier.testimonies] == [*EARLY.claims, *LATE.claims]
    assert "\u202e" not in printed


@pytest.mark.parametrize("name", ["inc-ffffffff", "zz", "12345"])
def test_an_unknown_id_is_one_line_and_status_1(run: Run, path: Path, name: str) -> None:
    """What to do stands in it."""
    result = run("show", name, "--ledger", path)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1 and result.stdout == ""


def test_as_of_shows_what_was_known(run: Run, path: Path) -> None:
    """Before it was recorded it is not there; a time that is none is a wrong option."""
    assert run("show", LATE.accounts[0].account_id, "--ledger", path, "--as-of", "2001-01-01").exit_code == 1
    assert run("show", LATE.accounts[0].account_id, "--ledger", path, "--as-of", "soon").exit_code == 2
