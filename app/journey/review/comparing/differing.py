"""What of a listing differs between two contents, in the places and words that reviewers read."""

from collections.abc import Sequence

from app.core.words import Words
from app.journey.review.comparing.diff import Changed, changes
from app.listings.content import Content
from app.taxonomy.definitions import Category
from app.validation import picture_texts
from app.validation.field import Section
from app.validation.labels import Labels


def differing(old: Content, new: Content, form: Sequence[Section]) -> list[Changed]:
    """What changed in the fields of *form*, in pictures and items.

    The texts of pictures are among it where both or one of them show the picture.
    """
    # What values were typed to make items of is the seller's own affair.
    paths = [f.path for section in form for f in section.fields if "option_values" not in f.path]
    shown_by = {str(n) for each in (old, new) for n in pictures_in(each)}
    texts = picture_texts.paths_in(old["product"], new["product"])
    seen = [path for path in texts if path.split(".")[1] in shown_by]
    return changes(old, new, [*paths, *seen])


def pictures_in(content: Content) -> list[int]:
    """The ids of the pictures shown, in their order."""
    return [int(number) for number in content["product"].get("pictures") or []]


class Places:
    """What the desk calls the places of a content, each looked up once."""

    def __init__(self, category: Category, content: Content, form: Sequence[Section] = ()) -> None:
        self.labels = Labels(category, content)
        for section in form:
            self.labels.known |= {field.path: field.label for field in section.fields}

    def of(self, path: str) -> Words:
        """Its label; a line of the notice says that it is one."""
        label = self.labels.of(path)
        if path.startswith("notice.fields."):
            # Many of them are named as the attribute that tells the same.
            return Words(f"고시 {label.ko}", f"Notice: {label.en}")
        return label
