"""The pictures of a case: what is measured and found of each, what shoppers hear, its twin."""

from dataclasses import dataclass

from app.core.words import Words
from app.journey.review.case.fields import against
from app.journey.review.case.twins import Twin, twins_of
from app.journey.review.comparing.diff import Changed
from app.journey.review.comparing.differing import Places, pictures_in
from app.listings.content import Content, read
from app.listings.models import Picture
from app.listings.queries import pictures_of
from app.validation import picture_texts
from app.validation.finding import Finding
from app.validation.pictures import open_rows


@dataclass(frozen=True)
class Shot:
    """A picture of the version, in its order. `place` counts from 1; 1 is the representative."""

    picture: Picture
    path: str
    place: int
    label: Words
    fresh: bool
    findings: list[Finding]
    # What shoppers hear of it, and by language what of that its seller wrote.
    heard: Words
    texts: list[tuple[str, str]]
    twin: Twin | None

    @property
    def unfit(self) -> bool:
        """Whether a measure does not fit, of those that are asked at its place."""
        picture = {"state": self.picture.state, "facts": self.picture.facts}
        refused = self.picture.state == "refused"
        return refused or bool(open_rows(picture, first=self.place == 1))


def shots_of(
    listing_id: int,
    content: Content,
    differing: list[Changed],
    found: list[Finding],
    labels: Places,
) -> list[Shot]:
    """The pictures of *content*; what is new since counts as `fresh`."""
    kept = pictures_of(listing_id)
    twins = twins_of([kept[n] for n in pictures_in(content) if n in kept])
    fresh = {each.path for each in differing if each.what == "picture"}
    shots: list[Shot] = []
    product = content["product"]
    for place, number in enumerate(product.get("pictures") or [], start=1):
        path = f"pictures.{number}"
        if int(number) not in kept:
            continue
        ready = sum(shot.picture.state == "ready" for shot in shots)
        shots.append(
            Shot(
                picture=kept[int(number)],
                path=path,
                place=place,
                label=labels.of(path),
                fresh=path in fresh,
                findings=[
                    *against(found, path),
                    *against(found, f"{picture_texts.FOLDER}.{number}"),
                ],
                heard=picture_texts.heard(product, number, ready + 1),
                texts=_written(product, number),
                twin=twins.get(int(number)),
            )
        )
    return shots


def _written(product: Content, picture: int) -> list[tuple[str, str]]:
    """(language, text) of what the seller wrote of a picture."""
    codes = picture_texts.LANGUAGES
    said = [(code, read(product, picture_texts.path_of(picture, code))) for code in codes]
    return [(code, str(text)) for code, text in said if text]
