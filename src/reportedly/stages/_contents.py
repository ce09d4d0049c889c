"""What an active verb governs: its content, by the shape of its clause."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.stages._clauses import (
    FINITE,
    RELATIVE,
    VERBAL,
    Range,
    child_of,
    has_finite,
    noun_phrase,
    own_subject,
    prepositional,
)
from reportedly.stages._cues import ReportingCue, ReportingCues
from reportedly.stages._quotes import Page

NOUN_PREPOSITIONS = frozenset(("on", "of", "for", "between", "against", "over", "about", "from", "with", "as"))
CLAUSES = ("ccomp", "csubj")
MARKS = frozenset(("that", "whether", "if"))
REFLEXIVE = frozenset(("himself", "herself", "themselves", "itself"))
FURTHEST_THAT = 14
"""How many tokens (a time, a place, a hearer) may stand between a cue and its "that"."""
OPENS_CLAUSE = frozenset(("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"))
HANGING = frozenset(("conj", "ccomp", "advcl", "dep", "parataxis"))


def active_content(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> tuple[list[Range], str]:
    """The content of an active verb, by the first shape that fits, and which shape that was.

    Args:
        page: the article.
        verb: the cue.
        cue: its entry.
        cluster: source, cue and hearer as one stretch, no part of the content.
    """
    for name, find in SHAPES:
        if name in cue.takes or name == "preposition":
            content = find(page, verb, cue, cluster)
            if content:
                return content, name
    return [], "quotation"


def _clause(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """ "said that …", "…, he said", "…, he said, …"."""
    clauses = [
        c for c in verb.children if c.dep_ in CLAUSES or (c.dep_ in ("xcomp", "dep") and own_subject(c) is not None)
    ]
    if len(clauses) > 1 and clauses[-1].left_edge.i > verb.i:
        clauses = [c for c in clauses if c.left_edge.i > verb.i]
    if clauses:
        return _complement(page, verb, clauses[0], cluster)
    for child in verb.rights:
        if child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in MARKS for c in child.children):
            return [(child.left_edge.i, child.right_edge.i + 1)]
    return (
        _stray(verb)
        or _that_follows(page, verb, cue)
        or _interrupting(verb, cluster)
        or _parenthetical(page, verb, cluster)
        or _rest(page, verb, cue, cluster)
        or _before_comma(page, verb, cue, cluster)
    )


def _that_follows(page: Page, verb: Token, cue: ReportingCue) -> list[Range]:
    """The rest of the sentence from the "that" behind the cue, where the parse hung it on nothing of the kind."""
    end = page.sentence(verb.i)[1]
    if cue.kind not in ("speech", "thought") or "clause" not in cue.takes:
        return []
    for i in range(verb.i + 1, min(verb.i + FURTHEST_THAT, end - 2)):
        token = page.doc[i]
        if token.lower_ == "that" and page.doc[i + 1].pos_ in OPENS_CLAUSE and has_finite(page.doc, i + 1, end):
            return [(i, _before_without(page, end, verb))]
        if token.tag_ in FINITE or token.text in (",", ";", ":", '"'):
            return []
    return []


def _interrupting(verb: Token, cluster: Range) -> list[Range]:
    """ "roads it says are mined", "the man police say planted the bomb": what stands on both sides."""
    noun, doer = verb.head, own_subject(verb)
    if verb.dep_ != "relcl" or noun.dep_ not in ("nsubj", "nsubjpass") or doer is None or doer.lower_ in RELATIVE:
        return []
    main = noun.head
    if main.i < verb.i or child_of(verb, "dobj", "ccomp", "xcomp") is not None or verb.right_edge.i > cluster[1] + 1:
        return []
    return [(noun.left_edge.i, cluster[0]), (cluster[1], main.right_edge.i + 1)]


def _is_that_clause(clause: Token) -> bool:
    """True for "that he will leave", whether or not the parse took it for a relative clause."""
    first, doer = clause.left_edge, own_subject(clause)
    return first.lower_ == "that" and first.head == clause and doer is not None and doer.lower_ != "that"


def _before_comma(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """ "Militants behind bombing, says governor": what stands before the comma, though it has no verb."""
    start, end = page.sentence(verb.i)
    first, last = cluster
    closing = all(token.is_punct or token.is_space for token in page.doc[last:end])
    if cue.kind == "speech" and closing and first - start > 2 and page.doc[first - 1].text == ",":
        return [(start, first - 1)]
    return []


def _stray(verb: Token) -> list[Range]:
    """ "said in a statement posted online that …": the clause that the parse hung on the statement."""
    for child in verb.rights:
        if child.dep_ == "prep":
            for token in child.subtree:
                if token.dep_ in ("ccomp", "acl", "relcl") and _is_that_clause(token):
                    return [(token.left_edge.i, token.right_edge.i + 1)]
    return []


def _complement(page: Page, verb: Token, clause: Token, cluster: Range) -> list[Range]:
    """The clause that hangs on the cue, before or after it."""
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    first, last = cluster
    if start >= verb.i:
        return [
            (
                max(start, verb.i + 1),
                _before_without(page, _before_second_cue(page, verb, clause, _tail(page, verb, end)), verb),
            )
        ]
    if clause.i > verb.i:
        return [(verb.i + 1, end)]
    if verb.dep_ == "ROOT":
        opening = page.sentence(verb.i)[0]
        if not has_finite(page.doc, opening, start):
            start = opening
    return [(start, min(end, first))] if end <= verb.i else [(start, first), (last, end)]


def second_cue(verb: Token, cues: ReportingCues) -> Token | None:
    """Of "said A attacked and *added* that B", where the parse has it that A added: the verb whose subject it shares."""
    if verb.dep_ != "conj" or own_subject(verb) is not None or verb.lemma_ not in cues.seconds:
        return None
    first = verb.head.head
    if verb.head.dep_ != "ccomp" or first.tag_ != verb.tag_ or first.lemma_ not in cues.seconds:
        return None
    return first if any(child.dep_ in CLAUSES for child in verb.rights) else None


def _before_second_cue(page: Page, verb: Token, clause: Token, end: int) -> int:
    """Where a content ends that a coordinated cue with the same speaker follows."""
    for child in clause.rights:
        if child.dep_ == "conj" and second_cue(child, page.cues) == verb:
            joined = child_of(clause, "cc")
            return joined.i if joined is not None and verb.i < joined.i < child.i else child.left_edge.i
    return end


def _before_without(page: Page, end: int, verb: Token) -> int:
    """Where a content ends that ", without blaming anybody" follows: that is how it was said, not what."""
    for i in range(verb.i + 2, end - 1):
        if page.doc[i].lower_ != "without" or page.inside[i] >= 0:
            continue
        if any(child.tag_ == "VBG" and child.lemma_ in page.cues.unsaid for child in page.doc[i].rights):
            return i - (page.doc[i - 1].lower_ in ("again", "but"))
    return end


def _tail(page: Page, verb: Token, end: int) -> int:
    """Where the content ends once the clauses that the parse hung on the cue, not on its content, are counted in."""
    for child in verb.rights:
        if child.i < end or child.dep_ in ("punct", "cc"):
            continue
        if child.dep_ not in HANGING or child.left_edge.i - end > 2:
            break
        if child.pos_ not in VERBAL or child.lemma_ in page.cues.seconds:
            break
        if own_subject(child) is None and (child.tag_ == verb.tag_ or child.dep_ == "advcl"):
            break
        end = child.right_edge.i + 1
    return end


def _parenthetical(page: Page, verb: Token, cluster: Range) -> list[Range]:
    """ "The plan, he said, was to attack": all that its head says around it."""
    head = verb.head
    if (
        verb.dep_ not in ("parataxis", "ccomp", "advcl", "dep", "conj")
        or head.pos_ not in VERBAL
        or own_subject(verb) is None
    ):
        return []
    doc = page.doc
    first, last = cluster
    before = doc[first - 1].text if first else ""
    after = doc[last].text if last < len(doc) else ""
    if before not in (",", "-", '"', "(") or after not in (",", ".", "-", '"', ")", ":"):
        return []
    if any(child.dep_ in CLAUSES for child in verb.children):
        return []
    start, end = head.left_edge.i, head.right_edge.i + 1
    return [part for part in ((start, first), (last, end)) if part[1] - part[0] > 1]


def _rest(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """The rest of the sentence after a verb of saying whose clause the parse lost."""
    if cue.kind not in ("speech", "thought") or ("object" in cue.takes and cue.lemma not in ("say", "report")):
        return []
    end = page.sentence(verb.i)[1]
    for child in verb.rights:
        joined = child.dep_ == "conj" and own_subject(child) is not None and child_of(verb, "cc") is not None
        if joined and has_finite(page.doc, verb.i + 1, child.left_edge.i):
            end = child.left_edge.i
    start = max(verb.i + 1, cluster[1])
    following = page.doc[start] if start < end else None
    if following is None or following.is_punct or not has_finite(page.doc, start, end):
        return []
    if following.pos_ not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM") and following.lower_ not in (
        "that",
        "there",
    ):
        return []
    return [(start, end)]


def infinitive(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """ "plans to attack": to attack."""
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts):
            return [(max(child.left_edge.i, verb.i + 1), child.right_edge.i + 1)]
    return []


def _gerund(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "pcomp") and child.tag_ == "VBG":
            return [(child.left_edge.i, child.right_edge.i + 1)]
    return []


def _object(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    told = child_of(verb, "dobj")
    if told is None or told.i < verb.i or (told.pos_ == "PRON" and told.lower_ in ("himself", "themselves", "itself")):
        return []
    end = told.right_edge.i + 1
    for child in verb.rights:
        if (
            child.i >= end
            and child.left_edge.i == end
            and child.dep_ == "prep"
            and (child.lower_ in NOUN_PREPOSITIONS or (child.lower_ == "in" and told.lemma_ in page.cues.shares))
        ):
            end = child.right_edge.i + 1
        elif child.i >= end and child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and own_subject(child) is None:
            end = child.right_edge.i + 1  # "condemned the raid, and the arrests": hung on the verb
    return [(told.left_edge.i, end)]


def _preposition(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    found = prepositional(verb, cue.prepositions) if cue.prepositions else None
    if found is None:
        return []
    _, inner = found
    return [(inner.left_edge.i, inner.right_edge.i + 1)]


def _accusation(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """ "accused Y of doing Z": Y of doing Z."""
    found = prepositional(verb, cue.prepositions)
    accused = child_of(verb, "dobj")
    if accused is None:
        return _deed(page, verb, cue)
    if found is None:
        found = prepositional(accused, cue.prepositions)
    if found is None and (rest := _deed(page, verb, cue)):
        return rest
    if found is None and cue.lemma not in ("blame", "suspect"):
        return []
    end = max(accused.right_edge.i, found[0].right_edge.i if found else 0) + 1
    return [(accused.left_edge.i, end)]


def _deed(page: Page, verb: Token, cue: ReportingCue) -> list[Range]:
    """The rest of the sentence, where the parse lost the "of doing" that is in it."""
    end = page.sentence(verb.i)[1]
    for i in range(verb.i + 1, end - 1):
        if page.doc[i].lower_ in cue.prepositions and "VBG" in (
            page.doc[i + 1].tag_,
            page.doc[min(i + 2, end - 1)].tag_,
        ):
            return [(verb.i + 1, end)]
    return []


def _description(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """ "identified the dead man as a courier": the dead man as a courier."""
    found = prepositional(verb, ("as",))
    named = child_of(verb, "dobj")
    if named is None or named.i < verb.i:
        return []
    found = found or prepositional(named, ("as",))
    return [(named.left_edge.i, found[0].right_edge.i + 1)] if found else []


def _naming(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """ "called the raid a massacre": the raid a massacre; "called on them to leave": them to leave."""
    summoned = prepositional(verb, ("on", "upon"))
    if summoned is not None:
        ends = [child.right_edge.i + 1 for child in verb.rights if child.dep_ in ("xcomp", "ccomp", "advcl", "prep")]
        end = max(ends, default=summoned[1].right_edge.i + 1)
        return [(summoned[1].left_edge.i, end)]
    predicate = child_of(verb, "oprd")
    if predicate is not None and predicate.i > verb.i:
        named = child_of(verb, "dobj", "nsubj")
        start = named.left_edge.i if named is not None and named.i > verb.i else predicate.left_edge.i
        return [(start, predicate.right_edge.i + 1)]
    for child in verb.rights:
        if child.dep_ in ("ccomp", "xcomp"):
            return [(child.left_edge.i, child.right_edge.i + 1)]
    return []


def _responsibility(page: Page, verb: Token, cue: ReportingCue, cluster: Range) -> list[Range]:
    """ "claimed responsibility for the attack"."""
    thing = child_of(verb, "dobj")
    if thing is None or thing.lower_ not in ("responsibility", "credit"):
        return []
    found = prepositional(thing, ("for",)) or prepositional(verb, ("for",))
    if (
        found is not None and found[1].lower_ == "which" and verb.dep_ == "relcl"
    ):  # "the attack, for which … has claimed responsibility"
        start, end = noun_phrase(verb.head)
        return [(start, min(end, verb.left_edge.i))] if start < verb.left_edge.i else []
    return [(found[1].left_edge.i, found[1].right_edge.i + 1)] if found else []


SHAPES = (
    ("responsibility", _responsibility),
    ("accusation", _accusation),
    ("description", _description),
    ("naming", _naming),
    ("clause", _clause),
    ("infinitive", infinitive),
    ("gerund", _gerund),
    ("object", _object),
    ("preposition", _preposition),
)
