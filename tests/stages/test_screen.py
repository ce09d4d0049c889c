"""The cheap first pass: pages without a word of an incident are left out, pages full of them are read, of the others a few sentences are looked at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.acquire.files import document_of
from reportedly.acquire.limits import Limits
from reportedly.lexicons import load
from reportedly.stages._relevance import Relevance
from reportedly.stages.clean import load_furniture
from reportedly.stages.screen import MOST, Glance, Screened, ScreenWords, screen

BOMBING = (
    "A car bomb exploded outside the courthouse on Monday. Two gunmen then opened fire on the guards, police said.\n"
)
GARDEN = "The garden show opened on Sunday, and the visitors admired the roses. The mayor thanked the gardeners for their work.\n"
MATCH = "The striker scored in the cup final, and the coach praised the defence of his team after the match at the stadium. "


@pytest.fixture(scope="module")
def words() -> ScreenWords:
    return ScreenWords(load("screen", Screened), load("relevance", Relevance), load_furniture().function_words)


def glance(text: str, words: ScreenWords, media_type: str = "text/plain") -> Glance:
    return screen(document_of(text.encode(), name="a", media_type=media_type, limits=Limits()), words)


def test_a_page_full_of_the_words_is_read(words: ScreenWords) -> None:
    """Without a look at its sentences."""
    assert glance(BOMBING, words).verdict == "read"


def test_a_page_without_any_is_left_out(words: ScreenWords) -> None:
    """And the reason is given."""
    found = glance(GARDEN, words)
    assert (found.verdict, found.why) == ("skip", "no word of an incident")


@pytest.mark.parametrize(
    "text",
    [
        "The actor suffered a heart attack at the age of ninety, and the theatre closed for a day in his honour.\n",
        "The mayor worked to a deadline. The diehard supporters of the club came to the warm market square.\n",
    ],
)
def test_figures_of_speech_and_words_that_only_begin_alike_do_not_count(words: ScreenWords, text: str) -> None:
    """A heart attack is no attack, and a deadline is not dead."""
    assert glance(text, words).verdict == "skip"


def test_a_single_word_is_looked_at_in_its_sentence(words: ScreenWords) -> None:
    """The sentences that hold it come back, whole, and no others."""
    found = glance(GARDEN + "\n\nA man was arrested by Mr. Brown of the\npark guard. " + GARDEN, words)
    assert found.verdict == "look"
    assert found.sentences == ("A man was arrested by Mr. Brown of the park guard.",)


def test_a_page_about_a_peaceful_subject_is_only_looked_at(words: ScreenWords) -> None:
    """However many words of violence a report of a match holds, its sentences are looked at before it is read."""
    vague = "The hosts attacked early in the second half. "
    assert glance(vague + GARDEN * 3, words).verdict == "look"
    assert glance(MATCH * 8 + vague, words).sentences == (vague.strip(),)
    assert glance(BOMBING + MATCH * 3, words).verdict == "read"
    assert glance(BOMBING + MATCH * 30, words).verdict == "look"


def test_only_the_running_text_of_a_page_counts(words: ScreenWords) -> None:
    """A side bar full of attacks does not get a page about roses read."""
    side = (
        "<aside><ul>"
        + "".join(f"<li><a href='/{n}'>Bomb attack kills {n}</a></li>" for n in range(9))
        + "</ul></aside>"
    )
    paragraphs = "".join(f"<p>{GARDEN}</p>" for _ in range(6))
    page = f"<html><body><nav><a href='/war'>War</a></nav><article><h1>Roses</h1>{paragraphs}</article>{side}</body></html>"
    assert glance(page, words, "text/html").verdict == "skip"
    assert glance(page.replace("<h1>", f"<p>{BOMBING}</p><h1>"), words, "text/html").verdict == "read"


def test_capitals_make_no_difference(words: ScreenWords) -> None:
    """Wire texts shout."""
    assert glance(BOMBING.upper(), words).verdict == "read"


def test_another_language_is_left_out(words: ScreenWords) -> None:
    """Even where a word of it looks like one of ours."""
    text = (
        "Die Polizei nahm am Montag zwei Terroristen fest, nachdem vor dem Rathaus der Stadt eine Bombe detoniert war. "
        * 3
    )
    assert glance(text, words).verdict == "skip"


def test_what_cannot_be_read_goes_on_to_be_refused_by_name(words: ScreenWords) -> None:
    """A binary file is not screened out."""
    assert glance("\x00 a bomb \x00", words).verdict == "read"


def test_no_more_than_a_few_sentences_are_looked_at(words: ScreenWords) -> None:
    """However many there are; and none is longer than a window around its word."""
    text = " ".join(["A long walk"] * 2000) + " after the attack " + " ".join(["by the sea"] * 2000)
    found = glance(text, words)
    assert len(found.sentences) <= MOST
    assert all(len(sentence) < 1000 for sentence in found.sentences)


@given(text=st.text(max_size=400))
def test_any_text_is_screened(words: ScreenWords, text: str) -> None:
    """Whatever letters it holds, and the sentences that come back are of the text."""
    found = glance(f"{text} attack.", words)
    joined = " ".join(f"{text} attack.".split())
    assert all(sentence in joined for sentence in found.sentences)
