"""muc4: the incidents of an article as MUC-4's templates (1992), by the official rules (a folder with ``texts/`` and ``keys/``).

`mapped` alone knows MUC-4's wording: it turns a reading into templates by ``event_types.toml`` (its column ``muc4``) and the tables of ``muc4.toml``.
`_muc4_score` compares; that it scores right is shown on the official answers of 1992 (``tests/evals/test_muc4.py``).
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from evals import Result
from evals._muc4_fill import Filling, Setting, Tables, load_tables
from evals._muc4_relevant import is_sum, relevant
from evals._muc4_same import Found, joined
from evals._muc4_score import Counts, Score, score
from evals._muc4_templates import Template, templates
from evals.muc4_factuality import messages
from reportedly.pipeline import Reader
from reportedly.records import Claim, Place, Reading
from reportedly.stages.annotate import in_dictionary

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
TOWN = 2
"""A place's precision where its town is known."""


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
    reader = Reader()
    tables = load_tables(partial(in_dictionary, parser=reader.parser), data)
    key: dict[str, list[Template]] = {}
    response: dict[str, list[Template]] = {}
    for name in split.split(","):
        known = templates(next(iter(sorted((data / "keys").glob(f"*{name}*")))))
        text = next(p for p in sorted((data / "texts").glob(f"*{name}*")) if not p.name.endswith("mixed-case"))
        articles = list(messages(text))[:limit]
        for (message, _), reading in zip(articles, reader.read([a for _, a in articles], statements=True), strict=True):
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
        if is_sum(claim.event):
            continue
        if claim.factuality.stage != "hypothetical" and claim.factuality.polarity == "affirmed":
            incidents[claim.incident_id or claim.claim_id].append(claim)
    out: list[Found] = []
    text = " ".join(reading.article.text.upper().split())
    setting = Setting(
        dateline=reading.article.publication_date,
        nation=tables.most("nations", text) or _usual(incidents, tables),
        place=_the_place(incidents),
        text=text,
        groups=_groups(reading),
    )
    for part in (part for claims in incidents.values() for part in _parts(claims, tables)):
        template = Filling(Template(message, str(len(out) + 1)), part, tables, setting).filled()
        if relevant(template, part, tables, setting):
            out.append((template, part))
    return joined(out, lambda one: Filling(Template(message, one[0].number), one[1], tables, setting).filled())


def _parts(claims: Sequence[Claim], tables: Tables) -> list[list[Claim]]:
    """One incident of ours as MUC-4's: arson, kidnapping, robbery and hijacking are each told apart from the attack they went with, where
    both name somebody or something that they struck."""
    kinds: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        kinds[tables.types[claim.event.event_type] if claim.event else ""].append(claim)
    plain = [kind for kind in ("BOMBING", "ATTACK") if kind in kinds]
    others = [kind for kind in kinds if kind not in plain]
    if not others or not any(claim.event and claim.event.recipients for kind in plain for claim in kinds[kind]):
        return [list(claims)]
    struck = [kind for kind in others if any(claim.event and claim.event.recipients for claim in kinds[kind])]
    rest = [claim for claim in claims if claim.event and tables.types[claim.event.event_type] not in struck]
    return [rest, *(kinds[kind] for kind in struck)]


def _the_place(incidents: Mapping[str, Sequence[Claim]]) -> Place | None:
    """The town where most of what a reading tells of happened; None where it names none, or two as often."""
    events = [claim.event for claims in incidents.values() for claim in claims if claim.event]
    sites = [p for event in events for p in event.places if p.role == "site" and p.where_prec <= TOWN]
    counts = Counter(place.name for place in sites).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return next(place for place in sites if place.name == counts[0][0])


def _groups(reading: Reading) -> dict[str, str]:
    """The armed groups that a reading names as actors, targets or sources: each name, and which group it stands for."""
    found: dict[str, str] = {}
    for claim in (*reading.claims, *reading.statements):
        named: list[tuple[str | None, str]] = [(hop.canonical_id, hop.name) for hop in claim.attribution.chain]
        if claim.event:
            named += [(one.canonical_id, one.name) for one in claim.event.actors]
            named += [(one.canonical_id, one.name) for one in claim.event.recipients]
        found |= {name.upper(): known for known, name in named if known is not None and known.startswith("group:")}
    return dict(sorted(found.items()))


def _usual(incidents: Mapping[str, Sequence[Claim]], tables: Tables) -> str:
    """That of the nine countries in which most places of a reading lie."""
    events = [claim.event for claims in incidents.values() for claim in claims if claim.event]
    known = tables.words["countries"]
    counts = Counter(known[p.country] for event in events for p in event.places if p.country in known)
    return str(counts.most_common(1)[0][0]) if counts else ""
