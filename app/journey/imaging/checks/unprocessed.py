"""A file whose processing failed time after time: set aside, for people to look at."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def read(measured: Measured, limits: Limits) -> Reading:
    """Whether decoding ended otherwise."""
    return Reading(measured.fault != "unprocessed", {})


CHECK = Check(
    code="picture-unprocessed",
    order=73,
    unsafe=True,
    message=Words(
        "여러 번 시도했지만 처리하지 못했습니다. 원본은 보관했습니다.",
        "It could not be processed after several tries. The original is kept.",
    ),
    remedy=Words(
        "다시 저장해 올리거나 운영팀에 알려 주세요.",
        "Save it anew and upload that, or tell the operators.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800),
    fails=Measured("JPEG", 1, 800, 800, fault="unprocessed"),
)
