"""Organisations of the walk: known names and their members, arms of states, and bodies that the lexicon does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.symbols import ADP, NOUN, PROPN
from spacy.tokens import Token

from reportedly.records import SourceKind
from reportedly.stages import _antecedents as antecedents
from reportedly.stages import _persons as persons
from reportedly.stages._mentions import Cluster, folded, state_force, words_of
from reportedly.stages._names import Entry

if TYPE_CHECKING:
    from reportedly.stages._walk import Walk

MISREAD = frozenset({"PERSON", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART"})
DEMONYM = ("ian", "an", "ese", "ish")
OFFICES = frozenset({"office", "bureau", "department"})
"""What may be of an official: "the Office of the Prosecutor"."""


def known(walk: Walk, begin: int) -> int:
    """Adds the known name that begins at token `begin`; returns one past the last token that is dealt with."""
    end, entry = walk.scene.starts[begin]
    if entry.what in ("country", "demonym", "capital"):
        return _country(walk, begin, end, entry)
    number = walk.by_id.get(entry.id)
    written = words_of(walk.doc, walk.text, begin, end)
    if (
        number is None
        and end - begin > 1
        and (own := antecedents.same_body(walk, folded(written.split()), written)) is not None
    ):
        walk.put(begin, end, own, walk.doc[end - 1])
        return end
    if entry.what == "outlet" and entry.name.lower() in written.lower():
        written = entry.name
    if number is None:
        kind: SourceKind = "outlet" if entry.what == "outlet" else "organisation"
        number = walk.new(
            Cluster(
                _without_article(written, entry),
                kind,
                entry.id,
                actor_kind=entry.kind if kind != "outlet" else None,
                country=entry.country,
                words=folded(written.split()),
                named=True,
                plural=False,
                role_words=frozenset(folded(written.split()[-1:])),
            ),
            entry.id,
        )
    else:
        _fuller(walk.scene.clusters[number], _without_article(written, entry), entry)
    _bracketed(walk, end, number)
    return _with_members(walk, begin, end, number)


def _with_members(walk: Walk, begin: int, end: int, number: int) -> int:
    """The generic nouns after a name belong to it: "ISIS terrorists", "Reuters news agency"."""
    at = end
    while at < len(walk.doc) and walk.doc[at].lower_ in walk.nouns.members and walk.doc[at].pos in (NOUN, PROPN):
        at += 1
    if at > end and walk.doc[at - 1].lower_ in walk.nouns.person and walk.doc[at - 1].tag_ != "NNS":
        at = end  # one militant is a person, not the group
    walk.put(begin, at, number, walk.doc[begin:at].root)
    return at


def _country(walk: Walk, begin: int, end: int, entry: Entry) -> int:
    force = None if entry.what == "capital" else state_force(walk.doc, end, walk.nouns)
    if force is not None and any(
        walk.scene.starts[at][0] > force[0] for at in range(end, force[0]) if at in walk.scene.starts
    ):
        force = None  # "Tolmia's Army of the Poor" is no army of Tolmia
    if force is not None:
        stop, kind = force
        identity = f"state:{entry.country}" if kind == "government" else f"state:{entry.country}/{kind}"
        written = words_of(walk.doc, walk.text, begin, stop)
        arm = f"{identity} {words_of(walk.doc, walk.text, end, stop).lower()}"
        number = walk.by_id.get(arm)
        if number is None:
            number = walk.new(
                Cluster(
                    written,
                    "organisation",
                    identity,
                    actor_kind=kind,
                    country=entry.country,
                    named=True,
                    words=folded(written.split()),
                    role_words=frozenset({walk.doc[stop - 1].lower_}),
                ),
                arm,
            )
        walk.put(begin, stop, number, walk.doc[stop - 1])
        return stop
    token = walk.doc[end - 1]
    if entry.what == "capital":
        return _capital(walk, begin, end, entry)
    if entry.what == "demonym":
        if token.tag_ in ("NNS", "NNPS") or (
            token.pos in (NOUN, PROPN) and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj")
        ):
            _fresh_group(walk, token, entry)
        return end
    number = walk.by_id.get(entry.id)
    if number is None:
        number = walk.new(
            Cluster(
                _without_article(words_of(walk.doc, walk.text, begin, end), entry),
                "organisation",
                entry.id,
                actor_kind="government",
                country=entry.country,
                named=True,
            ),
            entry.id,
        )
    elif (
        walk.scene.clusters[number].name.lower()
        != _without_article(words_of(walk.doc, walk.text, begin, end), entry).lower()
    ):
        walk.scene.clusters[number].name = entry.name
    walk.put(begin, end, number, token)
    return end


def _capital(walk: Walk, begin: int, end: int, entry: Entry) -> int:
    """A capital that speaks is its government: "Moscow denied it"."""
    if walk.doc[end - 1].head.lemma_ in walk.nouns.speech:
        number = walk.by_id.get(entry.name)
        if number is None:
            number = walk.new(
                Cluster(
                    entry.name,
                    "organisation",
                    entry.id,
                    actor_kind="government",
                    country=entry.country,
                    named=True,
                ),
                entry.name,
            )
        walk.put(begin, end, number, walk.doc[end - 1])
    return end


def _fresh_group(walk: Walk, token: Token, entry: Entry) -> None:
    plural = token.tag_ in ("NNS", "NNPS")
    words = words_of(walk.doc, walk.text, walk.left(token), token.i + 1)
    walk.put(
        token.i,
        token.i + 1,
        walk.new(
            Cluster(
                words,
                "group" if plural else "person",
                anonymous=True,
                actor_kind="civilians",
                country=entry.country,
                plural=plural,
                person=not plural,
            )
        ),
        token,
    )


def _bracketed(walk: Walk, end: int, number: int) -> None:
    """Learns the short name that stands in brackets after a name."""
    doc = walk.doc
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        short = doc[end + 1]
        if short.text.isupper() or short.text[:1].isupper():
            walk.scene.local[short.text] = number
            walk.scene.at[short.i] = number


def introduced(walk: Walk, bracket: int) -> None:
    """Learns a short name in brackets after a phrase that was not seen to be a name."""
    doc = walk.doc
    if bracket < 2 or bracket + 2 >= len(doc) or doc[bracket + 2].text != ")" or bracket + 1 in walk.scene.inside:
        return
    short, before = doc[bracket + 1], doc[bracket - 1]
    written = walk.text[short.idx : short.idx + len(short.text)]
    if not (written.isupper() and 2 < len(written) < 9 and written.isalpha()) or short.text in walk.scene.local:
        return
    number = walk.scene.at.get(before.i)
    if number is None or not walk.scene.clusters[number].named:
        top = before
        while top.head.i < top.i and top.head.pos in (NOUN, PROPN, ADP) and bracket - top.head.i < 10:
            top = top.head
        if top.pos not in (NOUN, PROPN):
            return
        begin = walk.left(top)
        words = words_of(doc, walk.text, begin, bracket)
        if not words[0].isupper():
            return
        number = walk.new(
            Cluster(
                words,
                "organisation",
                words=folded(words.split()),
                named=True,
                country=walk.country_within(begin, bracket),
            )
        )
        for at in range(begin, bracket):
            walk.scene.at[at] = number
    walk.scene.local[short.text] = number


def name_spans(walk: Walk) -> dict[int, int]:
    """Bodies that the lexicon does not know: first token of a named entity to one past its last."""
    found: dict[int, int] = {}
    taken = {at for begin, end, _ in walk.spans.values() for at in range(begin, end)} | set(walk.scene.inside)
    for ent in walk.doc.ents:
        begin, end = ent.start, ent.end
        outlet = ent.label_ in MISREAD and _kind_of_name(walk, folded(t.text for t in ent)) == "outlet"
        if ent.label_ != "ORG" and not outlet:
            continue
        end = _with_its_official(walk, begin, _over_spaces(walk, end))
        while (
            begin > 1
            and walk.doc[begin - 1].text == "-"
            and not walk.doc[begin - 2].whitespace_
            and walk.doc[begin - 2].pos == PROPN
        ):
            begin -= 2
        while begin < end and (
            begin in taken or walk.doc[begin].lower_ in ("the", "'s", "'") or not walk.doc[begin].text[0].isupper()
        ):
            begin += 1
        stop = begin
        while stop < end and stop not in taken and walk.doc[stop].text not in ("'s", "'", "(", ")"):
            stop += 1
        alone = stop - begin == 1
        office = (
            stop > begin + 1
            and walk.doc[stop - 1].lower_ in walk.nouns.official
            and walk.doc[stop - 1].lower_ != "general"
            and walk.doc[begin].lower_ not in OFFICES
        )
        if stop > begin and not office and not (alone and _no_body(walk, walk.doc[begin])):
            found[begin] = stop
    return found


def _over_spaces(walk: Walk, end: int) -> int:
    """One past the last token of a name that a line end has cut."""
    doc = walk.doc
    if not 0 < end < len(doc) - 1 or not doc[end].is_space or doc[end - 1].dep_ != "compound":
        return end
    last = doc[end - 1].head
    whole = (
        end < last.i < end + 4
        and last.pos == PROPN
        and all(doc[at].is_space or doc[at].pos == PROPN for at in range(end, last.i))
    )
    return last.i + 1 if whole else end


def _with_its_official(walk: Walk, begin: int, end: int) -> int:
    """One past "Secretary" of "Office of the Press Secretary", which is left out of the name."""
    doc = walk.doc
    if not 0 < end < len(doc) or doc[end - 1].dep_ != "compound" or doc[end - 1].head.i != end:
        return end
    of_office = any(doc[at].lower_ in OFFICES and doc[at + 1].lower_ == "of" for at in range(begin, end - 1))
    return end + 1 if of_office and doc[end].pos == PROPN else end


def _no_body(walk: Walk, token: Token) -> bool:
    """True for a single word that is no body's name: an office, an adjective of a country that nobody knows."""
    low = token.lower_
    if token.pos != PROPN or low in walk.nouns.person or low in walk.nouns.portfolios:
        return True
    return low.endswith(DEMONYM) and token.dep_ in ("compound", "amod", "nmod") and token.head.pos == NOUN


def _kind_of_name(walk: Walk, words: tuple[str, ...]) -> SourceKind:
    """An outlet by its first or last word: "Radio Tolma", "the Lorvik Gazette"."""
    if words and walk.own_outlet.issuperset(words):
        return "outlet"
    outlet = bool(words) and (
        words[-1] in walk.nouns.outlet_last or (len(words) > 1 and words[0] in walk.nouns.outlet_first)
    )
    return "outlet" if outlet else "organisation"


def unknown(walk: Walk, begin: int, stop: int) -> int:
    """Adds a body that the lexicon does not know, by its own words."""
    written = words_of(walk.doc, walk.text, begin, stop)
    words = folded(written.split())
    titled = stop - begin == 2 and (words[0] in walk.nouns.person or words[0] in walk.nouns.honorific)
    number = persons.by_surname(walk, words[titled:]) if stop - begin == 1 + titled else None
    if number is not None:
        walk.put(begin, stop, number, walk.doc[begin])
        return stop
    number = antecedents.same_body(walk, words, written)
    if number is None:
        number = walk.new(
            Cluster(
                written,
                _kind_of_name(walk, words),
                words=words,
                named=True,
                actor_kind=_kind_by_noun(walk, words),
                country=walk.country_within(begin, stop),
                role_words=frozenset(words[-1:]),
            )
        )
    _bracketed(walk, stop, number)
    return _with_members(walk, begin, stop, number)


def _kind_by_noun(walk: Walk, words: tuple[str, ...]) -> str | None:
    return next(
        (walk.nouns.force_kind[w] for w in reversed(words) if w in walk.nouns.force_kind and w != "state"), None
    )


def before_name(walk: Walk, token: Token) -> bool:
    """Puts the noun of "the militant group X" or "the newspaper X" to the body whose name comes next."""
    following = token.i + 1
    found = walk.scene.starts.get(following)
    if found is None or found[1].what not in ("actor", "outlet"):
        return False
    known(walk, following)
    walk.scene.at[token.i] = walk.scene.at[following]
    return True


def force_of(walk: Walk, token: Token, low: str) -> int | None:
    """The arm of a state written the long way: "the government of Iraq"."""
    following = token.i + 1
    if following + 2 >= len(walk.doc) or walk.doc[following].lower_ != "of":
        return None
    at = following + (2 if walk.doc[following + 1].lower_ == "the" else 1)
    found = walk.scene.starts.get(at)
    if found is None or found[1].what != "country":
        return None
    kind, country = walk.nouns.force_kind[low], found[1].country
    identity = f"state:{country}" if kind == "government" else f"state:{country}/{kind}"
    arm = f"{identity} {low}"
    return (
        walk.by_id[arm]
        if arm in walk.by_id
        else walk.new(
            Cluster(
                walk.core(token),
                "organisation",
                identity,
                actor_kind=kind,
                country=country,
                named=True,
                role_words=frozenset({low}),
            ),
            arm,
        )
    )


def whole(walk: Walk, token: Token) -> int | None:
    """The armed group of "members of the FARC"."""
    for child in token.rights:
        if child.lower_ == "of":
            number = next(
                (walk.scene.starts[i][1].id for n in child.children if (i := walk.scene.inside.get(n.i)) is not None),
                None,
            )
            found = walk.scene.inside.get(next((n.i for n in child.children), -1))
            if (
                number is not None
                and found is not None
                and walk.scene.starts[found][1].kind in ("armed_group", "criminal")
            ):
                known(walk, found)
                return walk.by_id.get(number)
    return None


def owner(walk: Walk, token: Token) -> int | None:
    """The body whose name is the modifier right before `token`, with nothing but generic nouns between."""
    at = token.i - 1
    while at >= 0 and (
        walk.doc[at].lower_ in walk.nouns.members or walk.doc[at].text in ("'s", "-", "linked", "backed")
    ):
        if walk.doc[at].text == "linked" or walk.doc[at].text == "backed":
            return None
        at -= 1
    number = walk.scene.at.get(at)
    if number is None or walk.scene.clusters[number].kind != "organisation" or walk.doc[at].text == "'s":
        return None
    cluster = walk.scene.clusters[number]
    return number if cluster.named and not (cluster.canonical_id or "").startswith("country:") else None


def _without_article(written: str, entry: Entry) -> str:
    if entry.what == "outlet" and entry.name.lower() == written.lower():
        return entry.name
    return written[4:] if written.lower().startswith("the ") else written


def _fuller(cluster: Cluster, written: str, entry: Entry) -> None:
    """Takes the fullest of the names used: the canonical one, else the one with most words, else the first."""
    if cluster.name.lower() == entry.name.lower():
        return
    if written.lower() == entry.name.lower() or written.count(" ") > cluster.name.count(" "):
        cluster.name = written
        cluster.role_words |= frozenset(folded(written.split()[-1:]))
