"""Web addresses that may be opened: what is written in them, and where they lead.

Sources: the IANA registries of special-purpose IPv4 and IPv6 addresses (RFC 6890 and later),
RFC 6598 (carrier-grade NAT), RFC 5771 (multicast), RFC 4291 (IPv6).
"""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import unquote, urlsplit

from app.journey.imaging.arrivals.refusals import Unfit

MOST_CHARACTERS = 2000
RESOLVE_SECONDS = 5.0
PORTS = {"http": 80, "https": 443}

_CLOSED_4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Everything outside is local, mapped from IPv4, translated or multicast.
_GLOBAL_6 = IPv6Network("2000::/3")
# Protocol assignments with Teredo, documentation twice, 6to4: those carry IPv4 addresses within.
_CLOSED_6 = tuple(
    ip_network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


@dataclass(frozen=True)
class Place:
    """One address, taken apart: `target` is path and query, `host` as DNS knows it."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        """Put together again, for what is relative to it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.target}"

    @property
    def file_name(self) -> str:
        """The last part of its path, '' where there is none."""
        return unquote(urlsplit(self.target).path.rpartition("/")[2])


@dataclass(frozen=True)
class Network:
    """What may be reached: names to addresses, which addresses, which ports."""

    resolve: Callable[[str, int], list[str]]
    is_open: Callable[[str], bool]
    ports: frozenset[int] = frozenset(PORTS.values())


def is_public(address: str) -> bool:
    """Whether an IP address (text) is one of the public internet, for one receiver."""
    ip = ip_address(address.partition("%")[0])
    if ip.version == 4:
        return not any(ip in closed for closed in _CLOSED_4)
    return ip in _GLOBAL_6 and not any(ip in closed for closed in _CLOSED_6)


def resolve(host: str, port: int) -> list[str]:
    """Every IP address of *host*, in the order in which to try them. OSError as of `socket`.

    The system's resolver knows no limit of time: one that is slow is left to itself.
    """
    told: list[list[str] | Exception] = []

    def look() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            told.append(list(dict.fromkeys(str(each[4][0]) for each in found)))
        except (OSError, UnicodeError) as error:
            told.append(error)

    asking = threading.Thread(target=look, daemon=True)
    asking.start()
    asking.join(RESOLVE_SECONDS)
    answer = told[0] if told else socket.gaierror(socket.EAI_AGAIN, "no answer in time")
    if isinstance(answer, Exception):
        raise answer
    return answer


PUBLIC = Network(resolve, is_public)


def place_of(address: str, ports: frozenset[int] = PUBLIC.ports) -> Place:
    """*address* taken apart. Raises `Unfit`: nothing of it is guessed or mended."""
    text = address.strip()
    if not text.isprintable() or " " in text or "\\" in text or len(text) > MOST_CHARACTERS:
        raise Unfit("address-malformed")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Unfit("address-malformed") from None
    if parts.scheme not in PORTS:
        code = "address-scheme" if parts.scheme and ":" in text else "address-malformed"
        raise Unfit(code, value=parts.scheme[:40])
    if parts.username is not None or parts.password is not None:
        raise Unfit("address-credentials")
    port = PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise Unfit("address-port", value=str(port))
    query = f"?{parts.query}" if parts.query else ""
    return Place(parts.scheme, _host(parts.hostname), port, f"{parts.path or '/'}{query}")


def addresses_of(place: Place, network: Network) -> list[str]:
    """The IP addresses to connect to, each of them allowed. Raises `Unfit`."""
    try:
        found = network.resolve(place.host, place.port)
    except socket.gaierror as error:
        later = error.errno == socket.EAI_AGAIN
        raise Unfit("address-unknown-host", again=later, host=place.host) from error
    except (OSError, UnicodeError) as error:
        raise Unfit("address-unknown-host", host=place.host) from error
    # One that leads elsewhere among others that do not is no accident: none of them is tried.
    if not found or not all(network.is_open(each) for each in found):
        raise Unfit("address-not-public", host=place.host)
    return found


def _host(host: str | None) -> str:
    if not host:
        raise Unfit("address-malformed")
    if ":" in host:
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise Unfit("address-malformed") from None
