"""What a new version newly requires only warns until its grace period is over."""

from dataclasses import replace
from datetime import date

from app.core.words import Words
from app.taxonomy.dated import binds, warns, with_grace
from app.taxonomy.definitions import Attribute, CertificationRule, DocumentRule, from_json
from app.validation.engine import findings
from tests.factories.content import category_named, changed, valid_content

MUGS = category_named("mugs")
GRACE, BINDS = date(2027, 3, 31), date(2027, 4, 1)
HANDLE = Attribute("handle", Words("손잡이", "Handle"), "yes-no", required=True)


def _next(**values):
    """The version after MUGS: effective with the new year, its grace over with March."""
    fresh = replace(MUGS, effective_on=date(2027, 1, 1), grace_until=GRACE)
    return replace(fresh, attributes=(*MUGS.attributes, HANDLE), **values)


def test_a_requirement_without_a_day_binds_at_once() -> None:
    assert binds(HANDLE, date(2024, 1, 1)) and not warns(HANDLE, date(2024, 1, 1))


def test_what_is_new_binds_on_the_day_after_the_grace_period() -> None:
    handle = with_grace(_next(), MUGS).attribute("handle")
    assert handle.required_from == BINDS
    assert warns(handle, GRACE) and not binds(handle, GRACE)
    assert binds(handle, BINDS) and not warns(handle, BINDS)


def test_what_was_required_before_binds_as_it_did() -> None:
    after = with_grace(_next(), MUGS)
    assert all(a.required_from is None for a in after.attributes if a.code != "handle")


def test_without_a_grace_period_what_is_new_binds_at_once() -> None:
    assert with_grace(_next(grace_until=None), MUGS).attribute("handle").required_from is None


def test_what_becomes_required_is_new_too() -> None:
    stricter = [replace(a, required=True) for a in MUGS.attributes if a.code == "dishwasher"]
    after = with_grace(replace(_next(), attributes=tuple(stricter)), MUGS)
    assert after.attribute("dishwasher").required_from == BINDS


def test_certifications_documents_and_lines_of_a_notice_have_grace_as_well() -> None:
    rule = CertificationRule("kc", Words("인증", "Mark"), example="AB123")
    paper = DocumentRule("msds", Words("자료", "Sheet"))
    line = replace(MUGS.notices[0].fields[0], code="line", required=True)
    kitchen = replace(MUGS.notices[0], fields=(*MUGS.notices[0].fields, line))
    after = with_grace(_next(certifications=(rule,), documents=(paper,), notices=(kitchen,)), MUGS)
    assert after.certification("kc").required_from == BINDS
    assert after.document("msds").required_from == BINDS
    assert after.notice("kitchenware").field("line").required_from == BINDS


def test_a_further_version_keeps_the_day_that_was_promised() -> None:
    second = with_grace(_next(), MUGS)
    reworded = replace(_next(names=Words("머그", "Mugs")), grace_until=GRACE)
    assert with_grace(reworded, second).attribute("handle").required_from == BINDS
    later = replace(_next(), effective_on=date(2027, 2, 1), grace_until=date(2027, 6, 30))
    assert with_grace(later, second).attribute("handle").required_from == BINDS


def test_the_grace_period_of_an_edition_may_be_moved() -> None:
    second = with_grace(_next(), MUGS)
    moved = with_grace(_next(grace_until=date(2027, 5, 31)), second)
    assert moved.attribute("handle").required_from == date(2027, 6, 1)


def test_reading_the_same_version_again_changes_nothing() -> None:
    second = with_grace(_next(), MUGS)
    assert with_grace(_next(), second) == second


def test_under_grace_a_seller_is_warned_and_afterwards_stopped() -> None:
    after = with_grace(_next(), MUGS)
    content = changed(valid_content(after), {"attributes.handle": None})
    warned = findings(content, after, GRACE)
    assert [(f.code, f.path, f.severity) for f in warned] == [
        ("required-soon", "attributes.handle", "advice")
    ]
    assert "2027. 4. 1." in warned[0].message("ko")
    stopped = findings(content, after, BINDS)
    assert [(f.code, f.severity) for f in stopped] == [("attribute-required", "blocks")]


def test_a_group_under_grace_warns_once() -> None:
    sized = [replace(a, required_from=BINDS) if a.group else a for a in MUGS.attributes]
    after = replace(MUGS, attributes=tuple(sized))
    none = {"attributes.diameter": None, "attributes.height": None}
    found = findings(changed(valid_content(after), none), after, GRACE)
    assert [(f.code, f.path) for f in found] == [("required-soon", "attributes.diameter")]
    assert "지름, 높이" in found[0].remedy("ko")
    one = changed(valid_content(after), {"attributes.diameter": None})
    assert findings(one, after, GRACE) == []
    assert {f.code for f in findings(changed(valid_content(after), none), after, BINDS)} == {
        "attribute-group"
    }


def test_a_definition_of_an_older_release_can_still_be_read() -> None:
    old = {
        "code": "mugs", "effective_on": "2024-01-01", "names": {"ko": "머그컵", "en": "Mugs"},
        "path": [], "attributes": [], "notices": [], "synonyms": [], "certifications": [],
        "queue": "kitchen", "own_pictures": None, "adult": True,
    }  # fmt: skip
    assert from_json(old).age_limit == 19
    assert from_json(old | {"adult": False}).age_limit == 0
