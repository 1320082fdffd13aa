"""`flask taxonomy` as somebody types it."""

from app.taxonomy.actions import load_categories
from app.taxonomy.loader import FOLDER


def test_lint_finds_nothing_wrong_with_our_files(app) -> None:
    answer = app.test_cli_runner().invoke(args=["taxonomy", "lint"])
    assert answer.exit_code == 0
    assert "no mistakes" in answer.output


def test_lint_names_file_and_line_and_fails(app, tmp_path) -> None:
    for name in ("groups", "notices", "categories"):
        (tmp_path / name).mkdir()
    for file in ("tree.yaml", "certifications.yaml", "groups/attributes.yaml",
                 "groups/notice_fields.yaml"):  # fmt: skip
        (tmp_path / file).write_text((FOLDER / file).read_text())
    (tmp_path / "categories" / "hats.yaml").write_text("code: hats\nparent: nowhere\n")
    answer = app.test_cli_runner().invoke(args=["taxonomy", "lint", str(tmp_path)])
    assert answer.exit_code == 1
    assert "hats.yaml:2: parent is not in tree.yaml" in answer.output


def test_show_prints_what_is_in_force(app, session) -> None:
    load_categories()
    session.commit()
    answer = app.test_cli_runner().invoke(args=["taxonomy", "show", "mugs"])
    assert answer.exit_code == 0
    assert "version 1" in answer.output and "머그컵" in answer.output


def test_show_says_when_there_is_no_such_category(app) -> None:
    answer = app.test_cli_runner().invoke(args=["taxonomy", "show", "moon-rocks"])
    assert answer.exit_code != 0
    assert "moon-rocks" in answer.output
