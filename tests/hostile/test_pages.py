"""Bad input seen in the wild: each ends as an article or a named refusal, quickly. All texts here are invented."""

from __future__ import annotations

import hashlib
import io
import time

import pytest
from bad_input import PAGES, SENTENCE, article, page

from reportedly.acquire import acquire
from reportedly.errors import NotAnArticle, NotText, RejectedDocument
from reportedly.records import Article, Document
from reportedly.stages.clean import clean

SECONDS = 30.0


def read(content: str | bytes) -> Article:
    """`content` from standard input, cleaned within the time that a page may take."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    started = time.monotonic()
    try:
        return clean(acquire("-", stdin=io.BytesIO(raw)))
    finally:
        assert time.monotonic() - started < SECONDS


def block_text(found: Article) -> str:
    return "\n".join(found.text[b.start : b.end] for b in found.blocks)


@pytest.mark.parametrize("depth", [200, 256, 300, 1000])
def test_deep_nesting_loses_nothing(depth: int) -> None:
    """libxml2 drops what is nested over 255 elements deep; the article is read all the same."""
    found = read(page("<div>" * depth + article() + "</div>" * depth))
    assert "Three people were killed" in block_text(found)
    assert found.title == "Bomb in Tarsk"


@pytest.mark.parametrize("name", PAGES)
def test_hostile_input_ends(name: str) -> None:
    """Whatever comes, the reader ends within seconds with an article or a refusal of one line."""
    content = PAGES[name]()
    try:
        found = read(content)
    except RejectedDocument as refusal:
        assert str(refusal) and "\n" not in str(refusal)
        return
    assert found.blocks
    found.text.encode("utf-8")


def test_a_page_of_pictures_is_read() -> None:
    """A page saved with its pictures and scripts inside is megabytes long, and an article all the same."""
    picture = f"<img src='data:image/png;base64,{'QUJD' * 1_000_000}'>"
    found = read(page(f"<script>{'x=1;' * 1_000_000}</script><h1>Bomb in Tarsk</h1>{picture}{article()}"))
    assert "Three people were killed" in block_text(found)


@pytest.mark.parametrize(
    "feed",
    [
        "<?xml version='1.0'?><rss version='2.0'><channel><item><title>x</title></item></channel></rss>",
        "<?xml version='1.0'?><!-- made by hand -->\n<feed xmlns='http://www.w3.org/2005/Atom'></feed>",
        "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;&lol;'>]><rss><item>&lol2;</item></rss>",
    ],
)
def test_feeds_are_refused_by_name(feed: str) -> None:
    """A feed is no article; its entities are never expanded."""
    with pytest.raises(NotAnArticle, match="a feed, not an article"):
        read(feed)


def test_entities_are_never_expanded() -> None:
    """Billion laughs and an external entity, as XML or dressed as a page, give no expanded text."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for root in ("lolz", "html"):
        doctype = f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "lol"><!ENTITY x SYSTEM "file:///etc/hostname">{laughs}]>'
        with pytest.raises(NotAnArticle):
            read(f"{doctype}<{root}><p>&l9;&x;</p></{root}>")


def test_comments_are_no_news() -> None:
    """What a commenter writes is in no block."""
    comments = "<section id=comments class=comments><h2>2 Comments</h2><p>500 people died there, I was told by my cousin who saw it.</p></section>"
    assert "500 people" not in block_text(read(page(article() + comments)))
    bare = "<h3>Leave a Reply</h3><p>500 people died there, I was told by my cousin who saw it.</p>"
    assert "500 people" not in block_text(read(page("<div>" + article() + bare + "</div>")))


def test_paywall_furniture() -> None:
    """The subscription box is in no block."""
    box = "<p>Already a subscriber? Log in</p><p>Subscribe to The Tarsk Post for £1 a week. Cancel anytime.</p>"
    text = block_text(read(page("<div>" + article(SENTENCE, SENTENCE.replace("Three", "Four")) + box + "</div>")))
    assert "ubscri" not in text
    assert "Three people" in text and "Four people" in text


@pytest.mark.parametrize(
    "title", ["<img src=x onerror=alert(1)> bomb kills three", "<script>alert(1)</script>Bomb kills three"]
)
def test_a_title_is_plain_text(title: str) -> None:
    """Markup in a title is words, never code; whoever shows it has to escape it."""
    shown = title.replace("<", "&lt;").replace(">", "&gt;")
    found = read(f"<!doctype html><title>{shown}</title><body><a href='javascript:alert(1)'>x</a>{article()}</body>")
    assert found.title is not None and "omb kills three" in found.title
    assert "javascript:" not in found.text


def test_invisible_marks_go_from_pages() -> None:
    """Zero-width and bidirectional marks and NUL bytes leave a page's text, so that words are found."""
    found = read(
        page(
            article(
                "Three peo\u200bple were \u202ekil\u00adled\u202c in Tar\x00sk on \u2066Monday\u2069, the police said.",
                SENTENCE,
            )
        )
    )
    assert "Three people were killed in Tarsk on Monday" in found.text


def test_mojibake_is_mended_on_pages_only() -> None:
    """Text decoded wrongly before it was put on the page is mended; right text is left alone."""
    right = "The minister’s aide said: “No one was hurt — we are fine.” The café in Tarsk was closed by the police."
    wrong = right.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    found = read(page(article(wrong, SENTENCE)))
    assert "minister’s aide" in found.text and "café" in found.text
    assert right in read(page(article(right, SENTENCE))).text


@pytest.mark.parametrize("encoding", ["cp1251", "cp1256"])
@pytest.mark.parametrize("declared", [True, False])
def test_foreign_encodings(encoding: str, declared: bool) -> None:
    """A Cyrillic or Arabic page is decoded, told by its language, and refused; an English one in that encoding is read."""
    foreign = {
        "cp1251": "Полиция сообщила, что три человека погибли при взрыве на рынке в понедельник утром. ",
        "cp1256": "قالت الشرطة إن ثلاثة أشخاص قتلوا في انفجار قنبلة في السوق صباح يوم الاثنين في المدينة. ",
    }[encoding]
    meta = f"<meta charset={encoding}>" if declared else ""
    html = f"<!doctype html><html><head>{meta}</head><body>{article(foreign * 3, foreign * 3)}</body></html>"
    with pytest.raises(NotAnArticle, match="Russian|Arabic" if declared else "written in|holds no article"):
        read(html.encode(encoding))
    english = html.replace(foreign * 3, SENTENCE + "“It was loud,” a witness said.")
    assert "“It was loud,”" in read(english.encode(encoding)).text


def test_the_title_is_not_told_twice() -> None:
    """A title that is repeated over the text is one block."""
    found = read(page("<h1>Bomb in Tarsk</h1>" + article("Bomb in Tarsk", SENTENCE, SENTENCE)))
    assert block_text(found).count("Bomb in Tarsk") == 1


def test_a_document_by_hand_needs_no_acquire() -> None:
    """clean itself refuses what acquire would: a deep page, a feed, a binary text."""
    for content, media_type in (
        (b"<rss>", "text/xml"),
        (b"a\x00b", "text/plain"),
        (b"<html>" + b"<div>" * 9000, "text/html"),
    ):
        with pytest.raises((NotAnArticle, NotText)):
            clean(Document(sha256=hashlib.sha256(content).hexdigest(), media_type=media_type, content=content))
