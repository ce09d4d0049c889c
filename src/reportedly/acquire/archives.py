"""The pages of a WARC file that somebody else has made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO
from urllib.parse import unquote

from reportedly.acquire import _http
from reportedly.acquire.files import document_of
from reportedly.acquire.limits import Limits
from reportedly.acquire.received import Received, Refusal, Skipped, refused
from reportedly.acquire.warc import Fields, Torn, WarcRecord, records
from reportedly.errors import RejectedDocument
from reportedly.records import Rejected

PAGES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}


def from_warc(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Received | Rejected | Skipped]:
    """Every page (HTML or plain text, status 200) of a WARC file; the rest is counted by kind at the end.

    Args:
        stream: the file, at its beginning, plain or gzip.
        name: what to call it.
        limits: caps on one document.
    """
    skipped: Counter[str] = Counter()
    most = limits.max_bytes + limits.head_bytes
    empty = True
    for record in records(stream, name, lambda fields: most if _holds_page(fields) else 0):
        empty = False
        where = f"{name} at byte {record.offset}"
        if isinstance(record, Torn):
            yield refused(where, f"{where}: {record.reason}; get the file again if you can")
            continue
        try:
            kind = _no_page(record, limits)
            if kind:
                skipped[kind] += 1
            else:
                yield page_of(record, where, limits)
        except (Refusal, RejectedDocument) as error:
            yield refused(where, f"{where}: {_url_of(record.fields) or 'a document'} {error}")
    if empty:
        yield refused(name, f"{name} is empty; get the file again")
    yield from (Skipped(where=name, kind=kind, number=count) for kind, count in sorted(skipped.items()))


def page_of(record: WarcRecord, where: str, limits: Limits) -> Received:
    """The document of a ``response`` or ``resource`` record.

    Raises:
        Refusal: cut short, damaged, over a limit.
    """
    fields = record.fields
    if fields.get("warc-truncated"):
        raise Refusal(f"was cut short by the crawler that took it ({fields['warc-truncated'][:40]})")
    if record.length > len(record.block):
        raise _http.too_long(limits)
    if fields["warc-type"].lower() == "resource":
        media_type, charset = _declared(fields)
        raw, content = None, record.block
    else:
        answer = _http.split(record.block, limits)
        media_type, charset = answer.media_type, answer.charset
        raw, content = record.block, _http.payload(record.block, answer, limits)
    url = _url_of(fields)
    document = document_of(content, name=url, media_type=PAGES.get(media_type or ""), limits=limits, charset=charset)
    return Received(
        content=content,
        url=url,
        media_type=document.media_type,
        charset=charset,
        retrieved_on=_day(fields.get("warc-date", "")) if url and "://" in url else None,
        raw=raw,
        where=where,
    )


def _holds_page(fields: Fields) -> bool:
    return fields.get("warc-type", "").lower() in ("response", "resource")


def _no_page(record: WarcRecord, limits: Limits) -> str | None:
    """What kind of thing that is no page the record holds; None for a page.

    Raises:
        Refusal: an answer without a head.
    """
    kind = record.fields.get("warc-type", "record without a type").lower()[:40]
    if kind == "resource":
        media_type = _declared(record.fields)[0]
    elif kind == "response":
        if not record.fields.get("content-type", "application/http").lower().startswith("application/http"):
            return "answer of another protocol than HTTP"
        answer = _http.split(record.block, limits)
        if answer.status != 200:
            return f"answer with status {answer.status}"
        media_type = answer.media_type
    else:
        return f"{kind} record"
    return f"{media_type} document" if media_type and media_type not in PAGES else None


def _declared(fields: Fields) -> tuple[str, str | None]:
    """The media type and the encoding that the header of a resource names."""
    served = fields.get("content-type", "")
    charset = _http.CHARSET.search(served[:1000])
    return served.split(";")[0].strip().lower()[:100], charset.group(1) if charset else None


def _url_of(fields: Fields) -> str | None:
    """The address; of a ``file:`` address the name only."""
    url = fields.get("warc-target-uri", "").strip("<>")
    if url.lower().startswith("file:"):
        return unquote(url.rpartition("/")[2]) or None
    return url or None


def _day(date_and_time: str) -> str | None:
    try:
        return date.fromisoformat(date_and_time[:10]).isoformat()
    except ValueError:
        return None
