"""Signed requests between systems, after Standard Webhooks (standardwebhooks.com, version 1).

The signature is `v1,<base64 of HMAC-SHA256 over "id.timestamp.body">`. A header may carry several,
separated by spaces, and a receiver may know several secrets: that is how a secret is rotated.
"""

import base64
import hmac
import time
import uuid
from collections.abc import Iterable, Mapping

TOLERANCE_SECONDS = 5 * 60
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


class BadSignature(ValueError):
    """The request is not from who it says, or is older or newer than the tolerance."""


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature. A secret `whsec_<base64>` is decoded; any other is taken as it is written."""
    content = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.digest(_key(secret), content, "sha256")
    return "v1," + base64.b64encode(digest).decode()


def signed_headers(
    secrets: Iterable[str] | str, body: bytes, message_id: str = "", timestamp: int | None = None
) -> dict[str, str]:
    """The three headers. *message_id* (one is made when none is given) names the message."""
    identity = message_id or f"msg_{uuid.uuid4().hex}"
    at = int(time.time()) if timestamp is None else timestamp
    known = [secrets] if isinstance(secrets, str) else secrets
    signatures = [sign(secret, identity, at, body) for secret in known]
    return {ID: identity, TIMESTAMP: str(at), SIGNATURE: " ".join(signatures)}


def verify(
    secrets: Iterable[str], headers: Mapping[str, str], body: bytes, at: float | None = None
) -> str:
    """The message's id when one signature fits one of *secrets*; else `BadSignature`."""
    found = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = found.get(ID, ""), found.get(TIMESTAMP, "")
    given = found.get(SIGNATURE, "").split()
    if not (message_id and given and timestamp.isascii() and timestamp.isdigit()):
        raise BadSignature("the signature headers are missing or malformed")
    if abs((time.time() if at is None else at) - int(timestamp)) > TOLERANCE_SECONDS:
        raise BadSignature("the timestamp is out of tolerance")
    expected = [sign(secret, message_id, int(timestamp), body).encode() for secret in secrets]
    if not any(
        hmac.compare_digest(e, g.encode("utf-8", "replace")) for e in expected for g in given
    ):
        raise BadSignature("no signature fits")
    return message_id


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        return base64.b64decode(secret.removeprefix("whsec_"))
    return secret.encode()
