"""Which web addresses are opened at all, and which IP addresses are anybody's to reach."""

import socket

import pytest

from app.journey.imaging.arrivals.address import PUBLIC, Network, addresses_of, is_public, place_of
from app.journey.imaging.arrivals.refusals import REASONS, Unfit, sentence
from tests.unit.words import assert_both_languages

NOT_PUBLIC = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.8.8",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1",
    "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
)  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::6810:1"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "address-malformed"),
        ("front.jpg", "address-malformed"),
        ("http://", "address-malformed"),
        ("http://a b/", "address-malformed"),
        ("http://a\r\nHost: b/", "address-malformed"),
        ("http://a\\@b/", "address-malformed"),
        ("http://[::1/", "address-malformed"),
        ("http://a:99999/", "address-malformed"),
        ("http://" + "a" * 2000, "address-malformed"),
        ("http://" + "a" * 70 + "가.kr/", "address-malformed"),
        ("file:///etc/passwd", "address-scheme"),
        ("ftp://a.example/b.jpg", "address-scheme"),
        ("javascript:alert(1)", "address-scheme"),
        ("http://me:secret@a.example/", "address-credentials"),
        ("http://a.example:22/", "address-port"),
        ("https://a.example:8443/", "address-port"),
    ],
)
def test_not_opened(address: str, code: str) -> None:
    with pytest.raises(Unfit) as refused:
        place_of(address)
    assert refused.value.code == code
    assert refused.value.said.ko


def test_an_address_is_taken_apart() -> None:
    place = place_of(" https://사진.example/상품%201/앞.jpg?w=1#top ")
    assert (place.scheme, place.host, place.port) == ("https", "xn--vf4bi0o.example", 443)
    assert place.target == "/상품%201/앞.jpg?w=1" and place.file_name == "앞.jpg"


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "127.1", "[::ffff:7f00:1]", "１２７.0.0.1"]
)
def test_loopback_in_disguise(host: str) -> None:
    with pytest.raises(Unfit) as refused:
        addresses_of(place_of(f"http://{host}/"), PUBLIC)
    assert refused.value.code == "address-not-public"


def test_one_address_among_others_that_is_not_public_is_enough() -> None:
    network = Network(lambda host, port: ["8.8.8.8", "10.0.0.1"], is_public)
    with pytest.raises(Unfit):
        addresses_of(place_of("http://a.example/"), network)


@pytest.mark.parametrize(
    ("number", "again"), [(socket.EAI_NONAME, False), (socket.EAI_AGAIN, True)]
)
def test_a_server_that_is_not_found(number: int, again: bool) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(number, "no")

    with pytest.raises(Unfit) as refused:
        addresses_of(place_of("http://a.example/"), Network(resolve, is_public))
    assert (refused.value.code, refused.value.again) == ("address-unknown-host", again)


PLACES = {
    "limit": "20", "count": "3", "size": "21 MB", "value": "ftp", "host": "a.example",
    "seconds": "30", "status": "404",
}  # fmt: skip


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_reads_in_both_languages(code: str) -> None:
    assert_both_languages(sentence(code, **PLACES))
