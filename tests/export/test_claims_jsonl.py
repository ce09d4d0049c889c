"""Whole records: the codebook's claim with where it stands, and all that a ledger is made of again."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pandas
import pytest
from typed_dossiers import hostile

from evals.generated import dossiers, entries
from reportedly.errors import ExportError
from reportedly.export.claims_jsonl import line, read_entries, read_judgements, write
from reportedly.export.columns import shape
from reportedly.export.tables import incident_row
from reportedly.records import Claim

ENTRIES = list(entries(60))


def test_a_line_is_the_codebooks_claim_with_further_keys() -> None:
    """The claim's own keys come first, in their order, and give the same claim; then those of the codebook page."""
    for dossier in [*hostile(), *dossiers(4)]:
        for testimony in dossier.testimonies:
            found = json.loads(line(testimony, dossier.incident.incident_id))
            assert list(found) == [column.name for column in shape("jsonl_claims").columns]
            own = {name: found[name] for name in Claim.__struct_fields__}
            assert msgspec.convert(own, Claim) == testimony.claim
            assert found["incident"] == dossier.incident.incident_id


def test_every_line_is_one_line_for_any_reader(tmp_path: Path) -> None:
    """No text breaks a line, whatever a reader takes for the end of one."""
    answer = hostile()
    write(tmp_path, answer, entries=lambda: ENTRIES)
    raw = (tmp_path / "claims.jsonl").read_text("utf-8")
    wanted = sum(len(dossier.testimonies) for dossier in answer)
    assert len(raw.splitlines()) == raw.count("\n") == wanted
    assert len(pandas.read_json(tmp_path / "claims.jsonl", lines=True)) == wanted


def test_entries_come_back_as_they_were(tmp_path: Path) -> None:
    """What is read back is what went in, in its order."""
    write(tmp_path, dossiers(3), entries=lambda: ENTRIES)
    assert list(read_entries(tmp_path)) == ENTRIES
    assert list(read_judgements(tmp_path)) == []
    assert list(json.loads((tmp_path / "entries.jsonl").read_text().splitlines()[0])) == [
        column.name for column in shape("jsonl_entries").columns
    ]


def test_a_question_takes_only_the_entries_it_rests_on(tmp_path: Path) -> None:
    """With a question, an entry of a page that no claim of the answer stands on is left out."""
    answer = list(dossiers(2))
    wanted = {testimony.capture.capture_id for dossier in answer for testimony in dossier.testimonies}
    other = [entry for entry in ENTRIES if entry.capture.capture_id not in wanted]
    used = [msgspec.structs.replace(other[0], capture=answer[0].testimonies[0].capture)]
    write(tmp_path, answer, entries=lambda: [*other, *used], everything=False)
    assert list(read_entries(tmp_path)) == used


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    """The error says which line of which file is no record."""
    write(tmp_path, [], entries=lambda: ENTRIES[:3])
    path = tmp_path / "entries.jsonl"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], lines[1][:-9]]) + "\n")
    with pytest.raises(ExportError, match=r"entries\.jsonl, line 2"):
        list(read_entries(tmp_path))


def test_the_incidents_stand_beside_the_claims(tmp_path: Path) -> None:
    """One line for each incident with the columns of the incidents table; `load` reads the entries and not these."""
    answer = [*hostile(), *dossiers(4)]
    written = write(tmp_path, answer, entries=lambda: ENTRIES)
    found = [json.loads(line) for line in (tmp_path / "incidents.jsonl").read_text("utf-8").splitlines()]
    wanted = [msgspec.to_builtins(incident_row(dossier)) for dossier in answer]
    assert [list(row) for row in found] == [[column.name for column in shape("incidents").columns]] * len(answer)
    assert [[*row.values()] for row in found] == [
        [list(v) if isinstance(v, tuple) else v for v in row] for row in wanted
    ]
    assert [resource.rows for resource in written.resources if resource.path == "incidents.jsonl"] == [len(answer)]
