"""Whether parts of the picture are transparent: every size of it is made on white.

JPEG has no transparency, so one of the sizes cannot keep it, and no two should look different.
Whether the white that becomes of it is meant, the seller says by flattening it.
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading, held
from app.journey.imaging.measured import Asked, Limits, Measured

USUAL = Asked("advice", most=0)


def read(measured: Measured, limits: Limits) -> Reading | None:
    """The part that lets through what lies behind, in percent, against the most."""
    return held(measured.look.get("transparency"), limits.asked("transparency", USUAL))


CHECK = Check(
    code="picture-transparent",
    order=89,
    unsafe=False,
    message=Words(
        "사진의 {value}%가 투명합니다. 그 자리는 흰색으로 보입니다.",
        "{value}% of the picture is transparent; that part is shown white.",
    ),
    remedy=Words(
        "흰색이 맞으면 흰 바탕에 합치고, 아니면 배경이 있는 사진을 올리세요.",
        "If white is right, flatten it; if not, upload a picture with a background.",
    ),
    read=read,
    fits=Measured("PNG", 1, 800, 800, look={"transparency": 0}),
    fails=Measured("PNG", 1, 800, 800, look={"transparency": 40}),
    label=Words("투명한 부분", "Transparent"),
    measured=Words("{value}%", "{value}%"),
    rule=Words("{most}% 이하", "at most {most}%"),
    source="ITU T.81: JPEG has no transparency",
    mends=("flatten",),
)
