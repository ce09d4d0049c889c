"""MUC-4: templates as files hold them, the official rules, the mapping; and where the corpora are, that the scorer gives the official figures."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from evals import muc4
from evals._muc4_beside import called, description
from evals._muc4_fill import load_tables
from evals._muc4_places import LIST, location, place_kinds
from evals._muc4_same import is_same
from evals._muc4_score import matched, score, words
from evals._muc4_templates import Fill, Template, Value, templates
from evals._muc4_words import Bare, bare, head, named, plural
from reportedly.pipeline import Reader
from reportedly.records import Place, Span
from tests.conftest import typed_article

KEY = """\
0.  MESSAGE: ID                    TST9-MUC4-0001
1.  MESSAGE: TEMPLATE              1
2.  INCIDENT: DATE                 (- 09 MAY 88) / (08 MAY 88)
3.  INCIDENT: LOCATION             PERU: LIMA (CITY)
4.  INCIDENT: TYPE                 BOMBING
5.  INCIDENT: STAGE OF EXECUTION   ACCOMPLISHED
6.  INCIDENT: INSTRUMENT ID        "TWO BOMBS" / "BOMBS"
7.  INCIDENT: INSTRUMENT TYPE      BOMB: "TWO BOMBS" / "BOMBS"
8.  PERP: INCIDENT CATEGORY        TERRORIST ACT
9.  PERP: INDIVIDUAL ID            ? "MASKED MEN"
10. PERP: ORGANIZATION ID          -
11. PERP: ORGANIZATION CONFIDENCE  -
12. PHYS TGT: ID                   "RIVER MILL"
                                   "GRAIN STORE" /
                                   "STORE"
13. PHYS TGT: TYPE                 OTHER: "RIVER MILL"
                                   COMMERCIAL: "GRAIN STORE" / "STORE"

0.  MESSAGE: ID                    TST9-MUC4-0001
1.  MESSAGE: TEMPLATE              2 (OPTIONAL)
4.  INCIDENT: TYPE                 ATTACK
12. PHYS TGT: ID                   "TOLL HOUSE"

0.  MESSAGE: ID                    TST9-MUC4-0002
1.  MESSAGE: TEMPLATE              *
4.  INCIDENT: TYPE                 *
"""


@pytest.fixture
def key(tmp_path: Path) -> dict[str, list[Template]]:
    path = tmp_path / "key"
    path.write_text(KEY, "latin-1")
    return templates(path)


def fill(text: str, *tag: str) -> Fill:
    return Fill((Value(text, frozenset(tag)),))


def test_a_file_of_templates(key: dict[str, list[Template]]) -> None:
    """Alternatives, optional fills and templates, words on further lines, cross-references, and a message without an incident."""
    (first, second) = key["TST9-MUC4-0001"]
    assert key["TST9-MUC4-0002"] == []
    assert (first.optional, second.optional) == (False, True)
    assert [v.text for v in first.slots[2][0].values] == ["- 09 MAY 88", "08 MAY 88"]
    assert first.slots[9][0].optional
    assert [[v.text for v in f.values] for f in first.slots[12]] == [["RIVER MILL"], ["GRAIN STORE", "STORE"]]
    assert first.slots[13][1] == fill("COMMERCIAL", "GRAIN STORE", "STORE")
    assert 10 not in first.slots


def test_the_key_itself_is_perfect_and_optional_things_are_not_missed(key: dict[str, list[Template]]) -> None:
    """Recall and precision of 100; what is optional and left out costs nothing, what is spurious costs precision."""
    assert score(key, key).total().f == 100
    without = {m: [t for t in found if not t.optional] for m, found in key.items()}
    del without["TST9-MUC4-0001"][0].slots[9]
    assert score(key, without).total().recall == 100
    spurious = {**key, "TST9-MUC4-0002": key["TST9-MUC4-0001"][:1]}
    assert score(key, spurious).total().recall == 100
    assert score(key, spurious).total().precision < 60
    assert score(key, {}).total().f == 0


@pytest.mark.parametrize(
    ("slot", "wanted", "got", "points"),
    [
        (2, fill("10 MAY 88"), fill("10 MAY 88"), 1),
        (2, fill("- 10 MAY 88"), fill("09 MAY 88"), 0.5),
        (2, fill("10 MAY 88"), fill("- 10 MAY 88"), 0.5),
        (2, fill("09 MAY 88"), fill("- 10 MAY 88"), 0),
        (2, fill("08 MAY 88 - 10 MAY 88"), fill("09 MAY 88"), 0.5),
        (3, fill("PERU: LIMA (CITY)"), fill("PERU"), 0.5),
        (3, fill("PERU: LIMA (CITY)"), fill("CHILE: LIMA (CITY)"), 0.5),
        (3, fill("PERU: LIMA (CITY)"), fill("CHILE"), 0),
        (4, fill("BOMBING"), fill("ATTACK"), 0.5),
        (4, fill("ATTACK"), fill("BOMBING"), 0),
        (5, fill("ATTEMPTED"), fill("ACCOMPLISHED"), 0),
        (7, fill("DYNAMITE", "X"), fill("BOMB", "X"), 0.5),
        (7, fill("BOMB", "RED BOX"), fill("BOMB", "GREEN VAN"), 0.5),
        (11, fill("SUSPECTED OR ACCUSED BY AUTHORITIES"), fill("SUSPECTED OR ACCUSED"), 0.5),
        (21, fill("5 - 7", "JUDGES"), fill("7", "JUDGES"), 0.5),
        (21, fill("37 -", "SHOPS"), fill("37-", "SHOPS"), 1),
        (19, fill("MAYOR", "TORRES"), fill("MAYOR", "TORRES"), 1),
        (19, fill("MAYOR", "TORRES"), fill("MAYOR"), 0.5),
    ],
)
def test_the_rules_of_single_slots(slot: int, wanted: Fill, got: Fill, points: float) -> None:
    """Section 3.2 of the official guidelines."""
    assert matched(slot, wanted, got) == points


def test_words_that_differ() -> None:
    """More modifiers are right, adjuncts and parts of a name half right, other words wrong."""
    assert words("PEASANTS", "THE 3 OLD PEASANTS") == 1
    assert words("PEASANTS", "PEASANTS WHO WERE WITNESSES") == 0.5
    assert words("ALBERTO ROBERTO TORRES", "TORRES") == 0.5
    assert words("RIVER MILL", "GRAIN STORE") == 0


def test_a_reading_as_templates(reader: Reader) -> None:
    """Type, stage, date, place, actor with confidence, target and effect, each with the words it belongs to."""
    text = "LIMA, 10 May 1988 - The Shining Path bombed the central bank in Lima on Monday, killing three clerks."
    read = next(iter(reader.read([typed_article(text, published="1988-05-10")])))
    (found,) = muc4.mapped("M", read, load_tables())
    assert [found.first(slot) for slot in (2, 4, 5, 11)] == ["09 MAY 88", "BOMBING", "ACCOMPLISHED", "REPORTED AS FACT"]
    assert found.first(3).startswith("PERU: LIMA")
    assert fill("FINANCIAL", "CENTRAL BANK") in found.slots[13]
    assert fill("DEATH", "CLERKS") in found.slots[23]
    assert fill("3", "CLERKS") in found.slots[21]


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("the six old\nferrymen", Bare("OLD FERRYMEN", "6")),
        ("at least 23 dockers", Bare("DOCKERS", "23-")),
        ("approximately 1,200 pylons", Bare("PYLONS", "~1200")),
        ("two of her guards", Bare("GUARDS", "2")),
        ("42", Bare("", "42")),
    ],
)
def test_a_phrase_without_its_number(phrase: str, wanted: Bare) -> None:
    """What stands before the first word of substance is taken off, and the number kept as MUC-4 writes it."""
    assert bare(phrase) == wanted


def test_a_name_apart_from_what_its_bearer_is() -> None:
    """The words at the end that no dictionary has are the name; a phrase has the head before what places it."""
    roles = {"senator", "deputy", "guard"}
    assert named("DEPUTY SENATOR ANNA DE LA TORVA", roles) == ("DEPUTY SENATOR", "ANNA DE LA TORVA")
    assert named("DEPUTY SENATOR", roles) == ("DEPUTY SENATOR", "")
    assert named("ANNA TORVA", roles, person=True) == ("", "ANNA TORVA")
    assert head("HEADQUARTERS OF THE FERRY GUILD") == "HEADQUARTERS"
    assert plural("GUARDS OF THE MILL")
    assert not plural("BUS IN LORVA")


def test_what_somebody_is_stands_beside_the_name() -> None:
    """An apposition, a title, an age between; and the name beside a description."""
    roles = {"mechanic", "senator", "judge"}
    text = "ANNA TORVA, 45, A FORMER JUDGE OF LORVA, WAS KILLED. THE YOUNG MECHANIC, ELMO RUDZ, WAS SEEN. SENATOR OLDA VIRN FLED."
    assert description("ANNA TORVA", text, lambda word: word.lower() in roles) == "FORMER JUDGE OF LORVA"
    assert description("OLDA VIRN", text, lambda word: word.lower() in roles) == "SENATOR"
    assert description("ELMO RUDZ", text, lambda word: word.lower() in roles) == "YOUNG MECHANIC"
    assert called("MECHANIC", text, lambda word: word in ("was", "seen"), roles) == "ELMO RUDZ"
    assert called("JUDGE", text, lambda word: word in ("was", "seen"), roles) == ""


def test_a_place_is_called_what_the_list_of_places_calls_it(tmp_path: Path) -> None:
    """The kind of the list; a part of a town within its town; the province only where the text names it with the town."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / LIST).write_text("LORVA (MUNICIPALITY)\nEAST MILL (NEIGHBORHOOD)\nVIRN (DEPARTMENT)\n", "latin-1")
    kinds = place_kinds(tmp_path)
    lorva, mill = place("Lorva", 2), place("East Mill", 1)
    assert location("PERU", [lorva], None, kinds, "IN LORVA") == "PERU: LORVA (MUNICIPALITY)"
    assert location("PERU", [lorva], None, {}, "IN LORVA, VIRN DEPARTMENT") == "PERU: VIRN (DEPARTMENT): LORVA (CITY)"
    assert location("PERU", [mill], "LORVA", kinds, "") == "PERU: LORVA (MUNICIPALITY): EAST MILL (NEIGHBORHOOD)"
    assert location("PERU", [place("Peru", 6)], "LORVA", kinds, "") == "PERU"
    assert place_kinds(None) == {}


def place(name: str, where_prec: int) -> Place:
    return Place(
        name=name,
        role="site",
        country="PE",
        admin1="Virn",
        lat=None,
        lon=None,
        geonames_id=None,
        where_prec=where_prec,
        mention=Span(start=0, end=1, text="X"),
    )


@pytest.mark.parametrize(
    ("text", "kind", "instrument"),
    [
        ("The air force bombed a school in Lima on Monday.", "ATTACK", "AERIAL BOMB"),
        ("Gunmen shot dead a teacher in Lima on Monday.", "ATTACK", "GUN"),
        ("Helicopters strafed a school in Lima on Monday.", "ATTACK", None),
    ],
)
def test_types_and_instruments(reader: Reader, text: str, kind: str, instrument: str | None) -> None:
    """What is done from the air is an attack; the instrument may be told from the act's word; nobody known is a terrorist."""
    (read,) = reader.read([typed_article(f"LIMA, 10 May 1988 - {text}", published="1988-05-10")])
    (found,) = muc4.mapped("M", read, load_tables())
    assert found.first(4) == kind
    assert instrument is None or found.first(7) == instrument
    assert found.first(8) in ("TERRORIST ACT", "STATE-SPONSORED VIOLENCE")


def test_sums_of_a_war_and_people_in_general_are_no_incident(reader: Reader) -> None:
    """A template asks for something specific (section 1, 7)."""
    texts = [
        "LIMA, 10 May 1988 - The war has killed 70,000 people, the bishop said.",
        "LIMA, 10 May 1988 - Terrorists murdered peasants, the bishop said.",
    ]
    for text in texts:
        (read,) = reader.read([typed_article(text, published="1988-05-10")])
        assert read.claims
        assert muc4.mapped("M", read, load_tables()) == []


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("Terrorists murdered six nuns, the bishop said. The war has killed 70,000 people, he said.", "NUNS"),
        ("The murder of six nuns was discussed in parliament.", "NUNS"),
        ("Rebels kidnapped League Secretary General Olda Virn.", "LEAGUE SECRETARY GENERAL"),
        ("Rebels attacked a brothel in Lima on Monday.", "BROTHEL"),
    ],
)
def test_who_is_counted_or_has_an_office_is_somebody(reader: Reader, text: str, struck: str) -> None:
    """Beside the sum of a war, too; a secretary general is no soldier, and a brothel is a thing."""
    (read,) = reader.read([typed_article(f"LIMA, 10 May 1988 - {text}", published="1988-05-10")])
    (found,) = muc4.mapped("M", read, load_tables())
    assert struck in (found.first(19), found.first(12))


@pytest.mark.skipif("REPORTEDLY_CORPORA" not in os.environ, reason="REPORTEDLY_CORPORA is not set")
@pytest.mark.parametrize("system", ["ge", "ge-cmu", "umass", "nyu", "bbn"])
def test_official_answers_get_their_official_scores(system: str) -> None:
    """ALL TEMPLATES of five systems of 1992 within a point; what is left is what the judges decided by hand."""
    folder = next(Path(os.environ["REPORTEDLY_CORPORA"]).glob("**/muc4"))
    key = templates(next((folder / "keys").glob("*tst4*")))
    counts = score(key, templates(folder / "official" / "responses" / f"{system}-response.tst4")).total()
    report = (folder / "official" / "scores" / f"{system}-scores-pass1.tst4.nrad").read_text("latin-1")
    recall, precision = map(float, re.findall(r"^ALL TEMPLATES.*\|\s*(\d+)\s+(\d+)\s+\d+\s*$", report, re.M)[-1])
    assert counts.recall == pytest.approx(recall, abs=1.0)
    assert counts.precision == pytest.approx(precision, abs=1.0)
    official = float(re.findall(r"F-MEASURES\s+([\d.]+)", report)[-1])
    assert counts.f == pytest.approx(official, abs=1.0)


@pytest.mark.parametrize(
    ("text", "people", "body", "sure"),
    [
        ("Members of the Shining Path killed a teacher in Lima on Monday.", "MEMBERS", "SHINING PATH", "FACT"),
        ("Army soldiers killed a teacher in Lima on Monday.", "ARMY SOLDIERS", "ARMY", "FACT"),
        ("A teacher was apparently killed by Shining Path rebels in Lima.", "SHINING", "SHINING PATH", "SUSPECTED"),
    ],
)
def test_people_of_a_body_and_the_body(reader: Reader, text: str, people: str, body: str, sure: str) -> None:
    """Who belongs to a body is an individual, and the body that the words name an organisation; what is likely is no fact (section 7.12)."""
    (read,) = reader.read([typed_article(f"LIMA, 10 May 1988 - {text}", published="1988-05-10")])
    (found,) = muc4.mapped("M", read, load_tables())
    assert found.first(9).startswith(people)
    assert [one.values[0].text for one in found.slots[10]] == [body]
    assert sure in found.first(11)


def test_a_group_is_named_once(reader: Reader) -> None:
    """By its name or by its acronym, not by both."""
    text = (
        "LIMA, 10 May 1988 - The Tupac Amaru Revolutionary Movement (MRTA) bombed a bank in Lima on Monday. The MRTA bombed "
        "the bank at dawn on Monday, killing a clerk."
    )
    (read,) = reader.read([typed_article(text, published="1988-05-10")])
    for found in muc4.mapped("M", read, load_tables()):
        assert len(found.slots[10]) == 1


def test_a_gun_in_the_sentence(reader: Reader) -> None:
    """ "Shot to death" and "opened fire" tell of a gun, whatever word the act has (section 7.8, note 7)."""
    text = "LIMA, 10 May 1988 - A teacher was killed in Lima on Monday when two men fired at his car."
    (read,) = reader.read([typed_article(text, published="1988-05-10")])
    assert {found.first(7) for found in muc4.mapped("M", read, load_tables())} == {"GUN"}


@pytest.mark.parametrize(
    ("text", "people", "body", "sure"),
    [
        (
            "Alleged members of the Shining Path bombed a bank in Lima on Monday.",
            "",
            "SHINING PATH",
            "SUSPECTED OR ACCUSED",
        ),
        ("Guerrilla forces bombed a bank in Lima on Monday.", "GUERRILLA FORCES", "", ""),
        ("Army sectors bombed a bank in Lima on Monday.", "", "ARMY SECTORS", "REPORTED AS FACT"),
        ("Our forces bombed a bank in Lima on Monday.", "FORCES", "", ""),
        (
            "The Shining Path bombed a bank in Lima on Monday. It said it had bombed the bank.",
            "",
            "SHINING PATH",
            "CLAIMED",
        ),
    ],
)
def test_bodies_and_how_sure_it_is(reader: Reader, text: str, people: str, body: str, sure: str) -> None:
    """ "Alleged" is suspicion (part 2, slot 11); forces without a name are people; who claims it is past suspicion."""
    (read,) = reader.read([typed_article(f"LIMA, 10 May 1988 - {text}", published="1988-05-10")])
    found = muc4.mapped("M", read, load_tables())[0]
    assert people in found.first(9)
    assert found.first(10) == body
    assert found.first(11).startswith(sure)


@pytest.mark.parametrize(
    "text",
    [
        "BOGOTA, 10 May 1988 - More than 200 traders have been killed in this war, the bishop said.",
        "BOGOTA, 10 May 1988 - Five people were killed, he said.",
        "BOGOTA, 10 May 1988 - The army killed hundreds of trade unionists, the bishop said.",
        "SAN SALVADOR, 10 May 1988 - Terrorists attacked the Salvadoran people, the bishop said.",
        "BOGOTA, 10 May 1988 - Over a year ago, Mayor Olmo Virtz was murdered.",
        "BOGOTA, 10 May 1988 - Soldiers killed rebel leaders on Monday.",
        "BOGOTA, 10 May 1988 - Guerrillas attacked a National Guard patrol on Monday, wounding three or four officers.",
        "BOGOTA, 10 May 1988 - Inmates stabbed a cook in the Lima jail on Monday.",
        "BOGOTA, 10 May 1988 - Guerrillas ambushed soldiers on the Ulmo highway on Monday.",
        "PANAMA CITY (PANAMA), 10 May 1988 - The bar in Panama was bombed, the Panamanian police said.",
        "BOGOTA, 10 May 1988 - Sales fell because of rebel attacks on power lines, the minister said.",
        "BOGOTA, 10 May 1988 - The rebels plan to bomb banks, he said.",
        "BOGOTA, 10 May 1988 - There are rumors that rebels attacked the Ulmo bank.",
        "BOGOTA, 10 May 1988 - The rebels decided to stop sabotaging the power lines.",
        "BOGOTA, 10 May 1988 - A bus carrying 20 soldiers was bombed near Cali on Monday.",
        "BOGOTA, 10 May 1988 - The group, which kidnapped two consuls in November 1985, wants peace, the bishop said.",
    ],
)
def test_what_is_no_incident_of_the_task(reader: Reader, text: str) -> None:
    """Sums, people and acts in general, plans, what is long past, fighters struck by fighters, and what happened elsewhere (section 1)."""
    (read,) = reader.read([typed_article(text, published="1988-05-10")])
    assert read.claims
    assert muc4.mapped("M", read, load_tables()) == []


@pytest.mark.parametrize(
    "text",
    [
        "BOGOTA, 10 May 1988 - The bishop recalled that Mayor Olmo Virtz was murdered. Gunmen killed Virtz in his office, he said.",
        "PANAMA CITY (PANAMA), 10 May 1988 - Rebels bombed a bank in Colombia, the police in Panama said.",
        "BOGOTA, 10 May 1988 - Rebels killed five people in Cali on Monday.",
        "BOGOTA, 10 May 1988 - The minister spoke of the rebel attacks on power lines on Monday.",
        "BOGOTA, 10 May 1988 - A bus carrying 20 nuns was bombed near Cali on Monday.",
    ],
)
def test_what_is_one(reader: Reader, text: str) -> None:
    """One of which more is told than that it is recalled; one in the nine countries, wherever it is reported."""
    (read,) = reader.read([typed_article(text, published="1988-05-10")])
    assert muc4.mapped("M", read, load_tables())


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("A car bomb attack on the Ulmo Bank in Lima killed nine clerks.", "CAR BOMB", "VEHICLE BOMB"),
        ("Rebels carried out a bomb attack on the Ulmo Bank in Lima.", "BOMB", "BOMB"),
        ("Rebels bombed the Ulmo Bank in Lima.", "", "BOMB"),
        ("A judge was riddled with bullets in Lima on Monday.", "", "GUN"),
    ],
)
def test_the_words_for_an_instrument(reader: Reader, text: str, words: str, kind: str) -> None:
    """A weapon that an act is named by is one; that somebody was riddled with bullets says no more than that it was a gun (slot 6)."""
    (read,) = reader.read([typed_article(f"LIMA, 10 May 1988 - {text}", published="1988-05-10")])
    (found,) = muc4.mapped("M", read, load_tables())
    assert (found.first(6), found.first(7)) == (words, kind)


def _template(**slots: str) -> Template:
    """A template of such fills: ``s4="ATTACK"``."""
    return Template("M", "1", slots={int(name[1:]): [Fill((Value(text),))] for name, text in slots.items()})


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"s19": "FERRYMEN"}, True),
        ({"s19": "DOCKERS"}, False),
        ({"s19": "FERRYMEN", "s3": "PERU: LIMA (CITY)"}, True),
        ({"s19": "FERRYMEN", "s3": "CHILE"}, False),
        ({"s19": "FERRYMEN", "s2": "08 MAY 88 - 10 MAY 88"}, True),
        ({"s19": "FERRYMEN", "s2": "10 MAY 88"}, False),
        ({"s19": "FERRYMEN", "s2": "- 12 MAY 88"}, True),
        ({"s19": "FERRYMEN", "s10": "RED DAWN"}, False),
        ({"s19": "FERRYMEN", "s4": "KIDNAPPING"}, False),
        ({"s19": "FERRYMEN", "s18": "OLMO VIRTZ"}, True),
    ],
)
def test_which_templates_are_one(other: dict[str, str], same: bool) -> None:
    """The same people, at no other place and time, by nobody else (section 5)."""
    base = {"s2": "09 MAY 88", "s3": "PERU", "s4": "ATTACK", "s10": "BLUE TIDE"}
    one = _template(**base, s19="OLD FERRYMEN")
    assert is_same(one, _template(**(base | other))) is same


def test_people_of_another_name_or_number_are_others() -> None:
    """Two senators of different names, and three peasants beside two others."""
    base = {"s3": "PERU", "s4": "ATTACK", "s19": "PEASANTS"}
    assert not is_same(_template(**base, s18="OLMO VIRTZ"), _template(**base, s18="INA SELT"))
    assert is_same(_template(**base, s18="OLMO VIRTZ"), _template(**base, s18="VIRTZ"))
    three, two = _template(**base), _template(**base)
    three.slots[21], two.slots[21] = [fill("3", "PEASANTS")], [fill("2", "PEASANTS")]
    assert not is_same(three, two)
