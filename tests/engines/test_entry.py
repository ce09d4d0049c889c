"""The pure heart of ingest: a captured document becomes one entry, whatever is read beside it; what breaks the reader is set aside by name."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import pytest
from typed_captures import captured

from reportedly.engines import Order
from reportedly.engines._work import work
from reportedly.engines.entry import reading_entry
from reportedly.entries import Capture, Entry
from reportedly.errors import SetupError
from reportedly.pipeline import Reader
from reportedly.records import Article, Reading

BOMBING = """A car bomb exploded outside the courthouse in Nairobi on Monday, killing three people, police said.

Two gunmen then opened fire on the guards. The Red Front claimed responsibility for the attack.
"""
MENTION = (
    "The mayor opened the new library on Sunday. Her critics attacked the plan. She thanked the donors for the books.\n"
)
QUIET = (
    "The mayor opened the new library on Sunday. She thanked the donors for the books and the shelves that they gave.\n"
)
TEXTS = [BOMBING, QUIET, MENTION, BOMBING.replace("Nairobi", "Lagos"), QUIET.replace("library", "museum")]


def test_a_report_of_an_incident_is_read(reader: Reader) -> None:
    """Its entry holds the article, its claims with their reasons, an account of each incident and the signature."""
    entry = reading_entry(reader, *captured(BOMBING))
    assert entry.outcome == "read"
    assert entry.article is not None
    assert entry.article.publication_date == "2026-03-03"
    assert {claim.event.event_type for claim in entry.claims if claim.event} >= {"bombing"}
    assert set(entry.reasons) == {claim.claim_id for claim in entry.claims}
    assert {name for account in entry.accounts for name in account.claim_ids} == set(entry.reasons)
    assert entry.signature is not None


def test_a_report_without_an_incident_is_screened_out_or_read_in_vain(reader: Reader) -> None:
    """The cheap first pass leaves it out; a thorough run reads it and finds nothing."""
    assert reading_entry(reader, *captured(QUIET), thorough=False).outcome == "screened"
    assert reading_entry(reader, *captured(QUIET)).outcome == "no_incident"


def test_a_word_that_may_be_violent_is_looked_at(reader: Reader) -> None:
    """A figure of speech does not get a page read."""
    assert reading_entry(reader, *captured(MENTION), thorough=False).outcome == "screened"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("", "acquire"),
        ("%PDF-1.7 nothing", "acquire"),
        (
            "Die Bombe explodierte am Montag vor dem Rathaus, und drei Menschen wurden getötet, wie die Polizei der Stadt mitteilte.\n"
            * 3,
            "clean",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(reader: Reader, text: str, stage: str) -> None:
    """The entry says at which stage and why."""
    entry = reading_entry(reader, *captured(text))
    assert (entry.outcome, entry.stage) == ("refused", stage)
    assert entry.reason
    assert "report.txt" in entry.reason


def test_an_entry_does_not_depend_on_its_company(reader: Reader) -> None:
    """Read alone, in a batch, or in a batch in another order: the same entries."""
    tasks = [captured(text, f"{number}.txt") for number, text in enumerate(TEXTS * 4)]
    alone = {entry.entry_id: entry for entry in (reading_entry(reader, *task) for task in tasks)}
    for order in (tasks, tasks[::-1]):
        together = {entry.entry_id: entry for entry in work(reader, order, Order(thorough=True))}
        assert together == alone


class Broken(Reader):
    """A reader with a bug that one text brings out."""

    def __init__(self, reader: Reader, problem: BaseException | float) -> None:
        self.__dict__.update(reader.__dict__)
        self._problem = problem

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        given = list(articles)
        if any("Lagos" in article.text for article in given):
            if not isinstance(self._problem, float):
                raise self._problem
            time.sleep(self._problem)
        return super().read(given)


def outcomes(entries: Iterable[Entry]) -> dict[str | None, tuple[str, str | None]]:
    return {entry.capture.url: (entry.outcome, entry.reason) for entry in entries}


def several() -> Sequence[tuple[Capture, bytes]]:
    return [captured(text, f"{number}.txt") for number, text in enumerate(TEXTS)]


def test_a_bug_crashes_loudly_where_one_document_is_read(reader: Reader) -> None:
    """Nothing is hidden from whoever reads one report."""
    with pytest.raises(KeyError):
        reading_entry(Broken(reader, KeyError("x")), *captured(TEXTS[3]))


def test_a_bug_does_not_end_a_run(reader: Reader) -> None:
    """The document that brings it out is set aside with the kind of error; the others of its batch are read."""
    found = outcomes(work(Broken(reader, KeyError("secret")), several(), Order(thorough=True)))
    assert found["3.txt"][0] == "refused"
    assert "KeyError" in (found["3.txt"][1] or "")
    assert "secret" not in (found["3.txt"][1] or "")
    assert [outcome for name, (outcome, _) in found.items() if name != "3.txt"].count("refused") == 0
    assert len(found) == len(TEXTS)


def test_a_document_that_takes_too_long_is_set_aside(reader: Reader) -> None:
    """Its time is capped; the others are read."""
    found = outcomes(work(Broken(reader, 30.0), several(), Order(thorough=True, seconds=3.0)))
    assert found["3.txt"] == ("refused", "it took longer than 3 s to read")
    assert found["0.txt"][0] == "read"


def test_what_is_not_installed_ends_the_run(reader: Reader) -> None:
    """No document is to blame for a missing model."""
    with pytest.raises(SetupError):
        list(work(Broken(reader, SetupError("no model")), several(), Order(thorough=True)))


def test_nothing_is_held_back_for_a_slow_source(reader: Reader) -> None:
    """Where the next document may take a while, the batch is read at once."""
    drawn: list[str] = []

    def tasks() -> Iterator[tuple[Capture, bytes] | None]:
        yield captured(BOMBING)
        yield None
        drawn.append("the next one")
        yield captured(QUIET, "2.txt")

    first = next(work(reader, tasks(), Order(thorough=True)))
    assert first.outcome == "read"
    assert not drawn


def test_an_entry_survives_the_way_between_processes(reader: Reader) -> None:
    """Encoded and decoded it is the same."""
    entry = reading_entry(reader, *captured(BOMBING))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(entry), type=Entry) == entry
