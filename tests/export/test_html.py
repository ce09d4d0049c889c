"""The page: one self-contained file in which a report is nothing but text."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import msgspec
from typed_reading import TEXT, article, claims, reading

from reportedly.export.html import fragment, page
from reportedly.records import Article, Reading

HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)> \" ' javascript:alert(1) \u202eevil"


class Page(HTMLParser):
    """Collects tags, ids and the text of the article."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[str] = []
        self.depth = 0
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag == "article":
            self.depth = 1
        elif self.depth and tag in ("p", "h3"):
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.depth = 0

    def handle_data(self, data: str) -> None:
        if self.depth and self.blocks and data != "\n":
            self.blocks[-1] += data

    @property
    def ids(self) -> list[str]:
        return [values["id"] or "" for _, values in self.tags if "id" in values]


def hostile() -> Reading:
    """The typed reading with hostile words in every place that a report can reach."""
    text = f"{HOSTILE}\n\n{HOSTILE} Gunmen shot a man, police said."
    claim = claims()[3]
    start = text.index("Gunmen")
    assert claim.event is not None
    trigger = msgspec.structs.replace(claim.event.trigger, start=start + 7, end=start + 11, text="shot")
    chain = (msgspec.structs.replace(claim.attribution.chain[0], name=HOSTILE, role=HOSTILE),)
    changed = msgspec.structs.replace(
        claim,
        event=msgspec.structs.replace(claim.event, trigger=trigger),
        attribution=msgspec.structs.replace(claim.attribution, chain=chain),
    )
    bad = article(text, outlet=HOSTILE, byline=HOSTILE, url=HOSTILE, title=HOSTILE, language='"><x')
    return reading(article=bad, claims=(changed,), statements=())


def test_the_article_is_there_word_for_word() -> None:
    """Marks cut the text, and lose or double none of it."""
    shown = Page(page([reading()]))
    assert shown.blocks == TEXT.rstrip("\n").split("\n\n")


def test_every_claim_has_a_card_and_its_words_point_to_it() -> None:
    """Each claim is a card that can be focused; its words carry its number and their part."""
    source = page([reading()])
    cards = [values for tag, values in Page(source).tags if tag == "li" and values.get("class") == "card"]
    assert [card["data-claim"] for card in cards] == ["1", "2", "3", "4"]
    assert all(card["tabindex"] == "0" for card in cards)
    assert re.search(r'<mark data-part="trigger" data-claims="1:trigger"><a [^>]*>blew up</a></mark>', source)
    assert re.search(r'data-claims="2:source"[^>]*>Radio Uno<', source)


def test_the_page_loads_nothing_and_allows_only_its_own_script_and_style() -> None:
    """No address but the page's own anchors; the policy names the hashes of the style and the script as they stand."""
    source = page([reading()], statements=True, explain=True)
    for tag, values in Page(source).tags:
        assert tag not in ("img", "iframe", "link", "object", "embed", "form", "base")
        assert not [name for name in values if name.startswith("on") or name in ("src", "style", "srcset")]
        assert (values.get("href") or "#").startswith("#")
    assert "@import" not in source and "url(" not in source
    for tag in ("style", "script"):
        body = re.search(f"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert body is not None
        digest = base64.b64encode(hashlib.sha256(body.group(1).encode()).digest()).decode()
        assert f"{tag}-src &#x27;sha256-{digest}&#x27;" in source
    assert "default-src &#x27;none&#x27;" in source


def test_hostile_words_stay_text() -> None:
    """Markup in text, names, outlet, byline, title, address and language makes no tag and no attribute."""
    for source in (page([hostile()], explain=True), fragment(hostile())):
        tags = Page(source).tags
        assert [tag for tag, _ in tags].count("script") == 1
        assert not [tag for tag, _ in tags if tag in ("img", "x")]
        assert "<script>alert" not in source
        assert "\u202e" not in source
    assert HOSTILE.replace("\u202e", "\ufffd") in Page(page([hostile()])).blocks[0]


def test_ids_are_unique_over_several_reports() -> None:
    """One page of several reports, even of the same one, has no id twice, and every anchor leads somewhere."""
    shown = Page(page([reading(), reading(), hostile()], statements=True))
    assert len(shown.ids) == len(set(shown.ids))
    targets = {(values.get("href") or "")[1:] for tag, values in shown.tags if tag == "a" and values.get("href")}
    assert targets <= set(shown.ids)


def test_numbers_that_disagree_are_drawn() -> None:
    """An incident with two tolls has a small chart of who gives which; it is described for those who do not see it."""
    source = page([reading()])
    assert 'aria-label="Ivo Tarn: ≥ 12; Ana Ruiz → Radio Uno: 19"' in source
    assert "<svg" not in page([reading(claims=claims()[:1])])


def test_explain_stands_in_the_card() -> None:
    """With `explain` a card has the field, the value, the rule and the words."""
    assert "judge.stage:past" in page([reading()], explain=True)
    assert "judge.stage:past" not in page([reading()])


def test_a_notebook_shows_the_same_and_touches_nothing_around_it() -> None:
    """`fragment` is what a notebook calls; every rule of its style begins with our own class."""
    source = reading()._repr_html_()
    assert source == fragment(reading()) and "<html" not in source
    style = re.search("<style>(.*?)</style>", source, re.DOTALL)
    assert style is not None
    for rule in re.findall(r"^\s*([^@{}\n]+)\{", style.group(1), re.MULTILINE):
        assert all(part.strip().startswith(".reportedly") for part in rule.split(",")), rule


def test_a_report_without_a_claim_says_so() -> None:
    """No claim: the article is shown, and a sentence in the place of the cards."""
    source = page([reading(claims=(), statements=())])
    assert "No sentence of this report makes a claim about an incident." in source


def test_the_same_reading_gives_the_same_bytes() -> None:
    """Nothing random and no clock in the page."""
    assert page([reading()]) == page([reading()])


def test_a_report_of_many_claims_is_quick() -> None:
    """A thousand claims in one article do not make the page grow with their square."""
    text = "\n\n".join(["Headline", *(f"Gunmen shot a man in town {n}." for n in range(1000))])
    base = claims()[3]
    many, body = [], article(text)
    for number, block in enumerate(body.blocks[1:]):
        many.append(_moved(base, body, block.start, block.end, number))
    assert len(page([reading(article=body, claims=tuple(many), statements=())])) < 3_000_000


def _moved(claim: object, body: Article, start: int, end: int, number: int) -> object:
    from reportedly.records import Claim

    assert isinstance(claim, Claim) and claim.event is not None
    chain = (msgspec.structs.replace(claim.attribution.chain[0], mention=body.span(start, start + 6)),)
    return msgspec.structs.replace(
        claim,
        claim_id=f"m-{number}",
        sentence=body.span(start, end),
        content=(body.span(start, end),),
        attribution=msgspec.structs.replace(claim.attribution, chain=chain, cue=None),
        event=msgspec.structs.replace(claim.event, trigger=body.span(start + 7, start + 11)),
    )
