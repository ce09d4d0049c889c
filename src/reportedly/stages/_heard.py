"""What the learned head hears, laid beside what the rules find: which of the two is believed, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Token

from reportedly.records import Quotation, Stance
from reportedly.stages._borne import barred, is_refusal
from reportedly.stages._clauses import (
    TIMES,
    Range,
    agent,
    child_of,
    is_negated,
    is_passive,
    own_subject,
    subject,
    trimmed,
)
from reportedly.stages._clauses import prepositional as under
from reportedly.stages._cues import ReportingCue, ReportingCues, cue_of
from reportedly.stages._phrases import prepositional
from reportedly.stages._quotes import Page
from reportedly.stages._sayers import holder_of, is_beside, is_mere_place, sayer
from reportedly.stages._sources import chain_of, hop
from reportedly.stages._stances import QUESTIONS
from reportedly.stages._verbs import is_owed, is_to_be_said
from reportedly.stages.drafts import Attributed, Hop, Offsets
from reportedly.tagger import Tags, Told, softmax
from reportedly.tagger.labels import STANCES

RULE_NEEDS = 0.4
"""What only a rule finds is kept if the head gives its cue so much."""
ALONE, AGAINST = 0.4, 0.8
"""The probability from which on the head's stance stands: where no word of the lexicon gives one, and where one gives another."""
DENIES = 0.75
"""The same for a denial, where no word gives a stance: it would turn what is told into what is not so. Set on the held tenth of our corpus."""
SOURCES = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"})
"""A source holds a word of one of these; "spar" and "not" are none."""
MARKS = frozenset(":-–—,")
"""What may be a cue without a letter."""
MARKED = frozenset(('"', "''", "``"))
"""What shows that words are said, though it was not found whose they are."""
HELP = frozenset({"police", "ambulance", "authorities", "help", "911", "999"})
"""Who calls them says nothing that we are told."""
ORDERING = frozenset(
    {"order", "demand", "request", "seek", "want", "release", "withhold", "publish", "obtain", "review", "watch"}
)
"""What somebody does with a document without a word of what is in it."""
WITHHELD = frozenset({"motive", "reason", "detail", "explanation", "breakdown"})
"""What somebody gives none of, of an act that took place."""
CLAIMS = frozenset({"claim", "allegation", "accusation", "charge", "assertion"})
"""What a nation makes: "US claims that"."""
THERE = ("in", "at", "near")
ABOUT = ("to", "of", "with", "against", "for", "on", "over")
"""Under a passive cue, what stands after one of these is no source: "the blame was put on the army"."""
PASSING = frozenset({"gloss", "ignore", "overlook", "omit"})
"""What somebody does with a fact that he will not speak of: "glosses over the fact that soldiers fired"."""
HEAD_NEEDS = 0.5
"""What only the head finds is kept from this probability on."""


def with_heard(
    page: Page, ruled: tuple[Attributed, ...], tags: Tags, matter: Sequence[Offsets] | None = None
) -> tuple[Attributed, ...]:
    """The attributions of both, in the order of their cues.

    Where both see a cue, the content is what either hears, if the two overlap, else the head's; the rule says who the source is and what the words
    mean (stance, certainty), and a quotation that it gives to the cue stays its own.

    Args:
        page: the article and its quotations.
        ruled: what the rules found.
        tags: what the head says.
        matter: the stretches of the text that matter, where not all do.
    """
    if matter is None:
        heard = tags.told
    else:
        cues = [one.cue for one in ruled if one.cue is not None and _holds(one, matter)]
        heard = tags.told_around([*matter, *cues])
        ruled = tuple(one for one in ruled if one.cue is None or tags.has_seen(*one.cue))
    out: list[Attributed] = []
    matched: set[int] = set()
    for told in heard:
        number = max(
            (n for n, one in enumerate(ruled) if n not in matched and _same(one, told)),
            key=lambda n: (_shared(ruled[n].content, told.content), -_length(ruled[n].content)),
            default=None,
        )
        if number is not None:
            matched.add(number)
        elif told.probability < HEAD_NEEDS:
            continue
        made = _made(page, told, ruled[number] if number is not None else None)
        if made is not None:
            out.append(made)
        elif number is not None:
            out.append(ruled[number])
    for number, one in enumerate(ruled):
        if number not in matched and any(_lies_within(one, ruled[other]) for other in matched):
            continue  # the "wants" of "wants to know"
        if one.rule == "nearest-speaker" and any(_gives_elsewhere(one, told) for told in heard):
            continue
        if number not in matched and (one.cue is None or tags.is_cue(*one.cue) >= RULE_NEEDS):
            out.append(one if one.cue is None else replace(one, likely=tags.is_cue(*one.cue)))
    return tuple(sorted(out, key=lambda one: (one.cue or one.content[0], one.content)))


def _gives_elsewhere(one: Attributed, told: Told) -> bool:
    """Whether the head gives a quotation to another cue than the one that merely stood nearest."""
    words = sum(end - start for start, end in one.content)
    return told.probability >= HEAD_NEEDS and not _same(one, told) and 2 * _shared(one.content, told.content) >= words


def _holds(one: Attributed, matter: Sequence[Offsets]) -> bool:
    """Whether its content meets one of these stretches."""
    return any(a < end and start < b for a, b in one.content for start, end in matter)


def _stance(told: Told, ruled: Stance, sure: bool, unborne: frozenset[Stance]) -> tuple[Stance, float]:
    """The stance that stands, and the head's probability of it.

    Args:
        told: what the head heard.
        ruled: what the rules make of the cue.
        sure: whether a word told them; else `ruled` is what is taken for granted.
        unborne: the stances that no word bears: without a "no", nothing is denied.
    """
    probability = softmax(np.array(told.said[: len(STANCES)]))
    best = int(probability.argmax())
    least = AGAINST if sure else DENIES if STANCES[best] == "denies" else ALONE
    if STANCES[best] == ruled or probability[best] < least or STANCES[best] in unborne:
        return ruled, float(probability[STANCES.index(ruled)])
    return STANCES[best], float(probability[best])


def _is_mute(verb: Token, page: Page) -> bool:
    """ "police investigate a death", "the mayor found himself in a raid": done without a word."""
    if verb.pos_ != "VERB":
        return False
    if is_refusal(verb, page):
        return True
    itself = any(child.dep_ == "dobj" and child.lower_.endswith(("self", "selves")) for child in verb.children)
    if verb.lemma_ == "call" and any(child.dep_ == "dobj" and child.lower_ in HELP for child in verb.children):
        return True
    return (
        verb.lemma_.lower() in page.cues.mute_acts or _is_of_document(verb, page) or (itself and verb.lemma_ == "find")
    )


def _is_of_document(verb: Token, page: Page) -> bool:
    """ "ordered the release of a video of the shooting": what somebody wants of a document is no word of what it shows."""
    if verb.lemma_ not in ORDERING or child_of(verb, "xcomp", "ccomp") is not None:
        return False
    thing = child_of(verb, "dobj")
    while thing is not None and thing.lemma_ not in page.cues.documents:
        below = under(thing, ("of",))
        thing = below[1] if below is not None else None
    return thing is not None


def _is_spared(verb: Token, known: ReportingCue | None) -> bool:
    """ "was not charged in the bombing": nobody accuses anybody; "has to admit it": nobody does."""
    if known is None:
        return False
    return ("accusation" in known.takes and is_passive(verb) and is_negated(verb)) or is_owed(verb, known)


def _is_asked(verb: Token) -> bool:
    """ "The spokesman, asked if it was so, nodded": who asks him nobody says."""
    if verb.lower_ not in ("asked", "pressed", "questioned", "quizzed") or not verb.i:
        return False
    behind = verb.doc[verb.i - 1]
    return behind.text == "," or (
        behind.lower_ in ("when", "as") and behind.head.i == verb.i and own_subject(verb) is None
    )


def _asks(page: Page, cue: Offsets, content: tuple[Offsets, ...]) -> bool:
    """Whether the content asks who did it, or how, and not whether anybody did; or is a motive, or details, that somebody does not give."""
    tokens = page.annotated.tokens(*content[0])
    if tokens is None:
        return False
    given = [tokens.root, *(page.annotated.tokens(*cue) or ())]
    if tokens.root.dep_ in ("pobj", "prep"):  # "details" of "details of the abduction"
        given += list(tokens.root.ancestors)[:2]
    return tokens[0].lower_ in QUESTIONS or any(token.lemma_.lower() in (*WITHHELD, *PASSING) for token in given)


def _same(one: Attributed, told: Told) -> bool:
    return one.cue is not None and any(one.cue[0] < b and a < one.cue[1] for a, b in told.cue)


def _lies_within(one: Attributed, other: Attributed) -> bool:
    """Whether its cue is a part of the other's."""
    if one.cue is None or other.cue is None or one.cue == other.cue:
        return False
    return other.cue[0] <= one.cue[0] and one.cue[1] <= other.cue[1]


def _length(content: tuple[Offsets, ...]) -> int:
    return sum(end - start for start, end in content)


def _shared(one: tuple[Offsets, ...], other: tuple[Offsets, ...]) -> int:
    """How many characters two contents share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _made(page: Page, told: Told, ruled: Attributed | None) -> Attributed | None:
    """An attribution from what the head told, with what the rule knows of it."""
    content = _content(page, told, ruled)
    cue = told.cue[0][0], told.cue[-1][1]
    if not content or _nobody_claims(page, cue) or _is_furniture(page.annotated.text(*cue)):
        return None
    chain = _with_stations(page, told, content, _chain(page, told, ruled))
    quotation = _quotation(page, content)
    word, known = _word(page, cue)
    if word is not None and _is_asked(word):
        chain = ()
    unborne = barred(page, cue, content, word, known)
    if ruled is not None:
        stance, probability = _stance(told, ruled.stance, ruled.stance != "asserts", unborne)
        rule = ruled.rule if stance == ruled.stance else f"{ruled.rule}, head.stance:{probability:.2f}"
        if stance == "declines_to_confirm" and not rule.startswith("unaware") and _asks(page, cue, content):
            rule = f"unaware-{rule}"
        return replace(
            ruled,
            chain=chain,
            content=content,
            quotation=quotation,
            stance=stance,
            rule=rule,
            likely=told.probability,
            stance_likely=probability,
        )
    if word is not None and (is_to_be_said(word) or _is_mute(word, page) or _is_spared(word, known)):
        return None
    stance, probability = _stance(told, known.stance if known else "asserts", False, unborne)
    kind = "intention-head" if known and known.kind == "intention" else "head"
    return Attributed(
        chain=chain,
        cue=cue,
        cue_lemma=word.lemma_.lower() if word is not None else page.annotated.text(*cue).lower(),
        content=content,
        stance=stance,
        quotation=quotation,
        certainty="possible"
        if word is not None and is_quashed(word, page.cues)
        else known.certainty
        if known
        else "certain",
        rule=f"{'unaware-head' if stance == 'declines_to_confirm' and _asks(page, cue, content) else kind}.cue:{told.probability:.2f}",
        likely=told.probability,
        stance_likely=probability,
    )


def _content(page: Page, told: Told, ruled: Attributed | None) -> tuple[Offsets, ...]:
    """The head's spans as whole tokens without stray punctuation, each quotation that is mostly in them taken whole; with the rule's where
    they overlap (on PolNeAR's dev texts that finds two attributions in a hundred more), and the quotations that it gives to this cue, for the head does not see far."""
    parts: list[Range] = []
    own = [span for spans in (told.cue, told.source) for span in spans]
    for start, end in told.content:
        tokens = page.annotated.tokens(start, end)
        if tokens is None:
            continue
        first, last = _quoted(page, tokens.start, tokens.end)
        a, b = trimmed(page.doc, first, last)
        if b > a and not all(page.doc[i].is_punct for i in range(a, b)):
            parts.append((a, b))
    cue = page.annotated.tokens(*told.cue[0])
    if cue is not None:
        parts = [_in_sentence(page, part, cue.start, cue.end) for part in _near(page, parts, cue.start)]
        parts = [_of_participle(page, part, cue.root) for part in parts]
        parts = [part for part in parts if part[1] > part[0]]
    if ruled is not None:
        parts = _beyond(page, parts, ruled.chain)
    for start, end in ruled.content if ruled is not None else ():
        tokens = page.annotated.tokens(start, end)
        if tokens is None:
            continue
        if not parts:
            return ruled.content if ruled is not None else ()
        quoted = page.inside[tokens.start] >= 0 and page.inside[tokens.end - 1] >= 0
        if quoted or any(a < tokens.end and tokens.start < b for a, b in parts):
            parts.append((tokens.start, tokens.end))
    merged: list[Range] = []
    for a, b in sorted(parts):
        if merged and a <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(b, merged[-1][1])
        else:
            merged.append((a, b))
    spans = [(page.doc[a].idx, page.doc[b - 1].idx + len(page.doc[b - 1])) for a, b in merged]
    return tuple(span for span in spans if span not in own)


def _near(page: Page, parts: list[Range], cue: int) -> list[Range]:
    """Without the crumbs of other sentences, where the cue's own holds a part or a quotation is one."""
    start, end = page.sentence(cue)
    near = [part for part in parts if (part[0] < end and start < part[1]) or page.inside[part[0]] >= 0]
    return near or parts


def _beyond(page: Page, parts: list[Range], chain: tuple[Hop, ...]) -> list[Range]:
    """Without the words that mostly name who says it: "said the mayor, Ana Ruiz, according to"."""
    named = [tokens for hop in chain if (tokens := page.annotated.tokens(hop.start, hop.end)) is not None]

    def shared(part: Range) -> int:
        return sum(max(0, min(part[1], hop.end) - max(part[0], hop.start)) for hop in named)

    return [part for part in parts if 2 * shared(part) <= part[1] - part[0]]


def _in_sentence(page: Page, part: Range, cue: int, behind: int) -> Range:
    """Without what it takes, and no mark shows to be said, of the sentences beside the cue's: "… in a raid. Nine were hurt, police said"; after
    "The minister said:" the words run on, and no sentence of them is left half."""
    start, end = part
    first, last = page.sentence(cue)
    if start < first < end and page.inside[start] < 0 and _ends(page, first):
        start = next((i for i in range(start, first) if page.doc[i].text in MARKED), first)
    if end <= last or page.inside[end - 1] >= 0:
        return start, end
    if page.inside[last - 1] >= 0:
        return start, max(last, min(end, page.quotes[page.inside[last - 1]].end))
    if any(token.text == ":" for token in page.doc[behind : behind + 2]):
        return trimmed(page.doc, start, page.sentence(end - 1)[1])
    if start >= last or not _ends(page, last):
        return start, end
    return start, next((i + 1 for i in range(end - 1, last - 1, -1) if page.doc[i].text in MARKED), last)


def _ends(page: Page, at: int) -> bool:
    """Whether a sentence truly ends before token `at`, with a full stop or its like, and not only with a line."""
    before = [token.text for token in page.doc[max(0, at - 4) : at] if not token.is_space and token.text not in "\"')]"]
    return bool(before) and before[-1][-1] in ".!?"


def _of_participle(page: Page, part: Range, cue: Token) -> Range:
    """Of "a man claiming allegiance to the group shot nine people" what hangs on the participle: the shooting is not his word, nor
    is it what a "man accused of arson" is accused of."""
    if cue.dep_ != "acl" or cue.tag_ not in ("VBG", "VBN") or page.inside[part[0]] >= 0:
        return part
    above = cue.head.head
    return (part[0], min(part[1], above.i)) if cue.i < above.i and cue.right_edge.i < above.i else part


def _quoted(page: Page, start: int, end: int) -> Range:
    """With the rest of a quotation of which at least half is in it."""
    for number in {page.inside[k] for k in range(start, end)} - {-1}:
        quote = page.quotes[number]
        shared = min(end, quote.end) - max(start, quote.start)
        if 2 * shared >= quote.end - quote.start:
            start, end = min(start, quote.start), max(end, quote.end)
    return start, end


def _chain(page: Page, told: Told, ruled: Attributed | None) -> tuple[Hop, ...]:
    """The rule's stations where it has any: on PolNeAR's dev texts it is right twice as often where the two differ. Else the head's source,
    or whoever the parse makes the subject; then the head's stations."""
    if ruled is not None and ruled.chain:
        return ruled.chain
    if ruled is not None and ruled.rule == "speech-passive-accusation" and _is_accused(ruled, told):
        return ()
    word, _ = _word(page, (told.cue[0][0], told.cue[-1][1]))
    if word is not None and (_is_of_accused(word, page) or is_quashed(word, page.cues)):
        return ()
    owner = _owner(word, page) if word is not None and word.pos_ == "NOUN" else None
    if owner is not None:
        return (hop(owner, page.cues),)
    if word is not None and word.pos_ == "NOUN" and _is_judged(word, told.source, page):
        return ()
    if word is not None and word.tag_ in ("JJ", "RB", "VBN") and word.dep_ in ("amod", "advmod"):
        return ()  # "alleged rebels", "reportedly": nobody is named
    passive = word is not None and word.pos_ == "VERB" and is_passive(word)
    if word is not None and passive and _blames_nobody_knows_who(word, told.source, page):
        return ()
    if told.source:
        return _named(page, max(told.source, key=lambda span: span[1] - span[0]), word, passive)
    if word is None or word.pos_ != "VERB" or passive:  # "he was charged": he is not the one who says it
        return ()
    return tuple(chain_of(word, page.cues)[0])


def _is_accused(ruled: Attributed, told: Told) -> bool:
    """Whether the head names nobody, or the accused, for the accuser."""
    return all(any(a < end and start < b for a, b in ruled.content) for start, end in told.source)


def _named(page: Page, span: Offsets, word: Token | None, passive: bool) -> tuple[Hop, ...]:
    """Whom the head's words for the source name, unless they say where ("on both sides") or whom it is about ("he was charged")."""
    tokens = page.annotated.tokens(*span)
    active = word is not None and word.pos_ == "VERB" and not passive
    if tokens is not None and is_mere_place(tokens.root, page.cues):
        return tuple(chain_of(word, page.cues)[0]) if word is not None and active and word.dep_ != "acl" else ()
    if word is not None and active and _is_done_to(word, span):
        return tuple(chain_of(word, page.cues)[0])
    accused = subject(word) if passive and word is not None else None
    if accused is not None and _meets(accused, span):
        return ()
    if passive and word is not None and (below := under(word, ABOUT)) is not None and _meets(below[1], span):
        return ()
    if passive and word is not None and (there := under(word, THERE)) is not None and _meets(there[1], span):
        where = hop(there[1], page.cues)
        if where.kind not in ("outlet", "document"):
            return ()  # "was reported in Velm": it was there
    if tokens is not None and (holder := holder_of(tokens.root, page.cues)) is not None:
        return (hop(holder, page.cues),)
    origin = _hop(page, span)
    return () if origin is None else (origin,)


def _meets(noun: Token, span: Offsets) -> bool:
    """Whether words stand in the phrase of `noun`."""
    last = noun.right_edge
    return noun.left_edge.idx < span[1] and span[0] < last.idx + len(last)


def _is_done_to(verb: Token, span: Offsets) -> bool:
    """Whether words stand in a verb's object while it has a subject: "They deplored the slaughter" is not the slaughter's word."""
    return own_subject(verb) is not None and any(
        child.dep_ == "dobj" and _meets(child, span) for child in verb.children
    )


def _owner(noun: Token, page: Page) -> Token | None:
    """Whose word a noun is: "a claim by the rebels", "the rebels' claim", "police reports"; a death threat is nobody's."""
    by = prepositional(noun, "by")
    if by:
        return by[0]
    for child in noun.children:
        if child.dep_ == "poss" and child.pos_ in ("NOUN", "PROPN") and child.ent_type_ not in TIMES:  # "today's news"
            return child
        if child.lower_ == "press" and noun.lemma_ == "charge":  # "press charges"
            continue
        if child.dep_ == "compound" and {child.lower_, child.lemma_.lower()} & page.cues.speakers:
            return child
        if child.dep_ in ("compound", "amod", "nmod") and child.ent_type_ in ("GPE", "NORP") and noun.lemma_ in CLAIMS:
            return child  # "denies US claims that"
    return None


def _is_of_accused(noun: Token, page: Page) -> bool:
    """ "his conviction for murder", "arrested on suspicion of": the noun's possessor says nothing, nor does a court that quashes it."""
    if noun.lemma_.lower() not in page.cues.trials:
        return False
    return noun.dep_ not in ("dobj", "nsubjpass") or child_of(noun, "poss") is not None


def is_quashed(word: Token, cues: ReportingCues) -> bool:
    """ "The court threw out his conviction", "their convictions were overturned": the noun, or the verb."""
    noun = child_of(word, "dobj", "nsubjpass") if word.pos_ == "VERB" else word
    if noun is None or noun.lemma_.lower() not in cues.trials or noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    return noun.head.lemma_.lower() in cues.quashing


def _blames_nobody_knows_who(verb: Token, source: tuple[Offsets, ...], page: Page) -> bool:
    """ "Threats include the group, which has been blamed for attacks": only who stands behind "by" blames."""
    known = cue_of(verb, page.cues)
    if known is None or "accusation" not in known.takes or child_of(verb, "auxpass") is None:
        return False  # "Police hold two men accused of": they may well be the ones who accuse
    by = agent(verb)
    return by is None or not any(_meets(by, span) for span in source)


def _is_judged(noun: Token, source: tuple[Offsets, ...], page: Page) -> bool:
    """Of "dismissed the report", "has confirmed claims": whoever denies or confirms somebody's words is not the one who said them."""
    verb = noun.head
    known = cue_of(verb, page.cues) if noun.dep_ == "dobj" else None
    judge = subject(verb) if known is not None and known.stance in ("denies", "confirms", "questions") else None
    return judge is not None and any(_meets(judge, span) for span in source)


def _with_stations(page: Page, told: Told, content: tuple[Offsets, ...], chain: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """With the stations that the head hears after the source, outside what is said: a statement, a video, the outlet that was told."""
    taken = [(hop.start, hop.end) for hop in chain] + [
        span for part in (told.cue, told.source, told.content, content) for span in part
    ]
    new = [
        _hop(page, span)
        for span in told.hops
        if not any(span[0] < b and a < span[1] for a, b in taken) and not _is_no_station(page, span)
    ]
    return (*chain, *(hop for hop in new if hop is not None)) if chain else chain


def _is_no_station(page: Page, span: Offsets) -> bool:
    """ "told reporters" names none, nor does "in Norish", nor "the analyst at the institute"."""
    tokens = page.annotated.tokens(*span)
    if tokens is None:
        return True
    root = tokens.root
    told = (child_of(root, "pobj") or root) if root.pos_ == "ADP" else root  # "by telephone"
    return told.lemma_.lower() in page.cues.audiences or is_mere_place(root, page.cues) or is_beside(root, page.cues)


def _hop(page: Page, span: Offsets) -> Hop | None:
    whole = page.annotated.tokens(*span)
    tokens = None if whole is None else sayer(whole)
    if tokens is None or not any(
        token.pos_ in SOURCES and token.dep_ != "expl" and token.lower_ not in ("the", "a", "an") for token in tokens
    ):
        return None
    while len(tokens) > 1 and (tokens[-1].pos_ in ("ADV", "PUNCT", "AUX", "ADP") or tokens[-1].dep_ == "acl"):
        tokens = tokens[:-1]
    head = hop(tokens.root, page.cues)
    if tokens.root.ent_type_ in ("TIME", "DATE") and head.kind not in ("outlet", "document"):
        return None  # "shortly after 3 p.m. called"
    return Hop(tokens[0].idx, tokens[-1].idx + len(tokens[-1]), head.kind, head.anonymous)


def _nobody_claims(page: Page, cue: Offsets) -> bool:
    """ "There was no immediate claim of responsibility": nobody says anything."""
    return any(
        token.lemma_ == "claim" and token.pos_ == "NOUN" and any(child.lower_ == "no" for child in token.children)
        for token in page.annotated.tokens(*cue) or ()
    )


def _is_furniture(cue: str) -> bool:
    """ "==", "***": a page's furniture, but not a headline's colon or dash."""
    return not any(c.isalpha() for c in cue) and cue.strip() not in MARKS


def _word(page: Page, cue: Offsets) -> tuple[Token | None, ReportingCue | None]:
    """The word of a cue that the lexicon knows, or its last verb."""
    tokens = page.annotated.tokens(*cue)
    if tokens is None:
        return None, None
    for token in reversed(tokens):
        known = cue_of(token, page.cues)
        if known is not None:
            return token, known
    verbs = [token for token in tokens if token.pos_ == "VERB"]
    return (verbs[-1] if verbs else tokens.root), None


def _quotation(page: Page, content: tuple[Offsets, ...]) -> Quotation:
    inside = every = 0
    for start, end in content:
        for token in page.annotated.tokens(start, end) or ():
            every += not token.is_punct
            inside += not token.is_punct and page.inside[token.i] >= 0
    if inside == 0:
        return "indirect"
    return "direct" if inside >= every - 1 else "mixed"
