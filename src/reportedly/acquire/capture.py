"""The capture store: what was received, kept in WARC files that are only ever appended to, before anything is read out of it.

One file for each run, named by its time and a random part, so that two runs never write to one; each record is a gzip member of its
own, so that it is found by its offset. Web pages are ``response`` records (head and body as received), files and lines ``resource``
records. What is not HTTP stands in header fields ``Reportedly-…``, percent-encoded, so that no value can end a line:

    Reportedly-Document-SHA256   of the document after transfer and content encodings are undone
    Reportedly-Length            its bytes
    Reportedly-Url, -Media-Type, -Charset, -Outlet, -Published, -Retrieved-On    the capture's fields; absent where null

``WARC-Target-URI`` is the address; for a file ``file:///NAME`` (its name without its folders), for what has neither
``urn:sha256:…``.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final
from urllib.parse import quote, unquote
from uuid import uuid4

import msgspec

from reportedly.acquire import _http
from reportedly.acquire._unzip import Damaged
from reportedly.acquire.files import document_of
from reportedly.acquire.limits import Limits
from reportedly.acquire.received import Received, Refusal
from reportedly.acquire.warc import Torn, WarcRecord, record_at, records
from reportedly.entries import Capture, capture_id
from reportedly.errors import LedgerDamaged
from reportedly.records import Document, Record

__all__ = ["CaptureWriter", "ClosedFile", "Torn", "captures_in", "content", "document"]

LEVEL: Final = 3
"""Of deflate: 1 ms for a page of 100 KB; level 6 takes twice as long for 6 % fewer bytes."""
ROTATE: Final = 1_000_000_000
CONTEXT: Final = ("url", "media_type", "charset", "outlet", "published", "retrieved_on")
SAFE: Final = "!#$&'()*+,/:;=?@[]~-._"
MEDIA_TYPE: Final = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}\Z", re.A)
DEFAULT: Final = Limits()
ANY: Final = Limits(max_bytes=1 << 28, head_bytes=1 << 20)
"""What was captured under any limits is given back."""


class ClosedFile(Record, frozen=True):
    """A capture file that nothing more is written to."""

    name: str
    records: int
    """Records in it, the first (``warcinfo``) included."""
    size: int
    """Bytes."""
    sha256: str


class CaptureWriter:
    """Appends to the capture store in `folder`, which is made where there is none. A context manager.

    Args:
        folder: the ledger's capture folder.
        rotate: after so many bytes a new file is begun.
    """

    def __init__(self, folder: Path, *, rotate: int = ROTATE) -> None:
        self._folder = folder
        self._rotate = rotate
        self._open: _File | None = None
        self._closed: list[ClosedFile] = []

    def put(self, received: Received) -> Capture:
        """Keeps one document. When it returns the bytes are on the disk."""
        return self.put_many([received])[0]

    def put_many(self, received: Sequence[Received]) -> tuple[Capture, ...]:
        """Keeps several, with one wait for the disk. When it returns all their bytes are there."""
        kept = tuple(self._append(one) for one in received)
        if self._open:
            self._open.sync()
        return kept

    def close(self) -> tuple[ClosedFile, ...]:
        """Ends the run's files, and says what they hold; none where nothing was put."""
        self._finish()
        closed, self._closed = tuple(self._closed), []
        return closed

    def __enter__(self) -> CaptureWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finish()

    def _append(self, received: Received) -> Capture:
        if self._open and self._open.size >= self._rotate:
            self._finish()
        if self._open is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._open = _File(self._folder)
        made = _capture_of(received, _now(), self._open.name, self._open.size)
        self._open.write(_record(made, received))
        return made

    def _finish(self) -> None:
        if self._open:
            self._closed.append(self._open.close())
            self._open = None


class _File:
    """One file, open for appending."""

    def __init__(self, folder: Path) -> None:
        self.name = f"reportedly-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{os.getpid()}-{secrets.token_hex(4)}.warc.gz"
        self.size = self._records = 0
        self._digest = hashlib.sha256()
        self._stream: BinaryIO = (folder / self.name).open("xb")
        _sync_folder(folder)
        about = f"software: reportedly {version('reportedly')}\r\nformat: WARC File Format 1.1\r\n".encode()
        fields = [("WARC-Filename", self.name), ("Content-Type", "application/warc-fields")]
        self.write(_wrapped("warcinfo", _now(), fields, about))

    def write(self, packed: bytes) -> None:
        self._stream.write(packed)
        self._digest.update(packed)
        self.size += len(packed)
        self._records += 1

    def sync(self) -> None:
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def close(self) -> ClosedFile:
        self.sync()
        self._stream.close()
        return ClosedFile(name=self.name, records=self._records, size=self.size, sha256=self._digest.hexdigest())


def content(folder: Path, capture: Capture) -> bytes:
    """The bytes of `capture`, exactly as they were received.

    Raises:
        LedgerDamaged: the file is missing, or what it holds is not what was written.
    """
    path = folder / Path(capture.file).name
    try:
        with path.open("rb") as stream:
            kept, found = _read_back(record_at(stream, capture.offset), capture.file)
    except OSError as error:
        why = error.strerror or str(error)
        raise LedgerDamaged(f"the capture file {path} cannot be read ({why}); bring it back from a backup") from None
    except (Damaged, Refusal) as error:
        raise LedgerDamaged(f"{path} at byte {capture.offset}: {error}; bring the file back from a backup") from None
    if kept.document_sha256 != capture.document_sha256:
        raise LedgerDamaged(
            f"{path} at byte {capture.offset} holds another document; bring the file back from a backup"
        )
    return found


def captures_in(path: Path) -> Iterator[tuple[Capture, bytes] | Torn]:
    """Every capture of one file with its bytes, and every place where one is torn; one in memory at a time.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        for record in records(stream, path.name, wary=False):
            if isinstance(record, Torn):
                yield record
            elif record.fields.get("warc-type") != "warcinfo":
                try:
                    yield _read_back(record, path.name)
                except (Damaged, Refusal) as error:
                    yield Torn(file=path.name, offset=record.offset, reason=str(error))


def document(capture: Capture, content: bytes, limits: Limits = DEFAULT) -> Document:
    """What the stages read: the very document that `acquire` gives for the same bytes.

    Raises:
        NotText: binary, empty, of a kind that is not read, or over the limit.
    """
    found = document_of(
        content,
        name=capture.url,
        media_type=capture.media_type,
        limits=limits,
        charset=capture.charset,
        retrieved_at=capture.retrieved_on,
    )
    return msgspec.structs.replace(found, outlet=capture.outlet) if capture.outlet else found


def _capture_of(received: Received, at: str, file: str, offset: int) -> Capture:
    sha256 = hashlib.sha256(received.content).hexdigest()
    context = {name: getattr(received, name) for name in CONTEXT}
    return Capture(
        capture_id=capture_id(sha256, **context),
        document_sha256=sha256,
        captured_at=at,
        file=file,
        offset=offset,
        length=len(received.content),
        **context,
    )


def _record(made: Capture, received: Received) -> bytes:
    """The whole record, packed."""
    answer = received.raw if received.raw is not None and _carries(received.raw, received.content) else None
    block = received.content if answer is None else answer
    payload = block if answer is None else _http.body(answer, _http.split(answer, ANY))
    served = made.media_type if made.media_type and MEDIA_TYPE.match(made.media_type) else "application/octet-stream"
    fields = [
        ("WARC-Target-URI", _target(made)),
        ("WARC-Payload-Digest", "sha256:" + hashlib.sha256(payload).hexdigest()),
        ("Content-Type", served if answer is None else "application/http; msgtype=response"),
        ("Reportedly-Document-SHA256", made.document_sha256),
        ("Reportedly-Length", str(made.length)),
    ]
    for name in CONTEXT:
        value = getattr(made, name)
        if value is not None:
            fields.append((f"Reportedly-{name.replace('_', '-').title()}", quote(value, safe=SAFE)))
    return _wrapped("resource" if answer is None else "response", made.captured_at, fields, block)


def _carries(raw: bytes, content: bytes) -> bool:
    """Whether reading the answer `raw` again gives `content`; else the document is kept by itself."""
    try:
        return _http.payload(raw, _http.split(raw, ANY), ANY) == content
    except Refusal:
        return False


def _target(made: Capture) -> str:
    if made.url is None:
        return f"urn:sha256:{made.document_sha256}"
    return quote(made.url, safe=SAFE + "%") if "://" in made.url else f"file:///{quote(made.url, safe=SAFE)}"


def _wrapped(kind: str, at: str, fields: Sequence[tuple[str, str]], block: bytes) -> bytes:
    """A record of WARC 1.1 as a gzip member of its own."""
    head = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>",
        f"WARC-Date: {at}",
        *(f"{name}: {value}" for name, value in fields),
        f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}",
        f"Content-Length: {len(block)}",
    ]
    engine = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
    text = "\r\n".join(head).encode() + b"\r\n\r\n"
    return b"".join((engine.compress(text), engine.compress(block), engine.compress(b"\r\n\r\n"), engine.flush()))


def _read_back(record: WarcRecord, file: str) -> tuple[Capture, bytes]:
    """The capture that a record holds, and its bytes.

    Raises:
        Damaged, Refusal: they are not those that were written.
    """
    fields = record.fields
    found = record.block
    if fields.get("warc-type") == "response":
        found = _http.payload(found, _http.split(found, ANY), ANY)
    sha256 = hashlib.sha256(found).hexdigest()
    if sha256 != fields.get("reportedly-document-sha256") or str(len(found)) != fields.get("reportedly-length"):
        raise Damaged("the document in it is not the one that its header names")
    context = {}
    for name in CONTEXT:
        value = fields.get(f"reportedly-{name.replace('_', '-')}")
        context[name] = None if value is None else unquote(value)
    made = Capture(
        capture_id=capture_id(sha256, **context),
        document_sha256=sha256,
        captured_at=fields.get("warc-date", ""),
        file=file,
        offset=record.offset,
        length=len(found),
        **context,
    )
    return made, found


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _sync_folder(folder: Path) -> None:
    """Makes the name of a new file durable too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
