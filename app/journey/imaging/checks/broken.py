"""A file whose bytes are not what its headers promise."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def read(measured: Measured, limits: Limits) -> Reading:
    """Whether decoding ended otherwise."""
    return Reading(measured.fault != "broken", {})


CHECK = Check(
    code="picture-broken",
    order=71,
    unsafe=True,
    message=Words(
        "파일이 손상되어 열 수 없습니다.",
        "The file is damaged and cannot be opened.",
    ),
    remedy=Words(
        "다른 프로그램에서 열어 다시 저장한 뒤 올리세요.",
        "Open it in another program, save it anew and upload that.",
    ),
    read=read,
    fits=Measured("JPEG", 1, 800, 800),
    fails=Measured("JPEG", 1, 800, 800, fault="broken"),
)
