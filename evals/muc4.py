"""muc4: the incidents of an article as MUC-4's templates (1992), by the official rules (a folder with ``texts/`` and ``keys/``).

`mapped` alone knows MUC-4's wording: it turns a reading into templates by ``event_types.toml`` (its column ``muc4``) and the tables of ``muc4.toml``.
`_muc4_score` compares; that it scores right is shown on the official answers of 1992 (``tests/evals/test_muc4.py``).
"""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals import Result
from evals._muc4_score import MONTHS, Counts, Score, score
from evals._muc4_templates import Fill, Template, Value, templates
from evals.muc4_factuality import messages
from reportedly.lexicons import load
from reportedly.pipeline import Reader
from reportedly.records import Claim, Event, Quantity, Reading, Recipient
from reportedly.stages._words import EventTypes

SLOTS = [
    "date",
    "location",
    "type",
    "stage",
    "instrument_id",
    "instrument_type",
    "perp_category",
    "perp_individual",
    "perp_organisation",
    "confidence",
    "phys_id",
    "phys_type",
    "phys_number",
    "phys_nation",
    "phys_effect",
    "phys_total",
    "hum_name",
    "hum_description",
    "hum_type",
    "hum_number",
    "hum_nation",
    "hum_effect",
    "hum_total",
]
"""The slots from the second on."""
CORE = (2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 16, 18, 19, 20, 23)
"""Type, stage, date, location, perpetrators, confidence, instrument, targets, effects."""
ORDER = ("BOMBING", "KIDNAPPING", "HIJACKING", "ARSON", "ROBBERY", "ATTACK")
"""The type of an incident of which claims say different ones: an attack that was a bombing is a bombing."""
PROVINCE = 4
"""A place's precision where no more than its province is known."""
ARMED = frozenset({"ACTIVE MILITARY", "LAW ENFORCEMENT", "LAW ENFORCEMENT FACILITY"})
"""Who fights; an act against them alone is one of war."""
RECENT = 62
"""An incident is recent for so many days."""
EMPTY = re.compile(
    r"(?:(?:AT LEAST|ABOUT|SOME|MORE THAN|ANOTHER|THE) )*(?:[\d,]+|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|THOUSANDS|HUNDREDS|DOZENS|OTHERS|THEM|THEY|WE|US|IT|HE|SHE|HIM|HER|YOU|WHO|THIS|THOSE)"
)
"""Words that name nobody."""
THINGS = frozenset({"infrastructure", "vehicle", "place", "organisation"})


@dataclass(frozen=True, slots=True)
class Tables:
    """From our values to MUC-4's."""

    types: Mapping[str, str]
    words: Mapping[str, Any]

    def kind(self, table: str, text: str, default: str) -> str:
        """The value whose words a text holds, the first of the table."""
        for name, found in self.words[table]:
            if any(re.search(rf"\b{re.escape(word)}", text) for word in found):
                return str(name)
        return default

    def most(self, table: str, text: str) -> str:
        """The value whose words a text holds most often; empty where it holds none."""
        counts = {name: sum(text.count(word) for word in found) for name, found in self.words[table]}
        best = max(counts, key=lambda name: counts[name])
        return best if counts[best] else ""


def load_tables() -> Tables:
    """``event_types.toml`` and ``muc4.toml``."""
    types: dict[str, str] = {name: row.muc4 for name, row in load("event_types", EventTypes).types.items()}
    return Tables(types, tomllib.loads((Path(__file__).parent / "muc4.toml").read_text("utf-8")))


def run(data: Path, limit: int | None, split: str = "tst4", verbose: bool = False) -> Result:
    """Reads the messages of a set and scores its templates.

    Scores: ``all_templates`` with recall, precision and F (P&R) as the official scorer reckons; ``core`` the F over `CORE`; ``slots`` for each;
    ``irrelevant_empty`` the share of messages without a key template for which we give none.

    Args:
        data: the corpus.
        limit: at most so many messages of each set.
        split: ``tst4``, or several sets joined by commas: a set is read from the files whose names hold it.
        verbose: say of each message which templates met, on standard error.
    """
    tables, reader = load_tables(), Reader()
    key: dict[str, list[Template]] = {}
    response: dict[str, list[Template]] = {}
    for name in split.split(","):
        known = templates(next(iter(sorted((data / "keys").glob(f"*{name}*")))))
        text = next(p for p in sorted((data / "texts").glob(f"*{name}*")) if not p.name.endswith("mixed-case"))
        articles = list(messages(text))[:limit]
        for (message, _), reading in zip(articles, reader.read([a for _, a in articles]), strict=True):
            key[message] = known.get(message, [])
            response[message] = mapped(message, reading, tables)
    found = score(key, response)
    if verbose:
        for message in key:
            met = [theirs.number for theirs, _ in found.met if theirs.message == message]
            print(f"{message}: key {len(key[message])}, ours {len(response[message])}, met {met}", file=sys.stderr)
    return Result(n=len(key), scores=_scores(found, key, response))


def _scores(
    found: Score, key: Mapping[str, Sequence[Template]], response: Mapping[str, Sequence[Template]]
) -> dict[str, Any]:
    irrelevant = [message for message in key if not key[message]]
    return {
        "all_templates": _shown(found.total()),
        "core": _shown(found.total(CORE))["f"],
        "templates": {"key": found.ids.possible, "ours": found.ids.actual, "met": found.ids.correct},
        "irrelevant_empty": round(sum(not response[m] for m in irrelevant) / max(len(irrelevant), 1), 3),
        "slots": {name: _shown(found.slots[number]) for number, name in enumerate(SLOTS, 2)},
    }


def _shown(counts: Counts) -> dict[str, float]:
    return {"recall": round(counts.recall, 1), "precision": round(counts.precision, 1), "f": round(counts.f, 2)}


def mapped(message: str, reading: Reading, tables: Tables) -> list[Template]:
    """The templates of a reading, one for each incident that MUC-4 would count (its document on templates, section 1)."""
    incidents: dict[str, list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        if claim.event is None or claim.factuality is None or not tables.types.get(claim.event.event_type):
            continue
        if claim.factuality.stage != "hypothetical" and claim.factuality.polarity == "affirmed":
            incidents[claim.incident_id or claim.claim_id].append(claim)
    out: list[Template] = []
    text = reading.article.text.upper()
    nation = tables.most("nations", text) or _usual(incidents, tables)
    for claims in incidents.values():
        filling = _Filling(Template(message, str(len(out) + 1)), claims, tables, nation, text)
        template = filling.filled(reading.article.publication_date)
        if _relevant(template, claims, tables, reading.article.publication_date):
            out.append(template)
    return out


def _usual(incidents: Mapping[str, Sequence[Claim]], tables: Tables) -> str:
    """That of the nine countries in which most places of a reading lie."""
    events = [claim.event for claims in incidents.values() for claim in claims if claim.event]
    known = tables.words["countries"]
    counts = Counter(known[p.country] for event in events for p in event.places if p.country in known)
    return str(counts.most_common(1)[0][0]) if counts else ""


def _relevant(template: Template, claims: Sequence[Claim], tables: Tables, published: str | None) -> bool:
    """No clash between armed sides, no attack on soldiers or police alone, nothing without a target, nothing long past, nothing outside the nine countries."""
    slots = template.slots
    if all(claim.event and claim.event.event_type == "armed_clash" for claim in claims) or not {12, 18, 19} & set(
        slots
    ):
        return False
    struck = {fill.values[0].text for slot in (13, 20) for fill in slots.get(slot, ())}
    if struck <= ARMED:
        return False
    days = [event.date.end for claim in claims if (event := claim.event) and event.date and event.date.end]
    if published and days and (date.fromisoformat(published[:10]) - date.fromisoformat(max(days))).days > RECENT:
        return False
    place = template.first(3)
    return not place or any(place.startswith(country) for country in tables.words["countries"].values())


class _Filling:
    """Fills one template from the claims of one incident."""

    def __init__(self, template: Template, claims: Sequence[Claim], tables: Tables, nation: str, text: str) -> None:
        self.template, self.tables, self.nation, self.text = template, tables, nation, text
        self.events: list[tuple[Claim, Event]] = [(claim, claim.event) for claim in claims if claim.event]

    def filled(self, dateline: str | None) -> Template:
        """The template; `dateline` is the day of the report, where it is known."""
        words, slots = self.tables.words, self.template.slots
        kinds = {self.tables.types[event.event_type] for _, event in self.events}
        stages = {words["stages"][claim.factuality.stage] for claim, _ in self.events if claim.factuality}
        slots[4] = [_fill(next(kind for kind in ORDER if kind in kinds))]
        slots[5] = [_fill(next(s for s in ("ACCOMPLISHED", "ATTEMPTED", "THREATENED") if s in stages))]
        self._date(dateline)
        self._place()
        if self.template.first(4) not in ("ARSON", "KIDNAPPING"):
            self._instruments()
        self._perpetrators()
        for claim, event in self.events:
            for recipient in event.recipients:
                self._target(claim, event, recipient)
        return self.template

    def _add(self, slot: int, text: str, tag: str | None = None) -> None:
        fills = self.template.slots.setdefault(slot, [])
        new = _fill(text, tag)
        if new not in fills:
            fills.append(new)

    def _date(self, dateline: str | None) -> None:
        dates = [event.date for _, event in self.events if event.date and event.date.start]
        if dates:
            best = min(dates, key=lambda date: date.date_prec or 9)
            first, last = _day(str(best.start)), _day(str(best.end or best.start))
            self._add(2, first if first == last else f"{first} - {last}")
        elif dateline:
            self._add(2, f"- {_day(dateline)}")

    def _place(self) -> None:
        places = [place for _, event in self.events for place in event.places]
        if not places:
            if self.nation:  # never blank: "at least the country name, even if it must be inferred"
                self._add(3, self.nation)
            return
        best = min(places, key=lambda p: ({"site": 0, "target": 1}.get(p.role, 2), p.where_prec))
        parts = [self.tables.words["countries"].get(best.country or "", best.country or self.nation)]
        province = _plain(best.admin1 or "")
        if best.where_prec < PROVINCE and province and province in self.text:
            parts.append(f"{province} (DEPARTMENT)")
        if best.where_prec <= PROVINCE:
            kind = "DEPARTMENT" if best.where_prec == PROVINCE else "CITY"
            parts.append(f"{_plain(best.name)} ({kind})")
        self._add(3, ": ".join(part for part in parts if part))

    def _instruments(self) -> None:
        for _, event in self.events:
            for weapon in event.weapons:
                text = _bare(weapon.mention.text)
                self._add(6, text)
                default = "GUN" if weapon.category == "firearm" else "BOMB"
                self._add(7, self.tables.kind("instruments", text, default), text)

    def _perpetrators(self) -> None:
        names: list[str] = []
        for _, event in self.events:
            for actor in event.actors:
                if actor.confidence == "denied":
                    continue
                words = _bare(actor.mention.text)
                if actor.canonical_id is None and not re.fullmatch(r"(?:THE )?[A-Z]{2,6}", actor.mention.text.strip()):
                    self._add(9, words)
                    names.append(words)
                    continue
                names.append(_bare(actor.name))
                self._add(10, names[-1])
                self._add(11, self.tables.words["confidence"][actor.confidence], names[-1])
        if names:
            state = any(word in name for name in names for word in self.tables.words["state"])
            self._add(8, "STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT")

    def _target(self, claim: Claim, event: Event, recipient: Recipient) -> None:
        words = recipient.mention.text
        if EMPTY.fullmatch(_bare(words)):
            words = recipient.name
        text = _bare(re.sub(r"^(?:the|a|an|his|her|their|its) ", "", words, flags=re.I))
        if not text or EMPTY.fullmatch(text):
            return
        if recipient.kind in THINGS:
            if self.template.first(4) != "KIDNAPPING":
                self._add(12, text)
                self._add(13, self.tables.kind("physical", text, "OTHER"), text)
                effect = self.tables.kind("damage", _bare(event.trigger.text), "")
                if effect:
                    self._add(16, effect, text)
                self._add(14, "PLURAL" if text.split()[-1].endswith("S") else "1", text)
            return
        named = recipient.kind == "person" and re.fullmatch(r"(?:[A-Z][\w.'-]+ ?){2,}", words)
        self._add(18 if named else 19, text)
        self._add(20, self.tables.kind("human", _bare(words), "CIVILIAN"), text)
        number = _number(event, recipient)
        count = (number.best or number.low) if number else None
        self._add(21, str(count) if count else "PLURAL" if not named and text.endswith("S") else "1", text)
        done = claim.factuality is not None and claim.factuality.stage == "accomplished"
        if number is not None and number.kind == "wounded":
            self._add(23, "INJURY", text)
        elif done and (event.event_type in ("killing", "assassination") or (number and number.kind == "killed")):
            self._add(23, "DEATH", text)


def _number(event: Event, recipient: Recipient) -> Quantity | None:
    at = recipient.mention
    return next((q for q in event.quantities if q.mention.start <= at.end and at.start <= q.mention.end), None)


def _fill(text: str, tag: str | None = None) -> Fill:
    return Fill((Value(text, frozenset({tag}) if tag else frozenset()),))


def _day(day: str) -> str:
    year, month, number = day[:10].split("-")
    return f"{number} {MONTHS[int(month) - 1]} {year[2:]}"


def _plain(name: str) -> str:
    """A place's name without accents and without the word for what it is."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub(r"\b(?:DEPARTMENT|PROVINCE|REGION)\b", "", _bare(bare)).strip()


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().upper()
