"""`flask install` and `flask staff`: what an installation of one's own needs once."""

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.accounts import actions, passwords
from app.accounts.models import Person
from app.accounts.queries import person_by_email
from app.core.unit_of_work import unit_of_work
from app.settings import settings
from app.surfaces.cli import starting
from app.surfaces.cli.problem import CannotStartError

staff = AppGroup("staff", help="Reviewers and operators.")


@click.command("install")
@with_appcontext
def install() -> None:
    """Bring all tables up to date and load the categories, as `make run` does at each start."""
    try:
        starting.migrate(settings().database_url)
    except CannotStartError as error:
        raise click.ClickException(str(error)) from None
    starting.fill(current_app, demo=settings().onshelf_env == "demo")
    click.echo("tables and categories are up to date")


@staff.command("grant")
@click.argument("role", type=click.Choice(["operator", "reviewer"]))
@click.argument("email")
@click.option("--name", default="", help="Of a person who has no account yet.")
@click.option("--queue", "queues", multiple=True, help="A reviewer's; may be given several times.")
def grant(role: str, email: str, name: str, queues: tuple[str, ...]) -> None:
    """Make the person with this EMAIL staff; a new one is asked for a password."""
    with unit_of_work():
        person = person_by_email(email) or _new(email, name)
        actions.grant(person, role, queues)
    click.echo(f"{email} is {role}{''.join(f', {queue}' for queue in queues)}")


def _new(email: str, name: str) -> Person:
    if not name:
        raise click.UsageError("nobody has this address yet: give --name, too")
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    wrong = passwords.refusal(password, (email, name))
    if wrong:
        words, params = wrong
        raise click.ClickException(words.text("en", **params))
    language = settings().default_language
    return actions.make_person(email, name, passwords.hashed(password), language)
