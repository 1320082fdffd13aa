"""Texts that the leads of a queue keep for its notes to sellers. No verb commits.

A note takes a copy: what was decided keeps its words whatever becomes of the text.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.accounts.queries import languages_of_seller, led_by, queues_of
from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.words import LANGUAGES, Words
from app.journey.review.actions import NOTE_LENGTH
from app.journey.review.models import CannedText, ReviewCase
from app.journey.review.refusals import clock, named
from app.listings.content import storable, typed_text

TITLE_LENGTH: Final = 60
# Both languages and what is written besides fit into a note (`actions.NOTE_LENGTH`).
TEXT_LENGTH: Final = 900
MOST: Final = 50
_LENGTH = Words(
    "1자에서 {most}자까지 적으세요. 지금 {length}자입니다.",
    "Write 1 to {most} characters; these are {length}.",
)
_TAKEN = Words(
    "이 대기열에 같은 제목의 문구가 있습니다: {title}. 다른 제목을 적으세요.",
    "This queue has a text called {title}. Give this one another title.",
)
_MANY = Words(
    "대기열마다 {most}개까지 둡니다. 안 쓰는 것을 지우세요.",
    "A queue keeps {most} texts at most. Remove one that is not used.",
)
_NOT_LEAD = Words(
    "이 대기열의 책임 심사자만 문구를 고칠 수 있습니다.",
    "Only a lead of this queue may change its texts.",
)
_MOVED_ON = Words(
    "{who} 님이 {at}에 이 문구를 바꿨습니다. 지금 내용은 위에 있습니다."
    " 아래의 내용으로 바꾸려면 다시 저장하세요.",
    "{who} changed this text at {at}; it stands above as it is now. Save again to put yours in"
    " its place.",
)
_GONE = Words(
    "그사이 지워진 문구입니다. 쓴 내용은 아래에 있습니다. 더하면 다시 생깁니다.",
    "This text was removed meanwhile. What you wrote is below; add it to have it again.",
)
_NONE = Words("넣을 문구를 고르세요.", "Choose a text to insert.")
_NO_ROOM = Words(
    "메모는 {most}자까지입니다. 이 문구를 넣으면 {length}자입니다. 메모를 줄이고 다시 넣으세요.",
    "A note takes {most} characters; with this text it would have {length}. Shorten it first.",
)


class Unfit(Invalid):
    """What was typed does not fit; `each` says why, by field."""

    def __init__(self, each: dict[str, Words]) -> None:
        path, words = next(iter(each.items()))
        super().__init__("canned-text-unfit", words, path=path)
        self.each = each


@dataclass(frozen=True)
class Offer:
    """A text as the desk offers it for one case, in the languages of its seller."""

    id: int
    title: str
    text: str


def texts_of(queues: Collection[str]) -> dict[str, list[CannedText]]:
    """The texts of each of the queues, by title."""
    rows = select(CannedText).where(CannedText.queue.in_(queues)).order_by(CannedText.title)
    found: dict[str, list[CannedText]] = {queue: [] for queue in queues}
    for row in db.session.scalars(rows):
        found[row.queue].append(row)
    return found


def add(queue: str, who: int, title: str, ko: str, en: str) -> int:
    """One more text of the queue. `Unfit`; NotFound or Forbidden for whoever does not lead it."""
    _check_lead(queue, who)
    values = _fitting(queue, title, ko, en)
    if _count(queue) >= MOST:
        raise Invalid("too-many-canned-texts", _MANY, path="title", most=MOST)
    statement = insert(CannedText).values(queue=queue, changed_by=who, **values)
    made = db.session.scalar(statement.on_conflict_do_nothing().returning(CannedText.id))
    if made is None:
        raise _taken(values["title"])
    return made


def change(text_id: int, who: int, seen: str, title: str, ko: str, en: str) -> None:
    """Change the text that the page showed as of *seen* (ISO 8601). `Unfit`.

    Conflict where somebody has changed or removed it since.
    """
    text = db.session.get(CannedText, text_id, populate_existing=True)
    if text is None:
        raise Conflict("canned-text-gone", _GONE)
    _check_lead(text.queue, who)
    values = _fitting(text.queue, title, ko, en, text_id)
    done = db.session.scalar(
        update(CannedText)
        .where(CannedText.id == text_id, CannedText.changed_at == _instant(seen))
        .values(changed_at=database_now(), changed_by=who, **values)
        .returning(CannedText.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        raise _moved_on(text_id)


def remove(text_id: int, who: int) -> dict[str, str] | None:
    """Take it away: `{"queue", "title", "ko", "en"}` of it, None if it is gone already."""
    text = db.session.get(CannedText, text_id)
    if text is None:
        return None
    _check_lead(text.queue, who)
    db.session.execute(delete(CannedText).where(CannedText.id == text_id))
    return {"queue": text.queue, "title": text.title, "ko": text.ko, "en": text.en}


def offered(case: ReviewCase) -> list[Offer]:
    """The texts of the case's queue as they would be put into its note."""
    texts = texts_of([case.queue])[case.queue]
    languages = languages_of(case.seller_id) if texts else ()
    return [Offer(text.id, text.title, said(text.ko, text.en, languages)) for text in texts]


def languages_of(seller_id: int) -> list[str]:
    """The languages in which the active people of the company read their pages and mail.

    Nobody knows which of them will read a note, so it is in all of these; of a company of which
    nobody is left it is in both.
    """
    chosen = languages_of_seller(seller_id)
    return [code for code in LANGUAGES if code in chosen or not chosen]


def said(ko: str, en: str, languages: Collection[str]) -> str:
    """Both texts, or the one of them that is read; a line is left between them. Pure."""
    return "\n\n".join(text for code, text in (("ko", ko), ("en", en)) if code in languages)


def with_text(case: ReviewCase, note: str, text_id: int | None) -> str:
    """The *note* with a text of the case's queue below it. Invalid without one, or without room."""
    text = next((each.text for each in offered(case) if each.id == text_id), None)
    if text is None:
        raise Invalid("no-canned-text", _NONE, path="canned")
    kept = note.rstrip()
    whole = f"{kept}\n{text}" if kept else text
    if len(whole) > NOTE_LENGTH:
        raise Invalid("note-too-long", _NO_ROOM, path="canned", most=NOTE_LENGTH, length=len(whole))
    return whole


def _check_lead(queue: str, who: int) -> None:
    if queue not in queues_of(who):
        raise NotFound()
    if queue not in led_by(who):
        raise Forbidden("not-lead", _NOT_LEAD)


def _fitting(queue: str, title: str, ko: str, en: str, besides: int = 0) -> dict[str, str]:
    """What is stored. Whoever else writes into the queue waits until this is done."""
    title = " ".join(storable(title).split())
    values = {"title": title, "ko": typed_text(ko).strip(), "en": typed_text(en).strip()}
    limits = {"title": TITLE_LENGTH, "ko": TEXT_LENGTH, "en": TEXT_LENGTH}
    wrong = {
        name: _LENGTH.filled(most=limits[name], length=len(typed))
        for name, typed in values.items()
        if not 1 <= len(typed) <= limits[name]
    }
    locked = select(CannedText.id).where(CannedText.queue == queue).with_for_update()
    db.session.execute(locked.order_by(CannedText.id))
    if "title" not in wrong and _is_taken(queue, title, besides):
        wrong["title"] = _TAKEN.filled(title=title)
    if wrong:
        raise Unfit(wrong)
    return values


def _is_taken(queue: str, title: str, besides: int) -> bool:
    same = select(CannedText.id).where(CannedText.queue == queue, CannedText.title == title)
    return db.session.scalar(same.where(CannedText.id != besides)) is not None


def _taken(title: str) -> Unfit:
    return Unfit({"title": _TAKEN.filled(title=title)})


def _count(queue: str) -> int:
    return db.session.scalar(select(func.count()).where(CannedText.queue == queue)) or 0


def _instant(seen: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(seen)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _moved_on(text_id: int) -> Conflict:
    text = db.session.get(CannedText, text_id, populate_existing=True)
    if text is None:
        return Conflict("canned-text-gone", _GONE)
    who, at = named(text.changed_by), clock(text.changed_at)
    return Conflict("canned-text-moved-on", _MOVED_ON, who=who, at=at)
