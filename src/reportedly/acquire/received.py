"""What one source gives: a document, or a line that says why there is none."""

from __future__ import annotations

from reportedly.entries import Visit
from reportedly.records import Record, Rejected


class Received(Record, frozen=True):
    """One document as it came, with the context given beside it."""

    content: bytes
    """What is read: transfer and content encodings undone."""
    url: str | None = None
    """The address, or the file's name (never its folder); null for standard input and for a line of JSON without one."""
    media_type: str | None = None
    """As served or told by the file's name; null where it must be guessed from the bytes."""
    charset: str | None = None
    outlet: str | None = None
    published: str | None = None
    """``YYYY-MM-DD`` as given beside the document."""
    retrieved_on: str | None = None
    """The day (``YYYY-MM-DD``, UTC) on which it was fetched from the web; null for a file."""
    raw: bytes | None = None
    """From the web or a web archive: the answer as received, head and body; null otherwise."""
    where: str = ""
    """How to name it to the user: a path, ``FILE:LINE``, ``FILE at byte N``, or the address."""
    visit: Visit | None = None
    """From the web: what to record (`Ledger.visit`, its capture_id filled in) once the document is safe in the ledger."""


class Unchanged(Record, frozen=True):
    """The server says that an address has not changed since the last visit."""

    url: str
    visit: Visit
    where: str = ""


class Skipped(Record, frozen=True):
    """Things that are no documents and were passed over, counted by kind: hidden files, pictures in a web archive."""

    where: str
    kind: str
    number: int = 1


class Refusal(Exception):
    """Raised within this package only: why something is not read, in one line that begins after its name."""


def refused(where: str, reason: str) -> Rejected:
    """The line that stands in for something that is not read."""
    return Rejected(document_id=printable(where), stage="acquire", reason=printable(" ".join(reason.split())))


def printable(name: str) -> str:
    """`name` as text that can be written: bytes of a file name that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
