"""Checkpoints held against the entries they seal, against each other, and against their file."""

from collections.abc import Iterator

from sqlalchemy import Row

from app.journey.auditing import queries, witness
from app.journey.auditing.canonical import NOTHING_BEFORE, checkpoint_hash
from app.journey.auditing.problem import Counts, Problem
from app.journey.auditing.sealing import summed

Line = tuple[int, str]
# Bytes of the file, None where there is none, and the newest checkpoint.
Seen = tuple[int | None, int]


def seen() -> Seen:
    """What there is to be held together: nobody seals meanwhile on this machine."""
    with witness.looked_at() as size:
        return size, queries.last_checkpoint()


def problems(counts: Counts, of: Seen) -> Iterator[Problem]:
    """Every problem of the checkpoints that there were when they were `seen`."""
    size, last = of
    if size is None and last:
        yield Problem("file-missing", f"there is no {witness.place()}")
    lines = witness.lines(size) if size else iter(())
    line = next(lines, None)
    before: Row | None = None
    for checkpoint in queries.checkpoints(last):
        counts.checkpoints += 1
        yield from _itself(before, checkpoint)
        yield from _entries(before, checkpoint)
        while line and (witness.number_in(line[1]) or 0) < checkpoint.id:
            yield _alone(line)
            line = next(lines, None)
        if size is not None:
            yield from _told(checkpoint, line)
        if line and witness.number_in(line[1]) == checkpoint.id:
            line = next(lines, None)
        before = checkpoint
    while line:
        yield _alone(line)
        line = next(lines, None)
    counts.unsealed, counts.unsealed_since = queries.entries_after(before.upto if before else 0)


def _itself(before: Row | None, checkpoint: Row) -> Iterator[Problem]:
    made = checkpoint_hash(
        checkpoint.at, checkpoint.upto, checkpoint.entries, checkpoint.listings, checkpoint.heads,
        checkpoint.previous,
    )  # fmt: skip
    if made != checkpoint.hash:
        yield Problem("checkpoint-changed", f"checkpoint {checkpoint.id}")
    if checkpoint.previous != (before.hash if before else NOTHING_BEFORE):
        follows = f"checkpoint {before.id}" if before else "nothing, as a first one does"
        yield Problem(
            "checkpoint-broken-link", f"checkpoint {checkpoint.id} does not follow {follows}"
        )
    if checkpoint.upto <= (before.upto if before else 0):
        yield Problem("checkpoint-disordered", f"checkpoint {checkpoint.id} seals nothing more")


def _entries(before: Row | None, checkpoint: Row) -> Iterator[Problem]:
    after = before.upto if before else 0
    entries, listings, heads = summed(after, checkpoint.upto)
    if (entries, listings) != (checkpoint.entries, checkpoint.listings):
        yield Problem(
            "checkpoint-differs",
            f"checkpoint {checkpoint.id} sealed {checkpoint.entries} entries of"
            f" {checkpoint.listings} listings; there are {entries} of {listings}",
        )
    elif heads != checkpoint.heads:
        yield Problem(
            "checkpoint-differs",
            f"checkpoint {checkpoint.id} sealed other heads than entries {after + 1} to"
            f" {checkpoint.upto} have",
        )


def _told(checkpoint: Row, line: Line | None) -> Iterator[Problem]:
    if line is None or witness.number_in(line[1]) != checkpoint.id:
        yield Problem("file-lacks", f"checkpoint {checkpoint.id} is not in {witness.place()}")
    elif line[1] != witness.line(checkpoint):
        yield Problem(
            "file-differs",
            f"checkpoint {checkpoint.id} is another in {witness.place()}, line {line[0]}",
        )


def _alone(line: Line) -> Problem:
    """A line that no checkpoint of the database fits."""
    where = f"{witness.place()}, line {line[0]}"
    number = witness.number_in(line[1])
    if number is None:
        return Problem("file-unreadable", where)
    return Problem(
        "checkpoint-missing", f"{where}: the database has no checkpoint {number} like it"
    )
