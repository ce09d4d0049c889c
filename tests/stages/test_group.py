"""group: which claims of one article are about one incident, and why."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from reportedly.pipeline import Reader
from reportedly.records import Attribution, Claim, Event, EventDate, Factuality, Place, Reading, Span
from reportedly.stages import group as stage
from reportedly.stages._incident_facts import Facts, disagree
from reportedly.stages._references import Kind, Reference
from reportedly.stages.group import group
from tests.conftest import typed_article

Read = Callable[..., Reading]
LEAD = "A bomb exploded at a bus station in Lima on Monday, killing nine people, police said."
PUBLISHED = "2025-03-05"  # a Wednesday
FAMILIES = {"bombing": "violence", "attack": "violence", "killing": "violence", "arrest": "custody"}


@pytest.fixture(scope="module")
def read(parser: Language) -> Read:
    """Reads a text typed by hand, as the pipeline does."""
    reader = Reader()
    reader.__dict__["parser"] = parser

    def go(*paragraphs: str, headline: str | None = None) -> Reading:
        return next(iter(reader.read([typed_article("\n\n".join(paragraphs), PUBLISHED, headline)])))

    return go


def incidents(reading: Reading, *words: str) -> list[str]:
    """The incident of the claim that each of `words` is the trigger of, numbered a, b, c by first mention in `words`."""
    seen: dict[str | None, str] = {}
    out = []
    for word in words:
        at = reading.article.text.index(word)
        claim = next(
            (
                c
                for c in reading.claims
                if c.event and c.event.trigger.start < at + len(word) and at < c.event.trigger.end
            ),
            None,
        )
        assert claim is not None, f"no claim at {word!r}: {[c.event.trigger.text for c in reading.claims if c.event]}"
        out.append(seen.setdefault(claim.incident_id, "abcdefgh"[len(seen)]))
    return out


SAME_OR_NOT: list[tuple[str, Sequence[str], Sequence[str], str]] = [
    (
        "the blast is the bombing that leads the article",
        (LEAD, "The president condemned the blast."),
        ("exploded", "blast"),
        "aa",
    ),
    (
        "the attack is the bombing that leads the article",
        (LEAD, "The mayor called the attack cowardly."),
        ("exploded", "attack"),
        "aa",
    ),
    (
        "that attack is the bombing just told",
        (LEAD, "Nobody was ever charged with that attack."),
        ("exploded", "attack"),
        "aa",
    ),
    (
        "the device that went off is the bomb",
        (LEAD, "The device went off at dawn, a spokesman said."),
        ("exploded", "went off"),
        "aa",
    ),
    ("the dead are the dead of the bombing", (LEAD, "“We have nine dead,” a doctor said."), ("exploded", "dead"), "aa"),
    (
        "a later death belongs to the act",
        (LEAD, "Three people wounded in the blast died on Tuesday."),
        ("exploded", "blast"),
        "aa",
    ),
    (
        "a toll that rises is told of one incident",
        (LEAD, "The number of people killed in the bombing rose to 14 on Tuesday, police said."),
        ("exploded", "the bombing"),
        "aa",
    ),
    (
        "a claim of responsibility is about the act",
        (LEAD, "A rebel group claimed responsibility for the bombing."),
        ("exploded", "the bombing"),
        "aa",
    ),
    (
        "a denial is about the act",
        (LEAD, "The rebels denied any part in the attack."),
        ("exploded", "the attack"),
        "aa",
    ),
    (
        "a second bomb is an incident of its own",
        (LEAD, "A second bomb was found in a locker and defused by soldiers."),
        ("exploded", "defused"),
        "ab",
    ),
    (
        "another attack is an incident of its own",
        (LEAD, "Another attack killed two soldiers."),
        ("exploded", "attack"),
        "ab",
    ),
    (
        "history is an incident of its own",
        (LEAD, "It was the deadliest attack since the 2009 bombing of a post office in Cusco."),
        ("exploded", "2009 bombing"),
        "ab",
    ),
    (
        "the dead of history are history's",
        (LEAD, "The city was last hit by the 2009 bombing of a post office. That bombing killed 31 people."),
        ("exploded", "2009 bombing", "That bombing"),
        "abb",
    ),
    (
        "that bombing is the one of the aside",
        (
            LEAD,
            "It was the deadliest attack since the 2009 bombing of a post office in Cusco. The rebels said they had carried out that bombing.",
        ),
        ("exploded", "2009 bombing", "that bombing"),
        "abb",
    ),
    (
        "after an aside the blast is the lead's again",
        (
            LEAD,
            "It was the worst attack since the 2009 bombing of a post office in Cusco.",
            "Mayor Ana Ruiz condemned the blast.",
        ),
        ("exploded", "2009 bombing", "blast"),
        "aba",
    ),
    (
        "the shooting of a day is the one told before, and that of another day is not",
        (
            "A guard was shot in Lima, police said.",
            "Tuesday’s shooting was the second this year.",
            "In October, a guard was shot in Lima.",
        ),
        ("was shot", "shooting", "was shot in Lima."),
        "aab",
    ),
    (
        "arrests after an attack are their own",
        (LEAD, "Police arrested two men on Tuesday."),
        ("exploded", "arrested"),
        "ab",
    ),
    (
        "a raid and the arrests in it are one",
        (LEAD, "Two men were arrested when officers raided a garage."),
        ("arrested", "raided"),
        "aa",
    ),
    (
        "a threatened attack is its own",
        (LEAD, "The rebels threatened to attack polling stations."),
        ("exploded", "to attack"),
        "ab",
    ),
    (
        "two towns are two incidents",
        (
            "A bomb exploded in Lima on Monday, killing nine people.",
            "A bomb exploded in Cusco on Monday, killing two people.",
        ),
        ("exploded in Lima", "exploded in Cusco"),
        "ab",
    ),
    (
        "two days are two incidents",
        (
            "A bomb exploded in Lima on Monday, killing nine people.",
            "A bomb exploded in Lima on Tuesday, killing two people.",
        ),
        ("exploded in Lima on Monday", "exploded in Lima on Tuesday"),
        "ab",
    ),
    (
        "two countries are two incidents",
        ("Gunmen attacked a village in Mali on Monday.", "Gunmen attacked a village in Niger on Monday."),
        ("attacked a village in Mali", "attacked a village in Niger"),
        "ab",
    ),
    (
        "the same day and town are one incident",
        (
            "Gunmen opened fire on traders in Maradi on Tuesday, killing six people.",
            "The rebels ambushed the traders in Maradi on Tuesday, a doctor said.",
        ),
        ("opened fire", "ambushed"),
        "aa",
    ),
    (
        "a foiled plot and the arrest of the plotters are one incident",
        ("Police foiled a plot to bomb a ferry and arrested four people on Friday.",),
        ("bomb", "arrested"),
        "aa",
    ),
    (
        "what soldiers did afterwards is not what gunmen did",
        (
            "Gunmen opened fire on traders in Maradi on Tuesday, killing six people.",
            "Soldiers killed three of the gunmen near Maradi.",
        ),
        ("opened fire", "killed three"),
        "ab",
    ),
    (
        "abductions in an attack are part of it",
        (
            "Gunmen on motorcycles ambushed a convoy near Maradi on Tuesday, killing six people and abducting two engineers.",
        ),
        ("ambushed", "abducting"),
        "aa",
    ),
    (
        "the act most just told is the attack, not the lead",
        (
            "A bomb exploded in Lima on Monday, killing nine people.",
            "Gunmen attacked a police post in Cusco on Tuesday.",
            "The attack lasted an hour, officials said.",
        ),
        ("exploded", "attacked", "The attack"),
        "abb",
    ),
    (
        "separately, another act is told",
        (LEAD, "Separately, gunmen killed two soldiers."),
        ("exploded", "killed two"),
        "ab",
    ),
    (
        "the attack that took place on a day is the one just told",
        (
            "Gunmen killed six traders in the market of Tilwari, police said.",
            "Nobody has claimed it.",
            "The attack took place on Monday.",
        ),
        ("killed", "The attack"),
        "aa",
    ),
    (
        "the kidnapping that took place in a town is the one just told",
        (
            "Rebels have kidnapped two engineers, an official said.",
            "The kidnapping occurred on Sunday near Maradi.",
        ),
        ("kidnapped", "The kidnapping"),
        "aa",
    ),
    (
        "the attack of another day is not the one just told",
        (
            "Gunmen killed six traders in Maradi on Tuesday, police said.",
            "The attack in January killed nobody.",
        ),
        ("killed six", "The attack"),
        "ab",
    ),
    (
        "a campaign of somebody is no day of the bombing just told",
        (
            "A bomb exploded at a market, police said.",
            "The attacks by the Army of Dawn began in January.",
        ),
        ("exploded", "The attacks"),
        "ab",
    ),
    (
        "one person is killed but once",
        (
            "The mayor, Ramiro Aldunate, was murdered in Cusco on Monday.",
            "A bomb exploded in Lima on Tuesday, killing nine people.",
            "Ramiro Aldunate was shot dead, a doctor said.",
        ),
        ("murdered", "exploded", "shot dead"),
        "aba",
    ),
    (
        "the murder of somebody else is another one",
        (
            "The lawyer Ramiro Aldunate was murdered in Cusco on Monday.",
            "A judge is also investigating the assassination of Teodora Quiroga.",
        ),
        ("murdered", "assassination"),
        "ab",
    ),
    (
        "whom the same hand killed died in the same attack",
        (
            "Gunmen killed the mayor, Ramiro Aldunate, in Cusco on Monday.",
            "The gunmen also killed Teodora Quiroga.",
        ),
        ("killed the mayor", "killed Teodora"),
        "aa",
    ),
    (
        "one building is blown up but once",
        (
            "The explosion occurred at a Norland Trade warehouse, police said.",
            "Fires are frequent in that part of town.",
            "On Monday evening a bomb went off at a Norland Trade warehouse in Lima.",
        ),
        ("explosion", "went off"),
        "aa",
    ),
    (
        "two warehouses are two",
        (
            "A bomb exploded at a Norland Trade warehouse in Cusco, police said.",
            "Fires are frequent in that part of the country.",
            "On Monday evening a bomb went off at a tobacco warehouse in Lima.",
        ),
        ("exploded", "went off"),
        "ab",
    ),
    (
        "the nuns are those who were killed",
        (
            "Gunmen killed four nuns in Cusco on Monday.",
            "Schools were closed in Lima on Tuesday.",
            "Parents met in the hall, and prices rose.",
            "Nothing was decided.",
            "The bishop spoke of the murder of the nuns.",
        ),
        ("killed", "murder"),
        "aa",
    ),
    (
        "a death and the shots that caused it are one",
        ("The army admitted the death of two reporters who were shot by soldiers in Lima.",),
        ("death", "shot"),
        "aa",
    ),
    ("a curfew is no attack", (LEAD, "The government imposed a curfew after the blast."), ("exploded", "curfew"), "ab"),
]


@pytest.mark.parametrize(
    ("paragraphs", "words", "expected"), [row[1:] for row in SAME_OR_NOT], ids=[row[0] for row in SAME_OR_NOT]
)
def test_a_careful_reader_takes_it_so(
    read: Read, paragraphs: Sequence[str], words: Sequence[str], expected: str
) -> None:
    """The behaviour that its name says: equal letters are one incident."""
    assert "".join(incidents(read(*paragraphs), *words)) == expected


def test_the_headline_tells_of_the_lead(read: Read) -> None:
    """A headline's act and the first sentence's are one incident."""
    reading = read(LEAD, headline="Bomb kills nine at bus station in Lima")
    assert len({c.incident_id for c in reading.claims}) == 1 and len(reading.claims) >= 2


def test_every_claim_has_a_reason_for_its_incident(read: Read) -> None:
    """The reason names a rule of this stage and the words that the claim was joined with."""
    reading = read(LEAD, "The president condemned the blast.")
    reasons = [next(r for r in reading.reasons[c.claim_id] if r.field == "incident_id") for c in reading.claims]
    assert [r.rule for r in reasons] == ["group:first-told", "group:the-one-told"]
    assert [r.words.text for r in reasons if r.words] == ["exploded", "exploded"]
    assert {r.value for r in reasons} == {c.incident_id for c in reading.claims}


def test_a_claim_without_an_event_is_refused() -> None:
    """A statement about anything else is about no incident; of no claims there are none."""
    assert group([], FAMILIES, {}).claims == ()
    with pytest.raises(ValueError, match="claim-000 has no event"):
        group([msgspec.structs.replace(claim(0, "attack", None, None, "planned"), event=None)], FAMILIES, {})


# Properties on invented claims --------------------------------------------------------------------------------------


def claim(number: int, kind: str, day: int | None, town: str | None, stage: str) -> Claim:
    """The `number`-th claim of an article, at its own place in the text."""
    span = Span(start=number * 100, end=number * 100 + 5, text="event")
    when = None
    if day is not None:
        at = (date(2025, 1, 1) + timedelta(days=day)).isoformat()
        when = EventDate(start=at, end=at, date_prec=1, resolved=True, mention=span)
    places = (
        ()
        if town is None
        else (
            Place(
                name=town,
                role="site",
                country="PE" if town < "n" else "ML",
                admin1=None,
                lat=None,
                lon=None,
                geonames_id=None,
                where_prec=1,
                mention=span,
            ),
        )
    )
    return Claim(
        claim_id=f"claim-{number:03}",
        article_id="a",
        headline=False,
        sentence=Span(start=number * 100, end=number * 100 + 90, text=""),
        content=(),
        attribution=Attribution(chain=(), cue=None, stance="asserts", quotation="none"),
        event=Event(event_type=kind, trigger=span, places=places, date=when),  # type: ignore[arg-type]
        factuality=Factuality(stage=stage, polarity="affirmed", certainty="certain"),
        incident_id=None,  # type: ignore[arg-type]
    )


DRAWN = st.lists(
    st.tuples(
        st.sampled_from(sorted(FAMILIES)),
        st.none() | st.integers(0, 40),
        st.none() | st.sampled_from(["lima", "cusco", "timbuktu"]),
        st.sampled_from(["accomplished", "foiled", "planned"]),
        st.sampled_from(["none", "definite", "anaphoric", "new"]),
        st.booleans(),
    ),
    max_size=14,
)
Drawn = list[tuple[str, int | None, str | None, str, Kind, bool]]


def made(drawn: Drawn) -> tuple[list[Claim], dict[str, Reference]]:
    """Claims and their references."""
    claims = [claim(n, kind, day, town, stage) for n, (kind, day, town, stage, _, _) in enumerate(drawn)]
    return claims, {c.claim_id: Reference(kind=row[4], nominal=row[5]) for c, row in zip(claims, drawn, strict=True)}


@settings(max_examples=150, deadline=None)
@given(DRAWN, st.randoms(use_true_random=False))
def test_the_order_in_which_claims_arrive_changes_nothing(drawn: Drawn, shuffler: random.Random) -> None:
    """Incidents depend on the text alone; claims come back in the order in which they were given."""
    claims, references = made(drawn)
    mixed = list(claims)
    shuffler.shuffle(mixed)
    straight, shuffled = group(claims, FAMILIES, references), group(mixed, FAMILIES, references)
    assert [c.claim_id for c in shuffled.claims] == [c.claim_id for c in mixed]
    assert {c.claim_id: c.incident_id for c in straight.claims} == {c.claim_id: c.incident_id for c in shuffled.claims}
    assert dict(straight.reasons) == dict(shuffled.reasons)


@settings(max_examples=150, deadline=None)
@given(DRAWN)
def test_no_incident_holds_two_days_or_two_countries(drawn: Drawn) -> None:
    """Acts of one family on two days, or claims of two countries, are never one incident."""
    claims, references = made(drawn)
    grouped = group(claims, FAMILIES, references).claims
    for a in grouped:
        for b in grouped:
            if a.incident_id != b.incident_id or a.event is None or b.event is None:
                continue
            countries = [{p.country for p in c.event.places} for c in (a, b) if c.event and c.event.places]
            assert len(countries) < 2 or countries[0] & countries[1]
            if a.event.date and b.event.date and FAMILIES[a.event.event_type] == FAMILIES[b.event.event_type]:
                assert a.event.date.start == b.event.date.start


@settings(max_examples=100, deadline=None)
@given(DRAWN)
def test_every_claim_is_in_one_incident_named_after_its_first(drawn: Drawn) -> None:
    """Every claim has an incident and a reason; whoever opens an incident says so."""
    claims, references = made(drawn)
    grouped = group(claims, FAMILIES, references)
    assert all(c.incident_id for c in grouped.claims) and set(grouped.reasons) == {c.claim_id for c in claims}
    opened = [r for r in grouped.reasons.values() if r.rule == "group:first-told"]
    assert len(opened) == len({c.incident_id for c in grouped.claims})


@settings(max_examples=100, deadline=None)
@given(DRAWN)
def test_what_was_told_long_before_and_is_not_compared_changes_nothing(drawn: Drawn) -> None:
    """The incidents of a repetitive text are those that comparing every claim with every other one gives."""
    claims, references = made(drawn * 3)
    quick = group(claims, FAMILIES, references)

    def everything(incident: stage._Incident, fact: Facts) -> None:
        incident.told = list(incident.members)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage._Incident, "look_back", everything)
        thorough = group(claims, FAMILIES, references)
    assert quick.claims == thorough.claims
    assert dict(quick.reasons) == dict(thorough.reasons)


def test_a_thousand_copies_cost_a_thousand_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparisons grow with the length of a text that repeats itself, not with its square."""
    asked = 0

    def counting(a: Facts, b: Facts) -> bool:
        nonlocal asked
        asked += 1
        return disagree(a, b)

    monkeypatch.setattr(stage, "disagree", counting)
    copies = [claim(number, "bombing", 3, "lima", "accomplished") for number in range(1000)]
    assert len({c.incident_id for c in group(copies, FAMILIES, {}).claims}) == 1
    assert asked < 10_000
