"""Whom a pronoun, "the spokesman" or "the group" stands for: the most prominent fitting mention before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy.tokens import Token

from reportedly.stages._mentions import Cluster, Mention
from reportedly.stages._names import Nouns
from reportedly.stages._own import is_of_a_deed, is_of_an_order, is_own, judging

if TYPE_CHECKING:
    from reportedly.stages._walk import Walk

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
THING = frozenset({"it", "its", "itself"})
SEVERAL = frozenset({"they", "them", "their", "theirs", "themselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
REACH = 5
"""How many sentences back a pronoun looks."""
FAR = 15
"""How many sentences back a noun looks."""
FADE = 1.15
"""What one sentence of distance costs; the subject is worth 3, any other mention 1."""
NEAR = 1.2
"""What it is worth to stand in the same sentence."""
TOLD, TOLD_OF = 0.9, 1.5
"""Whoever just said something rather says the next thing; whoever is only spoken of in it less."""
QUOTES = frozenset({'"', "''", "``"})
"""Marks of quotations, as the parser splits them off; some papers write two apostrophes."""
OWN_WORDS = 2.0
"""What it costs to be the one who says what the pronoun stands in: nobody calls himself "he"."""
BEYOND = 6
"""So many words past a sentence its speaker may be named, for the parser parts "…," Ruiz said in two."""
ROOMS = frozenset(
    {
        "room",
        "building",
        "airport",
        "hall",
        "center",
        "centre",
        "stadium",
        "library",
        "theater",
        "theatre",
        "school",
        "park",
        "bridge",
    }
)
"""What bears somebody's name who is not there."""
CLAUSES = frozenset({"ccomp", "csubj", "acl", "xcomp", "csubjpass", "advcl"})
FEARING = frozenset({"fear", "believe", "suspect", "think", "worry"})
"""Who does so of somebody to whom something was done thinks of others."""
DEEDS = frozenset(
    [
        "address",
        "attack",
        "broadcast",
        "campaign",
        "career",
        "confession",
        "interview",
        "lecture",
        "letter",
        "message",
        "presidency",
        "raid",
        "rampage",
        "remarks",
        "reply",
        "report",
        "sermon",
        "shooting",
        "speech",
        "spree",
        "statement",
        "tenure",
        "testimony",
        "tour",
        "visit",
    ]
)
"""What belongs to whoever does it."""

TAKING = frozenset({"arrest", "detain", "hold", "jail", "apprehend", "imprison", "handcuff", "incarcerate", "book"})
LAWMEN = frozenset({"officer", "police", "sheriff", "deputy", "trooper", "detective", "prosecutor", "constable"})


def pronoun(walk: Walk, token: Token) -> None:
    """Puts the pronoun `token` to its antecedent, where there is one."""
    low = token.lower_
    if low in RELATIVE:
        noun = relative_noun(token)
        if noun is not None and noun.i in walk.scene.at:
            walk.scene.at[token.i] = walk.scene.at[noun.i]
        return
    if low.endswith(("self", "selves")) and (number := _own_subject(walk, token)) is not None:
        walk.scene.at[token.i] = number
        return
    if (subject := named_later(token)) is not None and subject.i not in walk.scene.at:
        walk.forward.append((token, subject))
    fits = _fits(walk, token, low)
    if fits is None or (low == "it" and _expletive(token, walk.nouns)):
        return
    if is_own(token) and (number := _own_subject(walk, token)) is not None and fits(walk.scene.clusters[number]):
        walk.put(token.i, token.i + 1, number, token)
        return
    if is_of_a_deed(token) or (walk.quoted and low in SEVERAL and token.dep_ == "nsubj"):
        fits = _able(walk, token, fits)
    doer = _shared_subject(walk, token)
    own = _whose_words(walk, token) if low in MALE or low in FEMALE else frozenset()
    number = _best(
        walk,
        token,
        fits if doer is None else lambda cluster: cluster is not walk.scene.clusters[doer] and fits(cluster),
        REACH,
        against=lambda m: _unlikely(walk, token, low, m) + (2 * OWN_WORDS if m.cluster in own else 0.0),
    )
    if number is None:
        return
    cluster = walk.scene.clusters[number]
    if cluster.person:
        cluster.gender = "m" if low in MALE else "f" if low in FEMALE else cluster.gender
    walk.put(token.i, token.i + 1, number, token)


def _able(walk: Walk, token: Token, fits: Callable[[Cluster], bool]) -> Callable[[Cluster], bool]:
    """`fits` without what does nothing: "the report condemned its shelling of the town"; and in "They tried to kill me," Ruiz said, without
    a body that only the outlet has named."""
    heard = {m.cluster for m in walk.scene.mentions if m.quoted}

    def able(cluster: Cluster) -> bool:
        thing = cluster.head >= 0 and _mere_thing(walk, walk.doc[cluster.head].lemma_)
        if thing or cluster.kind == "document":
            return False
        if is_of_a_deed(token):
            return fits(cluster)
        return fits(cluster) and (cluster.plural or any(walk.scene.clusters[n] is cluster for n in heard))

    return able


def named_later(token: Token) -> Token | None:
    """ "During his speech, Brand thanked the nurses": the name, later in the sentence, of whoever's deed "his speech" is."""
    noun = token.head
    if token.lower_ not in ("his", "her") or token.dep_ != "poss" or noun.dep_ != "pobj" or noun.lemma_ not in DEEDS:
        return None
    preposition = noun.head
    if preposition.lower_ not in ("during", "in", "after", "before", "throughout") or preposition.dep_ != "prep":
        return None
    verb = preposition.head
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > token.i), None)
    between = token.doc[token.sent.start : token.i]
    is_name = subject is not None and subject.pos_ == "PROPN" and all(t.pos_ != "PROPN" for t in between)
    return subject if is_name else None


def put_later(walk: Walk, token: Token, name: Token) -> None:
    """Puts the pronoun `token` to the person named after it, where the gender allows."""
    number = walk.scene.at.get(name.i)
    fits = _fits(walk, token, token.lower_)
    if number is not None and fits is not None and fits(walk.scene.clusters[number]):
        walk.scene.at[token.i] = number


def relative_noun(token: Token) -> Token | None:
    """The noun to which the relative pronoun `token` belongs; None where it is no relative pronoun."""
    if token.lower_ not in RELATIVE:
        return None
    verb = token.head
    for _ in range(3):
        if verb.dep_ in ("relcl", "acl"):
            return verb.head if verb.head.i < token.i else None
        verb = verb.head
    return None


def _fits(walk: Walk, token: Token, low: str) -> Callable[[Cluster], bool] | None:
    if low in MALE:
        return lambda c: c.person and not c.plural and c.gender != "f"
    if low in FEMALE:
        return lambda c: c.person and not c.plural and c.gender != "m"
    if low in THING:
        if _speaks(walk, token):
            return lambda c: (
                not c.person
                and not c.plural
                and (c.named or c.kind in ("outlet", "document") or bool(c.actor_kind or c.role_words))
            )
        return lambda c: not c.person and not c.plural
    if low in SEVERAL:
        return lambda c: (
            c.plural
            or (c.kind == "organisation" and c.named and not c.person and not _one_state(c))
            or c.actor_kind == "police"
        )
    return None


def _one_state(cluster: Cluster) -> bool:
    """A country or its government: "it", never "they"."""
    identity = cluster.canonical_id or ""
    return cluster.actor_kind == "government" or identity.startswith(("country:", "igo:"))


def _mere_thing(walk: Walk, noun: str) -> bool:
    return noun not in walk.nouns.person and noun not in walk.nouns.stand_for


def _unlikely(walk: Walk, token: Token, low: str, mention: Mention) -> float:
    """What speaks against `mention` for the pronoun `token`: its number, or what the verb says that it did."""
    cluster = walk.scene.clusters[mention.cluster]
    against = 0.0
    if low in SEVERAL and mention.sentence < walk.sentence and _speaks(walk, walk.doc[mention.token]):
        against += -0.5 if _speaks(walk, token) else 1.0
    if low in SEVERAL and not cluster.plural:
        against += 0.6 if token.dep_ != "dobj" else 1.2
    if low in SEVERAL and cluster.head >= 0 and _mere_thing(walk, walk.doc[cluster.head].lemma_):
        against += 0.6 if token.dep_ != "nsubj" else 1.8
    if cluster.owned and (low in MALE or low in FEMALE):
        against += 1.0
    if (low in MALE or low in FEMALE) and not walk.quoted and _speaks(walk, token):
        if _is_in_what_is_said(token, mention):
            return against + 2 * TOLD_OF
        told = mention.sentence == walk.sentence - 1 and _is_first(walk) and _speaks(walk, walk.doc[mention.token])
        against += TOLD_OF if mention.quoted else -TOLD if told else 0.0
    if (low in MALE or low in FEMALE) and walk.quoted and not mention.quoted and walk.sentence - mention.sentence <= 1:
        against += OWN_WORDS if _speaks(walk, walk.doc[mention.token]) else 0.0
    if _is_of_a_room(walk.doc[mention.token]):
        against += 3.0
    if token.dep_ == "nsubj" and _is_told_of_another(walk.doc[mention.token], token):
        against += 2.0
    if token.dep_ == "nsubjpass" and _is_whoever_fears(walk.doc[mention.token], token.head):
        against += 3.0
    if _is_taken(token) and _is_of_the_law(walk.doc[mention.token]):
        against += 3.0
    if token.dep_ in ("nsubj", "poss"):
        verb = token.head.lemma_ if token.dep_ == "nsubj" else ""
        armed = cluster.actor_kind in ("armed_group", "criminal")
        if (armed and verb in walk.nouns.guard) or (
            verb in walk.nouns.deed and cluster.actor_kind in ("police", "intelligence")
        ):
            against += 3.0
    return against


def _is_taken(token: Token) -> bool:
    """ "They were arrested", "their arrest"."""
    if token.dep_ == "poss":
        return token.head.lemma_ in ("arrest", "detention", "capture")
    return token.dep_ in ("nsubjpass", "dobj") and token.head.lemma_ in TAKING


def _is_of_the_law(noun: Token) -> bool:
    """ "Officers arrested nine": not the officers are "they" who were held, unless it was told before that they were."""
    words = (noun, *(c for c in noun.children if c.dep_ in ("compound", "amod", "nmod")))
    return any(t.lemma_.lower() in LAWMEN for t in words) and not _is_taken(noun)


def _whose_words(walk: Walk, token: Token) -> frozenset[int]:
    """ "If he did it, that is terrible," Ruiz said: the clusters of Ruiz, who is not the "he"."""
    if not walk.quoted:
        return frozenset()
    closed = False
    for after in token.doc[token.i + 1 : token.sent.end + BEYOND]:
        closed = closed or after.text in QUOTES
        if closed and _speaks(walk, after):
            said = after.lower_
            return frozenset(m.cluster for m in walk.scene.mentions if walk.doc[m.token].lower_ == said)
    return frozenset()


def _is_of_a_room(name: Token) -> bool:
    """ "in the Ana Ruiz briefing room": no "she" is Ana Ruiz."""
    return name.dep_ == "compound" and name.head.lower_ in ROOMS


def _is_told_of_another(noun: Token, token: Token) -> bool:
    """ "The witness said the driver sped up as he mowed them down": the driver did, not the witness."""
    clause = token.head
    above = clause.head
    if clause.dep_ != "advcl" or above.dep_ != "ccomp" or noun.dep_ != "nsubj" or noun.head.i != above.head.i:
        return False
    own = next((c for c in above.children if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")), None)
    return own is not None and own.i < token.i and own.tag_ in ("NN", "NNP")


def _is_whoever_fears(noun: Token, suffered: Token) -> bool:
    """ "Officials fear they were taken hostage": not the officials."""
    above = suffered.head
    return suffered.dep_ == "ccomp" and noun.dep_ == "nsubj" and noun.head.i == above.i and above.lemma_ in FEARING


def _is_in_what_is_said(token: Token, mention: Mention) -> bool:
    """ "The driver shot at both, he said": "he" is not the driver."""
    verb = token.head
    return any(
        c.dep_ in ("ccomp", "parataxis") and c.i < verb.i and c.left_edge.i <= mention.token <= c.right_edge.i
        for c in verb.children
    )


def _is_first(walk: Walk) -> bool:
    """Whether the sentence has named nobody yet but within quotation marks: "had caught the chief, and he admitted" is the chief."""
    last = walk.scene.mentions[-1] if walk.scene.mentions else None
    return last is None or last.sentence < walk.sentence or last.quoted


def _shared_subject(walk: Walk, token: Token) -> int | None:
    """ "He did not mean it and stabbed him": whoever stabbed is not who was stabbed, though the subject stands further up."""
    verb = judging(token)
    if verb is None and (token.dep_ != "dobj" or token.pos_ != "PRON"):
        return None
    verb = verb or token.head
    if is_of_an_order(verb) and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        verb = verb.head.head  # "issued an order forbidding him": the order forbids him what its maker says
    while (verb.dep_ in ("conj", "xcomp") or (verb.dep_ == "advcl" and verb.tag_ == "VBG")) and not any(
        c.dep_ in ("nsubj", "nsubjpass") for c in verb.children
    ):
        if verb.dep_ == "xcomp" and any(c.dep_ == "dobj" for c in verb.head.children):
            return None  # "told Ruiz to follow him"
        verb = verb.head
    return next((walk.scene.at.get(c.i) for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)


def _own_subject(walk: Walk, token: Token) -> int | None:
    """The subject of the verb of a reflexive pronoun."""
    above = token.head if token.dep_ == "poss" else token  # "its own raid"
    verb = above.head.head if above.head.dep_ == "prep" else above.head
    return next((walk.scene.at.get(c.i) for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)


def _speaks(walk: Walk, token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_ in walk.nouns.speech


def _expletive(token: Token, nouns: Nouns) -> bool:
    """True for an "it" that stands for nothing: "it emerged that", "it has been claimed", "it is possible that"."""
    if token.dep_ == "expl":
        return True
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    verb = token.head
    if token.dep_ == "nsubjpass":
        return verb.lemma_ in nouns.impersonal or any(c.dep_ in ("ccomp", "csubj", "csubjpass") for c in verb.children)
    if verb.lemma_ in nouns.seeming:
        return True
    return (
        verb.lemma_ == "be"
        and any(c.dep_ in CLAUSES for c in verb.children)
        and any(c.dep_ in ("acomp", "attr") for c in verb.children)
    )


def _best(
    walk: Walk,
    token: Token,
    fits: Callable[[Cluster], bool],
    reach: int,
    *,
    fade: float = FADE,
    against: Callable[[Mention], float] | None = None,
) -> int | None:
    """The cluster of the best-scored mention within `reach` sentences; on a tie the later one."""
    best: int | None = None
    top = -1e9
    clusters = walk.scene.clusters
    for mention in reversed(walk.scene.mentions):
        distance = walk.sentence - mention.sentence
        if distance > reach:
            break
        if not fits(clusters[mention.cluster]) or _same_clause(walk, mention, token):
            continue
        score = (
            mention.weight
            - (fade * distance if distance else -NEAR)
            - (1.5 if mention.quoted and not walk.quoted else 0.0)
        )
        if not clusters[mention.cluster].named:
            score -= 0.25
        if against is not None:
            score -= against(mention)
        if score > top:
            best, top = mention.cluster, score
    return best


def _same_clause(walk: Walk, mention: Mention, token: Token) -> bool:
    """True where `mention` and the pronoun are arguments of one verb, so that they cannot be the same."""
    if mention.sentence != walk.sentence or token.dep_ == "poss" or token.lower_.endswith(("self", "selves")):
        return False
    other = walk.doc[mention.token]
    verb = token.head.head if token.head.dep_ == "prep" else token.head
    return (other.head.head if other.head.dep_ == "prep" else other.head) == verb and verb.pos_ in ("VERB", "AUX")


def person_by_role(walk: Walk, token: Token) -> int | None:
    """The person whom "the spokesman", "the suspect" or "the chief" picks out."""
    low = token.lower_
    wanted = set(walk.modifiers(token))
    if low in walk.nouns.official:
        wanted |= {c.lower_ for c in token.lefts if c.dep_ == "amod" and c.lower_ in walk.nouns.portfolios}
    scene, nouns = walk.scene, walk.nouns
    fallback: int | None = None
    plain = not any(c.dep_ == "amod" and c.lower_ not in nouns.doubted for c in token.lefts)
    if any(c.dep_ == "relcl" for c in token.rights):
        plain = False  # "the man who was once an informant" is somebody else
    for mention in reversed(scene.mentions):
        if walk.sentence - mention.sentence > FAR:
            break
        cluster = scene.clusters[mention.cluster]
        if not cluster.person or cluster.plural:
            continue
        if low in cluster.role_heads and wanted <= cluster.role_words:
            return mention.cluster
        near = walk.sentence - mention.sentence <= REACH
        if (
            fallback is None
            and near
            and plain
            and not wanted
            and low in nouns.suspect
            and low in nouns.anaphoric
            and _may_be(walk, low, mention)
        ):
            fallback = mention.cluster
    if fallback is not None:
        scene.clusters[fallback].role_heads |= {low}
    return fallback


def _may_be(walk: Walk, low: str, mention: Mention) -> bool:
    """True where "the gunman" may take up this person: no official, victim or mere teller, and not somebody else's."""
    cluster, nouns = walk.scene.clusters[mention.cluster], walk.nouns
    if cluster.official or cluster.owned or cluster.role_heads & nouns.victim:
        return False
    if (low in nouns.male and cluster.gender == "f") or (low in nouns.female and cluster.gender == "m"):
        return False
    part = bool(cluster.role_heads & nouns.suspect)
    if not cluster.named:
        return part and low in nouns.hypernym and not (low in nouns.perpetrator and cluster.hurt)
    if low in nouns.perpetrator:
        return part or not (cluster.spoke or cluster.hurt)
    return low in nouns.hypernym or not cluster.role_heads


def body(walk: Walk, token: Token, low: str) -> int | None:
    """The body that "the group", "the militants", "the agency" or "the army" stands for."""
    number = _same_noun(walk, low)
    kinds = walk.nouns.stand_for.get(low)
    if kinds is None or (number is not None and walk.scene.clusters[number].named):
        return number
    verb = token.head
    if token.dep_ in ("nsubj", "nsubjpass") and not _says(walk, verb) and "armed_group" in kinds:
        armed = _best(
            walk,
            token,
            lambda c: c.named and c.actor_kind in ("armed_group", "criminal") and c.kind == "organisation",
            FAR,
            fade=0.6,
        )
        if armed is not None:
            return armed
    found = _best(
        walk,
        token,
        lambda c: (
            c.named
            and (c.actor_kind in kinds or (c.kind == "outlet" and "outlet" in kinds))
            and c.kind in ("organisation", "outlet")
        ),
        FAR,
        fade=0.6,
    )
    if found is None:
        found = _best(walk, token, lambda c: c.named and c.kind == "organisation" and c.actor_kind is None, 3, fade=0.6)
    return number if found is None else found


def _says(walk: Walk, verb: Token) -> bool:
    return verb.lemma_ in walk.nouns.speech and verb.lemma_ not in walk.nouns.deed


def _same_noun(walk: Walk, low: str) -> int | None:
    """The latest body whose name or description ends in the same noun: "the ministry", "the army", "the report"."""
    for mention in reversed(walk.scene.mentions):
        if walk.sentence - mention.sentence > FAR:
            return None
        cluster = walk.scene.clusters[mention.cluster]
        if low in cluster.role_words and not cluster.person:
            return mention.cluster
    return None


def same_body(walk: Walk, words: tuple[str, ...], written: str) -> int | None:
    """The body already named of whose name `words` are a part, or whose initials they are."""
    if written in walk.scene.local:
        return walk.scene.local[written]
    if not words:
        return None
    letters = written.replace(".", "")
    for mention in reversed(walk.scene.mentions):
        cluster = walk.scene.clusters[mention.cluster]
        if cluster.person or not cluster.named or not cluster.words:
            continue
        if cluster.words == words or (len(words) < len(cluster.words) and _part(walk, words, cluster.words)):
            return mention.cluster
        if (
            letters.isupper()
            and len(letters) > 2
            and len(cluster.words) > 2
            and _initials(cluster.words, letters.lower())
        ):
            return mention.cluster
    return None


def _part(walk: Walk, words: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    nouns = walk.nouns
    if len(words) == 1 and (len(words[0]) < 5 or words[0] in nouns.between or words[0] in nouns.worth):
        return False
    return any(whole[n : n + len(words)] == words for n in range(len(whole) - len(words) + 1))


def _initials(words: tuple[str, ...], letters: str) -> bool:
    small = ("of", "the", "for", "and", "de", "la", "in", "on", "y", "del")
    every = "".join(w[0] for w in words)
    return letters in (every, "".join(w[0] for w in words if w not in small))


def first_person(token: Token) -> bool:
    """True for I, we and their forms; the US is a country."""
    return token.lower_ in FIRST and token.text != "US"
