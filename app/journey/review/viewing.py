"""The view of the queues that an address asks for: a case opened from it stays in it.

Who reads them sees it as `Chosen`; addresses have only what differs from everything that waits.
"""

from collections.abc import Sequence
from typing import Any

from flask import request

from app.accounts.queries import memberships, reviewing
from app.journey.review.queries import KINDS, STATES, Chosen
from app.listings.content import storable

LONGEST = 100


def view_of(who: int) -> tuple[Chosen, dict[str, Any]]:
    """What the request asks to see of the queues of *who*, and the same as addresses have it.

    What makes no sense is as if it had not been asked.
    """
    queues = list(reviewing(who))
    chosen = _chosen(who, queues)
    return chosen, _told(chosen, queues)


def _chosen(who: int, queues: Sequence[str]) -> Chosen:
    asked = request.values
    state, kind = asked.get("state", ""), asked.get("kind", "")
    return Chosen(
        queues=[q for q in asked.getlist("queue") if q in queues] or queues,
        state=state if state in STATES else "waiting",
        kind=kind if kind in KINDS else "",
        typed=storable(asked.get("q", "")).strip()[:LONGEST],
        own=[each.seller_id for each in memberships(who)],
    )


def _told(chosen: Chosen, queues: Sequence[str]) -> dict[str, Any]:
    some = list(chosen.queues) != list(queues)
    told = {"queue": list(chosen.queues) if some else [], "kind": chosen.kind, "q": chosen.typed}
    told["state"] = "" if chosen.state == "waiting" else chosen.state
    return {name: value for name, value in told.items() if value}
