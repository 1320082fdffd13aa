"""Somebody who may write anything into the database, triggers or not, but not into the file.

Three tables of what they might do: by statements alone, with all hashes and heads made anew after,
and to the rows that the trail speaks of. Nothing is sealed yet where it does not say so: what is
found then is found however young it is.
"""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.unit_of_work import unit_of_work
from app.journey.auditing import queries
from app.journey.auditing.canonical import NOTHING_BEFORE, checkpoint_hash, entry_hash, heads_hash
from app.journey.auditing.sealing import seal, summed
from app.journey.review import actions, claims
from app.listings import actions as listings
from app.listings.models import Listing
from app.listings.queries import newest_version
from tests.factories import review as made

AT = "WHERE listing_id = :a AND no ="
# Of no 4 of two chains everything but its place.
EXCHANGED = (
    "UPDATE audit_entry AS one SET at = other.at, who = other.who, role = other.role,"
    " event = other.event, body = other.body, previous = other.previous, hash = other.hash"
    " FROM audit_entry AS other WHERE one.no = 4 AND other.no = 4 AND one.listing_id IN (:a, :b)"
    " AND other.listing_id IN (:a, :b) AND one.listing_id <> other.listing_id"
)
# :a is a listing with eight entries (rejected, appealed, approved), :b one with four (a verdict
# undone), :c one with two (claimed).
STATEMENTS = {
    "the last entry removed": (f"DELETE FROM audit_entry {AT} 8", {"end-missing", "not-on-record"}),
    "the last three removed": (
        "DELETE FROM audit_entry WHERE listing_id = :a AND no > 5",
        {"end-missing", "not-on-record"},
    ),
    "the first removed": (f"DELETE FROM audit_entry {AT} 1", {"gap", "not-on-record"}),
    "one in the middle removed": (f"DELETE FROM audit_entry {AT} 6", {"gap", "not-on-record"}),
    "a whole chain removed": (
        "DELETE FROM audit_entry WHERE listing_id = :a",
        {"end-missing", "not-on-record"},
    ),
    "a whole chain removed, and its head": (
        "WITH gone AS (DELETE FROM audit_head WHERE listing_id = :a)"
        " DELETE FROM audit_entry WHERE listing_id = :a",
        {"not-on-record"},
    ),
    "everything removed, and all heads": (
        "WITH gone AS (DELETE FROM audit_head) DELETE FROM audit_entry",
        {"not-on-record"},
    ),
    "a head removed": ("DELETE FROM audit_head WHERE listing_id = :a", {"beyond-head"}),
    "a head put back": ("UPDATE audit_head SET no = 7 WHERE listing_id = :a", {"beyond-head"}),
    "a head put on": ("UPDATE audit_head SET no = 9 WHERE listing_id = :a", {"end-missing"}),
    "a head of another hash": (
        "UPDATE audit_head SET hash = repeat('1', 64) WHERE listing_id = :a",
        {"head-differs"},
    ),
    "two heads exchanged": (
        "UPDATE audit_head AS one SET no = other.no, hash = other.hash FROM audit_head AS other"
        " WHERE one.listing_id IN (:a, :b) AND other.listing_id IN (:a, :b)"
        " AND one.listing_id <> other.listing_id",
        {"beyond-head", "end-missing"},
    ),
    "a head of nothing": (
        "INSERT INTO audit_head VALUES (999999, 1, repeat('1', 64))",
        {"end-missing"},
    ),
    "an entry copied to the end of another chain": (
        "INSERT INTO audit_entry (listing_id, no, at, who, role, event, body, previous, hash)"
        " SELECT :b, 5, at, who, role, event, body, previous, hash FROM audit_entry"
        f" {AT} 7",
        {"changed", "broken-link", "beyond-head"},
    ),
    "an entry put twice": (
        "INSERT INTO audit_entry (listing_id, no, at, who, role, event, body, previous, hash)"
        " SELECT listing_id, 9, at, who, role, event, body, previous, hash FROM audit_entry"
        f" {AT} 8",
        {"changed", "broken-link", "beyond-head"},
    ),
    "two entries exchanged": (
        "UPDATE audit_entry AS one SET who = other.who, role = other.role, event = other.event,"
        " body = other.body, hash = other.hash FROM audit_entry AS other"
        " WHERE one.listing_id = :a AND other.listing_id = :a AND one.no + other.no = 5"
        " AND one.no IN (2, 3)",
        {"changed", "broken-link"},
    ),
    "the end numbered on": (
        f"UPDATE audit_entry SET no = 9 {AT} 8",
        {"gap", "changed", "beyond-head"},
    ),
    "all numbered on": (
        "UPDATE audit_entry SET no = no + 10 WHERE listing_id = :a",
        {"gap", "changed", "beyond-head"},
    ),
    "an entry given to another listing": (
        f"UPDATE audit_entry SET listing_id = :b, no = 5 {AT} 8",
        {"end-missing", "changed", "broken-link", "beyond-head", "not-on-record"},
    ),
    "the ends of two chains exchanged": (
        EXCHANGED,
        {"changed", "broken-link", "head-differs"},
    ),
    "a place before all seals": (f"UPDATE audit_entry SET id = -1 {AT} 8", {"disordered"}),
    "a place out of order": (f"UPDATE audit_entry SET id = -no {AT} 3", {"disordered"}),
    **{
        f"{column} rewritten": (f"UPDATE audit_entry SET {column} = {value} {AT} 7", kinds)
        for column, value, kinds in (
            ("at", "at - interval '1 day'", {"changed"}),
            ("who", "who + 1", {"changed"}),
            ("role", "'system'", {"changed"}),
            ("event", "'claimed'", {"changed"}),
            ("body", """body || '{"note": "x"}'""", {"changed"}),
            ("previous", "repeat('1', 64)", {"changed", "broken-link"}),
            ("hash", "repeat('1', 64)", {"changed", "broken-link"}),
        )
    },
}

# After each of these every hash of the chain, and its head, is made anew. Nothing is found of the
# last ones before they are sealed: no row of the product says what was there.
RECKONED = {
    **{
        f"{what} removed from the end": (
            f"DELETE FROM audit_entry WHERE listing_id = :{chain} AND no > {kept}",
            kinds,
        )
        for what, chain, kept, kinds in (
            ("the verdict on the appeal in effect", "a", 7, {"not-on-record"}),
            ("the verdict on the appeal", "a", 6, {"not-on-record"}),
            ("the claim of the appeal", "a", 5, {"not-on-record"}),
            ("the appeal", "a", 4, {"not-on-record"}),
            ("the rejection in effect", "a", 3, {"not-on-record"}),
            ("the undoing", "b", 3, {"record-differs"}),
            ("a verdict that was undone", "b", 2, {"not-on-record"}),
            ("a claim", "c", 1, {"not-on-record"}),
        )
    },
    "the submission removed": (f"DELETE FROM audit_entry {AT} 1", {"not-on-record"}),
    "a verdict removed from the middle": (f"DELETE FROM audit_entry {AT} 3", {"not-on-record"}),
    "a verdict that was undone removed from the middle": (
        "DELETE FROM audit_entry WHERE listing_id = :b AND no = 3",
        {"not-on-record"},
    ),
    "another verdict": (
        f"""UPDATE audit_entry SET body = body || '{{"verdict": "reject"}}' {AT} 7""",
        {"record-differs"},
    ),
    "another note": (
        f"""UPDATE audit_entry SET body = body || '{{"inside_note": "x"}}' {AT} 3""",
        {"record-differs"},
    ),
    "another hold": (
        f"""UPDATE audit_entry SET body = body || '{{"held_until": "x"}}' {AT} 3""",
        {"record-differs"},
    ),
    "other reasons": (
        f"""UPDATE audit_entry SET body = body || '{{"reasons": []}}' {AT} 3""",
        {"record-differs"},
    ),
    "another reviewer decided": (
        f"UPDATE audit_entry SET who = who + 1 {AT} 7",
        {"record-differs"},
    ),
    "another claimed": (
        "UPDATE audit_entry SET who = who + 1 WHERE listing_id = :c AND no = 2",
        {"not-on-record"},
    ),
    "another state in effect": (
        f"""UPDATE audit_entry SET body = body || '{{"state": "rejected"}}' {AT} 8""",
        {"not-on-record"},
    ),
    "other verdicts of items": (
        f"""UPDATE audit_entry SET body = body || '{{"items": []}}' {AT} 8""",
        {"record-differs"},
    ),
    "other grounds": (
        f"""UPDATE audit_entry SET body = body || '{{"grounds": "x"}}' {AT} 5""",
        {"record-differs"},
    ),
    "another's appeal": (
        f"UPDATE audit_entry SET who = NULL {AT} 5",
        {"not-on-record", "record-differs"},
    ),
    "other rules": (
        f"""UPDATE audit_entry SET body = body || '{{"rules_as_of": "2020-01-01"}}' {AT} 1""",
        {"record-differs"},
    ),
    "other files": (
        f"""UPDATE audit_entry SET body = jsonb_set(body, '{{files,pictures}}', '{{"1": "x"}}')
         {AT} 1""",
        {"record-differs"},
    ),
    "other parts": (
        f"""UPDATE audit_entry SET body = body || '{{"parts": {{}}}}' {AT} 1""",
        {"version-differs"},
    ),
    "a deed that is none": (f"UPDATE audit_entry SET event = 'x' {AT} 6", {"unreadable"}),
    "a body that is none": (f"UPDATE audit_entry SET body = '[]' {AT} 6", {"unreadable"}),
    "files of another shape": (
        f"""UPDATE audit_entry SET body = body || '{{"files": [], "parts": 1}}' {AT} 1""",
        {"unreadable", "version-differs"},
    ),
    "reasons of another shape": (
        f"""UPDATE audit_entry SET body = body || '{{"reasons": [1]}}' {AT} 8""",
        {"unreadable"},
    ),
    "a case that is no number": (
        f"""UPDATE audit_entry SET body = body || '{{"case": 1e30}}' {AT} 6""",
        {"unreadable"},
    ),
    "a deed of another kind": (
        f"UPDATE audit_entry SET event = 'undone' {AT} 6",
        {"not-on-record", "record-differs"},
    ),
    "a deed made up": (
        "INSERT INTO audit_entry (listing_id, no, at, who, role, event, body, previous, hash)"
        " SELECT listing_id, 3, at, who, role, event, body, '', '' FROM audit_entry"
        " WHERE listing_id = :c AND no = 2",
        {"record-differs"},
    ),
    "deeds of another listing": (
        "INSERT INTO audit_entry (listing_id, no, at, who, role, event, body, previous, hash)"
        " SELECT :c, no + 2, at, who, role, event, body, '', '' FROM audit_entry"
        " WHERE listing_id = :b ORDER BY no",
        {"record-gone"},
    ),
    "the ends of two chains exchanged": (
        EXCHANGED,
        {"record-gone", "record-differs"},
    ),
    "another instant of a claim": (
        f"UPDATE audit_entry SET at = at - interval '1 second' {AT} 2",
        set(),
    ),
    "other content besides the parts": (
        f"""UPDATE audit_entry SET body = body || '{{"content": {{}}}}' {AT} 1""",
        set(),
    ),
}

V = "(SELECT id FROM version WHERE listing_id = :a)"
ROWS = {
    "a part rewritten": (
        f"UPDATE version_part SET content = content || '{{\"x\": 1}}' WHERE version_id = {V}",
        {"version-differs"},
    ),
    "a part removed": (
        f"DELETE FROM version_part WHERE item_id IS NULL AND version_id = {V}",
        {"version-differs"},
    ),
    "an item's verdict": (
        f"UPDATE version_part SET verdict = 'rejected' WHERE version_id = {V}",
        {"record-differs"},
    ),
    "a finding of the rules": (
        "INSERT INTO finding (version_id, path, code, params, severity, source)"
        f" SELECT {V}, '', 'x', '{{}}', 'advice', 'rule'",
        {"record-differs"},
    ),
    "a reviewer's reason": (
        "INSERT INTO finding (version_id, path, code, params, severity, source)"
        " SELECT (SELECT id FROM version WHERE listing_id = :b), '', 'x', '{}', 'blocks',"
        " 'reviewer'",
        {"record-differs"},
    ),
    **{
        f"a version's {what}": (f"UPDATE version SET {changed} WHERE listing_id = :a", kinds)
        for what, changed, kinds in (
            ("number", "no = 7", {"record-differs"}),
            ("seller", "submitted_by = NULL", {"record-differs"}),
            ("submission", "submitted_at = submitted_at - interval '1 year'", {"record-differs"}),
            ("rules", "rules_as_of = '2020-01-01'", {"record-differs"}),
            ("state", "state = 'rejected'", {"not-on-record"}),
            ("verdict's instant", "decided_at = decided_at - interval '1 s'", {"record-differs"}),
            ("note", "note = 'x'", {"record-differs"}),
            ("listing", "listing_id = :c, no = 2", {"record-gone", "not-on-record"}),
        )
    },
    "a version removed": (
        "DELETE FROM version WHERE listing_id = :b",
        {"record-gone"},
    ),
    **{
        f"a case's {what}": (f"UPDATE review_case SET {changed} WHERE listing_id = :{of}", kinds)
        for what, of, changed, kinds in (
            ("verdict", "a AND kind = 'review'", "verdict = 'request-changes'",
             {"record-differs"}),
            ("judge", "a", "decided_by = decided_by + 1", {"record-differs"}),
            ("note", "a", "note = 'x'", {"record-differs"}),
            ("note inside the house", "a", "inside_note = 'x'", {"record-differs"}),
            ("reasons", "a", """reasons = '[{"code": "x"}]'""", {"record-differs"}),
            ("hold", "a", "release_at = release_at - interval '1 s',"
             " decided_at = decided_at - interval '1 s'", {"record-differs"}),
            ("effect", "a", "applied_at = NULL", {"not-on-record"}),
            ("end", "a AND kind = 'appeal'", "applied_at = NULL, closed_at = NULL",
             {"record-differs"}),
            ("end without a verdict", "c", "closed_at = now()", {"not-on-record"}),
            ("grounds", "a AND kind = 'appeal'", "grounds = 'x'", {"record-differs"}),
            ("holder", "c", "holder = (SELECT max(id) FROM person)", {"not-on-record"}),
            ("kind", "c", "kind = 'appeal', grounds = 'x', appeal_of = id, barred = holder",
             {"not-on-record", "record-gone"}),
            ("verdict made up", "c", "verdict = 'approve', decided_by = holder, decided_at = now(),"
             " release_at = now(), not_before = now(), holder = NULL, held_until = NULL",
             {"not-on-record"}),
        )
    },
    "a case removed": ("DELETE FROM review_case WHERE listing_id = :c", {"record-gone"}),
    "a picture's file": (
        "UPDATE picture SET sha256 = repeat('1', 64) WHERE listing_id = :a",
        {"record-differs"},
    ),
    "a step of the timeline removed": (
        "DELETE FROM timeline WHERE listing_id = :b AND event = 'undone'",
        {"record-differs"},
    ),
    "a step of the timeline made up": (
        "INSERT INTO timeline (listing_id, role, event, detail)"
        " VALUES (:b, 'system', 'decided', '{}')",
        {"not-on-record"},
    ),
}  # fmt: skip


@pytest.fixture
def story(session) -> dict[str, int]:
    """The three listings by their letters; nothing is sealed."""
    me, other = made.reviewer(), made.reviewer()
    appealed = made.appeal(made.rejected(me))
    appeal, whole = appealed.id, appealed.listing_id
    undone, taken = made.case(claimed_by=me), made.case(claimed_by=me)
    case, half, short = undone.id, undone.listing_id, taken.listing_id
    with unit_of_work():
        actions.decide(case, me.id, "approve", hold=60)
    with unit_of_work():
        actions.undo(case, me.id)
    with unit_of_work():
        claims.claim(appeal, other.id)
    made.decide(appeal, other.id)
    session.commit()
    return {"a": whole, "b": half, "c": short}


@pytest.fixture
def does(tamper, story) -> Callable[[str], None]:
    """Tampers with the listings by their letters."""

    def run(statement: str) -> None:
        tamper(statement, **{name: story[name] for name in story if f":{name}" in statement})

    return run


@pytest.fixture
def reckon(session) -> Callable[[], None]:
    """Numbers every chain anew, with all its hashes and its head, as somebody who can reckon."""

    def write(statement: str, **given) -> None:
        session.execute(text(statement), given)

    def run() -> None:
        ends: dict[int, tuple[int, str]] = {}
        for entry in list(queries.entries()):
            no, previous = ends.get(entry.listing_id, (0, NOTHING_BEFORE))
            made_anew = entry_hash(
                entry.listing_id, no + 1, entry.at, entry.who, entry.role, entry.event, entry.body,
                previous,
            )  # fmt: skip
            write(
                "UPDATE audit_entry SET no = :no, previous = :previous, hash = :hash"
                " WHERE id = :id",
                no=no + 1, previous=previous, hash=made_anew, id=entry.id,
            )  # fmt: skip
            ends[entry.listing_id] = no + 1, made_anew
        write("DELETE FROM audit_head")
        for listing, (no, head) in ends.items():
            write("INSERT INTO audit_head VALUES (:l, :no, :head)", l=listing, no=no, head=head)

    return run


@pytest.fixture
def reseal(session) -> Callable[[], None]:
    """Makes the one checkpoint fit what stands there now."""

    def run() -> None:
        [row] = queries.checkpoints(queries.last_checkpoint())
        entries, seen, heads = summed(0, row.upto)
        session.execute(
            text(
                "UPDATE audit_checkpoint SET entries = :entries, listings = :listings,"
                " heads = :heads, hash = :hash"
            ),
            {
                "entries": entries,
                "listings": seen,
                "heads": heads,
                "hash": checkpoint_hash(row.at, row.upto, entries, seen, heads, row.previous),
            },
        )

    return run


def _kinds(lines: list[str]) -> set[str]:
    return {line.split(":")[0] for line in lines}


def _amiss(table: dict, tried: Callable[[str], list[str]], session) -> dict[str, list[str]]:
    """What was found of each row of the table that is not of the kinds it says."""
    amiss = {}
    for what, (statement, kinds) in table.items():
        lines = tried(statement)
        session.rollback()
        if _kinds(lines) != kinds:
            amiss[what] = lines
    return amiss


def test_nothing_is_found_where_nothing_was_done(story, found) -> None:
    assert found() == []
    seal()
    assert found() == []


def test_whatever_statements_do_to_the_trail_is_found(session, does, found) -> None:
    def tried(statement: str) -> list[str]:
        does(statement)
        return found()

    assert _amiss(STATEMENTS, tried, session) == {}


def test_whatever_is_done_to_rows_that_the_trail_speaks_of_is_found(session, does, found) -> None:
    def tried(statement: str) -> list[str]:
        does(statement)
        return found()

    assert _amiss(ROWS, tried, session) == {}


def test_hashes_made_anew_do_not_fit_the_rows(session, does, reckon, found) -> None:
    def tried(statement: str) -> list[str]:
        does(statement)
        reckon()
        return found()

    assert _amiss(RECKONED, tried, session) == {}


def test_hashes_made_anew_do_not_fit_the_seals(session, does, reckon, reseal, found) -> None:
    """Nor do seals made anew fit their file, whatever was done."""
    seal()
    for what, (statement, kinds) in RECKONED.items():
        if statement.startswith("INSERT"):
            # Younger than the seal, which says nothing of it.
            continue
        does(statement)
        reckon()
        assert _kinds(found()) == kinds | {"checkpoint-differs"}, what
        reseal()
        assert _kinds(found()) == kinds | {"file-differs"}, what
        session.execute(text("DELETE FROM audit_checkpoint"))
        assert _kinds(found()) == kinds | {"checkpoint-missing"}, what
        session.rollback()


def test_a_checkpoint_made_up_is_found(session, story, tamper, found) -> None:
    seal()
    [row] = queries.checkpoints(queries.last_checkpoint())
    nothing = heads_hash([])
    for upto, kinds in (
        (row.upto + 100, {"file-lacks"}),
        (row.upto - 1, {"file-lacks", "checkpoint-disordered"}),
    ):
        tamper(
            "INSERT INTO audit_checkpoint (at, upto, entries, listings, heads, previous, hash)"
            " VALUES (:at, :upto, 0, 0, :heads, :previous, :hash)",
            at=row.at, upto=upto, heads=nothing, previous=row.hash,
            hash=checkpoint_hash(row.at, upto, 0, 0, nothing, row.hash),
        )  # fmt: skip
        assert _kinds(found()) == kinds
        session.rollback()


def test_a_guard_that_is_switched_off_is_named(session, story, found) -> None:
    for table, name in (("audit_entry", "trail_stays"), ("audit_head", "head_is_true")):
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {name}"))
        assert found() == [f"unguarded: {table} lacks its trigger {name}, or it is switched off"]
        session.rollback()
    session.execute(
        text(
            "CREATE OR REPLACE FUNCTION trail_began() RETURNS timestamptz LANGUAGE sql IMMUTABLE"
            " AS $$ SELECT timestamptz '2999-01-01' $$"
        )
    )
    assert _kinds(found()) == {"beginning-differs"}
    session.rollback()
    assert found() == []


def test_the_database_refuses_what_does_not_follow_the_head(session, story) -> None:
    copied = (
        "INSERT INTO audit_entry (listing_id, no, at, who, role, event, body, previous, hash)"
        " SELECT {}, at, who, role, event, body, {}, 'x' FROM audit_entry"
        " WHERE listing_id = :a AND no = 8"
    )
    for statement in (
        copied.format("listing_id, 10", "hash"),
        copied.format("listing_id, 9", "previous"),
        copied.format("999999, 2", "hash"),
        copied.format("999999, 1", "hash"),
        "UPDATE audit_head SET no = 7 WHERE listing_id = :a",
        "UPDATE audit_head SET hash = 'x' WHERE listing_id = :a",
        "UPDATE audit_head SET listing_id = 999999 WHERE listing_id = :a",
        "INSERT INTO audit_head SELECT 999999, no, hash FROM audit_head WHERE listing_id = :a",
        "DELETE FROM audit_head WHERE listing_id = :a",
        "TRUNCATE audit_head",
    ):
        given = {"a": story["a"]} if ":a" in statement else {}
        with pytest.raises(IntegrityError, match=r"follow|newest|only ever added to"):
            session.execute(text(statement), given)
        session.rollback()


def test_work_goes_on_after_the_end_of_a_chain_was_taken_and_the_gap_stays(
    session, story, does, found
) -> None:
    does("DELETE FROM audit_entry WHERE listing_id = :c AND no = 2")
    session.commit()
    with unit_of_work():
        listings.withdraw(newest_version(story["c"]).id, None)
    assert f"gap: listing {story['c']}: no 2 missing" in found()
    made.resubmitted(session.get(Listing, story["a"]))
    assert {line.split()[2] for line in found()} == {f"{story['c']}:"}
