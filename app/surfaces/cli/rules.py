"""`flask rules`: every rule with its severity, weight, source and dates."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import click

from app.validation.rule import RULES, Rule

HEAD = ("code", "severity", "weight", "since", "enforced", "source", "message")
BETWEEN = "  "


@click.command("rules")
@click.option("--lang", type=click.Choice(["ko", "en"]), default="en", help="Of the messages.")
@click.option("--json", "as_json", is_flag=True, help="Everything, in both languages, as JSON.")
def rules(lang: str, as_json: bool) -> None:
    """List the rules that listings are judged by.

    A rule with a day under `enforced` only warns before it; `weight` is what one open finding
    takes off the quality score.
    """
    every = sorted(RULES, key=lambda rule: rule.code)
    if as_json:
        click.echo(json.dumps([_told(rule) for rule in every], ensure_ascii=False, indent=2))
        return
    for line in _table([HEAD, *(_row(rule, lang) for rule in every)]):
        click.echo(line)
    blocking = sum(rule.severity == "blocks" for rule in every)
    click.echo(f"{len(every)} rules, {blocking} of them block")


def _told(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "severity": rule.severity,
        "weight": rule.weight,
        "since": rule.since.isoformat() if rule.since else None,
        "enforced_from": rule.enforced_from.isoformat() if rule.enforced_from else None,
        "source": rule.source,
        "message": rule.message.as_dict(),
        "remedy": rule.remedy.as_dict(),
        "reads": list(rule.reads),
    }


def _row(rule: Rule, lang: str) -> tuple[str, ...]:
    return (
        rule.code,
        rule.severity,
        str(rule.weight or ""),
        rule.since.isoformat() if rule.since else "",
        rule.enforced_from.isoformat() if rule.enforced_from else "",
        rule.source,
        rule.message.text(lang),
    )


def _table(rows: Sequence[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(_width(row[n]) for row in rows) for n in range(len(HEAD) - 1)]
    for row in rows:
        cells = [text + " " * (widths[n] - _width(text)) for n, text in enumerate(row[:-1])]
        yield BETWEEN.join([*cells, row[-1]]).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: Korean letters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
