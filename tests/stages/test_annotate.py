"""annotate: an equally long rendering for the parser, sentences inside blocks, offsets that stay true. Every text is invented."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from reportedly.records import Article, Block
from reportedly.stages.annotate import annotate, load_parser, rendering
from reportedly.stages.drafts import Annotated
from tests.conftest import typed_article

Annotate = Callable[..., Annotated]


def sentences(annotated: Annotated) -> list[str]:
    """The article's own words of each sentence."""
    return [annotated.text(s.start, s.end) for s in annotated.sentences]


def cased(parser: Language, headline: str, body: str = "The mayor spoke.", names: frozenset[str] = frozenset()) -> str:
    article = typed_article(body, headline=headline)
    return rendering(article, parser, names.__contains__)[: len(headline)]


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("Rebels Attack Army Base Near Dam As Ministers Meet", "Rebels attack army base near dam as ministers meet"),
        ("Gunmen Storm Hotel, Seize Eleven Guests", "Gunmen storm hotel, seize eleven guests"),
        ("Police Hold Six Over Bridge Bomb", "Police hold six over bridge bomb"),
        ("Blast kills nine in market", "Blast kills nine in market"),
        ("Curfew Lifted", "Curfew Lifted"),
    ],
)
def test_a_title_case_headline_is_put_into_sentence_case(parser: Language, headline: str, shown: str) -> None:
    """Ordinary words lose the capital of a Title Case headline; a headline in sentence case stays."""
    assert cased(parser, headline) == shown


@pytest.mark.parametrize(
    ("headline", "body", "names", "kept"),
    [
        ("Police Seize Weapons In Tirana", "The mayor spoke.", {"tirana"}, "Tirana"),
        ("Marisol Baker Flees Rebels In Hills", "The rebels fled from Marisol Baker.", set(), "Baker"),
        ("Police Seize Weapons From UN Convoy", "The mayor spoke.", set(), "UN"),
        ("Police Seize Weapons From NATO Convoy", "The mayor spoke.", set(), "NATO"),
        ("ISIS Claims Attack On Market Hall", "The mayor spoke.", set(), "ISIS"),
        ("Police Hold Six On Monday", "The mayor spoke.", set(), "Monday"),
        ("Army Shells Kvastova Before Dawn", "The mayor spoke.", set(), "Kvastova"),
    ],
)
def test_names_in_a_headline_keep_their_capitals(
    parser: Language, headline: str, body: str, names: set[str], kept: str
) -> None:
    """A well-known place, a name that the article capitalises, an acronym, a day and an unknown word stay as they are."""
    assert kept in cased(parser, headline, body, frozenset(names)).split()


def test_a_word_that_the_article_writes_small_is_small_in_its_headline(parser: Language) -> None:
    """The article itself is the best dictionary: its own small letters decide before the gazetteer does."""
    shown = cased(
        parser, "Gunmen Attack The Old Mobile Clinic", "They attacked a mobile clinic.", frozenset({"mobile"})
    )
    assert shown == "Gunmen attack the old mobile clinic"


def test_a_shouted_text_is_quieted(parser: Language) -> None:
    """A wire text in capitals becomes sentences; a day keeps its capital."""
    text = "GUNMEN ATTACKED A VILLAGE NEAR THE RIVER ON MONDAY, POLICE SAID."
    assert rendering(typed_article(text), parser) == "Gunmen attacked a village near the river on Monday, police said."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A SHADOWY gang attacked a bus.", "A shadowy gang attacked a bus."),
        ("FERRY PLOT SMASHED: six men were held.", "ferry plot smashed: six men were held."),
        ("The convoy of the NATO force met the FARC.", "The convoy of the NATO force met the FARC."),
        ("The UN and the EU met OPEC in June.", "The UN and the EU met OPEC in June."),
    ],
)
def test_tabloid_capitals_are_quieted_and_acronyms_kept(parser: Language, text: str, shown: str) -> None:
    """A run of capitals or a shouted adjective is put into small letters; an acronym inside a sentence is not."""
    assert rendering(typed_article(text), parser) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“It was a bomb,” he said.", '"It was a bomb," he said.'),
        ("„It was a bomb“ – «so» he said", '"It was a bomb" - "so" he said'),
        (
            "‘It was a bomb,’ he said. ‘We don’t know who planted it.’",
            '"It was a bomb," he said. "We don\'t know who planted it."',
        ),
        ("'It was a bomb,' he said.", '"It was a bomb," he said.'),
        ("The rebels’ leader wasn’t there.", "The rebels' leader wasn't there."),
        ("Police\u00a0said\u202fso\u2009too.", "Police said so too."),
        ("The army— it said— won.", "The army- it said- won."),
    ],
)
def test_marks_are_plain_for_the_parser(parser: Language, text: str, shown: str) -> None:
    """Typographic quotation marks, dashes and spaces are shown as ASCII; an apostrophe stays one."""
    assert rendering(typed_article(text), parser) == shown


@pytest.mark.parametrize("letter", ["İ", "ß", "ŉ", "ǰ", "ﬀ"])
def test_a_letter_that_changes_length_with_its_case_stays(parser: Language, letter: str) -> None:
    """Offsets go before case: where the small letter is longer, the word is left alone."""
    headline = f"Gunmen Attack {letter}stanbul Bridge {letter}HELD Today"
    assert len(cased(parser, headline)) == len(headline)
    shouted = f"GUNMEN ATTACKED {letter}STANBUL BRIDGE ON MONDAY {letter}"
    assert len(rendering(typed_article(shouted), parser)) == len(shouted)


def test_what_is_outside_every_block_is_blank(parser: Language) -> None:
    """Page furniture is shown as white space: no token, no sentence, and nothing shifts."""
    text = "Menu Sport News\nGunmen attacked a bus.\nSubscribe now!\nPolice came."
    first, second = text.index("Gunmen"), text.index("Police")
    blocks = (Block(start=first, end=first + 22), Block(start=second, end=len(text)))
    article = Article(article_id="a", document_sha256="a", text=text, blocks=blocks)
    shown = rendering(article, parser)
    assert shown[:first].isspace() and "Subscribe" not in shown and len(shown) == len(text)
    (annotated,) = annotate([article], parser)
    assert sentences(annotated) == ["Gunmen attacked a bus.", "Police came."]
    assert [s.block for s in annotated.sentences] == [0, 1]
    assert all(annotated.sentence_of[t.i] == -1 for t in annotated.doc if t.idx < first)


def test_the_parser_is_loaded_once() -> None:
    """Two calls give the very same pipeline."""
    assert load_parser() is load_parser()


@pytest.mark.parametrize(
    "headline",
    [
        "Blast kills six. Police say so",
        "Rebels: we did it! Army: you did not",
        '"We did it." Group claims market bombing',
    ],
)
def test_a_headline_is_one_sentence(annotated: Annotate, headline: str) -> None:
    """Whatever stops it holds, a headline is one sentence and is marked as one."""
    found = annotated("Six are dead. Many are hurt.", headline=headline)
    assert sentences(found) == [headline, "Six are dead.", "Many are hurt."]
    assert [s.headline for s in found.sentences] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("TARVIK — Gunmen attacked a village. Police came.", "TARVIK —"),
        ("TARVIK, June 3 (Wire) -- Gunmen attacked a village.", "TARVIK, June 3 (Wire) --"),
        ("PORT TARVIK, Osk – Gunmen attacked a village.", "PORT TARVIK, Osk –"),
        ("Tarvik, 3 (Wire) - Gunmen attacked a village.", None),
        ("Gunmen attacked a village - again.", None),
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(annotated: Annotate, text: str, first: str | None) -> None:
    """Where a wire report was filed is none of the words of its first sentence."""
    found = sentences(annotated(text))
    assert (found[0] == first) if first else found[0].startswith(("Tarvik, 3", "Gunmen"))
    if first:
        assert found[1].startswith("Gunmen")


def test_a_lone_quotation_mark_belongs_to_the_sentence_before(annotated: Annotate) -> None:
    """A mark that was left behind by a space is no sentence."""
    found = annotated('He said: "It was a bomb. " Then he left.')
    assert sentences(found) == ['He said: "It was a bomb. "', "Then he left."]
    assert [s.index for s in found.sentences] == [0, 1]


def test_a_paragraph_ends_a_sentence(annotated: Annotate) -> None:
    """No sentence runs over two blocks, full stop or none."""
    found = annotated("Gunmen attacked a village\n\nthe army came\n\nand left again")
    assert [s.block for s in found.sentences] == sorted(s.block for s in found.sentences)
    assert {s.block for s in found.sentences} == {0, 1, 2}


def test_words_are_the_articles_own(annotated: Annotate) -> None:
    """The parser sees plain marks; what is quoted from the article has the article's."""
    found = annotated("“It was a bomb,” he said.")
    assert found.doc.text != found.article.text and sentences(found) == [found.article.text]
    assert found.text(0, 1) == "“"


def test_tokens_of_offsets(annotated: Annotate) -> None:
    """Offsets that cut a word give the whole token; an empty place gives none."""
    found = annotated("Gunmen attacked a village.")
    span = found.tokens(2, 10)
    assert span is not None and span.text == "Gunmen attacked"


def test_batches_keep_the_order(parser: Language) -> None:
    """Any batch size gives the same articles in the same order with the same sentences."""
    articles = [typed_article(f"Gunmen attacked village number {n}. Police came.") for n in range(7)]
    one = [(a.article.text, sentences(a)) for a in annotate(articles, parser, batch_size=1)]
    many = [(a.article.text, sentences(a)) for a in annotate(articles, parser, batch_size=4)]
    assert one == many and [text for text, _ in one] == [a.text for a in articles]


def test_an_article_without_blocks(parser: Language) -> None:
    """Where nothing is the article there is no sentence, and no error."""
    (found,) = annotate([Article(article_id="a", document_sha256="a", text="Menu Sport News", blocks=())], parser)
    assert found.sentences == ()
    (empty,) = annotate([Article(article_id="a", document_sha256="a", text="", blocks=())], parser)
    assert empty.sentences == ()


PIECES = st.lists(
    st.one_of(
        st.text(max_size=25),
        st.sampled_from(
            [
                "Gunmen attacked a village. ",
                "“It was a bomb,” ",
                "‘chief’ ",
                "he said. ",
                "POLICE SAID ON MONDAY THAT IT WAS SO. ",
                "\n\n",
                "\n",
                '"',
                " — ",
                "TARVIK, June 3 (Wire) -- ",
                "İSTANBUL ",
                "\u00a0",
                "\u200b",
                "A SHADOWY gang ",
                "NATO ",
                "...",
                "Rebels Attack Base Near Dam ",
            ]
        ),
    ),
    min_size=1,
    max_size=12,
)


@given(pieces=PIECES, headline=st.booleans(), furniture=st.sets(st.integers(0, 8)))
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_offsets_stay_true_for_any_text(
    parser: Language, pieces: list[str], headline: bool, furniture: set[int]
) -> None:
    """Rendering is as long as the text; tokens are in range; sentences are ordered, apart and inside their blocks."""
    text = "".join(pieces)
    lines = [line for number, line in enumerate(re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)) if number not in furniture]
    blocks = tuple(
        Block(start=line.start(), end=line.end(), kind="headline" if headline and number == 0 else "paragraph")
        for number, line in enumerate(lines)
    )
    article = Article(article_id="a", document_sha256="a", text=text, blocks=blocks)
    assert len(rendering(article, parser)) == len(text)
    (found,) = annotate([article], parser)
    assert len(found.doc.text) == len(text) and len(found.sentence_of) == len(found.doc)
    assert all(t.idx >= 0 and t.idx + len(t.text) <= len(text) for t in found.doc)
    at = 0
    for number, sentence in enumerate(found.sentences):
        block = blocks[sentence.block]
        assert sentence.index == number
        assert max(at, block.start) <= sentence.start < sentence.end <= block.end
        assert all(found.sentence_of[t.i] == number for t in sentence.tokens)
        at = sentence.end


def test_a_passer_by_is_one_word(parser: Language) -> None:
    """The parser is shown a word of as many letters; the article keeps its own."""
    annotated = annotate([typed_article("A passer-by said so. Passers-by fled.")], parser)
    (one,) = list(annotated)
    subjects = [token for token in one.doc if token.dep_ == "nsubj"]
    assert [one.text(t.idx, t.idx + len(t.text)) for t in subjects] == ["passer-by", "Passers-by"]
