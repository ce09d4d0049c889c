"""What the head hears is laid beside what the rules find: who is believed, and where. All texts are invented."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from reportedly.lexicons import load
from reportedly.records import Factuality
from reportedly.stages._felt import Felt
from reportedly.stages._verdict import Verdict
from reportedly.stages.attribute import ReportingCues, attribute
from reportedly.stages.drafts import Annotated, Attributed
from reportedly.tagger import FACTS, Part, Seen, Tags, Told
from reportedly.tagger.labels import STANCES

Annotate = Callable[..., Annotated]
Heard = Callable[..., tuple[Attributed, ...]]


@pytest.fixture(scope="session")
def cues() -> ReportingCues:
    return load("reporting_cues", ReportingCues)


@pytest.fixture
def heard(annotated: Annotate, cues: ReportingCues) -> Heard:
    """The attributions of a text for which the head says what the test says: (source, cue, content, probability, stance) each."""

    def make(text: str, *said: tuple[str, str, str, float, str], sure: float = 8.0) -> tuple[Attributed, ...]:
        def at(words: str) -> tuple[tuple[int, int], ...]:
            parts = words.split(" … ") if words else ()
            return tuple((text.index(part), text.index(part) + len(part)) for part in parts)

        told = tuple(
            Told(
                at(cue),
                at(source),
                at(content),
                (),
                p,
                tuple(sure if s == stance else 0.0 for s in STANCES) + (0.0,) * 6,
            )
            for source, cue, content, p, stance in said
        )
        places = tuple((i, i + 1) for i in range(len(text)))
        probability = np.array(
            [max((t.probability for t in told for a, b in t.cue if a <= i < b), default=0.0) for i in range(len(text))]
        )
        seen = Seen(told, probability, np.zeros((len(text), FACTS)))
        return attribute(annotated(text), cues, Tags([Part(places, lambda: seen)]))

    return make


def words(text: str, one: Attributed) -> tuple[list[str], str]:
    return [text[h.start : h.end] for h in one.chain], " … ".join(text[a:b] for a, b in one.content)


def test_what_only_the_head_hears_is_kept(heard: Heard) -> None:
    """No rule knows this cue."""
    text = "The valley was full of talk that soldiers had burned the mill."
    (one,) = [
        a
        for a in heard(text, ("", "talk", "that soldiers had burned the mill", 0.9, "asserts"))
        if a.rule.startswith("head")
    ]
    assert words(text, one) == ([], "that soldiers had burned the mill")
    assert "0.90" in one.rule


def test_what_the_head_barely_hears_is_not(heard: Heard) -> None:
    """Below the threshold only a rule can save it."""
    text = "The valley was full of talk that soldiers had burned the mill."
    assert not [
        a
        for a in heard(text, ("", "talk", "that soldiers had burned the mill", 0.21, "asserts"))
        if a.rule.startswith("head")
    ]


def test_a_rule_s_find_that_the_head_denies_is_dropped(heard: Heard) -> None:
    """The head gives the cue next to nothing."""
    text = "The mayor said that rebels had burned the mill."
    assert heard(text) == ()


def test_the_rule_knows_the_station_and_both_the_words(heard: Heard) -> None:
    """ "told Radio Uno" is the rule's; the content is what either hears."""
    text = "The mayor told Radio Uno that rebels had burned the mill, which stands empty."
    (one,) = heard(text, ("The mayor", "told", "that rebels had burned the mill", 0.9, "asserts"))
    assert words(text, one) == (["The mayor", "Radio Uno"], "that rebels had burned the mill, which stands empty")


def test_a_plain_saying_is_a_denial_only_if_the_head_is_rather_sure(heard: Heard) -> None:
    """ "There was no sound" denies nothing: a denial would turn every act in it."""
    text = "There was no sound, only dust, the widow said."
    content = "There was no sound, only dust,"
    assert [heard(text, ("the widow", "said", content, 0.9, "denies"), sure=sure)[0].stance for sure in (3.0, 5.0)] == [
        "asserts",
        "denies",
    ]


def test_a_quotation_that_is_mostly_content_is_all_of_it(heard: Heard) -> None:
    """Quotation marks are sure."""
    text = '"They burned the mill and the old bridge," the mayor said.'
    (one,) = heard(text, ("the mayor", "said", "They burned the mill and the old", 0.9, "asserts"))
    assert words(text, one)[1].strip('",') == "They burned the mill and the old bridge"
    assert one.quotation == "direct"


def test_who_is_charged_does_not_say_so(heard: Heard) -> None:
    """The subject of a passive is whom the saying is about."""
    text = "He was charged with burning the mill."
    (one,) = heard(text, ("He", "was charged", "with burning the mill", 0.9, "accuses"))
    assert one.chain == () and one.stance == "accuses"


def test_nobody_claims_is_no_saying(heard: Heard) -> None:
    """And "there" is nobody's name."""
    text = "There was no immediate claim of responsibility for the attack on the mill."
    assert (
        heard(
            text,
            (
                "There",
                "was no immediate claim",
                "of responsibility for the attack on the mill",
                0.9,
                "declines_to_confirm",
            ),
        )
        == ()
    )
    text = "There was no comment on the attack from the garrison."
    assert [a.chain for a in heard(text, ("There", "was no comment", "on the attack", 0.9, "declines_to_confirm"))] == [
        ()
    ]


def test_a_quotation_that_only_the_rule_reaches_is_kept(heard: Heard) -> None:
    """The head does not see the paragraphs that go on with it."""
    text = 'The mayor said: "They burned the mill.\n\n"They burned the old bridge."'
    (one,) = heard(text, ("The mayor", "said", '"They burned the mill.', 0.9, "asserts"))
    assert "old bridge" in words(text, one)[1]


def test_crumbs_of_other_sentences_are_left_out(heard: Heard) -> None:
    """A content that is in the cue's own sentence has no stray words in the next, unless they are quoted."""
    text = "The mayor said that rebels had burned the mill. Nobody was there."
    told = ("The mayor", "said", "that rebels had burned the mill … was there", 0.9, "asserts")
    assert words(text, heard(text, told)[0])[1] == "that rebels had burned the mill"


def test_the_head_s_stance_stands_where_the_lexicon_is_silent(heard: Heard) -> None:
    """ "said" says nothing of the stance."""
    text = '"That is a fairy tale," the mayor said.'
    (one,) = heard(text, ("the mayor", "said", "That is a fairy tale", 0.9, "denies"))
    assert one.stance == "denies"
    assert "head.stance" in one.rule


def test_a_word_of_the_lexicon_yields_only_to_a_sure_head(heard: Heard) -> None:
    """ "denied" is a denial unless the head is all but certain."""
    text = "The mayor denied that rebels had burned the mill."
    said = ("The mayor", "denied", "that rebels had burned the mill", 0.9)
    assert heard(text, (*said, "asserts"), sure=2.0)[0].stance == "denies"


def test_the_head_speaks_where_no_word_tells_the_stage(annotated: Annotate) -> None:
    """And gives its probability as the reason."""
    token = annotated("Rebels burned the mill.").doc[1]
    verdict = Verdict("accomplished", "certain")
    Felt((0.1, 0.0, 0.0, 0.8, 0.1, 0.0, 0.0), 0.1, (0.9, 0.1, 0.0, 0.0)).weigh(verdict, token)
    assert verdict.factuality() == Factuality(stage="foiled", polarity="affirmed", certainty="certain")
    assert [(b.field, b.rule) for b in verdict.because] == [("factuality.stage", "head.stage:0.80")]


def test_the_words_stand_against_a_head_that_is_not_sure(annotated: Annotate) -> None:
    """A word above the event said planned."""
    token = annotated("Rebels planned to burn the mill.").doc[3]
    verdict = Verdict("accomplished", "certain")
    verdict.reach("planned", "plan", token)
    Felt((0.8, 0.0, 0.0, 0.0, 0.2, 0.0, 0.0), 0.1, (0.9, 0.1, 0.0, 0.0)).weigh(verdict, token)
    assert verdict.stage == "planned"


def test_what_is_said_ends_with_its_sentence(heard: Heard) -> None:
    """The head's words reach back over a full stop; no mark shows that the police said so."""
    text = "The gunman was shot in a raid in Tarvik. Three others were hurt, police said."
    (one,) = heard(text, ("police", "said", "shot in a raid in Tarvik. Three others were hurt", 0.95, "asserts"))
    assert words(text, one) == (["police"], "Three others were hurt")


def test_a_statement_runs_to_the_end_of_its_sentence(heard: Heard) -> None:
    """After a colon the words of the next paragraphs are the minister's, and none is left half."""
    text = "The minister said:\n\nThe raid was cruel. It killed nine.\n\nThe rebels must answer for it."
    (one,) = heard(
        text, ("The minister", "said", "The raid was cruel. It killed nine.\n\nThe rebels must", 0.95, "asserts")
    )
    assert words(text, one)[1].endswith("answer for it")


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Nine deaths were reported on both sides on Monday.", "both sides", "were reported", "Nine deaths"),
        (
            "Ex-lawmaker Tomas Belk was charged with the murder of a judge.",
            "Ex",
            "was charged",
            "the murder of a judge",
        ),
    ],
)
def test_where_it_was_and_whom_it_is_about_says_nothing(
    heard: Heard, text: str, source: str, cue: str, content: str
) -> None:
    """A place, and the accused, are no speakers."""
    assert all(not one.chain for one in heard(text, (source, cue, content, 0.95, "asserts")))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "wanted"),
    [
        (
            "Chronicle of the war\n\nThe governor, Ana Ruiz, grumbles that rebels burned the mill.",
            "Chronicle of the war\n\nThe governor, Ana Ruiz",
            "grumbles",
            "that rebels burned the mill",
            "The governor, Ana Ruiz",
        ),
        (
            "It was quiet, as the villagers murmured that rebels had burned the mill.",
            "as the villagers",
            "murmured",
            "that rebels had burned the mill",
            "the villagers",
        ),
    ],
)
def test_the_source_is_a_noun_phrase(heard: Heard, text: str, source: str, cue: str, content: str, wanted: str) -> None:
    """Not the heading above it, nor the word before it."""
    assert wanted in [
        name for one in heard(text, (source, cue, content, 0.95, "asserts")) for name in words(text, one)[0]
    ]


def test_who_claims_allegiance_does_not_say_what_he_did(heard: Heard) -> None:
    """The shooting is the writer's word."""
    text = "A man claiming allegiance to the Red Banner shot nine people in Tarvik."
    told = ("A man", "claiming allegiance", "to the Red Banner shot nine people in Tarvik", 0.95, "asserts")
    assert all("nine people" not in words(text, one)[1] for one in heard(text, told))


def test_who_says_it_is_no_part_of_what_is_said(heard: Heard) -> None:
    """Where the head takes the speaker's name for the content, the rule's own stands."""
    text = "The bomb killed nine people, said the mayor, Pavel Orlik, according to the Tarvik Herald."
    found = heard(text, ("the mayor", "said", "mayor, Pavel Orlik", 0.95, "asserts"))
    assert (["the mayor, Pavel Orlik"], "The bomb killed nine people") in [words(text, one) for one in found]


def test_there_says_nothing(heard: Heard) -> None:
    """ "There were letters hinting that …": the letters."""
    text = "There were letters hinting that rebels had burned the mill."
    found = heard(text, ("There were letters", "hinting", "that rebels had burned the mill", 0.95, "asserts"))
    assert all("There" not in name for one in found for name in words(text, one)[0])


@pytest.mark.parametrize(
    ("text", "said", "stance"),
    [
        (
            "Nine senators oppose the raid on Senn.",
            ("Nine senators", "oppose", "the raid on Senn", 0.9, "denies"),
            "asserts",
        ),
        (
            '"If he killed her, that is terrible," Ruiz said.',
            ("Ruiz", "said", "If he killed her", 0.9, "denies"),
            "asserts",
        ),
        ('"No soldier killed her," Ruiz said.', ("Ruiz", "said", "No soldier killed her", 0.9, "denies"), "denies"),
    ],
)
def test_a_denial_is_heard_only_where_a_word_denies(
    heard: Heard, text: str, said: tuple[str, str, str, float, str], stance: str
) -> None:
    """To oppose, to deplore, to suppose is not to deny."""
    (one,) = heard(text, said)
    assert one.stance == stance


def test_the_accused_is_not_the_accuser(heard: Heard) -> None:
    """Whatever the head takes for the source: "they were charged", "blame was put on the army"."""
    text = "The brothers stayed in jail as they were charged with the murder of Brand."
    assert [a.chain for a in heard(text, ("they", "were charged", "with the murder of Brand", 0.9, "accuses"))] == [()]
    text = "Blame has been assigned to the army for shelling the mill."
    content = "for shelling the mill"
    assert [a.chain for a in heard(text, ("to the army", "has been assigned", content, 0.9, "accuses"))] == [()]


def test_what_somebody_will_not_say_is_nobodys_word(heard: Heard) -> None:
    """ "a refusal to acknowledge": nothing is acknowledged."""
    text = "Norland's refusal to acknowledge the killings angers many."
    found = heard(text, ("Norland's", "acknowledge", "the killings", 0.9, "admits"))
    assert "admits" not in {one.stance for one in found}


def test_the_head_negates_alone_only_where_a_word_may(annotated: Annotate) -> None:
    """ "was instead kidnapped": nothing in the sentence says that it was not so."""
    for text, wanted in (
        ("She was instead kidnapped.", "affirmed"),
        ("It is false that she was kidnapped.", "negated"),
    ):
        token = next(t for t in annotated(text).doc if t.text == "kidnapped")
        verdict = Verdict("accomplished", "certain")
        Felt((1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.7, (1.0, 0.0, 0.0, 0.0)).weigh(verdict, token)
        assert verdict.polarity == wanted


def test_the_head_does_not_take_back_what_took_place(annotated: Annotate) -> None:
    """What is condemned has been done, and so has what claimed lives, whatever else the sentence fears."""
    for text, word, wanted in (
        ("We condemn attacks on clerks in the strongest possible terms.", "attacks", "accomplished"),
        ("The cart set off an explosion that claimed nine lives.", "explosion", "accomplished"),
        ("They spoke of attacks on clerks.", "attacks", "hypothetical"),
    ):
        token = next(t for t in annotated(text).doc if t.text == word)
        verdict = Verdict("accomplished", "certain")
        Felt((0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0), 0.0, (1.0, 0.0, 0.0, 0.0)).weigh(verdict, token)
        assert verdict.stage == wanted


def test_nobody_owns_up_to_what_others_did(heard: Heard) -> None:
    """ "its channel" is where it was said; "its fighters" did it."""
    others = "The ministry said on its channel that rebels attacked the depot."
    (one,) = heard(others, ("The ministry", "said", "that rebels attacked the depot", 0.9, "claims_responsibility"))
    own = "The band said that its fighters attacked the depot."
    (two,) = heard(own, ("The band", "said", "that its fighters attacked the depot", 0.9, "claims_responsibility"))
    assert (one.stance, two.stance) == ("asserts", "claims_responsibility")


def test_nobody_warns_of_what_is_past(heard: Heard) -> None:
    """A warning tells of something to come."""
    past = "The letter said the burning was revenge."
    (one,) = heard(past, ("The letter", "said", "the burning was revenge", 0.9, "warns"))
    ahead = "The letter said the band would burn the mill."
    (two,) = heard(ahead, ("The letter", "said", "the band would burn the mill", 0.9, "warns"))
    assert (one.stance, two.stance) == ("asserts", "warns")


def test_a_court_that_quashes_a_conviction_accuses_nobody(heard: Heard) -> None:
    """Nor is it the word of those who were convicted; what is upheld is the court's."""
    text = "The High Court threw out his conviction for bombing the mill."
    (one,) = heard(text, ("The High Court", "threw out his conviction", "for bombing the mill", 0.9, "accuses"))
    assert (one.chain, one.certainty) == ((), "possible")
    text = "Their convictions for bombing the mill were overturned."
    (one,) = heard(text, ("Their", "convictions", "for bombing the mill", 0.9, "accuses"))
    assert one.chain == ()
    text = "The High Court overturned Ivo Brand's conviction for bombing the mill."
    (one,) = heard(text, ("The High Court", "conviction", "bombing the mill", 0.9, "accuses"))
    assert one.chain == ()
    text = "The High Court upheld the conviction of Ivo Brand for bombing the mill."
    (one,) = heard(text, ("The High Court", "upheld the conviction", "Ivo Brand for bombing the mill", 0.9, "accuses"))
    assert words(text, one)[0] == ["The High Court"]


def test_only_who_stands_behind_by_blames(heard: Heard) -> None:
    """ "was blamed": whoever stands elsewhere in the sentence is not the one who blames."""
    text = "Dangers in Norland include the band, which has been blamed for the raid."
    (one,) = heard(text, ("Dangers", "has been blamed", "which … for the raid", 0.9, "accuses"))
    assert one.chain == ()


def test_who_wants_a_video_tells_nothing_of_what_it_shows(heard: Heard) -> None:
    """ "ordered the release of the video of the shooting"."""
    text = "A judge ordered the release of the video of the shooting of Ivo Brand."
    assert heard(text, ("A judge", "ordered", "the shooting of Ivo Brand", 0.9, "asserts")) == ()


def test_details_that_are_not_given_cast_no_doubt(heard: Heard) -> None:
    """The abduction took place, whoever keeps its details; an act that somebody will not confirm may not have."""
    text = "Details of the abduction of the nurse were not disclosed by the army."
    (one,) = heard(text, ("the army", "disclosed", "the abduction of the nurse", 0.9, "declines_to_confirm"))
    text = "The army declined to discuss the shelling of the mill."
    (two,) = heard(text, ("The army", "declined to discuss", "the shelling of the mill", 0.9, "declines_to_confirm"))
    text = "The army declined to confirm the shelling of the mill."
    (three,) = heard(text, ("The army", "declined to confirm", "the shelling of the mill", 0.9, "declines_to_confirm"))
    assert [said.rule.startswith("unaware") for said in (one, two, three)] == [True, True, False]


def test_pressing_charges_is_no_word_of_the_press(heard: Heard) -> None:
    """ "press charges"."""
    text = "She would press charges because Ivo Brand had hit the nurse."
    found = heard(text, ("press", "charges", "because Ivo Brand had hit the nurse", 0.9, "accuses"))
    assert not [hop for said in found for hop in said.chain if text[hop.start : hop.end] == "press"]


def test_to_gloss_over_a_fact_is_not_to_doubt_it(heard: Heard) -> None:
    """The soldiers fired."""
    text = "The paper glosses over the fact that soldiers fired at the crowd."
    (one,) = heard(text, ("The paper", "glosses over", "the fact that soldiers fired", 0.9, "declines_to_confirm"))
    assert one.rule.startswith("unaware")
