"""The codes of an act in four codebooks: by its type, and by what weapons, words, recipients and the stage tell more."""

from __future__ import annotations

from typing import Any

import pytest
from coding import armed, said
from typed_dossiers import made

from reportedly.entries import Range
from reportedly.export.acts import acts, coded
from reportedly.export.columns import shape
from reportedly.export.tables import incident_row
from reportedly.records import EVENT_TYPES, STAGES

CAMEO = frozenset(
    [
        "050",
        "057",
        "0841",
        "0871",
        "0874",
        "130",
        "133",
        "138",
        "1382",
        "141",
        "142",
        "143",
        "145",
        "150",
        "154",
        "163",
        "170",
        "171",
        "1711",
        "1712",
        "172",
        "1723",
        "1724",
        "173",
        "176",
        "181",
        "182",
        "1821",
        "1822",
        "1823",
        "183",
        "1831",
        "1832",
        "1833",
        "185",
        "186",
        "190",
        "191",
        "192",
        "193",
        "194",
        "195",
        "1952",
        "2041",
    ]
)
"""Codes of CAMEO 1.1b3 that an act may get."""
MODES = {
    "ASSAULT": "abduct beat torture sexual assassinate destroy primitive firearms explosives suicide-attack heavy-weapons unconventional",
    "COERCE": "seize restrict ban censor curfew martial-law arrest deport withhold",
    "PROTEST": "demo riot hunger boycott obstruct",
    "RETREAT": "withdraw release return disarm ceasefire access resign",
    "THREATEN": "restrict ban arrest relations expel territory violence",
}


def columns(dossier: Any) -> dict[str, Any]:
    return dict(zip((column.name for column in shape("incidents").columns), incident_row(dossier), strict=True))


def test_every_code_is_one_of_its_codebook() -> None:
    """Over all types and stages: a CAMEO code that there is, a mode of its own event type, the names of ACLED and GTD."""
    for kind in EVENT_TYPES:
        for stage in STAGES:
            found = coded(made(kind, stage))  # type: ignore[arg-type]
            assert found.cameo in CAMEO, (kind, found.cameo)
            assert found.mode is None or found.mode in MODES[found.plover or ""].split(), (kind, found.mode)
            assert found.acled is None or found.acled in shape("acled").maps["event_type"]
            assert found.acled_event is None or found.acled_disorder is not None
            assert found.gtd is None or found.gtd_number in range(1, 10)
            assert found.plover_quad is not None and found.quad in (1, 2, 3, 4)


def test_every_row_gives_a_code_and_names_real_types() -> None:
    """No row of the table is idle or misspelt."""
    for row in acts():
        assert {row.cameo, row.plover, row.mode, row.acled, row.gtd} != {None}, row.why
        assert {*row.types} <= {*EVENT_TYPES} and {*row.stages} <= {*STAGES}, row.why
        assert all(word == word.casefold() for word in (*row.words, *row.named, *row.only_named)), row.why


def test_the_columns_of_a_bombing() -> None:
    """All four codebooks, side by side, in the incidents table."""
    found = columns(said("A car bomb went off.", "went off", **armed(("explosive", "car bomb"))))
    assert (found["cameo_code"], found["cameo_root"], found["cameo_quad_class"]) == ("1832", "18", 4)
    assert (found["plover_event"], found["plover_mode"]) == ("ASSAULT", "explosives")
    assert (found["acled_event_type"], found["acled_sub_event_type"]) == (
        "Explosions/Remote violence",
        "Remote explosive/landmine/IED",
    )
    assert (found["gtd_attacktype"], found["gtd_attacktype_txt"]) == (3, "Bombing/Explosion")
    assert (found["gtd_weaptype"], found["gtd_weapsubtype"], found["gtd_weapsubtype_txt"]) == (6, 15, "Vehicle")


def test_an_act_without_a_code_has_none() -> None:
    """An arrest is no attack to GTD; the other columns stand."""
    found = columns(made("arrest", family="custody", weapons=()))
    assert [found[name] for name in found if name.startswith("gtd_")] == [None] * 6
    assert (found["cameo_code"], found["plover_mode"], found["acled_sub_event_type"]) == ("173", "arrest", "Arrests")


@pytest.mark.parametrize(
    ("weapons", "cameo", "mode", "acled", "gtd"),
    [
        ([("firearm", "rifles")], "193", "firearms", "Attack", "Armed Assault"),
        (
            [("explosive", "a bomb"), ("explosive", "bomb")],
            "183",
            "explosives",
            "Remote explosive/landmine/IED",
            "Bombing/Explosion",
        ),
        ([("explosive", "grenades")], "183", "explosives", "Grenade", "Bombing/Explosion"),
        ([("artillery", "mortar")], "194", "heavy-weapons", "Shelling/artillery/missile attack", "Bombing/Explosion"),
        ([("drone", "drones")], "1952", "heavy-weapons", "Air/drone strike", "Bombing/Explosion"),
        ([("chemical", "sarin")], "2041", "unconventional", "Chemical weapon", "Unarmed Assault"),
        ([("melee", "machetes")], "190", "primitive", "Attack", "Armed Assault"),
        ([("melee", "stones")], "190", "primitive", "Attack", "Unarmed Assault"),
        ([("firearm", "rifle"), ("explosive", "bomb")], "190", None, "Attack", "Unknown"),
        ([], "190", None, "Attack", "Unknown"),
    ],
)
def test_weapons_tell_the_kind_of_an_attack(weapons: Any, cameo: str, mode: str, acled: str, gtd: str) -> None:
    """Where the report does not say what kind of attack it was, the weapon does; two kinds of weapons do not."""
    found = coded(said("They attacked a hamlet.", "attacked", "attack", **armed(*weapons)))
    assert (found.cameo, found.mode, found.acled, found.gtd) == (cameo, mode, acled, gtd)


@pytest.mark.parametrize(
    ("kind", "trigger", "cameo", "mode", "gtd"),
    [
        ("melee_assault", "stabbed", "182", "primitive", "Armed Assault"),
        ("melee_assault", "punched", "182", "beat", "Unarmed Assault"),
        ("melee_assault", "rammed", "182", None, "Unarmed Assault"),
        ("melee_assault", "rampage", "182", None, "Unknown"),
        ("abuse", "tortured", "1822", "torture", None),
        ("abuse", "mistreated", "182", None, None),
        ("agreement", "truce", "0871", "ceasefire", None),
        ("agreement", "treaty", "057", None, None),
        ("restriction", "curfew", "1723", "curfew", None),
        ("restriction", "embargo", "163", None, None),
        ("restriction", "sealed off", "172", "restrict", None),
        ("release", "surrendered", "0874", None, None),
        ("release", "freed", "0841", "release", None),
    ],
)
def test_words_tell_more_than_the_type(kind: Any, trigger: str, cameo: str, mode: str | None, gtd: str | None) -> None:
    """The word for the act, where the type leaves several codes open; else none is guessed."""
    found = coded(said(f"It was {trigger} there.", trigger, kind))
    assert (found.cameo, found.mode, found.gtd) == (cameo, mode, gtd)


def test_a_word_of_another_act_does_not_count() -> None:
    """A claim of another type in the same incident leaves its code alone."""
    dossier = said("It was a truce there.", "truce", "restriction")
    assert coded(dossier).cameo == "172"


def test_a_threat_is_an_act_of_words() -> None:
    """CAMEO and PLOVER code the threat; of a threat to protest no mode is known."""
    force, march = coded(made("bombing", "threatened")), coded(made("protest", "threatened", family="unrest"))
    assert (force.cameo, force.quad, force.plover, force.mode) == ("138", 3, "THREATEN", "violence")
    assert (march.cameo, march.plover, march.mode) == ("133", "THREATEN", None)


def test_an_attempt_on_a_life() -> None:
    """CAMEO has a code of its own for it."""
    assert coded(made("assassination", "attempted")).cameo == "185" and coded(made("assassination")).cameo == "186"


def test_seizures_and_raids() -> None:
    """Weapons, fighters and deaths decide what ACLED calls them."""
    weapons = armed(("firearm", "rifles"))
    assert coded(said("Police seized goods.", "seized", "seizure")).acled == "Other"
    assert coded(said("Police seized rifles.", "seized", "seizure", **weapons)).acled == "Disrupted weapons use"
    assert coded(made("raid", recipients=[("rebels", "armed_group")], killed=None)).acled == "Armed clash"
    searched, fought = coded(made("raid", killed=0, wounded=Range())), coded(made("raid", killed=4))
    assert (searched.acled, searched.plover, searched.cameo) == ("Other", "COERCE", "170")
    assert (fought.plover, fought.cameo) == ("ASSAULT", "190")


def test_a_protest_with_dead_was_not_peaceful() -> None:
    """Which of ACLED's types it was is not known from it alone."""
    quiet = made("protest", family="unrest", killed=None, wounded=Range())
    found = coded(made("protest", family="unrest", killed=2))
    assert coded(quiet).acled == "Peaceful protest"
    assert (found.acled, found.acled_event, found.acled_disorder) == (None, "Protests", "Demonstrations")
