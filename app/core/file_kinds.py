"""What kind of file some bytes begin; names and declared types are ignored.

Sources: ITU T.81 B.1 (JPEG), PNG 3rd ed. 5, the WebP container specification, ISO 32000-1 7.5.2
(PDF), ISO/IEC 14496-12 (brands of HEIF and AVIF).
"""

# So many first bytes are enough to tell.
HEAD = 1024

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"%PDF-", "PDF"),
    (b"%!PS", "EPS"),
    (b"8BPS", "PSD"),
    (b"BM", "BMP"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"PK\x03\x04", "ZIP"),
    # One with nothing in it.
    (b"PK\x05\x06", "ZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1aE\xdf\xa3", "video"),
)
_BRANDS = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"hevc": "HEIC",
    b"hevx": "HEIC",
    b"mif1": "HEIC",
    b"msf1": "HEIC",
}
_TEXTS = ((b"<svg", "SVG"), (b"<!doctype html", "HTML"), (b"<html", "HTML"), (b"<script", "HTML"))


def kind_of(head: bytes) -> str:
    """The format's name by its first bytes (`HEAD` are enough), or '' where they say nothing."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF":
        return "WebP" if head[8:12] == b"WEBP" else ""
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video")
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    text = head.lower().replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text.startswith(b"<"):
        return ""
    return next((kind for mark, kind in _TEXTS if mark in text), "XML")
