"""Make or bring up to date the tables of one receiver: `python -m app.receivers.install catalogue`.

It reads the settings that the receiver itself reads, and nothing of Onshelf's.
"""

import argparse
import os
import sys

from sqlalchemy.exc import SQLAlchemyError

from app.core import migration

RECEIVERS = tuple(branch for branch in migration.BRANCHES if branch != "onshelf")


def address_of(receiver: str) -> str:
    """Where the receiver's database is, '' where nobody said."""
    own = os.environ.get(f"{receiver.upper()}_DATABASE_URL")
    return own or os.environ.get("DATABASE_URL", "")


def main(arguments: list[str] | None = None) -> int:
    """0 when the tables are there, 1 when not (the reason is one line on stderr)."""
    parser = argparse.ArgumentParser(prog="python -m app.receivers.install", description=__doc__)
    parser.add_argument("receiver", choices=RECEIVERS)
    receiver = parser.parse_args(arguments).receiver
    address = address_of(receiver)
    if not address:
        name = receiver.upper()
        return _cannot(f"{name}_DATABASE_URL, or DATABASE_URL, has to name its database")
    try:
        migration.upgrade(receiver, address)
    except (SQLAlchemyError, migration.DatabaseNewerError) as error:
        return _cannot(str(error).strip().splitlines()[0])
    return 0


def _cannot(reason: str) -> int:
    sys.stderr.write(f"cannot install: {reason}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
