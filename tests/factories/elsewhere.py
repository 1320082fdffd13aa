"""A server somewhere on the internet, played on loopback, and the network that leads to it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.journey.imaging.arrivals.address import Network, is_public, resolve

# Its name, to which the test's network alone has an address.
HOST = "pictures.test"


class Elsewhere:
    """Answers by path with what `pages` says: status, headers, body. Notes who asked for what.

    A page that is None answers a byte now and then, `drops` of them: `/silent` within its head,
    `/lengths` within the length of a chunk. `dripped` counts those that somebody still took.
    """

    drops = 1_000_000

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes] | None] = {}
        self.asked: list[tuple[str, str]] = []
        self.dripped = 0
        self.stopped = threading.Event()
        play = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                play.asked.append((self.headers["Host"], self.path))
                answer = play.pages.get(self.path, (404, {}, b"none"))
                if answer is None:
                    play.drip(self)
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        # Who is hung up on has nothing to say about it.
        self.server.handle_error = lambda *_: None
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def url(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    def network(self, **names: list[str]) -> Network:
        """The public one, its own name and loopback address besides; *names* resolve as said."""

        def look_up(host: str, port: int) -> list[str]:
            known = {HOST: ["127.0.0.1"], **{n.replace("_", "."): a for n, a in names.items()}}
            return known[host] if host in known else resolve(host, port)

        return Network(
            look_up,
            lambda ip: ip == "127.0.0.1" or is_public(ip),
            frozenset((80, 443, self.port)),
        )

    def drip(self, handler: Any) -> None:
        begun = {
            "/silent": b"Content-Length: 0\r\nX: ",
            "/lengths": b"Transfer-Encoding: chunked\r\n\r\n1;",
        }
        body = b"Content-Length: %d\r\n\r\n" % self.drops
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + begun.get(handler.path, body))
        for _ in range(self.drops):
            if self.stopped.wait(0.05):
                return
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            self.dripped += 1
        ends = {"/silent": b"\r\n\r\n", "/lengths": b"\r\nx\r\n0\r\n\r\n"}
        handler.wfile.write(ends.get(handler.path, b""))

    def stop(self) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()
