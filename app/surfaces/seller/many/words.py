"""Why nothing of a listing would change."""

from app.core.words import Words
from app.surfaces.seller.many.subjects import Subject

_IN_REVIEW = Words(
    "심사 중입니다. 먼저 제출을 취소하세요.", "It is with the reviewers. Withdraw it first."
)
_NO_DRAFT = Words(
    "수정본이 없습니다. 먼저 수정을 시작하세요.", "There is no draft. Start an edit first."
)
_NO_NUMBER = Words("바꿀 값이 아직 없습니다.", "There is nothing to change in it yet.")
GONE = Words("없거나 이미 보관한 상품입니다.", "It is not there any more, or was put away already.")


def why_nothing(subject: Subject, has_number: bool) -> Words | None:
    """The reason, where there is one beside that everything is as wished already."""
    if subject.live_items or subject.draft_items:
        return None if has_number else _NO_NUMBER
    return why_no_draft(subject)


def why_no_draft(subject: Subject) -> Words:
    """Why there is no draft to write into."""
    return _IN_REVIEW if subject.newest.state == "submitted" else _NO_DRAFT
