"""locate: Annotated -> the places that the article names, in order, each with what it is and how exact that is."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.gazetteer import Candidate, Gazetteer
from reportedly.records import Place, Span
from reportedly.stages import _toponym_senses as senses
from reportedly.stages import _toponyms as toponyms
from reportedly.stages._toponym_senses import Sense
from reportedly.stages._toponym_words import Toponym
from reportedly.stages.drafts import Annotated, Offsets

PRECISION = {
    "site": 1, "city": 1, "capital": 1, "admin2": 3, "admin1": 4, "region": 5, "country": 6, "continent": 6, "sea": 7,
    "facility": 1, "area": 5,
}  # fmt: skip
"""Kind of place to ``where_prec`` (UCDP GED codebook, ``where_prec``)."""
PRECISION_WITHIN = {"city": 2, "capital": 2, "site": 2, "facility": 2, "admin2": 3, "admin1": 4}
"""The same for an unknown place in a known one."""
PRECISION_AS = {"subdivision": 3, "division": 4, "feature": 5}
"""And for one that is called a district, a province, or mountains: it is no point."""
NEAR, VAGUE = 2, 5


def locate(annotated: Annotated, gazetteer: Gazetteer, *, adjectives: bool = False) -> tuple[Place, ...]:
    """Every place that the article's blocks name, in order, with role "other".

    Organisations, people and demonyms are no places. A name that the gazetteer lacks but that is plainly a place has
    null coordinates, and a country only where one stands beside it.

    Args:
        annotated: the parsed article.
        gazetteer: from `reportedly.gazetteer.open_gazetteer`.
        adjectives: also demonyms and adjectives of places ("Iraqi"), as geoparsing corpora count them.
    """
    found = toponyms.find(annotated, gazetteer, adjectives=True)
    meant = senses.resolve(found, gazetteer)
    return tuple(
        _place(annotated, made, sense)
        for made, sense in zip(found, meant, strict=True)
        if adjectives or not made.adjective
    )


def resolve_spans(annotated: Annotated, spans: Sequence[Offsets], gazetteer: Gazetteer) -> tuple[Place | None, ...]:
    """What `locate` makes of names that are given: one answer for each of `spans`, None where there is no word.

    The article's other names are context as ever; demonyms count as the names of their countries.
    """
    given = [toponyms.toponym(annotated, gazetteer, start, end) for start, end in spans]
    named = [made for made in given if made is not None]
    covered = [(made.start, made.end) for made in named]
    others = [
        made
        for made in toponyms.find(annotated, gazetteer, adjectives=True)
        if not any(made.start < end and start < made.end for start, end in covered)
    ]
    together = sorted([*named, *others], key=lambda made: (made.start, made.end))
    toponyms.bound(annotated, together, gazetteer)
    meant = {id(made): sense for made, sense in zip(together, senses.resolve(together, gazetteer), strict=True)}
    return tuple(None if made is None else _place(annotated, made, meant[id(made)]) for made in given)


def _place(annotated: Annotated, made: Toponym, sense: Sense) -> Place:
    """The record of one mention."""
    mention = annotated.article.span(made.start, made.end)
    words = " ".join(mention.text.split())
    meant = sense.place
    if made.line:
        return _line(words, mention, sense.larger)
    if meant is None:
        return _unknown(words, mention, made, sense.larger)
    precision = PRECISION[meant.kind]
    vague = made.vague and precision >= PRECISION["admin1"]
    if vague:
        precision = precision if meant.kind == "admin1" else VAGUE
    elif made.near and precision == 1:
        precision = NEAR
    return Place(
        name=words if vague else meant.name, role="other", country=meant.country, admin1=meant.admin1,
        lat=meant.lat, lon=meant.lon, geonames_id=None if vague else meant.geonames_id, where_prec=precision,
        mention=mention,
    )  # fmt: skip


def _line(words: str, mention: Span, larger: Candidate | None) -> Place:
    """A road or a border: where along it is not said (UCDP GED codebook, ``where_prec`` 5: a linear feature), and which side neither."""
    return Place(
        name=words, role="other", country=larger.country if larger else None, admin1=None, lat=None, lon=None,
        geonames_id=None, where_prec=VAGUE, mention=mention,
    )  # fmt: skip


def _unknown(words: str, mention: Span, made: Toponym, larger: Candidate | None) -> Place:
    """A place that the gazetteer lacks: where the larger place beside it is, as exactly as that says (UCDP's way).

    A country beside it gives the country alone.
    """
    precision = PRECISION_WITHIN.get(larger.kind) if larger is not None else None
    if larger is None or precision is None:
        return Place(
            name=words, role="other", country=larger.country if larger else None, admin1=None, lat=None, lon=None,
            geonames_id=None, where_prec=max(NEAR if made.near else 1, PRECISION_AS.get(made.hint, 1)), mention=mention,
        )  # fmt: skip
    return Place(
        name=words, role="other", country=larger.country, admin1=larger.admin1, lat=larger.lat, lon=larger.lon,
        geonames_id=None, where_prec=max(precision, PRECISION_AS.get(made.hint, 1)), mention=mention,
    )  # fmt: skip
