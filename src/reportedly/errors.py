"""The one tree of errors.

    ReportedlyError                anything that we raise on purpose
    ├── RejectedDocument           one document cannot be read; carries the Rejected record
    │   ├── Unreachable            no such file, no answer, an address that is refused
    │   ├── NotText                binary, empty, too large, or an encoding nobody can tell
    │   └── NotAnArticle           a page, but no article on it
    ├── LedgerError                the ledger cannot be used as asked
    │   ├── NoLedger               there is none at that place
    │   ├── LedgerVersion          it was made by an older version (upgrade it) or a newer one (update reportedly)
    │   ├── LedgerBusy             another process is writing to it
    │   ├── LedgerDamaged          what it holds is not what was written
    │   └── NotInLedger            no incident, claim or judgement of that id or name
    ├── ExportError                an export cannot be written as asked, or is not what was written
    ├── GazetteerError             a larger gazetteer cannot be built as asked: no dump of GeoNames, no room, no permission
    ├── LexiconError               a lexicon file breaks its own rules (file, line, what is legal)
    └── SetupError                 something that the reader needs is not installed (what to run)

Each message says what, where, and what to do next.
"""

from __future__ import annotations

from reportedly.records import Rejected


class ReportedlyError(Exception):
    """The root of every error that this package raises on purpose."""


class RejectedDocument(ReportedlyError):
    """One document cannot be read. `rejected` is the record that stands in for it.

    Args:
        document_id: the document's hash, or the name or address asked for where there are no bytes.
        reason: one line: what is wrong and what to do.
    """

    stage = "acquire"

    def __init__(self, document_id: str, reason: str) -> None:
        super().__init__(reason)
        self.rejected = Rejected(document_id=document_id, stage=self.stage, reason=reason)


class Unreachable(RejectedDocument):
    """There is no such file, no answer, or the address is one that is never asked."""


class NotText(RejectedDocument):
    """The bytes are binary, empty, over the limit, or in an encoding that nobody can tell."""


class NotAnArticle(RejectedDocument):
    """The page holds no article."""

    stage = "clean"


class LedgerError(ReportedlyError):
    """The ledger cannot be used as asked."""


class NoLedger(LedgerError):
    """There is no ledger at that place, or the server does not answer."""


class LedgerVersion(LedgerError):
    """The ledger's schema is not this version's."""


class LedgerBusy(LedgerError):
    """Another process is writing to the ledger."""


class LedgerDamaged(LedgerError):
    """What the ledger or its capture holds is not what was written."""


class NotInLedger(LedgerError):
    """The ledger holds nothing of that id or name."""


class ExportError(ReportedlyError):
    """An export cannot be written as asked, or what is read back is not what was written."""


class GazetteerError(ReportedlyError):
    """A larger gazetteer cannot be built as asked."""


class LexiconError(ReportedlyError):
    """A lexicon file breaks its own rules."""


class SetupError(ReportedlyError):
    """Something that the reader needs is not there; the message says what to run."""
