"""Products that wait for another target's number of them go once that target has told it."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Integer, column, func, type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB

from app.core.celery import ring
from app.core.clock import database_now
from app.core.database import db
from app.journey.handoff.answers import Answer
from app.journey.handoff.claiming import Claimed
from app.journey.handoff.models import Delivery
from app.journey.handoff.target import TARGETS, Target


def waiting_for(target: str) -> list[Target]:
    """Those that are told of a product only after *target*."""
    return [other for other in TARGETS if other.waits_for == target]


def ring_waiting(target: str) -> None:
    """Ring for them: something may have been released."""
    for other in waiting_for(target):
        ring("handoff.send", other.code)


def release(target: str, delivered: Sequence[tuple[Claimed, Answer]]) -> None:
    """What waited for these products is due, with the number and address that *target* gave."""
    codes = [other.code for other in waiting_for(target)]
    rows = [
        {"id": one.subject_id, "no": one.revision, "told": {target: _identity(answer)}}
        for one, answer in delivered
        if one.subject == "product"
    ]
    if not codes or not rows:
        return
    columns = (column("id", BigInteger), column("no", Integer), column("told", JSONB))
    given = func.jsonb_to_recordset(type_coerce(rows, JSONB))
    told = given.table_valued(*columns, name="told").render_derived(with_types=True)
    db.session.execute(
        update(Delivery)
        .where(
            Delivery.target.in_(codes),
            Delivery.subject == "product",
            Delivery.subject_id == told.c.id,
            Delivery.revision <= told.c.no,
            Delivery.state == "waiting",
        )
        .values(
            state="due",
            not_before=database_now(),
            payload=Delivery.payload.op("||", return_type=JSONB)(told.c.told),
        )
        .execution_options(synchronize_session=False)
    )


def release_needless() -> None:
    """What waited when its target still did so, and would wait for ever now."""
    waiting = [target.code for target in TARGETS if target.waits_for]
    db.session.execute(
        update(Delivery)
        .where(Delivery.state == "waiting", Delivery.target.not_in(waiting))
        .values(state="due", not_before=database_now())
        .execution_options(synchronize_session=False)
    )


def _identity(answer: Answer) -> dict[str, str]:
    return {"id": answer.external_id, "url": answer.url}
