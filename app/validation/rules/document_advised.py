"""A recommended document spares the reviewer a question and the seller a refusal."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.documents import is_missing
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for document in subject.category.documents:
        if document.requirement == "recommended" and is_missing(document, subject):
            yield Hit(f"documents.{document.code}", {"label": document.label.as_dict()})


RULE = Rule(
    code="document-advised",
    severity="advice",
    weight=5,
    message=Words("권장 서류가 없습니다.", "A recommended document is missing."),
    remedy=Words("있으면 올리세요: {label}.", "If you have it, upload it: {label}."),
    source="Coupang requiredDocuments; 심사자가 자주 묻는 서류",
    reads=("documents.*", "origin.kind", "attributes.*"),
    check=check,
    passes=(Example({"documents.functional-cosmetics": None}, "shampoos"),),
    fails=(Example({"documents.ingredients": None}, "shampoos"),),
)
