"""The search for words in the sentences of claims: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL.

In both, a word is a run of letters and digits, in lower case and without its accents, and a question finds the claims
whose sentence holds all of its words, in any order. SQLite cuts words itself (``unicode61 remove_diacritics 2``);
PostgreSQL gets them ready cut by `words_of`, so that neither its parser (which knows addresses, hyphens and numbers of its
own) nor an extension (unaccent) stands between the two. They differ only in letters whose lower case or accents SQLite's
own table does not know (newer alphabets).
"""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.dialects import postgresql

from reportedly.ledger.schema import Number

SQLITE_DDL = (
    "CREATE VIRTUAL TABLE claim_words USING fts5(sentence, content='', "
    "tokenize='unicode61 remove_diacritics 2', detail=none, columnsize=0)",
)
POSTGRESQL_DDL = (
    "CREATE TABLE claim_words (claim_no BIGINT PRIMARY KEY REFERENCES claims (claim_no), words tsvector NOT NULL)",
    "CREATE INDEX ix_claim_words_words ON claim_words USING gin (words)",
)
SQLITE_INSERT = "INSERT INTO claim_words(rowid, sentence) VALUES (?, ?)"
POSTGRESQL_INSERT = "INSERT INTO claim_words (claim_no, words) VALUES (%s, array_to_tsvector(%s::text[]))"

claim_words = Table(
    "claim_words",
    MetaData(),  # each backend has its own kind of it
    Column("claim_no", Number, primary_key=True),
    Column("words", postgresql.TSVECTOR),
)

_WORD = re.compile(r"[^\W_]+")


def words_of(sentence: str) -> list[str]:
    """The words of a sentence as they are searched, each once, in the order of the alphabet."""
    plain = sentence.lower()
    if not plain.isascii():
        letters = unicodedata.normalize("NFD", plain)
        plain = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return sorted(set(_WORD.findall(plain)))
