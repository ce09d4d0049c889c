"""The walk: sentence by sentence, each mention is put to the person, body or thing that it stands for."""

from __future__ import annotations

from spacy.symbols import ADJ, ADP, NOUN, PRON, PROPN, VERB
from spacy.tokens import Token

from reportedly.records import SourceKind
from reportedly.stages import _antecedents as antecedents
from reportedly.stages import _bodies as bodies
from reportedly.stages import _person_names as person_names
from reportedly.stages import _persons as persons
from reportedly.stages._mentions import Cluster, Mention, Scene, known_names, weight_of, words_of
from reportedly.stages._names import Names, fold
from reportedly.stages.drafts import Annotated, Sentence

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
DEEP = frozenset({"relcl", "appos", "acl", "punct", "cc", "conj", "advcl", "parataxis", "dep", "npadvmod", "ccomp"})
OTHERS = frozenset({"other", "another", "different", "rival", "right-wing", "left-wing", "new"})
"""What says of a group that it is not the one just told of."""
CLOSE = frozenset({"close", "familiar", "briefed", "within", "near"})
RELATIVE_TAGS = frozenset({"WP", "WDT", "WRB"})
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
        self.spans: person_names.Spans = {}
        self.bodies: dict[int, int] = {}
        self.surnames: set[str] = set()
        self.joined: dict[int, int] = {}
        self.forward: list[tuple[Token, Token]] = []
        """Pronouns of the sentence, and the later names that they may stand for."""
        outlet = annotated.article.outlet or ""
        self.own_outlet = frozenset(fold(outlet)) - {"the"}
        """The words of the name of the article's own outlet."""

    def run(self) -> Scene:
        """Walks every sentence once."""
        known_names(self.annotated, self.names, self.scene)
        person_names.name_spans(self)
        self.bodies = bodies.name_spans(self)
        block = -1
        for sentence in self.annotated.sentences:
            if sentence.block != block:
                block, self.quoted = sentence.block, False
            self.sentence = sentence.index
            self._sentence(sentence)
        return self.scene

    def _sentence(self, sentence: Sentence) -> None:
        self.forward = []
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
                skip = bodies.known(self, number)
            elif number in self.bodies:
                skip = bodies.unknown(self, number, self.bodies[number])
            elif pos in (NOUN, PROPN) or (pos == ADJ and token.dep_ in ("nsubj", "nsubjpass", "pobj")):
                self._nominal(token)
            elif pos == PRON:
                antecedents.pronoun(self, token)
            elif token.text in antecedents.QUOTES:
                self.quoted = not self.quoted
            elif token.text == "(":
                bodies.introduced(self, number)
        for pronoun, name in self.forward:
            antecedents.put_later(self, pronoun, name)

    # -- nouns ---------------------------------------------------------------------------------------------------

    def _nominal(self, token: Token) -> None:
        low = token.lower_
        if token.i in self.scene.at:
            return
        if token.pos == PROPN and low in self.surnames and (number := persons.by_surname(self, (low,))) is not None:
            self.put(token.i, token.i + 1, number, token)
        elif token.dep_ in ("compound", "nmod") and token.head.pos in (NOUN, PROPN) and token.head.i > token.i:
            return
        elif token.pos == PROPN and self._named_body(token, low):
            bodies.unknown(self, self.left(token), token.i + 1)
        elif low in self.nouns.person and token.tag_ not in ("NNS", "NNPS") and self._countable(token):
            persons.by_role(self, token)
        else:
            self._body(token, low)

    def _named_body(self, token: Token, low: str) -> bool:
        """True for "the Courier", and for the Guard of "the National Guard"."""
        if low in self.own_outlet or low in self.nouns.outlet_last:
            return self.definite(token)
        return (
            low in self.nouns.ambiguous
            and token.dep_ not in MODIFIERS
            and any(c.dep_ == "compound" and c.pos == PROPN and c.lower_ in self.nouns.between for c in token.lefts)
        )

    def _countable(self, token: Token) -> bool:
        """False for a bare noun that is no person: "bomber and fighter aircraft"."""
        return token.left_edge.i < token.i or token.dep_ in ("nsubj", "nsubjpass", "appos", "ROOT", "compound")

    def _body(self, token: Token, low: str) -> None:
        """A group, an institution, a document, media, or any subject."""
        nouns = self.nouns
        if low in nouns.members and (owner := bodies.owner(self, token)) is not None:
            self.put(token.i, token.i + 1, owner, token)
            return
        if low in nouns.members and token.tag_ == "NNS" and (group := bodies.whole(walk=self, token=token)) is not None:
            self.put(token.i, token.i + 1, group, token)
            return
        if low in nouns.force_kind and (force := bodies.force_of(self, token, low)) is not None:
            self.put(token.i, token.i + 1, force, token)
            return
        if (low in nouns.stand_for or low in nouns.media_nouns) and bodies.before_name(self, token):
            return
        definite = self.definite(token)
        if definite and not self.modifiers(token) and not any(c.lower_ in OTHERS for c in token.lefts):
            number = antecedents.body(self, token, low)
            if number is not None:
                self.put(token.i, token.i + 1, number, token)
                return
        cluster = self.plain(token)
        if cluster is None and token.is_alpha and token.dep_ in ("nsubj", "nsubjpass", "dobj"):
            cluster = Cluster("", "organisation", anonymous=True, plural=token.tag_ in ("NNS", "NNPS"), head=token.i)
        if cluster is not None:
            self.put(token.i, token.i + 1, self.new(cluster), token)

    def plain(self, token: Token) -> Cluster | None:
        """The cluster of a noun that names nobody, from the tables; None where the noun can be no source or actor."""
        nouns, low = self.nouns, token.lower_
        if low not in nouns.worth:
            return None
        plural = token.tag_ in ("NNS", "NNPS")
        words = self.core(token)
        country = self.country_within(self.left(token), token.i)
        kind = nouns.kind_of(token)
        if low in nouns.media_nouns and (
            low not in ("reports", "radio", "tv", "television") or self.left(token) < token.i
        ):
            return Cluster(words, "outlet", anonymous=True, country=country, plural=plural, role_words=frozenset({low}))
        if low in nouns.documents and token.dep_ != "dobj":
            return Cluster(words, "document", anonymous=True, plural=plural, role_words=frozenset({low}))
        if low in nouns.institutions:
            return Cluster(
                words,
                "organisation",
                anonymous=token.left_edge.lower_ in ("a", "an"),
                actor_kind=kind or nouns.force_kind.get(low),
                country=country,
                plural=plural or low == "police",
                role_words=frozenset({low}),
            )
        if low in nouns.collective:
            return Cluster(words, "group", anonymous=True, country=country, plural=True, role_words=frozenset({low}))
        if low in nouns.anonymous_groups or (kind and plural):
            return Cluster(
                words,
                "group" if plural or low == "people" else "person",
                anonymous=True,
                actor_kind=kind,
                country=country,
                plural=plural or low == "people",
                role_words=frozenset({low}),
            )
        if low in nouns.stand_for:
            return Cluster(
                words, "organisation", anonymous=True, country=country, plural=plural, role_words=frozenset({low})
            )
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
        self._part(self.scene.clusters[number], head)
        self.scene.mentions.append(Mention(head.i, self.sentence, number, weight_of(head), self.quoted))
        if head.dep_ == "conj":
            self._join(head, number)

    def _join(self, head: Token, number: int) -> None:
        """Makes one plural mention of "X and Y", at its first name."""
        clusters, first = self.scene.clusters, head.head
        before = self.scene.at.get(first.i)
        if before is None or before == number or not clusters[before].named or not clusters[number].named:
            return
        if clusters[before].person != clusters[number].person:
            return
        joint = self.joined.get(first.i)
        parts = (*(clusters[joint].parts if joint is not None else (before,)), number)
        kind: SourceKind = "person" if clusters[number].person else "organisation"
        new = self.new(Cluster("", kind, plural=True, named=True, person=kind == "person", parts=parts))
        self.joined[head.i] = new
        self.scene.mentions.append(Mention(first.i, self.sentence, new, weight_of(first), self.quoted))

    def _part(self, cluster: Cluster, head: Token) -> None:
        """Notes who only tells and who was hurt: neither is "the suspect"."""
        if not cluster.person:
            return
        verb = head.head.lemma_
        if head.dep_ == "nsubj":
            cluster.spoke |= verb in self.nouns.speech and verb not in self.nouns.deed and verb != "deny"
        elif head.dep_ in ("nsubjpass", "dobj"):
            cluster.hurt |= verb in self.nouns.harm

    def left(self, token: Token) -> int:
        """First token of the noun phrase of `token`, its article, numbers and quotation marks left out."""
        at = token.i
        edge = token.left_edge.i
        while at > edge:
            before = self.doc[at - 1]
            if (
                (before.pos == VERB and before.tag_ != "VBG" and before.dep_ not in ("amod", "compound"))
                or (before.pos == ADP and not _is_hyphenated(before))
                or (
                    before.tag_ in RELATIVE_TAGS
                    or (before.is_punct and before.whitespace_ and before.text not in ('"', ","))
                    or (
                        before.dep_ == "cc"
                        and at - 2 >= edge
                        and self.doc[at - 2].pos in (NOUN, PROPN)
                        and at - 1 not in self.scene.inside
                    )
                )
            ):
                break
            at -= 1
        while at < token.i and (self.doc[at].is_punct or self.doc[at].lower_ in DEFINITE or self.doc[at].is_space):
            at += 1
        return at

    def core(self, token: Token) -> str:
        """The noun phrase of `token` without its definite article, relative clauses and appositions."""
        return words_of(self.doc, self.text, *self.core_bounds(token))

    def core_bounds(self, token: Token) -> tuple[int, int]:
        """First token of `core`, and one past its last."""
        end = token.i + 1
        for child in token.rights:
            if child.dep_ in DEEP and child.lower_ not in CLOSE:
                break
            if child.dep_ in ("prep", "amod", "advmod", "acl") and child.right_edge.i - token.i < 14:
                cut = next(
                    (
                        t.i
                        for t in child.subtree
                        if t.dep_ == "relcl" or t.text in (",", '"') or (t.dep_ == "punct" and not _inside_word(t))
                    ),
                    None,
                )
                if cut is not None:
                    end = cut if cut > child.i + 1 else end
                    break
                end = child.right_edge.i + 1
        return self.left(token), end

    def definite(self, token: Token) -> bool:
        """True where the phrase of `token` begins with a definite article or demonstrative."""
        return any(child.lower_ in DEFINITE for child in token.lefts if child.dep_ in ("det", "nsubj"))

    def modifiers(self, token: Token) -> list[str]:
        """The nouns, names and demonyms before `token` that tell it from others of its kind."""
        out: list[str] = []
        for child in token.lefts:
            if (
                child.dep_ in MODIFIERS
                or child.i in self.scene.inside
                or (child.dep_ == "amod" and child.ent_type_ == "NORP")
            ):
                out.extend(t.lower_ for t in child.subtree if t.is_alpha and t.lower_ not in DEFINITE)
        return out

    def country_within(self, begin: int, end: int) -> str | None:
        """The country named or meant by a known name between the tokens."""
        for at in range(begin, end):
            first = self.scene.inside.get(at)
            if first is not None and (country := self.scene.starts[first][1].country):
                return country
        return None


def _is_hyphenated(token: Token) -> bool:
    """True for the "off" of "an off-duty guard"."""
    return token.whitespace_ == "" and token.i + 1 < len(token.doc) and token.nbor().text == "-"


def _inside_word(token: Token) -> bool:
    """True for the hyphen of "self-styled"."""
    return token.text == "-" and not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_
