"""The page that comes with an export and says of every column what it means and how it is filled, or why it is empty.

One list of parts, written as Markdown or as a page of HTML; the words come from ``lexicons/export_*.toml``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from reportedly.export.code_tables import code_tables
from reportedly.export.columns import Shape, shape
from reportedly.export.written import Resource
from reportedly.lexicons import Lexicon, load

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #bbb;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top;overflow-wrap:break-word}td:first-child{min-width:9rem}th{background:#f0f0f0}code,pre{background:#f4f4f4}"
    "pre{padding:.5rem;overflow-x:auto}"
)


class Format(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a format is, in words."""

    title: str
    shapes: tuple[str, ...]
    """The tables in it."""
    opens: str
    """What opens it."""
    notes: tuple[str, ...]
    examples: tuple[str, ...]


class Formats(Lexicon, frozen=True, kw_only=True):
    """``export_formats.toml``."""

    words_of_others: str
    """Whose the words are."""
    formats: dict[str, Format]


class Part(NamedTuple):
    """A part of the page: a heading, a paragraph, lines of code or a table."""

    kind: str
    """``h1``, ``h2``, ``p``, ``code``, ``table``."""
    text: str = ""
    rows: Sequence[Sequence[str]] = ()
    """Of a table; the first is its heading."""


@lru_cache(maxsize=1)
def formats() -> Formats:
    """Every format, in words."""
    return load("export_formats", Formats)


def parts(
    name: str,
    *,
    made: Sequence[tuple[str, str]] = (),
    resources: Sequence[Resource] = (),
    left_out: Mapping[str, int] | None = None,
    notes: Sequence[str] = (),
) -> Iterator[Part]:
    """The page of format `name`, part by part.

    Args:
        name: of the format.
        made: what is to be said of one export: when, by what, for which question …; without, the page is of the format.
        resources: its files.
        left_out: why incidents were left out of it, and how many.
        notes: what else is to be said of it.
    """
    words = formats().formats[name]
    yield Part("h1", words.title)
    if made:
        yield Part("table", rows=[("this export", ""), *made])
    if resources:
        rows = [
            (f"{file.path} ({file.sheet})" if file.sheet else file.path, f"{file.rows:,}", file.shape.title)
            for file in resources
        ]
        yield Part("table", rows=[("file", "rows", "what"), *rows])
    for note in (*notes, *words.notes, formats().words_of_others):
        yield Part("p", note)
    yield Part("p", f"Opens with: {words.opens}.")
    yield Part("code", "\n".join(words.examples))
    for each in words.shapes:
        yield from _table(shape(each))
        for table in code_tables(each):
            yield from (Part("h2", table.title), Part("p", table.about), Part("table", rows=table.rows))
        if left_out is not None and name not in ("jsonl", "csv", "xlsx", "geojson", "parquet"):
            yield Part("p", f"Left out of this export: {told(left_out) or 'nothing'}.")


def told(left_out: Mapping[str, int]) -> str:
    """*3 denied, 2 planned*."""
    return ", ".join(f"{number:,} {reason}" for reason, number in left_out.items())


def markdown(page: Iterator[Part]) -> str:
    """The page as Markdown."""
    return "\n".join(_MARKDOWN[part.kind](part) for part in page)


def web_page(page: Iterator[Part]) -> str:
    """The page as HTML that loads nothing and runs nothing."""
    body = list(page)
    title = next((part.text for part in body if part.kind == "h1"), "")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n"
        + "\n".join(_HTML[part.kind](part) for part in body)
        + "\n</body></html>\n"
    )


def _table(table: Shape) -> Iterator[Part]:
    yield Part("h2", table.title)
    yield Part("p", table.about)
    yield Part("p", f"Which incidents: {table.inclusion}")
    yield Part("p", f"Source: {table.source} Key: {', '.join(f'`{key}`' for key in table.key)}.")
    rows = [
        (f"`{c.name}`", c.type, c.meaning, c.rule or f"Always empty: {c.null}", "" if c.required else "yes")
        for c in table.columns
    ]
    yield Part("table", rows=[("column", "type", "what it means", "how it is filled", "may be empty"), *rows])


def _markdown_table(part: Part) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in part.rows]
    return "\n".join([lines[0], "|" + "---|" * len(part.rows[0]), *lines[1:], ""])


def _web_table(part: Part) -> str:
    head, *rows = part.rows
    lines = ["<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return (
        "<table><tr>"
        + "".join(f"<th>{_inline(cell)}</th>" for cell in head)
        + "</tr>\n"
        + "\n".join(lines)
        + "</table>"
    )


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


_MARKDOWN = {
    "h1": lambda part: f"# {part.text}\n",
    "h2": lambda part: f"## {part.text}\n",
    "p": lambda part: f"{part.text}\n",
    "code": lambda part: f"```text\n{part.text}\n```\n",
    "table": _markdown_table,
}
_HTML = {
    "h1": lambda part: f"<h1>{_inline(part.text)}</h1>",
    "h2": lambda part: f"<h2>{_inline(part.text)}</h2>",
    "p": lambda part: f"<p>{_inline(part.text)}</p>",
    "code": lambda part: f"<pre>{html.escape(part.text)}</pre>",
    "table": _web_table,
}
