"""Which goods a document is for, as far as their listing says it."""

from datetime import date

from app.core.words import NOTHING, Words
from app.taxonomy.dated import warns
from app.taxonomy.definitions import BATTERY_ANSWERS, DocumentRule
from app.validation.subject import Subject

_CONDITIONS = {
    "always": NOTHING,
    "domestic": Words("수입산이 아니면", "unless imported"),
    "imported": Words("수입산이면", "if imported"),
    "parallel-imported": Words("병행수입품이면", "if imported in parallel"),
    "battery": Words("배터리가 있으면", "if it has a battery"),
    "used": Words("중고이면", "if used"),
}
_NEEDS = {
    "required": Words("필수", "required"),
    "recommended": Words("권장", "recommended"),
    "optional": Words("선택", "optional"),
}
_SOON = Words("곧 필수", "soon required")


def is_for(document: DocumentRule, subject: Subject) -> bool:
    """Whether the goods are of the kind that the document is for.

    No listing says that goods are used or imported in parallel: there a reviewer asks.
    """
    if document.when in ("domestic", "imported"):
        return (subject.text("origin.kind") == "imported") == (document.when == "imported")
    if document.when == "battery":
        answers = ((subject.text(f"attributes.{code}"), a) for code, a in BATTERY_ANSWERS.items())
        return any(said and wanted in (None, said) for said, wanted in answers)
    return document.when == "always"


def is_missing(document: DocumentRule, subject: Subject) -> bool:
    """Whether the goods are of that kind and the document was not given."""
    return is_for(document, subject) and not subject.answered(f"documents.{document.code}")


def need_of(document: DocumentRule, on: date) -> Words:
    """`수입산이면 필수`, `required if imported`: how far it is asked for, and of which goods.

    Nothing for what every one of the category's goods needs: only what differs from that is told.
    """
    if document.required and document.when == "always" and not warns(document, on):
        return NOTHING
    need = _SOON if warns(document, on) else _NEEDS[document.requirement]
    condition = _CONDITIONS[document.when]
    return Words(f"{condition.ko} {need.ko}".strip(), f"{need.en} {condition.en}".strip())
