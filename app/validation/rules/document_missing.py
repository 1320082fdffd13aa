"""What the law wants shown of goods of the category is shown before they are sold.

수입식품안전관리 특별법 제20조, 식품위생법 제37조, 산업안전보건법 제110조: the seller holds it,
and platforms ask for it with the listing.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.dated import binds
from app.validation.documents import is_missing
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for document in subject.category.documents:
        if binds(document, subject.on) and is_missing(document, subject):
            yield Hit(f"documents.{document.code}", {"label": document.label.as_dict()})


RULE = Rule(
    code="document-missing",
    severity="blocks",
    message=Words("서류가 없습니다.", "The document is missing."),
    remedy=Words(
        "PDF, JPEG, PNG 파일로 올리세요: {label}.", "Upload it as PDF, JPEG or PNG: {label}."
    ),
    source="Coupang requiredDocuments (MANDATORY); 식품위생법 제37조; 산업안전보건법 제110조",
    reads=("documents.*", "origin.kind", "attributes.*"),
    check=check,
    passes=(
        Example({"documents.msds": 7}, "butane-canisters"),
        # Nothing says that it was imported.
        Example({"documents.import-declaration": None}, "fruit-juice"),
        Example({"documents.parallel-import": None}),
    ),
    fails=(
        Example({"documents.msds": None}, "butane-canisters"),
        Example({"origin.kind": "imported", "documents.import-declaration": None}, "fruit-juice"),
        Example({"attributes.source": "rechargeable", "documents.un383": None}, "desk-lamps"),
    ),
)
