"""An item's pictures as its cell of the table has them: names of files, parted by commas.

Names go through spreadsheets and are filled down like any other text; ids would say nothing.
"""

from functools import cached_property
from typing import Any

from app.listings.content import storable
from app.listings.models import Version
from app.listings.queries import pictures_of, product_part


class PictureNames:
    """The names of a listing's pictures; the second `front.jpg` is `front.jpg (2)`.

    Those that the version shows are named first: a mended picture has the name of the one before.
    """

    def __init__(self, version: Version) -> None:
        self.version = version

    @cached_property
    def by_id(self) -> dict[int, str]:
        """What each picture is called here."""
        named: dict[int, str] = {}
        shown = product_part(self.version).content.get("pictures") or []
        kept = pictures_of(self.version.listing_id)
        for number in sorted(kept, key=lambda number: (number not in shown, number)):
            picture = kept[number]
            name = picture.file_name.replace(",", " ").strip() or str(number)
            again = [each for each in named.values() if each.partition(" (")[0] == name]
            named[number] = f"{name} ({len(again) + 1})" if again else name
        return named

    @cached_property
    def ids(self) -> dict[str, int]:
        """The picture of each name, letter case aside."""
        return {name.casefold(): number for number, name in self.by_id.items()}

    def read(self, typed: str) -> list[Any]:
        """Picture ids of the names; a name that none has stays as typed, for the rules to tell."""
        names = [storable(name).strip() for name in typed.replace("\n", ",").split(",")]
        return [self.ids.get(name.casefold(), name) for name in names if name]

    def shown(self, stored: Any) -> str:
        """The names of what is stored."""
        listed = stored if isinstance(stored, list) else []
        return ", ".join(self.by_id.get(each, str(each)) for each in listed)
