"""One request of several deliveries to one target, and what its answer comes to."""

import email.utils
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import quote

from app.core import jsons
from app.core.signing import call_line, signed_headers
from app.journey.handoff.answers import (
    REFUSED,
    Answer,
    Reply,
    StockPage,
    caused,
    parse,
    stock_page,
)
from app.journey.handoff.payload import delivery
from app.journey.handoff.target import Target
from app.journey.handoff.wire import NoAnswerError, Response, exchange

# The contract allows so many, and a request costs as much as thirty deliveries.
BATCH = 200
LONGEST_HOLD = 3600.0
# The whole target does not want us; the deliveries themselves are not to blame.
NOT_LET_IN = frozenset({401, 403, 404, 405, 407})
LATER = frozenset({408, 425, 429})


class Sendable(Protocol):
    """What a request is made of."""

    @property
    def key(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def revision(self) -> int: ...
    @property
    def practice(self) -> bool: ...
    @property
    def text(self) -> str: ...


def post(target: Target, batch: Sequence[Sendable]) -> Reply:
    """Send *batch* in one signed request. Never raises for what the target does."""
    body = jsons.dump_bytes({"deliveries": [_told(one) for one in batch]})
    headers = signed_headers(target.secrets, body)
    headers["Content-Type"] = "application/json"
    try:
        response = exchange("POST", f"{target.url}/v1/deliveries", headers, body)
    except NoAnswerError as error:
        return Reply(failure=error.code)
    return reply_of(response, [one.key for one in batch])


def stock_after(target: Target, cursor: str) -> StockPage | None:
    """The next page of the target's stock feed, or None while it cannot be read."""
    asked = f"/v1/stock?after={quote(cursor, safe='')}"
    headers = signed_headers(target.secrets, b"", call=call_line("GET", asked))
    try:
        response = exchange("GET", target.url + asked, headers, None)
    except NoAnswerError:
        return None
    return stock_page(_json(response)) if response.status == 200 else None


def reply_of(response: Response, keys: Sequence[str]) -> Reply:
    """Classes of failure: retry (5xx, 408, 425, 429), refused (any other 4xx), unreadable."""
    status = response.status
    if 200 <= status < 300:
        answers = parse(_json(response))
        return Reply(answers) if answers is not None else Reply(failure="unreadable", divide=True)
    if status in LATER:
        return Reply(failure="too-many", hold=retry_after(response))
    if status in NOT_LET_IN or status < 400:
        return Reply(failure="not-let-in")
    if status >= 500:
        return Reply(failure="failed", hold=retry_after(response), divide=True)
    if len(keys) > 1:  # one of them is at fault, and only asking one by one tells which
        return Reply(failure="not-accepted", divide=True)
    return Reply({keys[0]: _refusal(response, keys[0])})


def retry_after(response: Response) -> float | None:
    """Seconds of a Retry-After header, whether a number or a date; at most an hour."""
    text = str(response.headers.get("Retry-After") or "").strip()
    if text.isdecimal():
        return min(float(text[:8]), LONGEST_HOLD)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, min((until - datetime.now(UTC)).total_seconds(), LONGEST_HOLD))


def _told(one: Sendable) -> dict[str, Any]:
    written = jsons.written(one.text)
    return delivery(one.subject, one.subject_id, one.revision, one.practice, written)


def _refusal(response: Response, key: str) -> Answer:
    body = _json(response)
    said = parse({"results": [{**body, "key": key, "outcome": "refused"}]} if body else None)
    return said[key] if said else caused(REFUSED, "not-accepted")


def _json(response: Response) -> Any:
    try:
        return jsons.loads(response.body)
    except (ValueError, RecursionError):
        return None
