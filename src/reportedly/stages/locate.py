"""locate: Annotated -> the places that the article names, in order, each with what it is and how exact that is."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.gazetteer import Candidate, Gazetteer
from reportedly.records import Place
from reportedly.stages import _toponym_senses as senses
from reportedly.stages import _toponyms as toponyms
from reportedly.stages._toponyms import Toponym
from reportedly.stages.drafts import Annotated, Offsets

PRECISION = {
    "site": 1, "city": 1, "capital": 1, "admin2": 3, "admin1": 4, "region": 5, "country": 6, "continent": 6, "sea": 7,
}  # fmt: skip
"""Kind of place to ``where_prec`` (UCDP GED codebook, ``where_prec``)."""
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
        _place(annotated, made, place, gazetteer)
        for made, place in zip(found, meant, strict=True)
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
    meant = {id(made): place for made, place in zip(together, senses.resolve(together, gazetteer), strict=True)}
    return tuple(
        None if made is None else _place(annotated, made, meant[id(made)], gazetteer) for made in given
    )


def _place(annotated: Annotated, made: Toponym, meant: Candidate | None, gazetteer: Gazetteer) -> Place:
    """The record of one mention."""
    mention = annotated.article.span(made.start, made.end)
    if meant is None:
        country = _country_beside(made, gazetteer)
        return Place(
            name=" ".join(mention.text.split()), role="other", country=country, admin1=None, lat=None, lon=None,
            geonames_id=None, where_prec=NEAR if made.near else 1, mention=mention,
        )  # fmt: skip
    precision = PRECISION[meant.kind]
    vague = made.vague and precision >= 4
    if vague:
        precision = VAGUE if meant.kind != "admin1" else precision
    elif made.near and precision == 1:
        precision = NEAR
    return Place(
        name=" ".join(mention.text.split()) if vague else meant.name, role="other", country=meant.country,
        admin1=meant.admin1, lat=meant.lat, lon=meant.lon,
        geonames_id=None if vague else meant.geonames_id, where_prec=precision, mention=mention,
    )  # fmt: skip


def _country_beside(made: Toponym, gazetteer: Gazetteer) -> str | None:
    """The country of the larger place that stands beside an unknown name."""
    for place in gazetteer.lookup(made.within)[:1] if made.within else ():
        return place.country
    return None
