"""What may be written where: states by one verb alone, commits by the edges' unit of work."""

import ast
from collections.abc import Iterator

from app.settings import ROOT

APP = ROOT / "app"
# The receivers are applications of their own, with states and sessions of their own.
OURS = sorted(path for path in APP.rglob("*.py") if "receivers" not in path.parts)
STATES = {"Version": "state", "Item": "sale"}


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.relative_to(ROOT).as_posix(), node


def _targets(node: ast.AST) -> Iterator[ast.expr]:
    given = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign | ast.AugAssign):
        given = [node.target]
    for target in given:
        yield from target.elts if isinstance(target, ast.Tuple | ast.List) else [target]


def _updated_model(call: ast.Call) -> str:
    """`Version` of `update(Version).where(...).values(...)`; '' for any other call."""
    found: ast.AST = call
    while isinstance(found, ast.Call) and isinstance(found.func, ast.Attribute):
        found = found.func.value
    if isinstance(found, ast.Call) and isinstance(found.func, ast.Name) and found.args:
        named = found.args[0]
        return named.id if found.func.id == "update" and isinstance(named, ast.Name) else ""
    return ""


def test_nobody_assigns_a_state() -> None:
    found = {
        (place, ast.unparse(target))
        for place, node in _nodes()
        for target in _targets(node)
        if isinstance(target, ast.Attribute) and target.attr in STATES.values()
    }
    # A refused picture that is sent again is looked at again; pictures have no lifecycle table.
    assert found == {("app/listings/actions/picturing.py", "picture.state")}


def test_one_verb_alone_moves_versions_and_sales() -> None:
    found = {
        (place, _updated_model(node))
        for place, node in _nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "values"
        and _updated_model(node) in STATES
        and STATES[_updated_model(node)] in {keyword.arg for keyword in node.keywords}
    }
    moving = "app/listings/actions/moving.py"
    assert found == {(moving, "Version"), (moving, "Item")}


def test_nothing_commits_but_the_unit_of_work() -> None:
    found = {
        place
        for place, node in _nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    }
    assert found == {
        "app/core/unit_of_work.py",
        # A sign of life is no part of anybody's work; migrations run before there is any.
        "app/core/heartbeat.py",
        "app/core/migration.py",
    }
