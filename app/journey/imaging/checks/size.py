"""The file's size in bytes. Limit: `PICTURE_MAX_BYTES`."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def megabytes(size: int) -> str:
    """Bytes as people read them, with one decimal: 20971520 is '20.0'."""
    return f"{size / 1024 / 1024:.1f}"


def read(measured: Measured, limits: Limits) -> Reading:
    """Bytes against the limit."""
    return Reading(
        measured.size <= limits.max_bytes,
        {"megabytes": megabytes(measured.size), "limit": megabytes(limits.max_bytes)},
    )


CHECK = Check(
    code="picture-file-too-large",
    order=20,
    unsafe=True,
    message=Words(
        "{megabytes}MB입니다. {limit}MB까지 올릴 수 있습니다.",
        "{megabytes} MB; up to {limit} MB fit.",
    ),
    remedy=Words(
        "JPEG 품질을 낮추거나 크기를 줄여 저장한 뒤 올리세요.",
        "Save it smaller, or as a JPEG of lower quality, and upload that.",
    ),
    read=read,
    fits=Measured("JPEG", 20 * 1024 * 1024),
    fails=Measured("JPEG", 20 * 1024 * 1024 + 1),
    label=Words("파일 크기", "File size"),
    measured=Words("{megabytes}MB", "{megabytes} MB"),
    rule=Words("{limit}MB 이하", "at most {limit} MB"),
)
