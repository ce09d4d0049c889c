"""What is said: the content that each kind of cue governs, by the shape of its clause."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.stages._clauses import (
    FINITE,
    VERBAL,
    Range,
    agent,
    child_of,
    has_finite,
    is_passive,
    noun_phrase,
    own_subject,
    prepositional,
    subject,
    verb_group,
)
from reportedly.stages._cues import ReportingCue, ReportingCues
from reportedly.stages._sources import FIRST_AND_SECOND, chain_of, hop
from reportedly.stages._spoken import Draft
from reportedly.stages._stances import silenced, stance_of
from reportedly.stages.drafts import Annotated, Hop

CLAUSES = ("ccomp", "csubj")


def from_verb(annotated: Annotated, verb: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """An attribution whose cue is a verb."""
    if is_passive(verb):
        return _passive(annotated, verb, cue, cues)
    if _is_mere_modifier(verb):
        return None
    hops, origin = chain_of(verb, cues)
    if silenced(verb, origin, cues) or (origin is None and verb.dep_ not in ("ROOT", "ccomp", "parataxis")):
        return None
    if origin is not None and origin.lower_ in FIRST_AND_SECOND and _in_quotation(annotated, verb):
        return None
    cluster = _cluster(verb, origin)
    if "citation" in cue.takes:
        return _citation(annotated, verb, cue, hops, cues)
    content, rule = _active_content(annotated, verb, cue, cluster)
    stance, certainty = stance_of(verb, cue, cues)
    if rule == "responsibility":
        stance = "claims_responsibility"
    if not content and "quotation" not in cue.takes:
        return None
    if not hops:
        return None
    if "impersonal" in cue.takes:
        if origin is None or origin.lower_ not in ("it",):
            return None
        hops = [_it(origin)]
    return Draft(tuple(hops), _cue_range(verb), _lemma(verb, cue), content, stance, certainty, f"{cue.kind}-{rule}",
                 spoken="quotation" in cue.takes, cluster=cluster)


def _lemma(verb: Token, cue: ReportingCue) -> str:
    return cue.lemma


def _it(token: Token) -> Hop:
    """The words that stand for whoever says what "has been claimed"."""
    return Hop(token.idx, token.idx + len(token), "group", True)


def _is_mere_modifier(verb: Token) -> bool:
    return verb.dep_ in ("amod", "compound", "aux", "prep")


def _in_quotation(annotated: Annotated, verb: Token) -> bool:
    """True where a quotation mark stands open before `verb` in its sentence."""
    number = annotated.sentence_of[verb.i]
    if number < 0:
        return False
    start = annotated.sentences[number].tokens.start
    return sum(1 for i in range(start, verb.i) if annotated.doc[i].text == '"') % 2 == 1


def _cue_range(verb: Token) -> Range:
    start, end = verb_group(verb)
    head = verb.head
    if verb.dep_ == "xcomp" and head.pos_ == "VERB" and 0 < verb.i - head.i <= 3:
        start = verb_group(head)[0]
    return start, end


def _cluster(verb: Token, origin: Token | None) -> Range:
    """Source, cue and hearer as one stretch, where they stand together."""
    start, end = _cue_range(verb)
    if origin is not None and abs(origin.i - verb.i) <= 30:
        first, last = noun_phrase(origin)
        if last <= start and not has_finite(verb.doc, last, start):
            start = first
        elif first >= end and first - end <= 1:
            end = last
    for child in verb.rights:
        if child.dep_ in ("dobj", "dative", "iobj") and child.left_edge.i == end:
            end = child.right_edge.i + 1
    return start, end


def _active_content(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> tuple[list[Range], str]:
    """The content of an active verb, by the first shape that fits, and which shape that was."""
    takes = cue.takes
    for name, find in SHAPES:
        if name in takes or name == "preposition":
            content = find(annotated, verb, cue, cluster)
            if content:
                return content, name
    return [], "quotation"


def _clause(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """"said that …", "…, he said", "…, he said, …"."""
    for child in verb.children:
        if child.dep_ in CLAUSES or (child.dep_ in ("xcomp", "dep") and own_subject(child) is not None):
            found = _complement(annotated, verb, child, cluster)
            if found:
                return found
    for child in verb.rights:
        if child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("that", "whether", "if") for c in child.children):
            return [(child.left_edge.i, child.right_edge.i + 1)]
    return _parenthetical(annotated, verb, cluster) or _rest(annotated, verb, cue, cluster)


def _complement(annotated: Annotated, verb: Token, clause: Token, cluster: Range) -> list[Range]:
    """The clause that hangs on the cue, before or after it."""
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    first, last = cluster
    if start >= verb.i:
        return [(max(start, verb.i + 1), end)]
    if clause.i < verb.i:
        number = annotated.sentence_of[verb.i]
        if verb.dep_ == "ROOT" and number >= 0:
            sentence = annotated.sentences[number].tokens
            if not has_finite(annotated.doc, sentence.start, start):
                start = sentence.start
        return [(start, min(end, first))] if end <= verb.i else [(start, first), (last, end)]
    return [(verb.i + 1, end)]


def _parenthetical(annotated: Annotated, verb: Token, cluster: Range) -> list[Range]:
    """"The plan, he said, was to attack": all that its head says around it."""
    head = verb.head
    if verb.dep_ not in ("parataxis", "ccomp", "advcl", "dep", "conj") or head.pos_ not in VERBAL or own_subject(verb) is None:
        return []
    doc = annotated.doc
    first, last = cluster
    before = doc[first - 1].text if first else ""
    after = doc[last].text if last < len(doc) else ""
    if before not in (",", "-", '"', "(") or after not in (",", ".", "-", '"', ")", ":"):
        return []
    if any(child.dep_ in CLAUSES for child in verb.children):
        return []
    start, end = head.left_edge.i, head.right_edge.i + 1
    return [part for part in ((start, first), (last, end)) if part[1] - part[0] > 1]


def _rest(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """The rest of the sentence after a verb of saying whose clause the parse lost."""
    if cue.kind not in ("speech", "thought") or "object" in cue.takes and cue.lemma not in ("say", "report"):
        return []
    number = annotated.sentence_of[verb.i]
    if number < 0:
        return []
    end = annotated.sentences[number].tokens.end
    for child in verb.rights:
        if child.dep_ == "conj" and own_subject(child) is not None and child_of(verb, "cc") is not None:
            if has_finite(annotated.doc, verb.i + 1, child.left_edge.i):
                end = child.left_edge.i
    start = max(verb.i + 1, cluster[1])
    following = annotated.doc[start] if start < end else None
    if following is None or following.is_punct or not has_finite(annotated.doc, start, end):
        return []
    if following.pos_ not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM") and following.lower_ not in ("that", "there"):
        return []
    return [(start, end)]


def _infinitive(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts):
            return [(max(child.left_edge.i, verb.i + 1), child.right_edge.i + 1)]
    return []


def _gerund(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "pcomp") and child.tag_ == "VBG":
            return [(child.left_edge.i, child.right_edge.i + 1)]
    return []


def _object(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    told = child_of(verb, "dobj")
    if told is None or told.i < verb.i or told.pos_ == "PRON" and told.lower_ in ("himself", "themselves", "itself"):
        return []
    return [(told.left_edge.i, told.right_edge.i + 1)]


def _preposition(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    found = prepositional(verb, cue.prepositions) if cue.prepositions else None
    if found is None:
        return []
    _, inner = found
    return [(inner.left_edge.i, inner.right_edge.i + 1)]


def _accusation(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """"accused Y of doing Z": Y of doing Z."""
    found = prepositional(verb, cue.prepositions)
    accused = child_of(verb, "dobj")
    if accused is None:
        return []
    if found is None:
        found = prepositional(accused, cue.prepositions)
    if found is None and cue.lemma not in ("blame", "suspect"):
        return []
    end = max(accused.right_edge.i, found[0].right_edge.i if found else 0) + 1
    return [(accused.left_edge.i, end)]


def _naming(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """"called the raid a massacre": the raid a massacre."""
    predicate = child_of(verb, "oprd")
    if predicate is not None and predicate.i > verb.i:
        named = child_of(verb, "dobj", "nsubj")
        start = named.left_edge.i if named is not None and named.i > verb.i else predicate.left_edge.i
        return [(start, predicate.right_edge.i + 1)]
    for child in verb.rights:
        if child.dep_ in ("ccomp", "xcomp"):
            return [(child.left_edge.i, child.right_edge.i + 1)]
    return []


def _responsibility(annotated: Annotated, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """"claimed responsibility for the attack"."""
    thing = child_of(verb, "dobj")
    if thing is None or thing.lower_ not in ("responsibility", "credit"):
        return []
    found = prepositional(thing, ("for",)) or prepositional(verb, ("for",))
    return [(found[1].left_edge.i, found[1].right_edge.i + 1)] if found else []


SHAPES = (
    ("responsibility", _responsibility),
    ("accusation", _accusation),
    ("naming", _naming),
    ("clause", _clause),
    ("infinitive", _infinitive),
    ("gerund", _gerund),
    ("object", _object),
    ("preposition", _preposition),
)


def _passive(annotated: Annotated, verb: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """"was confirmed by an official", "it has been claimed", "is believed to have", "is accused of"."""
    by = agent(verb)
    if silenced(verb, by, cues):
        return None
    patient = own_subject(verb)
    if patient is None and verb.dep_ in ("acl", "relcl"):
        patient = verb.head
    content, rule = _passive_content(annotated, verb, cue, patient, by)
    if not content:
        return None
    hops: list[Hop] = [hop(by, cues)] if by is not None else []
    if by is None and patient is not None and patient.lower_ == "it" and rule == "clause":
        hops = [_it(patient)]
    stance, certainty = stance_of(verb, cue, cues)
    return Draft(tuple(hops), _cue_range(verb), cue.lemma, content, stance, certainty, f"{cue.kind}-passive-{rule}",
                 spoken="quotation" in cue.takes and bool(hops), cluster=_passive_cluster(verb, by, patient, rule))


def _passive_cluster(verb: Token, by: Token | None, patient: Token | None, rule: str) -> Range:
    start, end = _cue_range(verb)
    if by is not None and by.i > verb.i:
        end = max(end, noun_phrase(by)[1])
    if rule == "clause" and patient is not None and patient.lower_ == "it" and patient.i < start:
        start = patient.i
    return start, end


def _passive_content(annotated: Annotated, verb: Token, cue: ReportingCue, patient: Token | None,
                     by: Token | None) -> tuple[list[Range], str]:
    clause = next((c for c in verb.children if c.dep_ in CLAUSES and c.i != verb.i), None)
    if clause is not None and "clause" in cue.takes:
        start, end = clause.left_edge.i, clause.right_edge.i + 1
        if clause.i < verb.i:
            end = min(end, patient.i if patient is not None and patient.i > clause.i else verb_group(verb)[0])
        return [(start, end)], "clause"
    if patient is None:
        return [], ""
    thing = noun_phrase(patient)
    if patient.lower_ in ("it", "that", "which", "who") and verb.dep_ == "relcl":
        thing = noun_phrase(verb.head)
    if "accusation" in cue.takes:
        found = prepositional(verb, cue.prepositions)
        return ([thing, (found[0].i, found[0].right_edge.i + 1)], "accusation") if found else ([], "")
    infinitive = _infinitive(annotated, verb, cue, (0, 0))
    if infinitive:
        return ([thing, *infinitive], "infinitive") if cue.kind != "intention" else ([], "")
    if by is not None and ("object" in cue.takes or "clause" in cue.takes):
        return [thing], "object"
    return [], ""


def _citation(annotated: Annotated, verb: Token, cue: ReportingCue, hops: list[Hop], cues: ReportingCues) -> Draft | None:
    """"…, citing officials": the origin is cited, whoever cites is the way to us."""
    cited = child_of(verb, "dobj")
    if cited is None or verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "prep", "acl"):
        return None
    head = verb.head
    clause = child_of(head, "ccomp")
    if clause is None or clause.left_edge.i <= head.i <= clause.right_edge.i:
        return None
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if start < verb.i < end:
        end = verb.left_edge.i
    return Draft((hop(cited, cues), *hops), (verb.i, verb.i + 1), cue.lemma, [(start, end)], cue.stance, cue.certainty,
                 "speech-citing", cluster=(verb.i, noun_phrase(cited)[1]))


def from_according(annotated: Annotated, token: Token, cues: ReportingCues) -> list[Draft]:
    """"according to CNN, …", "…, according to police", "in the words of …"."""
    found = _according(token)
    if found is None:
        return []
    last_word, source = found
    doc = annotated.doc
    start, end = token.i, max(noun_phrase(source)[1], source.right_edge.i + 1)
    number = annotated.sentence_of[token.i]
    if number < 0:
        return []
    sentence = annotated.sentences[number].tokens
    first, last = _scope(token, sentence.start, sentence.end)
    if end > last:
        end = last
    if start - first <= 2:
        if end < last and doc[end].text != ",":
            comma = next((i for i in range(noun_phrase(source)[1], last) if doc[i].text == ","), None)
            end = comma if comma is not None else end
        content = [(end, last)]
    else:
        content = [(first, start)]
        if end < last - 2 and doc[end].text == ",":
            content.append((end, last))
    who = hop(source, cues)
    return [Draft((who,), (token.i, last_word + 1), doc[token.i : last_word + 1].text.lower(), content, "asserts",
                  "certain", "according-to", spoken=True, cluster=(start, end))]


def _according(token: Token) -> tuple[int, Token] | None:
    """The last word of the set phrase, and the head of the source."""
    doc = token.doc
    if token.lower_ == "according":
        to = child_of(token, "prep")
        if to is None or to.lower_ != "to":
            return None
        source = child_of(to, "pobj")
        return (to.i, source) if source is not None else None
    if token.i + 3 < len(doc) and doc[token.i + 1].lower_ == "the" and doc[token.i + 3].lower_ == "of":
        if doc[token.i + 2].lower_ in ("words", "opinion", "view", "eyes"):
            source = child_of(doc[token.i + 3], "pobj")
            return (token.i + 3, source) if source is not None else None
    return None


def _scope(token: Token, start: int, end: int) -> Range:
    """The clause that the phrase speaks for: the sentence, or the half of it that the phrase stands in."""
    head = token.head
    while head.dep_ not in ("ROOT", "conj", "ccomp") and head.head is not head:
        head = head.head
    if head.dep_ == "conj" and head.pos_ in VERBAL and own_subject(head) is not None:
        return max(start, head.left_edge.i), min(end, head.right_edge.i + 1)
    if head.dep_ == "ROOT":
        for child in head.rights:
            if child.dep_ == "conj" and own_subject(child) is not None and token.i < child.left_edge.i:
                return start, child.left_edge.i
    return start, end


def from_noun(annotated: Annotated, noun: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """"the claim that …", "his assertion that …", "a plan to …" with a possessor or somebody who makes it."""
    content = _noun_content(noun, cue)
    if content is None:
        return None
    holder = _holder(noun, cues)
    if holder is None or holder.lower_ in FIRST_AND_SECOND:
        return None
    start = noun.i
    head = noun.head
    if noun.dep_ == "dobj" and subject(head) is holder and head.pos_ == "VERB":
        start = verb_group(head)[0]
    return Draft((hop(holder, cues),), (start, noun.i + 1), cue.lemma, [content], cue.stance, cue.certainty,
                 f"{cue.kind}-noun", cluster=(start, noun.i + 1))


def _noun_content(noun: Token, cue: ReportingCue) -> Range | None:
    for child in noun.rights:
        if child.dep_ in ("acl", "ccomp", "relcl", "xcomp"):
            marks = {c.lower_ for c in child.lefts if c.dep_ in ("mark", "aux", "advmod")}
            if child.dep_ != "relcl" and "that" in marks and "clause" in cue.takes:
                return child.left_edge.i, child.right_edge.i + 1
            if "to" in marks and "infinitive" in cue.takes:
                return child.left_edge.i, child.right_edge.i + 1
        if child.dep_ == "prep" and child.lower_ in cue.prepositions and cue.kind != "intention":
            return child.i, child.right_edge.i + 1
    return None


def _holder(noun: Token, cues: ReportingCues) -> Token | None:
    """Whose claim it is: the possessor, "by X", or the subject of the verb that makes it."""
    owner = child_of(noun, "poss")
    if owner is not None:
        return owner
    by = prepositional(noun, ("by", "from"))
    if by is not None and by[1].pos_ in ("NOUN", "PROPN", "PRON"):
        return by[1]
    head = noun.head
    if noun.dep_ == "dobj" and head.pos_ == "VERB" and not is_passive(head):
        return subject(head)
    return None


def from_adjective(annotated: Annotated, word: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """"is convinced that …", "are worried about …", "is willing to …"."""
    verb = word.head
    if word.dep_ not in ("acomp", "ROOT", "conj", "oprd") or verb.pos_ not in VERBAL:
        return None
    who = subject(verb)
    if who is None or who.lower_ in ("it", "there", "that", "this") or who.lower_ in FIRST_AND_SECOND:
        return None
    content: Range | None = None
    for child in word.rights:
        if child.dep_ in ("ccomp", "xcomp", "advcl") and (
            ("infinitive" in cue.takes and any(c.lower_ == "to" for c in child.lefts))
            or ("clause" in cue.takes and own_subject(child) is not None)
        ):
            content = (child.left_edge.i, child.right_edge.i + 1)
            break
    if content is None and cue.prepositions:
        found = prepositional(word, cue.prepositions)
        content = (found[1].left_edge.i, found[1].right_edge.i + 1) if found else None
    if content is None:
        return None
    stance, certainty = stance_of(verb, cue, cues)
    start = verb_group(verb)[0]
    cluster = (min(start, word.i), word.i + 1)
    return Draft((hop(who, cues),), cluster, cue.lemma, [content], stance, certainty, f"{cue.kind}-adjective", cluster=cluster)


def from_adverb(annotated: Annotated, word: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """"reportedly", "allegedly": somebody says so, and no words say who."""
    head = word.head
    if word.dep_ != "advmod" or head.pos_ not in VERBAL:
        return None
    start, end = head.left_edge.i, head.right_edge.i + 1
    if head.tag_ not in FINITE and own_subject(head) is None:
        return None
    return Draft((), (word.i, word.i + 1), cue.lemma, [(start, end)], cue.stance, cue.certainty, "hearsay-adverb",
                 cluster=(word.i, word.i + 1))
