"""`flask audit`: is the trail what it was, and what does it say of a listing."""

import json

import click
from flask.cli import AppGroup
from sqlalchemy import Row

from app.accounts.queries import names_of
from app.journey.auditing import queries
from app.journey.auditing.canonical import instant, plain
from app.journey.auditing.problem import Counts
from app.journey.auditing.verifying import problems
from app.journey.review.queries import cases_of

audit = AppGroup("audit", help="The trail of verdicts and their evidence.")


@audit.command("verify")
@click.option("--listing", type=int, help="Only this one's chain; checkpoints are left out.")
def verify(listing: int | None) -> None:
    """Walk the whole trail and name whatever was changed, taken out or put in.

    All is read as of one instant. Exit code 1 if there is anything. A checkpoint that the file
    lacks although all else is well was written by a sealing that was killed: the next one adds it.
    """
    counts, found = Counts(), 0
    queries.read_one_instant()
    for problem in problems(counts, cases_of, listing):
        found += 1
        click.echo(str(problem))
    walked = (
        f"{counts.entries} entries of {counts.listings} listings,"
        f" {counts.versions} submitted versions, {counts.checkpoints} checkpoints"
    )
    click.echo(f"{walked}: {f'{found} problems' if found else 'all is well'}")
    if counts.unsealed and counts.unsealed_since:
        since = instant(counts.unsealed_since)
        click.echo(f"{counts.unsealed} entries are in no checkpoint yet, the oldest of {since}")
    if found:
        raise SystemExit(1)


@audit.command("show")
@click.argument("listing", type=int)
@click.option("--json", "as_json", is_flag=True, help="Everything, an entry a line, as JSON.")
def show(listing: int, as_json: bool) -> None:
    """Print what is on record of LISTING, the oldest first."""
    shown = 0
    for entry in queries.entries(listing):
        shown += 1
        for line in [_whole(entry)] if as_json else _told(entry):
            click.echo(line)
    if not shown:
        raise click.ClickException(f"nothing is on record of listing {listing}")


def _whole(entry: Row) -> str:
    return json.dumps(plain(entry._mapping), ensure_ascii=False)


def _told(entry: Row) -> list[str]:
    who = names_of([entry.who]).get(entry.who, "?") if entry.who else "Onshelf"
    number = f" ({entry.who})" if entry.who else ""
    head = f"{entry.no:>3}  {instant(entry.at)}  {entry.event:<10}  {entry.role} {who}{number}"
    body = entry.body
    lines = [f"version {(body.get('version') or {}).get('no')}"]
    if entry.event == "submitted":
        lines.append(_frozen(body))
    lines += [f"{key}: {body[key]}" for key in ("verdict", "state", "held_until") if body.get(key)]
    lines += [_reason(reason) for reason in body.get("reasons") or ()]
    lines += [f"{key}: {body[key]}" for key in ("note", "inside_note") if body.get(key)]
    lines += [
        f"item {item['item']} {item['sku']}: {item['verdict'] or 'not sold'}, sale {item['sale']}"
        for item in body.get("items") or ()
    ]
    if body.get("held_before_by"):
        lines.append(f"held before by: {body['held_before_by']}")
    return [head, *(f"     {line}" for line in lines), f"     hash {entry.hash}"]


def _frozen(body: dict) -> str:
    content, category = body["content"], body["category"]
    return (
        f"category {category['code']} version {category['no']},"
        f" {_many(content['items'], 'item')}, {_many(content['pictures'], 'picture')},"
        f" {_many(body['findings'], 'finding')}"
    )


def _many(found: list, name: str) -> str:
    return f"{len(found)} {name}" + ("" if len(found) == 1 else "s")


def _reason(reason: dict) -> str:
    return f"reason: {reason['code']} at {reason['path'] or 'the listing'}"
