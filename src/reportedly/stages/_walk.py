"""The walk: sentence by sentence, each mention is put to the person, body or thing that it stands for."""

from __future__ import annotations

from spacy.symbols import ADJ, NOUN, PRON, PROPN
from spacy.tokens import Token

from reportedly.stages import _antecedents as antecedents
from reportedly.stages import _persons as persons
from reportedly.stages._mentions import Cluster, Mention, Scene, folded, known_names, state_force, weight_of, words_of
from reportedly.stages._names import Entry, Names
from reportedly.stages.drafts import Annotated, Sentence

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
DEEP = frozenset({"relcl", "appos", "acl", "punct", "cc", "conj", "advcl", "parataxis", "dep", "npadvmod", "ccomp"})
CLOSE = frozenset({"close", "familiar", "briefed", "within", "near"})
ORDINARY = frozenset({"ORG"})
MODIFIERS = frozenset({"compound", "poss", "nmod"})


class Walk:
    """One pass over one article. `scene` holds what it found."""

    def __init__(self, annotated: Annotated, names: Names) -> None:
        self.annotated = annotated
        self.doc = annotated.doc
        self.text = annotated.article.text
        self.names = names
        self.nouns = names.nouns
        self.scene = Scene()
        self.by_id: dict[str, int] = {}
        self.sentence = 0
        self.quoted = False

    def run(self) -> Scene:
        """Walks every sentence once."""
        known_names(self.annotated, self.names, self.scene)
        self.spans = persons.name_spans(self)
        block = -1
        for sentence in self.annotated.sentences:
            if sentence.block != block:
                block, self.quoted = sentence.block, False
            self.sentence = sentence.index
            self._sentence(sentence)
        return self.scene

    def _sentence(self, sentence: Sentence) -> None:
        skip = -1
        for token in sentence.tokens:
            number, pos = token.i, token.pos
            if number < skip:
                continue
            if number in self.spans:
                skip = persons.add(self, number)
            elif number in self.scene.starts:
                skip = self._known(number)
            elif pos == NOUN or pos == PROPN or (pos == ADJ and token.dep_ in ("nsubj", "nsubjpass", "pobj")):
                self._nominal(token)
            elif pos == PRON:
                antecedents.pronoun(self, token)
            elif token.text == '"':
                self.quoted = not self.quoted

    # -- names ---------------------------------------------------------------------------------------------------

    def _known(self, begin: int) -> int:
        """Adds the known name that begins at token `begin`; returns one past the last token that is dealt with."""
        end, entry = self.scene.starts[begin]
        if entry.what in ("country", "demonym"):
            return self._country(begin, end, entry)
        number = self.by_id.get(entry.id)
        written = words_of(self.doc, self.text, begin, end)
        if entry.what == "outlet" and written.lower() == entry.name.lower():
            written = entry.name
        if number is None:
            kind = "outlet" if entry.what == "outlet" else "organisation"
            number = self.new(Cluster(
                _without_article(written, entry), kind, entry.id, actor_kind=entry.kind if kind != "outlet" else None,
                country=entry.country, words=folded(written.split()), named=True,
                plural=False, role_words=frozenset(folded(written.split()[-1:])),
            ), entry.id)
        else:
            _fuller(self.scene.clusters[number], _without_article(written, entry), entry)
        self._bracketed(end, number)
        return self._with_members(begin, end, number)

    def _with_members(self, begin: int, end: int, number: int) -> int:
        """The generic nouns after a name belong to it: "ISIS terrorists", "Reuters news agency"."""
        at, head = end, end - 1
        while at < len(self.doc) and self.doc[at].lower_ in self.nouns.members and self.doc[at].pos in (NOUN, PROPN):
            head, at = at, at + 1
        last = self.doc[head]
        if head >= end and (last.lower_ in self.nouns.person and last.tag_ != "NNS"):
            at, head = end, end - 1  # one militant is a person, not the group
            last = self.doc[head]
        self.put(begin, max(at, end), number, last)
        return max(at, end)

    def _country(self, begin: int, end: int, entry: Entry) -> int:
        force = state_force(self.doc, end, self.nouns)
        if force is not None:
            stop, kind = force
            identity = f"state:{entry.country}" if kind == "government" else f"state:{entry.country}/{kind}"
            written = words_of(self.doc, self.text, begin, stop)
            number = self.by_id.get(identity)
            if number is None:
                number = self.new(Cluster(
                    written, "organisation", identity, actor_kind=kind, country=entry.country, named=True,
                    words=folded(written.split()), role_words=frozenset({self.doc[stop - 1].lower_}),
                ), identity)
            else:
                found = self.scene.clusters[number]
                found.role_words |= {self.doc[stop - 1].lower_}
            self.put(begin, stop, number, self.doc[stop - 1])
            return stop
        token = self.doc[end - 1]
        if entry.what == "demonym":
            if token.tag_ in ("NNS", "NNPS") or (token.pos in (NOUN, PROPN) and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")):
                self._fresh_group(token, entry)
            return end
        number = self.by_id.get(entry.id)
        if number is None:
            number = self.new(Cluster(
                _without_article(words_of(self.doc, self.text, begin, end), entry), "organisation", entry.id,
                actor_kind="government", country=entry.country, named=True,
            ), entry.id)
        self.put(begin, end, number, token)
        return end

    def _fresh_group(self, token: Token, entry: Entry) -> None:
        plural = token.tag_ in ("NNS", "NNPS")
        words = words_of(self.doc, self.text, self.left(token), token.i + 1)
        self.put(token.i, token.i + 1, self.new(Cluster(
            words, "group" if plural else "person", anonymous=True, actor_kind="civilians", country=entry.country,
            plural=plural, person=not plural,
        )), token)

    def _bracketed(self, end: int, number: int) -> None:
        """Learns the short name that stands in brackets after a name."""
        doc = self.doc
        if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
            short = doc[end + 1]
            if short.text.isupper() or short.text[:1].isupper():
                self.scene.local[short.text] = number
                self.scene.at[short.i] = number

    # -- nouns ---------------------------------------------------------------------------------------------------

    def _nominal(self, token: Token) -> None:
        low = token.lower_
        if token.i in self.scene.at:
            return
        if token.text in self.scene.local:
            self.put(token.i, token.i + 1, self.scene.local[token.text], token)
        elif token.dep_ in ("compound", "nmod") and token.head.pos in (NOUN, PROPN) and token.head.i > token.i:
            return
        elif token.ent_type_ == "ORG" and token.pos == PROPN:
            self._organisation(token)
        elif low in self.nouns.person and token.tag_ not in ("NNS", "NNPS"):
            persons.by_role(self, token)
        else:
            self._body(token, low)

    def _organisation(self, token: Token) -> None:
        """A body that the lexicon does not know: the words of the named entity."""
        begin = end = token.i
        while begin > 0 and self.doc[begin].ent_iob_ == "I" and self.doc[begin - 1].text not in ("'s", "’s"):
            begin -= 1
        while end + 1 < len(self.doc) and self.doc[end + 1].ent_iob_ == "I" and self.doc[end + 1].text not in ("'s", "'"):
            end += 1
        while begin < token.i and self.doc[begin].lower_ == "the":
            begin += 1
        written = words_of(self.doc, self.text, begin, end + 1)
        words = folded(written.split())
        number = antecedents.same_body(self, words, written)
        if number is None:
            number = self.new(Cluster(
                written, "organisation", words=words, named=True, actor_kind=self._kind_by_noun(words),
                country=self.country_within(begin, end + 1), role_words=frozenset(words[-1:]),
            ))
        self._bracketed(end + 1, number)
        self._with_members(begin, end + 1, number)

    def _kind_by_noun(self, words: tuple[str, ...]) -> str | None:
        return next((self.nouns.force_kind[w] for w in reversed(words) if w in self.nouns.force_kind and w != "state"), None)

    def _body(self, token: Token, low: str) -> None:
        """A group, an institution, a document, media, or any subject."""
        nouns = self.nouns
        if low in nouns.members and (owner := self._owner(token)) is not None:
            self.put(token.i, token.i + 1, owner, token)
            return
        definite = self.definite(token)
        if definite and not self.modifiers(token):
            number = antecedents.body(self, token, low)
            if number is not None:
                self.put(token.i, token.i + 1, number, token)
                return
        cluster = self.plain(token)
        if cluster is not None:
            self.put(token.i, token.i + 1, self.new(cluster), token)

    def _owner(self, token: Token) -> int | None:
        """The body whose name is the modifier right before `token`, with nothing but generic nouns between."""
        at = token.i - 1
        while at >= 0 and (self.doc[at].lower_ in self.nouns.members or self.doc[at].text in ("'s", "-", "linked", "backed")):
            if self.doc[at].text == "linked" or self.doc[at].text == "backed":
                return None
            at -= 1
        number = self.scene.at.get(at)
        if number is None or self.scene.clusters[number].kind != "organisation" or self.doc[at].text == "'s":
            return None
        cluster = self.scene.clusters[number]
        return number if cluster.named and not (cluster.canonical_id or "").startswith("country:") else None

    def plain(self, token: Token) -> Cluster | None:
        """The cluster of a noun that names nobody, from the tables; None where the noun can be no source or actor."""
        nouns, low = self.nouns, token.lower_
        plural = token.tag_ in ("NNS", "NNPS")
        words = self.core(token)
        country = self.country_within(self.left(token), token.i)
        kind = nouns.people_kind.get(low)
        if low in nouns.media_nouns and (low not in ("reports", "radio", "tv", "television") or self.left(token) < token.i):
            return Cluster(words, "outlet", anonymous=True, country=country, plural=plural, role_words=frozenset({low}))
        if low in nouns.documents and token.dep_ != "dobj":
            return Cluster(words, "document", anonymous=True, plural=plural, role_words=frozenset({low}))
        if low in nouns.institutions or nouns.force_kind.get(low):
            return Cluster(
                words, "organisation", actor_kind=kind or nouns.force_kind.get(low), country=country,
                plural=plural or low == "police", role_words=frozenset({low}),
            )
        if low in nouns.anonymous_groups or (kind and plural):
            return Cluster(
                words, "group" if plural or low == "people" else "person", anonymous=True, actor_kind=kind,
                country=country, plural=plural or low == "people", role_words=frozenset({low}),
            )
        if low in nouns.stand_for:
            return Cluster(words, "organisation", anonymous=True, country=country, plural=plural, role_words=frozenset({low}))
        if token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
            return Cluster(words, "organisation", anonymous=True, plural=plural)
        return None

    # -- what the rules share ------------------------------------------------------------------------------------

    def new(self, cluster: Cluster, identity: str | None = None) -> int:
        """Adds `cluster`; returns its number."""
        number = len(self.scene.clusters)
        self.scene.clusters.append(cluster)
        if identity is not None:
            self.by_id[identity] = number
        return number

    def put(self, begin: int, end: int, number: int, head: Token) -> None:
        """Records the tokens from `begin` to `end` as a mention of cluster `number`."""
        for at in range(begin, end):
            self.scene.at[at] = number
        self.scene.mentions.append(Mention(head.i, self.sentence, number, weight_of(head), self.quoted))

    def left(self, token: Token) -> int:
        """First token of the noun phrase of `token`, its article, numbers and quotation marks left out."""
        at = token.left_edge.i
        while at < token.i and (self.doc[at].is_punct or self.doc[at].lower_ in DEFINITE or self.doc[at].is_space):
            at += 1
        return at

    def core(self, token: Token) -> str:
        """The noun phrase of `token` without its definite article, relative clauses and appositions."""
        end = token.i + 1
        for child in token.rights:
            if child.dep_ in DEEP and child.lower_ not in CLOSE:
                break
            if child.dep_ in ("prep", "amod", "advmod", "acl") and child.right_edge.i - token.i < 14:
                cut = next((t.i for t in child.subtree if t.dep_ in ("relcl", "punct") or t.text in (",", '"')), None)
                end = cut if cut is not None else child.right_edge.i + 1
                if cut is not None:
                    break
        return words_of(self.doc, self.text, self.left(token), end)

    def definite(self, token: Token) -> bool:
        """True where the phrase of `token` begins with a definite article or demonstrative."""
        return any(child.lower_ in DEFINITE for child in token.lefts if child.dep_ in ("det", "nsubj"))

    def modifiers(self, token: Token) -> list[str]:
        """The nouns, names and demonyms before `token` that tell it from others of its kind."""
        out = []
        for child in token.lefts:
            if child.dep_ in MODIFIERS or child.i in self.scene.inside or (child.dep_ == "amod" and child.ent_type_ == "NORP"):
                out.extend(t.lower_ for t in child.subtree if t.is_alpha and t.lower_ not in DEFINITE)
        return out

    def country_within(self, begin: int, end: int) -> str | None:
        """The country named or meant by a known name between the tokens."""
        for at in range(begin, end):
            first = self.scene.inside.get(at)
            if first is not None and (country := self.scene.starts[first][1].country):
                return country
        return None


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
