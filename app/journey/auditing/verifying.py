"""Is the trail what it was? Everything that is not is named, whatever was done to it."""

from collections.abc import Iterator

from app.journey.auditing import queries, verifying_chains, verifying_checkpoints, verifying_rows
from app.journey.auditing.problem import Counts, Problem
from app.journey.auditing.verifying_rows import Cases

# By these the database refuses to change the trail, and keeps its heads.
GUARDS = {
    ("audit_entry", "trail_stays"),
    ("audit_entry", "trail_grows"),
    ("audit_head", "trail_stays"),
    ("audit_head", "head_is_true"),
    ("audit_checkpoint", "trail_stays"),
}


def problems(counts: Counts, cases: Cases, listing_id: int | None = None) -> Iterator[Problem]:
    """Every problem of the chains, the rows they speak of, the checkpoints and their file.

    Of one listing only its chain and rows: a checkpoint speaks of many. All of it has to be read
    as of one instant where others write (`queries.read_one_instant`).
    """
    seals = verifying_checkpoints.seen()
    for table, name in sorted(GUARDS - queries.guards()):
        yield Problem("unguarded", f"{table} lacks its trigger {name}, or it is switched off")
    first, began = queries.first_at(), queries.began()
    if first and first < began:
        yield Problem("beginning-differs", f"there is a trail since {first}; {began} is said")

    def held_against(told: list) -> Iterator[Problem]:
        return verifying_rows.problems(told, cases)

    yield from verifying_chains.problems(counts, held_against, listing_id)
    yield from verifying_rows.untold(listing_id)
    if listing_id is None:
        yield from verifying_checkpoints.problems(counts, seals)
