"""A document that has arrived at the door: kept and put into the draft, or turned away."""

import logging
from math import ceil

from werkzeug.datastructures import FileStorage

from app.core.errors import Invalid, Refusal
from app.core.file_kinds import kind_of
from app.core.storage import Incoming, Stored
from app.core.unit_of_work import unit_of_work
from app.core.words import Words
from app.listings.actions import give_document
from app.listings.store import store
from app.web.uploads import shown_name

log = logging.getLogger(__name__)

_MB = 1024 * 1024
# What Coupang takes as well (requiredDocuments).
MOST_BYTES = 5 * _MB
TYPES = {"PDF": "application/pdf", "JPEG": "image/jpeg", "PNG": "image/png"}
_NONE = Words("고른 파일이 없습니다. 파일을 고르세요.", "No file was chosen. Choose one.")
_EMPTY = Words(
    "{file}: 빈 파일입니다. 내용이 있는 파일을 올리세요.",
    "{file} is empty. Upload a file with something in it.",
)
_TOO_LARGE = Words(
    "{file}: {size}MB입니다. {limit}MB 이하로 줄여 올리세요.",
    "{file}: {size} MB. Make it {limit} MB or less and upload it again.",
)
_OTHER_KIND = Words(
    "{file}: PDF, JPEG, PNG 파일이 아닙니다. 그 가운데 하나로 저장해 올리세요.",
    "{file} is no PDF, JPEG or PNG. Save it as one of these and upload it again.",
)
_NAMED_KIND = Words(
    "{file}: 내용이 {kind} 형식입니다. PDF, JPEG, PNG 가운데 하나로 저장해 올리세요.",
    "{file}: what is in it is {kind}. Save it as PDF, JPEG or PNG and upload it again.",
)
_NO_ROOM = Words(
    "저장 공간 문제로 이 파일을 받지 못했습니다. 잠시 뒤 다시 올리세요.",
    "Storage could not take this file. Upload it again in a few minutes.",
)


class NoRoom(Refusal):
    """Storage did not take the file."""

    status = 507


def receiver() -> Incoming:
    """Where a file is written while it arrives."""
    return store().receive(MOST_BYTES)


def take(listing_id: int, code: str, file: FileStorage | None, who: int) -> None:
    """Keep an arrived file and put it into the draft as the document *code*.

    `Invalid` for a file that does not fit, with the place that it was sent for.
    """
    path = f"documents.{code}"
    if file is None or not file.filename:
        raise Invalid("document-none", _NONE, path)
    name = shown_name(file.filename)
    incoming: Incoming = file.stream  # type: ignore[assignment]
    kind = _fitting(incoming, name, path)
    stored = _kept(incoming)
    with unit_of_work():
        give_document(listing_id, code, stored, name, TYPES[kind], who)


def _fitting(incoming: Incoming, name: str, path: str) -> str:
    """The kind of the file, one of TYPES."""
    if not incoming.size:
        raise Invalid("document-empty", _EMPTY, path, file=name)
    kind = kind_of(incoming.head)
    if kind not in TYPES:
        words = _NAMED_KIND if kind else _OTHER_KIND
        raise Invalid("document-type", words, path, file=name, kind=kind)
    if incoming.too_large:
        # Rounded up: a file just over the limit is not told that it has the limit's size.
        size, limit = ceil(incoming.size / _MB * 10) / 10, MOST_BYTES // _MB
        raise Invalid("document-too-large", _TOO_LARGE, path, file=name, size=size, limit=limit)
    return kind


def _kept(incoming: Incoming) -> Stored:
    try:
        return incoming.keep()
    except OSError:
        log.exception("storage did not take a document of %s bytes", incoming.size)
        raise NoRoom("no-room", _NO_ROOM) from None
