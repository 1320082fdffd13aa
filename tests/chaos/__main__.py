"""`make chaos [SEED=...]`: the last line is JSON; status 1 where anything but 0 was counted."""

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

from tests.chaos.counting import FIGURES
from tests.chaos.run import FULL, LITTLE, run


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("seed", nargs="?", type=int)
    parser.add_argument("--short", action="store_true", help="as the tests run it")
    parser.add_argument("--keep", type=Path, help="an empty folder for journals and logs")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    size = LITTLE if given.short else FULL
    with tempfile.TemporaryDirectory(prefix="onshelf-chaos-") as folder:
        kept = given.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        try:
            figures = run(seed, size, kept)
        except RuntimeError as error:
            print(f"seed {seed}: {error}", file=sys.stderr)
            return 1
    print(json.dumps(figures))
    whole = figures["approved"] >= size.approvals
    return 0 if whole and not any(figures[name] for name in FIGURES) else 1


if __name__ == "__main__":
    sys.exit(main())
