"""What kind of file some bytes begin."""

import pytest

from app.core.file_kinds import kind_of

KINDS = {
    b"\xff\xd8\xff\xe0": "JPEG",
    b"GIF89a\x01\x00": "GIF",
    b"II*\x00\x08": "TIFF",
    b"%PDF-1.7": "PDF",
    b"\x00\x00\x00\x18ftypheic": "HEIC",
    b"\x00\x00\x00\x1cftypavif": "AVIF",
    b"\x00\x00\x00\x18ftypmp42": "video",
    b"\xff\x0a\xfa": "JPEG XL",
    b"<svg xmlns=": "SVG",
    b'\xef\xbb\xbf\n<?xml version="1.0"?><!-- a --><svg>': "SVG",
    b"  <!DOCTYPE html><html>": "HTML",
    b"<html><body>": "HTML",
    b"PK\x03\x04": "ZIP",
    b"hello": "",
    b"": "",
}


@pytest.mark.parametrize(("head", "kind"), KINDS.items())
def test_kinds_by_their_first_bytes(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind
