"""locate: which words name a place, which place that is, and how exactly it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.gazetteer import Gazetteer, open_gazetteer
from reportedly.records import Place
from reportedly.stages.drafts import Annotated
from reportedly.stages.locate import locate, resolve_spans

Make = Callable[..., Annotated]


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    opened = open_gazetteer()
    yield opened
    opened.close()


@pytest.fixture
def places(annotated: Make, gazetteer: Gazetteer) -> Callable[..., dict[str, Place]]:
    """The places of a text typed by hand, by the words that name them (the last mention of each)."""

    def make(text: str, headline: str | None = None) -> dict[str, Place]:
        return {place.mention.text: place for place in locate(annotated(text, headline=headline), gazetteer)}

    return make


Places = Callable[..., dict[str, Place]]


def test_the_country_named_beside_a_town_decides(places: Places) -> None:
    """Tripoli is in Lebanon where Lebanon stands beside it, and in Libya where Libya does."""
    assert places("Two men were shot dead in Tripoli, Lebanon, on Monday.")["Tripoli"].country == "LB"
    assert places("Two men were shot dead in Tripoli, Libya, on Monday.")["Tripoli"].country == "LY"


def test_the_article_decides_where_nothing_stands_beside(places: Places) -> None:
    """Without a country beside it, the article's other places say which town is meant."""
    found = places("Clashes broke out in Tripoli. The army sent troops from Beirut and Sidon, across Lebanon.")
    assert found["Tripoli"].country == "LB"


def test_a_town_alone_is_the_largest_of_its_name(places: Places) -> None:
    """With no help at all the most populous place is taken."""
    paris = places("A bomb went off in Paris on Tuesday.")["Paris"]
    assert (paris.country, paris.geonames_id) == ("FR", 2988507)


def test_a_state_beside_a_town_decides(places: Places) -> None:
    """ "Birmingham, Alabama" is no English town, nor are its later mentions."""
    found = places("Police in Birmingham, Alabama, arrested a man. Birmingham has seen three bombings.")
    assert (found["Birmingham"].country, found["Birmingham"].admin1) == ("US", "Alabama")


def test_an_abbreviated_state_is_a_state(places: Places) -> None:
    """ "Calif." behind a comma is California."""
    found = places("A mosque was burnt down in Ontario, Calif., officials said.")
    assert (found["Ontario"].country, found["Ontario"].admin1, found["Ontario"].where_prec) == ("US", "California", 1)


def test_georgia_is_a_country_or_a_state_as_the_article_says(places: Places) -> None:
    """Tbilisi makes Georgia a country, Atlanta makes it a state."""
    country = places("Troops shelled a village near Tbilisi. Georgia recalled its envoy.")["Georgia"]
    state = places("A church was set on fire in Atlanta. Georgia has no such law.")["Georgia"]
    assert (country.country, country.where_prec) == ("GE", 6)
    assert (state.country, state.where_prec) == ("US", 4)


def test_a_direction_and_a_country_are_a_vague_region(places: Places) -> None:
    """ "northern Iraq" keeps its words, has the country and its middle, and is vague (5)."""
    place = places("Gunmen killed six farmers in northern Iraq.")["northern Iraq"]
    assert (place.name, place.country, place.where_prec, place.geonames_id) == ("northern Iraq", "IQ", 5, None)
    assert place.lat == pytest.approx(33, abs=1)


@pytest.mark.parametrize(
    ("words", "country"),
    [("the south of France", "FR"), ("north-eastern Nigeria", "NG"), ("southwest Pakistan", "PK"),
     ("eastern Ukraine", "UA")],
)  # fmt: skip
def test_directions_are_written_in_many_ways(places: Places, words: str, country: str) -> None:
    """A part of a country is vague however the direction is written."""
    (place,) = places(f"Two soldiers were killed in {words} on Friday.").values()
    assert (place.country, place.where_prec) == (country, 5)


def test_a_direction_that_belongs_to_the_name_is_none(places: Places) -> None:
    """South Sudan and North Korea are countries, not parts of one."""
    found = places("Envoys from South Sudan and North Korea met in Vienna.")
    assert (found["South Sudan"].country, found["South Sudan"].where_prec) == ("SS", 6)
    assert (found["North Korea"].country, found["North Korea"].where_prec) == ("KP", 6)


def test_britain_is_the_united_kingdom(places: Places) -> None:
    """A country goes by its common English name, the words used stay in the mention."""
    place = places("The group planned to attack Britain.")["Britain"]
    assert (place.name, place.country, place.where_prec) == ("United Kingdom", "GB", 6)


@pytest.mark.parametrize(
    "words", ["near Kirkuk", "on the outskirts of Kirkuk", "20 km north of Kirkuk", "outside Kirkuk"]
)
def test_near_a_town_is_within_25_km(places: Places, words: str) -> None:
    """ "near X", "outside X", "the outskirts of X", "20 km north of X" are exact to 25 km (2)."""
    place = places(f"A convoy was hit {words} on Sunday.")["Kirkuk"]
    assert (place.country, place.where_prec) == ("IQ", 2)


def test_far_from_a_town_is_not_near_it(places: Places) -> None:
    """What lies 168 km from a town is not within 25 km of it."""
    found = places("A convoy was hit 168 km north of Kirkuk on Monday.")
    assert found["Kirkuk"].where_prec != 2


def test_a_province_bare_of_its_word_is_its_town(places: Places) -> None:
    """Basra by itself is the town, though the gazetteer spells the town otherwise; "Basra province" is the province."""
    assert places("A bomb went off in Basra on Monday.")["Basra"].where_prec == 1
    assert next(iter(places("A bomb went off in Basra province on Monday.").values())).where_prec == 4


def test_a_quarter_is_not_the_country_it_is_named_after(places: Places) -> None:
    """The America neighbourhood is in some town."""
    assert all(p.country != "US" for p in places("Two men were shot in the America neighborhood on Monday.").values())


def test_a_car_in_a_text_in_capitals_is_no_country(annotated: Make, gazetteer: Gazetteer) -> None:
    """CAR BOMB names no republic, however the capitals are read."""
    for text in (
        "A CAR BOMB WENT OFF IN BOGOTA, THE ARMY SAID. THE POLICE SAW NO OTHER CAR.",
        "A Car bomb went off in Bogota.",
    ):
        assert [p.country for p in locate(annotated(text), gazetteer)] == ["CO"], text


def test_in_a_town_is_exact(places: Places) -> None:
    """A town that is named as the place is exact (1)."""
    assert places("A convoy was hit in Kirkuk on Sunday.")["Kirkuk"].where_prec == 1


def test_a_province_is_a_first_order_division(places: Places) -> None:
    """ "Anbar province" is ADM1 (4); so is a province that shares its name with a town."""
    assert places("Raids went on in Anbar province.")["Anbar"].where_prec == 4
    assert places("Raids went on in Kandahar province in Afghanistan.")["Kandahar"].where_prec == 4
    assert places("Raids went on in the city of Kandahar in Afghanistan.")["Kandahar"].where_prec == 1


def test_a_county_is_a_second_order_division(places: Places) -> None:
    """A county is ADM2 (3)."""
    (place, _) = places("Three people were shot in Cook County, Illinois.").values()
    assert (place.admin1, place.where_prec) == ("Illinois", 3)


def test_the_high_seas_are_international(places: Places) -> None:
    """A sea is in no country (7)."""
    place = places("Pirates boarded a tanker in the Gulf of Aden.")["Gulf of Aden"]
    assert (place.country, place.where_prec) == (None, 7)


@pytest.mark.parametrize(
    "text",
    [
        "The Bank of England raised its rate.",
        "The University of California closed its labs.",
        "The report was first carried by the New York Times.",
        "Kabul University was closed.",
        "The Islamic State of Iraq and Syria said it was behind it.",
        "Al-Qaeda in the Islamic Maghreb freed a hostage.",
        "Paris Hilton and Jordan Peterson came to the party.",
    ],
)
def test_organisations_and_people_are_no_places(places: Places, text: str) -> None:
    """A place that only lends its name to an organisation, a group or a person is not mentioned as a place."""
    assert places(text) == {}


def test_a_place_after_an_organisation_is_one(places: Places) -> None:
    """ "the university in Mosul": what stands behind "in" is a place again."""
    assert places("A bomb went off at the College of Engineering in Mosul.")["Mosul"].country == "IQ"


def test_demonyms_are_context_not_places(annotated: Make, gazetteer: Gazetteer) -> None:
    """ "Iraqi" is no place mention unless it is asked for."""
    article = annotated("Iraqi soldiers shot two men.")
    assert locate(article, gazetteer) == ()
    (place,) = locate(article, gazetteer, adjectives=True)
    assert (place.mention.text, place.country) == ("Iraqi", "IQ")


def test_a_demonym_decides_between_towns(places: Places) -> None:
    """Lebanese soldiers make Tripoli a town in Lebanon."""
    assert (
        places("Lebanese soldiers fired into the air in Tripoli. Lebanese officials said so.")["Tripoli"].country
        == "LB"
    )


def test_us_before_a_noun_is_an_adjective(places: Places) -> None:
    """ "U.S. officials" names no place; "in the U.S." does."""
    assert places("U.S. officials denied it.") == {}
    assert places("He was arrested in the U.S. last week.")["U.S."].country == "US"


def test_the_pronoun_us_is_no_country(places: Places) -> None:
    """Only in capitals is "us" a country."""
    assert places("They told us nothing, said the farmer.") == {}


def test_an_unknown_village_in_a_known_country_has_the_country_alone(places: Places) -> None:
    """A place that the gazetteer lacks has no coordinates, and the country that stands beside it."""
    place = places("Gunmen stormed the village of Karzabadeh in Syria.")["Karzabadeh"]
    assert (place.country, place.lat, place.lon, place.geonames_id) == ("SY", None, None, None)


def test_an_unknown_quarter_of_a_known_town_is_where_the_town_is(places: Places) -> None:
    """An unknown place in a known town is known to 25 km (2)."""
    place = places("A bomb went off in Zahrabandeh in Mosul.")["Zahrabandeh"]
    assert (place.country, place.where_prec) == ("IQ", 2)
    assert place.lat == pytest.approx(36.3, abs=0.1)


def test_a_quarter_of_a_town_is_no_namesake_elsewhere(places: Places) -> None:
    """San Rafael is a town in California, and here a part of Santa Ana."""
    found = places("Four men were shot dead in the San Rafael neighbourhood of Santa Ana, El Salvador.")
    assert found["San Rafael"].country == "SV"


def test_a_name_goes_on_where_the_parser_stops(places: Places) -> None:
    """San José Villanueva is a town of its own, and not San José."""
    found = places("Rebels attacked a farm in San José Villanueva, in La Libertad, El Salvador.")
    assert "San José" not in found
    assert found["San José Villanueva"].country == "SV"


def test_a_town_that_the_article_puts_elsewhere_is_not_forced(places: Places) -> None:
    """A village in Kentucky is no town in Texas, whatever the gazetteer lacks."""
    place = places("Two men were shot in Waxahachie, Kentucky.")["Waxahachie"]
    assert (place.country, place.admin1, place.where_prec) == ("US", "Kentucky", 4)


def test_a_list_of_states_is_no_address(places: Places) -> None:
    """ "Oregon, Ohio and Nevada" are three states, though Ohio has an Oregon."""
    found = places("Similar fires were set in Oregon, Ohio and Nevada.")
    assert [place.where_prec for place in found.values()] == [4, 4, 4]


def test_a_small_place_in_the_spelling_of_the_news(places: Places) -> None:
    """Marea is found under the name that reports use."""
    place = places("A school was rebuilt in Marea in Syria.")["Marea"]
    assert (place.country, place.admin1, place.where_prec) == ("SY", "Aleppo", 1)
    assert place.lat == pytest.approx(36.48, abs=0.05)
    assert place.lon == pytest.approx(37.2, abs=0.05)


def test_names_with_an_arabic_article(places: Places) -> None:
    """ "al-Bab" is one name, read as one mention."""
    place = places("Fighters took al-Bab in Syria.")["al-Bab"]
    assert (place.country, place.name) == ("SY", "Al Bab")


def test_historic_names(places: Places) -> None:
    """Saigon is Ho Chi Minh City, Burma is Myanmar."""
    found = places("He fled from Saigon to Burma.")
    assert (found["Saigon"].name, found["Burma"].name) == ("Ho Chi Minh City", "Myanmar")


def test_a_continent_has_no_country(places: Places) -> None:
    """Europe is a place without a country."""
    place = places("They planned attacks in Europe.")["Europe"]
    assert (place.name, place.country, place.where_prec) == ("Europe", None, 6)


def test_disputed_and_vague_regions(places: Places) -> None:
    """Regions that are no division are known, as vague (5)."""
    found = places("Shells fell in Donbas, in Darfur and on the Gaza Strip.")
    assert [place.country for place in found.values()] == ["UA", "SD", "PS"]
    assert {place.where_prec for place in found.values()} == {5}


def test_a_headline_is_read_like_the_text(places: Places) -> None:
    """A place in a headline in Title Case is found, a word that is no name is not."""
    found = places("Nobody was hurt in Kandahar.", headline="Bomb Kills Six In Kandahar As Police Look On")
    assert set(found) == {"Kandahar"}


def test_months_and_common_words_are_no_places(places: Places) -> None:
    """ "in March" names no village, however it is spelt."""
    assert places("Nice words were heard in March and in May. Police were Mobile then. A Surprise attack failed.") == {}


UNKNOWN = [
    ("Gunmen killed four farmers near San Marcos Lempa on Sunday.", "San Marcos Lempa", None, 2),
    ("Rebels attacked a patrol near the village of Tolo on Monday.", "Tolo", None, 2),
    ("Gunmen killed six people in the town of Karamel, in the department of Cauca.", "Karamel", "CO", 4),
    ("Gunmen shot two men at Dolmo, a village 12 km south-east of Goma.", "Dolmo", "CD", 2),
    ("A bomber struck a mosque in Sehvan Kalan, 80 miles north of Karachi.", "Sehvan Kalan", "PK", 1),
    ("An air strike hit the village of Darzub, about 40 kilometres west of Kunduz.", "Darzub", "AF", 1),
    ("Two policemen were shot dead in Kesh Bazaar, a suburb of Peshawar, on Monday.", "Kesh Bazaar", "PK", 2),
    ("Rebels ambushed a convoy on the road between Durova and Keshtan in central Mali.", "Durova", "ML", 2),
    ("Rebels ambushed a convoy on the road between Durova and Keshtan in central Mali.", "Keshtan", "ML", 2),
    ("Gunmen attacked a checkpoint at Bab al-Noor, on the outskirts of Damascus.", "Bab al-Noor", "SY", 2),
    ("Troops killed five men in a raid in Dolmar district of Kandahar province.", "Dolmar", "AF", 3),
    ("Rebels ambushed a patrol in the Durova mountains in eastern Congo.", "Durova", "CD", 5),
    ("Gunmen stormed the Kobe refugee camp in southern Ethiopia.", "Kobe", "ET", 1),
    ("Two soldiers were killed on the Duro-Kesh highway in northern Mali.", "Duro-Kesh highway", "ML", 5),
    ("Militants attacked a military base near the border with Niger on Tuesday.", "border with Niger", None, 5),
    ("Gunmen shot dead four traders near the Mali-Niger border on Monday.", "Mali-Niger border", None, 5),
    ("Gunmen shot dead four traders near the Niger border on Monday.", "Niger border", None, 5),
    ("The army shelled Marvand from its base in Kandahar.", "Marvand", None, 1),
]


@pytest.mark.parametrize(("text", "name", "country", "precision"), UNKNOWN)
def test_a_place_that_no_list_has(places: Places, text: str, name: str, country: str | None, precision: int) -> None:
    """Its country comes from what stands beside it, and it is as exact as that; a road, a border and mountains are vague."""
    place = places(text)[name]
    assert (place.country, place.where_prec, place.geonames_id) == (country, precision, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Velsor led the protest. Police clashed with students near Velsor.", "Velsor"),
        ("A bomb exploded near President Ruiz on Monday.", "President Ruiz"),
        ("The colonel said that they believe in Dolmar.", "Dolmar"),
        ("The case was brought by the Department of Motor Vehicles.", "Motor Vehicles"),
        ("Two soldiers were killed in Operation Desert Shield in Kandahar.", "Operation Desert Shield"),
        ("Rebels attacked Boko Haram camps in Borno.", "Boko Haram"),
        ("A bomb exploded in Dolmar's car.", "Dolmar"),
        ("They met at the capital of Coptic Christianity.", "Coptic Christianity"),
    ],
)
def test_a_person_or_a_body_is_no_place_that_no_list_has(places: Places, text: str, name: str) -> None:
    """Who does something, owns something or has a title is somebody; what a kind word in capitals begins is an office."""
    assert name not in places(text)


def test_a_village_is_no_large_town_of_that_name(places: Places) -> None:
    """Toulon is a port of 170,000: "the village of Toulon" is another, and where it is nobody knows."""
    assert places("Rebels burned the village of Toulon in Mali.")["Toulon"].lat is None


def test_the_road_to_a_town_is_near_it(places: Places) -> None:
    """ "on the Kandahar highway" is not in Kandahar."""
    assert places("Gunmen killed two people on the Kandahar highway.")["Kandahar"].where_prec == 2


def test_furniture_holds_no_place(annotated: Make, gazetteer: Gazetteer) -> None:
    """Names outside the article's blocks are not read."""
    article = annotated("A man was shot in Mosul.\n\nSubscribe in Paris, France.").article
    import msgspec

    from reportedly.stages.annotate import annotate, load_parser

    cut = msgspec.structs.replace(article, blocks=article.blocks[:1])
    (only,) = annotate([cut], load_parser())
    assert [place.mention.text for place in locate(only, gazetteer)] == ["Mosul"]


def test_given_spans_are_answered_one_by_one(annotated: Make, gazetteer: Gazetteer) -> None:
    """Names that are given are resolved in the article's context, demonyms to their country."""
    text = "Jordanian police shot a man near the town of Petra."
    article = annotated(text)
    spans = [(text.index(word), text.index(word) + len(word)) for word in ("Jordanian", "Petra", " man")]
    answers = resolve_spans(article, spans, gazetteer)
    assert answers[0] is not None and answers[0].country == "JO"
    assert len(answers) == 3


NAMES = [
    "Mosul",
    "northern Iraq",
    "Tripoli, Lebanon",
    "the U.S.",
    "Gaza",
    "al-Bab",
    "Europe",
    "Deir ez-Zor",
    "Xyzzyville",
]
FRAMES = [
    "A bomb went off in {}.",
    "Police near {} shot a man.",
    "{} said so.",
    "He left {} on Monday, officials said.",
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FRAMES), st.sampled_from(NAMES)), min_size=1, max_size=5))
def test_offsets_point_at_the_words_they_name(
    annotated: Make, gazetteer: Gazetteer, sentences: list[tuple[str, str]]
) -> None:
    """Whatever the text, each mention is a span of it, in order, and reading twice gives the same."""
    article = annotated(" ".join(frame.format(name) for frame, name in sentences))
    found = locate(article, gazetteer)
    assert found == locate(article, gazetteer)
    ends = 0
    for place in found:
        assert article.article.text[place.mention.start : place.mention.end] == place.mention.text
        assert place.mention.start >= ends
        ends = place.mention.end


def test_a_town_that_is_a_forename_is_a_person(places: Places) -> None:
    """ "Minister Orlando Vasquez" was not in Florida."""
    assert "Orlando" not in places("Interior Minister Orlando Vasquez denied it.")


def test_a_headline_names_the_country_of_its_officials(places: Places) -> None:
    """ "Chad border chief warns": the parser's longer name does not hide the country."""
    found = places("He spoke in Abeche.", headline="Chad Border Chief Warns Of New Raids In Africa")
    assert found["Chad"].country == "TD"
    assert found["Africa"].country is None


def test_troops_of_a_federal_kind_are_no_district(places: Places) -> None:
    """Common words that some division bears as its name are no places."""
    assert places("Federal troops and Central Command denied it.") == {}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Tomas Marten was shot dead in March. Nobody was charged in the Marten shooting.", "Marten"),
        ("Hundreds gathered outside City Hall to protest.", "Hall"),
        ("A bomb exploded in Calle del Olmo in Madrid.", "Calle"),
        ("Mass atrocities were committed by the rebels.", "Mass"),
    ],
)
def test_a_surname_or_a_piece_of_a_name_is_no_place(places: Places, text: str, word: str) -> None:
    """Whom it was done to, and a name's general word by itself."""
    assert not [place for place in places(text).values() if place.mention.text == word]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gunmen killed three farmers in Idlib, Sarvin and Hama on Monday.", {"Idlib", "Sarvin", "Hama"}),
        ("Attacks in the provinces of Herat, Farah and Kunduz left 20 dead.", {"Herat", "Farah", "Kunduz"}),
        ("Fighting broke out in Kidal, Gao and Menaka.", {"Kidal", "Gao", "Menaka"}),
    ],
)
def test_a_list_of_places_is_one_throughout(places: Places, text: str, wanted: set[str]) -> None:
    """What stands between two known places in a list is a place."""
    assert set(places(text)) == wanted


def test_two_people_have_nothing_between_them_but_a_contest(places: Places) -> None:
    """ "Between" stands before people as well."""
    assert not places("The contest between Barak Omana and Mitt Ronney followed an attack.")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A bomb exploded on Ring Road, killing two people.", {"Ring Road"}),
        ("The blasts were at Kadoro Street and the Meron Road in Belfast.", {"Kadoro Street", "Meron Road", "Belfast"}),
        ("Police shot a man on Oxford Street in London.", {"Oxford Street", "London"}),
        ("Protesters marched on Wall Street.", set()),
        ("Bankers of Kadoro Street Partners met.", set()),
    ],
)
def test_a_street_with_a_name_is_a_place(places: Places, text: str, wanted: set[str]) -> None:
    """ "On Kadoro Street": a street lies in the town beside it, and no town lends it a name."""
    assert set(places(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Police broke up a London protest. He lives in the London district of Barking.", "London"),
        ("Police broke up a Baghdad protest. He lives in the Karrada district of Baghdad.", "Baghdad"),
    ],
)
def test_a_district_of_a_suburb_makes_the_town_no_smaller(places: Places, text: str, wanted: str) -> None:
    """ "The London district of Barking": Barking lies in London, and London in no place called Barking."""
    assert wanted in places(text) and "City of London" not in places(text)


def test_a_squad_is_no_valley(places: Places) -> None:
    """ "A SWAT team" comes from no valley."""
    assert places("The city's SWAT team stormed a flat in Baghdad.").keys() == {"Baghdad"}


def test_a_numbered_road_is_no_country(places: Places) -> None:
    """ "Off U.S. 79" is a road."""
    assert places("He was arrested at a farm off of U.S. 79 in Texas.").keys() == {"Texas"}
    assert "U.S." in places("He was arrested in the U.S. on Monday.")
