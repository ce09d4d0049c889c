"""lexicons: every shipped file loads, an error names file and key, and the tables agree with the code and with one another."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from reportedly import lexicons
from reportedly.errors import LexiconError
from reportedly.export.acts import Acts
from reportedly.export.arms import Weapons
from reportedly.export.codebook import Formats
from reportedly.export.columns import Shape
from reportedly.export.targets import Targets
from reportedly.gazetteer import PlaceWords
from reportedly.lexicons import Lexicon, load, load_rows
from reportedly.records import EVENT_TYPES, WEAPON_CATEGORIES
from reportedly.stages._account_facts import MergingWords
from reportedly.stages._count_words import CountWords
from reportedly.stages._cues import ReportingCues
from reportedly.stages._furniture import Furniture
from reportedly.stages._names import Roles, load_names
from reportedly.stages._needs import NEEDS
from reportedly.stages._words import CodeWords, EventTypes, Nouns, Triggers, WeaponNames
from reportedly.stages.date import DateWords
from reportedly.stages.screen import Screened

HEAD = 'language = "en"\nprovenance = "us"\nlicence = "Apache-2.0"\n'
KINDS: dict[str, type[Lexicon]] = {
    "triggers": Triggers,
    "event_types": EventTypes,
    "nouns": Nouns,
    "weapons": WeaponNames,
    "roles": Roles,
    "dates": DateWords,
    "counts": CountWords,
    "reporting_cues": ReportingCues,
    "furniture": Furniture,
    "places": PlaceWords,
    **{f"export_{name}": Shape for name in ("incidents", "claims", "acled", "ged", "gtd", "plover")},
    **{f"export_jsonl_{name}": Shape for name in ("claims", "entries", "judgements")},
    "export_formats": Formats,
    "export_acts": Acts,
    "export_targets": Targets,
    "export_weapons": Weapons,
    "merging": MergingWords,
    "screen": Screened,
}
"""The lexicon of each file that a stage or an export loads by itself; `operators` and `relevance` are loaded with all the others below."""
TRIGGERS = load("triggers", Triggers)
WORDS = CodeWords(TRIGGERS, load("nouns", Nouns), load("weapons", WeaponNames))


class Few(Lexicon, frozen=True):
    """A lexicon for these tests."""

    words: tuple[str, ...]
    sizes: dict[str, int] = msgspec.field(default_factory=dict)


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row for these tests."""

    name: str
    count: int
    note: str | None = None


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of lexicons of our own."""
    monkeypatch.setattr(lexicons, "folder", lambda: tmp_path)
    return tmp_path


def test_a_lexicon_is_loaded_as_it_is_declared(written: Path) -> None:
    """The words come as the types that the stage declared."""
    (written / "few.toml").write_text(f'{HEAD}words = ["a", "b"]\n[sizes]\nsmall = 1\n', "utf-8")
    assert load("few", Few) == Few(
        language="en", provenance="us", licence="Apache-2.0", words=("a", "b"), sizes={"small": 1}
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f'{HEAD}words = ["a"]\nwrods = []\n', "wrods"),
        (f'{HEAD}words = "a"\n', "words"),
        (f"{HEAD}words = [1]\n", "words[0]"),
        (f'{HEAD}words = []\n[sizes]\nsmall = "x"\n', "sizes"),
        ("words = []\n", "language"),
        ("words = [", "no valid TOML"),
    ],
)
def test_an_error_names_the_file_and_the_key(written: Path, text: str, told: str) -> None:
    """A misspelt key, a wrong type and bad TOML are errors that say where."""
    (written / "few.toml").write_text(text, "utf-8")
    with pytest.raises(LexiconError) as raised:
        load("few", Few)
    assert "lexicons/few.toml" in str(raised.value) and told in str(raised.value)


def test_a_missing_lexicon_lists_those_that_are_there(written: Path) -> None:
    """An unknown name is answered with the valid ones."""
    (written / "other.toml").write_text(HEAD, "utf-8")
    with pytest.raises(LexiconError, match=r"no lexicon few\.toml; there are: other\.toml"):
        load("few", Few)


def test_rows_are_loaded_with_comments_and_empty_cells(written: Path) -> None:
    """A line that begins with # is a comment, an empty cell null, a quoted comma part of its cell."""
    (written / "rows.csv").write_text('# provenance: us\nname,count,note\n"a, b",3,\n\nc,4,x\n', "utf-8")
    assert load_rows("rows", Row) == (Row(name="a, b", count=3), Row(name="c", count=4, note="x"))


@pytest.mark.parametrize(("line", "told"), [("a,many,", "count"), (",3,", "name")])
def test_an_error_names_the_row(written: Path, line: str, told: str) -> None:
    """A row that breaks the rules is named by its number, its words and the field."""
    (written / "rows.csv").write_text(f"name,count,note\nok,1,\n{line}\n", "utf-8")
    with pytest.raises(LexiconError) as raised:
        load_rows("rows", Row)
    assert "lexicons/rows.csv, row 2" in str(raised.value) and told in str(raised.value)


def test_the_version_is_a_hash_of_the_words() -> None:
    """Sixteen hex digits, the same each time."""
    assert lexicons.version() == lexicons.version() and len(lexicons.version()) == 16
    int(lexicons.version(), 16)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_shipped_lexicon_loads(name: str) -> None:
    """Each file keeps the rules of its kind, is English and free to use."""
    words = load(name, KINDS[name])
    assert (words.language, words.licence) == ("en", "Apache-2.0") and words.provenance


def test_all_lexicons_load_together() -> None:
    """The pipeline's own loading finds every file, and no TOML file is left that nothing loads."""
    from reportedly.pipeline import load_words

    load_words()
    files = {path.name.removesuffix(".toml") for path in lexicons.folder().iterdir() if path.name.endswith(".toml")}
    assert files == set(KINDS) | {"operators", "relevance"}
    assert load_names() is not None


# triggers.toml -------------------------------------------------------------------------------------------------------


def test_every_need_exists() -> None:
    """A frame asks only for what `code` can check, and every check is asked for."""
    asked = {frame.needs for frame in TRIGGERS.frames if frame.needs is not None}
    assert asked - set(NEEDS) == set()
    assert set(NEEDS) - asked == set()


def test_no_word_stands_twice_in_a_frame() -> None:
    """A word is written once in a list."""
    for frame in TRIGGERS.frames:
        for words in (frame.verbs, frame.nouns, frame.adjectives):
            assert [word for word, count in Counter(words).items() if count > 1] == []


def test_every_frame_has_a_word() -> None:
    """No frame is empty."""
    assert all(frame.verbs or frame.nouns or frame.adjectives for frame in TRIGGERS.frames)


def test_words_are_lemmas_in_small_letters() -> None:
    """What is looked up is lower case and without white space: a capital or a space would never be found."""
    words = {word for frame in TRIGGERS.frames for word in (*frame.verbs, *frame.nouns, *frame.adjectives)}
    words |= {word for found in TRIGGERS.modifiers.values() for word in found} | {
        word for found in TRIGGERS.light.values() for word in found
    }
    assert {word for word in words if word != word.lower() or word.split() != [word]} == set()


def test_no_frame_is_out_of_reach() -> None:
    """A word whose first frame needs nothing has no second frame: that one could never be reached."""
    for index in (WORDS.verbs, WORDS.nominal, WORDS.adjectives):
        for word, frames in index.items():
            assert [f.type for f in frames[:-1] if f.needs is None] == [], word


def test_a_modifier_makes_one_type() -> None:
    """No modifier stands under two types."""
    counted = Counter(word for words in TRIGGERS.modifiers.values() for word in words)
    assert [word for word, count in counted.items() if count > 1] == []


def test_every_type_has_a_word() -> None:
    """Each type of the codebook can be found: by a frame or by a modifier."""
    assert {frame.type for frame in TRIGGERS.frames} | set(TRIGGERS.modifiers) == set(EVENT_TYPES)


def test_lists_are_words() -> None:
    """The short lists are in small letters and hold no word twice."""
    for name, words in TRIGGERS.lists.items():
        assert words and len(words) == len(set(words)), name
        assert all(word == word.lower() for word in words), name


def test_nouns_are_written_once() -> None:
    """No list of nouns holds a word twice."""
    for table in (WORDS.nouns.people, WORDS.nouns.things, WORDS.nouns.actors):
        for name, words in table.items():
            assert [word for word, count in Counter(words).items() if count > 1] == [], name


# event_types.toml, weapons.toml ----------------------------------------------------------------------------------------


def test_event_types_are_the_codebooks() -> None:
    """The table maps each type once, and each has a description and a family."""
    types = load("event_types", EventTypes).types
    assert set(types) == set(EVENT_TYPES)
    assert all(row.description and row.family for row in types.values())


def test_every_type_of_violence_is_mapped() -> None:
    """A type of the family violence has a code in PLOVER and CAMEO and a place in ACLED."""
    types = load("event_types", EventTypes).types
    assert [
        name for name, row in types.items() if row.family == "violence" and not (row.plover and row.cameo and row.acled)
    ] == []


def test_no_weapon_has_two_categories() -> None:
    """A name stands once in all categories."""
    counted = Counter(name for names in WORDS.weapons.names.values() for name in names)
    assert [name for name, count in counted.items() if count > 1] == []


def test_weapon_categories_are_the_codebooks() -> None:
    """Every category has names, and every weak name is a name."""
    assert set(WORDS.weapons.names) == set(WEAPON_CATEGORIES) and all(WORDS.weapons.names.values())
    names = {name for found in WORDS.weapons.names.values() for name in found}
    assert set(WORDS.weapons.weak["names"]) - names == set()


# operators.toml --------------------------------------------------------------------------------------------------------


def test_operators_do_not_contradict_one_another() -> None:
    """In one table a word says one thing: no verb both foils and plans."""
    from reportedly.stages.judge import Operators

    operators = load("operators", Operators)
    for table in ("verbs", "nouns", "modifiers", "adjectives", "modals", "certainty"):
        counted = Counter(word for words in getattr(operators, table).values() for word in words)
        assert [word for word, count in counted.items() if count > 1] == [], table


def test_operators_are_lemmas_in_small_letters() -> None:
    """What is looked up is lower case."""
    from reportedly.stages.judge import Operators

    operators = load("operators", Operators)
    for table in ("verbs", "nouns", "modifiers", "adjectives", "modals", "certainty"):
        for words in getattr(operators, table).values():
            assert [word for word in words if word != word.lower() or " " in word] == []
