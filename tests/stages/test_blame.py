"""code and resolve: who is said to have done it, found past words of blame; and bands that call themselves by a name."""

from __future__ import annotations

import pytest

from reportedly.pipeline import Reader
from tests.conftest import typed_article

BLAMED = {
    "The minister blamed the bombing on the rebels.": ("the rebels", ""),
    "Police blamed the ambush of the convoy on the Tolm Brigade.": ("Tolm Brigade", "the convoy"),
    "Relatives blamed the bombing on poor lighting.": ("", ""),
    "Officials attributed the murder of the mayor to the rebels.": ("the rebels", "the mayor"),
    "The minister linked the bombing to the elections.": ("", ""),
    "The murder of the mayor was the work of smugglers.": ("smugglers", "the mayor"),
    "The attack was the work of months.": ("", ""),
    "The army holds the rebels responsible for the murder of the judge.": ("the rebels", "the judge"),
    "The rebels are being held responsible for the murder of the judge.": ("The rebels", "the judge"),
    "The ambush, for which the rebels are held responsible, killed two clerks.": ("the rebels", "two clerks"),
    "Two soldiers were found guilty of the murder of the nuns.": ("Two soldiers", "the nuns"),
    "A colonel is implicated in the murder of the nuns.": ("A colonel", "the nuns"),
    "Ivo Brand was the mastermind of the murder of the nuns.": ("Ivo Brand", "the nuns"),
    "He admitted that two soldiers were the ones who murdered the nuns.": ("two soldiers", "the nuns"),
    "The attack was perpetrated by rebels against the village.": ("rebels", "the village"),
    "Two men in a van shot and killed the mayor.": ("Two men", "the mayor"),
    "Omar Saleh has not been charged in the bombing of the market.": ("", "the market"),
    "He is not charged with taking part in the attack on the market.": ("", "the market"),
    "The minister did not blame the rebels for the attack on the market.": ("", "the market"),
    "Gunmen on a motorcycle shot dead the mayor.": ("", "the mayor"),
}


@pytest.mark.parametrize("text", BLAMED)
def test_whoever_is_blamed_did_not_suffer_it(reader: Reader, text: str) -> None:
    """The first actor and the first recipient of the only act: whoever blames is neither."""
    (reading,) = reader.read([typed_article(text)])
    (event,) = [claim.event for claim in reading.claims if claim.event is not None]
    found = [event.actors[0].name if event.actors else "", event.recipients[0].name if event.recipients else ""]
    assert tuple(found) == BLAMED[text]


INSTEAD = {
    "There was no claim of responsibility for the bombing, but officials blamed the rebels.": (
        "the rebels",
        "accused_by_authorities",
    ),
    "No group claimed responsibility for the ambush, although residents suspect smugglers.": ("smugglers", "accused"),
    "Nobody has claimed the bombing, although residents blamed it on the army.": ("the army", "accused"),
    "No one claimed the bombing, but officials attributed it to a gas leak.": ("", ""),
    "The rebels claimed responsibility for the ambush and blamed the army.": ("The rebels", "claimed_or_admitted"),
    "The army denied the murder of the nuns and accused the rebels of lying.": ("", ""),
    "The bombing that hurt nine clerks on Monday, which residents have blamed on the army, shook Ovenna.": (
        "the army",
        "accused",
    ),
    "The governor said that those responsible for the murder of the nuns are soldiers.": (
        "soldiers",
        "accused_by_authorities",
    ),
    "The union said that those responsible for killing Orlik are soldiers.": ("soldiers", "accused"),
    "The governor said that those responsible for the murder of the nuns are not soldiers.": (
        "those",
        "denied",
    ),
    "The governor said that those responsible for the murder of the nuns are cowards.": ("those", "reported_as_fact"),
}


@pytest.mark.parametrize("text", INSTEAD)
def test_another_is_blamed_beside_the_act(reader: Reader, text: str) -> None:
    """ "No group claimed the bombing, but officials blamed X", "those responsible are X": X, by an accusation."""
    (reading,) = reader.read([typed_article(text)])
    event = next(claim.event for claim in reading.claims if claim.event is not None)
    found = next(((actor.mention.text, actor.confidence) for actor in event.actors), ("", ""))
    assert found == INSTEAD[text]


def test_whoever_denies_did_not_do_it_though_another_is_blamed(reader: Reader) -> None:
    """The army denies it and blames the rebels: each with its own confidence."""
    (reading,) = reader.read(
        [typed_article("The army denied any part in the murder of the nuns and blamed the rebels.")]
    )
    (event,) = [claim.event for claim in reading.claims if claim.event is not None]
    assert {actor.mention.text: actor.confidence for actor in event.actors} == {
        "The army": "denied",
        "the rebels": "accused_by_authorities",
    }


CALLED = {
    "A group calling itself Red Dawn attacked the mill.": "Red Dawn",
    "A rebel group known as the Sons of Tolm attacked the mill.": "Sons of Tolm",
    "An organization calling itself the Popular Tolm Army attacked the mill.": "Popular Tolm Army",
    "A group described as violent attacked the mill.": "A group",
    'The self-styled "Red Dawn Brigade" attacked the mill.': "Red Dawn Brigade",
}


@pytest.mark.parametrize("text", CALLED)
def test_a_band_is_called_by_its_name(reader: Reader, text: str) -> None:
    """The name after "calling itself" and "known as"; "self-styled" is no part of it."""
    (reading,) = reader.read([typed_article(text)])
    assert [actor.name for claim in reading.claims if claim.event for actor in claim.event.actors] == [CALLED[text]]


OWED = {
    "The Front should admit responsibility for the bombing of the market, the mayor said.": "asserts",
    "Some believe that the Front has to admit that it bombed the market.": "asserts",
    "The Front admitted that it bombed the market.": "admits",
    "I must admit that I bombed the market, he said.": "admits",
}


@pytest.mark.parametrize("text", OWED)
def test_what_should_be_admitted_has_not_been(reader: Reader, text: str) -> None:
    """The stance of the claim of the bombing."""
    (reading,) = reader.read([typed_article(text)])
    stances = [c.attribution.stance for c in reading.claims if c.event is not None and c.event.event_type == "bombing"]
    assert stances == [OWED[text]]


def test_protests_of_a_country_are_not_its_own(reader: Reader) -> None:
    """ "Turkey's protests" are in Turkey; nobody says who protests, or against whom."""
    (reading,) = reader.read([typed_article("Turkey's protests spread to Ankara on Monday.")])
    (event,) = [c.event for c in reading.claims if c.event is not None]
    assert (event.actors, event.recipients) == ((), ())
    assert "Turkey" in [place.name for place in event.places]


DEEDS = {
    "A man accused of beating his wife shot two clerks in Ankara.": [
        ("abuse", "accuses"),
        ("armed_assault", "asserts"),
    ],
    "A gunman suspected of killing his brother opened fire on a bus.": [
        ("killing", "accuses"),
        ("armed_assault", "asserts"),
    ],
    "The man who killed his wife shot a policeman.": [("killing", "asserts"), ("armed_assault", "asserts")],
    "A bomb that killed nine people exploded in Ankara.": [("bombing", "asserts")],
}


@pytest.mark.parametrize("text", DEEDS)
def test_who_somebody_is_known_as_is_told_of_another_deed(reader: Reader, text: str) -> None:
    """Of what a man is accused, and what he did besides: two acts, and an accusation of the first alone."""
    (reading,) = reader.read([typed_article(text)])
    found = [(c.event.event_type, c.attribution.stance) for c in reading.claims if c.event is not None]
    assert found == DEEDS[text]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Colombia's Army of National Liberation attacked the mill.", "group:eln-colombia"),
        ("Colombia's army attacked the mill.", "state:CO/military"),
    ],
)
def test_an_army_by_name_is_not_that_of_the_land_before_it(reader: Reader, text: str, known: str) -> None:
    """ "Colombia's Army of National Liberation" is no army of Colombia."""
    (reading,) = reader.read([typed_article(text)])
    assert [actor.canonical_id for claim in reading.claims if claim.event for actor in claim.event.actors] == [known]
