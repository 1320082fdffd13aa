"""Is the trail what it was? Everything that is not is named, whatever was done to it."""

from collections.abc import Iterator

from app.journey.auditing import verifying_chains, verifying_checkpoints
from app.journey.auditing.problem import Counts, Problem


def problems(counts: Counts, listing_id: int | None = None) -> Iterator[Problem]:
    """Every problem of the chains, the submitted versions, the checkpoints and their file.

    Of one listing only its chain and versions: a checkpoint speaks of many.
    """
    yield from verifying_chains.problems(counts, listing_id)
    if listing_id is None:
        yield from verifying_checkpoints.problems(counts)
