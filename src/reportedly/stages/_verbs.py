"""Attributions whose cue is a verb, active or passive."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.records import Certainty, Stance
from reportedly.stages._borne import is_refusal
from reportedly.stages._clauses import (
    FINITE,
    TIMES,
    Range,
    agent,
    child_of,
    has_finite,
    is_negated,
    is_passive,
    noun_phrase,
    own_subject,
    prepositional,
    verb_group,
)
from reportedly.stages._contents import CLAUSES, active_content, infinitive
from reportedly.stages._cues import ReportingCue, ReportingCues, cue_of
from reportedly.stages._quotes import Page
from reportedly.stages._sources import FIRST_AND_SECOND, chain_of, hop
from reportedly.stages._spoken import Draft
from reportedly.stages._stances import is_unaware, silenced, stance_of
from reportedly.stages.drafts import Hop

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "DET", "ADJ", "ADP", "PART", "NUM"))
OWN = frozenset(("it", "they", "we", "its", "their", "our"))
OWNING = frozenset({"admits", "claims_responsibility"})
OWING = frozenset({"need", "ought", "want", "wish"})
LONGEST_SPEAKER = 25
"""How many tokens a speaker with titles and appositions may take between a closing mark and the cue."""


def from_verb(page: Page, verb: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """An attribution whose cue is a verb."""
    if is_refusal(verb, page):
        return None
    if is_passive(verb):
        return _passive(page, verb, cue, cues)
    if _is_mere_modifier(verb) or is_to_be_said(verb):
        return None
    if (
        "accusation" in cue.takes
        and verb.tag_ in ("VBD", "VBN")
        and (lost := _lost_participle(page, verb, cue)) is not None
    ):
        return lost
    beside = _speaker_beside(page, verb, cue) if "quotation" in cue.takes else None
    hops, origin = chain_of(verb, cues, beside)
    if silenced(verb, origin, cues) or not _can_speak(page, verb, origin):
        return None
    if is_owed(verb, cue):
        return None
    cluster = _cluster(verb, origin, cue)
    if "citation" in cue.takes:
        return _citation(page, verb, cue, hops, cues)
    content, rule = active_content(page, verb, cue, cluster)
    if rule == "quotation" and any(_is_cue_after(child, cues) for child in verb.rights):
        return None
    if cue.lemma == "claim" and rule == "object":
        if not _is_deed(child_of(verb, "dobj"), cues):
            return None
        rule = "responsibility"
    stance, certainty = _stance_on_deed(verb, cue, rule, cues)
    if not content and "quotation" not in cue.takes:
        return None
    if not hops or origin is None or (_is_deed(origin, cues) and "impression" not in cue.takes):
        return None
    if "impression" in cue.takes:
        seeming = [_seems(verb, origin), *content] if rule == "infinitive" else content
        return Draft(
            (), _cue_range(verb), cue.lemma, seeming, stance, certainty, "impression", cluster=_cue_range(verb)
        )
    if (
        rule == "infinitive"
        and any(_is_cue_after(child, cues) for child in verb.rights)
        and cue.lemma in cues.declining
    ):
        return None
    if "impersonal" in cue.takes:
        if origin.lower_ != "it":
            return None
        hops = [_it(origin)]
    return Draft(
        tuple(hops),
        _cue_range(verb),
        cue.lemma,
        content,
        stance,
        certainty,
        f"{'unaware' if is_unaware(verb, cue, cues) else cue.kind}-{rule}",
        spoken="quotation" in cue.takes,
        cluster=cluster,
    )


def is_owed(verb: Token, cue: ReportingCue) -> bool:
    """ "should admit that", "believe that they have to admit responsibility": nobody has, yet. "I must admit" does, and so does "had to admit"."""
    if cue.stance not in OWNING:
        return False
    owed = any(c.dep_ == "aux" and c.lower_ in ("should", "must", "ought") for c in verb.lefts)
    who = own_subject(verb)
    above = verb.head if verb.dep_ == "xcomp" else None
    pressed = above is not None and (above.lemma_ in OWING or (above.lemma_ == "have" and above.dep_ == "ccomp"))
    return (owed and (who is None or who.lower_ not in ("i", "we"))) or pressed


def _can_speak(page: Page, verb: Token, origin: Token | None) -> bool:
    """False where `origin` is no source: none where there must be one, before a colon, or the "we" of a quotation."""
    if origin is None:
        return verb.dep_ in ("ROOT", "ccomp", "parataxis")
    if any(token.text == ":" for token in page.doc[origin.i : verb.i]):
        return False
    return origin.lower_ not in FIRST_AND_SECOND or page.inside[verb.i] < 0


def _stance_on_deed(verb: Token, cue: ReportingCue, rule: str, cues: ReportingCues) -> tuple[Stance, Certainty]:
    """The stance of the verb, once it is seen whether the speaker owns up to a deed or disowns it."""
    stance, certainty = stance_of(verb, cue, cues)
    if rule == "responsibility":
        return ("claims_responsibility" if stance == "asserts" else stance), "certain"
    if rule == "clause" and stance == "asserts" and cue.kind == "speech":
        if _owns_up(verb, cues):
            return "claims_responsibility", "certain"
        if _disowns(verb, cues):
            return "denies", certainty
    return stance, certainty


def _lost_participle(page: Page, verb: Token, cue: ReportingCue) -> Draft | None:
    """ "the man accused of the stabbing went to jail", "Mason charged with murder", where the parse has it that he accused: nobody is said to."""
    doc = page.doc
    accused, last = own_subject(verb) or (verb.head if verb.dep_ == "acl" else None), page.sentence(verb.i)[1]
    of = verb.i + 1
    if accused is None or of >= last or doc[of].lower_ not in cue.prepositions or accused.i > verb.i:
        return None
    if child_of(verb, "dobj", "aux") is not None:
        return None
    end = next((i for i in range(of + 1, last) if doc[i].tag_ in FINITE or doc[i].text in (",", ";")), last)
    return Draft(
        (),
        (verb.i, of),
        cue.lemma,
        [noun_phrase(accused), (of, end)],
        cue.stance,
        cue.certainty,
        "speech-passive-accusation",
        cluster=(verb.i, of),
    )


def _seems(verb: Token, origin: Token) -> Range:
    """What seems to be so: the subject; of a relative clause ("the attacks, which seemed to be") only its pronoun, for the
    attacks are told as they are."""
    own = own_subject(verb)
    return (own.i, own.i + 1) if verb.dep_ == "relcl" and own is not None else noun_phrase(origin)


def _is_deed(thing: Token | None, cues: ReportingCues) -> bool:
    """True for "claimed the attack", not for "claimed ten lives"."""
    return thing is not None and thing.lemma_.lower() in cues.deeds


def _owns_up(verb: Token, cues: ReportingCues) -> bool:
    """True for "said it was behind the attack", "said they were responsible for", "said its fighters carried out"."""
    for clause in verb.children:
        doer = own_subject(clause) if clause.dep_ in CLAUSES else None
        if doer is None or is_negated(clause) or not (doer.lower_ in OWN or any(c.lower_ in OWN for c in doer.lefts)):
            continue
        if clause.lemma_ == "carry":
            return _is_deed(child_of(clause, "dobj"), cues)
        if clause.lemma_ != "be":
            return False
        behind = prepositional(clause, ("behind",))
        predicate = child_of(clause, "acomp", "attr")
        guilty = predicate is not None and predicate.lower_ == "responsible"
        return guilty or (behind is not None and _is_deed(behind[1], cues))
    return False


def _disowns(verb: Token, cues: ReportingCues) -> bool:
    """True for "said it had no part in", "said they were not involved in", "said it was not behind the attack"."""
    for clause in verb.children:
        doer = own_subject(clause) if clause.dep_ in CLAUSES else None
        if doer is None or not (doer.lower_ in OWN or any(c.lower_ in OWN for c in doer.lefts)):
            continue
        share = child_of(clause, "dobj")
        if clause.lemma_ in ("have", "play", "take") and share is not None and share.lemma_ in cues.shares:
            return is_negated(clause) or any(c.lower_ in ("no", "nothing") for c in share.lefts)
        if is_negated(clause):
            behind = prepositional(clause, ("behind",))
            guilty = child_of(clause, "acomp", "attr")
            at_fault = clause if clause.lemma_ in cues.at_fault else guilty
            return (at_fault is not None and at_fault.lemma_ in cues.at_fault) or (
                behind is not None and _is_deed(behind[1], cues)
            )
    return False


def _speaker_beside(page: Page, verb: Token, cue: ReportingCue) -> Token | None:
    """The head of the noun phrase between a closing mark and the verb, or right after a verb that follows the mark."""
    doc = page.doc
    at = verb_group(verb)[0]
    first = at - 1 if at and doc[at - 1].text == "," else at
    if page.closes_before(first) and verb.i + 1 < len(doc):
        return _head_within(doc[verb.i + 1], verb.i + 1, len(doc))
    if at and doc[at - 1].text == "," and "hearer" not in cue.takes:
        closing = _closing_speaker(page, verb)
        if closing is not None:
            return closing
    low = max(0, at - LONGEST_SPEAKER)
    for i in range(at - 1, low, -1):
        if doc[i].tag_ in FINITE or doc[i].text in (".", ";", ":"):
            return None
        if page.closes_before(i):
            start = i + 1 if doc[i].text == "," else i
            found = _head_within(doc[start], start, at) if start < at else None
            return None if found is not None and found.ent_type_ in TIMES else found
    return None


def _closing_speaker(page: Page, verb: Token) -> Token | None:
    """Of "…, says the governor of Norland" at the end of its sentence: the governor, whatever the parse made of him."""
    own = own_subject(verb)
    if verb.tag_ == "VBG" or (own is not None and own.i < verb.i and not page.in_headline(verb.i)):
        return None  # "…, demanding the release of the governor": what is demanded demands nothing
    tail = [t for t in page.doc[verb.i + 1 : page.sentence(verb.i)[1]] if not (t.is_punct or t.is_space)]
    if not 0 < len(tail) <= 8 or tail[0].pos_ == "ADP" or any(t.pos_ not in NOMINAL for t in tail):
        return None
    if tail[0].ent_type_ in ("DATE", "TIME") or tail[0].dep_ == "npadvmod":
        return None
    for token, following in zip(tail, [*tail[1:], None], strict=True):
        if token.pos_ in ("NOUN", "PROPN", "PRON") and (following is None or following.pos_ not in ("NOUN", "PROPN")):
            return token
    return None


def _head_within(token: Token, start: int, end: int) -> Token | None:
    """The noun or pronoun above `token` that is still between `start` and `end`."""
    while token.head.i != token.i and start <= token.head.i < end and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    return token if token.pos_ in ("NOUN", "PROPN", "PRON") else None


def _is_cue_after(child: Token, cues: ReportingCues) -> bool:
    found = cue_of(child, cues) if child.dep_ == "xcomp" else None
    return found is not None and found.kind in ("speech", "question")


def _it(token: Token) -> Hop:
    """The words that stand for whoever says what "has been claimed"."""
    return Hop(token.idx, token.idx + len(token), "group", True)


def _is_mere_modifier(verb: Token) -> bool:
    return verb.dep_ in ("amod", "compound", "aux", "prep")


def is_to_be_said(verb: Token) -> bool:
    """ "their determination to defend", "the decision to announce": a noun's infinitive, and nobody's words."""
    return verb.dep_ == "acl" and verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.lefts)


def _cue_range(verb: Token) -> Range:
    start, end = verb_group(verb)
    head = verb.head
    if verb.dep_ == "xcomp" and head.pos_ == "VERB" and 0 < verb.i - head.i <= 3:
        start = verb_group(head)[0]
    return start, end


def _cluster(verb: Token, origin: Token | None, cue: ReportingCue) -> Range:
    """Source, cue and hearer as one stretch, where they stand together."""
    start, end = _cue_range(verb)
    if origin is not None and abs(origin.i - verb.i) <= 30:
        first, last = noun_phrase(origin)
        if last <= start and not has_finite(verb.doc, last, start):
            start = first
        elif first >= end and first - end <= 1:
            end = last
    if "hearer" in cue.takes:
        for child in verb.rights:
            if child.dep_ in ("dobj", "dative", "iobj") and child.left_edge.i == end:
                end = child.right_edge.i + 1
    return start, end


def _passive(page: Page, verb: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """ "was confirmed by an official", "it has been claimed", "is believed to have", "is accused of"."""
    by = agent(verb)
    if silenced(verb, by, cues):
        return None
    patient = own_subject(verb)
    if patient is None and verb.dep_ in ("acl", "relcl"):
        patient = verb.head
    content, rule = _passive_content(page, verb, cue, patient, by)
    if not content:
        return None
    hops: list[Hop] = [hop(by, cues)] if by is not None else []
    if by is None and patient is not None and patient.lower_ == "it" and rule == "clause":
        hops = [_it(patient)]
    stance, certainty = stance_of(verb, cue, cues)
    if by is None and rule == "clause" and cue.kind == "thought" and is_negated(verb):
        hops, stance, certainty = [], "questions", "unknown"
    if cue.lemma == "claim" and rule == "object":
        if not _is_deed(patient, cues):
            return None
        stance, certainty = "claims_responsibility", "certain"
    return Draft(
        tuple(hops),
        _cue_range(verb),
        cue.lemma,
        content,
        stance,
        certainty,
        f"{cue.kind}-passive-{rule}",
        spoken="quotation" in cue.takes and bool(hops),
        cluster=_passive_cluster(verb, by, patient, rule),
    )


def _passive_cluster(verb: Token, by: Token | None, patient: Token | None, rule: str) -> Range:
    start, end = _cue_range(verb)
    if by is not None and by.i > verb.i:
        end = max(end, noun_phrase(by)[1])
    if rule == "clause" and patient is not None and patient.lower_ == "it" and patient.i < start:
        start = patient.i
    return start, end


def _passive_content(
    page: Page, verb: Token, cue: ReportingCue, patient: Token | None, by: Token | None
) -> tuple[list[Range], str]:
    clause = next((c for c in verb.children if c.dep_ in CLAUSES and c.i != verb.i), None)
    if clause is not None and "clause" in cue.takes and not (verb.dep_ == "acl" and by is None):
        start, end = clause.left_edge.i, clause.right_edge.i + 1
        if clause.i < verb.i:
            end = min(end, patient.i if patient is not None and patient.i > clause.i else verb_group(verb)[0])
        return [(start, end)], "clause"
    if patient is None:
        return [], ""
    thing = noun_phrase(patient)
    if patient.lower_ in ("it", "that", "which", "who") and verb.dep_ == "relcl":
        thing = noun_phrase(verb.head)
    if "accusation" in cue.takes and is_negated(verb):
        return [], ""
    if "accusation" in cue.takes:
        found = prepositional(verb, cue.prepositions) or (
            prepositional(by, cue.prepositions) if by is not None else None
        )
        return ([thing, (found[0].i, found[0].right_edge.i + 1)], "accusation") if found else ([], "")
    if "description" in cue.takes and by is not None:
        as_what = prepositional(verb, ("as",)) or prepositional(by, ("as",)) or _as_adjective(verb)
        if as_what is not None:
            return [thing, (as_what[0].i, as_what[0].right_edge.i + 1)], "description"
    to_do = infinitive(page, verb, cue, (0, 0))
    if to_do:
        return ([thing, *to_do], "infinitive") if cue.kind != "intention" else ([], "")
    plain = "object" in cue.takes or (cue.kind == "speech" and "clause" in cue.takes)
    if by is not None and plain:
        return [thing], "object"
    return [], ""


def _as_adjective(verb: Token) -> tuple[Token, Token] | None:
    """The "as dangerous" of "was described as dangerous"."""
    for child in verb.rights:
        if child.lower_ == "as" and child.dep_ == "prep":
            return child, child
    return None


def _citation(page: Page, verb: Token, cue: ReportingCue, hops: list[Hop], cues: ReportingCues) -> Draft | None:
    """ "…, citing officials": the origin is cited, whoever cites is the way to us."""
    cited = child_of(verb, "dobj")
    if cited is None or verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "prep", "acl", "csubj"):
        return None
    head = verb.head
    clause = child_of(head, "ccomp")
    if clause is None or clause.left_edge.i <= head.i <= clause.right_edge.i:
        return None
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if start < verb.i < end:
        end = verb.left_edge.i
    return Draft(
        (hop(cited, cues), *hops),
        (verb.i, verb.i + 1),
        cue.lemma,
        [(start, end)],
        cue.stance,
        cue.certainty,
        "speech-citing",
        cluster=(verb.i, noun_phrase(cited)[1]),
    )
