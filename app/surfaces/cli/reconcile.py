"""`flask reconcile`: compare what the targets have with what was approved, now."""

import time

import click
from flask.cli import with_appcontext

from app.core.celery import ring
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.reconciling import queries, runs, walking

SLICE_SECONDS = 60.0


@click.command("reconcile")
@with_appcontext
def reconcile() -> None:
    """Run to the end, here, and print what differed. Exit code 1 if a target did not answer.

    Goes on with a run that is under way; what a worker has in hand is waited for.
    """
    with unit_of_work():
        run_id = runs.start()
    while not _finished(run_id):
        if not walking.go_on(run_id, SLICE_SECONDS):
            time.sleep(0.5)
    ring("handoff.sweep")
    with unit_of_work():
        run = queries.run_of(run_id)
        after = 0
        while rows := queries.seen_by(run_id, after):
            for row in rows:
                item = f" item {row.item_id}" if row.item_id else ""
                where = f"{row.target}: listing {row.listing_id}{item} {row.part}"
                click.echo(f"{where} {row.kind}: {row.done or 'nothing could be done'}")
            after = rows[-1].id
    for part in run.parts:
        why = f", cut short: {part.failure.text('en')}" if part.failure else ""
        click.echo(f"{part.target.text('en')}: {part.listings} listings compared{why}")
    click.echo(
        f"run {run_id}: {run.found} differences, {run.mended} mended, {run.stood} seen before"
    )
    if any(part.failure for part in run.parts):
        raise SystemExit(1)


def _finished(run_id: int) -> bool:
    with unit_of_work():
        return queries.run_of(run_id).finished_at is not None
