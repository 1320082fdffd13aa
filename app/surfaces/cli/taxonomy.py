"""`flask taxonomy`: check the category files, show a category as it is in force."""

from datetime import datetime
from pathlib import Path

import click
import yaml
from flask.cli import AppGroup

from app.core.clock import today
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.listings.actions import teaching
from app.taxonomy import queries
from app.taxonomy.definitions import as_json
from app.taxonomy.importing import import_tree
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


@taxonomy.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--attributes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The attributes' file; the one beside FILE if not given.",
)
@click.option(
    "--source",
    default="imported",
    show_default=True,
    help="What to call where it comes from; a later import of it replaces it.",
)
def import_(file: Path, attributes: Path | None, source: str) -> None:
    """Bring a large tree in (JSON lines), all of it or nothing; may be repeated."""
    beside = attributes or file.with_name(
        file.name.replace("categories", "attributes")
    ).with_suffix(".json")
    if not beside.exists():
        raise click.UsageError(f"{beside} does not exist: give --attributes.")
    notice = load(FOLDER).notices["other-goods"]
    try:
        with unit_of_work():
            done = import_tree(file, beside, source, (notice,), today())
    except TaxonomyError as error:
        for mistake in error.mistakes:
            click.echo(str(mistake), err=True)
        raise SystemExit(1) from None
    click.echo(
        f"{done.nodes} categories, {done.leaves} of them leaves:"
        f" {done.versions} new versions, {done.retired} retired"
    )


@taxonomy.command("relearn")
def relearn() -> None:
    """Learn from all approved listings anew which words speak of which category."""
    with unit_of_work():
        count = teaching.teach_all()
    click.echo(f"learnt from {count} listings")
