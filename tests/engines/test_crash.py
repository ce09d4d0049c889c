"""Whatever kills ingest, and whenever: what it acknowledged is in the ledger, and nothing is half in."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from evals._stream import SAMPLES
from evals.crash import Torment
from reportedly.pipeline import Reader

KILLS = 14


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_kill_nine_loses_nothing(reader: Reader, tmp_path: Path) -> None:
    """Fourteen kills at random moments of ingest over the samples: nothing acknowledged is lost, and the end is that of a quiet run."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for path in SAMPLES.glob("*.html"):
        shutil.copy(path, sources)
    score = Torment(reader, sources, tmp_path, seed=7, with_workers=False).run(KILLS)
    assert score.kills == KILLS and score.rounds >= 1 and score.acknowledged > 0
    assert (score.lost, score.half_in, score.other_hash, score.failed) == (0, 0, 0, 0)
