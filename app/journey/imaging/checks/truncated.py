"""A file that ends before its picture does: an upload or a copy that was broken off."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def read(measured: Measured, limits: Limits) -> Reading:
    """Whether decoding ended otherwise."""
    return Reading(measured.fault != "truncated", {})


CHECK = Check(
    code="picture-truncated",
    order=70,
    unsafe=True,
    message=Words(
        "파일이 중간에서 끊겼습니다.",
        "The file ends before the picture does.",
    ),
    remedy=Words(
        "원본이 끝까지 열리는지 확인하고 다시 올리세요.",
        "Check that the original opens to its last line, then upload it again.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800),
    fails=Measured("JPEG", 1, 800, 800, fault="truncated"),
)
