"""What always holds of acquire and clean, whatever the bytes. All texts here are made by Hypothesis."""

from __future__ import annotations

import hashlib
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.acquire import Limits
from reportedly.acquire.files import document_of
from reportedly.errors import NotAnArticle, RejectedDocument
from reportedly.records import Article, Document
from reportedly.stages.clean import clean

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "",
                "",
                "Leave a Reply",
                "Share this",
                "By Jane Doe",
                "   indented line of the text",
                "Related stories",
                "3 March 2019",
                "\u200b",
                "Three people were killed in Tarsk on Monday, the police said on Tuesday.",
                "TARSK, 3 March 2019 — A bomb went off.",
            ]
        ),
    ),
    max_size=20,
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])
PIECES = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<table><tr><td>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<a href=x>",
            "</a>",
            "&lt;",
            "&#xD800;",
            "\x00",
            "<title>",
            "</title>",
            "<h1>",
            "<![CDATA[",
            "<li>",
            "Three people were killed in Tarsk on Monday, the police said. ",
            "A spokesman denied that. ",
            "\u202e",
            "<",
            ">",
            "é",
        ]
    ),
    max_size=40,
)


METADATA = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=8),
        st.sampled_from(["NewsArticle", "Person", "2019-03-03", "http://x.example"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "@context",
                    "@type",
                    "@graph",
                    "author",
                    "publisher",
                    "name",
                    "headline",
                    "datePublished",
                    "articleBody",
                    "articleSection",
                    "additionalName",
                    "givenName",
                    "familyName",
                    "url",
                    "image",
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)


def document(content: bytes, media_type: str) -> Document:
    return Document(sha256=hashlib.sha256(content).hexdigest(), media_type=media_type, content=content)


def check(article: Article) -> None:
    """Blocks are in range, in order and apart, and hold words at both ends."""
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.text)
        words = article.text[block.start : block.end]
        assert words == words.strip(" \t\r\n")
        at = block.end
    assert [b.kind for b in article.blocks].count("headline") <= 1
    assert (article.title is not None) == any(b.kind == "headline" for b in article.blocks)


@given(LINES, ENDS)
@QUICK
def test_a_text_file_stays_what_it_is(lines: list[str], end: str) -> None:
    """For every text file the clean text is the decoded file, and each block is a span of it."""
    text = end.join(lines)
    content = text.encode("utf-8", "replace")
    try:
        article = clean(document(content, "text/plain"))
    except RejectedDocument:
        return
    assert article.text == content.decode("utf-8").removeprefix("\ufeff")
    check(article)


@given(PIECES)
@QUICK
def test_a_page_of_scraps(pieces: list[str]) -> None:
    """A page of tag soup is an article whose blocks are spans of its text, or refused; and always the same."""
    content = ("<html>" + "".join(pieces)).encode("utf-8", "replace")
    try:
        article = clean(document(content, "text/html"))
    except RejectedDocument:
        return
    check(article)
    assert clean(document(content, "text/html")) == article


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/plain", "text/html", "text/xml"]),
    st.sampled_from([None, "cp1251", "utf-16", "x\x00", "hex", "idna"]),
)
@QUICK
def test_bytes_are_read_or_refused(content: bytes, media_type: str | None, charset: str | None) -> None:
    """Random bytes never raise anything but a refusal."""
    try:
        check(clean(document_of(content, name=None, media_type=media_type, limits=Limits(), charset=charset)))
    except RejectedDocument as refusal:
        assert "\n" not in str(refusal)


@given(METADATA)
@QUICK
def test_metadata_of_any_shape(value: object) -> None:
    """JSON-LD may be anything at all: the article is read, and the offsets hold."""
    body = "<p>Three people were killed in Tarsk on Monday, the police said on Tuesday.</p>" * 2
    html = (
        f"<html><head><script type='application/ld+json'>{json.dumps(value)}</script></head><body>{body}</body></html>"
    )
    check(clean(document(html.encode(), "text/html")))


@given(LINES)
@QUICK
def test_cleaning_a_clean_text_changes_nothing(lines: list[str]) -> None:
    """The clean text of a file, cleaned again, has the same blocks."""
    try:
        once = clean(document("\n".join(lines).encode("utf-8", "replace"), "text/plain"))
        twice = clean(document(once.text.encode(), "text/plain"))
    except NotAnArticle:
        return
    except RejectedDocument:
        return
    assert (twice.text, twice.blocks) == (once.text, once.blocks) or once.text.startswith("\ufeff")
