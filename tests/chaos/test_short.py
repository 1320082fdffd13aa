"""A short storm of `make chaos`: every crash point once, nothing lost, doubled, stale or left."""

from pathlib import Path

import pytest

from app.core.crashes import POINTS
from tests.chaos.counting import FIGURES
from tests.chaos.journal import read
from tests.chaos.run import LITTLE, run

SEED = 20260


@pytest.mark.timeout(900)
def test_nothing_is_lost_or_doubled_in_a_short_storm(tmp_path: Path) -> None:
    found = run(SEED, LITTLE, tmp_path)
    assert {name: found[name] for name in FIGURES} == dict.fromkeys(FIGURES, 0)
    assert found["approved"] >= LITTLE.approvals
    assert found["faults"] >= len(POINTS)
    uploads = [r["became"] for r in read(tmp_path / "faults.jsonl") if r["what"] == "upload"]
    assert "error" not in uploads
