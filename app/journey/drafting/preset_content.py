"""What a preset keeps of a listing, and how that reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.core.words import Words
from app.journey.drafting.models import Preset
from app.listings.content import Content, read
from app.taxonomy import queries as taxonomy
from app.taxonomy.attribute_types import is_empty
from app.taxonomy.definitions import Category
from app.validation.display import shown
from app.validation.field import Field
from app.validation.fields import product_fields

KINDS = {
    "shipping": Words("배송과 반품", "Shipping and returns"),
    "notice": Words("상품정보제공고시", "Product information notice"),
    "listing": Words("상품 전체", "The whole listing"),
}
_NUMBERS = ("kc", "safety-number", "approval-number", "inspection-number")
_NAMES = ("name-and-model", "product-name", "model", "title")
# What tells one product from the next stays out of a preset of the whole.
_OF_ONE_PRODUCT = {
    "pictures",
    "attributes.model",
    *(f"notice.fields.{code}" for code in (*_NAMES, *_NUMBERS)),
}


def answers(kind: str, product: Content, category: Category) -> Content:
    """What a preset of *kind* keeps of a product, by path.

    Of the shipping section also what was left empty by choice: free from no amount, say.
    """
    fields = product_fields(category, read(product, "notice.class"))
    chosen = [(field, read(product, field.path)) for field in fields if _belongs(field, kind)]
    by_choice = kind == "shipping"
    return {
        field.path: value
        for field, value in chosen
        if not is_empty(value) or (by_choice and not field.required)
    }


def _belongs(field: Field, kind: str) -> bool:
    path = field.path
    if kind != "listing":
        return path.startswith(f"{kind}.")
    number = path.startswith("certifications.") and path.endswith(".number")
    own = path.startswith(("name.", "documents."))
    return not (own or number or path in _OF_ONE_PRODUCT)


@dataclass(frozen=True)
class PresetView:
    """A preset with the answers that it holds, in the words of the category it came from."""

    preset: Preset
    category: Category

    @cached_property
    def lines(self) -> list[tuple[Words, Words]]:
        """Each answer's label and text, in the form's order; empty ones are left out."""
        content = self.preset.content
        kept = [f for f in self._fields if not is_empty(content.get(f.path))]
        return [(field.label, shown(content[field.path], field)) for field in kept]

    def labels(self, paths: list[str]) -> list[Words]:
        """What people call some of its answers."""
        return [field.label for field in self._fields if field.path in paths]

    @cached_property
    def _fields(self) -> list[Field]:
        return product_fields(self.category, self.preset.content.get("notice.class"))


def views_of(presets: Sequence[Preset]) -> list[PresetView]:
    """Views of *presets*; a category is read once, however many come from it."""
    categories = taxonomy.categories(preset.category_code for preset in presets)
    return [PresetView(preset, categories[preset.category_code]) for preset in presets]
