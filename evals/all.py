"""``python -m evals.all --data DIR``: every evaluation that the corpora below DIR allow, and ``docs/scores.md`` from the results.

Each evaluation runs in a process of its own, so that one cannot warm up or slow down another. A corpus is found by the name of its
folder, at most three levels below DIR; what is not there is named in the report as not measured.

The evaluations of the ledger (`LONG`) take an hour and a quiet machine. They run when they are asked for, by ``--long`` or by name
(``--only ledger --only fuzz``). What does not run keeps its section of the report, with the commit that it was measured on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals import WITHOUT_DATA

HERE = Path(__file__).parent
OUT = HERE.parent / "docs" / "scores.md"
KEPT = re.compile(r"^### (\S+)\n(?:(?!^### ).)*?; n = (\S+)\. Measured on (\w+)\.\n\n```json\n(.*?)\n```$", re.M | re.S)
"""A section of the report: name, n, commit, scores."""


@dataclass(frozen=True)
class Job:
    """One evaluation: its name in the report, what to run, on what."""

    name: str
    eval: str
    data: Path
    files: tuple[Path, ...]
    options: tuple[str, ...] = ()
    root: Path | None = None
    """The folder of corpora, for the command as it is shown; None for data of the project itself."""
    long: bool = False
    """Whether it runs only when it is asked for."""
    shown: str = ""
    """The last option as a reader would type it, where that is another."""

    def command(self, shown: bool = False) -> list[str]:
        """The command that makes the figures; `shown` as a reader would type it."""
        where = str(self.data)
        if shown and self.root is not None:
            where = f"DIR/{self.data.relative_to(self.root)}"
        data = () if self.eval in WITHOUT_DATA else ("--data", where)
        options = (*self.options[:-1], self.shown) if shown and self.shown else self.options
        return ["python" if shown else sys.executable, "-m", "evals", self.eval, *data, *options]


def main() -> int:
    """Runs what can be run and writes the report. Exit status 1 where an evaluation failed."""
    parser = argparse.ArgumentParser(prog="python -m evals.all", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of corpora")
    parser.add_argument("--out", type=Path, default=OUT, help="the report (docs/scores.md)")
    parser.add_argument("--long", action="store_true", help="also those of the ledger, which take an hour")
    parser.add_argument("--only", action="append", metavar="NAME", help="run only this one; others keep their figures")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"evals.all: there is no folder {options.data}; name the corpora with --data", file=sys.stderr)
        return 2
    jobs = list(_jobs(options.data.resolve()))
    if unknown := set(options.only or ()) - {job.name for job in jobs}:
        print(
            f"evals.all: no {', '.join(sorted(unknown))}; there are {', '.join(j.name for j in jobs)}", file=sys.stderr
        )
        return 2
    results = _kept(options.out)
    chosen = [job for job in jobs if (job.name in options.only if options.only else options.long or not job.long)]
    for number, job in enumerate(chosen, start=1):
        print(f"[{number}/{len(chosen)}] {job.name} …", file=sys.stderr, flush=True)
        results[job.name] = _run(job)
    options.out.write_text(_report(jobs, results), "utf-8")
    print(f"wrote {options.out}", file=sys.stderr)
    return 0 if all("scores" in results[job.name] for job in chosen) else 1


def _kept(report: Path) -> dict[str, dict[str, Any]]:
    """What an earlier report holds, by the name of the evaluation."""
    if not report.exists():
        return {}
    return {
        name: {"n": number, "commit": commit, "scores": json.loads(scores)}
        for name, number, commit, scores in KEPT.findall(report.read_text("utf-8"))
    }


def _jobs(data: Path) -> Iterator[Job]:
    rows = next(_below(data, "rows.json"), None)
    if rows is not None:
        yield Job("gold", "gold", rows.parent, tuple(sorted(rows.parent.iterdir())), root=data)
    polnear = next(_below(data, "polnear"), None)
    if polnear is not None:
        dev = tuple(sorted((polnear / "dev").rglob("*.*")))
        yield Job("polnear", "polnear", polnear, dev, ("--split", "dev"), root=data)
        kept = ("--split", "dev", "--keep", "build/polnear")
        yield Job("polnear-trained", "polnear_trained", polnear, dev, kept, root=data, long=True)
    geoparsing = next(_below(data, "geoparsing"), None)
    if geoparsing is not None:
        yield Job("geoparsing", "geoparsing", geoparsing, tuple(sorted(geoparsing.glob("*.xml"))), root=data)
    fundus = next(_below(data, "fundus-evaluation"), None)
    if fundus is not None:
        yield Job(
            "extraction", "extraction", fundus, tuple(sorted(p for p in fundus.rglob("*") if p.is_file())), root=data
        )
    own = Path("tests/data")
    sentences = (own / "incidents.jsonl", own / "no_incident.jsonl", own / "incident_contexts.jsonl")
    yield Job("sentences", "sentences", own, sentences, ("--split", "all"))
    yield Job("sentences-dev", "sentences", own, sentences, ("--split", "dev"))
    yield Job("sentences-test", "sentences", own, sentences, ("--split", "test"))
    yield Job("factuality-test", "factuality", own, (own / "factuality.jsonl",), ("--split", "test"))
    yield from _head(data)
    yield Job("gold-own", "gold", own / "gold", tuple(sorted((own / "gold").iterdir())))
    yield Job("incidents", "incidents", own, (own / "incidents_of_samples.json",))
    if polnear is not None:
        texts = polnear / "dev" / "text"
        yield Job("speed", "speed", texts, tuple(sorted(texts.glob("*.txt"))[:60]), root=data)
    yield Job("ledger", "ledger", Path(), (), ("--limit", "1000000"), long=True)
    yield Job("fuzz", "fuzz", Path(), (), ("--minutes", "10", "--target", "all"), long=True)
    if polnear is not None:
        corpora = polnear.parent
        yield Job("ingest", "ingest", corpora, (), root=data, long=True)
        yield Job("screen", "screen", corpora, (), root=data, long=True)
        yield Job("crash", "crash", corpora, (), ("--kills", "300"), root=data, long=True)
    for name, folder in (("joining-ecb", "ecbplus"), ("joining-maverick", "maverick")):
        where = next(_below(data, folder), None)
        if where is not None:
            files = tuple(sorted(p for p in where.rglob("*") if p.suffix in (".xml", ".csv")))
            yield Job(name, "joining", where, files, ("--split", "odd"), root=data, long=True)


def _head(data: Path) -> Iterator[Job]:
    """What measures attribution and factuality: our own sentences and corpus, and other people's."""
    own, corpus = Path("tests/data"), Path("corpus")
    for split in ("dev", "test"):
        yield Job(f"stances-{split}", "stances", own, (own / "stances.jsonl",), ("--split", split))
        yield Job(f"stages-{split}", "factuality", own / "stages.jsonl", (own / "stages.jsonl",), ("--split", split))
    texts = tuple(sorted((corpus / "texts").iterdir()))
    re3d = next(_below(data, "re3d"), None)
    if re3d is not None:
        where = re3d.parent
        shown = f"DIR/{where.relative_to(data)}"
        yield Job(
            "own",
            "own",
            corpus,
            (corpus / "own.jsonl", corpus / "open.jsonl", *texts),
            ("--texts", str(where)),
            shown=shown,
        )
        yield Job("agreement", "agreement", corpus, (corpus / "second.jsonl",), ("--texts", str(where)), shown=shown)
    yield Job("curve", "curve", Path("build/curve"), (), long=True)
    uds = next(_below(data, "uds-factuality"), None)
    if uds is not None:
        yield Job("uds", "uds", uds, (uds / "uds_factuality_dev.jsonl",), root=data)
    meantime = next(_below(data, "meantime"), None)
    if meantime is not None:
        files = tuple(sorted(meantime.rglob("intra_cross-doc_annotation/*/*.xml")))
        yield Job("meantime", "meantime", meantime, files, root=data)
        yield Job("meantime-time", "meantime_time", meantime, files, root=data)
    wikievents = next(_below(data, "wikievents"), None)
    if wikievents is not None:
        events = tuple(sorted(p for p in wikievents.glob("dev.json*") if p.suffix in (".jsonl", ".jsonlines")))
        yield Job("wikievents", "wikievents", wikievents, events, ("--split", "dev"), root=data)
    petrarch = next(_below(data, "petrarch2"), None)
    if petrarch is not None:
        yield Job("petrarch", "petrarch", petrarch, tuple(sorted(petrarch.rglob("*.*"))), root=data)
    muc4 = next(_below(data, "muc4"), None)
    if muc4 is not None:
        for name in ("tst4", "tst1,tst2"):
            files = tuple(
                sorted(
                    p
                    for part in name.split(",")
                    for folder in ("keys", "texts")
                    for p in (muc4 / folder).glob(f"*{part}*")
                )
            )
            what = ("--split", name)
            yield Job(f"muc4-{name.replace(',', '-')}", "muc4", muc4, files, what, root=data)
            yield Job(
                f"muc4-factuality-{name.replace(',', '-')}",
                "muc4_factuality",
                muc4,
                files,
                what,
                root=data,
            )


def _below(folder: Path, name: str) -> Iterator[Path]:
    for pattern in (name, f"*/{name}", f"*/*/{name}"):
        yield from sorted(folder.glob(pattern))


def _run(job: Job) -> dict[str, Any]:
    began = time.perf_counter()
    done = subprocess.run(job.command(), capture_output=True, text=True, check=False, cwd=HERE.parent)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        print(done.stderr[-2000:], file=sys.stderr)
        return {"error": f"exit status {done.returncode}"}
    result: dict[str, Any] = json.loads(lines[-1])
    result["seconds"] = round(time.perf_counter() - began)
    result["commit"] = _commit()
    return result


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False, cwd=HERE.parent
    )
    return done.stdout.strip() or "unknown"


def _digest(files: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for path in files:
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _report(jobs: list[Job], results: dict[str, dict[str, Any]]) -> str:
    figures = tomllib.loads((HERE / "peers.toml").read_text("utf-8"))["figure"]
    lines = [
        "# Scores",
        "",
        "Written by `make eval DATA=DIR` (`python -m evals.all --data DIR`); do not edit by hand. `DIR` is a folder of corpora that are",
        "not part of the project. A figure is a measurement of this tree on those texts, no promise about others; `docs/limits.md` says",
        "what the reader gets wrong. Those of the ledger take an hour or more (`--long`, or `--only NAME`); each section names its commit.",
        "",
        "| what | ours | must be | a peer |",
        "|---|---|---|---|",
    ]
    for figure in figures:
        result = results.get(figure["eval"], {})
        value = _value(result.get("scores", {}), figure["score"])
        if value is None:
            value = "not measured"
        beside = _value(result.get("scores", {}), figure["peer_score"]) if "peer_score" in figure else None
        lines.append(f"| {figure['name']} | {value} | {figure['bar']} | {figure['peer'].format(beside)} |")
    lines += ["", "## Each run", ""]
    for job in jobs:
        if job.name not in results:
            lines += [f"### {job.name}", "", f"    {' '.join(job.command(shown=True))}", "", "Not measured.", ""]
            continue
        result = results[job.name]
        lines += [
            f"### {job.name}",
            "",
            f"    {' '.join(job.command(shown=True))}",
            "",
            f"{_corpus(job)}; n = {result.get('n', '-')}. Measured on {result['commit']}.",
            "",
            "```json",
            json.dumps(result.get("scores", result), indent=1, ensure_ascii=False),
            "```",
            "",
        ]
    return "\n".join(lines)


def _corpus(job: Job) -> str:
    if job.eval in WITHOUT_DATA:
        return "No corpus: it makes its own input"
    if job.eval == "curve":
        return "Heads trained on parts of `corpus` (the commands stand in `evals/curve.py`), on what is held back"
    if not job.files:
        return "The corpora together"
    return f"Corpus: {len(job.files)} files, SHA-256 of their names and contents `{_digest(job.files)}`"


def _value(scores: Any, path: str) -> Any:
    for part in path.split("."):
        if not isinstance(scores, dict) or part not in scores:
            return None
        scores = scores[part]
    return scores


if __name__ == "__main__":
    sys.exit(main())
