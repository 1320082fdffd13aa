"""Submission freezes what was checked, once; withdrawing, revising, discarding; verdicts."""

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from app.core.clock import today
from app.core.database import db
from app.core.errors import Conflict, Invalid
from app.core.unit_of_work import unit_of_work
from app.journey.review.models import ReviewCase
from app.listings import actions
from app.listings.models import Finding, Item, Listing, Version
from app.listings.queries import (
    content_of,
    live_version,
    newest_version,
    reviewer_findings,
    timeline_of,
)
from app.taxonomy.models import CategoryNode
from tests.factories import listings as made


def _do(verb, *args, **named):
    with unit_of_work():
        return verb(*args, **named)


def _act(verb, *args, answer: str = "done"):
    def act() -> str:
        with unit_of_work():
            verb(*args)
        return answer

    return act


def test_a_submission_names_who_when_and_by_which_rules(session) -> None:
    listing = made.submitted()
    version = newest_version(listing.id)
    assert version.state == "submitted" and version.submitted_by is not None
    assert version.rules_as_of == today() and version.category_version_id is not None
    assert timeline_of(listing.id)[0].event == "submitted"
    cases = select(func.count(ReviewCase.id)).where(ReviewCase.version_id == version.id)
    assert session.scalar(cases) == 1


def test_what_blocks_is_told_all_at_once_and_nothing_is_frozen(session) -> None:
    listing = made.draft(changes={"name.ko": "", "brand": "", "items.1.price": None})
    with pytest.raises(actions.NotReady) as refused:
        made.submit(listing)
    blocking = {f.path for f in refused.value.findings if f.severity == "blocks"}
    item = made.first_item(listing)
    assert blocking == {"name.ko", "brand", f"items.{item.id}.price"}
    assert "3" in refused.value.text("ko") and isinstance(refused.value, Invalid)
    assert newest_version(listing.id).state == "draft"


@pytest.mark.parametrize("state", ["received", "refused"])
def test_pictures_must_be_ready(session, state) -> None:
    listing = made.draft()
    waiting = made.picture(listing, state=state)
    if state == "refused":
        waiting.facts = {"code": "picture-small", "params": {}}
    made.save(listing, {"pictures": [*made.part(listing).content["pictures"], waiting.id]})
    with pytest.raises(actions.NotReady):
        made.submit(listing)


def test_a_retired_category_takes_no_submission(session) -> None:
    listing = made.draft()
    session.execute(
        update(CategoryNode)
        .where(CategoryNode.code == listing.category_code)
        .values(retired_at=func.now())
    )
    with pytest.raises(Conflict, match="category-retired"):
        made.submit(listing)


def test_advice_is_kept_with_the_version(session) -> None:
    listing = made.submitted(changes={"description.ko": "짧다."})
    kept = session.scalars(select(Finding).where(Finding.source == "rule")).all()
    assert "description-short" in {f.code for f in kept}
    assert {f.version_id for f in kept} == {newest_version(listing.id).id}


def test_of_two_submissions_at_once_one_counts(session, race) -> None:
    for _ in range(5):
        listing = made.draft()
        version_id = newest_version(listing.id).id
        session.commit()
        results = race(*[_act(actions.submit, version_id, None)] * 3)
        assert results.count("done") == 1
        assert [r.code for r in results if r != "done"] == ["not-a-draft"] * 2
        session.rollback()
        events = [e.event for e in timeline_of(listing.id)]
        assert events.count("submitted") == 1
        cases = select(func.count(ReviewCase.id)).where(ReviewCase.listing_id == listing.id)
        assert session.scalar(cases) == 1


def test_a_save_that_would_block_never_slips_into_a_submission(session, race) -> None:
    for _ in range(8):
        listing = made.draft()
        part = made.part(listing)
        version_id, part_id = part.version_id, part.id
        session.commit()
        saved, submitted = race(
            _act(actions.save_fields, version_id, part_id, {"name.ko": ""}, 1, None),
            _act(actions.submit, version_id, None),
        )
        session.rollback()
        name = content_of(newest_version(listing.id))["product"]["name"]["ko"]
        if submitted == "done":
            assert isinstance(saved, Conflict) and name
        else:
            assert isinstance(submitted, actions.NotReady) and saved == "done" and not name


def test_withdrawing_twice_or_late_is_a_conflict(session) -> None:
    listing = made.submitted()
    version_id = newest_version(listing.id).id
    _do(actions.withdraw, version_id, None)
    for verb in (actions.withdraw, actions.discard, actions.submit):
        with pytest.raises(Conflict):
            _do(verb, version_id, None)
    with pytest.raises(Conflict):
        _do(actions.apply_verdict, version_id, "approve", [], "", None)


def test_a_judged_version_is_not_withdrawn(session) -> None:
    listing = made.approved()
    with pytest.raises(Conflict) as refused:
        _do(actions.withdraw, newest_version(listing.id).id, None)
    assert "승인" in refused.value.text("ko") and "Approved" in refused.value.text("en")


def test_withdrawing_against_a_verdict_has_one_winner(session, race) -> None:
    for _ in range(8):
        listing = made.submitted()
        version_id = newest_version(listing.id).id
        session.commit()
        results = race(
            _act(actions.withdraw, version_id, None, answer="withdrawn"),
            _act(actions.apply_verdict, version_id, "approve", [], "", None, answer="approved"),
        )
        session.rollback()
        [winner] = [r for r in results if isinstance(r, str)]
        assert sum(isinstance(r, Conflict) for r in results) == 1
        assert newest_version(listing.id).state == winner
        sold = {item.sale for item in session.get(Listing, listing.id).items}
        assert sold == ({"on"} if winner == "approved" else {"never"})


def test_an_edit_starts_from_what_was_judged(session) -> None:
    listing = made.submitted(changes={"brand": "한강"})
    made.judge(listing, "reject", path="brand")
    version = made.edited(listing)
    assert (version.no, version.state) == (2, "draft")
    assert content_of(version)["product"]["brand"] == "한강"
    assert [f.path for f in reviewer_findings(version)] == ["brand"]


def test_one_open_version_however_many_start_an_edit(session, race) -> None:
    listing = made.submitted()
    made.judge(listing, "reject")
    listing_id = listing.id
    session.commit()
    results = race(*[_act(actions.revise, listing_id, None)] * 4)
    assert results.count("done") == 1
    assert {r.code for r in results if r != "done"} == {"version-open"}
    session.rollback()
    states = session.scalars(select(Version.state).order_by(Version.no)).all()
    assert states == ["rejected", "draft"]


def test_no_two_open_versions_even_past_the_verbs(session) -> None:
    listing = made.draft()
    db.session.add(Version(listing_id=listing.id, no=2, state="draft"))
    with pytest.raises(DBAPIError, match="uq_version_open"):
        db.session.flush()


def test_after_a_discarded_edit_the_next_starts_from_what_is_on_sale(session) -> None:
    listing = made.approved(changes={"brand": "한강"})
    made.edited(listing)
    made.save(listing, {"brand": "잘못"})
    _do(actions.discard, newest_version(listing.id).id, None)
    version = made.edited(listing)
    assert version.no == 3 and content_of(version)["product"]["brand"] == "한강"
    assert live_version(listing.id).no == 1


def test_after_a_discarded_edit_of_what_was_rejected_its_remarks_are_back(session) -> None:
    listing = made.submitted(changes={"brand": "한강"})
    made.judge(listing, "request-changes", path="brand")
    made.edited(listing)
    made.save(listing, {"name.en": "No"})
    _do(actions.discard, newest_version(listing.id).id, None)
    version = made.edited(listing)
    assert content_of(version)["product"]["name"]["en"] != "No"
    assert [f.path for f in reviewer_findings(version)] == ["brand"]


def test_a_withdrawn_submission_is_gone_on_with_and_keeps_its_remarks(session) -> None:
    listing = made.submitted()
    made.judge(listing, "reject", path="brand")
    made.edited(listing)
    made.save(listing, {"manufacturer": "이천"})
    made.submit(listing)
    _do(actions.withdraw, newest_version(listing.id).id, None)
    version = made.edited(listing)
    assert version.no == 3 and content_of(version)["product"]["manufacturer"] == "이천"
    [remark] = reviewer_findings(version)
    assert (remark.path, remark.cleared_at) == ("brand", None)
    made.save(listing, {"brand": "새 이름"})
    session.refresh(remark)
    assert remark.cleared_at is not None


def test_a_remark_is_ticked_off_by_its_own_field_alone(session) -> None:
    listing = made.draft()
    bad = made.part(listing).content["pictures"][0]
    made.submit(listing)
    made.judge(listing, "reject", path=f"pictures.{bad}", code="picture-text")
    version = made.edited(listing)
    other = made.picture(listing)
    made.save(listing, {"pictures": [bad, other.id], "brand": "x"})
    [remark] = reviewer_findings(version)
    assert remark.cleared_at is None, "the picture is still there"
    made.save(listing, {"pictures": [other.id]})
    session.refresh(remark)
    assert remark.cleared_at is not None


def test_a_retired_item_is_left_out_of_the_next_edit(session) -> None:
    listing = made.approved(category="t-shirts", items=2)
    gone = made.first_item(listing).id
    _do(actions.change_sale, listing.id, [gone], "retire", None)
    items = content_of(made.edited(listing))["items"]
    assert len(items) == 1 and items[0]["id"] != gone


def test_an_approval_releases_items_once_and_never_wakes_paused_ones(session) -> None:
    listing = made.approved(category="t-shirts", items=2)
    paused, on = (item.id for item in listing.items)
    _do(actions.change_sale, listing.id, [paused], "pause", None)
    made.edited(listing)
    made.submit(listing)
    before = session.get(Item, on).sale_revision
    made.judge(listing)
    assert (session.get(Item, paused).sale, session.get(Item, on).sale) == ("paused", "on")
    assert session.get(Item, on).sale_revision == before
    assert {i.approved_version_id for i in listing.items} == {newest_version(listing.id).id}


def test_a_rejection_of_an_edit_leaves_what_is_on_sale(session) -> None:
    listing = made.approved()
    first = newest_version(listing.id).id
    made.edited(listing)
    made.submit(listing)
    made.judge(listing, "reject")
    assert live_version(listing.id).id == first
    assert {(i.sale, i.approved_version_id) for i in listing.items} == {("on", first)}


@pytest.mark.parametrize("verdict", ["reject", "request-changes", "approve"])
def test_a_verdict_is_written_once(session, race, verdict) -> None:
    listing = made.submitted()
    version_id = newest_version(listing.id).id
    session.commit()
    reasons = [{"code": "x", "path": f"items.{listing.items[0].id}.price", "note": "n"}]
    given = [] if verdict == "approve" else reasons
    results = race(*[_act(actions.apply_verdict, version_id, verdict, given, "말", None)] * 2)
    assert results.count("done") == 1
    session.rollback()
    version = newest_version(listing.id)
    assert version.note == "말" and version.decided_at is not None
    assert len(reviewer_findings(version)) == len(given)
    assert all(f.item_id == listing.items[0].id for f in reviewer_findings(version))


def test_no_verb_changes_a_submitted_version(session) -> None:
    listing = made.submitted(category="t-shirts", items=2)
    version = newest_version(listing.id)
    before, version_id = content_of(version), version.id
    part_id, item_id = made.part(listing).id, listing.items[0].id
    own = made.part(listing, listing.items[0]).id
    session.commit()
    for verb, *args in [
        (actions.save_fields, version_id, part_id, {"brand": "x"}, 1, None),
        (actions.save_fields, version_id, own, {"price": "1"}, 1, None),
        (actions.save_fields, version_id, own, {"sku": "1"}, 1, None),
        (actions.add_item, version_id, None),
        (actions.remove_item, version_id, item_id, None),
        (actions.change_category, version_id, "mugs", None),
        (actions.receive_picture, listing.id, "f" * 64, "a.jpg", None),
        (actions.discard, version_id, None),
        (actions.submit, version_id, None),
        (actions.revise, listing.id, None),
        (actions.retire_listing, listing.id, None),
        (actions.stage_offer, item_id, 5000, None, 1, None),
        (actions.stage_stock, item_id, 5, None),
        (actions.change_sale, listing.id, [item_id], "retire", None),
    ]:
        with pytest.raises(Conflict):
            _do(verb, *args)
        session.rollback()
        assert content_of(newest_version(listing.id)) == before, verb.__name__


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version_part SET content = '{}' WHERE version_id = :id",
        "UPDATE version_part SET item_id = NULL WHERE version_id = :id",
        "UPDATE version_part SET version_id = version_id + 1 WHERE version_id = :id",
        "DELETE FROM version_part WHERE version_id = :id",
        "UPDATE version SET state = 'draft', submitted_at = NULL WHERE id = :id",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_submitted(session, statement) -> None:
    listing = made.submitted()
    version_id = newest_version(listing.id).id
    session.commit()
    with pytest.raises(DBAPIError, match="submitted"):
        session.execute(text(statement), {"id": version_id})
