"""How far the representative picture is from square, as lists of goods show it.

The listing's rule of the same code stops the submission; here stands the number beside the picture.
One part in a hundred is forgiven: cameras and editors are that far off, and nobody sees it.
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured

FORGIVEN = 0.01


def read(measured: Measured, limits: Limits) -> Reading | None:
    """The longer side by the shorter one against 1, where the category asks for squares."""
    if measured.sides is None or not limits.rules.square:
        return None
    shortest, longest = measured.sides
    ratio = {"ratio": f"{longest / max(shortest, 1):.2f}"}
    return Reading(longest - shortest <= FORGIVEN * longest, ratio)


CHECK = Check(
    code="picture-square",
    order=81,
    unsafe=False,
    message=Words(
        "긴 변이 짧은 변의 {ratio}배입니다. 대표 사진은 정사각형이어야 합니다.",
        "The longer side is {ratio} times the shorter one; the representative must be square.",
    ),
    remedy=Words(
        "정사각형으로 자른 사진을 올리거나, 정사각형인 사진을 맨 앞에 두세요.",
        "Upload one cut square, or put a square picture first.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 1000, 1005),
    fails=Measured("JPEG", 1, 1200, 900),
    label=Words("가로세로 비", "Proportions"),
    measured=Words("{ratio} : 1", "{ratio} : 1"),
    rule=Words("1 : 1", "1 : 1"),
    first_only=True,
    source="Coupang REPRESENTATION 정사각형",
    mends=("square", "pad"),
)
