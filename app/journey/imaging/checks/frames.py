"""One frame: a product picture does not move. Animations are refused before decoding (bombs)."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def read(measured: Measured, limits: Limits) -> Reading:
    """The number of frames against one."""
    return Reading(measured.frames <= 1, {"frames": measured.frames})


CHECK = Check(
    code="picture-animated",
    order=40,
    unsafe=True,
    message=Words("움직이는 사진({frames}장면)입니다.", "It is an animation of {frames} frames."),
    remedy=Words("한 장면만 저장해 올리세요.", "Save a single frame and upload that."),
    read=read,
    fits=Measured("WebP", 1, 800, 800),
    fails=Measured("WebP", 1, 800, 800, frames=10),
)
