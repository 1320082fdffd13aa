"""`flask rules` as somebody types it."""

import json

from app.validation.rule import RULES


def _asked(app, *args: str) -> str:
    answer = app.test_cli_runner().invoke(args=["rules", *args])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_it_lists_every_rule_with_its_papers(app) -> None:
    head, *lines, total = _asked(app).splitlines()
    assert head.split()[:3] == ["code", "severity", "weight"]
    assert [line.split()[0] for line in lines] == sorted(rule.code for rule in RULES)
    by_code = {line.split()[0]: line for line in lines}
    assert "limits" in by_code["brand-placeholder"] and "Toss" in by_code["brand-placeholder"]
    assert "2026-09-01" in by_code["origin-importer"] and "2027-03-01" in by_code["origin-importer"]
    assert total.startswith(f"{len(lines)} rules")


def test_the_messages_come_in_the_language_asked_for(app) -> None:
    assert "영어 이름이 없습니다." in _asked(app, "--lang", "ko")
    assert "There is no English name." in _asked(app)


def test_json_has_both_languages_and_the_days(app) -> None:
    told = {each["code"]: each for each in json.loads(_asked(app, "--json"))}
    assert set(told) == {rule.code for rule in RULES}
    assert told["origin-importer"]["enforced_from"] == "2027-03-01"
    assert told["english-name"]["message"]["ko"] and told["english-name"]["message"]["en"]
    assert told["english-name"]["weight"] == RULES["english-name"].weight
    assert all(each["severity"] in ("blocks", "limits", "advice") for each in told.values())
    assert all(each["source"] for each in told.values())
