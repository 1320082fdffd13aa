"""How white the border of the representative picture is: in lists, goods stand on one ground.

Goods may touch the border, so not all of it need be white. Coupang's policy of May 2025 and Amazon
ask for pure white; what is off it is shown less.
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading, held
from app.journey.imaging.measured import Asked, Limits, Measured

USUAL = Asked("limits", least=75)


def read(measured: Measured, limits: Limits) -> Reading | None:
    """The white part of the border, in percent, against the least."""
    return held(measured.look.get("whiteness"), limits.asked("whiteness", USUAL))


CHECK = Check(
    code="picture-ground",
    order=82,
    unsafe=False,
    message=Words(
        "가장자리의 {value}%만 흰색입니다. {least}% 이상이어야 합니다.",
        "{value}% of the border is white; it needs {least}%.",
    ),
    remedy=Words(
        "흰 배경의 사진을 대표로 두세요.",
        "Put a picture with a white background first.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800, look={"whiteness": 98}),
    fails=Measured("JPEG", 1, 800, 800, look={"whiteness": 40}),
    label=Words("흰 배경", "White background"),
    measured=Words("{value}%", "{value}%"),
    rule=Words("{least}% 이상", "at least {least}%"),
    first_only=True,
    source="Coupang 대표이미지 2025-05; Amazon G9FUUH87RBNXGKB7",
)
