"""A file that decoding ran out of time or memory on, however small it looks."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def read(measured: Measured, limits: Limits) -> Reading:
    """Whether decoding ended otherwise."""
    return Reading(measured.fault != "too-heavy", {})


CHECK = Check(
    code="picture-too-heavy",
    order=72,
    unsafe=True,
    message=Words(
        "여는 데 시간이나 메모리가 지나치게 많이 듭니다.",
        "Opening it takes too much time or memory.",
    ),
    remedy=Words(
        "일반 JPEG로 다시 저장해 올리세요.",
        "Save it anew as a plain JPEG and upload that.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800),
    fails=Measured("JPEG", 1, 800, 800, fault="too-heavy"),
)
