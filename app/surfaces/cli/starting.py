"""What happens between the database's start and everybody else's: tables, then starter data.

Other packages are listed here, each by one function that may be run any number of times.
"""

from collections.abc import Callable

import psycopg
from flask import Flask

from app.core import migration
from app.surfaces.cli.problem import CannotStartError

OLDEST_POSTGRES = 150000


def every_start() -> list[Callable[[], None]]:
    """Run in the application's context in every environment."""
    return []


def demo_start() -> list[Callable[[], None]]:
    """Run after those, only where ONSHELF_ENV is demo."""
    return []


def demo_accounts() -> list[tuple[str, str, str]]:
    """What to print for a first look: (role, e-mail, password)."""
    return []


def migrate(url: str) -> None:
    """Bring all three branches up to date, or say in one sentence why not."""
    _must_suit(url)
    for branch in migration.BRANCHES:
        try:
            migration.upgrade(branch, url)
        except migration.DatabaseNewerError as error:
            raise CannotStartError(str(error)) from error


def fill(app: Flask, demo: bool) -> None:
    """Load what every start needs, and the starter data of a demo."""
    with app.app_context():
        for load in [*every_start(), *(demo_start() if demo else [])]:
            load()


def _must_suit(url: str) -> None:
    try:
        with psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1]
        raise CannotStartError(f"The database of DATABASE_URL does not answer: {reason}") from error
    if version < OLDEST_POSTGRES:
        raise CannotStartError(
            f"PostgreSQL {version // 10000} is too old: Onshelf needs 15 or newer."
        )
