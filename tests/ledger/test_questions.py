"""Questions: each condition chooses what it says, both backends answer alike, and an id finds its incident."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typed_ledger import day, derive, entry, judgement, place

from reportedly.entries import Box, Entry, Judgement, Question
from reportedly.errors import NotInLedger
from reportedly.ledger import questions
from reportedly.ledger.questions import dossier, dossiers, held, page, source_page
from reportedly.ledger.store import Ledger, open_ledger
from reportedly.ledger.views import facets_of, number_of

Fill = Callable[..., Ledger]


@pytest.fixture
def fill(location: str) -> Iterable[Fill]:
    """Makes a ledger of some entries and judgements, its incidents told."""
    ledger = open_ledger(location, create=True)

    def make(*entries: Entry, judgements: Iterable[Judgement] = ()) -> Ledger:
        ledger.append(entries)
        ledger.judge(tuple(judgements))
        derive(ledger)
        return ledger

    with ledger:
        yield make


def _names(ledger: Ledger, **asked: object) -> list[str]:
    """The places of the incidents that a question finds, in their order."""
    return [one.place.name if one.place else "?" for one in page(ledger, Question(**asked)).incidents]  # type: ignore[arg-type]


def test_a_date_asks_what_may_have_happened_then(fill: Fill) -> None:
    """Days that overlap count; an end that is not known is open; a date that nobody knows is never found by date."""
    ledger = fill(
        entry("A.", where=place("May"), when=day("2026-05-01", "2026-05-31")),
        entry("B.", where=place("Tenth"), when=day("2026-05-10")),
        entry("C.", where=place("Since"), when=day("2026-04-01", None).__class__(
            start="2026-04-01", end=None, date_prec=5, resolved=True, mention=day("2026-04-01").mention)),
        entry("D.", where=place("Never")),
    )  # fmt: skip
    assert set(_names(ledger, since="2026-05-11")) == {"May", "Since"}
    assert set(_names(ledger, until="2026-05-09")) == {"May", "Since"}
    assert set(_names(ledger, since="2026-05-10", until="2026-05-10")) == {"May", "Tenth", "Since"}
    assert set(_names(ledger, until="2026-03-31")) == set()
    assert len(_names(ledger)) == 4


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Niger", {"Maradi"}),
        ("ne", {"Maradi"}),
        ("NIGERIA", {"Minna"}),
        ("niger state", {"Minna"}),
        ("maradi", {"Maradi"}),
        ("Sao Tome", {"São Tomé"}),
        ("são-tomé", {"São Tomé"}),
        ("the Emirates", {"Dubai"}),
        ("Tom", set()),
        ("%", set()),
        ("!!", set()),
    ],
)
def test_a_place_is_a_country_a_code_a_region_or_a_town(fill: Fill, asked: str, found: set[str]) -> None:
    """Whatever its case and accents; by whole words, and a country's name is that country's alone."""
    ledger = fill(
        entry("A.", where=place("Maradi", "NE", "Maradi Region")),
        entry("B.", where=place("Minna", "NG", "Niger State")),
        entry("C.", where=place("São Tomé", None)),
        entry("D.", where=place("Dubai", "AE")),
    )
    assert set(_names(ledger, place=asked)) == found


def test_a_box_may_cross_the_date_line(fill: Fill) -> None:
    """West greater than east goes round the back of the map; a place without a point is in no box."""
    ledger = fill(
        entry("A.", where=place("East", lat=-17.0, lon=179.5)),
        entry("B.", where=place("West", lat=-17.0, lon=-179.5)),
        entry("C.", where=place("Far", lat=-17.0, lon=20.0)),
        entry("D.", where=place("Nowhere", lat=None, lon=None)),
    )
    assert set(_names(ledger, box=Box(west=170, south=-20, east=-170, north=0))) == {"East", "West"}
    assert set(_names(ledger, box=Box(west=0, south=-20, east=179.6, north=0))) == {"East", "Far"}
    assert _names(ledger, box=Box(west=170, south=0, east=-170, north=10)) == []


def test_names_are_found_by_a_part_whatever_their_case(fill: Fill) -> None:
    """An actor and an outlet by any part of the name; signs of patterns are only letters that no name holds."""
    ledger = fill(
        entry("A.", where=place("One"), actors=["Red Dawn Front", "Ánsar 5%_x"], outlet="Daily Courier"),
        entry("B.", where=place("Two"), actors=["Red Column"], outlet="Echo"),
    )
    assert set(_names(ledger, actor="red")) == {"One", "Two"}
    assert _names(ledger, actor="dawn FR") == ["One"]
    assert _names(ledger, actor="ansar") == ["One"]
    assert _names(ledger, actor="5%_x") == ["One"]
    assert _names(ledger, actor="r_d") == _names(ledger, actor="%") == _names(ledger, actor="*") == []
    assert _names(ledger, outlet="courier") == ["One"]


def test_types_stages_weapons_and_outlets_are_conditions(fill: Fill) -> None:
    """Any of several values; all conditions together."""
    one = entry("A.", where=place("One"), kind="shelling", weapons=["artillery"], outlet="Echo")
    two = entry("B.", where=place("Two"), kind="bombing", stage="foiled", weapons=["explosive", "vehicle"])
    three = entry("C.", where=place("One"), kind="shelling", weapons=["artillery"], outlet="Herald")
    ledger = fill(one, two, three, judgements=[judgement(one, three)])
    assert _names(ledger, types=("shelling", "arson")) == ["One"]
    assert _names(ledger, stages=("foiled",)) == ["Two"]
    assert set(_names(ledger, weapons=("vehicle", "artillery"))) == {"One", "Two"}
    assert _names(ledger, min_outlets=2) == ["One"]
    assert _names(ledger, weapons=("artillery",), stages=("foiled",)) == []


def test_words_must_all_stand_in_one_sentence(fill: Fill) -> None:
    """In any order, case and accents; words of two sentences do not make a hit."""
    ledger = fill(
        entry(["A car bomb went off.", "Nobody was hurt at the café."], where=place("One")),
        entry("The bomb was in a truck.", where=place("Two")),
    )
    assert set(_names(ledger, text="bomb")) == {"One", "Two"}
    assert _names(ledger, text="BOMB car") == ["One"]
    assert _names(ledger, text="cafe hurt") == ["One"]
    assert _names(ledger, text="car hurt") == []
    assert _names(ledger, text="bom") == []
    assert _names(ledger, text="bomb", place="two") == ["Two"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=12)
    | st.sampled_from(
        ['"', "a OR", "NEAR(a b)", "a*", "-a", "^a", "a:b", "a\u19b0b", "\u1cf2", "a\x00b", "'; --", "a & !b"]
    )
)
def test_no_text_is_an_operator_or_an_error(fill_once: Ledger, words: str) -> None:
    """Whatever is typed is words or nothing: never syntax of FTS5, of a tsquery or of LIKE."""
    for asked in (Question(text=words), Question(actor=words), Question(place=words), Question(outlet=words)):
        assert page(fill_once, asked).total <= 1


@pytest.fixture
def fill_once(location: str) -> Iterable[Ledger]:
    with open_ledger(location, create=True) as ledger:
        ledger.append([entry("One sentence of harm.", where=place("One"), actors=["Somebody"])])
        derive(ledger)
        yield ledger


def test_the_order_is_stable_and_the_unknown_come_last(fill: Fill) -> None:
    """Either way round; what is equal by id; pages neither repeat nor leave out."""
    ledger = fill(
        *(entry(f"{n}.", where=place(f"P{n}"), when=day(f"2026-05-0{n % 3 + 1}"), killed=n % 2) for n in range(8)),
        entry("Unknown.", where=place("Unknown")),
    )
    for sort in ("date", "-date", "deaths", "-deaths"):
        assert _names(ledger, sort=sort)[-1] == "Unknown"
        whole = page(ledger, Question(sort=sort)).incidents  # type: ignore[arg-type]
        pages = [page(ledger, Question(sort=sort, page=n, per_page=2)) for n in range(1, 6)]  # type: ignore[arg-type]
        assert tuple(itertools.chain.from_iterable(one.incidents for one in pages)) == whole
        assert {one.total for one in pages} == {9}
    days = [one.date.start for one in page(ledger, Question(sort="-date")).incidents if one.date]
    assert days == sorted(days, reverse=True)
    same = [one.incident_id for one in page(ledger, Question(sort="deaths")).incidents[:4]]
    assert same == sorted(same)


def test_a_page_past_the_end_is_empty_and_still_counts(fill: Fill) -> None:
    """The total does not depend on the page, whatever the way of asking."""
    ledger = fill(*(entry(f"{n} bombs.", where=place("Here", "ML")) for n in range(3)))
    for asked in ({}, {"place": "Mali"}, {"text": "bombs"}):
        found = page(ledger, Question(page=9, **asked))  # type: ignore[arg-type]
        assert (found.total, found.incidents) == (3, ())


def test_common_words_are_counted_up_to_a_bound(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a very common word the page is exact and the total a lower bound, and the page says so."""
    ledger = fill(*(entry(f"{n} people fled.", where=place(f"P{n}"), when=day(f"2026-05-{n + 10}")) for n in range(9)))
    exact = page(ledger, Question(text="people", per_page=4))
    monkeypatch.setattr(questions, "COMMON", 5)
    monkeypatch.setattr(questions, "COUNTED", 5)
    bounded = page(ledger, Question(text="people", per_page=4))
    assert bounded.incidents == exact.incidents
    assert (exact.total, exact.at_least) == (9, False)
    assert bounded.at_least and 5 <= bounded.total <= 9
    some = page(ledger, Question(text="people", since="2026-05-15"))
    assert (some.total, some.at_least) == (4, False)
    monkeypatch.setattr(questions, "FEW", 0)
    assert page(ledger, Question(text="people", since="2026-05-15")) == some
    assert page(ledger, Question(text="people", place="P3")).total == 1


def test_an_id_of_any_part_finds_the_incident(fill: Fill) -> None:
    """Incident, account, article's own incident, claim, an incident that was merged; whole or six digits of it."""
    one, two, three = entry("One went off.", outlet="Echo"), entry("Two went off."), entry("Three.", outlet="Herald")
    ledger = fill(one, two, three, judgements=[judgement(one, two)])
    whole = min(one.accounts[0].account_id, two.accounts[0].account_id).replace("acc-", "inc-")
    merged = max(one.accounts[0].account_id, two.accounts[0].account_id).replace("acc-", "inc-")
    names = [whole, merged, one.accounts[0].account_id, two.accounts[0].incident_id, two.claims[0].claim_id]
    for name in [*names, whole[:10], merged[4:12], f" {whole.upper()} ", two.claims[0].claim_id[:12]]:
        found = dossier(ledger, name)
        assert found.incident.incident_id == whole
        assert {testimony.claim for testimony in found.testimonies} == {*one.claims, *two.claims}
    assert dossier(ledger, three.accounts[0].account_id).judgements == ()


@pytest.mark.parametrize(
    "name", ["", "inc-", "zz", "abcde", "inc-00000", "ffffffffffffffffffff", "art-123456", "a" * 40]
)
def test_an_unknown_id_says_what_to_do(fill: Fill, name: str) -> None:
    """One line, not a traceback of the database."""
    with pytest.raises(NotInLedger, match=r"six|6 hex|reportedly incidents"):
        dossier(fill(entry("One.")), name)


def test_an_ambiguous_beginning_lists_what_it_may_be(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to five of the incidents are named."""
    monkeypatch.setattr("reportedly.ledger._dossiers.LEAST", 1)
    entries = [entry(f"Number {n}.", url=f"https://a.example/{n}") for n in range(150)]
    ledger = fill(*entries)
    with pytest.raises(NotInLedger) as raised:
        dossier(ledger, "inc-a")
    assert str(raised.value).count("inc-") in (3, 4, 5, 6, 7) and "write more" in str(raised.value)


def test_testimonies_come_in_the_order_of_publication(fill: Fill) -> None:
    """Never of arrival; without a date last; a reprint is marked; the judgements stand beside them."""
    late = entry("Late.", outlet="Echo", published="2026-03-09")
    early = entry(["Early.", "And more."], outlet="Herald", published="2026-03-01")
    undated = entry("Undated.", outlet="Post", published=None)
    joined = [judgement(late, early), judgement(early, undated)]
    ledger = fill(late, undated, early, judgements=joined)
    found = dossier(ledger, late.accounts[0].account_id)
    assert [one.claim.sentence.text for one in found.testimonies] == ["Early.", "And more.", "Late.", "Undated."]
    assert {one.judgement_id for one in found.judgements} == {one.judgement_id for one in joined}
    assert found.testimonies[0].article == early.article and found.testimonies[0].entry_id == early.entry_id
    assert found.testimonies[0].capture == early.capture


def test_all_dossiers_are_those_of_all_pages_in_order(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few are taken at a time."""
    monkeypatch.setattr(questions, "AT_ONCE", 3)
    ledger = fill(*(entry(f"{n}.", where=place(f"P{n}", "ML" if n % 2 else "NE"), killed=n) for n in range(9)))
    asked = Question(place="mali", sort="-deaths", per_page=2)
    assert [one.incident.killed.best for one in dossiers(ledger, asked)] == [7, 5, 3, 1]
    assert all(one.testimonies for one in dossiers(ledger, asked))


def test_only_the_latest_reading_of_a_page_counts(fill: Fill) -> None:
    """A newer version's reading replaces the older one's claims in every answer."""
    old = entry("Old words.", where=place("One"), url="https://a.example/1")
    new = entry("Old words.", where=place("Two"), url="https://a.example/1", origin=old.origin.__class__(
        software="0.3.0", model="typed", lexicons="1"))  # fmt: skip
    ledger = fill(old)
    ledger.append([new])
    derive(ledger)
    assert _names(ledger) == ["Two"]
    (only,) = dossier(ledger, new.accounts[0].account_id).testimonies
    assert only.origin.software == "0.3.0"
    assert page(ledger, Question(text="words")).total == 1


def test_sources_are_counted_by_whom_and_on_what(fill: Fill) -> None:
    """Claims and incidents once each; outlets, types and stances beside them; the question chooses the incidents."""
    ledger = fill(
        entry(["One.", "Two."], source="Ivo Tarn", outlet="Echo", where=place("A", "ML")),
        entry("Three.", source="Ivo Tarn", outlet="Herald", kind="arson", where=place("B", "NE")),
        entry("Four.", source="Ana Ruiz", where=place("C", "NE")),
        entry("Five."),
    )
    found = source_page(ledger, Question())
    assert found.total == 2
    first = found.sources[0]
    assert (first.name, first.role, first.number_of_claims, first.number_of_incidents) == (
        "Ivo Tarn",
        "spokesman",
        3,
        2,
    )
    assert first.outlets == ("Echo", "Herald")
    assert first.event_types == (("bombing", 2), ("arson", 1)) and first.stances == (("asserts", 3),)
    niger = source_page(ledger, Question(place="Niger"))
    assert [(one.name, one.number_of_claims) for one in niger.sources] == [("Ana Ruiz", 1), ("Ivo Tarn", 1)]
    second = source_page(ledger, Question(page=2, per_page=1))
    assert (second.total, [one.name for one in second.sources]) == (2, ["Ana Ruiz"])
    assert source_page(ledger, Question(page=3, per_page=1)).total == 2


def test_who_finds_nothing_learns_what_there_is(fill: Fill) -> None:
    """How many incidents and claims, from when to when, and names of the kind asked for."""
    ledger = fill(entry("One.", where=place("A", "ML"), when=day("2026-05-01"), actors=["Red Front"]))
    told = held(ledger, Question(actor="blue", place="zz"))
    assert (told.incidents, told.claims, told.first, told.last) == (1, 1, "2026-05-01", "2026-05-01")
    assert told.names == {"country": ("ml",), "actor": ("red front",)}


def test_a_question_of_the_past_is_not_answered_from_now(fill: Fill) -> None:
    """The ledger as it is refuses a question about another time, and does not quietly answer another one."""
    ledger = fill(entry("One."))
    with pytest.raises(ValueError, match="2020"):
        page(ledger, Question(as_of="2020-01-01T00:00:00.000000Z"))


def test_the_facets_of_an_incident_are_folded_names(fill: Fill) -> None:
    """Each pair once, in the order of the record; the number is that of the hash."""
    ledger = fill(
        entry("One.", where=place("Côte-Nord", "CA", "Québec"), actors=["Al-Noor", "al noor"], weapons=["drone"])
    )
    (incident,) = page(ledger, Question()).incidents
    assert list(facets_of(incident)) == [
        ("actor", "al noor"),
        ("weapon", "drone"),
        ("outlet", "daily courier"),
        ("place", "cote nord"),
        ("place", "quebec"),
        ("country", "ca"),
    ]
    assert 0 <= number_of(incident.incident_id) < 1 << 60
