"""Classes of the legal notice and their lines, known by the names the law gives them.

A class is told by its Korean name and a line by words of its Korean label: the words of the
law (전자상거래 등에서의 상품 등의 정보제공에 관한 고시), while codes are ours and may differ.
"""

from collections.abc import Iterator

from app.taxonomy.definitions import Category, NoticeClass
from app.validation.subject import Subject

HEALTH_FOOD = ("건강기능식품",)
PROCESSED_FOOD = ("가공식품",)
FOOD = (*HEALTH_FOOD, *PROCESSED_FOOD, "식품", "농수산물", "농축수산물")
COSMETICS = ("화장품",)
BOOKS = ("서적", "도서")
MEDICAL = ("의료기기",)
CHEMICALS = ("생활화학제품", "살생물제품")
CHILDREN = ("영유아", "어린이")

# What is written where a line does not apply.
_NONE = ("해당없음", "해당사항없음", "없음", "notapplicable", "n/a", "none")


def is_of(subject: Subject, names: tuple[str, ...]) -> bool:
    """Whether the chosen notice (or, before one is chosen, the category's first) is one of
    *names*.
    """
    chosen = subject.notice or next(iter(subject.category.notices), None)
    return chosen is not None and _named(chosen, names)


def offers(category: Category, names: tuple[str, ...]) -> bool:
    """Whether the category offers a class that is one of *names*, whichever is chosen."""
    return any(_named(notice, names) for notice in category.notices)


def lines(subject: Subject, *words: str) -> Iterator[tuple[str, str]]:
    """(path, text) of the chosen notice's answered lines whose label has one of *words*."""
    for line in subject.notice.fields if subject.notice else ():
        path = f"notice.fields.{line.code}"
        text = subject.text(path)
        if text and any(word in line.label.ko for word in words):
            yield path, text


def applies(text: str) -> bool:
    """Whether a line says anything else than that it does not apply."""
    return "".join(text.split()).strip(".-").casefold() not in _NONE


def _named(notice: NoticeClass, names: tuple[str, ...]) -> bool:
    return "".join(notice.label.ko.split()).startswith(names)
