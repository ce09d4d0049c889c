"""The sample reports hold what their README says, and what a page adds around its article never becomes a claim."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from reportedly.acquire import acquire
from reportedly.records import Article
from reportedly.stages.clean import clean

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "src" / "reportedly" / "samples"
PAGES = sorted(SAMPLES.glob("*.html"))
NOTICE = "This report is invented; it was written for the reportedly project."
OUTLETS = {
    "meridian": "Meridian Press Agency",
    "courier": "The Velmara Courier",
    "klaxon": "Daily Klaxon",
    "echo": "Hallic Valley Echo",
    "vsb": "Velmara State Broadcasting",
}
FURNITURE = (
    "heard 500",
    "at least 60 bodies",
    "200 dead",
    "a thousand in 2009",
    "300 people were shot",
    "2000 would of died",
    "50 drones",
    "murdered you",
    "cookies",
    "Leave a Reply",
    "Read next",
    "Subscribe",
    "subscribers",
    "Klaxon Bomb-Bingo",
    "Shooting: juniors",
    "warning shot on inflation",
    "ADVERTISEMENT",
    "Winter tyres",
    "READ MORE",
    "Skip to",
    "Posted in",
    "moderated",
)
"""Words of comments, boxes, teasers and menus that stand on some page."""


@lru_cache(maxsize=len(PAGES))
def article_of(page: Path) -> Article:
    return clean(acquire(page))


def blocks(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks]


def named(page: Path) -> str:
    return page.stem


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_each_page_says_that_it_is_invented(page: Path) -> None:
    """Each page carries the line where a reader sees it and in its description, and the line is no part of the article."""
    html = page.read_text("utf-8")
    assert html.count(NOTICE) == 2
    assert f'{NOTICE}">' in html or f'{NOTICE}" />' in html or f'{NOTICE}"/>' in html
    assert not any("reportedly project" in block for block in blocks(article_of(page)))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_each_page_gives_outlet_and_date(page: Path) -> None:
    """Outlet and publication date of each page are read from it and are those of its file name."""
    article = article_of(page)
    assert article.outlet == OUTLETS[page.stem.split("-")[3]]
    assert (article.publication_date, article.date_known_from) == (page.stem[:10], "page")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_each_article_is_whole_and_nothing_else(page: Path) -> None:
    """The blocks are the headline and between 330 and 750 words of paragraphs, and nothing of the page's furniture."""
    found = blocks(article_of(page))
    words = sum(len(block.split()) for block in found)
    assert 330 < words < 750
    joined = "\n".join(found)
    assert not [phrase for phrase in FURNITURE if phrase in joined]


def test_furniture_is_there_to_be_thrown_out() -> None:
    """Every phrase of the list stands on some page, so that the test above can fail."""
    everything = "\n".join(page.read_text("utf-8") for page in PAGES)
    assert not [phrase for phrase in FURNITURE if phrase not in everything]


def test_reprint_is_word_for_word() -> None:
    """The local paper's page has the very paragraphs of the agency's."""

    def paragraphs(name: str) -> list[str]:
        return re.findall(r"<p(?: class=\"wire-text__p\")?>(.{60,}?)</p>", (SAMPLES / name).read_text("utf-8"))

    agency = paragraphs("2025-03-03-meridian-bus-station.html")
    local = paragraphs("2025-03-03-echo-bus-station-reprint.html")
    text = [p for p in agency if "cookies" not in p and "inbox" not in p and "quotes delayed" not in p]
    assert len(text) == 14
    assert text == local[:14]


def test_readme_lists_every_page() -> None:
    """Each page has its row in the README of the samples."""
    readme = (SAMPLES / "README.md").read_text("utf-8")
    assert len(PAGES) == 12
    assert not [page.stem for page in PAGES if f"| `{page.stem}` |" not in readme]
