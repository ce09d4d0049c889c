"""What a claim says of its incident, in a form that can be compared, and when two claims cannot be about one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reportedly.records import Actor, Claim, Event, Place, Recipient
from reportedly.stages._references import Reference, Side
from reportedly.stages._toponym_senses import great_circle_km

GENERIC = frozenset({"attack", "killing", "armed_assault"})
"""Types that another word for the same act may have."""
APART = frozenset({"sexual_violence", "abuse", "looting"})
"""Violence that "the attack" does not stand for."""
POLICE_WORK = frozenset({"arrest", "raid", "seizure"})
ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"bombing", "suicide_bombing", "unconventional_attack"}),
    frozenset({"kidnapping", "hostage_taking", "hijacking"}),
    frozenset({"air_strike", "drone_strike", "shelling", "arson"}),
    frozenset({"bombing", "arson", "sabotage"}),
    frozenset({"assassination", "bombing"}),
    frozenset({"assassination", "melee_assault"}),
    frozenset({"riot", "protest"}),
    POLICE_WORK,
)
REALMS: Mapping[str, str] = {
    "accomplished": "done",
    "ongoing": "done",
    "attempted": "stopped",
    "foiled": "stopped",
    "planned": "open",
    "threatened": "open",
    "hypothetical": "open",
}
LONGEST_DYING = 60
"""Days after an act in which a death is still held to be its."""
ONE_SPOT, FAR = 30.0, 80.0
"""Kilometres within which two towns are one spot, and from which on they are two."""
COUNTRY = 6
"""The `where_prec` of a country."""
TOWN = 3
"""The coarsest `where_prec` that still tells two places apart."""
STOPWORDS = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "and",
        "in",
        "at",
        "two",
        "three",
        "four",
        "five",
        "about",
        "some",
        "people",
        "person",
        "man",
        "men",
        "on",
    }
)
PERSONS = frozenset({"person", "government"})
"""Kinds of recipients of whom one may have a name."""
BODIES = frozenset(
    {
        "alliance",
        "army",
        "brigade",
        "battalion",
        "command",
        "company",
        "enterprise",
        "force",
        "forces",
        "front",
        "government",
        "group",
        "guard",
        "headquarters",
        "ministry",
        "movement",
        "office",
        "party",
        "patrol",
        "police",
        "regiment",
        "station",
        "union",
        "unit",
    }
)
"""Words that end the name of a body of people, or of what they sit in."""
BACK = frozenset({"he", "she", "they", "him", "her", "them", "his", "their", "who", "whom", "it"})
"""Words for somebody already told of."""
EVER_THERE = frozenset(
    {"city", "country", "crowd", "enemy", "nation", "population", "public", "region", "state", "town", "village"}
)
"""What "the" says of the only one there is: it need not have been told of."""
TELLING = frozenset({"person", "civilians", "infrastructure", "vehicle", "unknown"})
"""Kinds of recipients that a text tells apart."""
PARTICLES = frozenset({"de", "del", "la", "al", "el", "bin", "ibn", "van", "von", "da", "dos", "y"})
"""Small words within names."""
NO_NAMES = STOPWORDS | {
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "many",
    "several",
    "other",
    "others",
    "dozens",
    "hundreds",
    "more",
    "all",
}
POINTS = ("the ", "these ", "those ")
EVERYBODY = frozenset(
    {
        "people",
        "civilians",
        "persons",
        "others",
        "population",
        "victims",
        "members",
        "citizens",
        "hundreds",
        "thousands",
    }
)
"""Words for people by which nobody is known."""
THINGS = frozenset({"infrastructure", "vehicle"})
DISPUTED = frozenset({"denied", "possible", "accused", "accused_by_authorities"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One claim. `realm` is None where a noun only points back to an act: the stage is that act's."""

    index: int
    claim_id: str
    event_type: str
    family: str
    stage: str
    realm: str | None
    negated: bool
    stance: str
    headline: bool
    day: tuple[date, date] | None
    places: tuple[Place, ...]
    actors: frozenset[str]
    groups: frozenset[str]
    side: Side | None
    recipients: frozenset[str]
    persons: frozenset[frozenset[str]]
    """The names of persons whom it was done to, each as its words."""
    things: frozenset[frozenset[str]]
    """Buildings and vehicles that it was done to, each one, as at least two words: "the U.S. embassy", no "houses"."""
    crowds: frozenset[str]
    """The head words of people without names whom it was done to: "six nuns"."""
    known: frozenset[str]
    """Those of them that are known already: "the nuns"."""
    names: frozenset[str]
    """The whole names of all whom it was done to, in small letters."""
    meant: frozenset[str]
    """Those of them that the words only point to: "them", "the two teachers"."""
    weapons: frozenset[str]
    number: int | None
    toll: int | None
    hurt: int | None
    several: bool
    """Whether it sums up acts of several days: "bomb explosions in the last 48 hours"."""
    reference: Reference
    effect: bool
    sentence: int
    at: int

    @property
    def profile(self) -> Hashable:
        """What it says, but not where it stands in the text: whatever disagrees with one claim disagrees with all of its profile."""
        return (
            self.event_type,
            self.stage,
            self.negated,
            self.headline,
            self.day,
            tuple((p.name.casefold(), p.country, p.where_prec, p.lat, p.lon) for p in self.places),
            self.actors,
            self.groups,
            self.side,
            self.recipients,
            self.persons,
            self.things,
            self.crowds,
            self.known,
            self.names,
            self.meant,
            self.weapons,
            self.number,
            self.toll,
            self.hurt,
            self.several,
            self.reference.series,
            self.reference.kind,
            self.reference.nominal,
            self.effect,
        )

    @property
    def bare(self) -> bool:
        """True where it says neither when nor where."""
        return self.day is None and not self.places

    @property
    def pointing_raid(self) -> bool:
        """ "The raid" may be an attack that was told, or what the police did."""
        return self.event_type == "raid" and self.refers and self.reference.nominal and self.side != "state"

    @property
    def refers(self) -> bool:
        """True where its words point to an act already told."""
        return self.reference.kind in ("definite", "anaphoric")


def facts(index: int, claim: Claim, families: Mapping[str, str], reference: Reference, sentence: int) -> Facts:
    """The facts of `claim`, the `index`-th of its article.

    Args:
        index: its number among the claims given.
        claim: the claim.
        families: event type to its family.
        reference: how its words point to the rest of the article.
        sentence: the number of its sentence, where `reference` does not know it.

    Raises:
        ValueError: the claim has no event.
    """
    event = claim.event
    if event is None or claim.factuality is None:
        raise ValueError(f"claim {claim.claim_id} has no event to group")
    pointing = reference.nominal and reference.kind in ("definite", "anaphoric")
    actors = () if reference.guessed else event.actors
    groups = frozenset(
        a.canonical_id
        for a in actors
        if a.confidence not in DISPUTED and a.canonical_id and a.canonical_id.startswith("group:")
    )
    day = _day(event) if reference.dated else None
    plural = reference.nominal and reference.kind == "none" and event.trigger.text.lower().endswith("s")
    return Facts(
        index=index,
        claim_id=claim.claim_id,
        event_type=event.event_type,
        family=families[event.event_type],
        stage=claim.factuality.stage,
        realm=None if pointing else REALMS[claim.factuality.stage],
        negated=claim.factuality.polarity == "negated",
        stance=claim.attribution.stance,
        headline=claim.headline,
        day=day,
        places=tuple(p for p in event.places if p.role in ("site", "target")) if reference.placed else (),
        actors=_words(a.canonical_id or a.name for a in actors),
        groups=groups,
        side="armed" if groups else reference.side or _side(actors),
        recipients=_words(r.canonical_id or r.name for r in event.recipients),
        persons=frozenset(_words([r.name]) for r in event.recipients if _is_person(r)),
        things=frozenset(_words([r.name]) for r in event.recipients if _is_one_thing(r)),
        crowds=frozenset(_crowd(r) for r in event.recipients) - {""},
        known=frozenset(_crowd(r) for r in event.recipients if r.mention.text.lower().startswith(POINTS)) - {""},
        names=frozenset(r.name.lower() for r in event.recipients),
        meant=frozenset(r.name.lower() for r in event.recipients if _is_pointed_to(r)),
        weapons=frozenset(w.category for w in event.weapons),
        number=_number(event, "events"),
        toll=_number(event, "killed"),
        hurt=_number(event, "wounded"),
        several=plural and day is not None and day[0] < day[1],
        reference=reference,
        effect=reference.consequence and not actors,
        sentence=sentence if reference.sentence is None else reference.sentence,
        at=event.trigger.start,
    )


def _side(actors: Iterable[Actor]) -> Side | None:
    """Whose deed it is by the canonical id of the first known actor (``actors.csv``)."""
    sides: Mapping[str, Side] = {"group": "armed", "state": "state", "country": "state"}
    return next(
        (
            sides[kind]
            for a in actors
            if (kind := (a.canonical_id or "").split(":")[0]) in sides and a.confidence not in DISPUTED
        ),
        None,
    )


def _day(event: Event) -> tuple[date, date] | None:
    when = event.date
    if when is None or not when.resolved or when.start is None or when.end is None:
        return None
    return date.fromisoformat(when.start), date.fromisoformat(when.end)


def _words(names: Iterable[str]) -> frozenset[str]:
    words = (
        word.removesuffix("’s").removesuffix("'s").strip(".,'’") for name in names for word in name.lower().split()
    )
    return frozenset(word for word in words if word not in STOPWORDS and not word.isdigit())


def _is_person(recipient: Recipient) -> bool:
    """Whether a recipient is one person, by a name of two words at least: "Juan Ruiz", no "Two Soldiers"."""
    words = [word for word in recipient.name.split() if word.lower() not in PARTICLES]
    named = all(word[0].isupper() and word.lower() not in NO_NAMES for word in words)
    sure = recipient.kind in PERSONS or (recipient.kind == "unknown" and _may_be_a_name(recipient))
    return named and len(words) > 1 and sure


def _may_be_a_name(recipient: Recipient) -> bool:
    """Whether what nothing is known of can be a person: "Ana Ruiz", no "Ruiz Workers", no "His Party"."""
    words = recipient.name.lower().split()
    body = words[-1] in BODIES or words[-1].endswith("s") or recipient.canonical_id is not None
    return not body and words[0] not in BACK


def _is_pointed_to(recipient: Recipient) -> bool:
    """ "Them", or "the two teachers" after "two teachers"; "the population" and "the people" are always there."""
    said = recipient.mention.text.lower()
    if said in BACK:
        return True
    head = _head(recipient)
    many = head.endswith("s") or head in EVERYBODY
    counted = any(word in NO_NAMES or word.isdigit() for word in said.split()[1:2])
    telling = recipient.kind in TELLING and head not in EVERYBODY | EVER_THERE | BODIES
    return said.startswith(POINTS) and telling and (not many or counted)


def _is_one_thing(recipient: Recipient) -> bool:
    """Whether a recipient is a building or a vehicle that two words at least tell from others: "the U.S. embassy", no "two police posts"."""
    words = _words([recipient.name])
    return recipient.kind in THINGS and len(words) > 1 and not _head(recipient).endswith("s")


def _crowd(recipient: Recipient) -> str:
    """ "nuns" of "six elderly nuns"; empty for things, for one person and for people of whom no more is said."""
    word = _head(recipient)
    people = recipient.kind in ("civilians", "government", "military", "police", "unknown")
    return word if people and word.endswith("s") and word not in EVERYBODY else ""


def _head(recipient: Recipient) -> str:
    """The last word before "of" or "in", in small letters."""
    words = recipient.name.lower().split()
    end = next((k for k, word in enumerate(words) if k and word in ("of", "in", "from", "at", "who")), len(words))
    return words[end - 1] if words else ""


def _number(event: Event, kind: str) -> int | None:
    return next((q.best for q in event.quantities if q.kind == kind and q.best is not None), None)


def one_realm(a: Facts, b: Facts) -> bool:
    """Whether both came to pass, or neither did."""
    return a.realm is None or b.realm is None or (a.realm == "done") == (b.realm == "done")


def disagree(a: Facts, b: Facts) -> bool:
    """True where no careful reader takes both to be about one incident."""
    return (
        not types_fit(a, b)
        or _days_apart(a, b)
        or places_apart(a.places, b.places)
        or _counts_apart(a, b)
        or _realms_apart(a, b)
        or _actors_apart(a, b)
        or _means_apart(a, b)
        or _told_in_a_row(a, b)
    )


def types_fit(a: Facts, b: Facts) -> bool:
    """Whether both types can be one act, or an act and what the police did about it."""
    kinds = {a.event_type, b.event_type}
    if len(kinds) == 1 or any(kinds <= alike for alike in ALIKE):
        return True
    if a.family == b.family == "violence":
        return bool(kinds & GENERIC) and not kinds & APART
    if any(
        f.pointing_raid and other.family == "violence" and other.event_type not in APART
        for f, other in ((a, b), (b, a))
    ):
        return True
    if kinds == {"attack", "riot"}:
        return True
    unreal = "violence" in (a.family, b.family) and not any(
        f.family == "violence" and f.realm == "done" for f in (a, b)
    )
    return unreal and bool(kinds & POLICE_WORK or "preparation" in (a.family, b.family))


def _days_apart(a: Facts, b: Facts) -> bool:
    if a.day is None or b.day is None or (a.family != b.family and "open" in (a.realm, b.realm)):
        return False  # a plan for July and an arrest in June
    if a.effect and b.effect:
        return abs((a.day[0] - b.day[0]).days) > LONGEST_DYING
    if a.effect or b.effect:
        act, death = (b.day, a.day) if a.effect else (a.day, b.day)
        return death[1] < act[0] or (death[0] - act[1]).days > LONGEST_DYING
    return a.day[1] < b.day[0] or b.day[1] < a.day[0]


def _counts_apart(a: Facts, b: Facts) -> bool:
    return (a.number or 1) != (b.number or 1) and not (
        (a.refers and a.number is None) or (b.refers and b.number is None)
    )


def _realms_apart(a: Facts, b: Facts) -> bool:
    if a.negated or b.negated or a.family != b.family:
        return False
    return {a.realm, b.realm} == {"done", "open"}


def _actors_apart(a: Facts, b: Facts) -> bool:
    if "armed_clash" in (a.event_type, b.event_type) or a.family != b.family:
        return False
    if a.side and b.side and a.side != b.side:
        return True
    return bool(a.groups and b.groups and not a.groups & b.groups)


def _means_apart(a: Facts, b: Facts) -> bool:
    """Whether one was done with guns alone and the other is a bombing, in another sentence, and neither points back."""
    if a.sentence == b.sentence or a.refers or b.refers or a.effect or b.effect:
        return False
    shot = [f for f in (a, b) if f.event_type in GENERIC and f.weapons == {"firearm"}]
    blown = [f for f in (a, b) if f.event_type == "bombing"]
    return bool(shot and blown)


def _told_in_a_row(a: Facts, b: Facts) -> bool:
    """ "They confessed to the murder of Ana Ruiz and to the bombing of the bank": two acts, each to somebody of its own."""
    if a.reference.series is None or a.reference.series != b.reference.series or a.sentence != b.sentence:
        return False
    own = bool(a.names and b.names) and not a.recipients & b.recipients
    return own and (a.event_type == b.event_type or bool(a.persons or b.persons))


def places_apart(here: tuple[Place, ...], there: tuple[Place, ...]) -> bool:
    """True where every place of one is certainly another place than every place of the other."""
    return bool(here and there) and all(_apart(p, q) for p in here for q in there)


def _apart(p: Place, q: Place) -> bool:
    if p.country and q.country and p.country != q.country:
        return True
    if max(p.where_prec, q.where_prec) > TOWN or same_place(p, q):
        return False
    return (_km(p, q) or 0.0) > FAR


def same_place(p: Place, q: Place) -> bool:
    """Whether both are one town, by name, gazetteer entry or distance."""
    if p.name.casefold() == q.name.casefold():
        return True
    distance = _km(p, q)
    return max(p.where_prec, q.where_prec) <= TOWN and distance is not None and distance < ONE_SPOT


def _km(p: Place, q: Place) -> float | None:
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return None
    return great_circle_km(p.lat, p.lon, q.lat, q.lon)
