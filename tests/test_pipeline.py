"""pipeline: one report in, claims out, in the codebook's shape and always the same. Every incident is invented."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportedly
from reportedly.acquire import acquire
from reportedly.export.jsonl import lines
from reportedly.pipeline import Reader
from reportedly.records import Article, Block, Reading, Span
from reportedly.stages.clean import clean
from reportedly.tagger import Array, Each
from tests.conftest import typed_article

SAMPLES = sorted((Path(reportedly.__file__).parent / "samples").glob("*.html"))
SLOW = 20.0
PLAIN = "The town was quiet and nobody knew anything about what had been seen there. "
"""Processor seconds within which a hostile text must be read, on a slow machine."""
TEXT = (
    "Nurse Ana Ruiz told Radio Uno that militants had attacked a market in Nairobi with grenades on Monday, killing at least nine traders.\n\n"
    "The rebels denied that they had attacked the market. Police said they had foiled a plot to kidnap the mayor of Kampala."
)


@lru_cache(maxsize=len(SAMPLES))
def sample(path: Path) -> Article:
    return clean(acquire(path))


def read_one(reader: Reader, article: Article) -> Reading:
    return next(iter(reader.read([article], statements=True)))


def shape(value: Any) -> Any:
    """The keys of a JSON value, in order; a list by its first element."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return None


def spans(value: Any) -> list[dict[str, Any]]:
    """Every span in a JSON value, wherever it stands."""
    found = []
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            found.append(value)
        for inner in value.values():
            found += spans(inner)
    elif isinstance(value, list):
        for inner in value:
            found += spans(inner)
    return found


SPAN = {"start": None, "end": None, "text": None}
SHAPE = {
    "claim_id": None,
    "article_id": None,
    "headline": None,
    "sentence": SPAN,
    "content": [SPAN],
    "attribution": {
        "chain": [{"name": None, "canonical_id": None, "kind": None, "role": None, "anonymous": None, "mention": SPAN}],
        "cue": {"start": None, "end": None, "text": None, "lemma": None},
        "stance": None,
        "quotation": None,
    },
    "event": {
        "event_type": None,
        "trigger": SPAN,
        "actors": [{"name": None, "canonical_id": None, "confidence": None, "mention": SPAN}],
        "recipients": [{"name": None, "canonical_id": None, "kind": None, "mention": SPAN}],
        "weapons": [{"category": None, "name": None, "mention": SPAN}],
        "places": [
            {
                "name": None,
                "role": None,
                "country": None,
                "admin1": None,
                "lat": None,
                "lon": None,
                "geonames_id": None,
                "where_prec": None,
                "mention": SPAN,
            }
        ],
        "date": {"start": None, "end": None, "date_prec": None, "resolved": None, "mention": SPAN},
        "quantities": [
            {"kind": None, "low": None, "best": None, "high": None, "qualifier": None, "of": None, "mention": SPAN}
        ],
    },
    "factuality": {"stage": None, "polarity": None, "certainty": None},
    "incident_id": None,
}
"""The codebook's claim. Order counts: compared as a list of items."""


def ordered(value: Any) -> Any:
    return (
        [(key, ordered(inner)) for key, inner in value.items()]
        if isinstance(value, dict)
        else [ordered(v) for v in value or ()]
    )


def test_a_claim_has_the_codebooks_shape(reader: Reader) -> None:
    """Every key of the codebook, no other, in its order."""
    reading = read_one(reader, typed_article(TEXT, "2025-06-18"))
    first = msgspec.json.decode(next(iter(lines(reading))))
    assert shape(first) == SHAPE and ordered(shape(first)) == ordered(SHAPE)


def test_the_values_of_a_claim(reader: Reader) -> None:
    """What an analyst reads out of the first sentence, value by value."""
    reading = read_one(reader, typed_article(TEXT, "2025-06-18"))
    claim = msgspec.to_builtins(reading.claims[0])
    event, attribution = claim["event"], claim["attribution"]
    assert [hop["name"] for hop in attribution["chain"]] == ["Ana Ruiz", "Radio Uno"]
    assert (attribution["cue"]["lemma"], attribution["stance"], attribution["quotation"]) == (
        "tell",
        "asserts",
        "indirect",
    )
    assert (event["event_type"], event["trigger"]["text"]) == ("bombing", "attacked")
    assert [(w["category"], w["name"]) for w in event["weapons"]] == [("explosive", "grenades")]
    assert [(p["name"], p["country"], p["role"]) for p in event["places"]] == [("Nairobi", "KE", "site")]
    assert (event["date"]["start"], event["date"]["end"], event["date"]["date_prec"], event["date"]["resolved"]) == (
        "2025-06-16",
        "2025-06-16",
        1,
        True,
    )
    (killed,) = event["quantities"]
    assert (killed["kind"], killed["low"], killed["best"], killed["high"], killed["qualifier"]) == (
        "killed",
        9,
        9,
        None,
        "at_least",
    )
    assert claim["factuality"] == {"stage": "accomplished", "polarity": "affirmed", "certainty": "certain"}


def test_a_denial_and_a_plot_beside_it(reader: Reader) -> None:
    """One incident for the attack and its denial, another for the foiled plot."""
    claims = read_one(reader, typed_article(TEXT, "2025-06-18")).claims
    assert [(c.attribution.stance, c.factuality and c.factuality.stage) for c in claims][1:] == [
        ("denies", "accomplished"),
        ("asserts", "foiled"),
    ]
    assert claims[0].incident_id == claims[1].incident_id != claims[2].incident_id


def test_without_a_date_a_relative_one_stays_unresolved(reader: Reader) -> None:
    """Where the publication date is not known, "on Monday" keeps its words and no day."""
    (claim,) = read_one(reader, typed_article("Rebels bombed a bridge in Kampala on Monday.")).claims
    assert claim.event is not None and claim.event.date is not None
    assert (claim.event.date.resolved, claim.event.date.start, claim.event.date.end) == (False, None, None)
    assert "Monday" in claim.event.date.mention.text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_span_is_the_articles_own_words(reader: Reader, path: Path) -> None:
    """``text == article.text[start:end]`` for every span of every claim, statement and reason; each inside a block."""
    reading = read_one(reader, sample(path))
    text, blocks = reading.article.text, reading.article.blocks
    found = spans(
        [
            msgspec.to_builtins(list(reading.claims)),
            msgspec.to_builtins(list(reading.statements)),
            msgspec.to_builtins({key: list(value) for key, value in reading.reasons.items()}),
        ]
    )
    assert reading.claims == () or found
    for span in found:
        assert text[span["start"] : span["end"]] == span["text"] != ""
        assert (
            any(block.start <= span["start"] and span["end"] <= block.end for block in blocks) or "\n" in span["text"]
        )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_claim_ids_are_unique_and_stable(reader: Reader, path: Path) -> None:
    """No two claims of an article share an id; a second reading gives the same bytes; every claim has an incident and reasons."""
    first, second = read_one(reader, sample(path)), read_one(reader, sample(path))
    ids = [claim.claim_id for claim in (*first.claims, *first.statements)]
    assert len(ids) == len(set(ids))
    assert list(lines(first, statements=True, explain=True)) == list(lines(second, statements=True, explain=True))
    assert all(claim.incident_id for claim in first.claims) and set(first.reasons) == {
        claim.claim_id for claim in first.claims
    }


def test_the_sports_page_yields_nothing(reader: Reader) -> None:
    """The sample about a match holds no incident, the others do."""
    counts = {path.stem: len(read_one(reader, sample(path)).claims) for path in SAMPLES}
    quiet = {name for name, count in counts.items() if count == 0}
    assert quiet == {"2025-03-12-echo-rovers"}


def test_an_article_in_a_batch_reads_as_it_does_alone(reader: Reader) -> None:
    """What stands beside an article in a batch changes nothing, and the order is kept."""
    articles = [sample(path) for path in SAMPLES]
    together = list(reader.read(articles, statements=True))
    assert [r.article.article_id for r in together] == [a.article_id for a in articles]
    backwards = list(reader.read(articles[::-1], statements=True))[::-1]
    for one, other, article in list(zip(together, backwards, articles, strict=True))[::3]:
        alone = read_one(reader, article)
        assert (
            list(lines(one, statements=True))
            == list(lines(other, statements=True))
            == list(lines(alone, statements=True))
        )


def test_what_nobody_asks_for_changes_no_claim(reader: Reader) -> None:
    """The head is spared what is about no incident, and every claim is the same to the last letter, with its reasons."""
    articles = [sample(path) for path in SAMPLES]
    for spared, whole in zip(reader.read(articles), reader.read(articles, statements=True), strict=True):
        assert spared.statements == ()
        assert list(lines(spared, explain=True)) == list(lines(whole, explain=True))


def test_the_quiet_page_costs_the_head_nothing(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page about a match is read without a look of the head, unless what people say there is asked for."""
    looks = 0
    each = reader.head.network.each

    def counted(ids: Array, marks: Array) -> Each:
        nonlocal looks
        looks += 1
        return each(ids, marks)

    monkeypatch.setattr(reader.head.network, "each", counted)
    article = typed_article("The Rovers won the cup on Sunday. “We played well,” coach Ivo Brand said.", "2025-06-18")
    assert next(iter(reader.read([article]))).claims == () and looks == 0
    assert next(iter(reader.read([article], statements=True))).statements and looks == 1


def test_read_takes_a_file() -> None:
    """`reportedly.read` gives the records of one report, with what made them."""
    reading = reportedly.read(SAMPLES[1])
    assert reading.claims and reading.article.publication_date == "2025-03-03"
    assert reading.origin.software.startswith("reportedly ") and reading.origin.lexicons and reading.origin.model
    assert "<" in reading._repr_html_()


def test_read_takes_a_date(tmp_path: Path) -> None:
    """A publication date that the caller gives dates the report."""
    path = tmp_path / "report.txt"
    path.write_text(
        "Rebels bombed a bridge in Kampala on Monday, police said.\nNobody was hurt, a spokesman told reporters.\n",
        "utf-8",
    )
    reading = reportedly.read(path, published="2025-06-18")
    assert reading.claims[0].event is not None and reading.claims[0].event.date is not None
    assert reading.claims[0].event.date.start == "2025-06-16" and reading.article.date_known_from == "given"


PROGRAM = """
import sys
from reportedly.export.jsonl import lines
from reportedly.pipeline import Reader, read
reading = read(sys.argv[1], published="2025-06-18")
sys.stdout.buffer.write("".join(lines(reading, statements=True, explain=True)).encode())
"""
SETTINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "C", "LC_ALL": "C", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "OMP_NUM_THREADS": "2"},
    {
        "PYTHONHASHSEED": "2",
        "TZ": "America/Los_Angeles",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
    },
]


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """Hash seed, time zone, locale and number of threads change no byte of the claims and their reasons."""
    path = tmp_path / "report.txt"
    path.write_text(
        TEXT + "\n\nLes témoins “ont” vu: eight people were hurt in Mombasa, the İzmir paper said.\n", "utf-8"
    )
    out = []
    for changed in SETTINGS:
        env = {
            key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))
        } | changed
        done = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        out.append(done.stdout)
    assert out[0].count(b"\n") >= 3
    assert out[0] == out[1] == out[2]


@pytest.mark.parametrize("text", ["", " \n\n ", ".", "12", "Nothing.", "\u200b", "— — —", "The choir sang in Nairobi."])
def test_an_article_with_next_to_nothing_yields_nothing(reader: Reader, text: str) -> None:
    """A text without an incident gives no claim and no error, with blocks and without."""
    blocks = (Block(start=0, end=len(text)),) if text.strip() else ()
    reading = read_one(reader, Article(article_id="a", document_sha256="a", text=text, blocks=blocks))
    assert reading.claims == () and reading.reasons == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "repeated sentences",
            (
                "Gunmen attacked a market in Nairobi on Monday, killing nine people, police said. "
                + "The town was quiet and nobody knew anything about what had been seen there by the old men on the wall. "
                * 8
            )
            * 220,
        ),
        (
            "one long sentence",
            "Police said that gunmen " + "attacked a market in Nairobi on Monday and then " * 222 + "fled.",
        ),
        (
            "a long list",
            "Rebels attacked " + ", ".join(["the clinic", "a bridge", "two schools"] * 300) + " on Monday.",
        ),
        ("unclosed quotations", "“It was a bomb, he said. " * 1200),
        ("nothing but marks", "Rebels bombed a bridge. " + "=" * 50_000 + '"' * 50_000 + "-_" * 25_000),
        ("nested brackets", "(" * 1500 + "Rebels bombed a bridge" + ")" * 1500 + "."),
    ],
    ids=lambda value: value if len(value) < 40 else "",
)
def test_no_text_takes_for_ever(reader: Reader, name: str, text: str) -> None:
    """200 kB of repeated sentences and a sentence of 2,000 words are read in seconds, or in three times what plain text of that length takes here."""
    began = time.process_time()
    read_one(reader, typed_article(PLAIN * 200, "2025-06-18"))
    plain = (time.process_time() - began) / len(PLAIN * 200)
    began = time.process_time()
    reading = read_one(reader, typed_article(text, "2025-06-18"))
    assert time.process_time() - began < max(SLOW, 3 * plain * len(text)), name
    assert all(isinstance(claim.sentence, Span) for claim in reading.claims)


PIECES = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            [
                "Gunmen attacked a village. ",
                "Rebels bombed ",
                "killing ",
                "nine people ",
                "at least ",
                "in Nairobi ",
                "on Monday ",
                "last month ",
                "police said ",
                "“It was a bomb,” ",
                "denied that ",
                "one of 25 plots ",
                "including one ",
                "them ",
                "who ",
                "by ",
                "\n\n",
                ", ",
                "and ",
                "its ",
                "the group ",
                "– ",
                "from ",
                "use chemical weapons ",
                "by the rebels ",
                "ISIS ",
                "Mr. Brand ",
                "he ",
                "told Radio Uno ",
                "according to ",
                "12,000 ",
                "three-quarters ",
            ]
        ),
    ),
    min_size=1,
    max_size=25,
)


@given(PIECES, st.sampled_from([None, "2025-06-18", "2024-02-29"]))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_no_text_crashes_the_reader(reader: Reader, pieces: list[str], published: str | None) -> None:
    """Whatever the words and signs, there is a reading, and its spans hold."""
    article = typed_article("".join(pieces), published)
    reading = read_one(reader, article)
    for span in spans([msgspec.to_builtins(list(reading.claims)), msgspec.to_builtins(list(reading.statements))]):
        assert article.text[span["start"] : span["end"]] == span["text"]
