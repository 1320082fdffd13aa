"""One row of `review_case` held against what the entries say of it."""

from collections.abc import Iterator

from sqlalchemy import Row

from app.journey.auditing.canonical import plain
from app.journey.auditing.problem import Problem
from app.journey.auditing.told import CaseTold, Deed, VersionTold


def case_problems(
    listing: str, row: Row, told: CaseTold | None, version: VersionTold
) -> Iterator[Problem]:
    """Every deed that the case or the entries have and the other has not."""
    where = f"{listing}: case {row.id}"
    told = told or CaseTold(row.version_id)
    if told.version != row.version_id:
        yield Problem("record-differs", f"{where} is not of the version that its entries name")
    if row.holder is not None and row.holder != told.holder:
        yield _unsaid(f"{where} was claimed by {row.holder}")
    yield from _appeal(where, row, told.appeal)
    yield from _verdict(where, row, told)
    yield from _end(where, row, told, version)


def _appeal(where: str, row: Row, deed: Deed | None) -> Iterator[Problem]:
    if deed is None:
        if row.kind == "appeal":
            yield _unsaid(f"{where} is an appeal")
        return
    is_now = (row.kind, row.grounds, {"case": row.appeal_of, "decided_by": row.barred})
    if is_now != ("appeal", deed.body.get("grounds"), deed.body.get("against")):
        yield Problem("record-differs", f"{where}: its appeal is not what no {deed.no} says")


def _verdict(where: str, row: Row, told: CaseTold) -> Iterator[Problem]:
    deed = told.decided
    if deed is None:
        if row.verdict is not None:
            yield _unsaid(f"{where} was decided ({row.verdict})")
        return
    if row.verdict is None:
        verdict = deed.body.get("verdict")
        yield Problem("record-differs", f"{where} has no verdict; no {deed.no} says {verdict}")
        return
    is_now = plain(
        {
            "verdict": row.verdict,
            "note": row.note,
            "inside_note": row.inside_note,
            "held_until": row.release_at,
        }
    )
    was = {key: deed.body.get(key) for key in is_now}
    if is_now != was or row.decided_by != deed.who or not _same_reasons(row, told, deed):
        yield Problem("record-differs", f"{where}: its verdict is not what no {deed.no} says")


def _same_reasons(row: Row, told: CaseTold, decided: Deed) -> bool:
    """Those that were decided; after them what the system had against an approval, if anything."""
    was = list(decided.body.get("reasons") or [])
    reasons = plain(row.reasons)
    if told.applied is None:
        return bool(reasons == was)
    in_effect = [(each.get("code"), each.get("path")) for each in told.applied.body["reasons"]]
    by_system = told.applied.who is None
    return (
        reasons[: len(was)] == was
        and (by_system or len(reasons) == len(was))
        and [(each.get("code"), each.get("path") or "") for each in reasons] == in_effect
    )


def _end(where: str, row: Row, told: CaseTold, version: VersionTold) -> Iterator[Problem]:
    end = "applied" if row.applied_at else "closed" if row.closed_at else ""
    # The entry of a withdrawal names no case: nobody need have claimed it.
    was = told.end or ("closed" if version.stands == "withdrawn" else "")
    if end == was:
        return
    if end:
        yield _unsaid(f"{where} was {end}")
    else:
        yield Problem("record-differs", f"{where} is open; its entries say it was {was}")


def _unsaid(what: str) -> Problem:
    return Problem("not-on-record", f"{what}, and no entry says so")
