"""`make probe`: one practice listing from draft to recall, from outside, over plain HTTP.

A line a stage with its milliseconds; ends non-zero when a stage fails, saying which and what was
seen. Leaves nothing on sale. Accounts are settings: PROBE_SELLER_EMAIL, PROBE_REVIEWER_EMAIL and
PROBE_PASSWORD (in a demo they are there by themselves).
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.settings import ROOT, Settings
from app.surfaces.cli.visitor import UnexpectedError
from app.surfaces.cli.walk import Walk, password


def main() -> int:
    """Walk; 0 when every stage went well."""
    asked = argparse.ArgumentParser(prog="make probe", description=__doc__)
    asked.add_argument("--url", default="", help="the installation's address")
    base = (asked.parse_args().url or _running()).rstrip("/")
    walk = Walk(base)
    # Loads the demo's accounts: seconds that are no part of the first stage.
    password()
    print(f"probing {base}, practice listing {walk.mark}", flush=True)
    begun = time.monotonic()
    for name, stage in walk.stages():
        try:
            with _timed(name):
                stage()
        except UnexpectedError as seen:
            print(f"FAILED at: {name}. {seen}", flush=True)
            _clear_away(walk)
            return 1
    print(f"all stages well in {(time.monotonic() - begun) * 1000:,.0f} ms")
    return 0


@contextmanager
def _timed(name: str) -> Iterator[None]:
    begun, word = time.monotonic(), "failed"
    try:
        yield
        word = "ok"
    finally:
        print(f"{name:<34} {(time.monotonic() - begun) * 1000:>8,.0f} ms  {word}", flush=True)


def _clear_away(walk: Walk) -> None:
    try:
        walk.leave_nothing()
    except UnexpectedError as seen:
        print(f"clearing away failed too: {seen}. Look at {walk.base}{walk.listing_path}")


def _running() -> str:
    """The address of the installation that `make run` started here, or the usual one."""
    instance = os.environ.get("ONSHELF_INSTANCE") or ROOT / "instance"
    try:
        with open(f"{instance}/lock", encoding="utf-8") as held:  # noqa: PTH123
            named = re.search(r"https?://\S+", held.read())
    except OSError:
        named = None
    return named[0] if named else str(Settings.model_fields["public_url"].default)


if __name__ == "__main__":
    sys.exit(main())
