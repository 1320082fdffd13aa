"""The longer side in pixels. Limit: `PICTURE_MAX_SIDE` (Amazon's is 10,000 too)."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def read(measured: Measured, limits: Limits) -> Reading | None:
    """The longer side against the limit."""
    if measured.sides is None:
        return None
    longest = measured.sides[1]
    return Reading(longest <= limits.max_side, {"side": longest, "limit": limits.max_side})


CHECK = Check(
    code="picture-side-too-long",
    order=50,
    unsafe=True,
    message=Words(
        "긴 변이 {side}px입니다. {limit}px까지 올릴 수 있습니다.",
        "The longer side is {side} px; up to {limit} px fit.",
    ),
    remedy=Words("줄여서 저장한 뒤 올리세요.", "Save it smaller and upload that."),
    read=read,
    fits=Measured("PNG", 1, 500, 10_000),
    fails=Measured("PNG", 1, 10_001, 500),
    label=Words("긴 변", "Longer side"),
    measured=Words("{side}px", "{side} px"),
    rule=Words("{limit}px 이하", "at most {limit} px"),
)
