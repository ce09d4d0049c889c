"""code: who did it and to whom, where a sentence does not say so beside the verb. Every sentence is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly.pipeline import load_words
from reportedly.stages.code import code
from reportedly.stages.drafts import Annotated

Roles = Callable[[str], list[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def roles(annotated: Callable[..., Annotated]) -> Roles:
    """The acts of a text: words of the trigger, head words of the actors and of the recipients."""
    words = load_words().code

    def make(text: str) -> list[tuple[str, str, str]]:
        article = annotated(text)

        def heads(numbers: list[int]) -> str:
            return " ".join(article.doc[number].text for number in sorted(numbers))

        return [
            (
                article.text(*d.trigger),
                heads([a.token for a in d.actors]),
                heads([r.token for r in d.recipients]),
            )
            for d in code(article, words)
        ]

    return make


@pytest.mark.parametrize(
    ("text", "trigger", "who", "whom"),
    [
        ("Vehicles were attacked and damaged by local residents.", "attacked", "residents", "Vehicles"),
        ("The workers were beaten and robbed by soldiers in Ovenna.", "beaten", "soldiers", "workers"),
        ("The bank was stormed, looted and burned by a mob.", "looted", "mob", "bank"),
        ("The mayor was ambushed by rebels on Monday and shot dead.", "shot dead", "rebels", "mayor"),
        ("The mayor was beaten by police and arrested near Ovenna.", "arrested", "police", "mayor"),
    ],
)
def test_coordinated_passives_share_who_did_it(roles: Roles, text: str, trigger: str, who: str, whom: str) -> None:
    """ "attacked and damaged by residents": the residents attacked, too."""
    assert (trigger, who, whom) in roles(text)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The trader was kidnapped and rescued by the army near Ovenna.", "kidnapped"),
        ("The trader was wounded and treated by doctors in Ovenna.", "wounded"),
        ("The mayor was beaten by a mob and arrested near Ovenna.", "arrested"),
    ],
)
def test_who_helps_or_jails_did_not_do_the_harm(roles: Roles, text: str, trigger: str) -> None:
    """Whom others kidnapped the army rescued."""
    assert [who for found, who, _ in roles(text) if found == trigger] == [""]


@pytest.mark.parametrize(
    ("text", "who", "whom"),
    [
        ("Dozens of villagers were killed at the hands of the militia.", "militia", "Dozens"),
        ("Two farmers died at the hands of the militia near Ovenna.", "militia", "farmers"),
        ("The prisoners suffered torture at the hands of guards.", "guards", "prisoners"),
        ("The judge was captured in a joint operation of the army and the police.", "army police", "judge"),
        ("The regime is inflicting a bombardment on the port.", "regime", ""),
        ("Pavel Orlik went on a rampage in the clinic.", "Orlik", ""),
        ("The lawyer said the clerk suspected the brothers of being involved in the attack.", "brothers", ""),
        ("Mara Lind faces two counts of arson in Ovenna.", "Lind", ""),
        ("A charge of murder against Pavel Orlik was dropped.", "Orlik", ""),
        ("The army's massacre of villagers was condemned.", "army", "villagers"),
        ("The Nazis' pogrom shocked the town.", "Nazis", ""),
        ("The start of Iraqi operations to retake the city was announced.", "Iraqi", "city"),
    ],
)
def test_who_did_it_stands_further_off(roles: Roles, text: str, who: str, whom: str) -> None:
    """ "at the hands of the militia", "faces two counts of arson": the sentence says whose deed it was."""
    ((_, *found),) = roles(text)
    assert found == [who, whom]


@pytest.mark.parametrize(
    ("text", "who", "whom"),
    [
        ("Baker Pavel Orlik has seen his van attacked outside the mill four times.", "", "van"),
        ("The clerk had his house burned by rebels in Ovenna.", "rebels", "house"),
        ("Mara Lind was the third teacher to be kidnapped by rebels this year.", "rebels", "Lind"),
        ("Pavel Orlik survived an attack by rebels in Ovenna.", "rebels", "Orlik"),
        ("The gunman shot a clerk at close range.", "gunman", "clerk"),
    ],
)
def test_what_it_was_done_to(roles: Roles, text: str, who: str, whom: str) -> None:
    """ "has seen his van attacked": the van attacked nobody."""
    ((_, *found),) = roles(text)
    assert found == [who, whom]


def test_a_name_with_an_age_is_a_person(roles: Roles) -> None:
    """ "Tamar, 26, died": what the model takes for a town is somebody."""
    assert ("gunfight", "police", "Tamar") in roles("Tamar, 26, died after a gunfight with police.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An attack from rebels killed nine people.", ("attack", "rebels", "people")),
        ("An attack from the sea killed nine people.", ("attack", "", "people")),
        ("Pavel Orlik was charged in the killing of a clerk.", ("killing", "Orlik", "clerk")),
        ("Orlik is charged with murder in the beating of a clerk.", ("beating", "Orlik", "clerk")),
        ("Police are hunting two suspects in the murder of a clerk.", ("murder", "suspects", "clerk")),
        ("A suspect in the bombing of the bank fled.", ("bombing", "suspect", "bank")),
        ("The name of Pavel Orlik is behind this attack.", ("attack", "Orlik", "")),
        ("Pavel Orlik died in Ovenna of wounds sustained in a bomb blast.", ("bomb blast", "", "Orlik")),
        ("A clerk of the mill, Pavel Orlik was detained in May.", ("detained", "", "Orlik")),
    ],
)
def test_who_stands_behind_a_preposition_or_before_a_name(roles: Roles, text: str, found: tuple[str, str, str]) -> None:
    """ "charged in the killing of", "two suspects in the bombing of", "attacks from the rebels"."""
    assert found in roles(text)


def test_whom_a_raid_catches_did_not_raid(roles: Roles) -> None:
    """ "arrested in a raid" is no charge."""
    assert ("raid", "", "") in roles("Pavel Orlik was arrested in a raid in Ovenna.")


def test_a_club_by_name_is_no_weapon(annotated: Callable[..., Annotated]) -> None:
    """The Rovers Club beats nobody."""
    words = load_words().code
    (draft,) = code(annotated("Rebels attacked the office of the Ovenna Football Club."), words)
    assert draft.weapons == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor was killed by soldiers, not by rebels.", ("killed", "soldiers", "mayor")),
        ("It was not rebels but soldiers who killed the mayor.", ("killed", "soldiers", "mayor")),
        ("Rebels killed not only soldiers but also civilians.", ("killed", "Rebels", "soldiers civilians")),
    ],
)
def test_whom_the_words_rule_out_did_not_do_it(roles: Roles, text: str, found: tuple[str, str, str]) -> None:
    """ "by soldiers, not by rebels": no rebels."""
    assert roles(text) == [found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On 18 October guerrilla forces attacked the mill for one hour.", "guerrilla forces"),
        ("November 17 guerrillas attacked the mill.", "November 17 guerrillas"),
        (
            "Orlik was murdered by a PSF [Public Security Forces] agent in Ovenna.",
            "a PSF [Public Security Forces] agent",
        ),
        ("[TEXT] Rebel units attacked the mill.", "Rebel units"),
        ("The mill was hit in the rebels' largest military offensive.", "the rebels"),
    ],
)
def test_the_words_of_who_did_it(annotated: Callable[..., Annotated], text: str, words: str) -> None:
    """Neither the day before them nor an agency's mark, and all that follows a gloss in brackets."""
    article = annotated(text)
    found = [article.text(a.start, a.end) for d in code(article, load_words().code) for a in d.actors]
    assert found == [words]


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        ("The clerk was shot when masked men entered his office in Ovenna.", "shot", "men"),
        ("The judge was gunned down when gunmen stopped his car in Ovenna.", "gunned down", "gunmen"),
        ("Two rebels were shot when rebels stormed the post in Ovenna.", "shot", ""),
        ("The clerk was shot when he left his house in Ovenna.", "shot", ""),
        ("The clerk was arrested when armed men fled from his house.", "arrested", ""),
        (
            "She was taken there after unidentified individuals this afternoon placed a bomb at the mill.",
            "placed",
            "individuals",
        ),
        ("The town was evacuated after No. 1 troops attacked the mill.", "attacked", "troops"),
    ],
)
def test_who_did_it_stands_in_the_clause_of_time(roles: Roles, text: str, trigger: str, who: str) -> None:
    """ "was shot when masked men burst in": the men shot; "after individuals placed a bomb": they, whatever "after" governs."""
    assert (trigger, who) in [(found, doers) for found, doers, _ in roles(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pavel Orlik's house was the target of a bomb attack.", ("bomb attack", "", "house")),
        ("The convoy was the target of an ambush in Ovenna.", ("ambush", "", "convoy")),
        ("The hotel was badly damaged in the explosion.", ("explosion", "", "hotel")),
        ("Two houses were destroyed during the bombing.", ("bombing", "", "houses")),
        ("Rebels carried out sabotage operations against the pipeline.", ("sabotage", "Rebels", "pipeline")),
    ],
)
def test_what_stood_there_when_it_happened(roles: Roles, text: str, found: tuple[str, str, str]) -> None:
    """ "was the target of an attack", "was damaged in the explosion", "operations against": it was done to these."""
    assert found in roles(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bede lashed out at Norland for having shot down a bomber.", ("shot down", "Norland", "bomber")),
        ("Bede railed against the militia for having killed two teachers.", ("killed", "militia", "teachers")),
        ("He wrote to the son of a nurse taken hostage in Ovenna.", ("taken hostage", "", "nurse")),
        ("The Norlander's sudden offensive alarmed the town.", ("offensive", "Norlander", "")),
        ("A peace deal reached with Norland in July was signed in Ovenna.", ("peace deal", "Norland", "")),
    ],
)
def test_who_speaks_of_an_act_did_not_do_it(roles: Roles, text: str, found: tuple[str, str, str]) -> None:
    """ "lashed out at Norland for having attacked": Norland did; "a nurse taken hostage": the nurse was."""
    assert found in roles(text)


@pytest.mark.parametrize("text", ["A boy who was carrying a toy gun ran off.", "He carried a nail gun to the car."])
def test_a_toy_is_no_weapon(annotated: Callable[..., Annotated], text: str) -> None:
    """ "a toy gun"."""
    assert all(draft.weapons == () for draft in code(annotated(text), load_words().code))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The guards stopped the robber by shooting a driver.", ("shooting", "guards", "driver")),
        ("The guards stopped the robber from shooting a driver.", ("shooting", "robber", "driver")),
        ("A shooting on Meron Road left two men dead.", ("shooting", "", "men")),
        ("Rebels opened fire on a bus on Meron Street.", ("opened fire", "Rebels", "bus")),
    ],
)
def test_by_whom_and_on_what(roles: Roles, text: str, found: tuple[str, str, str]) -> None:
    """ "stopped him by shooting": those who stopped him shot; "on Meron Road" is where."""
    assert found in roles(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A gunman went on a rampage in a clinic, killing seven patients.", "attack"),
        ("Rioters went on a rampage in the market, killing seven traders.", "riot"),
    ],
)
def test_one_man_makes_no_riot(annotated: Callable[..., Annotated], text: str, wanted: str) -> None:
    """A riot needs more than one."""
    assert wanted in [draft.event_type for draft in code(annotated(text), load_words().code)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Six teachers -- five Norlanders and one Velmian -- and two women were murdered in Ovenna.",
            ("murdered", "", "teachers women"),
        ),
        (
            "The army murdered six teachers -- five men and one woman -- and two drivers.",
            ("murdered", "army", "teachers drivers"),
        ),
        (
            "Gunmen kidnapped three engineers (two Norlanders and one Velmian) and a driver.",
            ("kidnapped", "Gunmen", "engineers driver"),
        ),
        ("The blast damaged the town hall, a bank, and several cars.", ("blast", "", "hall bank cars")),
        ("Rebels burned the town hall, a landmark, and two buses.", ("burned", "Rebels", "hall buses")),
        ("Gunmen shot the mayor, a father of nine, and two guards.", ("shot", "Gunmen", "mayor guards")),
        ("The dead mayor, a judge and poet, was shot by gunmen.", ("shot", "gunmen", "mayor")),
        (
            "Rebels attacked local troops in Tarsa, a town in the north, and Ovenna.",
            ("attacked", "Rebels", "troops"),
        ),
        (
            "Hugo Reyes, a judge, Ana Orlik, a teacher, and Pia Maslin, a nurse, were kidnapped by gunmen.",
            ("kidnapped", "gunmen", "Reyes Orlik Maslin"),
        ),
        (
            "Gunmen killed two priests, Hugo Reyes and Jose Orlik, in Ovenna.",
            ("killed", "Gunmen", "priests Reyes Orlik"),
        ),
    ],
)
def test_a_list_with_asides(roles: Roles, text: str, found: tuple[str, str, str]) -> None:
    """ "Hugo Reyes, a judge, and Ana Orlik", "six teachers -- five men and a woman -- and two drivers": what is listed, and no aside."""
    assert found in roles(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gunmen took nine teachers as hostages in Ovenna.", ("took", "Gunmen", "teachers")),
        ("The rebels have held several clerks as hostages.", ("held", "rebels", "clerks")),
        ("Rebels destroyed two bridges with dynamite.", ("destroyed", "Rebels", "bridges")),
        ("The mayor accused the rebels of destroying houses with dynamite.", ("destroying", "rebels", "houses")),
        (
            "The mayor accused the rebels of killing a judge in Ovenna and of firing on cars.",
            ("firing on", "rebels", "judge cars"),
        ),
        (
            "Teachers have accused squads run by the Velmian armed forces of the attack on the mill.",
            ("attack", "squads", "mill"),
        ),
    ],
)
def test_who_did_it_with_words_between(roles: Roles, text: str, found: tuple[str, str, str]) -> None:
    """ "took X as hostages", "destroyed it with dynamite", "accused X of this and of that", "accused squads run by Y of the attack"."""
    assert found in roles(text)


@pytest.mark.parametrize(
    ("text", "trigger", "who", "whom"),
    [
        ("Two clerks shot dead by police in Ovenna on Monday were brothers.", "shot dead", "police", "clerks"),
        ("Officers found two clerks shot dead in Ovenna.", "shot dead", "", "clerks"),
        ("Police said an officer was shot and have arrested two men.", "arrested", "Police", "men"),
        ("The chief said he expected them surrendering today.", "surrendering", "them", ""),
        (
            "The judge barred the marchers from the square and forbade them to attack the clerks.",
            "attack",
            "them",
            "clerks",
        ),
        (
            "Masked youths hurled firebombs at shops and banks in Ovenna, and strikers tried to storm the parliament.",
            "storm",
            "strikers",
            "parliament",
        ),
        ("Both guards fired a total of nine shots at the driver.", "fired", "guards", "driver"),
    ],
)
def test_whoever_stands_right_before_the_verb(roles: Roles, text: str, trigger: str, who: str, whom: str) -> None:
    """The parser shares the wrong subject, or none, over what is coordinated or controlled."""
    assert (trigger, who, whom) in roles(text)
