"""All pixels together: what decoding would cost, and where bombs hide. `PICTURE_MAX_PIXELS`."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def megapixels(pixels: int) -> str:
    """12,345,678 is '12.3'."""
    return f"{pixels / 1_000_000:,.1f}"


def read(measured: Measured, limits: Limits) -> Reading | None:
    """Pixels against the limit."""
    if measured.sides is None:
        return None
    pixels = measured.sides[0] * measured.sides[1]
    return Reading(
        pixels <= limits.max_pixels,
        {"megapixels": megapixels(pixels), "limit": megapixels(limits.max_pixels)},
    )


CHECK = Check(
    code="picture-too-many-pixels",
    order=60,
    unsafe=True,
    message=Words(
        "{megapixels}백만 화소입니다. {limit}백만 화소까지 올릴 수 있습니다.",
        "{megapixels} megapixels; up to {limit} fit.",
    ),
    remedy=Words("줄여서 저장한 뒤 올리세요.", "Save it smaller and upload that."),
    read=read,
    fits=Measured("JPEG", 1, 8_000, 5_000),
    fails=Measured("JPEG", 1, 8_000, 5_001),
    label=Words("화소", "Pixels"),
    measured=Words("{megapixels}백만", "{megapixels} million"),
    rule=Words("{limit}백만 이하", "at most {limit} million"),
)
