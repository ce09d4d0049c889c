"""assemble: events, attributions and names become claims, each value with its reason. Every incident is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import pytest

from reportedly.pipeline import Reader
from reportedly.records import Claim, Event, Reading
from tests.conftest import typed_article

Read = Callable[..., Reading]
PUBLISHED = "2025-06-18"


@pytest.fixture(scope="module")
def read(reader: Reader) -> Read:
    def make(text: str, outlet: str | None = None) -> Reading:
        article = msgspec.structs.replace(typed_article(text, PUBLISHED), outlet=outlet)
        return next(iter(reader.read([article], statements=True)))

    return make


def only(reading: Reading) -> Claim:
    (claim,) = reading.claims
    return claim


def event(claim: Claim) -> Event:
    assert claim.event is not None
    return claim.event


def chain(claim: Claim) -> list[str]:
    return [hop.name for hop in claim.attribution.chain]


CHAINS: list[tuple[str, Sequence[str]]] = [
    ("Rebels bombed the clinic on Monday.", ()),
    ("Nurse Ana Ruiz told Radio Uno that rebels had bombed the clinic on Monday.", ("Ana Ruiz", "Radio Uno")),
    ("According to CNN, officials said that rebels had bombed the clinic on Monday.", ("officials", "CNN")),
    ("Nurse Ana Ruiz said that the mayor had told her that rebels had bombed the clinic.", ("mayor", "Ana Ruiz")),
    ("Rebels bombed the clinic on Monday, police said.", ("police",)),
    ('"I believe that rebels bombed the clinic on Monday," nurse Ana Ruiz said.', ("Ana Ruiz",)),
]


@pytest.mark.parametrize(("text", "wanted"), CHAINS)
def test_the_chain_begins_at_the_origin(read: Read, text: str, wanted: Sequence[str]) -> None:
    """Origin first, nearest to us last; nested attributions follow one another; empty where the outlet says it itself."""
    assert [name.lower() for name in chain(only(read(text)))] == [name.lower() for name in wanted]


def test_a_relative_pronoun_has_the_name_of_whom_it_means(read: Read) -> None:
    """The mention is the word used, the name whom it stands for."""
    (hop,) = only(
        read("Nurse Ana Ruiz left on Monday. Ruiz, who said rebels had bombed the mill, was in tears.")
    ).attribution.chain
    assert (hop.name, hop.mention.text) == ("Ana Ruiz", "who")


@pytest.mark.parametrize("text", ["Police defused a bomb under the mill.", "Guards shot down a drone over the port."])
def test_who_foils_an_act_is_no_actor_of_it(read: Read, text: str) -> None:
    """The police are not the bombers."""
    claim = only(read(text))
    assert claim.factuality is not None and claim.factuality.stage == "foiled"
    assert event(claim).actors == ()


def test_what_is_found_is_found_though_its_plot_failed(read: Read) -> None:
    """The bomb was seized; the bombing was foiled."""
    stages = {
        claim.event.event_type: claim.factuality.stage
        for claim in read("A second bomb was found in a locker and defused by army engineers, police said.").claims
        if claim.event and claim.factuality
    }
    assert stages == {"seizure": "accomplished", "bombing": "foiled"}


TWO_VOICES: list[tuple[str, Sequence[tuple[str, Sequence[str], str]]]] = [
    (
        "The army denied police reports that soldiers had shelled the market in Tessel on Friday.",
        [("asserts", ["police", "army"], "affirmed"), ("denies", ["army"], "negated")],
    ),
    (
        "The governor confirmed a claim by the mayor that two engineers had been kidnapped.",
        [("asserts", ["mayor", "governor"], "affirmed"), ("confirms", ["governor"], "affirmed")],
    ),
    (
        "The army said the police had reported that gunmen killed two farmers.",
        [("asserts", ["police", "army"], "affirmed")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), TWO_VOICES)
def test_who_disputes_what_another_says_has_a_claim_too(
    read: Read, text: str, wanted: Sequence[tuple[str, Sequence[str], str]]
) -> None:
    """What the one says stands as it was said; the other's denial or confirmation beside it. A mere station has none."""
    found = [(c.attribution.stance, chain(c), c.factuality.polarity if c.factuality else "") for c in read(text).claims]
    assert found == wanted


def test_a_hop_keeps_the_words_used(read: Read) -> None:
    """The name is the fullest one in the article, the mention the words of this sentence."""
    reading = read("Nurse Ana Ruiz works in Tarvik. Ruiz said that rebels had bombed the clinic on Monday.")
    (hop,) = only(reading).attribution.chain
    assert (hop.name, hop.mention.text, hop.kind, hop.anonymous) == ("Ana Ruiz", "Ruiz", "person", False)


@pytest.mark.parametrize(
    ("outlet", "text"),
    [
        ("Radio Uno", "Nurse Ana Ruiz told Radio Uno that rebels had bombed the clinic on Monday."),
        ("BBC News", "Nurse Ana Ruiz told the BBC that rebels had bombed the clinic on Monday."),
        ("The Velmara Courier", "Nurse Ana Ruiz told the Courier that rebels had bombed the clinic on Monday."),
    ],
)
def test_the_articles_own_outlet_is_no_hop(read: Read, outlet: str, text: str) -> None:
    """ "Told the BBC" in the BBC's own report is not repeated at the end; in another's it is."""
    assert chain(only(read(text, outlet))) == ["Ana Ruiz"]
    assert len(chain(only(read(text, "Meridian Press Agency")))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The rebels plan to bomb the clinic.",
        "The rebels tried to bomb the clinic.",
        "The rebels hope to bomb the clinic.",
    ],
)
def test_an_intention_is_no_source(read: Read, text: str) -> None:
    """Who plans or tries says nothing: it is the event's stage, and the chain is empty."""
    claim = only(read(text))
    assert chain(claim) == [] and claim.attribution.cue is None
    assert claim.factuality is not None and claim.factuality.stage in ("planned", "attempted")


def test_an_intention_below_a_saying_keeps_the_source(read: Read) -> None:
    """ "The army said the rebels plan to": the army is the source, the plan the stage."""
    claim = only(read("The army said the rebels plan to bomb the clinic."))
    assert chain(claim) == ["army"] and claim.factuality is not None and claim.factuality.stage == "planned"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army said a bomb had exploded in the clinic.", "asserts"),
        ("The army confirmed that rebels had bombed the clinic.", "confirms"),
        ("The minister declined to confirm that rebels had bombed the clinic.", "declines_to_confirm"),
        ("The army denied that it had bombed the clinic.", "denies"),
        ("ISIS claimed responsibility for the bombing of the clinic.", "claims_responsibility"),
        ("Police accused the rebels of bombing the clinic.", "accuses"),
        ("The group admitted that it had killed the mayor.", "admits"),
        ("The army warned that rebels would bomb the clinic.", "warns"),
    ],
)
def test_the_stance_is_the_innermost_cues(read: Read, text: str, stance: str) -> None:
    """What the source does with the claim: it asserts, denies, owns up, accuses."""
    claim = only(read(text))
    assert claim.attribution.stance == stance
    assert claim.attribution.cue is not None and claim.attribution.cue.text in text


CONFIDENCE = [
    ("Rebels bombed the clinic on Monday.", "rebels", "reported_as_fact"),
    ("ISIS claimed responsibility for the bombing of the clinic.", "isis", "claimed_or_admitted"),
    ('"We bombed the clinic," rebel commander Ivo Brand said.', "ivo brand", "claimed_or_admitted"),
    ("The group admitted that it had killed the mayor.", "group", "claimed_or_admitted"),
    ("Police accused the rebels of bombing the clinic.", "the rebels", "accused_by_authorities"),
    ("The minister blamed ISIS for the bombing.", "isis", "accused_by_authorities"),
    ("Residents accused the rebels of bombing the clinic.", "the rebels", "accused"),
    ("Witnesses blamed ISIS for the bombing of the clinic.", "isis", "accused"),
    ("Opposition leaders blamed ISIS for the bombing of the clinic.", "isis", "accused"),
    (
        "Ivo Brand, a leader of the Tolm People's Movement, accused the army of bombing the clinic.",
        "the army",
        "accused",
    ),
    ("ISIS was charged with the bombing of the clinic.", "isis", "accused_by_authorities"),
    ("Suspected militants bombed the clinic on Monday.", "suspected militants", "possible"),
    ("The rebels may have bombed the clinic.", "the rebels", "possible"),
    ("The rebels denied bombing the clinic.", "the rebels", "denied"),
    ("The army denied that it had bombed the clinic.", "army", "denied"),
]


@pytest.mark.parametrize(("text", "name", "confidence"), CONFIDENCE)
def test_how_sure_the_report_is_of_the_actor(read: Read, text: str, name: str, confidence: str) -> None:
    """All six values of MUC-4's scale, by who says it of whom."""
    (actor,) = event(only(read(text))).actors
    assert (actor.name.lower(), actor.confidence) == (name, confidence)


@pytest.mark.parametrize(
    "text",
    [
        "The minister condemned the bombing of the clinic without blaming ISIS for it.",
        "Police have not blamed the rebels for the bombing of the clinic.",
        "The clinic was bombed on Monday.",
    ],
)
def test_where_nobody_is_blamed_there_is_no_actor(read: Read, text: str) -> None:
    """Words that say that nobody was blamed name no actor."""
    assert [event(claim).actors for claim in read(text).claims] == [()]


@pytest.mark.xfail(strict=True, reason="a person who admits a killing yields no claim")
def test_an_admission_of_a_person(read: Read) -> None:
    """ "Ivo Brand admitted that he had killed the mayor" is a claim that the killer makes."""
    claim = only(read("Ivo Brand admitted that he had killed the mayor."))
    assert claim.attribution.stance == "admits" and event(claim).actors[0].confidence == "claimed_or_admitted"


def test_we_are_those_who_speak(read: Read) -> None:
    """ "We" in a quotation is the speaker, with the pronoun as the mention."""
    (actor,) = event(only(read('"We bombed the clinic," rebel commander Ivo Brand said.'))).actors
    assert (actor.name, actor.mention.text) == ("Ivo Brand", "We")


RECIPIENTS = [
    ("Gunmen killed three soldiers on Monday.", "military"),
    ("Gunmen killed General Pavel Orlik in Ovenna.", "military"),
    ("Gunmen killed the attorney general in Ovenna.", "government"),
    ("Rebels kidnapped League Secretary General Pavel Orlik.", "government"),
    ("Gunmen killed two police officers on Monday.", "police"),
    ("Gunmen killed the mayor of Tarvik on Monday.", "government"),
    ("Gunmen killed four children on Monday.", "civilians"),
    ("Soldiers killed three militants on Monday.", "armed_group"),
    ("Rebels bombed a bridge on Monday.", "infrastructure"),
    ("Rebels bombed a bus on Monday.", "vehicle"),
    ("The attack on Mosul began in March.", "place"),
]


@pytest.mark.parametrize(("text", "kind"), RECIPIENTS)
def test_a_recipient_has_a_kind(read: Read, text: str, kind: str) -> None:
    """Whom or what it was done to, by the noun that names them."""
    (recipient,) = event(only(read(text))).recipients
    assert recipient.kind == kind


def test_whom_somebody_finds_is_not_himself(read: Read) -> None:
    """ "I will find her and kick her": she who speaks does not mean herself."""
    found = event(read('Mara Lind was angry. "I will kick her in the face," Lind said.').claims[-1])
    assert [a.name for a in found.actors] == ["Mara Lind"]
    assert [r.name for r in found.recipients] == ["her"]


def test_who_asks_to_be_shot_shoots_nobody(read: Read) -> None:
    """An imperative has nobody for its actor."""
    found = event(read('Pavel Orlik spread his arms and said, "Go ahead - shoot me."').claims[-1])
    assert found.actors == ()


def test_one_who_survives_an_attack_on_his_life_is_named_once(read: Read) -> None:
    """He and his life are one."""
    found = event(only(read("Pavel Orlik survived an attack on his life in Nairobi.")))
    assert [r.name for r in found.recipients] == ["Pavel Orlik"]


@pytest.mark.parametrize(
    "text", ["Pavel Orlik was arrested in the killing of a clerk.", "Pavel Orlik faces two counts of arson in Nairobi."]
)
def test_who_is_charged_is_accused(read: Read, text: str) -> None:
    """An arrest or a charge is no proof; it is the authorities' word."""
    found = [actor for claim in read(text).claims for actor in event(claim).actors]
    assert {(actor.name, actor.confidence) for actor in found} == {("Pavel Orlik", "accused_by_authorities")}


def test_content_is_what_is_attributed(read: Read) -> None:
    """The words of the content are the clause that is said; the whole sentence where the outlet speaks for itself."""
    said = only(read("Police said on Tuesday that rebels had bombed the clinic."))
    assert (
        "".join(span.text for span in said.content).startswith(("that rebels", "rebels"))
        and "Police" not in said.content[0].text
    )
    own = only(read("Rebels bombed the clinic on Monday."))
    assert [span.text for span in own.content] == [own.sentence.text] == ["Rebels bombed the clinic on Monday."]


RICH = (
    "Nurse Ana Ruiz told Radio Uno that suspected militants had attacked a clinic in Nairobi with grenades on Monday, killing nine patients.\n\n"
    "The army denied that it had shelled Kampala. Police foiled a plot to kidnap the mayor, and may have arrested three men."
)


def test_every_value_has_a_reason(read: Read) -> None:
    """For each value of each claim there is a rule, and its words stand in the article."""
    reading = read(RICH)
    assert len(reading.claims) >= 3
    for claim in reading.claims:
        told, found = {r.field for r in reading.reasons[claim.claim_id]}, event(claim)
        wanted = {"event.event_type", "factuality.stage", "factuality.polarity", "factuality.certainty"}
        for name in ("actors", "recipients", "weapons", "places", "quantities"):
            wanted |= {f"event.{name}.{number}" for number in range(len(getattr(found, name)))}
        wanted |= {f"attribution.chain.{number}" for number in range(len(claim.attribution.chain))}
        wanted |= {"event.date"} if found.date else set()
        wanted |= {"attribution.stance"} if claim.attribution.cue else set()
        assert wanted - told == set(), claim.sentence.text


def test_reasons_point_at_words_of_the_text(read: Read) -> None:
    """A reason's words are the article's own, and its rule names the stage that made it."""
    reading = read(RICH)
    reasons = [reason for given in reading.reasons.values() for reason in given]
    assert {claim.claim_id for claim in reading.claims} == set(reading.reasons)
    for reason in reasons:
        assert reason.rule and reason.value
        if reason.words is not None:
            assert reading.article.text[reason.words.start : reason.words.end] == reason.words.text != ""


def test_a_reason_gives_the_value_that_the_claim_has(read: Read) -> None:
    """What the reasons say of type, stage, polarity and certainty is what the claim says."""
    reading = read(RICH)
    for claim in reading.claims:
        told = {reason.field: reason.value for reason in reading.reasons[claim.claim_id]}
        assert claim.factuality is not None
        assert told["event.event_type"] == event(claim).event_type
        assert told["factuality.stage"] == claim.factuality.stage
        assert told["factuality.polarity"] == claim.factuality.polarity
        assert told["factuality.certainty"] == claim.factuality.certainty


def test_what_is_said_of_anything_else_is_a_statement(read: Read) -> None:
    """An attribution without an event is no claim; its event, factuality and incident are null."""
    reading = read(
        '"The harvest was good this year," the mayor, Ivo Brand, said. Rebels bombed the clinic on Monday, police said.'
    )
    (statement,) = reading.statements
    assert (statement.event, statement.factuality, statement.incident_id) == (None, None, None)
    assert chain(statement) == ["Ivo Brand"] and statement.attribution.quotation == "direct"
    assert only(reading).sentence.text.startswith("Rebels bombed")


def test_a_headline_claim_is_marked(reader: Reader) -> None:
    """A claim of the headline says so."""
    (reading,) = reader.read(
        [typed_article("The town was quiet on Tuesday.", PUBLISHED, headline="Blast kills nine in Nairobi market")]
    )
    assert [claim.headline for claim in reading.claims] == [True]


@pytest.mark.parametrize("headline", ["Rebels bomb bridge near Nairobi", "Gunmen attack bus near Nairobi"])
def test_a_headline_in_the_present_tense(reader: Reader, headline: str) -> None:
    """The commonest form of a headline is a claim."""
    (reading,) = reader.read([typed_article("The town was quiet on Tuesday.", PUBLISHED, headline=headline)])
    assert len(reading.claims) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Villagers never realised that rebels had planted a bomb under the bridge.",
        "Even his brothers did not know that rebels had planted a bomb under the bridge.",
        "The guards were unaware that rebels had planted a bomb under the bridge.",
        "The guards were not aware that rebels had planted a bomb under the bridge.",
        "Detectives would not say who had planted a bomb under the bridge.",
        "The police have not disclosed how rebels planted a bomb under the bridge.",
    ],
)
def test_what_nobody_knew_or_tells_the_half_of_is_the_outlets_word(read: Read, text: str) -> None:
    """That a bomb was planted is taken for granted: nobody denies it, and nobody declines to confirm it."""
    claim = only(read(text))
    assert (chain(claim), claim.attribution.stance) == ([], "asserts")
    assert claim.factuality is not None and claim.factuality.polarity == "affirmed"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The police did not know whether rebels had bombed the clinic.", "declines_to_confirm"),
        ("The general said he was not aware that soldiers had shelled the clinic.", "denies"),
        ("The minister does not believe that soldiers shelled the clinic.", "denies"),
    ],
)
def test_who_doubts_that_it_was_done_takes_a_stance(read: Read, text: str, stance: str) -> None:
    """ "whether" takes nothing for granted, nor does somebody who says that he does not know of it."""
    assert only(read(text)).attribution.stance == stance


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mason charged with murder of a baker in Senn.", []),
        ("Rebels blamed for attack on a market in Senn.", []),
        ("Norland charged the rebels with the murder of a baker.", ["norland"]),
    ],
)
def test_whoever_is_charged_is_no_accuser(read: Read, text: str, names: list[str]) -> None:
    """A headline leaves out the "was"."""
    claim = only(read(text))
    assert ([name.lower() for name in chain(claim)], claim.attribution.stance) == (names, "accuses")


def test_to_refuse_is_not_to_deny(read: Read) -> None:
    """Who would not let the hostages go does not deny anything, and it is the outlet that tells it."""
    claim = only(read("The rebels refused to release the hostages."))
    assert (chain(claim), claim.attribution.stance) == ([], "asserts")
    assert claim.factuality is not None and claim.factuality.polarity == "negated"


def test_a_quotation_below_a_denial_is_not_denied(read: Read) -> None:
    """The mayor denies the one, and says the other."""
    text = 'Mayor Ana Ruiz denied that soldiers had shot at the crowd. "The rebels shelled the market."'
    found = {c.event.event_type: c.attribution.stance for c in read(text).claims if c.event}
    assert found == {"armed_assault": "denies", "shelling": "asserts"}


def test_a_statement_belongs_to_whoever_issues_it(read: Read) -> None:
    """Not to the detectives who stand nearer to a word of asking."""
    text = (
        "The killing led the town's detectives to question whether one man had done it.\n\n"
        "In response, Governor Ivo Brand issued the following statement:\n\n"
        "“Our prayers are with those hit by the bombing of the clinic. This cannot go on.”"
    )
    claim = next(c for c in read(text).claims if c.event and c.event.event_type == "bombing")
    assert (chain(claim), claim.attribution.stance) == (["Ivo Brand"], "asserts")


def test_as_you_know_is_no_station(read: Read) -> None:
    """Whoever is spoken to says nothing."""
    assert chain(only(read('"As you know, rebels bombed the clinic," Ana Ruiz said.'))) == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army dismissed the report that it had shelled the clinic.", "denies"),
        ("The bishops have confirmed reports that rebels have shelled the clinic.", "confirms"),
    ],
)
def test_whoever_judges_a_report_did_not_make_it(read: Read, text: str, stance: str) -> None:
    """One claim, by whoever denies or confirms it; the report is nobody's."""
    assert only(read(text)).attribution.stance == stance


def test_who_investigates_says_nothing(read: Read) -> None:
    """ "Detectives investigating the bombing" do not accuse anybody of it."""
    text = "Detectives investigating the bombing of the clinic have established that nobody helped the thief."
    (claim,) = (c for c in read(text).claims if c.event and c.event.event_type == "bombing")
    assert claim.attribution.stance == "asserts"


def test_observers_are_people(read: Read) -> None:
    """ "The Observer" is a paper."""
    (hop,) = only(read("Some observers said that rebels had bombed the clinic.")).attribution.chain
    assert hop.kind == "group"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The senator accused Marlo of welcoming the rebels after the Ovenna bombings.", "asserts"),
        ("The army denied that its soldiers were in Ovenna before the massacre.", "asserts"),
        ("Residents accused the mayor of covering up the murder of a student.", "asserts"),
        ("The mayor refused to describe the massacre in Ovenna as a crime.", "asserts"),
        ("The army denied the massacre in Ovenna.", "denies"),
        ("Residents accused the mayor of the murder of a student.", "accuses"),
    ],
)
def test_what_only_says_when_is_neither_blamed_nor_denied(read: Read, text: str, stance: str) -> None:
    """ "accused him of silence after the bombings": nobody is accused of the bombings there."""
    claim = only(read(text))
    assert claim.attribution.stance == stance
    assert claim.factuality is not None and (claim.factuality.polarity == "affirmed" or stance == "denies")
