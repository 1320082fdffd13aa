"""A file without a byte: a broken copy, or a picture still in the cloud."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def read(measured: Measured, limits: Limits) -> Reading:
    """Whether there is anything in it."""
    return Reading(measured.size > 0, {})


CHECK = Check(
    code="picture-empty",
    order=10,
    unsafe=True,
    message=Words("빈 파일(0바이트)입니다.", "The file is empty (0 bytes)."),
    remedy=Words(
        "기기에서 파일이 열리는지 확인하고 다시 올리세요.",
        "Check that it opens on your device, then upload it again.",
    ),
    read=read,
    fits=Measured("JPEG", 1),
    fails=Measured("", 0),
)
