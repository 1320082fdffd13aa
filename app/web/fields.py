"""Small shapes that the field macros lean on."""

from collections.abc import Iterable
from typing import Any

from flask import Flask

SEVERITIES = ("blocks", "limits", "advice")


def as_list(finding: Any) -> list[Any]:
    """One finding, several or none, as a list with the worst first."""
    if not finding:
        return []
    found = list(finding) if isinstance(finding, list | tuple) else [finding]
    return sorted(found, key=lambda each: SEVERITIES.index(each.severity))


def as_choices(choices: Iterable[Any]) -> list[tuple[str, Any]]:
    """(code, label) pairs of whatever offers them: pairs, or things with `code` and `label`."""
    return [_pair(each) for each in choices]


def _pair(choice: Any) -> tuple[str, Any]:
    if isinstance(choice, tuple):
        return choice
    if isinstance(choice, str):
        return choice, choice
    return choice.code, choice.label


def anchor(path: str) -> str:
    """The id of the control of the field at *path*: `items.12.price` is `f-items-12-price`."""
    return "f-" + path.replace(".", "-")


def init(app: Flask) -> None:
    """Give the macros their functions."""
    app.jinja_env.globals.update(as_list=as_list, as_choices=as_choices)
    app.jinja_env.filters["anchor"] = anchor
