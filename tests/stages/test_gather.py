"""gather: which dates, places and numbers of a sentence belong to which of its events. Every incident is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from reportedly.pipeline import Reader
from reportedly.stages.assemble import cue_tokens
from reportedly.stages.attribute import attribute
from reportedly.stages.code import code
from reportedly.stages.count import count
from reportedly.stages.date import date
from reportedly.stages.drafts import Annotated
from reportedly.stages.gather import Gathered, Mentions, gather
from reportedly.stages.locate import locate

Gather = Callable[[str], Sequence[Gathered]]
PUBLISHED = "2025-06-18"
"""A Wednesday."""


@pytest.fixture(scope="module")
def gathered(annotated: Callable[..., Annotated], reader: Reader) -> Gather:
    def make(text: str) -> Sequence[Gathered]:
        article = annotated(text, PUBLISHED)
        drafts = code(article, reader.words.code)
        cues, vague = cue_tokens(article, attribute(article, reader.words.cues), reader.words.judging)
        mentions = Mentions(
            date(article, reader.words.dates), locate(article, reader.gazetteer), count(article, reader.words.counts)
        )
        return gather(article, drafts, mentions, cues, vague, reader.gather_words)

    return make


def days(item: Gathered) -> tuple[str | None, str | None] | None:
    return (item.date.start, item.date.end) if item.date is not None else None


def places(item: Gathered) -> list[tuple[str, str]]:
    return [(place.name, place.role) for place in item.places]


def numbers(item: Gathered) -> list[tuple[str, int | None]]:
    return [(quantity.kind, quantity.best) for quantity in item.quantities]


def test_two_events_of_a_sentence_keep_their_own(gathered: Gather) -> None:
    """Each of two coordinated clauses has its own day, place and number."""
    text = "Gunmen kidnapped three priests in Nairobi on Monday and rebels bombed a bridge in Kampala on Tuesday, wounding two."
    first, second = gathered(text)
    assert (days(first), places(first)) == (("2025-06-16", "2025-06-16"), [("Nairobi", "site")])
    assert (days(second), places(second)) == (("2025-06-17", "2025-06-17"), [("Kampala", "site")])
    assert numbers(first) == [("kidnapped", 3)] and numbers(second) == [("wounded", 2)]


def test_two_sentences_share_nothing(gathered: Gather) -> None:
    """A day and a place of one sentence are not those of the next."""
    first, second = gathered("Rebels bombed a bridge in Kampala on Monday. Gunmen attacked a village.")
    assert places(first) and days(first)
    assert (places(second), days(second)) == ([], None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Police said on Tuesday that gunmen had attacked a market in Nairobi on Monday.",
            ("2025-06-16", "2025-06-16"),
        ),
        ("Police confirmed last month that gunmen had attacked a market in Nairobi.", None),
        ("Gunmen attacked a market in Nairobi, police said on Tuesday.", None),
    ],
)
def test_the_day_of_the_saying_is_not_the_events(gathered: Gather, text: str, wanted: tuple[str, str] | None) -> None:
    """What hangs on a reporting cue tells when it was said."""
    (item,) = gathered(text)
    assert days(item) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "It emerged last month that rebels had captured the town of Kisumu.",
        "Last month it emerged that rebels had captured the town of Kisumu.",
    ],
)
def test_what_emerged_is_dated_by_that(gathered: Gather, text: str) -> None:
    """Where the cue names nobody, its date is the best that is known of the event."""
    (item,) = gathered(text)
    assert days(item) == ("2025-05-01", "2025-05-31")


def test_the_speakers_seat_is_no_site(gathered: Gather) -> None:
    """ "The ministry in London said" does not put the attack in London."""
    (item,) = gathered("The ministry in London said gunmen attacked a bus in Lagos.")
    assert places(item) == [("Lagos", "site")]


@pytest.mark.parametrize("words", ["in his country", "inside the country", "across the country"])
def test_his_country_is_the_one_named_before(gathered: Gather, words: str) -> None:
    """A country that is only called that is the one most often named before it; the words used are its mention."""
    (item,) = gathered(f"The president of Kenya spoke. He said militants had killed nine people {words}.")
    (place,) = item.places
    assert (place.country, place.role) == ("KE", "site") and place.mention.text == words.split(" ", 1)[1]


def test_a_country_that_nobody_named_is_none(gathered: Gather) -> None:
    """ "In his country" without a country before it gives no place."""
    (item,) = gathered("The president spoke. He said militants had killed nine people in his country.")
    assert places(item) == []


ROLES = [
    ("Militants from Somalia attacked a hotel in Nairobi.", [("Somalia", "origin"), ("Nairobi", "site")]),
    ("The rebels fired missiles at Kampala.", [("Kampala", "target")]),
    ("The attack on Mosul began in March.", [("Mosul", "target")]),
    ("The rebels shelled Aleppo.", [("Aleppo", "target")]),
    ("The bombing of Aleppo went on.", [("Aleppo", "target")]),
    ("Gunmen attacked a bus near Lagos.", [("Lagos", "site")]),
    ("Gunmen attacked buses in Lagos and Nairobi.", [("Lagos", "site"), ("Nairobi", "site")]),
    ("The rebels shelled Kampala from a base near Gulu.", [("Kampala", "target"), ("Gulu", "origin")]),
    (
        "Gunmen killed a priest in Kesharn district, in the Mopti region of Mali.",
        [("Kesharn", "site"), ("Mopti", "site"), ("Mali", "site")],
    ),
    ("Rebels attacked the town of Birkat in eastern Chad.", [("Birkat", "target"), ("eastern Chad", "site")]),
    ("The army shelled Marvand from its base in Kandahar.", [("Marvand", "target"), ("Kandahar", "origin")]),
    ("Rebels killed five people at Dolmo, a village 12 km south-east of Goma.", [("Dolmo", "site"), ("Goma", "other")]),
    (
        "Two soldiers were killed on the Duro-Kesh highway in northern Mali.",
        [("Duro-Kesh highway", "site"), ("northern Mali", "site")],
    ),
    ("Gunmen killed a priest on the outskirts of Karvela.", [("Karvela", "site")]),
    (
        "Gunmen kidnapped three teachers from a school in Tungara in Nigeria.",
        [("Tungara", "site"), ("Nigeria", "site")],
    ),
    ("Soldiers from Rwanda kidnapped three teachers in Goma.", [("Rwanda", "origin"), ("Goma", "site")]),
    (
        "Shelling killed two civilians in the Al-Zafra neighbourhood of Aleppo.",
        [("Al-Zafra", "site"), ("Aleppo", "site")],
    ),
    ("The rebels fired rockets at Karvela.", [("Karvela", "target")]),
    ("A bomb exploded near San Marcos Lempa.", [("San Marcos Lempa", "site")]),
    ("The Nairobi attack left nine people dead.", [("Nairobi", "site")]),
    ("A bomb exploded at a Nairobi hotel.", [("Nairobi", "site")]),
    ("It was the worst mass shooting in Kenya's history.", [("Kenya", "site")]),
    ("A bomb exploded in Nairobi's Dandora district.", [("Nairobi", "site"), ("Dandora", "site")]),
    ("Police shot two men on a Nairobi street.", [("Nairobi", "site")]),
    ("A bomb exploded 190 KM NORTHEAST OF Kampala.", [("Kampala", "other")]),
    ("The rebels and their backers, notably Uganda, bombed Nairobi.", [("Uganda", "other"), ("Nairobi", "target")]),
    ("Kenya suffered a spate of attacks over the summer.", [("Kenya", "site")]),
    ("Kenya's protests were fuelled by hunger.", [("Kenya", "site")]),
    ("Rebels attacked Ugandan and Kenya troops in Nairobi.", [("Kenya", "other"), ("Nairobi", "site")]),
    ("A Nairobi man was shot dead.", [("Nairobi", "other")]),
    ("The mayor of Kampala was shot dead in Nairobi.", [("Kampala", "other"), ("Nairobi", "site")]),
    ("The role of Kenya in the attack on Nairobi is unknown.", [("Kenya", "other"), ("Nairobi", "target")]),
    ("Air strikes by Kenya killed nine people in Kismayo.", [("Kenya", "other"), ("Kismayo", "site")]),
    ("The strike was carried out by forces of Kenya.", [("Kenya", "other")]),
    ("The rebels abducted two citizens from Uganda.", [("Uganda", "origin")]),
    ("Four nurses who were travelling to Kampala were killed.", [("Kampala", "other")]),
    (
        "Sergeant Oduya, 42, of Kampala, Uganda, was killed in Nairobi.",
        [("Kampala", "other"), ("Uganda", "other"), ("Nairobi", "site")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ROLES)
def test_a_place_has_the_role_that_its_words_give_it(
    gathered: Gather, text: str, wanted: list[tuple[str, str]]
) -> None:
    """Where it happened, what it was aimed at, where it came from."""
    (item,) = gathered(text)
    assert places(item) == wanted


def test_numbers_go_to_what_they_count(gathered: Gather) -> None:
    """The number of attacks, of the dead and of the wounded are all the attack's."""
    (item,) = gathered("On Sunday two attacks in Baghdad killed nine people and wounded twenty.")
    assert sorted(numbers(item)) == [("events", 2), ("killed", 9), ("wounded", 20)]
    assert days(item) == ("2025-06-15", "2025-06-15")


def test_the_dead_go_to_an_act_that_can_kill(gathered: Gather) -> None:
    """A ceasefire has no dead: they are the shelling's."""
    found = gathered("The ceasefire ended when the shelling of Aleppo killed nine people.")
    assert {item.draft.event_type: numbers(item) for item in found}["shelling"] == [("killed", 9)]
    assert all(numbers(item) == [] for item in found if item.draft.event_type == "agreement")


def test_one_of_many_shares_their_place_but_not_their_number(gathered: Gather) -> None:
    """ "nine plots in Kenya, including one in March": both in Kenya, one of them dated, nine the number of the rest."""
    whole, one = gathered("Police uncovered nine plots in Kenya, including one in March.")
    assert places(whole) == places(one) == [("Kenya", "site")]
    assert (days(whole), days(one)) == (None, ("2025-03-01", "2025-03-31"))
    assert numbers(whole) == [("events", 9)] and numbers(one) == []


def test_the_most_exact_date_wins(gathered: Gather) -> None:
    """Of two dates of one event the day goes before the month."""
    (item,) = gathered("Rebels bombed a bridge in Kampala last month, on 14 May.")
    assert days(item) == ("2025-05-14", "2025-05-14")


@pytest.mark.parametrize("text", ["", "The choir sang in Nairobi on Monday.", "Nine people waited in Lagos."])
def test_without_an_event_nothing_is_gathered(gathered: Gather, text: str) -> None:
    """Dates, places and numbers that belong to no event are dropped."""
    assert tuple(gathered(text)) == ()


TOGETHER = [
    (
        "Two attacks in Baghdad killed nine people and wounded twenty on Sunday.",
        [("attack", [("Baghdad", "site")], [("events", 2), ("killed", 9), ("wounded", 20)])],
        "a day after the wounded is the attack's",
    ),
    (
        "A bomb killed nine people in Nairobi on Monday, and gunmen kidnapped three priests in Kampala on Friday.",
        [
            ("bombing", [("Nairobi", "site")], [("killed", 9)]),
            ("kidnapping", [("Kampala", "site")], [("kidnapped", 3)]),
        ],
        "a bombing and a kidnapping in two clauses",
    ),
    (
        "The army arrested four men in Nairobi after a bombing in Kampala killed nine people.",
        [("arrest", [("Nairobi", "site")], [("arrested", 4)]), ("bombing", [("Kampala", "site")], [("killed", 9)])],
        "the dead of the clause below are not the arrest's",
    ),
    (
        "The bombing, which killed nine people in Nairobi, was condemned in London.",
        [("bombing", [("Nairobi", "site")], [("killed", 9)])],
        "where it was condemned is no site",
    ),
    (
        "Nine people died and twenty were hurt when a bomb exploded in Kabul.",
        [("bombing", [("Kabul", "site")], [("killed", 9), ("wounded", 20)])],
        "the dead and the hurt of one bomb",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [pytest.param(text, wanted, id=why) for text, wanted, why in TOGETHER])
def test_clauses_and_consequences(gathered: Gather, text: str, wanted: list[object]) -> None:
    """What stands in another clause goes to the act of that clause; the dead and the wounded to the act that made them so."""
    found = [
        (item.draft.event_type, places(item), sorted(numbers(item), key=lambda pair: pair[0]))
        for item in gathered(text)
    ]
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Soldiers raided a camp two days after gunmen attacked the port of Tarvik on 3 March.",
            [("raided", "2025-03-05"), ("attacked", "2025-03-03")],
        ),
        (
            "A bomb killed four people in Tarvik on Sunday, a year after gunmen attacked a mosque there.",
            [("killed", "2025-06-15"), ("attacked", None)],
        ),
        (
            "A bomb killed four people in Tarvik on Sunday. A week earlier, gunmen had attacked a mosque there.",
            [("killed", "2025-06-15"), ("attacked", "2025-06-05")],
        ),
        (
            "A bomb killed four people in Tarvik on Sunday; a week earlier, gunmen had attacked a mosque there.",
            [("killed", "2025-06-15"), ("attacked", None)],  # the parse gives "a week earlier" to the killing
        ),
        (
            "Police said on Monday that two men had been shot dead the day before.",
            [("shot dead", "2025-06-15")],
        ),
        (
            "The group, which bombed a hotel in 1998, attacked a bus on Monday.",
            [("bombed", "1998-01-01"), ("attacked", "2025-06-16")],
        ),
        ("Rebels attacked the town for three days since Sunday.", [("attacked", "2025-06-15")]),
        ("Rebels attacked the town for three days.", [("attacked", None)]),
        ("Rebels attacked the town twice in the past 24 hours.", [("attacked", "2025-06-17")]),
        (
            "Ministers welcome the inquiry into the attack on an aid convoy, which took place in Tarvik on 3 March.",
            [("attack", "2025-03-03")],
        ),
        ("She condemned the bombing of a clinic that happened on Sunday.", [("bombing", "2025-06-15")]),
        ("The bombing of the embassy, which opened in 1998, killed nine people.", [("bombing", None)]),
        ("Rebels bombed the mill, which was rebuilt in 2019.", [("bombed", None)]),
        ("A raid on a convoy which was passing on Monday killed nine people.", [("raid", "2025-06-16")]),
        ("The minister condemns the terrorist attacks in Nairobi today.", [("terrorist attacks", "2025-06-18")]),
        ("The minister today condemns the terrorist attacks in Nairobi.", [("terrorist attacks", None)]),
        ("The minister condemned the terrorist attacks in Nairobi today.", [("terrorist attacks", None)]),
        (
            "A bomb went off in Tarvik on 3 March. The same night, gunmen attacked a police post.",
            [("went off", "2025-03-03"), ("attacked", "2025-03-03")],
        ),
    ],
)
def test_each_act_has_its_own_time(gathered: Gather, text: str, wanted: list[tuple[str, str | None]]) -> None:
    """Nested and anchored expressions, history, and durations, which are nobody's day."""
    found = [(text[slice(*g.draft.trigger)], g.date.start if g.date is not None else None) for g in gathered(text)]
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The governor, an engineer in Kampala from 1990 to 1992, was shot in Nairobi.", (["Nairobi"], None)),
        ("Police killed the gunman, a citizen who was born in Kampala in 1980.", ([], None)),
        ("The officer held up the gun that was used to kill the boy during the 2013 trial.", ([], None)),
        ("He is the first minister to be killed by the rebels since the war began in 1979.", ([], None)),
        ("It was the deadliest attack in Nairobi since 2015.", (["Nairobi"], None)),
        ("Schools were shut on Tuesday after the attack in Nairobi.", (["Nairobi"], None)),
        ("There was anger in Kampala about the attack in Nairobi.", (["Nairobi"], None)),
        ("The troops would march in Kampala in March and the siege of Nairobi would end.", (["Nairobi"], None)),
        ("She travelled to Kampala and was arrested in Nairobi in 2010.", (["Nairobi"], "2010-01-01")),
        ("Gunmen entered a mosque in Nairobi on Monday and opened fire.", (["Nairobi"], "2025-06-16")),
        ("The attack was carried out in Nairobi by men who had trained in Uganda in 2014.", (["Nairobi"], None)),
        ("The 2008 crisis led to riots in Nairobi.", (["Nairobi"], None)),
        ("His treatment of the attack at the start of the debate on Saturday fell short.", ([], None)),
        ("The bishops reacted on Wednesday to a mass shooting in Nairobi.", (["Nairobi"], None)),
        ("Saturday's screening featured a documentary on the killings in Nairobi.", (["Nairobi"], None)),
        ("In Uganda, coverage of the Nairobi killings went on.", (["Nairobi"], None)),
    ],
)
def test_what_is_said_of_something_else_strays_to_no_act(
    gathered: Gather, text: str, wanted: tuple[list[str], str | None]
) -> None:
    """A life, a trial, the day of a consequence, the place of a debate, the clause before: none is the act's."""
    item = gathered(text)[-1]
    assert ([p.name for p in item.places], item.date.start if item.date is not None else None) == wanted


def test_another_tense_is_another_time(gathered: Gather) -> None:
    """ "has been detained since 2010 and should be freed": the freeing is of no year."""
    first, second = gathered("The writer has been detained in Nairobi since 2010 and should be freed.")
    assert days(first) == ("2010-01-01", PUBLISHED) and (days(second), places(second)) == (None, [])


def test_a_place_stands_once(gathered: Gather) -> None:
    """Of two mentions of one place the one that says where it happened is kept."""
    (item,) = gathered("NAIROBI — A bomb exploded at a market in Nairobi.")
    assert places(item) == [("Nairobi", "site")]


def test_the_arrested_are_the_arrests(gathered: Gather) -> None:
    """Those taken go to the act that takes, wherever the parse hangs them."""
    found = gathered("Police arrested 12 people, seven women and five men in connection with the attack.")
    numbered = {item.draft.event_type: numbers(item) for item in found}
    assert numbered["arrest"] == [("arrested", 12), ("arrested", 7), ("arrested", 5)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Residents fled Duma, where troops shot two men.", [["Duma"]]),
        ("He travelled to Mosul, where he was arrested.", [["Mosul"]]),
        ("The riots were in Homs, where police say a man was shot.", [["Homs"], ["Homs"]]),
        ("He fled to Gulu, where he lived until he was shot in Lira.", [["Lira"]]),
    ],
)
def test_a_clause_with_where_is_of_the_place_before_it(gathered: Gather, text: str, wanted: list[list[str]]) -> None:
    """ "Kesh, where two men were shot": Kesh is the site."""
    found = gathered(text)
    assert [[place.name for place in item.places] for item in found] == wanted
    assert {place.role for item in found for place in item.places} == {"site"}


def test_who_is_struck_by_a_strike_is_struck_when_it_comes(gathered: Gather) -> None:
    """ "On Monday he was targeted and killed by a drone strike": the strike was on Monday."""
    found = gathered("On Monday, the commander was targeted and killed by a drone strike near Homs.")
    assert {item.draft.event_type for item in found} >= {"drone_strike"}
    assert {days(item) for item in found} == {("2025-06-16", "2025-06-16")}


def test_who_is_arrested_in_a_killing_is_arrested_later(gathered: Gather) -> None:
    """ "Arrested on Monday in the killing of": the killing has no day."""
    found = gathered("Two men were arrested on Monday in the killing of a teacher.")
    assert [days(item) for item in found if item.draft.event_type == "killing"] == [None]


def test_who_backs_a_force_is_no_site(gathered: Gather) -> None:
    """ "US-backed militias": nothing happened in the United States."""
    (found,) = gathered("US-backed militias captured the village in March.")
    assert places(found) in ([], [("United States", "other")])


@pytest.mark.parametrize(
    "text",
    [
        "The Meroka bombing was an attack in Madrid on Monday which killed a clerk.",
        "Three militants tried to plant a bomb on a road in Madrid on Monday to target security forces.",
    ],
)
def test_two_words_for_one_deed_share_its_day_and_place(gathered: Gather, text: str) -> None:
    """What is told as another act, or was the aim of one, was where and when that was."""
    found = gathered(text)
    assert len(found) > 1
    assert {days(item) for item in found} == {("2025-06-16", "2025-06-16")}
    assert {place.name for item in found for place in item.places} == {"Madrid"} and all(item.places for item in found)


@pytest.mark.parametrize(
    "text", ["The attack on Meron Street killed two.", "The two worst explosions were at Meron Street."]
)
def test_a_street_is_where_and_no_target(gathered: Gather, text: str) -> None:
    """ "The attack on Meron Street" was there."""
    assert [places(item) for item in gathered(text)] == [[("Meron Street", "site")]]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday in Kampala, a video of the killing of two men in Gulu was shown.",
        "In a video released on Monday in Kampala, rebels claimed an attack in Gulu.",
    ],
)
def test_a_video_has_its_own_day_and_place(gathered: Gather, text: str) -> None:
    """When and where a video is shown, what it shows was not."""
    (found,) = gathered(text)
    assert (days(found), places(found)) == (None, [("Gulu", "site")])


def test_where_somebody_spoke_is_not_where_it_was(gathered: Gather) -> None:
    """ "Speaking in Nairobi on Sunday, the president …": the place and the day are those of the speaking."""
    (found,) = gathered("Speaking to reporters in Nairobi on Sunday, the president framed the shooting as a test.")
    assert (days(found), places(found)) == (None, [])


def test_an_agreement_comes_from_nowhere(gathered: Gather) -> None:
    """ "a threat to Kenya from Uganda": neither is target or origin of the deal."""
    (found,) = gathered("The peace deal is a threat to Kenya from Uganda.")
    assert not {role for _, role in places(found)} & {"target", "origin"}


@pytest.mark.parametrize(
    "text",
    [
        "Guards arrested 300 families at the border, most of them seeking asylum from Kenya.",
        "Two rebels who had lived in Kenya for a decade planted a bomb at a mill.",
    ],
)
def test_where_somebody_came_from_is_not_where_it_was(gathered: Gather, text: str) -> None:
    """ "most of them seeking asylum from Kenya", "who had lived there for a decade"."""
    (found,) = gathered(text)
    assert places(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 the company hired a driver arrested in Gulu.",
        "He was already in custody for allegedly robbing a bank on 6 March.",
        "A suspect in the February theft has been arrested.",
        "The council should hold them accountable for the attack under the December 2011 agreement.",
        "It was the eighth attack since March 2020.",
        "He entered the country in 2010 and was later granted asylum due to clashes.",
    ],
)
def test_the_day_of_another_deed(gathered: Gather, text: str) -> None:
    """When the smuggler was freed, the bank robbed and the agreement signed, is not when it happened."""
    assert [days(item) for item in gathered(text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "The attack was aimed at a hall of the Brethren, a group centred in Kenya.",
        "A suspect in a theft near Gulu has been arrested.",
        "Researchers counted links in Kenya with the plans of the bombing.",
    ],
)
def test_the_place_of_another_thing(gathered: Gather, text: str) -> None:
    """Where a body has its seat, where a theft was and where the links are, is not where it happened."""
    assert [places(item) for item in gathered(text)] == [[]]


def test_where_a_victim_comes_from_is_no_origin(gathered: Gather) -> None:
    """ "A tourist from Kenya was killed": the attack did not come from there; of an address the parser makes a place of the act."""
    (found,) = gathered("A tourist from Kenya was killed in the shooting.")
    assert "origin" not in {role for _, role in places(found)}
    (found,) = gathered("Police also arrested Hugo Brand, 40, of Gulu.")
    assert places(found) == [("Gulu", "other")]
