"""Comparing what people type with what categories are called."""

import pytest

from app.taxonomy.search import grams, normalise, score


def test_blanks_case_and_punctuation_do_not_matter() -> None:
    assert normalise("무선 이어폰") == normalise("무선이어폰")
    assert normalise("T-Shirts") == normalise("t shirts") == "tshirts"
    assert normalise("ＵＳＢ") == "usb"


def test_a_half_typed_syllable_is_a_beginning_of_the_whole() -> None:
    assert normalise("무선 이어폰").startswith(normalise("무선 이어ㅍ"))


def test_better_answers_score_higher() -> None:
    def of(text: str) -> float:
        return score(normalise(text), normalise("무선 이어폰"))

    assert of("무선 이어폰") > of("무선 이어") > of("이어폰") > of("무선 이어퐁") > of("냉장고")
    assert of("냉장고") == 0
    assert of("") == 0


@pytest.mark.parametrize("text", ["a", "가", "ab", "무선이어폰"])
def test_what_shares_a_beginning_shares_a_piece(text) -> None:
    whole = set(grams(normalise(text + "나머지")))
    assert whole & set(grams(normalise(text)))


def test_nothing_has_no_pieces() -> None:
    assert grams("") == []
