"""Named points: nothing without a folder, one death a file with one."""

import os
import subprocess
import sys
from pathlib import Path

from app.core.crashes import POINTS, STATUS, crash_point

PASS_BY = "from app.core.crashes import crash_point as c; c('before-commit'); print('alive')"


def test_nothing_happens_where_no_folder_is_named() -> None:
    for name in POINTS:
        crash_point(name)


def test_the_first_to_come_by_dies_and_the_next_lives(tmp_path: Path) -> None:
    (tmp_path / "before-commit").touch()
    told = os.environ | {"ONSHELF_CRASH_FOLDER": str(tmp_path)}
    first, second = (
        subprocess.run([sys.executable, "-c", PASS_BY], check=False, env=told, capture_output=True)
        for _ in range(2)
    )
    assert (first.returncode, first.stdout) == (STATUS, b"")
    assert (second.returncode, second.stdout) == (0, b"alive\n")
