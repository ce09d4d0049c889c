"""The two tables of an answer: incidents, and the claims behind them, a row each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportedly.entries import Contradiction, Dossier, Range, Testimony
from reportedly.export.acts import coded
from reportedly.export.arms import arms
from reportedly.export.columns import Row, countries, shape
from reportedly.export.effects import one
from reportedly.export.targets import lexicon, targets
from reportedly.records import Article, Attribution, Claim, Event, EventDate, Place, Quantity, QuantityKind

_ROLES = {"site": 0, "target": 1, "origin": 2, "other": 3}


def incident_row(dossier: Dossier) -> Row:
    """The row of `dossier`'s incident; the columns are ``export_incidents.toml``'s."""
    incident = dossier.incident
    return shape("incidents").row(
        {
            "incident_id": incident.incident_id,
            "title": incident.title,
            "event_type": incident.event_type,
            "family": incident.family,
            "stage": incident.stage,
            "negated": incident.negated,
            **_days(incident.date),
            **_where(incident.place),
            **_extent(incident.place),
            "actors": tuple(actor.name for actor in incident.actors),
            "actor_confidence": tuple(actor.confidence for actor in incident.actors),
            "recipients": incident.recipients,
            **_targets(dossier),
            "weapons": incident.weapons,
            **_codes(dossier),
            **_range("killed", incident.killed),
            **_range("wounded", incident.wounded),
            "event_clarity": incident.event_clarity,
            "number_of_claims": len(incident.claim_ids),
            "number_of_articles": incident.number_of_articles,
            "number_of_outlets": incident.number_of_outlets,
            "number_of_origins": incident.number_of_origins,
            "outlets": incident.outlets,
            "origins": incident.origins,
            "contradictions": tuple(_contradiction(each) for each in incident.contradictions),
            "reliability": incident.grade.reliability,
            "credibility": incident.grade.credibility,
            "grade_reasons": incident.grade.reasons,
            "first_reported": incident.first_reported,
            "last_updated": incident.last_updated,
            "last_recorded": last_recorded(dossier),
        }
    )


def claim_rows(dossier: Dossier) -> Iterator[Row]:
    """A row for each claim of `dossier`, in its order; the columns are ``export_claims.toml``'s."""
    table = shape("claims")
    for testimony in dossier.testimonies:
        claim = testimony.claim
        factuality = claim.factuality
        yield table.row(
            {
                "claim_id": claim.claim_id,
                "incident_id": dossier.incident.incident_id,
                **_standing(testimony),
                **_said(claim.attribution),
                **_published(testimony.article),
                "headline": claim.headline,
                "sentence": claim.sentence.text,
                "content": tuple(span.text for span in claim.content),
                "sentence_start": claim.sentence.start,
                "sentence_end": claim.sentence.end,
                **_happened(claim.event),
                **_befell(claim),
                "stage": factuality.stage if factuality else None,
                "polarity": factuality.polarity if factuality else None,
                "certainty": factuality.certainty if factuality else None,
            }
        )


def last_recorded(dossier: Dossier) -> str | None:
    """When the ledger took in the latest of its claims (UTC)."""
    return max((testimony.recorded_at for testimony in dossier.testimonies), default=None)


def on_the_map(place: Place | None) -> bool:
    """Whether it has coordinates, and they are on the map."""
    return (
        place is not None
        and place.lat is not None
        and place.lon is not None
        and -90 <= place.lat <= 90
        and -180 <= place.lon <= 180
    )


def _targets(dossier: Dossier) -> dict[str, Any]:
    found = targets(dossier)
    unknown = "unknown"
    return {
        "recipient_kinds": tuple(each.party.kind or unknown for each in found),
        "recipient_civilian": tuple(each.civilian for each in found),
        "recipient_effects": tuple(each.effect for each in found),
        "recipient_nationality": tuple(each.country or unknown for each in found),
        "recipient_nationality_from": tuple(each.known_from or unknown for each in found),
        "recipient_gtd_targtype": tuple(each.gtd_txt or unknown for each in found),
        "recipient_gtd_targsubtype": tuple(each.subtype_txt or unknown for each in found),
        "recipient_acled_inter": tuple(each.inter or unknown for each in found),
        "recipient_plover_sector": tuple(each.sector or unknown for each in found),
    }


def _codes(dossier: Dossier) -> dict[str, Any]:
    code, first = coded(dossier), next(iter(arms(dossier)), None)
    return {
        "cameo_code": code.cameo,
        "cameo_root": code.cameo_root,
        "cameo_quad_class": code.quad,
        "plover_event": code.plover,
        "plover_mode": code.mode,
        "acled_disorder_type": code.acled_disorder,
        "acled_event_type": code.acled_event,
        "acled_sub_event_type": code.acled,
        "gtd_attacktype": code.gtd_number,
        "gtd_attacktype_txt": code.gtd,
        "gtd_weaptype": first.type if first else None,
        "gtd_weaptype_txt": first.type_txt if first else None,
        "gtd_weapsubtype": first.subtype if first else None,
        "gtd_weapsubtype_txt": first.subtype_txt if first else None,
    }


def _days(date: EventDate | None) -> dict[str, Any]:
    known = date if date is not None and date.resolved else None
    return {
        "date_start": known.start if known else None,
        "date_end": known.end if known else None,
        "date_prec": known.date_prec if known else None,
    }


def _where(place: Place | None) -> dict[str, Any]:
    country = countries().get(place.country or "") if place else None
    return {
        "place": place.name if place else None,
        "admin1": place.admin1 if place else None,
        "country_code": place.country if place else None,
        "country": country.name if country else None,
        "lat": place.lat if place and on_the_map(place) else None,
        "lon": place.lon if place and on_the_map(place) else None,
        "where_prec": place.where_prec if place else None,
    }


def _extent(place: Place | None) -> dict[str, Any]:
    radius = shape("incidents").maps["radius_km"].get(str(place.where_prec)) if place else None
    return {"exact": place.where_prec == 1 if place else None, "radius_km": float(radius) if radius else None}


def _range(name: str, bounds: Range | Quantity | None) -> dict[str, Any]:
    return {f"{name}_{part}": getattr(bounds, part, None) for part in ("low", "best", "high")}


def _contradiction(found: Contradiction) -> str:
    values = " / ".join(dict.fromkeys(side.value for side in found.sides))
    return f"{found.field} ({found.kind}): {values}"


def _standing(testimony: Testimony) -> dict[str, Any]:
    return {
        "account_id": testimony.account_id,
        "article_id": testimony.article.article_id,
        "capture_id": testimony.capture.capture_id,
        "entry_id": testimony.entry_id,
        "url": testimony.article.url or testimony.capture.url,
        "document_sha256": testimony.capture.document_sha256,
        "retrieved_on": testimony.capture.retrieved_on,
        "reprint_of": testimony.reprint_of,
        "recorded_at": testimony.recorded_at,
        "software": testimony.origin.software,
        "model": testimony.origin.model,
        "lexicons": testimony.origin.lexicons,
    }


def _published(article: Article) -> dict[str, Any]:
    return {
        "outlet": article.outlet,
        "publication_date": article.publication_date,
        "date_known_from": article.date_known_from,
        "article_title": article.title,
        "language": article.language,
    }


def _said(attribution: Attribution) -> dict[str, Any]:
    names = tuple(hop.name for hop in attribution.chain)
    first = attribution.chain[0] if attribution.chain else None
    return {
        "said_by": " > ".join(names) or None,
        "chain": names,
        "source_kind": first.kind if first else None,
        "source_role": first.role if first else None,
        "source_anonymous": first.anonymous if first else None,
        "stance": attribution.stance,
        "cue": attribution.cue.text if attribution.cue else None,
        "quotation": attribution.quotation,
    }


def _happened(event: Event | None) -> dict[str, Any]:
    place = min(event.places, key=lambda p: (_ROLES[p.role], p.where_prec), default=None) if event else None
    where = {name: value for name, value in _where(place).items() if name != "country"}
    quantities = event.quantities if event else ()
    return {
        "event_type": event.event_type if event else None,
        "trigger": event.trigger.text if event else None,
        "actors": tuple(actor.name for actor in event.actors) if event else (),
        "actor_confidence": tuple(actor.confidence for actor in event.actors) if event else (),
        "recipients": tuple(whom.name for whom in event.recipients) if event else (),
        "recipient_kinds": tuple(whom.kind for whom in event.recipients) if event else (),
        "weapons": tuple(weapon.category for weapon in event.weapons) if event else (),
        "weapon_names": tuple(weapon.name for weapon in event.weapons) if event else (),
        **where,
        "place_role": place.role if place else None,
        **_days(event.date if event else None),
        "date_words": event.date.mention.text if event and event.date else None,
        **_range("killed", _first(quantities, "killed")),
        **_range("wounded", _first(quantities, "wounded")),
        "quantities": tuple(_quantity(each) for each in quantities),
    }


def _befell(claim: Claim) -> dict[str, Any]:
    whom = claim.event.recipients if claim.event else ()
    return {"recipient_effects": tuple(one(claim, each, lexicon().effects) for each in whom)}


def _first(quantities: tuple[Quantity, ...], kind: QuantityKind) -> Quantity | None:
    return next((each for each in quantities if each.kind == kind), None)


def _quantity(number: Quantity) -> str:
    bounds = "/".join("-" if n is None else str(n) for n in (number.low, number.best, number.high))
    return f"{number.kind} {bounds} {number.qualifier}" + (f" {number.of}" if number.of else "")
