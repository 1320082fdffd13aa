"""Where a listing is to be sold; the law of each market asks its own fields."""

from app.validation.subject import Content, Subject, read

KOREA, EU = "kr", "eu"


def sold_in(subject: Subject) -> tuple[str, ...]:
    """The markets that were ticked; Korea where none was."""
    return markets_of(subject.content)


def markets_of(content: Content | None) -> tuple[str, ...]:
    """The same, of a listing's whole content."""
    chosen = read(content, "product.sold_in")
    known = [code for code in chosen if isinstance(code, str)] if isinstance(chosen, list) else []
    return tuple(known) or (KOREA,)
