"""evals: the readers of other people's layouts, on tiny data of our own in the same layouts; and the command itself."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evals import (
    NAMES,
    agreement,
    curve,
    extraction,
    geoparsing,
    gold,
    incidents,
    joining,
    macro_f,
    meantime,
    meantime_time,
    muc4_factuality,
    own,
    polnear,
    sentences,
    stances,
    uds,
)
from evals import all as every

ROOT = Path(__file__).parents[2]
TEXT = "Gunmen attacked a bus in Nairobi on Monday, police said.\n\nThe army denied it.\n"
PARAGRAPHS = [
    "Gunmen attacked a bus near the harbour of Tarvik on Monday and wounded four passengers, the police said in a statement on Tuesday.",
    "The driver, who was not hurt, told reporters that the men had stopped the bus with a tree across the road and then opened fire.",
    "The mayor of the town asked for more patrols on the coast road, where two other buses were attacked in the past month.",
]


def evals(*arguments: str) -> subprocess.CompletedProcess[str]:
    env = dict(os.environ, PYTHONPATH=str(ROOT))
    return subprocess.run(
        [sys.executable, "-m", "evals", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_missing_data_is_exit_status_two(tmp_path: Path) -> None:
    """Where the corpus is not there, one clear line and status 2."""
    done = evals("gold", "--data", str(tmp_path / "nowhere"))
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.strip().splitlines() == [
        f"evals: there is no {tmp_path / 'nowhere'}; give the corpus with --data"
    ]


def test_an_unknown_evaluation_lists_the_known_ones(tmp_path: Path) -> None:
    """A misspelt name is answered with the valid ones and status 2."""
    done = evals("golden", "--data", str(tmp_path))
    assert done.returncode == 2 and all(name in done.stderr for name in NAMES)


def test_every_name_has_a_module_that_runs() -> None:
    """Each evaluation of the table is a module with a `run`."""
    assert [
        name for name in NAMES if "def run(data: Path" not in (ROOT / "evals" / f"{name}.py").read_text("utf-8")
    ] == []


def test_polnear(tmp_path: Path) -> None:
    """Brat's stand-off files beside the texts: two annotators weigh half each; a span may be in two pieces."""
    for name in ("text", "attributions"):
        (tmp_path / "dev" / name).mkdir(parents=True)
    (tmp_path / "dev" / "text" / "a.txt").write_text(TEXT, "utf-8")
    said, police, content = TEXT.index("said"), TEXT.index("police"), TEXT.index(", police")
    full = (
        f"T1\tSource {police} {police + 6}\tpolice\nT2\tCue {said} {said + 4}\tsaid\nT3\tContent 0 6;7 {content}\tGunmen attacked\n"
        "E1\tAttribution:T2 Cue:T2 Source:T1 Content:T3\n"
    )
    for annotator in ("one", "two"):
        (tmp_path / "dev" / "attributions" / f"a_{annotator}.ann").write_text(
            full if annotator == "one" else "", "utf-8"
        )
    (tmp_path / "dev" / "text" / "unmarked.txt").write_text(TEXT, "utf-8")
    (quoted,) = polnear.gold(tmp_path / "dev" / "attributions" / "a_one.ann", TEXT)
    assert quoted.words == ("police", "said", f"Gunmen … {TEXT[7:content]}")
    assert quoted.source == frozenset(range(police, police + 6)) and 6 not in quoted.content
    result = polnear.run(tmp_path, None, split="dev")
    assert result.n == 1 and result.scores["end_to_end"] == 1.0 and result.scores["content"]["recall"] > 0.9
    assert set(result.scores["tokens"]) == {"source", "cue", "content"}


def test_polnear_by_quotation() -> None:
    """Direct, mixed or indirect by the letters between quotation marks; a paragraph's open mark ends with it."""
    text = '"We left," he said of the "old" mill.\n"It burns and he left.\nNo more.'
    quoted = polnear.quoted_in(text)
    kind = {
        words: polnear.quotation_of(text, frozenset(range(text.index(words), text.index(words) + len(words))), quoted)
        for words in ('"We left,"', 'the "old" mill', "No more")
    }
    assert kind == {'"We left,"': "direct", 'the "old" mill': "mixed", "No more": "indirect"}


def test_uds(tmp_path: Path) -> None:
    """A line a sentence: its tokens, and predicates with a value from -3 to 3."""
    rows = [
        {
            "id": "a",
            "tokens": ["The", "bridge", "collapsed", "."],
            "preds": [{"head": 2, "token": "collapsed", "value": 3.0, "confidence": 1.0}],
        },
        {
            "id": "b",
            "tokens": ["It", "never", "rained", "."],
            "preds": [{"head": 2, "token": "rained", "value": -3.0, "confidence": 1.0}],
        },
    ]
    (tmp_path / "uds_factuality_dev.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    result = uds.run(tmp_path, None)
    assert result.n == 2 and result.scores["pearson"] == 1.0 and result.scores["majority"] == 0.5
    assert uds.pearson([(1, 2), (2, 4), (3, 6)]) == pytest.approx(1.0)
    assert uds.pearson([(1, 2), (1, 4)]) == 0.0


def test_meantime(tmp_path: Path) -> None:
    """CAT files: tokens with their sentence, mentions anchored in them; what has no value is not asked."""
    folder = tmp_path / "intra_cross-doc_annotation" / "corpus_x"
    folder.mkdir(parents=True)
    tokens = "".join(
        f'<token t_id="{n}" sentence="{n // 5}" number="{n}">{word}</token>'
        for n, word in enumerate(["The", "firm", "did", "not", "sell", "shares", "on", "Monday", "."])
    )
    mention = '<EVENT_MENTION m_id="{}" certainty="{}" polarity="{}"><token_anchor t_id="{}"/></EVENT_MENTION>'
    body = mention.format(1, "CERTAIN", "NEG", 4) + mention.format(2, "", "", 5)
    (folder / "1_x.xml").write_text(f"<Document>{tokens}<Markables>{body}</Markables></Document>", "utf-8")
    text, mentions = meantime.read(folder / "1_x.xml")
    assert text == "The firm did not sell\nshares on Monday ."
    assert [(text[slice(*span)], certainty, polarity) for span, certainty, polarity in mentions] == [
        ("sell", "CERTAIN", "NEG")
    ]
    assert meantime.run(tmp_path, None).n == 1
    assert macro_f([("a", "a"), ("b", "a")]) == pytest.approx(0.3333, abs=1e-3)


def test_meantime_time(tmp_path: Path) -> None:
    """Gold expressions of the first six sentences but the dateline; a meeting one may lie beside the gold words, and its value be wrong."""
    folder = tmp_path / "intra_cross-doc_annotation" / "corpus_x"
    folder.mkdir(parents=True)
    sentences = [
        ["Mill", "burns"],
        ["March", "06", ",", "2008"],
        ["A", "mill", "burned", "on", "Tuesday", "for", "three", "hours", "."],
        ["It", "had", "stood", "since", "1975", "."],
        ["A", "guard", "(", "aged", "60", ")", "fled", "in", "May", "2007", "."],
        ["It", "opens", "."],
        ["It", "closes", "on", "Friday", "."],
    ]
    words = [(number, word) for number, sentence in enumerate(sentences) for word in sentence]
    tokens = "".join(
        f'<token t_id="{n}" sentence="{s}" number="{n}">{word}</token>' for n, (s, word) in enumerate(words)
    )
    at = {word: n for n, (_, word) in enumerate(words)}
    timex = '<TIMEX3 m_id="1" type="{}" value="{}" functionInDocument="{}">{}</TIMEX3>'
    rows = [
        ("DATE", "2008-03-06", "CREATION_TIME", range(2, 6)),
        ("DATE", "2008-03-04", "NONE", [at["Tuesday"]]),
        ("DURATION", "PT3H", "NONE", [at["hours"]]),
        ("DATE", "1974", "NONE", [at["1975"]]),
        ("DATE", "PAST_REF", "NONE", [at["stood"]]),
        ("DATE", "2008-03-07", "NONE", [at["Friday"]]),
    ]
    body = "".join(
        timex.format(kind, value, role, "".join(f'<token_anchor t_id="{n}"/>' for n in anchors))
        for kind, value, role, anchors in rows
    )
    (folder / "1_x.xml").write_text(f"<Document>{tokens}<Markables>{body}</Markables></Document>", "utf-8")
    page = meantime_time.read(folder / "1_x.xml")
    assert page.text.split("\n\n")[1:5:3] == ["March 06, 2008", "A guard (aged 60) fled in May 2007."]
    assert page.created == "2008-03-06" and len(page.ignored) == 1
    assert [page.text[t.start : t.end] for t in page.gold] == ["Tuesday", "hours", "1975", "stood"]
    scores = meantime_time.run(tmp_path, None).scores
    assert (scores["gold"], scores["found"]) == (4, 4)
    assert scores["span"] == {"precision": 0.75, "recall": 0.75, "f": 0.75}
    assert scores["value"] == {"precision": 0.5, "recall": 0.5, "f": 0.5}
    assert scores["by_type"]["DURATION"]["value"]["f"] == 1.0


KEY = """0.  MESSAGE: ID                    TST9-MUC4-0001
1.  MESSAGE: TEMPLATE              1
4.  INCIDENT: TYPE                 ATTACK
5.  INCIDENT: STAGE OF EXECUTION   ACCOMPLISHED
11. PERP: ORGANIZATION CONFIDENCE  REPORTED AS FACT / CLAIMED OR ADMITTED: "SHINING PATH" / "SL"
                                   POSSIBLE: "TUPAC AMARU REVOLUTIONARY MOVEMENT [MRTA]"

0.  MESSAGE: ID                    TST9-MUC4-0002
1.  MESSAGE: TEMPLATE              *
4.  INCIDENT: TYPE                 *
5.  INCIDENT: STAGE OF EXECUTION   *
"""


def test_muc4_factuality(tmp_path: Path) -> None:
    """Slots of the keys, a slash is an alternative, a star is no incident; messages are cut at their names."""
    for name in ("texts", "keys"):
        (tmp_path / name).mkdir()
    (tmp_path / "keys" / "key-tst9.v1").write_text(KEY, "utf-8")
    (tmp_path / "texts" / "tst9-muc4").write_text(
        "TST9-MUC4-0001\n\n   SHINING PATH GUERRILLAS ATTACKED A POLICE STATION IN LIMA ON MONDAY AND KILLED\nTHREE POLICEMEN, RADIO STATIONS REPORTED.\n\n"
        "TST9-MUC4-0002\n\n   THE PRESIDENT OPENED A SCHOOL IN THE CAPITAL.\n",
        "utf-8",
    )
    keys = muc4_factuality.templates(tmp_path / "keys" / "key-tst9.v1")
    (template,) = keys["TST9-MUC4-0001"]
    assert template.stages == {"ACCOMPLISHED"} and not keys["TST9-MUC4-0002"]
    assert [sorted(right) for _, right in template.organisations] == [
        ["claimed_or_admitted", "reported_as_fact"],
        ["possible"],
    ]
    result = muc4_factuality.run(tmp_path, None, split="tst9")
    assert result.n == 2 and result.scores["confidence"]["gold_fills"] == 2
    assert result.scores["confidence"]["organisation_found"] == 0.5


def test_own_and_agreement(tmp_path: Path) -> None:
    """Standoff rows of texts that are at hand; a second annotation of one of them."""
    corpus = ROOT / "corpus"
    assert own.run(corpus, 2).n == 2
    found = agreement.run(corpus, 3)
    assert found.n == 3 and 0.5 < found.scores["sayings"]["seen_by_both_f"] <= 1
    assert agreement.agreement([("a", "a"), ("b", "a"), ("b", "b"), ("a", "a")])["kappa"] == 0.5


def test_curve(tmp_path: Path) -> None:
    """Each head's own card, in the order of what it had seen."""
    for name, sayings in (("all", 400), ("half", 200)):
        (tmp_path / name).mkdir()
        card = {"trained_on": {"sayings": sayings, "acts": 1}, "held": {"end_to_end": sayings / 1000}}
        (tmp_path / name / "head.json").write_text(json.dumps(card), "utf-8")
    result = curve.run(tmp_path, None)
    assert list(result.scores) == ["half", "all"] and result.scores["all"]["end_to_end"] == 0.4


def test_stances() -> None:
    """A row's cue is looked for among the sayings; what is not found is wrong."""
    result = stances.run(ROOT / "tests" / "data", 20, split="dev")
    assert result.n == 20 and result.scores["right"] <= result.scores["found"]


def toponym(name: str, start: int, lat: float, lon: float, number: int) -> str:
    return (
        f"<toponym><start>{start}</start><end>{start + len(name)}</end><phrase>{name}</phrase>"
        f'<gaztag geonameid="{number}"><lat>{lat}</lat><lon>{lon}</lon></gaztag></toponym>'
    )


def test_geoparsing(tmp_path: Path) -> None:
    """Both dialects of XML are read, a drifted offset is put right, and a folder gives the mean beside its files."""
    text = "Gunmen attacked a bus in Nairobi on Monday. The army sent troops from Kampala."
    nairobi, kampala = text.index("Nairobi"), text.index("Kampala")
    (tmp_path / "one.xml").write_text(
        f"<articles><article><domain>x.example</domain><text>{text}</text><toponyms>{toponym('Nairobi', nairobi + 2, -1.28, 36.82, 184745)}"
        f"{toponym('Kampala', kampala, 0.32, 32.58, 232422)}</toponyms></article></articles>",
        "utf-8",
    )
    (tmp_path / "two.xml").write_text(
        f"<articles><article><text>{text}</text><locations><location><name>Nairobi</name><start>{nairobi}</start><end>{nairobi + 7}</end>"
        "<lat>-1.28</lat><lon>36.82</lon></location></locations></article></articles>",
        "utf-8",
    )
    ((article, golds),) = geoparsing.read(tmp_path / "one.xml")
    assert article.outlet == "x.example" and [(g.start, g.geonames_id) for g in golds] == [
        (nairobi, 184745),
        (kampala, 232422),
    ]
    one = geoparsing.run(tmp_path / "one.xml", None).scores
    assert one["end_to_end"]["f"] == 1.0 and one["gold"]["within_161km"] == 1.0 and one["gold"]["exact"] == 1.0
    both = geoparsing.run(tmp_path, 1).scores
    assert set(both) == {"one", "two", "macro"} and both["two"]["gold"]["exact"] is None
    assert both["two"]["end_to_end"]["recall"] == 1.0 > both["two"]["end_to_end"]["precision"]


def test_extraction(tmp_path: Path) -> None:
    """Zipped pages beside their paragraphs; an optional paragraph in brackets counts for whoever gives it."""
    folder = tmp_path / "dataset" / "html"
    folder.mkdir(parents=True)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><head><title>Bus attacked</title></head><body><article><h1>Bus attacked near Tarvik</h1>{body}</article></body></html>"
    (folder / "a.html.gz").write_bytes(gzip.compress(page.encode()))
    (tmp_path / "dataset" / "ground_truth.json").write_text(
        json.dumps({"a.html.gz": {"body": PARAGRAPHS, "url": "https://x.example/a"}}), "utf-8"
    )
    result = extraction.run(tmp_path, None)
    assert result.n == 1 and result.scores["rejected"] == 0 and result.scores["f"] > 0.95
    assert set(result.scores["trafilatura"]) == {"precision", "recall", "f"}
    assert extraction.run(tmp_path / "dataset", 0).n == 0


def test_extraction_scores() -> None:
    """Words are counted as a bag; the title is nobody's; half of a bracketed line makes it gold."""
    assert extraction.score(["a b", "T"], ["a b"], "T") == (1.0, 1.0, 1.0)
    assert extraction.score(["a b c d"], ["a b"], None)[:2] == (0.5, 1.0)
    assert extraction.score(["a b c d"], ["a b", "[c d e f]"], None)[0] == 1.0
    assert extraction.score(["a b"], ["a b", "[c d e f]"], None)[1] == 1.0
    assert extraction.score([], ["a"], None) == (0.0, 0.0, 0.0)


def test_gold(tmp_path: Path) -> None:
    """Any folder with rows beside an article: the date from the rows, each row held or named."""
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    rows = {
        "article": "article.txt",
        "published": "2025-06-18",
        "claims": [
            {
                "id": "R1",
                "anchor": "attacked a bus",
                "event_type": ["attack"],
                "date": ["2025-06-16", "2025-06-16"],
                "country": ["KE"],
            },
            {"id": "R2", "anchor": "attacked a bus", "event_type": ["arson"]},
        ],
    }
    (tmp_path / "bus.rows.json").write_text(json.dumps(rows), "utf-8")
    for data in (tmp_path, tmp_path / "bus.rows.json"):
        scores = gold.run(data, None).scores
        assert (scores["held"], scores["rows"], scores["failed"]) == (1, 2, {"bus.rows.json": ["R2"]})


def test_incidents_of_ecb(tmp_path: Path) -> None:
    """A document of ECB+: sentences become paragraphs, chains incidents, an unchained mention one of its own."""
    folder = tmp_path / "articles" / "1"
    folder.mkdir(parents=True)
    words = ["Rebels", "bombed", "a", "bridge", "."], ["Police", "arrested", "two", "men", "."]
    tokens = "".join(
        f'<token t_id="{s * 5 + n + 1}" sentence="{s}" number="{n}">{w}</token>'
        for s, sentence in enumerate(words)
        for n, w in enumerate(sentence)
    )
    marks = "".join(
        f'<ACTION_OCCURRENCE m_id="{m}"><token_anchor t_id="{t}"/></ACTION_OCCURRENCE>' for m, t in ((1, 2), (2, 7))
    )
    chain = '<CROSS_DOC_COREF r_id="9" note="ACT1"><source m_id="1"/><target m_id="30"/></CROSS_DOC_COREF>'
    (folder / "1_1ecb.xml").write_text(
        f"<Document>{tokens}<Markables>{marks}</Markables><Relations>{chain}</Relations></Document>", "utf-8"
    )
    (marked,) = incidents.marked_articles(tmp_path, None)
    assert (
        marked.article.text == "Rebels bombed a bridge .\n\nPolice arrested two men ."
        and len(marked.article.blocks) == 2
    )
    assert [(marked.article.text[a:b], name) for a, b, name in marked.mentions] == [
        ("bombed", "ACT1"),
        ("arrested", "m2"),
    ]
    assert list(incidents.marked_articles(tmp_path, "even")) == []


@pytest.mark.parametrize("missing", ["no_incident.jsonl", "incidents.jsonl"])
def test_sentences_layout(tmp_path: Path, missing: str) -> None:
    """Rows of one split are read, and a file that is not there is an error that names it."""
    quiet = {"id": "N1", "set": "dev", "kind": "sport", "text": "The striker shot wide."}
    loud = {
        "id": "I1",
        "set": "dev",
        "text": "Rebels bombed a bridge in Kampala on Monday.",
        "published": "2025-06-18",
        "event_type": ["bombing"],
        "stage": ["accomplished"],
        "polarity": "affirmed",
        "actor": "Rebels",
        "recipient": "a bridge",
        "place": "Kampala",
        "date": ["2025-06-16", "2025-06-16"],
        "quantity": None,
        "stance": None,
        "source": None,
        "weapon": None,
    }
    (tmp_path / "no_incident.jsonl").write_text(
        json.dumps(quiet) + "\n\n" + json.dumps(quiet | {"id": "N2", "set": "test"}) + "\n", "utf-8"
    )
    (tmp_path / "incidents.jsonl").write_text(json.dumps(loud) + "\n", "utf-8")
    result = sentences.run(tmp_path, None, split="dev")
    assert result.n == 2 and result.scores["no_incident"] == 0
    assert all(result.scores[name] == 1 for name in ("found", "stage", "actor", "recipient", "place", "date"))
    (tmp_path / missing).unlink()
    with pytest.raises(FileNotFoundError, match=missing):
        sentences.run(tmp_path, None)


def test_joining_maverick_layout(tmp_path: Path) -> None:
    """Coded reports: two of one event are joined, one of another day and town is not; a report that repeats its event counts once."""
    fields = (
        "source,event_id,event_context,date_start,date_end,country,city,location,latitude,longitude,actor1,actor2,"
        "deaths_low,deaths_best,deaths_high,injuries_low,injuries_best,injuries_high"
    )
    rows = [
        "The Post (2008-01-04),7,Clash,2008-01-03,,Kenya,Nakuru,,-0.28,36.07,Youths,Police,4,4,4,,,",
        "The Echo (2008-01-05),7,Clash,2008-01-03,,Kenya,Nakuru,,-0.28,36.07,Youths,Police,4,5,5,,,",
        "The Echo (2008-01-05),7,Clash,2008-01-03,,Kenya,Nakuru,,-0.28,36.07,Youths,Police,4,5,5,,,",
        "The Post (2008-03-01),9,Riot,2008-02-20,,Kenya,Mombasa,,-4.05,39.67,Youths,Traders,,,,,,",
    ]
    (tmp_path / "maverick_event_report.csv").write_text("\n".join([fields, *rows]) + "\n", "utf-8")
    result = joining.run(tmp_path, None)
    assert result.n == 3
    assert result.scores["ours"]["accounts"]["pairs"] == {"precision": 1.0, "recall": 1.0, "f": 1.0}
    assert result.scores["each_its_own"]["accounts"]["pairs"]["recall"] == 0.0


def test_what_was_not_run_again_keeps_its_figures(tmp_path: Path) -> None:
    """A report is read back as it was written; one that was never run is named, and takes no other's figures."""
    jobs = list(every._jobs(tmp_path))
    results = {
        job.name: {"n": number, "scores": {"f": number / 7, "by": {"a": [number]}}, "commit": "0123abc"}
        for number, job in enumerate(jobs)
        if job.name not in ("gold-own", "fuzz")
    }
    report = tmp_path / "scores.md"
    report.write_text(every._report(jobs, results), "utf-8")
    kept = every._kept(report)
    assert kept == {name: {**result, "n": str(result["n"])} for name, result in results.items()}
    assert {"gold-own", "fuzz"} <= {job.name for job in jobs} and "Not measured." in report.read_text("utf-8")
    assert every._report(jobs, kept) == report.read_text("utf-8")
    assert every._kept(tmp_path / "none.md") == {}
