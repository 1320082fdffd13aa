"""`flask taxonomy`: check the category files, show a category, what a file would change."""

import json
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
from app.taxonomy.dated import with_grace
from app.taxonomy.definitions import Category, as_json
from app.taxonomy.diff import changes
from app.taxonomy.importing import import_tree
from app.taxonomy.lint import checked, warnings_of
from app.taxonomy.loader import FOLDER, Taxonomy, load, load_one
from app.taxonomy.yaml_lines import TaxonomyError
from app.validation.form_schema import form_schema

taxonomy = AppGroup("taxonomy", help="Categories as data.")
ON_A_DAY = click.DateTime(["%Y-%m-%d"])


@taxonomy.command("lint")
@click.argument("folder", type=click.Path(exists=True, file_okay=False), default=FOLDER)
def lint(folder: str) -> None:
    """Check the files of FOLDER (our own by default); every mistake with its file and line."""
    try:
        found = checked(load(Path(folder)))
    except TaxonomyError as error:
        _fail(error)
    warnings = list(warnings_of(found))
    for warning in warnings:
        click.echo(f"{warning} (warning)", err=True)
    count = f", {len(warnings)} warnings" if warnings else ""
    click.echo(
        f"{len(found.categories)} categories in {len(found.nodes)} groups,"
        f" {len(found.notices)} notice classes: no mistakes{count}"
    )


@taxonomy.command("show")
@click.argument("code")
@click.option("--on", type=ON_A_DAY, help="As of this day; today if not given.")
def show(code: str, on: datetime | None) -> None:
    """Print the definition of the category CODE that is in force, as YAML."""
    category = _in_force(code, on)
    grace = f", what is new only warns until {category.grace_until}" if category.grace_until else ""
    click.echo(f"# version {category.no}, in force since {category.effective_on}{grace}")
    click.echo(yaml.safe_dump(as_json(category), allow_unicode=True, sort_keys=False), nl=False)


@taxonomy.command("schema")
@click.argument("code")
@click.option("--on", type=ON_A_DAY, help="As of this day; today if not given.")
def schema(code: str, on: datetime | None) -> None:
    """Print what a listing in the category CODE must look like, as JSON Schema 2020-12."""
    found = form_schema(_in_force(code, on), on.date() if on else today())
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


@taxonomy.command("diff")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def diff(file: str) -> None:
    """What the category FILE would change against what is in force, a line each."""
    try:
        found = checked(load_one(Path(file)))
    except TaxonomyError as error:
        _fail(error)
    fresh = _only(found)
    try:
        present = queries.stored(fresh.code)
    except NotFound:
        click.echo(f"new category: {fresh.code} ({fresh.names.ko} / {fresh.names.en})")
        return
    lines = changes(present, with_grace(fresh, present))
    click.echo("\n".join(lines) or f"{fresh.code}: nothing changes")


def _in_force(code: str, on: datetime | None) -> Category:
    try:
        return queries.category(code, on.date() if on else None)
    except NotFound as error:
        raise click.ClickException(error.text("en")) from None


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
        _fail(error)
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


def _only(found: Taxonomy) -> Category:
    return next(iter(found.categories.values()))


def _fail(error: TaxonomyError) -> None:
    for mistake in error.mistakes:
        click.echo(str(mistake), err=True)
    raise SystemExit(1) from None
