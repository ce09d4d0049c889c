"""group: claims of one article about one incident share an `incident_id`.

The claims are read in the order of the text, as a reader does. Each joins the incident that fits it best, or opens one. A rule must speak
for joining: the same day and place, a word that points back ("the attack"), a consequence that needs its act ("nine dead"), an answer
("denied any part"). Nothing that disagrees is ever in one incident, whatever speaks for it (`_incident_facts.disagree`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from reportedly.records import Claim, Reason, identity
from reportedly.stages._incident_facts import (
    COUNTRY,
    GENERIC,
    POLICE_WORK,
    TOWN,
    Facts,
    disagree,
    facts,
    one_realm,
    same_place,
)
from reportedly.stages._references import NOWHERE, Reference

ANSWERS = frozenset({"denies", "declines_to_confirm", "confirms", "claims_responsibility"})
NEAR = 3
"""Sentences over which a word that points back prefers what was just told to what leads the article."""
LEAD = 8
"""The last sentence that still tells what the headline told, if it tells of the same kind of act."""
LONG_AGO = 30
"""Days before the latest act of the article from which on an act is an aside."""
MONTH = 31
"""Days of the longest span in which two acts count as told of one time."""
DEADLY = frozenset({"killing", "assassination", "armed_assault"})
"""What kills, and is done to one person but once."""
TAKEN = frozenset({"kidnapping", "hostage_taking", "hijacking"})
"""What is done to one person but once, too, in one report."""
WEEK = 7
"""Days of the longest span that alone makes two acts one."""
MANY = 3
"""The least toll that two claims share for a reason."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The claims with their incidents, and for each claim why it is in its incident."""

    claims: tuple[Claim, ...]
    reasons: Mapping[str, Reason]


@dataclass(frozen=True, slots=True)
class _Link:
    """What speaks for `to`'s incident: the stronger rule decides, 9 (the same day and place) to 2 (nothing but the lead)."""

    strength: int
    rule: str
    to: Facts


@dataclass(slots=True)
class _Incident:
    """The claims of one incident so far, in the order of the text."""

    members: list[Facts] = field(default_factory=list)
    told: list[Facts] = field(default_factory=list)
    """The members that a new fact is compared with, in the order of the text; see `look_back`."""
    _far: dict[Hashable, Facts] = field(default_factory=dict)
    _near: list[Facts] = field(default_factory=list)

    def add(self, fact: Facts) -> None:
        """`fact` is the next of its claims."""
        self.members.append(fact)
        self._near.append(fact)

    def look_back(self, fact: Facts) -> None:
        """Leaves in `told` the members near `fact` and, of those further back than `NEAR`, the last of each profile.

        Only the rules for near sentences ask where a member stands, so that last one speaks as loud as all of them: a text that says one
        thing a thousand times costs a thousand steps and no million.
        """
        while self._near and fact.sentence - self._near[0].sentence > NEAR:
            member = self._near.pop(0)
            self._far.pop(member.profile, None)
            self._far[member.profile] = member
        self.told = [*self._far.values(), *self._near]

    @property
    def first(self) -> Facts:
        return self.members[0]

    @property
    def last(self) -> Facts:
        return self.members[-1]

    @property
    def violent(self) -> bool:
        return any(m.family == "violence" for m in self.told)

    @property
    def unreal(self) -> bool:
        """True where none of it came to pass: planned, foiled."""
        realms = [m.realm for m in self.told if m.family == "violence" and m.realm]
        return bool(realms) and "done" not in realms


def group(claims: Sequence[Claim], families: Mapping[str, str], references: Mapping[str, Reference]) -> Grouped:
    """`claims` of one article with their `incident_id`.

    Args:
        claims: claims of one article, each with an event, in any order; the order is kept.
        families: event type to its family (``event_types.toml``).
        references: claim_id to how its words point to the rest of the article; a claim that is not there points nowhere.

    Raises:
        ValueError: a claim has no event.
    """
    story = _Story()
    reasons: dict[str, tuple[str, Facts]] = {}
    for fact in _in_order(claims, families, references):
        link = story.place(fact)
        reasons[fact.claim_id] = (f"group:{link.rule}", link.to) if link is not None else ("group:first-told", fact)
    out = list(claims)
    why: dict[str, Reason] = {}
    for incident in story.incidents:
        first = claims[incident.first.index]
        name = identity("incident", [first.article_id, first.claim_id])
        for member in incident.members:
            claim = claims[member.index]
            out[member.index] = msgspec.structs.replace(claim, incident_id=name)
            rule, to = reasons[claim.claim_id]
            event = claims[to.index].event
            why[claim.claim_id] = Reason(
                field="incident_id", value=name, rule=rule, words=event.trigger if event else None
            )
    return Grouped(tuple(out), {claim.claim_id: why[claim.claim_id] for claim in claims})


def _in_order(claims: Sequence[Claim], families: Mapping[str, str], references: Mapping[str, Reference]) -> list[Facts]:
    """The facts in the order of the text, whatever the order of `claims`."""
    sentences = {start: number for number, start in enumerate(sorted({claim.sentence.start for claim in claims}))}
    found = [
        facts(index, claim, families, references.get(claim.claim_id, NOWHERE), sentences[claim.sentence.start])
        for index, claim in enumerate(claims)
    ]
    return sorted(found, key=lambda f: (f.at, f.claim_id))


class _Story:
    """The incidents of an article as far as it is read."""

    def __init__(self) -> None:
        self.incidents: list[_Incident] = []
        self.latest: date | None = None
        """The last day of any act so far."""

    def place(self, fact: Facts) -> _Link | None:
        """Puts `fact` into the incident that fits it best; None where it opens one."""
        if fact.day and (self.latest is None or fact.day[1] > self.latest):
            self.latest = fact.day[1]
        for incident in self.incidents:
            incident.look_back(fact)
        open_to = [i for i in self.incidents if not any(disagree(fact, member) for member in i.told)]
        meant = self._meant(fact, open_to)
        best: tuple[int, int, int] | None = None
        chosen: tuple[_Incident, _Link | None] | None = None
        for number, incident in enumerate(open_to):
            link = _further(fact, incident) if fact.reference.kind == "new" else self._link(fact, incident, meant)
            if link is None or (self._is_further(incident) and link.strength < 6 and not _follows(fact, incident)):
                continue
            rank = (link.strength, incident.last.at, -number)
            if best is None or rank > best:
                best, chosen = rank, (incident, link)
        if chosen is None:
            chosen = (_Incident(), None)
            self.incidents.append(chosen[0])
        chosen[0].add(fact)
        return chosen[1]

    def _is_further(self, incident: _Incident) -> bool:
        """Whether it was told as one more; what leads the article is what the article is about: "Another bomb went off in Lima"."""
        return incident.first.reference.kind == "new" and incident is not self.incidents[0]

    def _link(self, fact: Facts, incident: _Incident, meant: _Incident | None) -> _Link | None:
        """The strongest rule that speaks for `incident`."""
        links = [_between(fact, member) for member in incident.told]
        links += [_police(fact, incident), self._by_default(fact, incident) if incident is meant else None]
        found = [link for link in links if link is not None]
        return max(found, key=lambda link: (link.strength, link.to.at)) if found else None

    # What is meant where the words do not say ------------------------------------------------------------------------

    def _meant(self, fact: Facts, open_to: Sequence[_Incident]) -> _Incident | None:
        """The incident that a reader supplies: "that attack" is the last one told; "the attack" the last one, but no aside, if it
        was just told, else the one that leads the article."""
        fitting = [i for i in open_to if _same_matter(fact, i)]
        if not fitting:
            return None
        exact = [i for i in fitting if any(m.event_type == fact.event_type for m in i.told)]
        if fact.reference.kind == "anaphoric":
            just = [i for i in fitting if fact.sentence - i.last.sentence <= 1]
            return max(just or exact or fitting, key=lambda i: i.last.at)
        told = [
            i
            for i in fitting
            if not self._aside(i) and not (self._is_further(i) and fact.sentence - i.last.sentence > 1)
        ]
        if fact.event_type not in GENERIC:
            told = [i for i in told if i in exact] or told
        near = [i for i in told if fact.sentence - i.last.sentence <= NEAR]
        if near:
            return max(near, key=lambda i: i.last.at)
        return told[0] if told else None

    def _aside(self, incident: _Incident) -> bool:
        """History, or what has not come to pass in an article about what has."""
        lead = next((i for i in self.incidents if i.violent), incident)
        if incident.unreal and not lead.unreal:
            return True
        own = [m.day[1] for m in incident.told if m.day]
        return bool(own) and self.latest is not None and (self.latest - max(own)).days > LONG_AGO

    def _by_default(self, fact: Facts, incident: _Incident) -> _Link | None:
        """What speaks for the incident that is meant."""
        last, realm = incident.last, any(one_realm(fact, m) for m in incident.told if m.family == fact.family)
        if fact.effect and not fact.places and realm and not self._elsewhere(fact, incident):
            return _Link(5, "consequence", last)
        if fact.reference.of_day and not fact.places and realm and not any(m.day for m in incident.members):
            return _Link(5, "known-by-its-day", last)
        if _retold(fact, incident):
            return _Link(6, "the-one-told-of", last)
        if fact.bare and fact.reference.by_its_doers and realm and fact.sentence - last.sentence <= NEAR:
            return _Link(4, "by-its-doers", last)
        if not fact.bare or _others_harmed(fact, incident.told):
            return None
        if fact.refers:
            return _Link(6, "that-one" if fact.reference.kind == "anaphoric" else "the-one-told", last)
        if realm and (fact.stance in ANSWERS or fact.negated):
            return _Link(5, "answer", last)
        if incident.unreal and fact.stage == "planned" and fact.stance != "warns":
            return _Link(4, "the-plan", last)
        if (
            realm
            and fact.family == "violence"
            and fact.event_type != "attack"
            and any(m.event_type == fact.event_type for m in incident.told)
        ):
            return _Link(3, "the-same-kind", last)
        leads = (
            incident is self.incidents[0]
            and fact.stance != "warns"
            and fact.stage not in ("threatened", "hypothetical")
        )
        return _Link(2, "the-lead", last) if realm and leads and not self._elsewhere(fact, incident) else None

    def _elsewhere(self, fact: Facts, incident: _Incident) -> bool:
        """Whether the sentence before tells of something else that came to pass, with its own day or place."""
        since = [
            m
            for i in self.incidents
            if i is not incident
            for m in i.told
            if m.at > incident.last.at and fact.sentence - m.sentence <= 2
        ]
        return any(not m.bare and m.realm == "done" for m in since)


def _follows(fact: Facts, incident: _Incident) -> bool:
    """Whether a sentence says what the act just told brought about: "Elsewhere, a car bomb went off. Four people were wounded"."""
    return fact.effect and fact.bare and fact.sentence - incident.last.sentence <= 1


def _one_person(fact: Facts, other: Facts) -> bool:
    """Whether both name one person whom it was done to: "Juan Ruiz" and "Juan Ruiz Paz"."""
    return any(p <= q or q <= p for p in fact.persons for q in other.persons)


def _one_thing(fact: Facts, other: Facts) -> bool:
    """Whether both struck one building or vehicle, each in the same way: "a U.S. embassy warehouse", "the embassy warehouse"."""
    alike = fact.event_type == other.event_type or "attack" in (fact.event_type, other.event_type)
    return alike and any(p <= q or q <= p for p in fact.things for q in other.things)


def _one_meant(fact: Facts, other: Facts) -> bool:
    """Whether it was done to those of whom the other told: "held them hostage", "fired at the car"."""
    kinds = {fact.event_type, other.event_type}
    once = kinds <= DEADLY | {"attack"} or kinds <= TAKEN
    return once and fact.sentence - other.sentence <= LEAD and bool(fact.meant & other.names)


def _one_toll(fact: Facts, other: Facts) -> bool:
    """Whether neither counts other dead than the other."""
    return not (fact.toll and other.toll and fact.toll != other.toll)


def _others_harmed(fact: Facts, others: Iterable[Facts]) -> bool:
    """Whether `others` killed somebody else, and by no hand that both name: "the murder of Juan Ruiz", told after that of Ana Paz."""
    harmed = [other for other in others if other.persons and other.event_type in DEADLY]
    if fact.event_type not in DEADLY or not fact.persons or not harmed:
        return False
    return not any(_one_person(fact, other) or fact.actors & other.actors for other in harmed)


def _retold(fact: Facts, incident: _Incident) -> bool:
    """ "The attack took place on Monday in Maradi": when or where an act just told was, which did not say so itself."""
    if not (fact.refers and fact.reference.nominal) or fact.recipients or fact.bare:
        return False
    near = fact.sentence - incident.last.sentence <= NEAR
    alike = any(m.event_type == fact.event_type for m in incident.told)
    alike = alike or (fact.event_type == "attack" and not fact.actors)
    towns = any(p.where_prec <= TOWN for m in incident.told for p in m.places)
    new = (fact.day and not any(m.day for m in incident.told)) or (fact.places and not towns)
    return bool(near and alike and new)


def _same_matter(fact: Facts, incident: _Incident) -> bool:
    """Whether a bare mention can stand for `incident`: violence for violence, an arrest for an arrest."""
    if fact.family == "violence" or fact.pointing_raid:
        return incident.violent or (fact.pointing_raid and any(m.event_type == "raid" for m in incident.told))
    return any(m.event_type == fact.event_type for m in incident.told)


# What speaks for one incident ----------------------------------------------------------------------------------------


def _further(fact: Facts, incident: _Incident) -> _Link | None:
    """ "A second bomb" opens an incident; only what is told of that one joins it."""
    for member in reversed(incident.told):
        if member.reference.kind == "new" and (
            member.sentence == fact.sentence or member.event_type == fact.event_type
        ):
            return _Link(8, "same-further-one", member)
    return None


def _between(fact: Facts, other: Facts) -> _Link | None:
    """The strongest rule that speaks for both being about one incident."""
    day = _one_day(fact, other) and not fact.effect and not other.effect
    place = any(same_place(p, q) for p in fact.places for q in other.places)
    if day and place:
        return _Link(9, "same-day-and-place", other)
    if fact.sentence == other.sentence:
        return _in_one_sentence(fact, other)
    alike = fact.event_type == other.event_type or GENERIC & {fact.event_type, other.event_type}
    if alike and one_realm(fact, other) and "done" in (fact.realm, other.realm):
        if fact.toll and fact.toll == other.toll and fact.toll >= MANY and not (fact.day and other.day):
            return _Link(7, "same-toll", other)
        if fact.hurt and fact.hurt == other.hurt and fact.hurt >= MANY and not (fact.day or fact.places):
            return _Link(6, "same-wounded", other)
        apart = _others_harmed(fact, [other]) and not fact.refers
        if place and not apart and not (fact.day and other.day) and all(p.where_prec <= TOWN for p in fact.places):
            return _Link(7, "same-place", other)
    if day and _is_short(fact, other) and not (fact.places and other.places) and one_realm(fact, other):
        return _Link(6, "same-day", other)
    elsewhere = bool(fact.places and other.places) and not place
    near = fact.sentence - other.sentence <= NEAR and fact.family == other.family
    leads = near or (fact.sentence <= LEAD and fact.event_type == other.event_type)
    if leads and other.headline and not elsewhere and one_realm(fact, other):
        return _Link(6, "headline", other)
    if (
        near
        and other.sentence <= NEAR
        and not (fact.day and other.day)
        and fact.realm == other.realm
        and _nested(fact, other)
    ):
        return _Link(4, "place-in-place", other)
    return _same_people(fact, other)


def _one_day(fact: Facts, other: Facts) -> bool:
    """Whether both give the same time; two spans that only overlap must be of a month at most."""
    if fact.day is None or other.day is None:
        return False
    short = all((last - first).days <= MONTH for first, last in (fact.day, other.day))
    return fact.day == other.day or (short and fact.several == other.several)


def _is_short(fact: Facts, other: Facts) -> bool:
    """Whether acts of two kinds do not share only a span of more than a week: "this month" and "yesterday"."""
    return fact.event_type == other.event_type or all(
        (span[1] - span[0]).days <= WEEK for span in (fact.day, other.day) if span is not None
    )


def _nested(fact: Facts, other: Facts) -> bool:
    """Whether one names the country of the other's town, as the headline does of the lead's."""
    pairs = ((p, q) for p in fact.places for q in other.places)
    return any(
        p.country and p.country == q.country and (p.where_prec == COUNTRY) != (q.where_prec == COUNTRY)
        for p, q in pairs
    )


def _in_one_sentence(fact: Facts, other: Facts) -> _Link | None:
    if fact.effect != other.effect and fact.family == other.family:
        return _Link(8, "consequence-in-sentence", other)
    if {fact.event_type, other.event_type} <= POLICE_WORK:
        return _Link(8, "police-work-in-sentence", other)
    unlike = fact.event_type != other.event_type
    dead = {fact.event_type, other.event_type} <= DEADLY and fact.recipients and fact.recipients == other.recipients
    if unlike and dead and one_realm(fact, other) and _one_toll(fact, other):
        return _Link(7, "same-dead-in-sentence", other)
    burnt = "arson" in (fact.event_type, other.event_type) and fact.negated == other.negated
    if unlike and fact.family == other.family and one_realm(fact, other) and (fact.actors & other.actors or burnt):
        return _Link(7, "one-deed-in-sentence", other)
    return None


def _same_people(fact: Facts, other: Facts) -> _Link | None:
    """Who did it to whom is the same; or the next sentence goes on about it."""
    shot_down = fact.event_type == other.event_type and fact.realm == "stopped" and fact.weapons & other.weapons
    if not (one_realm(fact, other) or fact.negated or shot_down):
        return None
    kinds = {fact.event_type, other.event_type}
    if (kinds <= DEADLY or kinds <= TAKEN) and _one_person(fact, other):
        return _Link(6, "same-person", other)
    if _one_meant(fact, other):
        return _Link(6, "the-one-meant", other)
    if _one_thing(fact, other):
        return _Link(6, "same-thing", other)
    if {fact.event_type, other.event_type} <= DEADLY and fact.known & other.crowds and _one_toll(fact, other):
        return _Link(5, "the-same-people", other)
    victims = fact.recipients & other.recipients
    if victims and fact.actors & other.actors and fact.event_type == other.event_type:
        return _Link(6, "same-people", other)
    if fact.number and fact.number == other.number and fact.number > 1:
        return _Link(6, "same-number-of-acts", other)
    gap = fact.sentence - other.sentence
    if _others_harmed(fact, [other]) or not fact.bare or fact.family != other.family or gap > NEAR:
        return None
    if fact.weapons & other.weapons and fact.event_type == other.event_type:
        return _Link(3, "same-weapon", other)
    same = fact.event_type == other.event_type and fact.event_type not in GENERIC
    if gap <= 1 and (
        same or (fact.side and fact.side == other.side) or fact.actors & other.actors or fact.weapons & other.weapons
    ):
        return _Link(3, "goes-on", other)
    return None


def _police(fact: Facts, incident: _Incident) -> _Link | None:
    """A foiled plot and the arrest of its plotters are one incident; what is only planned is no reason for an arrest told before it."""
    work = fact.event_type in POLICE_WORK
    plot = (
        incident.unreal
        if work
        else fact.family == "violence" and fact.realm != "done" and incident.first.event_type in POLICE_WORK
    )
    if not plot or not (work or fact.realm in (None, "stopped")):
        return None
    stopped = "stopped" in (fact.realm, *(m.realm for m in incident.told))
    day = any(m.day and m.day == fact.day for m in incident.told)
    if day or (stopped and any(m.sentence == fact.sentence for m in incident.told)):
        return _Link(7, "plot-and-arrest", incident.last)
    near = fact.sentence - incident.last.sentence <= NEAR and (stopped or incident.first.headline)
    return _Link(5, "plot-and-arrest", incident.last) if near else None
