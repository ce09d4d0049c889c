"""What careful readers found misread in real reports, in sentences of our own: the whole way from text to claim."""

from __future__ import annotations

import pytest

from reportedly.pipeline import Reader
from tests.conftest import typed_article

ROWS = {
    "who was fired from his post": ("Hugo Brand was fired from Tolm Advisors on Thursday.", []),
    "co-workers are one word": (
        "A gunman shot three co-workers in Karsk.",
        [("armed_assault", "A gunman", "three co-workers", "")],
    ),
    "who talked to two men was shot": (
        "A guard talking to a woman and a man outside a flat was shot on Friday when a gunman burst out, officials said.",
        [("armed_assault", "a gunman", "A guard", "officials")],
    ),
    "us is not the speaker alone": (
        '"The rebels shelled us for two days," said Hugo Brand, a teacher.',
        [("shelling", "The rebels", "us", "Hugo Brand")],
    ),
    "Mr Reyes is no sister of his": (
        "Hugo Reyes is in court over the murder of Lena Reyes. Mr Reyes was arrested on Sunday.",
        [("killing", "", "Lena Reyes", ""), ("arrest", "", "Hugo Reyes", "")],
    ),
    "a drunken driver attacks nobody": ("A clerk died when a drunken driver struck her with his car.", []),
    "whom a pronoun names again": (
        "A clerk died when a gunman shot her in Karsk.",
        [("armed_assault", "a gunman", "A clerk", "")],
    ),
    "where he lives": (
        "John Jenkin, 23, of Newton Street, Velm was arrested on Saturday.",
        [("arrest", "", "John Jenkin", "")],
    ),
    "people shot at a party": (
        "Three people were shot last summer at a Norland screening of her film.",
        [("armed_assault", "", "Three people", "")],
    ),
    "a charge is no victim": (
        "Hugo Gomes will face kidnapping charges after police found two women in Karsk.",
        [("kidnapping", "Hugo Gomes", "", "")],
    ),
    "a time zone is no victim": (
        "Pirates attacked this merchant ship at about 1100 hrs IST near Karsk.",
        [("attack", "Pirates", "this merchant ship", "")],
    ),
    "the first ones are somebody": (
        "The rebels were the first ones to escalate the war by launching air strikes against the town of Karsk.",
        [("air_strike", "The rebels", "town of Karsk", "")],
    ),
    "a home invasion invades no country": ("Anyone with information about the home invasion may call the sheriff.", []),
    "a building that burned down": ("Crews fought the blaze for hours. The building was burned to the ground.", []),
    "what a nation claims": (
        "The Kremlin denies US claims that Russia hacked official emails.",
        [("cyber_attack", "Russia", "official emails", "US"), ("cyber_attack", "Russia", "official emails", "Kremlin")],
    ),
    "where fighting was reported": (
        "Further fighting was reported at 0646 in Karsk.",
        [("armed_clash", "", "", "")],
    ),
    "who lived in the town was taken": (
        "The prisoners were residents of Karsk who had been taken prisoner by the troops.",
        [("arrest", "the troops", "residents of Karsk", "")],
    ),
    "sanctions that are lifted": ("The United States lifted sanctions on Monday.", []),
    "whoever violates sanctions imposed none": (
        "Two men were charged with violating sanctions against Iran.",
        [("restriction", "", "Iran", "")],
    ),
    "the other terrorists": (
        "The Tolm Brigade left. The mayor spoke of the other, right-wing, terrorists, who attack students.",
        [("attack", "the other, right-wing, terrorists", "students", "mayor")],
    ),
    "what is bombed out of somebody": (
        "The candidate vowed to bomb the hell out of the Tolm Brigade.",
        [("bombing", "The candidate", "Tolm Brigade", "candidate")],
    ),
    "a life that is taken is somebody's": (
        "A bombing on Monday claimed the life of a trader.",
        [("bombing", "", "the life of a trader", "")],
    ),
    "a rank ends no sentence": (
        "The son fired the gun, wounding his mother, Sgt. Ivo Brand said.",
        [("armed_assault", "The son", "his mother", "Ivo Brand")],
    ),
    "it blew up, but did not do it": (
        "The van was parked near a market when it blew up on Thursday.",
        [("bombing", "", "", "")],
    ),
    "what is common": ("Conflicting tolls are common in the aftermath of bombings.", []),
    "an operation that was executed is no killing": (
        "It was a military operation executed by coalition troops in Karsk.",
        [("raid", "coalition troops", "", "")],
    ),
    "a shot that nobody fired": ("The old regime fell without a shot being fired.", []),
    "a ban on protests is a ban": (
        "The government issued a ban on public gatherings and protests in Karsk.",
        [("restriction", "The government", "public gatherings", "")],
    ),
    "a name before the act may be its place": (
        "Neither man was tried for the Rolando bombing.",
        [("bombing", "", "", "")],
    ),
    "what holds an act does not do it": (
        "The council's powers include sending in peacekeepers.",
        [("mobilisation", "", "peacekeepers", "")],
    ),
    "a crash of the one who died in it": (
        "Police say one man was killed after crashing his car on the ramp of a motorway.",
        [],
    ),
    "he who speaks is not the one of whom he speaks": (
        "Police chief Ivo Brand gave a briefing on Monday. The gunman then shot both officers, he said.",
        [("armed_assault", "The gunman", "both officers", "Ivo Brand")],
    ),
    "the one caught, not the one who spoke before, admits": (
        "Ivo Brand, the minister, said on Monday that the roads were open. On Sunday troops had captured the rebels' commander, and he admitted that "
        "his men had bombed the mill.",
        [
            ("arrest", "troops", "the rebels' commander", ""),
            ("bombing", "his men", "the mill", "commander"),
        ],
    ),
    "what a strike destroys is no weapon of it": (
        "Near Tolm, one strike destroyed a rebel tank.",
        [("air_strike", "", "a rebel tank", "")],
    ),
    "what she did not know is no denial of hers": (
        "Her neighbours did not know that her brother had been kidnapped in Kampala.",
        [("kidnapping", "", "her brother", "")],
    ),
    "what he says that he did not know he takes for so": (
        "The mayor said he did not realise that the rebels had attacked the market.",
        [("attack", "the rebels", "the market", "mayor")],
    ),
    "a barracks can be taken over": (
        "The Tolm Brigade took over the military barracks on Monday.",
        [("territory_change", "Tolm Brigade", "the military barracks", "")],
    ),
    "what an army regains is ground": ("Troops regained the hill.", [("territory_change", "Troops", "the hill", "")]),
    "what a company regains is none": ("The company regained the lead in the city.", []),
    "what is demanded demands nothing": (
        "Protesters blocked the road near Tolm on Monday, demanding the release of the mayor.",
        [("protest", "Protesters", "the road", ""), ("release", "", "the mayor", "Protesters")],
    ),
    "who arrests is not arrested": (
        "Police arrested what they described as a bomber.",
        [("arrest", "Police", "", "")],
    ),
    "a truck carries and does nothing": (
        "Troops intercepted a truck carrying rifles near the town of Tolm.",
        [("weapons_activity", "", "", "")],
    ),
    "whom officials blame is not on the receiving end": (
        "Officials blamed Sunday's bombing of a bus on the Northern Front.",
        [("bombing", "Northern Front", "a bus", "Officials")],
    ),
    "who blames has not done it": (
        "Sunday's bombing, which officials blamed on the Northern Front, killed nine.",
        [("bombing", "Northern Front", "nine", "")],
    ),
    "who is blamed blames nobody": (
        "The attack was blamed on the Northern Front.",
        [("attack", "Northern Front", "", "")],
    ),
    "what air defences destroy was on its way": (
        "Air defence units destroyed 12 drones over the port, the governor said.",
        [("drone_strike", "", "", "governor")],
    ),
    "who survives an attempt was meant by it": (
        "The mayor survived an assassination attempt on Monday.",
        [("assassination", "", "The mayor", "")],
    ),
    "stones are thrown in riots": (
        "Demonstrators threw stones at riot police in Tolm.",
        [("riot", "Demonstrators", "riot police", "")],
    ),
    "boys and a lake": ("The boys threw stones into the lake.", []),
    "who was kidnapped is a captive": (
        "The aid worker, kidnapped in March, was freed after a ransom was paid.",
        [("kidnapping", "", "The aid worker", ""), ("release", "", "The aid worker", "")],
    ),
    "who fears that they were killed is not they": (
        "Thirteen soldiers are missing, and officials fear they were killed.",
        [("killing", "", "Thirteen soldiers", "officials")],
    ),
    "villages are burned by people": (
        "Soldiers burned three villages in the north.",
        [("arson", "Soldiers", "three villages", "")],
    ),
    "a coalition's aircraft are no accident": (
        "Army aircraft hit the village.",
        [("air_strike", "Army aircraft", "the village", "")],
    ),
    "a copper mine is no explosive": (
        "Scores of people were injured in a fire at a copper mine near Tolm.",
        [],
    ),
    "whom the witness saw": (
        "The witness said the driver sped up as he was mowing people down.",
        [("armed_assault", "driver", "people", "witness")],
    ),
    "who calls the police says nothing": (
        "The trader was stabbed by Ivo Brand, who called the police after the attack in Tolm.",
        [("melee_assault", "Ivo Brand", "The trader", ""), ("attack", "", "", "")],
    ),
    "today tells nothing": (
        "I welcome today's news that troops captured the town of Karsk.",
        [("territory_change", "troops", "town of Karsk", "I")],
    ),
    "sentences that no blank parts": (
        "The rebels killed nine soldiers and wounded another 15.Twenty villagers were abducted.",
        [("killing", "The rebels", "nine soldiers", ""), ("kidnapping", "", "Twenty villagers", "")],
    ),
    "a heading in the text of a page": (
        "Gunmen killed six guards.==Reactions==Minister Ivo Brand condemned the bombing of the mill.",
        [("killing", "Gunmen", "six guards", ""), ("bombing", "", "the mill", "Ivo Brand")],
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_was_misread(reader: Reader, name: str) -> None:
    """Type, first actor, first recipient and origin of each claim."""
    text, wanted = ROWS[name]
    (reading,) = reader.read([typed_article(text)])
    found = []
    for claim in reading.claims:
        assert claim.event is not None
        who, whom, said = claim.event.actors, claim.event.recipients, claim.attribution.chain
        found.append(
            (
                claim.event.event_type,
                who[0].name if who else "",
                whom[0].name if whom else "",
                said[0].name if said else "",
            )
        )
    assert found == wanted


def test_a_crowd_that_came_to_protest_did(reader: Reader) -> None:
    """ "Took to the streets to protest" is no plan; "will gather to protest" is one."""
    for text, stage in (("gathered", "accomplished"), ("will gather", "planned")):
        (reading,) = reader.read([typed_article(f"Hundreds of students {text} in Tolm to protest against the vote.")])
        assert [c.factuality.stage for c in reading.claims if c.factuality] == [stage]


def test_blame_in_passing_is_an_accusation(reader: Reader) -> None:
    """MUC-4's confidence of a perpetrator whom a relative clause blames, by who blames."""
    rows = (("the army blamed on", "accused_by_authorities"), ("residents attributed to", "accused"))
    for words, confidence in rows:
        (reading,) = reader.read([typed_article(f"The attack, which {words} rebels, killed nine people.")])
        assert [a.confidence for c in reading.claims if c.event for a in c.event.actors] == [confidence]


def test_what_nobody_gives_is_the_motive(reader: Reader) -> None:
    """ "Did not give a motive for the attack" leaves the attack as certain as it was."""
    for text in ("The minister did not give a motive for the attack.", "Police gave no details of the attack."):
        (reading,) = reader.read([typed_article(text)])
        (claim,) = reading.claims
        assert claim.factuality is not None
        assert (claim.attribution.stance, claim.factuality.certainty) == ("asserts", "certain")


def test_what_is_ruled_out_is_the_motive(reader: Reader) -> None:
    """The stabbing was none of terrorism, and was."""
    for text in (
        "Police have ruled out terrorism in the stabbing of three people at a park.",
        "Officials ruled out a bomb as the cause of the explosion that killed nine soldiers.",
    ):
        (reading,) = reader.read([typed_article(text)])
        assert [c.factuality.polarity for c in reading.claims if c.factuality] == ["affirmed"]


def test_what_nobody_knew_was_so(reader: Reader) -> None:
    """ "Did not know that" takes for granted what "did not believe that" denies."""
    told = {}
    for verb in ("know", "realise", "believe"):
        (reading,) = reader.read([typed_article(f"The officials did not {verb} that rebels had attacked the convoy.")])
        (claim,) = reading.claims
        assert claim.factuality is not None
        told[verb] = (claim.attribution.stance, claim.factuality.polarity)
    plain = ("asserts", "affirmed")
    assert told == {"know": plain, "realise": plain, "believe": ("denies", "negated")}


def test_a_truck_is_a_vehicle(reader: Reader) -> None:
    """Who drives into a crowd has no blade."""
    (reading,) = reader.read([typed_article("A truck attack in Karsk killed at least nine people on Monday.")])
    assert [w.category for c in reading.claims if c.event for w in c.event.weapons] == ["vehicle"]


@pytest.mark.parametrize(
    "text",
    [
        'The mayor said: "I am going to answer the attacks on innocent people that have taken place in recent weeks."',
        "He tried to auction the gun that he had used to kill the teacher.",
    ],
)
def test_what_a_relative_clause_tells_was_done(reader: Reader, text: str) -> None:
    """Whatever is tried or meant in the clause above it."""
    (reading,) = reader.read([typed_article(text)])
    stages = [c.factuality.stage for c in reading.claims if c.event and c.event.event_type in ("attack", "killing")]
    assert stages == ["accomplished"]
