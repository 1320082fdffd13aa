"""What each picture shows in words, read out to whoever does not see it.

Kept with the product at `picture_texts.<picture id>.<language>`: a text stays with its picture,
wherever that stands in the order, and while it is out of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.core.words import Words
from app.validation.field_table import PICTURE_TEXTS
from app.validation.subject import Content, Subject, read

FOLDER = "picture_texts"
LANGUAGES = tuple(field.lang for field in PICTURE_TEXTS)
# A row in a rule's `reads`: the texts, and which pictures there are.
READS = (f"{FOLDER}.*", "pictures")


def path_of(picture_id: Any, language: str) -> str:
    """Where the text of a picture stands in the product's content."""
    return f"{FOLDER}.{picture_id}.{language}"


def paths_in(*products: Content) -> list[str]:
    """The paths of every text that one of *products* has, of whichever picture."""
    folders = [read(product, FOLDER) or {} for product in products]
    ids = dict.fromkeys(picture for folder in folders for picture in folder)
    return [path_of(picture, language) for picture in ids for language in LANGUAGES]


def texts_of(subject: Subject) -> Iterator[tuple[str, str]]:
    """(path, text) for both languages of every chosen picture; '' where there is none."""
    for path, _ in subject.pictures:
        for language in LANGUAGES:
            place = path_of(path.partition(".")[2], language)
            yield place, subject.text(place)


def instead(name: Mapping[str, Any], place: int) -> Words:
    """What stands for a picture without a text: the product's name, and which picture it is.

    *place* counts from 1; the representative is the product itself.
    """
    called = Words.of({code: str(name.get(code) or "") for code in ("ko", "en")})
    if place == 1:
        return called
    number = Words(f"사진 {place}", f"picture {place}")
    return Words.joined([called, number]) if called.ko else number


def heard(product: Content, picture_id: Any, place: int) -> Words:
    """What is read out of a picture: the seller's text of each language, else what stands for it.

    *place* is its place among the pictures that are shown, counted from 1.
    """
    otherwise = instead(read(product, "name") or {}, place)
    own = {code: str(read(product, path_of(picture_id, code)) or "").strip() for code in LANGUAGES}
    return Words(own["ko"] or otherwise.ko, own["en"] or otherwise.en)
