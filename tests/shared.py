"""Real data that this project did not write, where the machine has it: ONSHELF_SHARED_DATA, or a
folder `shared/data` beside any folder above."""

import os
from pathlib import Path

import pytest


def shared_data() -> Path | None:
    """The folder of the samples, or None."""
    root = os.environ.get("ONSHELF_SHARED_DATA")
    places = [Path(root)] if root else []
    places += [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
    return next((place for place in places if place.is_dir()), None)


def shared(path: str) -> Path:
    """One file or folder of the samples; skips aloud where this machine has none."""
    folder = shared_data()
    if folder is None or not (folder / path).exists():
        pytest.skip(f"SAMPLE DATA ABSENT ({path}): set ONSHELF_SHARED_DATA to check it too")
    return folder / path
