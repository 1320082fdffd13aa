"""A server somewhere on the internet, played on loopback, and the network that leads to it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.journey.imaging.arrivals.address import Network, is_public, resolve

# Its name, to which the test's network alone has an address.
HOST = "pictures.test"


class Elsewhere:
    """Answers by path with what `pages` says: status, headers, body. Notes who asked for what.

    A page that is None answers a byte now and then, for ever: `/silent` within its head.
    """

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes] | None] = {}
        self.asked: list[tuple[str, str]] = []
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
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\nX: ")
        if handler.path != "/silent":
            handler.wfile.write(b"\r\n\r\n\xff\xd8\xff")
        while not self.stopped.wait(0.05):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return

    def stop(self) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()
