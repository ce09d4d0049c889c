"""judge says how far an act got, whether that is affirmed, and how certain the source is of it.

Each row is one sentence of ours: the behaviour, the sentence, the words of the trigger, and the value. `code` finds the event; the
attribution, where a behaviour needs one, is typed by hand.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly import lexicons
from reportedly.records import Certainty, Factuality, Stance
from reportedly.stages._words import CodeWords, Nouns, Triggers, WeaponNames
from reportedly.stages.code import code
from reportedly.stages.drafts import Annotated
from reportedly.stages.judge import Judged, JudgeWords, Operators, judge

CODE = CodeWords(
    lexicons.load("triggers", Triggers), lexicons.load("nouns", Nouns), lexicons.load("weapons", WeaponNames)
)
WORDS = JudgeWords(lexicons.load("operators", Operators))
Judging = Callable[..., Judged]


@pytest.fixture(scope="module")
def judged(annotated: Callable[..., Annotated]) -> Judging:
    """``judged(text, anchor, cue=None, stance="asserts", certainty="certain")``: the event at `anchor`, judged."""

    def make(
        text: str, anchor: str, cue: str | None = None, stance: Stance = "asserts", certainty: Certainty = "certain"
    ) -> Judged:
        article = annotated(text)
        start = text.index(anchor)
        draft = next(
            (d for d in code(article, CODE) if d.trigger[0] < start + len(anchor) and start < d.trigger[1]), None
        )
        assert draft is not None, f"code finds no event at {anchor!r}"
        cues = frozenset(token.i for token in article.doc if cue is not None and token.text == cue)
        return judge(article, draft, WORDS, cues=cues, stance=stance, certainty=certainty)

    return make


STAGES = [
    # accomplished
    ("a plain past is accomplished", "Gunmen kidnapped a dentist in Ovenna.", "kidnapped", "accomplished"),
    ("what is said of its victim changes no act", "They may bury the murdered clerk.", "murdered", "accomplished"),
    ("a passive is accomplished", "A dentist was kidnapped by gunmen in Ovenna.", "kidnapped", "accomplished"),
    ("a headline's present is accomplished", "Militants kidnap dentist in Ovenna", "kidnap", "accomplished"),
    ("what one managed to do was done", "The rebels managed to kidnap a dentist.", "kidnap", "accomplished"),
    ("what one survives took place", "The consul survived a bombing in Ovenna.", "bombing", "accomplished"),
    (
        "what one failed to prevent took place",
        "Guards failed to prevent the bombing of the mill.",
        "bombing",
        "accomplished",
    ),
    ("what one could not stop took place", "Guards could not stop the bombing of the mill.", "bombing", "accomplished"),
    ("what is condemned took place", "The consul will condemn the bombing of the mill.", "bombing", "accomplished"),
    (
        "what is investigated took place",
        "Police want to investigate the kidnapping of the dentist.",
        "kidnapping",
        "accomplished",
    ),
    (
        "what follows an act is no part of it",
        "Police plan to patrol the mill after the bombing.",
        "bombing",
        "accomplished",
    ),
    (
        "a stop of one's own shelling leaves it done",
        "The militia stopped shelling the port.",
        "shelling",
        "accomplished",
    ),
    ("what one was able to do was done", "The gang was able to kidnap a dentist.", "kidnap", "accomplished"),
    (
        "what may have happened is a doubt, no mere possibility",
        "Rebels may have bombed the mill.",
        "bombed",
        "accomplished",
    ),
    ("what was heard took place", "Powerful bomb explosions could be heard in Ovenna.", "explosions", "accomplished"),
    (
        "the known act that somebody planned was done",
        "The bombing of the mill was planned by a sergeant.",
        "bombing",
        "accomplished",
    ),
    (
        "the aim of the known attacks is no plan of them",
        "He said that the aim of the bombings was to close the mill.",
        "bombings",
        "accomplished",
    ),
    (
        "news of a known attack is awaited, not the attack",
        "The town is awaiting reports of this bombing of the mill.",
        "bombing",
        "accomplished",
    ),
    ("a span of days is no plan", "The mill closed after days of shelling by the rebels.", "shelling", "accomplished"),
    ("what one had to suffer took place", "The port had to face shelling for a month.", "shelling", "accomplished"),
    ("what delays are due to took place", "The ferry was late due to shelling by rebels.", "shelling", "accomplished"),
    ("the first to do it did it", "He was the first rebel to bomb the mill.", "bomb", "accomplished"),
    (
        "who wants to know who did it takes it for done",
        "Police want to know who bombed the mill.",
        "bombed",
        "accomplished",
    ),
    (
        "what comes of a foiling is done",
        "Police foiled a plot on Friday, arresting two clerks.",
        "arresting",
        "accomplished",
    ),
    ("a protest broken up took place", "Police broke up a protest by students.", "protest", "accomplished"),
    ("what one was forced to do was done", "The rebels were forced to release the dentist.", "release", "accomplished"),
    ("what one decides to stop was done", "The militia decided to stop shelling the port.", "shelling", "accomplished"),
    ("whether it happened is a doubt", "It is not clear if rebels bombed the mill.", "bombed", "accomplished"),
    # ongoing
    ("a present progressive goes on", "Rebels are shelling the port of Ovenna.", "shelling", "ongoing"),
    ("a passive progressive goes on", "The port of Ovenna is being shelled.", "shelled", "ongoing"),
    ("a past progressive goes on", "Rebels were shelling the port when the ship came.", "shelling", "ongoing"),
    ("a perfect progressive goes on", "Rebels have been shelling the port since May.", "shelling", "ongoing"),
    ("what continues goes on", "Shelling of the port by rebels continued on Friday.", "Shelling", "ongoing"),
    ("what one keeps doing goes on", "Rebels keep shelling the port of Ovenna.", "shelling", "ongoing"),
    ("who has been held for weeks is held", "The two dentists have been held hostage for weeks.", "held", "ongoing"),
    ("what has not ended goes on", "The shelling of the port has not ended.", "shelling", "ongoing"),
    (
        "what has not let up goes on",
        "The mayor spoke of shelling that had not let up since May.",
        "shelling",
        "ongoing",
    ),
    ("what is far from over goes on", "The shelling of the port is far from over.", "shelling", "ongoing"),
    ("a headline's bare participle goes on", "Rebels shelling port for third day", "shelling", "ongoing"),
    # attempted
    ("what one tried was attempted", "A clerk tried to kidnap the dentist.", "kidnap", "attempted"),
    ("what one failed to do was attempted", "A clerk failed to kidnap the dentist.", "kidnap", "attempted"),
    (
        "a bomb that failed to go off was an attempt",
        "A car bomb at the mill failed to explode.",
        "explode",
        "attempted",
    ),
    ("a bomb that did not go off was an attempt", "A car bomb at the mill did not explode.", "explode", "attempted"),
    (
        "an attempted kidnapping was attempted",
        "The attempted kidnapping of a dentist alarmed Ovenna.",
        "kidnapping",
        "attempted",
    ),
    ("a botched bombing was attempted", "A botched bombing shook the mill.", "bombing", "attempted"),
    (
        "an assassination attempt was attempted",
        "The consul survived an assassination attempt.",
        "assassination attempt",
        "attempted",
    ),
    ("who escaped being kidnapped was nearly taken", "The dentist escaped being kidnapped.", "kidnapped", "attempted"),
    ("who escaped assassination lives", "The consul narrowly escaped assassination.", "assassination", "attempted"),
    ("what nearly happened was attempted", "Rebels nearly assassinated the consul.", "assassinated", "attempted"),
    ("a plot that failed was attempted", "A plot to bomb the mill failed.", "bomb", "attempted"),
    ("an attempt made in vain", "An attempt was made to bomb the mill.", "bomb", "attempted"),
    (
        "what a warrant is for is still to be done",
        "A judge in Ovenna issued a warrant for the arrest of a clerk.",
        "arrest",
        "planned",
    ),
    (
        "what information may lead to is open",
        "There is a reward for information leading to the arrest of the bomber.",
        "arrest",
        "hypothetical",
    ),
    ("what has taken place was done", "We answer the attacks that have taken place.", "attacks", "accomplished"),
    ("who was driven to do it did", "Anger drove them to attack a guard.", "attack", "accomplished"),
    (
        "a plan holds for what is joined to it",
        "They plotted to bomb the court and then attack a mill.",
        "attack",
        "planned",
    ),
    # foiled
    ("what was foiled was foiled", "Police foiled a bombing in Ovenna.", "bombing", "foiled"),
    ("a passive foiling", "A bombing in Ovenna was thwarted by police.", "bombing", "foiled"),
    ("a foiled plan is foiled, not planned", "Police foiled a plan to bomb the mill.", "bomb", "foiled"),
    ("a foiled attempt is foiled, not attempted", "Police thwarted an attempt to bomb the mill.", "bomb", "foiled"),
    ("a relative clause foils", "The bombing that police foiled was meant for Ovenna.", "bombing", "foiled"),
    ("a modifier foils", "The foiled bombing of the mill cost nobody his life.", "bombing", "foiled"),
    (
        "who was prevented from acting was foiled",
        "Two clerks were prevented from kidnapping the dentist.",
        "kidnapping",
        "foiled",
    ),
    ("who was stopped from acting was foiled", "Police stopped two clerks from bombing the mill.", "bombing", "foiled"),
    ("a headline's participle foils", "Mill bombing averted", "bombing", "foiled"),
    ("a smashed plot in a headline is foiled", "Ferry bomb plot smashed", "bomb plot", "foiled"),
    ("a defused bomb was foiled", "Soldiers defused a car bomb near the mill.", "defused", "foiled"),
    ("before he could: foiled", "Guards seized the man before he could bomb the mill.", "bomb", "foiled"),
    # planned
    ("what one plans is planned", "The cell plans to bomb the mill.", "bomb", "planned"),
    ("what will be done is planned", "Troops will bomb the mill on Friday.", "bomb", "planned"),
    ("who was about to act planned to", "The clerks were about to bomb the mill.", "bomb", "planned"),
    (
        "who was on the verge of acting planned to",
        "The clerks were on the verge of bombing the mill.",
        "bombing",
        "planned",
    ),
    ("who was days from acting planned to", "The clerks were days from bombing the mill.", "bombing", "planned"),
    ("a conviction for plotting", "He was convicted of plotting to bomb the mill.", "bomb", "planned"),
    ("a purpose is planned", "They bought a van to kidnap the dentist.", "kidnap", "planned"),
    ("what one is expected to do is planned", "Rebels are expected to bomb the mill.", "bomb", "planned"),
    ("air strikes authorised are planned", "The cabinet authorised air strikes on the port.", "air strikes", "planned"),
    ("air strikes considered are planned", "The cabinet considered air strikes on the port.", "air strikes", "planned"),
    (
        "what one is training for is planned",
        "The cell trained recruits for suicide bombings.",
        "suicide bombings",
        "planned",
    ),
    ("a call for strikes is no plan", "The colonel called for air strikes on the port.", "air strikes", "hypothetical"),
    ("to urge is no plan", "The colonel urged his men to bomb the mill.", "bomb", "hypothetical"),
    (
        "a plan that took place is no plan any more",
        "The kidnapping that they had planned since May took place on Sunday.",
        "kidnapping",
        "accomplished",
    ),
    ("who is tried for it did it", "Two clerks were tried for the bombing of the mill.", "bombing", "accomplished"),
    ("what goes on is ongoing", "Guards go on beating the prisoners.", "beating", "ongoing"),
    ("what went on is over", "Guards went on beating the prisoners until dawn.", "beating", "accomplished"),
    ("in progress is ongoing", "The siege of the mill was in progress on Sunday.", "siege", "ongoing"),
    ("an inverted condition", "The union will strike should soldiers kill a miner.", "kill", "hypothetical"),
    ("what was to be done was planned", "He was to bomb the mill on Sunday.", "bomb", "planned"),
    ("who came to do it meant to", "Two clerks came to Ovenna to kidnap the dentist.", "kidnap", "planned"),
    ("a promised release is a plan", "The gang promised to release the dentist.", "release", "planned"),
    ("what one is going to do is planned", "The rebels are going to bomb the mill.", "bomb", "planned"),
    ("an imminent act is planned", "The bombing of the mill is imminent.", "bombing", "planned"),
    ("money for carrying out an act", "They raised money to carry out a bombing.", "bombing", "planned"),
    # threatened
    ("what one threatens to do", "The militia threatened to bomb the mill.", "bomb", "threatened"),
    ("what one vowed to do", "The militia vowed to bomb the mill.", "bomb", "threatened"),
    ("a threat's noun", "A threat to bomb the mill closed the road.", "bomb", "threatened"),
    ("a threat of acts", "The threat of bombings closed the mill.", "bombings", "threatened"),
    ("a participle threatens", "Men threatening to bomb the mill were seen.", "bomb", "threatened"),
    ("a threatened act", "The threatened bombing of the mill kept workers away.", "bombing", "threatened"),
    ("by doing it", "The rebels swore to free Ovenna by bombing the mill.", "bombing", "threatened"),
    # meant, and no more
    (
        "what is to be done to a thing that was picked",
        "They have picked the mills to be bombed at dawn.",
        "bombed",
        "planned",
    ),
    ("an act that was called off", "The rebels called off a raid on the mill.", "raid", "planned"),
    # hypothetical
    ("what is acted in a drill", "It was a drill in which two clerks were kidnapped.", "kidnapped", "hypothetical"),
    (
        "what would have been, as one says",
        "We would have bombed the mill, said the sergeant.",
        "bombed",
        "hypothetical",
    ),
    ("what could happen", "Rebels could bomb the mill.", "bomb", "hypothetical"),
    ("a condition", "If rebels bomb the mill, the town will starve.", "bomb", "hypothetical"),
    ("a condition without if", "Should rebels bomb the mill, the town would starve.", "bomb", "hypothetical"),
    ("a counterfactual", "The device would have bombed the mill had it worked.", "bombed", "hypothetical"),
    ("the risk of an act", "The risk of a bombing closed the mill.", "bombing", "hypothetical"),
    ("the danger that one will act", "The danger that rebels will bomb the mill is real.", "bomb", "hypothetical"),
    ("fear of an act", "Merchants fear a bombing in Ovenna.", "bombing", "hypothetical"),
    ("measures to prevent acts", "The town bought cameras to prevent bombings.", "bombings", "hypothetical"),
    ("able and free to act", "The militia is capable of bombing the mill.", "bombing", "hypothetical"),
    ("a possible act", "A possible bombing worries the mill.", "bombing", "hypothetical"),
    ("any act at all", "Any bombing of the mill means war.", "bombing", "hypothetical"),
]

NEGATED = [
    ("a negated verb", "Rebels did not bomb the mill.", "bomb"),
    ("never", "Rebels have never bombed the mill.", "bombed"),
    ("no before the noun", "There was no bombing in Ovenna.", "bombing"),
    ("nobody did it", "Nobody has bombed the mill.", "bombed"),
    ("no group did it", "No militia has bombed the mill.", "bombed"),
    ("no evidence of it", "Police found no evidence that rebels bombed the mill.", "bombed"),
    ("ruled out", "Police ruled out a bombing.", "bombing"),
    ("not true that", "It is not true that rebels bombed the mill.", "bombed"),
    ("untrue that", "It is untrue that rebels bombed the mill.", "bombed"),
    ("a false report", "The report of a bombing is false.", "bombing"),
    ("no plan to", "The militia had no plans to bomb the mill.", "bomb"),
    ("no attempt was made", "No attempt was made to bomb the mill.", "bomb"),
    ("did not carry it out", "The militia did not carry out the bombing.", "bombing"),
    ("did not report any", "Police did not report any bombing.", "bombing"),
    ("did not happen", "The bombing did not happen.", "bombing"),
    ("never came", "The bombing that never came cost millions.", "bombing"),
    ("called off", "The bombing of the mill was called off.", "bombing"),
    ("refused to", "The pilot refused to bomb the mill.", "bomb"),
    ("not ready to", "The militia is not ready to bomb the mill.", "bomb"),
    ("unable to", "The militia was unable to bomb the mill.", "bomb"),
    ("not foiled", "Police have not foiled any bombing this year.", "bombing"),
    ("without doing it", "The men fled without bombing the mill.", "bombing"),
]

AFFIRMED = [
    ("what did not do damage happened", "The bombing did not damage the mill.", "bombing"),
    ("what is not condemned happened", "The consul did not condemn the bombing.", "bombing"),
    ("what was not prevented happened", "Guards did not prevent the bombing.", "bombing"),
    ("not only", "Not only did rebels bomb the mill, they took the port.", "bomb"),
    ("two negations", "It is not true that rebels did not bomb the mill.", "bomb"),
    ("no one hurt in it", "No one was hurt when rebels bombed the mill.", "bombed"),
    ("what has not stopped goes on", "The shelling of the port has not stopped.", "shelling"),
]

CERTAINTIES = [
    ("apparently is probable", "Rebels apparently bombed the mill.", "bombed", "probable"),
    ("allegedly is probable", "The clerk allegedly bombed the mill.", "bombed", "probable"),
    ("an alleged act is probable", "The alleged kidnapping of a dentist alarmed Ovenna.", "kidnapping", "probable"),
    ("believed to have is probable", "Rebels are believed to have bombed the mill.", "bombed", "probable"),
    ("suspected of is probable", "Rebels are suspected of bombing the mill.", "bombing", "probable"),
    ("may have is possible", "Rebels may have bombed the mill.", "bombed", "possible"),
    ("might is possible", "Rebels might bomb the mill.", "bomb", "possible"),
    ("must have is probable", "Rebels must have bombed the mill.", "bombed", "probable"),
    ("perhaps is possible", "Rebels perhaps bombed the mill.", "bombed", "possible"),
    ("it is possible that", "It is possible that rebels bombed the mill.", "bombed", "possible"),
    ("it is likely that", "It is very likely that rebels bombed the mill.", "bombed", "probable"),
    ("whether is unknown", "It is unclear whether rebels bombed the mill.", "bombed", "unknown"),
    ("asked if is unknown", "The consul asked if rebels bombed the mill.", "bombed", "unknown"),
    ("a suspected doer leaves the act certain", "Suspected rebels bombed the mill.", "bombed", "certain"),
    ("a plain report is certain", "Rebels bombed the mill.", "bombed", "certain"),
    ("the most doubtful word counts", "It is unclear whether rebels allegedly bombed the mill.", "bombed", "unknown"),
]


def _table(rows: list[tuple[str, ...]]) -> pytest.MarkDecorator:
    names = ("behaviour", "text", "anchor", "value")[: len(rows[0])]
    return pytest.mark.parametrize(names[1:], [row[1:] for row in rows], ids=[row[0] for row in rows])


@_table(STAGES)
def test_the_words_above_an_event_give_its_stage(judged: Judging, text: str, anchor: str, value: str) -> None:
    """How far an act got is read from the words that stand over it."""
    assert judged(text, anchor).factuality.stage == value


@_table(NEGATED)
def test_what_is_said_not_to_be_is_negated(judged: Judging, text: str, anchor: str) -> None:
    """A negation reaches the event through the words that carry it."""
    assert judged(text, anchor).factuality.polarity == "negated"


@_table(AFFIRMED)
def test_a_negation_of_something_else_leaves_the_event(judged: Judging, text: str, anchor: str) -> None:
    """What is not said of the event does not negate it."""
    assert judged(text, anchor).factuality.polarity == "affirmed"


@_table(CERTAINTIES)
def test_certainty_is_the_sources_own(judged: Judging, text: str, anchor: str, value: str) -> None:
    """How sure a source is stands in its hedges."""
    assert judged(text, anchor).factuality.certainty == value


def test_what_a_source_denies_is_negated(judged: Judging) -> None:
    """A denial turns the event, whatever its stage."""
    text = "The militia denied planning to bomb the mill."
    assert judged(text, "bomb", cue="denied", stance="denies").factuality == Factuality(
        stage="planned", polarity="negated", certainty="certain"
    )


def test_to_deny_a_share_is_not_to_deny_the_act(judged: Judging) -> None:
    """Whoever denies a part in a bombing says nothing against the bombing."""
    for text, cue in (
        ("The rebels denied any part in the bombing of the mill.", "denied"),
        ("The rebels said they had no role in the bombing of the mill.", "said"),
        ("The rebels denied responsibility for the bombing of the mill.", "denied"),
        ("The rebels said they were not behind the bombing of the mill.", "said"),
    ):
        assert judged(text, "bombing", cue=cue, stance="denies").factuality.polarity == "affirmed", text


def test_what_a_source_declines_to_confirm_is_unknown(judged: Judging) -> None:
    """A refusal to say leaves the event open, and is no condition."""
    text = "The police declined to confirm that rebels had bombed the mill."
    found = judged(text, "bombed", cue="confirm", stance="declines_to_confirm").factuality
    assert found == Factuality(stage="accomplished", polarity="affirmed", certainty="unknown")


def test_who_did_it_is_unknown_not_that_it_was_done(judged: Judging) -> None:
    """What stands under "who", "where" or "why" is taken for granted; under "whether" it is not."""
    done = Factuality(stage="accomplished", polarity="affirmed", certainty="certain")
    text = "The police would not say who bombed the mill."
    assert judged(text, "bombed", cue="say", stance="declines_to_confirm").factuality == done
    text = "The consul denied knowing why rebels bombed the mill."
    assert judged(text, "bombed", cue="denied", stance="denies").factuality == done
    text = "The police would not say whether rebels bombed the mill."
    assert judged(text, "bombed", cue="say", stance="declines_to_confirm").factuality.certainty == "unknown"


def test_words_above_the_cue_are_said_of_the_saying(judged: Judging) -> None:
    """ "was expected to say that rebels bombed": the bombing is not expected."""
    text = "The consul was expected to say that rebels bombed the mill."
    assert judged(text, "bombed", cue="say").factuality.stage == "accomplished"


def test_a_warning_of_ones_own_acts_is_a_threat(judged: Judging) -> None:
    """Who warns that they will do it threatens."""
    text = "The militia warned that it would bomb the mill."
    assert judged(text, "bomb", cue="warned", stance="warns").factuality.stage == "threatened"


def test_a_warning_of_others_acts_is_none(judged: Judging) -> None:
    """Who warns of what others may do tells a possibility."""
    text = "The consul warned of bombings in Ovenna."
    assert judged(text, "bombings", cue="warned", stance="warns").factuality.stage == "hypothetical"


def test_what_speakers_say_they_would_do_is_planned(judged: Judging) -> None:
    """ "said it would" is a future seen from the past."""
    text = "The army said it would bomb the mill."
    assert judged(text, "bomb", cue="said").factuality.stage == "planned"


def test_we_will_is_a_threat_when_the_act_is_hostile(judged: Judging) -> None:
    """The first person's future announces an attack."""
    assert judged("We will bomb the mill.", "bomb").factuality.stage == "threatened"


def test_the_cues_certainty_is_kept(judged: Judging) -> None:
    """What the attribution's cue makes of certainty stands where no word is more doubtful."""
    assert (
        judged(
            "The clerk believes that rebels bombed the mill.", "bombed", cue="believes", certainty="probable"
        ).factuality.certainty
        == "probable"
    )


def test_every_change_has_its_reason(judged: Judging) -> None:
    """Each value that is not the plain one names the rule and the word."""
    text = "Police have not foiled a plan to bomb the mill."
    found = judged(text, "bomb")
    words = {reason.field: text.split()[reason.token] for reason in found.because}
    assert words == {"factuality.stage": "foiled", "factuality.polarity": "foiled"}


def test_a_plain_report_needs_no_reason(judged: Judging) -> None:
    """Where nothing stands above the event, nothing is explained."""
    assert judged("Rebels bombed the mill.", "bombed").because == ()


def test_every_word_of_the_lexicon_has_one_effect() -> None:
    """No word stands in two lists of one table: the second would silently win."""
    operators = WORDS.operators
    for table in (operators.verbs, operators.nouns, operators.modifiers, operators.adjectives, operators.certainty):
        words = [word for listed in table.values() for word in listed]
        assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("text", ["Ruiz has two warrants out for her arrest.", "A warrant is out for her arrest."])
def test_a_warrant_that_is_out_arrests_nobody(judged: Judging, text: str) -> None:
    """Wherever "for" hangs."""
    assert judged(text, "arrest").factuality.stage == "planned"


def test_the_next_attack_was_not_foiled_yet(judged: Judging) -> None:
    """ "We want to prevent the next attack": nobody has planned one."""
    assert judged("Ruiz said he wants to prevent the next attack.", "attack").factuality.stage == "hypothetical"
    assert judged("Police prevented an attack on the mill.", "attack").factuality.stage == "foiled"
