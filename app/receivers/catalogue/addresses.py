"""Where things are found. Each language of a product page has an address of its own.

The address without a language answers in the reader's: it is what people are given.
"""

from app.core.words import LANGUAGES


def product_address(address: str, product_id: int, language: str = "") -> str:
    """A product's page, in *language* where one is given."""
    asked = f"?lang={language}" if language else ""
    return f"{address}/products/{product_id}{asked}"


def item_address(address: str, product_id: int, item_id: int, language: str = "") -> str:
    """The same page with one of its items chosen."""
    asked = f"lang={language}&" if language else ""
    return f"{address}/products/{product_id}?{asked}item={item_id}"


def alternates(address: str, product_id: int) -> dict[str, str]:
    """The page by `hreflang`; `x-default` is the one in the reader's language."""
    told = {language: product_address(address, product_id, language) for language in LANGUAGES}
    return told | {"x-default": product_address(address, product_id)}
