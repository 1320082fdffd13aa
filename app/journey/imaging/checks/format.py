"""The sniffed format, whatever the file's name says. Everything but three is refused by name."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import ACCEPTED, Limits, Measured

UNKNOWN = Words("사진이 아닌", "not a picture format we know")
VIDEO = Words("동영상", "video")


def read(measured: Measured, limits: Limits) -> Reading:
    """The format's name against the list."""
    name = VIDEO if measured.kind == "video" else measured.kind or UNKNOWN
    shown = name.as_dict() if isinstance(name, Words) else name
    return Reading(measured.kind in ACCEPTED, {"format": shown})


CHECK = Check(
    code="picture-format",
    order=30,
    unsafe=True,
    message=Words("{format} 파일입니다.", "This file's format: {format}."),
    remedy=Words(
        "JPEG, PNG, WebP 가운데 하나로 저장해 올리세요.",
        "Save it as JPEG, PNG or WebP and upload that.",
    ),
    read=read,
    fits=Measured("WebP", 1),
    fails=Measured("HEIC", 1),
    label=Words("형식", "Format"),
    measured=Words("{format}", "{format}"),
    rule=Words("JPEG, PNG, WebP", "JPEG, PNG, WebP"),
)
