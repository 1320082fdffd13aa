"""In which languages a canned text is put into a note."""

import pytest

from app.journey.review.canned import said


@pytest.mark.parametrize(
    ("languages", "text"), [(["ko"], "가"), (["en"], "a"), (["ko", "en"], "가\n\na")]
)
def test_one_language_or_both_with_a_line_between(languages, text) -> None:
    assert said("가", "a", languages) == text
