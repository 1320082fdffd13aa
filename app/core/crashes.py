"""Named places where a process may be made to die, for `make chaos`; nothing happens elsewhere.

Where ONSHELF_CRASH_FOLDER names a folder with a file of a point's name in it, the first process
that comes by takes the file away and ends as if killed: no cleanup, no rollback, no answer.
"""

import os
from pathlib import Path
from typing import Final

# Each between two things that cannot be one: a death there must neither lose nor double anything.
POINTS: Final = (
    "before-commit",
    "before-publish",
    "before-mark",
    "receiver-before-commit",
    "receiver-before-answer",
)
STATUS: Final = 9


def crash_point(name: str) -> None:
    """End this process here if that is asked for; *name* is one of POINTS."""
    folder = os.environ.get("ONSHELF_CRASH_FOLDER")
    if not folder:
        return
    try:
        # Of many processes one succeeds, so each file is one death.
        (Path(folder) / name).unlink()
    except OSError:
        return
    os._exit(STATUS)
