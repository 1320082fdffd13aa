"""Stands between Onshelf and one receiver: slows, cuts, refuses, repeats, holds back, reorders.

Before an answer goes on, every key with the outcome that the receiver gave is in the journal, so
what a receiver did is known even where its answer never arrived.
"""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.chaos.journal import Journal

UPSTREAM_SECONDS = 30.0
LONGEST = 100
HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length", "host"})
# Done to so many requests each (astray go those with a price, which may change again soon); `slow`
# and `away` last a time instead.
COUNTED = ("cut", "repeat", "late", "astray", "error")
# Answers after which the receiver knows the key.
LASTING = ("applied", "duplicate", "superseded")

Answer = tuple[int, list[tuple[str, str]], bytes]


class Proxy:
    """The way to one *target*, at `url`; what is to go wrong is asked for by `plan` and `until`."""

    def __init__(self, target: str, port: int, journal: Journal) -> None:
        self.target = target
        self.port = port
        self.journal = journal
        self.poison: frozenset[str] = frozenset()
        self.done: Counter[str] = Counter()
        self._left: Counter[str] = Counter()
        self._until: dict[str, float] = {}
        self._held: list[tuple[str, dict[str, str], bytes]] = []
        # What the receiver has answered: keys, and of each thing the newest revision.
        self._answered: set[str] = set()
        self._newest: dict[str, int] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where Onshelf is to send."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def plan(self, kind: str, requests: int) -> None:
        """Do *kind*, one of COUNTED, to the next *requests*."""
        with self._lock:
            self._left[kind] += requests

    def until(self, kind: str, seconds: float) -> None:
        """Be `slow` or `away` for *seconds* from now."""
        self._until[kind] = time.monotonic() + seconds

    def heal(self) -> None:
        """Nothing goes wrong any more; what was held back is sent now, older than all else."""
        with self._lock:
            self._left.clear()
            self._until.clear()
        self.replay()

    def replay(self) -> int:
        """Send what was held back, after everything that came later; how many requests."""
        with self._lock:
            held, self._held = self._held, []
        for path, headers, body in held:
            self._upstream("POST", path, headers, body, "late")
        return len(held)

    def stop(self) -> None:
        """Close the way."""
        self._server.shutdown()
        self._server.server_close()

    def is_on(self, kind: str) -> bool:
        """Whether a state that lasts a time lasts still."""
        on = self._until.get(kind, 0) > time.monotonic()
        self.done[kind] += on
        return on

    def take(self, kind: str) -> bool:
        """Whether *kind* is to be done to this request; counts it."""
        with self._lock:
            due = self._left[kind] > 0
            self._left[kind] -= due
            self.done[kind] += due
        return due

    def hold(self, path: str, headers: dict[str, str], body: bytes) -> None:
        """Keep a request to be sent later: a copy, or the only one there is."""
        with self._lock:
            self._held.append((path, headers, body))

    def overtaken(self) -> bool:
        """Whether something is held that never arrived, and a newer revision of it did."""
        with self._lock:
            held = {key for _, _, body in self._held for key in keys(body)}
            return any(self._is_overtaken(key) for key in held)

    def _is_overtaken(self, key: str) -> bool:
        about, revision = _parts(key)
        return key not in self._answered and self._newest.get(about, 0) > revision

    def pass_on(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """What upstream answers; 502 where it does not, whose effect is unknown."""
        if self.take("repeat"):
            twin = threading.Thread(
                target=self._upstream, args=(method, path, headers, body, "repeat"), daemon=True
            )
            twin.start()
            answer = self._upstream(method, path, headers, body, "first")
            twin.join(UPSTREAM_SECONDS)
            return answer
        return self._upstream(method, path, headers, body, "first")

    def _upstream(
        self, method: str, path: str, headers: dict[str, str], body: bytes, turn: str
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=UPSTREAM_SECONDS)
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            answer = (response.status, response.getheaders(), response.read())
        except (OSError, http.client.HTTPException) as error:
            answer = (502, [], b"{}")
            self._note(body, turn, 502, str(error))
        else:
            if method == "POST":
                self._note_outcomes(body, turn, answer)
        finally:
            connection.close()
        return answer

    def _note_outcomes(self, body: bytes, turn: str, answer: Answer) -> None:
        if answer[0] != 200:
            self._note(body, turn, answer[0], "")
            return
        results = json.loads(answer[2])["results"]
        told = [[one["key"], one["outcome"]] for one in results]
        self.journal.write(target=self.target, turn=turn, status=200, outcomes=told)
        with self._lock:
            for key, outcome in told:
                self.done["overtaken"] += outcome == "superseded" and self._is_overtaken(key)
            for key in (key for key, outcome in told if outcome in LASTING):
                about, revision = _parts(key)
                self._answered.add(key)
                self._newest[about] = max(self._newest.get(about, 0), revision)

    def _note(self, body: bytes, turn: str, status: int, why: str) -> None:
        if body:
            told = keys(body)
            self.journal.write(target=self.target, turn=turn, status=status, keys=told, why=why)


def keys(body: bytes) -> list[str]:
    """The keys of a request's deliveries."""
    return [one["key"] for one in json.loads(body)["deliveries"]]


def _parts(key: str) -> tuple[str, int]:
    about, _, revision = key.rpartition(":")
    return about, int(revision)


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Headers and body in one piece: two would wait for each other's receipt.
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            """Pages and the stock feed."""
            if proxy.is_on("away"):
                self._hang_up()
                return
            self._answer(proxy.pass_on("GET", self.path, self._given(), b""))

        def do_POST(self) -> None:
            """Deliveries: where things go wrong."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if proxy.is_on("away"):
                self._hang_up()
                return
            if proxy.is_on("slow"):
                time.sleep(1.5)
            if not body or proxy.take("error"):
                self._answer((503, [("Retry-After", "1")], b"{}"))
                return
            if proxy.poison and proxy.poison.intersection(keys(body)):
                self._poisoned(keys(body))
                return
            headers = self._given()
            if any(key.startswith("offer:") for key in keys(body)) and proxy.take("astray"):
                proxy.hold(self.path, headers, body)
                self._hang_up()
                return
            if proxy.take("late"):
                proxy.hold(self.path, headers, body)
            answer = proxy.pass_on("POST", self.path, headers, body)
            if proxy.take("cut"):
                self._hang_up()
                return
            self._answer(answer)

        def _poisoned(self, told: Iterable[str]) -> None:
            found = sorted(proxy.poison.intersection(told))
            proxy.journal.write(target=proxy.target, turn="poison", status=422, keys=found)
            self._answer((422, [("Content-Type", "application/json")], b'{"code": "poison"}'))

        def _given(self) -> dict[str, str]:
            return {k: v for k, v in self.headers.items() if k.lower() not in HOP}

        def _answer(self, answer: Answer) -> None:
            status, headers, body = answer
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
                self.wfile.flush()
            except OSError:
                # Whoever asked has been killed meanwhile.
                self.close_connection = True

        def _hang_up(self) -> None:
            self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the journal says it better."""

    return Handler
