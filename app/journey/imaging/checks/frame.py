"""Whether a frame is drawn around the picture: platforms refuse them on the representative one.

Told by straight edges that go along all four sides, so it is a likelihood.
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading, held
from app.journey.imaging.measured import Asked, Limits, Measured

USUAL = Asked("advice", most=50)
LIKELY, NONE = Words("있는 듯함", "likely"), Words("없음", "none")


def read(measured: Measured, limits: Limits) -> Reading | None:
    """How far edges go along the sides, in percent, against the most."""
    likely = (measured.look.get("frame") or 0) > limits.asked("frame", USUAL).most
    return held(
        measured.look.get("frame"), limits.asked("frame", USUAL), said=LIKELY if likely else NONE
    )


CHECK = Check(
    code="picture-frame",
    order=86,
    unsafe=False,
    message=Words(
        "사진 둘레에 테두리가 있는 듯합니다.",
        "There seems to be a frame around the picture.",
    ),
    remedy=Words(
        "테두리를 잘라 낸 사진을 대표로 두세요. 상품의 일부이면 그대로 두어도 됩니다.",
        "Put a picture without one first; if it is part of the product, leave it.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800, look={"frame": 0}),
    fails=Measured("JPEG", 1, 800, 800, look={"frame": 95}),
    label=Words("테두리", "Frame"),
    measured=Words("{said} ({value}%)", "{said} ({value}%)"),
    rule=Words("없음", "none"),
    first_only=True,
    source="Amazon G9FUUH87RBNXGKB7; Google Merchant 6324350",
    mends=("trim",),
)
