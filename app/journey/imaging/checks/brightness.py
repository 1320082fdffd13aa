"""How bright the whole picture is: too dark to see, or nothing but white.

The mean level in percent. Black goods on a white ground read above 50, white ones below 99.
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading, held
from app.journey.imaging.measured import Asked, Limits, Measured

USUAL = Asked("advice", least=20, most=99)


def read(measured: Measured, limits: Limits) -> Reading | None:
    """Mean brightness, in percent, against both limits."""
    return held(measured.look.get("brightness"), limits.asked("brightness", USUAL))


CHECK = Check(
    code="picture-brightness",
    order=85,
    unsafe=False,
    message=Words(
        "밝기가 {value}%입니다. {least}~{most}%가 좋습니다.",
        "Brightness is {value}%; {least} to {most}% is better.",
    ),
    remedy=Words(
        "상품이 잘 보이는 밝기의 사진을 올리세요.",
        "Upload a picture in which the product is easy to see.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800, look={"brightness": 80}),
    fails=Measured("JPEG", 1, 800, 800, look={"brightness": 8}),
    label=Words("밝기", "Brightness"),
    measured=Words("{value}%", "{value}%"),
    rule=Words("{least}~{most}%", "{least} to {most}%"),
    first_only=False,
    source="Onshelf",
)
