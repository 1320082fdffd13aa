"""Only who knows the secret gets in: a guard before every request of an API blueprint.

A request that somebody repeats within the five minutes is harmless by itself: deliveries carry
keys, orders an Idempotency-Key, and a cancellation changes nothing the second time. The signature
of one call fits no other call, nor the same one under another key.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, request

from app.core import jsons
from app.core.contracts import faults
from app.core.errors import Invalid
from app.core.signing import ID, SIGNATURE, TIMESTAMP, BadSignature, call_line, verify
from app.core.words import Words
from app.receivers.answers import TEXTS, answer

# 200 products with long descriptions; anything else is a page of text at most.
MOST_BYTES = 16 * 1024 * 1024


def guard(blueprint: Blueprint, secrets: Sequence[str], calls: bool = True) -> None:
    """Answer 401 to every request of *blueprint* that is not signed with one of *secrets*.

    Without *calls* the body alone is what was signed: the inbox, whose deliveries name themselves.
    """

    def check() -> Response | None:
        request.max_content_length = MOST_BYTES
        try:
            line = _call_line() if calls else ""
            given = {name: request.headers.get(name, "") for name in (ID, TIMESTAMP, SIGNATURE)}
            verify(secrets, given, request.get_data(), call=line)
        except BadSignature:
            return answer(401, *TEXTS[401])
        return None

    blueprint.before_request(check)


def _call_line() -> str:
    query = request.query_string.decode("latin-1")
    # Decoded already, so that what looks like an escape in it is one no more.
    target = f"{quote(request.path)}?{query}"
    return call_line(request.method, target, request.headers.get("Idempotency-Key", ""))


def document() -> Any:
    """The body as JSON; an empty one is `{}`. Raises `Invalid` when it is not JSON."""
    try:
        return jsons.loads(request.get_data() or b"{}")
    except (ValueError, RecursionError):
        words = Words("본문이 JSON이 아닙니다.", "The body is not JSON.")
        raise Invalid("not-json", words) from None


def checked(contract: str) -> Any:
    """The body, which fits *contract*; else `Invalid` (422) with every fault."""
    found = document()
    wrong = faults(contract, found)
    if wrong:
        errors = [fault.as_dict() for fault in wrong]
        raise Invalid("off-contract", OFF_CONTRACT, errors=errors)
    return found


OFF_CONTRACT = Words("계약과 맞지 않는 곳이 있습니다.", "Parts of this do not fit the contract.")
