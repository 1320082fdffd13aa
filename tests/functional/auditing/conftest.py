"""What the trail's tests share: a file of their own, an eraser, and what a verification finds."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.journey.auditing import verifying_chains, verifying_checkpoints, witness
from app.journey.auditing.problem import Counts
from app.journey.auditing.verifying import problems
from app.journey.review.queries import cases_of
from app.settings import settings


@pytest.fixture(autouse=True)
def file(tmp_path: Path) -> Iterator[Path]:
    """Where checkpoints are told besides, as `AUDIT_PATH` would say."""
    before = settings().audit_path
    object.__setattr__(settings(), "audit_path", tmp_path / "audit")
    yield witness.place()
    object.__setattr__(settings(), "audit_path", before)


@pytest.fixture
def tamper(session) -> Callable[..., None]:
    """Does to the database what its triggers forbid, as somebody who may switch them off."""

    def run(statement: str, **given: Any) -> None:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        done = session.execute(text(statement), given)
        assert done.rowcount > 0, f"nothing was tampered with: {statement}"

    return run


@pytest.fixture
def found(session) -> Callable[..., list[str]]:
    """The problems of a verification, a line each; sees what the test has not committed."""

    def run(listing_id: int | None = None) -> list[str]:
        return [str(problem) for problem in problems(Counts(), cases_of, listing_id)]

    return run


@pytest.fixture
def found_of_seals(session) -> Callable[[], list[str]]:
    """The same of chains and seals alone: for entries that tests made up, of no listing."""

    def run() -> list[str]:
        counts, seen = Counts(), verifying_checkpoints.seen()
        walked = list(verifying_chains.problems(counts, lambda told: ()))
        return [str(each) for each in (*walked, *verifying_checkpoints.problems(counts, seen))]

    return run
