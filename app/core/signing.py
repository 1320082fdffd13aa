"""Signed requests between systems, after Standard Webhooks (standardwebhooks.com, version 1).

The signature is `v1,<base64 of HMAC-SHA256 over "id.timestamp.body">`. A header may carry several,
separated by spaces, and a receiver may know several secrets: that is how a secret is rotated.

A delivery's body names everything it is about. Any other call is more than its body: reading an
order and cancelling it may both have an empty one. So for those the signature covers, before the
body, what `call_line` makes of method, address and key, and fits no other call.
"""

import base64
import hmac
import re
import time
import uuid
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

TOLERANCE_SECONDS = 5 * 60
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


class BadSignature(ValueError):
    """The request is not from who it says, or is older or newer than the tolerance."""


def call_line(method: str, target: str, key: str = "") -> str:
    """What is signed of a call besides its body: *target* is path and query, *key* its key.

    The path counts as it reads once decoded: proxies escape it as they like.
    """
    path, _, query = target.partition("?")
    return f"{method.upper()} {unquote(path)}?{query} {key}\n"


def sign(secret: str, message_id: str, timestamp: int, body: bytes, call: str = "") -> str:
    """One signature. A secret `whsec_<base64>` is decoded; any other is taken as it is written."""
    content = f"{message_id}.{timestamp}.{call}".encode() + body
    digest = hmac.digest(_key(secret), content, "sha256")
    return "v1," + base64.b64encode(digest).decode()


def signed_headers(
    secrets: Iterable[str] | str,
    body: bytes,
    message_id: str = "",
    timestamp: int | None = None,
    call: str = "",
) -> dict[str, str]:
    """The three headers. *message_id* (one is made when none is given) names the message.

    *call* is the `call_line` of anything but a delivery.
    """
    identity = message_id or f"msg_{uuid.uuid4().hex}"
    at = int(time.time()) if timestamp is None else timestamp
    known = [secrets] if isinstance(secrets, str) else secrets
    signatures = [sign(secret, identity, at, body, call) for secret in known]
    return {ID: identity, TIMESTAMP: str(at), SIGNATURE: " ".join(signatures)}


def verify(
    secrets: Iterable[str],
    headers: Mapping[str, str],
    body: bytes,
    at: float | None = None,
    call: str = "",
) -> str:
    """The message's id when one signature fits one of *secrets*; else `BadSignature`."""
    found = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = found.get(ID, ""), found.get(TIMESTAMP, "")
    given = found.get(SIGNATURE, "").split()
    if not (message_id and given and re.fullmatch(r"[0-9]{1,12}", timestamp)):
        raise BadSignature("the signature headers are missing or malformed")
    if abs((time.time() if at is None else at) - int(timestamp)) > TOLERANCE_SECONDS:
        raise BadSignature("the timestamp is out of tolerance")
    expected = [sign(each, message_id, int(timestamp), body, call).encode() for each in secrets]
    if not any(
        hmac.compare_digest(e, g.encode("utf-8", "replace")) for e in expected for g in given
    ):
        raise BadSignature("no signature fits")
    return message_id


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        return base64.b64decode(secret.removeprefix("whsec_"))
    return secret.encode()
