"""Acts that a report tells of, and words for acts that are none: the whole way from text to claim."""

from __future__ import annotations

import pytest

from reportedly.pipeline import Reader
from tests.conftest import typed_article

ROWS = {
    "whoever is arrested is somebody": (
        "Abdi was arrested on 21 May, the same day he acquired a rifle.",
        [("arrest", "", "Abdi"), ("weapons_activity", "he", "")],
    ),
    "a name that was killed": ("Vexley was killed in the blast near Karsk.", [("bombing", "", "Vexley")]),
    "taken prisoner": ("Ninety soldiers were taken prisoner in Karsk.", [("arrest", "", "Ninety soldiers")]),
    "prisoners are taken": ("The rebels took 40 prisoners in Karsk.", [("arrest", "The rebels", "")]),
    "neutralised, in the army's word": (
        'The army said it had "neutralised" four militants near Karsk.',
        [("killing", "army", "four militants")],
    ),
    "hopes to eliminate": ("The general hopes to eliminate the militants this year.", []),
    "land by the mile": (
        "The rebels have regained about 300 square miles.",
        [("territory_change", "The rebels", "about 300 square miles")],
    ),
    "parts of a town": (
        "Rebels retook parts of the city on Monday.",
        [("territory_change", "Rebels", "parts of the city")],
    ),
    "an unknown town is liberated": (
        "In the campaign to liberate Marqah, the army will consult its allies.",
        [("territory_change", "", "Marqah")],
    ),
    "the downing of a plane": (
        "Relations were strained by the rebels' downing of two helicopters.",
        [("attack", "the rebels", "two helicopters")],
    ),
    "a bomber is shot down": (
        "He lashed out at Norland for having shot down a Velmian bomber.",
        [("attack", "Norland", "a Velmian bomber")],
    ),
    "a counterattack": (
        "The troops beat back a counterattack by the rebels near Karsk.",
        [("attack", "the rebels", "")],
    ),
    "several counterattacks that were fought off": (
        "The troops fought off several counterattacks near Karsk.",
        [("attack", "", "")],
    ),
    "praised for what others did": (
        "They praised the army for having shelled the town.",
        [("shelling", "the army", "the town")],
    ),
    "shells by the volley, and no day is hit": (
        "Volleys of shells rained down on the barracks on Monday.",
        [("shelling", "", "the barracks")],
    ),
    "those who were hurt or died": (
        "We remember the friends of those who were injured or who died during the coup attempt last July.",
        [("attack", "", "those"), ("killing", "", "those")],
    ),
    "a crackdown by its verb": (
        "Police cracked down on protesters in Karsk on Monday.",
        [("raid", "Police", "protesters")],
    ),
    "hacked emails are no figure of speech": (
        "The spokesman denied that Norland hacked official emails of the party.",
        [("cyber_attack", "Norland", "official emails of the party")],
    ),
    "a counterattack on the pitch": ("The striker scored on a counterattack late in the second half.", []),
    "strikes that disable": ("Two strikes disabled two bridges.", [("attack", "", "two bridges")]),
    "what was destroyed in a strike is no weapon of it": (
        "Three tanks and two artillery systems were also destroyed in the strike.",
        [("attack", "", "Three tanks, two artillery systems")],
    ),
    "weapons that strikes deliver": (
        "The army's four air strikes delivered 24 munitions.",
        [("air_strike", "The army", "")],
    ),
    "who is shot at": ("Norland police shot at during a search", [("armed_assault", "", "Norland police")]),
    "the second of two passives": (
        "Survivors described men being lined up and shot and women raped in Karsk.",
        [("armed_assault", "", "men"), ("sexual_violence", "", "women")],
    ),
    "what is rocked by killings": (
        "Killings of local figures rocked the east side of Karsk.",
        [("killing", "", "local figures")],
    ),
    "what it claimed": (
        "They claimed responsibility for an attack on what it claimed were officers in Karsk.",
        [("attack", "They", "")],
    ),
    "a lone wolf is nobody's victim": ('He was killed after "lone wolf" attacks in Karsk.', [("attack", "", "He")]),
    "the execution of a plan": (
        "The alliance takes precautions during the planning and execution of air strikes.",
        [("air_strike", "", "")],
    ),
    "died of thirst": ("The families were starving and dying of thirst when the rebels forced them up the hill.", []),
    "the peace of a feast": ("The attackers violated the peace of the festival.", []),
    "what is outlawed": ("Marital rape would be outlawed under the plan announced on Monday.", []),
    "what is prohibited": ("Attacking churches is prohibited in Velmian law.", []),
    "the second blast of a gas explosion": (
        "A gas explosion destroyed a house in Karsk on Monday. The explosion was heard miles away. The blast shattered windows.",
        [],
    ),
    "the road toll": ("Velm has the highest road toll in the nation, with eight killed.", []),
    "an administration's targets": (
        "The Torres administration targeted 13 Velmian officials, alleging violations of human rights.",
        [],
    ),
    "gun control": ("Her gun control offensive against Torres goes on.", []),
}


@pytest.mark.parametrize(("text", "wanted"), ROWS.values(), ids=ROWS)
def test_what_is_told_and_what_is_not(reader: Reader, text: str, wanted: list[tuple[str, str, str]]) -> None:
    """The acts, with who did them to whom."""
    (reading,) = reader.read([typed_article(text)])
    events = [c.event for c in reading.claims if c.event]
    found = [
        (e.event_type, ", ".join(a.name for a in e.actors), ", ".join(r.name for r in e.recipients)) for e in events
    ]
    assert found == wanted


def test_prisoners_are_counted(reader: Reader) -> None:
    """ "Took 40 prisoners": 40 were arrested."""
    (reading,) = reader.read([typed_article("The rebels took 40 prisoners in Karsk.")])
    assert [(q.kind, q.best) for c in reading.claims if c.event for q in c.event.quantities] == [("arrested", 40)]
