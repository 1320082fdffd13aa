"""The pages of a PDF that people gave, to be looked at: pictures of them, never the file itself.

`web` draws nothing: whoever can hands over one function.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, current_app, send_file

from app.core.errors import NotFound
from app.core.words import Words
from app.web.downloads import for_them_alone
from app.web.page import page, wants_fragment

PDF: Final = "application/pdf"
# Who reads more than so many pages keeps the file.
MOST: Final = 20
# Nobody's fault: it is drawn when it is asked for again.
BUSY: Final = "busy"
FAULTS: Final = {
    "locked": Words(
        "암호가 걸린 PDF라서 화면에 보일 수 없습니다. 내려받아 확인하세요.",
        "This PDF is locked with a password, so it cannot be shown here. Download it instead.",
    ),
    "broken": Words(
        "손상되었거나 비어 있어 화면에 보일 수 없습니다. 내려받아 확인하세요.",
        "This page is damaged or empty and cannot be shown here. Download the file instead.",
    ),
    "too-heavy": Words(
        "이 쪽은 그리는 데 너무 많은 자원이 들어 화면에 보일 수 없습니다. 내려받아 확인하세요.",
        "This page takes too much to draw and cannot be shown here. Download the file instead.",
    ),
    BUSY: Words(
        "지금은 이 쪽을 화면에 보일 수 없습니다. 다시 해 보거나 내려받으세요.",
        "This page cannot be shown just now. Try again, or download the file.",
    ),
}


@dataclass(frozen=True)
class Leaf:
    """Page *no* of a PDF of so many *pages* (0: unknown): its picture's key, or its fault."""

    no: int
    pages: int
    key: str = ""
    fault: str = ""

    @property
    def shown(self) -> int:
        """How many of the pages are to be looked at here."""
        return min(self.pages, MOST)

    @property
    def words(self) -> Words:
        """What is said in place of a page that is not there."""
        return FAULTS[self.fault]


# (storage key of the PDF, page) -> the page; NotFound for one that the PDF does not have.
Draw = Callable[[str, int], Leaf]


def leaves_by(app: Flask, draw: Draw) -> None:
    """Let *draw* make the pages."""
    app.extensions["leaves"] = draw


def leaf(key: str, kind: str, no: int) -> Leaf:
    """Page *no* of the stored file *key* of the MIME type *kind*; NotFound where there is none."""
    if kind != PDF or not 1 <= no <= MOST:
        raise NotFound()
    drawn: Leaf = current_app.extensions["leaves"](key, no)
    return drawn


def leaf_page(template: str, **told: Any) -> Response:
    """What shows a page: *template*, or its block `leaf` alone for a large view that is open."""
    in_place = wants_fragment()
    return page(template, block="leaf" if in_place else None, in_place=in_place, **told)


def leaf_picture(path: Path) -> Response:
    """The picture of a page, at *path*, that no shared cache keeps."""
    try:
        response = send_file(path, mimetype="image/jpeg")
    except FileNotFoundError:
        raise NotFound() from None
    return for_them_alone(response)
