"""The catalogue's side of the order API: signed requests with short patience."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import urllib3
from urllib3.exceptions import HTTPError

from app.core.contracts import OffContract, check
from app.core.signing import call_line, signed_headers
from app.receivers.catalogue.settings import CatalogueSettings
from app.receivers.settings import several


class Unanswered(Exception):
    """The order system did not answer; whether it did what was asked is not known."""


@dataclass(frozen=True)
class Answer:
    """Its status and JSON body."""

    status: int
    body: dict[str, Any]

    @property
    def code(self) -> str:
        """The refusal's code, '' for an order."""
        return str(self.body.get("code", ""))


class OrderSystem:
    """Every call raises `Unanswered` rather than guess."""

    def __init__(self, settings: CatalogueSettings) -> None:
        self._address = settings.orders_url.rstrip("/")
        self._secret = several(settings.orders_secret)[0]
        self._order_seconds = settings.order_seconds
        self._availability_seconds = settings.availability_seconds
        self._pool = urllib3.PoolManager(maxsize=8, retries=False)

    def place(self, key: str, lines: list[dict[str, int]], practice: bool) -> Answer:
        """Ask for an order under *key*; asking again under the same key orders nothing twice."""
        return self._keyed("/v1/orders", {"lines": lines, "practice": practice}, key)

    def pay(self, no: str, key: str, method: str) -> Answer:
        """Pay the order by *method*; asking again under the same key pays nothing twice."""
        return self._keyed(f"/v1/orders/{quote(no, safe='')}/payment", {"method": method}, key)

    def order(self, no: str) -> Answer:
        """The order with this number."""
        return self._call("GET", f"/v1/orders/{quote(no, safe='')}", None, self._order_seconds)

    def cancel(self, no: str, line: int | None = None, keep: int = 0) -> Answer:
        """Cancel a *line* but for *keep* pieces of it, or all; harmless when repeated."""
        path = f"/v1/orders/{quote(no, safe='')}/cancellation"
        asked: dict[str, Any] = {}
        if line is not None:
            asked = {"keep": [{"line": line, "quantity": keep}]} if keep else {"lines": [line]}
        return self._call("POST", path, asked, self._order_seconds)

    def stock(self, item_ids: list[int]) -> dict[int, int]:
        """Present counts by item id; items that it does not know are left out."""
        ids = ",".join(str(item_id) for item_id in item_ids)
        answer = self._call("GET", f"/v1/stock?items={ids}", None, self._availability_seconds)
        try:
            check("stock-feed", answer.body)
        except OffContract as error:
            raise Unanswered(str(error)) from error
        return {level["item_id"]: level["count"] for level in answer.body["levels"]}

    def _keyed(self, path: str, asked: Any, key: str) -> Answer:
        try:
            return self._call("POST", path, asked, self._order_seconds, key)
        except Unanswered:  # the effect is unknown, and the key makes asking again safe
            return self._call("POST", path, asked, self._order_seconds, key)

    def _call(self, method: str, path: str, asked: Any, seconds: float, key: str = "") -> Answer:
        body = b"" if asked is None else json.dumps(asked).encode()
        line = call_line(method, path, key)
        headers = signed_headers(self._secret, body, call=line)
        headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        timeout = urllib3.Timeout(total=seconds)
        try:
            response = self._pool.request(
                method, self._address + path, body=body, headers=headers, timeout=timeout
            )
            found = json.loads(response.data)
        except (HTTPError, ValueError) as error:
            raise Unanswered(str(error)) from error
        if response.status >= 500 or response.status == 401 or not isinstance(found, dict):
            raise Unanswered(f"status {response.status}")
        return Answer(response.status, found)
