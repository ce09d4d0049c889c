"""Pages of many kinds from the corpora below one folder, as bytes: what a screen is measured on."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

import msgspec

MUC_HEADING = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4}).*$", re.M)
SENTENCES = 25
"""So many consecutive sentences of a corpus of single sentences make a page."""
SAMPLES = Path(__file__).parents[1] / "src" / "reportedly" / "samples"


class Page(msgspec.Struct, frozen=True):
    """One page of a corpus."""

    corpus: str
    name: str
    content: bytes
    media_type: str

    @property
    def half(self) -> int:
        """0 or 1, by a hash of the name: one half is for tuning, the other for the figures."""
        return hashlib.sha256(f"{self.corpus}/{self.name}".encode()).digest()[0] & 1


def pages(data: Path) -> Iterator[Page]:
    """Every page below `data`, corpus by corpus in the order of their names, and our own samples; a corpus that is not there is left out."""
    for corpus in sorted(CORPORA):
        folder = next(
            (p for pattern in (corpus, f"*/{corpus}") for p in sorted(data.glob(pattern)) if p.is_dir()), None
        )
        if folder is not None:
            yield from CORPORA[corpus](folder)
    for path in sorted(SAMPLES.glob("*.html")):
        yield Page("samples", path.name, path.read_bytes(), "text/html")


def _plain(corpus: str, name: str, text: str) -> Page:
    return Page(corpus, name, text.encode(), "text/plain")


def _muc4(folder: Path) -> Iterator[Page]:
    for path in sorted((folder / "texts").glob("*")):
        if path.suffix == ".mixed-case":
            continue
        parts = MUC_HEADING.split(path.read_text("utf-8", "replace"))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            if text.strip():
                yield _plain("muc4", name, text.strip() + "\n")


def _polnear(folder: Path) -> Iterator[Page]:
    for path in sorted(folder.glob("*/text/*.txt")):
        yield Page("polnear", path.name, path.read_bytes(), "text/plain")


def _fundus(folder: Path) -> Iterator[Page]:
    for path in sorted((folder / "dataset" / "html").glob("*.html.gz")):
        yield Page("fundus-evaluation", path.name, gzip.decompress(path.read_bytes()), "text/html")


def _meantime(folder: Path) -> Iterator[Page]:
    yield from _tokens("meantime", sorted(folder.glob("*/intra-doc_annotation/*/*.xml")))


def _ecbplus(folder: Path) -> Iterator[Page]:
    yield from _tokens("ecbplus", sorted(folder.glob("articles/*/*.xml")))


def _tokens(corpus: str, paths: Sequence[Path]) -> Iterator[Page]:
    for path in paths:
        sentences: dict[str, list[str]] = {}
        for token in ElementTree.parse(path).getroot().iter("token"):
            sentences.setdefault(token.get("sentence", "0"), []).append(token.text or "")
        yield _plain(corpus, path.name, _paragraphs(sentences.values()))


def _paragraphs(sentences: object) -> str:
    return "\n\n".join(_joined(words) for words in sentences) + "\n"  # type: ignore[attr-defined]


def _joined(words: Sequence[str]) -> str:
    text = " ".join(words)
    text = re.sub(r" (?=[.,;:!?)\]%’']|n't\b|'s\b)", "", text)
    return re.sub(r"(?<=[(\[$]) ", "", text)


def _uds(folder: Path) -> Iterator[Page]:
    for path in sorted(folder.glob("*.jsonl")):
        sentences = [json.loads(line)["tokens"] for line in path.open(encoding="utf-8")]
        for at in range(0, len(sentences), SENTENCES):
            yield _plain("uds-factuality", f"{path.stem}-{at}", _paragraphs(sentences[at : at + SENTENCES]))


def _geoparsing(folder: Path) -> Iterator[Page]:
    for name in ("TR-News.xml", "lgl.xml"):
        if not (folder / name).is_file():
            continue
        for article in ElementTree.parse(folder / name).getroot().iter("article"):
            title = " ".join((article.findtext("title") or "").split())
            text = (article.findtext("text") or "").strip()
            yield _plain(Path(name).stem, article.get("docid", "?"), f"{title}\n\n{text}\n" if title else f"{text}\n")


def _re3d(folder: Path) -> Iterator[Page]:
    for path in sorted(folder.glob("*/documents.json")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                yield _plain("re3d", row["_id"], f"{row.get('title') or ''}\n\n{row['text']}\n")


def _wikievents(folder: Path) -> Iterator[Page]:
    for path in sorted(folder.glob("*.jsonl")):
        if path.stem.endswith("_info"):
            continue
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            sentences = [" ".join(str(text).split()) for _, text in row["sentences"]]
            yield _plain("wikievents", row["doc_id"], "\n\n".join(sentences) + "\n")


CORPORA: dict[str, Callable[[Path], Iterator[Page]]] = {
    "ecbplus": _ecbplus,
    "fundus-evaluation": _fundus,
    "geoparsing": _geoparsing,
    "meantime": _meantime,
    "muc4": _muc4,
    "polnear": _polnear,
    "re3d": _re3d,
    "uds-factuality": _uds,
    "wikievents": _wikievents,
}
