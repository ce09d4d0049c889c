"""Generated entries of the ledger, for tests and benchmarks: plausible, deterministic, every name in them invented.

An entry is one report of one or two incidents, about four claims; an incident is told by several reports of several
outlets, some of them reprints. Every span points at its words. Country codes are real ones (they must be codes);
towns, regions, people, groups and outlets are made of syllables.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple, cast

import msgspec

from reportedly.entries import (
    Account,
    Anchor,
    Capture,
    Dossier,
    Entry,
    Grade,
    Incident,
    Range,
    Signature,
    Testimony,
    capture_id,
    entry_id,
)
from reportedly.records import (
    Actor,
    ActorConfidence,
    Article,
    Attribution,
    Block,
    Claim,
    Cue,
    Event,
    EventDate,
    EventType,
    Factuality,
    Origin,
    Place,
    Quantity,
    Reason,
    Recipient,
    SourceHop,
    SourceKind,
    Span,
    Stance,
    Weapon,
    WeaponCategory,
    identity,
)

ORIGIN = Origin(software="0.2.0", model="generated-1", lexicons="0" * 16)
FIRST_DAY = date(2025, 1, 1)
DAYS = 540
CLAIMS_AN_ENTRY = 4
ENTRIES_AN_INCIDENT = 3

ONSETS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "qu",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "vel",
    "z",
]
VOWELS = ["a", "a", "e", "e", "i", "o", "o", "u", "ai", "ea", "ou"]
CODAS = ["l", "n", "r", "s", "m", "nd", "rn", "st", "th", "v", "x", "dor"]
COUNTRIES: tuple[tuple[str, float, float], ...] = (
    ("NE", 14.0, 7.0),
    ("PE", -11.0, -75.0),
    ("IQ", 33.5, 43.5),
    ("PH", 9.0, 125.0),
    ("KE", 1.0, 38.0),
    ("CO", 4.5, -74.0),
    ("UA", 49.0, 33.0),
    ("PK", 31.0, 70.0),
    ("FJ", -17.5, 179.5),
)
STORIES: tuple[tuple[EventType, str, WeaponCategory | None, str, str], ...] = (
    ("bombing", "exploded", "explosive", "a car bomb", "violence"),
    ("armed_assault", "opened fire", "firearm", "rifles", "violence"),
    ("armed_clash", "clashed", "firearm", "machine guns", "violence"),
    ("kidnapping", "seized", None, "", "violence"),
    ("shelling", "shelled", "artillery", "mortars", "violence"),
    ("drone_strike", "struck", "drone", "a drone", "violence"),
    ("arson", "set on fire", "incendiary", "petrol bombs", "violence"),
    ("killing", "killed", None, "", "violence"),
    ("protest", "marched", None, "", "protest"),
    ("arrest", "arrested", None, "", "police"),
)
TARGETS = (
    "a market",
    "a police post",
    "a bus station",
    "a school",
    "a bridge",
    "a clinic",
    "an army convoy",
    "a depot",
)
MOODS = ("before dawn", "at noon", "late in the evening", "during prayers", "as shops were closing", "in heavy rain")
SOURCES: tuple[tuple[str, SourceKind, bool], ...] = (
    ("police spokesman {}", "person", False),
    ("governor {}", "person", False),
    ("army spokeswoman {}", "person", False),
    ("doctor {}", "person", False),
    ("officials", "group", True),
    ("witnesses", "group", True),
    ("residents", "group", True),
)
SAYING: tuple[tuple[str, str, Stance], ...] = (
    ("said", "say", "asserts"),
    ("confirmed", "confirm", "confirms"),
    ("denied", "deny", "denies"),
    ("warned", "warn", "warns"),
)
IN_ITS_OWN_VOICE: tuple[tuple[SourceHop, ...], Cue | None, Stance] = ((), None, "asserts")
CONFIDENCES: tuple[ActorConfidence, ...] = (
    "reported_as_fact",
    "accused_by_authorities",
    "claimed_or_admitted",
    "possible",
)


class Town(NamedTuple):
    """A place of the generated world."""

    name: str
    region: str
    country: str
    lat: float
    lon: float
    number: int


class Story(NamedTuple):
    """What happened, before anybody tells of it."""

    number: int
    event_type: EventType
    verb: str
    weapon: WeaponCategory | None
    weapon_name: str
    family: str
    town: Town
    street: str
    day: date
    group: str
    target: str
    killed: int | None
    wounded: int | None


class Told(NamedTuple):
    """A report before it becomes an entry."""

    text: str
    blocks: tuple[Block, ...]
    claims: tuple[tuple[int, dict[str, Any]], ...]
    """For each the number of its story, and the fields of the claim."""


def entries(claims: int, seed: int = 0, *, start: int = 0) -> Iterator[Entry]:
    """About `claims` claims (never fewer) as entries without `recorded_at`, always the same for one `seed`.

    Args:
        claims: how many claims; 0 gives no entry.
        seed: another seed is another world.
        start: number of the first entry; entry number N is the same whatever the start.
    """
    world, number = World(seed, max(8, claims // CLAIMS_AN_ENTRY // ENTRIES_AN_INCIDENT)), start
    while claims > 0:
        entry = world.entry(number)
        yield entry
        claims -= len(entry.claims)
        number += 1


def dossier(n: int, seed: int = 0) -> Dossier:
    """The dossier number `n`: an incident with one to five reports of it, by different outlets."""
    world = World(seed, 1 << 30)
    reports = [world.entry(n * 10 + place, story=n) for place in range(1 + n % 5)]
    testimonies = tuple(
        Testimony(
            claim=claim,
            account_id=account.account_id,
            article=cast(Article, entry.article),
            capture=entry.capture,
            origin=entry.origin,
            recorded_at="2026-10-12T08:15:00.000000Z",
            reasons=entry.reasons.get(claim.claim_id, ()),
        )
        for entry in sorted(reports, key=lambda entry: (entry.accounts[0].publication_date or "", entry.entry_id))
        for account in entry.accounts[:1]
        for claim in entry.claims
        if claim.claim_id in account.claim_ids
    )
    return Dossier(incident=incident([entry.accounts[0] for entry in reports]), testimonies=testimonies)


def dossiers(count: int, seed: int = 0) -> Iterator[Dossier]:
    """Dossiers number 0 to `count` - 1."""
    return (dossier(number, seed) for number in range(count))


def incident(accounts: list[Account]) -> Incident:
    """What `accounts` come to, simply: for tests and benchmarks that want an incident and not the real telling of it."""
    first = min(accounts, key=lambda account: account.account_id)
    outlets = tuple(sorted({account.outlet for account in accounts if account.outlet}))
    days = sorted(account.publication_date for account in accounts if account.publication_date)
    place = first.places[0] if first.places else None
    where = place.name if place else "an unknown place"
    return Incident(
        incident_id=identity("inc", first.account_id),
        event_type=first.event_type,
        family=first.family,
        stage=first.stage,
        negated=first.negated,
        place=place,
        date=first.date,
        actors=first.actors,
        recipients=first.recipients,
        weapons=first.weapons,
        killed=first.killed,
        wounded=first.wounded,
        event_clarity=1,
        title=f"{first.event_type.replace('_', ' ')} · {where} · {first.date.start if first.date else 'undated'}",
        account_ids=tuple(sorted(account.account_id for account in accounts)),
        claim_ids=tuple(claim for account in accounts for claim in account.claim_ids),
        outlets=outlets,
        number_of_articles=len({account.article_id for account in accounts}),
        number_of_outlets=len(outlets),
        number_of_origins=len(outlets),
        origins=tuple(f"{outlet}: its own report" for outlet in outlets),
        contradictions=(),
        grade=Grade(reliability="F", credibility="6", reasons=("nothing is known of the sources",)),
        first_reported=days[0] if days else None,
        last_updated=days[-1] if days else None,
    )


class World:
    """The towns, people, groups and outlets of one seed, and what happens among them.

    Args:
        seed: which world.
        stories: how many incidents there are to tell of.
    """

    def __init__(self, seed: int, stories: int) -> None:
        dice = random.Random(seed)
        self.seed, self.stories = seed, stories
        self.people = [f"{_name(dice)} {_name(dice, 2)}" for _ in range(3000)]
        self.groups = [
            f"{_name(dice, 2)} {word}" for word in ("Brigade", "Front", "Union", "Column") for _ in range(30)
        ]
        self.outlets = [f"{_name(dice)} {word}" for word in ("Courier", "Echo", "Herald", "Radio") for _ in range(40)]
        self.streets = [_name(dice, 3) for _ in range(6000)]
        self.towns = [self._town(dice, number) for number in range(1500)]
        self.story = cache(self._story)

    def entry(self, number: int, story: int | None = None) -> Entry:
        """Entry `number`: a report of `story` and perhaps of another; one in twelve reprints the report before it."""
        teller = number - 1 if number % 12 == 11 and story is None else number
        dice = random.Random(self.seed * 1_000_003 + teller)
        main = story if story is not None else dice.randrange(self.stories)
        told = [self.story(main)]
        if dice.random() < 0.4:
            told.append(self.story(dice.randrange(self.stories)))
        outlet = self.outlets[(dice.randrange(len(self.outlets)) + number - teller) % len(self.outlets)]
        published = (told[0].day + timedelta(days=dice.randrange(3) + number - teller)).isoformat()
        return _entry(number, outlet, published, told, _tell(dice, self, told))

    def _town(self, dice: random.Random, number: int) -> Town:
        code, lat, lon = COUNTRIES[number % len(COUNTRIES)]
        lat, lon = (
            round(lat + dice.uniform(-3, 3), 4),
            round(lon + dice.uniform(-0.4 if code == "FJ" else -3, 0.4 if code == "FJ" else 3), 4),
        )
        return Town(_name(dice, 2), f"{self.streets[number % 90]} Region", code, lat, lon, 90_000_000 + number)

    def _story(self, number: int) -> Story:
        dice = random.Random(self.seed * 7_000_003 + number)
        deadly = dice.random() < 0.6
        return Story(
            number,
            *dice.choice(STORIES),
            town=dice.choice(self.towns),
            street=dice.choice(self.streets),
            day=FIRST_DAY + timedelta(days=dice.randrange(DAYS)),
            group=dice.choice(self.groups),
            target=dice.choice(TARGETS),
            killed=min(400, int(dice.paretovariate(1.1))) if deadly else None,
            wounded=dice.randrange(1, 60) if dice.random() < 0.5 else None,
        )


class _Text:
    """A text that is written from left to right, and knows where its words stand."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0

    def add(self, words: str) -> Span:
        span = Span(start=self.at, end=self.at + len(words), text=words)
        self.parts.append(words)
        self.at = span.end
        return span

    def since(self, start: int, part: int) -> Span:
        return Span(start=start, end=self.at, text="".join(self.parts[part:]))


def _name(dice: random.Random, syllables: int = 2) -> str:
    return "".join(dice.choice(ONSETS) + dice.choice(VOWELS) for _ in range(syllables)).capitalize() + dice.choice(
        CODAS
    )


def _tell(dice: random.Random, world: World, stories: list[Story]) -> Told:
    text, blocks, claims = _Text(), [], []
    main = stories[0]
    text.add(f"{main.target.split(' ', 1)[1].capitalize()} in {main.town.name}: what is known")
    blocks.append(Block(start=0, end=text.at, kind="headline"))
    for place in range(dice.choice((3, 3, 4, 4, 5, 5))):
        text.add("\n\n")
        start, story = text.at, stories[place % len(stories)]
        claims.append((story.number, _sentence(dice, world, text, story, place)))
        text.add(
            f" The {dice.choice(world.streets)} road was closed {dice.choice(MOODS)}, and people near "
            f"{dice.choice(world.streets)} were asked to stay indoors while the {story.town.region} council met."
        )
        blocks.append(Block(start=start, end=text.at))
    return Told("".join(text.parts), tuple(blocks), tuple(claims))


def _sentence(dice: random.Random, world: World, text: _Text, story: Story, place: int) -> dict[str, Any]:
    start, part = text.at, len(text.parts)
    chain, cue, stance = _speaker(dice, world, text) if place else IN_ITS_OWN_VOICE
    content_start, content_part = text.at, len(text.parts)
    group = text.add(story.group)
    text.add(" fighters ")
    trigger = text.add(story.verb)
    text.add(" at ")
    target = text.add(story.target)
    weapons: tuple[Weapon, ...] = ()
    if story.weapon:
        text.add(" with ")
        weapons = (Weapon(category=story.weapon, name=story.weapon_name, mention=text.add(story.weapon_name)),)
    text.add(f" near {story.street} street in ")
    town = text.add(story.town.name)
    text.add(" on ")
    day = text.add(f"{story.day.day} {story.day:%B}")
    quantities = _counts(dice, text, story)
    content = text.since(content_start, content_part)
    text.add(".")
    return {
        "sentence": text.since(start, part),
        "content": (content,),
        "attribution": Attribution(chain=chain, cue=cue, stance=stance, quotation="indirect" if chain else "none"),
        "event": Event(
            event_type=story.event_type,
            trigger=trigger,
            actors=(Actor(name=story.group, canonical_id=None, confidence=dice.choice(CONFIDENCES), mention=group),),
            recipients=(Recipient(name=story.target, canonical_id=None, kind="infrastructure", mention=target),),
            weapons=weapons,
            places=(_place(story.town, town),),
            date=EventDate(
                start=story.day.isoformat(), end=story.day.isoformat(), date_prec=1, resolved=True, mention=day
            ),
            quantities=quantities,
        ),
        "factuality": Factuality(
            stage="accomplished", polarity="negated" if stance == "denies" else "affirmed", certainty="certain"
        ),
    }


def _place(town: Town, mention: Span) -> Place:
    return Place(
        name=town.name,
        role="site",
        country=town.country,
        admin1=town.region,
        lat=town.lat,
        lon=town.lon,
        geonames_id=town.number,
        where_prec=1,
        mention=mention,
    )


def _speaker(dice: random.Random, world: World, text: _Text) -> tuple[tuple[SourceHop, ...], Cue, Stance]:
    pattern, kind, anonymous = dice.choice(SOURCES)
    name = pattern if anonymous else dice.choice(world.people)
    mention = text.add(pattern.format(name))
    role = None if anonymous else pattern.split(" {")[0]
    hops = [SourceHop(name=name, canonical_id=None, kind=kind, role=role, anonymous=anonymous, mention=mention)]
    text.add(" ")
    words, lemma, stance = dice.choice(SAYING)
    said = text.add(words)
    if dice.random() < 0.3:
        text.add(" to ")
        outlet = dice.choice(world.outlets)
        told = text.add(outlet)
        hops.append(SourceHop(name=outlet, canonical_id=None, kind="outlet", role=None, anonymous=False, mention=told))
    text.add(" that ")
    return tuple(hops), Cue(start=said.start, end=said.end, text=words, lemma=lemma), stance


def _counts(dice: random.Random, text: _Text, story: Story) -> tuple[Quantity, ...]:
    found = []
    for kind, number in (("killed", story.killed), ("wounded", story.wounded)):
        if number is None or dice.random() < 0.2:
            continue
        text.add(", and ")
        said = text.add(f"at least {number}")
        text.add(f" people were {kind}")
        found.append(
            Quantity(
                kind="killed" if kind == "killed" else "wounded",
                low=number,
                best=number,
                high=None,
                qualifier="at_least",
                of="people",
                mention=said,
            )
        )
    return tuple(found)


def _entry(number: int, outlet: str, published: str, stories: list[Story], told: Told) -> Entry:
    sha = hashlib.sha256(f"{outlet}\n{published}\n{told.text}".encode()).hexdigest()
    context: dict[str, Any] = {
        "media_type": "text/html",
        "charset": "utf-8",
        "url": f"https://{outlet.lower().replace(' ', '-')}.example/{published}/{number}",
        "outlet": None,
        "published": None,
        "retrieved_on": None,
    }
    capture = Capture(
        capture_id=capture_id(sha, **context),
        document_sha256=sha,
        captured_at="2026-10-12T08:00:00.000000Z",
        file=f"generated-{number // 5000:06}.warc.gz",
        offset=number % 5000 * 9000,
        length=len(told.text),
        **context,
    )
    article = Article(
        article_id=identity("art", [sha, told.text]),
        document_sha256=sha,
        text=told.text,
        blocks=told.blocks,
        url=context["url"],
        outlet=outlet,
        title=told.text.partition("\n")[0],
        publication_date=published,
        date_known_from="page",
        language="en",
    )
    claims, reasons = _claims(article.article_id, told)
    accounts = tuple(_account(capture, article, story, claims, told) for story in dict.fromkeys(stories))
    return Entry(
        entry_id=entry_id(capture.capture_id, ORIGIN, "read", None, None, article, claims, reasons),
        capture=capture,
        origin=ORIGIN,
        outcome="read",
        article=article,
        claims=claims,
        reasons=reasons,
        accounts=accounts,
        signature=_signature(article),
    )


def _claims(article: str, told: Told) -> tuple[tuple[Claim, ...], dict[str, tuple[Reason, ...]]]:
    claims: list[Claim] = []
    reasons: dict[str, tuple[Reason, ...]] = {}
    for place, (story, fields) in enumerate(told.claims):
        name = identity("claim", [article, place])
        claims.append(
            Claim(
                claim_id=name,
                article_id=article,
                headline=False,
                incident_id=identity("incident", [article, story]),
                **fields,
            )
        )
        words = fields["event"].trigger
        reasons[name] = (Reason(field="factuality.stage", value="accomplished", rule="judge.stage:plain", words=words),)
    return tuple(claims), reasons


def _account(capture: Capture, article: Article, story: Story, claims: tuple[Claim, ...], told: Told) -> Account:
    incident_id = identity("incident", [article.article_id, story.number])
    mine = [claim for claim in claims if claim.incident_id == incident_id]
    events = [claim.event for claim in mine if claim.event]
    best = {
        kind: next(((q, c) for c in mine if c.event for q in c.event.quantities if q.kind == kind), None)
        for kind in ("killed", "wounded")
    }
    ranges = {
        kind: Range(low=hit[0].low, best=hit[0].best, high=hit[0].high, claims=(hit[1].claim_id,)) if hit else Range()
        for kind, hit in best.items()
    }
    return Account(
        account_id=identity("acc", [capture.capture_id, incident_id]),
        capture_id=capture.capture_id,
        article_id=article.article_id,
        incident_id=incident_id,
        claim_ids=tuple(claim.claim_id for claim in mine),
        outlet=article.outlet,
        publication_date=article.publication_date,
        event_type=story.event_type,
        family=story.family,
        stage="accomplished",
        negated=all(claim.factuality is not None and claim.factuality.polarity == "negated" for claim in mine),
        date=events[0].date,
        places=events[0].places,
        actors=events[0].actors,
        recipients=(story.target,),
        weapons=(story.weapon,) if story.weapon else (),
        killed=ranges["killed"],
        wounded=ranges["wounded"],
        anchor=Anchor(document_sha256=article.document_sha256, text=mine[0].sentence.text),
    )


def _signature(article: Article) -> Signature:
    digest = hashlib.sha512(article.text.encode()).digest() * 4
    values = memoryview(digest).cast("I").tolist()
    bands = tuple(f"{band:02}:{digest[band * 4 : band * 4 + 8].hex()}" for band in range(8))
    return Signature(article_id=article.article_id, values=tuple(values), bands=bands)


if __name__ == "__main__":
    for made in entries(3):
        print(msgspec.json.format(msgspec.json.encode(made), indent=1).decode())
