"""records and errors: frozen, compared by value, named by their content; one tree of errors."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportedly
from reportedly import errors, records
from reportedly.errors import (
    LexiconError,
    NotAnArticle,
    NotText,
    RejectedDocument,
    ReportedlyError,
    SetupError,
    Unreachable,
)
from reportedly.records import (
    EVENT_TYPES,
    STAGES,
    STANCES,
    WEAPON_CATEGORIES,
    Article,
    Block,
    Record,
    Rejected,
    Span,
    identity,
)

RECORDS = [kind for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, Record)]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_record_is_frozen(kind: type[Record]) -> None:
    """No field of a record can be set after it is made, and every record says what it is."""
    assert kind.__struct_config__.frozen and kind.__doc__


def test_a_frozen_record_refuses_a_change() -> None:
    """Setting a field raises."""
    span = Span(start=0, end=1, text="a")
    with pytest.raises(AttributeError):
        span.start = 5  # type: ignore[misc]


def test_records_are_compared_by_value() -> None:
    """Two records with the same fields are equal and hash alike."""
    one, two = Span(start=0, end=1, text="a"), Span(start=0, end=1, text="a")
    assert one == two and hash(one) == hash(two) and one != Span(start=0, end=2, text="a")


def test_an_article_gives_spans_of_its_text() -> None:
    """`span` counts code points, also beyond the basic plane."""
    article = Article(article_id="a", document_sha256="a", text="𝄞 Gunmen", blocks=(Block(start=0, end=8),))
    assert article.span(2, 8) == Span(start=2, end=8, text="Gunmen")


def test_identity_is_a_hash_of_canonical_json() -> None:
    """The id is the prefix and twenty hex digits, and stays what it was in earlier versions."""
    assert identity("claim", {"b": 1, "a": [None, "x"]}) == "claim-6566c16d5797373869cd"


@given(JSON, JSON)
def test_identity_tells_values_apart(one: records.Json, two: records.Json) -> None:
    """Different values have different ids, and so have different prefixes."""
    assert (identity("x", one) == identity("x", two)) == (
        msgspec.json.encode(one, order="sorted") == msgspec.json.encode(two, order="sorted")
    )
    assert identity("x", one) != identity("y", one)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=6))
def test_identity_ignores_the_order_of_keys(value: dict[str, records.Json]) -> None:
    """The order in which keys were set is no part of a value."""
    assert identity("x", value) == identity("x", dict(reversed(value.items())))


def test_joined_strings_are_no_identity() -> None:
    """A hash of canonical JSON keeps apart what a hash of joined strings would not."""
    assert identity("x", ["ab", "c"]) != identity("x", ["a", "bc"])


def test_the_words_of_the_codebook() -> None:
    """As many types, stages, stances and weapon categories as the codebook has, none twice."""
    for words, count in (
        (EVENT_TYPES, 32),
        (STAGES, 7),
        (STANCES, 9),
        (WEAPON_CATEGORIES, 13),
        (get_args(records.ActorConfidence), 6),
    ):
        assert len(words) == len(set(words)) == count


def test_one_tree_of_errors() -> None:
    """Everything that we raise on purpose is a ReportedlyError; a refusal is a RejectedDocument."""
    made = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert all(issubclass(kind, ReportedlyError) for kind in made)
    assert {kind for kind in made if issubclass(kind, RejectedDocument)} == {
        RejectedDocument,
        Unreachable,
        NotText,
        NotAnArticle,
    }
    assert not issubclass(LexiconError, RejectedDocument) and not issubclass(SetupError, RejectedDocument)


@pytest.mark.parametrize(
    "kind", [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
)
def test_every_error_is_drawn_and_public(kind: type[Exception]) -> None:
    """The docstring of the module draws the whole tree, and each error can be caught from the package's own name."""
    assert kind.__name__ in (errors.__doc__ or "") and getattr(reportedly, kind.__name__) is kind


@pytest.mark.parametrize(("kind", "stage"), [(Unreachable, "acquire"), (NotText, "acquire"), (NotAnArticle, "clean")])
def test_a_refusal_carries_its_record(kind: type[RejectedDocument], stage: str) -> None:
    """What was refused, at which stage and why."""
    error = kind("doc-1", "no such file; check the name")
    assert error.rejected == Rejected(document_id="doc-1", stage=stage, reason="no such file; check the name")
    assert str(error) == "no such file; check the name"


def test_the_public_names_are_there() -> None:
    """Every name of `__all__` exists."""
    assert [name for name in reportedly.__all__ if not hasattr(reportedly, name)] == []
