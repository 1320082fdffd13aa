"""Nearly the same picture as another of the seller's: sent twice, or goods registered twice.

Compared once it is processed (`likeness.py`): by a hash of 64 bits, of which at most so many may
differ, and by colour, for black and green of one shirt are two goods.
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Asked, Limits, Measured

USUAL = Asked("advice", most=4)
NONE = Words("없음", "none")


def read(measured: Measured, limits: Limits) -> Reading | None:
    """The picture that was found, if any, as `{"file", "name", "listing", "picture"}`."""
    asked = limits.asked("likeness", USUAL)
    if "twin" not in measured.look or asked.severity == "ignored":
        return None
    twin = measured.look["twin"]
    return Reading(twin is None, twin or {"file": NONE.as_dict()}, asked.severity)


CHECK = Check(
    code="picture-alike",
    order=88,
    unsafe=False,
    message=Words(
        "다음 사진과 거의 같습니다: {file} ({name}).",
        "It is nearly the same as {file} of {name}.",
    ),
    remedy=Words(
        "같은 상품이면 한 곳에만 두고, 다른 상품이면 다른 사진을 올리세요.",
        "If the product is the same, keep one of them; if not, upload another picture.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800, look={"twin": None}),
    fails=Measured(
        "JPEG", 1, 800, 800, look={"twin": {"file": "front.jpg", "name": "Shirt", "listing": "7"}}
    ),
    label=Words("비슷한 사진", "Similar picture"),
    measured=Words("{file}", "{file}"),
    rule=Words("없음", "none"),
    source="Onshelf",
)
