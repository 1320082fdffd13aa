"""The shorter side in pixels: below it, a picture cannot be looked at closely.

Limit: the category's, else `PICTURE_MIN_SIDE` (500 at Coupang and at Amazon).
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def read(measured: Measured, limits: Limits) -> Reading | None:
    """The shorter side against the limit."""
    if measured.sides is None:
        return None
    shortest = measured.sides[0]
    return Reading(shortest >= limits.min_side, {"side": shortest, "limit": limits.min_side})


CHECK = Check(
    code="picture-side-too-short",
    order=80,
    unsafe=False,
    message=Words(
        "짧은 변이 {side}px입니다. {limit}px 이상이어야 합니다.",
        "The shorter side is {side} px; it needs {limit} px.",
    ),
    remedy=Words(
        "확대하지 않은, 더 큰 원본을 올리세요.", "Upload a larger original, not an enlarged one."
    ),
    read=read,
    fits=Measured("PNG", 1, 500, 800),
    fails=Measured("PNG", 1, 480, 800),
    label=Words("짧은 변", "Shorter side"),
    measured=Words("{side}px", "{side} px"),
    rule=Words("{limit}px 이상", "at least {limit} px"),
)
