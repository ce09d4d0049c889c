"""Which articles and which of their accounts are about one incident.

Two layouts. ECB+ (a folder with ``articles/TOPIC/*.xml``): see below. MAVERICK (a folder with ``maverick_event_report.csv``): coded reports
of electoral violence, no texts; each row is taken for an account, ``event_id`` is the gold, reports of one event differ in day, place and toll.
Its split is by the year (``even``, ``odd``).

All topics are read as one ledger. Two golds: ``accounts``: the chain that most of an account's marked claims belong to, and only pairs of
different articles count; ``articles``: the two incidents of each topic (``ecb`` and ``ecbplus``), where an article stands for its largest
account of violence. Most of the texts have no date at all: a full date in the first lines is taken for the day of publication. Beside
ours: every account its own, and the same family and first day.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import msgspec

from evals import Result, Scores
from evals.incidents import Marked, covered, marked_articles
from reportedly.engines._comparing import compared
from reportedly.entries import Account, Anchor, Capture, Judgement, Range, Signature
from reportedly.pipeline import Reader
from reportedly.records import Actor, Article, EventDate, EventType, Place, Reading, Span
from reportedly.stages.account import accounts
from reportedly.stages.cluster import clusters
from reportedly.stages.reprint import signature

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATED = re.compile(
    r"\b(?:(?P<m>[A-Z][a-z]{2,8})\.? (?P<d>\d{1,2}) ?, ?(?P<y>(?:19|20)\d\d)|(?P<d2>\d{1,2}) (?P<m2>[A-Z][a-z]{2,8}) (?P<y2>(?:19|20)\d\d))\b"
)
HEAD = 400
"""Characters in which a date is the article's own."""
MAVERICK = "maverick_event_report.csv"
KINDS: dict[str, EventType] = {"Clash": "armed_clash", "Riot": "riot", "Protest": "riot", "Arrest or raid": "raid"}
COUNTRIES = {"Kenya": "KE", "Ivory Coast": "CI"}
SOURCE = re.compile(r"^(?P<outlet>.*?) \((?P<day>\d{4}-\d\d-\d\d)\)")
NO_WORDS = Span(start=0, end=0, text="")
AT = "2000-01-01T00:00:00.000000Z"


@dataclass(frozen=True)
class Told:
    """One account, with the gold incident of its claims where they are marked, and that of its article."""

    account: Account
    gold: str | None
    article: str


def run(data: Path, limit: int | None, split: str | None = None, verbose: bool = False) -> Result:
    """Scores the joining of accounts across articles.

    Args:
        data: the folder of ECB+.
        limit: at most so many articles.
        split: ``even`` or ``odd``: only those topics. Rules were made on the even ones.
        verbose: print wrong pairs on standard error.
    """
    if (data / MAVERICK).is_file():
        coded = list(maverick(data / MAVERICK, split))[:limit]
        return Result(n=len(coded), scores=scored(coded, (), verbose))
    reader = Reader()
    told: list[Told] = []
    signatures: list[Signature] = []
    count = 0
    for marked in list(marked_articles(data, split))[:limit]:
        count += 1
        marked = published(marked)
        told += accounts_of(marked, next(iter(reader.read([marked.article]))), reader.families)
        signatures.append(signature(marked.article))
        if count % 100 == 0:
            print(f"{count} articles", file=sys.stderr)
    return Result(n=count, scores=scored(told, signatures, verbose))


def published(marked: Marked) -> Marked:
    """With the day that the first lines give."""
    found = DATED.search(marked.article.text[:HEAD])
    if found is None:
        return marked
    month = (found["m"] or found["m2"])[:3].lower()
    if month not in MONTHS:
        return marked
    try:
        day = date(int(found["y"] or found["y2"]), MONTHS.index(month) + 1, int(found["d"] or found["d2"]))
    except ValueError:
        return marked
    article: Article = msgspec.structs.replace(marked.article, publication_date=day.isoformat(), date_known_from="text")
    return Marked(article, marked.mentions)


def accounts_of(marked: Marked, reading: Reading, families: dict[str, str]) -> Iterator[Told]:
    """The accounts of an article with their gold."""
    name = marked.article.article_id
    capture = Capture(
        capture_id=f"cap-{name}",
        document_sha256=name,
        media_type=None,
        charset=None,
        url=name,
        outlet=None,
        published=None,
        retrieved_on=None,
        captured_at=AT,
        file="",
        offset=0,
        length=0,
    )
    topic = f"{name.split('_')[0]}{'plus' if 'plus' in name else ''}"
    for account in accounts(reading, capture, families):
        mine = covered(marked, [c for c in reading.claims if c.claim_id in account.claim_ids])
        gold = Counter(c.gold for c in mine).most_common(1)
        yield Told(
            account, f"{name} {gold[0][0]}" if gold and gold[0][0][0] in "mr" else gold[0][0] if gold else None, topic
        )


def maverick(path: Path, split: str | None) -> Iterator[Told]:
    """The coded reports; a report of one article that repeats its event is left out."""
    seen: set[tuple[str, str]] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            year, key = int(row["date_start"][:4] or 0), (row["source"], row["event_id"])
            if key not in seen and (split is None or (split == "even") == (year % 2 == 0)):
                seen.add(key)
                yield Told(_coded(number, row), row["event_id"], row["event_id"])


def _coded(number: int, row: dict[str, str]) -> Account:
    """A coded report as an account."""
    source = SOURCE.match(row["source"])
    kind = KINDS.get(row["event_context"], "attack")
    place = Place(
        name=row["location"] or row["city"] or row["country"],
        role="site",
        country=COUNTRIES[row["country"]],
        admin1=None,
        lat=float(row["latitude"]) if row["latitude"] else None,
        lon=float(row["longitude"]) if row["longitude"] else None,
        geonames_id=None,
        where_prec=2 if row["city"] or row["location"] else 6,
        mention=NO_WORDS,
    )
    start, end = row["date_start"], row["date_end"] or row["date_start"]
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    prec = 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5
    killed, wounded = _coded_range(row, "deaths"), _coded_range(row, "injuries")
    return Account(
        account_id=f"acc-{number:06}",
        capture_id=row["source"] or str(number),
        article_id=row["source"] or str(number),
        incident_id=str(number),
        claim_ids=(str(number),),
        outlet=source["outlet"] if source else None,
        publication_date=source["day"] if source else None,
        event_type=kind,
        family={"riot": "unrest", "raid": "operation"}.get(kind, "violence"),
        stage="accomplished",
        negated=False,
        date=EventDate(start=start, end=end, date_prec=prec, resolved=True, mention=NO_WORDS),
        places=(place,),
        actors=tuple(
            Actor(name=row[who], canonical_id=None, confidence="reported_as_fact", mention=NO_WORDS)
            for who in ("actor1",)
            if row[who] and not row[who].startswith("Unknown")
        ),
        recipients=tuple(row[who] for who in ("actor2",) if row[who] and not row[who].startswith("Unknown")),
        weapons=(),
        killed=killed,
        wounded=wounded,
        anchor=Anchor(document_sha256=row["source"], text=str(number)),
    )


def _coded_range(row: dict[str, str], field: str) -> Range:
    low, best, high = (
        int(float(row[f"{field}_{bound}"])) if row[f"{field}_{bound}"] else None for bound in ("low", "best", "high")
    )
    return Range(low=low, best=best, high=high) if best else Range()


def scored(told: Sequence[Told], signatures: Sequence[Signature], verbose: bool = False) -> Scores:
    """The scores of our partition and of the baselines."""
    given = [t.account for t in told]
    judgements = compared(given, signatures, AT)
    parts = {name: number for number, part in enumerate(clusters(given, judgements)) for name in part}
    answers: dict[str, Callable[[Account], str]] = {
        "ours": lambda a: str(parts[a.account_id]),
        "each_its_own": lambda a: a.account_id,
        "same_family_and_day": lambda a: f"{a.family} {a.date.start}" if a.date else a.account_id,
    }
    known = [t for t in told if t.gold is not None]
    leads = list(_leads(told))
    out: Scores = {
        "accounts": len(given),
        "marked_accounts": len(known),
        "articles": len(leads),
        "judgements": len(judgements),
    }
    for name, answer in answers.items():
        out[name] = {
            "accounts": _scores([(answer(t.account), t.gold or "", t.account.capture_id) for t in known]),
            "articles": _scores([(answer(t.account), t.article, t.account.capture_id) for t in leads]),
        }
    if verbose:
        print("\n".join(_complaints(known, parts, judgements)), file=sys.stderr)
    return out


def _leads(told: Sequence[Told]) -> Iterator[Told]:
    """The largest account of violence of each article."""
    of: dict[str, list[Told]] = {}
    for one in told:
        if one.account.family == "violence":
            of.setdefault(one.account.capture_id, []).append(one)
    for several in of.values():
        yield max(several, key=lambda t: len(t.account.claim_ids))


def _scores(named: Sequence[tuple[str, str, str]]) -> Scores:
    """Pairs of different articles, B-cubed and LEA.

    Args:
        named: for each item the answer, the gold and its article.
    """
    both = mine = gold = 0
    for (a, g, x), (b, h, y) in combinations(named, 2):
        if x != y:
            both, mine, gold = both + (a == b and g == h), mine + (a == b), gold + (g == h)
    return {"pairs": _prf(both, mine, gold), "b3": _b3(named), "lea": _lea(named)}


def _prf(both: float, mine: float, gold: float) -> Scores:
    precision, recall = both / mine if mine else 1.0, both / gold if gold else 1.0
    f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f": round(f, 4)}


def _b3(named: Sequence[tuple[str, str, str]]) -> Scores:
    ours, theirs = Counter(a for a, _, _ in named), Counter(g for _, g, _ in named)
    common = Counter((a, g) for a, g, _ in named)
    if not named:
        return _prf(0, 0, 0)
    precision = sum(n * n / ours[a] for (a, _), n in common.items()) / len(named)
    recall = sum(n * n / theirs[g] for (_, g), n in common.items()) / len(named)
    return _prf(precision * recall, recall, precision) if precision and recall else _prf(0, 1, 1)


def _lea(named: Sequence[tuple[str, str, str]]) -> Scores:
    """Moosavi and Strube (2016): each cluster by its size and the share of its links that the other side has."""

    def one_way(of: dict[str, list[str]]) -> float:
        total = sum(map(len, of.values()))
        resolved = 0.0
        for others in of.values():
            links = len(others) * (len(others) - 1) / 2
            held = sum(n * (n - 1) / 2 for n in Counter(others).values())
            resolved += len(others) * (held / links if links else 0.0)
        return resolved / total if total else 0.0

    ours: dict[str, list[str]] = {}
    theirs: dict[str, list[str]] = {}
    for a, g, _ in named:
        ours.setdefault(a, []).append(g)
        theirs.setdefault(g, []).append(a)
    precision, recall = one_way(ours), one_way(theirs)
    f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f": round(f, 4)}


def _complaints(known: Sequence[Told], parts: dict[str, int], judgements: Sequence[Judgement]) -> Iterator[str]:
    """Wrong joins with their reasons, and pairs wrongly apart."""
    gold = {t.account.account_id: t for t in known}
    for judgement in judgements:
        left, right = gold.get(judgement.left), gold.get(judgement.right)
        if left and right and left.gold != right.gold:
            yield f"JOINED {_shown(left)} | {_shown(right)} | {judgement.score} {judgement.why}"
    for one, other in combinations(known, 2):
        apart = parts[one.account.account_id] != parts[other.account.account_id]
        if one.gold == other.gold and one.account.capture_id != other.account.capture_id and apart:
            yield f"APART {_shown(one)} | {_shown(other)}"


def _shown(told: Told) -> str:
    account = told.account
    day = account.date.start if account.date else account.publication_date and f"p{account.publication_date}"
    places = ",".join(p.name for p in account.places)
    return f"{account.capture_id} {account.event_type}/{account.stage} {day} [{places}] {list(account.recipients)[:4]} k={account.killed.best} g={told.gold}"
