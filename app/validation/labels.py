"""What people call the fields of one listing: looked up often, so worked out once."""

from functools import cached_property

from app.core.words import Words
from app.taxonomy.definitions import Category
from app.validation.fields import item_fields, label_of, options_label, placed_label
from app.validation.subject import Content


class Labels:
    """The labels of a listing's paths, as `fields.label_of` gives them."""

    def __init__(self, category: Category, content: Content) -> None:
        self.category, self.content = category, content
        self.known: dict[str, Words] = {}
        self.items: dict[str, Words] = {}

    def of(self, path: str) -> Words:
        """What people call the field at *path*."""
        if path not in self.known:
            self.known[path] = self._label(path)
        return self.known[path]

    def item(self, item_id: object) -> Words:
        """`품목 3 (블랙 / L)`."""
        key = str(item_id)
        if key not in self.items:
            place, content = self._places.get(key, (0, {}))
            options = options_label(content, self.category, self.content)
            self.items[key] = placed_label(place, options) if place else Words("품목", "Item")
        return self.items[key]

    def _label(self, path: str) -> Words:
        parts = path.split(".")
        if parts[0] != "items" or len(parts) < 2:
            return label_of(path, self.category, self.content)
        item = self.item(parts[1])
        column = self._columns.get(f"items.*.{'.'.join(parts[2:])}")
        return Words(f"{item.ko}: {column.ko}", f"{item.en}: {column.en}") if column else item

    @cached_property
    def _places(self) -> dict[str, tuple[int, Content]]:
        items = self.content.get("items") or ()
        return {str(item.get("id")): (place, item) for place, item in enumerate(items, 1)}

    @cached_property
    def _columns(self) -> dict[str, Words]:
        return {field.path: field.label for field in item_fields(self.category, self.content)}
