"""The name that stands after a noun for a band: "a group calling itself Red Dawn", "the gang known as the Owls"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from reportedly.stages._words import lemma

BANDS = frozenset(
    {
        "group",
        "organization",
        "organisation",
        "gang",
        "band",
        "faction",
        "movement",
        "cell",
        "squad",
        "militia",
        "commando",
        "outfit",
        "network",
        "cartel",
        "brigade",
        "column",
        "army",
        "front",
    }
)
NAMING = frozenset({"call", "name", "dub", "know", "identify", "style", "describe"})
STYLED = frozenset({"self-styled", "self-proclaimed", "self-described", "self-named", "so-called"})


def called(noun: Token) -> Token | None:
    """The last word of the name of a band, where its noun has none: "Dawn" of "a rebel group known as Red Dawn".

    "a group known as violent" has none; neither has "a town known as Kesh", which is no band.
    """
    if noun.pos_ != "NOUN" or lemma(noun) not in BANDS:
        return None
    for clause in noun.children:
        if clause.dep_ in ("acl", "relcl") and lemma(clause) in NAMING:
            after = [c for c in clause.children if c.i > clause.i]
            after += [p for c in after if c.lower_ == "as" for p in c.children]
            name = next((c for c in after if c.dep_ in ("oprd", "dobj", "pobj", "attr") and c.pos_ == "PROPN"), None)
            if name is not None:
                return name
    return None


def past_styled(doc: Doc, begin: int, end: int) -> int:
    """Past "self-styled" and "so-called" at the start of a phrase, and the mark after it."""
    for length in (1, 3):
        words = "".join(t.lower_ for t in doc[begin : begin + length])
        if words in STYLED and begin + length < end:
            begin += length
            while begin < end - 1 and doc[begin].is_punct:
                begin += 1
            return begin
    return begin
