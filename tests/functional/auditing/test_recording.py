"""What goes on record: each deed with its evidence, in its own transaction."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.core.errors import Conflict
from app.core.unit_of_work import unit_of_work
from app.journey.auditing import queries
from app.journey.auditing.canonical import NOTHING_BEFORE, plain
from app.journey.reactions import REACTIONS
from app.journey.review import actions, claims
from app.listings import actions as listings
from app.listings.models import Listing, Version
from app.listings.queries import content_of, newest_version
from tests.factories import review as made

REASON = {"code": "attribute-wrong", "path": "name.ko"}


def _trail(listing_id: int) -> list:
    return list(queries.entries(listing_id))


def _act(verb, *args, **named) -> None:
    with unit_of_work():
        verb(*args, **named)


def test_a_submission_is_kept_whole(session) -> None:
    listing = made.submitted()
    version = newest_version(listing.id)
    [entry] = _trail(listing.id)
    assert (entry.no, entry.event, entry.role) == (1, "submitted", "seller")
    assert (entry.who, entry.previous) == (version.submitted_by, NOTHING_BEFORE)
    assert entry.body["content"] == plain(content_of(version))
    assert entry.body["category"]["version_id"] == version.category_version_id
    assert entry.body["rules_as_of"] == version.rules_as_of.isoformat()
    assert {"product", *(str(item["id"]) for item in entry.body["content"]["items"])} == {
        *entry.body["parts"]
    }
    assert entry.body["files"]["pictures"]


def test_every_step_of_a_case_is_on_record_with_its_reasons(session) -> None:
    ada, ben = made.reviewer(), made.reviewer()
    case = made.case(claimed_by=ada)
    case_id, listing_id, ada_id, ben_id = case.id, case.listing_id, ada.id, ben.id
    made.move(case_id, held_until=-7200)
    _act(claims.claim, case_id, ben_id)
    _act(actions.decide, case_id, ben_id, "reject", [REASON], "to them", "for us", hold=60)
    _act(actions.undo, case_id, ben_id)
    _act(actions.decide, case_id, ben_id, "approve", hold=0)
    submitted, claimed, over, decided, undone, again, applied = _trail(listing_id)
    assert [entry.event for entry in (submitted, claimed)] == ["submitted", "claimed"]
    assert (over.event, over.who, over.body["held_before_by"]) == ("taken-over", ben_id, ada_id)
    assert (decided.event, decided.body["verdict"]) == ("decided", "reject")
    [reason] = decided.body["reasons"]
    assert (reason["code"], reason["path"]) == (REASON["code"], REASON["path"])
    assert (decided.body["note"], decided.body["inside_note"]) == ("to them", "for us")
    assert decided.body["held_until"] > plain(decided.at)
    assert (undone.event, undone.body["verdict"], again.body["verdict"]) == (
        "undone", "reject", "approve",
    )  # fmt: skip
    assert (applied.event, applied.who, applied.body["state"]) == ("applied", ben_id, "approved")
    [item] = applied.body["items"]
    assert (item["verdict"], item["sale"], item["shows"]) == (
        "approved", "on", applied.body["version"]["id"],
    )  # fmt: skip


def test_what_was_returned_and_what_was_withdrawn(session) -> None:
    me = made.reviewer()
    case = made.decided(me, "request-changes")
    listing_id = case.listing_id
    made.resubmitted(session.get(Listing, listing_id))
    version_id = newest_version(listing_id).id
    _act(listings.withdraw, version_id, me.id)
    *_, applied, submitted, withdrawn = _trail(listing_id)
    assert applied.body["state"] == "changes_requested"
    assert [reason["code"] for reason in applied.body["reasons"]] == [REASON["code"]]
    assert (submitted.event, submitted.body["version"]["no"]) == ("submitted", 2)
    assert (withdrawn.event, withdrawn.who) == ("withdrawn", me.id)


def test_a_deed_that_fails_leaves_no_entry(session) -> None:
    case = made.case(claimed_by=made.reviewer())
    case_id, listing_id, other = case.id, case.listing_id, made.reviewer().id
    with pytest.raises(Conflict):
        _act(claims.claim, case_id, other)
    assert [entry.event for entry in _trail(listing_id)] == ["submitted", "claimed"]


def test_the_database_refuses_to_change_the_trail(session) -> None:
    made.submitted()
    for table in ("audit_entry", "audit_checkpoint"):
        for change in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(IntegrityError, match="only ever added to"):
                session.execute(text(change))
            session.rollback()
    assert session.scalars(select(Version.id)).one()


def test_auditing_stands_last_in_every_row_of_the_reactions() -> None:
    audited = 0
    for row in REACTIONS:
        by_auditing = [".auditing." in act.__module__ for act in row.within]
        assert by_auditing == sorted(by_auditing), row.event.__name__
        audited += sum(by_auditing)
    assert audited == 9
