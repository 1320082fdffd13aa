"""Which fields are told by what changed within them."""

from app.core.words import Words
from app.journey.review.comparing.within import within
from app.taxonomy.definitions import Choice
from app.validation.field import Field

TEXT = Field("description.ko", Words("설명", "Description"), "area")
SEASON = Field(
    "attributes.season", Words("계절", "Season"), "checks",
    choices=(Choice("spring", Words("봄", "Spring")), Choice("summer", Words("여름", "Summer"))),
)  # fmt: skip


def test_a_text_is_told_within_itself() -> None:
    told = within("a red cup", "a blue cup", TEXT)
    assert told is not None and not told.listed
    assert [(op, words.en) for op, words in told.pieces] == [
        ("same", "a "), ("del", "red"), ("ins", "blue"), ("same", " cup"),
    ]  # fmt: skip


def test_a_list_is_told_by_entries_in_the_readers_words() -> None:
    told = within(["spring"], ["spring", "summer"], SEASON)
    assert told is not None and told.listed
    assert [(op, words.ko) for op, words in told.pieces] == [("same", "봄"), ("ins", "여름")]


def test_what_has_no_other_side_is_told_whole() -> None:
    assert within(None, "a", TEXT) is None
    assert within("a", "", TEXT) is None
    assert within({"value": 1, "unit": "g"}, {"value": 2, "unit": "g"}, TEXT) is None
    assert within("a", "b", None) is None
