"""The walk: sentence by sentence, each mention is put to the person, body or thing that it stands for."""

from __future__ import annotations

from spacy.symbols import ADJ, ADP, NOUN, PRON, PROPN, VERB  # type: ignore[import-not-found]  # compiled, no stubs
from spacy.tokens import Token

from reportedly.stages import _antecedents as antecedents
from reportedly.stages import _persons as persons
from reportedly.stages._mentions import Cluster, Mention, Scene, folded, known_names, state_force, weight_of, words_of
from reportedly.stages._names import Entry, Names
from reportedly.stages.drafts import Annotated, Sentence

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
DEEP = frozenset({"relcl", "appos", "acl", "punct", "cc", "conj", "advcl", "parataxis", "dep", "npadvmod", "ccomp"})
CLOSE = frozenset({"close", "familiar", "briefed", "within", "near"})
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
        self.spans: persons.Spans = {}
        self.bodies: dict[int, int] = {}
        self.surnames: set[str] = set()

    def run(self) -> Scene:
        """Walks every sentence once."""
        known_names(self.annotated, self.names, self.scene)
        persons.name_spans(self)
        self.bodies = self._bodies()
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
            if token.text in self.scene.local:
                self.put(number, number + 1, self.scene.local[token.text], token)
            elif number in self.spans:
                skip = persons.add(self, number)
            elif number in self.scene.starts:
                skip = self._known(number)
            elif number in self.bodies:
                skip = self._organisation(number, self.bodies[number])
            elif pos in (NOUN, PROPN) or (pos == ADJ and token.dep_ in ("nsubj", "nsubjpass", "pobj")):
                self._nominal(token)
            elif pos == PRON:
                antecedents.pronoun(self, token)
            elif token.text == '"':
                self.quoted = not self.quoted
            elif token.text == "(":
                self._introduced(number)

    # -- names ---------------------------------------------------------------------------------------------------

    def _known(self, begin: int) -> int:
        """Adds the known name that begins at token `begin`; returns one past the last token that is dealt with."""
        end, entry = self.scene.starts[begin]
        if entry.what in ("country", "demonym", "capital"):
            return self._country(begin, end, entry)
        number = self.by_id.get(entry.id)
        written = words_of(self.doc, self.text, begin, end)
        if entry.what == "outlet" and entry.name.lower() in written.lower():
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
        at = end
        while at < len(self.doc) and self.doc[at].lower_ in self.nouns.members and self.doc[at].pos in (NOUN, PROPN):
            at += 1
        if at > end and self.doc[at - 1].lower_ in self.nouns.person and self.doc[at - 1].tag_ != "NNS":
            at = end  # one militant is a person, not the group
        self.put(begin, at, number, self.doc[begin:at].root)
        return at

    def _country(self, begin: int, end: int, entry: Entry) -> int:
        force = None if entry.what == "capital" else state_force(self.doc, end, self.nouns)
        if force is not None:
            stop, kind = force
            identity = f"state:{entry.country}" if kind == "government" else f"state:{entry.country}/{kind}"
            written = words_of(self.doc, self.text, begin, stop)
            arm = f"{identity} {words_of(self.doc, self.text, end, stop).lower()}"
            number = self.by_id.get(arm)
            if number is None:
                number = self.new(Cluster(
                    written, "organisation", identity, actor_kind=kind, country=entry.country, named=True,
                    words=folded(written.split()), role_words=frozenset({self.doc[stop - 1].lower_}),
                ), arm)
            self.put(begin, stop, number, self.doc[stop - 1])
            return stop
        token = self.doc[end - 1]
        if entry.what == "capital":
            return self._capital(begin, end, entry)
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

    def _capital(self, begin: int, end: int, entry: Entry) -> int:
        """A capital that speaks is its government: "Moscow denied it"."""
        if self.doc[end - 1].head.lemma_ in self.nouns.speech:
            number = self.by_id.get(entry.name)
            if number is None:
                number = self.new(Cluster(
                    entry.name, "organisation", entry.id, actor_kind="government", country=entry.country, named=True,
                ), entry.name)
            self.put(begin, end, number, self.doc[end - 1])
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

    def _introduced(self, bracket: int) -> None:
        """Learns a short name in brackets after a phrase that was not seen to be a name."""
        doc = self.doc
        if bracket < 2 or bracket + 2 >= len(doc) or doc[bracket + 2].text != ")" or bracket + 1 in self.scene.inside:
            return
        short, before = doc[bracket + 1], doc[bracket - 1]
        written = self.text[short.idx : short.idx + len(short.text)]
        if not (written.isupper() and 2 < len(written) < 9 and written.isalpha()) or short.text in self.scene.local:
            return
        number = self.scene.at.get(before.i)
        if number is None or not self.scene.clusters[number].named:
            top = before
            while top.head.i < top.i and top.head.pos in (NOUN, PROPN, ADP) and bracket - top.head.i < 10:
                top = top.head
            if top.pos not in (NOUN, PROPN):
                return
            begin = self.left(top)
            words = words_of(doc, self.text, begin, bracket)
            if not words[0].isupper():
                return
            number = self.new(Cluster(words, "organisation", words=folded(words.split()), named=True,
                                      country=self.country_within(begin, bracket)))
            for at in range(begin, bracket):
                self.scene.at[at] = number
        self.scene.local[short.text] = number

    # -- nouns ---------------------------------------------------------------------------------------------------

    def _nominal(self, token: Token) -> None:
        low = token.lower_
        if token.i in self.scene.at:
            return
        if token.pos == PROPN and low in self.surnames and (number := persons.by_surname(self, (low,))) is not None:
            self.put(token.i, token.i + 1, number, token)
        elif token.dep_ in ("compound", "nmod") and token.head.pos in (NOUN, PROPN) and token.head.i > token.i:
            return
        elif low in self.nouns.person and token.tag_ not in ("NNS", "NNPS") and self._countable(token):
            persons.by_role(self, token)
        else:
            self._body(token, low)

    def _countable(self, token: Token) -> bool:
        """False for a bare noun that is no person: "bomber and fighter aircraft"."""
        return token.left_edge.i < token.i or token.dep_ in ("nsubj", "nsubjpass", "appos", "ROOT", "compound")

    def _bodies(self) -> dict[int, int]:
        """Bodies that the lexicon does not know: first token of a named entity to one past its last."""
        found: dict[int, int] = {}
        taken = {at for begin, end, _ in self.spans.values() for at in range(begin, end)} | set(self.scene.inside)
        for ent in self.doc.ents:
            if ent.label_ != "ORG":
                continue
            begin, end = ent.start, ent.end
            while begin < end and (begin in taken or self.doc[begin].lower_ in ("the", "'s", "'") or not self.doc[begin].text[0].isupper()):
                begin += 1
            stop = begin
            while stop < end and stop not in taken and self.doc[stop].text not in ("'s", "'", "(", ")"):
                stop += 1
            if stop > begin and (stop - begin > 1 or self.doc[begin].pos == PROPN):
                found[begin] = stop
        return found

    def _organisation(self, begin: int, stop: int) -> int:
        """Adds a body that the lexicon does not know, by its own words."""
        written = words_of(self.doc, self.text, begin, stop)
        words = folded(written.split())
        number = persons.by_surname(self, words) if stop - begin == 1 else None
        if number is not None:
            self.put(begin, stop, number, self.doc[begin])
            return stop
        number = antecedents.same_body(self, words, written)
        if number is None:
            number = self.new(Cluster(
                written, "organisation", words=words, named=True, actor_kind=self._kind_by_noun(words),
                country=self.country_within(begin, stop), role_words=frozenset(words[-1:]),
            ))
        self._bracketed(stop, number)
        return self._with_members(begin, stop, number)

    def _kind_by_noun(self, words: tuple[str, ...]) -> str | None:
        return next((self.nouns.force_kind[w] for w in reversed(words) if w in self.nouns.force_kind and w != "state"), None)

    def _body(self, token: Token, low: str) -> None:
        """A group, an institution, a document, media, or any subject."""
        nouns = self.nouns
        if low in nouns.members and (owner := self._owner(token)) is not None:
            self.put(token.i, token.i + 1, owner, token)
            return
        if low in nouns.force_kind and (force := self._force_of(token, low)) is not None:
            self.put(token.i, token.i + 1, force, token)
            return
        definite = self.definite(token)
        if definite and not self.modifiers(token):
            number = antecedents.body(self, token, low)
            if number is not None:
                self.put(token.i, token.i + 1, number, token)
                return
        cluster = self.plain(token)
        if cluster is None and token.dep_ in ("nsubj", "nsubjpass", "dobj"):
            cluster = Cluster("", "organisation", anonymous=True, plural=token.tag_ in ("NNS", "NNPS"), head=token.i)
        if cluster is not None:
            self.put(token.i, token.i + 1, self.new(cluster), token)

    def _force_of(self, token: Token, low: str) -> int | None:
        """The arm of a state written the long way: "the government of Iraq"."""
        following = token.i + 1
        if following + 2 >= len(self.doc) or self.doc[following].lower_ != "of":
            return None
        at = following + (2 if self.doc[following + 1].lower_ == "the" else 1)
        found = self.scene.starts.get(at)
        if found is None or found[1].what != "country":
            return None
        kind, country = self.nouns.force_kind[low], found[1].country
        identity = f"state:{country}" if kind == "government" else f"state:{country}/{kind}"
        arm = f"{identity} {low}"
        return self.by_id[arm] if arm in self.by_id else self.new(Cluster(
            self.core(token), "organisation", identity, actor_kind=kind, country=country, named=True, role_words=frozenset({low}),
        ), arm)

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
        if low not in nouns.worth:
            return None
        plural = token.tag_ in ("NNS", "NNPS")
        words = self.core(token)
        country = self.country_within(self.left(token), token.i)
        kind = nouns.people_kind.get(low)
        if low in nouns.media_nouns and (low not in ("reports", "radio", "tv", "television") or self.left(token) < token.i):
            return Cluster(words, "outlet", anonymous=True, country=country, plural=plural, role_words=frozenset({low}))
        if low in nouns.documents and token.dep_ != "dobj":
            return Cluster(words, "document", anonymous=True, plural=plural, role_words=frozenset({low}))
        if low in nouns.institutions:
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
        at = token.i
        edge = token.left_edge.i
        while at > edge:
            before = self.doc[at - 1]
            if (before.pos == VERB and before.tag_ != "VBG" and before.dep_ not in ("amod", "compound")) or before.pos == ADP or (
                before.dep_ == "cc" and at - 2 >= edge and self.doc[at - 2].pos in (NOUN, PROPN) and at - 1 not in self.scene.inside
            ):
                break
            at -= 1
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
                if cut is not None:
                    end = cut if cut > child.i + 1 else end
                    break
                end = child.right_edge.i + 1
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
