"""The catalogue: shows products to shoppers, with prices and sale states."""

from app.core.words import Words
from app.journey.handoff.target import Target

TARGET = Target(
    code="catalogue",
    names=Words("카탈로그", "Catalogue"),
    url_setting="catalogue_url",
    secret_setting="catalogue_secret",  # noqa: S106 - the name of a setting
    subjects=("product", "offer", "sale"),
)
