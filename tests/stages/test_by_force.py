"""code: what armed people do to others and to things, and the same words where nobody is armed."""

from __future__ import annotations

import pytest

from reportedly.pipeline import Reader
from tests.conftest import typed_article

ACTS = {
    "At least six hostages are still held by the group near Ankara.": (
        "hostage_taking",
        "the group",
        "At least six hostages",
    ),
    "Rebels took away four guards near Ankara.": ("kidnapping", "Rebels", "four guards"),
    "Marines boarded the dhow off the coast of Turkey.": ("raid", "Marines", "the dhow"),
    "Pirates boarded the tanker at dawn.": ("hijacking", "Pirates", "the tanker"),
    "Soldiers fired into the air near Ankara.": ("armed_assault", "Soldiers", ""),
    "Soldiers took away 23 villagers at dawn.": ("arrest", "Soldiers", "23 villagers"),
    "Officers took 31 guns from houses in Ankara.": ("seizure", "Officers", "31 guns"),
    "Rebels blocked the road to Ankara with trees.": ("restriction", "Rebels", "the road"),
    "Soldiers surrounded the camp and let no food through.": ("restriction", "Soldiers", "the camp"),
    "The rebels tried to mine the harbour in August.": ("bombing", "The rebels", "the harbour"),
    "He was convicted of sending a parcel bomb to a judge.": ("bombing", "He", "a judge"),
    "The judge was the target of a letter bomb in Ankara in 1982.": ("bombing", "", "The judge"),
    "Fourteen terrorists were annihilated near Ankara, the army said.": ("killing", "", "Fourteen terrorists"),
    "Two boats were sunk by the navy near Ankara.": ("attack", "the navy", "Two boats"),
    "The two sides carried out an exchange of prisoners on Monday.": ("release", "The two sides", "prisoners"),
    "The nurse walked free after 211 days in captivity.": ("release", "", "The nurse"),
    "The rebels let go two of their captives on Friday.": ("release", "The rebels", "two of their captives"),
    "A vigil was held in the main square of Ankara on Sunday.": ("protest", "", ""),
    "Hooded men fired over the driver's head near Ankara.": ("armed_assault", "Hooded men", ""),
    "Gunmen machine-gunned the residence of the ambassador.": (
        "armed_assault",
        "Gunmen",
        "the residence of the ambassador",
    ),
    "Soldiers bayoneted two prisoners near Ankara.": ("melee_assault", "Soldiers", "two prisoners"),
    "The commission looks into the enforced disappearance of two students.": ("kidnapping", "", "two students"),
    "Members of the militia have massed near the Turkish border.": ("mobilisation", "Members of the militia", ""),
}
QUIET = (
    "The officer took out his gun and put it on the table.",
    "The soldiers boarded the bus to the front.",
    "Tourists boarded the ferry at noon.",
    "Fans surrounded the singer at the airport.",
    "Snow blocked the road to Ankara.",
    "Police sealed off the street after the crash.",
    "The champions were eliminated by Norland in the second round.",
    "The company mines gold in the valley.",
    "He walked free from court on Monday.",
    "The minister sent a letter to the mayor.",
    "The hotel was fined for its exchange of data.",
    "A wedding march was played.",
    "The company has changed hands twice.",
    "The senator fired back at her critics on Twitter.",
    "The clerk took away the plates.",
)


@pytest.mark.parametrize("text", ACTS)
def test_what_is_done_by_force(reader: Reader, text: str) -> None:
    """The type, the first actor and the first recipient of the only act."""
    (reading,) = reader.read([typed_article(text)])
    (event,) = [claim.event for claim in reading.claims if claim.event]
    who, whom = ([one.name for one in side][:1] for side in (event.actors, event.recipients))
    assert (event.event_type, "".join(who), "".join(whom)) == ACTS[text]


@pytest.mark.parametrize("text", QUIET)
def test_the_same_words_in_peace(reader: Reader, text: str) -> None:
    """Nobody is armed, and nothing is claimed."""
    (reading,) = reader.read([typed_article(text)])
    assert [claim.event.event_type for claim in reading.claims if claim.event] == []
