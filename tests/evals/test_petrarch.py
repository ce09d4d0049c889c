"""petrarch: tests and dictionaries as their files hold them, what counts as held, and a run over a file of our own in the same shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import petrarch
from evals.petrarch import Coded, Dyad, Tables

RECORDS = """\
<Validation><Environment><Verbfile>none.txt</Verbfile></Environment><Sentences>
<Sentence date="19950103" id="OWN-01" category="DEMO" sentence="true">
<!-- a comment -->
<EventCoding sourcecode="KENCOP" targetcode="---EDU" eventcode="212"></EventCoding>
<Text>
Kenyan police arrested four
students in Nairobi on Monday.
</Text><Parse>(ROOT (S))</Parse></Sentence>
<Sentence date="19950103" id="OWN-02" category="DEMO" sentence="true">
<EventCoding sourcecode="TEL" targetcode="MOR" eventcode="041"></EventCoding>
<Text>Telvania welcomed the decision of Morvania to open the harbour.</Text></Sentence>
<Sentence date="19950103" id="OWN-03" category="DEMO" sentence="true">
<EventCoding sourcecode="TEL" targetcode="MOR" eventcode="064"></EventCoding>
<Text>Telvania will send its ferries to Morvania again.</Text></Sentence>
<Sentence date="19950103" id="OWN-04" category="DEMO" sentence="true">
<EventCoding noevents="True"></EventCoding>
<Text>Gunmen killed two clerks in Nairobi on Sunday.</Text></Sentence>
<Sentence date="19950103" id="OWN-05" category="DEMO" sentence="true">
<EventCoding noevents="True"></EventCoding>
<Text>The bakery has new windows.</Text></Sentence>
<Sentence date="19950103" id="OWN-06" category="ERROR" sentence="true">
<EventCoding error="dateline"></EventCoding>
<Text>The ferry is green.</Text></Sentence>
</Sentences></Validation>
"""
ACTORS = """\
# a comment
Harbour_League_ [IGOHLG]  # and another
+LEAGUE_OF_HARBOURS
MAYOR_OF_TARVIK
+MISTER_MAYOR
\t[TELGOV <19970101]
\t[MORGOV >19970101]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / petrarch.RECORDS).write_text(RECORDS)
    (tmp_path / "dictionaries").mkdir()
    (tmp_path / "dictionaries" / "Own.actors.txt").write_text(ACTORS)
    return tmp_path


@pytest.fixture
def tables(folder: Path) -> Tables:
    return petrarch.load_tables(folder / "dictionaries")


def test_the_tests_of_a_file(folder: Path) -> None:
    """Lines joined, the day, actors by their first three letters, no event where an attribute says so, and no test of errors."""
    first, second, _, fourth, fifth = petrarch.tests(folder / petrarch.RECORDS)
    assert first.article.text == "Kenyan police arrested four students in Nairobi on Monday."
    assert (first.name, first.article.publication_date) == ("OWN-01", "1995-01-03")
    assert first.gold == (Coded("KEN", "", "21"),)
    assert second.gold == (Coded("TEL", "MOR", "04"),)
    assert fourth.gold == fifth.gold == () and fifth.name == "OWN-05"


def test_the_codes_of_names(tables: Tables) -> None:
    """Countries by name, people and capital, the corpus' dictionaries, and a made-up name by its first letters; small words name nobody."""
    assert tables.codes("Kenyan police") == tables.codes("Nairobi") == {"KEN"}
    assert tables.codes("North Korea and Telvania") == {"PRK", "TEL"}
    assert tables.codes("the League of Harbours") == {"IGO"}
    assert tables.codes("mister mayor") == {"TEL"}
    assert tables.codes("two clerks of its own") == frozenset()


def test_what_is_held(tables: Tables) -> None:
    """An event needs its root and both actors in one dyad; a missing actor of gold asks nothing; what is only said is no act."""
    shot = Dyad(frozenset({"19", "22"}), ("Telvania",), ("Morvania",), spoken=False)
    said = Dyad(frozenset({"02"}), ("Kenyan police",), ("Morvania",), spoken=True)
    assert petrarch.holds(Coded("TEL", "MOR", "22"), shot, tables)
    assert petrarch.holds(Coded("", "MOR", "19"), shot, tables)
    assert not petrarch.holds(Coded("MOR", "TEL", "22"), shot, tables)
    assert not petrarch.holds(Coded("TEL", "MOR", "02"), shot, tables)
    gold = (Coded("TEL", "MOR", "22"), Coded("KEN", "TEL", "02"))
    kept = petrarch.judged(gold, [shot, said], tables)
    assert kept == {"share": False, "one": True, "acts": False, "root": True, "actors": False}
    kept = petrarch.judged(gold[:1], [shot, said], tables)
    assert all(kept.values()) and {"covered", "covered_acts"} <= set(kept)
    assert petrarch.judged((), [said], tables) == {"quiet": True}
    assert petrarch.judged((), [shot], tables) == {"quiet": False}


def test_a_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The arrest is an act, the welcome is said, the ferries are neither; a killing where gold has none is not quiet."""
    result = petrarch.run(folder, None, verbose=True)
    scores = result.scores
    assert result.n == 5
    assert (scores["share"], scores["acts"], scores["quiet"]) == (0.6667, 0.3333, 0.5)
    assert scores["by_root"] == {"04": [1, 1], "06": [1, 0], "21": [1, 1]}
    shown = capsys.readouterr().err
    assert "OWN-03 Telvania will send" in shown and "OWN-01" not in shown
