"""sift: what is an incident and what is not, and why. Every text here is our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest
from spacy.tokens import Token

from reportedly.gazetteer import open_gazetteer
from reportedly.pipeline import Words, load_words
from reportedly.stages._phrases import offsets
from reportedly.stages.assemble import cue_tokens
from reportedly.stages.attribute import attribute
from reportedly.stages.code import code
from reportedly.stages.count import count
from reportedly.stages.date import date
from reportedly.stages.drafts import Annotated
from reportedly.stages.gather import Gathered, Mentions, gather
from reportedly.stages.locate import locate
from reportedly.stages.resolve import resolve
from reportedly.stages.sift import Reason, dropped, sift
from reportedly.tagger import FACTS, Part, Seen, Tags

Annotate = Callable[..., Annotated]
KindOf = Callable[[Token], str | None]
words: Callable[[], Words] = cache(load_words)


def prepared(annotated: Annotated) -> tuple[tuple[Gathered, ...], KindOf]:
    """What the stages before `sift` make of an article."""
    resolved = resolve(annotated, words().names)

    def kind_of(token: Token) -> str | None:
        return resolved.entity(*offsets(token)).actor_kind

    cues, vague = cue_tokens(annotated, attribute(annotated, words().cues), words().judging)
    mentions = Mentions(
        date(annotated, words().dates), locate(annotated, open_gazetteer()), count(annotated, words().counts)
    )
    return gather(annotated, code(annotated, words().code, kind_of), mentions, cues, vague), kind_of


def kept(annotated: Annotated) -> list[str]:
    """The types of the events that are incidents."""
    gathered, kind_of = prepared(annotated)
    return [item.draft.event_type for item in sift(annotated, gathered, words().sifting, kind_of)]


def reasons(annotated: Annotated) -> set[Reason]:
    """Why the others are none."""
    gathered, kind_of = prepared(annotated)
    return {item.reason for item in dropped(annotated, gathered, words().sifting, kind_of)}


NO_INCIDENT = {
    Reason.FIGURE: [
        "All other passengers were treated and released.",
        "The candidate harshly attacked Governor Velm on Monday.",
        "The committee ambushed him with a question about his expenses.",
        "Families shelled out hundreds for the tickets.",
        "The farmer is being held up as an example.",
        "The rapper fired a volley of insults at his former label.",
        "She shot him a look across the table.",
        "The comedian bombed on his first night.",
        "He has been shooting himself in the foot for years.",
        "The man was charged with resisting arrest after a row in a shop.",
        "The colonel died peacefully in his sleep at 93.",
        "The decree was issued under the state of siege.",
        "Officers fined nine hundred drivers in a traffic crackdown.",
        "Hundreds of farmers rallied behind the new governor on Monday.",
    ],
    Reason.UNREAL: [
        "Hackers were invited to attack the voting machine in a public test.",
        "The director filmed the ambush in a quarry.",
        "The brigade's rules for minimising civilian casualties were read out in Velm.",
    ],
    Reason.FICTION: [
        "The novel opens with an assassination and ends with a wedding.",
        "The soprano murders her husband in the second act.",
        "In the comedy, three waiters kidnap a restaurant critic by mistake.",
        "Viewers see the vampire hunter burn down the castle in the finale.",
        "The museum shows weapons that were seized in the old wars.",
        "The book is an account of a kidnapping that never took place.",
    ],
    Reason.RULE: [
        "Under the act, police may detain a suspect for 48 hours.",
        "The bill would allow soldiers to arrest smugglers.",
        "Soldiers are not allowed to shoot at people who surrender.",
        "Sanctions must be approved by all members of the union.",
        "The code of conduct tells officers when they may fire a warning shot.",
    ],
    Reason.QUALIFIES: [
        "They spoke of his origins as a mode of attack.",
        "These are the words of the commander in charge of military operations in the region.",
    ],
    Reason.GENERAL: [
        "Grenades are usually thrown by hand.",
        "Rebels tend to attack at night, when drones see less.",
        "White blood cells attack and destroy invading bacteria.",
        "Most terrorist attacks kill nobody.",
        "An assassination is the murder of a prominent person.",
        "Anybody who is out after dark is at risk: the police arrest anyone whom they catch.",
        "The senator was scolded for her remarks about drug dealers and rape.",
        "It was a small sum when it comes to military operations, the minister said.",
        "The villagers of Velm hope for a life free from atrocities.",
        "Ambush attacks on officers increase",
        "Kidnappings in the capital fell last year.",
    ],
    Reason.WORDS: [
        "He attacked her repeatedly for her long ties to the banks.",
        "In the debate the senator fired at the governor over the budget.",
        "Orlik has consistently targeted the senator, calling him a thief and a liar.",
        "The opposition attacked the government over hospital queues.",
        "The foreign minister attacked the proposal as timid.",
    ],
    Reason.ACCIDENT: [
        "Marlen Orlik said that he would die a free man.",
        "General Hugo Reyes, who died in 2013, praised the soldiers.",
        "Gales killed a woman who was walking her dog.",
        "Nine people were killed when a ferry sank off the island.",
        "The typhoon struck the coast at dawn and left 12 dead.",
        "An explosion at a fireworks factory killed four workers.",
        "A dust explosion in a grain silo injured three people.",
        "Two climbers were killed by an avalanche on Sunday.",
        "A lorry overturned in heavy rain, killing its driver.",
        "Orlin then struck a parked car on the road to Velm.",
        "The bus skidded in heavy traffic. It hit the clerk, who fell under it. She was treated for shock after the accident.",
        "A soldier died at home in Velm. Doctors feared Ebola, but the tests found no trace of the disease.",
        "The state of emergency was declared after the cyclone had flooded the town.",
    ],
    Reason.CRIME: [
        "A woman was arrested on drug charges after a narcotics search.",
        "Police raided a flat over stolen licences and a theft of alcohol.",
    ],
    Reason.ONESELF: [
        "The prisoner hanged himself in his cell on Sunday.",
        "A student set himself on fire outside the ministry in Lima on Monday, the police said.",
    ],
    Reason.HARMLESS: [
        "The children looted the biscuit tin.",
        "The village is held hostage by its only bus timetable.",
    ],
    Reason.SUBJECT: [
        "The senator's attacks on her opponent have hurt her own standing.",
        "Researchers shot lasers at a diamond.",
        "Orlin attacked down the left flank, and the goalkeeper had no answer.",
        "The party suffered a bloodbath at the local elections.",
    ],
    Reason.UNSUPPORTED: ["Two old men died.", "The soldiers were freed from guard duty."],
}

INCIDENT = {
    "Bands of armed men roamed the town, beating opposition politicians.": "abuse",
    "Four soldiers were freed from prison on Tuesday.": "release",
    "The van drove into a crowd of worshippers, then away.": "melee_assault",
    "A grenade exploded in a cinema during the film on Friday, wounding nine.": "bombing",
    "Gunmen opened fire at a football match in Tarsa and killed two players.": "armed_assault",
    "The singer was shot dead outside her hotel in Mora.": "armed_assault",
    "The actor was kidnapped on his way to the theatre on Tuesday.": "kidnapping",
    "A film director was arrested over his remarks on the war.": "arrest",
    "A car bomb exploded outside the stock exchange in Velm before trading began.": "bombing",
    "A bomb was found under the stage an hour before the concert.": "seizure",
    "A candidate for mayor was stabbed at a campaign rally on Saturday.": "melee_assault",
    "Prosecutors charged a man with planning an attack on a concert.": "attack",
    "The army shelled a hospital during the cholera outbreak, doctors said.": "shelling",
    "Soldiers fired on people who were queuing for water after the earthquake.": "armed_assault",
    "Jets carried out strikes on the outskirts of Qasra overnight.": "air_strike",
    "The jets aborted an attack on the convoy when fog came down.": "air_strike",
    "A drone struck a fuel lorry on the outskirts of the town.": "drone_strike",
    "Police smashed a plot to attack the stock exchange, the interior minister claimed.": "attack",
    "The brothers planned to blow up a viaduct with a stolen lorry.": "bombing",
    "The cell tried to make a chemical weapon in a cellar, the inquiry found.": "weapons_activity",
    "Without guards the stores would be looted within an hour, the agency warned.": "looting",
    "The Steel Brothers threatened to shoot anyone who crossed the canal.": "armed_assault",
    "Extremists may one day set off a radioactive device in a city, the report warned.": "unconventional_attack",
    "Officials fear that the ruling could set off riots.": "riot",
    "The blockade of the harbour is in its third week.": "restriction",
    "A court sentenced him to death for the bombing of a train.": "bombing",
    "The dam was damaged by an explosion; the army spoke of sabotage.": "bombing",
    "Fighting has resumed around the capital.": "armed_clash",
    "Thieves with pistols robbed a bank and killed a guard.": "killing",
    "Two brothers confessed to the killing of a journalist.": "killing",
    "Four villagers were beheaded, the governor said.": "killing",
    "The government banned the march.": "restriction",
    "Leaflets threatened to burn every shop that opened on the day of mourning.": "arson",
    "The railway line was sabotaged at three points, halting trains to Warsaw.": "sabotage",
    "A shopkeeper was shot during a robbery on Friday night.": "armed_assault",
    "Saboteurs blew up a pipeline.": "bombing",
    "Police foil embassy plot, arrest nine": "attack",
    "An explosion was reported near the parliament building.": "bombing",
    "The Velm attack was the deadliest in the country's history.": "attack",
    "We offer our condolences to the families of the victims of this act of mass murder.": "killing",
    "The president left the country in the face of violent street protests.": "protest",
    "Gunmen shot at a bus in Velm. This attack only hardens our resolve.": "attack",
    "Two clerks died in the 2012 attack of the Norland consulate in Velm.": "attack",
    "Army aircraft conducted a strike on a depot near Velm.": "air_strike",
    "Farmers remember the shooting death of a guard in Velm on Monday.": "killing",
    "The town of Velm came under attack on Sunday.": "armed_assault",
    "Angry protesters struck a police car near the square in Velm.": "riot",
}


def quiet() -> Iterator[tuple[Reason, str]]:
    """Each text that is no incident, with the reason."""
    for reason, texts in NO_INCIDENT.items():
        for text in texts:
            yield reason, text


@pytest.mark.parametrize(("reason", "text"), list(quiet()))
def test_no_incident_and_why(annotated: Annotate, reason: Reason, text: str) -> None:
    """A text about no incident keeps no event, and the reason is the one that an analyst would give."""
    article = annotated(text)
    assert kept(article) == []
    assert reason in reasons(article)


@pytest.mark.parametrize(("text", "event_type"), INCIDENT.items())
def test_incident(annotated: Annotate, text: str, event_type: str) -> None:
    """An incident is kept, though the words around it are of sport, shows, companies, storms or campaigns."""
    assert event_type in kept(annotated(text))


def test_a_death_leans_on_the_shooting_before_it(annotated: Annotate) -> None:
    """What an act brought about is kept beside the act, and dropped alone."""
    assert "killing" in kept(annotated("Two men shot a councillor at the corner of his street. He died in hospital."))
    assert kept(annotated("The councillor fell ill in spring. He died in hospital.")) == []


def test_the_same_act_pointed_to_once_more_is_an_echo(annotated: Annotate) -> None:
    """ "the attack" in the sentence that has just told of it is no second event."""
    article = annotated("Sarin was used in the town of Qasra in May, and nobody has owned up to the attack.")
    assert kept(article) == ["unconventional_attack"]
    assert reasons(article) == {Reason.ECHO}


def test_who_is_called_like_a_song_sings_nothing(annotated: Annotate) -> None:
    """The names of people say nothing of what a text is about."""
    text = "Deputy minister Jin Song was on the plane. Song spoke at the funeral of six monks, who were killed on Thursday."
    assert "killing" in kept(annotated(text))


def test_a_long_sports_report_holds_no_incident(annotated: Annotate) -> None:
    """In a text that is about sport as a whole, a sentence without a word of sport is about sport too."""
    text = (
        "The goalkeeper was the best player of the match. The striker scored twice before halftime. The referee gave two penalties. "
        "The coach changed his midfield. The visitors' winger missed a goal. They were under attack for an hour. The league title is near."
    )
    assert kept(annotated(text)) == []


def test_kept_and_dropped_are_all_there_is(annotated: Annotate) -> None:
    """Every draft is either kept or dropped with a reason; none is lost and none is both."""
    article = annotated("Gunmen killed a judge in Mora. The minister attacked the proposal. A storm hit the coast.")
    gathered, kind_of = prepared(article)
    stay = [item.draft for item in sift(article, gathered, words().sifting, kind_of)]
    go = [item.draft for item in dropped(article, gathered, words().sifting, kind_of)]
    assert len(stay) == 1
    assert sorted((*stay, *go), key=lambda d: d.token) == [item.draft for item in gathered]


def test_an_article_without_drafts_is_left_alone(annotated: Annotate) -> None:
    """Nothing in, nothing out."""
    article = annotated("The library opens at nine.")
    assert sift(article, (), words().sifting) == dropped(article, (), words().sifting) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The mayor protested that the figures were wrong.",
        "A driver lost control of her car near the bridge.",
        "The lorry drove off into the night.",
        "My apprehension about the dentist was gone.",
    ],
)
def test_what_is_no_act_at_all_reaches_no_test(annotated: Annotate, text: str) -> None:
    """Protesting that something is so, or losing a car, is coded as nothing, so there is nothing to drop."""
    article = annotated(text)
    assert kept(article) == []
    assert reasons(article) == set()


def heard(annotated: Annotated, word: str, likely: float) -> tuple[list[str], set[Reason]]:
    """What stays and why the rest goes where the head gives one word that probability of being an act, and all others 0.5."""
    text = annotated.article.text
    pieces = tuple((t.idx, t.idx + len(t.text)) for t in annotated.doc)
    seen = Seen((), np.zeros(len(pieces)), np.zeros((len(pieces), FACTS)))
    tags = Tags(
        [Part(pieces, lambda: seen)],
        gate=lambda first, last: max(likely if text[slice(*pieces[k])] == word else 0.5 for k in range(first, last)),
    )
    gathered, kind_of = prepared(annotated)
    kept = sift(annotated, gathered, words().sifting, kind_of, tags)
    gone = dropped(annotated, gathered, words().sifting, kind_of, tags)
    return [item.draft.event_type for item in kept], {item.reason for item in gone}


def test_the_head_drops_what_it_takes_for_no_act(annotated: Annotate) -> None:
    """A strong word needs more against it than a weak one, and what a blast did to people is left alone."""
    raided = annotated("Rebels attacked the village of Tolm.")
    assert heard(raided, "attacked", 0.2) == (["attack"], set())
    assert heard(raided, "attacked", 0.1) == ([], {Reason.HEAD})
    bombed = annotated("Rebels bombed the village of Tolm.")
    assert heard(bombed, "bombed", 0.1) == (["bombing"], set())
    assert heard(bombed, "bombed", 0.01) == ([], {Reason.HEAD})
    wounded = annotated("Nine people were wounded by gunmen in Tolm.")
    assert heard(wounded, "wounded", 0.01)[1] == set()


def test_the_head_brings_back_what_it_is_sure_of(annotated: Annotate) -> None:
    """What a test took for hard words; a law is a law whatever the head says."""
    said = annotated("The senator attacked his rival's record in the debate.")
    assert heard(said, "attacked", 0.5) == ([], {Reason.WORDS})
    assert heard(said, "attacked", 0.99) == (["attack"], set())
    ruled = annotated("The code says when officers may fire at crowds.")
    assert heard(ruled, "fire", 0.99)[0] == []
    played = annotated(
        "The visitors launched attack after attack in the second half, and the striker hit the post twice."
    )
    assert heard(played, "attack", 0.99)[0] == []


def test_who_died_years_ago_beside_a_shooting_was_not_killed(annotated: Annotate) -> None:
    """ "Ana Teslin died last year": how is not said."""
    text = "Three people were shot at a mill in Ovenna in 1981 by gunmen. Ana Teslin died last year."
    assert kept(annotated(text)) == ["armed_assault"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The convict will likely die in prison.", []),
        ("He spoke of survivors of sexual assault and of new laws.", []),
        ("An explosion of rioting shook the town.", ["riot"]),
        ("The survivors of the massacre fled.", ["armed_assault"]),
    ],
)
def test_who_may_grow_old_in_prison_is_not_killed(annotated: Annotate, text: str, wanted: list[str]) -> None:
    """Nor is "survivors of assault" one assault, nor an explosion of rioting a bomb."""
    assert kept(annotated(text)) == wanted
