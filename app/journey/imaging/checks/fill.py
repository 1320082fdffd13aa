"""How much of the frame the goods fill, in the direction in which they fill most of it.

85 percent at Coupang and at Amazon, 75 to 90 at Google. Where no one colour goes around the goods
nobody can tell.
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading, held
from app.journey.imaging.measured import Asked, Limits, Measured

USUAL = Asked("advice", least=85)


def read(measured: Measured, limits: Limits) -> Reading | None:
    """The longer extent of the goods, in percent of the frame, against the least."""
    return held(measured.look.get("fill"), limits.asked("fill", USUAL))


CHECK = Check(
    code="picture-fill",
    order=83,
    unsafe=False,
    message=Words(
        "상품이 화면의 {value}%를 차지합니다. {least}% 이상이 좋습니다.",
        "The product takes up {value}% of the frame; {least}% or more is better.",
    ),
    remedy=Words(
        "여백을 잘라 낸 사진을 올리세요.",
        "Upload a picture with less space around the product.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800, look={"fill": 90}),
    fails=Measured("JPEG", 1, 800, 800, look={"fill": 60}),
    label=Words("화면 채움", "Frame filled"),
    measured=Words("{value}%", "{value}%"),
    rule=Words("{least}% 이상", "at least {least}%"),
    first_only=True,
    source="Coupang 대표이미지 2025-05; Amazon 85%; Google Merchant 75-90%",
    mends=("trim",),
)
