"""clean: what of a text file or a page is the article. All texts here are invented."""

from __future__ import annotations

import hashlib

import pytest

from reportedly.errors import NotAnArticle, NotText, ReportedlyError
from reportedly.records import Article, Document
from reportedly.stages.clean import clean

BODY = (
    "Three people were killed when a bomb went off at the market in Tarsk on Monday, the police said.",
    "A spokesman for the governor said that the wounded had been taken to two hospitals in the town.",
    "No group has claimed responsibility for the attack, which was the second there in a month.",
)


def document(content: str | bytes, media_type: str = "text/plain", **known: str) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    return Document(sha256=hashlib.sha256(raw).hexdigest(), media_type=media_type, content=raw, **known)


def plain(content: str | bytes, published: str | None = None) -> Article:
    return clean(document(content), published)


def page(body: str, head: str = "", **known: str) -> Article:
    html = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
    return clean(document(html, "text/html", **known))


def blocks(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks]


def article_html(*paragraphs: str) -> str:
    return "<article>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article>"


def test_a_text_file_is_its_own_clean_text() -> None:
    """The text of a file is unchanged, with its line ends and invisible marks; only a byte-order mark goes."""
    text = "Bomb Kills Three In Tarsk\r\n\r\n" + "\r\n\r\n".join(BODY) + "\u200b\r\n\r\n\r\n"
    article = plain(b"\xef\xbb\xbf" + text.encode())
    assert article.text == text
    assert blocks(article) == ["Bomb Kills Three In Tarsk", *BODY]
    assert [b.kind for b in article.blocks] == ["headline", "paragraph", "paragraph", "paragraph"]
    assert article.title == "Bomb Kills Three In Tarsk"


def test_lines_wrapped_by_hand_are_joined() -> None:
    """A hard-wrapped file gives one block a paragraph; a blank line or an indented line begins another."""
    text = (
        "   TARSK, 3 MAR 94 (AGENCY) -- A CAR BOMB EXPLODED TODAY IN FRONT OF\n"
        "THE TOWN HALL AND WOUNDED FOUR GUARDS, THE MAYOR TOLD REPORTERS AT\n"
        "THE SCENE.  NOBODY HAS BEEN ARRESTED.\n"
        "   THE POLICE SAID THAT THE CAR HAD BEEN STOLEN ON SUNDAY NEAR THE\n"
        "RAILWAY STATION BY TWO MEN WHO WERE ARMED.\n"
        "\n"
        "   A SECOND DEVICE WAS FOUND AND MADE SAFE, ACCORDING TO THE ARMY IN\n"
        "THE PROVINCE.\n"
    )
    article = plain(text)
    assert [b.split()[0] for b in blocks(article)] == ["TARSK,", "THE", "A"]
    assert article.title is None
    assert (article.publication_date, article.date_known_from) == ("1994-03-03", "text")


def test_a_first_paragraph_that_is_wider_hides_no_wrapping() -> None:
    """Old wire reports set their first paragraph wider than the rest."""
    rest = (
        "   THE MAYOR TOLD REPORTERS AT THE SCENE THAT THE CAR HAD BEEN\n"
        "STOLEN ON SUNDAY NEAR THE RAILWAY STATION, AND THAT THE POLICE\n"
        "WERE LOOKING FOR TWO MEN WHO WERE SEEN TO LEAVE IT BEFORE THE\n"
        "DEVICE WENT OFF.\n\n"
    )
    text = (
        "TARSK, 3 MAR 94 (AGENCY) -- A CAR BOMB EXPLODED TODAY IN FRONT OF THE TOWN\n"
        "HALL AND WOUNDED FOUR GUARDS, ONE OF THEM SERIOUSLY, SAID THE DIRECTOR OF\n"
        "THE HOSPITAL.\n\n"
    ) + rest * 6
    article = plain(text)
    assert [b.split()[0] for b in blocks(article)] == ["TARSK,", *["THE"] * 6]


def test_one_paragraph_a_line() -> None:
    """A file without blank lines that is not wrapped has one paragraph a line."""
    text = "Bomb Kills Three In Tarsk\n" + "\n".join(BODY)
    assert blocks(plain(text)) == ["Bomb Kills Three In Tarsk", *BODY]


@pytest.mark.parametrize(
    "heading",
    ["0 replies", "Leave a Reply", "Want to join the discussion?", "12 Comments", "Comments (3)", "LEAVE A COMMENT:"],
)
def test_everything_after_the_comments_heading_is_furniture(heading: str) -> None:
    """Comments are no part of the article, however much they look like one."""
    comment = "I heard from a friend that 500 people died there and that the police lied about it all."
    article = plain("\n\n".join([*BODY, heading, comment]))
    assert blocks(article) == list(BODY)
    assert comment in article.text


@pytest.mark.parametrize(
    "line",
    [
        "Share this",
        "Advertisement",
        "Read more: Mayor of Tarsk resigns",
        "Subscribe to our newsletter",
        "© 2031 The Tarsk Post",
        "Sign up for our daily briefing",
        "Follow us on Facebook",
        "All rights reserved.",
        "By Jane Doe",
        "5 min read",
    ],
)
def test_furniture_lines_are_in_no_block(line: str) -> None:
    """Share bars, subscription boxes, copyright lines and bylines are in no block, at the top or in the middle."""
    for at in (0, 1, 3):
        lines = [*BODY[:at], line, *BODY[at:]]
        assert blocks(plain("\n\n".join(lines))) == list(BODY)


@pytest.mark.parametrize(
    "sentence",
    [
        "By Monday the town had fallen to the rebels, residents said.",
        "Share prices fell after the attack, traders said.",
        "Posted on the group's channel, the video showed three men being shot.",
        "Comments by the minister angered the families of the dead, who marched on Tuesday.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(sentence: str) -> None:
    """A sentence of the article is kept though it opens with a word of page furniture."""
    assert sentence in blocks(plain("\n\n".join([BODY[0], sentence, BODY[1]])))


def test_related_headings_take_the_teasers_with_them() -> None:
    """The short lines under “Related stories” are furniture; the article goes on after them."""
    lines = [BODY[0], "Related stories", "Mayor of Tarsk resigns", "Ten shot in harbour raid", BODY[1]]
    assert blocks(plain("\n\n".join(lines))) == [BODY[0], BODY[1]]


def test_byline() -> None:
    """A byline gives the writer."""
    assert plain(
        "\n\n".join(["Bomb kills three in Tarsk", "By Jane Doe and John Roe, Crime Editor", *BODY])
    ).byline == ("Jane Doe and John Roe")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TARSK, 3 March 2019 — A bomb went off at the market and killed three people.", "2019-03-03"),
        ("TARSK, March 3, 2019 (Agency) - A bomb went off at the market and killed three.", "2019-03-03"),
        ("Published: 2019-03-03", "2019-03-03"),
        ("Published on 3rd March 2019", "2019-03-03"),
        ("TARSK, 3 March (Agency) — A bomb went off at the market and killed three.", None),
        ("On 3 March 2019 a bomb went off at the market and killed three people.", None),
        ("Published: 2019-13-45", None),
    ],
)
def test_dates_in_a_plain_text(line: str, expected: str | None) -> None:
    """Only a dateline with a year or a stated day of publication dates a text file."""
    assert plain("\n\n".join([line, *BODY])).publication_date == expected


def test_the_given_date_wins() -> None:
    """The caller's date is kept as given; one that is no date is an error that shows the form."""
    article = plain("TARSK, 3 March 2019 — " + BODY[0], "2020-01-02")
    assert (article.publication_date, article.date_known_from) == ("2020-01-02", "given")
    with pytest.raises(ReportedlyError, match="YYYY-MM-DD"):
        plain(BODY[0], "yesterday")


def test_a_page_is_its_title_and_paragraphs() -> None:
    """A page's text is the title, a blank line, and the paragraphs; title, date, writer and outlet are read from it."""
    head = (
        "<title>Bomb kills three in Tarsk</title><meta property=og:site_name content='The Tarsk Post'>"
        "<meta name=author content='Jane Doe'><meta property='article:published_time' content='2019-03-04T10:00:00Z'>"
    )
    nav = "<nav><a href=/>Home</a> <a href=/world>World</a></nav>"
    article = page(
        nav + "<h1>Bomb kills three in Tarsk</h1>" + article_html(*BODY), head, url="https://tarsk.example/1"
    )
    assert article.text == "\n\n".join(["Bomb kills three in Tarsk", *BODY])
    assert (article.title, article.byline, article.outlet) == (
        "Bomb kills three in Tarsk",
        "Jane Doe",
        "The Tarsk Post",
    )
    assert (article.publication_date, article.date_known_from) == ("2019-03-04", "page")
    assert article.blocks[0].kind == "headline"


def test_a_date_in_the_future_is_not_believed() -> None:
    """A page cannot be published after it was fetched."""
    head = "<meta property='article:published_time' content='2031-03-04'>"
    fetched = page(article_html(*BODY), head, url="https://tarsk.example/1", retrieved_at="2030-01-01T00:00:00Z")
    assert fetched.publication_date is None
    assert page(article_html(*BODY), head).publication_date == "2031-03-04"


def test_no_date_is_null() -> None:
    """Where the page gives no date there is none, whatever the text tells of."""
    assert (
        page(
            article_html(*BODY, "The last attack there was in August 1998, when two guards were killed.")
        ).publication_date
        is None
    )


@pytest.mark.parametrize("figure", ["2011-05-06", "06/05/2011"])
def test_a_date_in_a_sentence_is_not_the_pages(figure: str) -> None:
    """A figure in the running text does not date the page; the same day in its markup does."""
    sentence = f"The treaty that the two sides signed on {figure} had been broken before, a diplomat in the town said."
    assert page(article_html(*BODY, sentence)).publication_date is None
    assert page("<time datetime=2011-05-06>May</time>" + article_html(*BODY, sentence)).publication_date == "2011-05-06"


def test_a_page_without_metadata_is_dated_by_its_dateline() -> None:
    """Where the markup gives no date, a dateline at the top of the text does."""
    found = page(article_html("TARSK, 6 May 2011 (Agency) — " + BODY[0], *BODY[1:]))
    assert (found.publication_date, found.date_known_from) == ("2011-05-06", "text")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>Log in</p><form><input name=user></form>",
        "<ul>"
        + "".join(f"<li><a href=/{n}>Report number {n} from the town of Tarsk</a></li>" for n in range(60))
        + "</ul>",
    ],
)
def test_a_page_without_an_article_is_refused(body: str) -> None:
    """An empty page, a login page and a list of links are refused with what to do."""
    with pytest.raises(NotAnArticle, match="give"):
        page(body)


def test_another_language_is_named() -> None:
    """A report in another language is refused by the language's name; its text can be had all the same."""
    text = "La policía informó de que tres personas murieron en el ataque contra el mercado de la ciudad el lunes por la mañana."
    with pytest.raises(NotAnArticle, match="Spanish"):
        plain(text)
    assert clean(document(text), any_language=True).language == "es"
    with pytest.raises(NotAnArticle, match="Russian"):
        plain(
            "Полиция сообщила, что три человека погибли при взрыве на рынке в понедельник утром.".encode("cp1251") * 3
        )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "utf-8-sig"])
def test_encodings_of_text(encoding: str) -> None:
    """Quotation marks come out right from each encoding that English reports are kept in."""
    text = "The minister said: “We will not yield.” It was the mayor’s third visit to the town’s market — and his last."
    assert plain(text.encode(encoding)).text == text


def test_nul_bytes_are_binary() -> None:
    """A text file with NUL bytes is refused."""
    with pytest.raises(NotText, match="binary"):
        plain("abc\x00def and more of the same")


def test_one_sentence_is_enough() -> None:
    """An analyst may paste a single sentence."""
    assert blocks(plain(BODY[0])) == [BODY[0]]


def test_clean_is_deterministic() -> None:
    """The same bytes give the same article and the same id; another text another id."""
    assert plain(BODY[0]) == plain(BODY[0])
    assert plain(BODY[0]).article_id != plain(BODY[1]).article_id
