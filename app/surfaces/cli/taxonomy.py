"""`flask taxonomy`: check the category files, show a category as it is in force."""

from datetime import datetime
from pathlib import Path

import click
import yaml
from flask.cli import AppGroup

from app.core.errors import NotFound
from app.taxonomy import queries
from app.taxonomy.definitions import as_json
from app.taxonomy.lint import checked
from app.taxonomy.loader import FOLDER, load
from app.taxonomy.yaml_lines import TaxonomyError

taxonomy = AppGroup("taxonomy", help="Categories as data.")


@taxonomy.command("lint")
@click.argument("folder", type=click.Path(exists=True, file_okay=False), default=FOLDER)
def lint(folder: str) -> None:
    """Check the files of FOLDER (our own by default); every mistake with its file and line."""
    try:
        found = checked(load(Path(folder)))
    except TaxonomyError as error:
        for mistake in error.mistakes:
            click.echo(str(mistake), err=True)
        raise SystemExit(1) from None
    click.echo(f"{len(found.categories)} categories in {len(found.nodes)} groups: no mistakes")


@taxonomy.command("show")
@click.argument("code")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; today if not given.")
def show(code: str, on: datetime | None) -> None:
    """Print the definition of the category CODE that is in force, as YAML."""
    try:
        category = queries.category(code, on.date() if on else None)
    except NotFound as error:
        raise click.ClickException(error.text("en")) from None
    click.echo(f"# version {category.no}, in force since {category.effective_on}")
    click.echo(yaml.safe_dump(as_json(category), allow_unicode=True, sort_keys=False), nl=False)
