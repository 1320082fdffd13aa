"""What happens between the database's start and everybody else's: tables, then starter data.

Other packages are listed here, each by one function that may be run any number of times.
"""

import os
from collections.abc import Callable
from pathlib import Path

import psycopg
from flask import Flask

from app.core.unit_of_work import unit_of_work
from app.surfaces.cli.problem import CannotStartError

OLDEST_POSTGRES = 150000


def every_start() -> list[Callable[[], object]]:
    """Run in the application's context in every environment, each in a unit of work."""
    from app.accounts import demo as people
    from app.listings.actions import note_missing_names
    from app.settings import settings
    from app.taxonomy.actions import load_categories

    return [load_categories, lambda: people.load_practice(settings()), note_missing_names]


def demo_start() -> list[Callable[[], object]]:
    """Run after those, only where ONSHELF_ENV is demo."""
    from app.accounts import demo as people

    return [people.load]


def demo_accounts() -> list[tuple[str, str, str]]:
    """What to print for a first look: (role, e-mail, password)."""
    from app.accounts import demo as people

    return people.demo_accounts()


def migrate(url: str) -> None:
    """Bring all three branches up to date, or say in one sentence why not."""
    # No server or worker needs Alembic, and each would take a fifth of a second to load it.
    from app.core import migration

    for branch in migration.BRANCHES:
        # A receiver may have a database of its own.
        address = os.environ.get(f"{branch.upper()}_DATABASE_URL", url)
        _must_suit(address)
        try:
            migration.upgrade(branch, address)
        except migration.DatabaseNewerError as error:
            raise CannotStartError(str(error)) from error


def fill(app: Flask, demo: bool) -> None:
    """Load what every start needs, and the starter data of a demo."""
    with app.app_context():
        _storage().mkdir(parents=True, exist_ok=True)
        for load in [*every_start(), *(demo_start() if demo else [])]:
            with unit_of_work():
                load()
    if demo:
        load_demo_listings(app)


def _storage() -> Path:
    # Readiness writes there before anybody's first picture does.
    from app.settings import settings

    return settings().storage_path or settings().onshelf_instance / "storage"


def load_demo_listings(app: Flask) -> None:
    """The demo's listings: many transactions, for each step answers the one before."""
    from app.surfaces.cli.demo.loading import load

    load(app)


def _must_suit(url: str) -> None:
    try:
        with psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        # The first line says what is wrong; the last is often a question.
        reason = str(error).strip().splitlines()[0]
        raise CannotStartError(f"The database of DATABASE_URL does not answer: {reason}") from error
    if version < OLDEST_POSTGRES:
        raise CannotStartError(
            f"PostgreSQL {version // 10000} is too old: Onshelf needs 15 or newer."
        )
