"""The report's page: whole without a script, honest about what is not exact, and with nothing in it but text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import msgspec
import pytest
from reported_dossiers import HOSTILE, MADE, contested, day, dossiers, hostile, incident, place, typed_testimonies
from typed_reading import article

from reportedly.entries import Box, Dossier, Question, Range
from reportedly.export.report import page
from reportedly.export.report_facts import bins, days, embedded, look, many, question_words
from reportedly.export.report_places import spot
from reportedly.export.report_world import border_path, country_name, country_path, land_path, world


class Page(HTMLParser):
    """Collects tags, ids and the words of each incident."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.incidents: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if (values.get("class") or "").startswith("i "):
            self.incidents.append("")

    def handle_data(self, data: str) -> None:
        if self.incidents:
            self.incidents[-1] += data

    @property
    def ids(self) -> list[str]:
        return [values["id"] or "" for _, values in self.tags if "id" in values]


def made(*given: Dossier, **values: str) -> str:
    return page(given or dossiers(), Question(**values), MADE)


def facts(source: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', source, re.DOTALL)
    assert found is not None
    read: dict[str, object] = json.loads(found[1])
    return read


def test_every_incident_is_there_with_all_that_is_known_of_it() -> None:
    """Range, grade and its reason, chain, stance, sentence, outlet, day, address and the page's hash stand in the HTML itself."""
    shown = Page(made()).incidents
    assert len(shown) == 8
    for words in (
        "12–19, best 19",
        "F6",
        "one source, of which nothing is known",
        "Ana Ruiz (nurse) → Radio Uno",
        "denies",
        "Nurse Ana Ruiz told Radio Uno that 19 people had died and 40 were hurt in the blast.",
        "Meridian Post, 2025-03-11",
        f"{1:064x}",
        "blast.html",
        "Red Dawn Front (accused)",
    ):
        assert words in shown[0], words


def test_both_sides_of_a_contradiction_are_quoted() -> None:
    """A contradiction says its kind, and for each side the value, the words, the outlet and the day."""
    words = Page(made(contested())).incidents[0]
    assert "killed: sources disagree" in words
    assert "at least 12 At least 12 soldiers Meridian Post, 2025-03-11" in words
    assert "19 19 people Echo, 2025-03-11" in words
    assert "contested: killed" in words


def test_a_reprint_stands_under_what_it_reprints() -> None:
    """The article comes first, its reprint below it; where each reprints the other, nothing is lost and nothing loops."""
    source = made(contested())
    assert source.index("<b><bdi>Meridian Post</bdi></b>, <time>") < source.index("Reprinted by <bdi>Echo</bdi>")
    assert source.count("<blockquote") == 6
    circle = typed_testimonies(article(), 1, reprint_of="a-2") + typed_testimonies(
        article(article_id="a-2"), 2, reprint_of="a-1"
    )
    assert made(Dossier(incident=incident(1), testimonies=circle)).count("<blockquote") == 6


def test_a_judgement_says_who_and_why_and_one_that_was_taken_back_is_struck_out() -> None:
    """Why accounts are one incident can be read, and by whom it was undone."""
    source = made(contested())
    assert re.search(r"<s><b>the same</b> \(0.93\).*?same place and day.*?</s> \(taken back\)", source)
    assert re.search(r"<b>taken back</b>: <bdi>two depots</bdi> <small>Mara, 2025-03-12", source)


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ({}, "done"),
        ({"stage": "ongoing"}, "done"),
        ({"stage": "attempted"}, "stopped"),
        ({"stage": "foiled"}, "stopped"),
        ({"stage": "planned"}, "ahead"),
        ({"stage": "threatened"}, "ahead"),
        ({"stage": "hypothetical"}, "ahead"),
        ({"stage": "accomplished", "negated": True}, "denied"),
        ({"stage": "planned", "negated": True}, "denied"),
    ],
)
def test_what_did_not_happen_looks_different(values: dict[str, object], drawn: str) -> None:
    """Foiled, planned and denied have signs and words of their own beside any colour."""
    one = incident(1, **values)
    assert look(one) == drawn
    source = made(Dossier(incident=one, testimonies=()))
    assert f'href="#sign-{drawn}"' in source.split('<section id="list"')[1]
    assert one.stage in Page(source).incidents[0]


def test_only_an_exact_place_is_a_point() -> None:
    """where_prec 1 is a dot; 2 to 5 are discs, as wide as they are vague; a country is no mark; the rest is listed."""
    kinds = [spot(place("Osk", 14.0, 8.0, prec)) for prec in range(1, 8)]
    assert [one.kind for one in kinds] == ["point", "area", "area", "area", "area", "country", "elsewhere"]
    assert [one.radius_km for one in kinds] == [0, 25, 50, 120, 200, 0, 0]
    assert spot(None).kind == "none"
    assert spot(place("Osk", None, None, 1)).key == "country:NE"
    assert spot(place("Osk", None, None, 4, None)).name == "Osk (not on the map)"
    source = made(Dossier(incident=incident(1, place=place("Osk", 14.0, 8.0, 3)), testimonies=()))
    assert '<g class="spot area done"' in source and "spot point" not in source
    assert 'class="disc"' in source


def test_no_incident_is_off_the_page_for_want_of_a_place_or_a_day() -> None:
    """Country only, no place and no day are counted where they can be chosen."""
    source = made()
    tray = source.split('<div class="tray">')[1].split("</div>")[0]
    assert re.search(r'data-place="country:NE">.*?Niger</span> <b>1</b>', tray)
    assert re.search(r'data-place="none">.*?no place known</span> <b>1</b>', tray)
    assert re.search(r"No date known</span> <b>1</b>", source)
    assert 'class="only" data-place="country:NE"' in source


def test_borders_are_no_endorsement() -> None:
    """The page says whose borders it draws, and that they endorse nothing."""
    assert "Borders: Natural Earth; they imply no endorsement" in made()


def test_a_day_that_is_not_known_is_no_column() -> None:
    """The day of an incident counts above the line; a month counts below it, in every day of it."""
    source = made(
        Dossier(incident=incident(1), testimonies=()),
        Dossier(incident=incident(2, date=day("2025-03-01", "2025-03-31", 4)), testimonies=()),
        Dossier(incident=incident(3, date=day("2025-03-10")), testimonies=()),
    )
    assert "<title>2025-03-10: 2, and 1 that may have been then</title>" in source
    assert "<title>2025-03-11: 0, and 1 that may have been then</title>" in source


@pytest.mark.parametrize(
    ("first", "last", "unit", "number"),
    [
        (date(2025, 3, 1), date(2025, 3, 1), "day", 1),
        (date(2025, 3, 1), date(2025, 5, 1), "day", 62),
        (date(2025, 1, 1), date(2025, 12, 31), "week", 53),
        (date(2020, 1, 15), date(2025, 12, 31), "month", 72),
        (date(1900, 1, 1), date(2025, 12, 31), "year", 126),
    ],
)
def test_the_timeline_has_about_a_hundred_columns(first: date, last: date, unit: str, number: int) -> None:
    """Days, weeks, months or years, without a gap, and each day in one column."""
    spans = [(first, first)] * 3 + [(last, last)] * 3
    found, columns = bins(spans)
    assert (found, len(columns)) == (unit, number)
    assert columns[0].first <= first and columns[-1].last >= last
    assert all((b.first - a.last).days == 1 for a, b in pairwise(columns))


def test_one_event_of_long_ago_does_not_flatten_the_timeline() -> None:
    """A thin early tail is one column of its own, *earlier*."""
    spans = [(date(1994, 1, 1), date(1994, 12, 31))] + [(date(2025, 3, n), date(2025, 3, n)) for n in range(1, 20)]
    unit, columns = bins(spans)
    assert unit == "day" and columns[0].label == "earlier"
    assert (columns[0].first, columns[1].first) == (date(1994, 1, 1), date(2025, 3, 1))
    even = [(date(year, 1, 1), date(year, 1, 1)) for year in range(1990, 2026)]
    assert bins(even)[1][0].label == "1990"


def test_impossible_days_are_unknown() -> None:
    """A ledger that others wrote may hold a date that is none, or one that nobody will see."""
    for start, end in (("2025-02-30", "2025-03-01"), ("9999-12-31", "9999-12-31"), ("soon", "soon")):
        assert days(incident(1, date=day(start, end))) is None
    assert days(incident(1, date=day("2025-03-02", "2025-03-01"))) == (date(2025, 3, 1), date(2025, 3, 2))
    assert days(incident(1, date=day(None))) is None


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (Range(), None),
        (Range(low=12, best=12, high=12), "12"),
        (Range(low=12, best=14, high=1900), "12–1,900"),
        (Range(low=12), "at least 12"),
        (Range(high=12), "at most 12"),
        (Range(best=0), "0"),
        (Range(low=0, best=0, high=0), "0"),
    ],
)
def test_a_range_in_words(numbers: Range, words: str | None) -> None:
    """Unknown is never 0, and 0 is never unknown."""
    assert many(numbers) == words


def test_the_page_loads_nothing_and_allows_only_its_own_script_and_style() -> None:
    """No address but anchors; the policy names the hashes of the style and the script as they stand; nothing is evaluated."""
    source = page([hostile(), *dossiers()], Question(), MADE)
    for tag, values in Page(source).tags:
        assert tag not in ("img", "iframe", "link", "object", "embed", "base", "a:href")
        assert not [
            name
            for name in values
            if name.startswith("on") or name in ("src", "style", "srcset", "action", "xlink:href")
        ]
        assert (values.get("href") or "#").startswith("#")
    assert "@import" not in source and not re.findall(r"url\((?!#)", source)
    for kind in ("style", "script"):
        body = re.search(f"<{kind}>(.*?)</{kind}>", source, re.DOTALL)
        assert body is not None
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert f"{kind}-src &#x27;sha256-{digest}&#x27;" in source
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(", body[1])
    assert "default-src &#x27;none&#x27;" in source and "unsafe" not in source


def test_hostile_words_stay_text() -> None:
    """Markup in titles, names, outlets, addresses, sentences, reasons and judgements makes no tag and no attribute."""
    source = page(
        [hostile()], Question(text=HOSTILE, place=HOSTILE, actor=HOSTILE, outlet=HOSTILE), MADE, title=HOSTILE
    )
    tags = Page(source).tags
    assert [tag for tag, _ in tags].count("script") == 2
    assert not [tag for tag, _ in tags if tag in ("img", "x")]
    assert "\u202e" not in source
    assert HOSTILE.replace("\u202e", "\ufffd") in Page(source).incidents[0]


def test_embedded_facts_cannot_end_their_script() -> None:
    """What is embedded is read back as it was, and holds no letter that HTML or a line of script would act on."""
    value = {"a": ["</script><!--&amp;", "\u2028\u2029", 'quote"']}
    words = embedded(value)
    assert json.loads(words) == value
    assert not set("<>&\u2028\u2029") & set(words)


def test_ids_are_unique_and_anchors_lead_somewhere() -> None:
    """No id twice, whatever the incidents; every anchor has its target."""
    shown = Page(made())
    assert len(shown.ids) == len(set(shown.ids))
    targets = {(values.get("href") or "")[1:] for _, values in shown.tags if values.get("href")}
    assert targets <= set(shown.ids)


def test_the_foot_says_how_the_page_was_made() -> None:
    """Question, as-of, hash of the ledger, version and time; and that the page is not the whole answer, where it is not."""
    question = Question(
        types=("bombing",), place="Niger", since="2025-03-01", min_outlets=2, as_of="2025-04-01T00:00:00.000000Z"
    )
    source = page(dossiers(), question, msgspec.structs.replace(MADE, total=12))
    for words in (
        "bombing · Niger · from 2025-03-01 · at least 2 outlets",
        "2025-04-01",
        MADE.ledger_hash,
        MADE.made_at,
        "reportedly 0",
        "8 of 12",
    ):
        assert words in source, words
    assert "the first 8 of 12 that answer" in source
    assert "the first" not in made().split("<main>")[0]


def test_a_question_in_words() -> None:
    """Every condition is said; none is all incidents."""
    assert question_words(Question()) == "all incidents"
    box = Box(west=170.0, south=-10.0, east=-170.0, north=10.0)
    asked = Question(
        box=box,
        stages=("foiled",),
        weapons=("drone",),
        outlet="Echo",
        actor="Front",
        text="bus depot",
        until="2025-01-01",
    )
    for words in ("170.0, -10.0, -170.0, 10.0", "foiled", "drone", "Echo", "Front", "bus depot", "until 2025-01-01"):
        assert words in question_words(asked)


def test_no_incident_is_said() -> None:
    """An answer of nothing is a page that says so."""
    source = page([], Question(), msgspec.structs.replace(MADE, total=0))
    assert "No incident answers the question." in source
    assert facts(source)["rows"] == []


def test_the_same_dossiers_give_the_same_bytes() -> None:
    """Nothing random and no clock in the page."""
    assert made() == made()


def test_four_thousand_claims_are_less_than_six_megabytes() -> None:
    """A thousand incidents with four claims each."""
    told = typed_testimonies()
    several = (Dossier(incident=incident(n), testimonies=(*told, told[0])) for n in range(1000))
    assert len(page(several, Question(), MADE).encode()) < 6_000_000


def test_the_world_is_whole() -> None:
    """Every outline is closed within reach of the map, and the file keeps to its size."""
    assert len(msgspec.json.encode(world())) < 120_000
    assert country_name("NE") == "Niger" and country_name("ZZ") == "ZZ"
    assert country_path("ZZ") == "" and country_path("NE").endswith("z")
    assert land_path().count("M") == land_path().count("z") > 400
    assert border_path().count("M") == len(world().borders)
    used = {n if n >= 0 else ~n for country in world().countries.values() for ring in country.rings for n in ring}
    assert used == set(range(len(world().arcs)))


def test_a_country_across_the_date_line_is_no_band_around_the_world() -> None:
    """No step of an outline goes half around the world."""
    for code in ("RU", "FJ", "US"):
        steps = [
            int(step)
            for step in re.findall(r"(?<=[l ])-?\d+|-\d+", re.sub(r"M\d+ \d+|M-?\d+ -?\d+", "", country_path(code)))
        ]
        assert max(abs(step) for step in steps) < 9000, code
