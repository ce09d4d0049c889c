"""Persons of the walk: names, titles, roles before and after the name, and nouns that pick one out."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from spacy.symbols import ADJ, NOUN, PRON, PROPN, VERB
from spacy.tokens import Token

from reportedly.stages import _antecedents as antecedents
from reportedly.stages._mentions import Cluster, folded, words_of
from reportedly.stages._names import fold
from reportedly.stages._person_names import role_after

if TYPE_CHECKING:
    from reportedly.stages._walk import Walk

LINKS = frozenset({"of", "for", "and", "'s", "-", "’s", "to", "&"})


def add(walk: Walk, opening: int) -> int:
    """Adds the name whose title or first token is `opening`; returns one past its last token."""
    doc = walk.doc
    begin, end, gender = walk.spans[opening]
    written = (
        words_of(doc, walk.text, begin, end).strip(" .,")
        if doc[end - 1].text == "."
        else words_of(doc, walk.text, begin, end)
    )
    words = folded(written.split())
    if not words:
        return end
    office = any(doc[at].lower_ in walk.nouns.official for at in range(opening, begin))
    role_end = begin if office else opening
    role, role_begin = _role_before(walk, role_end)
    after = role_after(walk, end)
    number = _same_person(walk, words, gender)
    if number is None:
        number = walk.new(Cluster(written, "person", words=words, named=True, person=True))
    cluster = walk.scene.clusters[number]
    fits = cluster.words[-1] in words[-2:] or words[-1] in cluster.words[-2:]
    if len(words) > len(cluster.words) and fits:
        cluster.name, cluster.words = written, words
    walk.surnames.add(cluster.words[-1])
    if len(words) > 1:
        gender = gender or walk.nouns.given_gender.get(words[0])
    cluster.gender = gender or cluster.gender
    _take_role(walk, cluster, role, role_begin, role_end)
    for at in range(opening, begin):
        low = doc[at].lower_.rstrip(".")
        if title := walk.nouns.short_title.get(low, low if low in walk.nouns.person else None):
            cluster.role_heads |= {title}
            cluster.official |= title in walk.nouns.official
    if after is not None:
        _take_role(walk, cluster, *after)
    head = doc[begin:end].root
    walk.put(opening, end, number, head)
    if role is not None:
        for at in range(role_begin, opening):
            if doc[at].lower_ in walk.nouns.person:
                walk.scene.at[at] = number
    return end


def _take_role(walk: Walk, cluster: Cluster, role: str | None, begin: int, end: int) -> None:
    if role is None or (cluster.role is not None and len(cluster.role) >= len(role)):
        return
    cluster.role = role
    words = [walk.doc[at].lower_ for at in range(begin, end)]
    cluster.role_words |= frozenset(words)
    cluster.role_heads |= _heads(words)
    cluster.official = cluster.official or any(w in walk.nouns.official for w in words)
    cluster.country = cluster.country or walk.country_within(begin, end)
    if cluster.actor_kind is None:
        cluster.actor_kind = next(
            (
                kind
                for at in reversed(range(begin, end))
                if (kind := walk.nouns.kind_of(walk.doc[at])) not in (None, "civilians")
            ),
            None,
        )
    low = set(words)
    cluster.gender = cluster.gender or ("m" if low & walk.nouns.male else "f" if low & walk.nouns.female else None)


def _heads(words: list[str]) -> frozenset[str]:
    """The words that say what somebody is, without whose: of "the minister's spokesman for the north", "spokesman"."""
    owner = max((n + 1 for n, word in enumerate(words) if word in ("'s", "’s")), default=0)
    return frozenset(takewhile(lambda w: w not in ("of", "for", "in", "at", "with", "to"), words[owner:]))


def _role_before(walk: Walk, opening: int) -> tuple[str | None, int]:
    """The role that stands right before a name: "Pentagon spokesman", "Director of National Intelligence"."""
    doc, nouns = walk.doc, walk.nouns
    at = opening
    found = -1
    while at > 0 and opening - at < 10:
        token = doc[at - 1]
        low = token.lower_
        if token.is_sent_start and token.is_punct:
            break
        article = low == "the" and at > 1 and doc[at - 2].lower_ in ("of", "for")
        if not (
            token.pos in (NOUN, PROPN, ADJ) or low in LINKS or article or (token.pos == VERB and token.dep_ == "amod")
        ):
            break
        if low in nouns.person:
            found = at - 1
        if token.ent_type_ in ("DATE", "TIME") or (low in ("and", "to") and found >= 0):
            break
        at -= 1
        if token.is_sent_start:
            break
    while at < opening and (doc[at].lower_ in LINKS or doc[at].is_punct):
        at += 1
    if found < 0 or at > found:
        return None, opening
    at = next((n + 1 for n in range(found - 1, at - 1, -1) if doc[n].lower_ in ("of", "for", "to", "and")), at)
    if doc[opening - 1].lower_ not in nouns.person and not any(
        doc[n].lower_ in ("of", "for") for n in range(found, opening)
    ):
        return None, opening
    if (previous := walk.scene.at.get(at)) is not None and at > 0 and walk.scene.clusters[previous].person:
        return None, opening
    return words_of(doc, walk.text, at, opening), at


def _same_person(walk: Walk, words: tuple[str, ...], gender: str | None) -> int | None:
    """The person already named of whom `words` are a shorter, longer or equal name; the latest first."""
    seen: set[int] = set()
    weak: int | None = None
    unsure: int | None = None
    """Of "Mr Brand", a Brand of whom it is not known whether he is one."""
    for mention in reversed(walk.scene.mentions):
        number = mention.cluster
        if number in seen:
            continue
        seen.add(number)
        cluster = walk.scene.clusters[number]
        if (
            not (cluster.person and cluster.named)
            or cluster.parts
            or (gender and cluster.gender and gender != cluster.gender)
        ):
            continue
        known = cluster.words
        if known == words or (len(words) > 1 and len(known) > 1 and known[-1] == words[-1] and known[0] == words[0]):
            return number
        if len(words) == 1 or len(known) == 1:
            if known[-1] == words[-1] or (len(words) < len(known) and known[-len(words) :] == words):
                if gender is None or cluster.gender == gender or known == words:
                    return number
                unsure = number if unsure is None else unsure
                continue
            if len(known) > 2 and known[-2:-1] == words:
                return number
            if known[0] == words[0] and weak is None:
                weak = number
        elif len(words) < len(known) and words in (known[-len(words) :], known[: len(words)]):
            return number
    return weak if unsure is None else unsure


def by_surname(walk: Walk, words: tuple[str, ...]) -> int | None:
    """The person already named in full whose surname `words` is."""
    number = _same_person(walk, words, None)
    if number is None or walk.scene.clusters[number].words[-len(words) :] != words:
        return None
    return number


def by_role(walk: Walk, token: Token) -> None:
    """A noun for one person: in apposition to a name, standing for a person already introduced, or somebody new."""
    scene = walk.scene
    if _office_of_next(walk, token):
        return None
    for child in token.children:
        if child.dep_ == "appos" and any(b <= child.i < e for b, e, _ in walk.spans.values()):
            return _before_name(walk, token, child)
        if child.dep_ == "appos" and (edge := child.left_edge.i) in walk.spans:
            return _before_name(walk, token, walk.doc[walk.spans[edge][0]])
    if token.dep_ == "appos" and (number := scene.at.get(token.head.i)) is not None and scene.clusters[number].person:
        scene.at[token.i] = number
        return None
    number = None
    if walk.definite(token) or (
        token.i == walk.left(token) and token.dep_ in ("nsubj", "nsubjpass") and token.lower_ in walk.nouns.official
    ):
        number = antecedents.person_by_role(walk, token)
    if number is None:
        number = walk.new(somebody(walk, token))
    walk.put(token.i, token.i + 1, number, token)
    return None


def _office_of_next(walk: Walk, token: Token) -> bool:
    """True for the "Director" of "Director of National Security James Hale": the name that follows takes it."""
    at = token.i + 1
    if at >= len(walk.doc) or walk.doc[at].lower_ != "of":
        return False
    at += 1
    while (
        at < len(walk.doc)
        and at not in walk.spans
        and (walk.doc[at].pos == PROPN or walk.doc[at].lower_ in walk.nouns.portfolios or walk.doc[at].lower_ == "the")
    ):
        at += 1
    return at in walk.spans and at - token.i > 2


def _before_name(walk: Walk, token: Token, name: Token) -> None:
    """ "The district police chief, Ana Ruiz, …": the name comes next and takes the role."""
    opening = next(o for o, (b, e, _) in walk.spans.items() if b <= name.i < e)
    add(walk, opening)
    number = walk.scene.at[name.i]
    begin = walk.left(token)
    _take_role(walk, walk.scene.clusters[number], without_article(walk.core(token)), begin, token.i + 1)
    walk.scene.at[token.i] = number


def without_article(words: str) -> str:
    """`words` without "a", "an" or "one" before them."""
    return words.split(" ", 1)[1] if words.lower().startswith(("a ", "an ", "one ")) else words


def somebody(walk: Walk, token: Token) -> Cluster:
    """A person whom the article does not name: "an American official", "the militia's rocket engineer"."""
    nouns = walk.nouns
    low = token.lower_
    begin = walk.left(token)
    words = walk.core(token)
    kind = nouns.kind_of(token)
    identity = None
    country = walk.country_within(begin, token.i)
    for at in range(begin, token.i):
        owner = walk.scene.at.get(at)
        if owner is None:
            continue
        cluster = walk.scene.clusters[owner]
        if kind is None or kind == "civilians":
            kind = cluster.actor_kind if not (cluster.canonical_id or "").startswith("country:") else kind
        if low in nouns.members and cluster.actor_kind == "armed_group" and walk.doc[token.i - 1].i == at:
            identity = cluster.canonical_id
        country = country or cluster.country
    role = without_article(words)
    gender = "m" if low in nouns.male else "f" if low in nouns.female else None
    return Cluster(
        words,
        "person",
        identity,
        role=role,
        anonymous=True,
        actor_kind=kind,
        country=country,
        person=True,
        gender=gender,
        role_words=frozenset(part for word in role.split() for part in fold(word)),
        role_heads=_heads([walk.doc[at].lower_ for at in range(begin, token.i + 1)]),
        owned=any(child.dep_ == "poss" and child.pos == PRON for child in token.lefts),
        official=low in nouns.official and low not in nouns.suspect,
    )
