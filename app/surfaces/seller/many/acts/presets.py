"""Applying a preset to drafts."""

from collections.abc import Mapping, Sequence

from app.core.errors import Invalid
from app.core.words import NOTHING, Words
from app.journey.drafting.models import Preset
from app.journey.drafting.presets import apply_preset, preset_of, presets_of
from app.listings.content import read as value_at
from app.listings.content import same
from app.listings.numbers import row_id
from app.surfaces.seller.many.plans import Act, Plan, Wish
from app.surfaces.seller.many.subjects import Subject
from app.surfaces.seller.many.words import why_no_draft
from app.validation.fitting import left_out

_NONE = Words("프리셋을 고르세요.", "Choose a preset.")
_ANSWERS = Words("답 {count}개가 바뀝니다.", "{count} answers change.")
_DROPPED = Words(
    "{count}개는 이 카테고리에 맞지 않아 그대로 둡니다.",
    "{count} do not fit this category and are left out.",
)


def read(given: Mapping[str, str]) -> Wish:
    """Which preset."""
    number = row_id(given.get("preset"))
    if number is None:
        raise Invalid("no-preset", _NONE, path="preset")
    return {"preset": number}


def plan(subjects: Sequence[Subject], wish: Wish) -> list[Plan]:
    """How many answers of each draft would change."""
    if not subjects:
        return []
    preset = preset_of(subjects[0].listing.seller_id, wish["preset"])
    return [_plan(subject, preset) for subject in subjects]


def do(subject: Subject, planned: Plan, wish: Wish, who: int) -> None:
    """Write the preset into one draft, as one save."""
    apply_preset(subject.newest.id, wish["preset"], subject.listing.seller_id, who)


ACT = Act("preset", plan, do, read, asks=("preset",), offers=presets_of)


def _plan(subject: Subject, preset: Preset) -> Plan:
    refusal = None if subject.drafted else why_no_draft(subject)
    dropped = left_out(preset.content, subject.category)
    product = subject.written["product"]
    changed = [
        path
        for path, value in preset.content.items()
        if path not in dropped and not same(value_at(product, path), value)
    ]
    told = [_ANSWERS.filled(count=len(changed))]
    if dropped:
        told.append(_DROPPED.filled(count=len(dropped)))
    return Plan(
        subject.listing.id,
        subject.name,
        acts=bool(changed),
        refusal=refusal,
        note=Words.joined(told, by=" ") if changed else NOTHING,
    )
