"""Each kind of tampering is found and named; what happened as it should is not."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.core.unit_of_work import unit_of_work
from app.journey.auditing import queries
from app.journey.auditing.canonical import entry_hash
from app.journey.auditing.sealing import seal
from app.listings import actions as listings
from app.listings.models import Listing
from app.listings.queries import newest_version
from tests.factories import review as made

# What is done behind the triggers' back, and how its lines begin. :l is a listing with five
# entries, sealed; :c the first of two checkpoints.
OF = "WHERE listing_id = :l AND no ="
DONE = {
    "a note is rewritten": (
        f"""UPDATE audit_entry SET body = jsonb_set(body, '{{note}}', '"x"') {OF} 3""",
        ["changed: listing {l}: no 3 (decided)"],
    ),
    "another is said to have done it": (
        f"UPDATE audit_entry SET who = who + 1 {OF} 2",
        ["changed: listing {l}: no 2 (claimed)"],
    ),
    "an hour is added": (
        f"UPDATE audit_entry SET at = at + interval '1 microsecond' {OF} 4",
        ["changed: listing {l}: no 4 (applied)"],
    ),
    "an entry is taken out": (
        f"DELETE FROM audit_entry {OF} 3",
        [
            "gap: listing {l}: no 3 missing",
            "not-on-record: listing {l}: case ",
            "checkpoint-differs: checkpoint {c} ",
        ],
    ),
    "the first ones are taken out": (
        "DELETE FROM audit_entry WHERE listing_id = :l AND no < 4",
        [
            "gap: listing {l}: no 1 to 3 missing",
            "not-on-record: listing {l}: version 1 ",
            "not-on-record: listing {l}: case ",
            "not-on-record: listing {l}: case ",
            "checkpoint-differs: checkpoint {c} ",
        ],
    ),
    "the last one is taken out": (
        f"DELETE FROM audit_entry {OF} 5",
        [
            "end-missing: listing {l}: no 5 missing",
            "not-on-record: listing {l}: version 2 ",
            "checkpoint-differs: checkpoint ",
        ],
    ),
    "the whole chain is taken out": (
        "DELETE FROM audit_entry WHERE listing_id = :l",
        [
            "end-missing: listing {l}: no 1 to 5 missing",
            "not-on-record: listing {l}: version 1 ",
            "not-on-record: listing {l}: version 2 ",
            "checkpoint-differs: checkpoint {c} ",
            "checkpoint-differs: checkpoint ",
        ],
    ),
    "the product's submitted text is rewritten": (
        "UPDATE version_part SET content = content || '{\"x\": 1}' WHERE item_id IS NULL"
        " AND version_id = (SELECT id FROM version WHERE listing_id = :l AND no = 1)",
        ["version-differs: listing {l}: what is stored of the product in version 1"],
    ),
    "an item's is taken out": (
        "DELETE FROM version_part WHERE item_id IS NOT NULL"
        " AND version_id = (SELECT id FROM version WHERE listing_id = :l AND no = 2)",
        ["version-differs: listing {l}: what is stored of item "],
    ),
    "a checkpoint is rewritten": (
        "UPDATE audit_checkpoint SET entries = entries + 1 WHERE id = :c",
        [
            "checkpoint-changed: checkpoint {c}",
            "checkpoint-differs: checkpoint {c} ",
            "file-differs: checkpoint {c} ",
        ],
    ),
    "a checkpoint is taken out": (
        "DELETE FROM audit_checkpoint WHERE id = :c",
        ["checkpoint-broken-link: ", "checkpoint-differs: ", "checkpoint-missing: "],
    ),
    "the newest checkpoint is taken out": (
        "DELETE FROM audit_checkpoint WHERE id > :c",
        ["checkpoint-missing: "],
    ),
}


@pytest.fixture
def walked(session) -> tuple[int, int]:
    """A listing approved, edited and submitted again, beside others; sealed twice."""
    me, other = made.reviewer(), made.submitted()
    case = made.decided(me)
    listing_id, other_id = case.listing_id, other.id
    seal()
    made.resubmitted(session.get(Listing, listing_id))
    with unit_of_work():
        listings.withdraw(newest_version(other_id).id, None)
    seal()
    first = session.scalar(text("SELECT min(id) FROM audit_checkpoint"))
    session.commit()
    return listing_id, first


def test_each_kind_of_tampering_is_named(session, walked, tamper, found) -> None:
    listing, checkpoint = walked
    assert found() == []
    for what, (statement, expected) in DONE.items():
        given = {"l": listing, "c": checkpoint}
        tamper(statement, **{name: given[name] for name in given if f":{name}" in statement})
        named = found()
        session.rollback()
        begun = [line.format(l=listing, c=checkpoint) for line in expected]
        assert len(named) == len(begun), (what, named)
        assert all(line.startswith(begin) for line, begin in zip(named, begun, strict=True)), (
            what,
            named,
        )
    assert found() == []


def test_an_entry_rewritten_with_its_hash_breaks_the_link_or_the_seal(
    session, walked, tamper, found
) -> None:
    listing, checkpoint = walked
    sealed = {4: f"checkpoint-differs: checkpoint {checkpoint} ", 5: "checkpoint-differs: "}
    for entry in list(queries.entries(listing)):
        told = {**entry._mapping, "role": "system"}
        told.pop("id")
        told["listing"] = told.pop("listing_id")
        told.pop("hash")
        tamper(
            f"UPDATE audit_entry SET role = 'system', hash = :hash {OF} :no",
            l=listing, no=entry.no, hash=entry_hash(**told),
        )  # fmt: skip
        named = found()
        session.rollback()
        next_one = f"broken-link: listing {listing}: no {entry.no + 1} "
        begun = [next_one if entry.no < 5 else f"head-differs: listing {listing}: no 5 "]
        begun += [sealed[entry.no]] if entry.no in sealed else []
        assert len(named) == len(begun), named
        assert all(line.startswith(begin) for line, begin in zip(named, begun, strict=True)), named


def test_a_file_that_does_not_fit_is_named(session, walked, file: Path, found) -> None:
    first, second = file.read_text().splitlines(keepends=True)
    for lines, expected in (
        ([first], ["file-lacks"]),
        ([second], ["file-lacks"]),
        ([first, second.replace('"listings":2', '"listings":3')], ["file-differs"]),
        ([first, "nonsense\n", second], ["file-unreadable"]),
        ([first, first, second], ["checkpoint-missing"]),
        ([first, second, second], ["checkpoint-missing"]),
    ):
        file.write_text("".join(lines))
        assert [line.split(":")[0] for line in found()] == expected
    file.unlink()
    assert [line.split(":")[0] for line in found()] == ["file-missing"]


def test_the_commands_after_an_ordinary_walk(app, session, walked, tamper) -> None:
    listing, _ = walked

    def asked(*args: str) -> tuple[int, list[str]]:
        session.rollback()
        answer = app.test_cli_runner().invoke(args=["audit", *args])
        return answer.exit_code, answer.output.splitlines()

    whole = "7 entries of 2 listings, 3 submitted versions, 2 checkpoints: all is well"
    assert asked("verify") == (0, [whole])
    with unit_of_work():
        listings.withdraw(newest_version(listing).id, None)
    code, [_, unsealed] = asked("verify")
    assert code == 0 and unsealed.startswith("1 entries are in no checkpoint yet, the oldest of 2")
    code, [of_one] = asked("verify", "--listing", str(listing))
    assert code == 0 and of_one.startswith("6 entries of 1 listings, 2 submitted versions, 0 ")
    code, shown = asked("show", str(listing))
    assert code == 0
    assert [line.split()[0] for line in shown if not line.startswith("  " * 2)] == list("123456")
    assert any("verdict: approve" in line for line in shown)
    assert asked("show", "0") == (1, ["Error: nothing is on record of listing 0"])
    tamper(f"UPDATE audit_entry SET event = 'applied' {OF} 3", l=listing)
    session.commit()
    code, lines = asked("verify")
    assert code == 1
    assert lines[0] == f"changed: listing {listing}: no 3 (applied)"
    assert lines[-2].endswith(": 1 problems")
