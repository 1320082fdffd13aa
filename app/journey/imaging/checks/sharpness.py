"""How sharp the picture is: one that was enlarged, shaken or out of focus sells nothing.

Our own scale of 0 to 100: how much of the change between pixels a blur would take away. Clear
photographs read 55 to 80, one enlarged to four times its size 35, a blurred one below 30.
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading, held
from app.journey.imaging.measured import Asked, Limits, Measured

USUAL = Asked("advice", least=40)


def read(measured: Measured, limits: Limits) -> Reading | None:
    """Sharpness of 0 to 100 against the least."""
    return held(measured.look.get("sharpness"), limits.asked("sharpness", USUAL))


CHECK = Check(
    code="picture-blurred",
    order=84,
    unsafe=False,
    message=Words(
        "선명도가 100 가운데 {value}입니다. {least} 이상이 좋습니다.",
        "Sharpness is {value} of 100; {least} or more is better.",
    ),
    remedy=Words(
        "확대하지 않고 초점이 맞은 원본을 올리세요.",
        "Upload an original that is in focus and was not enlarged.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800, look={"sharpness": 70}),
    fails=Measured("JPEG", 1, 800, 800, look={"sharpness": 20}),
    label=Words("선명도", "Sharpness"),
    measured=Words("{value}", "{value}"),
    rule=Words("{least} 이상", "at least {least}"),
    first_only=False,
    source="Google Merchant 6324350; Onshelf",
)
