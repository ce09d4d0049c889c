"""A larger gazetteer from a dump of GeoNames: what is kept, what is refused, and how the reader uses it. Every place is invented."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportedly._gazetteer_from_dump import build
from reportedly._gazetteer_larger import GAZETTEER, NONE, Larger, larger_path, read_record, usual_path
from reportedly._geonames_dump import LONGEST_LINE, lines, parse
from reportedly.errors import GazetteerError, SetupError
from reportedly.gazetteer import Gazetteer, open_gazetteer
from reportedly.pipeline import Reader
from reportedly.stages.drafts import Annotated
from reportedly.stages.locate import locate


def row(
    number: int, name: str, feature: str = "P.PPL", *, at: tuple[float, float] = (14.5, -4.2), others: str = "", country: str = "ML",
    admin1: str = "04", people: int = 0, changed: str = "2024-05-01",
) -> str:  # fmt: skip
    """One line of a dump."""
    kind, code = feature.split(".")
    cells = [str(number), name, name, others, str(at[0]), str(at[1]), kind, code, country, "", admin1, "", "", "", str(people), "", "280",
             "Africa/Bamako", changed]  # fmt: skip
    return "\t".join(cells)


ROWS = [
    row(90000003, "Tolobéra", others="Tolo Bera,толобера,Toloberaville"),
    row(90000001, "Kessou", people=320, changed="2025-02-03"),
    row(90000002, "Kessou", at=(11.4, -8.1), admin1="03"),
    row(90000004, "Camp Dassiré", "S.CMPRF", others="Dassiré,Dassire Camp"),
    row(90000005, "Hotel Dassiré", "S.HTL"),
    row(90000006, "Cercle de Dassiré", "A.ADM2"),
    row(90000007, "Дасире", "P.PPLH"),
    row(90000008, "Nerabourg", at=(48.0, 3.0), country="FR", admin1="27"),
    row(2988507, "Paris", "P.PPLC", at=(48.85, 2.35), country="FR", admin1="11", people=2138551),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "ML.txt"
    path.write_text("\n".join([*ROWS, "a broken line", ""]), "utf-8")
    return path


def quiet(doing: str, read: int, total: int) -> None:
    """Watches nothing."""


@pytest.fixture
def built(dump: Path, tmp_path: Path) -> Path:
    build([dump], tmp_path / "larger.sqlite", quiet)
    return tmp_path / "larger.sqlite"


@pytest.fixture
def both(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gazetteer]:
    """The built-in gazetteer with the larger one."""
    monkeypatch.setenv(GAZETTEER, str(built))
    opened = open_gazetteer()
    yield opened
    opened.close()


def test_the_record_says_where_it_came_from(dump: Path, built: Path) -> None:
    """File, hash, latest change, rows, what was kept and what was broken."""
    (source,) = read_record(built).sources
    assert source.sha256 == hashlib.sha256(dump.read_bytes()).hexdigest()
    assert (source.file, source.newest, source.rows, source.broken, source.kept) == ("ML.txt", "2025-02-03", 9, 1, 7)
    record = read_record(built)
    assert (record.places, record.kinds) == (7, {"admin2": 1, "city": 5, "facility": 1})


def test_the_same_files_give_the_same_bytes(dump: Path, built: Path, tmp_path: Path) -> None:
    """Also out of the .zip, but for the hash and the name in the record; and in another order of lines the places are the same."""
    again = tmp_path / "again.sqlite"
    build([dump], again, quiet)
    assert again.read_bytes() == built.read_bytes()
    zipped = tmp_path / "ML.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(dump, "ML.txt")
        archive.writestr("readme.txt", "The format")
    record = build([zipped], tmp_path / "zipped.sqlite", quiet)
    assert (record.places, record.names) == (7, read_record(built).names)
    assert record.version != read_record(built).version
    assert Larger(tmp_path / "zipped.sqlite").named("kessou", 9) == Larger(built).named("kessou", 9)


def test_a_place_in_two_dumps_counts_once_as_in_the_first(dump: Path, tmp_path: Path) -> None:
    """The second file adds what the first lacks."""
    second = tmp_path / "second.txt"
    second.write_text(row(90000001, "Kessou", people=99) + "\n" + row(90000010, "Dravo"), "utf-8")
    record = build([dump, second], tmp_path / "two.sqlite", quiet)
    assert [source.kept for source in record.sources] == [7, 1]
    assert [found[6] for found in Larger(tmp_path / "two.sqlite").named("kessou", 9)] == [320, 0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"name,lat,lon\nTolo,1,2\n", "1 column"),
        (b"1\t2\ten\tTolo\t\t\t\t\t\t\n" * 200, "10 columns"),
        (b"\x1f\x8b\x08\x00rubbish", "unpack it first"),
        (("\t".join(["x"] * 19) + "\n").encode() * 3, "not what belongs into them"),
        (row(1, "Inn", "S.HTL").encode(), "no place of a kind that is kept"),
        (b"PK\x05\x06" + b"\0" * 18, "holds 0 text files"),
    ],
)
def test_what_is_no_dump_is_refused_and_nothing_is_written(tmp_path: Path, content: bytes, said: str) -> None:
    """The message says what is wrong; an earlier gazetteer stays, and no temporary file."""
    path, out = tmp_path / "given", tmp_path / "out" / "larger.sqlite"
    path.write_bytes(content)
    out.parent.mkdir()
    out.write_bytes(b"earlier")
    with pytest.raises(GazetteerError, match=said):
        build([path], out, quiet)
    assert [(one.name, one.read_bytes()) for one in out.parent.iterdir()] == [("larger.sqlite", b"earlier")]


def test_a_zip_that_is_damaged_is_refused(dump: Path, tmp_path: Path) -> None:
    """A byte that changed on the way is found by the archive's checksum."""
    zipped = tmp_path / "ML.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(dump, "ML.txt")
    raw = bytearray(zipped.read_bytes())
    raw[200] ^= 1
    zipped.write_bytes(raw)
    with pytest.raises(GazetteerError, match="fetch it again"):
        build([zipped], tmp_path / "larger.sqlite", quiet)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        row(1, "Tolo").encode() + b"\tmore",
        row(1, "").encode(),
        row(-1, "Tolo").encode(),
        row(1, "Tolo", at=(91, 0)).encode(),
        row(1, "Tolo", at=(float("nan"), 0)).encode(),
        row(1, "Tolo", "Q.PPL").encode(),
        row(1, "Tolo", country="mali").encode(),
        row(1, "Tolo", people=-5).encode(),
        row(1, "Tolo", changed="yesterday").encode(),
        row(1, "Tolo").encode("utf-16"),
        b"\xff" + row(1, "Tolo").encode(),
    ],
)
def test_a_line_that_breaks_the_format_is_no_row(raw: bytes) -> None:
    """Columns, numbers, ranges and the encoding are looked at."""
    assert parse(raw) is None


def test_a_line_without_end_costs_no_memory_without_end(tmp_path: Path) -> None:
    """It comes in pieces, each of them broken, and the rows after it are read."""
    path = tmp_path / "long.txt"
    path.write_bytes(
        (row(1, "Tolo") + "\n").encode() * 3 + b"x" * (2 * LONGEST_LINE) + f"\n{row(2, 'Kessou')}\n".encode()
    )
    found = [line.row for line in lines(path)]
    assert [one.name for one in found if one] == ["Tolo", "Tolo", "Tolo", "Kessou"]
    assert found.count(None) == 2


def test_names_are_those_of_the_built_in_one_and_more(both: Gazetteer) -> None:
    """Villages are found by each Latin name; what both know is there once, with the key of the built-in one."""
    (place,) = both.lookup("Tolo Bera")
    assert (place.name, place.country, place.admin1, place.kind, place.main) == (
        "Tolobéra",
        "ML",
        "Mopti",
        "city",
        False,
    )
    assert place.key == -90000003
    assert [p.geonames_id for p in both.lookup("Paris")].count(2988507) == 1
    assert both.lookup("Paris")[0].key > 0
    assert [p.kind for p in both.lookup("Camp Dassiré")] == ["facility"]
    assert both.lookup("Dassiré") == ()  # one word of many is no name of a camp
    assert both.lookup("Hotel Dassiré") == ()


def test_the_variable_names_it_or_leaves_it_aside(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the one in the data folder is used where there is one."""
    monkeypatch.setattr("platformdirs.user_data_dir", lambda name: str(tmp_path / "data"))
    monkeypatch.delenv(GAZETTEER, raising=False)
    assert larger_path() is None
    usual_path().parent.mkdir()
    usual_path().write_bytes(built.read_bytes())
    assert larger_path() == usual_path()
    monkeypatch.setenv(GAZETTEER, NONE)
    assert larger_path() is None
    monkeypatch.setenv(GAZETTEER, str(built))
    assert larger_path() == built


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda path: path.unlink(), "is no file"),
    (lambda path: path.write_bytes(path.read_bytes()[:5000]), "cut short"),
    (lambda path: path.write_bytes(b"rubbish" * 999), "cut short"),
    (lambda path: path.write_bytes(path.read_bytes().replace(b'"format":1,', b'"format":0,')), "another version"),
])  # fmt: skip
def test_one_that_cannot_be_used_is_an_error(
    built: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], object], said: str
) -> None:
    """It is never left aside in silence: tomorrow's result would be another one."""
    spoil(built)
    monkeypatch.setenv(GAZETTEER, str(built))
    with pytest.raises(SetupError, match=said):
        open_gazetteer()


def test_a_readings_origin_names_it(built: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """And without one it says what it always said."""
    monkeypatch.setenv(GAZETTEER, str(built))
    named = Reader().origin.model
    monkeypatch.setenv(GAZETTEER, NONE)
    assert named == f"{Reader().origin.model}; gazetteer {read_record(built).version}"


def test_a_village_is_known_where_the_article_speaks_of_its_country(
    both: Gazetteer, annotated: Callable[..., Annotated]
) -> None:
    """With coordinates and the precision of an exact place; in an article about another country it is no place of Mali."""
    found = {p.mention.text: p for p in locate(annotated("Gunmen stormed the village of Tolobéra in Mali."), both)}
    assert (found["Tolobéra"].geonames_id, found["Tolobéra"].admin1, found["Tolobéra"].where_prec) == (
        90000003,
        "Mopti",
        1,
    )
    found = {p.mention.text: p for p in locate(annotated("Gunmen stormed the village of Tolobéra in Peru."), both)}
    assert (found["Tolobéra"].geonames_id, found["Tolobéra"].country, found["Tolobéra"].lat) == (None, "PE", None)
    (alone,) = locate(annotated("Gunmen stormed the village of Tolobéra."), both)
    assert (alone.geonames_id, alone.country) == (None, None)


def test_of_two_villages_alike_the_country_is_known(both: Gazetteer, annotated: Callable[..., Annotated]) -> None:
    """Which Kessou is meant is earned by a town or a region beside it, and not guessed."""
    found = {p.mention.text: p for p in locate(annotated("Gunmen stormed the village of Kessou in Mali."), both)}
    assert (found["Kessou"].country, found["Kessou"].lat) == ("ML", None)
    text = "Gunmen stormed the village of Kessou in Mali. Troops came from the town of Mopti, in the Mopti region."
    found = {p.mention.text: p for p in locate(annotated(text), both)}
    assert (found["Kessou"].geonames_id, found["Kessou"].admin1) == (90000001, "Mopti")
