"""Whether text lies on the picture: discounts, slogans, contacts do not belong on the first one.

Told by bands of edges, so it is a likelihood; a print on the goods themselves reads the same.
"""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading, held
from app.journey.imaging.measured import Asked, Limits, Measured

USUAL = Asked("advice", most=0.6)
LIKELY, NONE = Words("있는 듯함", "likely"), Words("없음", "none")


def read(measured: Measured, limits: Limits) -> Reading | None:
    """How much of the picture lines of text take, in percent, against the most."""
    likely = (measured.look.get("text") or 0) > limits.asked("text", USUAL).most
    return held(
        measured.look.get("text"), limits.asked("text", USUAL), said=LIKELY if likely else NONE
    )


CHECK = Check(
    code="picture-text",
    order=87,
    unsafe=False,
    message=Words(
        "사진에 글자가 있는 듯합니다.",
        "There seems to be text on the picture.",
    ),
    remedy=Words(
        "글자를 얹지 않은 사진을 대표로 두세요. 상품에 인쇄된 글자이면 그대로 두어도 됩니다.",
        "Put a picture without it first; if it is printed on the product, leave it.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800, look={"text": 0.0}),
    fails=Measured("JPEG", 1, 800, 800, look={"text": 2.4}),
    label=Words("글자", "Text"),
    measured=Words("{said} ({value}%)", "{said} ({value}%)"),
    rule=Words("없음", "none"),
    first_only=True,
    source="Coupang 대표이미지 2025-05; Naver; Google Merchant 6324350",
)
