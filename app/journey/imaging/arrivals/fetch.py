"""One file from a web address, written to where it is wanted. No name is resolved twice.

The connection goes to the IP address that was checked, not to the name, so that a name that
leads elsewhere a moment later (DNS rebinding) has no say; the name is only in the request and in
the certificate. Redirects are followed here, each address judged like the first.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urljoin

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    SSLError,
)

from app.core.storage import Incoming
from app.journey.imaging.arrivals.address import PUBLIC, Network, Place, addresses_of, place_of
from app.journey.imaging.arrivals.refusals import Unfit
from app.journey.imaging.checks.size import amount
from app.settings import settings

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
# Over redirects, heads and bodies together: who drips a byte at a time is not waited for.
TOTAL_SECONDS = 20.0
MOST_REDIRECTS = 5
MOST_ADDRESSES = 3
BLOCK = 1 << 16
HEADERS = {"User-Agent": "onshelf-pictures/1", "Accept": "image/*", "Accept-Encoding": "identity"}
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429)
# The last one is in force. No setting adds to it.
_networks = [PUBLIC]


@contextlib.contextmanager
def through(network: Network) -> Iterator[None]:
    """Fetch through *network* meanwhile: a test's own server. Anywhere else: RuntimeError."""
    if settings().onshelf_env != "test":
        raise RuntimeError("only tests reach what is not public")
    _networks.append(network)
    try:
        yield
    finally:
        _networks.remove(network)


def reachable() -> Network:
    """What is fetched from: the public internet."""
    return _networks[-1]


def fetch(address: str, into: Incoming, most: int, seconds: float = TOTAL_SECONDS) -> str:
    """Write what *address* answers with to *into*, *most* bytes at most; its file name.

    Raises `Unfit` with the reason; OSError where *into* does.
    """
    network, deadline = reachable(), time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        place = place_of(address, network.ports)
        with _answer(place, network, deadline, seconds) as response:
            if response.status in _REDIRECTS and response.headers.get("Location"):
                address = urljoin(place.url, response.headers["Location"])
                continue
            if response.status != 200:
                again = response.status >= 500 or response.status in _PASSING
                raise Unfit("address-status", again, host=place.host, status=str(response.status))
            _pour(response, into, most, deadline)
            return place.file_name
    raise Unfit("address-redirects", limit=MOST_REDIRECTS)


class _Checked:
    """A connection that looks at whom it has reached, and that ends when its time is over."""

    sock: Any

    def __init__(
        self, *args: Any, place: Place, network: Network, deadline: float, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._place = place
        self._network = network
        self._deadline = deadline
        self._timer: threading.Timer | None = None

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        sock = self.sock
        if not self._network.is_open(sock.getpeername()[0]):
            raise Unfit("address-not-public", host=self._place.host)
        left = max(0.0, self._deadline - time.monotonic())
        self._timer = threading.Timer(left, _end, (sock,))
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().close()  # type: ignore[misc]


def _end(sock: Any) -> None:
    # The plain socket's own: whoever waits in the secure one's read wakes up there.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _Connection(_Checked, HTTPConnection):
    pass


class _SecureConnection(_Checked, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


@contextlib.contextmanager
def _answer(place: Place, network: Network, deadline: float, seconds: float) -> Iterator[Any]:
    """The answer's head, its body yet to be read. What goes wrong meanwhile is `Unfit`."""
    try:
        with contextlib.ExitStack() as stack:
            yield stack.enter_context(_opened(place, network, deadline))
            if time.monotonic() > deadline:
                raise Unfit("address-slow", again=True, host=place.host, seconds=round(seconds))
    except (HTTPError, ValueError, _Broken) as error:
        code, again = _cause(error, deadline)
        raise Unfit(code, again, host=place.host, seconds=round(seconds)) from error


class _Broken(Exception):
    """The line broke while the body came."""


@contextlib.contextmanager
def _opened(place: Place, network: Network, deadline: float) -> Iterator[Any]:
    failure: Exception = _Broken()
    for address in addresses_of(place, network)[:MOST_ADDRESSES]:
        with contextlib.closing(_pool(place, address, network, deadline)) as pool:
            try:
                response = _asked(pool, place)
            except (NewConnectionError, ConnectTimeoutError) as error:
                failure = error
                continue
            try:
                yield response
            finally:
                response.close()
            return
    raise failure


def _asked(pool: HTTPConnectionPool, place: Place) -> Any:
    return pool.urlopen(
        "GET",
        quote(place.target, safe="/?:@!$&'()*+,;=%-._~[]"),
        headers=HEADERS | {"Host": _host_header(place)},
        retries=False,
        redirect=False,
        preload_content=False,
        decode_content=False,
        timeout=Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
    )


def _host_header(place: Place) -> str:
    host = f"[{place.host}]" if ":" in place.host else place.host
    return host if place.port in (80, 443) else f"{host}:{place.port}"


def _pool(place: Place, address: str, network: Network, deadline: float) -> HTTPConnectionPool:
    own: dict[str, Any] = {"place": place, "network": network, "deadline": deadline}
    if place.scheme == "http":
        return _Pool(address, place.port, maxsize=1, **own)
    return _SecurePool(
        address,
        place.port,
        maxsize=1,
        cert_reqs="CERT_REQUIRED",
        server_hostname=place.host,
        assert_hostname=place.host,
        **own,
    )


def _pour(response: Any, into: Incoming, most: int, deadline: float) -> None:
    """The body, as it comes: one read of the line at a time, so that the clock is looked at."""
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > most:
        raise _too_large(most)
    while True:
        try:
            piece = response.read1(BLOCK)
        except OSError as error:
            raise _Broken from error
        if not piece or time.monotonic() > deadline:
            return
        into.write(piece)
        if into.size > most:
            raise _too_large(most)


def _too_large(most: int) -> Unfit:
    return Unfit("address-too-large", limit=amount(most))


def _cause(error: Exception, deadline: float) -> tuple[str, bool]:
    """The code of what went wrong, and whether it may pass."""
    inner = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(inner, SSLError):
        return "address-certificate", False
    if "ReadTimeout" in type(inner).__name__ or time.monotonic() > deadline:
        return "address-slow", True
    if isinstance(inner, NewConnectionError | ConnectTimeoutError):
        return "address-unreachable", True
    return "address-cut-off", True
