"""Approved listings and their deliveries, and a receiver that can be told to misbehave."""

import itertools
import json
import socket
import struct
import threading
import time
from collections import Counter, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.core.clock import database_now, today
from app.core.database import db
from app.core.signing import call_line, verify
from app.core.words import Words
from app.listings.models import Item, Listing, Offer, Picture, Stock, Version, VersionPart
from app.taxonomy.definitions import (
    Attribute,
    Category,
    CertificationRule,
    Choice,
    NoticeClass,
    NoticeField,
    as_json,
)
from app.taxonomy.models import CategoryNode, CategoryVersion
from tests.factories import people

_numbers = itertools.count(1)

MUGS = Category(
    code="test-mugs",
    effective_on=today().replace(day=1),
    names=Words("머그컵", "Mugs"),
    path=(Words("주방", "Kitchen"), Words("머그컵", "Mugs")),
    attributes=(
        Attribute("volume", Words("용량", "Volume"), "number", units=("ml",)),
        Attribute(
            "colour",
            Words("색상", "Colour"),
            "one-of",
            choices=(Choice("red", Words("빨강", "Red")),),
            buying_option=True,
        ),
    ),
    notices=(
        NoticeClass(
            "kitchenware",
            Words("주방용품", "Kitchenware"),
            (NoticeField("material", Words("재질", "Material")),),
        ),
    ),
    certifications=(CertificationRule("kc", Words("KC 인증", "KC mark")),),
)


def category_version(definition: Category = MUGS) -> CategoryVersion:
    """A stored category."""
    if db.session.get(CategoryNode, definition.code) is None:
        names, path = definition.names.as_dict(), [w.as_dict() for w in definition.path]
        node = CategoryNode(code=definition.code, leaf=True, position=0, names=names, path=path)
        node.terms, node.source = [], "files"
        db.session.add(node)
        db.session.flush()
    row = CategoryVersion(
        category_code=definition.code,
        no=next(_numbers),
        effective_on=definition.effective_on,
        definition=as_json(definition),
        digest=str(next(_numbers)),
    )
    db.session.add(row)
    db.session.flush()
    return row


def approved_listing(
    items: int = 2, practice: bool = False, company: Any = None, **product: Any
) -> Listing:
    """A listing whose first version is approved, its items on sale, nothing handed over yet.

    *company* are columns of its seller, *product* answers of its product part.
    """
    seller = people.seller(**(company or {}))
    stored = category_version()
    listing = Listing(seller_id=seller.id, category_code=stored.category_code, practice=practice)
    db.session.add(listing)
    db.session.flush()
    picture = Picture(listing_id=listing.id, sha256=f"{next(_numbers):064x}", state="ready")
    picture.facts = {"renditions": [_rendition("card"), _rendition("large")]}
    db.session.add(picture)
    db.session.flush()
    version = new_version(listing, 1, stored.id, _product(picture.id) | product)
    for place in range(items):
        item = Item(listing_id=listing.id, seller_id=seller.id, position=place, sale="on")
        item.sku, item.approved_version_id = f"SKU-{next(_numbers)}", version.id
        db.session.add(item)
        db.session.flush()
        db.session.add(Offer(item_id=item.id, price=12900, list_price=15000))
        db.session.add(Stock(item_id=item.id, count=10))
        content = {"options": {"colour": f"빨강 {place}"}, "gtin": "8806090597145"}
        db.session.add(VersionPart(version_id=version.id, item_id=item.id, content=content))
    db.session.flush()
    db.session.expire_all()
    return listing


def new_version(listing: Listing, no: int, category_version_id: int, product: Any) -> Version:
    """An approved version with its product part."""
    version = Version(
        listing_id=listing.id,
        no=no,
        state="approved",
        rules_as_of=today(),
        submitted_at=database_now(),
        decided_at=database_now(),
        category_version_id=category_version_id,
    )
    db.session.add(version)
    db.session.flush()
    db.session.add(VersionPart(version_id=version.id, content=product))
    db.session.flush()
    return version


def _rendition(name: str) -> dict[str, Any]:
    key = f"{next(_numbers):064x}-{name}.webp"
    return {"name": name, "width": 400, "height": 400, "type": "image/webp", "key": key}


def _product(picture_id: int) -> dict[str, Any]:
    return {
        "name": {"ko": "빨간 머그컵", "en": "Red mug"},
        "brand": "온셸프",
        "attributes": {"volume": {"value": "350", "unit": "ml"}},
        "options": ["colour"],
        "pictures": [picture_id],
        "description": {"ko": "단단합니다."},
        "notice": {"class": "kitchenware", "fields": {"material": "도자기"}},
        "certifications": {"kc": {"held": "yes", "number": "HU07123-19001A"}},
        "shipping": {"method": "parcel", "fee": 3000, "lead_days": 2, "return_fee": "3,000"},
    }


class Receiver:
    """A neighbour system on a port of its own, with effects kept as a real one keeps them.

    `moods` are taken one a request: 'refuse-all', '500', '503', '429', '401', '400', 'slow',
    'drip', 'reset-before', 'reset-after', 'partial', 'forget', 'garbage', 'html',
    'superseded'; with none left it behaves. `effects` counts what had its effect, by key;
    `requests` what came.
    """

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.moods: deque[str] = deque()
        self.poison: set[str] = set()
        self.effects: Counter[str] = Counter()
        self.requests: list[list[dict[str, Any]]] = []
        self.revisions: dict[str, int] = {}
        self.levels: list[dict[str, int]] = []
        # What `/v1/reservations` answers, or how slowly: `reservations_after` seconds.
        # Each is unpaid orders and their pieces, paid orders and theirs.
        self.reserved: dict[int, tuple[int, int, int, int]] = {}
        self.reservations_after = 0.0
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        handler = type("Handler", (_Handler,), {"receiver": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()

    def take(self, delivery: dict[str, Any]) -> dict[str, Any]:
        """Have the effect once; an older revision has none."""
        key, about = delivery["key"], f"{delivery['subject']}:{delivery['subject_id']}"
        answer: dict[str, Any] = {"key": key, "external_id": f"X{delivery['subject_id']}"}
        with self.lock:
            if self.effects[key]:
                return answer | {"outcome": "duplicate"}
            if delivery["subject"] != "stock":
                if self.revisions.get(about, 0) > delivery["revision"]:
                    return answer | {"outcome": "superseded"}
                self.revisions[about] = delivery["revision"]
            self.effects[key] += 1
        answer |= {"outcome": "applied", "url": f"{self.url}/products/X{delivery['subject_id']}"}
        items = delivery["payload"].get("items", [])
        answer["items"] = [
            {"item_id": item["item_id"], "external_id": f"V{item['item_id']}"} for item in items
        ]
        return answer


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        line = call_line("GET", self.path)
        verify([self.receiver.secret], self.headers, b"", call=line)
        if self.path.startswith("/v1/reservations"):
            self._reservations()
        else:
            self._levels()

    def _levels(self) -> None:
        after = int(self.path.partition("after=")[2] or 0)
        page = self.receiver.levels[after : after + 2]
        cursor = after + len(page)
        more = cursor < len(self.receiver.levels)
        self._say(200, {"levels": page, "cursor": str(cursor), "more": more})

    def _reservations(self) -> None:
        self.receiver.stopped.wait(self.receiver.reservations_after)
        asked = [int(part) for part in self.path.partition("items=")[2].split(",")]
        rows = [
            {
                "item_id": number,
                "open_orders": 12480,
                "pieces": 13000,
                "unpaid_orders": found[0],
                "unpaid_pieces": found[1],
                "paid_orders": found[2],
                "paid_pieces": found[3],
            }
            for number in asked[:500]
            if (found := self.receiver.reserved.get(number))
        ]
        self._say(200, {"reservations": rows, "paid_days": 14})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        verify([self.receiver.secret], self.headers, body)
        batch = json.loads(body)["deliveries"]
        self.receiver.requests.append(batch)
        mood = self.receiver.moods.popleft() if self.receiver.moods else ""
        if {one["key"] for one in batch} & self.receiver.poison:
            mood = "500"
        getattr(self, "_" + (mood or "well").replace("-", "_"))(batch)

    def _well(self, batch: list[Any]) -> None:
        self._say(200, {"results": [self.receiver.take(one) for one in batch]})

    def _500(self, batch: list[Any]) -> None:
        self._say(500, {"code": "oops"})

    def _503(self, batch: list[Any]) -> None:
        self._say(503, {}, {"Retry-After": "90"})

    def _401(self, batch: list[Any]) -> None:
        self._say(401, {"code": "bad-signature"})

    def _400(self, batch: list[Any]) -> None:
        self._say(400, {"code": "bad-name", "message": {"ko": "이름이 나쁩니다", "en": "Bad name"}})

    def _429(self, batch: list[Any]) -> None:
        self._say(429, {}, {"Retry-After": "90"})

    def _slow(self, batch: list[Any]) -> None:
        # It has its effect, and says so to nobody who still listens.
        results = [self.receiver.take(one) for one in batch]
        self.receiver.stopped.wait(60)
        self._say(200, {"results": results})

    def _drip(self, batch: list[Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(20):
            self.wfile.write(b" ")
            time.sleep(0.1)

    def _reset_before(self, batch: list[Any]) -> None:
        self._hang_up()

    def _reset_after(self, batch: list[Any]) -> None:
        for one in batch:
            self.receiver.take(one)
        self._hang_up()

    def _partial(self, batch: list[Any]) -> None:
        results = [self.receiver.take(one) for one in batch[::2]]
        results += [{"key": one["key"], "outcome": "retry"} for one in batch[1::2]]
        self._say(200, {"results": results})

    def _forget(self, batch: list[Any]) -> None:
        self._say(200, {"results": [self.receiver.take(one) for one in batch[1:]]})

    def _refuse_all(self, batch: list[Any]) -> None:
        message = {"ko": "받지 않는 브랜드입니다.", "en": "This brand is not accepted."}
        refusal = {"outcome": "refused", "code": "brand", "message": message}
        self._say(200, {"results": [refusal | {"key": one["key"]} for one in batch]})

    def _garbage(self, batch: list[Any]) -> None:
        self._say(200, [{"results": 7}, None])

    def _html(self, batch: list[Any]) -> None:
        self._raw(200, b"<html>well come</html>", {})

    def _say(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        self._raw(status, json.dumps(body).encode(), headers or {})

    def _raw(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        # A reset rather than an end: what a killed process leaves.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.rfile.close()
        self.connection.close()
