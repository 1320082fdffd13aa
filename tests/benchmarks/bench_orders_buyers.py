"""The buyers of `bench_orders`: signed orders over kept connections, as many at a time as those.

One thread and prepared bytes: the machine's cores are for those who are measured.
"""

import json
import random
import selectors
import socket
import time
import uuid
from collections import Counter
from collections.abc import Iterator

from app.core.signing import call_line, signed_headers

CONNECTIONS = 16


def requests(secret: str, items: int, many: int) -> Iterator[bytes]:
    """So *many* orders of one piece of one of the first so many *items*, each under its own key."""
    for _ in range(many):
        line = {"item_id": random.randint(1, items), "quantity": 1, "price": 12900}
        body, key = json.dumps({"lines": [line]}).encode(), uuid.uuid4().hex
        headers = signed_headers(secret, body, call=call_line("POST", "/v1/orders", key))
        headers |= {
            "Host": "127.0.0.1",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Idempotency-Key": key,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        yield f"POST /v1/orders HTTP/1.1\r\n{head}\r\n".encode() + body


def buy(port: int, wanted: list[bytes], seconds: float) -> tuple[float, Counter[int]]:
    """Orders a second while *wanted* lasts and so many *seconds*, and the answers by status."""
    waiting = iter(wanted)
    answers: Counter[int] = Counter()
    with selectors.DefaultSelector() as selector:
        lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
        begun = time.monotonic()
        for line in lines:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.sendall(next(waiting))
            selector.register(line, selectors.EVENT_READ, bytearray())
        while selector.get_map():
            for key, _ in selector.select(timeout=30):
                line, read = key.fileobj, key.data
                assert isinstance(line, socket.socket)
                read += line.recv(65536)
                status = _status(read)
                if status is None:
                    continue
                answers[status] += 1
                read.clear()
                again = next(waiting, None) if time.monotonic() - begun < seconds else None
                if again is None:
                    selector.unregister(line)
                    line.close()
                else:
                    line.sendall(again)
        passed = time.monotonic() - begun
    return answers[201] / passed, answers


def _status(read: bytearray) -> int | None:
    """Of an answer that is there whole."""
    head, found, body = bytes(read).partition(b"\r\n\r\n")
    assert read, "the order system closed the connection"
    if not found:
        return None
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n", 1)[0])
    return int(head.split(b" ", 2)[1]) if len(body) >= length else None
