"""One incident's claims as one MUC-4 template: the tables of ``muc4.toml``, and what goes into which slot."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import reportedly
from evals._muc4_beside import called, description
from evals._muc4_places import Kinds, location, place_kinds, plain
from evals._muc4_score import MONTHS
from evals._muc4_templates import Fill, Template, Value
from evals._muc4_words import GENERIC, bare, head, is_role, named, plural
from reportedly.lexicons import load
from reportedly.records import Actor, Claim, Event, Place, Quantity, Recipient, Weapon
from reportedly.stages._words import EventTypes

LEXICONS = Path(reportedly.__file__).parent / "lexicons"
ORDER = ("BOMBING", "KIDNAPPING", "HIJACKING", "ARSON", "ROBBERY", "ATTACK")
"""The type of an incident of which claims say different ones: an attack that was a bombing is a bombing."""
AERIAL = {"air_strike": "ATTACK", "drone_strike": "ATTACK"}
"""What is done with an AERIAL BOMB is "to be labeled ATTACK rather than BOMBING" (section 7.8)."""
UNITS = frozenset({"UNITS", "COMMANDS", "CELLS"})
"""Parts of a body, which are its people: "urban commands", "guerrilla units"."""
NO_NAMES = frozenset({"FORCES", "FRONT", "MOVEMENT", "PARTY", "UNION", "ALLIANCE", "COMMAND", "DIVISION", "CORPS"})
"""Words that name a body only with others: "our forces" are somebody's."""
SURER = (
    "REPORTED AS FACT",
    "POSSIBLE",
    "SUSPECTED OR ACCUSED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "CLAIMED OR ADMITTED",
)
"""Of two confidences the one further on holds: "did the perpetrator report it", "was any uncertainty expressed" (part 2, slot 11)."""
FEW = 2
STAGES = ("ACCOMPLISHED", "ATTEMPTED", "THREATENED")
MONTH = 3
"""A date's precision where no more than its month is known."""
ARMED_KINDS = {"military": "ACTIVE MILITARY", "police": "LAW ENFORCEMENT"}
ROUTE = "TRANSPORTATION ROUTE"
REBELS = frozenset({"MEMBERS", "LEADERS", "GROUPS", "FIGHTERS", "COMMANDERS", "UNITS", "COLUMNS", "CHIEFS"})
"""What those are called who belong to an armed group."""
THINGS = frozenset({"infrastructure", "vehicle", "place", "organisation"})
AT_PEOPLE = frozenset({"kidnapping", "killing", "assassination"})
"""Acts that nobody does to things."""
EMPTY = re.compile(
    r"|THOUSANDS|HUNDREDS|DOZENS|OTHERS|THEM|THEY|WE|US|IT|HE|SHE|HIM|HER|YOU|WHO|WHOM|THIS|THOSE|ANYONE|ANYBODY|EVERYONE|NOBODY|GROUP|ORGANIZATION|NUMBER OF THEM|ITSELF|THEMSELVES"
)
"""Words that name nobody."""
ACRONYM = re.compile(r"[A-Z]{3,6}")
BRACKETS = (("(", ")"), ("[", "]"), ("[", ")"), ("(", "]"))


def _begins(word: str, text: str) -> bool:
    """Whether a word of a text begins so; is it whole, where the entry ends with a full stop."""
    whole = word.endswith(".")
    return (
        re.search(
            rf"\b{re.escape(word.removesuffix('.'))}{'s?' if whole else ''}" + (r"\b" if whole else ""), text, re.I
        )
        is not None
    )


@dataclass(frozen=True, slots=True)
class Tables:
    """From our values to MUC-4's."""

    types: Mapping[str, str]
    words: Mapping[str, Any]
    is_english: Callable[[str], bool]
    """Whether a word in small letters stands in a dictionary: what does not may be a name."""
    roles: frozenset[str]
    """Words for what people are."""
    places: Kinds
    """What MUC-4's list of places calls them."""

    def kind(self, table: str, text: str, default: str) -> str:
        """The value whose words a text holds, the first of the table."""
        for name, found in self.words[table]:
            if any(_begins(word, text) for word in found):
                return str(name)
        return default

    def most(self, table: str, text: str) -> str:
        """The value whose words a text holds most often; empty where it holds none."""
        best = max((name for name, _ in self.words[table]), key=lambda name: self.count(table, name, text))
        return best if self.count(table, best, text) else ""

    def count(self, table: str, name: str, text: str) -> int:
        """How often a text holds the words of a value."""
        found = next((words for known, words in self.words[table] if known == name), ())
        return sum(len(re.findall(rf"\b{word}", text)) for word in found)

    def holds(self, table: str, text: str) -> bool:
        """Whether a text holds a word of a plain list."""
        return any(_begins(word, text) for word in self.words[table])


def load_tables(is_english: Callable[[str], bool] = lambda word: False, data: Path | None = None) -> Tables:
    """``event_types.toml``, ``muc4.toml``, and the list of places of the corpus in `data`."""
    types: dict[str, str] = {name: row.muc4 for name, row in load("event_types", EventTypes).types.items()}
    words = tomllib.loads((Path(__file__).parent / "muc4.toml").read_text("utf-8"))
    nouns = tomllib.loads((LEXICONS / "nouns.toml").read_text("utf-8"))["people"]
    roles = tomllib.loads((LEXICONS / "roles.toml").read_text("utf-8"))["persons"]
    people = {word for words in nouns.values() for word in words} | set(" ".join(roles.values()).split())
    return Tables(types, words, is_english, frozenset(people), place_kinds(data))


@dataclass(frozen=True, slots=True)
class Setting:
    """What a whole article gives to each of its incidents."""

    dateline: str | None
    """The day of the report."""
    nation: str
    """That of the nine countries of which it tells."""
    place: Place | None
    """The one place where what it tells of happened, if there is one."""
    text: str
    """Its words, in capitals."""
    groups: Mapping[str, str] = field(default_factory=dict)
    """The names of armed groups in it, and which group each stands for."""


class Filling:
    """Fills one template from the claims of one incident."""

    def __init__(self, template: Template, claims: Sequence[Claim], tables: Tables, setting: Setting) -> None:
        self.template, self.tables, self.setting = template, tables, setting
        self.events: list[tuple[Claim, Event]] = [(claim, claim.event) for claim in claims if claim.event]

    def filled(self) -> Template:
        """The template."""
        words, slots = self.tables.words, self.template.slots
        stages = {words["stages"][claim.factuality.stage] for claim, _ in self.events if claim.factuality}
        slots[4] = [_fill(self._type())]
        slots[5] = [_fill(next(s for s in STAGES if s in stages))]
        self._date()
        self._place()
        if self.template.first(4) not in ("ARSON", "KIDNAPPING"):
            self._instruments()
        self._perpetrators()
        self._targets()
        return self.template

    def _type(self) -> str:
        """The type; a bombing among more claims of another attack is one of its acts."""
        kinds = Counter(self._kind(event) for _, event in self.events)
        if kinds["ATTACK"] > FEW * kinds["BOMBING"]:
            del kinds["BOMBING"]
        return next(kind for kind in ORDER if kind in kinds)

    def _kind(self, event: Event) -> str:
        """ "The air force bombed a church" is an ATTACK, as what fell on it is an AERIAL BOMB."""
        kind = AERIAL.get(event.event_type) or self.tables.types[event.event_type]
        return "ATTACK" if kind == "BOMBING" and self._is_flown(event) else kind

    def _is_flown(self, event: Event) -> bool:
        """Whether an air force did it, or an aircraft."""
        return any(self.tables.holds("flown", actor.name) for actor in event.actors)

    def _add(self, slot: int, text: str, tag: str | None = None) -> None:
        fills = self.template.slots.setdefault(slot, [])
        new = _fill(text, tag)
        if new not in fills:
            fills.append(new)

    # When and where -------------------------------------------------------------------------------------------------

    def _date(self) -> None:
        dates = [event.date for _, event in self.events if event.date and event.date.start]
        if dates:
            best = min(dates, key=lambda date: date.date_prec or 9)
            first, last = _day(str(best.start)), _day(str(best.end or best.start))
            if (best.date_prec or 9) < MONTH or not self.setting.dateline:
                self._add(2, first if first == last else f"{first} - {last}")
                return
        if self.setting.dateline:
            self._add(2, f"- {_day(self.setting.dateline)}")

    def _place(self) -> None:
        places = [place for _, event in self.events for place in event.places]
        if self.setting.place is not None:
            places = places or [self.setting.place]
        if not places:
            if self.setting.nation:  # never blank: "at least the country name, even if it must be inferred"
                self._add(3, self.setting.nation)
            return
        countries = self.tables.words["countries"]
        places = [place for place in places if place.role != "origin"] or places
        places = sorted(
            places, key=lambda p: (p.country not in countries, {"site": 0, "target": 1}.get(p.role, 2), p.where_prec)
        )
        known = places[0].country
        country = countries.get(known or "", known or self.setting.nation)
        town = plain(self.setting.place.name) if self.setting.place else None
        self._add(3, location(country, places, town, self.tables.places, self.setting.text))

    # With what and by whom ------------------------------------------------------------------------------------------

    def _instruments(self) -> None:
        found: dict[str, str] = {}
        for _, event in self.events:
            for weapon in event.weapons:
                kind, text = self._instrument(weapon, event)
                kind = "AERIAL BOMB" if kind == "BOMB" and self._is_flown(event) else kind
                found.setdefault(kind, text)
        if not found and (kind := self._inferred()):
            found[kind] = ""
        attack = self.template.first(4) == "ATTACK"
        for kind, text in found.items():
            if attack and kind in ("BOMB", "EXPLOSIVE") and not text:
                continue  # of the bombings that are told beside it
            if kind in ("BOMB", "EXPLOSIVE") and any(other in found for other in self.tables.words["bombs"]):
                continue  # the same by a wider word
            if kind == "EXPLOSIVE" and "BOMB" in found:
                continue
            if kind == "GUN" and not text and len(found) > 1:
                continue
            if text:
                self._add(6, text)
            self._add(7, kind, text or "-")

    def _inferred(self) -> str:
        """The weapon where none is named: "when the only evidence of a GUN type is found by inference from a verb such as 'shoot'"."""
        words = " ; ".join(event.trigger.text.upper() for _, event in self.events)
        kind = self.tables.kind("inferred", words, "BOMB" if self.template.first(4) == "BOMBING" else "")
        said = " ; ".join(" ".join(claim.sentence.text.upper().split()) for claim, _ in self.events)
        return kind or self.tables.kind("shooting", said, "")

    def _instrument(self, weapon: Weapon, event: Event) -> tuple[str, str]:
        text, trigger = bare(weapon.mention.text).text, event.trigger
        default = "GUN" if weapon.category == "firearm" else "BOMB"
        kind = self.tables.kind("instruments", text, default)
        riddled = trigger.text.upper().startswith("RIDDL")  # "with bullets": it was a gun
        named = kind == "VEHICLE BOMB" or (text in ("BOMB", "BOMBS") and " " in trigger.text)  # "a bomb attack"
        act = weapon.mention.start < trigger.end and trigger.start < weapon.mention.end
        return kind, "" if riddled or (act and not named and self.tables.holds("acts", text)) else text

    def _perpetrators(self) -> None:
        people: dict[str, str] = {}
        groups: dict[str, str] = {}
        named: dict[str, str] = {}
        for claim, event in self.events:
            for actor in event.actors if event.event_type != "armed_clash" else ():  # both sides fight
                text = self._words_for(actor)
                if actor.confidence == "denied" or not text or EMPTY.fullmatch(text):
                    continue
                body = self._group(actor, text) if self._is_group(actor, text) else ""
                sure = self._confidence(claim, actor)
                if not body and self._is_doer(text):
                    people.setdefault(text, sure)
                    body = self._body(actor, text)
                if body:
                    known = self.setting.groups.get(body) or actor.canonical_id or body
                    body = named.setdefault(known, body)  # once, though also by its acronym
                    groups[body] = max(groups.get(body, sure), sure, key=SURER.index)
        rebels = [sure for text, sure in people.items() if self.tables.holds("rebels", text)]
        if not groups and rebels and len(set(self.setting.groups.values())) == 1:
            groups[max(self.setting.groups, key=len)] = rebels[0]
        for text in people:
            if not any(text != other and _within(text, other) for other in people):
                self._add(9, text)
        for name, confidence in groups.items():
            self._add(10, name)
            self._add(11, confidence, name)
        state = any(self.tables.holds("state", name) for name in (*people, *groups))
        self._add(8, "STATE-SPONSORED VIOLENCE" if state and not rebels else "TERRORIST ACT")

    def _confidence(self, claim: Claim, actor: Actor) -> str:
        """What is "apparently" or "probably" somebody's deed is no fact (section 7.12, note 2)."""
        likely = claim.factuality is not None and claim.factuality.certainty == "probable"
        doubted = likely and actor.confidence == "reported_as_fact"
        return str(self.tables.words["confidence"]["accused" if doubted else actor.confidence])

    def _is_doer(self, text: str) -> bool:
        """Whether a phrase may stand for people who act: "leaflets" and "doors" do not."""
        word = head(text)
        known = any(self.tables.holds(table, word) for table in ("people", "rebels", "groups", "bands", "state"))
        return not self.tables.holds("no_actor", word) and (known or self._is_somebody(text.replace("'", "")))

    def _words_for(self, actor: Actor) -> str:
        """The report's words for an actor; who "it" is, and the name of "a group that calls itself so"."""
        text = bare(actor.mention.text).text
        name = _name(actor)
        band = self.tables.holds("bands", head(text)) and not _within(head(text), name)
        known = (actor.canonical_id or "").startswith(("group:", "state:"))
        return name if (band or (known and EMPTY.fullmatch(text))) and name in self.setting.text else text

    def _body(self, actor: Actor, text: str) -> str:
        """The body that people belong to: "members of the armed forces", "Red Dawn guerrillas", "army soldiers"."""
        name = _name(actor)
        if actor.canonical_id is not None and name in self.setting.text and name != text and not plural(name):
            return name
        first, mark, last = text.partition(" OF ")
        inner = bare(last).text if mark else " ".join(first.split()[:-1])
        of_people = self.tables.holds("people", head(first)) or head(first) in GENERIC
        words = inner.split()
        while words and not mark and words[0] not in ("ARMED", "AIR", "NATIONAL") and words[0].endswith("ED"):
            words = words[1:]  # "presumed", "heavily armed"
        body = " ".join(words)
        is_body = self.tables.holds("groups", head(body)) or self.tables.holds("state", body)
        if of_people and is_body and body != "POLICE":
            return body
        known = [name for name in self.setting.groups if not plural(name) and _within(name, text)]
        return max(known, key=len, default="")

    def _is_group(self, actor: Actor, text: str) -> bool:
        """A body with a name, not so many of somebody."""
        if actor.canonical_id is not None:
            return not (plural(text) and self.tables.holds("people", head(text)))
        word = head(text)
        if plural(text) and (self.tables.holds("people", word) or self.tables.holds("rebels", text) or word in UNITS):
            return False
        if text == word and word in NO_NAMES:
            return False
        if self.tables.holds("bands", word):  # "the Red Dawn group", not "a group of armed men"
            return text.split()[-1] == word and any(not self.tables.is_english(w.lower()) for w in text.split())
        shortened = ACRONYM.fullmatch(text) is not None and any(
            f"{a}{text}{b}" in self.setting.text for a, b in BRACKETS
        )
        return shortened or self.tables.holds("groups", word)

    def _group(self, actor: Actor, text: str) -> str:
        name = _name(actor)
        return name if actor.canonical_id is not None and name in self.setting.text else text

    # Whom and what --------------------------------------------------------------------------------------------------

    def _targets(self) -> None:
        things: dict[str, tuple[str | None, str, str]] = {}
        people: list[_Person] = []
        for claim, event in self.events:
            for recipient in event.recipients:
                if recipient.kind == "armed_group":
                    continue  # "any other such group" is no target
                words = recipient.mention.text
                if EMPTY.fullmatch(bare(words).text):
                    words = recipient.name
                phrase = bare(words)
                if not phrase.text or EMPTY.fullmatch(phrase.text) or self.tables.holds("no_target", head(phrase.text)):
                    continue
                if (recipient.kind != "person" and self._is_land(phrase.text)) or self._is_rebels(phrase.text):
                    continue
                if len(event.recipients) > 1 and self.tables.kind("physical", phrase.text, "") == ROUTE:
                    continue  # "ambushed soldiers on the highway"
                if event.event_type not in AT_PEOPLE and self._is_thing(recipient, phrase.text):
                    things.setdefault(phrase.text, (phrase.number, recipient.kind, self._damage(event)))
                elif recipient.kind != "unknown" or self._is_somebody(phrase.text):
                    people.append(self._person(claim, event, recipient, phrase.text, phrase.number))
        if self.template.first(4) != "KIDNAPPING":
            self._physical(things)
        for person in _merged([self._known(person) for person in people]):
            self._human(person)

    def _known(self, person: _Person) -> _Person:
        """With what the article says elsewhere of who it is."""
        text, roles = self.setting.text, self.tables.roles
        if person.name and not person.what:
            person.what = description(person.name, text, lambda word: self._has_role(word))
        elif person.what and not person.name and not plural(person.what) and self._has_role(person.what):
            person.name = called(person.what, text, self.tables.is_english, roles)
        return person

    def _is_land(self, text: str) -> bool:
        """A country is no target, and "any location name that is on the set list cannot serve as a target ID, with the exception of farm names"."""
        listed = self.tables.places.get(text.removeprefix("TOWN OF ").removeprefix("CITY OF "), frozenset({"FARM"}))
        abroad = (name for name, _ in self.tables.words["abroad"])
        return (
            "FARM" not in listed
            or text in self.tables.words["lands"]
            or text in (*self.tables.words["countries"].values(), *abroad)
        )

    def _is_rebels(self, text: str) -> bool:
        """Fighters and members of an armed group are no target: "any other such group" is none; who left it may be one."""
        first, *rest = text.split()
        known = self.tables.holds("rebels", text) or any(_within(name, text) for name in self.setting.groups)
        return (
            known and bool(rest) and plural(text) and head(text) in REBELS and first not in ("FORMER", "EX-GUERRILLA")
        )

    def _is_thing(self, recipient: Recipient, text: str) -> bool:
        if recipient.kind in THINGS:
            return True
        role = self._has_role(head(text))
        return (
            recipient.kind not in ("person", "military", "police")
            and not role
            and bool(self.tables.kind("physical", head(text), ""))
        )

    def _is_somebody(self, text: str) -> bool:
        """Whether a phrase may stand for people: by a word for them, or a name. "Point-blank range" does not."""
        word = head(text)
        known = word in GENERIC or self._has_role(text) or bool(self.tables.kind("human", word, ""))
        return known or any(not self.tables.is_english(part.lower()) for part in text.split() if part.isalpha())

    def _damage(self, event: Event) -> str:
        harmed = self.template.first(4) in ("ARSON", "BOMBING") or event.event_type in ("sabotage", "arson", "bombing")
        default = "SOME DAMAGE" if harmed else ""
        done = self.template.first(5) == "ACCOMPLISHED"
        return self.tables.kind("damage", bare(event.trigger.text).text, default) if done else ""

    def _physical(self, things: Mapping[str, tuple[str | None, str, str]]) -> None:
        for text, (number, kind, effect) in things.items():
            if any(text != other and _within(text, other) for other in things):
                continue
            if kind == "place" and not self.tables.kind("physical", text, ""):
                continue  # a town is where it happened
            self._add(12, text)
            office = "ORGANIZATION OFFICE" if kind == "organisation" else "OTHER"
            self._add(13, self.tables.kind("physical", text, office), text)
            self._add(14, number or ("PLURAL" if plural(text) else "1"), text)
            if effect:
                self._add(16, effect, text)

    def _person(self, claim: Claim, event: Event, recipient: Recipient, text: str, number: str | None) -> _Person:
        person = recipient.kind == "person"
        what, name = named(text, self.tables.roles, person)
        full = bare(recipient.name).text
        if name and _within(name, full):
            name = named(full, self.tables.roles, True)[1] or name
        a_thing = all(self.tables.is_english(word.lower()) for word in name.split())  # "an army convoy"
        if name and (a_thing if what else plural(text)):
            name, what = "", text
        strange = [not self.tables.is_english(word.lower()) for word in text.split()]
        one = (any(strange) and not plural(text)) or all(strange)
        if not name and not person and one and " " in text and not self._has_role(text):
            what, name = named(text, frozenset[str](), True)
        known = _number(event, recipient)
        harmed = self.tables.kind("harm", event.trigger.text.upper(), "")
        if number is None and known is not None:
            count = known.best or known.low
            number = str(count) if count else None
        done = claim.factuality is not None and claim.factuality.stage in ("accomplished", "ongoing")
        effect = ""
        if (known is not None and known.kind == "wounded") or (done and harmed == "INJURY"):
            effect = "INJURY"
        elif done and (
            event.event_type in ("killing", "assassination")
            or (known and known.kind == "killed")
            or self.tables.kind("harm", head(text), harmed) == "DEATH"
        ):
            effect = "DEATH"
        return _Person(what, name, number, effect, text, ARMED_KINDS.get(recipient.kind, "CIVILIAN"))

    def _has_role(self, text: str) -> bool:
        return any(is_role(word, self.tables.roles) for word in text.split())

    def _human(self, person: _Person) -> None:
        key = person.name or person.what
        if person.name:
            self._add(18, person.name)
        if person.what:
            self._add(19, person.what, person.name or None)
        self._add(20, self.tables.kind("human", person.text, person.kind), key)
        many = "PLURAL" if not person.name and plural(person.what) else "1"
        self._add(21, person.number or many, key)
        if person.effect:
            self._add(23, person.effect, key)


def _name(actor: Actor) -> str:
    """The name of an actor; "19 April Movement" is no nineteen of anything."""
    whole = " ".join(actor.name.upper().split()).removeprefix("THE ")
    return whole if actor.canonical_id is not None else bare(actor.name).text


@dataclass(slots=True)
class _Person:
    what: str
    name: str
    number: str | None
    effect: str
    text: str
    kind: str
    """What they are where no word says it."""


def _merged(people: Sequence[_Person]) -> list[_Person]:
    """Each person or kind of people once: the same name, the same words; a word for anybody gives way to one for somebody."""
    out: list[_Person] = []
    for person in people:
        same = next((one for one in out if _same(one, person)), None)
        if same is None:
            out.append(person)
            continue
        if len(person.name) > len(same.name):
            same.name = person.name
        if not same.what or (head(same.what) in GENERIC and person.what and not same.name):
            same.what = person.what or same.what
        same.number, same.effect = same.number or person.number, same.effect or person.effect
        same.text = f"{same.text} {person.text}"
    return out


def _same(one: _Person, other: _Person) -> bool:
    if one.name and other.name:
        return _within(one.name, other.name) or _within(other.name, one.name)
    if one.name or other.name:  # "Senator Ana Ruiz" is "the senator"
        return bool(one.what and other.what) and head(one.what) == head(other.what) and not plural(one.what)
    if one.effect and other.effect and one.effect != other.effect:
        return False
    if one.number and other.number and one.number != other.number:
        return False
    first, second = head(one.what), head(other.what)
    return first == second or bool({first, second} & GENERIC and (one.number or other.number))


def _within(text: str, other: str) -> bool:
    """Whether all words of one phrase stand in another."""
    return set(text.split()) <= set(other.split())


def _number(event: Event, recipient: Recipient) -> Quantity | None:
    at = recipient.mention
    return next((q for q in event.quantities if q.mention.start <= at.end and at.start <= q.mention.end), None)


def _fill(text: str, tag: str | None = None) -> Fill:
    return Fill((Value(text, frozenset({tag}) if tag else frozenset()),))


def _day(day: str) -> str:
    year, month, number = day[:10].split("-")
    return f"{number} {MONTHS[int(month) - 1]} {year[2:]}"
