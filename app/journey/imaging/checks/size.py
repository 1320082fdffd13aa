"""The file's size in bytes. Limit: `PICTURE_MAX_BYTES`."""

from app.core.words import Words
from app.journey.imaging.check import Check, Reading
from app.journey.imaging.measured import Limits, Measured


def amount(size: int) -> dict[str, str]:
    """Bytes as people read them, in both languages: 20971520 is '20.0MB' and '20.0 MB'."""
    large = size >= 100 * 1024
    number = f"{size / 1024 / 1024:.1f}" if large else f"{size / 1024:.1f}"
    unit = "MB" if large else "KB"
    return {"ko": f"{number}{unit}", "en": f"{number} {unit}"}


def read(measured: Measured, limits: Limits) -> Reading:
    """Bytes against the limit."""
    return Reading(
        measured.size <= limits.max_bytes,
        {"size": amount(measured.size), "limit": amount(limits.max_bytes)},
    )


CHECK = Check(
    code="picture-file-too-large",
    order=20,
    unsafe=True,
    message=Words(
        "{size}입니다. {limit}까지 올릴 수 있습니다.",
        "{size}; up to {limit} fit.",
    ),
    remedy=Words(
        "JPEG 품질을 낮추거나 크기를 줄여 저장한 뒤 올리세요.",
        "Save it smaller, or as a JPEG of lower quality, and upload that.",
    ),
    read=read,
    fits=Measured("JPEG", 20 * 1024 * 1024),
    fails=Measured("JPEG", 20 * 1024 * 1024 + 1),
    label=Words("파일 크기", "File size"),
    measured=Words("{size}", "{size}"),
    rule=Words("{limit} 이하", "at most {limit}"),
)
