"""What the checks of a picture found stands with the draft as findings of source `picture`."""

from datetime import date
from typing import Any

from app.validation.engine import findings, is_concerned
from app.validation.finding import Finding
from app.validation.quality import raises, score
from tests.factories.content import category_named, changed, valid_content

DAY = date(2026, 11, 22)
CATEGORY = category_named("t-shirts")


def row(code: str, severity: str = "advice", first_only: bool = True, **more: Any) -> Any:
    said = {"ko": f"{code}의 사실.", "en": f"A fact of {code}."}
    remedy = {"ko": "이렇게 하세요.", "en": "Do this."}
    row = {"code": code, "ok": False, "severity": severity, "first_only": first_only}
    return row | {"message": said, "remedy": remedy} | more


def content(*rows: Any, state: str = "ready") -> Any:
    changes = {
        "pictures.1": {"state": state, "facts": {"width": 900, "height": 900, "rows": list(rows)}},
        "pictures.2": {"state": state, "facts": {"width": 900, "height": 900, "rows": list(rows)}},
        "pictures": [1, 2],
        "picture_texts.2": {"ko": "옆모습"},
    }
    return changed(valid_content(CATEGORY), changes)


def told(*rows: Any, **given: Any) -> list[Finding]:
    return findings(content(*rows, **given), CATEGORY, DAY)


def test_the_representative_is_asked_more_than_the_others() -> None:
    found = told(row("picture-ground", "limits"), row("picture-blurred", first_only=False))
    assert [(f.path, f.code, f.severity, f.source) for f in found] == [
        ("pictures.1", "picture-blurred", "advice", "picture"),
        ("pictures.1", "picture-ground", "limits", "picture"),
        ("pictures.2", "picture-blurred", "advice", "picture"),
    ]
    assert found[0].message("ko") == "picture-blurred의 사실."
    assert found[0].remedy("en") == "Do this."


def test_what_a_rule_says_already_is_not_said_twice_and_what_fits_is_not_said() -> None:
    assert told(row("picture-square", "blocks"), {"code": "picture-fill", "ok": True}) == []


def test_a_refused_picture_has_its_refusal_alone() -> None:
    codes = [f.code for f in told(row("picture-blurred"), state="refused")]
    assert set(codes) == {"picture-refused"}


def test_they_take_a_little_off_the_score_and_tell_how_much() -> None:
    found = told(row("picture-ground", "limits"), row("picture-text"))
    assert score(found) == 94
    assert [(r.finding.code, r.points) for r in raises(found)] == [
        ("picture-ground", 4),
        ("picture-text", 2),
    ]


def test_a_category_may_make_one_block() -> None:
    (found,) = told(row("picture-ground", "blocks"))
    assert found.severity == "blocks" and score([found]) == 100


def test_they_are_judged_anew_when_pictures_change_and_left_alone_else() -> None:
    whole = content(row("picture-ground", "limits"))
    (finding,) = findings(whole, CATEGORY, DAY)
    assert findings(whole, CATEGORY, DAY, paths=["brand"]) == []
    assert findings(whole, CATEGORY, DAY, paths=["pictures"]) == [finding]
    assert not is_concerned(finding, ["brand"]) and is_concerned(finding, ["brand", "pictures"])


def test_the_way_to_another_listing_goes_along() -> None:
    found = told(row("picture-alike", first_only=False, listing="7"))
    assert found[0].params["listing"] == "7"
