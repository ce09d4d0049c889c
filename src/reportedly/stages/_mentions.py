"""The walk over an article that finds who is named in it, mention by mention, and keeps mentions of one thing together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.symbols import ADJ, NOUN, PROPN
from spacy.tokens import Doc, Token

from reportedly.records import SourceKind
from reportedly.stages._names import Alias, Entry, Names, Nouns, acronym, fold, of_its_time, year_of
from reportedly.stages.drafts import Annotated

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
JOINS = frozenset({"-", "–", "/", "'", "’", "'s", "’s", "&", "."})


@dataclass(slots=True)
class Cluster:
    """All mentions of one person, body or thing, as far as the walk has come."""

    name: str
    kind: SourceKind
    canonical_id: str | None = None
    role: str | None = None
    anonymous: bool = False
    actor_kind: str | None = None
    country: str | None = None
    words: tuple[str, ...] = ()
    """The name, folded."""
    role_words: frozenset[str] = frozenset()
    role_heads: frozenset[str] = frozenset()
    """The words of a person's role up to the first preposition: what "the spokesman" can pick out."""
    gender: str | None = None
    plural: bool = False
    person: bool = False
    named: bool = False
    official: bool = False
    owned: bool = False
    """True for somebody described by a pronoun: "his victim"."""
    spoke: bool = False
    """True for who only tells: the subject of "said"."""
    hurt: bool = False
    """True for the object of "kill"."""
    parts: tuple[int, ...] = ()
    """The persons of "X and Y"."""
    head: int = -1
    """The head token of a thing that is named only by its own words (`name` is empty)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a cluster is mentioned; `weight` says how prominent it is in its sentence (3 = subject)."""

    token: int
    sentence: int
    cluster: int
    weight: float
    quoted: bool


@dataclass(slots=True)
class Scene:
    """What the walk has found."""

    clusters: list[Cluster] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)
    """Token number to the cluster it is part of the name or the head of."""
    mentions: list[Mention] = field(default_factory=list)
    starts: dict[int, tuple[int, Entry]] = field(default_factory=dict)
    """First token of a known name to one past its last, and what it stands for."""
    inside: dict[int, int] = field(default_factory=dict)
    """Token number to the first token of the known name that it is part of."""
    local: dict[str, int] = field(default_factory=dict)
    """A short name introduced in the article itself, and its cluster."""


def known_names(annotated: Annotated, names: Names, scene: Scene) -> None:
    """Finds the known names of `annotated`; the longest wins, and none crosses a sentence mark."""
    doc, text = annotated.doc, annotated.article.text
    parts, tokens = _parts(doc)
    first = names.by_first
    year = year_of(annotated.article)
    at = 0
    while at < len(parts):
        if parts[at] not in first:
            at += 1
            continue
        for alias in of_its_time(names.match(parts, at), year):
            begin, end = tokens[at], tokens[at + len(alias.parts) - 1] + 1
            if end < len(doc) and doc[end].text == "." and doc[end].pos == PROPN and "." in doc[end - 1].text:
                end += 1  # the last point of "U.S." in a text of capitals
            if _written_so(alias, tokens, at, doc, text, names.nouns.ordinary) and _plausible(
                alias, doc, begin, end, names
            ):
                scene.starts[begin] = (end, alias.entry)
                for number in range(begin, end):
                    scene.inside[number] = begin
                at += len(alias.parts) - 1
                break
        at += 1


def _parts(doc: Doc) -> tuple[list[str], list[int]]:
    """The folded words of `doc` and the token of each; an empty word stands at marks that part names."""
    seen: dict[int, tuple[str, ...]] = {}
    parts: list[str] = []
    numbers: list[int] = []
    for number, key in enumerate(doc.to_array("ORTH").tolist()):
        folded = seen.get(key)
        if folded is None:
            word = doc.vocab.strings[key]
            folded = fold(word) or (() if word in JOINS or word == "''" else ("",))
            seen[key] = folded
        for part in folded:
            parts.append(part)
            numbers.append(number)
    return parts, numbers


def _written_so(alias: Alias, tokens: list[int], at: int, doc: Doc, text: str, ordinary: frozenset[str]) -> bool:
    """True where the article has the capitals that the alias asks for, and did not only shout them."""
    alone = len(alias.parts) == 1 and alias.parts[0] in ordinary
    for offset, need in enumerate(alias.capitals):
        if not (need or alias.upper):
            continue
        number = tokens[at + offset]
        if offset and number == tokens[at + offset - 1]:
            continue
        token = doc[number]
        written = text[token.idx : token.idx + len(token.text)]
        if alias.upper:
            return acronym(written) and not (alone and token.text.islower() and "." not in written)
        if not (written[0].isupper() or written[0].isdigit()):
            return False
        if alone and token.text.islower():
            return False
    return True


def _part_of_longer(alias: Alias, doc: Doc, begin: int, end: int, names: Names) -> bool:
    """True where a name that many bodies share is part of another's: "the State Security Council", "… of Norvale"."""
    nouns, entry = names.nouns, alias.entry
    before = doc[begin - 1] if begin else None
    if before is not None and before.text in ("'s", "’s") and begin > 1:
        before = doc[begin - 2]
    if before is not None and not doc[begin].is_sent_start and before.text[:1].isupper() and before.pos in (PROPN, ADJ):
        land = next(
            (
                a.entry
                for a in names.by_first.get(before.lower_.replace(".", ""), ())
                if len(a.parts) == 1 and a.entry.what != "actor"
            ),
            None,
        )
        if land is not None and land.country is not None:
            return land.country != entry.country
        if (
            before.lower_ not in nouns.person
            and before.lower_ not in nouns.honorific
            and before.ent_type_ not in ("DATE", "TIME")
        ):
            return before.dep_ in ("compound", "amod", "nmod", "poss")
    if end + 1 < len(doc) and doc[end].lower_ in ("of", "for"):
        at = end + 2 if doc[end + 1].lower_ == "the" and end + 2 < len(doc) else end + 1
        found = next(
            (
                a.entry
                for part in fold(doc[at].text)[:1]
                for a in names.by_first.get(part, ())
                if a.entry.what == "country"
            ),
            None,
        )
        return doc[at].pos == PROPN and not (found is not None and found.country == entry.country)
    if end < len(doc) and doc[end].pos == PROPN and doc[end].text[:1].isupper() and doc[end - 1].dep_ == "compound":
        after = doc[end]
        return not (
            after.lower_ in nouns.members
            or after.lower_ in nouns.person
            or after.ent_type_ == "PERSON"
            or after.lower_ in nouns.honorific
        )
    return False


def _plausible(alias: Alias, doc: Doc, begin: int, end: int, names: Names) -> bool:
    """False for a short name that the parse takes for a person's or a place's, or for an ordinary word."""
    token, nouns = doc[begin], names.nouns
    if alias.general and _part_of_longer(alias, doc, begin, end, names):
        return False
    if end - begin == 2 and token.lower_ == "the" and alias.entry.what == "outlet":
        last = doc[begin + 1]
        follows = last.head if last.dep_ in ("amod", "compound", "nmod") and last.head.i >= end else None
        return follows is None or follows.lower_ in nouns.members or follows.lower_ in nouns.person
    if end - begin > 1:
        return True
    if token.is_sent_start and alias.capitals[0] and not alias.upper and token.pos not in (PROPN, ADJ):
        return False
    if alias.entry.what in ("country", "demonym", "capital"):
        around = token.ent_type_
        return not (around == "PERSON" and (token.ent_iob_ == "I" or (end < len(doc) and doc[end].ent_iob_ == "I")))
    if alias.entry.what == "outlet" or alias.entry.kind == "political":
        longer = token.ent_iob_ == "I" or (end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].pos == PROPN)
        if longer and not alias.upper:
            return False
        if token.ent_type_ in ("PERSON", "GPE", "LOC", "NORP") and not alias.upper and alias.parts[0] in nouns.ordinary:
            return False
        return token.pos == PROPN or alias.upper
    return not (token.ent_type_ == "PERSON" and token.ent_iob_ == "I")


def folded(words: Iterable[str]) -> tuple[str, ...]:
    """The folded words of a name, in order."""
    return tuple(part for word in words for part in fold(word) if part != "s")


def words_of(doc: Doc, text: str, begin: int, end: int) -> str:
    """The article's own words of the tokens from `begin` to `end`, on one line."""
    last = doc[end - 1]
    return " ".join(text[doc[begin].idx : last.idx + len(last.text)].split())


def weight_of(token: Token) -> float:
    """How prominent a mention with head `token` is: 3 the subject, 2 its possessor or apposition, 1 anything else."""
    step = token
    weight = 3.0
    for _ in range(5):
        dep = step.dep_
        if dep in SUBJECTS:
            return weight if step.head.dep_ in ("ROOT", "conj") or weight < 3 else 2.4
        if dep in ("poss", "compound", "appos", "conj"):
            weight = min(weight, 2.4 if dep != "compound" else 1.5)
        elif dep in ("pobj", "prep", "amod", "acl", "advmod"):
            weight = min(weight, 1.5)
        else:
            break
        step = step.head
    return 1.2 if token.dep_ in ("dobj", "attr", "ROOT") else 1.0


def state_force(doc: Doc, end: int, nouns: Nouns) -> tuple[int, str] | None:
    """One past the noun that makes the country's name before token `end` an arm of its state, and the arm."""
    at = end
    while at < len(doc) and at < end + 5:
        token = doc[at]
        low = token.lower_
        if low in ("'s", "-") or token.is_space or (at == end and low == "’s"):
            at += 1
            continue
        following = doc[at + 1].lower_ if at + 1 < len(doc) else ""
        kind = nouns.force_kind.get(low)
        if kind and low in nouns.person and token.tag_ == "NN":
            return None  # one soldier is a person, not the army
        if (
            kind
            and token.pos in (NOUN, PROPN, ADJ)
            and not (
                (low in nouns.between or low.endswith("y"))
                and (following in nouns.force_kind or following in nouns.between)
            )
        ):
            return (
                (at + 1, kind) if following not in nouns.person and following not in ("officials", "sources") else None
            )
        if low in ("security", "secret", "intelligence") and following in ("services", "service"):
            return at + 2, "intelligence"
        if low in ("air", "special", "armed", "security", "naval", "ground") and following in ("force", "forces"):
            return at + 2, "military"
        if low not in nouns.between:
            return None
        at += 1
    return None
