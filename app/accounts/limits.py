"""How often one may try at a door: kept in the database, so that it holds for every process.

An attempt is counted before it is judged, and forgotten again when it succeeds.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, insert, or_, select

from app.accounts.models import AccessAttempt
from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Refusal
from app.core.words import Words


@dataclass(frozen=True)
class Limit:
    """At most *times* within *minutes*, counted by `account`, `address` or `both`."""

    by: str
    times: int
    minutes: int


# The tight row stops a guesser at one desk without locking the owner out at another.
LIMITS: dict[str, tuple[Limit, ...]] = {
    "sign-in": (Limit("both", 10, 5), Limit("account", 60, 60), Limit("address", 60, 5)),
    "sign-up": (Limit("address", 20, 60),),
    "recovery": (Limit("account", 3, 60), Limit("address", 20, 60)),
    "password": (Limit("account", 10, 15),),
    "invitation": (Limit("account", 30, 60),),
}

TOO_MANY = Words(
    "여러 번 시도했습니다. {minutes}분 뒤에 다시 하세요.",
    "Too many tries. Try again in {minutes} minutes.",
)


class TooManyAttempts(Refusal):
    """The door is shut for some minutes (`params["minutes"]`)."""

    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__("too-many-attempts", TOO_MANY, minutes=minutes)


def count_attempt(door: str, account: str, address: str) -> None:
    """Count one try at *door*, or raise `TooManyAttempts`. Commit it before judging the try."""
    for limit in LIMITS[door]:
        subject = _subject(limit.by, account, address)
        # Tries at the same moment in other processes wait here, so that none goes uncounted.
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(subject, 0))))
        since = database_now() - timedelta(minutes=limit.minutes)
        made = db.session.scalar(
            select(func.count())
            .select_from(AccessAttempt)
            .where(
                AccessAttempt.door == door,
                AccessAttempt.subject == subject,
                AccessAttempt.at > since,
            )
        )
        if (made or 0) >= limit.times:
            raise TooManyAttempts(limit.minutes)
        db.session.execute(insert(AccessAttempt).values(door=door, subject=subject))


def forget_attempts(door: str, account: str, address: str) -> None:
    """The try succeeded: the tries of this account are let go, and this one of the address."""
    subjects = [_subject(by, account, address) for by in ("both", "account")]
    here = (
        select(func.max(AccessAttempt.id))
        .where(
            AccessAttempt.door == door,
            AccessAttempt.subject == _subject("address", account, address),
        )
        .scalar_subquery()
    )
    db.session.execute(
        delete(AccessAttempt).where(
            AccessAttempt.door == door,
            or_(AccessAttempt.subject.in_(subjects), AccessAttempt.id == here),
        )
    )


def prune_attempts() -> None:
    """Forget what no limit looks back to any more."""
    longest = max(limit.minutes for limits in LIMITS.values() for limit in limits)
    db.session.execute(
        delete(AccessAttempt).where(AccessAttempt.at < database_now() - timedelta(minutes=longest))
    )


def _subject(by: str, account: str, address: str) -> str:
    parts = {"account": account, "address": address, "both": f"{account} {address}"}
    return hashlib.sha256(f"{by} {parts[by]}".encode()).hexdigest()
