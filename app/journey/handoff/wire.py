"""One keep-alive pool for all targets, and a deadline over the whole of each exchange."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

CONNECT_SECONDS = 2.0
READ_SECONDS = 10.0
# Over head and body together: a target that drips a byte at a time is not waited for.
TOTAL_SECONDS = 20.0
MOST_BYTES = 4 * 1024 * 1024


class NoAnswerError(Exception):
    """No usable answer: whether the request had its effect is unknown. `code` is a cause."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Response:
    """Status, headers (any case) and the whole body."""

    status: int
    headers: Any
    body: bytes


class _Hurry:
    """Ends the socket when the answer, head and body, is not there in time.

    The clock goes on while the body is read, however it comes: whoever reads it stops the clock.
    """

    sock: Any

    def getresponse(self) -> Any:
        clock = threading.Timer(TOTAL_SECONDS, _end, (self.sock,))
        clock.daemon = True
        clock.start()
        try:
            response = super().getresponse()  # type: ignore[misc]
        except BaseException:
            clock.cancel()
            raise
        response.clock = clock
        return response


def _end(sock: Any) -> None:
    # The plain socket's own shutdown: closing wakes nobody who is waiting in a read.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _Connection(_Hurry, HTTPConnection):
    pass


class _SecureConnection(_Hurry, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


@lru_cache
def _pools() -> PoolManager:
    pools = PoolManager(num_pools=8, maxsize=4, retries=False)
    pools.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
    return pools


def exchange(
    method: str,
    url: str,
    headers: dict[str, str],
    body: bytes | None,
    seconds: float | None = None,
) -> Response:
    """Send one request and read its answer whole. Raises `NoAnswerError`; follows no redirect.

    *seconds* to wait for a word, where somebody looks at a page meanwhile.
    """
    started = time.monotonic()
    try:
        response = _pools().urlopen(
            method,
            url,
            body=body,
            headers=headers,
            redirect=False,
            preload_content=False,
            timeout=Timeout(connect=seconds or CONNECT_SECONDS, read=seconds or READ_SECONDS),
        )
        answer = Response(response.status, response.headers, _whole(response))
        if time.monotonic() - started > TOTAL_SECONDS:
            # A head that is cut off reads like one that has ended.
            raise NoAnswerError("too-slow")
        return answer
    except (HTTPError, OSError, ValueError) as error:
        raise NoAnswerError(_cause(error, time.monotonic() - started)) from error


def _whole(response: Any) -> bytes:
    read: list[bytes] = []
    size = 0
    try:
        for piece in response.stream(65536):
            read.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                response.close()
                raise NoAnswerError("unreadable")
    finally:
        response.clock.cancel()
    response.release_conn()
    return b"".join(read)


def _cause(error: Exception, seconds: float) -> str:
    name = type(error).__name__
    if "ReadTimeout" in name or seconds > TOTAL_SECONDS:
        return "too-slow"
    if "NewConnection" in name or "ConnectTimeout" in name or "NameResolution" in name:
        return "no-answer"
    return "cut-off"
