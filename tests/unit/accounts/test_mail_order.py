"""Mail-order report numbers as they are printed and typed (forms found in public use)."""

import unicodedata

import pytest

from app.accounts.mail_order import EXEMPTIONS, is_usual, normalise
from tests.unit.words import assert_both_languages


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2024-서울강남-01234", "2024-서울강남-01234"),
        ("제2024-서울강남-01234호", "2024-서울강남-01234"),
        ("제 2017-서울송파-0680 호", "2017-서울송파-0680"),
        ("  2020-성남분당B-0719 ", "2020-성남분당B-0719"),
        ("２０１８－경기성남－１１１１호", "2018-경기성남-1111"),
        ("2017–서울용산–0662", "2017-서울용산-0662"),
        (unicodedata.normalize("NFD", "제2024-서울강남-01234호"), "2024-서울강남-01234"),
    ],
)
def test_the_usual_shape_is_kept_one_way(typed, kept):
    assert normalise(typed) == kept
    assert is_usual(kept)


@pytest.mark.parametrize(
    "old", ["제 01-285호", "충남천안 제 2014-127호", "제1997-00084", "신고 예정"]
)
def test_an_unusual_one_stays_as_it_was_typed(old):
    assert normalise(f" {old} ") == old
    assert not is_usual(old)


def test_every_exemption_is_said_in_both_languages():
    for words in EXEMPTIONS.values():
        assert_both_languages(words)
