"""The proxy reorders: the only copy of an older revision arrives after the newer one."""

import http.client
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.journal import Journal, read
from tests.chaos.proxy import Proxy

OLDER, NEWER = "offer:7:2", "offer:7:3"


class Receiver(BaseHTTPRequestHandler):
    """Answers as a receiver does, and keeps the keys in the order in which they came."""

    came: list[str]

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["deliveries"]
        results = [{"key": one["key"], "outcome": self.outcome(one["key"])} for one in sent]
        body = json.dumps({"results": results}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def outcome(self, key: str) -> str:
        newest = max(self.came, default="")
        known = key in self.came
        self.came.append(key)
        return "duplicate" if known else "superseded" if key < newest else "applied"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def receiver() -> Iterator[ThreadingHTTPServer]:
    kind = type("Fresh", (Receiver,), {"came": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(receiver: ThreadingHTTPServer, tmp_path: Path) -> Iterator[Proxy]:
    made = Proxy("orders", receiver.server_address[1], Journal(tmp_path / "wire"))
    yield made
    made.stop()


def send(proxy: Proxy, key: str) -> str:
    """What the sender hears: an outcome, or nothing."""
    way = http.client.HTTPConnection(proxy.url.removeprefix("http://"), timeout=30)
    try:
        way.request("POST", "/v1/deliveries", json.dumps({"deliveries": [{"key": key}]}))
        return str(json.loads(way.getresponse().read())["results"][0]["outcome"])
    except http.client.RemoteDisconnected:
        return "nothing"
    finally:
        way.close()


def test_what_went_astray_comes_for_the_first_time_after_something_newer(proxy, receiver, tmp_path):
    proxy.plan("astray", 1)
    assert send(proxy, OLDER) == "nothing"
    assert not proxy.overtaken()
    assert send(proxy, NEWER) == "applied"
    assert proxy.overtaken()
    assert receiver.RequestHandlerClass.came == [NEWER]
    proxy.replay()
    assert receiver.RequestHandlerClass.came == [NEWER, OLDER]
    assert read(tmp_path / "wire")[-1]["outcomes"] == [[OLDER, "superseded"]]
    assert proxy.done["overtaken"] == 1


def test_a_copy_that_comes_later_is_a_repeat_and_overtaken_by_nothing(proxy, receiver):
    proxy.plan("late", 1)
    assert send(proxy, OLDER) == "applied"
    assert send(proxy, NEWER) == "applied"
    proxy.replay()
    assert receiver.RequestHandlerClass.came == [OLDER, NEWER, OLDER]
    assert proxy.done["overtaken"] == 0
