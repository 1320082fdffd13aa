"""Asking a target what it has, and telling it to recall what we know nothing of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core import contracts, jsons
from app.core.signing import call_line, signed_headers
from app.journey.handoff.target import Target
from app.journey.handoff.wire import NoAnswerError, Response, exchange

NOT_LET_IN = frozenset({401, 403, 404, 405, 407})


@dataclass(frozen=True)
class Holdings:
    """One page of what a target has; `more` says that there is another after `cursor`."""

    listings: list[dict[str, Any]]
    cursor: int
    more: bool


def holdings(target: Target, after: int) -> Holdings:
    """The page after the listing *after*. `NoAnswerError` with a cause of `answers.py`."""
    asked = f"/v1/holdings?after={after}"
    headers = signed_headers(target.secrets, b"", call=call_line("GET", asked))
    body = _body(exchange("GET", target.url + asked, headers, None))
    if contracts.faults("holdings", body):
        raise NoAnswerError("unreadable")
    page = Holdings(body["listings"], int(body["cursor"]), body["more"])
    numbers = [listing["listing_id"] for listing in page.listings]
    in_order = numbers == sorted(set(numbers)) and after < min(numbers, default=after + 1)
    if not in_order or page.cursor < max(numbers, default=after) or page.cursor - after < page.more:
        raise NoAnswerError("unreadable")
    return page


def tell(target: Target, deliveries: Sequence[dict[str, Any]]) -> set[str]:
    """Send deliveries that have no row; the keys that have their effect. `NoAnswerError`."""
    body = jsons.dump_bytes({"deliveries": list(deliveries)})
    headers = signed_headers(target.secrets, body) | {"Content-Type": "application/json"}
    answered = _body(exchange("POST", f"{target.url}/v1/deliveries", headers, body))
    if contracts.faults("delivery-answer", answered):
        raise NoAnswerError("unreadable")
    done = ("applied", "duplicate", "superseded")
    return {said["key"] for said in answered["results"] if said["outcome"] in done}


def _body(response: Response) -> Any:
    if response.status in NOT_LET_IN:
        raise NoAnswerError("not-let-in")
    if response.status != 200:
        raise NoAnswerError("failed")
    try:
        return jsons.loads(response.body)
    except (ValueError, RecursionError):
        raise NoAnswerError("unreadable") from None
