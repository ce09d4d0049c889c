"""Targets: what a recipient is by its words and its kind, its nationality and how that is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapes import row
from typed_dossiers import made, town

from reportedly.export.columns import shape
from reportedly.export.facts import Party
from reportedly.export.nations import countries_in
from reportedly.export.tables import incident_row
from reportedly.export.targets import lexicon, sort, targets
from reportedly.records import RecipientKind


def told(words: str, kind: RecipientKind = "unknown") -> tuple[int | None, int | None]:
    """GTD's type and subtype of somebody who is only called `words`."""
    found = sort(Party(words, None, words, kind))
    return (found.gtd, found.subtype or None) if found else (None, None)


@pytest.mark.parametrize(
    ("words", "kind", "wanted"),
    [
        ("a police station in Sol", "infrastructure", (3, 22)),
        ("an army checkpoint", "military", (4, 36)),
        ("five soldiers", "military", (4, 34)),
        ("the mayor of Dosta", "government", (2, 18)),
        ("the head of state", "government", (2, 17)),
        ("Judge Tomas Varo", "person", (2, 14)),
        ("Radio Uno journalist Ana Ruiz", "person", (10, None)),
        ("newspaper offices", "infrastructure", (10, 53)),
        ("two churches", "infrastructure", (15, 86)),
        ("teachers and pupils", "civilians", (8, 48)),
        ("a group of students", "civilians", (14, 70)),
        ("the French embassy", "infrastructure", (7, 46)),
        ("U.N. peacekeepers", "military", (7, 47)),
        ("an electricity pylon", "infrastructure", (21, 107)),
        ("a bus carrying soldiers", "vehicle", (19, 99)),
        ("the airport", "infrastructure", (6, 44)),
        ("a fishing boat", "vehicle", (11, 57)),
        ("tourists", "civilians", (18, 97)),
        ("a food convoy", "vehicle", (9, 51)),
        ("opposition leader Ana Ruiz", "person", (2, 15)),
        ("aid workers", "civilians", (12, None)),
        ("an ambulance", "vehicle", (13, 63)),
        ("a mobile phone tower", "infrastructure", (16, 90)),
        ("hotel guests", "civilians", (14, 67)),
        ("shoppers", "civilians", (14, 67)),
        ("men", "armed_group", (17, None)),
        ("Ana Ruiz", "person", (None, None)),
        ("Ana Ruiz", "civilians", (14, None)),
        ("the church council", "organisation", (None, None)),
        ("drivers", "military", (4, None)),
        ("the old regime", "military", (4, None)),
        ("a major general", "military", (4, 34)),
        ("a captain", "civilians", (14, None)),
        ("three officers", "police", (3, 25)),
        ("officers", "unknown", (None, None)),
    ],
)
def test_words_tell_what_it_is(words: str, kind: RecipientKind, wanted: tuple[int | None, int | None]) -> None:
    """The last words of the phrase, or a title before a name; else the kind; else nothing."""
    assert told(words, kind) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("the mayor's house", (2, None)),
        ("the home of a judge", (2, None)),
        ("a journalist's car", (10, None)),
        ("the office of a charity", (12, None)),
        ("a house", (14, 76)),
        ("his car", (None, None)),
    ],
)
def test_a_belonging_is_counted_with_its_owner(words: str, wanted: tuple[int | None, int | None]) -> None:
    """Without a subtype; a car of nobody who is named is nothing."""
    assert told(words, "infrastructure") == wanted


def test_an_armed_recipient_stays_armed() -> None:
    """Who is taken for a soldier is no civilian for having a trade."""
    assert told("a cook", "military") == (4, None) and told("a cook", "civilians") == (14, 77)


def test_a_wording_of_any_claim_tells() -> None:
    """A name that tells nothing is told by what another claim calls it."""
    found = sort(Party("Ana Ruiz", None, "Ana Ruiz", "person", ("Ana Ruiz", "the mayor")))
    assert found is not None and (found.gtd, found.inter, found.sector) == (2, "Civilians", "GOV")


def test_the_tables_are_whole() -> None:
    """Every type and subtype of a row has its name, no words stand twice without kinds, and words are in small letters."""
    table = lexicon()
    rows = [*table.rows, *table.kinds.values()]
    assert {str(row.gtd) for row in rows} <= {*table.types}
    assert {str(row.subtype) for row in rows if row.subtype} <= {*table.subtypes}
    words = [word for row in table.rows if not row.kinds for word in row.words]
    assert len(words) == len({*words}) and all(word == word.casefold() for word in words)


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("two French soldiers", {"FR"}),
        ("South Sudanese refugees", {"SS"}),
        ("Malians", {"ML"}),
        ("workers from China", {"CN"}),
        ("a U.S. base", {"US"}),
        ("British and Irish tourists", {"GB", "IE"}),
        ("the Niger River bridge", set()),
        ("Mrs Ana German", set()),
        ("german shepherds", set()),
        ("Jordan Mill", set()),
    ],
)
def test_words_tell_a_nation(phrase: str, wanted: set[str]) -> None:
    """Adjectives and people of a country, and "from" a country; no family names, no rivers."""
    assert countries_in(phrase) == wanted


def test_how_a_nationality_is_known() -> None:
    """Words go before the place; two nations are none; without a place nothing is known."""
    dossier = made(
        recipients=[("French tourists", "civilians"), ("shoppers", "civilians"), ("Irish and Thai men", "civilians")]
    )
    assert [(each.country, each.known_from) for each in targets(dossier)] == [
        ("FR", "words"),
        ("NE", "place"),
        (None, None),
    ]
    nowhere = targets(made(recipients=[("shoppers", "civilians")], place=town(country=None)))
    assert [(each.country, each.known_from) for each in nowhere] == [(None, None)]


def test_the_columns_of_the_incidents_table() -> None:
    """Lists in the order of the recipients, unknown where nothing tells."""
    dossier = made(
        recipients=[("a mosque", "infrastructure"), ("Turkish reporters", "civilians"), ("Ana Ruiz", "person")]
    )
    found = dict(zip((column.name for column in shape("incidents").columns), incident_row(dossier), strict=True))
    assert found["recipient_gtd_targtype"] == ("Religious Figures/Institutions", "Journalists & Media", "unknown")
    assert found["recipient_gtd_targsubtype"] == ("Place of Worship", "unknown", "unknown")
    assert found["recipient_civilian"] == ("yes", "yes", "unknown")
    assert found["recipient_nationality"] == ("NE", "TR", "NE")
    assert found["recipient_nationality_from"] == ("place", "words", "place")
    assert found["recipient_plover_sector"] == ("REL", "JRN", "unknown")
    lengths = {len(value) for name, value in found.items() if name.startswith("recipient")}
    assert lengths == {3}


def test_gtd_has_the_targets(tmp_path: Path) -> None:
    """Type, subtype and nationality, and a note where the nationality is only that of the place."""
    found = row(tmp_path, "gtd", made(recipients=[("a mosque", "infrastructure"), ("French tourists", "civilians")]))
    assert (found["targtype1"], found["targsubtype1"], found["targsubtype1_txt"]) == ("15", "86", "Place of Worship")
    assert (found["natlty1"], found["natlty1_txt"]) == ("146", "Niger")
    assert (found["targtype2"], found["natlty2"], found["natlty2_txt"]) == ("18", "69", "France")
    assert "natlty1: country of the place" in (found["addnotes"] or "") and "natlty2" not in (found["addnotes"] or "")


def test_acled_counts_officials_among_civilians(tmp_path: Path) -> None:
    """An unarmed mayor is a civilian, a demonstrator a protester; civilians beside soldiers are not the target."""
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    mayor = row(folders[0], "acled", made("armed_assault", recipients=[("the mayor", "government")]))
    assert (mayor["inter2"], mayor["civilian_targeting"]) == ("Civilians", "Civilian targeting")
    march = row(folders[1], "acled", made("armed_assault", recipients=[("demonstrators", "civilians")]))
    assert (march["inter2"], march["civilian_targeting"]) == ("Protesters", "Civilian targeting")
    mixed = row(folders[2], "acled", made(recipients=[("soldiers", "military"), ("shoppers", "civilians")]))
    assert (mixed["inter2"], mixed["civilian_targeting"]) == ("State forces", None)


def test_plover_takes_no_nationality_from_the_place(tmp_path: Path) -> None:
    """A sector by the words; a country only where words or identity give one."""
    (tmp_path / "a").mkdir()
    found = row(tmp_path, "plover", made(recipients=[("Turkish reporters", "civilians")]))
    assert (found["Recipient Country"], found["Primary Recipient Sector"]) == ("TUR", "JRN")
    assert row(tmp_path / "a", "plover", made(recipients=[("reporters", "civilians")]))["Recipient Country"] is None
