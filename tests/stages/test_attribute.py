"""Who is said to say, think or intend what: the shapes that a news report gives to it. All texts are invented."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from reportedly.lexicons import load
from reportedly.stages.attribute import ReportingCues, attribute
from reportedly.stages.drafts import Annotated, Attributed

Annotate = Callable[..., Annotated]


class Found:
    """The attributions of one text, with the words in place of the offsets."""

    def __init__(self, annotated: Annotated, cues: ReportingCues) -> None:
        self.annotated = annotated
        self.all = attribute(annotated, cues)

    def words(self, one: Attributed) -> str:
        return " … ".join(self.annotated.text(*part) for part in one.content)

    def chain(self, one: Attributed) -> list[str]:
        return [self.annotated.text(hop.start, hop.end) for hop in one.chain]

    def cue(self, lemma: str) -> Attributed:
        """The one attribution whose cue is `lemma`."""
        rows = [(a.cue_lemma, self.chain(a), self.words(a)) for a in self.all]
        matching = [a for a in self.all if a.cue_lemma == lemma]
        assert len(matching) == 1, f"wanted one {lemma!r} in {rows}"
        return matching[0]


@pytest.fixture(scope="session")
def cues() -> ReportingCues:
    return load("reporting_cues", ReportingCues)


@pytest.fixture(scope="session")
def find(annotated: Annotate, cues: ReportingCues) -> Callable[..., Found]:
    def make(text: str, headline: str | None = None) -> Found:
        return Found(annotated(text, headline=headline), cues)

    return make


Find = Callable[..., Found]

SHAPES = [
    (
        "a clause after the cue keeps its that",
        "The mayor said that rebels burned the bridge.",
        "say",
        ["The mayor"],
        "that rebels burned the bridge",
    ),
    (
        "a clause after the cue may lack its that",
        "The mayor said rebels burned the bridge.",
        "say",
        ["The mayor"],
        "rebels burned the bridge",
    ),
    (
        "a cue may end the sentence",
        "Rebels burned the bridge on Monday, the mayor said.",
        "say",
        ["the mayor"],
        "Rebels burned the bridge on Monday",
    ),
    (
        "a cue at the end may be partitive",
        "The prisoner is held in Norland, one of the officials said.",
        "say",
        ["one of the officials"],
        "The prisoner is held in Norland",
    ),
    (
        "a cue may stand in brackets of commas",
        "The bridge, the mayor said, was burned by rebels.",
        "say",
        ["the mayor"],
        "The bridge … was burned by rebels",
    ),
    (
        "an opening according to speaks for the rest",
        "According to Radio Norte, soldiers have shelled the port.",
        "according to",
        ["Radio Norte"],
        "soldiers have shelled the port",
    ),
    (
        "a closing according to speaks for what goes before",
        "Soldiers shelled the port at dawn, according to two fishermen.",
        "according to",
        ["two fishermen"],
        "Soldiers shelled the port at dawn",
    ),
    (
        "an appositive belongs to the source",
        "Jonas Reyle, the head of the coastguard, claims his crews sank two boats.",
        "claim",
        ["Jonas Reyle, the head of the coastguard"],
        "his crews sank two boats",
    ),
    (
        "a title belongs to the source",
        "Police spokeswoman Mira Holt confirmed that a bomb had gone off.",
        "confirm",
        ["Police spokeswoman Mira Holt"],
        "that a bomb had gone off",
    ),
    (
        "sources close to somebody are one source",
        "Sources close to the ministry confirmed that nerve gas was used.",
        "confirm",
        ["Sources close to the ministry"],
        "that nerve gas was used",
    ),
    (
        "coordinated sources are one source",
        "Governor Ada Lund and Colonel Rolf Voss said rebels took the fort.",
        "say",
        ["Governor Ada Lund and Colonel Rolf Voss"],
        "rebels took the fort",
    ),
    (
        "a relative pronoun is the words used",
        "The raid was praised by a general, who said it had saved lives.",
        "say",
        ["who"],
        "it had saved lives",
    ),
    (
        "a passive names its source after by",
        "The raid was confirmed by an Arvonian officer.",
        "confirm",
        ["an Arvonian officer"],
        "The raid",
    ),
    (
        "an accusation is the accused and the deed",
        "The ministry accused the rebels of planting the mine.",
        "accuse",
        ["The ministry"],
        "the rebels of planting the mine",
    ),
    (
        "blame is the blamed and the deed",
        "The governor blamed the militia for the ambush.",
        "blame",
        ["The governor"],
        "the militia for the ambush",
    ),
    (
        "a participle takes the subject of its verb",
        "The army withdrew, saying that the town was lost.",
        "say",
        ["The army"],
        "that the town was lost",
    ),
    (
        "a noun may carry the claim",
        "His assertion that the rebels fired first was doubted.",
        "assertion",
        ["His"],
        "that the rebels fired first",
    ),
    ("a denial may be a gerund", "The army denied bombing the clinic.", "deny", ["The army"], "bombing the clinic"),
    (
        "an expectation is an attribution",
        "Analysts expect that the rebels will attack.",
        "expect",
        ["Analysts"],
        "that the rebels will attack",
    ),
    (
        "an intention is an attribution",
        "The militia plans to attack the harbour.",
        "plan",
        ["The militia"],
        "to attack the harbour",
    ),
    (
        "a belief is an attribution",
        "Investigators believe the cell built the bomb.",
        "believe",
        ["Investigators"],
        "the cell built the bomb",
    ),
    (
        "a warning of something is an attribution",
        "The envoy warned of new attacks in the delta.",
        "warn",
        ["The envoy"],
        "new attacks in the delta",
    ),
    (
        "a statement may speak",
        "The rebels issued a statement saying they had left the town.",
        "say",
        ["The rebels"],
        "they had left the town",
    ),
    (
        "without blaming is no part of what is confirmed",
        "The panel confirmed that gas was used, without blaming the army for the attack.",
        "confirm",
        ["The panel"],
        "that gas was used",
    ),
    (
        "a clause that goes on with but is content to its end",
        'The agent said he had received offers, but "the offers were an insult to the victims of the raid."',
        "say",
        ["The agent"],
        'he had received offers, but "the offers were an insult to the victims of the raid."',
    ),
    (
        "a passive accuser stands after by",
        "He was accused by prosecutors of ordering the killing.",
        "accuse",
        ["prosecutors"],
        "He … of ordering the killing",
    ),
    (
        "the deed may stand far from the accused",
        'The general accused Carlo Abrer, former minister and secretary of the ruling party, of "having ordered" the raid.',
        "accuse",
        ["The general"],
        'Carlo Abrer, former minister and secretary of the ruling party, of "having ordered" the raid',
    ),
    (
        "a confession is an attribution",
        "The suspect confessed to planting the bomb.",
        "confess",
        ["The suspect"],
        "planting the bomb",
    ),
    (
        "a clause hung on the statement is still what was said",
        "The group said in a statement posted online that it was behind the attack.",
        "say",
        ["The group"],
        "that it was behind the attack",
    ),
    (
        "whom one calls on is part of the call",
        "The council called on the rebels to leave the port.",
        "call",
        ["The council"],
        "the rebels to leave the port",
    ),
    (
        "bare reports speak for themselves",
        "Reports that the clinic was shelled could not be independently verified.",
        "report",
        ["Reports"],
        "that the clinic was shelled",
    ),
    (
        "to claim an attack is to claim responsibility",
        "The Red Banner claimed the attack.",
        "claim",
        ["The Red Banner"],
        "the attack",
    ),
    (
        "to comment on something may be refused",
        "The ministry declined to comment on the raid.",
        "comment",
        ["The ministry"],
        "the raid",
    ),
    (
        "an according to in the middle speaks for both sides",
        "The army, according to residents, burned the village.",
        "according to",
        ["residents"],
        "The army … burned the village",
    ),
    (
        "two nested verbs are two attributions",
        "The report said police believe the cell built the bomb.",
        "believe",
        ["police"],
        "the cell built the bomb",
    ),
    (
        "a fear is an attribution",
        "Analysts fear that the raid could lead to war.",
        "fear",
        ["Analysts"],
        "that the raid could lead to war",
    ),
    (
        "a description is somebody as something",
        "Police identified the attacker as Jon Reyle.",
        "identify",
        ["Police"],
        "the attacker as Jon Reyle",
    ),
    (
        "an attack that is attributed is an accusation",
        "Officials attributed the attack to the Red Banner.",
        "attribute",
        ["Officials"],
        "the attack to the Red Banner",
    ),
    (
        "an outlet that is accused is not told anything",
        "The general accused The Sun of spreading rumours.",
        "accuse",
        ["The general"],
        "The Sun of spreading rumours",
    ),
    (
        "a hope is an attribution",
        "The rebels are hoping to use the mine in the town.",
        "hope",
        ["The rebels"],
        "to use the mine in the town",
    ),
    ("a threat is an attribution", "He threatened to burn the village.", "threaten", ["He"], "to burn the village"),
    (
        "who says so may stand within the clause",
        "The ship carries “parcels it believes are essential to the mission”.",
        "believe",
        ["it"],
        "parcels … are essential to the mission",
    ),
    (
        "a quotation is direct speech",
        '"We shall attack at dawn," the commander said.',
        "say",
        ["the commander"],
        '"We shall attack at dawn,"',
    ),
    (
        "an inverted cue finds its speaker after it",
        '"They burned every house," said Olga Fenn, a farmer.',
        "say",
        ["Olga Fenn, a farmer"],
        '"They burned every house,"',
    ),
    (
        "a quotation broken by its cue is one content",
        '"The raid," she said, "was a crime against the town."',
        "say",
        ["she"],
        '"The raid," … "was a crime against the town."',
    ),
    (
        "the sentences after the cue are the same speaker's",
        '"They came at night," Olga Fenn said. "They burned every house. We fled."',
        "say",
        ["Olga Fenn"],
        '"They came at night," … "They burned every house. We fled."',
    ),
    (
        "a colon may lead in a quotation",
        "The commander said: “We did not fire. We never fire first.”",
        "say",
        ["The commander"],
        "“We did not fire. We never fire first.”",
    ),
    (
        "single marks quote as well",
        "The commander added: ‘We did not fire. We never fire first.’",
        "add",
        ["The commander"],
        "‘We did not fire. We never fire first.’",
    ),
]


@pytest.mark.parametrize(
    ("text", "cue", "chain", "content"), [row[1:] for row in SHAPES], ids=[row[0] for row in SHAPES]
)
def test_shape(find: Find, text: str, cue: str, chain: list[str], content: str) -> None:
    """Each shape of attribution gives its source, its cue and its content."""
    found = find(text)
    one = found.cue(cue)
    assert (found.chain(one), found.words(one)) == (chain, content)


CHAINS = [
    (
        "the outlet that was told is the way to us",
        "Ilse Brandt told Radio Norte that the mine exploded.",
        "tell",
        ["Ilse Brandt", "Radio Norte"],
    ),
    (
        "reporters who are told are no station",
        "Ilse Brandt told reporters that the mine exploded.",
        "tell",
        ["Ilse Brandt"],
    ),
    (
        "an interview is with an outlet",
        "Ilse Brandt said in an interview with the Norland Herald that the mine exploded.",
        "say",
        ["Ilse Brandt", "the Norland Herald"],
    ),
    (
        "the outlet that quotes is the way to us",
        "The Norland Herald quoted residents as saying that soldiers fired.",
        "say",
        ["residents", "The Norland Herald"],
    ),
    (
        "the quoted come first in the passive too",
        "Residents were quoted by the Norland Herald as saying that soldiers fired.",
        "say",
        ["Residents", "the Norland Herald"],
    ),
    (
        "a named organisation that is told is taken for an outlet",
        "A Norland official told Norland Online that the mine exploded.",
        "tell",
        ["A Norland official", "Norland Online"],
    ),
    (
        "an institution that is told is no outlet",
        "The general told the Norland Parliament that the mine exploded.",
        "tell",
        ["The general"],
    ),
    (
        "a person who is told is no outlet",
        "The general told Jonas Reyle that the mine exploded.",
        "tell",
        ["The general"],
    ),
    (
        "an outlet may cite in mid-sentence",
        "The Sunday Herald, citing a security source, reported that the mine exploded.",
        "cite",
        ["a security source", "The Sunday Herald"],
    ),
    (
        "who is cited comes before who cites",
        "Two men died, the Norland Herald reported, citing police sources.",
        "cite",
        ["police sources", "the Norland Herald"],
    ),
]


@pytest.mark.parametrize(("text", "cue", "chain"), [row[1:] for row in CHAINS], ids=[row[0] for row in CHAINS])
def test_chain(find: Find, text: str, cue: str, chain: list[str]) -> None:
    """A chain begins with the origin and ends nearest to us."""
    found = find(text)
    assert found.chain(found.cue(cue)) == chain


STANCES = [
    ("The mayor said that troops fired.", "say", "asserts", "certain"),
    ("The mayor confirmed that troops fired.", "confirm", "confirms", "certain"),
    ("The mayor would not confirm that troops fired.", "confirm", "declines_to_confirm", "unknown"),
    ("The army has not confirmed that troops fired.", "confirm", "declines_to_confirm", "unknown"),
    ("The mayor declined to confirm that troops fired.", "confirm", "declines_to_confirm", "unknown"),
    ("The panel could not verify that troops fired.", "verify", "declines_to_confirm", "unknown"),
    ("A spokesman refused to rule out further strikes.", "rule out", "declines_to_confirm", "possible"),
    ("The minister ruled out further strikes.", "rule out", "denies", "certain"),
    ("The minister denied that troops fired.", "deny", "denies", "certain"),
    ("The minister did not deny that troops fired.", "deny", "declines_to_confirm", "possible"),
    ("The captain admitted that troops fired.", "admit", "admits", "certain"),
    ("The envoy warned that troops would fire.", "warn", "warns", "certain"),
    ("The ministry accused the rebels of planting the mine.", "accuse", "accuses", "certain"),
    (
        "The Red Banner claimed responsibility for the blast.",
        "claim responsibility",
        "claims_responsibility",
        "certain",
    ),
    ("Police believe that the cell built the bomb.", "believe", "asserts", "probable"),
    ("Police suspect that the cell built the bomb.", "suspect", "accuses", "probable"),
    ("The Red Banner claimed the attack.", "claim", "claims_responsibility", "certain"),
    ("The attack was claimed by the Red Banner.", "claim", "claims_responsibility", "certain"),
    ("The Red Banner said it was behind the attack.", "say", "claims_responsibility", "certain"),
    ("The Red Banner said its fighters carried out the attack.", "say", "claims_responsibility", "certain"),
    ("The Red Banner said it was not behind the attack.", "say", "denies", "certain"),
    ("The Red Banner said it had no part in the attack.", "say", "denies", "certain"),
    ("The rebels said they were not involved in the attack.", "say", "denies", "certain"),
    ("The rebels said the army had no part in the talks.", "say", "asserts", "certain"),
    ("The army would neither confirm nor deny that it shelled the mill.", "confirm", "declines_to_confirm", "unknown"),
    ("The army would neither confirm nor deny that it shelled the mill.", "deny", "declines_to_confirm", "unknown"),
    ("The ministry neither confirmed nor denied the strike on the mill.", "deny", "declines_to_confirm", "unknown"),
    ("The ministry declined to comment on the raid.", "comment", "declines_to_confirm", "unknown"),
    ("Prosecutors allege that he ordered the killing.", "allege", "asserts", "probable"),
    ("It is not known who planted the bomb.", "know", "questions", "unknown"),
    ("The judge asked whether troops fired.", "ask", "questions", "unknown"),
]


@pytest.mark.parametrize(("text", "cue", "stance", "certainty"), STANCES, ids=[row[0] for row in STANCES])
def test_stance(find: Find, text: str, cue: str, stance: str, certainty: str) -> None:
    """Stance and certainty are the source's own, negation and refusal taken in."""
    one = find(text).cue(cue)
    assert (one.stance, one.certainty) == (stance, certainty)


SILENT = [
    "No one has claimed responsibility for the blast.",
    "Nobody said that troops fired.",
    "The bridge was burned on Monday.",
    "Rebels attacked the fort and slammed the gate.",
    "The general held the town for a month.",
    "The flood claimed ten lives.",
    "He is not charged with planting the bomb.",
    "There was no immediate claim of responsibility.",
    "The alleged leader of the cell was arrested.",
]


@pytest.mark.parametrize("text", SILENT)
def test_nobody_speaks(find: Find, text: str) -> None:
    """Where nobody says anything nothing is attributed."""
    assert find(text).all == ()


def test_it_has_been_claimed_is_anonymous(find: Find) -> None:
    """The pronoun stands for whoever claims it, and nobody is named."""
    found = find("Gunmen have crossed the border, it has been claimed.")
    one = found.cue("claim")
    assert found.chain(one) == ["it"] and one.chain[0].anonymous and one.chain[0].kind == "group"
    assert found.words(one) == "Gunmen have crossed the border" and one.certainty == "probable"


def test_it_emerged_ends_where_the_next_speaker_begins(find: Find) -> None:
    """ "It emerged" is anonymous, and the admission beside it has a source of its own."""
    found = find(
        "Last month it emerged Arvonian troops had captured the smuggler – and he admitted he had hidden mines."
    )
    assert found.chain(found.cue("emerge")) == ["it"]
    assert found.words(found.cue("emerge")) == "Arvonian troops had captured the smuggler"
    assert found.chain(found.cue("admit")) == ["he"] and found.cue("admit").stance == "admits"


def test_is_believed_to_names_nobody(find: Find) -> None:
    """Where no words can stand for the source the chain is empty."""
    found = find("The cell is believed to have built the bomb.")
    one = found.cue("believe")
    assert one.chain == () and one.certainty == "probable"
    assert found.words(one) == "The cell … to have built the bomb"


def test_is_accused_of_names_nobody(find: Find) -> None:
    """An accusation in the passive keeps the accused and the deed."""
    found = find("The colonel is accused of ordering the massacre.")
    one = found.cue("accuse")
    assert one.chain == () and one.stance == "accuses" and found.words(one) == "The colonel … of ordering the massacre"


def test_the_accused_is_no_accuser(find: Find) -> None:
    """ "The man accused of" names nobody who accuses him, though the parse may make him the subject."""
    one = find("The baker was taken to a clinic while the man accused of stabbing him went to jail.").cue("accuse")
    assert (
        one.chain == () and find("The men accused of burning the mill were taken to prison.").cue("accuse").chain == ()
    )
    found = find(
        "Police in Halden said the governor was shot on Sunday. The men accused of stabbing him were taken to prison."
    )
    assert found.chain(found.cue("accuse")) == [] and found.words(found.cue("accuse")) == "The men … of stabbing him"


def test_what_only_seems_is_the_relative_clause(find: Find) -> None:
    """Of "the blasts, which seemed to be aimed at the mill" only the aim is what seems."""
    found = find("The Red Banner accepted responsibility for the blasts, which seemed to be aimed at the mill.")
    assert found.words(found.cue("seem")) == "which … to be aimed at the mill"
    assert found.cue("accept responsibility").stance == "claims_responsibility"


CONTENTS = [
    (
        "The minister condemns the raid in Ovenna, and the arson in Tarsk.",
        "condemn",
        "the raid in Ovenna, and the arson in Tarsk",
    ),
    (
        "Farmers reported hearing shots during the raids on the mill.",
        "report",
        "hearing shots during the raids on the mill",
    ),
    ("An army spokesman gave assurances that five rebels were caught.", "assurance", "that five rebels were caught"),
    ("The Red Banner denied any part in the attack on the mill.", "deny", "any part in the attack on the mill"),
    (
        "The judge announced that an inquiry was opened and stated that two clerks had been killed.",
        "state",
        "that two clerks had been killed",
    ),
]


@pytest.mark.parametrize(("text", "cue", "content"), CONTENTS)
def test_the_whole_content_is_taken(find: Find, text: str, cue: str, content: str) -> None:
    """Both conjuncts, a gerund, what an assurance holds, what one has no part in, and what the second cue introduces."""
    assert find(text).words(find(text).cue(cue)) == content


def test_the_paper_speaks_not_where_it_lies(find: Find) -> None:
    """A letter under the saddle that said: the saddle says nothing."""
    found = find("The captain left a letter under the saddle that said the blasts were a warning.")
    assert found.chain(found.cue("say"))[0].startswith("a letter")


def test_a_label_in_brackets_is_the_speaker(find: Find) -> None:
    """ "[NLF] reports that": the words between the brackets, never a bracket."""
    found = find("[NLF] reports that its columns attacked the fort.").all
    assert all(
        hop != "]" for one in found for hop in find("[NLF] reports that its columns attacked the fort.").chain(one)
    )


def test_what_somebody_is_determined_to_say_nobody_says(find: Find) -> None:
    """The infinitive of a noun has no source."""
    assert all(
        one.cue_lemma != "defend"
        for one in find("Our units showed their determination to defend the town against raids.").all
    )


def test_a_statement_without_marks_is_the_ministers(find: Find) -> None:
    """ "The minister said:" and a paragraph in the first person: her words. Without "I" or "we" it is the outlet's own."""
    found = find(
        "Minister Anna Holm said:\n\nI condemn the raid on the mill. Our thoughts are with the dead.\n\nThe mill is old."
    )
    assert found.chain(found.cue("say")) == ["Minister Anna Holm"]
    assert found.words(found.cue("say")) == "I condemn the raid on the mill. Our thoughts are with the dead"
    assert all(one.cue_lemma != "condemn" for one in found.all)
    assert all(
        one.cue_lemma != "say"
        for one in find("This is what Anna Holm said:\n\nThe mill is old and nobody works there.").all
    )


def test_who_tells_is_no_house(find: Find) -> None:
    """ "who" are the policemen that were found there."""
    found = find("Nine policemen were found in the yard of the house who claim that they had been kidnapped.")
    assert found.chain(found.cue("claim")) == ["Nine policemen"]


def test_what_was_done_does_not_speak(find: Find) -> None:
    """A convoy makes nothing clear."""
    found = find("The convoy was hit from the air, suggesting that the army shelled it.")
    assert not any(one.cue_lemma == "suggest" and one.chain for one in found.all)


def test_a_statement_runs_over_paragraphs(find: Find) -> None:
    """To the last paragraph in which somebody speaks; not over a heading, nor to where the page tells on."""
    text = "Minister Anna Holm said:\n\nThe raid on the mill was cruel.\n\nWe mourn the dead.\n\nThe rebels must lay down their guns."
    for tail in ("", "\n\nNotes to editors\n\nWe print what we get.", "\n\nHolm also said that we should wait."):
        said = next(one for one in find(text + tail).all if one.cue_lemma == "say")
        assert [(text + tail)[a:b] for a, b in said.content] == [text[text.index("The raid") : -1]]


def test_the_attack_for_which_responsibility_is_claimed(find: Find) -> None:
    """The content is the attack, not "which"."""
    found = find("He condemned the attack on the mill, for which the Red Banner has claimed responsibility.")
    assert found.words(found.cue("claim responsibility")) == "the attack on the mill"


def test_the_second_cue_has_the_first_ones_speaker(find: Find) -> None:
    """An inquiry that was opened states nothing."""
    found = find("The judge announced that an inquiry was opened and stated that two clerks had been killed.")
    assert found.chain(found.cue("state")) == ["The judge"]


def test_a_mark_glued_to_the_next_paragraph_closes(find: Find) -> None:
    """ "…here.”The police": the break between two paragraphs is lost, the mark is not."""
    found = find(
        "He said: “The cell wanted to strike here.”The police found two rifles in the cellar. The town was calm."
    )
    assert "two rifles" not in found.words(found.cue("say"))


def test_an_open_mark_does_not_swallow_a_page_without_paragraphs(find: Find) -> None:
    """Where a page lost its paragraphs a quotation that never closes ends after a sentence or two."""
    rest = "The police found two rifles and a map in the cellar of the mill. " * 30
    found = find("He said: “The cell wanted to strike here. " + rest)
    assert found.words(found.cue("say")).count("rifles") < 5


def test_nested_contents_are_both_given(find: Find) -> None:
    """According to CNN, officials said: the outer content holds the inner one."""
    found = find("According to Radio Norte, officials said that the rebels took the fort.")
    outer, inner = found.cue("according to"), found.cue("say")
    assert found.chain(outer) == ["Radio Norte"] and found.chain(inner) == ["officials"]
    assert outer.content[0][0] < inner.content[0][0] and outer.content[0][1] == inner.content[0][1]


def test_coordinated_cues_share_their_subject(find: Find) -> None:
    """Said and added: two contents of one speaker."""
    found = find("He said the army attacked the port and added that ten people died.")
    assert found.chain(found.cue("say")) == found.chain(found.cue("add")) == ["He"]
    assert found.words(found.cue("say")) == "the army attacked the port"
    assert found.words(found.cue("add")) == "that ten people died"


def test_a_quotation_runs_over_paragraphs(find: Find) -> None:
    """Each paragraph reopens with a mark, only the last closes: one speaker, one content."""
    found = find(
        "He told Radio Norte: ‘The cell wanted to strike here.\n\n‘It has money and we know its men.\n\n"
        "‘We broke it in March.’\n\nThe police found two rifles."
    )
    one = found.cue("tell")
    assert found.chain(one) == ["He", "Radio Norte"] and one.quotation == "direct"
    assert found.words(one) == (
        "‘The cell wanted to strike here. … ‘It has money and we know its men. … ‘We broke it in March.’"
    )


def test_a_paragraph_that_lost_its_mark_is_still_quoted(find: Find) -> None:
    """A paragraph without a mark between one left open and one that reopens goes with them."""
    found = find(
        "He said: “The cell wanted to strike here.\n\nAs for rifles, they are easy to buy.\n\n“We broke it in March.”"
    )
    assert "As for rifles, they are easy to buy" in found.words(found.cue("say"))


def test_a_quotation_that_never_closes_ends_with_its_paragraph(find: Find) -> None:
    """What follows an open mark without a new one is the outlet's own again."""
    found = find("He said: “The cell wanted to strike here.\n\nThe police found two rifles.\n\nThe town was calm.")
    assert found.words(found.cue("say")) == "“The cell wanted to strike here."


def test_a_quoted_paragraph_belongs_to_the_nearest_speaker(find: Find) -> None:
    """A quotation with no cue of its own is said by whoever spoke last."""
    found = find("“They came at night,” Olga Fenn said.\n\n“They burned every house and we fled to the river.”")
    last = found.all[-1]
    assert found.chain(last) == ["Olga Fenn"] and last.rule == "nearest-speaker"
    assert found.words(last) == "“They burned every house and we fled to the river.”"


def test_the_next_speaker_keeps_her_own_quotation(find: Find) -> None:
    """A quotation that ends with a full stop is not taken by the sentence after it."""
    found = find("“We are farmers,” Olga Fenn said. “We are not soldiers.” Per Voss said: “The raid was a mistake.”")
    first, second = [a for a in found.all if a.cue_lemma == "say"]
    assert found.words(first) == "“We are farmers,” … “We are not soldiers.”"
    assert found.words(second) == "“The raid was a mistake.”"


def test_a_mixed_quotation(find: Find) -> None:
    """A few words between marks within reported speech are mixed quotation."""
    one = find("The minister said the raid was “a complete success” for the army.").cue("say")
    assert one.quotation == "mixed"


def test_indirect_speech_has_no_quotation(find: Find) -> None:
    """Reported speech without marks is indirect."""
    assert find("The minister said the raid was over.").cue("say").quotation == "indirect"


def test_who_speaks_inside_a_quotation_is_no_second_source(find: Find) -> None:
    """ "We know" within somebody's own words adds nobody to the chain."""
    found = find("“We know that the militia has mines,” the envoy said.")
    assert [found.chain(a) for a in found.all] == [["the envoy"]]


HEADLINES = [
    ("Minister: no deal with rebels", ["Minister"], "no deal with rebels"),
    ("Ten killed in market blast: police", ["police"], "Ten killed in market blast"),
    ("Rebels withdraw from port – army", ["army"], "Rebels withdraw from port"),
    ("UN: 200 civilians killed in northern siege", ["UN"], "200 civilians killed in northern siege"),
    ("Police: Suspect Planned Attack On Market", ["Police"], "Suspect Planned Attack On Market"),
    ("Spy chief warns rebels are planning attacks in capital", ["Spy chief"], "rebels are planning attacks in capital"),
]


@pytest.mark.parametrize(("headline", "chain", "content"), HEADLINES, ids=[row[0] for row in HEADLINES])
def test_headline(find: Find, headline: str, chain: list[str], content: str) -> None:
    """A headline names its source before or after a colon or dash, or with a cue."""
    found = find("The town was calm on Monday.", headline=headline)
    one = next(a for a in found.all if a.rule == "headline" or a.stance == "warns")
    assert (found.chain(one), found.words(one)) == (chain, content)


@pytest.mark.parametrize(
    "headline", ["Norland crisis: what we know so far", "Attack on school: ten children dead", "Live: Norland election"]
)
def test_a_colon_is_no_source(find: Find, headline: str) -> None:
    """What stands before a colon is a source only where it is somebody."""
    assert find("The town was calm on Monday.", headline=headline).all == ()


def test_a_headline_without_a_verb_may_end_with_its_cue(find: Find) -> None:
    """Militants behind bombing, says governor."""
    found = find("The town was calm on Monday.", headline="Militants behind bombing, says governor")
    one = found.cue("say")
    assert (found.chain(one), found.words(one)) == (["governor"], "Militants behind bombing")


def test_what_seems_is_nobody_s_word(find: Find) -> None:
    """The subject of "appears to" says nothing: the chain is empty and the certainty possible."""
    one = find("The bomb appears to have been planted by the cell.").cue("appear")
    assert one.chain == () and one.certainty == "possible"


def test_anonymous_sources_are_marked(find: Find) -> None:
    """A source that names nobody is anonymous; one with a name is not."""
    nameless = find("An Arvonian official said that troops fired.").cue("say").chain[0]
    named = find("Police spokeswoman Mira Holt said that troops fired.").cue("say").chain[0]
    assert nameless.anonymous is True and named.anonymous is False


def test_offsets_point_into_the_article(find: Find) -> None:
    """Cue and content are cut from the article's own text, curly marks and all."""
    found = find("“We did not fire,” the commander said – twice.")
    one = found.cue("say")
    assert found.annotated.text(*one.cue or (0, 0)) == "said" and found.words(one) == "“We did not fire,”"


def test_the_same_article_gives_the_same_attributions(find: Find) -> None:
    """Reading twice changes nothing."""
    text = "The mayor said rebels burned the bridge. “They fled,” he added."
    assert find(text).all == find(text).all


def test_every_cue_is_in_the_lexicon_once(cues: ReportingCues) -> None:
    """No word stands twice under one part of speech, and there are several hundred."""
    keys = [(cue.lemma, cue.pos) for cue in cues.cues]
    assert len(keys) == len(set(keys)) and len(keys) >= 400


@pytest.mark.parametrize(
    "text",
    [
        "The board denied his request for the release of the weaver.",
        "The court rejected a motion to delay the execution of the weaver.",
        "The fall of the town will deny the rebels a haven.",
    ],
)
def test_what_is_refused_is_not_denied(find: Find, text: str) -> None:
    """Nobody says that there was no release."""
    assert not [one for one in find(text).all if one.stance == "denies"]


def test_the_liberation_of_a_town_is_no_paper(find: Find) -> None:
    """A paper's name has a capital; "a newspaper" needs none."""
    found = find("The liberation of Tarvik shows that rebels fled. A newspaper said that rebels fled.")
    assert [hop.kind for one in found.all for hop in one.chain if hop.kind == "outlet"] == ["outlet"]


def test_according_to_at_the_end_speaks_for_all_that_was_told(find: Find) -> None:
    """ "Brand said that one fled and that one died, according to the report": the report has it all from him."""
    text = "Ivo Brand told officers that a guard fled and that he hit nobody, according to the report."
    (report,) = [one for one in find(text).all if one.rule == "according-to"]
    assert text[report.content[0][0] : report.content[0][1]].startswith("Ivo Brand told officers")


AWKWARD = [
    "“ “ “ said said, he said ” ”",
    "‘The soldiers’ homes were burned,’ the mayor said. ‘Nobody fled",
    "said: , according to , in the words of the .",
    "He accused of without blaming who said that that.",
    '" said " said "',
    "”",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_keeps_the_offsets_sane(find: Find, text: str) -> None:
    """Whatever the words, every span lies in the article, in order, and no content holds its own cue."""
    found = find(text)
    size = len(found.annotated.article.text)
    for one in found.all:
        assert one.content and all(0 <= start < end <= size for start, end in one.content)
        assert all(before[1] <= after[0] for before, after in pairwise(one.content))
        assert all(0 <= hop.start < hop.end <= size for hop in one.chain)
        assert one.cue is not None and not any(s < one.cue[1] and e > one.cue[0] for s, e in one.content)


@pytest.mark.corpora
@pytest.mark.skipif("REPORTEDLY_CORPORA" not in os.environ, reason="REPORTEDLY_CORPORA is not set")
def test_polnear_floors() -> None:
    """On PolNeAR's development articles at least 0.42 end to end, at a content precision of at least 0.80."""
    data = Path(os.environ["REPORTEDLY_CORPORA"]) / "polnear"
    command = [sys.executable, "-m", "evals", "polnear", "--data", str(data), "--split", "dev", "--limit", "30"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    scores = json.loads(done.stdout.splitlines()[-1])["scores"]
    assert scores["end_to_end"] >= 0.42 and scores["content"]["precision"] >= 0.80
