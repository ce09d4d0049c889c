"""resolve: Annotated -> Resolved. Who a noun phrase or pronoun of the article is, by the fullest name that it uses.

Mentions are put together in one walk from the top: names with their short forms, titles and roles; pronouns and "the
group" to the most prominent fitting mention before them (the subject of the sentence before is preferred, as in
centering theory: Grosz, Joshi and Weinstein 1995). Names that the lexicons know carry a canonical id:
``group:islamic-state``, ``org:pentagon``, ``igo:european-union``, ``outlet:cnn``, ``country:US``; the arms of a state are
made by rule: ``state:US``, ``state:US/military``, ``state:US/police``. Of a private person nothing is kept but the name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.symbols import NOUN, NUM, PRON, PROPN
from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from reportedly.records import SourceKind
from reportedly.stages import _antecedents as antecedents
from reportedly.stages._called import called, past_styled
from reportedly.stages._mentions import Cluster, words_of
from reportedly.stages._names import Names, load_names, year_of
from reportedly.stages._walk import DEFINITE, Walk
from reportedly.stages.drafts import Annotated

__all__ = ["Entity", "Names", "Resolved", "load_names", "resolve"]

BRACKETS = frozenset({"[", "]", "(", ")"})
PAGES = frozenset({"channel", "page", "feed", "website", "blog"})
"""What somebody puts his words out on: "the ministry's Telegram channel" is the ministry's, not Telegram."""
NAME_DEPS = frozenset({"compound", "appos", "conj", "nmod", "flat", "npadvmod", "amod", "dep"})


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what a noun phrase of the article stands for."""

    name: str
    """The fullest name in the article, or the words themselves."""
    canonical_id: str | None
    """The id in the lexicons; None for whom they do not know."""
    kind: SourceKind
    role: str | None
    """Office or part in the story, in the article's words: "Pentagon spokesman"."""
    anonymous: bool
    """True where nobody is named: an official, witnesses, it."""
    actor_kind: str | None
    """armed_group, military, police, intelligence, government, political, igo, ngo, criminal; civilians for plain people."""
    country: str | None
    """ISO 3166-1 alpha-2."""


class Resolved:
    """The names of one article. Made by `resolve`."""

    def __init__(self, annotated: Annotated, names: Names) -> None:
        self._annotated = annotated
        self._names = names
        self._walk = Walk(annotated, names)
        self._scene = self._walk.run()

    def entity(self, start: int, end: int, speaker: Entity | None = None) -> Entity:
        """Who the words from `start` to `end` stand for; always answers, with the words themselves where nothing is known.

        Args:
            start: first code point of the noun phrase.
            end: one past its last.
            speaker: whose words they are, where they stand in a quotation: I and we are the speaker.
        """
        span = self._annotated.tokens(start, end)
        span = None if span is None else _trimmed(span)
        if span is None:
            return _words(" ".join(self._annotated.text(start, end).split()))
        joined = self._joined(span)
        if joined is not None:
            return joined
        bracket = next((t.i for t in span[1:] if t.text in "[("), None)
        if bracket is not None:  # "NLF [National Liberation Front] fighters" are those of the NLF
            short = self._annotated.doc[span.start : bracket]
            found = self._single(short, _head(short), speaker)
            if found.canonical_id is not None:
                return found
        return self._single(span, _head(span), speaker)

    @property
    def bystanders(self) -> frozenset[str]:
        """Words for people who mostly tell of what others did: officials, witnesses, relatives."""
        return self._names.nouns.person - self._names.nouns.suspect

    def canonical(self, words: str) -> tuple[str, str] | None:
        """The canonical id and name for which `words` stand, or None: ``canonical("ISIL")`` is Islamic State's."""
        entry = self._names.look_up(words, year_of(self._annotated.article))
        return None if entry is None else (entry.id, entry.name)

    def _single(self, span: TokenSpan, head: Token, speaker: Entity | None) -> Entity:
        if antecedents.first_person(head):
            several = head.lower_ in ("us", "ourselves") and speaker is not None and speaker.kind == "person"
            return (None if several else speaker) or replace(
                _words(self._written(head)), kind="group" if head.lower_ in ("we", "us", "our") else "person"
            )
        if head.pos == NUM or head.lower_ in ("one", "some", "many", "several", "most", "none", "two", "both", "all"):
            part = self._part_of(span, head)
            if part is not None:
                return part
        name = called(head)
        if name is not None:
            return self._band(head, name)
        if head.pos == NOUN and head.lower_ in PAGES and any(child.dep_ == "poss" for child in head.lefts):
            return replace(self._fallback(span, head, None), kind="outlet")
        number = self._bracketed(head)
        if number is None:
            number = self._named_after(head)
        if number is None:
            number = self._scene.at.get(head.i)
        if number is None and len(span) > 1:
            number = self._named_inside(span, head)
        if number is None:
            number = self._beside_name(head)
        if number is not None:
            return self._of_cluster(self._scene.clusters[number], span, head)
        if head.pos == PRON:
            noun = antecedents.relative_noun(head)
            return (
                _words(self._written(head))
                if noun is None
                else self._single(self._annotated.doc[noun.i : noun.i + 1], noun, speaker)
            )
        plain = self._walk.plain(head)
        if plain is None or (plain.kind == "organisation" and not plain.actor_kind):
            return self._fallback(span, head, plain)
        return replace(_entity(plain), name=self._own_words(span, head))

    def _band(self, noun: Token, name: Token) -> Entity:
        """ "a rebel group known as Red Dawn" is Red Dawn, a rebel group."""
        found = self._single(self._annotated.doc[name.i : name.i + 1], name, None)
        kind = found.actor_kind or self._names.nouns.kind_of(noun)
        return replace(found, kind="organisation", role=None, anonymous=False, actor_kind=kind)

    def _written(self, token: Token) -> str:
        return self._annotated.text(token.idx, token.idx + len(token.text))

    def _of_cluster(self, cluster: Cluster, span: TokenSpan, head: Token) -> Entity:
        """A name as the article has it in full; of things that nobody names, the words of this very phrase."""
        if cluster.parts:
            return _together([_entity(self._scene.clusters[n]) for n in cluster.parts])
        if cluster.head >= 0:
            noun = self._annotated.doc[cluster.head] if head.pos == PRON else head
            return self._fallback(span if noun == head else self._annotated.doc[noun.i : noun.i + 1], noun, None)
        if cluster.named or cluster.person or head.pos == PRON:
            return _entity(cluster)
        return replace(_entity(cluster), name=self._own_words(span, head))

    def _own_words(self, span: TokenSpan, head: Token) -> str:
        """The words of the phrase of `head`, but none beyond `span`."""
        begin, end = self._walk.core_bounds(head)
        if len(span) > 1:
            begin, end = max(begin, span.start), min(end, span.end)
            if head.left_edge.i <= span.start:
                begin = max((t.i + 1 for t in span if t.i < head.i and t.text in BRACKETS), default=span.start)
                begin = next((t.i for t in span if t.i >= begin and not _empty(t)), begin)
        begin = past_styled(self._annotated.doc, begin, max(end, head.i + 1))
        return words_of(self._annotated.doc, self._annotated.article.text, begin, max(end, head.i + 1))

    def _fallback(self, span: TokenSpan, head: Token, cluster: Cluster | None) -> Entity:
        nouns = self._names.nouns
        low = head.lower_
        name = (
            self._own_words(span, head)
            if head.pos in (NOUN, PROPN)
            else " ".join(self._annotated.text(span.start_char, span.end_char).split())
        )
        proper = head.pos == PROPN
        kind: SourceKind = "person" if low in nouns.person or head.ent_type_ == "PERSON" else "organisation"
        if head.tag_ == "NNS" and head.lemma_ in nouns.person:
            kind = "group"
        if cluster is not None:
            kind = cluster.kind
        indefinite = head.left_edge.lower_ in ("a", "an")
        return Entity(
            name,
            None,
            kind,
            None,
            not proper and (low not in nouns.institutions or indefinite),
            nouns.kind_of(head),
            self._walk.country_within(span.start, span.end),
        )

    def _part_of(self, span: TokenSpan, head: Token) -> Entity | None:
        """ "One of the officials": one of a group, or a part of it."""
        for child in head.children:
            if child.lower_ != "of":
                continue
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.pos in (NOUN, PROPN, PRON):
                    whole = self._single(span, noun, None)
                    words = self._annotated.text(span.start_char, span.end_char)
                    one = head.lower_ == "one"
                    kind: SourceKind = "person" if one and whole.kind == "group" else whole.kind
                    return replace(whole, name=" ".join(words.split()), kind=kind, anonymous=True, canonical_id=None)
        return None

    def _named_inside(self, span: TokenSpan, head: Token) -> int | None:
        """A person named in the phrase whose head is not the name: "army spokesman, Ivo Brand"."""
        if head.pos != PROPN and head.lower_ not in self._names.nouns.person:
            return None
        for token in span:
            number = self._scene.at.get(token.i)
            if (
                number is not None
                and self._scene.clusters[number].person
                and not self._scene.clusters[number].parts
                and _reaches(token, head)
            ):
                return number
        return None

    def _bracketed(self, head: Token) -> int | None:
        """ "hit him (Omar)": the editor says whom the pronoun means."""
        doc = self._annotated.doc
        if head.pos != PRON or head.i + 2 >= len(doc) or doc[head.i + 1].text not in ("(", "["):
            return None
        for token in doc[head.i + 2 : head.i + 6]:
            number = self._scene.at.get(token.i)
            if token.text in (")", "]"):
                return None
            if number is not None and self._scene.clusters[number].person:
                return number
        return None

    def _named_after(self, head: Token) -> int | None:
        """ "Another guard, Ivo Brand, was hurt": Ivo Brand, and no guard who was told of before."""
        if head.tag_ not in ("NN", "NNP") or head.left_edge.lower_ not in ("a", "an", "another"):
            return None
        names = (self._scene.at.get(c.i) for c in head.children if c.dep_ == "appos" and c.pos == PROPN)
        return next((n for n in names if n is not None and self._is_one_person(n)), None)

    def _is_one_person(self, number: int) -> bool:
        cluster = self._scene.clusters[number]
        return cluster.person and cluster.named and not cluster.plural

    def _beside_name(self, head: Token) -> int | None:
        """ "Salim Haddad, the Norlander who planted it": the person whose name the phrase stands beside."""
        if (
            head.dep_ != "appos"
            or head.tag_ not in ("NN", "NNP", "JJ")
            or head.left_edge.lower_ not in ("the", "a", "an")
        ):
            return None
        number = self._scene.at.get(head.head.i)
        if number is None:
            return None
        return number if self._is_one_person(number) else None

    def _joined(self, span: TokenSpan) -> Entity | None:
        """Several persons or bodies joined by "and": one entity with both names."""
        if not any(t.lower_ in ("and", "or", "&", "plus") or t.dep_ == "conj" for t in span):
            return None  # "Omar Saleh, imam of the Great Mosque" is one
        root = _head(span)
        numbers: list[int] = []
        for token in span:
            number = self._scene.at.get(token.i)
            if number is None or number in numbers or not self._scene.clusters[number].named:
                continue
            cluster = self._scene.clusters[number]
            if cluster.parts:
                return None
            if (
                (cluster.canonical_id or "").startswith("country:")
                and token.dep_ not in ("conj", "ROOT")
                and token != root
            ):
                continue
            if (token == root or token.dep_ == "conj" or cluster.person) and _reaches(token, root):
                numbers.append(number)
        if len(numbers) < 2:
            return None
        found = [_entity(self._scene.clusters[n]) for n in numbers]
        if len({e.kind for e in found}) > 1 and not all(e.kind in ("organisation", "outlet") for e in found):
            return None
        return _together(found)


def resolve(annotated: Annotated, names: Names) -> Resolved:
    """Puts the mentions of one article together.

    Args:
        annotated: the parsed article.
        names: from `load_names`.
    """
    return Resolved(annotated, names)


def _together(found: list[Entity]) -> Entity:
    names = [e.name for e in found]
    roles = [e.role for e in found if e.role]
    first = found[0]

    def shared(values: list[str | None]) -> str | None:
        return values[0] if len(set(values)) == 1 else None

    return Entity(
        f"{', '.join(names[:-1])} and {names[-1]}",
        None,
        first.kind,
        "; ".join(roles) or None,
        False,
        shared([e.actor_kind for e in found]),
        shared([e.country for e in found]),
    )


def _entity(cluster: Cluster) -> Entity:
    return Entity(
        cluster.name,
        cluster.canonical_id,
        cluster.kind,
        cluster.role,
        cluster.anonymous,
        cluster.actor_kind,
        cluster.country,
    )


def _words(words: str) -> Entity:
    return Entity(words, None, "group", None, True, None, None)


def _empty(token: Token) -> bool:
    """True for what may open a phrase and is no part of what it names: marks, articles, "even", "how"."""
    return bool(
        token.is_punct
        or token.is_space
        or token.lower_ in DEFINITE
        or token.lower_ in ("even", "both")
        or token.tag_ in ("WRB", "WDT", "CC")
    )


def _trimmed(span: TokenSpan) -> TokenSpan | None:
    """`span` without the marks, quotation marks and possessive endings at its edges."""
    begin, end = 0, len(span)
    while begin < end and (span[begin].is_punct or span[begin].is_space):
        begin += 1
    while end > begin and (span[end - 1].is_punct or span[end - 1].is_space or span[end - 1].text in ("'s", "’s", "'")):
        end -= 1
    return span[begin:end] if end > begin else None


def _head(span: TokenSpan) -> Token:
    """The noun or pronoun on which the phrase hangs."""
    root = span.root
    if root.pos in (NOUN, PROPN, PRON, NUM):
        return root
    for token in span:
        if token.pos in (NOUN, PROPN, PRON) and token.dep_ not in ("compound", "poss"):
            return token
    return root


def _reaches(token: Token, head: Token) -> bool:
    """True where `token` hangs on `head` by nothing but compounds, appositions and coordination (or a misread "of")."""
    step = token
    for _ in range(8):
        if step == head:
            return True
        misread = step.dep_ == "pobj" and step.ent_type_ == "PERSON" and step.head.lower_ == "of"
        if step.dep_ not in NAME_DEPS and not misread and not (step.dep_ == "prep" and step.lower_ == "of"):
            return False
        step = step.head
    return False
