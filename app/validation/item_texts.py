"""The option values of an item as text, however many options its listing has."""

from collections.abc import Iterator

from app.validation.subject import ItemSubject


def option_texts(item: ItemSubject) -> Iterator[tuple[str, str]]:
    """(path within the item, value) of each option answered."""
    several = item.content.get("options")
    for code in several if isinstance(several, dict) else ():
        if text := item.text(f"options.{code}"):
            yield f"options.{code}", text
