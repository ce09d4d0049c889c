"""`reportedly train`: without torch it says what to install; it is tried in earnest where torch is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportedly.cli import app

TORCH = importlib.util.find_spec("torch") is not None


@pytest.mark.skipif(TORCH, reason="torch is installed here")
def test_without_torch_it_says_what_to_install(tmp_path: Path) -> None:
    """One line, exit status 1, nothing written."""
    done = CliRunner().invoke(app, ["train", "--corpus", str(tmp_path), "-o", str(tmp_path / "head")])
    assert done.exit_code == 1
    assert "pip install torch" in done.stderr and "train.lock" in done.stderr
    assert not (tmp_path / "head").exists()


def test_a_folder_that_is_not_there_is_a_wrong_option(tmp_path: Path) -> None:
    """Before anything is loaded."""
    done = CliRunner().invoke(app, ["train", "--corpus", str(tmp_path / "nowhere"), "-o", str(tmp_path / "head")])
    assert done.exit_code == 2


@pytest.mark.skipif(
    not TORCH, reason="needs torch, which reading does not: pip install torch, then requirements/train.lock"
)
def test_a_head_is_trained_and_reads(tmp_path: Path) -> None:
    """Two texts, one epoch: the folder that comes out can be read with."""
    from reportedly.tagger.runtime import open_head

    for name in ("text", "attributions"):
        (tmp_path / "data" / name).mkdir(parents=True)
    for number in range(4):
        (tmp_path / "data" / "text" / f"{number}.txt").write_text("Police said the bomb was small.\n", "utf-8")
        (tmp_path / "data" / "attributions" / f"{number}.ann").write_text(
            "T1\tSource 0 6\tPolice\nT2\tCue 7 11\tsaid\nT3\tContent 12 30\tthe bomb was small\n"
            "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n",
            "utf-8",
        )
    done = CliRunner().invoke(
        app, ["train", "--brat", str(tmp_path / "data"), "--epochs", "1", "-o", str(tmp_path / "head")]
    )
    assert done.exit_code == 0, done.output
    assert open_head(tmp_path / "head").tags("Police said so.", [(0, 15)]).pieces
    assert not (tmp_path / "head" / "gate.npz").exists(), "no act was marked"
    again = [
        "train",
        "--brat",
        str(tmp_path / "data"),
        "--network",
        str(tmp_path / "head"),
        "-o",
        str(tmp_path / "two"),
    ]
    refused = CliRunner().invoke(app, again)
    assert refused.exit_code == 1 and "no act is marked" in refused.stderr


@pytest.mark.skipif(not TORCH, reason="needs torch, which reading does not")
def test_no_kind_of_act_is_forgotten(tmp_path: Path) -> None:
    """Passages with acts of one kind teach the gate, and leave the kinds of the head as they are."""
    from reportedly.tagger.runtime import WEIGHTS, open_head

    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "items.jsonl").write_text(
        "".join(
            f'{{"item_id": "item/{number}", "text": "Rebels bombed the mill at Tolm.", "headline": false, "says": [], '
            '"acts": [[7, 13, "bombing", "accomplished", "affirmed", "certain"]]}\n'
            for number in range(30)
        ),
        "utf-8",
    )
    done = CliRunner().invoke(
        app, ["train", "--corpus", str(tmp_path / "corpus"), "--network", str(WEIGHTS), "-o", str(tmp_path / "head")]
    )
    assert done.exit_code == 0, done.output
    assert "stay as they are" in done.stderr
    head = open_head(tmp_path / "head")
    found = head.tags("Soldiers arrested two men.", [(0, 26)]).kind(9, 17)
    assert found is not None and found[0] == "arrest"
