"""Every record of the ledger, frozen, in the order in which a report becomes a line.

    Document  the bytes as captured
    Article   its clean text, and which spans of it are the article
    Claim     one attribution + one coded event + factuality
    Reading   what one pass of the reader made of one article

The words are the codebook's (``docs/reference.md``). Offsets are half-open Unicode code points into
``Article.text``. An unknown value is ``None``, never 0 and never the publication date. Dates are ISO 8601
(``YYYY-MM-DD``) in UTC; coordinates are WGS84 degrees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal, Union, get_args

import msgspec

Stance = Literal[
    "asserts",
    "confirms",
    "denies",
    "declines_to_confirm",
    "claims_responsibility",
    "accuses",
    "admits",
    "warns",
    "questions",
]
Quotation = Literal["direct", "indirect", "mixed", "none"]
SourceKind = Literal["person", "organisation", "outlet", "document", "group"]
EventType = Literal[
    "attack",
    "armed_assault",
    "armed_clash",
    "bombing",
    "suicide_bombing",
    "shelling",
    "air_strike",
    "drone_strike",
    "assassination",
    "killing",
    "kidnapping",
    "hostage_taking",
    "hijacking",
    "arson",
    "sabotage",
    "unconventional_attack",
    "melee_assault",
    "sexual_violence",
    "abuse",
    "looting",
    "arrest",
    "seizure",
    "raid",
    "territory_change",
    "weapons_activity",
    "mobilisation",
    "cyber_attack",
    "protest",
    "riot",
    "agreement",
    "restriction",
    "release",
]
WeaponCategory = Literal[
    "firearm",
    "explosive",
    "incendiary",
    "chemical",
    "biological",
    "radiological",
    "melee",
    "vehicle",
    "aircraft",
    "drone",
    "artillery",
    "missile",
    "other",
]
ActorConfidence = Literal[
    "reported_as_fact", "claimed_or_admitted", "accused_by_authorities", "accused", "possible", "denied"
]
RecipientKind = Literal[
    "civilians",
    "military",
    "police",
    "government",
    "armed_group",
    "person",
    "organisation",
    "infrastructure",
    "vehicle",
    "place",
    "unknown",
]
Stage = Literal["accomplished", "ongoing", "attempted", "foiled", "planned", "threatened", "hypothetical"]
Polarity = Literal["affirmed", "negated"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
PlaceRole = Literal["site", "target", "origin", "other"]
QuantityKind = Literal[
    "killed", "wounded", "missing", "kidnapped", "arrested", "displaced", "attackers", "events", "targets", "other"
]
Qualifier = Literal["exact", "at_least", "at_most", "about", "range"]
BlockKind = Literal["headline", "paragraph"]
DateKnownFrom = Literal["given", "page", "text"]

STANCES: tuple[str, ...] = get_args(Stance)
EVENT_TYPES: tuple[str, ...] = get_args(EventType)
WEAPON_CATEGORIES: tuple[str, ...] = get_args(WeaponCategory)
STAGES: tuple[str, ...] = get_args(Stage)

Json = Union[None, bool, int, float, str, list["Json"], dict[str, "Json"]]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The base of every record: immutable, compared by value, written to JSON in the order of its fields."""


class Span(Record, frozen=True):
    """Words of an article: ``text == article.text[start:end]``."""

    start: int
    end: int
    text: str


class Document(Record, frozen=True):
    """The bytes as captured, before anything is read out of them."""

    sha256: str
    """SHA-256 of `content`, in hex: the identity of the document."""
    media_type: str
    """As served or guessed: ``text/html``, ``text/plain``."""
    content: bytes
    url: str | None = None
    """The address asked for, or the file's name; null for standard input."""
    outlet: str | None = None
    retrieved_at: str | None = None
    """When it was fetched (UTC, ISO 8601); null for a file."""
    charset: str | None = None
    """What the server said of the encoding, if anything."""


class Block(Record, frozen=True):
    """A span of the text that is the article: its headline or one paragraph."""

    start: int
    end: int
    kind: BlockKind = "paragraph"


class Article(Record, frozen=True):
    """The clean text of one document. Page furniture is in no block and yields no claim."""

    article_id: str
    """Hash of the document's hash, the text and the blocks."""
    document_sha256: str
    text: str
    blocks: tuple[Block, ...]
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    publication_date: str | None = None
    """``YYYY-MM-DD``, or null where it is not known."""
    date_known_from: DateKnownFrom | None = None
    """How `publication_date` is known: given by the caller, the page's metadata, or its text."""
    language: str | None = None

    def span(self, start: int, end: int) -> Span:
        """The span of this article's text from `start` to `end`."""
        return Span(start=start, end=end, text=self.text[start:end])


class Rejected(Record, frozen=True):
    """What was refused, at which stage and why, in one line. Nothing disappears without one."""

    document_id: str
    """The document's hash where there are bytes, else the address or file name asked for."""
    stage: str
    reason: str


class SourceHop(Record, frozen=True):
    """One station on the route by which a claim reached the article."""

    name: str
    """The fullest name in the article for what `mention` points to."""
    canonical_id: str | None
    kind: SourceKind
    role: str | None
    anonymous: bool
    """True where nobody is named: an official, sources close to, it has been claimed."""
    mention: Span


class Cue(Record, frozen=True):
    """The reporting words, with their lemma."""

    start: int
    end: int
    text: str
    lemma: str


class Attribution(Record, frozen=True):
    """Who says it, through whom, and how. An empty chain: the outlet in its own voice."""

    chain: tuple[SourceHop, ...]
    """Origin first, nearest to us last. The article's own outlet is not repeated at the end."""
    cue: Cue | None
    stance: Stance
    quotation: Quotation


class Actor(Record, frozen=True):
    """Who did it, or would have, and how sure the report is of that (the MUC-4 scale)."""

    name: str
    canonical_id: str | None
    confidence: ActorConfidence
    mention: Span


class Recipient(Record, frozen=True):
    """Whom or what it was done to."""

    name: str
    canonical_id: str | None
    kind: RecipientKind
    mention: Span


class Weapon(Record, frozen=True):
    """A category and the name that the report uses; nothing more is ever kept about a weapon."""

    category: WeaponCategory
    name: str
    mention: Span


class Place(Record, frozen=True):
    """A place of the event. Coordinates are a representative point, as exact as `where_prec` says (UCDP, 1 to 7)."""

    name: str
    role: PlaceRole
    country: str | None
    """ISO 3166-1 alpha-2."""
    admin1: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    where_prec: int
    mention: Span


class EventDate(Record, frozen=True):
    """When it happened: the first and last possible day, and how exact that is (UCDP, 1 to 5)."""

    start: str | None
    end: str | None
    date_prec: int | None
    resolved: bool
    """False where a relative date has nothing to stand on; the words are kept in `mention`."""
    mention: Span


class Quantity(Record, frozen=True):
    """A number of the event; a bound that the words do not give is null."""

    kind: QuantityKind
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    of: str | None
    """Who or what was counted, in the report's words: soldiers, plots."""
    mention: Span


class Event(Record, frozen=True):
    """What is said to have happened."""

    event_type: EventType
    trigger: Span
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    places: tuple[Place, ...] = ()
    date: EventDate | None = None
    quantities: tuple[Quantity, ...] = ()


class Factuality(Record, frozen=True):
    """How far it got, whether that is affirmed, and how certain the source is (not we)."""

    stage: Stage
    polarity: Polarity
    certainty: Certainty


class Claim(Record, frozen=True):
    """One attribution and one coded event. `event` and `factuality` are null for a statement about anything else."""

    claim_id: str
    article_id: str
    headline: bool
    sentence: Span
    content: tuple[Span, ...]
    """The words that are attributed; the whole sentence where the outlet speaks for itself."""
    attribution: Attribution
    event: Event | None
    factuality: Factuality | None
    incident_id: str | None


class Reason(Record, frozen=True):
    """Which rule gave a value, and on which words."""

    field: str
    """The path of the value in the claim: ``factuality.stage``, ``event.places.0``."""
    value: str
    rule: str
    """Stage and rule: ``judge.stage:foiled-by-verb``."""
    words: Span | None


DOUBTFUL = "doubtful"
"""The value of a reason that says that a field is not to be relied on."""


class Origin(Record, frozen=True):
    """The software that made a reading."""

    software: str
    model: str
    """The English model, the learned head and, where one was built, the larger gazetteer."""
    lexicons: str
    """Hash of the lexicon files."""


class Reading(Record, frozen=True):
    """What one pass made of one article: its claims, statements about anything else, and why."""

    article: Article
    claims: tuple[Claim, ...]
    statements: tuple[Claim, ...]
    """Attributed statements that are about no incident (``event`` is null); empty where nobody asked for them."""
    reasons: Mapping[str, tuple[Reason, ...]]
    """claim_id to the reasons for its values."""
    origin: Origin

    def doubts(self, claim: Claim) -> tuple[str, ...]:
        """What of a claim is doubtful: the fields that the learned head gives a low probability, and no plain word confirms."""
        return tuple(reason.field for reason in self.reasons.get(claim.claim_id, ()) if reason.value == DOUBTFUL)

    def _repr_html_(self) -> str:
        """The reading as a notebook shows it."""
        from reportedly.export.html import fragment  # a record knows how to show itself, but not before it is asked

        return fragment(self)


def identity(prefix: str, value: Json) -> str:
    """A content hash of `value`: `prefix`, a hyphen and the first 20 hex digits of the SHA-256 of its canonical JSON."""
    canonical = msgspec.json.encode(value, order="sorted")
    return f"{prefix}-{hashlib.sha256(canonical).hexdigest()[:20]}"
