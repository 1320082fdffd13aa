"""What a queue promises and how long its verdicts are held: its own times, or the settings'."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Invalid
from app.core.words import Words
from app.journey.review.models import QueueTimes
from app.settings import settings

PRACTICE: Final = "practice"
LONGEST_HOLD, LONGEST_PROMISE = 3600, 43_200
_HOLD = Words(
    "0초에서 {most}초 사이의 정수를 적으세요. 비우면 설정값({usual}초)입니다.",
    "Write a whole number of seconds from 0 to {most}. Empty means the setting, {usual}.",
)
_PROMISE = Words(
    "1분에서 {most}분 사이의 정수를 적으세요. 비우면 설정값({usual}분)입니다.",
    "Write a whole number of minutes from 1 to {most}. Empty means the setting, {usual}.",
)


@dataclass(frozen=True)
class Times:
    """Seconds for which a verdict may be undone, minutes until one is promised."""

    hold_seconds: int
    promise_minutes: int


def own_times() -> dict[str, QueueTimes]:
    """The queues that have times of their own."""
    return {row.queue: row for row in db.session.scalars(select(QueueTimes))}


def times_of(queue: str) -> Times:
    """The times in force; what is practised is never held."""
    own = db.session.get(QueueTimes, queue)
    hold = 0 if queue == PRACTICE else settings().verdict_hold_seconds
    promise = settings().review_promise_minutes
    if own is not None:
        hold = hold if own.hold_seconds is None else own.hold_seconds
        promise = promise if own.promise_minutes is None else own.promise_minutes
    return Times(hold, promise)


def set_times(queue: str, hold: str, promise: str, who: int) -> None:
    """Give the queue times of its own, as typed; '' takes the setting's. `Invalid`.

    Cases that wait and verdicts that are held keep the times they got.
    """
    values = {
        "hold_seconds": _number(hold, 0, LONGEST_HOLD, "hold", _HOLD, _usual_hold(queue)),
        "promise_minutes": _number(
            promise, 1, LONGEST_PROMISE, "promise", _PROMISE, settings().review_promise_minutes
        ),
        "changed_at": database_now(),
        "changed_by": who,
    }
    statement = insert(QueueTimes).values(queue=queue, **values)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=[QueueTimes.queue], set_=values)
    )


def _usual_hold(queue: str) -> int:
    return 0 if queue == PRACTICE else settings().verdict_hold_seconds


def _number(typed: str, least: int, most: int, path: str, words: Words, usual: int) -> int | None:
    typed = typed.strip().replace(",", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and least <= int(typed[:9]) <= most):
        raise Invalid(f"{path}-out-of-range", words, path=path, most=most, usual=usual)
    return int(typed)
