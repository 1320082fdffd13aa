"""`flask taxonomy` as somebody types it."""

import json

import jsonschema_rs
import yaml

from app.taxonomy.actions import load_categories
from tests.factories.files import change


def test_lint_finds_nothing_wrong_with_our_files(app) -> None:
    answer = app.test_cli_runner().invoke(args=["taxonomy", "lint"])
    assert answer.exit_code == 0
    assert "no mistakes" in answer.output


def test_lint_names_file_and_line_and_fails(app, folder) -> None:
    (folder / "categories" / "hats.yaml").write_text("code: hats\nparent: nowhere\n")
    answer = app.test_cli_runner().invoke(args=["taxonomy", "lint", str(folder)])
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


def _diff(app, file):
    return app.test_cli_runner().invoke(args=["taxonomy", "diff", str(file)])


def test_diff_says_what_a_file_would_change_a_line_each(app, session, folder) -> None:
    load_categories()
    session.commit()
    file = folder / "categories" / "mugs.yaml"
    assert _diff(app, file).output == "mugs: nothing changes\n"
    change(file, "effective_on: 2024-01-01", "effective_on: 2027-01-01\ngrace_until: 2027-03-31")
    change(file, "maximum: 3000", "maximum: 2000")
    change(
        file,
        "en: Dishwasher safe}\n    type: yes-no",
        "en: Dishwasher safe}\n    type: yes-no\n    required: true",
    )
    answer = _diff(app, file)
    assert answer.exit_code == 0
    assert answer.output.splitlines() == [
        "effective on: 2024-01-01 -> 2027-01-01",
        "grace until: none -> 2027-03-31",
        "attribute changed: volume (용량 / Volume): maximum: 3000 -> 2000",
        "attribute changed: dishwasher (식기세척기 사용 / Dishwasher safe): now required",
        "attribute changed: dishwasher (식기세척기 사용 / Dishwasher safe):"
        " required from: none -> 2027-04-01",
    ]


def test_diff_knows_a_new_category_and_a_file_that_is_wrong(app, session, folder) -> None:
    load_categories()
    session.commit()
    file = folder / "categories" / "mugs.yaml"
    change(file, "code: mugs", "code: beakers")
    assert _diff(app, file).output == "new category: beakers (머그컵 / Mugs)\n"
    line = change(file, "parent: kitchen-tableware", "parent: moon")
    answer = _diff(app, file)
    assert answer.exit_code == 1
    assert f"mugs.yaml:{line}: parent is not in tree.yaml" in answer.output


def test_schema_prints_a_json_schema_of_the_day(app, session) -> None:
    load_categories()
    session.commit()

    def required(*options):
        asked = ["taxonomy", "schema", "power-banks", *options]
        answer = app.test_cli_runner().invoke(args=asked)
        assert answer.exit_code == 0
        schema = json.loads(answer.output)
        jsonschema_rs.meta.validate(schema)
        return json.dumps(schema["properties"]["product"]["allOf"])

    assert '"energy"' not in required("--on", "2027-03-31")
    assert '"energy"' in required("--on", "2027-04-01")


def test_show_tells_documents_and_days(app, session) -> None:
    load_categories()
    session.commit()
    shown = app.test_cli_runner().invoke(args=["taxonomy", "show", "power-banks"]).output
    told = yaml.safe_load(shown)
    assert [d["code"] for d in told["documents"]] == ["un383", "msds", "parallel-import"]
    energy = next(a for a in told["attributes"] if a["code"] == "energy")
    assert energy["required_from"] == "2027-04-01"
